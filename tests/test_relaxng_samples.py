"""The RELAX NG engine on real TEI documents, against tei_all."""

import random
from pathlib import Path

import pytest

from places import SHARED, needs_shared
from relaxng_mutations import mutants
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.relaxng import Grammar

FOLDER = SHARED / "samples"
SAMPLES = sorted(path for path in FOLDER.rglob("*") if path.suffix in (".xml", ".tei"))
# Plays, manuscript descriptions, Latin prose, records and verse that keep to tei_all.
VALID = [
    *("1015.xml", "2011.xml", "MS_Add_A_279.xml", "MS_Canon_Liturg_31.xml", "beer-der-paria.xml", "lg1-lg2.tei"),
    *("phi0474.phi025.perseus-lat2.xml", "phi0914.phi00120s.perseus-lat2.xml"),
    "raimund-die-gefesselte-phantasie.xml",
]

pytestmark = needs_shared


@pytest.fixture(scope="module")
def tei_all() -> Grammar:
    return Grammar.read(SHARED / "tei" / "tei_all.rng")


@pytest.mark.parametrize("name", VALID)
def test_valid_documents(name: str, tei_all: Grammar) -> None:
    assert list(map(str, tei_all.validate(Document.read(FOLDER / name)))) == []


@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_findings_point_into_their_documents(path: Path, tei_all: Grammar) -> None:
    try:
        document = Document.read(path)
    except DocumentError:
        pytest.skip("not well-formed")
    for data in (None, *mutants(document.root, 3, seed=1)):
        broken = document if data is None else Document.parse(data)
        lines = broken.text.split("\n")
        found = list(tei_all.validate(broken))
        places = [(finding.location.line, finding.location.column) for finding in found]
        assert places == sorted(places)
        for finding in found:
            assert 1 <= finding.location.line <= len(lines)
            assert 1 <= finding.location.column <= len(lines[finding.location.line - 1]) + 1
            assert finding.location.xpath.startswith("/")
            assert "{http" not in finding.message.replace("Q{http", "")


def test_the_same_findings_each_time(tei_all: Grammar) -> None:
    document = Document.read(FOLDER / "L00900.xml")
    copies = [Document.parse(data) for data in mutants(document.root, 10, seed=2)]
    first = [list(map(str, tei_all.validate(copy))) for copy in copies]
    order = random.Random(3).sample(range(10), 10)
    fresh = Grammar.read(SHARED / "tei" / "tei_all.rng")
    assert {n: list(map(str, fresh.validate(copies[n]))) for n in order} == dict(enumerate(first))
