"""A grammar: what a schema says, ready to be held against documents."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.document import file_bytes
from teiwright.errors import DocumentError, SchemaError
from teiwright.relaxng.automaton import Automaton
from teiwright.relaxng.forms import Body, Definition, Form, Reference
from teiwright.relaxng.pattern import Element, Pattern, Patterns, TooComplexError
from teiwright.relaxng.recovery import Vocabulary
from teiwright.relaxng.restrictions import Restrictions
from teiwright.relaxng.syntax import Reader
from teiwright.relaxng.validator import Validation

if TYPE_CHECKING:
    from teiwright.diagnostic import Diagnostic
    from teiwright.document import Document


class Grammar:
    """A RELAX NG schema.

    ``source`` is its file's name and what diagnostics give as their origin; ``start`` is the pattern that a
    document must match; ``elements`` are all element patterns that can be reached from there; ``files`` are those
    it was read from.
    """

    def __init__(self, source: str, patterns: Patterns, start: Pattern, elements: tuple[Element, ...]) -> None:
        self.source = source
        self.patterns = patterns
        self.start = start
        self.elements = elements
        self.files: tuple[Path, ...] = ()
        self.vocabulary = Vocabulary(elements)
        self._automaton: Automaton | None = None

    @classmethod
    def read(cls, path: str | Path) -> Grammar:
        """The grammar in a file, with those that it includes. Raises SchemaError."""
        path = Path(path)
        try:
            data = file_bytes(path)
        except DocumentError as error:
            raise SchemaError(error.subject, error.problem, error.hint) from None
        grammar = cls.parse(data, path.absolute().as_uri(), str(path))
        grammar.files = (path, *grammar.files)
        return grammar

    @classmethod
    def parse(cls, data: bytes, uri: str = "", source: str = "") -> Grammar:
        """The grammar in some bytes; ``uri`` is the address that its references to files are relative to.
        Raises SchemaError.
        """
        source = source or uri or "schema.rng"
        try:
            with without_collecting():
                reader = Reader()
                grammar = Builder().grammar(reader.read(data, uri, source), source)
        except RecursionError:
            raise SchemaError(source, "its patterns are nested too deeply") from None
        grammar.files = tuple(dict.fromkeys(reader.files))
        return grammar

    def validate(self, document: Document) -> Iterator[Diagnostic]:
        """What in a document does not fit the grammar, in document order; nothing when it is valid.

        Raises SchemaError where the grammar is too ambiguous to tell.
        """
        return Validation(self.source, self.vocabulary, self._usable_automaton(), document).findings()

    def _usable_automaton(self) -> Automaton:
        """The states that documents have led to so far; none, once they have become too many."""
        if self._automaton is None or self._automaton.is_full:
            self.patterns.forget()
            self._automaton = Automaton(self.patterns, self.start)
        return self._automaton


@contextmanager
def without_collecting() -> Iterator[None]:
    """No garbage collection inside: a schema becomes many objects that all stay, and walking them again and again
    would cost a quarter of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Builder:
    """Makes patterns of forms, following references (section 4.19) and holding the result against section 7."""

    def __init__(self) -> None:
        self.patterns = Patterns()
        self._defined: dict[Definition, Pattern] = {}
        self._bodies: dict[Element, Body] = {}

    def grammar(self, body: Body, source: str) -> Grammar:
        """The grammar of a whole schema. Raises SchemaError."""
        start = self._content(body)
        elements = self._reach(start)
        restrictions = Restrictions()
        restrictions.check_start(start, body.place)
        for element in elements:
            restrictions.check_element(element)
        self.patterns.keep()
        return Grammar(Path(source).name, self.patterns, start, elements)

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
        element = Element(form.names, form.body.place)
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
