"""Fourteen mistakes that encoders make: each is found, once, in its line, with the culprit and the way out named; and
docs/messages.md shows what is said, beside what jing says.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mistakes import FIRST, FOURTEEN, fourteen
from places import ROOT, SHARED, needs_shared
from teiwright.document import Document
from teiwright.schema import Schema
from teiwright.validation import validate

PAGE = ROOT / "docs" / "messages.md"
SCHEMA = SHARED / "tei" / "tei_all.rng"
LONGEST = 200  # characters of a message of jing's that are shown
needs_jing = pytest.mark.skipif(not shutil.which("jing"), reason="jing is not installed")


@pytest.fixture(scope="module")
def tei_all():
    return Schema.load(SCHEMA)


@pytest.fixture(scope="module")
def jing(tmp_path_factory):
    """The lines and messages of jing's first error in each document, by the mistake."""
    folder = tmp_path_factory.mktemp("letters")
    paths = {str(folder / f"{number}.xml"): name for number, name in enumerate(FOURTEEN)}
    for path, name in paths.items():
        Path(path).write_text(fourteen()[name], encoding="utf-8")
    output = subprocess.run(["jing", str(SCHEMA), *paths], capture_output=True, text=True, check=False).stdout
    errors = re.findall(r"^(.*?):(\d+):\d+: error: (.*)", output, re.MULTILINE)
    return {paths[path]: (int(line), message) for path, line, message in reversed(errors)}


def findings(name, tei_all):
    return validate(Document.parse(fourteen()[name], "letter.xml"), [tei_all]).diagnostics


@needs_shared
@pytest.mark.parametrize("name", FOURTEEN)
def test_a_typical_mistake(name, tei_all):
    _, line, words = FOURTEEN[name]
    found = findings(name, tei_all)
    assert found
    assert found[0].location.line == line + FIRST - 1, [str(d) for d in found]
    assert len(found) == (2 if name == "duplicate id" else 1), [str(d) for d in found]
    assert [word for word in words if word not in found[0].message] == [], found[0].message


@needs_shared
@needs_jing
@pytest.mark.parametrize("name", FOURTEEN)
def test_jing_says_no_more(name, tei_all, jing):
    """What jing names of the culprit, we name too, in the same line (of two places that bear one identifier, either)."""
    line, message = jing[name]
    found = findings(name, tei_all)
    assert line in [finding.location.line for finding in found]
    culprits = re.findall('"([^"]*)"', message.partition(";")[0])
    assert [culprit for culprit in culprits if culprit not in found[0].message] == []


@needs_shared
@needs_jing
def test_the_page_shows_what_is_said(tei_all, jing):
    """``UPDATE_CASES=1`` writes its table anew."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, after = text.partition("| mistake |")
    rest = after[after.index("\n\n") :]
    now = f"{before}{table(tei_all, jing)}{rest}"
    if os.environ.get("UPDATE_CASES"):
        PAGE.write_text(now, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == now


def table(tei_all, jing):
    rows = ["| mistake | jing | teiwright |", "| --- | --- | --- |"]
    for name in FOURTEEN:
        theirs = jing[name][1]
        ours = findings(name, tei_all)[0].message
        shortened = theirs if len(theirs) <= LONGEST else f"{theirs[:LONGEST].rstrip()} […]"
        rows.append(f"| {name} | {shortened} | {ours} |")
    return "\n".join(rows)
