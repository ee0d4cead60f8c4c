"""Which network addresses may be fetched from: public ones, whatever a name or link says."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Resolve = Callable[[str, int], Sequence[str]]

# The last 32 bits of these are an IPv4 address that a translator connects to (RFC 6052).
_TRANSLATED = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Tell whether anybody on the internet could be reached at `address`.

    An IPv6 address that stands for an IPv4 one (mapped, 6to4, Teredo, NAT64) is public only
    if that one is.

    Raises:
        ValueError: it is no IP address.
    """
    parsed = ip_address(address.partition("%")[0])
    if isinstance(parsed, IPv6Address):
        return _is_open(parsed) and not parsed.is_site_local and all(map(_is_open, _within(parsed)))
    return _is_open(parsed)


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses that `host` stands for.

    Raises:
        OSError: the name is not known.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def _is_open(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return True  # judged by the address within
    closed = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not closed


def _within(address: IPv6Address) -> list[IPv4Address]:
    teredo = address.teredo or ()
    found = [address.ipv4_mapped, address.sixtofour, *teredo]
    if address in _TRANSLATED:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in found if inner is not None]
