"""Forms: the patterns of RELAX NG, section 5, while references to definitions are still names in a scope."""

from __future__ import annotations

from typing import NamedTuple

from teiwright.errors import SchemaError
from teiwright.relaxng.datatypes import Datatype
from teiwright.relaxng.nameclass import NameClass
from teiwright.relaxng.pattern import Place


class Form(NamedTuple):
    """A pattern in simplified form, before references are followed: its kind is the element's name in section 5."""

    kind: str
    parts: tuple[Form, ...] = ()
    names: NameClass | None = None
    datatype: Datatype | None = None
    value: object = None  # of "value": the value itself
    written: str = ""  # of "value": as the schema writes it
    reference: Reference | None = None
    body: Body | None = None  # of "element": its content


class Body:
    """The inside of a definition or element, and the references in it that no element encloses."""

    __slots__ = ("form", "place", "references")
    form: Form

    def __init__(self, place: Place) -> None:
        self.place = place
        self.references: list[Reference] = []


class Reference:
    """A reference to a definition: by name, in a grammar. ``target`` is the definition, once it is resolved."""

    __slots__ = ("line", "name", "scope", "source", "target")
    target: Definition

    def __init__(self, scope: Scope, name: str, source: str, line: int) -> None:
        self.scope = scope
        self.name = name
        self.source = source
        self.line = line

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.source, self.line)

    def resolve(self) -> None:
        """Finds the definition. Raises SchemaError when there is none (section 4.18)."""
        definition = self.scope.definitions.get(self.name)
        if definition is None:
            what = 'it has no "start"' if self.name == START else f'"{self.name}" is referred to but not defined'
            raise SchemaError(str(self.place), what)
        self.target = definition


class Definition:
    """All that the definitions of one name say together (section 4.17). ``plain``: whether one of them was without
    combine.
    """

    __slots__ = ("bodies", "combine", "name", "plain")

    def __init__(self, name: str) -> None:
        self.name = name
        self.combine = ""
        self.bodies: list[Body] = []
        self.plain = False


class Scope:
    """A grammar: its definitions, and the grammar around it."""

    __slots__ = ("definitions", "parent")

    def __init__(self, parent: Scope | None) -> None:
        self.parent = parent
        self.definitions: dict[str, Definition] = {}


START = ""  # the name under which a scope keeps its start: no definition can bear it


class Component(NamedTuple):
    """A start or define as it stands in a file."""

    name: str
    combine: str
    body: Body
    references: list[Reference]  # all of them, those inside elements too
