"""The structure as JSON: its cases, and laws that hold for every document.

Run with the environment variable UPDATE_CASES set to rewrite the cases, and read the difference.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from building import document
from places import CASES, CHAPTER, ROOT
from reading_documents import BODIES
from teiwright.document import Document
from teiwright.reading.content import KINDS
from teiwright.reading.rendering import render

FILES = sorted((CASES / "text").glob("*.xml"))
PARTS = ("title", "body", "notes", "back", "added")


def structure(source: Document, **parameters: str) -> Any:
    return json.loads(str(render(source, "json", parameters).principal))


def walk(entries: list[Any]) -> Iterator[Any]:
    for entry in entries:
        yield entry
        yield from walk(entry.get("children", []))


def blocks(made: Any) -> list[Any]:
    return [entry for part in PARTS for entry in walk(made[part])]


def body(made: Any) -> list[Any]:
    return [entry for entry in walk(made["body"]) if "runs" in entry]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    found = str(render(Document.read(path), "json").principal)
    expected = path.with_suffix(".json")
    if os.environ.get("UPDATE_CASES"):
        expected.write_text(found, encoding="utf-8")
    assert json.loads(found) == json.loads(expected.read_text(encoding="utf-8"))


def test_runs_say_how_they_are_set_apart() -> None:
    (paragraph,) = body(structure(document('<p>a <hi rend="bold">b</hi> <ref target="https://e.org/">c</ref></p>')))
    assert paragraph["runs"] == [
        {"text": "a "},
        {"text": "b", "marks": ["strong"]},
        {"text": " "},
        {"text": "c", "link": "https://e.org/"},
    ]


def test_a_note_is_a_run_that_names_a_note_in_the_list() -> None:
    made = structure(document('<p>a<note xml:id="n">b</note></p>'))
    (paragraph,) = body(made)
    assert paragraph["runs"] == [{"text": "a"}, {"note": "n", "text": "1"}]
    assert [entry["id"] for entry in walk(made["notes"]) if entry["kind"] == "note"] == ["n"]


def test_blocks_have_ids_languages_and_levels() -> None:
    made = structure(document('<div xml:id="d"><head>H</head><p xml:lang="la">a</p></div><div><head>I</head></div>'))
    section, *_ = (entry for entry in walk(made["body"]) if entry["kind"] == "section")
    heading, paragraph = section["children"]
    assert (section["id"], heading["level"], paragraph["language"]) == ("d", 2, "la")


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("<lg><l>a</l></lg>", ["stanza", "verse"]),
        ("<sp><speaker>A</speaker><p>b</p></sp>", ["speech", "speaker", "paragraph"]),
        ("<list><item>a</item></list>", ["list", "item", "paragraph"]),
        ("<table><row><cell>a</cell></row></table>", ["table", "row", "cell", "paragraph"]),
        ("<quote><p>a</p></quote>", ["figure", "quotation", "paragraph"]),
    ],
)
def test_kinds(words: str, kinds: list[str]) -> None:
    found = [entry["kind"] for entry in walk(structure(document(words))["body"])]
    assert [kind for kind in found if kind != "group"] == kinds


@settings(max_examples=60, deadline=None)
@given(BODIES)
def test_every_block_is_of_a_known_kind_and_every_mark_of_a_note_leads_to_one(words: str) -> None:
    made = structure(document(words))
    found = blocks(made)
    assert {entry["kind"] for entry in found} <= {*KINDS}
    assert all(("runs" in entry) != ("children" in entry) for entry in found)
    notes = [entry["id"] for entry in found if entry["kind"] == "note"]
    marks = [run["note"] for entry in found for run in entry.get("runs", []) if "note" in run]
    assert sorted(notes) == sorted(marks)


def test_the_page_of_documentation_names_all_kinds() -> None:
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in page] == []


def test_the_chapter_has_its_paragraphs_with_ids() -> None:
    made = structure(Document.read(CHAPTER))
    assert made["language"] == "en"
    assert sum("id" in entry for entry in blocks(made) if entry["kind"] in ("paragraph", "group")) > 100
