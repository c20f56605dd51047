"""How machines are told which file a finding is in: relative to a folder, as an address or as a path."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

STANDARD_INPUT = ("-", "/dev/stdin")
UNNAMEABLE = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # halves of characters that stand for no byte of a name


def root() -> Path:
    """The folder that files are named relative to: GitHub's workspace where the work is done inside it, since GitHub
    looks there, else the working directory.
    """
    here = Path.cwd()
    workspace = os.environ.get("GITHUB_WORKSPACE", "")
    return Path(workspace) if workspace and here.is_relative_to(workspace) else here


def relative(source: str, folder: Path) -> str | None:
    """The path of a file below a folder, with "/" between its steps; None for one that is not below it. Names are
    taken as they stand: links are not followed, and nothing is asked of the disk.

    >>> relative("tei/../poem.xml", Path.cwd()), relative("/etc/poem.xml", Path("/home"))
    ('poem.xml', None)
    """
    path = Path(os.path.normpath(Path.cwd() / source))
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else None


def address(source: str, folder: Path) -> tuple[str, bool]:
    """The address of a file, and whether it is relative to a folder (RFC 3986, 4.2 and 2.1): relative for what is
    below the folder, else absolute. Empty for standard input, which has none.

    >>> address("letters/Zürich 1:2.xml", Path.cwd())
    ('letters/Z%C3%BCrich%201%3A2.xml', True)
    """
    if source in STANDARD_INPUT:
        return "", False
    below = relative(source, folder)
    if below is not None:
        return escaped(below), True
    return absolute(Path(source)), False


def absolute(path: Path) -> str:
    """The absolute address of a file (RFC 8089); a folder's without "/" at its end."""
    whole = Path(os.path.normpath(Path.cwd() / path)).as_posix()
    return f"file://{'' if whole.startswith('/') else '/'}{escaped(whole)}"


def escaped(path: str) -> str:
    """A path with "/" between its steps, percent-encoded: bytes that are no UTF-8 as the disk has them."""
    return quote(UNNAMEABLE.sub("?", path).encode("utf-8", "surrogateescape"), safe="/")
