"""TEI's own rules on real and broken documents: the same findings as node-schematron, whose XPath is nobody's here.

Set apart, since that one is in error or gives up: what rests on ``id()``, which it cannot do with xml:id, and
documents on which one of its tests fails, where it stops and these go on.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from places import SHARED, needs_shared
from relaxng_mutations import mutants
from teiwright.document import Document
from teiwright.schematron import Schematron

MODULES = Path(os.environ.get("CHECK_HOME", "~/.cache/checks")).expanduser() / "npm" / "node_modules"
needs_judge = pytest.mark.skipif(
    not (shutil.which("node") and (MODULES / "node-schematron").exists()),
    reason="the judge is not here: node, and node-schematron in the folder of the outside checks",
)
RULES = SHARED / "tei" / "tei_all.isosch"
EACH = 12  # broken documents made of a sample
BY_ID = "The element indicated by @spanTo"  # how the message begins whose test rests on id()
LARGEST = 30_000  # bytes; the judge takes its time


def judged(files: list[Path]) -> dict[str, list[list[str]]]:
    """What node-schematron finds: role, name of the node, message."""
    command = ["node", "--stack-size=4000", SHARED / "checks" / "sch_node.cjs", MODULES, RULES, *files]
    printed = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    found: dict[str, list[list[str]]] = json.loads(printed.stdout)
    return found


def written(folder: Path) -> list[Path]:
    """The samples, and broken documents made of them."""
    files = []
    for number, sample in enumerate(sorted((SHARED / "samples").rglob("*.xml"))):
        if sample.stat().st_size > LARGEST:
            continue
        root = Document.read(sample).root
        for index, data in enumerate([etree.tostring(root, encoding="utf-8"), *mutants(root, EACH, number)]):
            files.append(folder / f"{number}-{index}.xml")
            files[-1].write_bytes(data)
    return files


def differences(files: list[Path], rules: Schematron) -> tuple[int, int, list[str]]:
    """How many documents were compared, how many findings both have, and the documents on which they differ."""
    compared = findings = 0
    different = []
    for name, found in judged(files).items():
        here = (d for d in rules.validate(Document.read(name)) if not d.code.endswith("failed-to-run"))
        mine = Counter(d.message for d in here if not d.message.startswith(BY_ID))
        theirs = Counter(message for _, _, message in found if not message.startswith(BY_ID))
        if any(role == "fatal" for role, *_ in found):
            continue
        compared += 1
        findings += (mine & theirs).total()
        if mine != theirs:
            different.append(f"{name}: only here {mine - theirs}, only there {theirs - mine}")
    return compared, findings, different


@needs_shared
@needs_judge
@pytest.mark.slow
def test_broken_documents_are_judged_alike(tmp_path: Path) -> None:
    rules = Schematron.read(RULES)
    compared, findings, different = differences(written(tmp_path), rules)
    print(f"{compared} documents, {findings} findings, {len(different)} different")
    assert compared > 300
    assert findings > 200
    assert different == []
