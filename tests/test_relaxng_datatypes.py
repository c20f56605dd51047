"""Datatypes of XML Schema: which texts they take, and which texts are one value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.relaxng import values
from teiwright.relaxng.datatypes import BUILT_IN, XSD, DatatypeError, find

CASES = [
    # datatype, texts that it takes, texts that it refuses; "|" between them
    ("string", "| a ", None),
    ("language", "en|de-DE-1996|x-klingon", "|en_US|en-|1en|abcdefghi"),
    ("Name", "a:b|_a|:a", "1a|a b|"),
    ("NCName", "a|a.b-c|é|ฎี", "a:b|-a||1"),
    ("NMTOKEN", "1a|a:b|-", "a b|"),
    ("NMTOKENS", "1 2 3|a", "| |a #"),
    ("IDREFS", "a b", "1 a|"),
    ("boolean", "true|false|1|0| true ", "TRUE|yes||2"),
    ("decimal", "1|-1.50|+.5|1.", "1e5||.|1,5|INF"),
    ("integer", "-0|+7|007|123456789012345678901234567890", "1.0||1e5"),
    ("nonNegativeInteger", "0|-0|1", "-1"),
    ("positiveInteger", "1", "0|-1"),
    ("negativeInteger", "-1", "0"),
    ("byte", "-128|127", "128|-129"),
    ("unsignedByte", "0|255", "256|-1"),
    ("unsignedLong", "18446744073709551615", "18446744073709551616"),
    ("double", "1|1.5e-3|INF|-INF|NaN|.5E+1", "+INF|nan||1e|e1"),
    ("float", "1e99", "x"),
    ("date", "1917-10-25|2000-02-29|12345-01-01|-0044-03-15|-0001-02-29|1917-10-25+14:00|1917-10-25Z",
     "1900-02-29|0000-01-01|1917-13-01|1917-4-1|917-01-01|01917-01-01|1917-10-25+14:01|1917-04-31|-0004-02-29"),
    ("dateTime", "1917-10-25T21:40:00|1917-10-25T24:00:00|1917-10-25T21:40:00.123Z",
     "1917-10-25|1917-10-25T24:00:01|1917-10-25T21:40|1917-10-25 21:40:00|1917-10-25T25:00:00"),
    ("time", "21:40:00|21:40:00.5-03:00|24:00:00|23:59:60", "21:40|21:60:00|9:00:00|24:00:00.1|23:59:61"),
    ("gYear", "1917|-0044|19170|1917Z", "917|0000|01917|1917-10"),
    ("gYearMonth", "1917-10", "1917-13|1917"),
    ("gMonth", "--10|--02Z", "10|--13|--10--"),
    ("gMonthDay", "--10-25|--02-29", "--02-30|10-25"),
    ("gDay", "---25", "---32|25"),
    ("duration", "P1Y2M3DT4H5M6.7S|-P1D|PT1M|P0Y|PT.5S", "P|PT|P1YT|1Y|P-1D|P1M1Y|P1.5Y"),
    ("hexBinary", "|0F|abCD", "0|0g"),
    ("base64Binary", "|YQ==|YW Jj", "YQ=|YR==|===="),
    ("anyURI", "#a|http://example.org/ä b|../x||//a|http:///|//?|http://[::1%eth0]:80/|urn:a[1]|#xpath(//p[1])",
     "a#b#c|50%|%zz|1a:b|foo_bar:x|http://|//|a[1].png|http://[1.2.3.4]/|http://[::1]x/|http://a]b/|[::1]"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "good", "bad"), CASES, ids=[case[0] for case in CASES])
def test_texts(name: str, good: str, bad: str | None) -> None:
    for text in good.split("|"):
        assert XSD[name].value(text) is not None, text
    for text in bad.split("|") if bad is not None else ():
        assert XSD[name].value(text) is None, text


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("integer", "007", "+7"),
        ("decimal", "1.50", "1.5"),
        ("boolean", "1", "true"),
        ("token", " a  b ", "a b"),
        ("double", "1e2", "100"),
        ("double", "NaN", "NaN"),
        ("hexBinary", "0f", "0F"),
        ("dateTime", "1917-10-25T21:40:00+02:00", "1917-10-25T19:40:00Z"),
        ("dateTime", "1917-10-25T24:00:00", "1917-10-26T00:00:00"),
        ("duration", "P1Y", "P12M"),
        ("NMTOKENS", "a  b", "a b"),
    ],
)
def test_different_texts_of_one_value(name: str, first: str, second: str) -> None:
    assert XSD[name].value(first) == XSD[name].value(second)


def test_a_time_with_a_zone_is_not_one_without() -> None:
    assert XSD["time"].value("12:00:00") != XSD["time"].value("12:00:00Z")


def test_names_with_prefixes_depend_on_where_they_stand() -> None:
    qname = XSD["QName"]
    assert qname.value("x:a", {"x": "urn:x"}) == qname.value("a", {None: "urn:x"})
    assert qname.value("x:a") is None
    assert qname.value("xml:lang") is not None
    assert qname.value("a:b:c", {"a": "urn:a"}) is None


@pytest.mark.parametrize(
    ("name", "parameters", "good", "bad"),
    [
        ("string", [("length", "2")], "ab", "abc"),
        ("string", [("minLength", "2"), ("maxLength", "3")], "abc", "a"),
        ("string", [("maxLength", "2")], "😀😀", "abc"),
        ("token", [("pattern", "[a-d]+"), ("pattern", ".{2}")], "ab", "abc"),
        ("NMTOKENS", [("length", "2")], "a b", "a b c"),
        ("hexBinary", [("length", "1")], "0F", "0F0F"),
        ("integer", [("minInclusive", "1"), ("maxExclusive", "12")], "11", "12"),
        ("decimal", [("totalDigits", "3")], "012.30", "12.34"),
        ("decimal", [("fractionDigits", "1")], "1.50", "1.55"),
        ("double", [("maxInclusive", "1")], "1.0", "NaN"),
        ("date", [("minInclusive", "1917-10-25")], "1917-10-25", "1917-10-24"),
        ("date", [("maxInclusive", "1917-10-25Z")], "1917-10-24Z", "1917-10-25"),
        ("gYear", [("minExclusive", "-0044")], "0001", "-0044"),
        ("duration", [("maxExclusive", "P1M")], "P27D", "P30D"),
        ("time", [("minInclusive", "12:00:00")], "12:00:00", "11:59:59.9"),
        ("double", [("minInclusive", "NaN")], "NaN", "1"),
        ("NCName", [("minLength", "2"), ("maxLength", "4"), ("pattern", "[a-z]+")], "abc", "a"),
    ],
)
def test_parameters(name: str, parameters: list[tuple[str, str]], good: str, bad: str) -> None:
    datatype = XSD[name].restricted(parameters)
    assert datatype.value(good) is not None
    assert datatype.value(bad) is None
    assert XSD[name].value(bad) is not None


@pytest.mark.parametrize(
    ("name", "parameter", "text"),
    [
        ("integer", "length", "1"),
        ("string", "minInclusive", "1"),
        ("string", "whiteSpace", "collapse"),
        ("string", "enumeration", "a"),
        ("string", "length", "-1"),
        ("string", "length", "x"),
        ("date", "minInclusive", "yesterday"),
        ("positiveInteger", "minInclusive", "0"),
        ("double", "totalDigits", "1"),
        ("decimal", "totalDigits", "0"),
        ("QName", "length", "1"),
        ("token", "pattern", "("),
        ("token", "nonsense", "1"),
    ],
)
def test_parameters_that_a_datatype_cannot_have(name: str, parameter: str, text: str) -> None:
    with pytest.raises(DatatypeError):
        XSD[name].restricted([(parameter, text)])


def test_a_parameter_is_within_what_those_before_it_allow() -> None:
    """An upper bound below the lower one leaves nothing, and is a fault of the schema; jing says so too."""
    with pytest.raises(DatatypeError, match="at least 5"):
        XSD["integer"].restricted([("minInclusive", "5"), ("maxInclusive", "4")])


def test_the_same_parameters_make_the_same_datatype() -> None:
    assert XSD["token"].restricted([("pattern", "a+")]) is XSD["token"].restricted([("pattern", "a+")])


def test_the_built_in_library_has_two_datatypes_without_parameters() -> None:
    assert set(BUILT_IN) == {"string", "token"}
    with pytest.raises(DatatypeError):
        BUILT_IN["token"].restricted([("pattern", "a")])
    with pytest.raises(DatatypeError):
        find("", "integer")
    with pytest.raises(DatatypeError):
        find("urn:unknown", "string")


@given(st.dates())
def test_dates_are_ordered_as_in_the_calendar(day: object) -> None:
    datatype = XSD["date"].restricted([("minInclusive", str(day)), ("maxInclusive", str(day))])
    assert datatype.value(str(day)) is not None


@given(st.sampled_from(sorted(XSD)), st.text(max_size=20))
def test_any_text_has_a_value_or_none(name: str, text: str) -> None:
    value = XSD[name].value(text)
    assert value is None or hash(value) is not None


@given(st.integers(-(10**40), 10**40), st.integers(-(10**40), 10**40))
def test_whole_numbers_of_any_length_are_compared(least: int, number: int) -> None:
    datatype = XSD["integer"].restricted([("minInclusive", str(least))])
    assert (datatype.value(str(number)) is not None) == (number >= least)


def test_each_datatype_says_what_it_expects() -> None:
    assert all(datatype.describe() for datatype in XSD.values())
    assert XSD["token"].restricted([("pattern", r"\S+")]).describe() == "one word without spaces"


def test_durations_are_exact_however_long_their_numbers_are():
    zeros = "0" * 29
    assert values.duration(f"P1{zeros}1M") != values.duration(f"P1{zeros}2M")
    assert values.duration(f"PT1{zeros}1.5S") != values.duration(f"PT1{zeros}1.25S")
    assert values.duration("P1Y") == values.duration("P12M")
