"""The addresses that a service is told: under which its texts are named, and at which it is known."""

from __future__ import annotations

from urllib.parse import urlsplit

from teiwright.errors import ExchangeError
from teiwright.exchange.identity import IRI
from teiwright.serving.hosts import Hosts


def base_of(base: str) -> str:
    """An IRI under which texts are named, or "". Raises ExchangeError."""
    if base and not IRI.fullmatch(base):
        raise ExchangeError("base", f'"{base}" is not an address', "give one as https://example.org/edition/")
    return base


def url_of(url: str) -> str:
    """The address that a server is known by, with a slash at its end, or "". Raises ExchangeError."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)
    except ValueError:
        is_address = False
    if not is_address or not IRI.fullmatch(url):
        raise ExchangeError("url", f'"{url}" is not an address', "give one as https://example.org/dts/")
    return url if url.endswith("/") else f"{url}/"


def hosts_of(host: str, url: str) -> Hosts:
    """The names that a server answers to: those of its host, and that of the address that it is known by."""
    hosts = Hosts.of(host)
    name = urlsplit(url).hostname
    return hosts._replace(names=hosts.names | {name}) if name else hosts
