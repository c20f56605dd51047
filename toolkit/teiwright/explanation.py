"""What each code means: one page for each, in ``explanations/``, for an editor who wants to know what to do.

A page begins with ``# code``; its sections are What it finds, Why it matters, Bad, Good and Guidelines. Bad and Good
hold one example each, indented by four spaces. Guidelines lists sections of the TEI Guidelines, one in a line: id,
title, address.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from teiwright.errors import ToolkitError
from teiwright.reporting.terminal import Palette

FOLDER = Path(__file__).parent / "explanations"
SECTIONS = ("What it finds", "Why it matters", "Bad", "Good", "Guidelines")
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
REFERENCE = re.compile(r"#([A-Za-z][\w.-]*)[\W_]*(.*?)[\s,:;(<–—-]*(https://[^\s)>]+)")
LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)]+)\)")
SENTENCE = re.compile(r".+?[.!?](?=\s|$)", re.DOTALL)


class Reference(NamedTuple):
    """A section of the TEI Guidelines: its id without "#", its title, its address."""

    id: str
    title: str
    address: str


class Page(NamedTuple):
    """The page of one code. ``text`` is the whole of it, as Markdown; ``bad`` and ``good`` are examples of XML."""

    code: str
    what: str
    why: str
    bad: str
    good: str
    guidelines: tuple[Reference, ...]
    text: str

    @property
    def summary(self) -> str:
        """The first sentence of what it finds."""
        found = SENTENCE.match(self.what)
        return found[0] if found else self.what


class UnknownCodeError(ToolkitError):
    """A code that has no page."""


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """The codes that have a page, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


def page(code: str) -> Page:
    """The page of a code. Raises UnknownCodeError, which names those that may have been meant.

    >>> page("element-not-allowed").guidelines[0].id
    'CFVL'
    """
    if code not in codes():
        hint = _meant(code) or 'codes that a Schematron schema gives its rules have no page; see "schematron"'
        raise UnknownCodeError(code, "no page explains this code", hint)
    return parsed((FOLDER / f"{code}.md").read_text(encoding="utf-8"))


def parsed(text: str) -> Page:
    """The page in a text. Raises ValueError where a section is missing or one is there that does not belong."""
    title, *parts = HEADING.split(text)
    sections = {name.strip(): body.strip("\n") for name, body in zip(parts[::2], parts[1::2], strict=True)}
    if tuple(sections) != SECTIONS or not title.startswith("# "):
        raise ValueError(f'not a page: expected "# code", then the sections {", ".join(SECTIONS)}')
    what, why, bad, good, guidelines = sections.values()
    return Page(
        title[2:].strip(), _flowing(what), _flowing(why), example(bad), example(good), references(guidelines), text
    )


def example(section: str) -> str:
    """The example of a section: what is indented by four spaces, without that indentation."""
    indented = [line for line in section.splitlines() if line.startswith("    ") or not line.strip()]
    return textwrap.dedent("\n".join(indented)).strip("\n") + "\n"


def references(section: str) -> tuple[Reference, ...]:
    """The sections of the Guidelines that a page names.

    >>> references("- #SAPU Pointing Locally, https://tei-c.org/SA.html#SAPU")
    (Reference(id='SAPU', title='Pointing Locally', address='https://tei-c.org/SA.html#SAPU'),)
    """
    plain = LINK.sub(r"\1 \2", section)
    return tuple(Reference(*found) for found in REFERENCE.findall(plain))


def rendered(page: Page, columns: int = 80, colour: bool = False) -> str:
    """A page for a terminal, its paragraphs wrapped, its last line ended."""
    return "\n".join(_rendered(page, columns, Palette(colour))) + "\n"


def _rendered(page: Page, columns: int, palette: Palette) -> Iterator[str]:
    yield palette(page.code, "bold")
    yield from _section("What it finds", _wrapped(page.what, columns), palette)
    yield from _section("Why it matters", _wrapped(page.why, columns), palette)
    yield from _section("Bad", _indented(page.bad), palette, "red")
    yield from _section("Good", _indented(page.good), palette, "green")
    if page.guidelines:
        lines = [line for ref in page.guidelines for line in (f"  {ref.title} (#{ref.id})", f"    {ref.address}")]
        yield from _section("Guidelines", lines, palette)


def _section(title: str, lines: list[str], palette: Palette, colour: str = "cyan") -> Iterator[str]:
    yield ""
    yield palette(title, "bold", colour)
    yield from lines


def _wrapped(text: str, columns: int) -> list[str]:
    """Paragraphs and list items, wrapped at a width and indented by two spaces."""
    lines: list[str] = []
    for block in text.split("\n\n"):
        for item in block.split("\n"):
            hanging = "    " if item.startswith("- ") else "  "
            lines += textwrap.wrap(
                item.replace("`", ""), max(columns, 20), initial_indent="  ", subsequent_indent=hanging,
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
        lines.append("")
    return lines[:-1]


def _indented(example: str) -> list[str]:
    return [f"    {line}".rstrip() for line in example.splitlines()]


def _flowing(text: str) -> str:
    """Paragraphs in one line each, the items of a list in a line each."""
    return "\n\n".join(re.sub(r"[ \t]*\n(?!- )\s*", " ", part.strip()) for part in re.split(r"\n\s*\n", text.strip()))


def _meant(code: str) -> str:
    """A question whether another code was meant: one of the same words in another order, or of like spelling."""
    from teiwright.spelling import hint

    words = sorted(code.lower().split("-"))
    swapped = [other for other in codes() if sorted(other.split("-")) == words]
    return hint(swapped[0], swapped) if swapped else hint(code.lower(), codes())
