"""Saxon behind its lock: what it may do, what it may not, and what is said when it stops."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.processor import CompiledStylesheet, StylesheetFault, Transformation, compile_stylesheet, compile_text

DOCUMENT = Document.parse("<?p q?><a n='1'><b/>é</a><!--c-->", uri="file:///edition/poem.xml")
XSL = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
SECRET = "what nobody may read"


def stylesheet(body: str, before: str = "") -> str:
    return f'<xsl:stylesheet version="3.0" {XSL} exclude-result-prefixes="#all">{before}<xsl:template match="/">{body}</xsl:template></xsl:stylesheet>'


def run(body: str, before: str = "", **parameters: str | bool | int | list[str]) -> Transformation:
    return compile_text(stylesheet(body, before), "test.xsl", "file:///xslt/test.xsl").transform(DOCUMENT, parameters)


@pytest.fixture
def run_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Transformation]:
    """Runs a stylesheet from a file, which may make secondary results."""

    def run_it(body: str) -> Transformation:
        path = tmp_path_factory.mktemp("xslt") / "test.xsl"
        path.write_text(stylesheet(body))
        return compile_stylesheet(path).transform(DOCUMENT)

    return run_it


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.xml"
    path.write_text(f"<s>{SECRET}</s>")
    return path


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<s/>")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as serving:
        thread = threading.Thread(target=serving.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_port}/s.xml", asked
        serving.shutdown()
        thread.join()


READERS = {
    "doc": "doc('{}')",
    "document": "document('{}')",
    "unparsed-text": "unparsed-text('{}')",
    "unparsed-text-lines": "unparsed-text-lines('{}')",
    "json-doc": "json-doc('{}')",
    "collection": "collection('{}')",
    "uri-collection": "uri-collection('{}')",
    "transform": "transform(map{{'stylesheet-location': '{}', 'source-node': .}})",
    "transform-by-text": "transform(map{{'stylesheet-text': '&lt;xsl:stylesheet version=\"3.0\" {xsl}>&lt;xsl:include href=\"{}\"/>&lt;/xsl:stylesheet>', 'source-node': .}})",
}


@pytest.mark.parametrize("reader", READERS)
def test_no_stylesheet_reads_a_file_at_run_time(reader: str, secret: Path) -> None:
    expression = READERS[reader].format(secret.as_uri(), xsl=XSL).replace('"', "&quot;")
    with pytest.raises(StylesheetError) as caught:
        run(f'<xsl:copy-of select="{expression}"/>')
    assert SECRET not in str(caught.value)


def test_no_stylesheet_streams_or_finds_a_file(secret: Path) -> None:
    with pytest.raises(StylesheetError):
        run(f'<xsl:source-document href="{secret.as_uri()}"><xsl:copy-of select="."/></xsl:source-document>')
    found = f"doc-available('{secret.as_uri()}'), unparsed-text-available('{secret.as_uri()}')"
    assert run(f'<o><xsl:value-of select="{found}"/></o>').principal.endswith("<o>false false</o>")


@pytest.mark.parametrize("reader", ["doc", "document", "unparsed-text", "json-doc"])
def test_no_stylesheet_asks_the_network(reader: str, server: tuple[str, list[str]]) -> None:
    address, asked = server
    with pytest.raises(StylesheetError):
        run(f'<xsl:copy-of select="{READERS[reader].format(address)}"/>')
    assert asked == []


def test_external_entities_are_not_read(secret: Path) -> None:
    source = f"<!DOCTYPE a [<!ENTITY x SYSTEM '{secret.as_uri()}'>]><a>&amp;x;</a>".replace("<", "&lt;")
    assert SECRET not in run(f'<xsl:copy-of select="parse-xml(&quot;{source}&quot;)"/>').principal
    compiled = compile_text(stylesheet('<xsl:copy-of select="."/>'), "copy.xsl")
    raw = f"<!DOCTYPE a [<!ENTITY x SYSTEM '{secret.as_uri()}'>]><a>&x;</a>"
    assert SECRET not in compiled.transform_text(raw, "").principal


def test_a_text_stylesheet_reads_nothing_while_it_compiles(secret: Path) -> None:
    with pytest.raises(StylesheetError) as caught:
        run("", f'<xsl:include href="{secret.as_uri()}"/>')
    assert SECRET not in str(caught.value)
    static = f"<xsl:variable name='v' static='yes' select='unparsed-text(&quot;{secret.as_uri()}&quot;)'/>"
    with pytest.raises(StylesheetError):
        run('<xsl:value-of select="$v"/>', static)


def test_a_stylesheet_file_reads_files_while_it_compiles_and_not_later(tmp_path: Path, secret: Path) -> None:
    (tmp_path / "style.css").write_text("a { color: red }")
    (tmp_path / "module.xsl").write_text(
        f"<xsl:stylesheet version='3.0' {XSL}>"
        "<xsl:variable name='css' static='yes' select=\"unparsed-text('style.css')\"/></xsl:stylesheet>"
    )
    body = '<o><xsl:value-of select="$css"/></o>'
    (tmp_path / "main.xsl").write_text(stylesheet(body, '<xsl:include href="module.xsl"/>'))
    assert "color: red" in compile_stylesheet(tmp_path / "main.xsl").transform(DOCUMENT).principal
    (tmp_path / "late.xsl").write_text(stylesheet(f"<xsl:copy-of select=\"doc('{secret.name}')\"/>"))
    for _ in range(2):
        with pytest.raises(StylesheetError, match=r"FODC000\d"):
            compile_stylesheet(tmp_path / "late.xsl").transform(DOCUMENT)


ENVIRONMENT = {
    "a-variable": "environment-variable('TEIWRIGHT_SECRET')",
    "all-variables": "available-environment-variables() ! environment-variable(.)",
    "the-user": "system-property('user.name')",
    "the-home": "system-property('user.home')",
    "the-folder": "system-property('user.dir')",
    "later": "for $f in function-lookup(xs:QName('fn:environment-variable'), 1) return $f('TEIWRIGHT_SECRET')",
}


@pytest.mark.parametrize("expression", ENVIRONMENT.values(), ids=ENVIRONMENT)
def test_no_stylesheet_tells_of_the_environment(
    expression: str, run_file: Callable[[str], Transformation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEIWRIGHT_SECRET", SECRET)
    body = f'<o xmlns:fn="http://www.w3.org/2005/xpath-functions"><xsl:value-of select="{expression}"/></o>'
    for result in (run(body), run_file(body)):
        assert re.search("<o[^>]*/>", result.principal), result.principal


def test_a_text_stylesheet_makes_no_secondary_results() -> None:
    with pytest.raises(StylesheetError, match="XTSE0010"):
        run('<xsl:result-document href="x.xml"><r/></xsl:result-document>')


def test_secondary_results_are_captured_not_written(tmp_path: Path, run_file: Callable[[str], Transformation]) -> None:
    body = (
        '<xsl:result-document href="notes/a%20b.html"><html><p>x<b>y</b>,<br/></p></html></xsl:result-document>'
        '<xsl:result-document href="t.txt" method="text">é &amp; ü</xsl:result-document>'
        '<xsl:result-document href="x.xml"><r>t <s/>t</r></xsl:result-document><main/>'
    )
    result = run_file(body)
    assert re.search("<main[^>]*/>$", result.principal)
    assert result.secondary["t.txt"] == "é & ü"
    assert result.secondary["x.xml"] == "<r>t <s/>t</r>"
    assert "<p>x<b>y</b>,<br></p>" in result.secondary["notes/a b.html"]
    with pytest.raises(StylesheetError, match="outside"):
        run_file(f'<xsl:result-document href="{(tmp_path / "w.xml").as_uri()}"><r/></xsl:result-document>')
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("href", ["../x.html", "/x.html", "a/../../x.html"])
def test_no_result_leaves_its_folder(href: str, run_file: Callable[[str], Transformation]) -> None:
    with pytest.raises(StylesheetError, match="outside"):
        run_file(f'<xsl:result-document href="{href}"><r/></xsl:result-document>')


def test_a_document_crosses_whole_with_its_address() -> None:
    assert run('<xsl:copy-of select="."/>').principal.endswith('<?p q?><a n="1"><b/>é</a><!--c-->')
    assert run('<xsl:value-of select="base-uri(.)"/>').principal.endswith("file:///edition/poem.xml")
    entity = Document.parse("<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>")
    assert compile_text(stylesheet('<xsl:copy-of select="."/>'), "t").transform(entity).principal.endswith("<a>x</a>")


def test_deep_and_wide_documents_cross() -> None:
    count = compile_text(stylesheet('<xsl:value-of select="count(//*), count(//@*)"/>'), "count.xsl")
    attributes = " ".join(f'a{n}="1"' for n in range(1000))
    text = "<z>" * 1998 + f"<y {attributes}/>" + "</z>" * 1998
    assert count.transform(Document.parse(text)).principal.endswith("1999 1000")


def test_parameters_of_every_kind() -> None:
    kinds = [("s", "string", "''"), ("b", "boolean", "false()"), ("i", "integer", "0"), ("l", "string*", "()")]
    declared = "".join(f'<xsl:param name="{name}" as="xs:{kind}" select="{value}"/>' for name, kind, value in kinds)
    body = "<o><xsl:value-of select=\"$s, $b, $i, count($l), $l\" separator='|'/></o>"
    values: dict[str, Any] = {"s": "é", "b": True, "i": 7, "l": ["x", "ü"]}
    assert run(body, declared, **values).principal.endswith("<o>é|true|7|2|x|ü</o>")
    assert run(body, declared).principal.endswith("<o>|false|0|0</o>"), "a parameter outlived its call"


def test_static_parameters(tmp_path: Path) -> None:
    path = tmp_path / "static.xsl"
    body, before = '<xsl:value-of select="$p"/>', '<xsl:param name="p" static="yes" as="xs:string" select="\'no\'"/>'
    path.write_text(stylesheet(body, before))
    for value in ("yes", "ja"):
        assert compile_stylesheet(path, parameters_static={"p": value}).transform(DOCUMENT).principal.endswith(value)
    assert compile_stylesheet(path).transform(DOCUMENT).principal.endswith("no")


def test_a_stylesheet_compiles_once_until_its_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.xsl"
    path.write_text(stylesheet("<x/>"))
    assert compile_stylesheet(path) is compile_stylesheet(path)
    assert compile_text(stylesheet("<x/>"), "a") is compile_text(stylesheet("<x/>"), "a")


def test_the_declared_encoding_of_a_stylesheet_is_honoured(tmp_path: Path) -> None:
    path = tmp_path / "latin.xsl"
    path.write_bytes(f'<?xml version="1.0" encoding="ISO-8859-1"?>{stylesheet("<x>é</x>")}'.encode("latin-1"))
    assert compile_stylesheet(path).transform(DOCUMENT).principal.endswith("<x>é</x>")


def test_an_empty_result_is_empty_text() -> None:
    output = '<xsl:output method="text"/>'
    assert run("", output) == Transformation("", {}, ())


def test_messages_are_kept_in_order() -> None:
    assert run("<xsl:message>one</xsl:message><xsl:message>two <b>2</b></xsl:message>").messages == ("one", "two 2")


def test_packages_run_and_a_misspelt_mode_is_an_error(tmp_path: Path) -> None:
    package = (
        f'<xsl:package name="urn:p" package-version="1" version="3.0" {XSL} xmlns:m="urn:m">'
        '<xsl:mode name="m:x"/><xsl:mode/><xsl:template match="/">\n<xsl:apply-templates mode="m:MODE"/></xsl:template>'
        '<xsl:template match="a" mode="m:x"><xsl:value-of select="\'ok\'"/></xsl:template></xsl:package>'
    )
    (tmp_path / "good.xsl").write_text(package.replace("MODE", "x"))
    (tmp_path / "bad.xsl").write_text(package.replace("MODE", "y"))
    assert "ok" in compile_stylesheet(tmp_path / "good.xsl").transform(DOCUMENT).principal
    with pytest.raises(StylesheetError, match=r"bad\.xsl:2: XTSE3085"):
        compile_stylesheet(tmp_path / "bad.xsl")


@pytest.mark.parametrize(
    ("body", "code", "line", "words"),
    [
        ('\n<xsl:value-of select="1 +"/>', "XPST0003", 2, "does not compile"),
        ('\n\n<xsl:value-of select="$nothing"/>', "XPST0008", 3, r"\$nothing"),
        ("\n<xsl:nonsense/>", "XTSE0010", 2, "xsl:nonsense"),
        ("\n<xsl:value-of select=\"xs:integer('x')\"/>", "FORG0001", 2, "stopped"),
        ("\n<xsl:sequence select=\"error(QName('urn:x', 'x:lost'), 'no target')\"/>", "x:lost", 2, "no target"),
        ('<xsl:message terminate="yes">a note\n points nowhere</xsl:message>', "", 1, "a note points nowhere"),
    ],
)  # fmt: skip
def test_errors_have_code_line_and_one_sentence(body: str, code: str, line: int, words: str) -> None:
    with pytest.raises(StylesheetFault, match=words) as caught:
        run(body)
    fault = caught.value.faults[0]
    assert (fault.module, fault.line, fault.code) == ("test.xsl", line, code)
    assert "\n" not in str(caught.value)


def test_an_error_in_a_module_names_the_module(tmp_path: Path) -> None:
    module = (
        stylesheet("")
        .replace('match="/"', 'name="t"')
        .replace("></xsl:template>", '>\n<xsl:value-of select="$z"/></xsl:template>')
    )
    (tmp_path / "mod ule.xsl").write_text(module)
    (tmp_path / "main.xsl").write_text(stylesheet("", '<xsl:include href="mod%20ule.xsl"/>'))
    with pytest.raises(StylesheetError, match=r"^main\.xsl: does not compile: mod ule\.xsl:2: XPST0008"):
        compile_stylesheet(tmp_path / "main.xsl")


@pytest.mark.parametrize(
    ("content", "words"), [(None, "no such"), ("", "empty"), ("<a", "not well-formed"), ("<a/>", "does not compile")]
)
def test_what_is_no_stylesheet_is_one_sentence(tmp_path: Path, content: str | None, words: str) -> None:
    path = tmp_path / "s.xsl"
    if content is not None:
        path.write_text(content)
    with pytest.raises(StylesheetError, match=words):
        compile_stylesheet(path)


def test_endless_recursion_stops_with_an_error() -> None:
    template = (
        '<xsl:template name="f"><xsl:param name="n" select="1"/><xsl:variable name="x" as="item()*">'
        '<xsl:call-template name="f"><xsl:with-param name="n" select="$n + 1"/></xsl:call-template></xsl:variable>'
        '<xsl:sequence select="count($x) + 1"/></xsl:template>'
    )
    with pytest.raises(StylesheetError, match="looping"):
        run('<xsl:call-template name="f"/>', template)


def test_nothing_leaks_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    for body in (
        "<xsl:value-of select=\"xs:integer('x')\"/>",
        '<xsl:value-of select="1 +"/>',
        '<xsl:message terminate="yes"/>',
    ):
        with pytest.raises(StylesheetError):
            run(body)
    run("<xsl:message>said</xsl:message>")
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_many_runs_do_not_disturb_each_other() -> None:
    compiled: CompiledStylesheet = compile_text(
        stylesheet('<o><xsl:value-of select="$p"/></o><xsl:message select="$p"/>', '<xsl:param name="p"/>'), "many.xsl"
    )
    for number in range(200):
        result = compiled.transform(DOCUMENT, {"p": ["a", str(number)]})
        assert result.principal.endswith(f"<o>a {number}</o>")
        assert result.messages == (f"a {number}",)
