"""The client's address is what our own proxies say, and never what a client writes."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from corneum.platform.accounts.address import client_address, client_network

PROXIES = ["10.0.0.0/8", "fd00::/8", "127.0.0.1"]


def _request(remote: str, forwarded: str | None = None):
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)


@pytest.mark.parametrize(
    "remote, forwarded, address",
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # not our proxy: what it says is hearsay
        ("10.1.2.3", "198.51.100.1", "198.51.100.1"),
        ("10.1.2.3", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the client wrote the first
        ("10.1.2.3", "6.6.6.6, 198.51.100.1, 10.9.9.9", "198.51.100.1"),  # two of ours, one behind the other
        ("10.1.2.3", "10.9.9.9, 10.8.8.8", "10.9.9.9"),  # a colleague inside
        ("10.1.2.3", None, "10.1.2.3"),
        ("10.1.2.3", "", "10.1.2.3"),
        ("127.0.0.1", "198.51.100.1:5123", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8::7]:5123", "2001:db8::7"),
        ("127.0.0.1", "2001:DB8:0:0::7", "2001:db8::7"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"),  # IPv4 on an IPv6 socket
        ("127.0.0.1", "fe80::1%eth0", "fe80::1"),
        ("127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1,", "127.0.0.1"),
        ("127.0.0.1", "<script>, '; --", "127.0.0.1"),
        ("127.0.0.1", "999.1.1.1", "127.0.0.1"),
        ("127.0.0.1", "10.0.0.1," * 5000 + "198.51.100.1", "198.51.100.1"),
        ("", "198.51.100.1", ""),
        ("nonsense", "198.51.100.1", ""),
    ],
)
def test_client_address_is_the_nearest_that_is_not_ours(
    settings: Settings, remote: str, forwarded: str | None, address: str
):
    settings.TRUSTED_PROXIES = PROXIES

    assert client_address(_request(remote, forwarded)) == address


def test_client_address_believes_nobody_when_no_proxy_is_named(settings: Settings):
    settings.TRUSTED_PROXIES = []

    assert client_address(_request("127.0.0.1", "198.51.100.1")) == "127.0.0.1"


def test_client_address_believes_a_socket_when_that_is_named(settings: Settings):
    settings.TRUSTED_PROXIES = ["unix"]

    assert client_address(_request("", "198.51.100.1")) == "198.51.100.1"


@pytest.mark.parametrize(
    "remote, network",
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("", ""),
    ],
)
def test_client_network_is_one_household(settings: Settings, remote: str, network: str):
    settings.TRUSTED_PROXIES = []

    assert client_network(_request(remote)) == network
