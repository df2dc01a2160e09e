"""How the identity library's mails leave: through the outbox, like all others."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; every mail is queued."""
