"""A running text in sentences and tokens: those that the document marks (s, w, pc: Guidelines #AILC), else by rule.

The rule for sentences: the end of a block ends one; so does ".", "!", "?" or "…", with what closes behind it, where white
space and something other than a small letter follow. A full stop behind an initial, an abbreviation (abbr, or one of
``ABBREVIATIONS``) ends none, and no sentence ends inside of a name, a date or a word.

The rule for tokens: numbers with what groups their figures; words, hyphens and apostrophes inside of them included;
signs, each by itself or with others of its kind. A token ends where a name, a date or the like begins or ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple, Protocol, TypeVar
from unicodedata import category

from lxml import etree

from teiwright.corpora.running import Extent, Running
from teiwright.corpora.vocabulary import ABBREVIATION, ANNOTATIONS, SENTENCE, TOKENS
from teiwright.names import tei

END = re.compile(r"[.!?…。！？।։]+[\"'”’»«“)\]]*(?=\s)")
SMALL = re.compile(r"\s+[\"'„“‚‘»«(\[]*([^\W\d_])?")
LAST_WORD = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]+\.\Z")
LAST_MARK = 0x20000  # no script has marks behind it
LONGEST_WORD = 40  # characters before a full stop that are looked at
# Behind which a full stop ends no sentence, in languages of editions; an initial is known by its length.
ABBREVIATIONS = frozenset(
    """abb abt al anm app art aufl bd bde bes betr bzw ca cap cf chap cit co col cols comp d.h dr ebd ed edn eds eg
    esp etc f fasc ff fig figs fn fol fols ggf gr hg hgg hrsg ibid id i.e e.g inf jg jh jr kap lib lit ll loc mlle
    mm mme mr mrs ms mss n nn no nos nr num op p par para pl pp prof pt rev s sc sec sect ser sog sq sqq ss st
    suppl tab trans transl u.a u.s.w usf usw v v.a vgl viz vol vols vs z.b z.t z""".split()
)
NAMES = frozenset(map(tei, ANNOTATIONS))
WHOLE = NAMES | TOKENS | {ABBREVIATION}


class Token(NamedTuple):
    """A word or a sign: where it stands in the text, and the w or pc that it is, None where it is one by rule."""

    start: int
    end: int
    element: etree._Element | None


class Sentence(NamedTuple):
    """A sentence: where it stands, its tokens, the s that it is, whether it begins a block."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    element: etree._Element | None
    begins_block: bool


def sentences(running: Running) -> Iterator[Sentence]:
    """The sentences of a text; one without words is none."""
    marked = outermost(extent for extent in running.extents if extent.element.tag == SENTENCE)
    tokens = list(_tokens(running))
    starts = [token.start for token in tokens]
    behind = -1  # of the last token
    for start, end, element in _parts(running, marked):
        own = tokens[bisect_left(starts, start) : bisect_left(starts, end)]
        if own:
            begins_block = behind < 0 or _has_stop(running.stops, behind, own[0].start)
            yield Sentence(own[0].start, own[-1].end, tuple(own), element, begins_block)
            behind = own[-1].end


def _has_stop(stops: tuple[int, ...], start: int, end: int) -> bool:
    return bisect_left(stops, start) < bisect_left(stops, end)


def _parts(running: Running, marked: list[Extent]) -> Iterator[tuple[int, int, etree._Element | None]]:
    """The text in sentences that are marked, and in those between them by rule."""
    ends = _ends(running)
    behind = 0
    for extent in [*marked, None]:
        limit = extent.start if extent else len(running.text)
        for end in [*ends[bisect_right(ends, behind) : bisect_left(ends, limit)], limit]:
            yield behind, end, None
            behind = end
        if extent:
            yield extent.start, extent.end, extent.element
            behind = extent.end


def _ends(running: Running) -> list[int]:
    """The places where a sentence ends by rule, in order."""
    whole = outermost(extent for extent in running.extents if extent.element.tag in WHOLE)
    starts = [extent.start for extent in whole]
    found = {*running.stops}
    for sign in END.finditer(running.text):
        if not _goes_on(running.text, sign) and not _is_inside(sign.end(), sign.start(), whole, starts):
            found.add(sign.end())
    return sorted(found)


def _goes_on(text: str, sign: re.Match[str]) -> bool:
    """Whether a sentence goes on behind a sign that could end it."""
    follows = SMALL.match(text, sign.end())
    if follows and follows[1] and follows[1].islower():
        return True
    if sign[0] != ".":
        return False
    word = LAST_WORD.search(text[max(0, sign.start() - LONGEST_WORD) : sign.start() + 1])
    if not word:
        return False
    bare = word[0].rstrip(".")
    return (len(bare) == 1 and bare.isupper()) or bare.casefold() in ABBREVIATIONS


def _is_inside(place: int, sign: int, whole: list[Extent], starts: list[int]) -> bool:
    """Whether a place is inside of something that no sentence parts, or behind the full stop of an abbreviation."""
    index = bisect_right(starts, sign) - 1
    if index < 0:
        return False
    extent = whole[index]
    return place < extent.end or (place == extent.end and extent.element.tag == ABBREVIATION)


class Ranged(Protocol):
    """What has a place in a text."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


Some = TypeVar("Some", bound=Ranged)


def outermost(extents: Iterable[Some]) -> list[Some]:
    """Those that are in no other, in the order of the text."""
    found: list[Some] = []
    for extent in sorted(extents, key=lambda one: (one.start, -one.end)):
        if not found or extent.start >= found[-1].end:
            found.append(extent)
    return found


def _tokens(running: Running) -> Iterator[Token]:
    """All tokens in the order of the text: w and pc, and between them by rule."""
    marked = outermost(extent for extent in running.extents if extent.element.tag in TOKENS)
    cuts = sorted({place for extent in running.extents if extent.element.tag in NAMES for place in extent[1:]})
    token = _token()
    behind = 0
    for extent in [*marked, None]:
        limit = extent.start if extent else len(running.text)
        for cut in [*cuts[bisect_right(cuts, behind) : bisect_left(cuts, limit)], limit]:
            yield from (Token(*found.span(), None) for found in token.finditer(running.text, behind, cut))
            behind = cut
        if extent:
            yield Token(extent.start, extent.end, extent.element)
            behind = extent.end


@cache
def _token() -> re.Pattern[str]:
    """What a token is by rule. Python's letters leave out the marks that many scripts write above and below them."""
    marks = "".join(map(chr, (code for code in range(0x300, LAST_MARK) if category(chr(code)) in ("Mn", "Mc"))))
    letter = rf"[^\W_][{re.escape(marks)}]*"
    return re.compile(rf"\d+(?:[.,:]\d+)+|(?:{letter})+(?:['’‐‑-](?:{letter})+)*|([^\w\s])\1*|\S")
