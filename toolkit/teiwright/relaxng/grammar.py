"""A grammar: what a schema says, ready to be held against documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from teiwright.cache import current
from teiwright.errors import DocumentError, SchemaError
from teiwright.relaxng.acceptance import accepted
from teiwright.relaxng.automaton import Automaton
from teiwright.relaxng.compilation import compiled, recalled
from teiwright.relaxng.pattern import Element, TooComplexError
from teiwright.relaxng.reading import Stream, Walk
from teiwright.relaxng.recovery import Vocabulary
from teiwright.relaxng.regex import PatternError
from teiwright.relaxng.tables import Compiled
from teiwright.source import Source, file_bytes

if TYPE_CHECKING:
    from teiwright.diagnostic import Diagnostic
    from teiwright.document import Document
    from teiwright.relaxng.expectation import Expectation


class Grammar:
    """A RELAX NG schema.

    ``source`` is its file's name and what diagnostics give as their origin; ``start`` is the pattern that a
    document must match; ``vocabulary`` knows all elements that can be reached from there; ``files`` are those it was
    read from.
    """

    def __init__(self, source: str, parts: Compiled, files: tuple[Path, ...] = ()) -> None:
        self.source = source
        self.patterns = parts.patterns
        self.start = parts.start
        self.finder = parts.finder
        self.files = files
        self._routes = parts.routes
        self.vocabulary = Vocabulary(parts.elements, parts.identity, parts.glosses)
        self._automaton: Automaton | None = None

    @property
    def elements(self) -> tuple[Element, ...]:
        """All element patterns that can be reached from the start."""
        return self.vocabulary.elements

    @classmethod
    def read(cls, path: str | Path) -> Grammar:
        """The grammar in a file, with those that it includes; from the user's cache where that knows it.
        Raises SchemaError.
        """
        path = Path(path)
        try:
            data = file_bytes(path)
        except DocumentError as error:
            raise SchemaError(error.subject, error.problem, error.hint) from None
        parts, included = recalled(data, path, current())
        return cls(path.name, parts, (path, *included))

    @classmethod
    def parse(cls, data: bytes, uri: str = "", source: str = "") -> Grammar:
        """The grammar in some bytes; ``uri`` is the address that its references to files are relative to.
        Raises SchemaError.
        """
        source = source or uri or "schema.rng"
        parts, included = compiled(data, uri, source)
        return cls(Path(source).name, parts, tuple(dict.fromkeys(file.path for file in included)))

    def validate(self, document: Source | Document) -> Iterator[Diagnostic]:
        """What in a document does not fit the grammar, in the order in which it is met; nothing when it is valid.

        A source is read as a stream, and where it is not well-formed, that is the last finding; of a document its
        tree is walked. Raises SchemaError where the grammar is too ambiguous to tell.
        """
        reading = Stream(document) if isinstance(document, Source) else Walk(document)
        automaton = self._usable_automaton()
        with suppress(TooComplexError, PatternError):  # the validation comes to the same place, and says so
            if not self.vocabulary.identity.problems and accepted(automaton, reading):
                return iter(())
        from teiwright.relaxng.validator import Validation

        return Validation(self.source, self.vocabulary, automaton, reading, self.files).findings()

    def expectation(self, document: Source | Document, line: int, column: int) -> Expectation:
        """What may stand at a place of a document (line and column from 1, of the document's own text): elements,
        attributes, text. The place of an element is its start tag's; a place in a start tag asks for attributes.

        >>> schema = b'''<element name="lg" xmlns="http://relaxng.org/ns/structure/1.0">
        ...     <optional><attribute name="type"/></optional>
        ...     <optional><element name="head"><text/></element></optional>
        ...     <oneOrMore><element name="l"><text/></element></oneOrMore>
        ... </element>'''
        >>> expected = Grammar.parse(schema).expectation(Source.parse("<lg><head/></lg>"), 1, 12)
        >>> expected.elements, expected.text, expected.ends
        ((Candidate(name='l', required=True, gloss=''),), False, False)
        >>> [attribute.name for attribute in expected.attributes]
        ['type']
        """
        from teiwright.relaxng.expectation import Inquiry
        from teiwright.relaxng.validator import Validation

        source = document if isinstance(document, Source) else Source.parse(document.text, document.source)
        reading = Stream(source)
        validation = Validation(self.source, self.vocabulary, self._usable_automaton(), reading, self.files)
        return Inquiry(validation, reading, (line, column)).answer()

    def _usable_automaton(self) -> Automaton:
        """The states that documents have led to so far; none, once they have become too many."""
        if self._automaton is None or self._automaton.is_full:
            self.patterns.forget()
            kinds = self.vocabulary.identity.kinds
            self._automaton = Automaton(self.patterns, self.start, self.finder, kinds, self._routes)
        return self._automaton
