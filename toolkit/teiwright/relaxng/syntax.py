"""Reads a schema in RELAX NG's XML syntax and simplifies it (RELAX NG, sections 3 and 4.1 to 4.18).

What comes out are forms: the patterns of section 5, still with references to definitions by name and scope.
Files are read from disk only, and only those that include and externalRef name; nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin
from xml.parsers import expat

from lxml import etree

from teiwright.address import AddressError, local_file
from teiwright.document import XML_DECLARATION, decoded, file_bytes, parser
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import RELAXNG, XML_BASE
from teiwright.relaxng import datatypes
from teiwright.relaxng.characters import is_ncname
from teiwright.relaxng.datatypes import Datatype
from teiwright.relaxng.forms import START, Body, Component, Definition, Form, Reference, Scope
from teiwright.relaxng.nameclass import AnyName, Name, NameChoice, NameClass, NsName, clark
from teiwright.relaxng.pattern import Place
from teiwright.relaxng.values import is_absolute_uri

DEEPEST_FILES = 30  # include within include
MOST_FILES = 500  # a schema that includes more is one that includes itself in disguise
DEEPEST_PATTERNS = 100  # elements of a schema file within each other
PREFIX = f"{{{RELAXNG}}}"
XMLNS_URI = "http://www.w3.org/2000/xmlns"
SPACES = " \t\r\n"


class Context(NamedTuple):
    """What an element of a schema inherits from those around it (sections 4.3 to 4.5, 4.8)."""

    namespace: str
    library: str
    scope: Scope | None


# Attributes that each element may have beside ns and datatypeLibrary, and what it may hold (section 3).
ATTRIBUTES: dict[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "element": "name",
        "attribute": "name",
        "ref": "name",
        "parentRef": "name",
        "data": "type",
        "value": "type",
        "param": "name",
        "externalRef": "href",
        "include": "href",
        "start": "combine",
        "define": "name combine",
    }.items()
}
COMMON = frozenset(("ns", "datatypeLibrary"))
STRIPPED = ("name", "type", "combine")
NAME_CLASSES = frozenset(("name", "anyName", "nsName", "choice"))
OTHERS = frozenset(("start", "define", "include", "div", "param", "except"))
WITH_TEXT = frozenset(("name", "value", "param"))


class Reader:
    """Reads one schema: the file it was asked for, and those that this one names."""

    def __init__(self) -> None:
        self.references: list[Reference] = []  # of the component that is being read
        self.bodies: list[Body] = []  # that are being read, from outside to inside
        self.open: list[str] = []  # addresses of the files that are being read
        self.files: list[Path] = []  # all others that have been read, once for each time
        self.depth = 0

    def read(self, data: bytes, uri: str, source: str) -> Body:
        """The whole schema as one form, with its references. Raises SchemaError."""
        self.open.append(uri)
        body = Body(Place(source, 1))
        self.bodies.append(body)
        file = SchemaFile(self, parsed(data, uri, source), source)
        body.form = file.pattern(file.root, Context("", "", None))
        for reference in self.references:
            _ = reference.target
        return body

    def load(self, uri: str, place: Place) -> SchemaFile:
        """Another file. Raises SchemaError."""
        shown = unquote(uri.rpartition("/")[2]) or uri
        if uri in self.open:
            raise SchemaError(str(place), f'"{shown}" includes itself')
        if len(self.open) >= DEEPEST_FILES or len(self.files) >= MOST_FILES:
            raise SchemaError(str(place), f"more than {MOST_FILES} files, or {DEEPEST_FILES} within each other")
        path = local_path(uri, place)
        self.files.append(path)
        try:
            data = file_bytes(path)
        except DocumentError as error:
            raise SchemaError(str(place), f'"{shown}" cannot be read, and the schema needs it', error.problem) from None
        return SchemaFile(self, parsed(data, uri, str(path)), str(path))


def local_path(uri: str, place: Place) -> Path:
    """The file that an address means. Raises SchemaError for an address that is not a file's."""
    try:
        path = local_file(uri, "")
    except AddressError as error:
        raise SchemaError(str(place), error.problem) from None
    if path is None:
        raise SchemaError(str(place), f'"{uri}" is not read: only files are', "put a copy beside the schema")
    return path


def parsed(data: bytes, uri: str, source: str) -> etree._Element:
    """A schema file's tree, without comments. Raises SchemaError. No network, no other file, and no bombs: expat
    refuses them first.
    """
    try:
        text = XML_DECLARATION.sub("", decoded(data, source)).encode("utf-8")
    except DocumentError as error:
        raise SchemaError(error.subject, error.problem, error.hint) from None
    try:
        expat.ParserCreate(encoding="utf-8").Parse(text, True)
        root = etree.fromstring(text, parser(), base_url=uri)
    except (expat.ExpatError, etree.XMLSyntaxError) as error:
        problem = "not well-formed XML, so not a RELAX NG schema"
        if isinstance(error, etree.XMLSyntaxError) and "depth" in (error.msg or ""):
            problem = "elements are nested too deeply"
        raise SchemaError(f"{source}:{error.lineno or 1}", problem) from None
    etree.strip_tags(root, etree.Comment, etree.PI)
    return root


class SchemaFile:
    """One file of a schema, read by recursive descent; each method reads one kind of element of section 3."""

    def __init__(self, reader: Reader, root: etree._Element, source: str) -> None:
        self.reader = reader
        self.root = root
        self.source = source

    def place(self, node: etree._Element) -> Place:
        """Where an element of the schema stands."""
        return Place(self.source, line(node))

    def error(self, node: etree._Element, problem: str) -> SchemaError:
        """A SchemaError at an element of the schema."""
        return SchemaError(str(self.place(node)), problem)

    # What all elements have in common

    def kind(self, node: etree._Element) -> str:
        """An element's name, once its attributes are known to be good (sections 3, 4.1 and 4.2)."""
        tag = node.tag
        if not isinstance(tag, str) or not tag.startswith(PREFIX):
            raise self.error(node, f'"{local(node)}" is not an element of RELAX NG')
        kind = tag[len(PREFIX) :]
        if kind not in READERS and kind not in NAME_CLASSES and kind not in OTHERS:
            raise self.error(node, f'RELAX NG has no element "{kind}"')
        names = node.keys()
        for name in names:
            if name not in ATTRIBUTES.get(kind, ()):
                self._check_attribute(node, kind, str(name))
        return kind

    def _check_attribute(self, node: etree._Element, kind: str, name: str) -> None:
        if name in COMMON:
            if name == "datatypeLibrary":
                self._check_library(node)
        elif name.startswith(PREFIX) or name[0] != "{":
            raise self.error(node, f'"{kind}" has no attribute "{name.removeprefix(PREFIX)}"')

    def _check_library(self, node: etree._Element) -> None:
        library = node.get("datatypeLibrary", "")
        if library and not is_absolute_uri(library):
            raise self.error(node, f'the datatype library "{library}" is not an absolute address without fragment')

    def children(self, node: etree._Element, kind: str) -> Iterator[tuple[etree._Element, str]]:
        """The child elements in RELAX NG's namespace with their names; others are passed over (section 4.1)."""
        text = node.text
        if text and text.strip(SPACES):
            raise self.error(node, f'there is text in "{kind}"')
        for child in node:
            text = child.tail
            if text and text.strip(SPACES):
                raise self.error(node, f'there is text in "{kind}"')
            tag = child.tag
            if isinstance(tag, str) and tag.startswith(PREFIX):
                yield child, self.kind(child)

    def required(self, node: etree._Element, kind: str, name: str) -> str:
        """An attribute that must be there, without white space around it."""
        value = node.get(name)
        if value is None:
            raise self.error(node, f'"{kind}" needs an attribute "{name}"')
        return value.strip(SPACES) if name in STRIPPED else value

    def ncname(self, node: etree._Element, kind: str) -> str:
        """The name that a definition bears or that a reference names."""
        name = self.required(node, kind, "name")
        if not is_ncname(name):
            raise self.error(node, f'"{name}" is not a name that a definition can have')
        return name

    def text(self, node: etree._Element, kind: str) -> str:
        """The text of an element that may hold nothing else."""
        pieces = [node.text or ""]
        for child in node:
            if isinstance(child.tag, str):
                raise self.error(node, f'"{kind}" may hold only text')
            pieces.append(child.tail or "")
        return "".join(pieces)

    def nothing(self, node: etree._Element, kind: str) -> None:
        """Checks that an element is empty."""
        if not len(node) and not node.text:  # nearly all that must be empty is
            return
        for _child, name in self.children(node, kind):
            raise self.error(node, f'"{name}" may not stand in "{kind}"')

    def inherited(self, node: etree._Element, context: Context) -> Context:
        """The context inside an element."""
        namespace = node.get("ns")
        library = node.get("datatypeLibrary")
        if namespace is None and library is None:
            return context
        return context._replace(
            namespace=context.namespace if namespace is None else namespace,
            library=context.library if library is None else library,
        )

    # Patterns

    def pattern(self, node: etree._Element, context: Context) -> Form:
        """The pattern that an element stands for."""
        return self._pattern(node, self.kind(node), context)

    def _pattern(self, node: etree._Element, kind: str, context: Context) -> Form:
        read = READERS.get(kind)
        if read is None:
            raise self.error(node, f'"{kind}" is not a pattern')
        self._descend(node)
        form = read(self, node, kind, self.inherited(node, context))
        self.reader.depth -= 1
        return form

    def _descend(self, node: etree._Element) -> None:
        self.reader.depth += 1
        if self.reader.depth > DEEPEST_PATTERNS:
            raise self.error(node, f"patterns are nested more than {DEEPEST_PATTERNS} levels deep")

    def patterns(self, node: etree._Element, kind: str, context: Context) -> tuple[Form, ...]:
        """The patterns in an element, at least one."""
        forms = tuple([self._pattern(child, name, context) for child, name in self.children(node, kind)])
        if not forms:
            raise self.error(node, f'"{kind}" holds no pattern')
        return forms

    def grouped(self, node: etree._Element, kind: str, context: Context) -> Form:
        """The patterns in an element as one group (section 4.12)."""
        return self._group(self.patterns(node, kind, context))

    def _group(self, forms: tuple[Form, ...], kind: str = "group") -> Form:
        return forms[0] if len(forms) == 1 else Form(kind, forms)

    def read_several(self, node: etree._Element, kind: str, context: Context) -> Form:
        """group, choice and interleave."""
        return self._group(self.patterns(node, kind, context), kind)

    def read_repeated(self, node: etree._Element, kind: str, context: Context) -> Form:
        """oneOrMore and list."""
        return Form(kind, (self.grouped(node, kind, context),))

    def read_zero_or_more(self, node: etree._Element, kind: str, context: Context) -> Form:
        """zeroOrMore (section 4.15)."""
        return Form("choice", (Form("oneOrMore", (self.grouped(node, kind, context),)), EMPTY))

    def read_optional(self, node: etree._Element, kind: str, context: Context) -> Form:
        """optional (section 4.14)."""
        return Form("choice", (self.grouped(node, kind, context), EMPTY))

    def read_mixed(self, node: etree._Element, kind: str, context: Context) -> Form:
        """mixed (section 4.13)."""
        return Form("interleave", (self.grouped(node, kind, context), TEXT))

    def read_constant(self, node: etree._Element, kind: str, context: Context) -> Form:
        """empty, text and notAllowed."""
        self.nothing(node, kind)
        return Form(kind)

    def read_element(self, node: etree._Element, kind: str, context: Context) -> Form:
        """element."""
        names, rest = self._named(node, kind, context)
        body = Body(self.place(node))
        self.reader.bodies.append(body)
        forms = tuple([self._pattern(child, name, context) for child, name in rest])
        self.reader.bodies.pop()
        if not forms:
            raise self.error(node, '"element" holds no pattern')
        body.form = self._group(forms)
        return Form("element", names=names, body=body)

    def read_attribute(self, node: etree._Element, kind: str, context: Context) -> Form:
        """attribute; without a pattern its value is any text (section 4.12)."""
        if "name" in node.attrib and "ns" not in node.attrib:
            names, rest = self._named(node, kind, context._replace(namespace=""))
        else:
            names, rest = self._named(node, kind, context)
        self._check_attribute_names(node, names)
        if len(rest) > 1:
            raise self.error(node, '"attribute" holds more than one pattern')
        forms = tuple([self._pattern(child, name, context) for child, name in rest])
        return Form("attribute", forms or (TEXT,), names)

    def _named(
        self, node: etree._Element, kind: str, context: Context
    ) -> tuple[NameClass, list[tuple[etree._Element, str]]]:
        """The name class of an element or attribute, and its children after that (section 4.8)."""
        rest = list(self.children(node, kind))
        if "name" in node.attrib:
            return Name(self.qualified(node, self.required(node, kind, "name"), context)), rest
        if not rest:
            raise self.error(node, f'"{kind}" has neither a name nor a name class')
        child, name = rest.pop(0)
        return self.name_class(child, name, context), rest

    def _check_attribute_names(self, node: etree._Element, names: NameClass) -> None:
        for part in names.parts():
            if isinstance(part, Name) and part.name == "xmlns":
                raise self.error(node, '"xmlns" is not an attribute')
            if getattr(part, "namespace", "") == XMLNS_URI or getattr(part, "name", "").startswith(f"{{{XMLNS_URI}}}"):
                raise self.error(node, f'no attribute is in the namespace "{XMLNS_URI}"')

    def read_reference(self, node: etree._Element, kind: str, context: Context) -> Form:
        """ref and parentRef."""
        self.nothing(node, kind)
        name = self.ncname(node, kind)
        scope = context.scope if kind == "ref" else context.scope and context.scope.parent
        if scope is None:
            around = "a grammar" if kind == "ref" else "a grammar within a grammar"
            raise self.error(node, f'"{kind}" to "{name}" outside of {around}')
        return self._reference(scope, name, node)

    def _reference(self, scope: Scope, name: str, node: etree._Element) -> Form:
        reference = Reference(scope, name, self.place(node))
        self.reader.references.append(reference)
        self.reader.bodies[-1].references.append(reference)
        return Form("ref", reference=reference)

    def read_external(self, node: etree._Element, kind: str, context: Context) -> Form:
        """externalRef (section 4.6)."""
        self.nothing(node, kind)
        file = self._load(node, kind)
        form = file.pattern(file.root, context._replace(library=""))
        self.reader.open.pop()
        return form

    def _load(self, node: etree._Element, kind: str) -> SchemaFile:
        href = self.required(node, kind, "href")
        if "#" in href:
            raise self.error(node, f'"{href}" has a fragment identifier, and only whole files can be read')
        try:
            uri = urljoin(self.base(node), href)
        except ValueError:
            raise self.error(node, f'"{href}" is not an address') from None
        file = self.reader.load(uri, self.place(node))
        self.reader.open.append(uri)
        return file

    def base(self, node: etree._Element) -> str:
        """The address that those in an element are relative to (section 4.5)."""
        bases = [base for step in (node, *node.iterancestors()) if (base := step.get(XML_BASE)) is not None]
        base = self.reader.open[-1]
        for step in reversed(bases):
            base = urljoin(base, step)
        return base

    # Datatypes

    def read_value(self, node: etree._Element, kind: str, context: Context) -> Form:
        """value; without a type it is a token of the built-in library (section 4.4)."""
        written = self.text(node, kind)
        if "type" in node.attrib:
            datatype = self._datatype(node, self.required(node, kind, "type"), context.library)
        else:
            datatype = datatypes.BUILT_IN["token"]
        namespaces: dict[str | None, str] = {}
        if datatype.contextual:
            namespaces = {**node.nsmap, None: context.namespace}
        value = datatype.value(written, namespaces)
        if value is None:
            raise self.error(node, f'"{written}" is not {datatype.words}, which is what its type asks for')
        return Form("value", datatype=datatype, value=value, written=written)

    def read_data(self, node: etree._Element, kind: str, context: Context) -> Form:
        """data, with its parameters and exceptions."""
        datatype = self._datatype(node, self.required(node, kind, "type"), context.library)
        parameters: list[tuple[str, str]] = []
        excepted: tuple[Form, ...] = ()
        for child, name in self.children(node, kind):
            if excepted or name not in ("param", "except"):
                raise self.error(child, f'"{name}" may not stand here in "data"')
            if name == "param":
                parameters.append((self.required(child, name, "name").strip(SPACES), self.text(child, name)))
            else:
                inside = self.inherited(child, context)
                excepted = (self._group(self.patterns(child, name, inside), "choice"),)
        try:
            return Form("data", excepted, datatype=datatype.restricted(parameters) if parameters else datatype)
        except datatypes.DatatypeError as error:
            raise self.error(node, str(error)) from None

    def _datatype(self, node: etree._Element, name: str, library: str) -> Datatype:
        try:
            return datatypes.find(library, name)
        except datatypes.DatatypeError as error:
            raise self.error(node, str(error)) from None

    # Name classes

    def name_class(self, node: etree._Element, kind: str, context: Context, outside: str = "") -> NameClass:
        """The name class that an element stands for; ``outside`` is the wildcard that it is an exception to."""
        self._descend(node)
        names = self._name_class(node, kind, self.inherited(node, context), outside)
        self.reader.depth -= 1
        return names

    def _name_class(self, node: etree._Element, kind: str, context: Context, outside: str) -> NameClass:
        if kind == "name":
            return Name(self.qualified(node, self.text(node, kind).strip(SPACES), context))
        if kind == "choice":
            return NameChoice(self._name_classes(node, kind, context, outside))
        if kind not in NAME_CLASSES:
            raise self.error(node, f'"{kind}" is not a name class')
        if outside and (kind == "anyName" or outside == "nsName"):
            raise self.error(node, f'"{kind}" may not be an exception to "{outside}"')
        excepted = self._excepted(node, kind, context)
        return AnyName(excepted) if kind == "anyName" else NsName(context.namespace, excepted)

    def _name_classes(self, node: etree._Element, kind: str, context: Context, outside: str) -> tuple[NameClass, ...]:
        classes = tuple([self.name_class(child, name, context, outside) for child, name in self.children(node, kind)])
        if not classes:
            raise self.error(node, f'"{kind}" holds no name class')
        return classes

    def _excepted(self, node: etree._Element, kind: str, context: Context) -> NameClass | None:
        excepted: NameClass | None = None
        for child, name in self.children(node, kind):
            if name != "except" or excepted:
                raise self.error(child, f'"{kind}" may hold only one "except"')
            excepted = NameChoice(self._name_classes(child, name, self.inherited(child, context), kind))
        return excepted

    def qualified(self, node: etree._Element, name: str, context: Context) -> str:
        """The name that a QName of the schema means (section 4.10)."""
        prefix, colon, local_name = name.rpartition(":")
        if not is_ncname(local_name) or (colon and not is_ncname(prefix)):
            raise self.error(node, f'"{name}" is not a name that an element or attribute can have')
        if not colon:
            return clark(self.inherited(node, context).namespace, local_name)
        namespace = "http://www.w3.org/XML/1998/namespace" if prefix == "xml" else node.nsmap.get(prefix)
        if namespace is None:
            raise self.error(node, f'the prefix of "{name}" is not declared')
        return clark(namespace, local_name)

    # Grammars

    def read_grammar(self, node: etree._Element, kind: str, context: Context) -> Form:
        """grammar: its definitions come into a scope of their own; what remains is its start (section 4.18)."""
        scope = Scope(context.scope)
        outer = self.reader.references
        self.reader.references = []
        components = self.components(node, kind, context._replace(scope=scope))
        self.reader.references = outer
        for component in components:
            self._define(scope, component)
            outer.extend(component.references)
        return self._reference(scope, START, node)

    def _define(self, scope: Scope, component: Component) -> None:
        """Adds to what is said of a name (section 4.17)."""
        definition = scope.definitions.setdefault(component.name, Definition(component.name))
        shown = f'"{component.name}"' if component.name else "the start"
        if component.combine and definition.combine not in ("", component.combine):
            raise SchemaError(str(component.body.place), f"{shown} is combined both by choice and by interleave")
        if not component.combine and definition.plain:
            raise SchemaError(str(component.body.place), f'{shown} is defined twice without "combine"')
        definition.combine = component.combine or definition.combine
        definition.plain |= not component.combine
        definition.bodies.append(component.body)

    def components(
        self, node: etree._Element, kind: str, context: Context, allow_include: bool = True
    ) -> list[Component]:
        """The starts and definitions in a grammar, div or include, those of included files too."""
        found: list[Component] = []
        for child, name in self.children(node, kind):
            inside = self.inherited(child, context)
            if name in ("start", "define"):
                found.append(self._component(child, name, inside))
            elif name == "div":
                found.extend(self.components(child, name, inside, allow_include))
            elif name == "include" and allow_include:
                found.extend(self._include(child, inside))
            else:
                raise self.error(child, f'"{name}" may not stand in "{kind}"')
        return found

    def _component(self, node: etree._Element, kind: str, context: Context) -> Component:
        name = START if kind == "start" else self.ncname(node, kind)
        combine = node.get("combine", "").strip(SPACES)
        if "combine" in node.attrib and combine not in ("choice", "interleave"):
            raise self.error(node, f'"{combine}" is not a way to combine; "choice" and "interleave" are')
        outer, self.reader.references = self.reader.references, []
        body = Body(self.place(node))
        self.reader.bodies.append(body)
        forms = self.patterns(node, kind, context)
        if kind == "start" and len(forms) > 1:
            raise self.error(node, '"start" holds more than one pattern')
        body.form = self._group(forms)
        self.reader.bodies.pop()
        references, self.reader.references = self.reader.references, outer
        return Component(name, combine, body, references)

    def _include(self, node: etree._Element, context: Context) -> list[Component]:
        """include: the included grammar's components, but for those that are overridden (section 4.7)."""
        overrides = self.components(node, "include", context, allow_include=False)
        file = self._load(node, "include")
        if file.kind(file.root) != "grammar":
            raise self.error(node, f'"{file.source}" is no grammar, so it cannot be included')
        included = file.components(file.root, "grammar", file.inherited(file.root, context._replace(library="")))
        self.reader.open.pop()
        overridden = {component.name for component in overrides}
        for name in overridden - {component.name for component in included}:
            shown = f'"{name}"' if name else "a start"
            raise self.error(node, f"it overrides {shown}, which the included file does not have")
        return [component for component in included if component.name not in overridden] + overrides


def line(node: etree._Element) -> int:
    """The line of an element of a schema; 0 where libxml2 does not know it."""
    number = node.sourceline
    return number if isinstance(number, int) else 0


def local(node: etree._Element) -> str:
    """The name of any node of a schema, without its namespace."""
    return re.sub(r"^\{.*\}", "", str(node.tag)) if isinstance(node.tag, str) else "this"


EMPTY = Form("empty")
TEXT = Form("text")
READERS: dict[str, Callable[[SchemaFile, etree._Element, str, Context], Form]] = {
    "element": SchemaFile.read_element,
    "attribute": SchemaFile.read_attribute,
    "group": SchemaFile.read_several,
    "interleave": SchemaFile.read_several,
    "choice": SchemaFile.read_several,
    "optional": SchemaFile.read_optional,
    "zeroOrMore": SchemaFile.read_zero_or_more,
    "oneOrMore": SchemaFile.read_repeated,
    "list": SchemaFile.read_repeated,
    "mixed": SchemaFile.read_mixed,
    "ref": SchemaFile.read_reference,
    "parentRef": SchemaFile.read_reference,
    "empty": SchemaFile.read_constant,
    "text": SchemaFile.read_constant,
    "notAllowed": SchemaFile.read_constant,
    "value": SchemaFile.read_value,
    "data": SchemaFile.read_data,
    "externalRef": SchemaFile.read_external,
    "grammar": SchemaFile.read_grammar,
}
