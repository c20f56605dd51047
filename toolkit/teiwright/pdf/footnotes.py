"""Notes leave their lists and go to the foot of the page that has their mark. Each note is printed once: at its first
mark, or in its list.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lxml import etree

from teiwright.epub.markup import element, remove
from teiwright.reading.page import classes, html

FOOT = "foot"
OPENED = "p"  # the class of a paragraph that is no p any more, since it holds a note
LINES = (html("p"), html("div"))
END = "-printed-end"  # behind the id of a note: the id of the mark at its end
LONGEST = 900  # characters that a foot of a page still takes well; a longer note stays in its list


def to_the_foot(body: etree._Element, kept: Collection[str]) -> list[str]:
    """Move the notes of a page to their marks; those whose ids are in ``kept`` stay. The ids of the moved ones.

    A note within a note stands behind it: a foot has no foot.
    """
    notes = _listed(body)
    moved: list[str] = []
    for mark in _marks(body):
        _place(mark, notes, kept, moved)
    for section in [node for node in body.iter(html("section")) if _is_empty_list(node)]:
        remove(section)
    return moved


def _listed(body: etree._Element) -> dict[str, etree._Element]:
    """The notes in the lists of the text, by their ids. Those of the editors speak of several places: they stay."""
    items = body.iterfind(".//{*}ol[@class='notes']/{*}li[@id]")
    return {item.get("id", ""): item for item in items if next(item.iterancestors(html("div")), None) is not None}


def _marks(root: etree._Element) -> list[etree._Element]:
    """The marks of notes in an element, but not those in lists of notes, which come when their note does."""
    found = root.iterfind(".//{*}a[@role='doc-noteref']")
    return [mark for mark in found if not any("notes" in classes(around) for around in mark.iterancestors(html("ol")))]


def _place(mark: etree._Element, notes: dict[str, etree._Element], kept: Collection[str], moved: list[str]) -> None:
    """Put the note of a mark behind it, and behind that the notes within the note."""
    anchor, waiting = _outermost(mark), [mark]
    while waiting:
        name = waiting.pop(0).get("href", "").removeprefix("#")
        note = notes.get(name)
        if note is None or name in kept or name in moved or _length(note) > LONGEST:
            continue
        foot = _foot(note, name)
        anchor.addnext(foot)
        foot.tail, anchor.tail = anchor.tail, None
        _open(foot)
        anchor = foot
        moved.append(name)
        waiting.extend(foot.iterfind(".//{*}a[@role='doc-noteref']"))


def _outermost(mark: etree._Element) -> etree._Element:
    """A mark with the raised figure around it."""
    parent = mark.getparent()
    return parent if parent is not None and parent.tag == html("sup") and parent.getparent() is not None else mark


def _length(note: etree._Element) -> int:
    return sum(map(len, map(str, note.itertext())))


def _foot(note: etree._Element, name: str) -> etree._Element:
    """The note as it stands at the foot, taken out of its list."""
    foot = element("div", class_=FOOT, id=name)
    if language := note.get("lang"):
        foot.set("lang", language)
    children = list(note)
    remove(note)
    foot.extend(children)
    _number(foot)
    last = foot if not len(foot) else foot[-1]
    last.append(element("span", id=f"{name}{END}"))
    return foot


def _number(foot: etree._Element) -> None:
    """Bring the number of a note into its first line."""
    number = next((child for child in foot if "note-number" in classes(child)), None)
    line = None if number is None else number.getnext()
    if number is None or line is None:
        return
    while not (line.text or "").strip() and len(line) and line[0].tag in LINES:
        line = line[0]
    number.tail, line.text = line.text, None
    line.insert(0, number)


def _open(foot: etree._Element) -> None:
    """HTML closes a paragraph before a block; so what holds a note is one only by its class."""
    for around in foot.iterancestors(html("p")):
        around.tag = html("div")
        around.set("class", " ".join([OPENED, *classes(around)]))


def _is_empty_list(section: etree._Element) -> bool:
    """Whether a section is a list of notes that has none left."""
    lists = [node for node in section.iterchildren(html("ol")) if "notes" in classes(node)]
    return bool(lists) and not any(len(node) for node in lists)


def missing(pages: Collection[tuple[float, Mapping[str, Sequence[float]]]], moved: Collection[str]) -> set[str]:
    """The notes of which a beginning or an end is on no page, from the height and the anchors of each page."""
    seen = {name for height, anchors in pages for name, place in anchors.items() if 0 <= place[1] < height}
    return {name for name in moved if not {name, f"{name}{END}"} <= seen}
