"""Which findings count, and how much."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.policy.selection import Selection, SelectionError, Sieve, patterns, unreadable

CODES = ("date-missing", "date-reversed", "not-tei", "no-schema")


def asked(selection: Selection, source: str = "") -> list[str]:
    return [code for code in CODES if selection.asks(code, source)]


def finding(code: str, severity: Severity = Severity.ERROR, origin: str = "rules", source: str = "a.xml") -> Diagnostic:
    return Diagnostic(Location(source, 1, 1), severity, code, "…", origin)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), [*CODES]),
        (Selection(select=("not-tei",)), ["not-tei"]),
        (Selection(select=("date-*", "not-tei")), ["date-missing", "date-reversed", "not-tei"]),
        (Selection(ignore=("date-*",)), ["not-tei", "no-schema"]),
        (Selection(ignore=("*",)), []),
        (Selection(select=("date-*",), ignore=("*-missing",)), ["date-reversed"]),
        (Selection(select=("date-missing",), ignore=("date-*",)), []),
        (Selection(ignore=("date",)), [*CODES]),
    ],
)
def test_what_is_selected_and_not_ignored_counts(selection: Selection, expected: list[str]) -> None:
    assert asked(selection) == expected


def test_files_may_be_spared_some_codes() -> None:
    per_file = (("drafts/**", ("no-schema",)), ("*.txt.xml", ("date-*", "not-tei")))
    selection = Selection(per_file_ignore=per_file, folder=Path("/edition"))
    assert asked(selection) == [*CODES]
    assert asked(selection, "/edition/tei/a.xml") == [*CODES]
    assert asked(selection, "/edition/drafts/old/a.xml") == ["date-missing", "date-reversed", "not-tei"]
    assert asked(selection, "/edition/drafts/a.txt.xml") == []
    assert asked(selection, "/edition/tei/../drafts/a.xml") == ["date-missing", "date-reversed", "not-tei"]
    assert asked(selection, "/elsewhere/drafts/a.xml") == [*CODES]
    assert asked(selection, "a\0b") == [*CODES]


def test_patterns_of_files_are_seen_from_the_settings_not_from_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "drafts").mkdir()
    selection = Selection(per_file_ignore=(("drafts/*.xml", ("*",)),), folder=tmp_path)
    monkeypatch.chdir(tmp_path / "drafts")
    assert asked(selection, "a.xml") == []
    monkeypatch.chdir(tmp_path)
    assert asked(selection, "a.xml") == [*CODES]
    assert asked(selection, "drafts/a.xml") == []


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ("date-missing", Severity.INFORMATION),
        ("date-reversed", Severity.WARNING),
        ("not-tei", Severity.FATAL),
        ("no-schema", None),
    ],
)
def test_the_closest_pattern_gives_the_severity(code: str, severity: Severity | None) -> None:
    given_ = {
        "date-missing": Severity.INFORMATION,
        "date-*": Severity.WARNING,
        "*-missing*-*": Severity.FATAL,
        "d*": Severity.FATAL,
        "not-*": Severity.FATAL,
    }
    assert Selection(severities=given_).severity(code) == severity


def test_a_finding_is_weighed_by_its_code() -> None:
    sieve = Sieve(Selection(severities={"date-*": Severity.WARNING}))
    assert sieve.weighed(finding("date-missing")).severity == Severity.WARNING
    assert sieve.weighed(finding("not-tei")) == finding("not-tei")


@pytest.mark.parametrize("code", ["not-well-formed", "encoding-mismatch"])
def test_that_a_document_cannot_be_read_always_counts(code: str) -> None:
    selection = Selection(("not-tei",), ("*",), (("**", ("*",)),), {"*": Severity.INFORMATION})
    fatal = finding(code, Severity.FATAL, "xml")
    assert unreadable(fatal)
    assert Sieve(selection).keeps(fatal)
    assert Sieve(selection).weighed(fatal) == fatal


def test_what_a_schematron_schema_calls_fatal_can_be_ignored() -> None:
    assert not Sieve(Selection(ignore=("my-*",))).keeps(finding("my-rule", Severity.FATAL, "my.sch"))


def test_patterns_are_words_or_parts_of_words() -> None:
    assert patterns(["date-*,not-tei", " a, b  c", ""]) == ("date-*", "not-tei", "a", "b", "c")
    assert patterns(["règle-1.2_b"]) == ("règle-1.2_b",)


@pytest.mark.parametrize("word", ["a:b", "[ab]", "a?", "a/b", '"a"'])
def test_what_can_be_no_code_is_refused(word: str) -> None:
    with pytest.raises(SelectionError, match="is not a code"):
        patterns([word])


def test_unknown_codes_are_told_with_a_guess() -> None:
    per_file = (("a.xml", ("not-tie",)),)
    weights = {"x": Severity.ERROR, "*": Severity.ERROR}
    selection = Selection(("date-*", "dote-*"), ("date-revresed",), per_file, weights)
    assert selection.unknown(CODES) == (
        'no check has the code "dote-*"',
        'no check has the code "date-revresed"; did you mean "date-reversed"?',
        'no check has the code "x"',
        'no check has the code "not-tie"; did you mean "not-tei"?',
    )
    assert Selection(("date-*",), ("*",)).unknown(CODES) == ()


PATTERN = st.sampled_from([*CODES, "date-*", "*", "no*"])
SOME = st.lists(PATTERN, max_size=2).map(tuple)
SELECTION = st.tuples(SOME, SOME).map(lambda pair: Selection(*pair))


@given(SELECTION, st.sampled_from(CODES), PATTERN)
def test_ignoring_more_never_shows_more_and_selecting_more_never_shows_less(
    selection: Selection, code: str, more: str
) -> None:
    assert selection.asks(code) >= selection._replace(ignore=(*selection.ignore, more)).asks(code)
    if selection.select:
        assert selection.asks(code) <= selection._replace(select=(*selection.select, more)).asks(code)


@given(SELECTION, st.sampled_from(CODES))
def test_a_sieve_keeps_what_the_selection_asks_for(selection: Selection, code: str) -> None:
    sieve = Sieve(selection)
    assert sieve.keeps(finding(code)) == selection.asks(code) == sieve.keeps(finding(code))
