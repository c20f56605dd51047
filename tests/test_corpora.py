"""Texts for corpus tools: every character leads back to the TEI, sentences and tokens are those of the text."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import document, tei
from places import CHAPTER, SHARED, needs_shared
from teiwright.corpora import conllu, docbin, folder, standoff
from teiwright.corpora.running import Running
from teiwright.corpora.sentences import sentences
from teiwright.corpora.wishes import Wishes
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Options

SAMPLES = sorted((SHARED / "samples").glob("*.xml")) if SHARED.is_dir() else []


def options(**parameters: str) -> Options:
    return Options(datetime(2026, 1, 1, tzinfo=UTC), parameters=parameters)


def text(content: str, reading: str = "corrected", notes: str = "end") -> str:
    return Running.of(document(content), Wishes(reading, notes)).text


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("<p>a\n   b</p><p>c</p>", "a b\nc"),
        ("<p>wor<lb break='no'/>d and<lb/>more</p>", "word and more"),
        ("<p>wor \n <pb break='no'/> d</p>", "word"),
        ("<p>a<note>n <hi>o</hi></note> b</p>", "a b\n\nn o"),
        ("<p><choice><sic>teh</sic><corr>the</corr></choice> end</p>", "the end"),
        ("<p><app><lem>x</lem><rdg>y</rdg></app><del>z</del></p>", "x"),
        ("<p>a <fw>7</fw>b<figure><figDesc>seen</figDesc></figure></p>", "a b"),
        ("<lg><l>one</l><l>two</l></lg>", "one\ntwo"),
        ("<div><p>a</p></div><div><p>b</p></div>", "a\n\nb"),
        ("<p>He <q>said</q> so</p><quote>set off</quote>", "He said so\nset off"),
        ("<p>a\u00a0b<!-- no --><?no no?>c</p>", "a\u00a0bc"),
        ("<p/>", ""),
    ],
)
def test_the_running_text_of_elements(content: str, wanted: str) -> None:
    assert text(content) == wanted


def test_readings_and_notes_are_chosen() -> None:
    content = "<p><choice><sic>teh</sic><corr>the</corr></choice><note>n</note> x</p>"
    assert text(content, "transcribed", "inline") == "tehn x"
    assert text(content, "corrected", "none") == "the x"
    with pytest.raises(ExchangeError, match="nowhere"):
        conllu.export([document(content)], options(notes="nowhere"))


def leads_back(made: Document) -> None:
    running = Running.of(made)
    characters = str(made.root.xpath("string()"))
    for segment in running.segments:
        there = characters[segment.source : segment.source + segment.end - segment.start]
        assert "".join(" " if c in "\t\r\n" else c for c in there) == running.text[segment.start : segment.end]
    covered = {place for one in running.segments for place in range(one.start, one.end)}
    assert all(running.text[place] in " \n" for place in range(len(running.text)) if place not in covered)


@pytest.mark.parametrize("path", [CHAPTER, *SAMPLES], ids=lambda path: path.name)
def test_every_character_leads_back_to_the_document(path) -> None:  # type: ignore[no-untyped-def]
    leads_back(Document.read(path))


CONTENT = st.recursive(
    st.text("ab .\n\u00e9\u0301!’", min_size=1, max_size=8),
    lambda inner: st.tuples(
        st.sampled_from(["hi", "name", "note", "q", "seg", "w", "s", "choice", "del", "lb"]),
        st.lists(inner, max_size=4),
    ).map(lambda made: "<lb/>" if made[0] == "lb" else f"<{made[0]}>{''.join(made[1])}</{made[0]}>"),
    max_leaves=12,
)


@given(st.lists(CONTENT, max_size=5))
def test_law_characters_lead_back_and_tokens_cover_all_that_is_no_space(contents: list[str]) -> None:
    made = document("".join(f"<p>{content}</p>" for content in contents))
    leads_back(made)
    running = Running.of(made)
    tokens = [token for one in sentences(running) for token in one.tokens]
    assert all(one.end <= following.start for one, following in pairwise(tokens))
    inside = {place for token in tokens for place in range(token.start, token.end)}
    assert all(place in inside for place, sign in enumerate(running.text) if not sign.isspace())


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("<p>One. Two! “Three?” Four</p>", ["One.", "Two!", "“Three?”", "Four"]),
        ("<p>V. I. Lenin came. He</p>", ["V. I. Lenin came.", "He"]),
        ("<p>See vol. 2. Then</p>", ["See vol. 2.", "Then"]),
        ("<p>e.g. this. so it goes</p>", ["e.g. this. so it goes"]),
        ("<p><abbr>Gouv.</abbr> Smith</p>", ["Gouv. Smith"]),
        ("<p><title>What? A Title. Of Two</title> came</p>", ["What? A Title. Of Two came"]),
        ("<lg><l>A line</l><l>goes on. And</l></lg>", ["A line\ngoes on.", "And"]),
        ("<p><s>One. Two</s> three. Four</p>", ["One. Two", "three.", "Four"]),
        ("<head>Head</head><p>Text</p>", ["Head", "Text"]),
    ],
)
def test_sentences(content: str, wanted: list[str]) -> None:
    running = Running.of(document(content))
    assert [running.text[one.start : one.end] for one in sentences(running)] == wanted


def test_the_first_sentence_and_those_behind_a_block_begin_one() -> None:
    found = list(sentences(Running.of(document("<p>One. Two.</p><p>Three</p>"))))
    assert [one.begins_block for one in found] == [True, False, True]


def test_a_document_without_words_is_an_empty_text() -> None:
    files = folder.export([document("<p/>"), document("<p>a</p>")], options()).content
    assert isinstance(files, dict)
    assert sorted(text for name, text in files.items() if name.endswith(".txt")) == ["", "a\n"]


def test_tokens_end_at_names_and_are_those_of_the_document() -> None:
    running = Running.of(
        document("<p><persName>Lenin</persName>’s 1,000.5 o’clock... <w>ca n't</w><pc>?</pc> e\u0301te\u0301</p>")
    )
    tokens = [running.text[one.start : one.end] for sentence in sentences(running) for one in sentence.tokens]
    assert tokens == ["Lenin", "’", "s", "1,000.5", "o’clock", "...", "ca n't", "?", "e\u0301te\u0301"]


def test_conllu_says_what_the_document_says_of_words() -> None:
    made = document(
        '<p xml:id="p1"><s xml:id="s1"><w xml:id="w1" lemma="go" pos="VERB" msd="UPosTag=VERB|Tense=Past">went</w>'
        '<pc>,</pc> <w pos="NN"><persName>Ann</persName></w></s></p>'
    )
    lines = str(conllu.export([made], options()).content).splitlines()
    assert lines == [
        "# newdoc id = test",
        "# newpar id = p1",
        "# sent_id = s1",
        "# text = went, Ann",
        "1\twent\tgo\tVERB\t_\tTense=Past\t_\t_\t_\tEndChar=4|SpaceAfter=No|StartChar=0|TeiId=w1",
        "2\t,\t_\tPUNCT\t_\t_\t_\t_\t_\tEndChar=5|StartChar=4",
        "3\tAnn\t_\t_\tNN\t_\t_\t_\t_\tEndChar=9|NER=B-persName|StartChar=6",
        "",
    ]


@pytest.mark.parametrize("path", [CHAPTER, *SAMPLES], ids=lambda path: path.name)
def test_conllu_is_read_by_others_and_gives_the_text_again(path) -> None:  # type: ignore[no-untyped-def]
    reader = pytest.importorskip("conllu")
    made = str(conllu.export([Document.read(path)], options()).content)
    for sentence in reader.parse(made):
        said = "".join(
            token["form"] + ("" if (token["misc"] or {}).get("SpaceAfter") == "No" else " ") for token in sentence
        )
        assert said.strip() == sentence.metadata["text"]


def test_what_a_text_does_not_hold_is_said() -> None:
    made = document("<p>a<del>gone</del><gap/><choice><sic>teh</sic><corr>the</corr></choice></p>")
    told = [one.what for one in conllu.export([made], options()).unheld]
    assert told == ['"del" (gone)', '"sic" (teh)', '"gap"']


def test_the_folder_has_a_text_for_each_document_and_a_table() -> None:
    one, two = Document.read(CHAPTER), document("<p>a, b</p>")
    content = folder.export([one, two], options()).content
    assert isinstance(content, dict)
    assert set(content) == {"metadata.csv", "lenin-2-chapter-19.txt", "test.txt"}
    rows = list(csv.DictReader(io.StringIO(str(content["metadata.csv"]))))
    assert [row["file"] for row in rows] == ["lenin-2-chapter-19.txt", "test.txt"]
    assert (rows[0]["author"], rows[0]["language"], rows[1]["tokens"]) == ("Tony Cliff", "en", "3")
    assert content["test.txt"] == "a, b\n"


def test_json_has_text_entities_and_the_exact_place_of_each_annotation() -> None:
    made = document('<p>So <persName ref="#a" xml:id="x"><hi>Ann</hi> Lee</persName>ish</p>')
    said = json.loads(str(standoff.export([made], options()).content))
    assert said["ents"] == [{"start": 3, "end": 10, "label": "persName", "kb_id": "#a"}]
    (annotation,) = said["tei"]["annotations"]
    assert annotation["attributes"] == {"ref": "#a", "xml:id": "x"}
    assert annotation["source"][2:] == [1, 0]
    assert [said["text"][one["start"] : one["end"]] for one in said["tokens"]] == ["So", "Ann", "Lee", "ish"]


def test_elements_are_chosen_and_others_refused() -> None:
    made = document("<p><hi>a</hi> <date>b</date></p>")
    said = json.loads(str(standoff.export([made], options(elements="hi")).content))
    assert [one["label"] for one in said["ents"]] == ["hi"]
    with pytest.raises(ExchangeError, match="no name"):
        standoff.export([made], options(elements="a b"))


def test_json_has_what_stands_off_the_text() -> None:
    spans = (
        '<standOff><spanGrp><span target="#string-range(a,3,3)" xml:id="s"><persName ref="#ann">Ann</persName></span>'
        '<span target="#string-range(/TEI/text/body/p[2],0,2,3,1)"><fs type="w"><f name="lemma"><string>be</string></f></fs></span>'
        '<span target="#string-range(a,90,3)"><persName>gone</persName></span><span target="#a">words</span></spanGrp>'
        '<listAnnotation><annotation target="#string-range(a,0,2)"><note>Thus?</note></annotation></listAnnotation></standOff>'
    )
    made = Document.parse(
        tei('<p xml:id="a">So Ann came.</p><p>is not</p>').replace("<text>", f"{spans}<text>"), "a.xml"
    )
    said = json.loads(str(standoff.export([made], options()).content))
    assert [
        (one["element"], said["text"][one["start"] : one["end"]], one["attributes"])
        for one in said["tei"]["annotations"]
    ] == [
        ("persName", "Ann", {"xml:id": "s", "ref": "#ann"}),
        ("w", "is n", {"lemma": "be"}),
        ("note", "So", {"motivation": "commenting"}),
    ]
    assert said["tei"]["annotations"][2]["remark"] == "Thus?"
    assert said["ents"] == [{"start": 3, "end": 6, "label": "persName", "kb_id": "#ann"}]
    asked = json.loads(str(standoff.export([made], options(elements="w")).content))
    assert [one["element"] for one in asked["tei"]["annotations"]] == ["w"]


def test_docbin_is_what_spacy_reads_with_all_names_and_tokens() -> None:
    spacy = pytest.importorskip("spacy")
    both = [
        document('<p>So <persName ref="#a">Ann Lee</persName> came. She <w lemma="go" pos="VERB">went</w>.</p>'),
        document("<p>Two.</p>"),
    ]
    data = docbin.export(both, options()).content
    one, two = spacy.tokens.DocBin().from_bytes(data).get_docs(spacy.blank("xx").vocab)
    assert [(name.text, name.label_, name.kb_id_) for name in one.ents] == [("Ann Lee", "persName", "#a")]
    assert [(span.text, span.label_) for span in one.spans["tei"]] == [("Ann Lee", "persName")]
    assert [sentence.text for sentence in one.sents] == ["So Ann Lee came.", "She went."]
    assert [(token.text, token.lemma_, token.pos_) for token in one if token.lemma_] == [("went", "go", "VERB")]
    assert two.text == "Two."


def test_docbin_without_spacy_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy.tokens", None)
    with pytest.raises(ExchangeError, match=r"needs the package .*spacy"):
        docbin.export([document("<p>a</p>")], options())


@needs_shared
@pytest.mark.parametrize("path", [CHAPTER, *SAMPLES], ids=lambda path: path.name)
def test_spacy_reads_it(path) -> None:  # type: ignore[no-untyped-def]
    spacy = pytest.importorskip("spacy")
    said = json.loads(str(standoff.export([Document.read(path)], options()).content))
    doc = spacy.tokens.Doc(spacy.blank("xx").vocab).from_json(said, validate=True)
    assert (doc.text, len(doc.ents)) == (said["text"], len(said["ents"]))
