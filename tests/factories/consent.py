"""Consent as a test needs it: a text that is approved, given, talked through and signed."""

from datetime import datetime, timedelta

from corneum.clinic.consent import actions, queries, words
from corneum.clinic.consent.models import Information, Signature, Talk, Version
from corneum.clinic.patients.models import Patient
from corneum.clinic.practitioners.models import Practitioner
from corneum.clinic.treatments.models import Treatment
from corneum.domain.consent.text import fingerprint
from corneum.platform.accounts.actors import PATIENT, Actor
from tests.factories.cast import NOW, Cast

FINE = dict.fromkeys(("saw_alternatives", "understands", "remembers", "weighs", "says", "is_free"), True)


def approve_text(cast: Cast, treatment: Treatment | None = None, *, at: datetime = NOW) -> Version:
    """Begin microdermabrasion's text from the sample, and approve it as Nadia."""
    about = treatment or cast.microdermabrasion
    document = actions.begin_document(treatment=about, user=cast.priya, by=Actor.staff(cast.priya), at=at)
    version = queries.latest(document)
    assert version is not None
    return approve(cast, version, at=at)


def approve(cast: Cast, version: Version, *, asks_anew: bool = False, at: datetime = NOW) -> Version:
    """Approve a version as Nadia."""
    by = Actor.staff(cast.priya)
    return actions.approve_version(version=version, asks_anew=asks_anew, user=cast.priya, by=by, at=at)


def change_text(cast: Cast, *, asks_anew: bool = False, at: datetime = NOW) -> Version:
    """Save another version of microdermabrasion's text, in which a risk is new, and approve it."""
    document = queries.document_of("microdermabrasion")
    last = queries.latest(document)
    assert last is not None
    texts = {**last.texts, "rare": f"{last.texts['rare']}\n- A rash nobody had known of"}
    saved = actions.save_version(
        document=document, texts=texts, based_on=last.number, user=cast.priya, by=Actor.staff(cast.priya), at=at
    )
    return approve(cast, saved, asks_anew=asks_anew, at=at)


def give(cast: Cast, patient: Patient | None = None, *, way: str = "email", at: datetime = NOW) -> Information:
    """Have Dana give Alice the text about microdermabrasion."""
    return actions.give_information(
        patient=patient or cast.alice, treatment=cast.microdermabrasion, way=way, user=cast.dana,
        by=Actor.staff(cast.dana), at=at,
    )  # fmt: skip


def talk(
    cast: Cast, information: Information, *, treats: Practitioner | None = None, at: datetime = NOW, **found: bool
) -> Talk:
    """Have Nadia talk it through; she treats, unless the test says otherwise."""
    return actions.talk_through(
        information=information, treats=treats or cast.nadia, explained="Her *cheeks* mark easily.",
        questions="Can I swim? Not for two days.", found={**FINE, **found}, user=cast.priya,
        by=Actor.staff(cast.priya), at=at,
    )  # fmt: skip


def shown(information: Information) -> str:
    """Say the fingerprint of what stands on the patient's screen to be signed."""
    fresh = queries.information_at(information.clinic, information.code)
    last = queries.talk_of(fresh)
    assert last is not None
    return fingerprint(words.to_sign(fresh, last))


def sign(information: Information, *, at: datetime = NOW, seen: str = "") -> Signature:
    """Have the patient sign on their own telephone."""
    return actions.sign_consent(
        information=information, name=information.patient.name, drawn="M1 2L30 40", way="own",
        seen=seen or shown(information), by=PATIENT, at=at,
    )  # fmt: skip


def signed(cast: Cast, *, at: datetime = NOW) -> Information:
    """Take Alice all the way: told two days ago, talked with and signed now."""
    given = give(cast, at=at - timedelta(days=2))
    talk(cast, given, at=at)
    sign(given, at=at)
    return queries.information_at(given.clinic, given.code)
