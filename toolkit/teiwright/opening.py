"""What an XML file begins with, read without reading the rest."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

SEPARATOR = "\N{INFORMATION SEPARATOR ONE}"  # which no name and no namespace can hold


@dataclass(frozen=True, slots=True)
class Instruction:
    """A processing instruction: its target, what follows, and where it stands (line and column from 1)."""

    target: str
    text: str
    line: int
    column: int


@dataclass
class Opening:
    """What an XML file begins with: its processing instructions, but for those in a document type declaration, and
    whether an element follows, in which namespace ("" if none).
    """

    instructions: list[Instruction] = field(default_factory=list)
    has_root: bool = False
    namespace: str = ""
    in_doctype: bool = False

    @classmethod
    def of(cls, text: str) -> Opening:
        """Reads no further than the root's start tag, and stops without complaint at what is not well-formed."""
        opening = cls()
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator=SEPARATOR)

        def instruction(target: str, data: str) -> None:
            if opening.in_doctype:
                return
            place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
            opening.instructions.append(Instruction(target, data, *place))

        def start(name: str, _attributes: dict[str, str]) -> None:
            opening.has_root = True
            opening.namespace = name.rpartition(SEPARATOR)[0]
            raise _RootReached

        def doctype(*_: object) -> None:
            opening.in_doctype = True

        def doctype_end() -> None:
            opening.in_doctype = False

        parser.ProcessingInstructionHandler = instruction
        parser.StartDoctypeDeclHandler = doctype
        parser.EndDoctypeDeclHandler = doctype_end
        parser.StartElementHandler = start
        with suppress(_RootReached, expat.ExpatError):
            parser.Parse(text.encode("utf-8", "surrogatepass"), True)
        return opening


class _RootReached(Exception):
    """Ends the parse; nothing is wrong."""
