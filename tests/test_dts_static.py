"""The service as files: what is asked by the templates is there, and is what the server answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest

from dts_texts import NESTED, VERSES, Reader, cited, pieces
from places import CHAPTER
from teiwright.document import Document
from teiwright.dts.export import export
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options
from test_dts_answers import CORPUS, verses

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def exported(*documents: Document, **parameters: str) -> Exported:
    return export(documents, Options(MOMENT, parameters=parameters))


def files(found: Exported) -> dict[str, Any]:
    """The files by path: JSON as objects, the rest as characters."""
    assert not isinstance(found.content, (str, bytes))
    read = {path: part if isinstance(part, str) else part.decode() for path, part in found.content.items()}
    return {path: json.loads(part) if path.endswith(".json") else part for path, part in read.items()}


def expanded(template: str, **values: str) -> str:
    """A template with values, by the rules of RFC 6570 that ours make use of."""
    before, _, rest = template.partition("{")
    inside, _, after = rest.partition("}")
    given = [(name, values[name]) for name in inside[1:].split(",") if name in values]
    made = "".join(f";{name}={value}" if inside[0] == ";" else f"/{value}" for name, value in given)
    return before + made + (expanded(after, **values) if "{" in after else after)


@pytest.fixture
def made(tmp_path: Path) -> dict[str, Any]:
    return files(exported(Document.read(verses(tmp_path / "verses.xml"))))


def test_from_the_entry_point_all_is_found(made: dict[str, Any]) -> None:
    entry = made["index.json"]
    assert (entry["@type"], entry["@id"]) == ("EntryPoint", "index.json")
    root = made[expanded(entry["collection"])]
    (text,) = root["member"]
    assert made[expanded(entry["collection"], id=text["@id"])]["title"] == "T"
    assert [one["@id"] for one in made[expanded(entry["collection"], id=text["@id"], nav="parents")]["member"]] == [
        root["@id"]
    ]
    units = made[expanded(entry["navigation"], resource=text["@id"], down="-1")]["member"]
    for unit in units:
        for down in ({}, {"down": "0"}, {"down": "1"}, {"down": "-1"}):
            found = made[expanded(entry["navigation"], resource=text["@id"], ref=unit["identifier"], **down)]
            assert found["ref"] == unit
        assert "dts:wrapper" in made[expanded(entry["document"], resource=text["@id"], ref=unit["identifier"])]
    lines = made[expanded(entry["navigation"], resource=text["@id"], tree="lines", down="1")]
    assert [one["identifier"] for one in lines["member"]] == ["1", "2", "3", "4"]


def test_links_lead_from_each_file_to_files_that_are_there(made: dict[str, Any]) -> None:
    for path, answer in made.items():
        if not path.endswith(".json"):
            continue
        resources = [answer, *answer.get("member", []), answer.get("resource", {})]
        for one in resources:
            links = [
                expanded(one[name])
                for name in ("collection", "document")
                if name in one and one.get("@type") == "Resource"
            ]
            for link in [*links, *(one.get("download") or {}).values()]:
                assert unquote(urljoin(f"http://x/{path}", link)).removeprefix("http://x/") in made, path


def test_members_are_those_of_the_server(made: dict[str, Any], tmp_path: Path) -> None:
    reader = Reader(tmp_path / "verses.xml")
    for down in ("1", "2", "3", "-1"):
        answered = reader.json("navigation", resource=reader.resource, down=down)
        assert made[f"navigation/verses;down={down}.json"]["member"] == answered["member"]
    ranged = reader.json("navigation", resource=reader.resource, ref="1.1", down=0)
    assert made["navigation/verses;down=0;ref=1.1.json"]["member"] == ranged["member"]
    assert (
        made["document/verses;ref=1.1:2.xml"] == reader.body("document", resource=reader.resource, ref="1.1:2").decode()
    )


def test_whole_texts_are_there_in_all_formats(made: dict[str, Any]) -> None:
    for ending in (".xml", ".html", ".txt", ".md"):
        assert "prose" in made[f"document/verses{ending}"]


def test_with_an_address_links_are_absolute(tmp_path: Path) -> None:
    document = Document.read(verses(tmp_path / "verses.xml"))
    made = files(exported(document, url="https://example.org/dts", title="Mine"))
    assert made["index.json"]["collection"] == "https://example.org/dts/collection{/id,nav}.json"
    assert made["collection.json"]["title"] == "Mine"
    assert made["navigation/verses;ref=1.json"]["@id"] == "https://example.org/dts/navigation/verses;ref=1.json"
    with pytest.raises(ExchangeError):
        exported(document, url="nowhere")


def test_a_corpus_is_a_collection_and_each_text_of_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "letters.xml"
    path.write_text(CORPUS, "utf-8")
    made = files(exported(Document.read(path)))
    (corpus,) = made["collection.json"]["member"]
    names = [one["@id"] for one in made[f"collection/{corpus['@id']}.json"]["member"]]
    assert [one in "".join(made[f"document/{name}.xml"] for name in names) for one in ("<p>a</p>", "<p>b</p>")] == [
        True,
        True,
    ]


def test_what_has_no_identifier_and_what_is_no_name_of_a_file_is_said() -> None:
    text = VERSES.replace('<lg n="2">', "<lg>").replace('<div n="3">', '<div n="a/../b">')
    found = exported(cited(text, NESTED))
    assert [(one.what, one.place.xpath) for one in found.unheld] == [
        ("stanza", "/TEI/text/body/div[1]/lg[2]"),
        ("unit a/../b", "/TEI"),
    ]
    assert not [path for path in files(found) if ".." in path]


def test_units_that_are_called_alike_are_named_in_a_message() -> None:
    found = exported(cited(VERSES.replace('n="2"', 'n="1"'), NESTED))
    assert "called otherwise" in found.messages[0]
    assert len(pieces(cited(VERSES.replace('n="2"', 'n="1"'), NESTED))) == 10


def test_the_chapter_loses_nothing() -> None:
    found = exported(Document.read(CHAPTER))
    assert (found.unheld, found.messages) == ((), ())
    assert files(found)["document/lenin-2-chapter-19;ref=19.3.4.xml"]


def test_of_very_many_siblings_none_has_a_file_with_all() -> None:
    text = "".join(f'<l n="{number}">x</l>' for number in range(250))
    found = exported(cited(text, '<citeStructure unit="line" match="//l" use="@n"/>'))
    made = files(found)
    assert not [path for path in made if ";down=0" in path]
    assert len(made["navigation/test;down=-1.json"]["member"]) == 250
    assert "more than 200 siblings" in found.messages[0]
