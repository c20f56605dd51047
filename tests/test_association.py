"""The schemas a document names: by xml-model instructions and by XML Schema's attributes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import CASES
from teiwright import assets, association
from teiwright.association import Association, associated, pseudo_attributes
from teiwright.document import Document
from teiwright.errors import SchemaError, ToolkitError

FOLDER = CASES / "schema"
RELAXNG = 'schematypens="http://relaxng.org/ns/structure/1.0"'


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
    document = Document.parse(
        '<x xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
        ' i:schemaLocation="urn:a a.xsd  urn:b a.xsd urn:c c.xsd"/>'
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
        with pytest.raises(SchemaError, match="is on the web and is not fetched"):
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
        ('<?xml-model href="a.rnc" type="application/relax-ng-compact-syntax"?>', "compact"),
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


@given(st.text(alphabet="abc:/.?#[]%0\\& ", max_size=12))
def test_no_address_breaks_the_toolkit(href: str) -> None:
    document = Document.parse("<poem/>", "poem.xml", "file:///nowhere/poem.xml")
    try:
        path = association.located(href, document, "poem.xml")
    except SchemaError:
        return
    assert isinstance(path, Path)
