"""Questions to the demonstration's clinics: waiting, taken, snoozed, answered, closed, and kept apart as spam."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corneum.clinic.diary.queries import next_openings
from corneum.clinic.enquiries import actions
from corneum.clinic.enquiries.latest import last_entry
from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.enquiries.verdict import Submission, judge
from corneum.clinic.holding.actions import offer_times
from corneum.config.demo.clinic import Group
from corneum.db.ref import new_ref
from corneum.platform.accounts.actors import VISITOR, Actor
from corneum.platform.accounts.models import Clinic, User
from corneum.platform.messages.letter import read_letter


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, how many minutes ago it came, and what became of it."""

    minutes_ago: int
    name: str
    contact: str
    about: str
    text: str
    then: str = ""  # our answer, if there was one
    note: str = ""  # among us
    taken: bool = False
    snoozed_days: int = 0
    closed: bool = False
    by: str = "form"  # or email, or call
    held: int = 0  # so many times, kept for them in the answer
    again: str = ""  # what they wrote back by e-mail
    after: int = 37  # minutes that the answer took
    seconds: float = 48.0  # that the form was open


QUESTIONS = (
    Asked(42, "Hannah Doyle", "hannah.doyle@mail.example", "Microdermabrasion",
          "Would this help with marks on both cheeks, or would a peel be better for me?\n\nI work weekdays until 5."),
    Asked(18, "Owen Pryce", "+447700900118", "Ask a question",
          "Could you ring me about moving my appointment on Friday? After 4 is best.",
          note="Rang at lunch, no answer. Trying again after 4.", taken=True, by="call"),
    Asked(6, "Lorna Whitby", "lorna.whitby@mail.example", "Prices",
          "Is the £25 consultation taken off if I have more than one session?"),
    Asked(27, "Joan Prescott", "joan.prescott@mail.example", "",
          "Good afternoon,\n\nI had my consultation with Rosa on Tuesday and have lost the leaflet. Could you send me what I am "
          "to stop using beforehand?\n\nJoan Prescott", by="email"),
    Asked(320, "Aisha Rahim", "aisha.rahim@mail.example", "Microneedling",
          "I am getting married on 12 September. When would I have to begin, and how many visits is it?",
          note="Nadia is away until Thursday and should look at the dates first.", snoozed_days=2),
    Asked(2950, "Tomasz Wójcik", "tomasz.wojcik@mail.example", "LED light",
          "Do you give a discount to students? I am at the university around the corner.",
          "Hello Tomasz,\n\nOur prices are the same for everybody; the consultation says what you need before you pay for a course."
          "\n\nJo, Alder Skin Clinic", after=64, closed=True),
    Asked(190, "Femi Bakare", "femi.bakare@mail.example", "Superficial chemical peel",
          "How soon after a peel can I be in an office again without people noticing?",
          "Hello Femi,\n\nMost people flake for two to five days, so a Thursday or Friday suits many. At a consultation we look at "
          "your skin first and can say more.\n\nJo, Alder Skin Clinic",
          again="That is good to know, thank you. A Thursday then. Do I need to stop anything beforehand?"),
    Asked(260, "Simran Kaur", "simran.kaur@mail.example", "Enlarged pores",
          "Is there a day this week or next when I could come for a first look?",
          "Hello Simran,\n\nYes, with pleasure.\n\n{times}\n\nJo, Alder Skin Clinic", held=3),
    Asked(4000, "Bronwen Lloyd", "bronwen.lloyd@mail.example", "Visit us",
          "Is there somewhere to park close by? My mother walks slowly.",
          "Hello Bronwen,\n\nThere are two places for blue badge holders behind the building, and the lift is step-free from there."
          "\n\nJo, Alder Skin Clinic", closed=True),
    Asked(7300, "Mateusz Nowak", "mateusz.nowak@mail.example", "Our team",
          "Who would I see, and are they a nurse or a doctor?",
          "Hello Mateusz,\n\nRosa is a registered nurse and Dr Farrow a doctor; you can choose with whom when you book.\n\nJo, "
          "Alder Skin Clinic", closed=True),
    Asked(75, "SEO Growth", "growth@rank-first.example", "Ask a question",
          "We can rank your site on the first page of Google with quality backlinks. https://rank-first.example", seconds=1.2),
    Asked(900, "Crypto Desk", "desk@coins.example", "Prices",
          "Earn with crypto while you sleep, limited loan offer https://bit.ly/x https://coins.example https://www.coins.example", seconds=2.0),
    Asked(2200, "www.web-design.example", "hello@web-design.example", "Ask a question",
          "Affordable web design and website traffic for clinics."),
)  # fmt: skip
FOR_THE_SMALL_ONE = Asked(
    55, "Gethin Vaughan", "gethin.vaughan@mail.example", "Visit us", "Are you open on any Saturday afternoon?"
)


SAVED = {
    "Parking and the way in": (
        "We are six minutes on foot from the tram at St Peter's Square. There are two places for blue badge holders behind "
        "the building, and it is step-free from the street."
    ),
    "What a consultation is": (
        "At a consultation a practitioner looks at your skin, asks about your health and says what would help, and what "
        "would not. You can choose a time at {book_link}."
    ),
    "Please ring us": (
        "This is easier to talk through. Ring us on {phone}, or tell me when I may ring you, {first_name}."
    ),
    "How soon we answer": "Thank you for waiting. We answer within {answers_within}, and sooner when we can.",
}


def receive(group: Group, *, at: datetime) -> None:
    """Receive every question as the website would, and deal with some as the front desk does."""
    jo = group.users["jo"]
    for title, text in SAVED.items():
        actions.save_reply(
            clinic=group.main, title=title, text=text, user=jo, by=Actor.staff(jo), at=at - timedelta(days=30)
        )
    for asked in QUESTIONS:
        _live_through(asked, group, group.main, jo, at)
    _live_through(FOR_THE_SMALL_ONE, group, group.small, group.users["sam"], at)


def _live_through(asked: Asked, group: Group, clinic: Clinic, user: User, at: datetime) -> None:
    came_at = at - timedelta(minutes=asked.minutes_ago)
    enquiry = _received(asked, clinic, user, came_at)
    by, later = Actor.staff(user), min(at, came_at + timedelta(minutes=asked.after))
    if asked.taken:
        actions.assign_enquiry(enquiry=enquiry, to=user, by=by, at=later)
    if asked.note:
        actions.note_on_enquiry(
            enquiry=enquiry, text=asked.note, seen=last_entry(enquiry), user=user, answers=False, by=by, at=later
        )
    if asked.held:
        _offered(asked, group, enquiry, user, later)
    elif asked.then:
        actions.reply_to_enquiry(enquiry=enquiry, text=asked.then, seen=last_entry(enquiry), user=user, by=by, at=later)
    if asked.again:
        _written(asked, asked.again, clinic, enquiry, later + timedelta(minutes=70))
    enquiry.refresh_from_db()  # what was done has moved it on
    if asked.snoozed_days:
        actions.snooze_enquiry(enquiry=enquiry, until=at + timedelta(days=asked.snoozed_days), by=by, at=later)
    if asked.closed:
        actions.close_enquiry(enquiry=enquiry, by=by, at=later + timedelta(minutes=2))


def _offered(asked: Asked, group: Group, enquiry: Enquiry, user: User, at: datetime) -> None:
    """Answer with times that are kept, each on a day of its own."""
    consultation = next(one for one in group.treatments.values() if one.is_bookable_online)
    days = next_openings(clinic=enquiry.clinic, treatment=consultation, at=at, days=asked.held, per_day=1)
    offer_times(
        enquiry=enquiry, treatment=consultation, starts=[day.times[0].starts for day in days], practitioner=None,
        text=asked.then, seen=last_entry(enquiry), user=user, by=Actor.staff(user), at=at,
    )  # fmt: skip


def _received(asked: Asked, clinic: Clinic, user: User, at: datetime) -> Enquiry:
    by_phone = asked.contact.startswith("+")
    email, phone = ("", asked.contact) if by_phone else (asked.contact, "")
    if asked.by == "email":
        return _written(asked, asked.text, clinic, None, at)
    if asked.by == "call":
        return actions.write_down_call(
            clinic=clinic, name=asked.name, email=email, phone=phone, text=asked.text, user=user,
            by=Actor.staff(user), at=at,
        )  # fmt: skip
    return actions.receive_enquiry(
        clinic=clinic,
        name=asked.name,
        email=email,
        phone=phone,
        text=asked.text,
        page="/contact/",
        about=asked.about,
        verdict=judge(Submission(name=asked.name, text=asked.text, trap="", seconds=asked.seconds, proof=True)),
        by=VISITOR,
        at=at,
    )


def _written(asked: Asked, text: str, clinic: Clinic, enquiry: Enquiry | None, at: datetime) -> Enquiry:
    head = f"From: {asked.name} <{asked.contact}>\nMessage-ID: <{new_ref()}@mail.example>\nSubject: My question"
    letter = read_letter(f"{head}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode())
    return actions.receive_letter(letter=letter, enquiry=enquiry, clinic=clinic, by=Actor.system("mailbox"), at=at)
