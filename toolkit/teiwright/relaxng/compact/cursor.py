"""A place among the tokens of a schema in compact syntax, and how to say what is wrong there."""

from __future__ import annotations

from teiwright.errors import SchemaError
from teiwright.relaxng.compact.characters import Characters
from teiwright.relaxng.compact.environment import Environment
from teiwright.relaxng.compact.tokens import END, LITERAL, Token, tokens

DEEPEST = 100  # levels of patterns, name classes or annotations within each other


class Cursor:
    """Reads the tokens of one schema. Every method raises SchemaError at the first that does not fit."""

    def __init__(self, text: str, source: str) -> None:
        self.characters = Characters(text, source)
        self.tokens = tokens(self.characters)
        self.index = 0
        self.depth = 0
        self.open: list[tuple[Token, Token]] = []  # opening braces, and what each of them belongs to
        self.environment = Environment(self.characters)

    @property
    def next(self) -> Token:
        """The token that is to be read."""
        return self.tokens[self.index]

    def after(self, number: int = 1) -> Token:
        """The token so many after the next."""
        return self.tokens[min(self.index + number, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Reads the next token."""
        token = self.tokens[self.index]
        if token.kind != END:
            self.index += 1
        return token

    def accept(self, kind: str) -> Token | None:
        """Reads the next token if it is of a kind."""
        return self.take() if self.next.kind == kind else None

    def expect(self, kind: str, expected: str = "") -> Token:
        """Reads a token that must be of a kind."""
        if self.next.kind != kind:
            raise self.unexpected(expected or f'"{kind}"')
        return self.take()

    def line(self, token: Token) -> int:
        """The line that a token begins in."""
        return self.characters.line(token.start)

    def error(self, token: Token, problem: str) -> SchemaError:
        """What is wrong at a token."""
        return self.characters.error(token.start, problem)

    def unexpected(self, expected: str) -> SchemaError:
        """The next token is not one that may stand here."""
        inside = ""
        if self.open:
            owner = self.open[-1][1]
            inside = f" in {owner.shown()}, opened in line {self.line(owner)}"
        return self.error(self.next, f"{self.next.shown()} found{inside}; expected {expected}")

    def enter(self, token: Token) -> None:
        """One level deeper; the caller leaves it by lowering ``depth``."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(token, f"nested more than {DEEPEST} levels deep")

    def opened(self, owner: Token, kind: str = "{") -> None:
        """Reads an opening bracket."""
        self.enter(owner)
        self.open.append((self.expect(kind), owner))

    def closed(self, kind: str, expected: str) -> None:
        """Reads a closing bracket, or says what else might have stood there."""
        self.expect(kind, expected)
        self.open.pop()
        self.depth -= 1

    def name(self, expected: str) -> Token:
        """An identifier or keyword (identifierOrKeyword)."""
        if not self.next.is_name:
            raise self.unexpected(expected)
        return self.take()

    def literal(self, expected: str) -> str:
        """A literal, its segments joined."""
        pieces = [self.expect(LITERAL, expected).value]
        while self.accept("~"):
            pieces.append(self.expect(LITERAL, 'a literal after "~"').value)
        return "".join(pieces)
