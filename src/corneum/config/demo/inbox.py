"""Questions to the demonstration's clinics: waiting, answered, closed, and kept apart as spam."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corneum.clinic.enquiries import actions
from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.enquiries.verdict import Submission, judge
from corneum.config.demo.clinic import Group
from corneum.platform.accounts.actors import VISITOR, Actor
from corneum.platform.accounts.models import Clinic, User


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, how many minutes ago it came, and what became of it."""

    minutes_ago: int
    name: str
    contact: str
    about: str
    text: str
    then: str = ""  # our answer, if there was one
    closed: bool = False
    seconds: float = 48.0  # that the form was open


QUESTIONS = (
    Asked(42, "Hannah Doyle", "hannah.doyle@mail.example", "Microdermabrasion",
          "Would this help with marks on both cheeks, or would a peel be better for me?\n\nI work weekdays until 5."),
    Asked(18, "Owen Pryce", "+447700900118", "Ask a question",
          "Could you ring me about moving my appointment on Friday? After 4 is best."),
    Asked(6, "Lorna Whitby", "lorna.whitby@mail.example", "Prices",
          "Is the £25 consultation taken off if I have more than one session?"),
    Asked(190, "Femi Bakare", "femi.bakare@mail.example", "Superficial chemical peel",
          "How soon after a peel can I be in an office again without people noticing?",
          "Hello Femi,\n\nMost people flake for two to five days, so a Thursday or Friday suits many. At a consultation we look at "
          "your skin first and can say more.\n\nJo, Alder Skin Clinic"),
    Asked(1500, "Simran Kaur", "simran.kaur@mail.example", "Enlarged pores",
          "Is there an evening when I could come for a first look?",
          "Hello Simran,\n\nYes: there are times after 5 on Mondays and Thursdays. You can choose one on our site without an account, "
          "or ring us on 0161 496 0000.\n\nJo, Alder Skin Clinic"),
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


def receive(group: Group, *, at: datetime) -> None:
    """Receive every question as the website would, and answer some as the front desk does."""
    for asked in QUESTIONS:
        _live_through(asked, group.main, group.users["jo"], at)
    _live_through(FOR_THE_SMALL_ONE, group.small, group.users["sam"], at)


def _live_through(asked: Asked, clinic: Clinic, user: User, at: datetime) -> None:
    came_at = at - timedelta(minutes=asked.minutes_ago)
    enquiry = _received(asked, clinic, came_at)
    by, answered_at = Actor.staff(user), came_at + timedelta(minutes=37)
    if asked.then:
        actions.reply_to_enquiry(enquiry=enquiry, text=asked.then, user=user, by=by, at=answered_at)
    if asked.closed:
        enquiry.refresh_from_db()  # the answer has moved it on
        actions.close_enquiry(enquiry=enquiry, by=by, at=answered_at + timedelta(minutes=2))


def _received(asked: Asked, clinic: Clinic, at: datetime) -> Enquiry:
    by_phone = asked.contact.startswith("+")
    return actions.receive_enquiry(
        clinic=clinic,
        name=asked.name,
        email="" if by_phone else asked.contact,
        phone=asked.contact if by_phone else "",
        text=asked.text,
        page="/contact/",
        about=asked.about,
        verdict=judge(Submission(name=asked.name, text=asked.text, trap="", seconds=asked.seconds)),
        by=VISITOR,
        at=at,
    )
