"""A conversation as it is now: whoever answers has read the last of it, and two people do not both answer."""

from corneum.clinic.enquiries.models import Enquiry, Entry
from corneum.domain.errors import ClinicError


class ChangedMeanwhile(ClinicError):
    """Somebody else has just dealt with this conversation. Look at it again; what you typed is kept here."""


def last_entry(enquiry: Enquiry) -> str:
    """Answer with the ref of what was said last, notes included."""
    return str(Entry.objects.filter(enquiry=enquiry).order_by("-id").values_list("ref", flat=True).first() or "")


def locked(enquiry: Enquiry, *, seen: str) -> Enquiry:
    """
    Read a conversation anew and lock it, for somebody who has seen it up to an entry.

    :param seen: the ref of the last entry that stood on the page they answer from
    :raises ChangedMeanwhile: more was said since, or it was moved; the sentence says by whom
    """
    now = Enquiry.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=enquiry.pk)
    newest = Entry.objects.filter(enquiry=now).select_related("by").order_by("-id").first()
    if newest is not None and newest.ref != seen:
        raise ChangedMeanwhile(_since(newest, now.name))
    if now.state != enquiry.state:
        raise ChangedMeanwhile
    return now


def _since(newest: Entry, name: str) -> str:
    if newest.kind == Entry.Kind.AUTO:
        return "Something has happened here since you opened this. Read it first; what you typed is kept here."
    who = newest.by.name if newest.by else name
    did = {
        Entry.Kind.THEIRS: "has written again",
        Entry.Kind.OURS: "has answered",
        Entry.Kind.NOTE: "has left a note",
    }[Entry.Kind(newest.kind)]
    return f"{who} {did} since you opened this. Read it first; what you typed is kept here."
