"""What a policy makes of a report: selection, excuses, baseline and severities together."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faults import ELEMENT, MISSING, TEXT, VALUE, report
from teiwright.diagnostic import Diagnostic, Location, Report, Severity
from teiwright.policy.baseline import Baseline
from teiwright.policy.selection import Selection
from teiwright.policy.settings import Settings
from teiwright.policy.verdict import Outcome, Policy

KNOWN = (ELEMENT, MISSING, TEXT, VALUE, "excuse-unused")
DOCUMENT = f"""<a>
<bad/>
<?teiwright ignore {VALUE}: so in the print?>
<p n="bad"/>
<p>@@</p>
<open/><open>
</open>
</a>"""


def applied(policy: Policy, text: str = DOCUMENT, source: str = "a.xml", is_complete: bool = True) -> Outcome:
    found = report(text, source)
    return policy.apply(found, lambda _: text.encode(), known=KNOWN, is_open=False, is_complete=is_complete)


def lines(outcome: Outcome) -> list[int]:
    return [finding.location.line for finding in outcome.report]


def test_without_anything_only_excuses_count() -> None:
    outcome = applied(Policy())
    assert lines(outcome) == [2, 5, 7]
    assert [excused.finding.code for excused in outcome.excused] == [VALUE]
    assert (outcome.accepted, outcome.gone, outcome.exit_status) == ((), 0, 1)
    assert (outcome.report.documents, outcome.report.checks) == (("a.xml",), ("faults",))


def test_selection_comes_first() -> None:
    outcome = applied(Policy(Selection(ignore=(ELEMENT, VALUE))))
    assert lines(outcome) == [5, 7]
    assert outcome.excused == ()
    assert applied(Policy(Selection(select=("excuse-*",)))).report.diagnostics == ()


def test_files_that_are_spared_a_code() -> None:
    spared = Policy(Selection(per_file_ignore=(("b.xml", ("*",)),), folder=Path.cwd()))
    assert lines(applied(spared)) == [2, 5, 7]
    assert applied(spared, source="b.xml").report.diagnostics == ()


def test_an_unused_excuse_is_weighed_and_ignored_like_everything() -> None:
    text = f"<a>\n<?teiwright ignore {VALUE}?>\n<p/></a>"
    (found,) = applied(Policy(), text).report
    assert (found.code, found.severity, found.location.line) == ("excuse-unused", Severity.WARNING, 2)
    (found,) = applied(Policy(Selection(severities={"excuse-*": Severity.ERROR})), text).report
    assert found.severity == Severity.ERROR
    assert applied(Policy(Selection(ignore=("excuse-unused",))), text).report.diagnostics == ()
    assert applied(Policy(Selection(ignore=(VALUE,))), text).report.diagnostics == ()
    assert applied(Policy(), text, is_complete=False).report.diagnostics == ()


@pytest.mark.parametrize("fail_on", Severity)
def test_the_threshold_decides_on_the_exit_status(fail_on: Severity) -> None:
    for severity in Severity:
        policy = Policy(Selection(severities={"*": severity}), fail_on)
        assert applied(policy).exit_status == int(severity >= fail_on)
    assert applied(Policy(fail_on=fail_on), "<a/>").exit_status == 0


def test_severities_of_ones_own_reach_all_findings_and_order_nothing_anew() -> None:
    policy = Policy(Selection(severities={"*": Severity.INFORMATION}))
    outcome = applied(policy)
    assert lines(outcome) == [2, 5, 7]
    everything = [*outcome.report, *(excused.finding for excused in outcome.excused)]
    assert {finding.severity for finding in everything} == {Severity.INFORMATION}
    assert outcome.report.diagnostics == tuple(sorted(outcome.report))


def accepting(text: str, *select: str) -> Policy:
    selection = Selection(select)
    standing = applied(Policy(selection), text).report
    return Policy(selection, baseline=Baseline.of(Path("b.json"), standing, lambda _: text))


def test_the_baseline_comes_after_the_excuses() -> None:
    policy = accepting(DOCUMENT)
    outcome = applied(policy)
    assert outcome.report.diagnostics == ()
    assert [finding.location.line for finding in outcome.accepted] == [2, 5, 7]
    assert len(outcome.excused) == 1
    assert (outcome.gone, outcome.exit_status) == (0, 0)


def test_new_findings_are_told_and_gone_ones_counted() -> None:
    edited = DOCUMENT.replace("<bad/>", "<lb/>\n\n<p>new @@</p>")
    outcome = applied(accepting(DOCUMENT), edited)
    assert lines(outcome) == [4]
    assert outcome.gone == 1


def test_nothing_is_gone_where_nobody_looked() -> None:
    policy = accepting(DOCUMENT)
    assert applied(policy, "<a/>").gone == 3
    assert applied(policy, "<a/>", is_complete=False).gone == 0
    assert applied(policy._replace(selection=Selection(select=(ELEMENT,))), "<a/>").gone == 1
    assert applied(policy, "<a/>", source="other.xml").gone == 0


def test_a_document_that_cannot_be_read_has_no_excuses_and_nothing_is_gone_from_it() -> None:
    fatal = Diagnostic(Location("a.xml", 9, 1), Severity.FATAL, "not-well-formed", "…", "xml")
    broken = Report.of([*report(DOCUMENT).diagnostics[:2], fatal], ["a.xml"])
    policy = accepting(DOCUMENT)._replace(selection=Selection(ignore=("not-*",)), fail_on=Severity.FATAL)
    outcome = policy.apply(broken, lambda _: DOCUMENT.encode())
    assert lines(outcome) == [4, 9]
    assert fatal in outcome.report
    assert [finding.location.line for finding in outcome.accepted] == [2]
    assert (outcome.excused, outcome.gone, outcome.exit_status) == ((), 0, 1)


def test_findings_in_another_file_are_judged_by_that_file() -> None:
    texts = {"a.xml": "<a/>", "b.xml": DOCUMENT}
    composed = Report(report(texts["b.xml"], "b.xml").diagnostics, ("a.xml",))
    outcome = Policy().apply(composed, lambda name: texts[name].encode())
    assert lines(outcome) == [2, 5, 7]
    assert len(outcome.excused) == 1


def test_many_documents_at_once_are_each_alone() -> None:
    texts = {f"{n}.xml": DOCUMENT.replace("<bad/>", "<bad/>" * n) for n in range(5)}
    policy = Policy()
    single = [policy.apply(report(text, name), lambda n: texts[n].encode()) for name, text in texts.items()]
    together = Report.merged(report(text, name) for name, text in texts.items())
    assert policy.apply(together, lambda n: texts[n].encode()) == Outcome.merged(single)


def test_documents_are_read_again_where_nobody_gives_them(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text(DOCUMENT, encoding="utf-16")
    assert lines(Policy().apply(report(DOCUMENT, str(file)))) == [2, 5, 7]
    file.unlink()
    assert lines(Policy().apply(report(DOCUMENT, str(file)))) == [2, 4, 5, 7]


@given(st.permutations(["2", "4", "5", "7"]), st.sets(st.sampled_from([ELEMENT, MISSING, TEXT, VALUE])))
def test_every_finding_is_told_or_excused_or_accepted_or_ignored(order: list[str], ignored: set[str]) -> None:
    found = sorted(report(DOCUMENT), key=lambda finding: order.index(str(finding.location.line)))
    known = accepting(DOCUMENT, TEXT)._replace(selection=Selection(ignore=tuple(ignored)))
    outcome = known.apply(Report(tuple(found), ("a.xml",)), lambda _: DOCUMENT.encode())
    kept = [*outcome.report, *outcome.accepted, *(excused.finding for excused in outcome.excused)]
    assert sorted(kept) == sorted(finding for finding in found if finding.code not in ignored)


def test_the_policy_of_settings(tmp_path: Path) -> None:
    Baseline(tmp_path, {"a.xml": {}}).write(tmp_path / "b.json")
    settings = Settings(
        tmp_path / "teiwright.toml", select=("date-*",), ignore=("not-tei",), severity=(("x", Severity.WARNING),),
        per_file_ignore=(("*.xml", ("y",)),), fail_on=Severity.INFORMATION, baseline=tmp_path / "b.json",
    )  # fmt: skip
    assert Policy.of(settings) == Policy(
        Selection(("date-*",), ("not-tei",), (("*.xml", ("y",)),), {"x": Severity.WARNING}, tmp_path),
        Severity.INFORMATION,
        Baseline(tmp_path),
    )
    assert Policy.of(Settings()) == Policy()
