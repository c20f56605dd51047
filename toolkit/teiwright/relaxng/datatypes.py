"""Datatypes: RELAX NG's built-in library (section 6.2.7), that of W3C XML Schema, part 2, and that of RELAX NG DTD
Compatibility 1.0 (section 5), whose three types are those of the same names in the second.

A datatype turns a text into a value, or into None where the text is none of its values. Values are compared
as such: ``01`` and ``1`` are one integer. How facets become parameters: "Guidelines for using W3C XML Schema
Datatypes with RELAX NG".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import NamedTuple

from teiwright.relaxng import regex, values
from teiwright.relaxng.characters import is_name, is_ncname, is_nmtoken

XSD_LIBRARY = "http://www.w3.org/2001/XMLSchema-datatypes"
COMPATIBILITY_LIBRARY = "http://relaxng.org/ns/compatibility/datatypes/1.0"
Namespaces = Mapping[str | None, str]  # by prefix; and a key "&name" for each unparsed entity
ENTITY = "&"  # begins those keys, and is one itself where entities are declared in a file that is not read
NO_NAMESPACES: Namespaces = {}
Parse = Callable[[str, Namespaces], Hashable | None]
Compare = Callable[[Hashable, Hashable], int | None]
Test = Callable[[str, Hashable], bool]  # of a text whose white space is normalized, and the value it stands for
SPACES = " \t\r\n"  # XML's white space; Python's own split() knows more
REPLACED = str.maketrans("\t\r\n", "   ")
MOST_RESTRICTED = 1_000  # restrictions of one datatype that are kept: schemas come and go
NAME_WORDS = 'a name: a letter or "_" first, then letters, digits, ".", "-" or "_"'
ONE_WORD = (r"\S+", r"[^\p{C}\p{Z}]+", r"[\S]+")


class DatatypeError(Exception):
    """A datatype that a schema asks for and that cannot be had; says why."""


def preserved(text: str) -> str:
    """The text as it is."""
    return text


def replaced(text: str) -> str:
    """The text with each tab and line end made a space (part 2, section 4.3.6)."""
    return text.translate(REPLACED)


def collapsed(text: str) -> str:
    """The text with single spaces between its words and none around them (part 2, section 4.3.6)."""
    return " ".join(words_of(text))


def words_of(text: str) -> list[str]:
    """The words of a text, by XML's white space alone.

    >>> words_of(" #a  #b ")
    ['#a', '#b']
    """
    if text.isascii() and text.isprintable():  # most values: the only white space in them is the space
        return text.split()
    return [word for word in re.split(f"[{SPACES}]+", text) if word]


class Facet(NamedTuple):
    """One restriction: its name and value as the schema writes them, and a test on text and value."""

    name: str
    text: str
    test: Test


class Datatype:
    """A set of values with names in text.

    ``library`` is its address, empty for the built-in one; ``words`` say what is expected, for a reader; ``parse``
    gives the value of a text whose white space is normalized, or None; ``contextual`` is whether it needs the
    namespaces in scope (QName) or the document's unparsed entities (ENTITY), which are kept among them.
    """

    __slots__ = (
        *("_restricted", "compare", "contextual", "digits", "facets", "library", "measure", "name", "normalize"),
        *("parse", "words"),
    )

    def __init__(
        self,
        name: str,
        words: str,
        parse: Parse,
        normalize: Callable[[str], str] = collapsed,
        measure: Callable[[Hashable], int] | None = None,
        compare: Compare | None = None,
        contextual: bool = False,
        digits: bool = False,
        library: str = XSD_LIBRARY,
        facets: tuple[Facet, ...] = (),
    ) -> None:
        self.name = name
        self.words = words
        self.parse = parse
        self.normalize = normalize
        self.measure = measure
        self.compare = compare
        self.contextual = contextual
        self.digits = digits
        self.library = library
        self.facets = facets
        self._restricted: dict[tuple[tuple[str, str], ...], Datatype] = {}

    def __repr__(self) -> str:
        return f"Datatype({self.name!r}, {[facet[:2] for facet in self.facets]})"

    def value(self, text: str, namespaces: Namespaces = NO_NAMESPACES) -> Hashable | None:
        """The value that a text stands for; None where it is none of this datatype's.

        >>> str(XSD["integer"].value(" 07 ")), XSD["integer"].value("seven")
        ('7', None)
        """
        normal = self.normalize(text)
        value = self.parse(normal, namespaces)
        if value is None or not all(facet.test(normal, value) for facet in self.facets):
            return None
        return value

    def restricted(self, parameters: Iterable[tuple[str, str]]) -> Datatype:
        """This datatype with more facets; the same ones make the same datatype. Raises DatatypeError."""
        key = tuple(parameters)
        if key not in self._restricted:
            if len(self._restricted) >= MOST_RESTRICTED:
                self._restricted.clear()
            restricted = self
            for name, text in key:  # each restricts what the ones before it have left
                restricted = restricted._with(restricted._facet(name, text))
            self._restricted[key] = restricted
        return self._restricted[key]

    def _with(self, facet: Facet) -> Datatype:
        return self.in_library(self.library, (*self.facets, facet))

    def in_library(self, library: str, facets: tuple[Facet, ...] = ()) -> Datatype:
        """The same datatype as one of another library, with these facets."""
        given = (self.name, self.words, self.parse, self.normalize, self.measure, self.compare)
        return Datatype(*given, self.contextual, self.digits, library, facets)

    def _facet(self, name: str, text: str) -> Facet:
        if not self.library:
            raise DatatypeError(f'the built-in datatype "{self.name}" takes no parameter "{name}"')
        if name == "pattern":
            return Facet(name, text, _pattern(text))
        if name in LENGTHS and self.measure:
            return Facet(name, text, _length(name, text, self.measure))
        if name in BOUNDS and self.compare:
            return Facet(name, text, self._bound(name, text, self.compare))
        if name in DIGITS and self.digits:
            return Facet(name, text, _digits(name, text))
        raise DatatypeError(f'the datatype "{self.name}" has no parameter "{name}"')

    def _bound(self, name: str, text: str, compare: Compare) -> Test:
        bound = self.value(text)
        if bound is None:
            shown = regex.shortened(text)
            raise DatatypeError(f'the parameter "{name}" of "{self.name}" is "{shown}", which is not {self.describe()}')
        orders = BOUNDS[name]
        return lambda _, value: compare(value, bound) in orders

    def describe(self) -> str:
        """What is expected, in plain words."""
        patterns = [facet.text for facet in self.facets if facet.name == "pattern"]
        if patterns and self.name in ("token", "string", "normalizedString"):
            said = "one word without spaces" if patterns[0] in ONE_WORD else f"text {_pattern_words(patterns[0])}"
        else:
            said = ", ".join([self.words, *map(_pattern_words, patterns)])
        limits = [
            FACET_WORDS[facet.name].format(regex.shortened(facet.text))
            for facet in self.facets
            if facet.name != "pattern"
        ]
        return ", ".join([said, *limits])


LENGTHS: dict[str, Callable[[int, int], bool]] = {
    "length": int.__eq__,
    "minLength": int.__ge__,
    "maxLength": int.__le__,
}
BOUNDS = {"minInclusive": (0, 1), "minExclusive": (1,), "maxInclusive": (-1, 0), "maxExclusive": (-1,)}
DIGITS = ("totalDigits", "fractionDigits")
FACET_WORDS = {
    "length": "of length {}",
    "minLength": "of at least length {}",
    "maxLength": "of at most length {}",
    "minInclusive": "at least {}",
    "minExclusive": "more than {}",
    "maxInclusive": "at most {}",
    "maxExclusive": "less than {}",
    "totalDigits": "of at most {} digits",
    "fractionDigits": "with at most {} digits after the point",
}


def _pattern_words(pattern: str) -> str:
    return "without spaces" if pattern in ONE_WORD else f'that matches "{regex.shortened(pattern)}"'


def _pattern(source: str) -> Test:
    try:
        expression = regex.compiled(source)
    except regex.AmbiguousError as error:
        raise DatatypeError(str(error)) from None
    except regex.PatternError as error:
        raise DatatypeError(f'the pattern "{regex.shortened(source)}" is not a regular expression: {error}') from None
    return lambda text, _: expression.matches(text)


def _number(name: str, text: str, least: int) -> int:
    digits = collapsed(text).removeprefix("+")
    if not re.fullmatch("[0-9]{1,18}", digits) or int(digits) < least:
        shown = regex.shortened(text)
        raise DatatypeError(f'the parameter "{name}" is "{shown}", which is not a whole number of at least {least}')
    return int(digits)


def _length(name: str, text: str, measure: Callable[[Hashable], int]) -> Test:
    number = _number(name, text, 0)
    holds = LENGTHS[name]
    return lambda _, value: holds(measure(value), number)


def _digits(name: str, text: str) -> Test:
    most = _number(name, text, least=1 if name == "totalDigits" else 0)
    return lambda written, _: values.count_digits(written)[name] <= most


def _checked(test: Callable[[str], bool]) -> Parse:
    return lambda text, _: text if test(text) else None


def _unscoped(parse: Callable[[str], Hashable | None]) -> Parse:
    return lambda text, _: parse(text)


def _all(test: Callable[[str], bool]) -> Parse:
    def parse(text: str, _: Namespaces) -> Hashable | None:
        items = tuple(words_of(text))
        return items if items and all(map(test, items)) else None

    return parse


def _qname(text: str, namespaces: Namespaces) -> Hashable | None:
    prefix, colon, local = text.rpartition(":")
    if not is_ncname(local) or (colon and not is_ncname(prefix)):
        return None
    if prefix == "xml":
        return ("http://www.w3.org/XML/1998/namespace", local)
    if colon and prefix not in namespaces:
        return None
    return (namespaces.get(prefix or None, ""), local)


def _entity(text: str, namespaces: Namespaces) -> Hashable | None:
    is_declared = ENTITY in namespaces or ENTITY + text in namespaces
    return text if is_declared and is_ncname(text) else None


def _entities(text: str, namespaces: Namespaces) -> Hashable | None:
    names = tuple(words_of(text))
    return names if names and all(_entity(name, namespaces) for name in names) else None


def _size(value: Hashable) -> int:
    return len(value)  # type: ignore[arg-type]  # only given to datatypes whose values are texts, tuples or bytes


def _text(name: str, words: str, test: Callable[[str], bool], normalize: Callable[[str], str] = collapsed) -> Datatype:
    return Datatype(name, words, _checked(test), normalize, _size)


def _ordered(name: str, words: str, parse: Callable[[str], Hashable | None]) -> Datatype:
    return Datatype(name, words, _unscoped(parse), compare=values.compare)


def _whole(name: str, words: str, least: int | None = None, most: int | None = None) -> Datatype:
    parse = _unscoped(values.whole_number(least, most))
    return Datatype(name, words, parse, compare=values.compare, digits=True)


def _anything(_: str) -> bool:
    return True


BUILT_IN = {
    "string": Datatype("string", "any text", _checked(_anything), preserved, library=""),
    "token": Datatype("token", "any text", _checked(_anything), library=""),
}
XSD = {
    datatype.name: datatype
    for datatype in (
        _text("string", "any text", _anything, preserved),
        _text("normalizedString", "any text", _anything, replaced),
        _text("token", "any text", _anything),
        _text("language", 'a language tag such as "en" or "pt-BR"', values.is_language),
        _text("Name", "an XML name", is_name),
        _text("NCName", NAME_WORDS, is_ncname),
        _text("ID", NAME_WORDS, is_ncname),
        _text("IDREF", NAME_WORDS, is_ncname),
        _text("NMTOKEN", "one word of letters, digits and . - _ :", is_nmtoken),
        _text("anyURI", "an address (URI)", values.is_uri),
        Datatype("NMTOKENS", "words of letters, digits and . - _ :", _all(is_nmtoken), measure=_size),
        Datatype("IDREFS", "names without spaces or colons, with spaces between them", _all(is_ncname), measure=_size),
        Datatype(
            "ENTITY",
            "the name of an unparsed entity that the document declares",
            _entity,
            measure=_size,
            contextual=True,
        ),
        Datatype(
            "ENTITIES",
            "names of unparsed entities that the document declares",
            _entities,
            measure=_size,
            contextual=True,
        ),
        Datatype("QName", "a name whose prefix is declared", _qname, contextual=True),
        Datatype("NOTATION", "the name of a notation", _qname, contextual=True),
        Datatype("boolean", '"true", "false", "1" or "0"', _unscoped(values.boolean)),
        Datatype("hexBinary", "pairs of hexadecimal digits", _unscoped(values.hexadecimal), measure=_size),
        Datatype("base64Binary", "Base64 data", _unscoped(values.base64), measure=_size),
        Datatype("decimal", "a number", _unscoped(values.decimal), compare=values.compare, digits=True),
        _ordered("float", "a number", values.float32),
        _ordered("double", "a number", values.float64),
        _ordered("duration", 'a duration such as "P1Y2M3DT4H"', values.duration),
        _ordered("dateTime", 'a date and time such as "1917-10-25T21:40:00"', values.moment("dateTime")),
        _ordered("date", 'a date such as "1917-10-25"', values.moment("date")),
        _ordered("time", 'a time such as "21:40:00"', values.moment("time")),
        _ordered("gYearMonth", 'a year and month such as "1917-10"', values.moment("gYearMonth")),
        _ordered("gYear", 'a year such as "1917"', values.moment("gYear")),
        _ordered("gMonthDay", 'a month and day such as "--10-25"', values.moment("gMonthDay")),
        _ordered("gMonth", 'a month such as "--10"', values.moment("gMonth")),
        _ordered("gDay", 'a day of a month such as "---25"', values.moment("gDay")),
        _whole("integer", "a whole number"),
        _whole("nonPositiveInteger", "a whole number, 0 or less", None, 0),
        _whole("negativeInteger", "a whole number less than 0", None, -1),
        _whole("nonNegativeInteger", "a whole number, 0 or more", 0),
        _whole("positiveInteger", "a whole number, 1 or more", 1),
        _whole("long", "a whole number of at most 64 bits", -(2**63), 2**63 - 1),
        _whole("int", "a whole number of at most 32 bits", -(2**31), 2**31 - 1),
        _whole("short", "a whole number from -32768 to 32767", -(2**15), 2**15 - 1),
        _whole("byte", "a whole number from -128 to 127", -128, 127),
        _whole("unsignedLong", "a whole number, 0 or more, of at most 64 bits", 0, 2**64 - 1),
        _whole("unsignedInt", "a whole number, 0 or more, of at most 32 bits", 0, 2**32 - 1),
        _whole("unsignedShort", "a whole number from 0 to 65535", 0, 2**16 - 1),
        _whole("unsignedByte", "a whole number from 0 to 255", 0, 255),
    )
}
TOKEN = BUILT_IN["token"]
COMPATIBILITY = {name: XSD[name].in_library(COMPATIBILITY_LIBRARY) for name in ("ID", "IDREF", "IDREFS")}
LIBRARIES: dict[str, dict[str, Datatype]] = {"": BUILT_IN, XSD_LIBRARY: XSD, COMPATIBILITY_LIBRARY: COMPATIBILITY}
LIBRARY_NAMES = {"": "the built-in library", XSD_LIBRARY: "W3C XML Schema", COMPATIBILITY_LIBRARY: "DTD Compatibility"}


def find(library: str, name: str) -> Datatype:
    """The datatype of a library by name. Raises DatatypeError."""
    if library not in LIBRARIES:
        raise DatatypeError(f'the datatype library "{library}" is not known')
    if name not in LIBRARIES[library]:
        raise DatatypeError(f'{LIBRARY_NAMES[library]} has no datatype "{name}"')
    return LIBRARIES[library][name]
