"""A schema is found by name or path, told by its content, and answers with a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from places import CASES, ROOT
from teiwright import assets, schema
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.names import Kind
from teiwright.opening import Opening
from teiwright.schema import Schema, kind_of
from teiwright.source import Source

FOLDER = CASES / "schema"
XSD = "http://www.w3.org/2001/XMLSchema"
SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
RULES = FOLDER / "poem rules.sch"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of schemas in the place of the toolkit's own."""
    for name in ("poem.rng", "poem.xsd", "poem rules.sch"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    monkeypatch.setattr(assets, "folder", lambda _kind: tmp_path)
    return tmp_path


def test_the_content_tells_the_kind() -> None:
    assert kind_of(FOLDER / "poem.rng") == "RELAX NG"
    assert kind_of(FOLDER / "poem.xsd") == "XSD"
    assert kind_of(RULES) == "Schematron"


@pytest.mark.parametrize(
    ("name", "kind", "title", "codes"),
    [
        ("poem.xsd", "XSD", ' title=""', []),
        ("poem.xsd", "XSD", "", ["xsd-attribute-missing"]),
        ("poem rules.sch", "Schematron", ' title="long title"', ["never", "short"]),
    ],
)
def test_a_schema_answers_with_a_report(name: str, kind: str, title: str, codes: list[str]) -> None:
    loaded = Schema.load(FOLDER / name)
    report = loaded.validate(Document.parse(f"<poem{title}/>", "poem.xml"))
    assert (loaded.name, loaded.kind) == (name, kind)
    assert [d.code for d in report] == codes
    assert (report.documents, report.checks) == (("poem.xml",), (name,))
    assert report.passed == (not codes)


@pytest.mark.parametrize("name", ["poem.rng", "poem.xsd", "poem rules.sch"])
def test_a_document_need_not_be_parsed_before(name: str) -> None:
    loaded = Schema.load(FOLDER / name)
    source = Source.parse('<poem title=" "/>', "poem.xml")
    assert loaded.validate(source) == loaded.validate(Document.of(source))
    assert loaded.validate(source).documents == ("poem.xml",)


def test_relax_ng_is_validated_as_a_grammar() -> None:
    pytest.importorskip("teiwright.relaxng.grammar", reason="the RELAX NG engine is not here")
    loaded = Schema.load(FOLDER / "poem.rng")
    assert loaded.kind == "RELAX NG"
    assert loaded.validate(Document.parse('<poem title=""/>')).passed
    assert not loaded.validate(Document.parse("<poem/>")).passed


def test_a_grammar_may_be_asked_for_its_rules() -> None:
    loaded = Schema.load(FOLDER / "poem.rng", kind="Schematron")
    assert loaded.kind == "Schematron"
    assert [d.code for d in loaded.validate(Document.parse('<poem title=" "/>'))] == ["titled"]


def test_a_phase_is_handed_on() -> None:
    report = Schema.load(RULES, phase="finala").validate(Document.parse('<poem title="long title"/>'))
    assert [d.code for d in report] == ["short"]


@pytest.mark.parametrize("name", ["poem", "poem.rng", "poem.xsd", "poem rules", "poem rules.sch"])
def test_a_bare_name_is_one_of_the_toolkits_schemas(own: Path, name: str) -> None:
    assert schema.found(name).parent == own


def test_a_bare_name_means_the_grammar_first(own: Path) -> None:
    assert schema.found("poem") == own / "poem.rng"


def test_a_file_of_that_name_goes_before_the_toolkits(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "work"
    here.mkdir()
    (here / "poem.rng").write_text("<x/>")
    monkeypatch.chdir(here)
    assert schema.found("poem.rng") == Path("poem.rng")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nothing", "no schema of that name"),
        ("nothing.rng", "no schema of that name"),
        ("lenin.rn", 'did you mean "lenin.rng"'),
        ("no/such.rng", "no such file"),
        ("http://www.tei-c.org/a.rng", "fetch it: teiwright schema add https://www.tei-c.org/a.rng"),
        ("https://www.tei-c.org/a.rng", "fetch it: teiwright schema add https://www.tei-c.org/a.rng"),
        ("https://[x", "not an address"),
        ("urn:x", "not in a file"),
        ("file:///no/such.rng", "no such file"),
        ("a\0b", "no file can"),
        ("x" * 300, "no schema of that name"),
        (".", "folder|no schema of that name"),
    ],
)
def test_a_schema_that_is_not_there_is_one_sentence(name: str, words: str) -> None:
    with pytest.raises(SchemaError, match=words):
        Schema.load(name)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.rng", b"", "empty"),
        ("x.rng", b"secret", "does not begin as XML"),
        ("x.rng", b"<secret/>", "not a schema"),
        ("x.rng", b"<!DOCTYPE grammar SYSTEM 'x'><grammar xmlns='urn:secret'/>", "not a schema"),
        ("x.rng", b"<a><secret>", "not a schema"),
        ("x.rng", b"\xff\xfe\x00", "cannot be decoded|does not begin|encoding"),
        ("x.rng", b"secret = password", "does not begin as XML"),
        ("x.odd", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "teiwright schema compile x.odd"),
        ("x.dtd", b"<!ELEMENT secret (#PCDATA)>", "DTD"),
        ("x.ent", b"<!-- c --><!ELEMENT secret (#PCDATA)>", "DTD"),
        ("x.rng", b"\x89PNG\r\n\x1a\n\x00\x00", "encoding|decoded|begin"),
    ],
)
def test_what_is_no_schema_is_refused_without_showing_it(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SchemaError, match=words) as caught:
        Schema.load(tmp_path / name)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"start = element poem { empty }",
        b"\xef\xbb\xbfelement poem { empty }",
        b'# comment\n\n  namespace tei = "http://www.tei-c.org/ns/1.0"\nelement poem { empty }',
        b'datatypes d = "http://www.w3.org/2001/XMLSchema-datatypes"\nelement poem { empty }',
        b"grammar { start = element poem { empty } }",
        b"[ xml:lang = 'y' ] element poem { empty }",
        b"poem |= element poem { empty }\nstart = poem",
        b"\\start &= element poem { empty }\nstart = \\start",
    ],
)
def test_compact_syntax_is_told_by_its_content(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "schema").write_bytes(data)
    assert kind_of(tmp_path / "schema") == "RELAX NG"
    assert Schema.load(tmp_path / "schema").validate(Document.parse("<poem/>")).passed


def test_a_schema_announced_as_another_kind_is_refused() -> None:
    with pytest.raises(SchemaError, match="named as RELAX NG, but is XSD"):
        Schema.load(FOLDER / "poem.xsd", kind="RELAX NG")
    with pytest.raises(SchemaError, match="named as Schematron, but is XSD"):
        Schema.load(FOLDER / "poem.xsd", kind="Schematron")


def test_the_opening_of_a_file_ends_at_its_root() -> None:
    opening = Opening.of("<?a b?>\n <!--<?c d?>--><?e f\n g?><r xmlns='u'><?h i?></r>")
    assert [(i.target, i.text, i.line, i.column) for i in opening.instructions] == [
        ("a", "b", 1, 1),
        ("e", "f\n g", 2, 16),
    ]
    assert (opening.has_root, opening.namespace) == (True, "u")


def test_a_kind_is_its_word() -> None:
    assert [*map(str, Kind)] == ["RELAX NG", "XSD", "Schematron"]
    assert Schema.load(FOLDER / "poem.xsd").kind is Kind.XSD


@pytest.mark.parametrize("name", ["poem.rng", "poem.xsd", "poem rules.sch"])
def test_a_schema_is_read_once(name: str) -> None:
    assert Schema.load(FOLDER / name) is Schema.load(FOLDER / name)


def test_each_use_of_a_file_is_a_schema_of_its_own() -> None:
    grammar = FOLDER / "poem.rng"
    assert Schema.load(grammar, kind="Schematron").kind != Schema.load(grammar).kind
    assert Schema.load(RULES, phase="finala") is not Schema.load(RULES)


@pytest.mark.parametrize("changed", ["whole", "part"])
@pytest.mark.parametrize("language", ["rng", "xsd", "sch"])
def test_a_schema_is_read_again_when_one_of_its_files_changes(tmp_path: Path, language: str, changed: str) -> None:
    wholes = {
        "rng": '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><include href="part.rng"/></grammar>',
        "xsd": f'<xs:schema xmlns:xs="{XSD}"><xs:include schemaLocation="part.xsd"/></xs:schema>',
        "sch": f'<schema xmlns="{SCHEMATRON}"><include href="part.sch"/></schema>',
    }
    parts = {
        "rng": '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><element name="poem"><empty/></element>'
        "</start></grammar>",
        "xsd": f'<xs:schema xmlns:xs="{XSD}"><xs:element name="poem"/></xs:schema>',
        "sch": f'<pattern xmlns="{SCHEMATRON}"><rule context="*"><assert test="self::poem">no</assert></rule></pattern>',
    }
    whole, part = tmp_path / f"whole.{language}", tmp_path / f"part.{language}"
    whole.write_text(wholes[language])
    part.write_text(parts[language])
    document = Document.parse("<poem/>")
    assert Schema.load(whole).validate(document).passed
    part.write_text(parts[language].replace("poem", "other"))
    if changed == "whole":
        whole.write_text(wholes[language].replace("part.", "other."))
        part.rename(tmp_path / f"other.{language}")
    assert not Schema.load(whole).validate(document).passed


def test_assets_are_in_the_checkout_or_in_the_wheel(tmp_path: Path) -> None:
    assert assets.folder("schemas") == ROOT / "schemas"
    package = tmp_path / "site" / "teiwright"
    package.mkdir(parents=True)
    assert assets.folder("xslt", package) == tmp_path / "xslt"
    (package / "data" / "xslt").mkdir(parents=True)
    assert assets.folder("xslt", package) == package / "data" / "xslt"
