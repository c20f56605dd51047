"""The schema store: what is kept, how it is found again, and what happens when somebody meddles with it."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.assets import user_schemas
from teiwright.document import Document
from teiwright.errors import OutputError, SchemaError, ToolkitError
from teiwright.schema import Schema
from teiwright.schemas.resolution import Resolver
from teiwright.schemas.store import Added, Store
from teiwright.schemas.store.adding import require_name
from teiwright.schemas.store.bundle import Fetched
from teiwright.schemas.store.lock import locked
from teiwright.schemas.store.parts import contents

RNG = "http://relaxng.org/ns/structure/1.0"
SCH = "http://purl.oclc.org/dsdl/schematron"
XSD = "http://www.w3.org/2001/XMLSchema"
WEB = "https://example.org/schemas/"
TODAY = "2026-11-23"
TEI_ALL = "https://tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"


def grammar(name: str = "poem", more: str = "") -> bytes:
    """A grammar whose documents are one empty element of a name."""
    return (f'<grammar xmlns="{RNG}">{more}<start><element name="{name}"><empty/></element></start></grammar>').encode()


class Web(dict[str, bytes]):
    """What there is on the web, by address; ``asked`` are the addresses that were fetched."""

    def __init__(self, pages: dict[str, bytes] | None = None, moved: dict[str, str] | None = None) -> None:
        super().__init__(pages or {})
        self.moved = moved or {}
        self.asked: list[str] = []

    def fetch(self, address: str) -> Fetched:
        self.asked.append(address)
        last = self.moved.get(address, address)
        if last not in self:
            raise SchemaError(address, "could not be fetched: the server answered with status 404")
        return Fetched(tuple(dict.fromkeys((address, last))), self[last])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def add(store: Store, source: str | Path, web: Web | None = None, name: str = "", *others: str) -> Added:
    return store.add(str(source), (web or Web()).fetch, TODAY, name, others)


def read(store: Store, address: str) -> Schema:
    return Schema.load(address, resolver=Resolver(stores=(store.folder,)))


def accepts(schema: Schema, name: str) -> bool:
    return schema.validate(Document.parse(f"<{name}/>")).passed


def local(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / "from" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# Adding


def test_a_schema_from_the_web_is_found_by_address_and_name(store: Store) -> None:
    web = Web({f"{WEB}poem.rng": grammar()})
    added = add(store, f"{WEB}poem.rng", web)
    assert (added.schema.name, added.schema.kind, added.schema.added) == ("poem.rng", "RELAX NG", TODAY)
    assert added.before is None
    assert [(file.addresses, file.size) for file in added.fetched] == [((f"{WEB}poem.rng",), len(grammar()))]
    assert web.asked == [f"{WEB}poem.rng"]
    for name in (f"{WEB}poem.rng", "http://example.org/schemas/poem.rng", "poem.rng", "poem"):
        assert accepts(read(store, name), "poem")
        assert not accepts(read(store, name), "prose")


def test_a_schema_from_a_file(store: Store, tmp_path: Path) -> None:
    added = add(store, local(tmp_path, "poem.rng", grammar()), name="verse")
    assert (added.schema.name, added.schema.addresses, added.fetched) == ("verse", (), ())
    assert accepts(read(store, "verse"), "poem")
    local(tmp_path, "poem.rng", b"gone")
    assert accepts(read(store, "verse"), "poem")


def test_a_file_may_answer_to_an_address(store: Store, tmp_path: Path) -> None:
    add(store, local(tmp_path, "poem.rng", grammar()), None, "", f"{WEB}other.rng", "http://www.example.org/x")
    assert accepts(read(store, f"{WEB}other.rng"), "poem")
    assert accepts(read(store, "https://www.example.org/x"), "poem")
    with pytest.raises(SchemaError, match="not a web address"):
        add(store, local(tmp_path, "poem.rng", grammar()), None, "", "poem.rng")


@pytest.mark.parametrize("start", ["web", "file"])
def test_all_that_a_grammar_includes_comes_along(store: Store, tmp_path: Path, start: str) -> None:
    files = {
        "main.rng": f'<grammar xmlns="{RNG}"><include href="parts/a%20b.rng"/></grammar>'.encode(),
        "parts/a b.rng": f'<grammar xmlns="{RNG}"><include href="../common/start.rng"/></grammar>'.encode(),
        "common/start.rng": f'<grammar xmlns="{RNG}"><start><externalRef href="poem.rng"/></start></grammar>'.encode(),
        "common/poem.rng": f'<element xmlns="{RNG}" name="poem"><empty/></element>'.encode(),
    }
    web = Web({WEB + name.replace(" ", "%20"): data for name, data in files.items()})
    paths = {name: local(tmp_path, name, data) for name, data in files.items()}
    added = add(store, WEB + "main.rng" if start == "web" else paths["main.rng"], web)
    assert [file.inner.rpartition("/")[2] for file in added.schema.files] == [
        "main.rng", "a b.rng", "start.rng", "poem.rng",
    ]  # fmt: skip
    assert sorted(web.asked) == sorted(web if start == "web" else [])
    for path in paths.values():
        path.unlink()
    assert accepts(read(store, "main"), "poem")
    assert not accepts(read(store, "main"), "prose")


def test_references_that_no_folder_could_keep_lead_there_too(store: Store) -> None:
    """By path alone, from above the top, by xml:base, by a whole address of another host, by query."""
    names = ["/a.rng", "../../../../b.rng", "https://example.net/c.rng", "d.rng?v=1", "d.rng?v=2", "e.rng"]
    includes = "".join(f'<include href="{name}"/>' for name in names[:-1])
    includes += '<include xml:base="https://example.com/deep/" href="e.rng"/>'
    main = f'<grammar xmlns="{RNG}">{includes}<start><element name="r">' + "".join(
        f'<ref name="{n}"/>' for n in "abcdfe"
    )
    web = Web({f"{WEB}main.rng": f"{main}</element></start></grammar>".encode()})
    for name, address in zip(
        "abcdfe",
        ["https://example.org/a.rng", "https://example.org/b.rng", "https://example.net/c.rng", f"{WEB}d.rng?v=1",
         f"{WEB}d.rng?v=2", "https://example.com/deep/e.rng"],
        strict=True,
    ):  # fmt: skip
        define = f'<define name="{name}"><element name="{name}"><empty/></element></define>'
        web[address] = f'<grammar xmlns="{RNG}">{define}</grammar>'.encode()
    add(store, f"{WEB}main.rng", web)
    report = read(store, "main").validate(Document.parse("<r><a/><b/><c/><d/><f/><e/></r>"))
    assert report.passed, str(report)
    assert not read(store, "main").validate(Document.parse("<r><a/><b/><c/><d/><e/></r>")).passed


def test_parts_are_those_that_came_with_the_schema(store: Store) -> None:
    main = f'<grammar xmlns="{RNG}"><include href="https://example.net/part.rng"/></grammar>'.encode()
    part = "https://example.net/part.rng"
    add(store, f"{WEB}one.rng", Web({f"{WEB}one.rng": main, part: grammar("first")}))
    add(store, f"{WEB}two.rng", Web({f"{WEB}two.rng": main, part: grammar("second")}))
    assert accepts(read(store, "one"), "first")
    assert accepts(read(store, "two"), "second")
    assert not accepts(read(store, "two"), "first")


def test_redirections_are_addresses_too(store: Store) -> None:
    included = f'<grammar xmlns="{RNG}"><include href="part.rng"/></grammar>'.encode()
    web = Web(
        {"https://cdn.example.net/v2/main.rng": included, "https://cdn.example.net/v2/part.rng": grammar()},
        {f"{WEB}main.rng": "https://cdn.example.net/v2/main.rng"},
    )
    added = add(store, f"{WEB}main.rng", web)
    assert set(added.schema.addresses) == {f"{WEB}main.rng", "https://cdn.example.net/v2/main.rng"}
    assert web.asked == [f"{WEB}main.rng", "https://cdn.example.net/v2/part.rng"]
    assert [file.inner for file in added.schema.files] == ["cdn.example.net/v2/main.rng", "cdn.example.net/v2/part.rng"]
    assert accepts(read(store, f"{WEB}main.rng"), "poem")
    assert accepts(read(store, "https://cdn.example.net/v2/main.rng"), "poem")


def test_a_schematron_schema_with_its_parts(store: Store) -> None:
    rule = f'<rule xmlns="{SCH}" context="*"><assert id="titled" test="@title">no title</assert></rule>'
    main = f'<schema xmlns="{SCH}"><pattern><include href="parts/rule.sch"/></pattern></schema>'
    web = Web({f"{WEB}a.sch": main.encode(), f"{WEB}parts/rule.sch": rule.encode()})
    assert add(store, f"{WEB}a.sch", web).schema.kind == "Schematron"
    report = read(store, f"{WEB}a.sch").validate(Document.parse("<poem/>"))
    assert [finding.code for finding in report] == ["titled"]


def test_an_xml_schema_with_its_parts(store: Store) -> None:
    main = (
        f'<xs:schema xmlns:xs="{XSD}"><xs:include schemaLocation="sub/part.xsd"/>'
        '<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>'
        "</xs:schema>"
    )
    part = f'<xs:schema xmlns:xs="{XSD}"><xs:element name="poem"/></xs:schema>'
    web = Web({f"{WEB}a.xsd": main.encode(), f"{WEB}sub/part.xsd": part.encode()})
    added = add(store, f"{WEB}a.xsd", web)
    assert (added.schema.kind, len(added.schema.files)) == ("XSD", 2)
    assert accepts(read(store, "a"), "poem")
    assert not accepts(read(store, "a"), "prose")


def test_a_schema_in_compact_syntax(store: Store) -> None:
    web = Web({f"{WEB}a.rnc": b'start = element poem { external "b.rnc" }', f"{WEB}b.rnc": b"empty"})
    added = add(store, f"{WEB}a.rnc", web)
    assert (added.schema.kind, len(added.schema.files)) == ("RELAX NG", 2)
    assert accepts(read(store, f"{WEB}a.rnc"), "poem")


def test_a_grammar_in_a_circle_ends(store: Store) -> None:
    web = Web(
        {f"{WEB}a.rng": grammar(more='<include href="b.rng"/>'), f"{WEB}b.rng": grammar(more='<include href="a.rng"/>')}
    )
    assert len(add(store, f"{WEB}a.rng", web).schema.files) == 2
    with pytest.raises(SchemaError, match="includes itself"):
        read(store, "a")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("http://example.org/schemas/poem.rng", "only https"),
        (f"{WEB}missing.rng", "status 404"),
        (f"{WEB}page.html", "not a schema"),
        (f"{WEB}broken.rng", "not well-formed"),
        (f"{WEB}empty.rng", "not well-formed"),
        (f"{WEB}incomplete.rng", "missing.rng.*not to be had"),
        (f"{WEB}thief.rng", "not on the web"),
        (f"{WEB}mixed.rng", "expected RELAX NG"),
        (f"{WEB}tei.xml", "not a schema"),
        (f"{WEB}endless.rng", "more than"),
        ("nowhere.rng", "no such file"),
        ("a\0b", "cannot have this name|can have this name"),
        ("", "cannot have this name"),
    ],
)
def test_what_cannot_be_had_is_one_sentence(store: Store, source: str, words: str) -> None:
    class Endless(Web):
        def fetch(self, address: str) -> Fetched:
            if "endless" in address:
                return Fetched(
                    (address,), grammar(more=f'<include href="{len(address)}{address.rpartition("/")[2]}"/>')
                )
            return super().fetch(address)

    web = Endless(
        {
            f"{WEB}page.html": b"<html><p>secret</p></html>",
            f"{WEB}broken.rng": b"<grammar>secret",
            f"{WEB}empty.rng": b"",
            f"{WEB}incomplete.rng": grammar(more='\n<include href="missing.rng"/>'),
            f"{WEB}thief.rng": grammar(more='<include href="file:///etc/passwd"/>'),
            f"{WEB}mixed.rng": grammar(more='<include href="page.html"/>'),
            f"{WEB}tei.xml": b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>',
        }
    )
    with pytest.raises(SchemaError, match=words) as caught:
        add(store, source, web)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
    assert store.schemas == ()


def test_a_missing_part_names_the_place(store: Store) -> None:
    web = Web({f"{WEB}a.rng": grammar(more='\n\n<include href="b.rng"/>')})
    with pytest.raises(SchemaError, match=r"a\.rng:3: the schema needs") as caught:
        add(store, f"{WEB}a.rng", web)
    assert f"{WEB}b.rng" in str(caught.value)


# Names


@pytest.mark.parametrize("name", ["tei_all", "tei_all.rng", "poem rules.sch", "épigraphie", "a+b-c.1", "4.9.0"])
def test_names(name: str) -> None:
    assert require_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["../x", "a/b", "a\\b", "/etc/passwd", "..", ".", ".hidden", "-x", "--as", "a\0b", "a\nb", "", " a", "a ", "x" * 101, "https:x", "C:x", "a*", "\u202ea"],
)  # fmt: skip
def test_names_that_look_like_something_else_are_refused(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(SchemaError, match="cannot have this name") as caught:
        require_name(name)
    assert "\n" not in str(caught.value).replace(name, "")
    if name:
        with pytest.raises(SchemaError):
            add(store, local(tmp_path, "poem.rng", grammar()), name=name)
        assert store.schemas == ()


def test_a_name_is_one_schemas(store: Store, tmp_path: Path) -> None:
    add(store, f"{WEB}poem.rng", Web({f"{WEB}poem.rng": grammar()}))
    other = "https://example.net/poem.rng"
    with pytest.raises(SchemaError, match="another by --as"):
        add(store, other, Web({other: grammar("prose")}))
    with pytest.raises(SchemaError, match="another by --as"):
        add(store, local(tmp_path, "poem.rng", grammar("prose")))
    add(store, other, Web({other: grammar("prose")}), "prose")
    assert [schema.name for schema in store.schemas] == ["poem.rng", "prose"]


def test_what_is_from_the_web_never_replaces_a_file_of_the_same_name(store: Store, tmp_path: Path) -> None:
    add(store, local(tmp_path, "poem.rng", grammar()))
    web = Web({f"{WEB}poem.rng": grammar("prose")})
    with pytest.raises(SchemaError, match="another by --as"):
        add(store, f"{WEB}poem.rng", web)
    add(store, f"{WEB}poem.rng", web, "prose")
    with pytest.raises(SchemaError, match="another by --as"):
        add(store, f"{WEB}poem.rng", web, "poem.rng")
    assert accepts(read(store, "poem"), "poem")


@pytest.mark.parametrize(
    ("steps", "usable"),
    [
        ("a/b.rng", True),
        ("a/" + "x" * 201 + ".rng", False),
        ("a/b:c.rng", False),
        ("a/b%00.rng", False),
        ("a/b%0A", False),
    ],
)
def test_files_have_names_that_every_system_knows(store: Store, steps: str, usable: bool) -> None:
    web = Web({f"{WEB}{steps}": grammar()})
    if usable:
        assert add(store, f"{WEB}{steps}", web, "x").schema.name == "x"
    else:
        with pytest.raises(SchemaError, match="not one that a file can have"):
            add(store, f"{WEB}{steps}", web, "x")


def test_encoded_steps_up_do_not_leave_the_store(store: Store, tmp_path: Path) -> None:
    address = "https://example.org/%2e%2e/%2e%2e/%2e%2e/evil.rng"
    with pytest.raises(SchemaError, match="not one that a file can have"):
        add(store, address, Web({address: grammar()}))
    assert not [*tmp_path.rglob("evil.rng")]


# Adding again


def test_the_same_again_changes_nothing(store: Store) -> None:
    web = Web({f"{WEB}poem.rng": grammar()})
    first = add(store, f"{WEB}poem.rng", web)
    web["https://EXAMPLE.org:443/schemas/poem.rng"] = grammar()
    second = add(store, "https://EXAMPLE.org:443/schemas/poem.rng", web)
    assert second.before == first.schema
    assert second.changes == ()
    assert len(store.schemas) == 1


def test_an_update_says_what_changed(store: Store) -> None:
    include = '<include href="{}.rng"/>'
    web = Web({f"{WEB}a.rng": grammar(more=include.format("b")), f"{WEB}b.rng": f'<grammar xmlns="{RNG}"/>'.encode()})
    old = add(store, f"{WEB}a.rng", web).schema
    web[f"{WEB}a.rng"] = grammar("prose", include.format("c"))
    web[f"{WEB}c.rng"] = web[f"{WEB}b.rng"]
    updated = add(store, f"{WEB}a.rng", web)
    assert [change.partition(",")[0] for change in updated.changes] == [
        "changed: example.org/schemas/a.rng",
        "gone: example.org/schemas/b.rng",
        "new: example.org/schemas/c.rng",
    ]
    assert f"SHA-256 {old.file.sha256[:12]}… before" in updated.changes[0]
    assert accepts(read(store, "a"), "prose")


def test_what_was_replaced_stays_for_those_who_read_it_and_then_goes(store: Store) -> None:
    web = Web({f"{WEB}a.rng": grammar()})
    old = store.path(add(store, f"{WEB}a.rng", web).schema)
    for name in ("prose", "drama"):
        web[f"{WEB}a.rng"] = grammar(name)
        add(store, f"{WEB}a.rng", web)
        assert old.exists()
    left_over = store.folder / "schemas" / ".new-1"
    left_over.mkdir()
    for path in (store.folder / "schemas").iterdir():
        os.utime(path, (0, 0))
    web[f"{WEB}a.rng"] = grammar("verse")
    add(store, f"{WEB}a.rng", web)
    assert not old.exists()
    assert not left_over.exists()
    assert len([*(store.folder / "schemas").iterdir()]) == 2  # what is there, and what it replaced just now
    assert accepts(read(store, "a"), "verse")


def test_a_file_may_need_what_is_on_the_web(store: Store, tmp_path: Path) -> None:
    web = Web({"https://example.net/part.rng": grammar()})
    path = local(
        tmp_path, "a.rng", f'<grammar xmlns="{RNG}"><include href="http://example.net/part.rng"/></grammar>'.encode()
    )
    added = add(store, path, web)
    assert web.asked == ["https://example.net/part.rng"]  # never by http
    assert [file.addresses for file in added.fetched] == [("https://example.net/part.rng",)]
    assert accepts(read(store, "a"), "poem")


def test_the_same_address_under_another_name_is_renamed(store: Store) -> None:
    web = Web({f"{WEB}poem.rng": grammar()})
    add(store, f"{WEB}poem.rng", web)
    assert add(store, f"{WEB}poem.rng", web, "verse").changes == ("name: poem.rng is now verse",)
    assert add(store, f"{WEB}poem.rng", web).schema.name == "verse"
    assert [schema.name for schema in store.schemas] == ["verse"]


def test_addresses_that_were_said_once_stay(store: Store, tmp_path: Path) -> None:
    path = local(tmp_path, "poem.rng", grammar())
    add(store, path, None, "", f"{WEB}one.rng")
    path.write_bytes(grammar("prose"))
    updated = add(store, path, None, "", f"{WEB}two.rng")
    assert updated.changes
    assert updated.schema.addresses == (f"{WEB}two.rng", f"{WEB}one.rng")
    assert accepts(read(store, f"{WEB}one.rng"), "prose")


def test_two_names_for_the_same_content(store: Store, tmp_path: Path) -> None:
    path = local(tmp_path, "poem.rng", grammar())
    add(store, path, name="one")
    add(store, path, name="two")
    store.remove("one")
    assert accepts(read(store, "two"), "poem")


# TEI's own


def tei(version: str = "4.9.0") -> bytes:
    return grammar(more=f"<!-- \nTEI Edition Location: https://www.tei-c.org/Vault/P5/{version}/ -->")


def test_a_copy_of_teis_schema_answers_to_the_addresses_that_it_states(store: Store, tmp_path: Path) -> None:
    add(store, local(tmp_path, "tei_all.rng", tei()), name="tei_all")
    assert store.addressed(TEI_ALL) == store.named("tei_all")
    assert store.addressed("http://www.tei-c.org/Vault/P5/current/xml/tei/custom/schema/relaxng/tei_all.rng")
    assert store.addressed(TEI_ALL.replace("release", "Vault/P5/4.9.0"))
    assert store.addressed(TEI_ALL.replace("release", "Vault/P5/4.8.1")) is None
    assert store.addressed(TEI_ALL.replace("tei_all", "tei_lite")) is None
    assert store.addressed(TEI_ALL.replace("tei-c.org", "example.org")) is None


def test_what_was_added_for_an_address_goes_before_what_states_it(store: Store, tmp_path: Path) -> None:
    add(store, local(tmp_path, "tei_all.rng", tei()), name="mine")
    add(store, TEI_ALL, Web({TEI_ALL: tei("4.10.0")}), "theirs")
    found = store.addressed(TEI_ALL)
    assert found is not None
    assert found.name == "theirs"


@pytest.mark.parametrize(("name", "data"), [("lenin.rng", tei()), ("tei_all.rng", grammar())])
def test_other_schemas_state_nothing(store: Store, tmp_path: Path, name: str, data: bytes) -> None:
    assert add(store, local(tmp_path, name, data)).schema.stated == ()


def test_a_version_from_the_web_is_that_version(store: Store) -> None:
    address = TEI_ALL.replace("release", "Vault/P5/4.9.0")
    add(store, address, Web({address: tei()}))
    assert store.addressed(TEI_ALL) is None


# Damage and hostility


def stored(store: Store, tmp_path: Path) -> Path:
    """A schema in the store, and its file."""
    return store.path(add(store, local(tmp_path, "poem.rng", grammar()), name="poem").schema)


@pytest.mark.parametrize("damage", ["changed", "cut", "gone", "folder", "link", "pipe"])
def test_a_damaged_file_is_noticed_and_can_be_mended(store: Store, tmp_path: Path, damage: str) -> None:
    path = stored(store, tmp_path)
    data = path.read_bytes()
    path.unlink()
    if damage == "changed":
        path.write_bytes(data.replace(b"poem", b"pOem"))
    elif damage == "cut":
        path.write_bytes(data[:-1])
    elif damage == "folder":
        path.mkdir()
    elif damage == "link":
        outside = tmp_path / "outside.rng"
        outside.write_bytes(data)
        path.symlink_to(outside)
    elif damage == "pipe":
        path.symlink_to("/dev/null")
    again = Store(store.folder)
    with pytest.raises(SchemaError, match=r"mend it: teiwright schema add poem.rng --as poem") as caught:
        again.path(again.schemas[0])
    assert "\n" not in str(caught.value)
    add(store, tmp_path / "from" / "poem.rng", name="poem")
    assert Store(store.folder).path(again.schemas[0]).read_bytes() == data


def test_a_damaged_part_is_noticed(store: Store) -> None:
    web = Web(
        {f"{WEB}a.rng": grammar(more='<include href="b.rng"/>'), f"{WEB}b.rng": f'<grammar xmlns="{RNG}"/>'.encode()}
    )
    schema = add(store, f"{WEB}a.rng", web).schema
    (store.folder / schema.files[1].path).write_bytes(grammar("evil"))
    with pytest.raises(SchemaError, match=f"teiwright schema add {WEB}a.rng"):
        Store(store.folder).path(schema)


ENTRY = {
    "name": "x", "kind": "RELAX NG", "source": "x.rng", "addresses": [], "stated": [], "added": TODAY,
    "files": [{"path": "schemas/a/x.rng", "addresses": [], "size": 1, "sha256": "0"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("index", "words"),
    [
        ("", "damaged"),
        ("{", "damaged"),
        ("[]", "damaged"),
        ("null", "damaged"),
        ("[" * 100_000, "damaged"),
        ('{"format": 1}', "damaged"),
        ('{"format": "1", "schemas": []}', "damaged"),
        ('{"format": 0, "schemas": []}', "damaged"),
        ('{"format": 2, "schemas": []}', "later teiwright"),
        ('{"format": 1, "schemas": [{}]}', "damaged"),
        (json.dumps({"format": 1, "schemas": [{**ENTRY, "files": []}]}), "damaged"),
        (json.dumps({"format": 1, "schemas": [{**ENTRY, "kind": "DTD"}]}), "damaged"),
        (json.dumps({"format": 1, "schemas": [{**ENTRY, "addresses": "x"}]}), "damaged"),
        (json.dumps({"format": 1, "schemas": [{**ENTRY, "files": [{**ENTRY["files"][0], "path": "../../x"}]}]}), "damaged"),
        (json.dumps({"format": 1, "schemas": [{**ENTRY, "files": [{**ENTRY["files"][0], "path": "/etc/passwd"}]}]}), "damaged"),
        (json.dumps({"format": 1, "schemas": [{**ENTRY, "files": [{**ENTRY["files"][0], "path": "a\0b"}]}]}), "damaged"),
        ("\x00" * 17_000_000, "larger than"),
    ],
)  # fmt: skip
def test_a_damaged_index_is_one_sentence(store: Store, tmp_path: Path, index: str, words: str) -> None:
    store.folder.mkdir()
    (store.folder / "index.json").write_text(index, encoding="utf-8")
    for work in (
        lambda: store.schemas,
        lambda: store.remove("x"),
        lambda: add(store, local(tmp_path, "poem.rng", grammar())),
    ):
        with pytest.raises(SchemaError, match=words) as caught:
            work()
        assert "\n" not in str(caught.value)
    assert (store.folder / "index.json").read_text(encoding="utf-8") == index


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
       | st.dictionaries(st.sampled_from([*ENTRY, "format", "schemas", "path", "size", "sha256"]), inner, max_size=5)))  # fmt: skip
def test_no_index_breaks_the_toolkit(tmp_path_factory: pytest.TempPathFactory, listing: object) -> None:
    folder = tmp_path_factory.mktemp("store")
    (folder / "index.json").write_text(json.dumps({"format": 1, "schemas": listing}), encoding="utf-8")
    with suppress(SchemaError):
        assert isinstance(Store(folder).schemas, tuple)


def test_a_file_in_an_index_that_leads_out_by_a_link_is_not_read(store: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "x.rng").write_bytes(grammar())
    stored(store, tmp_path)
    (store.folder / "schemas" / "a").symlink_to(secret)
    from hashlib import sha256

    file = {**ENTRY["files"][0], "sha256": sha256(grammar()).hexdigest()}
    (store.folder / "index.json").write_text(json.dumps({"format": 1, "schemas": [{**ENTRY, "files": [file]}]}))
    with pytest.raises(SchemaError, match="leads out of the store"):
        store.path(store.schemas[0])


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="for this user nothing is read-only")
def test_a_store_that_is_read_only_is_read(store: Store, tmp_path: Path) -> None:
    stored(store, tmp_path)
    store.folder.chmod(0o555)
    try:
        assert accepts(read(store, "poem"), "poem")
        with pytest.raises(OutputError):
            add(store, local(tmp_path, "other.rng", grammar()))
    finally:
        store.folder.chmod(0o755)


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file" / "store", Path("/proc/nothing/store"), tmp_path / "a\0b"):
        store = Store(folder)
        assert store.schemas == ()
        with pytest.raises(OutputError, match="TEIWRIGHT_STORE") as caught:
            add(store, local(tmp_path, "poem.rng", grammar()))
        assert "\n" not in str(caught.value)


def test_nothing_is_left_of_an_add_that_fails(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(store, tmp_path)
    before = (store.folder / "index.json").read_bytes()

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="No space left"):
        add(store, f"{WEB}other.rng", Web({f"{WEB}other.rng": grammar("other")}))
    assert (store.folder / "index.json").read_bytes() == before
    assert len([*(store.folder / "schemas").iterdir()]) == 1


HOSTILE = [
    b"<a>" * 100_000,
    f'<grammar xmlns="{RNG}">'.encode() + b"<div>" * 100_000 + b"</div>" * 100_000 + b"</grammar>",
    f'<grammar xmlns="{RNG}" xml:base="http://[x"/>'.encode(),
    f'<grammar xmlns="{RNG}"><include href="http://[x"/></grammar>'.encode(),
    f'<!DOCTYPE g SYSTEM "https://example.org/x.dtd" [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><g xmlns="{RNG}"/>'.encode(),
    f'<!DOCTYPE g [<!ENTITY e SYSTEM "file:///etc/passwd">]><g xmlns="{RNG}">&e;</g>'.encode(),
    b"start = " + b"(" * 100_000,
    b"\xff\xfe<\0",
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_schemas_are_answered(store: Store, data: bytes) -> None:
    web = Web({f"{WEB}a.rng": data, f"{WEB}a.rnc": data})
    for name in ("a.rng", "a.rnc"):
        with suppress(SchemaError):
            add(store, WEB + name, web, name)
    assert {*web.asked} <= {f"{WEB}a.rng", f"{WEB}a.rnc"}  # nothing else was wanted


@given(st.binary(max_size=80) | st.text(alphabet="<>/ax:=\"' \n&;!-[]{}()", max_size=60).map(str.encode))
def test_no_schema_breaks_the_toolkit(data: bytes) -> None:
    for name in ("a.rng", "a.rnc"):
        with suppress(SchemaError):
            assert isinstance(contents(data, WEB + name, name).parts, tuple)


# Removing


def test_removing(store: Store, tmp_path: Path) -> None:
    path = stored(store, tmp_path)
    assert store.remove("poem").name == "poem"
    assert store.schemas == ()
    assert not path.exists()
    with pytest.raises(SchemaError, match="no schema of that name"):
        store.remove("poem")


@pytest.mark.parametrize("name", ["nothing", "", "../poem", "a\0b", "*"])
def test_removing_what_is_not_there(store: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(SchemaError, match="no schema of that name is in the store"):
        store.remove(name)
    assert not store.folder.exists()
    path = stored(store, tmp_path)
    with pytest.raises(SchemaError, match="there is poem"):
        store.remove(name)
    assert path.exists()


# Several processes


def test_processes_do_not_undo_each_other(store: Store, tmp_path: Path) -> None:
    processes = []
    context = multiprocessing.get_context("spawn")
    for number in range(4):
        source = local(tmp_path, f"{number}.rng", grammar(f"poem{number}"))
        processes.append(context.Process(target=_adding, args=(store.folder, source, number)))
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    names = {schema.name for schema in store.schemas}
    assert names == {"shared", *(f"poem-{number}-{turn}" for number in range(4) for turn in (1, 2))}
    for schema in store.schemas:
        assert store.path(schema).is_file()
    assert not [*(store.folder / "schemas").glob(".new-*")]


def _adding(folder: Path, source: Path, number: int) -> None:
    store = Store(folder)
    for turn in range(3):
        store.add(str(source), Web().fetch, TODAY, f"poem-{number}-{turn}", ())
        store.add(str(source), Web().fetch, TODAY, "shared", ())
    store.remove(f"poem-{number}-0")


def test_a_lock_is_waited_for_but_not_for_ever(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(OutputError, match="another process"), locked(tmp_path, patience=0.1):
        raise AssertionError
    with locked(tmp_path, patience=0.1):
        pass


# Where it is


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"HOME": "/home/a"}, "linux", "/home/a/.local/share/teiwright/schemas"),
        ({"HOME": "/home/a", "XDG_DATA_HOME": "/data"}, "linux", "/data/teiwright/schemas"),
        ({"HOME": "/home/a", "XDG_DATA_HOME": "data"}, "linux", "/home/a/.local/share/teiwright/schemas"),
        ({"HOME": "/Users/a"}, "darwin", "/Users/a/Library/Application Support/teiwright/schemas"),
        ({"LOCALAPPDATA": "/c/local"}, "win32", "/c/local/teiwright/schemas"),
        ({"USERPROFILE": "/c/a"}, "win32", "/c/a/AppData/Local/teiwright/schemas"),
        ({"HOME": "/home/a", "TEIWRIGHT_STORE": "/s"}, "linux", "/s"),
        ({"HOME": "/home/a", "TEIWRIGHT_STORE": ""}, "linux", "/home/a/.local/share/teiwright/schemas"),
    ],
)
def test_the_users_folder(environment: dict[str, str], platform: str, folder: str) -> None:
    assert user_schemas(environment, platform) == Path(folder)


def test_a_user_without_a_home_has_no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nowhere)
    assert user_schemas({}, "linux") is None
    assert Resolver.of(environment={}).stores == ()
    with pytest.raises(OutputError, match="TEIWRIGHT_STORE"):
        Store.of_user({}, "linux")


def test_nothing_of_the_web_is_asked_when_a_schema_is_used(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, f"{WEB}poem.rng", Web({f"{WEB}poem.rng": grammar()}))
    monkeypatch.setitem(sys.modules, "teiwright.schemas.fetching", None)
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("the network was asked"))
    assert accepts(read(store, f"{WEB}poem.rng"), "poem")
    with pytest.raises(ToolkitError, match=f"teiwright schema add {WEB}other.rng"):
        read(store, f"{WEB}other.rng")
