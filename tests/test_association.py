"""The schemas a document names: by xml-model instructions and by XML Schema's attributes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import CASES
from teiwright import assets
from teiwright.document import Document
from teiwright.errors import SchemaError, ToolkitError
from teiwright.schemas.association import Association, pseudo_attributes, traced
from teiwright.schemas.catalog import NAMESPACE
from teiwright.schemas.resolution import Resolver
from teiwright.schemas.store import Store
from teiwright.schemas.store.bundle import Fetched
from teiwright.source import Source
from teiwright.validation import Checking


@pytest.fixture(autouse=True)
def nothing_of_the_users(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEIWRIGHT_STORE", str(tmp_path_factory.mktemp("user")))
    monkeypatch.delenv("XML_CATALOG_FILES", raising=False)


FOLDER = CASES / "schema"
RELAXNG = 'schematypens="http://relaxng.org/ns/structure/1.0"'


def associated(document: Document | Source, resolver: Resolver | None = None) -> tuple[Association, ...]:
    """The schemas that a document names. Raises SchemaError for the first that cannot be had."""
    found = []
    for _, outcome in traced(document, resolver):
        if isinstance(outcome, SchemaError):
            raise outcome
        found.append(outcome)
    return tuple(found)


def named(instruction: str, uri: str = "file:///edition/poem.xml") -> tuple[Association, ...]:
    return associated(Document.parse(f"{instruction}<poem/>", "poem.xml", uri))


def test_all_that_a_document_names_in_its_order() -> None:
    document = Document.read(FOLDER / "poem.xml")
    found = associated(document)
    assert [(a.path.name, a.kind, a.phase, a.location.line) for a in found] == [
        ("poem.rng", "RELAX NG", None, 2),
        ("poem rules.sch", "Schematron", "finala", 3),
        ("poem.xsd", "XSD", None, 7),
    ]
    assert all(a.path.is_file() for a in found)
    assert found[0].href == "poem.rng"


def test_a_document_that_names_none() -> None:
    assert named("") == ()


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ('href="a.rng"', {"href": "a.rng"}),
        ("href='a.rng'\n  type = \"x\"", {"href": "a.rng", "type": "x"}),
        ('href="a&amp;b&#x63;&quot;"', {"href": 'a&bc"'}),
        ('title="it\'s &gt; 1"', {"title": "it's > 1"}),
        ("", {}),
        ('href="a" href="b"', None),
        ("href=a", None),
        ('href="a"type="b"', None),
        ('href="a', None),
        ('href="<"', None),
    ],
)
def test_pseudo_attributes(text: str, pairs: dict[str, str] | None) -> None:
    assert pseudo_attributes(text) == pairs


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """The folder of a project, marked as one, with a folder of documents in it."""
    (tmp_path / "edition" / "tei").mkdir(parents=True)
    (tmp_path / "edition" / "teiwright.toml").touch()
    return tmp_path / "edition"


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("a.rng", "tei/a.rng"),
        ("../schemas/a%20b.rng", "schemas/a b.rng"),
        ("a.rng?version=2#top", "tei/a.rng"),
        ("{}/schemas/a.rng", "schemas/a.rng"),
    ],
)
def test_addresses_are_resolved_from_the_document(edition: Path, href: str, path: str) -> None:
    instruction = f'<?xml-model href="{href.format(edition.as_uri())}" {RELAXNG}?>'
    ((found),) = named(instruction, (edition / "tei" / "poem.xml").as_uri())
    assert found.path == edition / path


def test_a_document_from_memory_names_files_of_the_working_directory() -> None:
    ((found),) = named(f'<?xml-model href="a.rng" {RELAXNG}?>', "")
    assert found.path == Path("a.rng")


@pytest.mark.parametrize("href", ["../../a.rng", "file:///etc/passwd", "/etc/passwd", "link.rng", "/dev/zero"])
def test_nothing_outside_of_the_project_is_read(edition: Path, href: str) -> None:
    (edition / "tei" / "link.rng").symlink_to("/etc/passwd")
    uri = (edition / "tei" / "poem.xml").as_uri()
    xsi = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
    for text in (f'<?xml-model href="{href}"?><x/>', f'<x {xsi} i:noNamespaceSchemaLocation="{href}"/>'):
        with pytest.raises(SchemaError, match="outside of the document's project"):
            associated(Document.parse(text, "poem.xml", uri))


def test_a_pipe_is_not_waited_for(edition: Path) -> None:
    os.mkfifo(edition / "tei" / "pipe")
    with pytest.raises(SchemaError, match="not a regular file"):
        named('<?xml-model href="pipe"?>', (edition / "tei" / "poem.xml").as_uri())


@pytest.mark.parametrize(
    ("announced", "kind"),
    [
        ('schematypens="http://purl.oclc.org/dsdl/schematron"', "Schematron"),
        ('type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"', "RELAX NG"),
        ('type="application/relax-ng+xml"', "RELAX NG"),
        ('type="application/xml"', "XSD"),
        ("", "XSD"),
    ],
)
def test_the_kind_is_announced_or_seen(announced: str, kind: str) -> None:
    found = named(f'<?xml-model href="poem.xsd" {announced}?>', (FOLDER / "x.xml").as_uri())
    assert [a.kind for a in found] == [kind]


def test_the_same_schema_twice_is_one() -> None:
    instruction = f'<?xml-model href="poem.rng" {RELAXNG}?>'
    document = Document.parse(f"{instruction}{instruction}<poem/>", "poem.xml", (FOLDER / "x.xml").as_uri())
    assert [a.href for a in associated(document)] == ["poem.rng", "poem.rng"]
    checking = Checking(document, frozenset(), None, 0)
    assert [schema.name for schema in checking.chosen((), None)] == ["poem.rng"]


def test_the_addresses_on_the_root_are_every_second_word() -> None:
    document = Document.parse(
        '<x xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="urn:a a.xsd  urn:c c.xsd"/>'
    )
    assert [a.href for a in associated(document)] == ["a.xsd", "c.xsd"]


def test_an_address_on_the_web_means_the_toolkits_own_schema_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "poem.rng").write_bytes((FOLDER / "poem.rng").read_bytes())
    monkeypatch.setattr(assets, "folder", lambda _kind: tmp_path)
    (found,) = named(f'<?xml-model href="https://example.org/schemas/poem.rng" {RELAXNG}?>')
    assert found.path == tmp_path / "poem.rng"
    for other in ("other.rng", "", "..", "%2e%2e%2fpoem.rng", "x" * 300, "a%00b"):
        with pytest.raises(SchemaError, match="is on the web and not in the schema store"):
            named(f'<?xml-model href="https://example.org/schemas/{other}" {RELAXNG}?>')


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        ("<?xml-model nonsense?>", "malformed"),
        ('<?xml-model type="application/xml"?>', "names no schema"),
        (f'<?xml-model href="//host/a.rng" {RELAXNG}?>', "not in a file"),
        (f'<?xml-model href="ftp://host/a.rng" {RELAXNG}?>', "not in a file"),
        (f'<?xml-model href="data:,x" {RELAXNG}?>', "not in a file"),
        (f'<?xml-model href="http://[x" {RELAXNG}?>', "not an address"),
        ('<?xml-model href="a%00b"?>', "a file can have"),
        ('<?xml-model href="a.nvdl" type="application/nvdl+xml"?>', "NVDL"),
        ('<?xml-model href="a.dtd" type="application/xml-dtd"?>', "DTD"),
        ('<?xml-model href="a.x" schematypens="urn:dsdl:nvdl"?>', "urn:dsdl:nvdl"),
        ('<?xml-model href="nowhere.xml"?>', "no such file"),
    ],
)
def test_what_cannot_be_followed_is_one_sentence(instruction: str, words: str) -> None:
    with pytest.raises(SchemaError, match=words) as caught:
        named(instruction)
    assert "\n" not in str(caught.value)


def test_a_document_cannot_show_a_file_that_is_no_schema(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("what nobody may read")
    with pytest.raises(SchemaError) as caught:
        named('<?xml-model href="secret"?>', (tmp_path / "poem.xml").as_uri())
    assert "nobody" not in str(caught.value)


@given(st.text())
def test_no_instruction_breaks_the_toolkit(text: str) -> None:
    try:
        document = Document.parse(f"<?xml-model {text}?><poem/>", "poem.xml", "file:///nowhere/at/all/poem.xml")
    except ToolkitError:
        return
    try:
        found = associated(document)
    except SchemaError:
        return
    assert isinstance(found, tuple)


@given(st.text(alphabet="abc:/.?#[]%0\\ ", max_size=12))
def test_no_address_breaks_the_toolkit(href: str) -> None:
    document = Document.parse(f'<?xml-model href="{href}" {RELAXNG}?><poem/>', "poem.xml", "file:///nowhere/poem.xml")
    ((_naming, outcome),) = traced(document)
    assert isinstance(outcome, SchemaError | Association)


@pytest.mark.parametrize("read", [Document.read, Source.read])
def test_a_document_need_not_be_parsed(read: Callable[[Path], Document | Source]) -> None:
    found = associated(read(FOLDER / "poem.xml"))
    assert [(a.path.name, a.location.line, a.location.column) for a in found] == [
        ("poem.rng", 2, 1),
        ("poem rules.sch", 3, 1),
        ("poem.xsd", 7, 1),
    ]


def test_a_document_that_breaks_off_after_its_root_names_its_schemas() -> None:
    source = Source.parse(f'<?xml-model href="a.rng" {RELAXNG}?><a><b', "poem.xml")
    assert [a.href for a in associated(source)] == ["a.rng"]


def test_instructions_after_the_root_or_in_the_doctype_mean_nothing() -> None:
    text = f'<!DOCTYPE a [<?xml-model href="no.rng" {RELAXNG}?>]><a><?xml-model href="no.rng"?></a><?xml-model x?>'
    assert associated(Source.parse(text, "poem.xml")) == ()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.rnc", b"start = element poem { empty }", "RELAX NG"),
        ("a", b"# a comment\ndefault namespace = 'urn:x'\nelement poem { empty }", "RELAX NG"),
        ("a.isosch", b'<schema xmlns="http://purl.oclc.org/dsdl/schematron"/>', "Schematron"),
    ],
)
@pytest.mark.parametrize("announced", ["", 'type="application/relax-ng-compact-syntax"'])
def test_compact_syntax_by_type_or_content(edition: Path, name: str, data: bytes, kind: str, announced: str) -> None:
    (edition / "tei" / name).write_bytes(data)
    instruction = f'<?xml-model href="{name}" {announced}?>'
    (found,) = named(instruction, (edition / "tei" / "poem.xml").as_uri())
    assert found.kind == ("RELAX NG" if announced else kind)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.odd", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "schema compile a.odd --source"),
        ("a.xml", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><schemaSpec ident="x"/></TEI>', "schema compile a.xml"),
        ("a.xml", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "not a schema"),
        ("a.dtd", b"<!ELEMENT a EMPTY>", "this is a DTD"),
    ],
)
def test_what_else_is_named_as_a_schema_is_told_apart(edition: Path, name: str, data: bytes, words: str) -> None:
    (edition / "tei" / name).write_bytes(data)
    with pytest.raises(SchemaError, match=words):
        named(f'<?xml-model href="{name}"?>', (edition / "tei" / "poem.xml").as_uri())


def catalogue(path: Path, address: str, target: str) -> str:
    path.write_text(f'<catalog xmlns="{NAMESPACE}"><uri name="{address}" uri="{target}"/></catalog>')
    return path.name


def test_a_catalog_may_lead_out_of_the_project(edition: Path) -> None:
    catalogue(edition / "catalog.xml", "https://example.org/a.rng", "../shared.rng")
    (found,) = named(f'<?xml-model href="https://example.org/a.rng" {RELAXNG}?>', (edition / "tei/a.xml").as_uri())
    assert (found.path, found.found.by) == (edition.parent / "shared.rng", "catalog")


@pytest.mark.parametrize(
    ("before", "target", "leads"),
    [
        ("", "../a.rng", True),
        ("<?xml-model href='b.rng' type='application/relax-ng+xml'?>", "../a.rng", False),
        ("", "/etc/passwd", False),
        ("", "https://example.org/b.rng", False),
    ],
)
def test_a_document_may_name_a_catalog_of_its_project(edition: Path, before: str, target: str, leads: bool) -> None:
    """XML Catalogs 1.1, 5.1: before other instructions with addresses; and it leads to files of the project only."""
    name = catalogue(edition / "tei" / "own.xml", "https://example.org/a.rng", target)
    text = f'{before}<?oasis-xml-catalog catalog="{name}"?><?xml-model href="https://example.org/a.rng" {RELAXNG}?>'
    if leads:
        (found,) = named(text, (edition / "tei" / "poem.xml").as_uri())
        assert found.path == edition / "a.rng"
    else:
        with pytest.raises(SchemaError, match="not in the schema store"):
            named(text, (edition / "tei" / "poem.xml").as_uri())


@pytest.mark.parametrize(
    "catalog", ["../../outside.xml", "https://example.org/catalog.xml", "http://[x", "nothing.xml"]
)
def test_a_catalog_of_elsewhere_is_passed_over(edition: Path, catalog: str) -> None:
    catalogue(edition.parent / "outside.xml", "https://example.org/a.rng", "edition/a.rng")
    text = f'<?oasis-xml-catalog catalog="{catalog}"?><?xml-model href="https://example.org/a.rng" {RELAXNG}?>'
    with pytest.raises(SchemaError, match=r"not in the schema store|is not an address"):
        named(text, (edition / "tei" / "poem.xml").as_uri())


def test_every_naming_is_traced_also_those_that_lead_nowhere(edition: Path) -> None:
    (edition / "tei" / "a.rng").write_text('<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>')
    text = '<?xml-model href="https://example.org/x.rng"?><?xml-model href="a.rng"?><?xml-model?><a/>'
    source = Source.parse(text, "poem.xml", (edition / "tei" / "poem.xml").as_uri())
    outcomes = [outcome for _, outcome in traced(source)]
    assert [type(outcome) for outcome in outcomes] == [SchemaError, Association, SchemaError]
    assert "teiwright schema add https://example.org/x.rng" in str(outcomes[0])


def test_a_damaged_schema_in_the_store_is_an_error(edition: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    grammar = b'<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>'
    address = "https://example.org/a.rng"
    store.path(store.add(address, lambda asked: Fetched((asked,), grammar), "2026-11-23").schema).write_bytes(b"<x/>")
    source = Source.parse(f'<?xml-model href="{address}" {RELAXNG}?><a/>', "poem.xml")
    with pytest.raises(SchemaError, match="mend it: teiwright schema add https://example") as caught:
        associated(source, Resolver(stores=(store.folder,)))
    assert str(caught.value).startswith("poem.xml:1:1: ")
