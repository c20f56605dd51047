"""A document made to fit a grammar: each element as it is where the grammar has a place for it; else under another name,
inside of another, or without its tags; never without its words.

The grammar's own automaton says at each step what may come next, so that what is built is valid as it grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from lxml import etree

from teiwright.conversion.equivalents import REQUIRED, UNITS, WRAPPERS, equivalents, is_block, restated
from teiwright.document import attributes
from teiwright.names import TEI, XML_ID, shown, tei
from teiwright.relaxng import Grammar
from teiwright.relaxng.automaton import Automaton, State, Transition

SPACES = " \t\r\n"
DEEPEST_WRAP = 3
MOST_INSERTED = 4  # elements, one after another, that are put in because a grammar wants them
ROOTS = frozenset(map(tei, ("TEI", "teiCorpus")))


class Item(NamedTuple):
    """Something to be placed: a text, and the element that it is of; or an element, a comment or an instruction."""

    node: etree._Element
    text: str | None = None


class Step(NamedTuple):
    """Something that was changed: of which element or attribute of the document, what it was called, what became of it."""

    node: etree._Element
    name: str
    became: str


class Made(NamedTuple):
    """An element that was made: itself, for which patterns it is complete, what had no place in it, what was changed."""

    element: etree._Element
    complete: int
    left: list[Item]
    steps: list[Step]


class Frame:
    """An element that is being filled."""

    def __init__(self, element: etree._Element, state: State) -> None:
        self.element = element
        self.state = state
        self.left: list[Item] = []
        self.steps: list[Step] = []
        self.wrapper: tuple[Frame, Transition] | None = None  # the last thing in it, where texts may still go

    def add_text(self, text: str) -> None:
        """Puts a text behind what is there."""
        if len(self.element):
            self.element[-1].tail = (self.element[-1].tail or "") + text
        else:
            self.element.text = (self.element.text or "") + text


class Fitting:
    """One document on its way into a grammar."""

    def __init__(self, grammar: Grammar) -> None:
        kinds = grammar.vocabulary.identity.kinds
        self.automaton = Automaton(grammar.patterns, grammar.start, grammar.finder, kinds)
        self.ids: set[str] = set()
        self.sources: dict[etree._Element, etree._Element] = {}  # of the elements that were made

    def fit(self, root: etree._Element) -> Made | None:
        """The whole, in a TEI element where it is none itself; None where the grammar does not have that."""
        tag = str(root.tag) if root.tag in ROOTS else tei("TEI")
        spaces: Any = root.nsmap
        source = root if root.tag in ROOTS else etree.Element(tag, nsmap=spaces)
        transition = self.automaton.start.transition(tag)
        items = _items(root) if source is root else [Item(root)]
        return None if transition is None else self._make(source, tag, transition, items)

    def _make(self, source: etree._Element, tag: str, transition: Transition, items: Iterable[Item]) -> Made | None:
        """An element of a name with some content; None where it cannot come to be complete."""
        element = etree.Element(tag, nsmap=dict(source.nsmap) if source.tag in ROOTS else {})  # type: ignore[arg-type]  # stubs
        steps: list[Step] = []
        state = self._attributed(source, element, transition, steps)
        if state is None:
            return None
        self.sources[element] = source
        frame = Frame(element, state)
        frame.steps = steps
        taken = set(self.ids)
        for item in items:
            self._place(item, frame)
        self._close_wrapper(frame)
        complete = self._complete(frame, source)
        if not complete:
            self.ids = taken
            return None
        return Made(element, complete, frame.left, frame.steps)

    # -- attributes

    def _attributed(
        self, source: etree._Element, element: etree._Element, transition: Transition, steps: list[Step]
    ) -> State | None:
        """Gives an element those attributes that it may have; the state of its content. None where it must have others."""
        given = dict(attributes(source))
        if source.tag != element.tag:
            local = etree.QName(source).localname
            given = {"type": local} | ({"unit": UNITS[local]} if local in UNITS else {}) | given
        if (identifier := given.get(XML_ID)) in self.ids:
            steps.append(Step(source, f"@xml:id {identifier}", "left out: another element has it"))
            del given[XML_ID]
        while True:
            state, faults, _ = transition.examine(given, source.nsmap)
            wrong = [fault.name for fault in faults if fault.name in given]
            if not wrong:
                break
            for name in wrong:
                self._drop(source, name, given, transition, steps)
        if faults:
            return None
        for name, value in given.items():
            element.set(name, value)
        self.ids.update(value for name, value in given.items() if name == XML_ID)
        return state

    def _drop(
        self, source: etree._Element, name: str, given: dict[str, str], transition: Transition, steps: list[Step]
    ) -> None:
        value = given.pop(name)
        if name not in source.attrib:
            return
        became = "left out"
        other = restated(etree.QName(source).localname, name, value)
        if other and other[0] not in given:
            faults = transition.examine(dict([other]), source.nsmap)[1]
            if not any(fault.name == other[0] for fault in faults):
                given |= [other]
                became = f'{other[0]}="{other[1]}"'
        steps.append(Step(source, f"@{shown(name)}", became))

    # -- content

    def _place(self, item: Item, frame: Frame) -> None:
        """Puts something where it may stand: into an element, or among what is left for those around it."""
        if item.text is not None:
            self._place_text(item, frame)
        elif not isinstance(item.node.tag, str):
            frame.element.append(_copied(item.node))
        elif not (self._place_as(item, frame) or (_is_own(item.node) and self._place_wrapped(item, frame))):
            self._unwrap(item, frame)

    def _place_text(self, item: Item, frame: Frame) -> None:
        text = item.text or ""
        if not text.strip(SPACES):
            if frame.wrapper and frame.wrapper[0].state.mixed:
                frame.wrapper[0].add_text(text)
            elif not frame.state.data:
                frame.add_text(text)
            return
        if frame.wrapper and frame.wrapper[0].state.mixed:
            frame.wrapper[0].add_text(text)
            return
        after = frame.state.after_text(text, item.node.nsmap)
        if after is not None:
            frame.add_text(text)
            frame.state = after
        elif not self._place_wrapped(item, frame):
            frame.left.append(item)

    def _place_as(self, item: Item, frame: Frame) -> bool:
        """Puts an element in as itself, or as what may stand for it."""
        source = item.node
        local = str(source.tag).rpartition("}")[2]
        has_words = _has_words(source)
        others = equivalents(local, is_block=is_block(source.tag), has_words=has_words) if _is_own(source) else ()
        tags = tuple(dict.fromkeys((str(source.tag), *others)))
        if frame.wrapper and not is_block(source.tag) and any(self._put(item, tag, frame.wrapper[0]) for tag in tags):
            return True
        if frame.wrapper and not _is_own(source):  # its words go on in the wrapper
            return False
        if self._put(item, tags[0], frame) or self._put_behind_required(item, frame):
            return True
        return any(self._put(item, tag, frame) for tag in tags[1:])

    def _put(self, item: Item, tag: str, frame: Frame) -> bool:
        """Puts an element in under a name, where that has a place."""
        outer = frame
        transition = frame.state.transition(tag)
        if transition is None and frame.wrapper:
            self._close_wrapper(frame)
            transition = frame.state.transition(tag)
        if transition is None:
            return False
        made = self._make(item.node, tag, transition, _items(item.node))
        if made is None:
            return False
        self._close_wrapper(outer)
        transition = frame.state.transition(tag)
        if transition is None:
            return False
        if tag != item.node.tag:
            frame.steps.append(Step(item.node, shown(str(item.node.tag)), shown(tag)))
        frame.element.append(made.element)
        frame.state = transition.after(made.complete)
        frame.steps += made.steps
        for one in made.left:
            self._place(one, frame)
        return True

    def _put_behind_required(self, item: Item, frame: Frame) -> bool:
        """Puts an element in behind others that must come before it, and that the document does not have."""
        tag = str(item.node.tag)
        if not self._insert(item, frame, lambda state: state.transition(tag) is not None):
            return False
        return self._put(item, tag, frame)

    def _insert(self, item: Item, frame: Frame, is_wanted: Callable[[State], object]) -> bool:
        """Puts in an element that a grammar wants, where there is one behind which something can stand."""
        if frame.wrapper or frame.state.complete:
            return False
        for name in REQUIRED:
            before = frame.state.transition(tei(name))
            if before is None or (empty := self._empty(tei(name), before, MOST_INSERTED)) is None:
                continue
            after = before.after(empty[1])
            if is_wanted(after):
                frame.element.append(empty[0])
                frame.state = after
                frame.steps.append(Step(item.node, name, "put in, since it must stand there"))
                return True
        return False

    def _place_wrapped(self, item: Item, frame: Frame) -> bool:
        """Puts something into an element that may stand there and hold it."""
        if item.text is None and not _has_words(item.node):
            return False
        self._close_wrapper(frame)
        names = self._way(item, frame.state, DEEPEST_WRAP)
        if not names and self._insert(item, frame, lambda state: self._way(item, state, DEEPEST_WRAP)):
            names = self._way(item, frame.state, DEEPEST_WRAP)
        if not names:
            return False
        inner = frame
        frames: list[tuple[Frame, Transition]] = []
        for name in names:
            transition = inner.state.transition(name)
            assert transition is not None
            state, _, _ = transition.examine({}, {})
            element = etree.SubElement(inner.element, name)
            inner = Frame(element, state)
            frames.append((inner, transition))
        frame.steps.append(
            Step(
                item.node, "text" if item.text else shown(str(item.node.tag)), f"put into {'/'.join(map(shown, names))}"
            )
        )
        if item.text is not None:
            self._place_text(item, inner)
        elif not self._place_as(item, inner):
            self._unwrap(item, inner)
        self._close_inner(frames, frame)
        return True

    def _close_inner(self, frames: Sequence[tuple[Frame, Transition]], frame: Frame) -> None:
        """Closes wrappers but the outermost, which stays open where it holds text itself."""
        for (inner, transition), (outer, _) in zip(reversed(frames[1:]), reversed(frames[:-1]), strict=True):
            outer.wrapper = inner, transition
            self._close_wrapper(outer)
        frame.wrapper = frames[0]
        if not frames[0][0].state.mixed:
            self._close_wrapper(frame)

    def _close_wrapper(self, frame: Frame) -> None:
        """Ends the wrapper that is open."""
        if frame.wrapper is None:
            return
        inner, transition = frame.wrapper
        frame.wrapper = None
        self._close_wrapper(inner)
        complete = self._complete(inner, inner.element) or 1
        frame.state = transition.after(complete)
        frame.steps += inner.steps
        for item in inner.left:
            self._place(item, frame)

    def _way(self, item: Item, state: State, depth: int) -> tuple[str, ...]:
        """The names of elements, one inside the other, that may stand in a state and hold something; the fewest."""
        ways: list[tuple[tuple[str, ...], State]] = [((), state)]
        for _ in range(depth):
            found: list[tuple[tuple[str, ...], State]] = []
            for names, current in ways:
                for name, inside in self._openable(current):
                    if self._holds(inside, item):
                        return (*names, name)
                    found.append(((*names, name), inside))
            ways = found
        return ()

    def _openable(self, state: State) -> Iterator[tuple[str, State]]:
        """The wrappers that may stand in a state, without attributes."""
        for name in WRAPPERS:
            transition = state.transition(tei(name))
            if transition is not None:
                inside, faults, _ = transition.examine({}, {})
                if not faults:
                    yield tei(name), inside

    def _holds(self, state: State, item: Item) -> bool:
        if item.text is not None:
            return state.mixed
        tag = str(item.node.tag)
        return state.transition(tag) is not None or (not is_block(tag) and state.mixed)

    def _unwrap(self, item: Item, frame: Frame) -> None:
        """Puts in what an element holds, without its tags."""
        words = _has_words(item.node)
        became = "without its tags" if words else "left out: it has no words"
        frame.steps.append(Step(item.node, shown(str(item.node.tag)), became))
        for one in _items(item.node):
            self._place(one, frame)

    # -- what a grammar wants

    def _complete(self, frame: Frame, source: etree._Element) -> int:
        """For which patterns an element may end, other elements put in where it may not; 0 where that does not help."""
        state = frame.state
        if state.data:
            return state.matching(str(frame.element.xpath("string()")), source.nsmap)
        for _ in range(MOST_INSERTED):
            if state.complete:
                break
            found = self._next_required(state)
            if found is None:
                return 0
            element, state = found
            frame.element.append(element)
            frame.steps.append(Step(source, shown(str(element.tag)), "put in, since it must stand there"))
        frame.state = state
        return state.complete

    def _next_required(self, state: State, depth: int = MOST_INSERTED) -> tuple[etree._Element, State] | None:
        """An element that brings a state nearer to its end: at once, else by another one behind it."""
        options: list[tuple[etree._Element, State]] = []
        for name in REQUIRED:
            transition = state.transition(tei(name))
            if transition is not None and (empty := self._empty(tei(name), transition, depth - 1)) is not None:
                options.append((empty[0], transition.after(empty[1])))
        done = next((option for option in options if option[1].complete), None)
        changed = (option for option in options if option[1] is not state)
        return done or next(changed, None)

    def _empty(self, name: str, transition: Transition, depth: int) -> tuple[etree._Element, int] | None:
        """The least element of a name, and for which patterns it is complete."""
        state, faults, _ = transition.examine({}, {})
        if faults:
            return None
        element = etree.Element(name)
        for _ in range(MOST_INSERTED):
            if state.complete or depth <= 0:
                break
            found = self._next_required(state, depth)
            if found is None:
                return None
            element.append(found[0])
            state = found[1]
        complete = state.matching("", {}) if state.data else state.complete
        return (element, complete) if complete else None


def _items(element: etree._Element) -> list[Item]:
    """What an element holds, in order."""
    items = [Item(element, element.text)] if element.text else []
    for child in element:
        items.append(Item(child))
        if child.tail:
            items.append(Item(element, child.tail))
    return items


def _is_own(element: etree._Element) -> bool:
    return str(element.tag).startswith(f"{{{TEI}}}")


def _has_words(element: etree._Element) -> bool:
    return bool(element.xpath("normalize-space()"))


def _copied(node: etree._Element) -> etree._Element:
    """A comment or an instruction, without what stands behind it."""
    copy = deepcopy(node)
    copy.tail = None
    return copy
