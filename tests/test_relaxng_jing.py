"""Verdicts held against jing's, over real documents and thousands of broken copies of them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from places import SHARED, needs_shared
from relaxng_mutations import mutants
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.relaxng import Grammar

SCHEMA = SHARED / "tei" / "tei_all.rng"
SAMPLES = sorted(path for path in (SHARED / "samples").rglob("*") if path.suffix in (".xml", ".tei"))
COPIES = 40  # of each document
AT_ONCE = 500  # documents that one jing process is given
ERROR = re.compile(r"^(?P<path>.*?):(?P<line>\d+):\d+: (?:error|fatal): (?P<message>.*)$", re.MULTILINE)

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
            path = folder / f"{sample.stem}-{number}.xml"
            path.write_bytes(data)
            if b"XInclude" not in data:
                paths.append(path)
    return paths


def first_errors(paths: list[Path]) -> dict[str, tuple[int, str]]:
    """The line and message of the first error that jing finds in each document that it refuses."""
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(paths), AT_ONCE):
        command = ["jing", "-i", str(SCHEMA), *map(str, paths[start : start + AT_ONCE])]
        output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        for error in ERROR.finditer(output):
            found.setdefault(error["path"], (int(error["line"]), error["message"]))
    return found


def test_verdicts_and_first_lines_are_those_of_jing(tmp_path: Path) -> None:
    grammar = Grammar.read(SCHEMA)
    paths = write_documents(tmp_path)
    theirs = first_errors(paths)
    elsewhere = []
    for path in paths:
        ours = list(grammar.validate(Document.read(path)))
        assert bool(ours) == (str(path) in theirs), [path.name, *map(str, ours[:2]), theirs.get(str(path))]
        if ours:
            line, message = theirs[str(path)]
            # jing says at its end that an element is incomplete, we say so where it begins.
            ends = "incomplete" in message or ours[0].code == "element-missing"
            if not ends and ours[0].location.line != line:
                elsewhere.append(path.name)
    assert len(elsewhere) <= len(theirs) / 50
