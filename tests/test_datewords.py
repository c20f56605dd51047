"""Dates in words: read where nothing is in doubt, in nine languages, and not read where anything is."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.datewords import NAMES, Written, read, vocabulary, weekday_before

READ = {
    ("12 April 1917", "en"): Written(1917, None, 4, 12),
    ("April 12th, 1917", "en-GB"): Written(1917, None, 4, 12),
    ("Wednesday, the 12th of April, 1917", "en"): Written(1917, None, 4, 12, 2),
    ("Wed. 12 Apr. 1917", "en"): Written(1917, None, 4, 12, 2),
    ("Feb. 11, 1731/2", "en"): Written(1731, 1732, 2, 11),
    ("11 February 1731/32", "en"): Written(1731, 1732, 2, 11),
    ("[12 April 1917]", "en"): Written(1917, None, 4, 12),
    ("27 May 1632 (old style)", "en"): Written(1632, None, 5, 27, None, True),
    ("6 June 1632 (N.S.)", "en"): Written(1632, None, 6, 6, None, False),
    ("Mittwoch, den 12. April 1917", "de"): Written(1917, None, 4, 12, 2),
    ("12. Jänner 1917", "de-AT"): Written(1917, None, 1, 12),
    ("mercredi 12 avril 1917", "fr"): Written(1917, None, 4, 12, 2),
    ("le 1er mai 1917", "fr"): Written(1917, None, 5, 1),
    ("miércoles, 12 de abril de 1917", "es"): Written(1917, None, 4, 12, 2),
    ("mercoledì 12 aprile 1917", "it"): Written(1917, None, 4, 12, 2),
    ("среда, 12 апреля 1917 г.", "ru"): Written(1917, None, 4, 12, 2),
    ("die Mercurii 12. Aprilis anno 1617", "la"): Written(1617, None, 4, 12, 2),
    ("środa, 12 kwietnia 1917 r.", "pl"): Written(1917, None, 4, 12, 2),
    ("woensdag 12 april 1917", "nl"): Written(1917, None, 4, 12, 2),
    ("12.4.1917", "de"): Written(1917, None, 4, 12),
    ("12. IV. 1917", "pl"): Written(1917, None, 4, 12),
    ("12 kwietnia 1917", ""): Written(1917, None, 4, 12),
    ("1917", ""): Written(1917),
    ("Friday", "en"): Written(weekday=4),
}
UNREAD = [
    ("12", "en"), ("12 1917", "en"), ("a few days after 12 April 1917", "en"), ("12 or 13 April 1917", "en"),
    ("12 April 1917 and 1918", "en"), ("12 avril 1917", "en"), ("12. listopada 1917", "hr"), ("Mar 12", ""),
    ("32 April 1917", "en"), ("1731/4", "en"), ("the 12th instant", "en"), ("", "en"), ("kal. Aprilis", "la"),
    ("April" * 100, "en"), ("12.13.1917", "de"), ("die", "la"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language"), READ, ids=lambda value: value or "any")
def test_what_is_sure_is_read(text, language):
    assert read(text, language) == READ[text, language]


@pytest.mark.parametrize(("text", "language"), UNREAD)
def test_what_is_in_doubt_is_not_read(text, language):
    assert read(text, language) is None


@pytest.mark.parametrize("language", NAMES)
def test_every_language_has_all_months_and_days_of_the_week(language):
    words = vocabulary(language)
    assert set(words.months.values()) == set(range(1, 13))
    assert set(words.weekdays.values()) == set(range(7))
    assert not words.months.keys() & words.weekdays.keys()
    assert not words.fillers & (words.months.keys() | words.weekdays.keys())


@given(st.dates(datetime.date(1000, 1, 1)), st.sampled_from(list(NAMES)))
def test_a_date_written_out_is_read_back(day, language):
    months, weekdays, _ = NAMES[language]
    month = months.split()[day.month - 1].split("|")[0]
    name = weekdays.split()[day.weekday()].split("|")[0]
    written = Written(day.year, None, day.month, day.day, day.weekday())
    assert read(f"{name}, {day.day} {month} {day.year}", language) == written
    assert read(f"{name.upper()} {day.day}. {month.title()}, {day.year}.", language) == written


def test_no_word_means_two_things_where_the_language_is_not_known():
    words = vocabulary("")
    for language in NAMES:
        own = vocabulary(language)
        assert all(words.months.get(word, number) == number for word, number in own.months.items())
        assert all(words.weekdays.get(word, number) == number for word, number in own.weekdays.items())


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("We met on Wednesday, ", "en", 2), ("am Mittwoch, den ", "de", 2), ("mercredi le ", "fr", 2),
        ("We met on ", "en", None), ("Wednesday’s child, ", "en", None), ("So ", "de", None), ("среду ", "ru", 2),
        ("Wednesday ", "cs", None),
    ],
)  # fmt: skip
def test_a_day_of_the_week_before_a_date_is_read(text, language, number):
    assert weekday_before(text, language) == number


@given(st.text())
def test_no_text_breaks_the_reading(text):
    for language in ("", "en", "ru", "xx"):
        read(text, language)
        weekday_before(text, language)
