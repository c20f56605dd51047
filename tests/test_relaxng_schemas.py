"""Schemas that cannot be read: each gives one sentence, names the place, and opens no file but those it may."""

import os
import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from places import CASES, ROOT, SHARED, needs_shared
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.relaxng import Grammar

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'
XSD = 'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
A = '<element name="a"><empty/></element>'


def wrapped(content: str) -> str:
    """A schema whose root element has a content."""
    return f'<element name="r" {RNG} {XSD}>{content}</element>'


def grammar(*components: str) -> str:
    """A schema of several definitions."""
    return f"<grammar {RNG}>{''.join(components)}</grammar>"


def doubling(combine: str, levels: int = 40) -> str:
    """A schema of few lines whose content doubles with each of them."""
    defines = [
        f'<define name="d{n}"><{combine}><ref name="d{n + 1}"/><ref name="d{n + 1}"/></{combine}></define>'
        for n in range(levels)
    ]
    start = '<start><element name="r"><ref name="d0"/></element></start>'
    return grammar(start, *defines, f'<define name="d{levels}">{A}</define>')


@pytest.mark.parametrize(
    ("schema", "sentence"),
    [
        ("", "not well-formed"),
        ("<a", "not well-formed"),
        ("<a/>", '"a" is not an element of RELAX NG'),
        (wrapped("<foo/>"), 'RELAX NG has no element "foo"'),
        (wrapped("<empty name='a'/>"), '"empty" has no attribute "name"'),
        (wrapped("words<empty/>"), 'there is text in "element"'),
        (wrapped('<ref name="a"/>'), "outside of a grammar"),
        (wrapped('<data type="integr"/>'), 'no datatype "integr"'),
        (wrapped('<data type="token"><param name="pattern">(</param></data>'), "not a regular expression"),
        (wrapped('<value type="integer">x</value>'), '"x" is not a whole number'),
        (wrapped('<group><text/><data type="token"/></group>'), "may not stand beside"),
        (wrapped('<attribute name="a"/><attribute name="a"/>'), 'the attribute "a" is there twice'),
        (wrapped("<attribute><anyName/></attribute>"), "must stand in"),
        (wrapped(f"<interleave>{A}{A}</interleave>"), 'is in two parts of "interleave"'),
        (wrapped('<externalRef href="http://example.org/a.rng"/>'), "only files are"),
        (wrapped('<externalRef href="nowhere.rng"/>'), '"nowhere.rng" cannot be read'),
        (wrapped('<externalRef href="http://["/>'), "is not an address"),
        (grammar("<start><ref name='a'/></start>"), '"a" is referred to but not defined'),
        (grammar(f"<define name='a'>{A}</define>"), 'it has no "start"'),
        (grammar(f"<start>{A}</start><start>{A}</start>"), 'defined twice without "combine"'),
        (grammar("<start><ref name='a'/></start><define name='a'><ref name='a'/></define>"), "refers to itself"),
        (wrapped("<optional>" * 99 + "<text/>" + "</optional>" * 99), "nested more than 100 levels"),
        (wrapped("<group>" * 3000 + "<text/>" + "</group>" * 3000), "nested too deeply"),
        (doubling("group"), "too large"),
        (doubling("interleave"), "too large"),
    ],
)
def test_incorrect_schemas(schema: str, sentence: str) -> None:
    with pytest.raises(SchemaError) as caught:
        Grammar.parse(schema.encode(), source="bad.rng")
    assert sentence in str(caught.value)
    assert "bad.rng" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_place_of_a_fault_is_named() -> None:
    with pytest.raises(SchemaError, match=r"^bad\.rng:3: "):
        Grammar.parse(wrapped("\n\n<oneOrMore/>").encode(), source="bad.rng")


def test_entities_are_not_expanded_without_bound_nor_read_from_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    external = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    inner = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "aaaaaaaaaa"}">' for n in range(12))
    for doctype, entity in ((external, "&x;"), (f"<!DOCTYPE r [{inner}]>", "&a11;")):
        schema = doctype + wrapped(f"<value>{entity}</value>")
        with pytest.raises(SchemaError, match="not well-formed"):
            Grammar.parse(schema.encode())


@pytest.mark.parametrize("name", ["whole.rng", "part.rng"])
def test_no_schema_opens_what_its_doctype_names(tmp_path: Path, name: str) -> None:
    """Who opens this pipe waits for ever."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "whole.rng").write_text(grammar('<include href="part.rng"/>'))
    (tmp_path / "part.rng").write_text(grammar(f"<start>{A}</start>"))
    doctype = f'<!DOCTYPE grammar SYSTEM "{(tmp_path / "pipe").as_uri()}">'
    (tmp_path / name).write_text(doctype + (tmp_path / name).read_text())
    script = f"from teiwright.relaxng import Grammar; Grammar.read({str(tmp_path / 'whole.rng')!r})"
    environment = {"PYTHONPATH": str(ROOT / "toolkit")}
    assert subprocess.run([sys.executable, "-c", script], env=environment, timeout=60, check=False).returncode == 0


def test_no_schema_takes_defaults_from_its_doctype(tmp_path: Path) -> None:
    (tmp_path / "more.dtd").write_text('<!ATTLIST element name CDATA "b">')
    schema = wrapped("<element><text/></element>")
    with pytest.raises(SchemaError, match='"text" is not a name class'):
        Grammar.parse(f'<!DOCTYPE element SYSTEM "{(tmp_path / "more.dtd").as_uri()}">{schema}'.encode())


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("//[x", "is not an address"),
        ("a%00b", "a file can have"),
        ("x" * 300, "a file can have"),
        ("file:///dev/zero", "not a regular file"),
        ("pipe", "not a regular file"),
        ("loop", "a file can have"),
    ],
)
def test_hostile_addresses_are_one_sentence(tmp_path: Path, href: str, words: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "a.rng").write_text(grammar(f'<include href="{href}"/>'))
    with pytest.raises(SchemaError, match=words):
        Grammar.read(tmp_path / "a.rng")


def test_a_schema_knows_its_files() -> None:
    folder = CASES / "schematron"
    assert Grammar.read(folder / "embedded.rng").files == (folder / "embedded.rng", folder / "embedded-more.rng")


@pytest.mark.parametrize("name", ["missing.rng", "."])
def test_files_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError):
        Grammar.read(tmp_path / name)


def test_files_that_include_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.rng").write_text(grammar('<include href="b.rng"/>'), encoding="utf-8")
    (tmp_path / "b.rng").write_text(grammar('<include href="a.rng"/>'), encoding="utf-8")
    with pytest.raises(SchemaError, match="includes itself"):
        Grammar.read(tmp_path / "a.rng")


def test_a_chain_of_definitions_may_be_long() -> None:
    defines = [f'<define name="d{n}"><ref name="d{n + 1}"/></define>' for n in range(3000)]
    schema = grammar('<start><ref name="d0"/></start>', *defines, f'<define name="d3000">{A}</define>')
    assert list(Grammar.parse(schema.encode()).validate(Document.parse("<a/>"))) == []


@pytest.mark.parametrize("kind", ["element", "attribute"])
def test_a_content_may_be_long(kind: str) -> None:
    parts = "".join(f'<optional><{kind} name="a{n}"><text/></{kind}></optional>' for n in range(1500))
    read = Grammar.parse(wrapped(parts).encode())
    assert list(read.validate(Document.parse('<r a1="" a7=""/>' if kind == "attribute" else "<r><a1/><a7/></r>"))) == []
    assert list(read.validate(Document.parse('<r b=""/>' if kind == "attribute" else "<r><a7/><a1/></r>")))


def altered(data: bytes, chance: random.Random) -> bytes:
    """A file cut short, or with a few bytes changed."""
    if chance.random() < 0.4:
        return data[: chance.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        changed[chance.randrange(len(changed))] = chance.choice(b'<>&"/ =ax\x00\xff')
    return bytes(changed)


@pytest.mark.parametrize("seed", range(200))
def test_altered_schemas_are_read_or_refused(seed: int) -> None:
    path = CASES / "relaxng" / "poems.rng"
    data = altered(path.read_bytes(), random.Random(seed))
    with suppress(SchemaError):
        read = Grammar.parse(data, path.as_uri(), "poems.rng")
        list(read.validate(Document.read(CASES / "relaxng" / "valid.xml")))


@needs_shared
@pytest.mark.parametrize("seed", range(8))
def test_altered_tei_all_is_read_or_refused(seed: int) -> None:
    data = altered((SHARED / "tei" / "tei_all.rng").read_bytes(), random.Random(seed))
    with suppress(SchemaError):
        Grammar.parse(data)
