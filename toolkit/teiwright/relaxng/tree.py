"""The elements of a schema file in RELAX NG's XML syntax, as expat meets them: those of other namespaces, comments
and processing instructions are passed over (RELAX NG, section 4.1), attributes are held against section 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.parsers import expat

from teiwright.errors import DocumentError, SchemaError
from teiwright.names import RELAXNG, XML
from teiwright.relaxng.compact import as_xml, is_compact
from teiwright.relaxng.values import is_absolute_uri
from teiwright.source import Source

DEEPEST = 2_000  # elements within each other
SEPARATOR = "}"  # between namespace and local name: no local name can hold it
SPACES = " \t\r\n"
PREFIX = RELAXNG + SEPARATOR
BASE = f"{XML}{SEPARATOR}base"
DOCUMENTATION = f"http://relaxng.org/ns/compatibility/annotations/1.0{SEPARATOR}documentation"
# Each element, and the attributes that it may have beside ns and datatypeLibrary (section 3).
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("group interleave choice optional zeroOrMore oneOrMore list mixed empty text".split(), ()),
    **dict.fromkeys("notAllowed grammar div except anyName nsName".split(), ()),
    **dict.fromkeys("element attribute ref parentRef param".split(), ("name",)),
    **dict.fromkeys("data value".split(), ("type",)),
    **dict.fromkeys("externalRef include".split(), ("href",)),
    "name": (),
    "start": ("combine",),
    "define": ("name", "combine"),
}
KINDS = {PREFIX + kind: kind for kind in ATTRIBUTES}
WITH_TEXT = frozenset(("name", "value", "param"))
Namespaces = dict[str | None, str]  # by prefix; None is the default's


class Node:
    """One element of a schema: its name, attributes, children in RELAX NG's namespace, the text in it and its line. The
    text of an "element" is what its documentation says of it.

    ``namespaces`` are those in scope by prefix, where they were asked for; ``bases`` the values of xml:base from
    outside to inside; ``is_plain``: whether it has no attribute beside those of its own (so that it changes nothing
    of what its children inherit).
    """

    __slots__ = ("attributes", "bases", "children", "is_plain", "kind", "line", "namespaces", "text")

    def __init__(
        self, kind: str, attributes: dict[str, str], line: int, namespaces: Namespaces, bases: tuple[str, ...]
    ) -> None:
        self.kind = kind
        self.attributes = attributes
        self.line = line
        self.namespaces = namespaces
        self.bases = bases
        self.children: list[Node] = []
        self.text = ""
        self.is_plain = True

    def descendants(self) -> Iterator[Node]:
        """Itself and all elements in it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


class TreeBuilder:
    """One pass of expat over one file. Each handler raises SchemaError for what section 3 does not allow.

    ``thorough``: each node knows the namespaces in its scope, and text is looked at where it stands. Both are seldom
    needed, and cost a third of the time.
    """

    def __init__(self, source: str, thorough: bool = False) -> None:
        self.source = source
        self.namespaces: Namespaces = {}
        self.scopes: list[Namespaces] = []  # for each declaration that is in force, what was before
        self.open = [Node("", {}, 0, self.namespaces, ())]
        self.foreign = 0  # how many elements of other namespaces are open, one in the other
        self.strays: list[str] = []  # texts where none may stand but white space
        self.texts = self.strays  # or those of the element that may hold text
        self.elsewhere: Callable[[str], object] = self._stray if thorough else self.strays.append
        parser = self.parser = expat.ParserCreate(encoding="utf-8", namespace_separator=SEPARATOR)
        parser.buffer_text = True
        if thorough:
            parser.StartNamespaceDeclHandler = self._declare
            parser.EndNamespaceDeclHandler = self._undeclare
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped
        self._listen()

    def _listen(self) -> None:
        """Go on after something that is passed over."""
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.elsewhere

    def build(self, data: bytes) -> Node:
        """The root. Raises ExpatError where the data is not well-formed."""
        self.parser.Parse(data, True)
        if "".join(self.strays).strip(SPACES):
            TreeBuilder(self.source, thorough=True).build(data)
        return self.open[0].children[0]

    def error(self, problem: str) -> SchemaError:
        """A SchemaError at the place that is being read."""
        return SchemaError(f"{self.source}:{self.parser.CurrentLineNumber}", problem)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = KINDS.get(name)
        parent = self.open[-1]
        if kind is None or parent.kind in WITH_TEXT:
            self._start_foreign(name, parent)
            return
        node = Node(kind, attributes, self.parser.CurrentLineNumber, self.namespaces, parent.bases)
        parent.children.append(node)
        self.open.append(node)
        if attributes:
            own = ATTRIBUTES[kind]
            for attribute in attributes:
                if attribute not in own:
                    self._check_attribute(node, attribute)
        if kind in WITH_TEXT:
            self.texts = []
            self.parser.CharacterDataHandler = self.texts.append
        elif len(self.open) > DEEPEST:
            raise self.error("elements are nested too deeply")

    def _check_attribute(self, node: Node, name: str) -> None:
        node.is_plain = False
        if name == "datatypeLibrary":
            library = node.attributes[name]
            if library and not is_absolute_uri(library):
                raise self.error(f'the datatype library "{library}" is not an absolute address without fragment')
        elif name == BASE:
            node.bases = (*node.bases, node.attributes[name])
        elif name != "ns" and (SEPARATOR not in name or name.startswith(PREFIX)):
            raise self.error(f'"{node.kind}" has no attribute "{name.removeprefix(PREFIX)}"')

    def _start_foreign(self, name: str, parent: Node) -> None:
        local = name.rpartition(SEPARATOR)[2]
        if not parent.kind:
            raise self.error(f'"{local}" is not an element of RELAX NG')
        if parent.kind in WITH_TEXT:
            raise self.error(f'"{parent.kind}" may hold only text')
        if name.startswith(PREFIX):
            raise self.error(f'RELAX NG has no element "{local}"')
        self.foreign = 1
        documents = name == DOCUMENTATION and parent.kind == "element"
        self.parser.CharacterDataHandler = self._document if documents else None
        self.parser.StartElementHandler = self._start_deeper
        self.parser.EndElementHandler = self._end_foreign

    def _document(self, text: str) -> None:
        self.open[-1].text += text

    def _start_deeper(self, _name: str, _attributes: dict[str, str]) -> None:
        self.foreign += 1

    def _end_foreign(self, _name: str) -> None:
        self.foreign -= 1
        if not self.foreign:
            self._listen()

    def _end(self, _name: str) -> None:
        node = self.open.pop()
        if node.kind in WITH_TEXT:
            node.text = "".join(self.texts)
            self.parser.CharacterDataHandler = self.elsewhere

    def _stray(self, text: str) -> None:
        if text.strip(SPACES):
            raise self.error(f'there is text in "{self.open[-1].kind}"')

    def _external(self, _context: str, _base: str | None, system: str | None, _public: str | None) -> int:
        raise self.error(f'not well-formed without another file: the external entity "{system}" is not read')

    def _skipped(self, name: str, is_parameter_entity: bool) -> None:
        if not is_parameter_entity:
            raise self.error(f'not well-formed: "&{name};" is not declared in this file')

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self.scopes.append(self.namespaces)
        if self.namespaces.get(prefix) != uri:
            self.namespaces = {**self.namespaces, prefix: uri or ""}

    def _undeclare(self, _prefix: str | None) -> None:
        self.namespaces = self.scopes.pop()


class Tree:
    """A schema file as a tree; that of its translation where it is in compact syntax."""

    def __init__(self, root: Node, data: bytes, name: str) -> None:
        self.root = root
        self.data = data
        self.name = name

    @classmethod
    def parse(cls, data: bytes, name: str) -> Tree:
        """The tree of a file's bytes. Raises SchemaError. No other file is opened, and expat refuses entity bombs."""
        try:
            source = Source.parse(data, name)
            if is_compact(source.data):
                source = Source.parse(as_xml(source.text, name), name)
            try:
                return cls(TreeBuilder(name).build(source.data), source.data, name)
            except expat.ExpatError as error:
                _ = source.text  # it may be the encoding, and then says so
                problem = "not well-formed XML, so not a RELAX NG schema"
                raise SchemaError(f"{name}:{error.lineno or 1}", problem) from None
        except DocumentError as error:
            raise SchemaError(error.subject, error.problem, error.hint) from None

    def namespaces(self, node: Node) -> Namespaces:
        """The namespaces in scope at a node of the tree, by prefix."""
        if not self.root.namespaces:
            twin = TreeBuilder(self.name, thorough=True).build(self.data)
            for mine, other in zip(self.root.descendants(), twin.descendants(), strict=True):
                mine.namespaces = other.namespaces
        return node.namespaces
