"""Forms: the patterns of RELAX NG, section 5, while references to definitions are still names in a scope."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass
class Body:
    """The inside of a definition or element, and the references in it that no element encloses."""

    place: Place
    form: Form = field(init=False)
    references: list[Reference] = field(default_factory=list)


class Reference(NamedTuple):
    """A reference to a definition: by name, in a grammar."""

    scope: Scope
    name: str
    place: Place

    @property
    def target(self) -> Definition:
        """The definition. Raises SchemaError when there is none (section 4.18)."""
        definition = self.scope.definitions.get(self.name)
        if definition is None:
            what = 'it has no "start"' if self.name == START else f'"{self.name}" is referred to but not defined'
            raise SchemaError(str(self.place), what)
        return definition


@dataclass(eq=False)
class Definition:
    """All that the definitions of one name say together (section 4.17)."""

    name: str
    combine: str = ""
    bodies: list[Body] = field(default_factory=list)
    plain: bool = False  # whether one of them was without combine


@dataclass(eq=False)
class Scope:
    """A grammar: its definitions, and the grammar around it."""

    parent: Scope | None
    definitions: dict[str, Definition] = field(default_factory=dict)


START = ""  # the name under which a scope keeps its start: no definition can bear it


class Component(NamedTuple):
    """A start or define as it stands in a file."""

    name: str
    combine: str
    body: Body
    references: list[Reference]  # all of them, those inside elements too
