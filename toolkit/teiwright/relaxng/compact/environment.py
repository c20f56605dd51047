"""What the declarations of a schema in compact syntax say: prefixes, and the default namespace (section 4)."""

from __future__ import annotations

from teiwright.names import RELAXNG, XML
from teiwright.relaxng.compact.characters import Characters
from teiwright.relaxng.compact.tokens import Token
from teiwright.relaxng.values import is_absolute_uri

COMPATIBILITY = "http://relaxng.org/ns/compatibility/annotations/1.0"
XSD_TYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
XMLNS = ("http://www.w3.org/2000/xmlns", "http://www.w3.org/2000/xmlns/")
Namespace = str | None  # None is inherited from the schema that includes this one


class Environment:
    """The declarations of one schema. Each look-up raises SchemaError for what is not declared."""

    def __init__(self, characters: Characters) -> None:
        self.default: Namespace = None
        self._characters = characters
        self._has_default = False
        self._namespaces: dict[str, Namespace] = {}
        self._libraries: dict[str, str] = {}

    # Declaring

    def declare(self, prefix: Token, namespace: Namespace) -> None:
        """namespace: a prefix."""
        name = prefix.value
        if name == "xmlns":
            raise self._error(prefix, 'the prefix "xmlns" may not be declared')
        if name == "xml" and namespace != XML:
            raise self._error(prefix, f'the prefix "xml" found with another namespace; expected "{XML}"')
        if name != "xml" and namespace == XML:
            raise self._error(prefix, f'the namespace "{XML}" found with the prefix "{name}"; expected "xml"')
        if name in self._namespaces:
            raise self._error(prefix, f'the prefix "{name}" is declared twice')
        if namespace and "}" in namespace:  # no parser that joins namespace and name by it could read the translation
            raise self._error(prefix, f'the namespace "{namespace}" has a "}}" in it, which no address has')
        self._namespaces[name] = namespace

    def declare_default(self, keyword: Token, namespace: Namespace, has_prefix: bool) -> None:
        """default namespace."""
        if self._has_default:
            raise self._error(keyword, "the default namespace is declared twice")
        if namespace == XML and not has_prefix:
            raise self._error(keyword, f'the namespace "{XML}" cannot be the default; expected the prefix "xml"')
        self._has_default = True
        self.default = namespace

    def declare_library(self, prefix: Token, library: str) -> None:
        """datatypes."""
        name = prefix.value
        if name == "xsd" and library != XSD_TYPES:
            raise self._error(prefix, f'the prefix "xsd" found with another datatype library; expected "{XSD_TYPES}"')
        if library and not is_absolute_uri(library):
            raise self._error(prefix, f'the datatype library "{library}" is not an absolute address without fragment')
        if name in self._libraries:
            raise self._error(prefix, f'the prefix "{name}" of datatypes is declared twice')
        self._libraries[name] = library

    # Looking up

    def namespace(self, token: Token, prefix: str) -> Namespace:
        """The namespace of a prefix."""
        if prefix == "xml":
            return XML
        if prefix not in self._namespaces:
            known = f'namespace {prefix} = "…" before the first pattern'
            raise self._error(token, f'the prefix "{prefix}" is not declared; expected {known}')
        return self._namespaces[prefix]

    def library(self, token: Token) -> str:
        """The datatype library of a prefixed name."""
        prefix = token.prefix
        if prefix not in self._libraries and prefix != "xsd":
            known = f'datatypes {prefix} = "…" before the first pattern'
            raise self._error(token, f'the prefix of the datatype "{token.value}" is not declared; expected {known}')
        return self._libraries.get(prefix, XSD_TYPES)

    def annotation(self, token: Token, is_attribute: bool, is_nested: bool) -> tuple[str, str]:
        """The namespace of a prefixed name in an annotation, and the name as XML writes it (A.1, constraints)."""
        namespace = self.namespace(token, token.prefix)
        if namespace is None:
            raise self._error(token, f'the prefix of the annotation "{token.value}" is inherited; expected a namespace')
        if namespace in XMLNS:
            raise self._error(token, f'"{token.value}" declares a namespace, so it is no annotation')
        if namespace == RELAXNG and not is_nested:
            raise self._error(token, f'the annotation "{token.value}" is in RELAX NG\'s namespace; expected another')
        if not namespace and is_attribute and not is_nested:
            raise self._error(token, f'the annotation "{token.value}" is in no namespace; expected one')
        return namespace, token.value if namespace else token.local

    # For the root element

    def declared(self) -> dict[str, str]:
        """The namespace declarations of the translation's root: all prefixes that have a namespace, for annotations
        and for values that are qualified names, and one for documentation.
        """
        usual = {"xmlns": RELAXNG, f"xmlns:{self.documentation}": COMPATIBILITY}
        usable = ((name, uri) for name, uri in self._namespaces.items() if uri and uri not in XMLNS and name != "xml")
        return usual | {f"xmlns:{name}": uri for name, uri in usable}

    @property
    def documentation(self) -> str:
        """A prefix for documentation elements: the declared one, else "a" or more of it."""
        declared = (prefix for prefix, namespace in self._namespaces.items() if namespace == COMPATIBILITY)
        free = "a"
        while free in self._namespaces:
            free += "a"
        return next(declared, free)

    def _error(self, token: Token, problem: str) -> Exception:
        return self._characters.error(token.start, problem)
