"""Names and dates as other programs read them: tables, JSON, maps, gazetteers, graphs, calendars, time lines."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from building import document
from places import CHAPTER, SHARED, needs_shared
from registers import PIECES, edition, options
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported
from teiwright.exchange.formats import FORMATS
from teiwright.registers import geojson, gexf, graphml, ics, linked_places, structured, tables, timeline

GROUP = [name for name, format in FORMATS.items() if format.group == "names and dates"]
LPF = {  # the members of a feature, and of what lies in it (LinkedPasts/linked-places-format, 1.2)
    "@id", "type", "properties", "when", "names", "types", "geometry", "links", "relations", "descriptions", "depictions",
}  # fmt: skip


def rows(content: object, name: str) -> list[dict[str, str]]:
    assert isinstance(content, Mapping)
    return list(csv.DictReader(io.StringIO(content[name])))


def text_of(exported: Exported) -> str:
    assert isinstance(exported.content, str)
    return exported.content


def read(exported: Exported) -> Any:
    return json.loads(text_of(exported))


@pytest.mark.parametrize("name", GROUP)
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    export = FORMATS[name].exporter()
    assert export([edition()], options()).content == export([edition()], options()).content


@pytest.mark.parametrize("name", GROUP)
def test_what_is_not_held_is_said_and_only_then(name: str) -> None:
    export = FORMATS[name].exporter()
    rows_without = [row.tei for row in FORMATS[name].mapping() if not row.there]
    unheld = export([edition()], options()).unheld
    assert not unheld or rows_without
    assert all(one.place.line > 0 and one.reason for one in unheld)
    assert export([document("<p>nothing</p>")], options()).unheld == ()


def test_tables_have_a_row_for_each_and_keys_that_agree() -> None:
    content = tables.export([edition()], options()).content
    keys = {
        row["key"]
        for kind in ("persons", "organizations", "places", "events", "works")
        for row in rows(content, f"{kind}.csv")
    }
    ann = next(row for row in rows(content, "persons.csv") if row["key"] == "ann")
    wanted = {
        "iri": "https://example.org/test#ann", "name": "Ann Bell", "filing_name": "Bell, Ann", "other_names": "Ann Cole | Anna",
        "birth": "1700-02", "birth_place": "Rome", "death": "[1760..1765]", "sex": "F", "role": "owner", "gnd": "118571435",
        "viaf": "78769600", "other_identifiers": "local:B 7", "occupation": "printer", "mentions": "2", "given_name": "Ann",
        "family_name": "Bell", "description": "A printer of maps.",
    }  # fmt: skip
    assert {name: ann[name] for name in wanted} == wanted
    rome = next(row for row in rows(content, "places.csv") if row["key"] == "rome")
    assert (rome["latitude"], rome["longitude"], rome["part_of"], rome["population"]) == (
        "41.9",
        "12.5",
        "italy",
        "five",
    )
    fair = next(row for row in rows(content, "events.csv") if row["key"] == "fair")
    assert (fair["date"], fair["julian_date"], fair["place"]) == ("1700-05-12", "when 1700-05-01", "rome")
    work = rows(content, "works.csv")[0]
    assert (work["authors"], work["date"], work["publisher"]) == ("Ann Bell", "1725", "Guild")
    assert {row["entity"] for row in rows(content, "mentions.csv")} - {""} <= keys
    assert {row[end] for row in rows(content, "relations.csv") for end in ("source", "target")} <= keys


def test_the_table_of_works_tells_a_piece_from_what_it_stands_in() -> None:
    essay, *_, review, loose = rows(tables.export([document("<p/>", standoff=PIECES)], options()).content, "works.csv")
    wanted = {
        "authors": "Eve Hill", "editors": "Ida Roe", "translators": "Tom Lee", "container": "Reader", "volume": "2", "pages": "7-9",
        "other_parts": "chapter 3", "isbn": "", "publication_place": "Bern", "publisher": "Fox", "date": "1931", "issue": "",
    }  # fmt: skip
    assert {name: essay[name] for name in wanted} == wanted
    assert (review["issue"], review["container"], loose["container"]) == ("4", "The Day", "Water")


def test_positions_in_tables_count_in_the_text_beside_them() -> None:
    content = tables.export([edition()], options()).content
    assert isinstance(content, Mapping)
    found = rows(content, "mentions.csv")
    spans = [str(content[row["text"]])[int(row["start"]) : int(row["end"])] for row in found]
    assert spans == ["Ann", "Ben", "Romethe city", "Both", "Both", "Nobody", "Paris", "Maps, 3"]
    assert [row["words"] for row in found][2] == "Rome"
    assert [row["address"] for row in found][:1] == ["https://example.org/test#p1"]


def test_what_has_no_column_is_said() -> None:
    assert [one.what for one in tables.export([edition()], options()).unheld] == ["state of ann"]


@pytest.mark.parametrize("name", ["csv", "json", "turtle"])
def test_objects_are_said_to_be_left_out(name: str) -> None:
    if name == "turtle":
        pytest.importorskip("rdflib")
    thing = '<standOff><listObject><object xml:id="cup"><objectIdentifier><objectName>Cup</objectName></objectIdentifier></object></listObject></standOff>'
    unheld = FORMATS[name].exporter()([document("<p/>", standoff=thing)], options()).unheld
    assert [one.what for one in unheld] == ["object cup"]


@pytest.mark.parametrize("value", ["=1+1", "+1", "@x", "-x", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(value: str) -> None:
    (row,) = csv.reader(io.StringIO(tables.table(("a",), [[value]]).split("\r\n", 1)[1]))
    assert row == [f"'{value}"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), min_size=1, max_size=3))
def test_cells_come_back_with_white_space_folded(cells: list[str]) -> None:
    (row,) = csv.reader(io.StringIO(tables.table(["a"] * len(cells), [cells]).split("\r\n", 1)[1], newline=""))
    assert [cell.removeprefix("'") for cell in row] == [" ".join(cell.split()).removeprefix("'") for cell in cells]


def test_years_before_our_era_and_numbers_are_no_formulas() -> None:
    assert tables.table(("a", "b", "c"), [["-0043-03-15", -12.5, "-0752"]]).endswith("-0043-03-15,-12.5,-0752\r\n")


def test_json_has_every_fact_and_every_position() -> None:
    data = read(structured.export([edition()], options()))
    ann = data["persons"][0]
    assert [fact["kind"] for fact in ann["facts"]] == ["sex", "role", "birth", "death", "occupation", "state", "note"]
    assert ann["facts"][2] == {
        "kind": "birth", "words": "Rome", "place": "Rome", "entities": ["rome"],
        "when": {"edtf": "1700-02", "start": "1700-02-01", "end": "1700-02-28", "when": "1700-02"},
    }  # fmt: skip
    assert data["events"][0]["when"]["julian"] == {"when": "1700-05-01"}
    text = data["documents"][0]["text"]
    assert [text[one["start"] : one["end"]] for one in data["mentions"]][:2] == ["Ann", "Ben"]
    assert len(data["chronology"]) == 7


def test_geojson_has_places_with_coordinates_and_says_which_have_none() -> None:
    exported = geojson.export([edition()], options())
    data = read(exported)
    assert [(one["id"], one["geometry"]) for one in data["features"]] == [
        ("rome", {"type": "Point", "coordinates": [12.5, 41.9]})
    ]
    assert [one.what for one in exported.unheld] == ["italy"]


def test_linked_places_have_the_members_of_the_format() -> None:
    exported = linked_places.export([edition()], options())
    italy, rome, paris = read(exported)["features"]
    assert all(
        set(one) <= LPF and {"@id", "type", "properties", "names", "geometry"} <= set(one)
        for one in (italy, rome, paris)
    )
    assert all(name["toponym"] and name["citations"][0]["@id"] for one in (italy, rome, paris) for name in one["names"])
    assert (italy["properties"], italy["types"][0]["label"]) == ({"title": "Italy", "ccodes": ["IT"]}, "country")
    assert rome["when"] == {"timespans": [{"start": {"earliest": "-0752"}}]}
    assert [(name["toponym"], name["lang"]) for name in rome["names"]] == [("Rome", "en"), ("Roma", "it")]
    assert rome["geometry"] == {
        "type": "GeometryCollection",
        "geometries": [{"type": "Point", "coordinates": [12.5, 41.9]}],
    }
    assert [one["relationTo"] for one in rome["relations"]] == [italy["@id"]]
    assert paris["links"] == [{"type": "closeMatch", "identifier": "http://www.wikidata.org/entity/Q90"}]
    assert [one.what for one in exported.unheld] == ["population of rome"]


def graph_of(content: str, kind: str) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """The nodes with their labels, and the edges as source, target and label, of either format."""
    root = etree.fromstring(content.encode())
    nodes = {
        str(n.get("id")): n.get("label") or str(n.findtext("{*}data[@key='node-label']")) for n in root.iter("{*}node")
    }
    edges = [
        (str(e.get("source")), str(e.get("target")), e.get("label") or str(e.findtext("{*}data[@key='edge-label']")))
        for e in root.iter("{*}edge")
    ]
    assert kind in root.tag
    return nodes, edges


@pytest.mark.parametrize(("module", "kind"), [(gexf, "gexf"), (graphml, "graphml")])
def test_graphs_have_relations_and_company(module: Any, kind: str) -> None:
    nodes, edges = graph_of(text_of(module.export([edition()], options())), kind)
    assert nodes["ann"] == "Ann Bell"
    paris = next(key for key, label in nodes.items() if label == "Paris")
    assert set(edges) == {
        ("ann", "ben", "spouses"), ("ann", "ben", "parent_of"), ("ann", "crew", "parent_of"), ("ann", "rome", "birthPlace"),
        ("rome", "italy", "partOf"), ("fair", "rome", "location"), ("ann", "ben", "named together"),
        ("ann", "rome", "named together"), ("ben", "rome", "named together"),
        ("ann", paris, "named together"), ("ben", paris, "named together"), ("maps", paris, "named together"),
        ("ann", "maps", "named together"), ("ben", "maps", "named together"),
    }  # fmt: skip


def test_company_weighs_as_many_as_the_paragraphs_that_name_both() -> None:
    root = etree.fromstring(text_of(gexf.export([edition()], options(ties="mentions", kinds="persons"))).encode())
    assert [(e.get("source"), e.get("target"), e.get("weight"), e.get("type")) for e in root.iter("{*}edge")] == [
        ("ann", "ben", "2", "undirected")
    ]


def test_those_who_speak_in_one_scene_are_company() -> None:
    persons = '<standOff><listPerson><person xml:id="a"/><person xml:id="b"/></listPerson></standOff>'
    play = document('<div><sp who="#a"><p>Hm.</p></sp><sp who="#b"><p>Ha.</p></sp></div>', standoff=persons)
    _, edges = graph_of(text_of(graphml.export([play], options())), "graphml")
    assert edges == [("a", "b", "named together")]


def test_a_list_of_many_is_no_company_and_that_is_said() -> None:
    records = "".join(f'<person xml:id="p{n}"/>' for n in range(41))
    names = "".join(f'<persName ref="#p{n}">N</persName>' for n in range(41))
    exported = gexf.export(
        [document(f"<p>{names}</p>", standoff=f"<standOff><listPerson>{records}</listPerson></standOff>")], options()
    )
    assert (len(graph_of(text_of(exported), "gexf")[1]), len(exported.unheld)) == (0, 1)


def test_an_end_on_the_web_is_a_node_and_one_nowhere_is_said() -> None:
    lost = '<listRelation><relation name="x" active="#p" passive="http://viaf.org/viaf/1 #q"/></listRelation>'
    exported = gexf.export(
        [document("<p/>", standoff=f'<standOff><listPerson><person xml:id="p"/>{lost}</listPerson></standOff>')],
        options(),
    )
    assert graph_of(text_of(exported), "gexf")[1] == [("p", "http://viaf.org/viaf/1", "x")]
    assert [one.reason for one in exported.unheld] == ["ends at something that no register has"]


@pytest.mark.parametrize(("name", "value"), [("kinds", "person"), ("ties", "friends")])
def test_an_unknown_part_of_a_graph_is_an_error(name: str, value: str) -> None:
    with pytest.raises(ExchangeError, match=value):
        gexf.export([edition()], options(**{name: value}))


def test_networkx_reads_both_graphs(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    exported = text_of(graphml.export([edition()], options()))
    (tmp_path / "a.graphml").write_text(exported, "utf-8")
    graph = networkx.read_graphml(tmp_path / "a.graphml")
    assert graph.nodes["ann"]["label"] == "Ann Bell"
    assert graph.is_directed()


@needs_shared
def test_gexf_is_valid(tmp_path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(SHARED / "schemas" / "gexf" / "gexf.xsd"))
    for source in (edition(), Document.read(CHAPTER), document("<p/>")):
        root = etree.fromstring(text_of(gexf.export([source], options())).encode())
        assert schema.validate(root), schema.error_log


def entries(content: str) -> list[dict[str, str]]:
    """The entries of a calendar, unfolded, by property."""
    lines = content.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name, value)
    return found


def test_a_calendar_has_an_entry_for_each_date() -> None:
    exported = ics.export([edition()], options())
    found = {entry["UID"].rpartition("/")[2] or entry["UID"]: entry for entry in entries(text_of(exported))}
    fair = next(entry for entry in found.values() if entry["SUMMARY"].startswith("Fair"))
    assert (fair["DTSTART;VALUE=DATE"], fair["DTEND;VALUE=DATE"]) == ("17000512", "17000513")
    assert fair["SUMMARY"] == "Fair\\, with music"
    assert fair["DESCRIPTION"].startswith("1 May 1700 O.S. (12 May 1700 N.S.)\\nHeld in Rome\\; then")
    assert (fair["LOCATION"], fair["GEO"], fair["STATUS"]) == ("Rome", "41.9;12.5", "CONFIRMED")
    assert {entry["SUMMARY"]: entry["STATUS"] for entry in found.values()} == {
        "Ann Bell (Born)": "CONFIRMED", "Fair\\, with music": "CONFIRMED", "1701": "CONFIRMED", "Ann Bell (Died)": "TENTATIVE",
    }  # fmt: skip
    assert sorted(one.what for one in exported.unheld) == ["ides", "rome"]


def test_dates_of_the_text_that_mean_the_same_are_one_entry() -> None:
    found = [entry for entry in entries(text_of(ics.export([edition()], options()))) if entry["SUMMARY"] == "1701"]
    assert len(found) == 1
    assert "the year after" in found[0]["DESCRIPTION"]


def test_a_date_in_doubt_covers_all_days_that_it_may_have_been() -> None:
    found = next(e for e in entries(text_of(ics.export([edition()], options()))) if "Died" in e["SUMMARY"])
    assert (found["DTSTART;VALUE=DATE"], found["DTEND;VALUE=DATE"]) == ("17600101", "17660101")


def test_early_years_have_four_digits() -> None:
    of = document(
        "<p/>", standoff='<standOff><listEvent><event when="0079-08-24"><label>V</label></event></listEvent></standOff>'
    )
    assert entries(text_of(ics.export([of], options())))[0]["DTSTART;VALUE=DATE"] == "00790824"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_lines_of_a_calendar_are_short_and_come_back(words: str) -> None:
    pieces = list(ics.folded(ics.text(words)))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == ics.text(words)


def test_a_line_is_cut_at_75_octets() -> None:
    assert [len(piece.encode()) for piece in ics.folded("é" * 100)] == [74, 75, 53]
    assert [len(piece) for piece in ics.folded("a" * 150)] == [75, 75, 2]


def test_icalendar_reads_what_is_written() -> None:
    icalendar = pytest.importorskip("icalendar")
    for source in (edition(), Document.read(CHAPTER), document("<p/>")):
        content = text_of(ics.export([source], options()))
        calendar = icalendar.Calendar.from_ical(content)
        found = calendar.walk("VEVENT")
        assert (len(found), [event.errors for event in found if event.errors]) == (len(entries(content)), [])
        assert len({str(event["UID"]) for event in found}) == len(found)


def test_a_time_line_has_dates_before_our_era_and_escapes_mark_up() -> None:
    exported = timeline.export([edition()], options())
    data = read(exported)
    found = {event["unique_id"]: event for event in data["events"]}
    assert found["ides"]["start_date"] == {"year": -43, "month": 3, "day": 15}
    assert found["ann/birth"]["start_date"] == {"year": 1700, "month": 2}
    assert (found["ann/death"]["start_date"]["year"], found["ann/death"]["end_date"]["year"]) == (1760, 1765)
    assert "&lt;b&gt;never&lt;/b&gt;" in found["fair"]["text"]["text"]
    assert found["fair"]["display_date"] == "1 May 1700 O.S. (12 May 1700 N.S.)"
    assert (data["scale"], exported.unheld) == ("human", ())


def test_a_date_without_a_day_is_said() -> None:
    of = document('<p><date when="--05-12">on 12 May</date> <date dur="P1D">a day</date></p>')
    for module in (ics, timeline):
        assert [one.what for one in module.export([of], options()).unheld] == ["date-1"]


def test_several_documents_are_one_result() -> None:
    two = Document.parse('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson><person xml:id="ann"><persName>Other</persName></person></listPerson></body></text></TEI>', "two.xml", "file:///two.xml")  # fmt: skip
    data = read(structured.export([edition(), two], options()))
    keys = [person["key"] for person in data["persons"]]
    assert (keys[0], keys[-1]) == ("test-ann", "two-ann")
    assert [one["name"] for one in data["documents"]] == ["test", "two"]


@pytest.mark.parametrize("name", GROUP)
def test_a_deep_and_wide_document_comes_to_an_end(name: str) -> None:
    deep = "<seg>" * 200 + '<persName ref="#a">N</persName>' + "</seg>" * 200
    wide = "".join(f'<p><persName ref="#a">N</persName> <persName key="k{n}">M</persName></p>' for n in range(300))
    of = document(f"<p>{deep}</p>{wide}", standoff='<standOff><listPerson><person xml:id="a"/></listPerson></standOff>')
    assert FORMATS[name].exporter()([of], options()).content


def test_formats_load_nothing_that_is_heavy() -> None:
    code = "import sys, teiwright.cli; print([m for m in sys.modules if m.startswith(('rdflib', 'teiwright.registers', 'teiwright.linked'))])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("name", GROUP)
def test_real_documents_are_exported(name: str) -> None:
    export = FORMATS[name].exporter()
    for path in sorted((SHARED / "samples").rglob("*.xml")):
        source = Document.read(path)
        if source.is_tei:
            assert export([source], options()).content


def test_each_format_is_a_module_of_its_room() -> None:
    assert all(import_module(f"teiwright.{FORMATS[name].module}").MAPPING for name in GROUP)


@pytest.mark.parametrize("geo", ["91 181", "NaN NaN", "48°12′ 16°22′", "1 2 3", "10S 20E"])
def test_coordinates_that_are_no_place_are_said_in_every_format_that_has_places(geo: str) -> None:
    standoff = f"""<standOff><listPlace><place xml:id="q"><placeName>Q</placeName><location><geo>{geo}</geo></location></place>
    <place xml:id="r"><placeName>R</placeName><location><geo>48.2 16.3</geo></location></place></listPlace></standOff>"""
    for module in (geojson, linked_places, structured, tables):
        unheld = module.export([document("<p/>", standoff=standoff)], options()).unheld
        assert [one.what.removeprefix("geo of ") for one in unheld] == ["q"], module.__name__
