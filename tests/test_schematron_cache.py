"""A schema's stylesheet in the cache: the same findings, and never those of a schema as it was before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from places import SHARED, needs_shared
from schematron_schemas import ALWAYS, rule, schema
from teiwright.address import project_folder
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.schemas.resolution import Resolver, resolving
from teiwright.schematron import Schematron, entry, source
from teiwright.schematron.compiling import Selected


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[list[str], bool]]:
    """A function that gives what a schema says and whether it was read anew; its cache is empty at first."""
    monkeypatch.setenv("TEIWRIGHT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("TEIWRIGHT_NO_CACHE", raising=False)
    reads: list[Path] = []
    original = source.read
    monkeypatch.setattr(source, "read", lambda path, files: (reads.append(path), original(path, files))[1])

    def run(path: Path, phase: str | None = None) -> tuple[list[str], bool]:
        before = len(reads)
        found = Schematron.read(path, phase).validate(Document.parse('<a n="x"><b/></a>'))
        said = [f"{d.location} {d.severity} {d.code} {d.message} {d.see} {d.properties}" for d in found]
        return said, len(reads) > before

    return run


CONTENT = (
    '<include href="part.sch"/><phase id="f"><active pattern="p"/></phase><pattern id="p"><rule context="a" see="#s" flag="g">'
    '<report test="xs:integer(@n)">x</report><report test="1" role="warning">ä <value-of select="@n"/></report></rule></pattern>'
    f'<pattern documents="\'none.xml\'"><rule context="b">{ALWAYS.format("y")}</rule></pattern>'
)
PART = '<pattern xmlns="http://purl.oclc.org/dsdl/schematron"><rule context="b"><report test="1">{}</report></rule></pattern>'


def test_what_is_kept_says_the_same(tmp_path: Path, cached: Callable[..., tuple[list[str], bool]]) -> None:
    (tmp_path / "part.sch").write_text(PART.format("part"))
    path = schema(tmp_path, CONTENT)
    first, read = cached(path)
    assert (read, len(first)) == (True, 4)
    assert cached(path) == (first, False)
    assert Schematron.read(path).files == (path, tmp_path / "part.sch")


def test_a_change_of_any_file_is_seen(tmp_path: Path, cached: Callable[..., tuple[list[str], bool]]) -> None:
    (tmp_path / "part.sch").write_text(PART.format("part"))
    path = schema(tmp_path, CONTENT)
    cached(path)
    (tmp_path / "part.sch").write_text(PART.format("changed"))
    said, read = cached(path)
    assert read
    assert any("changed" in one for one in said)
    path.write_text(path.read_text().replace("#s", "#t"))
    said, read = cached(path)
    assert read
    assert any("#t" in one for one in said)
    (tmp_path / "part.sch").unlink()
    with pytest.raises(SchemaError, match="no such file"):
        cached(path)


def test_phases_are_kept_apart(tmp_path: Path, cached: Callable[..., tuple[list[str], bool]]) -> None:
    (tmp_path / "part.sch").write_text(PART.format("part"))
    path = schema(tmp_path, CONTENT)
    whole, _ = cached(path)
    phase, read = cached(path, "f")
    assert read
    assert len(phase) == len(whole) - 2
    assert cached(path, "f") == (phase, False)
    assert cached(path) == (whole, False)


def test_equal_schemas_in_other_folders_borrow_from_there(
    tmp_path: Path, cached: Callable[..., tuple[list[str], bool]]
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part.sch").write_text(PART.format(name))
    assert any("one" in said for said in cached(schema(tmp_path / "one", CONTENT))[0])
    assert any("two" in said for said in cached(schema(tmp_path / "two", CONTENT))[0])


def test_a_schema_that_does_not_compile_is_not_kept(
    tmp_path: Path, cached: Callable[..., tuple[list[str], bool]]
) -> None:
    path = schema(tmp_path, rule("a", '<report test="1 +">x</report>'))
    for _ in range(2):
        with pytest.raises(SchemaError, match="not valid XPath"):
            cached(path)
    assert entry.load(path, None) is None


def test_rules_that_a_document_cannot_meet_are_compiled_when_one_can(
    tmp_path: Path, cached: Callable[..., tuple[list[str], bool]]
) -> None:
    content = f'<pattern><rule context="x/b[1]">{ALWAYS.format("b")}</rule><rule context="x/*">{ALWAYS.format("any")}</rule></pattern>'
    content += (
        rule("c | d", ALWAYS.format("c or d"))
        + "\n"
        + rule("d[xs:integer(.)]", ALWAYS.format("x"))
        + rule("@b", ALWAYS.format("@b"))
    )
    path = schema(tmp_path, content)
    whole = Schematron.read(path)
    kept = Schematron.read(path)
    assert not isinstance(whole.executable, Selected)
    assert isinstance(kept.executable, Selected)
    for text in (
        "<x><b/><b/></x>",
        "<y b='1'/>",
        "<x><c/></x>",
        "<x><q:d xmlns:q='urn:q'/><d>y</d></x>",
        "<x><b/></x>",
    ):
        document = Document.parse(text)
        assert list(kept.validate(document)) == list(whole.validate(document))
    assert kept.executable.names is None


@needs_shared
def test_teis_rules_find_the_same_by_name_and_all_together(cached: Callable[..., tuple[list[str], bool]]) -> None:
    path = SHARED / "tei" / "tei_all.isosch"
    whole = Schematron.read(path)
    for name in ("detest.xml", "testms.xml", "testnames.xml", "testbasic.xml"):
        document = Document.read(SHARED / "samples" / "tei-p5-test" / name)
        kept = Schematron.read(path)
        assert list(kept.validate(document)) == list(whole.validate(document))
        assert isinstance(kept.executable, Selected)
        assert len(kept.executable.names or ()) < len(kept.executable.ruled)


def test_a_schema_without_rules_is_kept(tmp_path: Path, cached: Callable[..., tuple[list[str], bool]]) -> None:
    path = schema(tmp_path, "")
    first, _ = cached(path)
    assert "no-rules" in first[0]
    assert cached(path) == (first, False)


CATALOG = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><uri name="part.sch" uri="{}"/></catalog>'


def test_what_a_catalog_says_now_counts(tmp_path: Path, cached: Callable[..., tuple[list[str], bool]]) -> None:
    (tmp_path / "teiwright.toml").touch()
    for name in ("part", "one", "two"):
        (tmp_path / f"{name}.sch").write_text(PART.format(name))
    path = schema(tmp_path, CONTENT)
    assert any(" part " in said for said in cached(path)[0])
    for name in ("one", "two"):
        (tmp_path / "catalog.xml").write_text(CATALOG.format(f"{name}.sch"))
        with resolving(Resolver.of(project_folder(path)), path):
            said, read = cached(path)
            assert read
            assert any(f" {name} " in one for one in said)
            assert cached(path) == (said, False)


def test_a_schema_that_is_read_again_finds_the_same_files(
    tmp_path: Path, cached: Callable[..., tuple[list[str], bool]]
) -> None:
    """Where a context fails, the schema is read once more, after its catalogs are no longer at hand."""
    (tmp_path / "teiwright.toml").touch()
    (tmp_path / "one.sch").write_text(PART.format("one"))
    (tmp_path / "catalog.xml").write_text(CATALOG.format("one.sch"))
    path = schema(tmp_path, f'<include href="part.sch"/>{rule("a[xs:integer(@n) = 1]", ALWAYS.format("x"))}')
    with resolving(Resolver.of(project_folder(path)), path):
        rules = Schematron.read(path)
    (context,) = [d for d in rules.validate(Document.parse('<a n="x">\n<a n="y"/></a>')) if d.location.line == 2]
    assert context.code == "schematron-test-failed-to-run"
