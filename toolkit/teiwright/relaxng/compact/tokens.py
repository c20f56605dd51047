"""Cuts a schema in compact syntax into tokens (RELAX NG Compact Syntax, appendix A.2.5)."""

from __future__ import annotations

import re
from typing import NamedTuple

from teiwright.relaxng.characters import is_ncname
from teiwright.relaxng.compact.characters import ESCAPED_NEWLINE, Characters
from teiwright.wording import quoted

IDENTIFIER, PREFIXED, WILDCARD = "identifier", "prefixed name", "prefix with wildcard"
LITERAL, DOCUMENTATION, END = "literal", "documentation", "end"
KEYWORDS = frozenset(
    "attribute default datatypes div element empty external grammar include inherit list mixed namespace notAllowed"
    " parent start string text token".split()
)
NAME = r"[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_.\-\x80-\U0010ffff]*"  # of which is_ncname judges what is not ASCII
TOKEN = re.compile(
    rf"""
    (?P<separator> (?: [ \t\n\0] | \#(?!\#)[^\n\0]* )+ )
    | (?P<documentation> \#\#[^\n\0]* (?: [\n\0][ \t]*\#\#[^\n\0]* )* )
    | (?P<quote>\\)? (?P<name>{NAME}) (?: : (?P<local>{NAME}|\*) )?
    | (?P<literal> "{{3}} (?:"{{0,2}}[^"])* "{{3}} | '{{3}} (?:'{{0,2}}[^'])* '{{3}} | "[^"\n]*" | '[^'\n]*' )
    | (?P<symbol> \|= | &= | >> | [=|&,?*+~{{}}()\[\]\-] )
    """,
    re.VERBOSE,
)
TRIPLE = ('"""', "'''")
DOCUMENTATION_MARK = re.compile(r"^[ \t]*##+ ?", re.MULTILINE)


class Token(NamedTuple):
    """A token: keywords and symbols are kinds of their own; start and end are offsets in the characters."""

    kind: str
    value: str
    start: int
    end: int

    @property
    def prefix(self) -> str:
        """What stands before the colon of a prefixed name or wildcard."""
        return self.value.partition(":")[0]

    @property
    def local(self) -> str:
        """What stands behind the colon of a prefixed name."""
        return self.value.partition(":")[2]

    @property
    def is_name(self) -> bool:
        """Whether it is an identifier or a keyword."""
        return self.kind == IDENTIFIER or self.kind in KEYWORDS

    def shown(self) -> str:
        """The token as messages name it."""
        if self.kind == END:
            return "the end of the file"
        if self.kind == DOCUMENTATION:
            return 'a "##" comment'
        return f'the literal "{quoted(self.value)}"' if self.kind == LITERAL else f'"{self.value}"'


def tokens(characters: Characters) -> list[Token]:
    """All tokens of a schema and one for its end. Raises SchemaError at what is none."""
    found: list[Token] = []
    text = characters.text
    end = 0
    while match := TOKEN.match(text, end):
        end = match.end()
        if match["separator"] is None:
            found.append(_token(characters, match))
            end = found[-1].end
    if end < len(text):
        raise characters.error(end, _no_token(text, end))
    return [*found, Token(END, "", end, end)]


def _token(characters: Characters, match: re.Match[str]) -> Token:
    start, end = match.span()
    if match["name"] is not None:
        return _name(characters, match)
    if match["symbol"] is not None:
        return Token(match["symbol"], match["symbol"], start, end)
    if match["documentation"] is not None:
        lines = match["documentation"].replace(ESCAPED_NEWLINE, "\n")
        return Token(DOCUMENTATION, DOCUMENTATION_MARK.sub("", lines), start, end)
    quotes = 3 if match["literal"][:3] in TRIPLE else 1
    return Token(LITERAL, match["literal"][quotes:-quotes].replace(ESCAPED_NEWLINE, "\n"), start, end)


def _name(characters: Characters, match: re.Match[str]) -> Token:
    name, local = match["name"], match["local"]
    start, end = match.span()
    for part in (name, local):
        if part and part != "*" and not is_ncname(part):
            raise characters.error(match.start("name"), f'"{quoted(part)}" is not a name')
    if match["quote"]:  # a quoted name ends before a colon
        return Token(IDENTIFIER, name, start, match.end("name"))
    if local is not None:
        return Token(WILDCARD if local == "*" else PREFIXED, f"{name}:{local}", start, end)
    return Token(name if name in KEYWORDS else IDENTIFIER, name, start, end)


def _no_token(text: str, offset: int) -> str:
    """What is wrong where no token begins."""
    found = text[offset]
    if found in "\"'":
        return f"a literal is not closed; expected {found} on the same line, or three of them at both ends"
    if found == "\\":
        return 'a name must follow "\\"'
    if found == "/":
        return '"/" found; a comment begins with "#"'
    return f'"{found}" has no meaning here'
