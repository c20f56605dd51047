"""From an ODD's elements to declarations: one reader for a customization and for TEI's own definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from teiwright.customization import embedded
from teiwright.customization.content import (
    EMPTY,
    TEXT,
    Data,
    Pattern,
    Use,
    Value,
    Wildcard,
    choice,
    group,
    interleave,
    repeat,
)
from teiwright.customization.datatypes import fault
from teiwright.customization.declarations import (
    AttDef,
    AttList,
    AttRef,
    Classes,
    ConstraintSpec,
    Datatype,
    Mode,
    Spec,
    ValItem,
    ValList,
)
from teiwright.errors import SchemaError
from teiwright.names import RELAXNG, TEI, XML, XML_LANG, shown, tei
from teiwright.relaxng.characters import is_ncname

KINDS = {tei("elementSpec"): "element", tei("classSpec"): "class", tei("macroSpec"): "macro", tei("dataSpec"): "data"}
EXPANSIONS = ("alternation", "sequence", "sequenceOptional", "sequenceOptionalRepeatable", "sequenceRepeatable")
EXCEPTIONS = (TEI, "{http://www.tei-c.org/ns/Examples}egXML")  # of anyElement (Guidelines ref-schemaSpec)
DEEPEST = 64  # levels of one content model
MOST = 1000  # of a bounded minOccurs or maxOccurs: RELAX NG has to write each of them out


class Reader:
    """Reads declarations from one file. ``locate`` names an element's place there; ``own`` says that the file is
    the customization, whose prose may go into what is compiled, and not TEI's.
    """

    def __init__(self, locate: Callable[[etree._Element], str], own: bool, exceptions: tuple[str, ...] = EXCEPTIONS):
        self.locate = locate
        self.own = own
        self.exceptions = exceptions

    def spec(self, element: etree._Element) -> Spec:
        """The declaration an elementSpec, classSpec, macroSpec or dataSpec makes."""
        ident = self.required(element, "ident")
        content = element.find(tei("content"))
        classes = element.find(tei("classes"))
        for name in (ident, self._name(element, ident)):
            self.check_name(element, name)
        return Spec(
            kind=KINDS[element.tag],
            ident=ident,
            name=self._name(element, ident),
            module=element.get("module", ""),
            mode=self.mode(element),
            where=self.locate(element),
            own=self.own,
            namespace=element.get("ns"),
            class_type=element.get("type", "") if element.tag == tei("classSpec") else "",
            documentation=self.documentation(element),
            classes=None if classes is None else self.classes(classes),
            content=None if content is None else self.content(content),
            attributes=tuple(self.attributes(a) for a in element.findall(tei("attList"))),
            constraints=self.constraints(element),
            valid_until=element.get("validUntil", ""),
            gloss=gloss(element),
        )

    def fail(self, element: etree._Element, problem: str, hint: str = "") -> SchemaError:
        """What is wrong at an element."""
        return SchemaError(self.locate(element), problem, hint)

    def required(self, element: etree._Element, attribute: str) -> str:
        """The value of an attribute that must be there, without white space around it."""
        value = (element.get(attribute) or "").strip()
        if not value:
            raise self.fail(element, f'"{shown(element.tag)}" has no "{attribute}"')
        return value

    def check_name(self, element: etree._Element, name: str) -> None:
        """Raises SchemaError where a name cannot be one in XML."""
        if not is_ncname(name):
            raise self.fail(element, f'"{name[:80]}" is not a name that XML allows')

    def mode(self, element: etree._Element) -> Mode:
        """Its @mode; "add" where there is none (Guidelines ref-att.combinable)."""
        try:
            return Mode(element.get("mode", "add"))
        except ValueError:
            raise self.fail(
                element, f'mode "{element.get("mode")}" is unknown', "expected add, change, replace or delete"
            ) from None

    def documentation(self, element: etree._Element) -> str:
        """The first description, in the customization's words; "" for TEI's, which are not passed on."""
        found = element.find(tei("desc")) if self.own else None
        return "" if found is None else " ".join("".join(map(str, found.itertext())).split())

    def _name(self, element: etree._Element, ident: str) -> str:
        other = element.find(tei("altIdent"))
        return ident if other is None or not (other.text or "").strip() else str(other.text).strip()

    def classes(self, element: etree._Element) -> Classes:
        """Memberships, or changes to them (Guidelines ref-classes: "replace" where nothing is said)."""
        members = [(self.required(m, "key"), m.get("mode", "add")) for m in element.findall(tei("memberOf"))]
        return Classes(
            replace=element.get("mode", "replace") != "change",
            added=tuple(key for key, mode in members if mode != "delete"),
            deleted=tuple(key for key, mode in members if mode == "delete"),
        )

    # -- attributes

    def attributes(self, element: etree._Element, depth: int = 0) -> AttList:
        """An attList with what is in it."""
        self._bound(element, depth)
        items: list[AttDef | AttRef | AttList] = []
        for child in element.iterchildren(tei("attDef"), tei("attRef"), tei("attList")):
            if child.tag == tei("attDef"):
                items.append(self.attribute(child))
            elif child.tag == tei("attRef"):
                items.append(AttRef(self.required(child, "class"), self.required(child, "name"), self.locate(child)))
            else:
                items.append(self.attributes(child, depth + 1))
        return AttList(element.get("org", "group") == "choice", tuple(items))

    def attribute(self, element: etree._Element) -> AttDef:
        """An attDef."""
        ident = self.required(element, "ident")
        name, namespace = self._name(element, ident), element.get("ns", "")
        if name.startswith("xml:"):
            name, namespace = name[4:], XML
        self.check_name(element, name)
        values = element.find(tei("valList"))
        datatype = element.find(tei("datatype"))
        return AttDef(
            ident=ident,
            name=name,
            namespace=namespace,
            mode=self.mode(element),
            usage=element.get("usage", ""),
            datatype=None if datatype is None else self.datatype(datatype),
            values=None if values is None else self.values(values),
            constraints=self.constraints(element),
            documentation=self.documentation(element),
            where=self.locate(element),
            own=self.own,
        )

    def datatype(self, element: etree._Element) -> Datatype:
        """What a value may be, and how many there may be (Guidelines ref-datatype)."""
        low, high = self.occurs(element)
        return Datatype(self._inside(element, 0), low, high)

    def values(self, element: etree._Element) -> ValList:
        """A valList; where its type is not said, it is open (Guidelines ref-valList)."""
        mode = self.mode(element)
        items = [
            ValItem(
                self._name(item, (item.get("ident") or "").strip()),
                self.mode(item),
                self.documentation(item),
            )
            for item in element.findall(tei("valItem"))
        ]
        return ValList(element.get("type", "" if mode is Mode.CHANGE else "open"), mode, tuple(items))

    # -- content models

    def content(self, element: etree._Element) -> Pattern:
        """The pattern of a content element: Pure ODD (Guidelines #TDTAGCONT) or RELAX NG embedded in it."""
        return self._inside(element, 0)

    def _inside(self, element: etree._Element, depth: int) -> Pattern:
        self._bound(element, depth)
        return group(*(self._pattern(child, depth + 1) for child in element.iterchildren(etree.Element)))

    def _bound(self, element: etree._Element, depth: int) -> None:
        if depth > DEEPEST:
            raise self.fail(element, f"the declaration is nested more than {DEEPEST} levels deep")

    def _pattern(self, element: etree._Element, depth: int) -> Pattern:
        name = etree.QName(element)
        if name.namespace == RELAXNG:
            return embedded.pattern(element, self.locate, DEEPEST - depth)
        reads = self._READS.get(name.localname) if name.namespace == TEI else None
        if reads is None:
            raise self.fail(element, f'"{shown(element.tag)}" found in a content model')
        low, high = self.occurs(element)
        return repeat(reads(self, element, depth), low, high)

    def occurs(self, element: etree._Element) -> tuple[int, int | None]:
        """How often it may stand (Guidelines ref-att.repeatable); None: without end."""
        low = self._count(element, "minOccurs")
        most = element.get("maxOccurs", "1").strip()
        high = None if most == "unbounded" else self._count(element, "maxOccurs")
        if high is not None and high < low:
            raise self.fail(element, f"maxOccurs {high} is less than minOccurs {low}")
        return low, high

    def _count(self, element: etree._Element, attribute: str) -> int:
        written = element.get(attribute, "1").strip()
        if not (written.isascii() and written.isdigit() and len(written) < 9):
            raise self.fail(element, f'{attribute} "{written[:40]}" is not a count')
        if int(written) > MOST:
            raise self.fail(element, f"{attribute} {written} is more than {MOST:,}", 'use "unbounded"')
        return int(written)

    def _sequence(self, element: etree._Element, depth: int) -> Pattern:
        items = (self._pattern(child, depth + 1) for child in self._items(element, depth))
        return (interleave if element.get("preserveOrder") == "false" else group)(*items)

    def _alternate(self, element: etree._Element, depth: int) -> Pattern:
        return choice(*(self._pattern(child, depth + 1) for child in self._items(element, depth)))

    def _items(self, element: etree._Element, depth: int) -> Iterator[etree._Element]:
        self._bound(element, depth)
        yield from (c for c in element.iterchildren(etree.Element) if c.tag not in DOCUMENTATION)

    def _class(self, element: etree._Element, _depth: int) -> Pattern:
        expand = element.get("expand", "alternation")
        if expand not in EXPANSIONS:
            raise self.fail(element, f'expand "{expand}" is unknown', f"expected {', '.join(EXPANSIONS)}")
        return Use(
            "class",
            self.required(element, "key"),
            self.locate(element),
            expand,
            names(element, "include"),
            names(element, "except") or (),
        )

    def _data(self, element: etree._Element, _depth: int) -> Pattern:
        facets = [(self.required(f, "name"), f.get("value", "")) for f in element.findall(tei("dataFacet"))]
        if restriction := element.get("restriction"):
            facets.append(("pattern", restriction))
        if element.get("name"):
            return self._checked(Data(self.required(element, "name"), tuple(facets)), element)
        if element.get("ref"):
            raise self.fail(element, 'a datatype by "ref" is not supported', 'use "name" for a W3C datatype')
        if facets:
            self._checked(Data("string", tuple(facets)), element)
        return Use("data", self.required(element, "key"), self.locate(element), facets=tuple(facets))

    def _checked(self, data: Data, element: etree._Element) -> Data:
        """A datatype of the customization's, whose name and facets no one has looked at before."""
        problem = fault(data) if self.own else ""
        if problem:
            raise self.fail(element, problem)
        return data

    def _any(self, element: etree._Element, _depth: int) -> Pattern:
        require = names(element, "require") or ()
        exclude = names(element, "except")
        if exclude is None:
            return Wildcard(require, () if require else self.exceptions)
        return Wildcard(require, tuple(namespace_or_name(n, element) for n in exclude))

    def _values(self, element: etree._Element, _depth: int) -> Pattern:
        """The values of a list in a content model, which are all there are unless the list says that it is open."""
        if element.get("type") in ("open", "semi"):
            return TEXT
        return choice(*(Value(i.value, i.documentation) for i in self.values(element).items))

    def _use(self, element: etree._Element, _depth: int) -> Pattern:
        kind = etree.QName(element).localname.removesuffix("Ref")
        return Use(kind, self.required(element, "key"), self.locate(element))

    _READS: dict[str, Callable[[Reader, etree._Element, int], Pattern]] = {  # noqa: RUF012  a constant of the class
        "sequence": _sequence,
        "alternate": _alternate,
        "elementRef": _use,
        "macroRef": _use,
        "classRef": _class,
        "dataRef": _data,
        "anyElement": _any,
        "valList": _values,
        "textNode": lambda _self, _element, _depth: TEXT,
        "empty": lambda _self, _element, _depth: EMPTY,
    }

    # -- constraints

    def constraints(self, element: etree._Element) -> tuple[ConstraintSpec, ...]:
        """The constraintSpecs directly in an element, without TEI's translations of its own."""
        found = element.findall(tei("constraintSpec"))
        return tuple(self.constraint(c) for c in found if self.own or c.get(XML_LANG, "en") == "en")

    def constraint(self, element: etree._Element) -> ConstraintSpec:
        """A constraintSpec."""
        rules = tuple(r for c in element.findall(tei("constraint")) for r in c.iterchildren(etree.Element))
        return ConstraintSpec(
            self.required(element, "ident"),
            self.mode(element),
            element.get("scheme", ""),
            rules,
            self.locate(element),
            self.own,
        )


DOCUMENTATION = {tei(name) for name in ("desc", "gloss", "remarks", "equiv", "altIdent")}


def gloss(element: etree._Element) -> str:
    """What a declaration calls its thing in English, or in a language that it does not name; "" where it does not say."""
    for found in element.findall(tei("gloss")):
        if found.get(XML_LANG, "en") == "en":
            return " ".join("".join(map(str, found.itertext())).split())
    return ""


def names(element: etree._Element, attribute: str) -> tuple[str, ...] | None:
    """The names in an attribute; None where it is absent."""
    value = element.get(attribute)
    return None if value is None else tuple(value.split())


def namespace_or_name(written: str, element: etree._Element) -> str:
    """A namespace as it is, or ``prefix:name`` as a Clark name (Guidelines ref-teidata.namespaceOrName)."""
    prefix, colon, local = written.partition(":")
    uri = element.nsmap.get(prefix) if colon and not local.startswith("/") else None
    return written if uri is None else f"{{{uri}}}{local}"
