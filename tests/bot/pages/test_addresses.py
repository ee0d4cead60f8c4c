from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages.addresses import is_public

CLOSED = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::1/128",
    "fc00::/7",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
]
closed = st.sampled_from(list(map(ip_network, CLOSED))).flatmap(
    lambda network: st.ip_addresses(network=str(network))
)
v4 = st.ip_addresses(v=4)


@given(closed)
def test_no_private_loopback_local_or_reserved_address_is_public(
    address: IPv4Address | IPv6Address,
) -> None:
    assert not is_public(str(address))


@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(address: IPv4Address | IPv6Address) -> None:
    mapped = isinstance(address, IPv6Address) and address.ipv4_mapped
    if address.is_private and not mapped:
        assert not is_public(str(address))


@given(v4)
def test_an_ipv4_address_in_ipv6_clothes_is_judged_by_itself(address: IPv4Address) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))
    translated = IPv6Address(int(IPv6Network("64:ff9b::/96")[0]) + int(address))
    sixtofour = IPv6Address((0x2002 << 112) + (int(address) << 80))
    if not is_public(str(address)):
        assert not is_public(str(translated))
        assert not is_public(str(sixtofour))


@pytest.mark.parametrize("address", ["8.8.8.8", "193.10.0.1", "2a00:801::1", "2001:6b0::1"])
def test_the_internet_is_public(address: str) -> None:
    assert is_public(address)
