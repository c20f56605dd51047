"""Dates in words of six languages: as the page says them, and as the site does."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import html

from building import document
from teiwright.phrases import Phrases
from teiwright.stylesheet import Stylesheet
from teiwright.words import Words

LANGUAGES = ("en", "de", "fr", "es", "it", "ru")
KINDS = ("when", "from", "to", "notBefore", "notAfter")

# Values by kind, then the words in each of the languages.
CASES: dict[str, tuple[str, ...]] = {
    "when 1917-10-10": (
        "10 October 1917", "10. Oktober 1917", "10 octobre 1917", "10 de octubre de 1917", "10 ottobre 1917", "10 октября 1917 г.",
    ),
    "when 1917-05-01": ("1 May 1917", "1. Mai 1917", "1er mai 1917", "1 de mayo de 1917", "1º maggio 1917", "1 мая 1917 г."),
    "when 1917-05": ("May 1917", "Mai 1917", "mai 1917", "mayo de 1917", "maggio 1917", "май 1917 г."),
    "when 1917": ("1917", "1917", "1917", "1917", "1917", "1917 г."),
    "when --10-12": ("12 October", "12. Oktober", "12 octobre", "12 de octubre", "12 ottobre", "12 октября"),
    "when -0043-03-15": (
        "15 March 44 BC", "15. März 44 v. Chr.", "15 mars 44 av. J.-C.", "15 de marzo de 44 a. C.", "15 marzo 44 a.C.", "15 марта 44 г. до н. э.",
    ),
    "when 0000": ("1 BC", "1 v. Chr.", "1 av. J.-C.", "1 a. C.", "1 a.C.", "1 г. до н. э."),
    "when 1917-10-10T09:30:00Z": (
        "10 October 1917, 09:30", "10. Oktober 1917, 09:30", "10 octobre 1917, 09:30", "10 de octubre de 1917, 09:30", "10 ottobre 1917, 09:30",
        "10 октября 1917 г., 09:30",
    ),
    "when about 1917-10-08": (
        "about 8 October 1917", "um den 8. Oktober 1917", "vers le 8 octobre 1917", "hacia el 8 de octubre de 1917", "circa l’8 ottobre 1917",
        "около 8 октября 1917 г.",
    ),
    "when about 1917-05": ("about May 1917", "um Mai 1917", "vers mai 1917", "hacia mayo de 1917", "circa maggio 1917", "около мая 1917 г."),
    "when about 1917": ("about 1917", "um 1917", "vers 1917", "hacia 1917", "circa 1917", "около 1917 г."),
    # Spans say once what both ends share.
    "from 1917-10-10 to 1917-10-12": (
        "10–12 October 1917", "10.–12. Oktober 1917", "10–12 octobre 1917", "10–12 de octubre de 1917", "10–12 ottobre 1917", "10–12 октября 1917 г.",
    ),
    "from 1917-10-28 to 1917-11-03": (
        "28 October – 3 November 1917", "28. Oktober – 3. November 1917", "28 octobre – 3 novembre 1917", "28 de octubre – 3 de noviembre de 1917",
        "28 ottobre – 3 novembre 1917", "28 октября – 3 ноября 1917 г.",
    ),
    "from 1917-12-28 to 1918-01-01": (
        "28 December 1917 – 1 January 1918", "28. Dezember 1917 – 1. Januar 1918", "28 décembre 1917 – 1er janvier 1918",
        "28 de diciembre de 1917 – 1 de enero de 1918", "28 dicembre 1917 – 1º gennaio 1918", "28 декабря 1917 г. – 1 января 1918 г.",
    ),
    "from 1917-05 to 1917-06": ("May–June 1917", "Mai–Juni 1917", "mai–juin 1917", "mayo–junio de 1917", "maggio–giugno 1917", "май–июнь 1917 г."),
    "from 1917-05 to 1918-06": (
        "May 1917 – June 1918", "Mai 1917 – Juni 1918", "mai 1917 – juin 1918", "mayo de 1917 – junio de 1918", "maggio 1917 – giugno 1918",
        "май 1917 г. – июнь 1918 г.",
    ),
    "from 1917 to 1918-06": (
        "1917 – June 1918", "1917 – Juni 1918", "1917 – juin 1918", "1917 – junio de 1918", "1917 – giugno 1918", "1917 г. – июнь 1918 г.",
    ),
    "from 1917-10-10 to 1917-10-10": (
        "10 October 1917", "10. Oktober 1917", "10 octobre 1917", "10 de octubre de 1917", "10 ottobre 1917", "10 октября 1917 г.",
    ),
    "from 1917-10-10T09:00:00 to 1917-10-10T11:00:00": (
        "10 October 1917, 09:00–11:00", "10. Oktober 1917, 09:00–11:00", "10 octobre 1917, 09:00–11:00", "10 de octubre de 1917, 09:00–11:00",
        "10 ottobre 1917, 09:00–11:00", "10 октября 1917 г., 09:00–11:00",
    ),
    # A century is the years it has.
    "from 1801 to 1900": ("1801–1900", "1801–1900", "1801–1900", "1801–1900", "1801–1900", "1801–1900 гг."),
    "from -0057 to -0049": ("58–50 BC", "58–50 v. Chr.", "58–50 av. J.-C.", "58–50 a. C.", "58–50 a.C.", "58–50 гг. до н. э."),
    "from -0026 to 0014": (
        "27 BC – AD 14", "27 v. Chr. – 14 n. Chr.", "27 av. J.-C. – 14 apr. J.-C.", "27 a. C. – 14 d. C.", "27 a.C. – 14 d.C.", "27 г. до н. э. – 14 г. н. э.",
    ),
    "from about 1917-05 to 1917-06": (
        "about May–June 1917", "um Mai–Juni 1917", "vers mai–juin 1917", "hacia mayo–junio de 1917", "circa maggio–giugno 1917", "около мая–июня 1917 г.",
    ),
    "notBefore 1917-10-08 notAfter 1917-10-11": (
        "between 8 and 11 October 1917", "zwischen dem 8. und dem 11. Oktober 1917", "entre le 8 et le 11 octobre 1917", "entre el 8 y el 11 de octubre de 1917",
        "tra l’8 e l’11 ottobre 1917", "не ранее 8 и не позднее 11 октября 1917 г.",
    ),
    "notBefore 1917-05 notAfter 1917-06": (
        "between May and June 1917", "zwischen Mai und Juni 1917", "entre mai et juin 1917", "entre mayo y junio de 1917", "tra maggio e giugno 1917",
        "не ранее мая и не позднее июня 1917 г.",
    ),
    "notBefore 1801 notAfter 1900": (
        "between 1801 and 1900", "zwischen 1801 und 1900", "entre 1801 et 1900", "entre 1801 y 1900", "tra il 1801 e il 1900",
        "не ранее 1801 и не позднее 1900 г.",
    ),
    "notBefore 1900 notAfter 1910-05-08": (
        "between 1900 and 8 May 1910", "zwischen 1900 und dem 8. Mai 1910", "entre 1900 et le 8 mai 1910", "entre 1900 y el 8 de mayo de 1910",
        "tra il 1900 e l’8 maggio 1910", "не ранее 1900 г. и не позднее 8 мая 1910 г.",
    ),
    "notBefore -0057 notAfter -0049": (
        "between 58 and 50 BC", "zwischen 58 und 50 v. Chr.", "entre 58 et 50 av. J.-C.", "entre 58 y 50 a. C.", "tra il 58 e il 50 a.C.",
        "не ранее 58 и не позднее 50 г. до н. э.",
    ),
    "notBefore -0026 notAfter 0014": (
        "between 27 BC and AD 14", "zwischen 27 v. Chr. und 14 n. Chr.", "entre 27 av. J.-C. et 14 apr. J.-C.", "entre 27 a. C. y 14 d. C.",
        "tra il 27 a.C. e il 14 d.C.", "не ранее 27 г. до н. э. и не позднее 14 г. н. э.",
    ),
    # Open spans and bounds.
    "from 1917-10-02": (
        "from 2 October 1917", "ab dem 2. Oktober 1917", "depuis le 2 octobre 1917", "desde el 2 de octubre de 1917", "dal 2 ottobre 1917", "со 2 октября 1917 г.",
    ),
    "from 1917-05": ("from May 1917", "ab Mai 1917", "depuis mai 1917", "desde mayo de 1917", "da maggio 1917", "с мая 1917 г."),
    "from 0800": ("from 800", "ab 800", "depuis 800", "desde 800", "dall’800", "с 800 г."),
    "from about 1917": ("from 1917 (?)", "ab 1917 (?)", "depuis 1917 (?)", "desde 1917 (?)", "dal 1917 (?)", "с 1917 г. (?)"),
    "to 1917-10-11": (
        "to 11 October 1917", "bis zum 11. Oktober 1917", "jusqu’au 11 octobre 1917", "hasta el 11 de octubre de 1917", "fino all’11 ottobre 1917",
        "по 11 октября 1917 г.",
    ),
    "to 1917-04": ("to April 1917", "bis April 1917", "jusqu’en avril 1917", "hasta abril de 1917", "fino ad aprile 1917", "по апрель 1917 г."),
    "to 1917": ("to 1917", "bis 1917", "jusqu’en 1917", "hasta 1917", "fino al 1917", "по 1917 г."),
    "notBefore 1917-10-08": (
        "not before 8 October 1917", "nicht vor dem 8. Oktober 1917", "au plus tôt le 8 octobre 1917", "no antes del 8 de octubre de 1917",
        "non prima dell’8 ottobre 1917", "не ранее 8 октября 1917 г.",
    ),
    "notBefore 1917-05": (
        "not before May 1917", "nicht vor Mai 1917", "au plus tôt en mai 1917", "no antes de mayo de 1917", "non prima di maggio 1917", "не ранее мая 1917 г.",
    ),
    "notAfter 1917-10-08": (
        "not after 8 October 1917", "nicht nach dem 8. Oktober 1917", "au plus tard le 8 octobre 1917", "no después del 8 de octubre de 1917",
        "non dopo l’8 ottobre 1917", "не позднее 8 октября 1917 г.",
    ),
    "notAfter 1917": ("not after 1917", "nicht nach 1917", "au plus tard en 1917", "no después de 1917", "non dopo il 1917", "не позднее 1917 г."),
}  # fmt: skip

CALENDARS = {
    "en": ("25 October 1917 (Old Style) / 7 November 1917 (New Style)", " ⟨7~November 1917~N.S.⟩"),
    "de": ("25. Oktober 1917 (Alter Stil) / 7. November 1917 (Neuer Stil)", " ⟨7.~November 1917~n. St.⟩"),
    "fr": ("25 octobre 1917 (ancien style) / 7 novembre 1917 (nouveau style)", " ⟨7~novembre 1917~n.~s.⟩"),
    "es": ("25 de octubre de 1917 (estilo antiguo) / 7 de noviembre de 1917 (estilo nuevo)", " ⟨7~de noviembre de 1917~e. n.⟩"),
    "it": ("25 ottobre 1917 (Stile vecchio) / 7 novembre 1917 (Stile nuovo)", " ⟨7~novembre 1917~n.s.⟩"),
    "ru": ("25 октября 1917 г. (по старому стилю) / 7 ноября 1917 г. (по новому стилю)", " ⟨7~ноября 1917~г.~н. ст.⟩"),
}  # fmt: skip


def values(case: str) -> tuple[dict[str, str], bool]:
    """The values that a case names by kind, and whether they are about so."""
    steps = [step for step in case.split() if step != "about"]
    return dict(zip(steps[::2], steps[1::2], strict=True)), "about" in case.split()


def written(found: dict[str, str], about: bool) -> str:
    attributes = {**found, **({"precision": "low"} if about else {})}
    return f"<date {' '.join(f'{name}={value!r}' for name, value in attributes.items())}>x</date>"


def shown(dates: list[str], language: str) -> list[str]:
    """What the page says of each date, in its title."""
    page = Stylesheet.load("html").transform(document(f"<p>{' '.join(dates)}</p>"), {"language": language}).principal
    found = [str(title) for title in html.fromstring(page).xpath("//*[@class = 'date']/@title")]
    assert len(found) == len(dates)
    return found


@pytest.mark.parametrize(("place", "language"), list(enumerate(LANGUAGES)))
def test_the_page_says_dates_as_the_language_does(place: int, language: str) -> None:
    said = shown([written(*values(case)) for case in CASES], language)
    assert dict(zip(CASES, said, strict=True)) == {case: words[place] for case, words in CASES.items()}


@pytest.mark.parametrize(("place", "language"), list(enumerate(LANGUAGES)))
def test_the_site_says_dates_as_the_page_does(place: int, language: str) -> None:
    phrases = Phrases(Words(language))
    assert {case: phrases.said(*values(case)) for case in CASES} == {
        case: words[place] for case, words in CASES.items()
    }


ISO = st.builds(
    lambda year, rest: f"{'-' * (year < 0)}{abs(year):04d}{rest}",
    st.integers(-60, 60) | st.integers(795, 2100),
    st.sampled_from(["", "-01", "-04", "-10", "-08-01", "-10-02", "-10-08", "-10-11", "-12-31T10:00:00", "-12-31T11:30:00"]),
) | st.sampled_from(["--05", "--05-01", "---12", "P3D", "1917-13", "18"])  # fmt: skip
VALUES = st.dictionaries(st.sampled_from(KINDS), ISO, min_size=1, max_size=3)


@settings(max_examples=8, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(st.tuples(VALUES, st.booleans()), min_size=20, max_size=40), st.sampled_from(LANGUAGES))
def test_page_and_site_agree_on_any_values(dates: list[tuple[dict[str, str], bool]], language: str) -> None:
    known = [(found, about and not {"notBefore", "notAfter"} & found.keys()) for found, about in dates]
    phrases = Phrases(Words(language))
    assert shown([written(*date) for date in dates], language) == [phrases.said(*date) for date in known]


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_calendars_are_named(language: str) -> None:
    date = '<p><date when="1917-11-07" when-custom="1917-10-25" datingMethod="#julian">25</date> 1917</p>'
    page = html.fromstring(Stylesheet.load("html").transform(document(date), {"language": language}).principal)
    title, note = CALENDARS[language]
    assert page.xpath("string(//*[@class = 'date']/@title)") == title
    assert page.xpath("string(//small)").replace("\u00a0", "~") == note


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_is_abbreviated_as_the_language_does(language: str) -> None:
    words = Words(language)
    short = [words(f"month-{n}-short") for n in range(1, 13)]
    assert len(set(short)) == 12
    for n, abbreviation in enumerate(short, 1):
        assert words(f"month-{n}-alone").lower().startswith(abbreviation.rstrip(".").lower()[:3])
        assert abbreviation.endswith(".") == (language in ("fr", "ru") and abbreviation != words(f"month-{n}-alone"))
