"""Composed documents held against jing, whose parser (Xerces) follows XInclude too."""

import random
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from teiwright.diagnostic import Severity
from teiwright.document import Document
from teiwright.relaxng import Grammar
from teiwright.xinclude import composed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("jing"), reason="jing is not installed"),
]
DOCUMENTS = 200
AT_ONCE = 4  # processes
ERROR = re.compile(r"^(?P<path>.*?):(?P<line>\d+):\d+: (?P<kind>error|fatal): ", re.MULTILINE)
XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
SCHEMA = """
default namespace = "urn:x"
start = r
r = element r { b, any* }
any = b | c | d
b = element b { attribute n { xsd:int }?, base, (text & any*) }
c = element c { base, d, any* }
d = element d { attribute n { "1" | "2" }, base, text }
base = attribute xml:base { text }?, attribute xml:lang { text }?
"""


def written(chance: random.Random, folder: Path, depth: int = 0) -> str:
    """Some content over several lines; what it includes is written to the folder."""
    pieces = []
    for _ in range(chance.randint(1, 4)):
        kind = chance.choice("bbccdddddtxi" if depth < 4 else "bdt")
        if kind in "bc":
            inside = written(chance, folder, depth + 1)
            pieces.append(f"<{kind}>\n{inside}</{kind}>" if kind == "b" else f"<c>\n<d n='1'/>\n{inside}</c>")
        elif kind == "d":
            pieces.append(f"<d n='{chance.choice('1112') if chance.random() < 0.97 else '3'}'>\n</d>")
        elif kind == "t" and chance.random() < 0.3:
            pieces.append("text")
        elif kind in "xi":
            pieces.append(included(chance, folder, depth + 1))
    return "\n".join(pieces) + "\n"


def included(chance: random.Random, folder: Path, depth: int) -> str:
    """An inclusion of a new file, or a fallback."""
    name = f"{chance.randrange(10**9)}.xml"
    inside = written(chance, folder, depth)
    language = chance.choice(("", "xml:lang='de'"))
    (folder / name).write_text(f"<b xmlns='urn:x' {XI} {language}>\n{inside}<d n='1'/></b>")
    return chance.choice(
        [
            f"<xi:include href='{name}'/>",
            f"<xi:include href='{name}'/>",
            f"<xi:include href='{name}' xpointer='element(/1/1)'/>",
            f"<xi:include\n href='no.xml'><xi:fallback>{inside}</xi:fallback></xi:include>",
            "<b><xi:include href='text' parse='text'/></b>",
            f"<xi:include href='{name}' xpointer='element(/9)'/>",
        ]
    )


def first_error(schema: Path, document: Path) -> tuple[str, int, str] | None:
    """File, line and kind of the first error that jing finds in a document; None where it is valid."""
    command = ["jing", "-i", "-c", str(schema), str(document)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    error = ERROR.search(done.stdout)
    if error is None:
        return ("", 0, "fatal") if done.returncode else None
    return Path(error["path"]).name, int(error["line"]), error["kind"]


def test_verdicts_and_first_places_are_those_of_jing(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("a < b\n")
    schema = tmp_path / "schema.rnc"
    schema.write_text(SCHEMA)
    documents = []
    for seed in range(DOCUMENTS):
        chance = random.Random(seed)
        path = tmp_path / f"main{seed}.xml"
        path.write_text(f"<r xmlns='urn:x' {XI}>\n<b/>\n{written(chance, tmp_path)}</r>")
        documents.append(path)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        errors = pool.map(lambda document: first_error(schema, document), documents)
    theirs = {path.name: error for path, error in zip(documents, errors, strict=True) if error}
    grammar = Grammar.read(schema)
    elsewhere = []
    for path in documents:
        whole, faults = composed(Document.read(path))
        findings = list(grammar.validate(whole))
        refused = [fault for fault in faults if fault.severity >= Severity.ERROR]
        assert bool(findings or refused) == (path.name in theirs), (path.name, *map(str, [*findings, *faults]))
        # jing says of a text where it ends, we say where it begins
        if findings and not refused and theirs[path.name][2] == "error" and not findings[0].code.startswith("text"):
            place = findings[0].location
            if (Path(place.source).name, place.line) != theirs[path.name][:2]:
                elsewhere.append((str(findings[0]), theirs[path.name]))
    assert elsewhere == []
    assert DOCUMENTS / 4 < len(theirs) < DOCUMENTS * 3 / 4
