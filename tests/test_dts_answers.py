"""The answers of the four endpoints, by the tables of the specification."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from dts_texts import HOME, NESTED, VERSES, Reader, cited
from teiwright.dts import answers as answers_module
from teiwright.dts.kept import Kept
from teiwright.dts.query import Query, Refusal

CORPUS = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>All letters</title></titleStmt></fileDesc></teiHeader>
<TEI><teiHeader><fileDesc><titleStmt><title>First</title></titleStmt></fileDesc></teiHeader><text><body><p>a</p></body></text></TEI>
<TEI><teiHeader><fileDesc><titleStmt><title>Second</title></titleStmt></fileDesc></teiHeader><text><body><p>b</p></body></text></TEI></teiCorpus>"""
RICH = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt><title type="sub">Sub</title><title type="main">Main</title>
<author xml:lang="la">Gaius</author><editor>Ann</editor></titleStmt><publicationStmt><publisher>House</publisher><date when="2020">twenty</date>
<idno type="DOI">10.1000/182</idno><availability><licence target="https://example.org/by">Free</licence></availability></publicationStmt>
<sourceDesc><p>A book</p></sourceDesc></fileDesc><profileDesc><abstract><p>About it</p></abstract><langUsage><language ident="la">Latin</language></langUsage>
</profileDesc></teiHeader><text><body><p>x</p></body></text></TEI>"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def verses(path: Path) -> Path:
    made = cited(VERSES, NESTED, 'n="lines"|<citeStructure unit="line" match="//l" use="position()"/>')
    return write(path, etree.tostring(made.tree, encoding="unicode"))


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(verses(tmp_path / "verses.xml"))


def members(answer: dict[str, Any]) -> list[str]:
    return [one["identifier"] for one in answer["member"]]


def test_the_entry_point_has_the_templates_of_all_endpoints(reader: Reader) -> None:
    assert reader.json("entry") == {
        "@context": "https://dtsapi.org/context/v1.0.json",
        "dtsVersion": "1.0",
        "@id": HOME,
        "@type": "EntryPoint",
        "collection": f"{HOME}collection/{{?id,page,nav}}",
        "navigation": f"{HOME}navigation/{{?resource,ref,start,end,down,tree,page}}",
        "document": f"{HOME}document/{{?resource,ref,start,end,tree,mediaType}}",
    }


ALL = ["1", "1.1", "1.1:1", "1.1:2", "1.2", "1.2:1", "2", "2.1", "2.1:1", "3"]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"down": 1}, ["1", "2", "3"]),
        ({"down": 2}, ["1", "1.1", "1.2", "2", "2.1", "3"]),
        ({"down": 9}, ALL),
        ({"down": -1}, ALL),
        ({"ref": "1.1", "down": 0}, ["1.1", "1.2"]),
        ({"ref": "2", "down": 0}, ["1", "2", "3"]),
        ({"ref": "1", "down": 1}, ["1", "1.1", "1.2"]),
        ({"ref": "1.1", "down": -1}, ["1.1", "1.1:1", "1.1:2"]),
        ({"ref": "3", "down": 1}, ["3"]),
        ({"start": "1.2", "end": "2.1", "down": 1}, ["1.2", "1.2:1", "2", "2.1", "2.1:1"]),
        ({"start": "1", "end": "2", "down": 1}, ["1", "1.1", "1.2", "2", "2.1"]),
        ({"start": "1", "end": "2.1", "down": 1}, ALL[:-1]),
        ({"start": "1.1:2", "end": "2", "down": -1}, ["1.1:2", "1.2", "1.2:1", "2", "2.1", "2.1:1"]),
        ({"start": "1", "end": "1.1", "down": -1}, ["1", "1.1", "1.1:1", "1.1:2"]),
        ({"start": "1.2", "end": "1", "down": -1}, ["1.2", "1.2:1"]),
        ({"down": -1, "tree": "lines"}, ["1", "2", "3", "4"]),
        ({"ref": "2", "down": 0, "tree": "lines"}, ["1", "2", "3", "4"]),
    ],
)
def test_members_are_those_of_the_table(reader: Reader, asked: dict[str, Any], wanted: list[str]) -> None:
    assert members(reader.json("navigation", resource=reader.resource, **asked)) == wanted


def test_without_down_there_are_only_the_units_asked_for(reader: Reader) -> None:
    one = reader.json("navigation", resource=reader.resource, ref="1.1")
    assert one["ref"] == {"identifier": "1.1", "@type": "CitableUnit", "level": 2, "parent": "1", "citeType": "stanza"}
    assert not {"member", "start", "end"} & set(one)
    both = reader.json("navigation", resource=reader.resource, start="1", end="3")
    assert (both["start"]["identifier"], both["end"]["identifier"]) == ("1", "3")
    assert not {"member", "ref"} & set(both)
    assert both["@id"] == f"{HOME}navigation/?resource={reader.resource.replace(':', '%3A')}&start=1&end=3"


@pytest.mark.parametrize(
    ("endpoint", "asked", "status"),
    [
        ("navigation", {}, 400),
        ("navigation", {"down": 0}, 400),
        ("navigation", {"start": "1", "end": "2", "down": 0}, 400),
        ("navigation", {"ref": "1", "start": "1", "end": "2"}, 400),
        ("navigation", {"ref": "1", "end": "2"}, 400),
        ("navigation", {"start": "1", "down": 1}, 400),
        ("navigation", {"end": "1", "down": 1}, 400),
        ("navigation", {"start": "2", "end": "1", "down": 1}, 400),
        ("navigation", {"down": "one"}, 400),
        ("navigation", {"down": "-2"}, 400),
        ("navigation", {"down": "9" * 400}, 400),
        ("navigation", {"down": "١"}, 400),
        ("navigation", {"down": 1, "page": 0}, 400),
        ("navigation", {"down": 1, "page": 2}, 404),
        ("navigation", {"down": 1, "page": "9" * 30}, 400),
        ("navigation", {"ref": "9", "down": 1}, 404),
        ("navigation", {"start": "1", "end": "9"}, 404),
        ("navigation", {"down": 1, "tree": "none"}, 404),
        ("navigation", {"ref": "2.1", "tree": "lines"}, 404),
        ("document", {"ref": "9"}, 404),
        ("document", {"ref": "1", "tree": "none"}, 404),
        ("document", {"start": "1"}, 400),
        ("document", {"end": "1"}, 400),
        ("document", {"ref": "1", "start": "1", "end": "1"}, 400),
        ("document", {"start": "2", "end": "1"}, 400),
        ("document", {"mediaType": "application/x-nothing"}, 404),
    ],
)
def test_what_cannot_be_asked_is_refused(reader: Reader, endpoint: str, asked: dict[str, Any], status: int) -> None:
    assert reader.refused(endpoint, resource=reader.resource, **asked) == status


HOSTILE = [
    "x" * 1999,
    "../../etc/passwd",
    "%2e%2e/",
    "..%2f",
    "a\x00b",
    "\x1b[31m",
    "{}",
    "<script>",
    "texts/..",
    "ﷺ" * 500,
    "' or 1=1",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_unknown_names_are_not_found_whatever_they_are(reader: Reader, value: str) -> None:
    assert reader.refused("collection", id=value) == 404
    assert reader.refused("navigation", resource=value, down=1) == 404
    assert reader.refused("document", resource=value) == 404
    assert reader.refused("document", resource=reader.resource, ref=value) == 404
    assert reader.refused("collection", nav=value) == 400


@pytest.mark.parametrize("sent", ["id=%ff", "id=" + "x" * 2001, "id=1&id=2", "&".join(f"a{n}=1" for n in range(60))])
def test_queries_that_cannot_be_read_are_refused(sent: str) -> None:
    with pytest.raises(Refusal) as caught:
        Query.of(sent)
    assert caught.value.status == 400


@pytest.mark.parametrize(("endpoint", "asked"), [("navigation", {"down": 1}), ("document", {})])
def test_a_resource_is_asked_for_and_is_no_collection(reader: Reader, endpoint: str, asked: dict[str, Any]) -> None:
    assert reader.refused(endpoint, **asked) == 400
    assert reader.refused(endpoint, resource="texts", **asked) == 404


def test_a_text_tells_how_it_is_cited(reader: Reader) -> None:
    default, lines = reader.json("collection", id=reader.resource)["citationTrees"]
    assert "identifier" not in default
    assert lines == {
        "identifier": "lines",
        "@type": "CitationTree",
        "citeStructure": [{"@type": "CiteStructure", "citeType": "line"}],
    }
    assert default["citeStructure"][0]["citeStructure"][0]["citeStructure"][0]["citeType"] == "line"


def test_data_of_units_are_dublin_core_or_extensions(reader: Reader) -> None:
    unit = reader.json("navigation", resource=reader.resource, ref="2")["ref"]
    assert unit["dublinCore"] == {"title": [{"value": "Duo", "lang": "la"}]}
    assert unit["extensions"] == {"http://example.org/count": [{"value": "1", "lang": "und"}]}


def test_a_text_without_units_has_no_trees_and_no_members(tmp_path: Path) -> None:
    reader = Reader(
        write(tmp_path / "a.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p/></body></text></TEI>')
    )
    found = reader.json("navigation", resource=reader.resource, down=1)
    assert (found["member"], found["resource"]["citationTrees"]) == ([], [])


def test_pages_lead_to_each_other_and_hold_all(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers_module, "UNITS", 4)
    first = reader.json("navigation", resource=reader.resource, down=-1)
    second = reader.json("navigation", resource=reader.resource, down=-1, page=2)
    third = reader.json("navigation", resource=reader.resource, down=-1, page=3)
    assert members(first) + members(second) + members(third) == ALL
    assert first["view"]["previous"] is third["view"]["next"] is None
    assert first["view"]["next"] == second["view"]["@id"] == third["view"]["previous"]
    assert {one["view"]["last"] for one in (first, second, third)} == {third["view"]["@id"]}
    assert first["view"]["first"].endswith("&down=-1&page=1")


def test_folders_are_collections_and_a_corpus_is_one(tmp_path: Path) -> None:
    verses(tmp_path / "latin" / "verses.xml")
    write(tmp_path / "letters.xml", CORPUS)
    write(tmp_path / "other.xml", "<html/>")
    write(tmp_path / "piece.xml", '<div xmlns="http://www.tei-c.org/ns/1.0"><p>x</p></div>')
    told: list[str] = []
    reader = Reader(tmp_path, tell=told.append, title="My texts")
    root = reader.json("collection")
    assert (root["@id"], root["title"], root["totalChildren"], root["totalParents"]) == ("texts", "My texts", 2, 0)
    assert {one["title"]: one["totalChildren"] for one in root["member"]} == {"latin": 1, "All letters": 2}
    inside = reader.json("collection", id="texts/letters")
    assert [one["title"] for one in inside["member"]] == ["First", "Second"]
    above = reader.json("collection", id=inside["member"][1]["@id"], nav="parents")
    assert [one["@id"] for one in above["member"]] == ["texts/letters"]
    assert b"<p>b</p>" in reader.body("document", resource=inside["member"][1]["@id"])
    assert [("other.xml" in one, "piece.xml" in one) for one in told] == [(True, False), (False, True)]
    assert "not a TEI document" in told[0]
    assert 'no whole text: its root is "div"' in told[1]


def test_headers_become_dublin_core(tmp_path: Path) -> None:
    reader = Reader(write(tmp_path / "a.xml", RICH))
    found = reader.json("collection", id="https://doi.org/10.1000/182")
    assert (found["title"], found["description"]) == ("Main", "About it")
    core = found["dublinCore"]
    assert core["creator"] == [{"value": "Gaius", "lang": "la"}]
    assert core["contributor"] == [{"value": "Ann", "lang": "en"}]
    assert (core["language"], core["date"], core["license"]) == (["la"], ["2020"], ["https://example.org/by"])
    assert core["identifier"] == ["https://doi.org/10.1000/182", "10.1000/182"]
    assert core["rights"] == [{"value": "Free", "lang": "en"}]


def test_under_a_base_all_is_named_by_it(tmp_path: Path) -> None:
    verses(tmp_path / "a b" / "verses.xml")
    reader = Reader(tmp_path, base="https://example.org/t")
    assert list(reader.shelf.catalogue.entries) == [
        "https://example.org/t/",
        "https://example.org/t/a%20b/",
        "https://example.org/t/verses",
    ]


def test_changes_are_seen_and_a_file_that_breaks_stays_as_it_was(tmp_path: Path) -> None:
    told: list[str] = []
    path = verses(tmp_path / "verses.xml")
    reader = Reader(tmp_path, tell=told.append)
    name = reader.resource
    assert not reader.shelf.refresh()
    before = reader.body("document", resource=name, ref="2.1:1")
    write(path, path.read_text("utf-8").replace(">d<", ">dd<"))
    os.utime(path, ns=(1, 1))
    assert reader.shelf.refresh()
    assert reader.body("document", resource=name, ref="2.1:1") != before
    write(path, "<TEI")
    assert reader.shelf.refresh()
    assert "not well-formed" in told[0]
    assert b"dd" in reader.body("document", resource=name, ref="2.1:1")
    verses(tmp_path / "more" / "new.xml")
    path.unlink()
    assert reader.shelf.refresh()
    assert reader.refused("document", resource=name) == 404
    assert len(reader.shelf.catalogue.texts()) == 1


def test_what_is_kept_is_bounded_and_what_was_used_last_stays() -> None:
    kept: Kept[bytes] = Kept(10, len)
    for name in "abc":
        kept.made(name, lambda: b"1234")
        kept.get("a")
    assert (kept.get("a"), kept.get("b"), kept.total) == (b"1234", None, 8)
    kept.made("large", lambda: b"x" * 11)
    assert kept.get("large") is None
    assert len(kept) == 2


def test_what_fails_is_made_again_when_it_is_wanted_again() -> None:
    kept: Kept[bytes] = Kept(10, len)
    with pytest.raises(ZeroDivisionError):
        kept.made("a", lambda: bytes(1 // 0))
    assert kept.made("a", lambda: b"1") == b"1"


def test_a_text_is_served_with_what_it_includes_and_follows_it(tmp_path: Path) -> None:
    part = write(tmp_path / "parts" / "one.inc", '<p xmlns="http://www.tei-c.org/ns/1.0">first</p>')
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="parts/one.inc"/>'
    write(
        tmp_path / "a.xml",
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{include}</body></text></TEI>',
    )
    reader = Reader(tmp_path)
    assert b"first" in reader.body("document", resource=reader.resource, ref="p1")
    write(part, part.read_text("utf-8").replace("first", "second"))
    assert reader.shelf.refresh()
    assert b"second" in reader.body("document", resource=reader.resource, ref="p1")
