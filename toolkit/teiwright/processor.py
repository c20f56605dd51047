"""The one place that knows SaxonC. It starts at first use and is locked before it reads a document.

The lock, as measured: parser features off before the first parse (a pooled parser keeps what it was made with);
the protocol "file" allowed while one of the toolkit's own stylesheets compiles, none afterwards; secondary results
captured instead of written; external functions off, so that environment and system properties stay unseen. So no
document and no stylesheet reads a file, asks the network or writes at run time, or tells what this machine keeps.

Saxon's restrictions of protocols add up and cannot be lifted again. So each stylesheet from a file has a
configuration of its own (4 ms), closed for good once it is compiled, and its functions with it, since
``xsl:result-document`` would not compile without them; stylesheets given as text share one that was never open. What Saxon prints to file descriptor 2 is taken up and becomes part of the error's sentence.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import unquote

from lxml import etree

from teiwright.document import XML_DECLARATION, Document
from teiwright.errors import DocumentError, StylesheetError
from teiwright.source import decoded, file_bytes

if TYPE_CHECKING:
    from teiwright.faults import Fault

Parameter = str | bool | int | Sequence[str]
Value = Parameter | Document | Sequence[Document]
Static = tuple[tuple[str, Parameter], ...]
Result = TypeVar("Result")

FEATURE = "http://saxon.sf.net/feature/"
PROTOCOLS = f"{FEATURE}allowedProtocols"
EXTERNAL_FUNCTIONS = f"{FEATURE}allow-external-functions"
LOCKS = {
    f"{FEATURE}parserFeature?uri=http://xml.org/sax/features/external-general-entities": "false",
    f"{FEATURE}parserFeature?uri=http://xml.org/sax/features/external-parameter-entities": "false",
    f"{FEATURE}parserFeature?uri=http://apache.org/xml/features/nonvalidating/load-external-dtd": "false",
    # Its parser's own limits (100 levels, 200 attributes, names of 1,000 characters) are below what document.py lets pass.
    f"{FEATURE}parserProperty?uri=jdk.xml.maxElementDepth": "2500",
    f"{FEATURE}parserProperty?uri=jdk.xml.elementAttributeLimit": "0",
    f"{FEATURE}parserProperty?uri=jdk.xml.maxXMLNameLimit": "0",
}
SCHEME = "teiwright"  # of the names by which a project's own stylesheet imports the toolkit's
RESULTS = "results:/out/"  # secondary results are resolved against this; no such place exists
METHODS = {"html": "html", "q{http://www.w3.org/1999/xhtml}html": "xhtml"}
SERIALIZER = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:param name="method"/>
<xsl:template match="/"><xsl:sequence select="serialize(., map{'method': $method, 'indent': false(),
'omit-xml-declaration': true()})"/></xsl:template><xsl:output method="text"/></xsl:stylesheet>"""


class Transformation(NamedTuple):
    """What a stylesheet made of a document: the principal result ("" where it was empty), the secondary results by
    relative address, what it said by ``xsl:message``, and what Saxon warned of (a match pattern that failed).

    A secondary result arrives as a tree, so the parameters of its ``xsl:result-document`` are lost: it is serialized
    by XSLT's default method, without indentation and XML declaration; one that holds only text is that text.
    """

    principal: str
    secondary: Mapping[str, str] = MappingProxyType({})
    messages: tuple[str, ...] = ()
    warnings: tuple[Fault, ...] = ()


STOPPED = "stopped"
PROHIBITED = "has been prohibited"  # in Saxon's words
STATIC = 'files are read only while a stylesheet compiles: ask for them in a variable with static="yes"'


class StylesheetFault(StylesheetError):
    """A stylesheet that does not compile, or that stopped; ``faults`` are all errors, the first is shown."""

    def __init__(self, name: str, verb: str, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        hint = f"and {len(faults) - 1} more" if len(faults) > 1 else ""
        is_late = verb == STOPPED and PROHIBITED in faults[0].words
        super().__init__(name, f"{verb}: {faults[0]}", STATIC if is_late else hint)


class CompiledStylesheet(NamedTuple):
    """A compiled stylesheet. ``name`` is what errors call it."""

    name: str
    compiled: Any
    saxon: Saxon

    def transform(
        self, document: Document, parameters: Mapping[str, Value] | None = None, method: str = ""
    ) -> Transformation:
        """The results for a document, which crosses over to Saxon once, as text with its base URI. ``method`` is the
        output method of the principal result, where it is not to be the stylesheet's own.
        Raises StylesheetError where the stylesheet stops or would write outside of where it is told to.
        """
        return self.transform_text(crossing(document), document.uri, parameters, method)

    def transform_text(
        self, text: str, uri: str, parameters: Mapping[str, Value] | None = None, method: str = ""
    ) -> Transformation:
        """The results for a document given as the text of an XML file without document type declaration."""
        values = {name: self.saxon.value(value) for name, value in (parameters or {}).items()}
        run = self._prepared(values)
        if method:
            run.set_property("!method", method)
        printed: list[str] = []
        principal = self._guarded(run, lambda: run.transform_to_string(xdm_node=self.saxon.parsed(text, uri)), printed)
        secondary = {self._relative(address): self.saxon.serialized(value) for address, value in _captured(run)}
        return Transformation(principal or "", secondary, _messages(run), _warnings("".join(printed)))

    def _prepared(self, values: Mapping[str, Any]) -> Any:
        # The caller keeps the values: Saxon holds only a pointer, and ends the process where they are gone.
        run = self.compiled.clone()  # parameters and messages of an executable outlive a call
        run.clear_parameters()
        run.clear_xsl_messages()
        run.set_capture_result_documents(True)
        run.set_save_xsl_message(True)
        run.set_base_output_uri(RESULTS)
        for name, value in values.items():
            run.set_parameter(name, value)
        return run

    def _guarded(self, run: Any, work: Callable[[], Result], printed: list[str]) -> Result:
        try:
            return _listening(work, printed)
        except _Failure as failure:
            faults = failure.faults
            said = _messages(run)
        if said and "terminated by xsl:message" in faults[0].words:
            faults = (faults[0]._replace(code="", words=said[-1]), *faults[1:])
        raise StylesheetFault(self.name, STOPPED, faults)

    def _relative(self, address: str) -> str:
        if not address.startswith(RESULTS) or address == RESULTS:
            raise StylesheetError(self.name, f'would write a result to "{address}", outside of the folder it is given')
        return unquote(address.removeprefix(RESULTS))


def compile_stylesheet(
    path: str | Path,
    *,
    parameters_static: Mapping[str, Parameter] | None = None,
    catalog: Path | None = None,
    modules: Sequence[Path] = (),
) -> CompiledStylesheet:
    """The stylesheet or package in a file, compiled once in a process for each set of static parameters. While it
    compiles it may read files (modules, ``unparsed-text`` in static variables), also by the names of the scheme
    "teiwright" that an XML catalog has. When one of the ``modules`` has changed, it compiles anew.
    Raises StylesheetError.
    """
    path = Path(path).absolute()
    try:
        changed = tuple(file.stat().st_mtime_ns for file in (path, *modules))
    except (OSError, ValueError):
        raise StylesheetError(str(path), "no such stylesheet") from None
    return _compiled_file(path, changed, _static(parameters_static), catalog)


def compile_merged(text: str, path: Path) -> CompiledStylesheet:
    """One of the toolkit's own stylesheets, given as the text of what is in its file and its modules; each declaration
    says by ``xml:base`` where it comes from. While it compiles it may read files. Raises StylesheetError.
    """
    saxon = Saxon("file")
    executable = saxon.compiled_merged(text, path.name)
    saxon.close()
    return executable


def compile_text(text: str, name: str, uri: str = "") -> CompiledStylesheet:
    """The stylesheet in some characters, which may not read anything nor make secondary results, compiled once in a
    process. ``uri`` is its static base URI. Raises StylesheetError.
    """
    return _compiled_text(text, name, uri)


def crossing(document: Document) -> str:
    """A document's text for Saxon's parser: entities expanded, no document type declaration, everything else kept."""
    root = document.root
    before = reversed([_written(node) for node in root.itersiblings(preceding=True)])
    inside = etree.tostring(root, encoding="unicode", with_tail=False)
    return "".join((*before, inside, *map(_written, root.itersiblings())))


def _written(node: Any) -> str:
    """A comment or an instruction beside the root; lxml would look at all the others to write one."""
    if node.tag is etree.Comment:
        return f"<!--{node.text or ''}-->"
    return f"<?{node.target} {node.text or ''}?>"


@functools.lru_cache(maxsize=64)
def _compiled_file(path: Path, _changed: tuple[int, ...], static: Static, catalog: Path | None) -> CompiledStylesheet:
    name = path.name
    try:
        text = decoded(file_bytes(path), name)
    except DocumentError as error:
        raise StylesheetError(name, error.problem, error.hint) from None
    saxon = Saxon(f"file,{SCHEME}" if catalog else "file", catalog)
    executable = saxon.compiled(text, name, path.as_uri(), static)
    saxon.close()
    return executable


@functools.lru_cache(maxsize=64)
def _compiled_text(text: str, name: str, uri: str) -> CompiledStylesheet:
    return _closed().compiled(text, name, uri, ())


@functools.cache
def _closed() -> Saxon:
    saxon = Saxon("")
    saxon.close()
    return saxon


class Saxon:
    """One configuration of Saxon, with nothing open but the protocols it is told ("" for none), and the names that an XML
    catalog has.
    """

    def __init__(self, protocols: str, catalog: Path | None = None) -> None:
        from saxonche import PySaxonProcessor

        self.processor = PySaxonProcessor(license=False)
        if catalog:  # first: once protocols are restricted, no catalog is taken
            self.processor.set_catalog_files([str(catalog)])
        for feature, value in {**LOCKS, PROTOCOLS: protocols}.items():
            self.processor.set_configuration_property(feature, value)

    def close(self) -> None:
        """Forbids every protocol, for good, and whatever tells of the environment and the system."""
        self.processor.set_configuration_property(PROTOCOLS, "")
        self.processor.set_configuration_property(EXTERNAL_FUNCTIONS, "false")

    def compiled(self, text: str, name: str, uri: str, static: Static) -> CompiledStylesheet:
        """The stylesheet in some characters. Raises StylesheetError."""
        compiler = self._compiler()
        values = {parameter: self.value(value) for parameter, value in static}  # kept until it has compiled
        for parameter, value in values.items():
            compiler.set_parameter(parameter, value)
        try:
            compiled = _listening(lambda: compiler.compile_stylesheet(stylesheet_node=self.parsed(text, uri)))
        except _Failure as failure:
            faults = failure.faults
        else:
            return CompiledStylesheet(name, compiled, self)
        if faults[0].code == "SXXP0003" and faults[0].module in ("", name):
            raise _not_well_formed(text, name)
        raise StylesheetFault(name, "does not compile", faults)

    def compiled_merged(self, text: str, name: str) -> CompiledStylesheet:
        """A stylesheet that is well-formed, whose declarations say each where it comes from. Without a tree of it in
        between it takes a quarter less time. Raises StylesheetError.
        """
        compiler = self._compiler()
        try:
            return CompiledStylesheet(name, _listening(lambda: compiler.compile_stylesheet(stylesheet_text=text)), self)
        except _Failure as failure:
            raise StylesheetFault(name, "does not compile", failure.faults) from None

    def _compiler(self) -> Any:
        # A new one each time: after a failure the old one ends in a NullPointerException.
        return self.processor.new_xslt30_processor()

    def parsed(self, text: str, uri: str) -> Any:
        """The tree of some XML text; external entities in it stay unread."""
        builder = self.processor.new_document_builder()
        builder.set_line_numbering(True)
        if uri:
            builder.set_base_uri(uri)
        # With its declaration left in, the encoding named there would be believed instead of the characters.
        return builder.parse_xml(xml_text=XML_DECLARATION.sub("", text), encoding="utf-8")

    def value(self, value: Value) -> Any:
        """A parameter as Saxon takes it: a string, boolean, integer or document, or a sequence of them."""
        if isinstance(value, bool):
            return self.processor.make_boolean_value(value)
        if isinstance(value, int):
            return self.processor.make_integer_value(value)
        if isinstance(value, str):
            return self.processor.make_string_value(value)
        if isinstance(value, Document):
            return self.parsed(crossing(value), value.uri)
        sequence = self.processor.empty_sequence()
        for item in value:
            sequence.add_xdm_item(self.value(item))
        return sequence

    def serialized(self, value: Any) -> str:
        """A secondary result as text, by XSLT's rule for the default output method."""
        node = value.head.get_node_value()
        elements = [child for child in node.children if child.node_kind_str == "element"]
        if not elements:
            return str(node.string_value)
        method = METHODS.get(str(elements[0].name).lower(), "xml")
        serializer = self.serializer.clone()
        wanted = self.value(method)
        serializer.set_parameter("method", wanted)
        return str(_listening(lambda: serializer.transform_to_string(xdm_node=node)))

    @functools.cached_property
    def serializer(self) -> Any:
        """The compiled stylesheet that writes one tree."""
        return self.compiled(SERIALIZER, "serializer", "", ()).compiled


def _not_well_formed(text: str, name: str) -> StylesheetError:
    """The own parser's words for what Saxon's parser could not read."""
    try:
        Document.parse(text, name)
    except DocumentError as error:
        return StylesheetError(error.subject, error.problem, error.hint)
    return StylesheetError(name, "cannot be read as XML")


def _static(parameters: Mapping[str, Parameter] | None) -> Static:
    return tuple(
        (name, value if isinstance(value, (str, bool, int)) else tuple(value))
        for name, value in sorted((parameters or {}).items())
    )


def _messages(run: Any) -> tuple[str, ...]:
    return tuple(" ".join(message.string_value.split()) for message in run.get_xsl_messages() or ())


def _warnings(printed: str) -> tuple[Fault, ...]:
    if not printed:
        return ()
    from teiwright.faults import warnings_in  # seldom wanted, and its patterns take time to compile

    return warnings_in(printed)


def _captured(run: Any) -> list[tuple[str, Any]]:
    return list((run.get_result_documents() or {}).items())


class _Failure(Exception):
    """What Saxon said when it failed; never leaves this module."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults


def _listening(work: Callable[[], Result], printed: list[str] | None = None) -> Result:
    """What some work with Saxon returns. Its exceptions carry only words; line and code go to file descriptor 2."""
    from saxonche import PySaxonApiError

    printed = [] if printed is None else printed
    try:
        with _standard_error(printed):
            return work()
    except PySaxonApiError as error:
        problem = str(error)
    from teiwright.faults import faults_in

    raise _Failure(faults_in(problem, "".join(printed)))


@contextmanager
def _standard_error(printed: list[str]) -> Iterator[None]:
    """File descriptor 2 turned to a file. Saxon holds the interpreter lock, so no other thread prints then."""
    try:
        kept = os.dup(2)
    except OSError:  # the process was started with standard error closed
        yield
        return
    import tempfile  # only here, and it costs

    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            printed.append(_contents(file))


def _contents(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")
