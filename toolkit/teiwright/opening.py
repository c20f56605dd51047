"""What an XML file begins with, read without reading the rest."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple
from xml.parsers import expat

from teiwright.scanner import Refusal, clark_of, parsed, parser
from teiwright.source import Source


class Instruction(NamedTuple):
    """A processing instruction: its target, what follows, and where it stands (line and column from 1)."""

    target: str
    text: str
    line: int
    column: int


class Opening:
    """What an XML file begins with: its processing instructions, but for those in a document type declaration, and
    its root element where one follows: its Clark name ("" if none), namespace, attributes by Clark names, and place
    (line and column from 1; 0 if none).
    """

    __slots__ = ("attributes", "column", "instructions", "line", "root")

    def __init__(self) -> None:
        self.instructions: list[Instruction] = []
        self.root = ""
        self.attributes: dict[str, str] = {}
        self.line = 0
        self.column = 0

    @property
    def has_root(self) -> bool:
        """Whether an element follows."""
        return bool(self.root)

    @property
    def namespace(self) -> str:
        """The root's namespace, "" if none."""
        return self.root[1:].partition("}")[0] if self.root.startswith("{") else ""

    @classmethod
    def of(cls, source: Source | bytes | str) -> Opening:
        """Reads no further than the root's start tag, and stops without complaint at what is not well-formed."""
        opening = cls()
        data = source.data if isinstance(source, Source) else source
        if isinstance(data, str):
            data = data.encode("utf-8", "surrogatepass")
        with suppress(_RootReached, expat.ExpatError, Refusal):
            opening._read(data)
        return opening

    def _read(self, data: bytes) -> None:
        made = parser()
        in_doctype = False

        def instruction(target: str, text: str) -> None:
            if not in_doctype:
                place = made.CurrentLineNumber, made.CurrentColumnNumber + 1
                self.instructions.append(Instruction(target, text, *place))

        def start(name: str, attributes: list[str]) -> None:
            self.root = clark_of(name)
            self.attributes = {
                clark_of(key): value for key, value in zip(attributes[::2], attributes[1::2], strict=True)
            }
            self.line, self.column = made.CurrentLineNumber, made.CurrentColumnNumber + 1
            raise _RootReached

        def doctype(*_: object) -> None:
            nonlocal in_doctype
            in_doctype = True

        def doctype_end() -> None:
            nonlocal in_doctype
            in_doctype = False

        made.ProcessingInstructionHandler = instruction
        made.StartDoctypeDeclHandler = doctype
        made.EndDoctypeDeclHandler = doctype_end
        made.StartElementHandler = start
        for _ in parsed(made, data):
            pass


class _RootReached(Exception):
    """Ends the parse; nothing is wrong."""
