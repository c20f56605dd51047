"""The compact syntax held against jing, and against what trang writes."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from compact_schemas import CORRECT, INCORRECT, Sample
from places import CHAPTER, ROOT, SHARED, needs_shared
from relaxng_mutations import mutants
from teiwright.document import Document
from teiwright.relaxng import Grammar

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("jing"), reason="jing is not installed"),
]
needs_trang = pytest.mark.skipif(not shutil.which("trang"), reason="trang is not installed")
AT_ONCE = 4  # processes
# What the specification forbids (appendix A.1, constraints) and jing lets pass.
LENIENT = {
    "prefix declared twice",
    "default declared twice",
    "library declared twice",
    "namespace of xml as default",
    "prefix xsd",
    "library that is no address",
}


def jing(folder: Path, schema: str, documents: tuple[str, ...]) -> str:
    """What jing says of documents and the schema, in a folder that is made for them."""
    folder.mkdir()
    path = folder / "schema.rnc"
    path.write_text(schema, encoding="utf-8", newline="")
    for number, document in enumerate(documents):
        (folder / f"{number}.xml").write_text(document, encoding="utf-8", newline="")
    command = ["jing", "-i", "-c", str(path), *(str(folder / f"{number}.xml") for number in range(len(documents)))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_verdicts_on_documents_are_those_of_jing(tmp_path: Path) -> None:
    def said(numbered: tuple[int, Sample]) -> str:
        number, sample = numbered
        return jing(tmp_path / str(number), sample.schema, (*sample.valid, *sample.invalid))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        outputs = list(pool.map(said, enumerate(CORRECT.values())))
    for number, (name, sample) in enumerate(CORRECT.items()):
        assert "schema.rnc" not in outputs[number], (name, outputs[number])
        count = len(sample.valid) + len(sample.invalid)
        refused = [f"{tmp_path / str(number) / str(k)}.xml:" in outputs[number] for k in range(count)]
        assert refused == [False] * len(sample.valid) + [True] * len(sample.invalid), (name, outputs[number])


def test_verdicts_on_schemas_are_those_of_jing(tmp_path: Path) -> None:
    def said(numbered: tuple[int, tuple[str, str]]) -> str:
        number, (schema, _words) = numbered
        return jing(tmp_path / str(number), schema, ("<no/>",))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        outputs = list(pool.map(said, enumerate(INCORRECT.values())))
    # of a file that is not there, and of restrictions on the simplified schema, jing names no place
    accepted = {
        name
        for name, output in zip(INCORRECT, outputs, strict=True)
        if "schema.rnc:" not in output and "fatal:" not in output and "in the simplified XML form" not in output
    }
    assert accepted == LENIENT


@needs_trang
@pytest.mark.parametrize(
    ("schema", "document"),
    [
        (ROOT / "schemas" / "lenin.rng", CHAPTER),
        pytest.param(SHARED / "tei" / "tei_all.rng", SHARED / "samples" / "L00100.xml", marks=needs_shared),
    ],
    ids=["lenin", "tei_all"],
)
def test_what_trang_writes_finds_the_same(schema: Path, document: Path, tmp_path: Path) -> None:
    written = tmp_path / "schema.rnc"
    subprocess.run(["trang", str(schema), str(written)], check=True, capture_output=True)
    in_xml, in_compact = Grammar.read(schema), Grammar.read(written)
    assert len(in_xml.elements) == len(in_compact.elements)
    for data in mutants(Document.read(document).root, 200, seed=3):
        found, expected = (list(map(str, g.validate(Document.parse(data)))) for g in (in_compact, in_xml))
        assert found == expected
