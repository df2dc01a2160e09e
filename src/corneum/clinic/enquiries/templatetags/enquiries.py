"""Let any page carry the question form, and write how long somebody has waited."""

from datetime import datetime

from django import template

from corneum.clinic.enquiries.forms import AskForm

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
