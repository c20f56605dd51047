"""Items of works as hypothesis draws them: each is one that TEI can say, with what formats stumble over in its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from teiwright.bibliography.collection import Collection
from teiwright.bibliography.dates import of_edtf, put_date
from teiwright.words import Words

Item = dict[str, Any]
SIGNS = "abcdefXYZÄßéłЖж書0123 \xa0&%$#_{}~^\\\"<>.,:;!?()[]'’“”–—-`@=/+*|"
LETTERS = "abcdeéßłXYZÄÉŁЖж"


def folded(words: str) -> str:
    return re.sub(" +", " ", words).strip(" ")


WORDS = (
    st.text(SIGNS, min_size=1, max_size=24)
    .map(folded)
    .filter(lambda words: any(sign.isalpha() for sign in words) and not words.startswith("{"))
)
NAME = st.from_regex(rf"[XYZÄÉŁЖ][{LETTERS}]{{1,6}}(-[XYZ][{LETTERS}]{{1,4}})?", fullmatch=True)
GIVEN = st.sampled_from(["Ann", "V. I.", "V.\xa0I.", "Robert Paul", "Élise", "Jean-Paul", "Лев"])
PARTICLES = st.sampled_from(["van", "von der", "de la", "d’"])
DATES = st.sampled_from(["1917", "1917-10", "1917-10-25", "1917/1918", "1917-10/1917-11-02", "0987"])
EXACT = st.sampled_from(
    [
        "1917~",
        "1917?",
        "1917-10%",
        "1917/..",
        "../1918",
        "[1917..1918]",
        "[1917-03..]",
        "[..1918]",
        "-0043",
        "-0043-03-15",
    ]
)
PAGES = st.sampled_from(["3", "19-21", "iv-x", "S12-S15", "317-18", "e1234", "3, 7-9"])


def person(has_particles: bool = True) -> st.SearchStrategy[Item]:
    optional = {"non-dropping-particle": PARTICLES, "suffix": st.sampled_from(["Jr.", "III"])} if has_particles else {}
    plain = st.fixed_dictionaries({"family": NAME, "given": GIVEN}, optional=optional)
    body = st.builds(
        lambda name, rest: {"literal": f"{name} {rest}"},
        NAME,
        st.sampled_from(["and Sons", "of the World", "& Co", "Society"]),
    )
    return st.one_of(plain, body)


def works(
    types: Sequence[str] = (), exact: bool = True, has_particles: bool = True, words: st.SearchStrategy[str] = WORDS
) -> st.SearchStrategy[Item]:
    """Items of some types; ``exact``: their dates may be such as only EDTF says."""
    kinds = st.sampled_from(
        types
        or (
            "book",
            "chapter",
            "article-journal",
            "article-newspaper",
            "thesis",
            "report",
            "webpage",
            "manuscript",
            "paper-conference",
        )
    )
    people = st.lists(person(has_particles), min_size=1, max_size=3, unique_by=str)
    optional = {
        "author": people, "editor": people, "translator": people, "volume": st.sampled_from(["3", "12"]), "issue": st.sampled_from(["10", "11-12", "11-12 (96-97)"]),
        "page": PAGES, "edition": words, "publisher": NAME, "publisher-place": st.sampled_from(["Paris", "Leipzig; Wien"]), "collection-title": words,
        "DOI": st.sampled_from(["10.1000/182", "10.1/a(b)c_d"]), "URL": st.sampled_from(["https://a.example/b?c=d&e=%20f", "http://x.example/~y#z"]),
        "language": st.sampled_from(["en", "de", "ru", "grc"]), "note": words, "abstract": words, "title-short": words,
    }  # fmt: skip
    made = st.fixed_dictionaries(
        {"type": kinds, "title": words, "date": st.one_of(DATES, EXACT) if exact else DATES, "container-title": words},
        optional=optional,
    )
    return made.map(_consistent)


PIECES = ("chapter", "article-journal", "article-newspaper", "paper-conference")


def _consistent(drawn: Item) -> Item:
    item = {"id": "w1", **drawn}
    date = of_edtf(item.pop("date"))
    assert date is not None
    put_date(item, "issued", date)
    if item["type"] not in PIECES:
        item.pop("container-title")
        item.pop("issue", None)
    return item


def collection(*items: Item) -> Collection:
    """Items as if documents had them."""
    return Collection(
        list(items),
        {},
        {item["id"]: f"urn:example:edition#{item['id']}" for item in items},
        (),
        (),
        frozenset(),
        Words("en"),
    )
