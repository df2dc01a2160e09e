"""
Text messages by a provider that speaks Twilio's protocol: its Messages resource, version 2010-04-01.

The protocol knows no key by which the same message twice is one. So a lost answer leaves a doubt, which we say
instead of sending twice; and because each message names an address of its own for reports of what became of it,
the first report settles the doubt. A provider that does honour an Idempotency-Key is given one.
"""

import base64
import hashlib
import hmac
import http.client
import json
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from corneum.platform.messages.transports.parcel import BadAddress, NotTaken, NumberStopped, Parcel, Refused, Unknown

PATIENCE = 20.0  # seconds for an answer
LARGEST = 100_000  # bytes of an answer that are read
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_OUR_NUMBER = (NotTaken, "The text provider refused the number that texts come from")
_NO_TEXTS = (Refused, "The text provider says that this number takes no texts")
_NOT_THERE = (Refused, "The text provider does not send to that country or network")
# Twilio's numbers of what went wrong (www.twilio.com/docs/api/errors).
_SAID: dict[object, tuple[type[NotTaken | Refused], str]] = {
    21610: (NumberStopped, "They have told the text provider that they want no texts"),
    **dict.fromkeys((21211, 21217, 21614, 21635), _NO_TEXTS),
    **dict.fromkeys((21408, 21612), _NOT_THERE),
    **dict.fromkeys((21212, 21603, 21606, 21659, 21660, 21701, 21703), _OUR_NUMBER),
}
_OUR_ACCOUNT = (NotTaken, "The text provider refused our account and token")
# HTTP's own, where the provider gives no other.
_ANSWERED: dict[int, tuple[type[NotTaken | Refused], str]] = {
    **dict.fromkeys((401, 403, 404), _OUR_ACCOUNT),
    429: (NotTaken, "The text provider asked us to try again later"),
}


@dataclass(frozen=True, slots=True)
class Twilio:
    """Hands texts to a provider by HTTPS; without TLS only to a provider on this very machine."""

    host: str
    port: int
    is_tls: bool
    account: str
    token: str
    sender: tuple[str, str]  # From and a number or name, or MessagingServiceSid and its name

    @classmethod
    def at(cls, url: str) -> "Twilio":
        """
        Read twilio://account:token@host/?from=+441614960000, or ?service=MG… for a set of numbers.

        :raises BadAddress: it cannot be understood; the words hold no secret
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError as broken:
            raise BadAddress("A text provider is twilio://account:token@host/?from=+44…") from broken
        asked = parse_qs(parts.query.replace("+", "%2B"))  # a plus is a plus: nobody's number begins with a space
        number, service = asked.get("from", [""])[0].strip(), asked.get("service", [""])[0]
        if not (host and parts.username and parts.password):
            raise BadAddress("A text provider is twilio://account:token@host/?from=+44…")
        if bool(number) == bool(service):
            raise BadAddress("Say which number texts come from: ?from=+44…, or ?service=MG… for a set of numbers")
        is_tls = host not in _LOCAL
        sender = ("From", number) if number else ("MessagingServiceSid", service)
        return cls(
            host, port or (443 if is_tls else 80), is_tls, unquote(parts.username), unquote(parts.password), sender
        )

    @contextmanager
    def reach(self, parcel: Parcel) -> Iterator[Callable[[], str]]:
        """Connect; nothing is said yet."""
        connection = self._connection()
        try:
            try:
                connection.connect()
            except (OSError, http.client.HTTPException) as error:
                raise NotTaken("The text provider does not answer.") from error
            yield lambda: self._hand_over(connection, parcel)
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        if self.is_tls:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self.host, self.port, timeout=PATIENCE, context=context)
        return http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)

    def _hand_over(self, connection: http.client.HTTPConnection, parcel: Parcel) -> str:
        key = base64.b64encode(f"{self.account}:{self.token}".encode()).decode()
        headers = {
            "Authorization": f"Basic {key}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
            "User-Agent": "Corneum",
            "Idempotency-Key": parcel.key,
        }
        path = f"/2010-04-01/Accounts/{quote(self.account, safe='')}/Messages.json"
        try:
            connection.request("POST", path, body=urlencode(self._fields(parcel)), headers=headers)
            response = connection.getresponse()
            status, body = response.status, response.read(LARGEST)
        except (OSError, http.client.HTTPException) as error:
            raise Unknown("The line was cut while the text provider was taking the message.") from error
        return _provider_id(status, _parsed(body))

    def _fields(self, parcel: Parcel) -> dict[str, str]:
        name, value = self.sender
        fields = {"To": parcel.recipient, name: value, "Body": parcel.text}
        # Nobody outside reaches a report's address that is not public; a provider on this machine does.
        if parcel.reports_to.startswith("https://") or (parcel.reports_to and not self.is_tls):
            fields["StatusCallback"] = parcel.reports_to
        return fields


def signature_of(token: str, url: str, params: Iterable[tuple[str, str]]) -> str:
    """
    Sign what a provider tells us, as it does: HMAC-SHA1 over the address and its sorted parameters.

    Twilio's "Validating Signatures from Twilio" (www.twilio.com/docs/usage/security). Its SHA-1 is not ours to
    choose; HMAC does not rest on what has been broken in it.
    """
    told = url + "".join(f"{name}{value}" for name, value in sorted(set(params)))
    digest = hmac.new(token.encode(), told.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def _parsed(body: bytes) -> dict[str, object]:
    try:
        answer = json.loads(body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _provider_id(status: int, answer: dict[str, object]) -> str:
    """Read what the provider answered: its name for the message, or why there is none."""
    if status // 100 == 2 and isinstance(answer.get("sid"), str):
        return str(answer["sid"])[:64]
    if status // 100 != 4:
        if status == http.client.SERVICE_UNAVAILABLE:
            raise NotTaken("The text provider asked us to try again later (503).")
        raise Unknown(f"The text provider's answer could not be understood ({status}).")
    raise _refusal(status, answer.get("code"))


def _refusal(status: int, code: object) -> NotTaken | Refused:
    """Say it in our own words: the provider's may hold the reader's number."""
    number = f"{status}, {code}" if isinstance(code, int) else str(status)
    if code in _SAID:
        kind, sentence = _SAID[code]
    else:
        kind, sentence = _ANSWERED.get(status, (Refused, "The text provider refused the message"))
    return kind(f"{sentence} ({number}).")
