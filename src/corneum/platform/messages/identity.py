"""How the identity library's mails leave: through the outbox, like all others."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.core import context as request_context
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest

from corneum.platform.accounts.actors import Actor
from corneum.platform.accounts.address import client_address
from corneum.platform.accounts.identity import IdentityAdapter
from corneum.platform.accounts.models import User
from corneum.platform.messages.actions import queue_words
from corneum.platform.messages.words import Words


class Adapter(IdentityAdapter):
    """Nobody signs up by themselves; every mail is queued."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Let nobody in who was not invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Believe the proxies we know, and nobody else."""
        return client_address(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """
        Queue a mail in the library's words.

        Whether anybody has this address makes no difference to what is done now: a mail server asked
        here and now would let a stranger measure it.
        """
        request = request_context.request
        known = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        mail = self.render_mail(template_prefix, email, known)
        user = User.objects.filter(email__iexact=email).first()
        queue_words(
            words=Words(str(mail.subject), str(mail.body), _html_of(mail)),
            template=template_prefix,
            to=email,
            to_name=user.name if user else "",
            about=user,
            by=Actor.system("sign-in"),
            at=datetime.now(UTC),  # noqa: TID251 -- the library's pages call this: it is an edge
        )

    def format_email_subject(self, subject: str) -> str:
        """Write the subject as it is: the clinic's name stands in the sender."""
        return subject

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Lead to our own address, whatever host the request named."""
        return _at_our_own_address(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Lead to our own address, whatever host the request named."""
        return _at_our_own_address(super().get_email_confirmation_url(request, emailconfirmation))


def _at_our_own_address(url: str) -> str:
    return f"{settings.SITE_URL}{urlsplit(url).path}"


def _html_of(mail: Any) -> str:
    alternatives = getattr(mail, "alternatives", [])
    return str(alternatives[0][0]) if alternatives else ""
