"""Generated words: the tables that the stylesheets speak from (xslt/shared/words.xsl), for what is made in Python."""

from __future__ import annotations

import json
import re
from functools import cache

from teiwright import assets

FALLBACK = "en"


class Words:
    """The words of one language, by its tag of BCP 47 ("de" serves "de-AT"); English ones where it has none.

    >>> Words("en-GB")("page", 12)
    'p. 12'
    """

    def __init__(self, language: str = FALLBACK) -> None:
        wanted = language.replace("_", "-").partition("-")[0].lower()
        self.language = wanted if wanted in languages() else FALLBACK

    def __call__(self, key: str, *places: object) -> str:
        """The words for a key, "{1}" and "{2}" in them filled; the key itself where no language has it."""
        words = _table(self.language).get(key) or _table(FALLBACK).get(key, key)
        for number, place in enumerate(places, 1):
            words = words.replace(f"{{{number}}}", str(place))
        return words

    def quotation_marks(self, *, inner: bool = False) -> tuple[str, str]:
        """The mark that opens a quotation, or one within another, and the one that closes it, each with the space that
        belongs to it.
        """
        before, _, after = self("quoted-inner" if inner else "quoted").partition("{1}")
        return before, after

    def quoted(self, words: str) -> str:
        """Words in quotation marks. Those that bear them already are given no others; within, the same marks become inner ones.

        >>> Words("en").quoted("the “left” bloc"), Words("de").quoted("„links“")
        ('“the ‘left’ bloc”', '„links“')
        """
        before, after = (mark.strip() for mark in self.quotation_marks())
        quotation = re.compile(rf"{before}\s*([^{before}{after}]*?)\s*{after}")
        whole = quotation.fullmatch(words)
        inner = self("quoted-inner")
        return self("quoted", whole[1] if whole else quotation.sub(lambda found: inner.replace("{1}", found[1]), words))


@cache
def languages() -> frozenset[str]:
    """The languages that there are words in."""
    return frozenset(file.stem for file in (assets.folder("xslt") / "shared" / "words").glob("*.json"))


@cache
def _table(language: str) -> dict[str, str]:
    file = assets.folder("xslt") / "shared" / "words" / f"{language}.json"
    table: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return table
