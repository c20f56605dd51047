"""Which names a server answers to. A page on the web may give its own name the address of this machine (DNS rebinding)
and then read what a server here serves; its requests bear that name in the header ``Host`` (RFC 9110, 7.2).
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import NamedTuple

LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))
AUTHORITY = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::\d{1,5})?")


class Hosts(NamedTuple):
    """The names that a server answers to; ``is_open``: it is bound to all addresses, and answers to any address."""

    names: frozenset[str]
    is_open: bool = False

    @classmethod
    def of(cls, host: str) -> Hosts:
        """Those of a server that is bound to a host.

        >>> Hosts.of("127.0.0.1").answers("localhost:8000"), Hosts.of("127.0.0.1").answers("evil.example:8000")
        (True, False)
        """
        own = frozenset((host.lower(),))
        if is_local(host):
            return cls(LOCAL | own)
        machine = socket.gethostname().lower()
        return cls(LOCAL | own | {machine, f"{machine}.local"}, is_any(host))

    def answers(self, header: str) -> bool:
        """Whether a request with this header ``Host`` is answered."""
        named = AUTHORITY.fullmatch(header.strip())
        if named is None:
            return False
        name = (named[1] or named[2]).lower().removesuffix(".")
        return name in self.names or (self.is_open and is_address(name))


def is_local(host: str) -> bool:
    """Whether only this machine reaches a server that is bound to a host."""
    return host.lower() == "localhost" or (is_address(host) and ipaddress.ip_address(host).is_loopback)


def is_any(host: str) -> bool:
    """Whether a host stands for all addresses of the machine."""
    return host == "" or (is_address(host) and ipaddress.ip_address(host).is_unspecified)


def is_address(host: str) -> bool:
    """Whether a host is an address, not a name: nobody but its owner decides where it leads."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
