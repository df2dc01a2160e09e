"""RefField: the random name by which a row is known outside the database."""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    CharField = models.CharField[str, str]
else:
    CharField = models.CharField

# Crockford's alphabet without i, l, o and u: nothing that can be misread on paper or aloud.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 26  # 26 letters of 5 bits: 130 bits, of which 128 are asked for by OWASP ASVS 5.0 11.5.1


def new_ref() -> str:
    """Draw a name that cannot be guessed: 130 random bits in 26 lower-case letters and digits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class RefField(CharField):
    """A random 26-letter name, unique, made once; the only key that leaves the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take no options: every ref is the same."""
        kwargs.update(max_length=LENGTH, unique=True, default=new_ref, editable=False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Keep migrations short."""
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "unique", "default", "editable"):
            kwargs.pop(key, None)
        return name, path, list(args), kwargs


class RefConverter:
    """Let an address hold a ref and nothing else: <ref:enquiry>."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        """Answer with the ref as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """Answer with the ref as it stands in the database."""
        return value
