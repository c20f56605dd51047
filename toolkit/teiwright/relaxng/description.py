"""What a value should be, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from teiwright.relaxng.datatypes import Datatype
from teiwright.relaxng.pattern import Choice, Data, Empty, Group, List, OneOrMore, Pattern, Text, Value
from teiwright.relaxng.regex import shortened
from teiwright.wording import alternatives

# What the patterns of TEI's datatypes stand for (TEI Guidelines #DTYPES), by how they begin: releases differ in the
# rest.
PATTERNS = {
    r"(\-?[\d]+/\-?[\d]+)": 'a fraction such as "3/4"',
    r"[\-+]?\d+(\.\d+)?(%|": 'a number with its unit such as "12cm" or "50%", without a space',
    r"(-?[0-9]+(\.[0-9]+)?,-?[0-9]+": 'a point such as "220,100"',
    r"[0-9.,DHMPRSTWYZ/:+\-]+": 'a date, time or duration of ISO 8601 such as "1917-10-25" or "P3D"',
    r"[\d]+[a-z]*[\d]*(\.[\d]+": 'a version such as "2.1" or "1.0b"',
    r"[\d]+(\.[\d]+){0,2}": 'a version number such as "4.9.0"',
    r"[^/\s]+:\S*": 'an absolute address such as "http://www.tei-c.org/ns/1.0"',
    r".+:.+": 'a name with a prefix such as "tei:p"',
    r"[a-z][a-z0-9\+\.\-]*": "small letters, digits and + . - that begin with a letter",
    r"(\p{L}|\p{N}|\p{P}|\p{S})+": "one word without spaces",
    r"(19[789][0-9]|[2-9][0-9]{3}).*": "of 1970 or later",
}
NAME = "a name of letters, digits and . - _ that begins with a letter or _"
COLON_NAME = "a name of letters, digits and . - _ : that begins with a letter or _"
NAMES = {
    "NCName": NAME,
    "ID": NAME,
    "IDREF": NAME,
    "Name": COLON_NAME,
    "anyURI": 'a pointer such as "#ada" or an address (URI)',
}
BOOLEAN = ('"true"', '"false"', '"1"', '"0"')
DATES = {"date": 2, "gYear": 3, "gYearMonth": 4}  # ranks: the likeliest of what can stand for a date


def described(patterns: Iterable[Pattern], time_first: bool = False) -> str:
    """What a value should be; ``time_first``: where dates and times will do, times are meant."""
    phrases: dict[str, int] = {}
    for pattern in patterns:
        for rank, phrase in _phrases(pattern):
            phrases[phrase] = min(rank, phrases.get(phrase, rank))
    if time_first:
        phrases |= {phrase: -1 for phrase in phrases if phrase.startswith("a time")}
    return alternatives(sorted(phrases, key=lambda phrase: phrases[phrase])) or "nothing"


def _phrases(pattern: Pattern) -> list[tuple[int, str]]:
    """Phrases and their ranks: what is listed one by one comes first, "empty" last."""
    if isinstance(pattern, Value):
        written = pattern.written.strip()
        return [(1, f'"{written}"') if written else (9, "an empty value")]
    if isinstance(pattern, Data):
        return _of_datatype(pattern.datatype)
    if isinstance(pattern, Text):
        return [(5, "text")]
    if isinstance(pattern, List):
        return [(5, f"words, each of them {described([pattern.part])}")]
    if isinstance(pattern, Empty):
        return [(9, "nothing")]
    if isinstance(pattern, Choice | OneOrMore | Group):
        return [found for part in pattern.parts for found in _phrases(part) if found[1] != "nothing"]
    return []


def _of_datatype(datatype: Datatype) -> list[tuple[int, str]]:
    if datatype.name == "boolean" and not datatype.facets:
        return [(0, phrase) for phrase in BOOLEAN]
    return [(DATES.get(datatype.name, 5), _words(datatype))]


def _words(datatype: Datatype) -> str:
    said = datatype.describe().replace(datatype.words, NAMES.get(datatype.name, datatype.words), 1)
    for facet in datatype.facets:
        words = next((words for start, words in PATTERNS.items() if facet.text.startswith(start)), "")
        if facet.name == "pattern" and words:
            said = words.join(re.split(f'(?:text )?that matches "{re.escape(shortened(facet.text))}"', said))
    return said


def is_pointer(patterns: Iterable[Pattern]) -> bool:
    """Whether a value should be an address, or several."""
    waiting = list(patterns)
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, Data) and pattern.datatype.name == "anyURI":
            return True
        waiting.extend(pattern.parts)
    return False


def enumerated(patterns: Iterable[Pattern]) -> list[str]:
    """The values that are listed one by one in patterns."""
    found: list[str] = []
    waiting = list(patterns)
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, Value):
            found.append(pattern.written.strip())
        waiting.extend(pattern.parts)
    return found
