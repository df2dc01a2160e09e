"""What a reminder may say of an appointment: when, where and with whom, and never what for."""

from datetime import datetime

from corneum.clinic.booking import words
from corneum.clinic.booking.standing import standing_of
from corneum.clinic.diary.models import Appointment
from corneum.clinic.reminders.samples import facts_of_clinic
from corneum.domain.money import pounds
from corneum.platform.accounts.clinics import address


def facts_of(appointment: Appointment, *, at: datetime) -> dict[str, str]:
    """This will give every fact that a placeholder of a reminder stands for."""
    zone = appointment.zone
    return facts_of_clinic(appointment.clinic) | {
        "first_name": words.first_name(appointment.patient.name),
        "day": words.day_of(appointment.starts, zone),
        "short_day": words.short_day_of(appointment.starts, zone),
        "time": words.clock(appointment.starts, zone),
        "practitioner": appointment.practitioner.name,
        "reference": f"{appointment.reference[:2]} {appointment.reference[2:]}",
        "link": address(appointment.clinic, "booking:mine", appointment.code),
        "change_terms": _terms(appointment, at),
    }


def _terms(appointment: Appointment, at: datetime) -> str:
    standing = standing_of(appointment, at=at)
    phone = facts_of_clinic(appointment.clinic).get("phone", "")
    fee = standing.terms.late_fee_pence
    may_ask = f" We may then ask for {pounds(fee)}." if fee else ""
    if not standing.may_change:
        return f"To change it, call us on {phone}.{may_ask}"
    until = words.moment(standing.until, appointment.zone)
    return f"Move or cancel free until {until}. Later than that, call us on {phone}.{may_ask}"
