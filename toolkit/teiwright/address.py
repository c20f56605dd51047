"""Addresses that documents and schemas name: one reading for pointers, associations, includes and imports.

Uniform Resource Identifiers (RFC 3986, 5) that mean files (RFC 8089). Nothing here opens a file.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from teiwright.errors import ToolkitError

MARKERS = ("teiwright.toml", "pyproject.toml", ".git")
TEI_HOST = "tei-c.org"
TEI_CURRENT = "/Vault/P5/current/"  # where tei-c.org has what it also calls /release/
TEI_RELEASE = "/release/"
UNRESERVED = r"[A-Za-z0-9._~-]"
KEPT = "%/:?#[]@!$&'()*+,;=~"  # characters that mean something in an address, or are escapes already


class AddressError(ToolkitError):
    """Something that is no address, or an address that no file can have."""


def local_file(href: str, base_uri: str) -> Path | None:
    """The file an address leads to, relative ones from ``base_uri``; None for one on the web or of another scheme.
    Whether the file is there, it does not say. Raises AddressError.

    >>> local_file("../a%20b.rng#top", "file:///edition/tei/poem.xml").as_posix()
    '/edition/a b.rng'
    >>> local_file("https://www.tei-c.org/tei_all.rng", "file:///edition/poem.xml") is None
    True
    """
    try:
        parts = urlsplit(urljoin(base_uri, href))
    except ValueError:
        raise AddressError("", f'"{href}" is not an address') from None
    if parts.scheme not in ("", "file") or parts.netloc not in ("", "localhost"):
        return None
    path = Path(unquote(parts.path))
    try:
        path.resolve().exists()
    except PermissionError:
        pass  # reading it will say so
    except (OSError, ValueError, RuntimeError):  # too long a name, a null character, links in a circle
        raise AddressError("", f'"{href}" is not an address that a file can have') from None
    return path


def web_address(href: str, base_uri: str = "") -> str | None:
    """The absolute address of something on the web, without a fragment; None for everything else.

    >>> web_address("b.rng#top", "https://example.org/schemas/a.rng")
    'https://example.org/schemas/b.rng'
    """
    try:
        parts = urlsplit(urljoin(base_uri, href.strip()))
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return parts._replace(fragment="").geturl()


def canonical(address: str) -> str:
    """What two web addresses of the same thing have in common (RFC 3986, 6.2.2), http and https being one.

    At tei-c.org, where schemas have lived under several addresses, "www." makes no difference, and what is "current"
    is the release; a version that an address names is that version and no other.

    >>> canonical("http://WWW.tei-c.org:80/Vault/P5/current/xml/tei/../tei_all%2erng#a")
    'https://tei-c.org/release/xml/tei_all.rng'
    >>> canonical("https://www.tei-c.org/Vault/P5/4.9.0/tei_all.rng")
    'https://tei-c.org/Vault/P5/4.9.0/tei_all.rng'
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return address
    host = parts.hostname or ""
    path = _without_dots(_unescaped(quote(parts.path or "/", safe=KEPT, errors="surrogatepass")))
    if host in (TEI_HOST, f"www.{TEI_HOST}"):
        host = TEI_HOST
        path = TEI_RELEASE + path.removeprefix(TEI_CURRENT) if path.startswith(TEI_CURRENT) else path
    shown_port = "" if port in (None, 80, 443) else f":{port}"
    query = _unescaped(quote(parts.query, safe=KEPT, errors="surrogatepass"))
    return f"https://{host}{shown_port}{path}" + (f"?{query}" if query else "")


def _without_dots(path: str) -> str:
    """An absolute path without "." and ".." (RFC 3986, 5.2.4).

    >>> _without_dots("/a/./b/../../../c//d/..")
    '/c//'
    """
    steps: list[str] = []
    for step in path.split("/"):
        if step == "..":
            del steps[max(1, len(steps) - 1) :]
        elif step != ".":
            steps.append(step)
    return "/".join([*steps, ""] if path.endswith(("/.", "/..")) else steps)


def _unescaped(text: str) -> str:
    """Escapes of characters that need none are undone, all others in upper case (RFC 3986, 6.2.2.1 and 2)."""

    def plain(escape: re.Match[str]) -> str:
        character = chr(int(escape[1], 16))
        return character if re.fullmatch(UNRESERVED, character) else escape[0].upper()

    return re.sub("%([0-9A-Fa-f]{2})", plain, text)


def project_folder(path: Path) -> Path:
    """The folder a file's project lives in: the nearest above it that holds a project's marks, else its own folder."""
    for folder in path.parents:
        if any((folder / marker).exists() for marker in MARKERS):
            return folder
    return path.parent
