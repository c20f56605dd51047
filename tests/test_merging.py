"""One fault is one finding, however many have seen it; and no finding is lost that says something else."""

from hypothesis import given
from hypothesis import strategies as st

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.merging import merged
from teiwright.policy.selection import Selection, Sieve


def finding(xpath="/TEI/text", code="element-missing", origin="a.rng", message="words", line=1):
    return Diagnostic(Location("a.xml", line, 1, xpath), Severity.ERROR, code, message, origin)


def test_two_schemas_that_see_the_same_are_named_both():
    (one,) = merged([finding(), finding(origin="a.xsd", message="other words", line=9)])
    assert (one.origin, one.message) == ("a.rng, a.xsd", "words")


def test_a_third_that_sees_the_same_twice_is_named_once():
    (one,) = merged([finding(), finding(origin="a.xsd"), finding(origin="a.xsd", message="again")])
    assert one.origin == "a.rng, a.xsd"


def test_one_schema_may_say_two_things_of_one_place():
    both = [finding(message="first"), finding(message="second")]
    assert merged(both) == both


def test_a_rule_that_explains_a_value_speaks_for_the_grammar():
    value = finding("/TEI/date/@when", "attribute-value")
    rule = finding("/TEI/date/@when", "no-such-day", "rules.dates")
    elsewhere = finding("/TEI/date/@to", "attribute-value")
    both = rule._replace(origin="rules.dates, a.rng")
    assert set(merged([value, rule, elsewhere])) == {both, elsewhere}


def test_a_rule_that_says_the_same_says_it_better():
    (one,) = merged(
        [finding(code="duplicate-id"), finding(code="duplicate-id", origin="rules.identifiers", message="better")]
    )
    assert (one.origin, one.message) == ("rules.identifiers, a.rng", "better")


def test_a_remark_of_a_rule_does_not_hide_an_error():
    value = finding("/TEI/@xml:lang", "attribute-value")
    remark = Diagnostic(value.location, Severity.INFORMATION, "language-undocumented", "words", "rules.languages")
    assert set(merged([value, remark])) == {value, remark}


def test_xml_schema_adds_nothing_where_relax_ng_has_found_an_error():
    (one,) = merged([finding(code="xsd-not-valid", origin="a.xsd"), finding(code="element-missing")])
    assert (one.code, one.origin) == ("element-missing", "a.rng, a.xsd")
    alone = [finding(code="xsd-not-valid", origin="a.xsd")]
    assert merged(alone) == alone


def test_attributes_that_two_schemas_miss_at_one_place_are_two_faults():
    one, other = (
        finding(code="attribute-missing", origin=o, message=m) for o, m in (("a.rng", "type"), ("b.rng", "n"))
    )
    assert merged([one, other]) == [one, other]


def test_assertions_stand_for_themselves():
    first = finding(code="schematron", origin="a.sch", message="a head is missing")
    second = finding(code="schematron", origin="b.sch", message="a note is missing")
    grammars = finding(code="xsd-not-valid", origin="a.xsd")
    assert merged([grammars], [first, second]) == [grammars, first, second]


def test_an_assertion_that_two_schemas_hold_is_one_finding():
    (one,) = merged([], [finding(code="k", origin="a.rng"), finding(code="k", origin="a.sch")])
    assert one.origin == "a.rng, a.sch"


findings = st.builds(
    finding,
    st.sampled_from(["/TEI", "/TEI/text", ""]),
    st.sampled_from(["element-missing", "attribute-value", "no-such-day"]),
    st.sampled_from(["a.rng", "b.rng", "rules.dates"]),
    st.sampled_from(["one", "two"]),
    st.integers(1, 2),
)


@given(st.lists(findings))
def test_every_code_at_every_place_is_kept(found):
    def places(some):
        return {(d.location.xpath or d.location.line, d.code) for d in some if d.code != "attribute-value"}

    assert places(merged(found)) == places(found)
    assert merged(merged(found)) == merged(found)


def test_a_check_that_broke_off_is_neither_merged_nor_hidden():
    broken = finding(code="xsd-check-incomplete", origin="a.xsd")
    other = finding(code="not-tei", origin="xml")
    assert set(merged([other, broken])) == {other, broken}
    assert Sieve(Selection(ignore=("xsd-*",))).keeps(broken)
