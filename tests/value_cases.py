"""Texts and datatypes made at random, the same for the same seed, for comparing the toolkit with other processors."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'
LIBRARY = 'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
WHOLE = "0|-1|+7|007|127|-128|255|256|32767|-32769|65536|2147483647|-2147483649|4294967296|18446744073709551616|-0"
# Texts of each datatype's own; "|" between them. Left out is what XML Schema allows and jing does not: days that begin
# more than twelve hours after Greenwich's, 24:00:00, years of nine digits, zeros at the end of decimals where digits are
# counted, and white space in binary data that has a pattern. ENTITY and ENTITIES need a DTD.
SEEDS = {
    "string": "a||a b| x ",
    "token": "a b|  a  b ",
    "normalizedString": "a\tb| ",
    "language": "en|de-1996|x-klingon|abcdefgh-12345678",
    "Name": "a:b|_x|:",
    "NCName": "a-b.c|_1",
    "NMTOKEN": "1a|a:b|-.x",
    "NMTOKENS": "a b|1 2",
    "anyURI": "http://example.org/a?b#c|#x|urn:a:b|../x y|mailto:a@b|%41|http://[::1]:80/|//a",
    "QName": "p:a|a",
    "boolean": "true|0",
    "hexBinary": "0F|aBcD|",
    "base64Binary": "YQ==|YWI=|YWJj|YW Jj|",
    "decimal": "1.5|-0.5|+.25|1.|00123|7",
    "float": "1e5|INF|-INF|NaN|1.5E-3|.5|-0",
    "double": "1e5|INF|-INF|NaN|1.5E-3|.5",
    "duration": "P1Y2M3DT4H5M6.7S|-P1D|PT0.1S|P1M|P30D|P12M|PT24H",
    "dateTime": "1917-10-25T21:40:00|2000-02-29T23:59:59.999Z|-0044-03-15T00:00:00+14:00|12345-01-01T00:00:00-11:59",
    "date": "1917-10-25|2000-02-29|-0044-03-15Z|12345-01-01+14:00|1900-02-28",
    "time": "21:40:00|00:00:00.5-03:00|23:59:59Z",
    "gYearMonth": "1917-10|-0044-03Z",
    "gYear": "1917|-0044|12345+01:00",
    "gMonthDay": "--10-25|--02-29Z",
    "gMonth": "--10|--02Z",
    "gDay": "---25|---31Z",
    **dict.fromkeys("integer nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger".split(), WHOLE),
    **dict.fromkeys("long int short byte unsignedLong unsignedInt unsignedShort unsignedByte".split(), WHOLE),
}
MEASURED = "string token normalizedString language Name NCName NMTOKEN NMTOKENS anyURI hexBinary base64Binary".split()
WITH_DIGITS = ["decimal", *(name for name, seeds in SEEDS.items() if seeds == WHOLE)]
UNORDERED = [*MEASURED, "QName", "boolean"]
LETTERS = "0123456789-+:.TZPYMDHSEeINFax #/%=_ \t\n\u00e9\u0660"
PATTERNS = [".*", r"\d+", "[a-z0-9]*", r"\S+", "[^0]*", r"-?\d{4}.*"]
QUANTIFIERS = ["", "", "", "?", "*", "+", "{2}", "{1,3}", "{0,1}", "{2,}", "{0}"]
CATEGORIES = (
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn".split()
)
BLOCKS = "BasicLatin Latin-1Supplement Greek Cyrillic Hebrew Arabic Hiragana GeneralPunctuation Specials Thai".split()
ALPHABET = "abcxyz019 _-:éλжAZ.\u0660\u0663\u00a0\u2028\u00b7\u0e01\ufffd\u00d7$€^«»\u0301\U0001d400\ue000"


class Type(NamedTuple):
    """A datatype with its parameters, as a pattern of a schema."""

    name: str
    pattern: str


def data(name: str, parameters: list[tuple[str, str]]) -> str:
    """A pattern for a datatype with parameters."""
    return (
        f'<data type="{name}">{"".join(f"<param name={n!r}>{written(text)}</param>" for n, text in parameters)}</data>'
    )


def written(text: str) -> str:
    """A text as XML, white space and what is beyond ASCII as references."""
    return "".join(f"&#{ord(c)};" if c in "\t\n\r" or ord(c) > 126 else escape(c) for c in text)


def types(chance: random.Random, count: int) -> Iterator[Type]:
    """Each datatype in turn, with parameters or as a single value."""
    names = sorted(SEEDS)
    for number in range(count):
        name = names[number % len(names)]
        if chance.random() < 0.15:
            yield Type(name, f'<value type="{name}">{written(chance.choice(SEEDS[name].split("|")))}</value>')
        else:
            yield Type(name, data(name, list(parameters(chance, name))))


def parameters(chance: random.Random, name: str) -> Iterator[tuple[str, str]]:
    """Some of the parameters that a datatype can have, with values that it mostly can."""
    if name in MEASURED and chance.random() < 0.6:
        yield chance.choice(["length", "minLength", "maxLength"]), str(chance.randint(0, 5))
    for kind in ("min", "max") if name not in UNORDERED else ():
        if chance.random() < 0.5:
            yield kind + chance.choice(["Inclusive", "Exclusive"]), chance.choice(SEEDS[name].split("|"))
    if name in WITH_DIGITS and chance.random() < 0.4:
        yield "totalDigits", str(chance.randint(3, 6))
    if name == "decimal" and chance.random() < 0.4:
        yield "fractionDigits", str(chance.randint(3, 5))
    if chance.random() < 0.2 and "Binary" not in name:
        yield "pattern", chance.choice(PATTERNS)


def text(chance: random.Random, name: str) -> str:
    """A text of a datatype, or nearly."""
    found = chance.choice(SEEDS[name].split("|"))
    for _ in range(chance.choice([0, 0, 1, 1, 2, 3])):
        place = chance.randint(0, len(found))
        kept = place + chance.choice([0, 0, 1])
        found = found[:place] + chance.choice(["", chance.choice(LETTERS), chance.choice(LETTERS)]) + found[kept:]
    return found


def expression(chance: random.Random, depth: int = 2) -> str:
    """A regular expression of XML Schema."""
    branches = []
    for _ in range(chance.choice([1, 1, 1, 2])):
        atoms = [_atom(chance, depth) + chance.choice(QUANTIFIERS) for _ in range(chance.randint(1, 3))]
        branches.append("".join(atoms))
    return "|".join(branches)


def _atom(chance: random.Random, depth: int) -> str:
    simple = [
        lambda: chance.choice("abcxyz019 _-:éλж"),
        lambda: chance.choice([".", r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"\i", r"\I", r"\c", r"\C"]),
        lambda: chance.choice([r"\p{%s}", r"\P{%s}"]) % chance.choice([*CATEGORIES, *("Is" + name for name in BLOCKS)]),
        lambda: "\\" + chance.choice("nrt\\|.?*+(){}-[]^"),
        lambda: _character_class(chance, 2),
    ]
    if depth and chance.random() < 0.25:
        return f"({expression(chance, depth - 1)})"
    return chance.choice(simple)()


def _character_class(chance: random.Random, depth: int) -> str:
    """A character class. Neither a negative one nor one that is taken away has an escape for many characters: jing
    gives these to Java, which understands them otherwise.
    """
    negative = chance.random() < 0.25 or depth < 2
    single = [
        "a",
        "z",
        "0",
        "_",
        ":",
        "é",
        "λ",
        " ",
        r"\-",
        r"\]",
        r"\^",
        r"\[",
        r"\\",
        r"\n",
        "a-z",
        "A-Z",
        "0-9",
        "é-ж",
    ]
    many = [] if negative else [r"\d", r"\w", r"\s", r"\S", r"\i", r"\c", r"\D", r"\p{Lu}", r"\P{L}", r"\p{IsGreek}"]
    members = "".join(chance.choice([*single, *many]) for _ in range(chance.randint(1, 3)))
    taken = f"-{_character_class(chance, depth - 1)}" if depth and chance.random() < 0.3 else ""
    return f"[{'^' if negative and chance.random() < 0.5 else ''}{members}{taken}]"


def hyphens(chance: random.Random) -> str:
    """A character class that may be none, for the hyphens and brackets in it. What jing gives to Java, which understands
    it otherwise, is left out: a negative class, or one that is taken away, with an escape for many characters.
    """
    negative = chance.random() < 0.3
    many = ["a"] if negative else [r"\d", r"\D", r"\w", r"\p{L}", r"\i", r"\S"]
    plain = [*"aczbe0^^[].,+|(?{ ", r"\-", r"\]", r"\[", r"\^", r"\n", r"\\", "a-z", "a-z", "+-9", "^-e"]
    parts = chance.choices([*plain, *many, *("-" for _ in range(12))], k=chance.randint(1, 5))
    if not negative and parts[0].startswith("^"):
        parts.insert(0, "a")
    taken = chance.choice(["", "", "-[b]", "-[^b]", "-[a-c]", "-[b-]", "-[b-[c]]", "-[-b]", "-[b]-"])
    return f"[{'^' if negative else ''}{''.join(parts)}{taken}]"


def words(chance: random.Random) -> str:
    """A short text of all kinds of characters."""
    return "".join(chance.choice(ALPHABET) for _ in range(chance.randint(0, 4)))
