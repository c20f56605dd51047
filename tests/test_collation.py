"""Collation: whoever loses, adds or changes a word is found; whoever declares a correction is not."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from building import document
from places import CHAPTER, ROOT, TRANSCRIPTION
from teiwright.collation import IN_A_SENTENCE, INLINE, collate, compared
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.names import XSL, tei


def codes(tmp_path, text, transcription, **parts):
    path = tmp_path / "t.txt"
    path.write_text(transcription, encoding="utf-8")
    return [d.code for d in collate(document(text, **parts), path).report]


def test_the_same_words_agree_whatever_the_white_space(tmp_path):
    assert codes(tmp_path, "<p>One  two\n three</p><p>four</p>", "One two\n\nthree four") == []


def test_a_lost_space_is_a_difference(tmp_path):
    assert codes(tmp_path, "<p><hi>One</hi><hi>two</hi></p>", "One two") == ["words-differ"]


def test_paragraphs_stand_apart_without_a_space_between_them(tmp_path):
    assert codes(tmp_path, "<p>One</p><p>two</p>", "One\ntwo") == []


def test_lost_and_added_words(tmp_path):
    assert codes(tmp_path, "<p>One three</p>", "One two three") == ["words-missing"]
    assert codes(tmp_path, "<p>One two three</p>", "One three") == ["words-added"]


def test_sic_counts_and_corr_does_not(tmp_path):
    choice = "<p>a <choice><sic>teh</sic><corr>the</corr></choice> b</p>"
    assert codes(tmp_path, choice, "a teh b") == []
    assert codes(tmp_path, choice, "a the b") == ["words-differ"]
    assert codes(tmp_path, "<p>a the b</p>", "a teh b") == ["words-differ"]


def test_what_editors_supply_is_theirs_and_what_the_author_supplies_is_not(tmp_path):
    resp = '<author xml:id="author">A</author><respStmt><resp>E</resp><name xml:id="editor">E</name></respStmt>'
    assert codes(tmp_path, '<p>a <supplied resp="#editor">b</supplied></p>', "a", resp=resp) == []
    assert codes(tmp_path, '<p>a <supplied resp="#author">[b]</supplied></p>', "a [b]", resp=resp) == []


def test_notes_stand_at_the_end_by_place_and_a_note_in_a_note_in_its_sequence(tmp_path):
    text = (
        '<p>a <note n="1" place="end">one</note> b <note n="1*" place="bottom">foot <note n="2" place="end">two</note></note>'
        ' c <note n="3" place="end">three</note></p>'
    )
    assert codes(tmp_path, text, "a [1] b [1*] c [3]\n\n1*. foot [2]\n\n1. one\n\n2. two\n\n3. three") == []


def test_the_place_of_a_difference_is_in_the_encoding_and_its_line_in_the_transcription(tmp_path):
    path = tmp_path / "t.txt"
    path.write_text("first\nsecond word")
    (finding,) = collate(document("\n<p>first</p>\n<p>second <hi>world</hi></p>"), path).report
    assert 't.txt, line 2, after "first second"' in finding.message
    assert finding.location.xpath == "/TEI/text/body/p[2]/hi"


words = st.lists(st.text("abcdé’“[]", min_size=1, max_size=5), min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words, st.data())
def test_any_single_change_is_found_at_its_line(tmp_path, original, data):
    place = data.draw(st.integers(0, len(original) - 1))
    changed = [*original]
    changed[place] += "x"
    path = tmp_path / "t.txt"
    path.write_text("\n".join(changed), encoding="utf-8")
    (finding,) = collate(document(f"<p>{' '.join(original)}</p>"), path).report
    assert f'"{changed[place]}"' in finding.message
    assert f"line {place + 1}," in finding.message


@given(words, words)
def test_what_agrees_and_what_differs_is_the_whole(source, encoded):
    same, spans = compared(source, encoded)
    assert same + sum(b - a for a, b, _, _ in spans) == len(source)
    assert same + sum(d - c for _, _, c, d in spans) == len(encoded)
    assert (spans == []) == (source == encoded)


def test_notes_without_labels_are_numbered_in_their_sequence(tmp_path):
    text = '<p>a <note place="end">one</note> b <note place="foot">foot</note> c <note place="end">two</note> d <note place="inline">in</note></p>'
    assert codes(tmp_path, text, "a [1] b [1] c [2] d in\n1. foot\n1. one\n2. two") == []


@pytest.mark.parametrize("nothing", ["\ufeff", "\u00a0", "\n\n"])
def test_a_transcription_without_words_is_refused(tmp_path, nothing):
    with pytest.raises(DocumentError, match=r"has no words|is empty"):
        codes(tmp_path, "<p>a</p>", nothing)


def test_the_chapter_keeps_the_words_of_its_transcription():
    outcome = collate(Document.read(CHAPTER), TRANSCRIPTION)
    assert list(outcome.report) == []
    assert outcome.words == len(TRANSCRIPTION.read_text(encoding="utf-8").split())
    assert outcome.corrections


def test_what_runs_on_in_a_line_is_what_the_stylesheets_say():
    variables = etree.parse(ROOT / "xslt" / "shared" / "space.xsl").getroot().iterfind(f"{{{XSL}}}variable[@static]")
    lists = {v.get("name"): {tei(name) for name in v.get("select").split("'")[1].split()} for v in variables}
    assert lists["inline"] == INLINE
    assert lists["inline-in-a-sentence"] == IN_A_SENTENCE


def test_an_inline_element_does_not_part_words(tmp_path):
    assert codes(tmp_path, "<p>in<country>Russia</country>today</p>", "in Russia today") == ["words-differ"]


def test_a_quotation_between_paragraphs_stands_apart(tmp_path):
    assert codes(tmp_path, "<p>One</p><quote>two</quote><p>three</p>", "One two three") == []
    assert codes(tmp_path, "<p>One<quote>two</quote></p>", "One two") == ["words-differ"]
