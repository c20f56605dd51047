"""Reads a schema in RELAX NG's XML syntax and simplifies it (RELAX NG, sections 3 and 4.1 to 4.18).

What comes out are forms: the patterns of section 5, still with references to definitions by name and scope.
Files are read from disk only, and only those that include and externalRef name; nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from teiwright.address import AddressError
from teiwright.cache import digest
from teiwright.errors import DocumentError, SchemaError
from teiwright.names import XML
from teiwright.relaxng import datatypes
from teiwright.relaxng.characters import is_ncname
from teiwright.relaxng.compilation import Included
from teiwright.relaxng.datatypes import Datatype
from teiwright.relaxng.forms import START, Body, Component, Definition, Form, Reference, Scope
from teiwright.relaxng.gloss import gloss_in
from teiwright.relaxng.nameclass import AnyName, Name, NameChoice, NameClass, NsName, clark, local_of
from teiwright.relaxng.pattern import Place
from teiwright.relaxng.tree import SPACES, Node, Tree
from teiwright.schemas.resolution import schema_file
from teiwright.source import file_bytes

DEEPEST_FILES = 30  # include within include
MOST_FILES = 500  # a schema that includes more is one that includes itself in disguise
DEEPEST_PATTERNS = 100  # elements of a schema file within each other
XMLNS_URI = "http://www.w3.org/2000/xmlns"
STRIPPED = ("name", "type", "combine")
NAME_CLASSES = frozenset(("name", "anyName", "nsName", "choice"))


class Context(NamedTuple):
    """What an element of a schema inherits from those around it (sections 4.3 to 4.5, 4.8)."""

    namespace: str
    library: str
    scope: Scope | None


class Reader:
    """Reads one schema: the file it was asked for, and those that this one names."""

    def __init__(self) -> None:
        self.references: list[Reference] = []  # of the component that is being read
        self.bodies: list[Body] = []  # that are being read, from outside to inside
        self.open: list[str] = []  # addresses of the files that are being read
        self.included: list[Included] = []  # all others that have been read, once for each time
        self.depth = 0
        self.glosses: dict[str, str] = {}  # what the documentation calls elements, by Clark name

    def read(self, data: bytes, uri: str, source: str) -> Body:
        """The whole schema as one form, with its references. Raises SchemaError."""
        self.open.append(uri)
        body = Body(Place(source, 1))
        self.bodies.append(body)
        file = SchemaFile(self, Tree.parse(data, source), source)
        body.form = file.pattern(file.root, Context("", "", None))
        for reference in self.references:
            reference.resolve()
        return body

    def gloss(self, names: Iterable[str], gloss: str) -> None:
        """Keeps what elements are called, where that is more than their name; the first to say so is heard."""
        for name in names:
            if gloss.lower() != local_of(name).lower():
                self.glosses.setdefault(name, gloss)

    def load(self, uri: str, place: Place) -> SchemaFile:
        """Another file. Raises SchemaError."""
        shown = unquote(uri.rpartition("/")[2]) or uri
        if uri in self.open:
            raise SchemaError(str(place), f'"{shown}" includes itself')
        if len(self.open) >= DEEPEST_FILES or len(self.included) >= MOST_FILES:
            raise SchemaError(str(place), f"more than {MOST_FILES} files, or {DEEPEST_FILES} within each other")
        path = local_path(uri, place)
        try:
            data = file_bytes(path)
        except DocumentError as error:
            raise SchemaError(str(place), f'"{shown}" cannot be read, and the schema needs it', error.problem) from None
        self.included.append(Included(uri, path, digest(data)))
        return SchemaFile(self, Tree.parse(data, str(path)), str(path))


def local_path(uri: str, place: Place) -> Path:
    """The file that an address means. Raises SchemaError for an address that is not a file's."""
    try:
        path = schema_file(uri, "")
    except AddressError as error:
        raise SchemaError(str(place), error.problem) from None
    if path is None:
        raise SchemaError(str(place), f'"{uri}" is not read: only files are', "put a copy beside the schema")
    return path


class SchemaFile:
    """One file of a schema, read by recursive descent; each method reads one kind of element of section 3."""

    def __init__(self, reader: Reader, tree: Tree, source: str) -> None:
        self.reader = reader
        self.tree = tree
        self.root = tree.root
        self.source = source

    def place(self, node: Node) -> Place:
        """Where an element of the schema stands."""
        return Place(self.source, node.line)

    def error(self, node: Node, problem: str) -> SchemaError:
        """A SchemaError at an element of the schema."""
        return SchemaError(str(self.place(node)), problem)

    # What all elements have in common

    def required(self, node: Node, name: str) -> str:
        """An attribute that must be there, without white space around it."""
        value = node.attributes.get(name)
        if value is None:
            raise self.error(node, f'"{node.kind}" needs an attribute "{name}"')
        return value.strip(SPACES) if name in STRIPPED else value

    def ncname(self, node: Node) -> str:
        """The name that a definition bears or that a reference names."""
        name = self.required(node, "name")
        if not is_ncname(name):
            raise self.error(node, f'"{name}" is not a name that a definition can have')
        return name

    def nothing(self, node: Node) -> None:
        """Checks that an element is empty."""
        for child in node.children:
            raise self.error(node, f'"{child.kind}" may not stand in "{node.kind}"')

    def inherited(self, node: Node, context: Context) -> Context:
        """The context inside an element."""
        if node.is_plain:
            return context
        return context._replace(
            namespace=node.attributes.get("ns", context.namespace),
            library=node.attributes.get("datatypeLibrary", context.library),
        )

    # Patterns

    def pattern(self, node: Node, context: Context) -> Form:
        """The pattern that an element stands for."""
        read = READERS.get(node.kind)
        if read is None:
            raise self.error(node, f'"{node.kind}" is not a pattern')
        self._descend(node)
        form = read(self, node, context if node.is_plain else self.inherited(node, context))
        self.reader.depth -= 1
        return form

    def _descend(self, node: Node) -> None:
        self.reader.depth += 1
        if self.reader.depth > DEEPEST_PATTERNS:
            raise self.error(node, f"patterns are nested more than {DEEPEST_PATTERNS} levels deep")

    def patterns(self, node: Node, context: Context) -> tuple[Form, ...]:
        """The patterns in an element, at least one."""
        forms = tuple([self.pattern(child, context) for child in node.children])
        if not forms:
            raise self.error(node, f'"{node.kind}" holds no pattern')
        return forms

    def grouped(self, node: Node, context: Context) -> Form:
        """The patterns in an element as one group (section 4.12)."""
        return _group(self.patterns(node, context))

    def read_several(self, node: Node, context: Context) -> Form:
        """group, choice and interleave."""
        return _group(self.patterns(node, context), node.kind)

    def read_repeated(self, node: Node, context: Context) -> Form:
        """oneOrMore and list."""
        return Form(node.kind, (self.grouped(node, context),))

    def read_zero_or_more(self, node: Node, context: Context) -> Form:
        """zeroOrMore (section 4.15)."""
        return Form("choice", (Form("oneOrMore", (self.grouped(node, context),)), EMPTY))

    def read_optional(self, node: Node, context: Context) -> Form:
        """optional (section 4.14)."""
        return Form("choice", (self.grouped(node, context), EMPTY))

    def read_mixed(self, node: Node, context: Context) -> Form:
        """mixed (section 4.13)."""
        return Form("interleave", (self.grouped(node, context), TEXT))

    def read_constant(self, node: Node, context: Context) -> Form:
        """empty, text and notAllowed."""
        self.nothing(node)
        return CONSTANTS[node.kind]

    def read_element(self, node: Node, context: Context) -> Form:
        """element."""
        names, rest = self._named(node, context)
        if gloss := gloss_in(node.text):
            self.reader.gloss(names.names() or (), gloss)
        body = Body(self.place(node))
        self.reader.bodies.append(body)
        forms = tuple([self.pattern(child, context) for child in rest])
        self.reader.bodies.pop()
        if not forms:
            raise self.error(node, '"element" holds no pattern')
        body.form = _group(forms)
        return Form("element", names=names, body=body)

    def read_attribute(self, node: Node, context: Context) -> Form:
        """attribute; without a pattern its value is any text (section 4.12)."""
        if "name" in node.attributes and "ns" not in node.attributes:
            names, rest = self._named(node, context._replace(namespace=""))
        else:
            names, rest = self._named(node, context)
        self._check_attribute_names(node, names)
        if len(rest) > 1:
            raise self.error(node, '"attribute" holds more than one pattern')
        forms = tuple([self.pattern(child, context) for child in rest])
        return Form("attribute", forms or (TEXT,), names)

    def _named(self, node: Node, context: Context) -> tuple[NameClass, list[Node]]:
        """The name class of an element or attribute, and its children after that (section 4.8)."""
        children = node.children
        if "name" in node.attributes:
            return Name(self.qualified(node, self.required(node, "name"), context)), children
        if not children:
            raise self.error(node, f'"{node.kind}" has neither a name nor a name class')
        return self.name_class(children[0], context), children[1:]

    def _check_attribute_names(self, node: Node, names: NameClass) -> None:
        for part in names.parts():
            if isinstance(part, Name) and part.name == "xmlns":
                raise self.error(node, '"xmlns" is not an attribute')
            if getattr(part, "namespace", "") == XMLNS_URI or getattr(part, "name", "").startswith(f"{{{XMLNS_URI}}}"):
                raise self.error(node, f'no attribute is in the namespace "{XMLNS_URI}"')

    def read_reference(self, node: Node, context: Context) -> Form:
        """ref and parentRef."""
        self.nothing(node)
        name = self.ncname(node)
        scope = context.scope if node.kind == "ref" else context.scope and context.scope.parent
        if scope is None:
            around = "a grammar" if node.kind == "ref" else "a grammar within a grammar"
            raise self.error(node, f'"{node.kind}" to "{name}" outside of {around}')
        return self._reference(scope, name, node)

    def _reference(self, scope: Scope, name: str, node: Node) -> Form:
        reference = Reference(scope, name, self.source, node.line)
        self.reader.references.append(reference)
        self.reader.bodies[-1].references.append(reference)
        return Form("ref", reference=reference)

    def read_external(self, node: Node, context: Context) -> Form:
        """externalRef (section 4.6)."""
        self.nothing(node)
        file = self._load(node)
        form = file.pattern(file.root, context._replace(library=""))
        self.reader.open.pop()
        return form

    def _load(self, node: Node) -> SchemaFile:
        href = self.required(node, "href")
        if "#" in href:
            raise self.error(node, f'"{href}" has a fragment identifier, and only whole files can be read')
        try:
            uri = urljoin(self.base(node), href)
        except ValueError:
            raise self.error(node, f'"{href}" is not an address') from None
        file = self.reader.load(uri, self.place(node))
        self.reader.open.append(uri)
        return file

    def base(self, node: Node) -> str:
        """The address that those in an element are relative to (section 4.5)."""
        base = self.reader.open[-1]
        for step in node.bases:
            base = urljoin(base, step)
        return base

    # Datatypes

    def read_value(self, node: Node, context: Context) -> Form:
        """value; without a type it is a token of the built-in library (section 4.4)."""
        self.nothing(node)
        if "type" in node.attributes:
            datatype = self._datatype(node, self.required(node, "type"), context.library)
        else:
            datatype = datatypes.TOKEN
        namespaces: dict[str | None, str] = {}
        if datatype.contextual:
            namespaces = {**self.tree.namespaces(node), None: context.namespace}
        value = datatype.value(node.text, namespaces)
        if value is None:
            raise self.error(node, f'"{node.text}" is not {datatype.words}, which is what its type asks for')
        return Form("value", datatype=datatype, value=value, written=node.text)

    def read_data(self, node: Node, context: Context) -> Form:
        """data, with its parameters and exceptions."""
        datatype = self._datatype(node, self.required(node, "type"), context.library)
        parameters: list[tuple[str, str]] = []
        excepted: tuple[Form, ...] = ()
        for child in node.children:
            if excepted or child.kind not in ("param", "except"):
                raise self.error(child, f'"{child.kind}" may not stand here in "data"')
            if child.kind == "param":
                parameters.append((self.required(child, "name").strip(SPACES), child.text))
            else:
                excepted = (_group(self.patterns(child, self.inherited(child, context)), "choice"),)
        try:
            return Form("data", excepted, datatype=datatype.restricted(parameters) if parameters else datatype)
        except datatypes.DatatypeError as error:
            raise self.error(node, str(error)) from None

    def _datatype(self, node: Node, name: str, library: str) -> Datatype:
        try:
            return datatypes.find(library, name)
        except datatypes.DatatypeError as error:
            raise self.error(node, str(error)) from None

    # Name classes

    def name_class(self, node: Node, context: Context, outside: str = "") -> NameClass:
        """The name class that an element stands for; ``outside`` is the wildcard that it is an exception to."""
        self._descend(node)
        names = self._name_class(node, self.inherited(node, context), outside)
        self.reader.depth -= 1
        return names

    def _name_class(self, node: Node, context: Context, outside: str) -> NameClass:
        kind = node.kind
        if kind == "name":
            self.nothing(node)
            return Name(self.qualified(node, node.text.strip(SPACES), context))
        if kind == "choice":
            return NameChoice(self._name_classes(node, context, outside))
        if kind not in NAME_CLASSES:
            raise self.error(node, f'"{kind}" is not a name class')
        if outside and (kind == "anyName" or outside == "nsName"):
            raise self.error(node, f'"{kind}" may not be an exception to "{outside}"')
        excepted = self._excepted(node, context)
        return AnyName(excepted) if kind == "anyName" else NsName(context.namespace, excepted)

    def _name_classes(self, node: Node, context: Context, outside: str) -> tuple[NameClass, ...]:
        classes = tuple([self.name_class(child, context, outside) for child in node.children])
        if not classes:
            raise self.error(node, f'"{node.kind}" holds no name class')
        return classes

    def _excepted(self, node: Node, context: Context) -> NameClass | None:
        excepted: NameClass | None = None
        for child in node.children:
            if child.kind != "except" or excepted:
                raise self.error(child, f'"{node.kind}" may hold only one "except"')
            excepted = NameChoice(self._name_classes(child, self.inherited(child, context), node.kind))
        return excepted

    def qualified(self, node: Node, name: str, context: Context) -> str:
        """The name that a QName of the schema means (section 4.10)."""
        prefix, colon, local_name = name.rpartition(":")
        if not is_ncname(local_name) or (colon and not is_ncname(prefix)):
            raise self.error(node, f'"{name}" is not a name that an element or attribute can have')
        if not colon:
            return clark(node.attributes.get("ns", context.namespace), local_name)
        namespace = XML if prefix == "xml" else self.tree.namespaces(node).get(prefix)
        if namespace is None:
            raise self.error(node, f'the prefix of "{name}" is not declared')
        return clark(namespace, local_name)

    # Grammars

    def read_grammar(self, node: Node, context: Context) -> Form:
        """grammar: its definitions come into a scope of their own; what remains is its start (section 4.18)."""
        scope = Scope(context.scope)
        outer = self.reader.references
        self.reader.references = []
        components = self.components(node, context._replace(scope=scope))
        self.reader.references = outer
        for component in components:
            _define(scope, component)
            outer.extend(component.references)
        return self._reference(scope, START, node)

    def components(self, node: Node, context: Context, allow_include: bool = True) -> list[Component]:
        """The starts and definitions in a grammar, div or include, those of included files too."""
        found: list[Component] = []
        for child in node.children:
            inside = self.inherited(child, context)
            if child.kind in ("start", "define"):
                found.append(self._component(child, inside))
            elif child.kind == "div":
                found.extend(self.components(child, inside, allow_include))
            elif child.kind == "include" and allow_include:
                found.extend(self._include(child, inside))
            else:
                raise self.error(child, f'"{child.kind}" may not stand in "{node.kind}"')
        return found

    def _component(self, node: Node, context: Context) -> Component:
        name = START if node.kind == "start" else self.ncname(node)
        combine = node.attributes.get("combine", "").strip(SPACES)
        if "combine" in node.attributes and combine not in ("choice", "interleave"):
            raise self.error(node, f'"{combine}" is not a way to combine; "choice" and "interleave" are')
        outer, self.reader.references = self.reader.references, []
        body = Body(self.place(node))
        self.reader.bodies.append(body)
        forms = self.patterns(node, context)
        if node.kind == "start" and len(forms) > 1:
            raise self.error(node, '"start" holds more than one pattern')
        body.form = _group(forms)
        self.reader.bodies.pop()
        references, self.reader.references = self.reader.references, outer
        return Component(name, combine, body, references)

    def _include(self, node: Node, context: Context) -> list[Component]:
        """include: the included grammar's components, but for those that are overridden (section 4.7)."""
        overrides = self.components(node, context, allow_include=False)
        file = self._load(node)
        if file.root.kind != "grammar":
            raise self.error(node, f'"{file.source}" is no grammar, so it cannot be included')
        included = file.components(file.root, file.inherited(file.root, context._replace(library="")))
        self.reader.open.pop()
        overridden = {component.name for component in overrides}
        for name in overridden - {component.name for component in included}:
            shown = f'"{name}"' if name else "a start"
            raise self.error(node, f"it overrides {shown}, which the included file does not have")
        return [component for component in included if component.name not in overridden] + overrides


def _group(forms: tuple[Form, ...], kind: str = "group") -> Form:
    return forms[0] if len(forms) == 1 else Form(kind, forms)


def _define(scope: Scope, component: Component) -> None:
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


EMPTY = Form("empty")
TEXT = Form("text")
CONSTANTS = {"empty": EMPTY, "text": TEXT, "notAllowed": Form("notAllowed")}
READERS: dict[str, Callable[[SchemaFile, Node, Context], Form]] = {
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
