"""What can be told of an XPath expression or match pattern without understanding it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import accumulate

LITERAL_OR_VARIABLE = re.compile(
    r"""(?P<literal>"(?:[^"]|"")*"|'(?:[^']|'')*'|\(:.*?:\))|\$\s*(?P<name>(?:[^\W\d][\w.-]*:)?[^\W\d][\w.-]*)""",
    re.DOTALL,
)
DEEPEST = 1_000  # brackets in one another; Saxon ends the process at some 10,000
LONGEST = 20_000  # tokens; some 40,000 steps or operators in a row do the same
SHORT = 1_000  # characters, in which there cannot be too much of anything
BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
WORD = re.compile(r"""(?:"[^"]*"|'[^']*'|\(:.*?:\)|[\s,])+|([\w.-]+|.)""", re.DOTALL)
ELEMENT = re.compile(r"\s*(?:child::\s*)?(?:[\w.-]+:)?([^\W\d][\w.-]*)\s*")
TOKEN = re.compile(r""""[^"]*"|'[^']*'|\(:.*?:\)|.""", re.DOTALL)
ANY_NODE = re.compile(r"\$|\b(?:node|id|key|element-with-id)\s*\(|(?:^|[\s(|])\.")
KINDS = ("text", "comment", "processing-instruction")
NAMESPACES = re.compile(r"\bnamespace(?:-node\s*\(|\s*::)")


def visited(contexts: list[str]) -> list[str]:
    """The expressions for nodes that some contexts may match: elements always, other kinds where a context outside
    of its predicates shows that it may match them.
    """
    bare = " ".join(map(outside_predicates, contexts))
    anything = ANY_NODE.search(bare) is not None
    attributes = anything or "@" in bare or re.search(r"\battribute\b", bare) is not None
    others = [f"//{kind}()" for kind in KINDS if anything or re.search(rf"\b{kind}\s*\(", bare)]
    namespaces = ["//namespace::node()"] if NAMESPACES.search(bare) else []
    return ["/", "//*", *(["//@*"] if attributes else []), *others, *namespaces]


def outside_predicates(pattern: str) -> str:
    """A match pattern without its predicates, string literals and comments.

    >>> outside_predicates("tei:*[@n = ']']/tei:p[a[1]] | @b")
    'tei:*/tei:p | @b'
    """
    depth = 0
    kept = []
    for token in TOKEN.findall(pattern):
        depth += (token == "[") - (token == "]")
        if depth == 0 and token != "]" and token[0] not in "\"'" and not token.startswith("(:"):
            kept.append(token)
    return "".join(kept)


def element_names(pattern: str) -> tuple[str, ...]:
    """The names without prefix of the elements that a match pattern can only match; none where that is not plain.

    >>> element_names("tei:div//tei:p[@n] | child::q"), element_names("p/@xml:id"), element_names("p | *")
    (('p', 'q'), (), ())
    """
    steps = [branch.rpartition("/")[2] for branch in outside_predicates(pattern).split("|")]
    named = [ELEMENT.fullmatch(step) for step in steps]
    return tuple(match[1] for match in named if match) if all(named) else ()


def predicates(pattern: str) -> list[tuple[str, str]]:
    """A match pattern cut at its outermost predicates: what stands before each, and its expression; at the end what
    stands after the last, and "".

    >>> predicates("a[@n = ']']/b[c[1]]")
    [('a', "@n = ']'"), ('/b', 'c[1]'), ('', '')]
    """
    depth = 0
    cut = [["", ""]]
    for token in TOKEN.findall(pattern):
        if token == "[" and depth == 0:
            depth = 1
        elif token == "]" and depth == 1:
            depth = 0
            cut.append(["", ""])
        else:
            depth += (token == "[") - (token == "]")
            cut[-1][depth > 0] += token
    return [(before, inside) for before, inside in cut]


def variables(xpath: str) -> set[str]:
    """The names of the variables an expression mentions.

    >>> sorted(variables("$a + count($b-c) + '$d'"))
    ['a', 'b-c']
    """
    return {found["name"] for found in LITERAL_OR_VARIABLE.finditer(xpath) if found["name"]}


def renamed(xpath: str, names: Mapping[str, str]) -> str:
    """An expression with some variables renamed wherever they are bound or used.

    >>> renamed("for $a in $b return '$a'", {"a": "x"})
    "for $x in $b return '$a'"
    """

    def new(found: re.Match[str]) -> str:
        return f"${names[found['name']]}" if found["name"] in names else found[0]

    return LITERAL_OR_VARIABLE.sub(new, xpath) if names else xpath


def excess(xpath: str) -> str:
    """What an expression has too much of for any processor; "" for all that people write.

    >>> excess("(" * 2000), excess("count(//p) = 1")
    ('is nested more than 1,000 levels deep', '')
    """
    if len(xpath) <= SHORT:
        return ""
    words = [word for word in WORD.findall(xpath) if word]
    if max(accumulate(BRACKETS.get(word, 0) for word in words), default=0) > DEEPEST:
        return f"is nested more than {DEEPEST:,} levels deep"
    return f"has more than {LONGEST:,} words" if len(words) > LONGEST else ""


def one_line(text: str) -> str:
    """A text with its white space folded."""
    return " ".join(text.split())
