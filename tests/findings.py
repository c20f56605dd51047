"""Findings for tests of reports: plain ones, and ones that hold whatever text can hold."""

from hypothesis import strategies as st

from teiwright.diagnostic import Diagnostic, Location, Report, Severity
from teiwright.reporting.account import Account, Suppressed

# Names that files may have on some system, and what each of the formats would take for its own signs.
NAMES = (
    "poem.xml",
    "a b.xml",
    "ü/Zürich.xml",
    "a#b.xml",
    "50%.xml",
    "%2F.xml",
    "x,y.xml",
    "c:d.xml",
    "x:y/z.xml",
    "-",
    "/dev/stdin",
    "../up.xml",
    "/abs/poem.xml",
    "line\nbreak.xml",
    "\udcff.xml",
    "q'\"<&>.xml",
    "[l](x).xml",
    "{0}.xml",
    "?q.xml",
)
SIGNS = (
    "\x00",
    "\x1b[2J",
    "\r\n",
    "\u202e",
    "\ud800",
    "\u2028",
    "]]>",
    "::error::",
    "%0A",
    "{0}",
    "[a](b)",
    '"',
    "\\",
    "<&>",
)
whatever = st.lists(
    st.one_of(st.sampled_from(SIGNS), st.text(st.characters(exclude_categories=()), max_size=9)), max_size=4
).map("".join)
locations = st.builds(
    Location,
    st.one_of(st.sampled_from(NAMES), whatever),
    st.integers(0, 10**9),
    st.integers(0, 10**9),
    st.one_of(st.just("/TEI/text/p[2]/@n"), whatever),
)
diagnostics = st.builds(
    Diagnostic,
    locations,
    st.sampled_from(Severity),
    st.one_of(st.sampled_from(("element-not-allowed", "not-tei")), whatever),
    whatever,
    whatever,
    whatever,
    st.lists(st.tuples(whatever, whatever), max_size=2).map(tuple),
)
reports = st.builds(
    Report.of,
    st.lists(diagnostics, max_size=5),
    st.lists(st.sampled_from(NAMES), max_size=3),
    st.lists(whatever, max_size=3),
)
accounts = st.builds(
    Account,
    st.lists(reports, max_size=2).map(tuple),
    st.lists(st.tuples(st.one_of(st.sampled_from(NAMES), whatever), whatever), max_size=2).map(tuple),
    st.lists(st.builds(Suppressed, diagnostics, st.booleans(), whatever), max_size=2).map(tuple),
    st.integers(0, 2),
)


def finding(
    line: int = 1,
    column: int = 1,
    code: str = "element-not-allowed",
    severity: Severity = Severity.ERROR,
    source: str = "poem.xml",
    message: str = 'element "l" is not allowed in "body" here; expected "lg"',
    origin: str = "tei_all.rng",
    xpath: str = "/TEI/text/body/l[2]",
) -> Diagnostic:
    """A finding, unless told otherwise about a line of verse."""
    return Diagnostic(Location(source, line, column, xpath), severity, code, message, origin)


def account(*found: Diagnostic, documents: tuple[str, ...] = ("poem.xml",), exit_status: int = 1) -> Account:
    """The account of one report."""
    report = Report.of(found, documents, ("well-formedness", "tei_all.rng", "rules.pointers"))
    return Account((report,), exit_status=exit_status)
