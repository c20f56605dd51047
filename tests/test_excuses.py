"""Excuses in documents: what each covers, and what is said of those that excuse nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import tei
from faults import ELEMENT, MISSING, TEXT, VALUE, findings
from teiwright import explanation
from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.document import Document
from teiwright.policy.excuses import Hearing, Question, hear
from teiwright.rules import RULES

KNOWN = Question(known=(ELEMENT, MISSING, TEXT, VALUE), is_open=False)


def heard(text: str, question: Question = KNOWN, more: tuple[Diagnostic, ...] = ()) -> Hearing:
    return hear((*findings(text), *more), text.encode(), "a.xml", question)


def standing(text: str) -> list[str]:
    return [finding.code for finding in heard(text).standing]


def complaints(text: str, question: Question = KNOWN) -> list[tuple[str, str]]:
    return [(found.code, found.message) for found in heard(text, question).complaints]


WRITTEN: tuple[Callable[[str], str], ...] = (
    lambda words: f"<?teiwright {words}: as printed?>",
    lambda words: f"<!-- teiwright: {words}: as printed -->",
    lambda words: f"<!--teiwright:{words}:as\n printed-->",
    lambda words: f"<!-- teiwright {words}: as printed -->",
)


@pytest.mark.parametrize("write", WRITTEN)
@pytest.mark.parametrize(
    ("text", "left"),
    [
        # before a start tag: the tag
        (f"<a>$ignore {ELEMENT}$<bad/></a>", []),
        (f"<a>$ignore {ELEMENT}$ <!-- so --> <?x?> <bad/></a>", []),
        (f"$ignore {ELEMENT}$<bad/>", []),
        (f"$ignore {ELEMENT}$<!DOCTYPE bad><bad/>", []),
        # its attributes
        (f'<a>$ignore {VALUE}$<p m="1" n="bad"/></a>', []),
        (f'<a>$ignore {VALUE}$<p\n m="1"\n n="bad"\n></p></a>', []),
        # its end tag, and the text directly in it
        (f"<a>$ignore {MISSING}$<open><p/>\n</open></a>", []),
        (f"<a>$ignore {TEXT}$<p>@@<q/>@@</p></a>", []),
        # not the elements inside it, nor those after it, nor around it
        (f"<a>$ignore {ELEMENT}$<p><bad/></p></a>", [ELEMENT]),
        (f"<a>$ignore {ELEMENT}$<bad><bad/></bad></a>", [ELEMENT]),
        (f"<a>$ignore {ELEMENT}$<bad/><bad/></a>", [ELEMENT]),
        (f"<bad>$ignore {ELEMENT}$<p/></bad>", [ELEMENT]),
        (f"<a>$ignore {TEXT}$<p><q>@@</q></p></a>", [TEXT]),
        (f"<a>$ignore {TEXT}$<p/>@@</a>", [TEXT]),
        (f"<a>$ignore {TEXT}$<p></p>@@</a>", [TEXT]),
        # not other codes
        (f'<a>$ignore {ELEMENT}$<bad n="bad"/></a>', [VALUE]),
        (f'<a>$ignore {ELEMENT} {VALUE}$<bad n="bad"/></a>', []),
        (f'<a>$ignore {ELEMENT}, {VALUE}$<bad n="bad"/></a>', []),
        (f'<a>$ignore {ELEMENT}$$ignore {VALUE}$<bad n="bad"/></a>', []),
        # inside: the element it stands in, wherever it stands in it, with all that is in it
        (f"<a><bad>$ignore-inside {ELEMENT}$<p><bad/></p></bad><bad/></a>", [ELEMENT]),
        (f"<a><bad><p><bad/></p>$ignore-inside {ELEMENT}$</bad></a>", []),
        (f"<a><open>@@$ignore-inside {TEXT} {MISSING}$<open>@@</open></open></a>", []),
        # the file
        (f"$ignore-file {ELEMENT}$<a><bad/><p><bad/></p></a>", []),
        (f"$ignore-file {ELEMENT}$<a>@@</a>", [TEXT]),
    ],
)  # fmt: skip
def test_what_an_excuse_covers(text: str, left: list[str], write: Callable[[str], str]) -> None:
    parts = text.split("$")
    parts[1::2] = map(write, filter(None, parts[1::2]))
    assert standing("".join(parts)) == left


def test_an_excused_finding_keeps_its_reason_and_where_it_was_excused() -> None:
    (excused,) = heard(f"<a>\n <?teiwright ignore {ELEMENT}: so in: the  print?>\n <bad/></a>").excused
    assert (excused.finding.code, excused.finding.location.line) == (ELEMENT, 3)
    assert (excused.excuse.reason, excused.excuse.scope) == ("so in: the print", "ignore")
    assert (excused.excuse.location.line, excused.excuse.location.column) == (2, 2)


def test_the_reason_may_be_left_out() -> None:
    (excused,) = heard(f"<a><?teiwright ignore {ELEMENT}?><bad/></a>").excused
    assert excused.excuse.reason == ""


def test_what_is_said_of_the_whole_file_is_excused_for_the_file_only() -> None:
    about = Diagnostic(Location("a.xml", 1), Severity.WARNING, "no-schema", "…", "xml")
    known = Question(known=("no-schema",))
    assert heard("<?teiwright ignore no-schema?><a/>", known, (about,)).standing == (about,)
    assert heard("<a><?teiwright ignore-inside no-schema?></a>", known, (about,)).standing == (about,)
    assert heard("<?teiwright ignore-file no-schema?><a/>", known, (about,)).standing == ()


def test_the_innermost_excuse_is_the_one_used() -> None:
    text = (
        f"<a><?teiwright ignore-inside {ELEMENT}: outer?>"
        f"<p><?teiwright ignore-inside {ELEMENT}: inner?><?teiwright ignore {ELEMENT}: itself?><bad/></p></a>"
    )
    hearing = heard(text)
    assert [excused.excuse.reason for excused in hearing.excused] == ["itself"]
    assert [found.location.column for found in hearing.complaints] == [text.index("<?") + 1, text.index("<p>") + 4]


def test_an_excuse_that_excuses_nothing_is_a_finding_for_each_code() -> None:
    ((code, message),) = complaints(f"<a><?teiwright ignore {ELEMENT} {VALUE}?><bad/></a>")
    assert code == "excuse-unused"
    assert message == f'nothing is excused from "{VALUE}" here; expected such a finding here, or no excuse'


def test_an_unknown_code_is_a_finding_with_a_guess() -> None:
    assert complaints("<a><?teiwright ignore element-not-alowed?><p/></a>") == [
        (
            "excuse-unknown-code",
            f'the toolkit has no code "element-not-alowed"; did you mean "{ELEMENT}"?',
        )
    ]


def test_where_there_may_be_more_codes_an_unknown_one_is_unused_at_most() -> None:
    text = "<a><?teiwright ignore my-rule?><p/></a>"
    ((code, message),) = complaints(text, KNOWN._replace(is_open=True))
    assert (code, message) == (
        "excuse-unused",
        'nothing is excused from "my-rule" here; the toolkit has no code "my-rule"',
    )
    mine = Diagnostic(Location("a.xml", 1, text.index("<p") + 1, "/a/p"), Severity.ERROR, "my-rule", "…", "my.sch")
    assert heard(text, KNOWN._replace(is_open=True), (mine,)) == Hearing((), heard(text, KNOWN, (mine,)).excused)


def test_nothing_is_called_unused_where_nobody_looked() -> None:
    text = f"<a><?teiwright ignore {ELEMENT} {VALUE}?><p/></a>"
    assert [message.split('"')[1] for _, message in complaints(text)] == [ELEMENT, VALUE]
    asked = KNOWN._replace(asks=lambda code: code != ELEMENT)
    assert [message.split('"')[1] for _, message in complaints(text, asked)] == [VALUE]
    assert complaints(text, KNOWN._replace(is_complete=False)) == []
    assert complaints(text, KNOWN._replace(asks=lambda code: code != "excuse-unused")) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<a><?teiwright?><p/></a>", "an excuse is empty; expected"),
        ("<a><!-- teiwright: --><p/></a>", "an excuse is empty; expected"),
        (f"<a><?teiwright ignroe {ELEMENT}?><p/></a>", 'an excuse begins with "ignroe"; expected "ignore"'),
        (f"<a><?teiwright {ELEMENT}: so?><p/></a>", f'an excuse begins with "{ELEMENT}"; expected'),
        ("<a><?teiwright ignore?><p/></a>", 'the excuse "ignore" names no code; expected "ignore CODE: reason"'),
        ("<a><?teiwright ignore: so?><p/></a>", 'the excuse "ignore" names no code; expected'),
        (f"<a><?teiwright ignore {ELEMENT}?>x <p/></a>", 'the excuse "ignore" stands before no element; expected'),
        (f"<a><p/><?teiwright ignore {ELEMENT}?></a>", 'the excuse "ignore" stands before no element; expected'),
        (f"<a/><?teiwright ignore {ELEMENT}?>", 'the excuse "ignore" stands before no element; expected'),
        (f"<?teiwright ignore-inside {ELEMENT}?><a/>", 'the excuse "ignore-inside" stands in no element; expected'),
        (f"<a><?teiwright ignore-file {ELEMENT}?></a>", 'the excuse "ignore-file" stands too late; expected'),
    ],
)
def test_a_malformed_excuse_is_a_finding(text: str, message: str) -> None:
    ((code, found),) = complaints(text)
    assert code == "excuse-malformed"
    assert found.startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- teiwright is a tool --><a/>",
        "<!-- by teiwright: ignore --><a/>",
        "<a teiwright='ignore'>teiwright: ignore</a>",
        "<a><![CDATA[<?teiwright ignore?>]]></a>",
        "<?teiwrights ignore?><a/>",
        "<!DOCTYPE a [<?teiwright?>]><a/>",
    ],
)
def test_what_only_speaks_of_the_toolkit_is_no_excuse(text: str) -> None:
    assert heard(text) == Hearing(())


@pytest.mark.parametrize("code", ["not-well-formed", "external-entity"])
def test_that_a_document_cannot_be_read_is_not_excused(code: str) -> None:
    fatal = Diagnostic(Location("a.xml", 1, 1), Severity.FATAL, code, "…", "xml")
    text = f"<?teiwright ignore-file {code} {ELEMENT}?><a><bad/></a>"
    assert heard(text, KNOWN, (fatal,)) == Hearing((*findings(text), fatal))


def test_a_text_that_stops_being_xml_has_no_excuses() -> None:
    text = f"<a><?teiwright ignore {ELEMENT}?><bad/>"
    assert hear(findings(text), text.encode(), "a.xml") == Hearing(tuple(findings(text)))


def test_depth_is_no_matter() -> None:
    depth, many = 20_000, 2_000
    opened = f"<a><?teiwright ignore-inside {VALUE}?>" * depth
    text = f"{opened}{'<b/>' * many}{'</a>' * depth}"
    places = [Location("a.xml", 1, len(opened) + 4 * n + 1, "/a/b") for n in range(many)]
    for code, left in ((VALUE, 0), (ELEMENT, many)):
        found = [Diagnostic(place, Severity.ERROR, code, "…", "faults") for place in places]
        assert len(hear(found, text.encode(), "a.xml", KNOWN._replace(is_complete=False)).standing) == left


PIECES = st.sampled_from(
    [
        "<a>", "</a>", "<bad/>", '<p n="bad">', "</p>", "@@", " ", "<open>", "</open>", "\n",
        *(f"<?teiwright {scope} {code}?>" for scope in ("ignore", "ignore-inside") for code in (ELEMENT, VALUE, MISSING)),
    ]
)  # fmt: skip


def closed(pieces: list[str]) -> str:
    """A well-formed text of some pieces."""
    text, way = "<r>", ["</r>"]
    for piece in pieces:
        if piece.startswith("</"):
            if piece == way[-1]:
                text += way.pop()
        else:
            text += piece
            if piece.startswith("<") and not piece.endswith(("/>", "?>")):
                way.append(f"</{piece[1:-1].split()[0]}>")
    return text + "".join(reversed(way))


@given(st.lists(PIECES, max_size=30).map(closed))
def test_every_finding_either_stands_or_is_excused_by_an_excuse_for_its_code(text: str) -> None:
    hearing = heard(text)
    assert sorted([*hearing.standing, *(e.finding for e in hearing.excused)]) == sorted(findings(text))
    assert all(excused.finding.code in excused.excuse.codes for excused in hearing.excused)
    used = {(excused.excuse.location, code) for excused in hearing.excused for code in excused.excuse.codes}
    unused = {(c.location, c.message.split('"')[1]) for c in hearing.complaints if c.code == "excuse-unused"}
    assert not used & unused


@given(st.lists(PIECES, max_size=30).map(closed))
def test_taking_an_unused_excuse_away_changes_nothing(text: str) -> None:
    hearing = heard(text)
    lines = text.split("\n")
    for found in hearing.complaints:
        line, at = found.location.line - 1, found.location.column - 1
        lines[line] = lines[line][:at] + lines[line][at:].replace("<?teiwright ", "<?otherwise ", 1)
    left = heard("\n".join(lines))
    assert [f.code for f in left.standing] == [f.code for f in hearing.standing]
    unused = [found.message.split('"')[1] for found in left.complaints]
    assert unused == []


def codes(example: str) -> list[str]:
    """What stands, and what is said of the excuses, after the rules were held against an example in a document."""
    text = tei(example)
    found = [finding for rule in RULES.values() for finding in rule(Document.parse(text, "a.xml"))]
    hearing = hear(found, text.encode(), "a.xml", Question(known=explanation.codes(), is_open=False))
    return [finding.code for finding in (*hearing.standing, *hearing.complaints)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("excuse-unused", ["excuse-unused"]),
        ("excuse-unknown-code", ["no-such-day", "excuse-unknown-code"]),
        ("excuse-malformed", ["no-such-day", "excuse-malformed"]),
    ],
)
def test_the_examples_of_the_pages(code: str, expected: list[str]) -> None:
    page = explanation.page(code)
    assert codes(page.bad) == expected
    assert codes(page.good) == []
