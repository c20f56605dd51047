"""The 385 cases of James Clark's RELAX NG test suite: schemas said to be correct or not, documents valid or not."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

from places import SHARED, needs_shared
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.relaxng import Grammar

SUITE = SHARED / "relaxng" / "spectest.xml"
SUITE_SIZE = 385


class Case(NamedTuple):
    """One case of the suite, and its number there."""

    number: int
    node: etree._Element

    def write(self, folder: Path) -> Path:
        """Writes the case's files and returns the schema's path."""
        write_resources(self.node, folder)
        schema = folder / "schema.rng"
        schema.write_bytes(alone(self.node.find("correct") if self.is_correct else self.node.find("incorrect")))
        return schema

    @property
    def is_correct(self) -> bool:
        """Whether the schema is said to be correct."""
        return self.node.find("correct") is not None


def alone(parent: etree._Element) -> bytes:
    """The one element in another, as a file of its own."""
    return etree.tostring(parent.find("*"), with_tail=False, encoding="utf-8")


def write_resources(node: etree._Element, folder: Path) -> None:
    """Writes the files that a case has inline."""
    for resource in node.findall("resource"):
        (folder / resource.get("name")).write_bytes(alone(resource))
    for inner in node.findall("dir"):
        (folder / inner.get("name")).mkdir()
        write_resources(inner, folder / inner.get("name"))


def suite() -> list[Case]:
    """All cases, in the order of the suite; none where it is not at hand."""
    if not SUITE.is_file():
        return []
    root = etree.parse(SUITE, etree.XMLParser(resolve_entities="internal", huge_tree=True))
    return [Case(number, node) for number, node in enumerate(root.iter("testCase"), 1)]


def identify(case: Case) -> str:
    """A case's section and number."""
    return f"{case.node.findtext('section') or 'section'}-{case.number}"


@needs_shared
def test_the_suite_is_whole() -> None:
    assert len(suite()) == SUITE_SIZE


@needs_shared
@pytest.mark.parametrize("case", suite(), ids=identify)
def test_case(case: Case, tmp_path: Path) -> None:
    schema = case.write(tmp_path)
    if not case.is_correct:
        with pytest.raises(SchemaError):
            Grammar.read(schema)
        return
    grammar = Grammar.read(schema)
    for verdict in ("valid", "invalid"):
        for number, node in enumerate(case.node.findall(verdict)):
            found = list(grammar.validate(Document.parse(alone(node), f"{verdict}-{number}.xml")))
            assert bool(found) == (verdict == "invalid"), [*map(str, found), alone(node).decode()]
