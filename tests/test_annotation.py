"""Annotations merged into TEI: where they go, how they are split, and that nothing else changes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from building import document, tei
from places import CHAPTER, SHARED, needs_shared
from teiwright.annotation import Annotated, annotate
from teiwright.annotation.inline import Inserted, Written
from teiwright.annotation.layout import Layout
from teiwright.annotation.model import Annotation
from teiwright.annotation.placing import Placing
from teiwright.annotation.rewriting import rewritten
from teiwright.annotation.validity import blamed
from teiwright.commands.annotate import annotate as command
from teiwright.conversion.targets import schema
from teiwright.corpora import conllu, standoff
from teiwright.corpora.running import Running
from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Options

OPTIONS = Options(datetime(2026, 1, 1, tzinfo=UTC))
SAMPLES = sorted((SHARED / "samples").glob("*.xml")) if SHARED.is_dir() else []


def merged(content: str, annotations: object, way: str = "inline", **more: object) -> Annotated:
    given = annotations if isinstance(annotations, str) else json.dumps(annotations)
    return annotate(document(content), given, way, **more)  # type: ignore[arg-type]


def body(made: Annotated) -> str:
    return made.text.partition("<body>")[2].partition("</body>")[0]


def one(start: int, end: int, label: str = "PER", **more: object) -> dict[str, object]:
    return {"start": start, "end": end, "label": label, **more}


class Finds:
    """A schema that finds one thing at one place."""

    def __init__(self, line: int, column: int) -> None:
        self.place = Location("a.xml", line, column)

    def findings(self, _source: object) -> list[Diagnostic]:
        return [Diagnostic(self.place, Severity.ERROR, "code", "wrong", "it")]


@pytest.mark.parametrize(
    ("line", "column", "blamed_one"),
    [(1, 0, 0), (0, 0, 0), (2, 1, 7), (2, 5, 7), (2, 9, 7), (2, 13, -1), (9, 1, 7)],
)
def test_who_is_to_blame_is_told_by_the_place(line: int, column: int, blamed_one: int) -> None:
    inserted = (Inserted(0, 0, 0, 8), Inserted(7, 9, 1, 21), Inserted(7, 23, 2, 27))
    written = Written("<a>x</a>\n<b>yyyyy</b>z\n<c/>", inserted, {})
    found = blamed(written, document("<p/>"), [Finds(line, column)])  # type: ignore[list-item]
    assert found == {blamed_one: "wrong"}


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [(1, 4, "b"), (2, 3, "b"), (0, 5, "a <hi>b</hi> c"), (1, 5, "b</hi> c")],
)
def test_the_space_around_an_annotation_does_not_count(start: int, end: int, wanted: str) -> None:
    made = document("<p>a <hi>b</hi> c</p>")
    layout = Layout(made)
    first, last = Placing(layout, Running.of(made)).hull(Annotation(start, end, "x"))
    assert made.text[layout.before(first) : layout.after(last)] == wanted


@pytest.mark.parametrize(
    ("content", "annotation", "wanted"),
    [
        ("<p>So Ann came</p>", one(3, 6), "<p>So <persName>Ann</persName> came</p>"),
        ("<p>So <hi>Ann</hi> Lee</p>", one(3, 10), "<p>So <persName><hi>Ann</hi> Lee</persName></p>"),
        ("<p>So A<!--c-->nn</p>", one(3, 6), "<p>So <persName>A<!--c-->nn</persName></p>"),
        ("<p>R&amp;D &#65;nn</p>", one(0, 3, "ORG"), "<p><orgName>R&amp;D</orgName> &#65;nn</p>"),
        ("<p>a <![CDATA[b c]]> d</p>", one(4, 5), "<p>a <![CDATA[b ]]><persName><![CDATA[c]]></persName> d</p>"),
        ("<p>New<note>x</note> York</p>", one(0, 8, "GPE"), "<p><placeName>New<note>x</note> York</placeName></p>"),
        (
            "<p><choice><sic>teh</sic><corr>the</corr></choice> end</p>",
            one(0, 7, "x"),
            '<p><rs type="x"><choice><sic>teh</sic><corr>the</corr></choice> end</rs></p>',
        ),
        ("<p>So Ann</p>", one(3, 6, kb_id="#a&b"), '<p>So <persName ref="#a&amp;b">Ann</persName></p>'),
        ("<p>So   Ann\n  Lee</p>", one(3, 10), "<p>So   <persName>Ann\n  Lee</persName></p>"),
    ],
)
def test_an_element_goes_around_the_text(content: str, annotation: dict[str, object], wanted: str) -> None:
    assert body(merged(content, [annotation])) == wanted


def test_what_crosses_an_element_is_split_and_joined_by_next_and_prev() -> None:
    made = merged("<p>a <hi>b c</hi> d</p>", [one(4, 7)])
    assert body(made) == (
        '<p>a <hi>b <persName xml:id="ann-1" next="#ann-1-2">c</persName></hi>'
        ' <persName xml:id="ann-1-2" prev="#ann-1">d</persName></p>'
    )
    assert [str(outcome) for outcome in made.outcomes] == ['"persName" of 4-7: 2 elements']


def test_a_sentence_over_verse_lines_is_split_by_part() -> None:
    made = merged(
        "<lg><l>one</l><l>two</l><l>three. Four</l></lg>",
        {"text": "one\ntwo\nthree. Four", "sents": [one(0, 14)]},
        taken=("sentences",),
    )
    assert (
        body(made) == '<lg><l><s part="I">one</s></l><l><s part="M">two</s></l><l><s part="F">three.</s> Four</l></lg>'
    )


def test_annotations_that_cross_each_other_are_split() -> None:
    made = merged("<p>abcdef</p>", [one(0, 4), one(2, 6, "LOC")])
    root = etree.fromstring(made.text.encode())
    assert [str(e.xpath("string()")) for e in root.iter("{*}persName", "{*}placeName")] == ["abcd", "cd", "ef"]
    assert (made.count("whole"), made.count("split")) == (1, 1)


def test_annotations_beside_the_text_point_to_it() -> None:
    made = merged('<p xml:id="p1">So <persName>x</persName> Ann</p>', [one(5, 8, kb_id="#a")], "standoff")
    assert '<span target="#string-range(p1,5,3)"><persName ref="#a">Ann</persName></span>' in made.text
    assert body(made) == '<p xml:id="p1">So <persName>x</persName> Ann</p>'


def test_what_the_schema_has_no_place_for_goes_beside() -> None:
    made = merged("<p><gi>persName</gi></p>", [one(0, 4, element="w")], schemas=[schema("tei_all")])
    assert (made.count("beside"), body(made)) == (1, "<p><gi>persName</gi></p>")
    assert list(schema("tei_all").validate(Document.parse(made.text))) == []


@pytest.mark.parametrize(
    "annotations",
    [
        {"target": {"selector": {"type": "TextPositionSelector", "start": 3, "end": 6}}, "body": {"purpose": "tagging", "value": "PER"}},
        {"target": {"selector": [{"type": "TextQuoteSelector", "exact": "Ann", "prefix": "So "}]}, "body": {"purpose": "tagging", "value": "PER"}},
        {"type": "AnnotationPage", "items": [{"target": {"selector": {"type": "TextQuoteSelector", "exact": "Ann"}}, "motivation": "tagging", "body": {"value": "PER"}}]},
        "So O\nAnn B-PER\ncame O\n",
        "-DOCSTART- -X- -X- O\n\nSo RB B-ADVP O\nAnn NNP B-NP S-PER\ncame VBD B-VP O\n",
        "1\tSo\t_\t_\t_\t_\t_\t_\t_\t_\n2\tAnn\t_\t_\t_\t_\t_\t_\t_\tNER=B-PER\n3\tcame\t_\t_\t_\t_\t_\t_\t_\t_\n",
        {"text": "So Ann came", "ents": [{"start": 3, "end": 6, "label": "PERSON"}]},
    ],
    ids=["position", "quote", "page", "bio", "conll2003", "conllu", "spacy"],
)  # fmt: skip
def test_each_way_to_write_an_annotation(annotations: object) -> None:
    made = merged("<p>So Ann came</p>", annotations, taken=("names",))
    assert body(made) == "<p>So <persName>Ann</persName> came</p>"


def test_a_comment_becomes_a_note_beside_the_text() -> None:
    said = {
        "target": {"selector": {"type": "TextQuoteSelector", "exact": "Ann"}},
        "body": {"type": "TextualBody", "value": "Who?"},
    }
    made = merged("<p>So Ann</p>", said)
    assert "<note>Who?</note>" in made.text
    assert body(made) == "<p>So Ann</p>"


@pytest.mark.parametrize(
    ("annotations", "problem"),
    [
        ({"text": "other", "ents": []}, "another text"),
        ("Other O\n", "not what comes next"),
        ("{broken", "not JSON"),
        ("[" * 100_000, "nested|not JSON"),
        ('{"x": 1}', "no annotations that are known"),
        ("1\tSo\t_\t_\t_\t_\t_\t_\t_\t_\n2\tAnn\n", "columns"),
        ("\n\n", "no tokens"),
    ],
)
def test_what_is_about_another_text_or_unreadable_is_one_sentence(annotations: object, problem: str) -> None:
    with pytest.raises(ExchangeError, match=problem):
        merged("<p>So Ann</p>", annotations)


@pytest.mark.parametrize(
    "annotation",
    [
        one(0, 99), one(-1, 2), one(3, 3), {"start": "0", "end": 2}, {"start": True, "end": 2}, "no", one(0, 2, text="Xy"),
        one(0, 2, element="a b"), one(0, 2, element="p", attributes={"x y": "1"}), one(0, 2, element="hi", attributes={"n": "\0"}),
    ],
)  # fmt: skip
def test_an_annotation_that_cannot_be_is_left_out_and_said(annotation: object) -> None:
    made = merged("<p>So Ann</p>", [annotation, one(3, 6)])
    assert (body(made), len(made.refused)) == ("<p>So <persName>Ann</persName></p>", 1)


def test_a_file_with_inclusions_and_one_with_entities_of_mark_up_are_refused() -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="a.xml"/>'
    with pytest.raises(ExchangeError, match="teiwright bundle"):
        merged(f"<p>a</p>{include}", [one(0, 1)])
    entity = '<!DOCTYPE TEI [<!ENTITY e "<hi>x</hi>"><!ENTITY f "fff">]>'
    with pytest.raises(ExchangeError, match="more than characters"):
        annotate(Document.parse(entity + tei("<p>a &e;</p>")), json.dumps([one(0, 1)]))
    made = annotate(Document.parse(entity + tei("<p>a &f; b</p>")), json.dumps([one(2, 5)]))
    assert body(made) == "<p>a <persName>&f;</persName> b</p>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_file_keeps_its_encoding_and_line_ends(tmp_path: Path, encoding: str) -> None:
    declared = "" if "utf" in encoding else f'<?xml version="1.0" encoding="{encoding}"?>\r\n'
    path = tmp_path / "a.xml"
    path.write_bytes((declared + tei("<p>Zoë\r\n  x</p>")).encode(encoding))
    made = annotate(Document.read(path), json.dumps([one(0, 3)]))
    assert rewritten(path, made.text) == path.read_bytes().replace(
        "Zoë".encode(encoding.replace("utf-8-sig", "utf-8").replace("utf-16", "utf-16-le")),
        "<persName>Zoë</persName>".encode(encoding.replace("utf-8-sig", "utf-8").replace("utf-16", "utf-16-le")),
    )


WORDS = st.text("ab ", min_size=1, max_size=6)
INNER = st.recursive(
    WORDS,
    lambda inner: st.tuples(st.sampled_from(["hi", "seg", "note", "q"]), st.lists(inner, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=10,
)
DOCUMENTS = st.lists(st.lists(INNER, max_size=4).map("".join), min_size=1, max_size=3).map(
    lambda parts: "".join(f"<p>{part}</p>" for part in parts)
)
RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20), st.sampled_from(["PER", "LOC", "x"])), max_size=8)


@given(DOCUMENTS, RANGES)
def test_law_nothing_changes_but_the_tags_that_are_added(content: str, ranges: list[tuple[int, int, str]]) -> None:
    made = document(content)
    length = len(Running.of(made).text)
    asked = [one(start, min(start + size, length), label) for start, size, label in ranges if start < length]
    for way in ("inline", "standoff"):
        done = annotate(made, json.dumps(asked), way)
        after = Document.parse(done.text)
        assert Running.of(after).text == Running.of(made).text
        assert sum(map(done.count, ("whole", "split", "beside", "refused"))) == len({json.dumps(x) for x in asked})


@given(DOCUMENTS, RANGES)
def test_law_annotations_out_and_in_give_the_same_tree(content: str, ranges: list[tuple[int, int, str]]) -> None:
    plain = document(content)
    length = len(Running.of(plain).text)
    asked = [one(start, min(start + size, length), label) for start, size, label in ranges if start < length]
    rich = Document.parse(annotate(plain, json.dumps(asked)).text, "test.xml")
    out = str(standoff.export([rich], OPTIONS).content)
    again = Document.parse(annotate(plain, out).text)
    assert etree.tostring(again.root, method="c14n") == etree.tostring(rich.root, method="c14n")


@given(DOCUMENTS, RANGES)
def test_law_annotations_beside_the_text_out_and_in_give_the_same_file(
    content: str, ranges: list[tuple[int, int, str]]
) -> None:
    plain = document(content)
    text = Running.of(plain).text
    length = len(text)
    places = {(place, min(place + size, length), label) for start, size, label in ranges
              if (place := start + len(text[start:]) - len(text[start:].lstrip())) < length}  # fmt: skip
    ends = {(start, start + len(text[start:end].rstrip()), label) for start, end, label in places}
    asked: list[object] = [one(*place) for place in sorted(ends) if place[0] < place[1]]
    asked += [{"start": 0, "end": length, "element": "w", "attributes": {"xml:lang": "en"}}] if length else []
    rich = annotate(plain, json.dumps(asked), "standoff").text
    out = str(standoff.export([Document.parse(rich, "test.xml")], OPTIONS).content)
    assert annotate(plain, out, "standoff").text == rich


def test_a_remark_beside_the_text_comes_out_and_in() -> None:
    said = {"target": {"selector": {"type": "TextPositionSelector", "start": 3, "end": 6}}, "body": "Who?"}
    rich = merged("<p>So Ann</p>", {**said, "type": "Annotation"}).text
    assert "<note>Who?</note>" in rich
    out = str(standoff.export([Document.parse(rich, "test.xml")], OPTIONS).content)
    assert annotate(document("<p>So Ann</p>"), out, "standoff").text == rich


OWN = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"><start><ref name="any"/></start><define name="any">
<element><anyName><except><name>placeName</name><name>standOff</name></except></anyName><zeroOrMore><choice><attribute><anyName/></attribute><text/><ref name="any"/></choice></zeroOrMore>
</element></define></grammar>"""


def project(folder: Path, schema: str) -> Path:
    """An edition that names a schema, which has no placeName and no standOff."""
    (folder / "teiwright.toml").write_text("", "utf-8")
    (folder / "own.rng").write_text(OWN, "utf-8")
    named = f'<?xml-model href="{schema}" schematypens="http://relaxng.org/ns/structure/1.0"?>'
    (folder / "a.xml").write_text(named + tei("<p>So Ann in Rome</p>"), "utf-8")
    (folder / "n.json").write_text(json.dumps([one(3, 6), one(10, 14, "LOC")]), "utf-8")
    return folder


def run(folder: Path, *more: str) -> tuple[int, str]:
    """The exit status of annotating it, and what was said."""
    words = [str(folder / "a.xml"), "--with", str(folder / "n.json"), "-o", str(folder / "b.xml"), *more]
    result = CliRunner().invoke(command, words)
    return result.exit_code, result.stderr


def test_an_edition_stays_valid_by_the_schema_that_it_names(tmp_path: Path) -> None:
    status, said = run(project(tmp_path, "own.rng"))
    assert (status, "valid by own.rng" in said) == (1, True)
    assert "1 around the text; 1 not taken" in said
    assert "So <persName>Ann</persName> in Rome" in (tmp_path / "b.xml").read_text("utf-8")


def test_a_schema_that_is_named_on_the_command_line_comes_first(tmp_path: Path) -> None:
    status, said = run(project(tmp_path, "missing.rng"), "--schema", str(tmp_path / "own.rng"))
    assert (status, "valid by own.rng" in said, "missing" in said) == (1, True, False)


def test_beside_the_text_a_schema_without_standoff_is_said_and_another_may_be_named(tmp_path: Path) -> None:
    folder = project(tmp_path, "own.rng")
    status, said = run(folder, "--as", "standoff", "--schema", "tei_all")
    assert (status, "valid by tei_all.rng" in said) == (0, True)
    result = CliRunner().invoke(command, [str(folder / "a.xml"), "--with", str(folder / "n.json"), "--as", "standoff"])
    assert isinstance(result.exception, ExchangeError)
    assert "--schema" in str(result.exception)


def test_where_the_schema_is_missing_it_is_all_of_tei_and_said(tmp_path: Path) -> None:
    status, said = run(project(tmp_path, "missing.rng"))
    assert (status, "valid by tei_all.rng" in said, "missing.rng" in said) == (0, True, True)
    assert "<placeName>Rome</placeName>" in (tmp_path / "b.xml").read_text("utf-8")


@needs_shared
@pytest.mark.slow
@pytest.mark.parametrize("path", [CHAPTER, *SAMPLES], ids=lambda path: path.name)
def test_sentences_and_words_of_real_documents_stay_valid(path: Path) -> None:
    made = Document.read(path)
    given_words = str(conllu.export([made], OPTIONS).content)
    if not given_words:
        pytest.skip("a document without running text")
    done = annotate(made, given_words, schemas=[schema("tei_all")])
    after = Document.parse(done.text)
    assert Running.of(after).text == Running.of(made).text
    if done.valid_by:
        assert list(schema("tei_all").validate(after)) == []
        assert done.count("whole") > 0


def test_the_command_writes_and_says(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(tei("<p>So Ann</p>"), "utf-8")
    (tmp_path / "n.json").write_text(json.dumps([one(3, 6), one(50, 60)]), "utf-8")
    words = [
        str(tmp_path / "a.xml"),
        "--with",
        str(tmp_path / "n.json"),
        "-o",
        str(tmp_path / "b.xml"),
        "--report",
        str(tmp_path / "r.json"),
    ]
    result = CliRunner().invoke(command, words)
    assert result.exit_code == 1
    assert "annotations: 1 around the text" in result.stderr
    assert "<persName>Ann</persName>" in (tmp_path / "b.xml").read_text("utf-8")
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["outcomes"][0]["outcome"] == "whole"
