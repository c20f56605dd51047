"""Regular expressions of W3C XML Schema (part 2, appendix F), matched by derivatives.

Python's ``re`` has neither character class subtraction nor ``\\p{..}`` nor ``\\i``, and backtracks without bound.
Here an expression is an automaton that is built while it reads: one dict look-up a character, never exponential.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from teiwright.relaxng.characters import block, is_name, is_name_character

DEEPEST = 60  # nested parentheses
WIDEST = 4_000  # alternatives that one state may have
MOST_STATES = 4_000  # kept in memory for one expression
MOST_REPEATS = 1_000_000
LONGEST_QUOTE = 80  # characters of an expression in a sentence
MOST_EXPRESSIONS = 1_000  # kept for the next schema

SINGLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"} | {character: character for character in "\\|.?*+(){}-[]^$"}
# The categories of characters, each letter after the first a part of the category (appendix F, production 28).
CATEGORIES = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cfon"}
ASCII_CATEGORIES = (
    "Cc" * 32 + "ZsPoPoPoScPoPoPoPsPePoSmPoPdPoPo" + "Nd" * 10 + "PoPoSmSmSmPoPo" + "Lu" * 26
    + "PsPoPeSkPcSk" + "Ll" * 26 + "PsSmPeSmCc"
)  # fmt: skip
CharacterTest = Callable[[str], bool]


class PatternError(Exception):
    """Not a regular expression of XML Schema; says why."""


class AmbiguousError(PatternError):
    """An expression with too many ways to match a text; ``expression`` is what was written."""

    def __init__(self, expression: str) -> None:
        super().__init__(f'the pattern "{shortened(expression)}" is too ambiguous to be matched')
        self.expression = expression


def shortened(text: str) -> str:
    """A part of a schema for a sentence, cut where it is long.

    >>> shortened("a" * 200) == "a" * 79 + "…"
    True
    """
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"


class Regex:
    """An XSD regular expression. Raises PatternError when it is none. ``strict``: and where a hyphen stands for itself
    in a character class without a backslash.

    >>> Regex(r"[a-z-[aeiou]]+").matches("tgr"), Regex(r"\\i\\c*").matches("1a")
    (True, False)
    """

    def __init__(self, source: str, strict: bool = False) -> None:
        self.source = source
        self._nodes = Nodes()
        try:
            self._start = Parser(source, self._nodes, strict).expression()
        except _TooWideError:
            raise AmbiguousError(source) from None

    def matches(self, text: str) -> bool:
        """Whether the whole text is one of the expression's. Raises AmbiguousError."""
        state = self._start
        for character in text:
            following = state.steps.get(character)
            state = self._step(state, character) if following is None else following
            if state is self._nodes.nothing:
                return False
        return state.nullable

    def _step(self, state: Node, character: str) -> Node:
        try:
            following = state.after(character, self._nodes)
        except _TooWideError:
            raise AmbiguousError(self.source) from None
        if len(self._nodes.table) > MOST_STATES:
            self._nodes.forget()
            self._start.steps.clear()
        state.steps[character] = following
        return following


class _TooWideError(Exception):
    """A state has too many alternatives."""


class Node:
    """A part of an expression; equal parts are one object, so that states can be recognized again."""

    __slots__ = ("nullable", "steps")

    def __init__(self, nullable: bool) -> None:
        self.nullable = nullable
        self.steps: dict[str, Node] = {}

    def after(self, character: str, nodes: Nodes) -> Node:
        """What remains to be matched after a character (Brzozowski's derivative)."""
        return nodes.nothing


class One(Node):
    """One character that passes a test."""

    __slots__ = ("test",)

    def __init__(self, test: CharacterTest) -> None:
        super().__init__(nullable=False)
        self.test = test

    def after(self, character: str, nodes: Nodes) -> Node:
        return nodes.empty if self.test(character) else nodes.nothing


class Sequence(Node):
    """One part, then another."""

    __slots__ = ("first", "rest")

    def __init__(self, first: Node, rest: Node) -> None:
        super().__init__(first.nullable and rest.nullable)
        self.first = first
        self.rest = rest

    def after(self, character: str, nodes: Nodes) -> Node:
        results = []
        node: Node = self
        while isinstance(node, Sequence):
            results.append(nodes.sequence(node.first.after(character, nodes), node.rest))
            if not node.first.nullable:
                return nodes.choice(results)
            node = node.rest
        return nodes.choice([*results, node.after(character, nodes)])


class Choice(Node):
    """One of several parts."""

    __slots__ = ("members",)

    def __init__(self, members: tuple[Node, ...]) -> None:
        super().__init__(any(member.nullable for member in members))
        self.members = members

    def after(self, character: str, nodes: Nodes) -> Node:
        return nodes.choice([member.after(character, nodes) for member in self.members])


class Repeat(Node):
    """A part at least ``least`` and at most ``most`` times (None: without bound)."""

    __slots__ = ("least", "most", "part")

    def __init__(self, part: Node, least: int, most: int | None) -> None:
        super().__init__(least == 0)
        self.part = part
        self.least = least
        self.most = most

    def after(self, character: str, nodes: Nodes) -> Node:
        rest = nodes.repeat(self.part, max(self.least - 1, 0), None if self.most is None else self.most - 1)
        return nodes.sequence(self.part.after(character, nodes), rest)


class Nodes:
    """Makes the parts of one expression, each once."""

    def __init__(self) -> None:
        self.empty = Node(nullable=True)
        self.nothing = Node(nullable=False)
        self.table: dict[object, Node] = {}

    def forget(self) -> None:
        """Let go of what was made while matching; it is made again when needed."""
        self.table.clear()

    def sequence(self, first: Node, rest: Node) -> Node:
        """First, then rest."""
        if first is self.nothing or rest is self.nothing:
            return self.nothing
        if first is self.empty:
            return rest
        if rest is self.empty:
            return first
        parts = []
        while isinstance(first, Sequence):
            parts.append(first.first)
            first = first.rest
        for part in (first, *reversed(parts)):
            rest = self.table.get((part, rest)) or self.table.setdefault((part, rest), Sequence(part, rest))
        return rest

    def choice(self, parts: list[Node]) -> Node:
        """Any of the parts."""
        members: dict[Node, None] = {}
        for part in parts:
            members.update(dict.fromkeys(part.members if isinstance(part, Choice) else (part,)))
        members.pop(self.nothing, None)
        if not members:
            return self.nothing
        if len(members) == 1:
            return next(iter(members))
        if len(members) > WIDEST:
            raise _TooWideError
        key = frozenset(members)
        return self.table.get(key) or self.table.setdefault(key, Choice(tuple(members)))

    def repeat(self, part: Node, least: int, most: int | None) -> Node:
        """The part, least to most times."""
        if most == 0 or part is self.empty:
            return self.empty
        if part.nullable:
            least = 0
        if (least, most) == (1, 1):
            return part
        key = (part, least, most)
        return self.table.get(key) or self.table.setdefault(key, Repeat(part, least, most))


class Parser:
    """Reads an expression from left to right (appendix F, productions 1 to 27)."""

    def __init__(self, source: str, nodes: Nodes, strict: bool = False) -> None:
        self.source = source
        self.nodes = nodes
        self.strict = strict
        self.position = 0
        self.depth = 0

    def expression(self) -> Node:
        """The whole expression."""
        node = self._branches()
        if self.position < len(self.source):
            raise PatternError('")" without "("')
        return node

    def _peek(self) -> str:
        return self.source[self.position : self.position + 1]

    def _next(self) -> str:
        character = self._peek()
        if not character:
            raise PatternError("it ends too early")
        self.position += 1
        return character

    def _accept(self, text: str) -> bool:
        found = self.source.startswith(text, self.position)
        self.position += len(text) * found
        return found

    def _branches(self) -> Node:
        branches = [self._branch()]
        while self._accept("|"):
            branches.append(self._branch())
        return self.nodes.choice(branches)

    def _branch(self) -> Node:
        pieces = []
        while self._peek() not in ("", "|", ")"):
            pieces.append(self._quantified(self._atom()))
        node = self.nodes.empty
        for piece in reversed(pieces):
            node = self.nodes.sequence(piece, node)
        return node

    def _quantified(self, atom: Node) -> Node:
        if self._accept("?"):
            return self.nodes.repeat(atom, 0, 1)
        if self._accept("*"):
            return self.nodes.repeat(atom, 0, None)
        if self._accept("+"):
            return self.nodes.repeat(atom, 1, None)
        return self.nodes.repeat(atom, *self._bounds()) if self._accept("{") else atom

    def _bounds(self) -> tuple[int, int | None]:
        least = self._number()
        most: int | None = least
        if self._accept(","):
            most = None if self._peek() == "}" else self._number()
        if not self._accept("}"):
            raise PatternError('a "{" is not closed by "}"')
        if most is not None and most < least:
            raise PatternError(f"the quantifier {{{least},{most}}} runs backwards")
        return least, most

    def _number(self) -> int:
        digits = ""
        while self._peek() in set("0123456789"):
            digits += self._next()
        if not digits or len(digits) > len(str(MOST_REPEATS)):
            raise PatternError('"{" needs a number of reasonable size after it')
        return int(digits)

    def _atom(self) -> Node:
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return One(self._character_class())
        if character == ".":
            return One(_not_line_end)
        if character == "\\":
            return One(self._escape())
        if character in "?*+{}]":
            raise PatternError(f'"{character}" must be written "\\{character}" here')
        return One(character.__eq__)

    def _group(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise PatternError(f"its parentheses are nested more than {DEEPEST} levels deep")
        node = self._branches()
        if not self._accept(")"):
            raise PatternError('a "(" is not closed by ")"')
        self.depth -= 1
        return node

    def _escape(self) -> CharacterTest:
        character = self._next()
        if character in "pP":
            return _negated(self._property(), character == "P")
        if character.lower() in MULTIPLE:
            return _negated(MULTIPLE[character.lower()], character.isupper())
        return self._single(character).__eq__

    def _single(self, character: str) -> str:
        if character not in SINGLE_ESCAPES:
            raise PatternError(f'"\\{character}" is not an escape')
        return SINGLE_ESCAPES[character]

    def _property(self) -> CharacterTest:
        name = ""
        if not self._accept("{"):
            raise PatternError('"\\p" needs a property in braces after it')
        while not self._accept("}"):
            name += self._next()
        if name.startswith("Is"):
            return _in_block(name[2:])
        if name[:1] not in CATEGORIES or len(name) > 2 or name[1:] not in CATEGORIES[name[0]]:
            raise PatternError(f'"{shortened(name)}" is not a category of characters')
        return lambda character: category(character).startswith(name)

    def _character_class(self) -> CharacterTest:
        self.depth += 1
        if self.depth > DEEPEST:
            raise PatternError(f"its character classes are nested more than {DEEPEST} levels deep")
        negative = self._accept("^")
        members = [self._member(first=True)]
        taken: CharacterTest | None = None
        while not self._accept("]"):
            if self._accept("-["):
                taken = self._character_class()
                if self._peek() != "]":
                    raise PatternError("a subtraction must be the last thing in a character class")
            else:
                members.append(self._member(first=False))
        self.depth -= 1
        return _subtracted(_negated(_any_of(members), negative), taken)

    def _member(self, first: bool) -> CharacterTest:
        character = self._next()
        if character in "[]" or (character == "-" and not self._stands_for_itself(first)):
            raise PatternError(f'"{character}" must be written "\\{character}" in a character class')
        if character == "\\":
            following = self._peek()
            if following in ("p", "P") or following.lower() in MULTIPLE:
                return self._escape()
            character = self._single(self._next())
        elif character == "-":
            return character.__eq__
        if self._peek() == "-" and not self.source.startswith(("-]", "-[", "--["), self.position):
            return self._range(character)
        return character.__eq__

    def _stands_for_itself(self, first: bool) -> bool:
        """Whether a hyphen that was read is a character of the class: at its beginning or end alone (appendix F,
        "Character Range").
        """
        return not self.strict and (first or self.source.startswith(("]", "-["), self.position))

    def _range(self, first: str) -> CharacterTest:
        self._accept("-")
        last = self._next()
        if last == "-":
            raise PatternError('"-" must be written "\\-" at the end of a range')
        if last == "\\":
            last = self._single(self._next())
        if last < first:
            raise PatternError(f'the range "{first}-{last}" runs backwards')
        return lambda character: first <= character <= last


def _not_line_end(character: str) -> bool:
    return character not in "\n\r"


def _negated(test: CharacterTest, negative: bool) -> CharacterTest:
    return (lambda character: not test(character)) if negative else test


def _any_of(tests: list[CharacterTest]) -> CharacterTest:
    return tests[0] if len(tests) == 1 else lambda character: any(test(character) for test in tests)


def _subtracted(test: CharacterTest, taken: CharacterTest | None) -> CharacterTest:
    return (lambda character: test(character) and not taken(character)) if taken else test


def _in_block(name: str) -> CharacterTest:
    ranges = block(name)
    if ranges is None:
        raise PatternError(f'"{shortened(name)}" is not a block of characters')
    return lambda character: any(first <= ord(character) <= last for first, last in ranges)


def category(character: str) -> str:
    """The general category of a character in Unicode ("Lu")."""
    code = ord(character)
    if code < len(ASCII_CATEGORIES) // 2:  # most text of a schema's values; the table need not be loaded for it
        return ASCII_CATEGORIES[2 * code : 2 * code + 2]
    import unicodedata

    return unicodedata.category(character)


# The escapes for many characters (appendix F, production 37); in capitals they mean all others.
MULTIPLE: dict[str, CharacterTest] = {
    "s": lambda character: character in " \t\n\r",
    "i": is_name,
    "c": is_name_character,
    "d": lambda character: category(character) == "Nd",
    "w": lambda character: category(character)[0] not in "PZC",
}


@lru_cache(maxsize=MOST_EXPRESSIONS)
def compiled(source: str) -> Regex:
    """The expression of a facet, compiled once however many datatypes share it. Raises PatternError.

    Strict, since jing refuses any schema with ``[a-]``, which the second edition of XML Schema allows: what is accepted
    here shall be accepted there.
    """
    return Regex(source, strict=True)
