"""Taking in a text: a yes confirms a visit, STOP ends texts, and anything else is a question."""

from contextlib import suppress
from datetime import datetime

from corneum.clinic.booking import words
from corneum.clinic.diary.actions import confirm_visit
from corneum.clinic.diary.models import Appointment
from corneum.clinic.enquiries.actions import receive_text
from corneum.clinic.reminders.facts import facts_of
from corneum.clinic.reminders.models import WhichVisit
from corneum.clinic.reminders.queries import (
    open_question,
    patients_with,
    questions_over,
    reminded_by_text,
    visits_ahead,
)
from corneum.clinic.reminders.samples import CONFIRMED_TEXT
from corneum.domain.errors import ClinicError
from corneum.domain.texting import Meaning, meaning_of
from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.models import Clinic
from corneum.platform.audit.trail import action, record
from corneum.platform.messages.actions import queue_message, resume_texts, stop_texts
from corneum.platform.messages.incoming import is_first_time
from corneum.platform.messages.queries import last_text_to, wants_no_texts
from corneum.platform.ui.templatetags.ui import phone as phone_in_words


@action
def receive_answer(*, key: str, number: str, text: str, by: Actor, at: datetime) -> str:
    """
    Take in a text that came to the clinic's number, once, and answer with what became of it.

    A yes confirms the visit of which a text has reminded this number, or else its next one; where that could be
    several patients' it asks which, and confirms nothing. STOP is kept and confirmed. Anything else is a question
    in the inbox: nothing is discarded.

    :param key: the same for the same text, however often it is delivered
    :param number: from which it came, E.164; or whatever the network said
    """
    if not is_first_time(key, at=at):
        return "again"
    if not _is_number(number):  # a name or a short code, which nobody can answer
        return _ask_the_team(number, text, by=by, at=at)
    meaning, choice = meaning_of(text)
    if meaning == Meaning.STOP:
        stop_texts(number=number, clinic=_clinic_of(number), by=by, at=at)
        return "stopped"
    if meaning == Meaning.START and wants_no_texts(number):
        resume_texts(number=number, clinic=_clinic_of(number), by=by, at=at)
        return "resumed"
    if meaning in {Meaning.YES, Meaning.CHOICE} and (done := _confirm(number, meaning, choice, by=by, at=at)):
        return done
    return _ask_the_team(number, text, by=by, at=at)


@action
def forget_questions(*, by: Actor, at: datetime) -> int:
    """Delete what shared numbers were asked, once no answer counts any more, and answer with how many those were."""
    over = questions_over(at)
    for asked in over:
        record("reminders.forget_questions", entity=asked, by=by, at=at, clinic=None)
        asked.delete()
    return len(over)


def _confirm(number: str, meaning: Meaning, choice: int, *, by: Actor, at: datetime) -> str:
    """Confirm what was meant, or ask; nothing if nobody can know what was meant."""
    asked = open_question(number, at=at)
    ahead = list(visits_ahead(number, at=at))
    if asked is not None:
        return _choose(asked, choice, ahead, by=by, at=at)
    if meaning != Meaning.YES:
        return ""
    waiting = [visit for visit in ahead if visit.confirmed_at is None]
    waiting = reminded_by_text(waiting) or (waiting if not reminded_by_text(ahead) else [])
    each = {visit.patient_id: visit for visit in reversed(waiting)}  # the next one of each patient
    if len(each) > 1:
        return _ask_which(number, sorted(each.values(), key=lambda visit: visit.starts), by=by, at=at)
    if each:
        return _say_confirmed(next(iter(each.values())), by=by, at=at)
    said_before = next((visit for visit in ahead if visit.confirmed_at is not None), None)
    if said_before is None:
        return ""
    _thank(said_before, by=by, at=at)
    return "confirmed before"


def _choose(asked: WhichVisit, choice: int, ahead: list[Appointment], *, by: Actor, at: datetime) -> str:
    by_ref = {str(visit.ref): visit for visit in ahead}
    chosen = by_ref.get(asked.options[choice - 1]) if 1 <= choice <= len(asked.options) else None
    if chosen is None:
        return ""
    if chosen.confirmed_at is not None:
        _thank(chosen, by=by, at=at)
        return "confirmed before"
    return _say_confirmed(chosen, by=by, at=at)


def _say_confirmed(visit: Appointment, *, by: Actor, at: datetime) -> str:
    try:
        confirm_visit(appointment=visit, how=Appointment.Confirmed.TEXT, starts=visit.starts, by=by, at=at)
    except ClinicError:  # moved or cancelled at this very moment: somebody reads their answer
        return ""
    _thank(visit, by=by, at=at)
    return "confirmed"


def _thank(visit: Appointment, *, by: Actor, at: datetime) -> None:
    """Say to whoever confirmed what they have confirmed; if no text can hold it, the confirmation stands without."""
    told = []
    with suppress(ClinicError):
        message = queue_message(
            clinic=visit.clinic, channel="text", template=CONFIRMED_TEXT.template, context=facts_of(visit, at=at),
            to=visit.patient.phone, to_name=visit.patient.name, about=visit, by=by, at=at,
        )  # fmt: skip
        told.append(str(message.ref))
    record("reminders.receive_answer", entity=visit, by=by, at=at, clinic=visit.clinic, messages=told)


def _ask_which(number: str, visits: list[Appointment], *, by: Actor, at: datetime) -> str:
    """
    Ask by time alone: whoever holds the telephone need not learn from us who else has a visit.

    If one text does not hold them all, nobody is asked, and somebody of the team reads the answer.
    """
    asked = WhichVisit(number=number, options=[str(visit.ref) for visit in visits], at=at)
    choices = [
        f"{place} for {words.short_day_of(visit.starts, visit.zone)} {words.clock(visit.starts, visit.zone)}"
        for place, visit in enumerate(visits, 1)
    ]
    try:
        queue_message(
            clinic=visits[0].clinic, channel="text", template="reminders/which_text", context={"choices": choices},
            to=number, to_name="", about=asked, by=by, at=at,
        )  # fmt: skip
    except ClinicError:
        return ""
    asked.save()
    record("reminders.receive_answer", entity=asked, by=by, at=at, clinic=visits[0].clinic)
    return "asked"


def _ask_the_team(number: str, text: str, *, by: Actor, at: datetime) -> str:
    patients = patients_with(number)
    is_known = len(patients) == 1
    name = patients[0].name if is_known else f"Text from {phone_in_words(number)}"
    receive_text(
        clinic=_clinic_of(number), number=number if _is_number(number) else "", name=name, text=text, by=by, at=at
    )
    return "question"


def _is_number(sender: str) -> bool:
    return sender.startswith("+") and sender[1:].isascii() and sender[1:].isdecimal()


def _clinic_of(number: str) -> Clinic:
    """Say whose a text is: that of the last text to this number, of its next visit, of its patient, or the main clinic."""
    last = last_text_to(number)
    if last is not None and last.clinic is not None:
        return last.clinic
    patients = patients_with(number)
    return patients[0].clinic if patients else Clinic.objects.all()[0]  # the main one comes first
