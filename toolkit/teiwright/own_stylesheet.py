"""A project's own stylesheet: what it is made of, and whether it is the page of html.xsl with changes."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from teiwright import assets
from teiwright.address import AddressError, local_file
from teiwright.document import Document
from teiwright.errors import DocumentError, StylesheetError
from teiwright.names import XSL
from teiwright.processor import SCHEME, CompiledStylesheet, Parameter, compile_stylesheet

PAGE = f"{SCHEME}:html.xsl"  # by this name it imports the page's stylesheet (see xslt/catalog.xml)
CATALOG = "catalog.xml"
EXTENSIONS = {"html": ".html", "xhtml": ".xhtml", "text": ".txt", "json": ".json"}  # by output method; others: XML
MODE = "m:html"
NAMED = ("variable", "param", "key")
OPEN = frozenset(
    "css document header title-page title authors text-language spoken language witness images style".split()
)  # variables and parameters that a project may override
MOST = 1000  # modules that are looked at
BARE = re.compile(r"\s*[^\W\d][\w.\-]*\s*(?:$|[/|\[])")  # a pattern that begins with a name without prefix


def xsl(local: str) -> str:
    """The Clark name of an element of XSLT."""
    return f"{{{XSL}}}{local}"


class OwnStylesheet(NamedTuple):
    """A stylesheet in a project's own file. ``files`` are its modules, itself first; ``is_page`` says whether it imports
    the page's stylesheet; ``parameters`` are those that it declares itself, by Clark names; ``extension`` is that of what it writes.
    """

    path: Path
    files: tuple[Path, ...]
    is_page: bool
    parameters: tuple[str, ...]
    extension: str

    @classmethod
    def read(cls, path: str | Path) -> OwnStylesheet:
        """The stylesheet in a file, looked through but not compiled. Raises StylesheetError where it is not there, where it imports the
        page's stylesheet twice, where a template would match nothing on the page, or something has a name that is taken.
        """
        path = Path(path).absolute()
        if "\0" in str(path) or not path.is_file():
            raise StylesheetError(str(path), "no such stylesheet")
        try:
            Document.read(path)
        except DocumentError as error:
            raise StylesheetError(error.subject, error.problem, error.hint) from None
        modules = {file: root for file, root in _modules(path) if root is not None}
        times = sum(_imports_page(file, root) for file, root in modules.items())
        if times > 1:
            raise StylesheetError(path.name, f'imports "{PAGE}" {times} times', "once is all that XSLT takes")
        if times:
            for file, root in modules.items():
                _require_matching(file, root)
                _require_free_names(file, root)
        declared = (e for root in modules.values() for e in root.iterchildren(xsl("param")) if not _is_static(e))
        return cls(
            path, tuple(modules), bool(times), tuple(dict.fromkeys(map(_name, declared))),
            _extension(next(iter(modules.values()), None), ".html" if times else ".xml"),
        )  # fmt: skip

    def require_page(self) -> OwnStylesheet:
        """Itself. Raises StylesheetError where it is not the page's stylesheet with changes."""
        if not self.is_page:
            hint = f'write <xsl:import href="{PAGE}"/> in it, or use it by --to'
            raise StylesheetError(self.path.name, f'does not import "{PAGE}", of which reading formats are made', hint)
        return self

    def compiled(self, is_traced: bool = False, is_whole: bool = True) -> CompiledStylesheet:
        """The stylesheet as Saxon runs it; where it imports the page's, for that kind of page. Raises StylesheetError."""
        static: dict[str, Parameter] = {"traced": is_traced, "whole": is_whole} if self.is_page else {}
        catalog = assets.folder("xslt") / CATALOG
        return compile_stylesheet(self.path, parameters_static=static, catalog=catalog, modules=self.files)


def files(path: Path) -> Iterator[Path]:
    """A stylesheet and its modules, whether they are there or not, for whoever watches them."""
    return (file for file, _ in _modules(path.absolute()))


def _modules(path: Path) -> Iterator[tuple[Path, etree._Element | None]]:
    """The modules of a stylesheet, and their roots; None for what cannot be read: Saxon will speak of it."""
    waiting, seen = [path], {path}
    while waiting and len(seen) < MOST:
        file = waiting.pop(0)
        try:
            document = Document.read(file)
        except DocumentError:
            yield file, None
            continue
        yield file, document.root
        for reference in document.root.iter(xsl("import"), xsl("include")):
            found = _file(reference, document.uri)
            if found is not None and found not in seen:
                seen.add(found)
                waiting.append(found)


def _file(reference: etree._Element, uri: str) -> Path | None:
    try:
        return local_file(reference.get("href", ""), reference.base or uri)
    except AddressError:
        return None


def _imports_page(file: Path, root: etree._Element) -> int:
    """How often a module imports the page's stylesheet. Raises StylesheetError where it does so by another name, or includes
    it: its templates would then have the rank of the project's own; and for a module that is not there.
    """
    times = 0
    for reference in root.iter(xsl("import"), xsl("include")):
        href, place = reference.get("href", "").strip(), f"{file.name}:{reference.sourceline}"
        if not href.startswith(f"{SCHEME}:"):
            found = _file(reference, file.as_uri())
            if found is None:
                raise StylesheetError(
                    place, f'"{href}" would be read from elsewhere', "lay the file beside the stylesheet"
                )
            if not found.is_file() and not _inherited(reference, "use-when"):
                raise StylesheetError(place, f'no such stylesheet: "{href}"')
            continue
        if href != PAGE:
            raise StylesheetError(place, f'there is no stylesheet "{href}"', f'expected "{PAGE}"')
        if reference.tag == xsl("include"):
            raise StylesheetError(
                place, f'"{PAGE}" is included', "import it, so that your own templates come before its own"
            )
        times += 1
    return times


def _require_matching(file: Path, root: etree._Element) -> None:
    """Raises StylesheetError for a template that would stay silent: in no mode, or for an element in no namespace."""
    for template in root.iterchildren(xsl("template")):
        pattern = template.get("match")
        if pattern is None or pattern.strip() == "/":
            continue
        place = f"{file.name}:{template.sourceline}"
        if template.get("mode", "#default") == "#default" and _inherited(template, "default-mode") in ("", "#unnamed"):
            hint = f'write default-mode="{MODE}" on {root.tag.replace(f"{{{XSL}}}", "xsl:")}, or mode="{MODE}" here'
            raise StylesheetError(place, f'the template for "{pattern}" is in no mode of the page', hint)
        if BARE.match(pattern) and not _inherited(template, "xpath-default-namespace"):
            hint = 'write xpath-default-namespace="http://www.tei-c.org/ns/1.0"'
            raise StylesheetError(place, f'the template for "{pattern}" matches no element of TEI', hint)


def _require_free_names(file: Path, root: etree._Element) -> None:
    """Raises StylesheetError for a variable, parameter or key that is called as one of the page's stylesheet by chance: it would
    take its place there.
    """
    for declared in root.iterchildren(*map(xsl, NAMED)):
        if (name := declared.get("name", "").strip()) in _taken_names():
            kind = str(declared.tag).rpartition("}")[2]
            problem = f'"{name}" is the name of something in "{PAGE}"'
            raise StylesheetError(
                f"{file.name}:{declared.sourceline}", problem, f"give your {kind} another, as own-{name}"
            )


@functools.cache
def _taken_names() -> frozenset[str]:
    """Names without prefix that the modules of the page's stylesheet keep for themselves."""
    files = (file for part in ("html", "shared", "citations") for file in (assets.folder("xslt") / part).glob("*.xsl"))
    roots = (etree.parse(file).getroot() for file in files)
    return frozenset(e.get("name", "") for root in roots for e in root.iterchildren(*map(xsl, NAMED))) - OPEN


def _inherited(element: etree._Element, name: str) -> str:
    """A standard attribute of XSLT, on an element or around it (XSLT 3.0, section 3.6)."""
    found = (one.get(name) for one in (element, *element.iterancestors()))
    return next((value.strip() for value in found if value is not None), "")


def _is_static(parameter: etree._Element) -> bool:
    return parameter.get("static", "no").strip() in ("yes", "true", "1")


def _name(parameter: etree._Element) -> str:
    """A parameter's name in Clark's notation."""
    prefix, colon, local = parameter.get("name", "").strip().rpartition(":")
    namespaces: Mapping[str | None, str] = parameter.nsmap
    return f"{{{namespaces.get(prefix, '')}}}{local}" if colon else local


def _extension(root: etree._Element | None, default: str) -> str:
    """The file extension for what a stylesheet writes, by the method of its own unnamed xsl:output."""
    outputs = () if root is None else root.iterchildren(xsl("output"))
    methods = [output.get("method", "") for output in outputs if output.get("name") is None]
    return next((EXTENSIONS.get(method, ".xml") for method in methods if method), default)
