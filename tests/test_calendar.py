"""Day numbers of two calendars, held against dates that history fixed and against Python's own."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.calendar import gregorian_day, gregorian_span, julian_span

# Old Style and New Style of the same day.
KNOWN = {
    "1917-10-25": "1917-11-07",  # the October Revolution
    "1918-01-31": "1918-02-13",  # the last day of the Julian calendar in Russia
    "1582-10-04": "1582-10-14",  # its last day in Rome; the next day was called the 15th
    "1752-09-02": "1752-09-13",  # its last day in England
    "1700-02-28": "1700-03-10",
    "1700-02-29": "1700-03-11",
    "1900-02-29": "1900-03-13",
    "0325-06-19": "0325-06-20",
    "0001-01-01": "0000-12-30",
    "-0043-03-15": "-0043-03-13",  # the Ides of March, 44 BC
}


@pytest.mark.parametrize(("old", "new"), KNOWN.items())
def test_known_days(old, new):
    assert julian_span(old).first_day == julian_span(old).last_day == new


def test_months_and_years_are_spans():
    october = julian_span("1917-10")
    assert (october.first_day, october.last_day) == ("1917-10-14", "1917-11-13")
    year = julian_span("1907")
    assert (year.first_day, year.last_day) == ("1907-01-14", "1908-01-13")


@pytest.mark.parametrize("value", ["1917-13", "1917-02-29", "1917-00-01", "1917-04-31", "October", "", "17-10-10"])
def test_what_is_no_day_is_refused(value):
    with pytest.raises(ValueError, match=value or "not a year"):
        julian_span(value)


@given(st.dates())
def test_gregorian_days_are_pythons(day):
    assert gregorian_span(day.isoformat()).first_day == day.isoformat()
    assert (
        gregorian_span(day.isoformat()).first - gregorian_span("2000-01-01").first
        == (day - datetime.date(2000, 1, 1)).days
    )


@given(st.integers(-2_000_000, 4_000_000))
def test_every_day_number_has_one_name(number):
    assert gregorian_span(gregorian_day(number)).first == number


@given(st.dates(datetime.date(1600, 1, 1), datetime.date(2090, 1, 1)))
def test_the_next_julian_day_is_the_next_gregorian_day(day):
    if (day.month, day.day) != (2, 29):
        following = "-".join(
            str(part).zfill(width) for part, width in zip((day.year, day.month, day.day), (4, 2, 2), strict=True)
        )
        tomorrow = day + datetime.timedelta(days=1)
        if (day.month, day.day) != (2, 28):
            assert julian_span(tomorrow.isoformat()).first == julian_span(following).first + 1
