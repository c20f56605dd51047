"""Verdicts held against jing's, over real documents and thousands of broken copies of them."""

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from places import SHARED, needs_shared
from relaxng_mutations import mutants
from teiwright.diagnostic import Location
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.relaxng import Grammar
from teiwright.source import Source

SCHEMA = SHARED / "tei" / "tei_all.rng"
SAMPLES = sorted(path for path in (SHARED / "samples").rglob("*") if path.suffix in (".xml", ".tei"))
COPIES = 40  # of each document
AT_ONCE = 500  # documents that one jing process is given
ERROR = re.compile(r"^(?P<path>.*?):(?P<line>\d+):\d+: (?:error|fatal): (?P<message>.*)$", re.MULTILINE)

TAG = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
BEFORE = re.compile(r' (?=[\w:]+=")')

pytestmark = [
    needs_shared,
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("jing"), reason="jing is not installed"),
]


def write_documents(folder: Path) -> list[Path]:
    """Each sample and its broken copies; without XInclude, which jing's parser follows."""
    paths = []
    for sample in SAMPLES:
        try:
            root = Document.read(sample).root
        except DocumentError:
            continue
        for number, data in enumerate(mutants(root, COPIES, seed=7)):
            if b"XInclude" not in data:
                paths.append(folder / f"{sample.stem}-{number}.xml")
                paths[-1].write_bytes(data)
    return paths


def first_errors(paths: list[Path]) -> dict[str, tuple[int, str]]:
    """The line and message of the first error that jing finds in each document that it refuses."""
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(paths), AT_ONCE):
        command = ["jing", str(SCHEMA), *map(str, paths[start : start + AT_ONCE])]
        output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        for error in ERROR.finditer(output):
            found.setdefault(error["path"], (int(error["line"]), error["message"]))
    return found


def test_verdicts_and_first_lines_are_those_of_jing(tmp_path: Path) -> None:
    """Start tags here are in one line each: of one in several, jing names the last line and we name the first."""
    grammar = Grammar.read(SCHEMA)
    paths = write_documents(tmp_path)
    theirs = first_errors(paths)
    elsewhere = []
    for path in paths:
        ours = list(grammar.validate(Source.read(path)))
        assert bool(ours) == (str(path) in theirs), [path.name, *map(str, ours[:2]), theirs.get(str(path))]
        if ours and ours[0].location.line != theirs[str(path)][0]:
            elsewhere.append([path.name, str(ours[0]), theirs[str(path)]])
    assert len(elsewhere) <= len(theirs) / 1000, elsewhere[:5]


def test_first_lines_are_those_of_jing_where_start_tags_have_several(tmp_path: Path) -> None:
    """Jing's line is that in which our tag ends, then."""
    grammar = Grammar.read(SCHEMA)
    paths = write_documents(tmp_path)
    chance = random.Random(8)
    for path in paths:
        path.write_text(spread(path.read_text(encoding="utf-8"), chance), encoding="utf-8")
    theirs = first_errors(paths)
    elsewhere = []
    for path in paths:
        source = Source.read(path)
        first = next(iter(grammar.validate(source)), None)
        assert (first is not None) == (str(path) in theirs)
        if first is not None and theirs[str(path)][0] not in (first.location.line, tag_end(source, first.location)):
            elsewhere.append([path.name, str(first), theirs[str(path)]])
    assert len(elsewhere) <= len(theirs) / 1000, elsewhere[:5]


def spread(text: str, chance: random.Random) -> str:
    """A document with a line end before each attribute, or nearly each third."""
    return TAG.sub(lambda tag: BEFORE.sub(lambda _: "\n  " if chance.random() < 0.3 else " ", tag[0]), text)


def tag_end(source: Source, place: Location) -> int:
    """The line in which a tag ends that a place is in."""
    lines = source.text.split("\n")
    offset = sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1
    begin = source.text.rfind("<", 0, offset + 1)
    tag = TAG.match(source.text, begin)
    return source.text.count("\n", 0, tag.end() if tag else offset) + 1
