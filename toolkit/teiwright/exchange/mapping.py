"""The table of a format: what of TEI becomes what there. Documentation shows it, and a test holds both together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

HEAD = ("TEI", "there", "remark")


class Row(NamedTuple):
    """One line: a path in TEI, what it becomes in the format ("" where the format cannot hold it), and how."""

    tei: str
    there: str
    remark: str = ""


def table(rows: Iterable[Row]) -> str:
    """The lines as a table in Markdown.

    >>> print(table([Row("title", "title")]), end="")
    | TEI | there | remark |
    | --- | --- | --- |
    | `title` | `title` |  |
    """
    lines = [
        HEAD,
        ("---",) * len(HEAD),
        *((_code(row.tei), _code(row.there) or "not held", row.remark) for row in rows),
    ]
    return "".join(f"| {' | '.join(_cell(cell) for cell in line)} |\n" for line in lines)


def _code(words: str) -> str:
    return words and f"`{words}`"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")
