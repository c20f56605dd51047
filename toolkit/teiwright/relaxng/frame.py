"""An element that is open, or was: what messages about it and its children need to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from teiwright.names import shown

if TYPE_CHECKING:
    from teiwright.diagnostic import Location
    from teiwright.relaxng.automaton import State, Transition
    from teiwright.relaxng.drafts import Draft
    from teiwright.relaxng.reading import Mark

LONGEST_PATH = 100  # steps
NO_CHILDREN: dict[str, int] = {}  # shared, and never added to


class Notes:
    """What only few elements need: ``texts`` is what one holds where that may be a value, and ``text_begins`` where it
    does so, white space apart; ``owed`` are the findings that a child came before others, by the names of those;
    ``overdue`` are the names of those that then came; ``stray`` is the last child, or None for text, that might not
    stand where it did, after the state in which it came.
    """

    __slots__ = ("overdue", "owed", "stray", "text_begins", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.text_begins: Location | None = None
        self.owed: dict[str, list[Draft]] = {}
        self.overdue: set[str] = set()
        self.stray: tuple[State, Frame | None] | None = None


class Frame:
    """An element on the way from the root to where a validation stands.

    ``name`` and the names of ``attributes`` are Clark names; ``mark`` is its start tag; ``index`` counts siblings of its
    name, from 1; ``children`` counts its own children by name, and ``last`` is the name of the last.
    ``transition`` is how it was entered, ``mistaken`` which namespaces were taken for others around it.
    """

    __slots__ = (
        "attributes", "children", "index", "last", "mark", "mistaken", "name", "notes", "parent", "transition",
    )  # fmt: skip
    transition: Transition

    def __init__(
        self, name: str, attributes: dict[str, str], parent: Frame | None, mark: Mark, mistaken: dict[str, str]
    ) -> None:
        self.name = name
        self.attributes = attributes
        self.parent = parent
        self.mark = mark
        self.mistaken = mistaken
        self.children: dict[str, int] = NO_CHILDREN
        self.last = ""
        self.notes: Notes | None = None
        if parent is None:
            self.index = 1
            return
        children = parent.children
        if children is NO_CHILDREN:
            children = parent.children = {}
        parent.last = name
        children[name] = self.index = children.get(name, 0) + 1

    def noted(self) -> Notes:
        """What is noted of it, from now on."""
        if self.notes is None:
            self.notes = Notes()
        return self.notes

    def path(self) -> str:
        """The path to it in TEI names, with a position only where siblings share the name, as far as they are known;
        where it is very deep, only the last part of the path, after ``//``.
        """
        steps: list[str] = []
        frame: Frame | None = self
        while frame is not None and len(steps) < LONGEST_PATH:
            steps.append(frame._step())
            frame = frame.parent
        return ("/" if frame is None else "//") + "/".join(reversed(steps))

    def _step(self) -> str:
        several = self.parent is not None and self.parent.children[self.name] > 1
        return f"{shown(self.name)}[{self.index}]" if several else shown(self.name)
