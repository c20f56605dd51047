"""What xmlschema says of a document, in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from teiwright.diagnostic import Diagnostic, Severity
from teiwright.document import Document
from teiwright.names import XSI, shown
from teiwright.wording import listed, quoted

Element = etree._Element

IDENTITY = re.compile(r"^duplicated value|^missing key field|not found for Xsd")


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
