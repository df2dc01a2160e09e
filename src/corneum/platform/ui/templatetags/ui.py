"""Drawings, clocks and money for templates: {% load ui %}."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import phonenumbers
from django import template
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.dateformat import format as written
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from corneum.domain.money import amounts
from corneum.domain.scheduling import wall
from corneum.platform.ui.icons import ICONS, MARK, MARK_LONG
from corneum.platform.ui.static_files import LAYOUTS, BundledFiles, bundle
from corneum.platform.ui.tight import tighten

register = template.Library()

# A moment as templates get it: whole UTC minutes since 1970, or an aware datetime, or a bare date.
Moment = int | datetime | date


# --- sheets -----------------------------------------------------------------------------------


@register.simple_tag
def sheets(*layouts: str) -> SafeString:
    """Link the sheets of a layout: as one file where files are gathered, one by one while developing."""
    if len(layouts) == 1 and isinstance(staticfiles_storage, BundledFiles):
        names = [bundle(layouts[0])]
    else:
        names = list(dict.fromkeys(name for layout in layouts for name in LAYOUTS[layout]))
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(name),) for name in names))


# --- weight -----------------------------------------------------------------------------------


@register.simple_block_tag
def tight(content: SafeString) -> SafeString:
    """Write what stands between without waste (tight.py): {% tight %} … {% endtight %}."""
    return SafeString(tighten(content))


# --- drawings ---------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """
    Draw an icon: {% icon "phone" %} beside a word, {% icon "back" label="Day before" %} alone.

    :raises KeyError: when there is no such drawing; the names stand in icons.py
    """
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="icon" viewBox="0 0 24 24" {}>{}</svg>', spoken, SafeString(ICONS[name]))


@register.simple_tag
def mark() -> SafeString:
    """Draw the three strata."""
    return format_html('<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">{}</svg>', SafeString(MARK))


@register.simple_tag
def strata() -> SafeString:
    """Draw the strata wide, for an empty list: {% strata %} as the first thing in .empty."""
    return format_html('<svg class="mark" viewBox="0 0 72 48" aria-hidden="true">{}</svg>', SafeString(MARK_LONG))


# --- clocks and calendars ---------------------------------------------------------------------


def _local(moment: Moment, zone: str) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(ZoneInfo(zone)) if zone else moment
    if isinstance(moment, date):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    if not zone:
        raise template.TemplateSyntaxError(
            "Minutes are UTC: say in which zone to write them, as in |clock12:clinic.zone"
        )
    return wall.local(moment, zone)


def _write(moment: Moment | None, zone: str, pattern: str) -> str:
    return "" if moment is None or moment == "" else written(_local(moment, zone), pattern)


@register.filter
def clock12(moment: Moment | None, zone: str = "") -> str:
    """Write a time the way patients read it: 9:30am, 2pm."""
    if moment is None or moment == "":
        return ""
    at = _local(moment, zone)
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"


@register.filter
def clock24(moment: Moment | None, zone: str = "") -> str:
    """Write a time the way the desk reads it: 9:30, 14:00."""
    return _write(moment, zone, "G:i")


@register.filter
def long_date(moment: Moment | None, zone: str = "") -> str:
    """Write a date in full: Thursday 12 March 2026."""
    return _write(moment, zone, "l j F Y")


@register.filter
def day_date(moment: Moment | None, zone: str = "") -> str:
    """Write a date without its year: Thursday 12 March."""
    return _write(moment, zone, "l j F")


@register.filter
def short_date(moment: Moment | None, zone: str = "") -> str:
    """Write a date in a list: 12 March 2026."""
    return _write(moment, zone, "j F Y")


@register.filter
def weekday(moment: Moment | None, zone: str = "") -> str:
    """Write the day's name: Thursday."""
    return _write(moment, zone, "l")


@register.filter
def weekday3(moment: Moment | None, zone: str = "") -> str:
    """Write the day's short name: Thu."""
    return _write(moment, zone, "D")


@register.filter
def day_of_month(moment: Moment | None, zone: str = "") -> str:
    """Write the day's number: 12."""
    return _write(moment, zone, "j")


@register.filter
def month(moment: Moment | None, zone: str = "") -> str:
    """Write the month's name: March."""
    return _write(moment, zone, "F")


@register.filter
def iso_date(moment: Moment | None, zone: str = "") -> str:
    """Write a date for a machine, as in an address or <time datetime>: 2026-03-12."""
    return _write(moment, zone, "Y-m-d")


@register.filter
def iso_moment(moment: Moment | None, zone: str = "") -> str:
    """Write a moment for a machine: 2026-03-12T09:30+00:00."""
    return "" if moment is None or moment == "" else _local(moment, zone).isoformat(timespec="minutes")


@register.filter
def lasting(minutes: int) -> str:
    """Write how long something takes: 30 minutes, 1 hour, 1 hour 15 minutes."""
    hours, rest = divmod(minutes, 60)
    parts = [_counted(hours, "hour")] if hours else []
    return " ".join([*parts, _counted(rest, "minute")] if rest or not parts else parts)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


@register.filter
def counted(number: int, word: str) -> str:
    """Write a number with its noun: {{ n|counted:"time" }} is 1 time, 6 times."""
    return _counted(number, word)


@register.filter
def miles(far: float) -> str:
    """Write how far it is: under a mile, 1 mile, 21 miles."""
    return "under a mile" if far < 1 else _counted(round(far), "mile")


# --- money, names, forms, notices -------------------------------------------------------------


@register.filter
def pounds(pence: int) -> str:
    """Write an amount: £85, £85.50."""
    return amounts.pounds(pence)


@register.filter
def phone(number: str) -> str:
    """Write a telephone number the way people here read it: 0161 496 0000; abroad, with its country."""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    at_home = parsed.country_code == phonenumbers.country_code_for_region("GB")  # numbers kept for drama have no region
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if at_home else form.INTERNATIONAL)


@register.filter
def tel(number: str) -> str:
    """Write a telephone number for a link: tel:{{ phone|tel }} is tel:+441614960000."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number, "GB"), phonenumbers.PhoneNumberFormat.E164)
    except phonenumbers.NumberParseException:
        return number


@register.filter
def initials(name: object) -> str:
    """Write the first letters of the first and last name: Rosa Lindqvist is RL."""
    names = [part for part in str(name).split() if part.rstrip(".") not in {"Dr", "Mr", "Mrs", "Ms", "Mx", "Prof"}]
    return "".join(part[0] for part in (names[:1] + names[1:][-1:])).upper() or "?"


@register.filter
def drawn(field: BoundField) -> SafeString:
    """Draw a field's input with our class beside its own: in field.html."""
    own = str(field.field.widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": f"input {own}".strip()})


@register.filter
def problems(form: BaseForm | None) -> list[tuple[str, str]]:
    """List what is wrong with a form, each with the id of the input to mend: for the error summary."""
    if not isinstance(form, BaseForm) or not form.is_bound:
        return []
    found = [("", str(error)) for error in form.non_field_errors()]
    for field in form:
        found += [(_first_input(field), str(error)) for error in field.errors]
    return found


def _first_input(field: BoundField) -> str:
    if field.use_fieldset and len(field.subwidgets):
        return str(field.subwidgets[0].id_for_label)
    return str(field.id_for_label)


@register.filter
def undo(message: Message) -> str:
    """Answer with the address that takes back what a notice tells of, or nothing (ui/notices.py)."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")
