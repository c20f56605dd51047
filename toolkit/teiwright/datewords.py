"""Dates as texts write them: day, month, year and day of the week, read where nothing is in doubt.

A reading is strict: each word of an expression must be known, and each part may occur once. Everything else is None,
since a wrong reading is worse than none. Names of months and days of the week are those of nine languages.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# Per language twelve months, then seven days of the week from Monday, each with its forms; then words that may stand
# between them and mean nothing.
NAMES = {
    "en": (
        """january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sept|sep
        october|oct november|nov december|dec""",
        "monday|mon tuesday|tues|tue wednesday|wed thursday|thurs|thu friday|fri saturday|sat sunday|sun",
        "the of on day in",
    ),
    "de": (
        """januar|jänner|jenner|januarii|jan|januars februar|feber|hornung|feb|februars märz|maerz|mertz|märzen|mär april|apr|aprils mai|may|mais
        juni|juny|junius|jun|junis juli|july|julius|jul|julis august|aug|augusts september|sept|sep|7ber|septembers
        oktober|october|okt|oct|8ber|oktobers november|nov|9ber|novembers dezember|december|dez|dec|10ber|dezembers""",
        """montag|montags|mo dienstag|dienstags|di mittwoch|mittwochs|mi donnerstag|donnerstags|do freitag|freitags|fr
        samstag|samstags|sonnabend|sonnabends|sa sonntag|sonntags|so""",
        "den dem am der des vom im",
    ),
    "fr": (
        """janvier|janv février|fevrier|févr mars avril mai juin juillet|juil août|aout|aoust septembre|sept|7bre
        octobre|oct|8bre novembre|nov|9bre décembre|decembre|déc|xbre""",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "le du de en ce",
    ),
    "es": (
        """enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre
        diciembre""",
        "lunes martes miércoles|miercoles jueves viernes sábado|sabado domingo",
        "el de del en día",
    ),
    "it": (
        """gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre
        dicembre""",
        """lunedì|lunedi martedì|martedi mercoledì|mercoledi giovedì|giovedi venerdì|venerdi sabato
        domenica""",
        "il di del lì addì in",
    ),
    "ru": (
        """января|январь|генваря|январе февраля|февраль|феврале марта|март|марте апреля|апрель|апреле мая|май|мае
        июня|июнь|іюня|июне июля|июль|іюля|июле августа|август|августе сентября|сентябрь|сентябре
        октября|октябрь|октябре ноября|ноябрь|ноябре декабря|декабрь|декабре""",
        """понедельник вторник среда|среду четверг|четвергъ пятница|пятницу суббота|субботу
        воскресенье|воскресение""",
        "г года год году в во",
    ),
    "la": (
        """januarii|ianuarii|januarius|ianuarius februarii|februarius martii|martius aprilis maii|maij|maius
        junii|iunii|junius|iunius julii|iulii|julius|iulius augusti|augustus septembris|september octobris|october
        novembris|november decembris|december""",
        "lunae martis mercurii jovis|iovis veneris saturni|sabbati solis|dominica",
        "die dies anno mensis mense domini",
    ),
    "pl": (
        """stycznia|styczeń|styczniu lutego|luty|lutym marca|marzec|marcu kwietnia|kwiecień|kwietniu maja|maj|maju
        czerwca|czerwiec|czerwcu lipca|lipiec|lipcu sierpnia|sierpień|sierpniu września|wrzesień|wrześniu
        października|październik|październiku listopada|listopad|listopadzie grudnia|grudzień|grudniu""",
        "poniedziałek wtorek środa|środę czwartek piątek sobota|sobotę niedziela|niedzielę",
        "dnia roku r w we",
    ),
    "nl": (
        """januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sept|sep
        oktober|october|okt november|nov december|dec""",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "de den op van in",
    ),
}
ABBREVIATED = 4  # letters: shorter forms are read only where the language is known, whole words such as "may" apart
DAY = r"(0?[1-9]|[12][0-9]|3[01])(?:\.|st|nd|rd|th|d|er|ten|te|de|e|º|ª|го|-го)?"
YEAR = r"([1-9][0-9]{2,3}|0[0-9]{3})(?:[/-]([0-9]{1,4}))?"
DOTTED = r"([0-9]{1,2})\. ?([0-9]{1,2}|[IVX]{1,4})\. ?([0-9]{4})"
FIGURES = r"([0-9]{4})([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?|([0-9]{4})([0-9]{2})([0-9]{2})"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
OLD_STYLE = (
    "old style|o.s|o. s|os|ancien style|vieux style|alten stils|alter stil|a. st|st. v|ст. ст|ст.ст|старого стиля"
)
NEW_STYLE = "new style|n.s|n. s|ns|nouveau style|neuen stils|neuer stil|n. st|st. n|нов. ст|н. ст|н.ст|нового стиля"
LONGEST = 80  # characters that an expression may have
WORD_BEFORE = r"([^\W\d_]+)[,.]?\s*(?:[^\W\d_]{2,3}\s+)?\Z"


class Written(NamedTuple):
    """What an expression names: ``other_year`` is the second of a double year ("1731/2"), ``weekday`` counts from
    Monday, 0, ``julian`` is whether it says Old Style or New Style. What it leaves out is None.
    """

    year: int | None = None
    other_year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    julian: bool | None = None

    @property
    def is_day(self) -> bool:
        """Whether it names a day by itself."""
        return None not in (self.year, self.month, self.day)


class Vocabulary(NamedTuple):
    """The words of a language, or of all of them, in lower case; months from 1, days of the week from Monday, 0."""

    months: dict[str, int]
    weekdays: dict[str, int]
    fillers: frozenset[str]


def read(text: str, language: str = "") -> Written | None:
    """What an expression names; None where it is in doubt. ``language`` is a tag of BCP 47; where it is empty, names of
    all languages are tried, in another than those nine there is nothing to read.

    >>> read("Wednesday, 12 April 1917", "en")
    Written(year=1917, other_year=None, month=4, day=12, weekday=2, julian=None)
    >>> read("a few days after 12 April 1917") is None
    True
    """
    words = vocabulary(language)
    text, julian = _without_style(" ".join(text.lower().split()))
    text = text.strip(" .,;:()[]")
    if words is None or not text or len(text) > LONGEST:
        return None
    if dotted := re.fullmatch(DOTTED, text.upper()):
        return _dotted(dotted, julian)
    found: dict[str, int] = {}
    for token in re.split(r"[ ,]+", text):
        meaning = _meaning(token, words)
        if meaning is None or not found.keys().isdisjoint(meaning):
            return None
        found |= meaning
    return Written(**found, julian=julian) if _is_a_date(found) else None


def in_figures(text: str) -> Written | None:
    """A date in figures from the year on, however they are parted.

    >>> in_figures("1917/5/12").day
    12
    """
    found = re.fullmatch(FIGURES, text.strip())
    if not found:
        return None
    if found[5]:
        return Written(int(found[5]), None, int(found[6]), int(found[7]))
    if found[2] == "/" and not found[4]:  # a double year
        return None
    return Written(int(found[1]), None, int(found[3]), int(found[4]) if found[4] else None)


def weekday_before(text: str, language: str = "") -> int | None:
    """The day of the week, from Monday, 0, with which a text ends, as it stands before a date ("on Wednesday, ").

    >>> weekday_before("We met on Wednesday, the ", "en")
    2
    """
    words = vocabulary(language)
    found = re.search(WORD_BEFORE, text[-LONGEST:].lower())
    return words.weekdays.get(found[1]) if words and found and len(found[1]) >= ABBREVIATED else None


@lru_cache(maxsize=32)
def vocabulary(language: str) -> Vocabulary | None:
    """The words of a language by its tag, of all languages for an empty one; None for a language that is not known."""
    if language:
        names = NAMES.get(re.split(r"[-_]", language.lower())[0])
        return _vocabulary(*names) if names else None
    months, weekdays, fillers = zip(*(_vocabulary(*names) for names in NAMES.values()), strict=True)
    return Vocabulary(_agreed(months), _agreed(weekdays), frozenset().union(*fillers))


def _vocabulary(months: str, weekdays: str, fillers: str) -> Vocabulary:
    return Vocabulary(_numbered(months, 1), _numbered(weekdays, 0), frozenset(fillers.split()))


def _numbered(names: str, first: int) -> dict[str, int]:
    return {form: n for n, forms in enumerate(names.split(), first) for form in forms.split("|")}


def _agreed(vocabularies: tuple[dict[str, int], ...]) -> dict[str, int]:
    """What all languages that have a word mean by it; no short forms, which are words of other meaning elsewhere."""
    meanings: dict[str, set[int]] = {}
    for words in vocabularies:
        for word, number in words.items():
            meanings.setdefault(word, set()).add(number)
    short = {"may", "mai", "mei", "мая", "май", "maj"}
    return {w: min(n) for w, n in meanings.items() if len(n) == 1 and (len(w) >= ABBREVIATED or w in short)}


def _meaning(token: str, words: Vocabulary) -> dict[str, int] | None:
    """The parts of a date that one word stands for: none for a filler, None for a word that is not known."""
    bare = token.strip(".;:()[]")
    if bare in words.fillers:
        return {}
    if bare in words.months:
        return {"month": words.months[bare]}
    if bare in words.weekdays:
        return {"weekday": words.weekdays[bare]}
    if day := re.fullmatch(DAY, token.strip("()[]")) or re.fullmatch(DAY, bare):
        return {"day": int(day[1])}
    if year := re.fullmatch(YEAR, bare):
        return _years(year[1], year[2])
    return None


def _years(first: str, second: str | None) -> dict[str, int] | None:
    """A year, or a double one, whose second half may be short ("1699/1700", "1731/32", "1731/2")."""
    year = int(first)
    if not second:
        return {"year": year}
    return {"year": year, "other_year": year + 1} if f"{year + 1:04d}".endswith(second) else None


def _without_style(text: str) -> tuple[str, bool | None]:
    """A text without a remark at its end that it is in Old Style or New Style, and which of both, if any."""
    if text[-1:].isdigit():
        return text, None
    for phrases, julian in ((OLD_STYLE, True), (NEW_STYLE, False)):
        for phrase in phrases.split("|"):
            if text.rstrip(" )].").endswith((f" {phrase}", f"({phrase}", f"[{phrase}")):
                return text.rstrip(" )].")[: -len(phrase)].rstrip(" (["), julian
    return text, None


def _dotted(found: re.Match[str], julian: bool | None) -> Written | None:
    month = ROMAN.index(found[2]) + 1 if found[2] in ROMAN else int(found[2]) if found[2].isdecimal() else 0
    day = int(found[1])
    return Written(int(found[3]), None, month, day, None, julian) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _is_a_date(found: dict[str, int]) -> bool:
    """A year, a month or a day of the week; a day of the month alone could be any number, with a year alone too."""
    if "day" in found:
        return "month" in found
    return bool(found)
