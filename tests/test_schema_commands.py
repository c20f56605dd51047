"""The commands that keep schemas, from outside: what is printed where, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from places import ROOT, SHARED, needs_shared
from teiwright.cli import main
from teiwright.commands.schema import schema as group
from web import lead_on, make_certificate, needs_openssl, serving

GRAMMAR = '<grammar xmlns="http://relaxng.org/ns/structure/1.0">{}<start><element name="{}"><empty/></element></start></grammar>'
RELAXNG = 'schematypens="http://relaxng.org/ns/structure/1.0"'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, and nothing of the user's own."""
    monkeypatch.setenv("TEIWRIGHT_STORE", str(tmp_path / "user"))
    monkeypatch.delenv("XML_CATALOG_FILES", raising=False)
    project = tmp_path / "project"
    project.mkdir()
    (project / "teiwright.toml").touch()
    monkeypatch.chdir(project)
    return project


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, words)])


def grammar(name: str = "poem", more: str = "") -> str:
    return GRAMMAR.format(more, name)


def document(path: Path, address: str, name: str = "poem") -> Path:
    path.write_text(f'<?xml-model href="{address}" {RELAXNG}?><{name}/>')
    return path


def test_a_file_is_added_listed_and_removed(folder: Path) -> None:
    (folder / "poem.rng").write_text(grammar())
    added = run("schema", "add", "poem.rng", "--as", "verse")
    assert added.exit_code == 0
    assert added.stdout.startswith("added verse: RELAX NG, ")
    listed = run("schema", "list")
    assert listed.stdout.startswith("verse: RELAX NG, ")
    assert "1 file, " in listed.stdout
    assert run("schema", "add", "poem.rng", "--as", "verse").stdout.startswith("unchanged verse")
    removed = run("schema", "remove", "verse")
    assert (removed.exit_code, removed.stdout) == (0, "removed verse\n")
    empty = run("schema", "list")
    assert (empty.exit_code, empty.stdout) == (0, "")
    assert "no schemas are kept" in empty.stderr


def test_what_changed_is_said(folder: Path) -> None:
    (folder / "poem.rng").write_text(grammar())
    run("schema", "add", "poem.rng")
    (folder / "poem.rng").write_text(grammar("prose"))
    updated = run("schema", "add", "poem.rng").stdout.splitlines()
    assert updated[0].startswith("updated poem.rng")
    assert updated[1].startswith("  changed: files/poem.rng, ")


@pytest.mark.parametrize(
    "words",
    [
        ("add", "nothing.rng"),
        ("add", "http://example.org/a.rng"),
        ("add", "poem.xml"),
        ("add", "poem.rng", "--as", "../x"),
        ("remove", "nothing"),
        ("which", "nothing.xml"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(folder: Path, words: tuple[str, ...]) -> None:
    (folder / "poem.xml").write_text("<poem/>")
    (folder / "poem.rng").write_text(grammar())
    outcome = run("schema", *words)
    assert outcome.exit_code == 2
    assert outcome.stdout == ""
    assert outcome.stderr.startswith("teiwright: ")
    assert outcome.stderr.count("\n") == 1


def test_which_schema_a_file_leads_to_and_by_what(folder: Path) -> None:
    (folder / "poem.rng").write_text(grammar())
    run("schema", "add", "poem.rng", "--as", "kept", "--for", "https://example.org/kept.rng")
    catalog = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
    (folder / "catalog.xml").write_text(f'{catalog}<uri name="https://example.org/c.rng" uri="poem.rng"/></catalog>')
    addresses = [
        "poem.rng",
        "https://example.org/kept.rng",
        "https://example.org/c.rng",
        "https://example.org/lenin.rng",
    ]
    text = "\n".join(f'<?xml-model href="{address}" {RELAXNG}?>' for address in addresses)
    (folder / "poem.xml").write_text(f"{text}<poem/>")
    outcome = run("schema", "which", "poem.xml")
    assert outcome.exit_code == 0
    lines = outcome.stdout.splitlines()
    assert [line.rpartition(" (")[2] for line in lines] == [
        "file)",
        'schema store, "kept")',
        "catalog)",
        "toolkit's own)",
    ]
    assert [line.split(": ")[:3] for line in lines] == [
        [f"poem.xml:{number}:1", address, "RELAX NG"] for number, address in enumerate(addresses, 1)
    ]


def test_which_names_the_command_that_would_mend_it(folder: Path) -> None:
    document(folder / "poem.xml", "http://example.org/a.rng")
    outcome = run("schema", "which", "poem.xml")
    assert outcome.exit_code == 2
    assert "teiwright schema add https://example.org/a.rng" in outcome.stderr
    (folder / "plain.xml").write_text("<poem/>")
    assert run("schema", "which", "plain.xml").stdout == "plain.xml: names no schema\n"


def test_a_catalog_may_be_given(folder: Path, tmp_path: Path) -> None:
    document(folder / "poem.xml", "https://example.org/a.rng")
    (tmp_path / "a.rng").write_text(grammar())
    catalog = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><uriSuffix uriSuffix="/a.rng" uri="a.rng"/></catalog>'
    (tmp_path / "given.xml").write_text(catalog)
    outcome = run("schema", "which", "poem.xml", "--catalog", tmp_path / "given.xml")
    assert (outcome.exit_code, "(catalog)" in outcome.stdout) == (0, True)
    assert "no such catalog" in run("schema", "which", "poem.xml", "--catalog", "nothing.xml").stderr


def test_a_store_of_the_projects_own(folder: Path) -> None:
    (folder / "poem.rng").write_text(grammar())
    run("schema", "add", "poem.rng", "--store", "kept", "--for", "https://example.org/a.rng")
    document(folder / "poem.xml", "https://example.org/a.rng")
    assert run("schema", "list").stdout == ""
    assert run("schema", "list", "--store", "kept").stdout.startswith("poem.rng")
    assert run("schema", "which", "poem.xml").exit_code == 2
    assert run("schema", "which", "poem.xml", "--store", "kept").exit_code == 0
    assert str(folder) not in (folder / "kept" / "index.json").read_text()  # it can be shared
    assert run("schema", "remove", "poem.rng", "--store", "kept").exit_code == 0


def test_a_damaged_schema_is_complained_of_and_mended(folder: Path, tmp_path: Path) -> None:
    (folder / "poem.rng").write_text(grammar())
    run("schema", "add", "poem.rng")
    (stored,) = (tmp_path / "user" / "schemas").rglob("poem.rng")
    stored.write_text(grammar("prose"))
    outcome = run("schema", "list")
    assert outcome.exit_code == 2
    assert "mend it: teiwright schema add poem.rng --as poem.rng" in outcome.stderr
    assert run("schema", "add", "poem.rng", "--as", "poem.rng").exit_code == 0
    assert run("schema", "list").exit_code == 0


def test_a_document_is_held_against_what_the_store_has(folder: Path) -> None:
    document(folder / "good.xml", "http://example.org/a.rng")
    document(folder / "bad.xml", "https://example.org:443/a.rng", "prose")
    unread = run("validate", "good.xml", "--without", "rules")
    assert unread.exit_code == 2
    assert "teiwright schema add https://example.org/a.rng" in unread.stderr
    (folder / "poem.rng").write_text(grammar())
    run("schema", "add", "poem.rng", "--for", "https://example.org/a.rng")
    assert "element-not-allowed" not in run("validate", "good.xml", "--without", "rules").stdout
    assert "element-not-allowed" in run("validate", "bad.xml", "--without", "rules").stdout
    assert "element-not-allowed" in run("validate", "bad.xml", "--schema", "poem", "--without", "rules").stdout


@needs_openssl
def test_only_add_fetches_and_it_says_what(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("no_proxy", "*")
    with serving(certificate) as site:
        site.pages["/poem.rng"] = lead_on("/v1/poem.rng")
        site.pages["/v1/poem.rng"] = GRAMMAR.format('<include href="../part.rng"/>', "poem").encode()
        site.pages["/part.rng"] = b'<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>'
        document(folder / "poem.xml", site.address("/poem.rng"))
        assert run("validate", "poem.xml", "--without", "rules").exit_code == 2
        assert run("schema", "which", "poem.xml").exit_code == 2
        assert site.asked == []
        added = run("schema", "add", site.address("/poem.rng"))
        assert added.exit_code == 0, added.output
        assert site.asked == ["/poem.rng", "/v1/poem.rng", "/part.rng"]
        fetched = added.stderr.splitlines()
        assert [line.partition(": ")[0] for line in fetched] == [
            f"fetched {site.address('/v1/poem.rng')}",
            f"fetched {site.address('/part.rng')}",
        ]
        assert all("bytes, SHA-256 " in line for line in fetched)
        assert f"answers to {site.address('/v1/poem.rng')}" in added.stdout
        site.asked.clear()
        assert "element-not-allowed" not in run("validate", "poem.xml", "--without", "rules").stdout
        assert run("schema", "which", "poem.xml").exit_code == 0
        assert site.asked == []
    index = json.loads((tmp_path / "user" / "index.json").read_text())
    assert [len(kept["files"]) for kept in index["schemas"]] == [2]


@needs_shared
def test_teis_own_schema_answers_to_teis_addresses(folder: Path) -> None:
    assert run("schema", "add", SHARED / "tei" / "tei_all.rng", "--as", "tei_all").exit_code == 0
    inner = "xml/tei/custom/schema/relaxng/tei_all.rng"
    for number, start in enumerate(("http://www.tei-c.org/release", "https://tei-c.org/Vault/P5/current")):
        path = document(folder / f"{number}.xml", f"{start}/{inner}", "x")
        assert run("schema", "which", path).exit_code == 0
    assert (
        run("schema", "which", document(folder / "old.xml", f"https://tei-c.org/Vault/P5/2.0.1/{inner}")).exit_code == 2
    )


@pytest.mark.parametrize("name", sorted(group.commands))
def test_each_command_has_an_example(name: str) -> None:
    words = run("schema", name, "--help").stdout
    assert f"Example: teiwright schema {name}" in words
    assert str(ROOT) not in words


def test_nothing_is_removed_where_one_name_is_unknown(folder: Path) -> None:
    (folder / "poem.rng").write_text(grammar())
    run("schema", "add", "poem.rng", "--as", "verse")
    assert run("schema", "remove", "verse", "nothing").exit_code == 2
    assert run("schema", "remove", "verse").exit_code == 0
