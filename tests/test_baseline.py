"""Findings that were accepted are known again, whatever was edited elsewhere; new ones are not."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults import findings, report
from places import SHARED, needs_shared
from teiwright.diagnostic import Diagnostic, Location, Report, Severity
from teiwright.document import Document
from teiwright.policy.baseline import LARGEST, Baseline, BaselineError, Comparison
from teiwright.policy.fingerprint import Fingerprint
from teiwright.schema import Schema
from teiwright.validation import validate
from teiwright.version import __version__

SOURCE = "/corpus/tei/a.xml"
WORDS = st.lists(st.sampled_from(["Tyger", "burning", "bright", "forests"]), max_size=3).map(" ".join)
SOUND = WORDS.map(lambda words: f"<p>{words}</p>") | st.sampled_from(["", "  ", "<!-- so -->", "<lb/>"])
FAULTY = st.tuples(
    st.sampled_from(["<bad>{}</bad>", '<p n="bad">{}</p>', "<open>{}</open>", "<p>@@ {}</p>", "<bad>{}<bad/></bad>"]),
    WORDS,
).map(lambda pair: pair[0].format(pair[1]))
LINES = st.lists(SOUND | FAULTY, max_size=12)


def text_of(lines: Sequence[str]) -> str:
    return "\n".join(["<text>", *lines, "</text>"])


def accepting(text: str, source: str = SOURCE) -> Baseline:
    return Baseline.of(Path("/corpus/baseline.json"), report(text, source), lambda _: text)


def compared(baseline: Baseline, text: str, source: str = SOURCE) -> Comparison:
    return baseline.compare(findings(text, source), text, source)


@given(LINES)
def test_what_was_accepted_is_not_new(lines: list[str]) -> None:
    text = text_of(lines)
    comparison = compared(accepting(text), text)
    assert comparison == Comparison((), tuple(findings(text, SOURCE)), {})


@given(LINES, st.lists(st.tuples(st.integers(0, 12), SOUND), max_size=6))
def test_sound_lines_anywhere_between_make_nothing_new(lines: list[str], more: list[tuple[int, str]]) -> None:
    edited = list(lines)
    for at, line in more:
        edited.insert(at, line.replace("Tyger", "").replace("burning", "").replace("bright", "").replace("forests", ""))
    comparison = compared(accepting(text_of(lines)), text_of(edited))
    assert comparison.new == ()
    assert comparison.gone == {}


@given(LINES)
def test_other_white_space_makes_nothing_new(lines: list[str]) -> None:
    text = text_of(lines)
    edited = text.replace("<p n=", "\n\n  <p\n\tn=").replace(" ", "\r\n   ")
    assert compared(accepting(text), edited).new == ()


@given(LINES, FAULTY, st.integers(0, 12))
def test_one_more_fault_is_new_and_only_its_findings_are(lines: list[str], fault: str, at: int) -> None:
    edited = list(lines)
    edited.insert(at, fault)
    comparison = compared(accepting(text_of(lines)), text_of(edited))
    assert len(comparison.new) == len(findings(f"<text>{fault}</text>"))
    assert comparison.gone == {}


@given(LINES, st.integers(0, 12))
def test_a_mended_fault_is_gone_and_nothing_is_new(lines: list[str], at: int) -> None:
    edited = [*lines[:at], *lines[at + 1 :]]
    comparison = compared(accepting(text_of(lines)), text_of(edited))
    assert comparison.new == ()
    lost = len(findings(text_of(lines))) - len(findings(text_of(edited)))
    assert sum(comparison.gone.values()) == lost


def test_a_mended_fault_does_not_pay_for_a_new_one_of_its_kind() -> None:
    before = text_of(['<p n="bad">Tyger</p>', "<p>Lamb</p>"])
    after = text_of(["<p>Tyger</p>", '<p n="bad">Lamb</p>'])
    comparison = compared(accepting(before), after)
    assert [finding.location.line for finding in comparison.new] == [3]
    assert [mark.at for mark in comparison.gone] == ['<p n="bad"> Tyger']


def test_of_equal_findings_the_last_ones_are_new() -> None:
    comparison = compared(accepting(text_of(["<bad/>", "<bad/>"])), text_of(["<bad/>"] * 3))
    assert [finding.location.line for finding in comparison.new] == [4]


def test_that_a_document_cannot_be_read_is_never_accepted() -> None:
    fatal = Diagnostic(Location(SOURCE, 1, 1), Severity.FATAL, "not-well-formed", "…", "xml")
    baseline = Baseline.of(Path("/corpus/b.json"), Report.of([fatal], [SOURCE]), lambda _: "<a>")
    assert len(baseline) == 0
    by_hand = Baseline(Path("/corpus"), {"tei/a.xml": {Fingerprint("", "not-well-formed", "…", ""): 1}})
    assert by_hand.compare([fatal], "<a>", SOURCE).new == (fatal,)


def test_another_wording_is_known_where_another_version_wrote_the_baseline() -> None:
    text = text_of(["<bad>Tyger</bad>"])
    reworded = [finding._replace(message="this is no element") for finding in findings(text, SOURCE)]
    same = accepting(text)
    assert same.compare(reworded, text, SOURCE).new == tuple(reworded)
    older = replace(same, version="0.0.1")
    assert older.compare(reworded, text, SOURCE) == Comparison((), tuple(reworded), {})
    assert [f.location.line for f in compared(older, text_of(["<bad>Tyger</bad>", "<bad>Lamb</bad>"])).new] == [3]


# Files and folders


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for name in ("tei/a.xml", "tei/b.xml", "more/ü #1.xml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text_of(["<bad>x</bad>", f'<p n="bad">{name}</p>']), encoding="utf-8")
    return folder


def whole(folder: Path, reverse: bool = False) -> Report:
    files = sorted(folder.glob("*/*.xml"), reverse=reverse)
    return Report.merged(report(file.read_text(encoding="utf-8"), str(file)) for file in files)


def read(source: str) -> str:
    return Path(source).read_text(encoding="utf-8")


def new(folder: Path) -> list[str]:
    baseline = Baseline.read(folder / "b.json")
    files = folder.glob("*/*.xml")
    found = (baseline.compare(findings(read(str(f)), str(f)), read(str(f)), str(f)).new for f in files)
    return [f"{Path(d.location.source).name}:{d.location.line}" for some in found for d in some]


def test_the_file_is_read_as_it_was_written(corpus: Path) -> None:
    made = Baseline.of(corpus / "b.json", whole(corpus), read)
    made.write(corpus / "b.json")
    again = Baseline.read(corpus / "b.json")
    assert again == made
    assert str(again) == (corpus / "b.json").read_text(encoding="utf-8")
    assert len(again) == 6
    assert new(corpus) == []


def test_the_file_is_the_same_for_every_order_of_documents(corpus: Path) -> None:
    one = Baseline.of(corpus / "b.json", whole(corpus), read)
    other = Baseline.of(corpus / "b.json", whole(corpus, reverse=True), read)
    assert str(one) == str(other)


def test_one_entry_stands_in_a_line_and_says_what_it_is(corpus: Path) -> None:
    text = text_of(["<bad/>", "<bad/>"])
    lines = str(accepting(text)).splitlines()
    assert lines == [
        "{",
        ' "format": "teiwright baseline 1",',
        f' "version": "{__version__}",',
        ' "files": {',
        '  "tei/a.xml": [',
        '   {"path": "/text/bad", "code": "element-not-allowed", "message": "element \\"bad\\" is not allowed here", '
        '"at": "<bad/>", "count": 2}',
        "  ]",
        " }",
        "}",
    ]
    assert json.loads("\n".join(lines))


def test_an_empty_baseline_is_one(tmp_path: Path) -> None:
    Baseline(tmp_path).write(tmp_path / "b.json")
    assert Baseline.read(tmp_path / "b.json") == Baseline(tmp_path)


def test_a_corpus_may_be_moved_with_its_baseline(corpus: Path, tmp_path: Path) -> None:
    Baseline.of(corpus / "b.json", whole(corpus), read).write(corpus / "b.json")
    shutil.move(corpus, tmp_path / "elsewhere")
    assert new(tmp_path / "elsewhere") == []


def test_documents_are_known_by_any_way_to_them(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    baseline = Baseline.of(corpus / "b.json", whole(corpus), read)
    (tmp_path / "link").symlink_to(corpus)
    monkeypatch.chdir(corpus / "more")
    for way in ("../tei/a.xml", str(tmp_path / "link" / "tei" / "a.xml"), str(corpus / "tei" / "a.xml")):
        assert baseline.name(way) == "tei/a.xml"
    assert baseline.name("../../other.xml") == "../other.xml"


def test_a_file_that_was_moved_is_known_by_its_name(corpus: Path) -> None:
    Baseline.of(corpus / "b.json", whole(corpus), read).write(corpus / "b.json")
    (corpus / "tei" / "a.xml").rename(corpus / "more" / "a.xml")
    assert new(corpus) == []
    shutil.copy(corpus / "tei" / "b.xml", corpus / "more" / "b.xml")  # the first is still there: this one is new
    assert sorted(new(corpus)) == ["b.xml:2", "b.xml:3"]


def test_a_new_baseline_keeps_what_was_not_looked_at(corpus: Path) -> None:
    old = Baseline.of(corpus / "b.json", whole(corpus), read)
    (corpus / "tei" / "b.xml").unlink()
    a = corpus / "tei" / "a.xml"
    a.write_text(text_of(['<p n="bad">new</p>']), encoding="utf-8")
    this = Baseline.of(corpus / "b.json", report(read(str(a)), str(a)), read)
    files = old.renewed(this).files
    assert sorted(files) == ["more/ü #1.xml", "tei/a.xml"]
    assert files["more/ü #1.xml"] == old.files["more/ü #1.xml"]
    assert [mark.at for mark in files["tei/a.xml"]] == ['<p n="bad"> new']
    selected = old.renewed(this, lambda code: code == "attribute-value").files["tei/a.xml"]
    assert sorted(mark.code for mark in selected) == ["attribute-value", "element-not-allowed"]


def test_a_new_baseline_may_stand_in_another_folder(corpus: Path) -> None:
    old = Baseline.of(corpus / "b.json", whole(corpus), read)
    moved = old.renewed(Baseline(corpus / "tei"))
    assert sorted(moved.files) == ["../more/ü #1.xml", "a.xml", "b.xml"]


ENTRY = '{"path": "", "code": "c", "message": "m", "at": ""}'


def counted(count: str) -> str:
    return ENTRY.replace("}", f', "count": {count}}}')


def content(files: str) -> str:
    return f'{{"format": "teiwright baseline 1", "files": {files}}}'


def entries(*listed: str) -> str:
    return content(f'{{"a": [{", ".join(listed)}]}}')


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "b.json:1: not a baseline: it is not JSON (see --write-baseline)"),
        ("{\n]", "b.json:2: not a baseline: it is not JSON"),
        ("[" * 100_000, "b.json: not a baseline: it is not JSON"),
        (entries(counted("9" * 10_000)), "b.json: not a baseline: it is not JSON"),
        ("[]", 'b.json: not a baseline: expected an object with "format": "teiwright baseline 1"'),
        ('{"a": 1}', 'b.json: not a baseline: expected an object with "format": "teiwright baseline 1"'),
        ('{"format": "teiwright baseline 2"}', "b.json: this baseline is of another version of the toolkit"),
        ('{"format": "teiwright baseline 1"}', 'b.json: the baseline is damaged: expected "files" to be an object'),
        (content('{"a": 1}'), 'b.json: the baseline is damaged at "a": expected entries with "path", "code"'),
        (entries("1"), 'b.json: the baseline is damaged at "a"'),
        (entries('{"code": "c"}'), 'b.json: the baseline is damaged at "a"'),
        (entries(counted("0")), 'b.json: the baseline is damaged at "a"'),
        (entries(counted("true")), 'b.json: the baseline is damaged at "a"'),
    ],
)  # fmt: skip
def test_a_file_that_is_no_baseline(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "b.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError) as error:
        Baseline.read(file)
    assert str(error.value).removeprefix(f"{tmp_path}/").startswith(sentence)


def test_a_baseline_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(b"\xff\xfe{}")
    for path, sentence in (
        (tmp_path / "b.json", "not a baseline: it is not JSON"),
        (tmp_path / "none.json", "no such baseline (write it by --write-baseline)"),
        (tmp_path, "not a baseline: it is no regular file"),
        (Path("a\0b"), "the baseline cannot be read: no file can have this name"),
    ):
        with pytest.raises(BaselineError, match=sentence.replace("(", "\\(").replace(")", "\\)")):
            Baseline.read(path)


def test_a_file_without_end_is_no_baseline(tmp_path: Path) -> None:
    (tmp_path / "b.json").touch()
    os.truncate(tmp_path / "b.json", LARGEST + 1)
    with pytest.raises(BaselineError, match="larger than 256 MB"):
        Baseline.read(tmp_path / "b.json")


def test_equal_entries_are_added_up(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(entries(ENTRY, counted("2")), encoding="utf-8")
    assert len(Baseline.read(tmp_path / "b.json")) == 3


# Real documents, with the findings that they have against a grammar and the rules

BLOCK = re.compile(r"^(?=\s*<(?:p|div|l|lg|sp|head|item|note|person|place|bibl)\b)", re.MULTILINE)


def validated(text: str) -> Report:
    grammar = Schema.load(SHARED / "tei" / "tei_all.rng")
    return Report.of(validate(Document.parse(text, SOURCE), [grammar]), [SOURCE])


@needs_shared
@pytest.mark.parametrize("name", ["L00900.xml", "phi0474.phi025.perseus-lat2.xml", "testplace.xml", "testgos.xml"])
def test_findings_in_a_real_document_are_known_after_it_was_edited(name: str) -> None:
    (path,) = (SHARED / "samples").rglob(name)
    text = path.read_text(encoding="utf-8")
    old = validated(text)
    assert len(old) > 10
    baseline = Baseline.of(Path("/corpus/b.json"), old, lambda _: text)
    edited = BLOCK.sub("<!-- more -->\n\n", text)
    assert edited.count("\n") > text.count("\n") + 10
    comparison = baseline.compare(validated(edited), edited, SOURCE)
    assert (comparison.new, dict(comparison.gone)) == ((), {})
    body = edited.rindex("</p>")
    worse = f"{edited[:body]} <gapp/>{edited[body:]}"
    (new,) = baseline.compare(validated(worse), worse, SOURCE).new
    assert (new.code, '"gapp"' in new.message) == ("element-not-allowed", True)
