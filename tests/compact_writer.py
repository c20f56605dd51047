"""Writes a schema in RELAX NG's XML syntax in the compact syntax: a way back, to hold readings of the two together."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
ANNOTATIONS = "{http://relaxng.org/ns/compatibility/annotations/1.0}"
OPERATORS = {"group": ", ", "choice": " | ", "interleave": " & "}
REPETITIONS = {"zeroOrMore": "*", "oneOrMore": "+", "optional": "?"}
ASSIGNMENTS = {"": "=", "choice": "|=", "interleave": "&="}


class NotExpressible(Exception):
    """The compact syntax has no words for this, whether it is a schema or not."""


def compact(root: etree._Element) -> str:
    """The whole file."""
    writer = Writer(root)
    body = "".join(writer.member(child) for child in parts(root)) if is_plain_grammar(root) else writer.pattern(root)
    return "\n".join((*writer.declarations(), body))


def is_plain_grammar(root: etree._Element) -> bool:
    return kind(root) == "grammar"


def parts(node: etree._Element) -> list[etree._Element]:
    """The children in RELAX NG's namespace."""
    return [child for child in node if isinstance(child.tag, str) and child.tag.startswith(RNG)]


def kind(node: etree._Element) -> str:
    return str(node.tag).removeprefix(RNG)


def documentation(node: etree._Element) -> str:
    """What an element's documentation says, as comments of lines of their own."""
    text = node.findtext(f"{ANNOTATIONS}documentation") if kind(node) == "element" else None
    return "".join(f"\n## {line}" for line in text.splitlines()) + "\n" if text else ""


def inherited(node: etree._Element, name: str) -> str | None:
    """The value of ns or datatypeLibrary that is in force at an element; None where the file gives none."""
    return next((step.get(name) for step in (node, *node.iterancestors()) if step.get(name) is not None), None)


def literal(text: str) -> str:
    """A text between quotation marks: in two kinds of them, joined, where it holds both kinds."""
    text = text.replace("\\", "\\x{5C}").replace("\n", "\\x{A}").replace("\r", "\\x{D}")
    segments = text.split('"')
    return " ~ '\"' ~ ".join(f'"{segment}"' for segment in segments)


class Writer:
    """The prefixes of one file, and how each element of section 3 is written."""

    def __init__(self, root: etree._Element) -> None:
        self.namespaces: dict[str | None, str] = {}
        self.libraries: dict[str, str] = {}
        self.written: dict[str, str] = dict(bindings(root))
        self.letters = "n" * (1 + max(map(len, self.written), default=0))  # so that no prefix is one of those

    def declarations(self) -> Iterator[str]:
        for prefix, namespace in self.written.items():
            yield f"namespace {prefix} = {literal(namespace)}"
        for namespace, prefix in self.namespaces.items():
            yield f"namespace {prefix} = {'inherit' if namespace is None else literal(namespace)}"
        for library, prefix in self.libraries.items():
            yield f"datatypes {prefix} = {literal(library)}"

    def prefix(self, namespace: str | None) -> str:
        if namespace == "http://www.w3.org/XML/1998/namespace":
            return "xml"
        return self.namespaces.setdefault(namespace, f"{self.letters}{len(self.namespaces)}")

    # Patterns

    def pattern(self, node: etree._Element) -> str:
        """A pattern in such parentheses that it may stand anywhere."""
        name = kind(node)
        if name in OPERATORS:
            return f"({OPERATORS[name].join(self.patterns(node))})"
        if name in REPETITIONS:
            return f"({self.grouped(node)}{REPETITIONS[name]})"
        if name in ("list", "mixed"):
            return f"{name} {{ {self.grouped(node)} }}"
        if name in ("empty", "text", "notAllowed"):
            return name
        if name not in WRITERS:
            raise NotExpressible(name)
        return WRITERS[name](self, node)

    def patterns(self, node: etree._Element) -> list[str]:
        written = [self.pattern(child) for child in parts(node)]
        if not written:
            raise NotExpressible("no pattern")
        return written

    def grouped(self, node: etree._Element) -> str:
        return f"({', '.join(self.patterns(node))})"

    def write_named(self, node: etree._Element) -> str:
        children = parts(node)
        if (name := node.get("name")) is not None:
            namespace = inherited(node, "ns") if kind(node) == "element" else node.get("ns", "")
            names = self.qualified(node, name, namespace)
        elif children:
            names = self.names(children.pop(0))
        else:
            raise NotExpressible("no name class")
        if kind(node) == "attribute" and len(children) > 1:
            raise NotExpressible("several patterns")
        content = ", ".join(map(self.pattern, children)) or ("text" if kind(node) == "attribute" else "")
        return f"{documentation(node)}{kind(node)} {names} {{ {content} }}"

    def write_reference(self, node: etree._Element) -> str:
        return f"{'parent ' if kind(node) == 'parentRef' else ''}\\{required(node, 'name').strip()}"

    def write_grammar(self, node: etree._Element) -> str:
        return f"grammar {{ {''.join(map(self.member, parts(node)))} }}"

    def write_external(self, node: etree._Element) -> str:
        return f"external {self.address(node)}"

    def address(self, node: etree._Element) -> str:
        if inherited(node, "{http://www.w3.org/XML/1998/namespace}base"):
            raise NotExpressible("xml:base")
        return f"{literal(required(node, 'href'))} inherit = {self.prefix(inherited(node, 'ns'))}"

    # Data

    def datatype(self, node: etree._Element) -> str:
        name = required(node, "type").strip()
        library = inherited(node, "datatypeLibrary") or ""
        if not library and name in ("string", "token"):
            return name
        return f"{self.libraries.setdefault(library, f'd{len(self.libraries)}')}:{name}"

    def write_value(self, node: etree._Element) -> str:
        if node.get("type", "") == "QName" and inherited(node, "ns"):
            raise NotExpressible("a default namespace only for a value")
        return f"{self.datatype(node) if 'type' in node.attrib else ''} {literal(node.text or '')}"

    def write_data(self, node: etree._Element) -> str:
        children = parts(node)
        parameters = [child for child in children if kind(child) == "param"]
        excepted = [child for child in children if kind(child) == "except"]
        if children != parameters + excepted or len(excepted) > 1:
            raise NotExpressible("parameters and exceptions")
        pairs = (f"\\{required(param, 'name').strip()} = {literal(param.text or '')}" for param in parameters)
        exception = f" - ({' | '.join(self.patterns(excepted[0]))})" if excepted else ""
        return f"({self.datatype(node)} {{ {' '.join(pairs)} }}{exception})"

    # Name classes

    def qualified(self, node: etree._Element, name: str, namespace: str | None) -> str:
        prefix, colon, local = name.strip().rpartition(":")
        if not colon:
            return f"{self.prefix(namespace)}:{local}"
        if prefix != "xml" and prefix not in node.nsmap:
            raise NotExpressible("a prefix that is not declared")
        return f"{self.prefix(node.nsmap.get(prefix, 'http://www.w3.org/XML/1998/namespace'))}:{local}"

    def names(self, node: etree._Element) -> str:
        name = kind(node)
        if name == "name":
            return self.qualified(node, node.text or "", inherited(node, "ns"))
        if name == "choice":
            return f"({' | '.join(map(self.names, parts(node)))})"
        if name not in ("anyName", "nsName"):
            raise NotExpressible(name)
        wildcard = "*" if name == "anyName" else f"{self.prefix(inherited(node, 'ns'))}:*"
        excepted = [self.names(child) for part in parts(node) for child in parts(part)]
        return f"({wildcard} - ({' | '.join(excepted)}))" if len(parts(node)) else wildcard

    # Grammars

    def member(self, node: etree._Element) -> str:
        name = kind(node)
        if name == "div":
            return f"div {{ {''.join(map(self.member, parts(node)))} }}\n"
        if name == "include":
            return f"include {self.address(node)} {{ {''.join(map(self.member, parts(node)))} }}\n"
        if name not in ("start", "define"):
            raise NotExpressible(name)
        if name == "start" and len(parts(node)) != 1:
            raise NotExpressible("several patterns")
        named = "start" if name == "start" else f"\\{required(node, 'name').strip()}"
        combine = node.get("combine", "").strip()
        if combine not in ASSIGNMENTS:
            raise NotExpressible("combine")
        return f"{named} {ASSIGNMENTS[combine]} {self.grouped(node)}\n"


def required(node: etree._Element, name: str) -> str:
    if (value := node.get(name)) is None:
        raise NotExpressible(f"no {name}")
    return value


def bindings(root: etree._Element) -> Iterator[tuple[str, str]]:
    """All prefixes that the file declares, for values that are qualified names."""
    found: dict[str, str] = {}
    for node in root.iter(etree.Element):
        for prefix, namespace in node.nsmap.items():
            if prefix and found.setdefault(prefix, namespace) != namespace:
                raise NotExpressible("a prefix with two meanings")
    return iter(found.items())


WRITERS: dict[str, Callable[[Writer, etree._Element], str]] = {
    "element": Writer.write_named,
    "attribute": Writer.write_named,
    "ref": Writer.write_reference,
    "parentRef": Writer.write_reference,
    "value": Writer.write_value,
    "data": Writer.write_data,
    "grammar": Writer.write_grammar,
    "externalRef": Writer.write_external,
}
