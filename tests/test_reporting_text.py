"""Findings for people: one line that editors can jump to, the line of the source, a mark that fits, nothing that steers."""

import io
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from findings import account, accounts, diagnostics, finding, whatever
from teiwright.diagnostic import Location, Report, Severity
from teiwright.reporting import excerpt, text
from teiwright.reporting.account import Account, rendered
from teiwright.reporting.excerpt import AROUND, Excerpt, Sources
from teiwright.reporting.legible import one_line, printable
from teiwright.reporting.summary import summary
from teiwright.reporting.terminal import STYLES, Palette, coloured, runs_both_ways, width

POEM = """<body>
\t<lg n="1">
    <l>Zu\u0308rich, 東京: <persname ref="#a b">Ada</persname></l>
  </lg>
</body>
"""


def told(source: str, *places: tuple[int, int], columns: int = text.WIDEST) -> list[str]:
    """The lines below the findings at some places of a source."""
    found = [finding(line, column) for line, column in places]
    lines = text.with_sources(found, Sources({"poem.xml": source}), columns=columns)
    return [line for line in lines if line.startswith(" ")]


def test_the_first_line_is_what_editors_jump_to() -> None:
    found = finding(3, 5)
    assert [*text.lines([found])] == [str(found)]
    assert next(text.with_sources([found], Sources({"poem.xml": POEM}))) == str(found)


@pytest.mark.parametrize(
    ("place", "line", "mark"),
    [
        ((2, 2), '     2 |     <lg n="1">', "       |     ^^^"),  # the name of a tag; a tab is four spaces
        ((2, 6), '     2 |     <lg n="1">', "       |         ^^^^^"),  # an attribute with its value
        ((1, 2), "     1 | <body>", "       |  ^^^^"),  # a word
        ((5, 1), "     5 | </body>", "       | ^^^^^^"),
        ((5, 8), "     5 | </body>", "       |        ^"),  # behind the end of the line
        ((5, 99), "     5 | </body>", "       |        ^"),
    ],
)
def test_the_mark_is_under_the_culprit(place: tuple[int, int], line: str, mark: str) -> None:
    assert told(POEM, place) == [line, mark]


def test_the_mark_counts_cells_of_the_terminal() -> None:
    column = POEM.splitlines()[2].index("<persname") + 1
    line, mark = told(POEM, (3, column))
    assert mark.index("^") == width(line[: line.index("<persname")])
    assert mark.count("^") == len("<persname")
    assert width("Zu\u0308rich, 東京") == 12
    assert width("\uff21\u200c") == 2


@pytest.mark.parametrize("place", [(0, 0), (3, 0), (0, 3), (7, 1), (99, 1)])
def test_without_a_line_there_is_no_mark(place: tuple[int, int]) -> None:
    assert told(POEM, place) == []


@pytest.mark.parametrize("name", ["-", "/dev/stdin", "/nowhere/poem.xml", ".", "a\0b", "", "x" * 5000, "/dev/zero"])
def test_what_cannot_be_read_again_is_told_without_its_line(name: str) -> None:
    found = finding(1, 1, source=name)
    assert len([*text.with_sources([found], Sources())]) == 1
    assert Sources().text(name) == ""


def test_the_address_that_a_schema_adds_is_told() -> None:
    found = finding(99, 1)
    more = Account((Report.of([type(found)(found.location, found.severity, "c", "m", "o", "https://example.org/c")]),))
    assert text.rendered(more).splitlines()[1] == "       = see https://example.org/c"


def test_a_long_line_is_cut_around_the_place() -> None:
    source = "<p>" + "lorem ipsum " * 300 + '<l n="1">x</l>' + " dolor" * 300 + "</p>"
    line, mark = told(source, (1, source.index("<l") + 1), columns=60)
    assert line.startswith("     1 | …")
    assert line.endswith("…")
    assert 55 <= width(line) <= 60
    assert line[mark.index("^") :].startswith("<l n=")
    assert line[: mark.index("^")].endswith("ipsum ")


def test_a_culprit_wider_than_the_terminal_begins_the_line() -> None:
    source = f'<p><ref target="{"x" * 500}"/></p>'
    line, mark = told(source, (1, source.index("target") + 1), columns=40)
    assert line.startswith('     1 | …target="xxx')
    assert width(line) == 40
    assert mark == "       |  " + "^" * 29


def test_where_text_runs_from_right_to_left_the_culprit_is_named() -> None:
    source = "<p>שלום <q>x</q></p>"
    assert told(source, (1, source.index("<q") + 1))[1] == '       | here: "<q"'
    assert told(source, (1, 1))[1] == "       | ^^"  # before the text that is turned
    assert told("<p>سلام", (1, 9))[1] == "       | at the end"


def test_nothing_of_a_document_steers_the_terminal() -> None:
    lines = told("<p>\x1b[2J\u202e\x07<q/></p>", (1, 10))
    assert lines[0] == "     1 | <p>[U+001B][2J[U+202E][U+0007]<q/></p>"
    assert lines[1].index("^") == lines[0].index("<q")
    (line,) = text.lines([finding(message="a\x1b]0;x\x07\nb", source="a\nb\x1b.xml", code="c\u2066")])
    assert line == "a b[U+001B].xml:1:1: error: a[U+001B]]0;x[U+0007] b [c[U+2066]]"


def test_every_character_is_shown_or_named() -> None:
    """Letters of medievalists' fonts (private use), joiners and what belongs to Arabic numbers are shown."""
    shown = {c for c in map(chr, range(sys.maxunicode + 1)) if printable(c) == c}
    assert {"\u200c", "\u200d", "\ue000", "\u00a0", "\u0600"} <= shown
    steering = {"Cc", "Cs", "Zl", "Zp"}
    assert not [c for c in shown if unicodedata.category(c) in steering]
    formats = {c for c in shown if unicodedata.category(c) == "Cf"} - {"\u200c", "\u200d"}
    assert {unicodedata.bidirectional(c) for c in formats} == {"AN"}


@given(diagnostics)
def test_any_finding_is_one_line_without_steering(found) -> None:
    (line,) = text.lines([found])
    assert printable(line) == line
    assert f": {found.severity}: " in line


@given(accounts)
def test_any_account_can_be_told(told_account: Account) -> None:
    lines = text.rendered(told_account).splitlines()
    assert len([line for line in lines if not line.startswith(" ")]) <= sum(map(len, told_account.reports))
    assert all(printable(line) == line for line in lines)
    text.rendered(told_account).encode("utf-8")


@given(st.text(st.characters(exclude_categories=(), exclude_characters="\r\n")), st.data())
def test_the_mark_points_to_the_character(line: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(line)))
    columns = data.draw(st.integers(1, 40))
    shown = text.Shown(Excerpt.of(line, at), columns)
    if runs_both_ways(line):
        return
    before = len(shown.mark) - len(shown.mark.lstrip(" "))
    head = next(n for n in range(len(shown.text) + 1) if width(shown.text[:n]) == before)
    culprit = "".join(text.cells(line[at : at + 1]))
    assert culprit in shown.text[head:][: len(culprit) + 3] or not culprit
    assert width(shown.text) <= max(columns, 10) + 2


@given(st.lists(st.text("ab<\t é", max_size=20)), st.integers(1, 8), st.sampled_from(["\n", "\r\n", "\r"]), st.data())
def test_a_place_is_found_wherever_a_line_is_broken_for_reading(lines, piece, end, data) -> None:
    """Long lines are read in pieces; the character at the place is the same whatever the size of the pieces."""
    where = st.tuples(st.integers(1, 8), st.integers(1, 24))
    places = data.draw(st.lists(where))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(excerpt, "PIECE", piece)
        found = Sources({"a": end.join(lines)}).excerpts("a", places)
    for line, column in places:
        text_there = lines[line - 1] if line <= len(lines) else ""
        got = found.get((line, column))
        if column <= len(text_there):
            assert got is not None
            assert got.text[got.at] == text_there[column - 1]
        elif got is not None:
            assert got.at == len(got.text)
            assert got.length == 0


def test_little_of_a_long_line_is_kept() -> None:
    line = "x" * 3_000_000
    found = Sources({"a": line}).excerpts("a", [(1, 1), (1, 1_500_000), (1, 3_000_000)])
    assert [len(part.text) <= 2 * AROUND for part in found.values()] == [True] * 3
    middle = found[1, 1_500_000]
    assert middle.cut_before
    assert middle.cut_after
    assert not found[1, 3_000_000].cut_after
    assert Sources({"a": line}).excerpts("a", [(1, excerpt.PIECE + 1)])[1, excerpt.PIECE + 1].cut_before


@pytest.mark.parametrize(
    "data",
    [
        "<p>\n<q>Zürich</q></p>".encode("utf-8-sig"),
        "<p>\n<q>Zürich</q></p>".encode("utf-16"),
        "<p>\n<q>Zürich</q></p>".encode("utf-16-be"),
        '<?xml version="1.0" encoding="iso-8859-1"?>\r<q>Zürich</q>'.encode("iso-8859-1"),
    ],
)
def test_sources_are_read_in_their_encoding(tmp_path, data: bytes) -> None:
    path = tmp_path / "poem.xml"
    path.write_bytes(data)
    found = Sources().excerpts(str(path), [(2, 4)])[2, 4]
    assert found.text.startswith("<q>Zürich</q>")
    assert found.length == len("Zürich")


@pytest.mark.parametrize("encoding", ["klingon", "hex", "idna"])
def test_an_encoding_that_is_none_takes_the_line_away(tmp_path, encoding: str) -> None:
    path = tmp_path / "poem.xml"
    path.write_text(f'<?xml version="1.0" encoding="{encoding}"?><p/>')
    assert Sources().excerpts(str(path), [(1, 1)]) == {}


def test_each_source_is_read_once(tmp_path, monkeypatch) -> None:
    opened = []
    real = excerpt.opened
    monkeypatch.setattr(excerpt, "opened", lambda path: opened.append(path) or real(path))
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(POEM)
    found = [finding(n, 1, source=str(tmp_path / name)) for name in ("a.xml", "b.xml") for n in (1, 2, 5)]
    assert len([*text.with_sources(found, Sources())]) == 18
    assert [path.name for path in opened] == ["a.xml", "b.xml"]
    assert [*text.lines(found)]
    assert len(opened) == 2


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "wanted"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"FORCE_COLOR": "0"}, False),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": ""}, False),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_there_when_they_are_wanted(stream, environment, wanted) -> None:
    assert coloured(stream, environment) is wanted


def test_colours_add_nothing_but_colours() -> None:
    found = [finding(line, 1, severity=Severity(line % 4)) for line in range(1, 6)]
    sources = Sources({"poem.xml": POEM})
    plain = [*text.with_sources(found, sources)]
    bright = [*text.with_sources(found, sources, Palette(True))]
    bare = [line.replace("\x1b[0m", "") for line in bright]
    for codes in ("1", "2", "34", "1;34", "1;33", "1;31"):
        bare = [line.replace(f"\x1b[{codes}m", "") for line in bare]
    assert [line.rstrip() for line in bare] == plain
    assert bright != plain
    assert {*text.COLOURS} == {*Severity}
    assert {style for styles in text.COLOURS.values() for style in styles} <= STYLES.keys()


def test_the_summary_counts() -> None:
    found = [finding(1), finding(2, severity=Severity.FATAL), finding(3, severity=Severity.WARNING)]
    report = account(*found).whole
    assert summary(report) == ("1 file checked against well-formedness, tei_all.rng, rules: 2 errors, 1 warning")
    assert (
        summary(Report(), 1, 3)
        == "0 files checked: 0 errors, 0 warnings, 3 excused or accepted, 1 file not checked as asked"
    )


@given(whatever)
def test_one_line_is_one_line(words: str) -> None:
    assert len(one_line(words).splitlines()) <= 1
    assert one_line(one_line(words)) == one_line(words)


def test_a_format_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match='no such format: "csv"'):
        rendered(Account(), "csv")


def test_a_place_without_line_is_told_without_one() -> None:
    found = finding(0, 0)
    assert [*text.lines([found])] == [str(found)]
    assert str(Location("a")) == "a"
