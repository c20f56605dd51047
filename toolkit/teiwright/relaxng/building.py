"""Builds patterns of what a schema's files say, and holds them against what no schema may say."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from teiwright.errors import SchemaError
from teiwright.relaxng.bundles import Beginnings
from teiwright.relaxng.compilation import Included
from teiwright.relaxng.forms import Body, Definition, Form, Reference
from teiwright.relaxng.identification import identified
from teiwright.relaxng.pattern import Element, Pattern, Patterns, TooComplexError
from teiwright.relaxng.restrictions import Restrictions
from teiwright.relaxng.syntax import Reader
from teiwright.relaxng.tables import Compiled


def built(data: bytes, uri: str, source: str) -> tuple[Compiled, tuple[Included, ...]]:
    """The grammar in some bytes, and the files that it includes. Raises SchemaError."""
    try:
        with without_collecting():
            reader = Reader()
            parts = Builder().schema(reader.read(data, uri, source))
            return parts._replace(glosses=reader.glosses.copy), tuple(reader.included)
    except RecursionError:
        raise SchemaError(source, "its patterns are nested too deeply") from None


@contextmanager
def without_collecting() -> Iterator[None]:
    """No garbage collection inside: a schema becomes many objects that all stay, and walking them again and again
    would cost a quarter of the time. Nor is all of it walked once for being new when collecting begins again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # all that lives counts as old now
            gc.freeze()
            gc.unfreeze()
        if was_enabled:
            gc.enable()


class Builder:
    """Makes patterns of forms, following references (section 4.19) and holding the result against section 7."""

    def __init__(self) -> None:
        self.patterns = Patterns()
        self._defined: dict[Definition, Pattern] = {}
        self._bodies: dict[Element, Body] = {}

    def schema(self, body: Body) -> Compiled:
        """A whole schema. Raises SchemaError."""
        start = self._content(body)
        elements = self._reach(start)
        restrictions = Restrictions()
        restrictions.check_start(start, body.place)
        for element in elements:
            restrictions.check_element(element)
        self.patterns.keep()
        return Compiled(
            self.patterns, start, elements, Beginnings(self.patterns), identified(elements, self.patterns.made)
        )

    def _reach(self, start: Pattern) -> tuple[Element, ...]:
        """All elements that a document can have; their contents are made here."""
        elements: dict[Element, None] = {}
        seen = {start}
        waiting = [start]
        while waiting:
            pattern = waiting.pop()
            inside = pattern.parts
            if isinstance(pattern, Element):
                elements[pattern] = None
                pattern.content = self._content(self._bodies[pattern])
                inside = (pattern.content,)
            fresh = [part for part in inside if part.children and part not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
        return tuple(elements)

    def _content(self, body: Body) -> Pattern:
        for reference in body.references:
            self._define(reference.target)
        try:
            return self._pattern(body.form)
        except TooComplexError:
            raise SchemaError(
                str(body.place), "its patterns are nested too deeply, or too large, to be matched"
            ) from None

    def _define(self, first: Definition) -> None:
        """Makes a definition's pattern after those that it refers to; no recursion, for chains may be long."""
        if first in self._defined:
            return
        path = {first: _references(first)}
        while path:
            definition, todo = next(reversed(path.items()))
            reference = next((r for r in todo if r.target not in self._defined), None)
            if reference is None:
                self._defined[definition] = self._combined(definition)
                del path[definition]
            elif reference.target in path:
                shown = f'"{reference.name}"' if reference.name else "the start"
                raise SchemaError(str(reference.place), f"{shown} refers to itself with no element between")
            else:
                path[reference.target] = _references(reference.target)

    def _combined(self, definition: Definition) -> Pattern:
        parts = [self._content(body) for body in definition.bodies]
        combine = self.patterns.interleave if definition.combine == "interleave" else self.patterns.choice
        return parts[0] if len(parts) == 1 else combine(parts)

    def _pattern(self, form: Form) -> Pattern:
        return MAKERS[form.kind](self, form)

    def _parts(self, form: Form) -> list[Pattern]:
        return [self._pattern(part) for part in form.parts]

    def make_reference(self, form: Form) -> Pattern:
        """ref: the definition's own pattern stands in its place."""
        assert form.reference is not None
        return self._defined[form.reference.target]

    def make_element(self, form: Form) -> Pattern:
        """element: its content is made when the start has led to it."""
        assert form.names is not None
        assert form.body is not None
        element = self.patterns.element(form.names, form.body.place)
        self._bodies[element] = form.body
        return element

    def make_attribute(self, form: Form) -> Pattern:
        """attribute."""
        assert form.names is not None
        return self.patterns.attribute(form.names, self._pattern(form.parts[0]))

    def make_data(self, form: Form) -> Pattern:
        """data."""
        assert form.datatype is not None
        excepted = self._pattern(form.parts[0]) if form.parts else self.patterns.not_allowed
        return self.patterns.data(form.datatype, None if excepted is self.patterns.not_allowed else excepted)

    def make_value(self, form: Form) -> Pattern:
        """value."""
        assert form.datatype is not None
        return self.patterns.value(form.datatype, form.value, form.written)

    def make_choice(self, form: Form) -> Pattern:
        """choice."""
        return self.patterns.choice(self._parts(form))

    def make_group(self, form: Form) -> Pattern:
        """group."""
        return self.patterns.sequence(self._parts(form))

    def make_interleave(self, form: Form) -> Pattern:
        """interleave."""
        return self.patterns.interleave(self._parts(form))

    def make_repeated(self, form: Form) -> Pattern:
        """oneOrMore."""
        return self.patterns.one_or_more(self._pattern(form.parts[0]))

    def make_list(self, form: Form) -> Pattern:
        """list."""
        return self.patterns.list(self._pattern(form.parts[0]))

    def make_constant(self, form: Form) -> Pattern:
        """empty, notAllowed and text."""
        constants = {"empty": self.patterns.empty, "notAllowed": self.patterns.not_allowed}
        return constants.get(form.kind, self.patterns.any_text)


MAKERS: dict[str, Callable[[Builder, Form], Pattern]] = {
    "ref": Builder.make_reference,
    "element": Builder.make_element,
    "attribute": Builder.make_attribute,
    "data": Builder.make_data,
    "value": Builder.make_value,
    "choice": Builder.make_choice,
    "group": Builder.make_group,
    "interleave": Builder.make_interleave,
    "oneOrMore": Builder.make_repeated,
    "list": Builder.make_list,
    "empty": Builder.make_constant,
    "text": Builder.make_constant,
    "notAllowed": Builder.make_constant,
}


def _references(definition: Definition) -> Iterator[Reference]:
    return (reference for body in definition.bodies for reference in body.references)
