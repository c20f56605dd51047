"""Whatever a schema asks for, it reads no file, asks no network, writes nothing and sees nothing of the machine."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from schematron_schemas import ALWAYS, NAMESPACES, OTHER, found, messages, rule, schema
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.schematron import Schematron

SECRET = "what nobody may read"


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files that hold the secret, which the environment holds, too."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "a.txt").write_text(SECRET)
    (folder / "a.json").write_text(f'"{SECRET}"')
    (folder / "a.xml").write_text(f"<a>{SECRET}</a>")
    monkeypatch.setenv("TEIWRIGHT_SECRET", SECRET)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was connected to: a server of our own stands ready, whose address the rules are given."""
    asked: list[object] = []

    def connect(self: socket.socket, address: object) -> None:
        asked.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket.socket, "connect", connect)
    return asked


READING = [
    "doc('{0}/a.xml')",
    "doc('a.xml')",
    "document('{0}/a.xml')",
    "document('a.xml', /)",
    "doc-available('{0}/a.xml')",
    "unparsed-text('{0}/a.txt')",
    "unparsed-text('a.txt')",
    "unparsed-text-lines('{0}/a.txt')",
    "unparsed-text-available('{0}/a.txt')",
    "json-doc('{0}/a.json')",
    "collection('{0}')",
    "collection('{0}?select=*.xml')",
    "collection()",
    "uri-collection('{0}')",
    "environment-variable('TEIWRIGHT_SECRET')",
    "available-environment-variables()",
    "system-property('user.dir')",
    "system-property('java.io.tmpdir')",
    "parse-xml('&lt;!DOCTYPE a [&lt;!ENTITY x SYSTEM &quot;{0}/a.txt&quot;>]>&lt;a>&amp;x;&lt;/a>')",
    "transform(map {{'stylesheet-location': '{0}/a.xml', 'source-node': /}})?output",
    "unparsed-text('jar:{0}/a.txt!/')",
    "unparsed-text('classpath:java/lang/Object.class')",
    "static-base-uri()",
]


@pytest.mark.parametrize("expression", READING)
def test_no_function_reads_anything(tmp_path: Path, secret: Path, expression: str) -> None:
    asked = expression.format(secret.as_uri())
    content = rule("/a", f'<report test="true()">[<value-of select="{asked}"/>]</report>{OTHER}')
    try:
        diagnostics = found(tmp_path, content)
    except SchemaError:  # it is known to fail as soon as it is compiled
        return
    assert "other" in messages(diagnostics)
    said = [m for m in messages(diagnostics) if m != "other"]
    assert all(m in ("[]", "[false]") or "could not be computed here" in m for m in said)
    assert SECRET not in " ".join(said)


@pytest.mark.parametrize("scheme", ["http", "https", "ftp"])
def test_no_function_asks_the_network(tmp_path: Path, scheme: str) -> None:
    """A server waits for whoever comes; Saxon's own sockets are not Python's."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        address = f"{scheme}://127.0.0.1:{server.getsockname()[1]}/a.xml"
        for function in ("doc", "unparsed-text", "collection", "json-doc"):
            found(tmp_path, rule("/a", f"<report test=\"exists({function}('{address}'))\">x</report>"))
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "body",
    [
        '<xsl:result-document href="{0}/written.xml"><a/></xsl:result-document>',
        '<xsl:source-document href="{0}/a.xml"><xsl:copy-of select="."/></xsl:source-document>',
        "<xsl:evaluate xpath=\"'unparsed-text(''{0}/a.txt'')'\"/>",
        '<xsl:merge><xsl:merge-source for-each-source="\'{0}/a.xml\'" select="/"><xsl:merge-key select="."/></xsl:merge-source>'
        '<xsl:merge-action><xsl:copy-of select="current-merge-group()"/></xsl:merge-action></xsl:merge>',
        "<xsl:sequence select=\"transform(map{{'stylesheet-text': '&lt;xsl:stylesheet version=&quot;3.0&quot; xmlns:xsl=&quot;"
        "http://www.w3.org/1999/XSL/Transform&quot;>&lt;xsl:template match=&quot;/&quot;>&lt;xsl:result-document href=&quot;{0}/written.xml"
        "&quot;>x&lt;/xsl:result-document>&lt;/xsl:template>&lt;/xsl:stylesheet>', 'source-node': root($n)}})?output\"/>",
        '<xsl:sequence select="Q{{java:java.lang.System}}getProperty(\'user.dir\')"/>',
        "<xsl:sequence select=\"Q{{http://saxon.sf.net/}}system-id()\"/>",
        '<xsl:sequence select="Q{{http://expath.org/ns/file}}read-text(\'{0}/a.txt\')"/>',
        '<xsl:sequence select="load-xquery-module(\'urn:x\', map{{}})"/>',
    ],
)  # fmt: skip
def test_no_function_of_a_schema_reads_or_writes(tmp_path: Path, secret: Path, body: str) -> None:
    content = (
        '<ns prefix="f" uri="urn:f"/><xsl:function name="f:x" xmlns:f="urn:f"><xsl:param name="n"/>'
        f"{body.format(secret.as_uri())}</xsl:function>"
        + rule("/a", f'<report test="1"><value-of select="f:x(.)"/></report>{OTHER}')
    )
    try:
        said = messages(found(tmp_path, content))
    except SchemaError as error:
        said = ["other", str(error)]
    assert "other" in said
    assert SECRET not in " ".join(said)
    assert str(secret) not in " ".join(said)
    assert not (secret / "written.xml").exists()


@pytest.mark.parametrize("element", ["include", "extends", "xsl:include", "xsl:import"])
@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/x.sch", "ftp://127.0.0.1/x", "data:text/xml,%3Ca/%3E", "jar:file:///x!/y"]
)
def test_a_schema_borrows_from_files_only(tmp_path: Path, no_network: list[object], element: str, address: str) -> None:
    with pytest.raises(SchemaError, match="not fetched"):
        Schematron.read(schema(tmp_path, f'<{element} href="{address}"/>'))
    assert no_network == []


def test_a_file_that_is_no_schema_is_not_shown(tmp_path: Path, secret: Path) -> None:
    for address in ("a.txt", "a.json", "a.xml"):
        with pytest.raises(SchemaError) as caught:
            Schematron.read(schema(tmp_path, f'<include href="{(secret / address).as_uri()}"/>'))
        assert SECRET not in str(caught.value)


def test_entities_in_a_schema_are_not_read_and_do_not_grow(tmp_path: Path, secret: Path) -> None:
    path = tmp_path / "bomb.sch"
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    for entities in (f'<!ENTITY e11 SYSTEM "{(secret / "a.txt").as_uri()}">', f'<!ENTITY e0 "0123456789">{levels}'):
        path.write_text(f"<!DOCTYPE schema [{entities}]><schema {NAMESPACES}><title>&e11;</title></schema>")
        with pytest.raises(SchemaError) as caught:
            Schematron.read(path)
        assert SECRET not in str(caught.value)


LONG = {
    "brackets": ("(", "1", ")"),
    "predicates": ("b[", "b", "]"),
    "sums": ("1+", "1", ""),
    "unions": ("b|", "b", ""),
    "steps": ("b/", "b", ""),
    "signs": ("-", "1", ""),
    "alternatives": ("if (b) then 1 else ", "1", ""),
    "loops": ("for $x in b return ", "1", ""),
    "conjunctions": ("b and ", "b", ""),
    "functions": ("not(", "b", ")"),
    "sequences": ("1, ", "1", ""),
    "maps": ("map{1: ", "1", "}"),
    "concatenations": ("b || ", "b", ""),
    "mappings": ("b ! ", "b", ""),
    "arrows": ("", "b", " => count()"),
}


@pytest.mark.parametrize("times", [900, 6_000, 100_000])
@pytest.mark.parametrize("kind", LONG)
def test_an_expression_without_end_does_not_end_the_process(tmp_path: Path, kind: str, times: int) -> None:
    before, middle, after = LONG[kind]
    test = before * times + middle + after * times
    path = schema(tmp_path, rule("/a", f'<report test="exists(({test})[1])">x</report>'))
    try:
        Schematron.read(path)
    except SchemaError as error:
        refused = str(error)
        assert times > 900 or "not valid" in refused or "cannot be compiled" in refused
    else:
        refused = ""
    assert "\n" not in refused
    assert len(refused) < 1000


@pytest.mark.parametrize(
    "content",
    [
        rule("/a", f'<report test="1">{"<emph>" * 1_900}x{"</emph>" * 1_900}</report>'),
        f'<xsl:key name="k" match="b">{"<xsl:sequence>" * 1_000}x{"</xsl:sequence>" * 1_000}</xsl:key>'
        + rule("/a", OTHER),
        '<let name="v">'
        + '<x xmlns="">' * 1_900
        + "</x>" * 1_900
        + "</let>"
        + rule("/a", ALWAYS.format("<value-of select='$v'/>x")),
    ],
)
def test_a_deep_schema_is_read(tmp_path: Path, content: str) -> None:
    assert messages(found(tmp_path, content)) in (["x"], ["other"])


def test_a_schema_that_is_too_deep_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="nested more than"):
        Schematron.read(schema(tmp_path, rule("/a", f'<report test="1">{"<emph>" * 50_000}</report>')))


def test_a_schema_of_many_rules_is_read(tmp_path: Path) -> None:
    content = "".join(rule(f"a{n}", ALWAYS.format(n), f'id="p{n}"') for n in range(2000))
    assert [d.code for d in found(tmp_path, content, "<a1999/>")] == ["p1999"]


def test_names_that_look_like_markup_stay_text(tmp_path: Path) -> None:
    content = rule(
        "/a", "<report test=\"'&lt;/xsl:stylesheet>' = '&amp;lt;' or true()\">&lt;/f> &amp; ]]&gt; {$x}</report>"
    )
    assert messages(found(tmp_path, content)) == ["</f> & ]]> {$x}"]


def test_documents_are_checked_without_their_external_entities(tmp_path: Path, secret: Path) -> None:
    document = f'<!DOCTYPE a SYSTEM "{(secret / "a.dtd").as_uri()}"><a/>'
    assert messages(list(Schematron.read(schema(tmp_path, rule("a", OTHER))).validate(Document.parse(document)))) == [
        "other"
    ]


def test_the_working_folder_is_no_place_for_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own imports nothing that lies where the documents are."""
    work = tmp_path / "work"
    work.mkdir()
    for module in ("saxonche", "tempfile", "lxml", "teiwright"):
        (work / f"{module}.py").write_text(f"open({str(tmp_path / 'imported')!r}, 'w').close()")
    monkeypatch.chdir(work)
    rules = Schematron.read(schema(tmp_path, rule("/a", ALWAYS.format("x")))).limited(60)
    assert messages(list(rules.validate(Document.parse("<a/>")))) == ["x"]
    assert not (tmp_path / "imported").exists()
