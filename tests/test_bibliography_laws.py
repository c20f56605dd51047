"""Round trips of works: what a format has a place for comes back as it was, and the table says what has none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings

from bibliography_items import WORDS, collection, works
from places import SHARED, needs_shared
from teiwright.bibliography import biblatex, bibtex, bibtex_reading, csl, mods, ris, tex, zotero_rdf
from teiwright.bibliography.collection import collected
from teiwright.bibliography.importing import of_bytes
from teiwright.bibliography.item import Item, said
from teiwright.bibliography.joining import joined, new_file
from teiwright.document import Document
from teiwright.exchange.contract import Options
from teiwright.schema import Schema
from teiwright.words import Words

OPTIONS = Options(datetime(2026, 1, 1, tzinfo=UTC))
LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
PLAIN_WORDS = WORDS.map(lambda words: normalize("NFC", words))


def same(found: Item, wanted: Item, held: Mapping[str, str], partly: tuple[str, ...] = ()) -> None:
    """What a format holds of an item is there again, and nothing else is."""
    names = [name for name in said(wanted) if name in held and name not in partly and not name.startswith("custom.")]
    assert {name: found.get(name) for name in names} == {name: wanted[name] for name in names}
    assert [
        name for name in said(found) if name not in wanted and not name.startswith("custom.") and name not in partly
    ] == []


def back(document: bytes) -> list[Item]:
    items = collected([Document.parse(document, "new.xml")], OPTIONS).items
    return [{name: value for name, value in item.items() if name != "page-first"} for item in items]


@LAW
@given(works(words=PLAIN_WORDS))
def test_a_record_of_tei_is_read_as_the_item_that_it_was_made_of(item: Item) -> None:
    (found,) = back(new_file([item], "x.json").content)
    assert found == item


@LAW
@given(works(words=PLAIN_WORDS))
def test_csl_json_gives_back_all(item: Item) -> None:
    assert csl.read(csl.written([item]), "x.json") == [item]


BIBTEX = (
    "book",
    "chapter",
    "article-journal",
    "article-newspaper",
    "webpage",
    "manuscript",
    "paper-conference",
    "thesis",
    "report",
)


@LAW
@given(works(types=BIBTEX, exact=False, words=PLAIN_WORDS))
def test_biblatex_gives_back_what_it_holds(item: Item) -> None:
    text = biblatex_of(item)
    ((found,), faults, _) = bibtex_reading.read(text, "x.bib")
    assert faults == []
    same(found, item, biblatex.HELD)


def biblatex_of(item: Item) -> str:
    return bibtex.written(collection(item), biblatex._dated, "journaltitle")


@LAW
@given(works(types=BIBTEX, exact=False, words=PLAIN_WORDS))
def test_bibtex_gives_back_what_it_holds(item: Item) -> None:
    ((found,), faults, _) = bibtex_reading.read(bibtex.written(collection(item), bibtex._dated), "x.bib")
    assert faults == []
    same(found, item, bibtex.HELD, partly=("issued", "note"))
    assert found["issued"]["date-parts"][0] == item["issued"]["date-parts"][0]
    assert item.get("note", "") in found.get("note", "")


@LAW
@given(works(types=BIBTEX))
def test_bibtex_says_of_each_date_as_much_as_it_can(item: Item) -> None:
    (entry,) = bibtex_reading.entries(bibtex.written(collection(item), bibtex._dated), [])
    assert {"year", "date"} & entry.fields.keys()


RIS = (
    "book",
    "chapter",
    "article-journal",
    "article-newspaper",
    "webpage",
    "manuscript",
    "paper-conference",
    "thesis",
    "report",
    "map",
    "pamphlet",
    "periodical",
)


@LAW
@given(works(types=RIS, has_particles=False, words=PLAIN_WORDS))
def test_ris_gives_back_what_it_holds(item: Item) -> None:
    (found,) = ris.read(ris.written(collection(item)), "x.ris")
    if str(item["issued"]).count("-") > 1:  # no year before Christ
        item.pop("issued")
    same(found, item, ris.HELD, partly=("author", "editor", "translator", "page", "note"))
    for role in ("author", "editor", "translator"):
        assert found.get(role) == commaless(item.get(role))
    if "-" not in item.get("page", "") or item["page"].count("-") == 1:
        assert found.get("page") == item.get("page")


def commaless(people: Any) -> Any:
    return people and [{part: words.replace(",", "") for part, words in one.items()} for one in people]


@LAW
@given(works(has_particles=False, words=PLAIN_WORDS))
def test_mods_gives_back_what_it_holds(item: Item) -> None:
    (found,) = of_bytes(mods.written([item], Words("en")).encode(), "x.xml", "mods").items
    same(found, item, mods.HELD)
    assert found.get("custom", {}).get("edtf") == item.get("custom", {}).get("edtf")


@LAW
@given(works(has_particles=False, words=PLAIN_WORDS))
def test_zotero_rdf_gives_back_what_it_holds(item: Item) -> None:
    (found,) = of_bytes(zotero_rdf.written(collection(item)).encode(), "x.rdf", "zotero-rdf").items
    same(found, item, zotero_rdf.HELD)


@LAW
@given(WORDS)
def test_tex_gives_back_each_character(words: str) -> None:
    wanted = normalize("NFC", words)
    assert tex.plain(tex.escaped(wanted)) == wanted
    assert tex.plain(tex.title(wanted, "en", frozenset())) == wanted
    assert tex.plain(tex.title(wanted, "de", frozenset())) == wanted


@needs_shared
def test_records_are_valid() -> None:
    schema = Schema.load(SHARED / "tei" / "tei_all.rng")

    @settings(max_examples=25, deadline=None)
    @given(works())
    def valid(item: Item) -> None:
        found = schema.validate(Document.parse(new_file([item], "x.json").content, "new.xml"))
        assert [str(one) for one in found] == []

    valid()


@LAW
@given(works(words=PLAIN_WORDS))
def test_what_is_there_is_not_added_again(tmp_path_factory: pytest.TempPathFactory, item: Item) -> None:
    content = new_file([item], "x.json").content
    assert new_file([item, item], "x.json").content == content
    path = tmp_path_factory.mktemp("editions") / "edition.xml"
    path.write_bytes(content)
    made = joined(path, [item])
    assert (made.content, made.added, made.known) == (content, (), (("w1", "w1"),))
