"""Let any page carry the question form, and write how long somebody has waited."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template

from corneum.clinic.enquiries.forms import AskForm
from corneum.platform.ui.templatetags.ui import clock24, day_of_month, month, weekday3

register = template.Library()


@register.simple_tag(takes_context=True)
def ask_form(context: template.Context, about: str = "") -> AskForm:
    """Make a fresh form that remembers the page it stands on."""
    request = context.get("request")
    return AskForm(initial={"page": request.path if request else "", "about": about})


@register.filter
def waited(since: datetime, now: datetime) -> str:
    """Write how long ago something was: 6 min, 3 h, 2 days."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h"
    days = minutes // (24 * 60)
    return "1 day" if days == 1 else f"{days} days"


@register.simple_tag(takes_context=True)
def short_moment(context: template.Context, moment: datetime) -> str:
    """Write a moment as briefly as it can be understood: 14:00 today, Tue 18:00 within the week, else 12 March."""
    zone = context["clinic"].zone
    days = abs((moment.astimezone(ZoneInfo(zone)).date() - context["now"].astimezone(ZoneInfo(zone)).date()).days)
    if days == 0:
        return clock24(moment, zone)
    return (
        f"{weekday3(moment, zone)} {clock24(moment, zone)}"
        if days < 7
        else f"{day_of_month(moment, zone)} {month(moment, zone)}"
    )
