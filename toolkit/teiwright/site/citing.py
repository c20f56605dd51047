"""References in common styles, made of CSL-JSON items: Chicago (17th edition, bibliography), MLA (9th), APA (7th)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

Item = Mapping[str, Any]
ARTICLES = (
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "chapter",
    "paper-conference",
    "entry",
    "entry-encyclopedia",
)
PERIODICAL = ("article-journal", "article-magazine", "article-newspaper")


class Run(NamedTuple):
    """Words of a reference, in italics or not."""

    words: str
    is_italic: bool = False


def chicago(item: Item) -> list[Run]:
    """A reference as a bibliography by the Chicago Manual has it.

    >>> text(chicago({"type": "book", "title": "Lenin", "author": [{"family": "Cliff", "given": "Tony"}],
    ...     "publisher": "Pluto Press", "publisher-place": "London", "issued": {"date-parts": [[1976]]}}))
    'Cliff, Tony. Lenin. London: Pluto Press, 1976.'
    """
    names = _inverted(item, "and")
    volume = item.get("volume", "")
    if _is_piece(item):
        runs = [_sentence(names), Run(f"“{_ended(item.get('title', ''))}” ")]
        if item.get("type") in PERIODICAL:
            issue = f", no. {item['issue']}" if item.get("issue") else ""
            year = f" ({_year(item)})" if _year(item) else ""
            pages = f": {item['page']}" if item.get("page") else ""
            return _closed(
                [*runs, Run(_container(item), True), Run(f"{' ' * bool(volume)}{volume}{issue}{year}{pages}")], item
            )
        pages = f", {item['page']}" if item.get("page") else ""
        edited = f", edited by {_spoken(item, 'editor', 'and')}" if item.get("editor") else ""
        return _closed(
            [*runs, Run("In "), Run(_container(item), True), Run(f"{edited}{pages}. {_imprint(item)}")], item
        )
    others = "".join(
        f" {verb} by {people}."
        for key, verb in (("translator", "Translated"), ("editor", "Edited"))
        if (people := _spoken(item, key, "and")) and not (key == "editor" and not item.get("author"))
    )
    after = (
        f".{others}" + (f" {_edition(item)}." if item.get("edition") else "") + (f" Vol. {volume}." if volume else "")
    )
    return _closed([_sentence(names), Run(item.get("title", ""), True), Run(f"{after} {_imprint(item)}")], item)


def mla(item: Item) -> list[Run]:
    """A reference as the MLA Handbook's list of works cited has it.

    >>> text(mla({"type": "article-journal", "title": "On X", "container-title": "Mind", "volume": "2", "page": "1-9",
    ...     "author": [{"family": "Ryle", "given": "Gilbert"}, {"family": "Ayer", "given": "A. J."}], "issued": {"date-parts": [[1949]]}}))
    'Ryle, Gilbert, and A. J. Ayer. “On X.” Mind, vol. 2, 1949, pp. 1–9.'
    """
    makers = item.get("author") or item.get("editor") or []
    names = _inverted(item, "and") if len(makers) < 3 else f"{_filed(makers[0])}, et al."
    pages = item.get("page", "")
    details = [
        f"translated by {people}" if (people := _spoken(item, "translator", "and")) else "",
        f"edited by {people}" if item.get("author") and (people := _spoken(item, "editor", "and")) else "",
        _edition(item) if item.get("edition") else "",
        f"vol. {item['volume']}" if item.get("volume") else "",
        f"no. {item['issue']}" if item.get("issue") else "",
        "" if item.get("type") in PERIODICAL else item.get("publisher", ""),
        _year(item),
        (f"{'pp' if _is_range(pages) else 'p'}. {_dashed(pages)}") if pages else "",
    ]
    rest = ", ".join(filter(None, details))
    if _is_piece(item):
        start = [_sentence(names), Run(f"“{_ended(item.get('title', ''))}” "), Run(_container(item), True)]
        return _closed([*start, Run(f", {rest}" if rest else "")], item)
    title = item.get("title", "")
    return _closed([_sentence(names), Run(title, True), Run(f". {rest[:1].upper()}{rest[1:]}" if rest else "")], item)


def apa(item: Item) -> list[Run]:
    """A reference as the Publication Manual of the APA has it.

    >>> text(apa({"type": "book", "title": "Lenin", "author": [{"family": "Cliff", "given": "Tony B."}],
    ...     "publisher": "Pluto Press", "issued": {"date-parts": [[1976]]}}))
    'Cliff, T. B. (1976). Lenin. Pluto Press.'
    """
    makers = item.get("author") or item.get("editor") or []
    names = _listed([_initialed(name) for name in makers], "&", ", ")
    role = "" if item.get("author") or not makers else " (Eds.)" if len(makers) > 1 else " (Ed.)"
    year = f"({_year(item) or 'n.d.'})"
    title = item.get("title", "")
    start = [Run(f"{names}{role} {year}. ")] if names else []
    if _is_piece(item):
        pages = f", {_dashed(item['page'])}" if item.get("page") else ""
        issue = f"({item['issue']})" if item.get("issue") else ""
        head = [*start, Run(_ended(title) + " ")] if names else [Run(f"{_ended(title)} {year}. ")]
        if item.get("type") in PERIODICAL:
            volume = [Run(", "), Run(item["volume"], True)] if item.get("volume") else []
            return _closed([*head, Run(_container(item), True), *volume, Run(issue + pages)], item)
        editors = _listed(
            [" ".join(filter(None, (_initials(n), _family(n)))) for n in item.get("editor", ())], "&", ", "
        )
        edited = f"{editors} ({'Eds.' if len(item.get('editor', ())) > 1 else 'Ed.'}), " if editors else ""
        pp = f" (pp. {_dashed(item['page'])})" if item.get("page") else ""
        publisher = f". {item['publisher']}" if item.get("publisher") else ""
        return _closed([*head, Run(f"In {edited}"), Run(_container(item), True), Run(f"{pp}{publisher}")], item)
    details = ", ".join(
        filter(
            None,
            (_edition(item) if item.get("edition") else "", f"Vol. {item['volume']}" if item.get("volume") else ""),
        )
    )
    after = (
        (f" ({details})" if details else "")
        + ("" if names else f". {year}")
        + (f". {item['publisher']}" if item.get("publisher") else "")
    )
    return _closed([*start, Run(title, True), Run(after)], item)


STYLES: tuple[tuple[str, Callable[[Item], list[Run]]], ...] = (("Chicago", chicago), ("MLA", mla), ("APA", apa))


def text(runs: Sequence[Run]) -> str:
    """A reference without mark-up."""
    return "".join(run.words for run in runs)


def _is_piece(item: Item) -> bool:
    return item.get("type") in ARTICLES or bool(item.get("container-title"))


def _container(item: Item) -> str:
    return str(item.get("container-title", ""))


def _family(name: Item) -> str:
    if literal := name.get("literal"):
        return str(literal)
    return " ".join(filter(None, (name.get("non-dropping-particle", ""), name.get("family", ""))))


def _filed(name: Item) -> str:
    return ", ".join(filter(None, (_family(name), name.get("given", ""))))


def _person(name: Item) -> str:
    return " ".join(filter(None, (name.get("given", ""), _family(name))))


def _inverted(item: Item, word: str) -> str:
    """Who a work is filed under: the first by family name; editors as such."""
    makers = item.get("author") or item.get("editor") or []
    names = _listed([_filed(makers[0]), *map(_person, makers[1:])] if makers else [], word, ", ")
    if makers and not item.get("author"):
        return f"{names}, {'eds' if len(makers) > 1 else 'ed'}."
    return names


def _spoken(item: Item, role: str, word: str) -> str:
    return _listed([_person(name) for name in item.get(role, ())], word, " ")


def _listed(names: Sequence[str], word: str, two: str) -> str:
    if len(names) < 2:
        return "".join(names)
    comma = ", " if len(names) > 2 else two
    return f"{', '.join(names[:-1])}{comma}{word} {names[-1]}"


def _initials(name: Item) -> str:
    return " ".join(f"{part[0]}." for part in re.split(r"[\s.]+", name.get("given", "")) if part)


def _initialed(name: Item) -> str:
    return ", ".join(filter(None, (_family(name), _initials(name))))


def _year(item: Item) -> str:
    issued = item.get("issued") or {}
    parts = issued.get("date-parts") or []
    if parts and parts[0]:
        years = [str(part[0]) for part in parts if part]
        return "–".join(dict.fromkeys(years))
    return str(issued.get("literal", ""))


def _edition(item: Item) -> str:
    edition = str(item["edition"])
    return f"{edition} ed." if edition.isdecimal() else edition


def _imprint(item: Item) -> str:
    place = ": ".join(filter(None, (item.get("publisher-place", ""), item.get("publisher", ""))))
    return ", ".join(filter(None, (place, _year(item))))


def _dashed(pages: str) -> str:
    return str(pages).replace("-", "–")


def _is_range(pages: str) -> bool:
    return bool(re.search(r"[-–,]", pages))


def _ended(words: str) -> str:
    return words if re.search(r"[.?!…]$", words) else f"{words}."


def _sentence(words: str) -> Run:
    return Run(f"{_ended(words)} " if words else "")


def _closed(runs: list[Run], item: Item) -> list[Run]:
    """The runs with a full stop, and the address of the work behind them."""
    kept = [Run(words, run.is_italic) for run in runs if (words := run.words)]
    if kept:
        last = kept[-1].words.rstrip(" ,")
        kept[-1] = Run(last, kept[-1].is_italic)
        if not re.search(r"[.?!…]$", last):
            kept.append(Run("."))
    address = (item.get("DOI") and f"https://doi.org/{item['DOI']}") or item.get("URL")
    return [*kept, Run(f" {address}.")] if address else kept
