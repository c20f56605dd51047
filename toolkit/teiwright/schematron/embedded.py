"""Rules that stand in another schema: in RELAX NG (ISO/IEC 19757-3:2020, annex on embedding) or in an ODD
(TEI Guidelines #TDTAG).

Of an ODD, the rules that are written there are read, each with the context that its elementSpec or attDef implies;
TEI's own rules, and what a change of a TEI class means for its members, need TEI's definitions: for these the ODD is
compiled (``teiwright.customization``).
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from lxml import etree

from teiwright.names import RELAXNG, SCHEMATRON, TEI, XML_BASE, XML_ID, XML_LANG, XSL, tei
from teiwright.schematron.element import Element, place, remember, sch
from teiwright.schematron.files import Files

if TYPE_CHECKING:
    from teiwright.customization.schematron import Rule

SPECS = (tei("elementSpec"), tei("classSpec"), tei("macroSpec"), tei("dataSpec"))
DECLARING = (*SPECS, tei("attDef"), tei("constraintSpec"))


def from_relaxng(path: Path, root: Element, files: Files) -> Element:
    """A schema of the rules in a RELAX NG grammar and in the grammars it includes; without patterns where it holds
    none.
    """
    schema = etree.Element(sch("schema"), {"queryBinding": "xslt3"}, nsmap={"sch": SCHEMATRON})
    schema.set(XML_BASE, path.name)
    seen = set()
    for element in _embedded(path, root, files):
        content = etree.tostring(element, method="c14n", with_tail=False)
        if element.tag == sch("ns") and content in seen:
            continue
        seen.add(content)
        _adopt(schema, element)
    return schema


def _adopt(schema: Element, element: Element) -> None:
    parent = schema
    if element.tag == sch("rule"):
        parent = etree.SubElement(schema, sch("pattern"))
    remember(element, {})
    moved = copy.deepcopy(element)
    moved.set(XML_BASE, element.getroottree().getroot().get(XML_BASE, ""))
    parent.append(moved)


def _embedded(path: Path, root: Element, files: Files) -> Iterator[Element]:
    """The outermost Schematron elements, and keys and functions, of a grammar and of those it includes."""
    stack = [root]
    while stack:
        element = stack.pop()
        namespace = etree.QName(element).namespace
        if (namespace == SCHEMATRON and element.tag != sch("schema")) or (
            element is not root and element.tag in (f"{{{XSL}}}key", f"{{{XSL}}}function")
        ):
            yield element
            continue
        if element.tag in (f"{{{RELAXNG}}}include", f"{{{RELAXNG}}}externalRef"):
            included = files.target(path, element.get("href", ""), "include")
            if included.resolve() not in files.read:
                yield from _embedded(included, files.root(included), files)
        stack.extend(reversed(element))


# -- ODD


@dataclass
class _Named:
    """What the writer of a customization's rules asks of it."""

    ident: str
    notes: list[str] = field(default_factory=list)


def from_customization(path: Path, root: Element, files: Files) -> Element:
    """A schema of the rules written in an ODD and in the files its specGrpRefs name. Raises SchemaError."""
    from teiwright.customization.schematron import written

    rules = list(_rules(_constraints(path, root, files)))
    schema = written(_Named(path.stem), rules, _binding(root))
    schema.set(XML_BASE, path.name)
    return schema


def _binding(root: Element) -> str:
    """What a constraintDecl says, else XSLT 3.0, whose XPath TEI's rules use."""
    bindings = (d.get("queryBinding", "") for d in root.iter(tei("constraintDecl")))
    return next(filter(None, bindings), "xslt3")


def _constraints(path: Path, root: Element, files: Files) -> Iterator[Element]:
    for element in root.iter(tei("constraintSpec"), tei("specGrpRef")):
        if element.tag == tei("specGrpRef"):
            yield from _referred(path, element.get("target", ""), files)
        elif not _deleted(element) and not _translated(element):
            yield element


def _referred(path: Path, href: str, files: Files) -> Iterator[Element]:
    """The constraints of a specGrp in another file; those of this file are met without it."""
    address, fragment = urldefrag(href)
    if not address:
        return
    files.spend()
    file = files.target(path, address, "specGrpRef")
    if file.resolve() in files.read:
        return
    root = files.root(file)
    groups = [e for e in root.iter(tei("specGrp")) if e.get(XML_ID) == fragment] if fragment else [root]
    for group in groups:
        yield from _constraints(file, group, files)


def _deleted(constraint: Element) -> bool:
    around = (constraint, *constraint.iterancestors(*DECLARING))
    return any(element.get("mode") == "delete" for element in around)


def _translated(constraint: Element) -> bool:
    """Whether it says in another language what a constraint of the same name beside it says in English."""
    beside = (*constraint.itersiblings(constraint.tag), *constraint.itersiblings(constraint.tag, preceding=True))
    return constraint.get(XML_LANG, "en") != "en" and any(
        other.get("ident") == constraint.get("ident") and other.get(XML_LANG, "en") == "en" for other in beside
    )


def _rules(constraints: Iterator[Element]) -> Iterator[Rule]:
    from teiwright.customization.reading import Reader
    from teiwright.customization.schematron import Rule

    reader = Reader(place, own=True)
    classes = _Classes()
    for constraint in constraints:
        spec = next(constraint.iterancestors(*SPECS), None)
        owner = constraint.getroottree().getroot() if spec is None else spec
        context = _context(constraint, [] if spec is None else classes.bearers(spec))
        yield Rule(reader.constraint(constraint), owner.get("ident", "schema"), context)


def _context(constraint: Element, bearers: list[Element]) -> str:
    """The context of tests that name none: the element or attribute they are declared with; "" where that is not
    said in this file.
    """
    attribute = next(constraint.iterancestors(tei("attDef")), None)
    step = f"/@{_attribute_name(attribute)}" if attribute is not None else ""
    return " | ".join(f"{_element_name(element)}{step}" for element in bearers)


class _Classes:
    """Which elements are in which classes, as far as the file of a declaration says it."""

    def __init__(self) -> None:
        self.members: dict[Element, dict[str, list[Element]]] = {}  # by root, then by class

    def bearers(self, spec: Element) -> list[Element]:
        """The elementSpecs that a declaration is about: itself, or those in the class that it declares."""
        if spec.tag == tei("elementSpec"):
            return [spec]
        if spec.tag != tei("classSpec") or spec.get("mode") == "change":
            return []
        members = self._of(spec.getroottree().getroot())
        found: dict[Element, None] = {}
        pending = [spec.get("ident", "")]
        while pending:
            new = [member for member in members.get(pending.pop(), ()) if member not in found]
            found.update(dict.fromkeys(new))
            pending += [member.get("ident", "") for member in new if member.tag == tei("classSpec")]
        return [member for member in found if member.tag == tei("elementSpec")]

    def _of(self, root: Element) -> dict[str, list[Element]]:
        if root not in self.members:
            known = self.members[root] = {}
            for member in root.iter(tei("memberOf")):
                holder = next(member.iterancestors(*SPECS), None)
                if member.get("mode") != "delete" and holder is not None:
                    known.setdefault(member.get("key", ""), []).append(holder)
        return self.members[root]


def _element_name(spec: Element) -> str:
    schema = next(spec.iterancestors(tei("schemaSpec")), None)
    namespace = spec.get("ns", TEI if schema is None else schema.get("ns", TEI))
    name = _renamed(spec)
    return f"tei:{name}" if namespace == TEI else f"Q{{{namespace}}}{name}"


def _attribute_name(attribute: Element) -> str:
    namespace, name = attribute.get("ns", ""), _renamed(attribute)
    return f"Q{{{namespace}}}{name}" if namespace and ":" not in name else name


def _renamed(declaration: Element) -> str:
    """The name a declaration gives in documents: its altIdent's, else its ident."""
    other = declaration.findtext(tei("altIdent"), "").strip()
    return other or declaration.get("ident", "")
