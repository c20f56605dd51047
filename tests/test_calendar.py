"""Day numbers of two calendars, held against dates that history fixed, Python's own and another algorithm."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.calendar import (
    BYZANTINE,
    EPOCH,
    JANUARY,
    LADY_DAY,
    YearStart,
    gregorian_day,
    gregorian_span,
    iso_span,
    julian_day,
    julian_span,
    suggestion,
    today,
    weekday,
)

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


def julian_day_number(year, month, day):
    """The Julian Day Number of a day of the Julian calendar, by the astronomers' formula (years from -4716)."""
    if month <= 2:
        year, month = year - 1, month + 12
    return (1461 * (year + 4716)) // 4 + (306001 * (month + 1)) // 10000 + day - 1524


@pytest.mark.parametrize(("old", "new"), KNOWN.items())
def test_known_days(old, new):
    assert julian_span(old).first_day == julian_span(old).last_day == new
    assert julian_day(gregorian_span(new).first) == old


def test_months_and_years_are_spans():
    october = julian_span("1917-10")
    assert (october.first_day, october.last_day) == ("1917-10-14", "1917-11-13")
    year = julian_span("1907")
    assert (year.first_day, year.last_day) == ("1907-01-14", "1908-01-13")


NO_DAYS = """1917-13 1917-02-29 1917-00-01 1917-00 1917-04-31 1917-04-00 October 17-10-10 191７-10 99999999999-01
1917-10-10X""".split()


@pytest.mark.parametrize("value", [*NO_DAYS, ""])
def test_what_is_no_day_is_refused(value):
    for span in (julian_span, gregorian_span):
        with pytest.raises(ValueError, match=value or "not a year"):
            span(value)


@given(st.dates())
def test_gregorian_days_are_pythons(day):
    number = gregorian_span(day.isoformat()).first
    assert gregorian_day(number) == day.isoformat()
    assert number - gregorian_span("2000-01-01").first == (day - datetime.date(2000, 1, 1)).days
    assert weekday(number) == day.weekday()


@given(st.dates())
def test_all_forms_of_iso_8601_name_the_day_that_python_names(day):
    forms = (
        day.isoformat(),
        f"{day:%Y%m%d}".zfill(8),
        f"{day:%Y}".zfill(4) + f"-{day:%j}",
        f"{day:%Y}".zfill(4) + f"{day:%j}",
    )
    year, week, number = day.isocalendar()
    forms += (f"{year:04d}-W{week:02d}-{number}", f"{year:04d}W{week:02d}{number}") if 1 <= year <= 9999 else ()
    assert {iso_span(form).first_day for form in forms} == {day.isoformat()}
    assert iso_span(f"{day.isoformat()}T10:00:00").is_day


@given(st.integers(1, 9998))
def test_a_year_has_the_weeks_and_days_that_it_has(year):
    weeks = datetime.date(year, 12, 28).isocalendar().week
    assert iso_span(f"{year:04d}-W{weeks}").is_day is False
    days = datetime.date(year, 12, 31).timetuple().tm_yday
    for value in (f"{year:04d}-W{weeks + 1}", f"{year:04d}-W00", f"{year:04d}-{days + 1}", f"{year:04d}-000"):
        with pytest.raises(ValueError, match="does not have"):
            iso_span(value)


@pytest.mark.parametrize("value", ["P3D", "19", "R5/1917/P1D", "10:00", "--04-12", "spring", ""])
def test_what_names_no_days_of_its_own_is_none(value):
    assert iso_span(value) is None


@given(st.integers(-2_000_000, 4_000_000))
def test_every_day_number_has_one_name_in_each_calendar(number):
    assert gregorian_span(gregorian_day(number)).first == number
    assert julian_span(julian_day(number)).first == number


@given(st.integers(-4000, 4000), st.integers(1, 12), st.integers(1, 28))
def test_julian_days_are_those_of_another_algorithm(year, month, day):
    value = f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"
    assert julian_span(value).first - julian_span("2000-01-01").first == julian_day_number(
        year, month, day
    ) - julian_day_number(2000, 1, 1)


def test_the_count_begins_where_unix_time_does():
    assert gregorian_span("1970-01-01").first == EPOCH
    assert julian_day_number(1917, 10, 25) - julian_span("1917-10-25").first == 2_440_588 - EPOCH


@given(
    st.integers(1, 3000), st.sampled_from([LADY_DAY, BYZANTINE, YearStart(12, 25, -1), YearStart(9, 1, -5509 + 5000)])
)
def test_years_that_begin_on_another_day_follow_each_other_without_a_gap(year, start):
    this, following = julian_span(f"{year:04d}", start), julian_span(f"{year + 1:04d}", start)
    assert this.last + 1 == following.first
    assert 365 <= this.last - this.first + 1 <= 366


@given(st.dates(datetime.date(100, 1, 1), datetime.date(3000, 1, 1)).filter(lambda d: (d.month, d.day) != (2, 29)))
def test_a_day_is_in_the_year_that_its_number_says(day):
    for start in (LADY_DAY, BYZANTINE):
        value = day.isoformat()
        assert (
            julian_span(value[:4], start).first <= julian_span(value, start).first <= julian_span(value[:4], start).last
        )
    assert julian_span(day.isoformat(), JANUARY) == julian_span(day.isoformat())


SUGGESTED = {
    "12 May 1917": "1917-05-12",
    "May 12, 1917": "1917-05-12",
    "12. Mai 1917": "1917-05-12",
    "12 mai 1917": "1917-05-12",
    "12 мая 1917 г.": "1917-05-12",
    "May 1917": "1917-05",
    "1917": "1917",
    "1917-5-2": "1917-05-02",
    "1917/05/12": "1917-05-12",
    "1917.05.12": "1917-05-12",
    "19170512": "1917-05-12",
    "12.5.1917": "1917-05-12",
    "1917-5": "1917-05",
    "12 May": "--05-12",
    "29 February": "--02-29",
    "May": "--05",
    # Not sure, or no day.
    "12/05/1917": "",
    "31 April 1917": "",
    "1917-13-01": "",
    "Wednesday": "",
    "1731/2": "",
    "around 1917": "",
    "": "",
    "x" * 100_000: "",
}


@pytest.mark.parametrize(("text", "value"), SUGGESTED.items(), ids=[text[:20] or "empty" for text in SUGGESTED])
def test_a_value_is_suggested_where_it_is_sure(text, value):
    assert suggestion(text) == value


@given(st.text(max_size=40))
def test_what_is_suggested_is_a_date(text):
    found = suggestion(text)
    assert not found or gregorian_span(found.replace("--", "2000-"))


def test_today_is_that_of_the_environment_or_of_the_clock():
    assert today({"SOURCE_DATE_EPOCH": "1700000000"}) == "2023-11-14"
    clock = datetime.datetime.now(datetime.UTC).date()
    assert today({}) in (clock.isoformat(), (clock + datetime.timedelta(1)).isoformat())
    assert today({"SOURCE_DATE_EPOCH": "yesterday"}) == today({})
