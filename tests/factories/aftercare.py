"""What is said around visits, written and given as the clinic does it."""

from datetime import datetime, timedelta

from corneum.clinic.aftercare import actions
from corneum.clinic.aftercare.models import CareSheet, CareText, When
from corneum.clinic.aftercare.sample import sample_for
from corneum.clinic.diary.actions import arrive_appointment, finish_appointment
from corneum.clinic.diary.models import Appointment
from corneum.clinic.treatments.models import Treatment
from corneum.platform.accounts.actors import Actor
from tests.factories.cast import NOW, Cast
from tests.factories.diary import WORKER, make_appointment, minute


def approve_text(cast: Cast, when: str, *, body: str = "", at: datetime = NOW) -> CareText:
    """Write the sample for microdermabrasion, or other words, and approve it in Nadia's name."""
    treatment = Treatment.objects.get(pk=cast.microdermabrasion.pk)
    last = CareText.objects.filter(treatment=treatment, when=when).first()
    text = actions.save_care_text(
        clinic=cast.manchester, treatment=treatment, when=When(when), body=body or sample_for(treatment, when),
        based_on=last.number if last else 0, user=cast.owen, by=Actor.staff(cast.owen), at=at,
    )  # fmt: skip
    return actions.approve_care_text(text=text, user=cast.priya, by=Actor.staff(cast.priya), at=at)


def finish(cast: Cast, wall: str = "2026-03-10T10:00", **more) -> Appointment:
    """Book Alice for microdermabrasion with Nadia, and let the visit be done half an hour after its start."""
    visit = make_appointment(
        cast, minute(wall), treatment=cast.microdermabrasion, practitioner=cast.nadia,
        at=datetime.fromisoformat(f"{wall}+00:00") - timedelta(days=3), **more,
    )  # fmt: skip
    by = Actor.staff(cast.dana)
    arrive_appointment(appointment=visit, by=by, at=visit.starts_at)
    return finish_appointment(appointment=visit, by=by, at=visit.starts_at + timedelta(minutes=30))


def give(visit: Appointment, *, at: datetime, at_risk: bool = False) -> CareSheet:
    """Give what to do after a visit, as the timetable does."""
    return actions.send_aftercare(appointment=visit, at_risk=at_risk, by=WORKER, at=at)
