"""Files of mistakes and of what is said of each, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mistakes import TEI, document
from places import CASES

FILES = sorted((CASES / "mistakes").glob("*.txt"))
SNIPPET = f"{TEI}\n{{}}\n<text><body><p>x</p></body></text></TEI>"


class Case(NamedTuple):
    """A mistake: the file it is from, its name, its snippet, the document that this stands for, and the findings."""

    kind: str
    name: str
    snippet: str
    text: str
    found: list[str]


def cases(path: Path) -> Iterator[Case]:
    """The mistakes of a file, which are blocks: "# name", a document in one line, or what its body or its header
    consists of, and the findings, of which there may be none where the schema lets a mistake pass.
    """
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        name, snippet, *found = block.splitlines()
        texts = {"body": document(snippet), "header": SNIPPET.format(snippet), "whole": snippet}
        yield Case(path.stem, name.removeprefix("# "), snippet, texts[path.stem], found)


def write(path: Path, found: dict[str, list[str]]) -> None:
    """Writes a file anew, with other findings."""
    blocks = ["\n".join((f"# {case.name}", case.snippet, *found[case.name])) for case in cases(path)]
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
