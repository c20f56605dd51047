"""What an ODD declares: elements, classes, macros, datatypes, and changes to them (TEI Guidelines #TD)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from teiwright.customization.content import Pattern


class Mode(StrEnum):
    """What a declaration does to one of the same name (Guidelines #TDbuild)."""

    ADD = "add"
    CHANGE = "change"
    REPLACE = "replace"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class ValItem:
    """One value of a list, and what it is for."""

    value: str
    mode: Mode
    documentation: str


@dataclass(frozen=True, slots=True)
class ValList:
    """A list of values: only these (closed), these and others of the datatype (semi, open)."""

    type: str  # "" where a change leaves it as it was
    mode: Mode
    items: tuple[ValItem, ...]


@dataclass(frozen=True, slots=True)
class Datatype:
    """What one token of a value is, and how many tokens there may be (high None: any number)."""

    pattern: Pattern
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class ConstraintSpec:
    """A rule in Schematron: the children of its ``constraint``; ``own`` says that the customization words it."""

    ident: str
    mode: Mode
    scheme: str
    rules: tuple[etree._Element, ...]
    where: str
    own: bool


@dataclass(frozen=True, slots=True)
class AttDef:
    """An attribute, or a change to one. ``usage`` is "" and ``datatype`` and ``values`` None where nothing is said."""

    ident: str
    name: str
    namespace: str
    mode: Mode
    usage: str
    datatype: Datatype | None
    values: ValList | None
    constraints: tuple[ConstraintSpec, ...]
    documentation: str
    where: str
    own: bool


@dataclass(frozen=True, slots=True)
class AttRef:
    """An attribute taken over from a class without the rest of that class."""

    class_ident: str
    ident: str
    where: str


@dataclass(frozen=True, slots=True)
class AttList:
    """Attributes, all of them (group) or one of them (choice)."""

    choice: bool
    items: tuple[AttDef | AttRef | AttList, ...]


@dataclass(frozen=True, slots=True)
class Classes:
    """Memberships: the whole of them (replace), or changes to them."""

    replace: bool
    added: tuple[str, ...]
    deleted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spec:
    """An elementSpec, classSpec, macroSpec or dataSpec. ``attributes`` are layers: TEI's, then what changes them."""

    kind: str  # "element", "class", "macro" or "data"
    ident: str
    name: str
    module: str
    mode: Mode
    where: str
    own: bool
    namespace: str | None
    class_type: str
    documentation: str
    classes: Classes | None
    content: Pattern | None
    attributes: tuple[AttList, ...]
    constraints: tuple[ConstraintSpec, ...]
    valid_until: str = ""  # the date until which it may be used, where it is deprecated
    gloss: str = ""  # a word or two for what it is

    @property
    def memberships(self) -> tuple[str, ...]:
        """The classes it belongs to."""
        return self.classes.added if self.classes else ()

    def __str__(self) -> str:
        return f'{self.kind} "{self.ident}"'
