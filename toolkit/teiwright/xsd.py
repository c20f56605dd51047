"""W3C XML Schema 1.0: libxml2 gives the verdict, xmlschema explains what is wrong.

xmlschema takes a fifth of a second to import and reads a tenth of a megabyte a second, so it is called only where
libxml2 finds a fault, cannot compile the schema, or does not look (it never checks that an IDREF has its ID).
Neither fetches anything: every file of a schema is read here first, and an address on the web is refused.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from teiwright.address import AddressError, local_file, web_address
from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.document import XML_DECLARATION, Document
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import INCOMPLETE, XML, XSD, XSI, shown
from teiwright.schemas.resolution import schema_file
from teiwright.wording import listed, quoted

Element = etree._Element

REFERENCES = frozenset(f"{{{XSD}}}{local}" for local in ("include", "import", "redefine", "override"))
TYPE_ATTRIBUTES = ("type", "base", "itemType", "memberTypes")
IDENTITY = re.compile(r"^duplicated value|^missing key field|not found for Xsd")


@dataclass(frozen=True)
class Source:
    """What a schema was read from: the file that was named, all files (by their resolved paths), those of them that
    were named by an address on the web, whether every part that is named was a file, and whether it has IDREFs.
    """

    path: Path
    documents: dict[Path, Document] = field(repr=False)
    from_web: dict[str, Path] = field(repr=False)
    is_local: bool
    has_references: bool


@dataclass(frozen=True, eq=False)
class Xsd:
    """A compiled XML Schema. ``verdict`` is libxml2's, None where it refused the schema."""

    name: str
    source: Source = field(repr=False)
    verdict: etree.XMLSchema | None = field(repr=False)

    @classmethod
    def read(cls, path: str | Path) -> Xsd:
        """The schema in a file, with those it includes and imports. Raises SchemaError."""
        path = Path(path)
        source = _source(path)
        schema = cls(path.name, source, _compiled(source))
        if schema.verdict is None:
            schema.explainer  # noqa: B018 - nobody else could say that it is broken
        return schema

    @property
    def files(self) -> tuple[Path, ...]:
        """All files it was read from."""
        return tuple(self.source.documents)

    def validate(self, document: Document) -> Iterator[Diagnostic]:
        """What in a document does not fit."""
        try:
            valid = None if self.verdict is None else self.verdict.validate(document.tree)
        except etree.XMLSchemaValidateError:  # a pattern beyond its limits; xmlschema has none, and might never end
            yield self._incomplete(document, "libxml2 stopped, perhaps at a pattern of the schema", Severity.ERROR)
            return
        if valid and not self.source.has_references:
            return
        refused = list(self.verdict.error_log) if self.verdict is not None and not valid else []  # type: ignore[call-overload]
        try:
            found = [*self.explained(document)]
        except _Breakdown as breakdown:
            yield from self._refused(document, refused)
            yield self._incomplete(document, str(breakdown), Severity.WARNING if refused else Severity.ERROR)
            return
        yield from found
        if refused and not found:
            yield from self._refused(document, refused)
            yield self._disagreement(document)

    def explained(self, document: Document) -> Iterator[Diagnostic]:
        """What xmlschema finds, in our words."""
        explain = Explanation(document, self.name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            errors = _guarded(lambda: [*self.explainer.iter_errors(document.root)])
        yield from dict.fromkeys(map(explain, errors))

    @cached_property
    def explainer(self) -> Any:
        """xmlschema's schema. Raises SchemaError where it cannot be built."""
        import xmlschema

        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of imports it leaves out: their declarations are missed where they are used
            try:
                known = {address: path.as_uri() for address, path in self.source.from_web.items()}
                return xmlschema.XMLSchema(str(self.source.path), allow="local", defuse="always", uri_mapper=known)
            except (
                xmlschema.XMLSchemaException,
                etree.LxmlError,
                OSError,
                ValueError,
                ArithmeticError,
                RecursionError,
            ) as error:
                raise SchemaError(self.name, f"not a usable XML Schema: {_schema_fault(error)}") from None

    def _refused(self, document: Document, refused: Iterable[Any]) -> Iterator[Diagnostic]:
        """libxml2's verdict without explanation."""
        for place in dict.fromkeys(_place(document, entry.path) for entry in refused):
            message = f"element {_subject(place)} does not fit the schema; expected what its declaration says"
            yield Diagnostic(place, Severity.ERROR, "xsd-not-valid", message, self.name)

    def _disagreement(self, document: Document) -> Diagnostic:
        message = "libxml2 finds this document invalid, xmlschema finds no fault; the verdict that counts is libxml2's"
        place = document.location(document.root)
        return Diagnostic(place, Severity.WARNING, "schema-processors-disagree", message, self.name)

    def _incomplete(self, document: Document, reason: str, severity: Severity) -> Diagnostic:
        message = f"this document could not be checked to the end: {reason}"
        return Diagnostic(document.location(document.root), severity, INCOMPLETE, message, self.name)


class _Breakdown(Exception):
    """xmlschema gave up on a document."""


def _guarded(work: Any) -> list[Any]:
    import xmlschema

    try:
        errors: list[Any] = work()
    except RecursionError:
        raise _Breakdown("its elements are nested too deeply for xmlschema") from None
    except (xmlschema.XMLSchemaException, SchemaError, ValueError, ArithmeticError) as error:
        raise _Breakdown(f"xmlschema stopped ({type(error).__name__})") from None
    return errors


def _schema_fault(error: Exception) -> str:
    """What is wrong with a schema: the component that xmlschema names, not its words."""
    element = getattr(error, "elem", None)
    if element is None:
        return f"xmlschema stopped at a fault it does not place ({type(error).__name__})"
    named = f' "{element.get("name")}"' if element.get("name") else ""
    line = f" in line {element.sourceline}" if getattr(element, "sourceline", None) else ""
    kind = type(error).__name__
    fault = "is ambiguous or inconsistent" if kind == "XMLSchemaModelError" else "is wrong"
    return f'the declaration "{shown(element.tag)}"{named}{line} {fault} ({kind})'


def _source(path: Path) -> Source:
    """Reads a schema and every file it leads to."""
    documents = {path.resolve(): _schema_document(path)}
    from_web: dict[str, Path] = {}
    waiting = [path.resolve()]
    is_local = True
    while waiting:
        base = waiting.pop()
        for reference in documents[base].root.iterchildren(*REFERENCES):
            target = _referenced(base, reference)
            if target is not None and (address := web_address(reference.get("schemaLocation", ""))):
                from_web[address] = target
            is_local &= target is not None or reference.get("schemaLocation") is None
            if target is not None and target not in documents:
                documents[target] = _schema_document(target)
                waiting.append(target)
    has_references = any(_has_references(document.root) for document in documents.values())
    return Source(path, documents, from_web, is_local, has_references)


def _schema_document(path: Path) -> Document:
    try:
        document = Document.read(path)
    except DocumentError as error:
        raise SchemaError(error.subject, error.problem, error.hint) from None
    if document.root.tag != f"{{{XSD}}}schema":
        raise SchemaError(
            path.name, f'not an XML Schema: its root is "{shown(document.root.tag)}"', 'expected "xs:schema"'
        )
    return document


def _referenced(base: Path, reference: Element) -> Path | None:
    """The file that an include or import leads to; None where it names none, or the namespace of XML, which both
    processors know (XML Schema 1.0, part 1, 4.2).
    """
    address = reference.get("schemaLocation")
    if address is None:
        return None
    try:
        path = schema_file(address.strip(), base.as_uri())
    except AddressError as error:
        raise SchemaError(base.name, error.problem) from None
    if path is None:
        if reference.get("namespace") == XML:
            return None
        hint = "keep a local copy and name that, or keep it in the schema store: teiwright schema add"
        raise SchemaError(base.name, f'"{address}" is on the web and is not fetched', f"{hint} {address.strip()}")
    return path.resolve()


def _has_references(schema: Element) -> bool:
    types = (element.get(name, "") for element in schema.iter(f"{{{XSD}}}*") for name in TYPE_ATTRIBUTES)
    return any(re.search(r"\bIDREFS?\b", type_) for type_ in types)


class _Parts(etree.Resolver):
    """Gives libxml2 the parts of a schema that were read already, and nothing of what else it may ask for."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def resolve(self, system_url: Any, public_id: Any, context: Any) -> Any:  # type: ignore[override]
        part = None
        with suppress(AddressError):
            path = self.source.from_web.get(str(system_url)) or local_file(str(system_url or ""), "")
            part = self.source.documents.get(path.resolve()) if path else None
        return self.resolve_string(_text(part) if part else b"", context, base_url=part.uri if part else system_url)


def _text(document: Document) -> bytes:
    return XML_DECLARATION.sub("", document.text).encode("utf-8")


def _compiled(source: Source) -> etree.XMLSchema | None:
    """libxml2's schema; None where it refuses, as it does where content is ambiguous by its lights, and where it
    might go to the web for a part.
    """
    if not source.is_local:
        return None
    document = source.documents[source.path.resolve()]
    made = etree.XMLParser(no_network=True, huge_tree=True)
    made.resolvers.add(_Parts(source))
    try:
        return etree.XMLSchema(etree.fromstring(_text(document), made, base_url=document.uri))
    except etree.XMLSchemaParseError:
        return None


def _place(document: Document, path: str | None) -> Location:
    """Where libxml2 saw a fault, by its own kind of path."""
    prefixes = {prefix: uri for prefix, uri in document.root.nsmap.items() if prefix}
    try:
        found = document.tree.xpath(path or "/*", namespaces=prefixes)
    except etree.XPathError:
        found = []
    element = found[0] if isinstance(found, list) and found else document.root
    return document.location(element if isinstance(element, etree._Element) else document.root)


def _subject(place: Location) -> str:
    name = re.sub(r"\[\d+\]$", "", re.split(r"/(?![^{]*\})", place.xpath)[-1])
    return f'"{name}"'


class Explanation:
    """Turns xmlschema's errors about one document into diagnostics, by their class and the component that complains.

    Of its sentences only quoted names are taken.
    """

    def __init__(self, document: Document, origin: str) -> None:
        self.document = document
        self.origin = origin

    def __call__(self, error: Any) -> Diagnostic:
        """The diagnostic for an error."""
        element = error.elem if isinstance(error.elem, etree._Element) else self.document.root
        validator = type(error.validator).__name__
        if type(error).__name__ == "XMLSchemaChildrenValidationError":
            return self._content(element, error)
        if validator == "XsdAttributeGroup":
            return self._attributes(element, error)
        if validator in ("XMLSchema10", "XMLSchema11"):
            return self._whole(element, error)
        if isinstance(error.obj, etree._Element):
            return self._kind_of_content(element, error)
        return self._value(element, error)

    def _found(self, element: Element, code: str, message: str, attribute: str = "") -> Diagnostic:
        known = attribute if attribute and attribute in element.attrib else ""
        return Diagnostic(self.document.location(element, known), Severity.ERROR, code, message, self.origin)

    def _content(self, parent: Element, error: Any) -> Diagnostic:
        expected = _expected(error)
        inside = f'"{shown(parent.tag)}"'
        if error.invalid_tag is None or error.index >= len(parent):
            message = f"{inside} ends too early; expected {expected} before its end"
            return self._found(parent, "xsd-element-missing", message)
        child = parent[error.index]  # comments count
        message = f'element "{shown(child.tag)}" is not allowed here in {inside}; expected {expected}'
        return self._found(child, "xsd-element-not-allowed", message)

    def _attributes(self, element: Element, error: Any) -> Diagnostic:
        name = _quoted(error.reason)
        inside = f'element "{shown(element.tag)}"'
        if name and name not in element.attrib:
            message = f'{inside} lacks the attribute "{shown(name)}"; expected it on every such element'
            return self._found(element, "xsd-attribute-missing", message)
        allowed = listed(sorted(key for key in error.validator if key and key not in element.attrib))
        message = f'attribute "{shown(name)}" is not allowed on {inside}; expected {allowed or "no other attribute"}'
        return self._found(element, "xsd-attribute-not-allowed", message, name)

    def _identity(self, element: Element, reason: str) -> Diagnostic:
        named = re.search(r"Xsd(?:Key|Unique)\(name='([^']*)'", reason)
        rule = f' "{shown(named[1])}"' if named else ""
        written = f'element "{shown(element.tag)}"'
        if "duplicated" in reason:
            message = f"{written} repeats a value of the rule{rule} on uniqueness; expected each value once"
        elif "missing" in reason:
            message = f'{written} lacks a part of its key; expected "{_quoted(reason)}"'
        else:
            message = f"a reference inside {written} leads nowhere; expected a value that the key{rule} has"
        return self._found(element, "xsd-identity-rule-broken", message)

    def _whole(self, element: Element, error: Any) -> Diagnostic:
        name = _quoted(error.reason)
        if "IDREF" in (error.reason or ""):
            bearer, attribute = self._bearer(name)
            message = f'"{name}" refers to an identifier; expected an element of this document with that identifier'
            return self._found(bearer, "xsd-reference-without-target", message, attribute)
        known = listed(declared.name for declared in error.validator.elements.values())
        message = (
            f'element "{shown(element.tag)}" is not declared in the schema; expected {known or "a declared element"}'
        )
        return self._found(element, "xsd-element-not-declared", message)

    def _bearer(self, value: str) -> tuple[Element, str]:
        for element in self.document.elements():
            for attribute, words in element.attrib.items():
                if value in str(words).split() and str(attribute).rpartition("}")[2] != "id":
                    return element, str(attribute)
        return self.document.root, ""

    def _kind_of_content(self, element: Element, error: Any) -> Diagnostic:
        written = f'element "{shown(element.tag)}"'
        reason = error.reason or ""
        if IDENTITY.search(reason):
            return self._identity(element, reason)
        if "nillable" in reason:
            message = f'{written} may not be marked as empty; expected no attribute "xsi:nil"'
            return self._found(element, "xsd-attribute-not-allowed", message, f"{{{XSI}}}nil")
        if "simple content" in reason:
            inner = next(element.iterchildren(etree.Element), element)
            message = f'element "{shown(inner.tag)}" is not allowed in "{shown(element.tag)}"; expected text only'
            return self._found(inner, "xsd-element-not-allowed", message)
        if "character data" in reason:
            wanted = "elements only" if len(element) else "no text"
            return self._found(element, "xsd-text-not-allowed", f"text is not allowed in {written}; expected {wanted}")
        if f"{{{XSI}}}type" in element.attrib:
            message = f'{written} names a type in "xsi:type" that does not fit; expected a type of the schema'
            return self._found(element, "xsd-type-not-known", message, f"{{{XSI}}}type")
        return self._found(element, "xsd-not-valid", f"{written} does not fit its declaration; expected what it says")

    def _value(self, element: Element, error: Any) -> Diagnostic:
        attribute = _attribute_named(element, error.reason or "")
        subject = f'attribute "{shown(attribute)}"' if attribute else "text"
        value = element.get(attribute, "") if attribute else "".join(map(str, element.itertext()))
        code = "xsd-identifier-not-unique" if "duplicated" in (error.reason or "") else "xsd-value-not-allowed"
        message = f'value "{quoted(value)}" of {subject} in element "{shown(element.tag)}" is not allowed'
        return self._found(element, code, f"{message}; expected {_wanted(error, attribute)}", attribute)


def _expected(error: Any) -> str:
    """The names that would fit: those xmlschema gives, else those of the content model."""
    if error.expected:
        return listed(_named(error.expected)) or "another element"
    names = _named(error.validator.iter_elements())
    if error.invalid_tag in names:
        return "no more of these, or in another order"
    return listed(names) or "no element"


def _named(particles: Iterable[Any]) -> list[str]:
    return [particle.name for particle in particles if getattr(particle, "name", None)]


def _quoted(reason: str | None) -> str:
    found = re.search(r"'([^']*)'", reason or "")
    return found[1] if found else ""


def _attribute_named(element: Element, reason: str) -> str:
    """The attribute a complaint begins with, as it stands on the element; "" for the element's text."""
    found = re.match(r"attribute\s+'?([^'=\s]+)'?(?:=|\s)", reason)
    name = found[1] if found else ""
    return next((str(key) for key in element.attrib if name and name in (key, shown(str(key)))), "")


def _wanted(error: Any, attribute: str) -> str:
    """What a value had to be, from the facet or type that refused it."""
    validator = error.validator
    kind = type(validator).__name__
    if "duplicated" in (error.reason or ""):
        return "an identifier that no other element has"
    if kind == "XsdEnumerationFacets":
        return listed(map(str, validator.enumeration))
    if kind == "XsdPatternFacets":
        return "a value that matches " + listed(validator.regexps)
    if kind == "XsdAttribute":
        return f'the fixed value "{validator.fixed}"'
    facet = re.fullmatch(r"Xsd(\w+)Facet", kind)
    if facet:
        words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", facet[1]).lower()
        return f'{words} "{validator.value}"'
    if kind == "XsdUnion":
        return f"a value of type {listed(_type_name(member) for member in validator.member_types)}"
    return f'a value of type "{_type_name(validator)}"'


def _type_name(component: Any) -> str:
    """A type's name; of a nameless one that of its base. Checks of built-in types are functions, named for them."""
    if getattr(component, "name", None):
        return shown(component.name)
    if hasattr(component, "__name__"):
        return _built_in(component.__name__)
    base = getattr(component, "base_type", None)
    return "xs:anySimpleType" if base is None else _type_name(base)


def _built_in(function: str) -> str:
    """The built-in type that one of xmlschema's functions checks.

    >>> _built_in("non_negative_int_validator"), _built_in("unsigned_byte_validator")
    ('xs:nonNegativeInteger', 'xs:unsignedByte')
    """
    first, *others = function.removesuffix("_validator").split("_")
    if others and others[-1] == "int" and first != "unsigned":
        others[-1] = "integer"
    return "xs:" + first + "".join(map(str.capitalize, others))
