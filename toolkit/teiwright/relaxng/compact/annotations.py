"""Reads annotations (RELAX NG Compact Syntax, section 5; appendix A.1, from annotations to documentations)."""

from __future__ import annotations

from teiwright.relaxng.compact.cursor import Cursor
from teiwright.relaxng.compact.nodes import NO_ANNOTATIONS, Annotations, Node
from teiwright.relaxng.compact.tokens import DOCUMENTATION, LITERAL, PREFIXED, Token

OPENING = (DOCUMENTATION, "[")


class AnnotationReader(Cursor):
    """What may stand before and after patterns, and between definitions."""

    def annotations(self) -> Annotations:
        """What stands before a pattern, parameter, name class or definition."""
        if self.next.kind not in OPENING:
            return NO_ANNOTATIONS
        attributes: dict[str, str] = {}
        elements: list[Node] = []
        while token := self.accept(DOCUMENTATION):
            name = f"{self.environment.documentation}:documentation"
            elements.append(Node(name, self.line(token), children=[token.value]))
        if self.next.kind == "[":
            self.opened(self.next, "[")
            attributes = self.annotation_attributes(is_nested=False)
            while self.next.kind != "]":
                elements.append(self.annotation_element())
            self.closed("]", "")
            attributes.pop(
                "xml:base", None
            )  # addresses are relative to the file, whatever XML's are (A.1, mapSchemaRef)
        return Annotations(attributes, tuple(elements))

    def annotation_attributes(self, is_nested: bool) -> dict[str, str]:
        """The attributes with which an annotation begins."""
        found: dict[str, str] = {}
        names: set[tuple[str, str]] = set()
        while self.after().kind == "=" and (self.next.kind == PREFIXED or self.next.is_name):
            token = self.take()
            namespace, name = self.annotation_name(token, is_attribute=True, is_nested=is_nested)
            if (namespace, name.rpartition(":")[2]) in names:
                raise self.error(token, f"the annotation {token.shown()} is there twice")
            names.add((namespace, name.rpartition(":")[2]))
            self.expect("=")
            found[name] = self.literal(f"the value of {token.shown()} in quotation marks")
        return found

    def annotation_name(self, token: Token, is_attribute: bool, is_nested: bool) -> tuple[str, str]:
        """The namespace of an annotation and its name as XML writes it."""
        if token.kind == PREFIXED:
            return self.environment.annotation(token, is_attribute, is_nested)
        if is_attribute and not is_nested:
            raise self.error(token, f"the annotation {token.shown()} is in no namespace; expected a prefix")
        if is_attribute and token.value == "xmlns":
            raise self.error(token, '"xmlns" declares a namespace, so it is no annotation')
        return "", token.value

    def annotation_element(self, is_nested: bool = False) -> Node:
        """An element of another namespace."""
        token = self.next
        if token.kind != PREFIXED and not token.is_name:
            raise self.unexpected(
                'an annotation or "]"' if self.open and self.open[-1][0].kind == "[" else "an annotation"
            )
        self.take()
        namespace, name = self.annotation_name(token, is_attribute=False, is_nested=is_nested)
        self.opened(token, "[")
        attributes = self.annotation_attributes(is_nested=True)
        node = Node(name, self.line(token), attributes if namespace else {"xmlns": "", **attributes})
        while self.next.kind != "]":
            is_text = self.next.kind == LITERAL
            node.children.append(self.literal("") if is_text else self.annotation_element(is_nested=True))
        self.closed("]", "")
        return node

    def following(self) -> list[Node]:
        """Annotations that follow a pattern or name class."""
        found: list[Node] = []
        while self.accept(">>"):
            found.append(self.annotation_element())
        return found
