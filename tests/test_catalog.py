"""OASIS XML Catalogs 1.1, section by section, and beside xmlcatalog of libxml2 where that is here."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.errors import SchemaError
from teiwright.schemas.catalog import NAMESPACE, Catalog, is_publicid, normalized, public_identifier

WEB = "https://example.org/"


def written(folder: Path, entries: str, name: str = "catalog.xml", attributes: str = "") -> Path:
    path = folder / name
    path.write_text(f'<catalog xmlns="{NAMESPACE}" {attributes}>{entries}</catalog>', encoding="utf-8")
    return path


def catalog(folder: Path, entries: str, attributes: str = "") -> Catalog:
    return Catalog((written(folder, entries, attributes=attributes),))


def here(folder: Path, name: str) -> str:
    return (folder / name).as_uri()


@pytest.mark.parametrize(
    ("entries", "name", "target"),
    [
        # 6.5.9 uri, with section 6.4: what is compared is normalized
        (f'<uri name="{WEB}a.rng" uri="b.rng"/>', f"{WEB}a.rng", "b.rng"),
        (f'<uri name="{WEB}a.rng" uri="b.rng"/>', f"{WEB}A.rng", None),
        (f'<uri name="{WEB}ü b" uri="b.rng"/>', f"{WEB}%C3%BC%20b", "b.rng"),
        (f'<uri name="{WEB}%C3%BC%20b" uri="b.rng"/>', f"{WEB}ü b", "b.rng"),
        (f'<uri name="{WEB}a" uri="first"/><uri name="{WEB}a" uri="second"/>', f"{WEB}a", "first"),
        ('<uri name="a.rng" uri="b.rng"/>', "a.rng", "b.rng"),
        # 6.5.10 rewriteURI: the longest that fits
        (f'<rewriteURI uriStartString="{WEB}" rewritePrefix="local/"/>', f"{WEB}x/a.rng", "local/x/a.rng"),
        (
            f'<rewriteURI uriStartString="{WEB}" rewritePrefix="short/"/>'
            f'<rewriteURI uriStartString="{WEB}x/" rewritePrefix="long/"/>',
            f"{WEB}x/a.rng",
            "long/a.rng",
        ),
        # 6.5.11 uriSuffix: the longest that fits
        ('<uriSuffix uriSuffix="/a.rng" uri="b.rng"/>', f"{WEB}x/a.rng", "b.rng"),
        (
            '<uriSuffix uriSuffix="a.rng" uri="short"/><uriSuffix uriSuffix="x/a.rng" uri="long"/>',
            f"{WEB}x/a.rng",
            "long",
        ),
        # 7.2.2: uri before rewriteURI before uriSuffix, whatever their order and length
        (
            f'<uriSuffix uriSuffix="{WEB}a" uri="suffix"/><rewriteURI uriStartString="{WEB}a" rewritePrefix="rewrite"/>'
            f'<uri name="{WEB}a" uri="exact"/>',
            f"{WEB}a",
            "exact",
        ),
        (
            f'<uriSuffix uriSuffix="{WEB}a" uri="suffix"/><rewriteURI uriStartString="{WEB}" rewritePrefix="rewrite/"/>',
            f"{WEB}a",
            "rewrite/a",
        ),
        # 7.2.1: a public identifier as a URN
        ('<public publicId="-//TEI//DTD  All//EN" uri="a.rng"/>', "urn:publicid:-:TEI:DTD+All:EN", "a.rng"),
        ('<public publicId="-//TEI//DTD All//EN" uri="a" xml:base="sub/"/>', "URN:PUBLICID:-:TEI:DTD+All:EN", "sub/a"),
        # 6.5.2 group, 6.1 xml:base and id
        (f'<group xml:base="sub/"><uri id="i" name="{WEB}a" uri="b"/></group>', f"{WEB}a", "sub/b"),
        (f'<group xml:base="sub/"><uri name="{WEB}a" uri="b" xml:base="er/"/></group>', f"{WEB}a", "sub/er/b"),
        (f'<group><uri name="{WEB}a" uri="in"/></group><uri name="{WEB}a" uri="after"/>', f"{WEB}a", "in"),
        # 6: elements of other namespaces mean nothing, nor does what is in them
        (f'<x xmlns="urn:x"><uri xmlns="{NAMESPACE}" name="{WEB}a" uri="b"/></x>', f"{WEB}a", None),
        ('<doctype xmlns="urn:oasis:names:tc:entity:xmlns:tr9401:catalog" name="a" uri="b"/>', "a", None),
        (f'<system systemId="{WEB}a" uri="no"><uri name="{WEB}b" uri="inside"/></system>', f"{WEB}b", None),
        # 4.1.1 and 4.2: system and public entries are of no use for a URI
        ('<public publicId="-//a//b" uri="a"/>', "-//a//b", None),
    ],
)
def test_a_uri(tmp_path: Path, entries: str, name: str, target: str | None) -> None:
    assert catalog(tmp_path, entries).uri(name) == (target and here(tmp_path, target))


@pytest.mark.parametrize(
    ("entries", "system", "target"),
    [
        (f'<system systemId="{WEB}a" uri="b"/>', f"{WEB}a", "b"),
        (f'<rewriteSystem systemIdStartString="{WEB}" rewritePrefix="local/"/>', f"{WEB}x/a", "local/x/a"),
        ('<systemSuffix systemIdSuffix="/a.dtd" uri="b"/>', f"{WEB}x/a.dtd", "b"),
        (
            f'<systemSuffix systemIdSuffix="a" uri="s"/><rewriteSystem systemIdStartString="{WEB}" rewritePrefix="r/"/>'
            f'<system systemId="{WEB}a" uri="exact"/>',
            f"{WEB}a",
            "exact",
        ),
        (f'<uri name="{WEB}a" uri="b"/>', f"{WEB}a", None),
    ],
)
def test_a_system_identifier(tmp_path: Path, entries: str, system: str, target: str | None) -> None:
    assert catalog(tmp_path, entries).external(system=system) == (target and here(tmp_path, target))
    if target:
        assert catalog(tmp_path, entries).uri(system) is None


def test_a_schemas_address_may_be_in_the_catalog_as_either(tmp_path: Path) -> None:
    entries = f'<system systemId="{WEB}a" uri="as-system"/><system systemId="{WEB}b" uri="x"/><uri name="{WEB}b" uri="as-uri"/>'
    found = catalog(tmp_path, entries)
    assert found.resolved(f"{WEB}a") == here(tmp_path, "as-system")
    assert found.resolved(f"{WEB}b") == here(tmp_path, "as-uri")


# Section 4.1.1: the table of nine, for each preference and each identifier that is given.
BOTH = '<public publicId="-//P//" uri="public"/><system systemId="urn:s" uri="system"/>'
ONLY_PUBLIC = '<public publicId="-//P//" uri="public"/>'
ONLY_SYSTEM = '<system systemId="urn:s" uri="system"/>'


@pytest.mark.parametrize(
    ("prefer", "entries", "public", "system", "target"),
    [
        ("public", ONLY_PUBLIC, "-//P//", "", "public"),
        ("public", ONLY_SYSTEM, "", "urn:s", "system"),
        ("public", ONLY_PUBLIC, "-//P//", "urn:s", "public"),
        ("public", ONLY_SYSTEM, "-//P//", "urn:s", "system"),
        ("public", BOTH, "-//P//", "urn:s", "system"),
        ("system", ONLY_PUBLIC, "-//P//", "", "public"),
        ("system", ONLY_SYSTEM, "", "urn:s", "system"),
        ("system", ONLY_PUBLIC, "-//P//", "urn:s", None),
        ("system", ONLY_SYSTEM, "-//P//", "urn:s", "system"),
        ("system", BOTH, "-//P//", "urn:s", "system"),
    ],
)
def test_preferences(tmp_path: Path, prefer: str, entries: str, public: str, system: str, target: str | None) -> None:
    expected = target and here(tmp_path, target)
    assert catalog(tmp_path, entries, f'prefer="{prefer}"').external(public, system) == expected
    assert catalog(tmp_path, f'<group prefer="{prefer}">{entries}</group>').external(public, system) == expected
    by_default = catalog(tmp_path, entries)._replace(prefers_public=prefer == "public")
    assert by_default.external(public, system) == expected


def test_a_groups_preference_ends_with_it(tmp_path: Path) -> None:
    entries = f'<group prefer="system">{ONLY_PUBLIC}</group><public publicId="-//P//" uri="after"/>'
    assert catalog(tmp_path, entries).external("-//P//", "urn:s") == here(tmp_path, "after")


def test_a_system_identifier_may_be_a_public_one_as_a_urn(tmp_path: Path) -> None:
    found = catalog(tmp_path, ONLY_PUBLIC, 'prefer="system"')
    assert found.external(system="urn:publicid:-:P:") == here(tmp_path, "public")
    assert found.external("-//P//", "urn:publicid:-:P:") == here(tmp_path, "public")
    assert found.external("-//Q//", "urn:publicid:-:P:") is None  # the one that was given counts


def test_the_next_catalogs_are_asked_after_all_entries_in_their_order(tmp_path: Path) -> None:
    written(tmp_path, f'<uri name="{WEB}a" uri="one"/>', "one.xml")
    written(tmp_path, f'<uri name="{WEB}a" uri="two"/><uri name="{WEB}b" uri="two"/>', "two.xml")
    (tmp_path / "sub").mkdir()
    written(tmp_path / "sub", f'<uri name="{WEB}c" uri="three"/>', "three.xml", 'xml:base="er/"')
    nexts = '<nextCatalog catalog="one.xml"/><group><nextCatalog catalog="two.xml"/></group>'
    more = '<nextCatalog catalog="gone.xml"/><nextCatalog catalog="https://example.org/catalog.xml"/>'
    found = catalog(tmp_path, f'{nexts}{more}<nextCatalog catalog="sub/three.xml"/><uri name="{WEB}d" uri="here"/>')
    assert found.uri(f"{WEB}a") == here(tmp_path, "one")
    assert found.uri(f"{WEB}b") == here(tmp_path, "two")
    assert found.uri(f"{WEB}c") == here(tmp_path, "sub/er/three")
    assert found.uri(f"{WEB}d") == here(tmp_path, "here")
    assert found.uri(f"{WEB}e") is None


def test_the_next_catalogs_come_before_the_rest_of_the_list(tmp_path: Path) -> None:
    first = written(tmp_path, '<nextCatalog catalog="next.xml"/>', "first.xml")
    written(tmp_path, f'<uri name="{WEB}a" uri="next"/>', "next.xml")
    second = written(tmp_path, f'<uri name="{WEB}a" uri="second"/>', "second.xml")
    assert Catalog((first, second)).uri(f"{WEB}a") == here(tmp_path, "next")


def test_the_first_catalog_of_a_list_that_knows_decides(tmp_path: Path) -> None:
    first = written(tmp_path, '<uriSuffix uriSuffix="a" uri="first"/>', "first.xml")
    second = written(tmp_path, f'<uri name="{WEB}a" uri="second"/><uri name="{WEB}b" uri="second"/>', "second.xml")
    assert Catalog((tmp_path / "gone.xml", first, second)).uri(f"{WEB}a") == here(tmp_path, "first")
    assert Catalog((first, second)).uri(f"{WEB}b") == here(tmp_path, "second")


@pytest.mark.parametrize("kind", ["URI", "System", "Public"])
def test_delegation_asks_those_catalogs_alone(tmp_path: Path, kind: str) -> None:
    start, matched = (
        ("publicIdStartString", "publicId")
        if kind == "Public"
        else (("uriStartString", "name") if kind == "URI" else ("systemIdStartString", "systemId"))
    )
    element = {"URI": "uri", "System": "system", "Public": "public"}[kind]
    written(tmp_path, f'<{element} {matched}="-//A//b" uri="long"/>', "long.xml")
    written(
        tmp_path,
        f'<{element} {matched}="-//A//b" uri="short"/><{element} {matched}="-//A//c" uri="short"/>',
        "short.xml",
    )
    written(
        tmp_path, f'<{element} {matched}="-//A//d" uri="next"/><{element} {matched}="-//B//" uri="next"/>', "next.xml"
    )
    found = catalog(
        tmp_path,
        f'<delegate{kind} {start}="-//A" catalog="short.xml"/><delegate{kind} {start}="-//A//" catalog="long.xml"/>'
        f'<delegate{kind} {start}="-//B" catalog="https://example.org/catalog.xml"/><nextCatalog catalog="next.xml"/>'
        f'<{element} {matched}="-//A//e" uri="own"/>',
    )

    def resolved(name: str) -> str | None:
        if kind == "URI":
            return found.uri(name)
        return found.external(public=name) if kind == "Public" else found.external(system=name)

    assert resolved("-//A//b") == here(tmp_path, "long")
    assert resolved("-//A//c") == here(tmp_path, "short")
    assert resolved("-//A//d") is None  # never back to the next catalog
    assert resolved("-//A//e") == here(tmp_path, "own")
    assert resolved("-//B//") is None  # decided, though what decides is on the web


def test_delegation_of_one_identifier_forgets_the_other(tmp_path: Path) -> None:
    written(tmp_path, BOTH, "other.xml")
    by_system = catalog(tmp_path, f'<delegateSystem systemIdStartString="urn:x" catalog="other.xml"/>{ONLY_PUBLIC}')
    assert by_system.external("-//P//", "urn:x") is None
    by_public = catalog(tmp_path, '<delegatePublic publicIdStartString="-//" catalog="other.xml"/>')
    assert by_public.external("-//P//", "urn:s") == here(tmp_path, "public")
    unwilling = catalog(tmp_path, '<delegatePublic publicIdStartString="-//" catalog="other.xml"/>', 'prefer="system"')
    assert unwilling.external("-//P//", "urn:s") is None
    assert unwilling.external("-//P//") == here(tmp_path, "public")


@pytest.mark.parametrize(
    "entries",
    [
        '<nextCatalog catalog="catalog.xml"/><nextCatalog catalog="b.xml"/>',
        f'<delegateURI uriStartString="{WEB}" catalog="catalog.xml"/>',
        f'<delegateURI uriStartString="{WEB}" catalog="b.xml"/>',
        "".join(f'<delegateURI uriStartString="{"https://example.org/"[:n]}" catalog="b.xml"/>' for n in range(19)),
    ],
)
def test_circles_end(tmp_path: Path, entries: str) -> None:
    written(tmp_path, '<nextCatalog catalog="catalog.xml"/>' * 3 + '<nextCatalog catalog="b.xml"/>', "b.xml")
    assert catalog(tmp_path, entries).uri(f"{WEB}a") is None


def test_what_a_catalog_gives_is_not_looked_up_again(tmp_path: Path) -> None:
    found = catalog(tmp_path, f'<uri name="{WEB}a" uri="{WEB}b"/><uri name="{WEB}b" uri="c"/>')
    assert found.uri(f"{WEB}a") == f"{WEB}b"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("nonsense", "not well-formed"),
        (f"<catalog xmlns='{NAMESPACE}'>", "not well-formed"),
        ("<catalog/>", "its root"),
        (f"<c:group xmlns:c='{NAMESPACE}'/>", "its root"),
        (f"<catalog xmlns='{NAMESPACE}'>\n<uri name='a'/></catalog>", 'catalog.xml:2: "uri" has no attribute "uri"'),
        (f"<catalog xmlns='{NAMESPACE}'><nextCatalog/></catalog>", 'no attribute "catalog"'),
        (f"<catalog xmlns='{NAMESPACE}' prefer='both'/>", 'prefer="both"'),
        (f"<catalog xmlns='{NAMESPACE}'><uri name='a' uri='http://[x'/></catalog>", "not an address"),
        (f"<!DOCTYPE c [<!ENTITY a '{'x' * 99}'><!ENTITY b '{'&a;' * 99}'><!ENTITY c '{'&b;' * 99}'>"
         f"<!ENTITY d '{'&c;' * 99}'>]><catalog xmlns='{NAMESPACE}' a='&d;'/>", "not well-formed"),
    ],
)  # fmt: skip
def test_what_is_no_catalog_is_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "catalog.xml").write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match=words) as caught:
        Catalog((tmp_path / "catalog.xml",)).resolved("urn:a")
    assert "\n" not in str(caught.value)


def test_its_dtd_is_not_needed(tmp_path: Path) -> None:
    path = written(tmp_path, f'<uri name="{WEB}a" uri="b"/>')
    doctype = '<!DOCTYPE catalog PUBLIC "-//OASIS//DTD XML Catalogs V1.1//EN" "https://example.org/catalog.dtd">'
    path.write_text(doctype + path.read_text())
    assert Catalog((path,)).uri(f"{WEB}a") == here(tmp_path, "b")


def test_a_changed_catalog_is_read_again(tmp_path: Path) -> None:
    found = catalog(tmp_path, f'<uri name="{WEB}a" uri="b"/>')
    assert found.uri(f"{WEB}a") == here(tmp_path, "b")
    written(tmp_path, f'<uri name="{WEB}a" uri="another"/>')
    assert found.uri(f"{WEB}a") == here(tmp_path, "another")


@pytest.mark.parametrize(
    ("urn", "public"),
    [
        ("urn:publicid:-:OASIS:DTD+DocBook+XML+V4.1.2:EN", "-//OASIS//DTD DocBook XML V4.1.2//EN"),
        ("urn:publicid:%2B%3A%2F%3B%27%3F%23%25", "+:/;'?#%"),
        ("urn:publicid:a;b", "a::b"),
        ("urn:publicid:%2b+%20", "+ %20"),
        ("  -//a \t\n b//  ", "-//a b//"),
    ],
)
def test_public_identifiers(urn: str, public: str) -> None:
    assert public_identifier(urn) == public


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalized(text)
    assert normalized(once) == once
    assert once.isascii()
    assert all(character not in once for character in ' "<>\\^`{|}')
    if not is_publicid(text):
        assert public_identifier(public_identifier(text)) == public_identifier(text)


@given(st.binary(max_size=60))
def test_no_file_breaks_the_toolkit(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("c") / "catalog.xml"
    path.write_bytes(data)
    with pytest.raises(SchemaError):
        Catalog((path,)).resolved("urn:a")


@pytest.mark.skipif(shutil.which("xmlcatalog") is None, reason="xmlcatalog (libxml2-utils) is not here")
def test_libxml2_finds_the_same(tmp_path: Path) -> None:
    """But for suffixes, which it does not know, and with one name at a time."""
    written(tmp_path, f'<uri name="{WEB}d/x" uri="delegated"/>', "delegated.xml")
    written(tmp_path, f'<uri name="{WEB}n" uri="next"/>', "next.xml")
    path = written(
        tmp_path,
        f'<group xml:base="sub/"><uri name="{WEB}a" uri="a"/></group>'
        f'<rewriteURI uriStartString="{WEB}r/" rewritePrefix="r/"/><system systemId="{WEB}s" uri="s"/>'
        f'<rewriteURI uriStartString="{WEB}r/r/" rewritePrefix="rr/"/>'
        f'<rewriteSystem systemIdStartString="{WEB}rs/" rewritePrefix="rs/"/><public publicId="-//P//" uri="p"/>'
        f'<delegateURI uriStartString="{WEB}d/" catalog="delegated.xml"/><nextCatalog catalog="next.xml"/>',
    )
    found = Catalog((path,))
    for name in ("a", "r/x", "r/r/x", "s", "rs/x", "d/x", "d/y", "n", "nothing"):
        run = subprocess.run(["xmlcatalog", path, WEB + name], capture_output=True, text=True, check=False)
        theirs = next((line for line in run.stdout.splitlines() if not line.startswith("No entry")), None)
        ours = found.resolved(WEB + name)
        assert (ours and ours.removeprefix("file://")) == (theirs and theirs.removeprefix("file://")), name
