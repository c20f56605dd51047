"""Who is named with whom: ties between persons, drawn on a circle and as a table."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from lxml import etree

from teiwright.registers.relations import MOST_IN_ONE
from teiwright.site import svg
from teiwright.site.built import Built
from teiwright.site.frame import Frame, Head, main, page, title_block
from teiwright.site.markup import link, make
from teiwright.site.mentions import shortened
from teiwright.slug import relative

PATH = "network.html"
MOST_NODES, MOST_TIES = 40, 160  # in the drawing and its table
SIZE, RADIUS = 900.0, 265.0  # pixels
ROUNDS = 30

Ties = Counter[tuple[str, str]]


def ties(texts: Iterable[Built], kind: str = "persons/") -> Ties:
    """In how many passages two persons are named together, or in how many scenes they both speak. A pair is in the order of
    the paths of their pages.
    """
    found: Ties = Counter()
    for text in texts:
        named: dict[int, set[str]] = defaultdict(set)
        for located in text.mentions:
            if located.mention.entity.startswith(kind):
                named[located.mention.passage].add(located.mention.entity)
        for group in [*named.values(), *map(set, text.scenes)]:
            if len(group) <= MOST_IN_ONE:
                found.update(combinations(sorted(member for member in group if member.startswith(kind)), 2))
    return found


def strongest(found: Ties) -> Ties:
    """The ties that are drawn: the strongest, as long as their ends are few enough, and what else ties those."""
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    kept: set[str] = set()
    for pair, _ in ordered:
        if len(kept.union(pair)) <= MOST_NODES:
            kept.update(pair)
    return Counter(dict([(pair, count) for pair, count in ordered if kept.issuperset(pair)][:MOST_TIES]))


def network_page(frame: Frame, found: Ties, names: Mapping[str, str]) -> str:
    """The page: the drawing, and the same as a table."""
    words = frame.words
    drawn = strongest(found)
    if drawn:
        parts = [
            make("figure", {}, drawing(drawn, names, words("site-network"))),
            make("p", {"class": "hint"}, words("site-network-count", len(drawn), len(found))),
            _table(frame, drawn, names),
            make("p", {}, link("network.csv", words("site-network-csv"), download="network.csv")),
        ]
    else:
        parts = [make("p", {}, words("site-network-none"))]
    block = title_block(words("site-network"), (words("site-network-intro"),))
    return page(
        frame, PATH, Head(words("site-network"), words("site-network-intro")), [block, main(parts)], kind="wide"
    )


def _table(frame: Frame, drawn: Ties, names: Mapping[str, str]) -> etree._Element:
    words = frame.words
    rows = [
        make(
            "tr",
            {},
            [make("td", {}, link(relative(end, "", PATH), names.get(end, end))) for end in pair],
            make("td", {"class": "amount"}, str(count)),
        )
        for pair, count in drawn.items()
    ]
    headings = [make("th", {"scope": "col"}, words(key)) for key in ("site-person", "site-with", "site-times")]
    return make(
        "table",
        {"class": "ties"},
        make("caption", {}, words("site-network-table")),
        make("thead", {}, make("tr", {}, headings)),
        make("tbody", {}, rows),
    )


def table_text(found: Ties, names: Mapping[str, str]) -> str:
    """All ties as comma-separated values (RFC 4180)."""
    import csv
    from io import StringIO

    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(("source", "target", "weight"))
    for (one, other), count in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        writer.writerow((_harmless(names.get(one, one)), _harmless(names.get(other, other)), count))
    return file.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell


def drawing(drawn: Ties, names: Mapping[str, str], name: str) -> etree._Element:
    """The persons on a circle, so arranged that ties are short; a name is read along its ray."""
    order = arranged(drawn)
    places = {node: math.tau * n / len(order) for n, node in enumerate(order)}
    most = max(drawn.values())
    weight: Counter[str] = Counter()
    curves = []
    for (one, other), count in sorted(drawn.items(), key=lambda item: (item[1], item[0])):
        weight[one] += count
        weight[other] += count
        curves.append(
            _curve(
                places[one],
                places[other],
                0.8 + 5 * count / most,
                f"{names.get(one, one)} – {names.get(other, other)}: {count}",
            )
        )
    heaviest = max(weight.values())
    nodes = [
        _node(node, places[node], 3 + 7 * math.sqrt(weight[node] / heaviest), names.get(node, node)) for node in order
    ]
    return svg.drawing(SIZE, SIZE, name, curves, nodes, kind="network")


def arranged(drawn: Ties) -> list[str]:
    """The order on the circle: each moves, round after round, to where those are that it is tied to; then neighbours change
    places as long as that makes ties shorter.
    """
    near: dict[str, dict[str, int]] = defaultdict(dict)
    for (one, other), count in drawn.items():
        near[one][other] = near[other][one] = count
    order = sorted(near, key=lambda node: (-sum(near[node].values()), node))
    for _ in range(ROUNDS):
        if not _swapped(order, near):
            break
    return order


def _swapped(order: list[str], near: Mapping[str, Mapping[str, int]]) -> bool:
    """Lets any two change places where that makes their ties shorter; whether any did."""
    size, did = len(order), False
    at = {node: n for n, node in enumerate(order)}

    def length(node: str, place: int, other: str, other_place: int) -> int:
        total = 0
        for friend, count in near[node].items():
            there = other_place if friend == other else at[friend]
            gap = abs(place - there)
            total += count * min(gap, size - gap)
        return total

    for i, j in combinations(range(size), 2):
        one, other = order[i], order[j]
        before = length(one, i, other, j) + length(other, j, one, i)
        after = length(one, j, other, i) + length(other, i, one, j)
        if after < before:
            order[i], order[j] = other, one
            at[one], at[other] = j, i
            did = True
    return did


def _point(angle: float, radius: float) -> tuple[float, float]:
    return SIZE / 2 + radius * math.sin(angle), SIZE / 2 - radius * math.cos(angle)


def _curve(one: float, other: float, width: float, name: str) -> etree._Element:
    (x1, y1), (x2, y2) = _point(one, RADIUS), _point(other, RADIUS)
    gap = abs(one - other) % math.tau
    near = 1 - min(gap, math.tau - gap) / math.pi  # of neighbours 1, of opposites 0: their line goes through the middle
    middle = (one + other) / 2 + (math.pi if gap > math.pi else 0)
    cx, cy = _point(middle, RADIUS * near * 0.85)
    path = f"M{svg.number(x1)} {svg.number(y1)}Q{svg.number(cx)} {svg.number(cy)} {svg.number(x2)} {svg.number(y2)}"
    return make("path", {"d": path, "class": "tie", "stroke-width": svg.number(width)}, make("title", {}, name))


def _node(node: str, angle: float, radius: float, name: str) -> etree._Element:
    x, y = _point(angle, RADIUS)
    lx, ly = _point(angle, RADIUS + radius + 6)
    is_right = math.sin(angle) >= -1e-9
    turn = math.degrees(angle) - 90 if is_right else math.degrees(angle) + 90
    label = svg.words(lx, ly, shortened(name, 26), "label", "start" if is_right else "end", turn)
    label.set("dominant-baseline", "central")
    return svg.linked(relative(node, "", PATH), svg.circle(x, y, radius, "dot"), label)
