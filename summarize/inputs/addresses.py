"""The addresses of a host that a page may be fetched from: public ones, or the one that the user names."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from summarize.errors import InputError
from summarize.interface import _
from summarize.text.printing import printable

_NAT64 = IPv6Network("64:ff9b::/96")


def find_addresses(host: str, port: int, name: str, *, is_named: bool) -> list[tuple[Any, ...]]:
    """Return what can be connected to: the family and the address of each address of a host that may be used.

    Args:
        host: its name or its address.
        port: of it.
        name: how messages call the URL.
        is_named: whether the user's own URL names the host.

    Raises:
        InputError: there is none.
    """
    found = [(family, address) for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if is_named and (host == "localhost" or _is_literal(host)):
        return found
    public = [(family, address) for family, address in found if _is_public(str(address[0]))]
    if not public:
        raise InputError(
            _(
                "{name}: leads to the local network ({host}); such a host is fetched only if you give its IP address"
            ).format(name=name, host=printable(host))
        )
    return public


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(address: str) -> bool:
    """Return whether an address is one of the public network, also the one that is written inside of it."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            found = inner
        elif found.is_site_local or found.teredo is not None:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)
