"""Search without a server: an index of folded words in small scripts, of which a page loads those that it needs.

Scripts, not JSON: browsers let no page from ``file:`` read a file, but they run its scripts, so that search works there too.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from teiwright.site.built import Built, Searched
from teiwright.site.frame import Frame, Head, main, page, title_block
from teiwright.site.markup import make

PATH = "search.html"
FOLDER = "assets/search"
SHARD = 150_000  # characters of one script of words, about
CHUNK = 60_000  # characters of one script of passages, about
LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ſ": "s",
    "ς": "σ",
    "ـ": "",
}
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"}  # as they are also spelled, where that language does
SPELLED = ("de", "da", "nb", "nn", "no", "sv", "fi", "et")
DENSE = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0x9FFF),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
# Signs that search passes over: accents, and the points of Hebrew, Arabic and Syriac; vowels of Indic scripts stay.
SIGNS = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")  # fmt: skip
PLAIN = re.compile("[\0-\u058f\u2000-\u206f]*")  # scripts with spaces and without marks, once folded
WORD = re.compile(r"[^\W_]+")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def folded(text: str) -> str:
    """Letters without case and signs, as search compares them. The script of the search page does the same.

    >>> folded("Éclair"), folded("Straße"), folded("Ёлка"), folded("ὁδός")
    ('eclair', 'strasse', 'елка', 'οδοσ')
    """
    lower = unicodedata.normalize("NFKD", text).lower()
    plain = SIGNS.sub("", unicodedata.normalize("NFKD", lower))
    return "".join(LETTERS.get(c, c) for c in plain)


def tokens(text: str) -> Iterator[str]:
    """The words of a text, folded; in scripts that are written without spaces (Han, Kana, Hangul, Thai, Khmer, Burmese, Lao) each
    letter is one, and search looks for them in a row.

    >>> list(tokens("L’État, c’est moi")), list(tokens("東京へ"))
    (['l', 'etat', 'c', 'est', 'moi'], ['東', '京', 'へ'])
    """
    letters = folded(text)
    if PLAIN.fullmatch(letters):
        yield from WORD.findall(letters)
        return
    word = ""
    for character in letters:
        if is_dense(character):
            if word:
                yield word
                word = ""
            if character.isalnum():
                yield character
        elif character.isalnum() or (word and unicodedata.category(character).startswith("M")):
            word += character
        elif word:
            yield word
            word = ""
    if word:
        yield word


def is_dense(character: str) -> bool:
    """Whether a letter is of a script that is written without spaces."""
    return any(first <= ord(character) <= last for first, last in DENSE)


def spellings(text: str, language: str) -> Iterator[str]:
    """The words of a text, with those that are also spelled otherwise in its language: "München" is "munchen" and "muenchen"."""
    yield from tokens(text)
    if language.lower().partition("-")[0] in SPELLED:
        lower = unicodedata.normalize("NFC", text.lower())
        if any(c in UMLAUTS for c in lower):
            for word in lower.split():
                if any(c in UMLAUTS for c in word):
                    yield from tokens("".join(UMLAUTS.get(c, c) for c in word))


def postings(passages: Sequence[Searched]) -> dict[str, list[int]]:
    """The numbers of the passages in which each word is, ascending."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, passage in enumerate(passages):
        for word in set(spellings(passage.text, passage.language)):
            found[word].append(number)
    return found


def files(texts: Sequence[Built]) -> Iterator[tuple[str, str]]:
    """The scripts of the index: their paths and what they say."""
    passages = [passage for text in texts for passage in text.searched]
    shards = dict(_shards(_merged(texts)))
    for name, words in shards.items():
        yield f"{FOLDER}/w-{_hex(name)}.js", f"teiwright.shard({_json(name)},{_json(words)});\n"
    starts = []
    paths = list(dict.fromkeys(passage.path for passage in passages))
    numbers = {path: n for n, path in enumerate(paths)}
    for n, (start, chunk) in enumerate(_chunks(passages)):
        starts.append(start)
        rows = [[numbers[p.path], p.anchor, p.label, p.text, p.language] for p in chunk]
        yield f"{FOLDER}/p-{n}.js", f"teiwright.passages({n},{_json(rows)});\n"
    titles = {path: text.facts.title for text in texts for path in (text.path, *text.pages)}
    index = {
        "shards": sorted(shards),
        "starts": starts,
        "pages": [[path, titles.get(path, path)] for path in paths],
        "size": len(passages),
    }
    yield f"{FOLDER}/index.js", f"teiwright.index({_json(index)});\n"


def _merged(texts: Sequence[Built]) -> dict[str, list[int]]:
    """The words of all texts, passages numbered through."""
    found: dict[str, list[int]] = defaultdict(list)
    start = 0
    for text in texts:
        for word, numbers in text.words.items():
            found[word].extend(number + start for number in numbers)
        start += len(text.searched)
    return found


def _shards(found: dict[str, list[int]]) -> Iterator[tuple[str, dict[str, str]]]:
    """The words by as many of their first letters as keep a script small."""
    waiting = [("", sorted(found))]
    while waiting:
        name, words = waiting.pop()
        total = sum(len(word) + 3 * len(found[word]) for word in words)
        exact = [word for word in words if word == name]
        if name and (total <= SHARD or len(words) == len(exact) or len(name) >= 4):
            yield name, {word: packed(found[word]) for word in words}
            continue
        if exact and name:
            yield f"{name}.", {name: packed(found[name])}  # the word that is as long as the name of the script
        for inner, group in groupby((w for w in words if w != name), key=lambda word: word[: len(name) + 1]):
            waiting.append((inner, list(group)))


def packed(numbers: Sequence[int]) -> str:
    """Ascending numbers as the steps between them, in base 36.

    >>> packed([3, 4, 44])
    '3,1,14'
    """
    steps = [number - before for number, before in zip(numbers, (0, *numbers), strict=False)]
    return ",".join(map(_base36, steps))


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
        if not number:
            return digits


def _hex(name: str) -> str:
    return "-".join(f"{ord(c):x}" for c in name)


def _json(value: object) -> str:
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


class _Chunk(NamedTuple):
    start: int
    passages: list[Searched]


def _chunks(passages: Sequence[Searched]) -> Iterator[_Chunk]:
    start, size, chunk = 0, 0, list[Searched]()
    for number, passage in enumerate(passages):
        if chunk and size + len(passage.text) > CHUNK:
            yield _Chunk(start, chunk)
            start, size, chunk = number, 0, []
        chunk.append(passage)
        size += len(passage.text)
    if chunk:
        yield _Chunk(start, chunk)


def search_page(frame: Frame) -> str:
    """The page with the form; its script does the rest."""
    words = frame.words
    field = make(
        "input",
        {
            "type": "search",
            "id": "query",
            "name": "q",
            "autocomplete": "off",
            "spellcheck": "false",
            "enterkeyhint": "search",
        },
    )
    form = make(
        "form",
        {"class": "search", "action": "search.html", "method": "get", "role": "search"},
        make("label", {"for": "query"}, words("site-search-for")),
        make("div", {"class": "field"}, field, make("button", {"type": "submit"}, words("site-search"))),
        make("p", {"class": "hint"}, words("site-search-hint")),
    )
    said = {"data-none": words("site-search-none"), "data-found": words("site-search-found"), "data-more": words("site-search-more"),
            "data-unreadable": words("site-search-unreadable")}  # fmt: skip
    results = make("div", {"id": "results", "aria-live": "polite", **said})
    without = make("noscript", {}, make("p", {}, words("site-search-noscript")))
    scripts = ("assets/search.js", f"{FOLDER}/index.js")
    content = [title_block(words("site-search")), main(form, without, results)]
    return page(frame, PATH, Head(words("site-search"), scripts=scripts, is_listed=False), content, kind="searching")
