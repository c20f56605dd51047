"""Parses a schema in compact syntax by recursive descent (RELAX NG Compact Syntax, sections 2 and 5, appendix A.1).

Each method reads one production and returns the elements of the XML syntax that it translates to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from teiwright.relaxng.compact.annotations import AnnotationReader
from teiwright.relaxng.compact.environment import Namespace
from teiwright.relaxng.compact.nodes import NO_ANNOTATIONS, Annotations, Node
from teiwright.relaxng.compact.tokens import (
    DOCUMENTATION,
    END,
    IDENTIFIER,
    KEYWORDS,
    LITERAL,
    PREFIXED,
    WILDCARD,
    Token,
)

OPERATORS = {",": "group", "|": "choice", "&": "interleave"}
REPETITIONS = {"*": "zeroOrMore", "+": "oneOrMore", "?": "optional"}
ASSIGNMENTS = {"=": "", "|=": "choice", "&=": "interleave"}
COMPONENTS = ("start", "div", "include")
IN_GRAMMAR = '"start", "include", "div" or a definition'
IN_INCLUDE = '"start", "div" or a definition'


class Particle(NamedTuple):
    """A pattern or name class between operators: its elements, and in what form it was written."""

    nodes: list[Node]
    is_repeated: bool = False
    is_except: bool = False


class Parser(AnnotationReader):
    """Reads one schema. Every method raises SchemaError at the first token that does not fit."""

    # The whole (topLevel, preamble, decl)

    def schema(self) -> Node:
        """The root element of the translation."""
        while self.next.kind in ("namespace", "default", "datatypes"):
            self.declaration()
        root = self.grammar() if self.begins_grammar() else self.single(self.pattern())
        root.attributes = self.environment.declared() | root.attributes
        return root

    def grammar(self) -> Node:
        """Definitions that are the whole schema."""
        return Node("grammar", 1, children=self.members(END))

    def single(self, nodes: list[Node]) -> Node:
        """The one element that a whole schema stands for."""
        self.expect(END, '",", "|" or "&", or the end of the file' if len(nodes) == 1 else "the end of the file")
        if len(nodes) > 1:
            problem = "the schema is one pattern, whose annotation would stand beside it; expected it in a definition"
            raise self.error(self.tokens[0], problem)
        return nodes[0]

    def begins_grammar(self) -> bool:
        """Whether definitions follow rather than one pattern: what stands behind annotations tells."""
        start = self.index
        if self.next.kind in (IDENTIFIER, PREFIXED) and self.after().kind == "[":
            return True
        while self.next.kind == DOCUMENTATION:
            self.take()
        if self.next.kind == "[":
            self.pass_annotation()
        found = self.next.kind in COMPONENTS or (self.next.kind == IDENTIFIER and self.after().kind in ASSIGNMENTS)
        found |= self.next.kind == END and start == self.index
        self.index = start
        return found

    def pass_annotation(self) -> None:
        """Reads on to behind the bracket that closes the next one."""
        depth = 0
        while self.next.kind != END:
            kind = self.take().kind
            depth += (kind == "[") - (kind == "]")
            if not depth:
                return

    def declaration(self) -> None:
        """A declaration of a prefix, the default namespace or a datatype library."""
        keyword = self.take()
        if keyword.kind == "datatypes":
            prefix = self.name("a prefix")
            self.expect("=")
            self.environment.declare_library(prefix, self.literal("a datatype library's address"))
            return
        if keyword.kind == "default":
            self.expect("namespace")
        has_prefix = keyword.kind == "namespace" or self.next.kind != "="
        named = self.name('a prefix or "="' if keyword.kind == "default" else "a prefix") if has_prefix else keyword
        self.expect("=")
        namespace = self.namespace()
        if has_prefix:
            self.environment.declare(named, namespace)
        if keyword.kind == "default":
            self.environment.declare_default(keyword, namespace, has_prefix)

    def namespace(self) -> Namespace:
        """A namespace in a declaration."""
        return None if self.accept("inherit") else self.literal('a namespace in quotation marks or "inherit"')

    # Definitions (grammar, member, component, includeBody)

    def members(self, until: str, in_include: bool = False) -> list[Node]:
        """Definitions and annotation elements up to a closing brace or the end, which is not read."""
        found: list[Node] = []
        while self.next.kind != until:
            if self.next.kind in (IDENTIFIER, PREFIXED) and self.after().kind == "[":
                found.append(self.annotation_element())
            else:
                found += self.annotations().applied(self.component(in_include))
        return found

    def component(self, in_include: bool) -> Node:
        """start, a definition, include or div."""
        token = self.next
        if token.kind == "start":
            return self.definition({})
        if token.kind == IDENTIFIER:
            return self.definition({"name": token.value})
        if token.kind == "div":
            return self.division(in_include)
        if token.kind == "include" and not in_include:
            return self.include()
        expected = IN_INCLUDE if in_include else IN_GRAMMAR
        if token.kind in KEYWORDS and self.after().kind in ASSIGNMENTS:
            expected = f'"\\{token.value}", since a keyword must be quoted to be the name of a definition'
        raise self.unexpected(expected)

    def definition(self, attributes: dict[str, str]) -> Node:
        """start or a definition: what is assigned, and how it is combined with others of the name."""
        token = self.take()
        if self.next.kind not in ASSIGNMENTS:
            raise self.unexpected(f'"=", "|=" or "&=" after {token.shown()}, or an operator before it')
        if combine := ASSIGNMENTS[self.take().kind]:
            attributes["combine"] = combine
        return Node("define" if "name" in attributes else "start", self.line(token), attributes, self.pattern())

    def division(self, in_include: bool) -> Node:
        """div."""
        token = self.take()
        self.opened(token)
        node = Node("div", self.line(token), children=self.members("}", in_include))
        self.closed("}", "")
        return node

    def include(self) -> Node:
        """include, with what it overrides."""
        token = self.take()
        node = Node("include", self.line(token), self.address())
        if self.next.kind == "{":
            self.opened(token)
            node.children += self.members("}", in_include=True)
            self.closed("}", "")
        return node

    def address(self) -> dict[str, str]:
        """The file that include or external names, and the namespace that it inherits."""
        attributes = {"href": self.literal("a file's address in quotation marks")}
        inherited = self.environment.default
        if self.accept("inherit"):
            self.expect("=")
            prefix = self.name("a prefix")
            inherited = self.environment.namespace(prefix, prefix.value)
        return attributes | in_namespace(inherited)

    # Patterns (pattern, innerPattern, particle, primary)

    def pattern(self, outer: Annotations = NO_ANNOTATIONS) -> list[Node]:
        """A pattern; ``outer`` annotates the parentheses around it."""
        first = self.particle()
        operator = self.next
        if operator.kind not in OPERATORS:
            return (
                outer.applied(first.nodes[0]) + first.nodes[1:]
                if first.is_repeated
                else outer.around("group", first.nodes)
            )
        self.check_except(first)
        nodes = [*first.nodes]
        while self.accept(operator.kind):
            part = self.particle()
            self.check_except(part)
            nodes += part.nodes
        if self.next.kind in OPERATORS:
            problem = f"{self.next.shown()} found after {operator.shown()}; expected parentheses that say what belongs together"
            raise self.error(self.next, problem)
        return outer.applied(Node(OPERATORS[operator.kind], first.nodes[0].line, children=nodes))

    def check_except(self, particle: Particle) -> None:
        """An exception must stand alone or in parentheses."""
        if particle.is_except:
            raise self.unexpected('parentheses around what has an exception after "-"')

    def particle(self) -> Particle:
        """A pattern between operators, with its repetition and what follows it."""
        annotations = self.annotations()
        nodes, is_except = self.primary(annotations)
        nodes += self.following()
        if self.next.kind not in REPETITIONS:
            return Particle(nodes, is_except=is_except)
        self.check_except(Particle(nodes, is_except=is_except))
        repeated = Node(REPETITIONS[self.take().kind], nodes[0].line, children=nodes)
        return Particle([repeated, *self.following()], is_repeated=True)

    def primary(self, annotations: Annotations) -> tuple[list[Node], bool]:
        """A pattern without operators, annotated, and whether it is one with an exception."""
        token = self.next
        if token.kind == "(":
            self.opened(token, "(")
            nodes = self.pattern(annotations)
            self.closed(")", 'an operator or ")"')
            return nodes, False
        if token.kind in (PREFIXED, "string", "token"):
            node = self.data()
            is_except = bool(node.children) and getattr(node.children[-1], "name", "") == "except"
            return annotations.applied(node), is_except
        read = PRIMARIES.get(token.kind)
        if read is None:
            raise self.unexpected("a pattern")
        return annotations.applied(read(self)), False

    def braced(self, owner: Token) -> list[Node]:
        """A pattern in braces."""
        self.opened(owner)
        nodes = self.pattern()
        self.closed("}", 'an operator or "}"')
        return nodes

    def read_named(self) -> Node:
        """element and attribute."""
        token = self.take()
        names = self.name_class(token.kind == "element")
        return Node(token.kind, self.line(token), children=names + self.braced(token))

    def read_around(self) -> Node:
        """list and mixed."""
        token = self.take()
        return Node(token.kind, self.line(token), children=self.braced(token))

    def read_constant(self) -> Node:
        """empty, text and notAllowed."""
        token = self.take()
        return Node(token.kind, self.line(token))

    def read_reference(self) -> Node:
        """A reference to a definition."""
        token = self.take()
        return Node("ref", self.line(token), {"name": token.value})

    def read_parent(self) -> Node:
        """parent: a reference to a definition of the grammar around this one."""
        token = self.take()
        name = self.expect(IDENTIFIER, "the name of a definition")
        return Node("parentRef", self.line(token), {"name": name.value})

    def read_grammar(self) -> Node:
        """grammar."""
        token = self.take()
        self.opened(token)
        node = Node("grammar", self.line(token), children=self.members("}"))
        self.closed("}", "")
        return node

    def read_external(self) -> Node:
        """external."""
        token = self.take()
        return Node("externalRef", self.line(token), self.address())

    # Data (datatypeName, datatypeValue, optParams, dataExcept)

    def read_value(self) -> Node:
        """A literal alone: a token of the built-in library."""
        return self.value(self.next, {})

    def value(self, token: Token, attributes: dict[str, str]) -> Node:
        """A literal that the document must have."""
        attributes |= in_namespace(self.environment.default)
        return Node("value", self.line(token), attributes, [self.literal("")])

    def data(self) -> Node:
        """A datatype with a value, or with parameters and an exception."""
        token = self.take()
        if token.kind == PREFIXED:
            attributes = {"datatypeLibrary": self.environment.library(token), "type": token.local}
        else:
            attributes = {"datatypeLibrary": "", "type": token.kind}
        if self.next.kind == LITERAL:
            return self.value(token, attributes)
        node = Node("data", self.line(token), attributes)
        if self.next.kind == "{":
            node.children += self.parameters(token)
        if minus := self.accept("-"):
            node.children.append(Node("except", self.line(minus), children=self.excepted(minus)))
        return node

    def excepted(self, minus: Token) -> list[Node]:
        """One annotated primary, which may have no exception of its own outside of parentheses."""
        self.enter(minus)
        nodes, is_except = self.primary(self.annotations())
        self.depth -= 1
        self.check_except(Particle(nodes, is_except=is_except))
        return nodes

    def parameters(self, owner: Token) -> list[Node]:
        """The parameters of a datatype, in braces."""
        found: list[Node] = []
        self.opened(owner)
        while self.next.kind != "}":
            annotations = self.annotations()
            name = self.name('a parameter or "}"')
            self.expect("=")
            value = self.literal(f"the value of {name.shown()} in quotation marks")
            found += annotations.applied(Node("param", self.line(name), {"name": name.value}, [value]))
        self.closed("}", "")
        return found

    # Name classes (nameClass, innerNameClass, simpleNameClass, exceptNameClass)

    def name_class(self, is_element: bool, outer: Annotations = NO_ANNOTATIONS) -> list[Node]:
        """A name class; ``outer`` annotates the parentheses around it."""
        first = self.name_particle(is_element)
        if self.next.kind != "|":
            return outer.around("choice", first.nodes)
        self.check_except(first)
        nodes = [*first.nodes]
        while self.accept("|"):
            part = self.name_particle(is_element)
            self.check_except(part)
            nodes += part.nodes
        return outer.applied(Node("choice", first.nodes[0].line, children=nodes))

    def name_particle(self, is_element: bool) -> Particle:
        """A name class between operators, with its exception and what follows it."""
        annotations = self.annotations()
        nodes = self.simple_names(annotations, is_element)
        minus = self.next
        is_except = minus.kind == "-" and self.tokens[self.index - 1].kind in ("*", WILDCARD)
        if is_except:
            self.take()
            excepted = self.simple_names(self.annotations(), is_element)
            nodes[0].children.append(Node("except", self.line(minus), children=excepted))
        return Particle(nodes + self.following(), is_except=is_except)

    def simple_names(self, annotations: Annotations, is_element: bool) -> list[Node]:
        """A name, a wildcard or a name class in parentheses, annotated."""
        token = self.next
        if token.kind == "(":
            self.opened(token, "(")
            nodes = self.name_class(is_element, annotations)
            self.closed(")", '"|" or ")"')
            return nodes
        return annotations.applied(self.simple_name(token, is_element))

    def simple_name(self, token: Token, is_element: bool) -> Node:
        """A name, or a wildcard without exception."""
        line = self.line(token)
        if token.is_name:
            self.take()
            return Node("name", line, in_namespace(self.environment.default if is_element else ""), [token.value])
        if token.kind == "*":
            self.take()
            return Node("anyName", line)
        if token.kind not in (PREFIXED, WILDCARD):
            raise self.unexpected("a name")
        self.take()
        attributes = in_namespace(self.environment.namespace(token, token.prefix))
        return (
            Node("name", line, attributes, [token.local])
            if token.kind == PREFIXED
            else Node("nsName", line, attributes)
        )


def in_namespace(namespace: Namespace) -> dict[str, str]:
    """The attribute for a namespace; none for an inherited one."""
    return {} if namespace is None else {"ns": namespace}


PRIMARIES: dict[str, Callable[[Parser], Node]] = {
    "element": Parser.read_named,
    "attribute": Parser.read_named,
    "list": Parser.read_around,
    "mixed": Parser.read_around,
    "empty": Parser.read_constant,
    "text": Parser.read_constant,
    "notAllowed": Parser.read_constant,
    "parent": Parser.read_parent,
    "grammar": Parser.read_grammar,
    "external": Parser.read_external,
    IDENTIFIER: Parser.read_reference,
    LITERAL: Parser.read_value,
}
