"""Which file an address or a name leads to: catalogs, files, stores, the toolkit's own, in this order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright import assets
from teiwright.address import AddressError
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.schema import Schema
from teiwright.schemas.catalog import NAMESPACE
from teiwright.schemas.resolution import Found, Resolver
from teiwright.schemas.store import Store
from teiwright.schemas.store.bundle import Fetched
from teiwright.xsd import Xsd

WEB = "https://example.org/schemas/"
GRAMMAR = '<grammar xmlns="http://relaxng.org/ns/structure/1.0">{}</grammar>'
START = '<start><element name="{}"><empty/></element></start>'


def grammar(name: str) -> str:
    return GRAMMAR.format(START.format(name))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder; nothing of the user's own is looked at."""
    monkeypatch.setenv("TEIWRIGHT_STORE", str(tmp_path / "user"))
    monkeypatch.delenv("XML_CATALOG_FILES", raising=False)
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "teiwright.toml").touch()
    return folder


def catalog(path: Path, entries: str) -> Path:
    path.write_text(f'<catalog xmlns="{NAMESPACE}">{entries}</catalog>')
    return path


def kept(folder: Path, address: str, name: str, text: str) -> Store:
    store = Store(folder)
    store.add(address, lambda asked: Fetched((asked,), text.encode()), "2026-11-23", name)
    return store


def test_the_order_of_addresses(project: Path, tmp_path: Path) -> None:
    kept(tmp_path / "user", f"{WEB}a.rng", "users", grammar("user"))
    address = f"{WEB}a.rng"
    assert Resolver.of(project).found(address) == Found(
        Store(tmp_path / "user").path(Store(tmp_path / "user").schemas[0]), "store", "users"
    )
    kept(project / "kept", address, "projects", grammar("project"))
    found = Resolver.of(project, stores=[project / "kept"]).found(address)
    assert found is not None
    assert (found.by, found.stored_as) == ("store", "projects")
    catalog(project / "catalog.xml", f'<uri name="{address}" uri="local.rng"/>')
    assert Resolver.of(project, stores=[project / "kept"]).found(address) == Found(project / "local.rng", "catalog")
    given = catalog(tmp_path / "given.xml", f'<uri name="{address}" uri="given.rng"/>')
    assert Resolver.of(project, [given]).found(address) == Found(tmp_path / "given.rng", "catalog")


def test_an_address_that_nobody_knows(project: Path) -> None:
    assert Resolver.of(project).found(f"{WEB}a.rng") is None
    assert Resolver.of(project).found("urn:a") is None
    assert Resolver.of(project).found("ftp://example.org/a") is None
    with pytest.raises(AddressError):
        Resolver.of(project).found("http://[x")


def test_catalogs_of_the_environment(project: Path, tmp_path: Path) -> None:
    one = catalog(tmp_path / "one.xml", f'<uri name="{WEB}a" uri="one"/>')
    (tmp_path / "b c").mkdir()
    two = catalog(tmp_path / "b c" / "two.xml", f'<uri name="{WEB}a" uri="two"/><uri name="{WEB}b" uri="two"/>')
    listing = f"{tmp_path}/nothing.xml  {one}\n{two.as_uri()} https://example.org/catalog.xml"
    resolver = Resolver.of(project, environment={"XML_CATALOG_FILES": listing, "HOME": str(tmp_path)})
    assert resolver.found(f"{WEB}a") == Found(tmp_path / "one", "catalog")
    assert resolver.found(f"{WEB}b") == Found(tmp_path / "b c" / "two", "catalog")


def test_the_projects_catalog_goes_before_those_of_the_environment(project: Path, tmp_path: Path) -> None:
    other = catalog(tmp_path / "other.xml", f'<uri name="{WEB}a" uri="other"/>')
    catalog(project / "catalog.xml", f'<uri name="{WEB}a" uri="own"/>')
    resolver = Resolver.of(project, environment={"XML_CATALOG_FILES": str(other), "HOME": str(tmp_path)})
    assert resolver.found(f"{WEB}a") == Found(project / "own", "catalog")


@pytest.mark.parametrize("text", ['<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "<catalog/>", "nonsense"])
def test_a_catalogue_of_another_kind_is_none(project: Path, text: str) -> None:
    (project / "catalog.xml").write_text(text)
    assert Resolver.of(project).catalogs == ()


def test_an_empty_file_of_that_name_is_none(project: Path) -> None:
    (project / "catalog.xml").touch()
    assert Resolver.of(project).catalogs == ()


def test_a_broken_catalog_is_an_error(project: Path, tmp_path: Path) -> None:
    (project / "catalog.xml").write_text(f'<catalog xmlns="{NAMESPACE}"><uri/></catalog>')
    with pytest.raises(SchemaError, match="no attribute"):
        Resolver.of(project).found(f"{WEB}a")
    with pytest.raises(SchemaError, match="no such catalog"):
        Resolver.of(project, [tmp_path / "nothing.xml"])


def test_a_part_of_a_stored_schema_is_found_by_its_address_too(project: Path, tmp_path: Path) -> None:
    web = {f"{WEB}main.rng": GRAMMAR.format('<include href="part.rng"/>'), f"{WEB}part.rng": grammar("poem")}
    Store(tmp_path / "user").add(
        f"{WEB}main.rng", lambda asked: Fetched((asked,), web[asked].encode()), "2026-11-23", "main"
    )
    found = Resolver.of(project).found("http://example.org/schemas/part.rng")
    assert found is not None
    assert (found.stored_as, found.path.read_text()) == ("main", web[f"{WEB}part.rng"])
    (project / "own.rng").write_text(GRAMMAR.format(f'<include href="{WEB}part.rng"/>'))
    assert Schema.load(project / "own.rng").validate(Document.parse("<poem/>")).passed


def test_a_catalog_may_lead_to_what_the_store_has(project: Path, tmp_path: Path) -> None:
    kept(tmp_path / "user", f"{WEB}new.rng", "new", grammar("user"))
    catalog(project / "catalog.xml", f'<rewriteURI uriStartString="http://old.example/" rewritePrefix="{WEB}"/>')
    found = Resolver.of(project).found("http://old.example/new.rng")
    assert found is not None
    assert found.stored_as == "new"
    assert Resolver.of(project).found("http://old.example/other.rng") is None


def test_a_catalog_sees_the_address_as_written_then_the_absolute_one(project: Path) -> None:
    base = (project / "tei" / "poem.xml").as_uri()
    entries = f'<uri name="../a.rng" uri="as-written"/><uri name="{project.as_uri()}/b.rng" uri="absolute"/>'
    catalog(project / "catalog.xml", entries)
    assert Resolver.of(project).found("../a.rng", base) == Found(project / "as-written", "catalog")
    assert Resolver.of(project).found("../b.rng#x", base) == Found(project / "absolute", "catalog")
    assert Resolver.of(project).found("../c.rng", base) == Found(project / "c.rng", "file")


def test_a_public_identifier_in_an_address(project: Path) -> None:
    catalog(project / "catalog.xml", '<public publicId="-//TEI//All//EN" uri="all.rng"/>')
    assert Resolver.of(project).found("urn:publicid:-:TEI:All:EN") == Found(project / "all.rng", "catalog")


@pytest.mark.parametrize("by", ["catalog", "store"])
@pytest.mark.parametrize("language", ["rng", "sch", "xsd", "rnc"])
def test_schemas_follow_their_references_so_too(project: Path, tmp_path: Path, language: str, by: str) -> None:
    address = f"{WEB}part.{language}"
    wholes = {
        "rng": GRAMMAR.format(f'<include href="{address}"/>'),
        "rnc": f'include "{address}"',
        "sch": f'<schema xmlns="http://purl.oclc.org/dsdl/schematron"><include href="{address}"/></schema>',
        "xsd": f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="{address}"/></xs:schema>',
    }
    parts = {
        "rng": grammar("poem"),
        "rnc": "start = element poem { empty }",
        "sch": '<pattern xmlns="http://purl.oclc.org/dsdl/schematron"><rule context="*"><assert test="self::poem">no'
        "</assert></rule></pattern>",
        "xsd": '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="poem"/></xs:schema>',
    }
    whole, part = project / f"whole.{language}", project / f"local.{language}"
    whole.write_text(wholes[language])
    with pytest.raises(SchemaError):
        Schema.load(whole, resolver=Resolver.of(project))
    if by == "catalog":
        part.write_text(parts[language])
        catalog(project / "catalog.xml", f'<uri name="{address}" uri="{part.name}"/>')
    else:
        kept(tmp_path / "user", address, "", parts[language])
    schema = Schema.load(whole, resolver=Resolver.of(project))
    assert schema.validate(Document.parse("<poem/>")).passed
    assert not schema.validate(Document.parse("<prose/>")).passed


def test_both_processors_of_xml_schema_have_the_parts(project: Path) -> None:
    start = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    (project / "whole.xsd").write_text(f'{start}<xs:include schemaLocation="{WEB}part.xsd"/></xs:schema>')
    (project / "part.xsd").write_text(f'{start}<xs:element name="poem"/></xs:schema>')
    catalog(project / "catalog.xml", f'<uri name="{WEB}part.xsd" uri="part.xsd"/>')
    schema = Schema.load(project / "whole.xsd", resolver=Resolver.of(project))
    assert isinstance(schema.validator, Xsd)
    assert schema.validator.verdict is not None  # libxml2's
    (finding,) = schema.validate(Document.parse("<prose/>"))
    assert 'expected "poem"' in finding.message  # xmlschema's


def test_the_order_of_names(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "poem.rng").write_text(grammar("own"))
    monkeypatch.setattr(assets, "folder", lambda _kind: tmp_path / "own")
    monkeypatch.chdir(project)
    settings = project / "schemas" / "poem.rng"

    def led_to(resolver: Resolver) -> str:
        accepted = ("own", "user", "project", "settings", "here")
        schema = Schema.load("poem.rng", resolver=resolver)
        return next(name for name in accepted if schema.validate(Document.parse(f"<{name}/>")).passed)

    assert led_to(Resolver.of(project)) == "own"
    kept(tmp_path / "user", f"{WEB}poem.rng", "", grammar("user"))
    assert led_to(Resolver.of(project)) == "user"
    kept(project / "kept", f"{WEB}poem.rng", "", grammar("project"))
    assert led_to(Resolver.of(project, stores=[project / "kept"])) == "project"
    settings.parent.mkdir()
    settings.write_text(grammar("settings"))
    assert led_to(Resolver.of(project, stores=[project / "kept"], schemas=[settings])) == "settings"
    (project / "poem.rng").write_text(grammar("here"))
    assert led_to(Resolver.of(project, stores=[project / "kept"], schemas=[settings])) == "here"


def test_a_name_may_leave_out_its_ending(project: Path, tmp_path: Path) -> None:
    kept(tmp_path / "user", f"{WEB}tei_all.rng", "", grammar("TEI"))
    assert Schema.load("tei_all").name == "tei_all.rng"


def test_a_name_that_is_nearly_right(project: Path, tmp_path: Path) -> None:
    kept(tmp_path / "user", f"{WEB}tei_all.rng", "", grammar("TEI"))
    with pytest.raises(SchemaError, match=r'did you mean "tei_all\.rng"\?'):
        Schema.load("tei_al.rng")


@given(st.text(max_size=20), st.sampled_from(["", "file:///nowhere/poem.xml", WEB]))
def test_no_address_breaks_the_toolkit(href: str, base: str) -> None:
    try:
        found = Resolver().found(href, base)
    except AddressError:
        return
    assert found is None or found.by == "file"
