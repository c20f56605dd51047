"""Addresses that documents and schemas name: one reading for pointers, associations, includes and imports.

Uniform Resource Identifiers (RFC 3986, 5) that mean files (RFC 8089). Nothing here opens a file.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from teiwright.errors import ToolkitError

MARKERS = ("teiwright.toml", "pyproject.toml", ".git")


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


def project_folder(path: Path) -> Path:
    """The folder a file's project lives in: the nearest above it that holds a project's marks, else its own folder."""
    for folder in path.parents:
        if any((folder / marker).exists() for marker in MARKERS):
            return folder
    return path.parent
