"""Where a request comes from: the address that a proxy we trust says, or that of the connection itself."""

from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

MOST_HOPS = 20  # nobody has more proxies; a longer header is somebody's idea of a joke
SOCKET = "unix"  # a proxy that reaches us through a socket file has no address


def client_address(request: HttpRequest) -> str:
    """
    Say from which address a request comes, or "" when nobody knows.

    X-Forwarded-For is read from the right, where our own proxies write, and only as far as the
    proxies named in CORNEUM_TRUSTED_PROXIES go: whatever a client writes into it stays to the left
    of that and is never believed.
    """
    nearest = _address(request.META.get("REMOTE_ADDR", ""))
    for hop in _hops_from_the_right(request):
        if not _is_trusted(nearest):
            return nearest
        if not hop:
            return nearest  # our own proxy writes no such thing: stop at the last address that is one
        nearest = hop
    return nearest


def comes_through_a_proxy(request: HttpRequest) -> bool:
    """Say whether a request reached us through one of the proxies named in CORNEUM_TRUSTED_PROXIES."""
    return _is_trusted(_address(request.META.get("REMOTE_ADDR", "")))


def client_network(request: HttpRequest) -> str:
    """Say from which network a request comes: an IPv4 address, or the /64 that one IPv6 household has."""
    return network_of(client_address(request))


def network_of(address: str) -> str:
    """Answer with the network that counts as one client: limits for IPv6 addresses are for their /64."""
    found = _address(address)
    if ":" not in found:
        return found
    return str(IPv6Network((found, 64), strict=False).network_address)


def _hops_from_the_right(request: HttpRequest) -> Iterator[str]:
    written = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if written.strip():
        yield from (_address(hop) for hop in reversed(written.split(",")[-MOST_HOPS:]))


def _is_trusted(address: str) -> bool:
    proxies, sockets = _trusted(tuple(settings.TRUSTED_PROXIES))
    if not address:
        return sockets
    found = ip_address(address)
    return any(found in network for network in proxies)


@lru_cache(maxsize=8)
def _trusted(names: tuple[str, ...]) -> tuple[tuple[IPv4Network | IPv6Network, ...], bool]:
    networks = tuple(ip_network(name, strict=False) for name in names if name != SOCKET)
    return networks, SOCKET in names


def _address(text: str) -> str:
    """Read one address, with or without a port, in its one canonical spelling; "" when it is none."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(found)
