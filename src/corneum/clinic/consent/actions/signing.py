"""Signing: by the patient alone, once for each talk, and only the very words they were shown."""

from datetime import datetime

from corneum.clinic.consent import letters, queries, words
from corneum.clinic.consent.models import Information, Signature
from corneum.domain.consent.drawing import drawing
from corneum.domain.consent.text import fingerprint
from corneum.domain.errors import ClinicError
from corneum.platform.accounts.actors import Actor
from corneum.platform.audit.trail import action, record


class Superseded(ClinicError):
    """The text has changed since it was given. Read what is new before you decide."""


class NotTalkedYet(ClinicError):
    """Whoever treats you talks it through with you first. Then you can sign."""


class AlreadySigned(ClinicError):
    """This is signed already."""


class NotTheTextShown(ClinicError):
    """What you were shown has changed meanwhile. Read it again before you sign."""


@action
def sign_consent(
    *, information: Information, name: str, drawn: str, way: str, seen: str, by: Actor, at: datetime
) -> Signature:
    """
    Put a patient's name under what they were shown, and freeze all of it.

    :param drawn: the path of a drawn name, or nothing
    :param way: own or tablet
    :param seen: the fingerprint of the text that was on their screen
    :raises AlreadySigned: another device was quicker
    :raises Superseded: a newer version is in force
    :raises NotTalkedYet: nobody has talked with them, or it was left for now, or they have withdrawn since
    :raises NotTheTextShown: the words are not those that they saw
    :raises NotADrawing: the drawing is none
    """
    information = queries.locked(information)
    talk = queries.talk_of(information)
    if talk is not None and queries.is_signed(talk):
        raise AlreadySigned
    if queries.newer_than(information) is not None:
        raise Superseded
    if talk is None or not talk.may_go_on or queries.is_withdrawn_since(information, talk.at):
        raise NotTalkedYet
    shown = words.to_sign(information, talk)
    if fingerprint(shown) != seen:
        raise NotTheTextShown
    text = words.signed(shown, name=name, at=at, zone=information.clinic.zone, way=Signature.Way(way).label)
    signature = Signature.objects.create(
        talk=talk, name=name, drawn=drawing(drawn), way=way, text=text, fingerprint=fingerprint(text), signed_at=at
    )
    letters.tell(information, "signed", by=by, at=at)
    record(
        "consent.sign_consent", entity=signature, by=by, at=at, clinic=information.clinic, way=way,
        fingerprint=signature.fingerprint, version=information.version.number, patient=information.patient.ref,
    )  # fmt: skip
    return signature
