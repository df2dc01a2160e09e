"""
Sealed fields: what a patient said about their body, unreadable to whoever copies the database.

Each value is sealed by itself with AES-256-GCM. What stands in the row is `1.<key>.<text>`: the
form, the name of the key, and the nonce with the sealed text in base64url. The field's own name is
bound in, so that a value moved to another column does not open. A value that does not open is an
error, never a text: a record that was touched must not be read as if it had not been.

Keys are in `settings.SEALING_KEYS`, name to 32 bytes, the first of which seals (docs/operate/settings.md).
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

if TYPE_CHECKING:
    TextField = models.TextField[Any, Any]
else:
    TextField = models.TextField

FORM = "1"
NONCE = 12  # bytes; NIST SP 800-38D 5.2.1.1


class SealBroken(Exception):
    """A sealed value was changed, moved, or sealed with a key that is not here."""


def seal(text: str, *, label: str) -> str:
    """
    Seal a text with the first key.

    :param label: what the text is, such as `suitability_screening.answers`; needed again to open it
    """
    name, key = next(iter(settings.SEALING_KEYS.items()))
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + _cipher(key).encrypt(nonce, text.encode(), label.encode())
    return f"{FORM}.{name}.{urlsafe_b64encode(sealed).decode()}"


def unseal(value: str, *, label: str) -> str:
    """
    Open what :func:`seal` sealed under this label.

    :raises SealBroken: it was changed, moved, or its key is not among ours
    """
    form, _, rest = value.partition(".")
    name, _, text = rest.partition(".")
    if form != FORM or not text:
        raise SealBroken(f"{label} holds something that was never sealed.")
    key = settings.SEALING_KEYS.get(name)
    if key is None:
        raise SealBroken(f"{label} is sealed with the key “{name}”, which CORNEUM_SEALING_KEYS does not hold.")
    try:
        sealed = urlsafe_b64decode(text)
        return _cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], label.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise SealBroken(f"{label} does not open: it was changed, or moved from elsewhere.") from error


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


class SealedTextField(TextField):
    """A text that stands sealed in the database. Nothing can be looked for in it, save whether it is there."""

    def _label(self) -> str:
        return f"{self.model._meta.db_table}.{self.attname}"

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> Any:
        """Open what was read."""
        return None if value is None else self.opened(unseal(value, label=self._label()))

    def get_prep_value(self, value: Any) -> Any:
        """Seal what is written."""
        return None if value is None else seal(self.to_be_sealed(value), label=self._label())

    def opened(self, text: str) -> Any:
        """Read a value from the text that was opened."""
        return text

    def to_be_sealed(self, value: Any) -> str:
        """Write a value as the text to seal."""
        return str(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every lookup but `isnull`: equal texts are sealed differently each time."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: only isnull can be asked of it.")
        return super().get_lookup(lookup_name)


if TYPE_CHECKING:
    SealedValueField = models.JSONField  # whose values are of any kind
else:
    SealedValueField = SealedTextField


class SealedJSONField(SealedValueField):
    """Lists, dictionaries, numbers and texts, sealed as one value."""

    def opened(self, text: str) -> Any:
        """Read the value from JSON."""
        return json.loads(text)

    def to_be_sealed(self, value: Any) -> str:
        """Write the value as JSON, in one form only."""
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def value_to_string(self, obj: models.Model) -> str:
        """Write the value for a fixture."""
        return self.to_be_sealed(self.value_from_object(obj))
