"""What ties persons, places, bodies and events: relations that records state, and who is named beside whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from lxml import etree

from teiwright.document import Document
from teiwright.names import tei
from teiwright.registers.dates import Dates, When
from teiwright.registers.mentions import Mention
from teiwright.registers.naming import said
from teiwright.registers.pointing import Pointing

MOST_PAIRS = 10_000  # of one relation; more are a mistake or an attack
MOST_IN_ONE = 40  # entities in one paragraph; more are a list, not company
FACTS = {  # what a fact of a record that points at another is called
    "birth": "birthPlace", "death": "deathPlace", "residence": "residence", "affiliation": "affiliation",
    "education": "education", "occupation": "occupation", "nationality": "nationality", "faith": "faith",
    "floruit": "floruit",
}  # fmt: skip


class Relation(NamedTuple):
    """A tie from one to another; without direction where it is ``mutual``. Ends are keys of pointers (``uri#id``, or an
    address on the web). ``element`` says it; ``is_stated``: it is one of TEI's relation elements.
    """

    name: str
    type: str
    source: str
    target: str
    mutual: bool
    document: Document
    element: etree._Element
    when: When | None
    words: str
    is_stated: bool = True


def stated(document: Document, pointing: Pointing, dates: Dates) -> Iterator[Relation]:
    """The relations that a document states (TEI Guidelines #NDPERSREL)."""
    for element in document.root.iter(tei("relation")):
        active, passive, mutual = (_ends(element, name, pointing) for name in ("active", "passive", "mutual"))
        pairs = [(one, other, False) for one in active for other in passive] if _is_few(active, passive) else []
        pairs += [(one, other, True) for one, other in combinations(mutual, 2)] if _is_few(mutual, mutual) else []
        name = element.get("name") or (element.get("ref") or "").rstrip("/").rpartition("/")[2].rpartition("#")[2]
        about = name or element.get("type") or "relation", element.get("type") or ""
        when, words = dates.of(element), said(element)
        for one, other, is_mutual in pairs:
            yield Relation(*about, one, other, is_mutual, document, element, when, words)


def too_many(element: etree._Element) -> bool:
    """Whether a relation ties more pairs than are read."""
    active, passive, mutual = (len((element.get(name) or "").split()) for name in ("active", "passive", "mutual"))
    return active * passive > MOST_PAIRS or mutual * mutual > MOST_PAIRS


def _ends(element: etree._Element, attribute: str, pointing: Pointing) -> list[str]:
    pointers = (element.get(attribute) or "").split()
    return [key for pointer in pointers[:MOST_PAIRS] if (key := pointing.key(pointer, element))]


def _is_few(some: list[str], others: list[str]) -> bool:
    return len(some) * len(others) <= MOST_PAIRS


class Crowd(NamedTuple):
    """A paragraph that names more than can be company."""

    document: Document
    element: etree._Element


def company(mentions: Iterable[Mention], numbers: Container[int]) -> tuple[Counter[tuple[int, int]], tuple[Crowd, ...]]:
    """In how many paragraphs two are named together, or in how many scenes both speak, by their numbers in order; and
    which paragraphs name too many.
    """
    named: dict[Crowd, set[int]] = defaultdict(set)
    for mention in mentions:
        if mention.entity is not None and mention.entity in numbers:
            named[Crowd(mention.document, mention.block)].add(mention.entity)
    found: Counter[tuple[int, int]] = Counter()
    for group in named.values():
        if len(group) <= MOST_IN_ONE:
            found.update(combinations(sorted(group), 2))
    return found, tuple(block for block, group in named.items() if len(group) > MOST_IN_ONE)
