"""What a reminder may say of an appointment: when, where and with whom, and never what for."""

from datetime import datetime

from corneum.clinic.booking import words
from corneum.clinic.booking.samples import facts_of_clinic
from corneum.clinic.booking.standing import change_terms, standing_of
from corneum.clinic.diary.models import Appointment
from corneum.platform.accounts.clinics import address


def facts_of(appointment: Appointment, *, at: datetime) -> dict[str, str]:
    """This will give every fact that a placeholder of a reminder stands for."""
    zone, known = appointment.zone, facts_of_clinic(appointment.clinic)
    return known | {
        "first_name": words.first_name(appointment.patient.name),
        "day": words.day_of(appointment.starts, zone),
        "short_day": words.short_day_of(appointment.starts, zone),
        "time": words.clock(appointment.starts, zone),
        "practitioner": appointment.practitioner.name,
        "reference": f"{appointment.reference[:2]} {appointment.reference[2:]}",
        "link": address(appointment.clinic, "booking:mine", appointment.code),
        "change_terms": change_terms(standing_of(appointment, at=at), known.get("phone", ""), zone),
    }
