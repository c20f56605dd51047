"""By what a finding is known again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults import findings
from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.policy.fingerprint import Fingerprint, fingerprints

WORDS = st.lists(st.sampled_from(["Tyger", "burning", "bright", "é", "𝄞"]), max_size=12).map(" ".join)


def marks(text: str) -> list[Fingerprint]:
    return fingerprints(findings(text), text)


def at(text: str) -> str:
    (mark,) = marks(text)
    return mark.at


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<a><bad>Tyger</bad></a>", "<bad> Tyger"),
        ("<a>\n  <bad\n   m='1'>\n  <q>Ty<!--x>y-->ger</q>\n  Tyger</bad></a>", "<bad m='1'> Tyger Tyger"),
        ("<a><bad/></a>", "<bad/>"),
        ("<a><bad/>Tyger</a>", "<bad/> Tyger"),
        ('<a><p m="a > b" n="bad">x</p></a>', '<p m="a > b" n="bad"> x'),
        ("<a><open>Tyger <q/></open>Lamb</a>", "<open> Tyger"),
        ("<a><p><q/>Tyger<bad/><q m='>'><q/> burning</q> bright</p>Lamb</a>", "<bad/> burning bright"),
        ("<a><bad></bad>Tyger</a>", "<bad>"),
        ("<a>Tyger <q/> @@ \n bright<q>x</q></a>", "@@ brightx"),
        ("<a><q>@@</q> bright</a>", "@@"),
        ("<a><![CDATA[Tyger]]>x<bad/>y</a>", "<bad/> y"),
        ("<a><bad><![CDATA[Tyger]]]></bad></a>", "<bad> Tyger]"),
        (f"<a><bad>{'Tyger ' * 20}</bad></a>", "<bad> Tyger Tyger Tyger Tyger Tyger Tyger Tyge"),
        ("<a>é𝄞\r\n<bad>Tyger</bad></a>", "<bad> Tyger"),
    ],
)
def test_what_the_document_says_at_the_place(text: str, expected: str) -> None:
    assert at(text) == expected


def test_a_long_start_tag_is_cut() -> None:
    assert len(at(f'<a><bad m="{"x" * 1000}">Tyger</bad></a>')) < 220


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"p" is incomplete; expected "head"', '"p" is incomplete; expected "head" or "ab" … and 3 more after "x"'),
        ('element "l" is not allowed; did you mean "p"?', 'element "l" is not allowed; did you mean "lg"?'),
        ('"x" is "y"; expected "z", did you mean "z"?', '"x" is "y"; expected "z"'),
        ('"div", opened in line 7, is open', '"div", opened in line 1,007, is open'),
        ("the same is in lines 7, 8 and 9", "the same is in lines 8, 9, 12 and 100"),
        ("see tyger.xml:12:7", "see tyger.xml:13:1"),
        ("at /TEI/text/p[2]/l[14]", "at /TEI/text/p[3]/l[1]"),
    ],
)
def test_messages_that_say_the_same_of_another_place(one: str, other: str) -> None:
    assert message(one) == message(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('"p" is incomplete', '"div" is incomplete'),
        ('there are 5 "p"; expected 6', 'there are 7 "p"; expected 6'),
        ("line by line", "line by word"),
        ("the year 1917", "the year 1918"),
    ],
)
def test_messages_that_say_something_else(one: str, other: str) -> None:
    assert message(one) != message(other)


def message(text: str) -> str:
    return fingerprints([Diagnostic(Location("a.xml"), Severity.ERROR, "c", text)], "")[0].message


def test_paths_lose_their_positions_only() -> None:
    place = Location("a.xml", 1, 1, "/TEI/text/Q{urn:a[1]b}p[2]/@n")
    (mark,) = fingerprints([Diagnostic(place, Severity.ERROR, "c", "m")], "<TEI/>")
    assert mark.path == "/TEI/text/Q{urn:ab}p/@n"


def test_a_finding_about_the_file_is_at_nothing() -> None:
    (mark,) = fingerprints([Diagnostic(Location("a.xml", 1), Severity.ERROR, "c", "m")], "<TEI/>")
    assert mark == Fingerprint("", "c", "m", "")


def test_whatever_a_document_says_can_be_written() -> None:
    text = "<a><bad>\ud800</bad></a>"
    (mark,) = fingerprints(findings(text), text)
    assert mark.at == "<bad> ?"
    assert "".join(mark).encode("utf-8")


@given(WORDS, WORDS, st.integers(0, 40))
def test_places_are_no_part_of_it(before: str, words: str, lines: int) -> None:
    fault = f'<open><bad n="bad">{words}</bad><p/>@@</open>'
    above = before + "\n<p>x</p>" * lines
    assert marks(f"<a>{fault}</a>") == marks(f"<a>{above}{fault}</a>")


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 90)), max_size=9))
def test_any_place_in_any_text_has_one(text: str, places: list[tuple[int, int]]) -> None:
    found = [Diagnostic(Location("a.xml", *place), Severity.ERROR, "c", "m") for place in places]
    assert len(fingerprints(found, text)) == len(places)


@pytest.mark.parametrize(
    "text", ["<!--" * 200_000, "<" * 400_000, '<a b="' * 100_000, f'<a b="{"x" * 10**6}', "]" * 10**6]
)
def test_broken_texts_are_no_trap(text: str) -> None:
    found = [Diagnostic(Location("a.xml", 1, 1 + n), Severity.ERROR, "c", "m") for n in range(200)]
    assert len(fingerprints(found, text)) == 200
