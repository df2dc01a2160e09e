"""
Fetching a calendar from somebody else's server, and from nowhere that we should not look.

Every hop is resolved here, each of its addresses is looked at, and the connection goes to the address that was
looked at: a name that changes its mind between the two leads nowhere. Nothing is asked of a private network
unless the installation says so (CORNEUM_CALENDARS_PRIVATE).
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from corneum.domain.errors import ClinicError

SECONDS_TO_CONNECT = 5.0
SECONDS_IN_ALL = 20.0  # a server that drips is as slow as one that is silent
LARGEST = 5_000_000
MOST_HOPS = 4
PIECE = 65_536
MOVED = frozenset({301, 302, 303, 307, 308})
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class CalendarFault(ClinicError):
    """The calendar could not be fetched."""


class NotAnAddress(CalendarFault):
    """This is not the secret address of a calendar: that begins with https:// or webcal://."""


class PrivateAddress(CalendarFault):
    """The address leads into a private network, and Corneum does not look there."""


class NoAnswer(CalendarFault):
    """The calendar's server does not answer."""


class NotTrusted(CalendarFault):
    """The calendar's server could not prove that it is who it says it is."""


class TooSlow(CalendarFault):
    """The calendar's server takes too long."""


class TooLarge(CalendarFault):
    """The calendar is larger than 5 MB."""


class Closed(CalendarFault):
    """The calendar is no longer at this address. Share it anew, and give Corneum the new address."""


class AtFault(CalendarFault):
    """The calendar's server says that it cannot answer just now."""


class SentAround(CalendarFault):
    """The calendar's server sends us from one address to the next and never to a calendar."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, and the marks by which to ask next time whether it has changed."""

    body: bytes
    etag: str
    last_modified: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where one hop leads: a server, and what is asked of it."""

    url: str
    is_tls: bool
    host: str
    port: int
    target: str


def whole_address(text: str) -> str:
    """
    Read the address of a calendar as somebody pasted it; webcal:// is https://.

    :raises NotAnAddress: it is none
    """
    text = text.strip()
    scheme, separator, rest = text.partition("://")
    if scheme.lower() in {"webcal", "webcals"}:
        text = f"https{separator}{rest}"
    return _place(text).url


def fetch(url: str, *, etag: str = "", last_modified: str = "", private: Sequence[str] = ()) -> Fetched | None:
    """
    Fetch a calendar; None if it has not changed since these marks were given.

    :param private: private networks in which calendars may stand, and may do without TLS, such as 10.1.0.0/16
    :raises CalendarFault: it could not be fetched, and the sentence says why
    """
    asked = {"User-Agent": "Corneum", "Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity"}
    asked |= {"If-None-Match": etag} if etag else {}
    asked |= {"If-Modified-Since": last_modified} if last_modified else {}
    for _ in range(MOST_HOPS + 1):
        place = _place(url)
        with closing(_connected(place, private=private)) as connection, _in_time(connection):
            connection.request("GET", place.target, headers=asked)
            response = connection.getresponse()
            if response.status in MOVED:
                url = urljoin(place.url, response.headers.get("Location", ""))
                continue
            return _answer(response)
    raise SentAround


def is_public(text: str) -> bool:
    """Say whether an address belongs to the public network, whatever it is wrapped in."""
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    inner = _unwrapped(address) if isinstance(address, ipaddress.IPv6Address) else None
    return is_public(str(inner)) if inner else address.is_global and not address.is_multicast


def _is_within(text: str, networks: Sequence[str]) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    return any(address in ipaddress.ip_network(network) for network in networks)


def _unwrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Find the older address that a newer one carries, by any of the four ways of carrying one."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour


def _place(url: str) -> Place:
    try:
        parts: SplitResult = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError as broken:
        raise NotAnAddress from broken
    is_tls = parts.scheme == "https"
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in {"https", "http"} or not host or parts.username is not None or not is_plain:
        raise NotAnAddress
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(url, is_tls, host, port or (443 if is_tls else 80), target)


def _connected(place: Place, *, private: Sequence[str]) -> http.client.HTTPConnection:
    """Connect to one of the server's addresses, if all of them are ones to which we may go."""
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise NoAnswer from unknown
    addresses = [str(entry[4][0]) for entry in found]
    ours = [address for address in addresses if not is_public(address)]
    if not all(_is_within(address, private) for address in ours):
        raise PrivateAddress
    if not place.is_tls and len(ours) < len(addresses):
        raise NotAnAddress
    for address in addresses:
        try:
            return _opened(place, address)
        except ssl.SSLCertVerificationError as doubtful:
            raise NotTrusted from doubtful
        except OSError:  # the next address may answer
            continue
    raise NoAnswer


def _opened(place: Place, address: str) -> http.client.HTTPConnection:
    opened = socket.create_connection((address, place.port), SECONDS_TO_CONNECT)
    try:
        connection = http.client.HTTPConnection(place.host, place.port)
        if place.is_tls:
            connection.default_port = http.client.HTTPS_PORT  # so that the Host header does not name it
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=place.host)
    except BaseException:
        opened.close()
        raise
    connection.sock = opened
    return connection


@contextmanager
def _in_time(connection: http.client.HTTPConnection) -> Iterator[None]:
    """Cut the connection when its time is up, and say in our own words what went wrong with it."""
    is_over = threading.Event()

    def cut() -> None:
        is_over.set()
        try:
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)  # below TLS, which another thread may be using
        except OSError:
            return  # it is closed already

    timer = threading.Timer(SECONDS_IN_ALL, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except CalendarFault:
        raise
    except (OSError, http.client.HTTPException, ValueError) as broken:
        slow = is_over.is_set() or isinstance(broken, TimeoutError)
        raise (TooSlow if slow else NoAnswer) from broken
    finally:
        timer.cancel()
    if is_over.is_set():
        raise TooSlow


def _answer(response: http.client.HTTPResponse) -> Fetched | None:
    if response.status == http.client.NOT_MODIFIED:
        return None
    if response.status in {401, 403, 404, 410}:
        raise Closed
    if response.status != http.client.OK or response.headers.get("Content-Encoding", "identity") != "identity":
        raise AtFault
    body = bytearray()
    while piece := response.read(PIECE):
        body += piece
        if len(body) > LARGEST:
            raise TooLarge
    etag, last_modified = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
    return Fetched(bytes(body), etag if len(etag) <= 200 else "", last_modified if len(last_modified) <= 64 else "")
