"""How an e-mail finds its conversation: by an address that only we can write, or by the Message-ID it answers."""

import re
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from corneum.clinic.enquiries.models import Enquiry
from corneum.clinic.premises.models import Premises
from corneum.db.ref import ALPHABET, LENGTH
from corneum.platform.accounts.models import Clinic
from corneum.platform.messages.letter import Letter
from corneum.platform.messages.queries import refs_about

KIND = "enquiries.enquiry"
SIGNED = 12  # letters of the signature
LONGEST_LOCAL = 64  # letters before the @ (RFC 5321, 4.5.3.1.1)
_PLUS = re.compile(rf"\+([{ALPHABET}]{{{LENGTH}}})-([0-9a-f]{{{SIGNED}}})@")


def reply_address(enquiry: Enquiry) -> str:
    """Write the address to which an answer finds back; empty where the mailbox is not read or knows no plus."""
    local, _, domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")
    plus = f"{local}+{enquiry.ref}-{_signature(enquiry.ref)}"
    is_possible = settings.MAILBOX_URL and settings.MAILBOX_PLUS and local and len(plus) <= LONGEST_LOCAL
    return f"{plus}@{domain}" if is_possible else ""


def conversation_of(letter: Letter) -> Enquiry | None:
    """Find the conversation that a letter belongs to; None of a letter that begins one."""
    refs = [
        ref
        for address in letter.recipients
        for ref, signature in _PLUS.findall(address)
        if constant_time_compare(signature, _signature(ref))
    ]
    refs += refs_about(letter.refers_to, kind=KIND)
    found = {enquiry.ref: enquiry for enquiry in Enquiry.objects.filter(ref__in=refs).select_related("clinic")}
    answered = next((found[ref] for ref in refs if ref in found), None)
    if answered is None and letter.refers_to:
        ours = Enquiry.objects.filter(entries__mail_id__in=letter.refers_to, email__iexact=letter.sender)
        answered = ours.select_related("clinic").order_by("-id").first() if letter.sender else None
    return answered


def clinic_written_to(letter: Letter) -> Clinic:
    """Find the clinic whose own address a letter was sent to, or else the main one."""
    for address in letter.recipients:
        premises = Premises.objects.filter(email__iexact=address).select_related("clinic").first()
        if premises is not None:
            return premises.clinic
    return Clinic.objects.all()[0]  # the main one comes first


def _signature(ref: str) -> str:
    return salted_hmac("corneum.enquiries.threads", ref, algorithm="sha256").hexdigest()[:SIGNED]
