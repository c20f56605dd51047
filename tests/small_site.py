"""A site that is quickly built, for tests of the server: a page for each source and one that lists them."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from html import escape
from pathlib import Path

from teiwright.document import Document
from teiwright.errors import OutputError
from teiwright.serving.press import Made

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="UTF-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title><style>{style}</style></head><body><main><h1>{title}</h1>{content}</main></body></html>
"""


def page(title: str, content: str, style: str = "") -> str:
    """A page with a policy."""
    return PAGE.format(policy=POLICY, title=escape(title), content=content, style=style)


def make(sources: Sequence[Path], folder: Path) -> Made:
    """The site of some sources, with a style sheet that may lie beside the first of them."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    look = sources[0].parent / "look.css"
    style = look.read_text(encoding="utf-8") if look.exists() else ""
    files = {f"{source.stem}.html": page(source.stem, _text(source), style) for source in sources}
    links = "".join(f'<a href="{name}">{name}</a> ' for name in files)
    files["index.html"] = page("Contents", links, style)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Made(len(files), {})


def make_when_told(sources: Sequence[Path], folder: Path) -> Made:
    """The same, when a file called "go" is there beside the folder, with a note of each beginning and end."""
    with (folder.parent / "builds.txt").open("a") as log:
        print("begin", file=log, flush=True)
        while not (folder.parent / "go").exists():
            time.sleep(0.01)
        made = make(sources, folder)
        print("end", file=log, flush=True)
    return made


def make_by_force(sources: Sequence[Path], folder: Path) -> Made:
    """A build that cannot be done: a source says how it fails."""
    words = _text(sources[0])
    if "refuse" in words:
        raise OutputError("site", "cannot be written", "the disk is full")
    if "crash" in words:
        raise RuntimeError("something is wrong")
    if "die" in words:
        os._exit(9)
    return make(sources, folder)


def make_what_can_be(sources: Sequence[Path], folder: Path) -> Made:
    """The same without the sources that say that they cannot be rendered."""
    failed = {source: f"{source}: cannot be rendered" for source in sources if "unrenderable" in _text(source)}
    made = make([source for source in sources if source not in failed], folder)
    return made._replace(failed=failed)


def _text(source: Path) -> str:
    return escape(" ".join("".join(str(part) for part in Document.read(source).root.itertext()).split()))
