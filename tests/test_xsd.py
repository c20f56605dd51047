"""XML Schema: libxml2's verdict and xmlschema's explanation agree, and the explanation is ours."""

from __future__ import annotations

import copy
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from places import CASES, CHAPTER, ROOT, SHARED, needs_shared
from teiwright.diagnostic import Severity
from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.xsd import Xsd

POEM = CASES / "xsd" / "poem.xml"
SCHEMA = CASES / "xsd" / "poem.xsd"
START = '<poem xmlns="urn:poem" year="1800">'
XS = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@pytest.fixture(scope="module")
def poem() -> Xsd:
    return Xsd.read(SCHEMA)


def found(schema: Xsd, text: str) -> list[tuple[str, str]]:
    """Code and path of each finding, in document order."""
    plain = [
        (d.location, d.code, re.sub(r"Q\{[^}]*\}", "", d.location.xpath)) for d in schema.validate(Document.parse(text))
    ]
    return [(code, path) for _, code, path in sorted(plain)]


def test_a_valid_document_has_no_findings(poem: Xsd) -> None:
    assert list(poem.validate(Document.read(POEM))) == []


def test_xmlschema_is_not_imported_for_a_valid_document() -> None:
    script = (
        "import sys; from teiwright.xsd import Xsd; from teiwright.document import Document\n"
        f"assert not list(Xsd.read({str(SCHEMA)!r}).validate(Document.read({str(POEM)!r})))\n"
        "sys.exit('xmlschema' in sys.modules)"
    )
    environment = {"PYTHONPATH": str(ROOT / "toolkit")}
    assert subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('<poem xmlns="urn:poem"><title/><l/></poem>', [("xsd-attribute-missing", "/poem")]),
        (
            '<poem xmlns="urn:poem" year="x" kind="epic"><title/><l/></poem>',
            [("xsd-value-not-allowed", "/poem/@year"), ("xsd-value-not-allowed", "/poem/@kind")],
        ),
        (START.replace(">", ' typo="1">') + "<title/><l/></poem>", [("xsd-attribute-not-allowed", "/poem/@typo")]),
        (f"{START}<titel/><l/></poem>", [("xsd-element-not-allowed", "/poem/titel")]),
        (f"{START}<title/></poem>", [("xsd-element-missing", "/poem")]),
        (
            f"{START}<!-- c --><title/><?p?><author/><author/><author/><l/></poem>",
            [("xsd-element-not-allowed", "/poem/author[3]")],
        ),
        (f"{START}<title/>text<l/></poem>", [("xsd-text-not-allowed", "/poem")]),
        (f"{START}<title><b/></title><l/></poem>", [("xsd-element-not-allowed", "/poem/title/b")]),
        (f"{START}<title/><l><br>x</br></l></poem>", [("xsd-text-not-allowed", "/poem/l/br")]),
        (f"{START}<title/><l/><note>ABC</note></poem>", [("xsd-value-not-allowed", "/poem/note")]),
        (f'{START}<title/><l n="0"/></poem>', [("xsd-value-not-allowed", "/poem/l/@n")]),
        (f'{START}<title/><l when="May"/></poem>', [("xsd-value-not-allowed", "/poem/l/@when")]),
        (
            f'{START}<title/><l xml:id="a"/><l xml:id="a"/></poem>',
            [("xsd-identifier-not-unique", "/poem/l[2]/@xml:id")],
        ),
        (START.replace(">", ' status="open">') + "<title/><l/></poem>", [("xsd-value-not-allowed", "/poem/@status")]),
        (
            f'{START}<title xmlns:i="{XSI}" i:nil="true"/><l/></poem>',
            [("xsd-attribute-not-allowed", "/poem/title/@xsi:nil")],
        ),
        (f"{START}<title/><lg>{'<l/>' * 15}</lg></poem>", [("xsd-element-not-allowed", "/poem/lg/l[15]")]),
        ("<peom/>", [("xsd-element-not-declared", "/peom")]),
    ],
)  # fmt: skip
def test_each_fault_has_its_code_and_its_place(poem: Xsd, text: str, wanted: list[tuple[str, str]]) -> None:
    assert found(poem, text) == wanted


def test_messages_name_what_was_found_where_and_what_was_expected(poem: Xsd) -> None:
    messages = [d.message for d in poem.validate(Document.parse(f'{START}<title/><lg><l n="-1"/><l/></lg></poem>'))]
    assert messages == ['value "-1" of attribute "n" in element "Q{urn:poem}l" is not allowed; expected a value of type "xs:positiveInteger"']  # fmt: skip
    kind = Document.parse(START.replace("year", 'kind="epic" year') + "<title/><l/></poem>")
    assert next(poem.validate(kind)).message.endswith('expected "ode", "elegy", "sonnet" … and 1 more')


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<names><name key="a"/><name see="a"/></names>', None),
        ('<names><name key="a"/><name see="b"/></names>', "xsd-reference-without-target"),
        ('<names><name number="1"/><name number="01"/></names>', "xsd-identity-rule-broken"),
    ],
)
def test_references_and_uniqueness(text: str, code: str | None) -> None:
    codes = [d.code for d in Xsd.read(CASES / "xsd" / "references.xsd").validate(Document.parse(text))]
    assert codes == ([code] if code else [])


def test_a_schema_that_libxml2_is_not_given_is_decided_by_xmlschema_alone() -> None:
    schema = Xsd.read(CASES / "xsd" / "web-import.xsd")
    assert schema.verdict is None
    assert found(schema, '<root xml:lang="de"/>') == []
    assert found(schema, "<root/>") == [("xsd-attribute-missing", "/root")]


def test_where_the_processors_disagree_both_are_reported(poem: Xsd, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Xsd, "explained", lambda _self, _document: iter(()))
    diagnostics = list(poem.validate(Document.parse(f"{START}<title/></poem>")))
    assert [(d.code, d.severity) for d in diagnostics] == [
        ("xsd-not-valid", Severity.ERROR),
        ("schema-processors-disagree", Severity.WARNING),
    ]


def test_a_document_too_deep_for_xmlschema_is_still_refused() -> None:
    schema = Xsd.read(CASES / "xsd" / "nested.xsd")
    assert found(schema, "<a>" * 1900 + "</a>" * 1900) == []
    codes = {d.code: d.severity for d in schema.validate(Document.parse("<a>" * 1900 + "<b/>" + "</a>" * 1900))}
    assert codes["xsd-not-valid"] == Severity.ERROR


@pytest.mark.parametrize("pattern", [".*.*.*.*.*.*.*.*.*.*b", r"\p{IsNoSuchBlock}"])
def test_where_libxml2_breaks_off_a_document_is_no_pass(tmp_path: Path, pattern: str) -> None:
    value = f'<xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="{pattern}"/></xs:restriction></xs:simpleType>'
    (tmp_path / "hard.xsd").write_text(f'{XS}<xs:element name="a">{value}</xs:element></xs:schema>')
    with pytest.raises(etree.LxmlError):
        etree.XMLSchema(file=str(tmp_path / "hard.xsd")).validate(etree.XML(f"<a>{'a' * 54}!</a>"))
    assert found(Xsd.read(tmp_path / "hard.xsd"), f"<a>{'a' * 54}!</a>") == [("xsd-check-incomplete", "/a")]


def test_a_pattern_that_python_cannot_count_is_one_sentence(tmp_path: Path) -> None:
    value = f'<xs:restriction base="xs:string"><xs:pattern value="a{{{10**12}}}"/></xs:restriction>'
    text = f'{XS}<xs:element name="a"><xs:simpleType>{value}</xs:simpleType></xs:element></xs:schema>'
    (tmp_path / "a.xsd").write_text(text)
    with pytest.raises(SchemaError, match="not a usable XML Schema"):
        Xsd.read(tmp_path / "a.xsd")


def test_a_document_cannot_bring_its_own_schema(poem: Xsd, tmp_path: Path) -> None:
    (tmp_path / "own.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:own">'
        '<xs:element name="x"/></xs:schema>'
    )
    text = f'<x xmlns="urn:own" xmlns:i="{XSI}" i:schemaLocation="urn:own {(tmp_path / "own.xsd").as_uri()}"/>'
    assert found(poem, text) == [("xsd-element-not-declared", "/x")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        ("<a>", "not well-formed"),
        ("<a/>", "not an XML Schema"),
        (f"{XS}<xs:elephant/></xs:schema>", "not a usable"),
        (f'{XS}<xs:include schemaLocation="no.xsd"/></xs:schema>', "no such file"),
        (f'{XS}<xs:include schemaLocation="http://x.org/a.xsd"/></xs:schema>', "not fetched"),
        (f'{XS}<xs:include schemaLocation="//[x"/></xs:schema>', "is not an address"),
        (f'{XS}<xs:include schemaLocation="a%00b"/></xs:schema>', "a file can have"),
        (f'{XS}<xs:include schemaLocation="{"x" * 300}"/></xs:schema>', "a file can have"),
        (f'{XS}<xs:include schemaLocation="file:///dev/zero"/></xs:schema>', "not a regular file"),
        ('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "not read"),
    ],
)  # fmt: skip
def test_a_broken_schema_is_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "broken.xsd").write_text(text)
    with pytest.raises(SchemaError, match=words) as caught:
        Xsd.read(tmp_path / "broken.xsd")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("place", ["whole", "part"])
@pytest.mark.parametrize(
    "doctype", ['<!DOCTYPE x SYSTEM "{}">', '<!DOCTYPE x [<!ENTITY % p SYSTEM "{}"> %p;]>'], ids=["subset", "entity"]
)
def test_no_schema_opens_what_its_doctype_names(tmp_path: Path, place: str, doctype: str) -> None:
    """Of the parts of a schema libxml2 would expand every entity. Who opens this pipe waits for ever."""
    os.mkfifo(tmp_path / "pipe")
    doctypes = {place: doctype.format((tmp_path / "pipe").as_uri())}
    (tmp_path / "part.xsd").write_text(f'{doctypes.get("part", "")}{XS}<xs:element name="x"/></xs:schema>')
    include = '<xs:include schemaLocation="part.xsd"/>'
    (tmp_path / "whole.xsd").write_text(f"{doctypes.get('whole', '')}{XS}{include}</xs:schema>")
    script = (
        "from teiwright.document import Document; from teiwright.errors import SchemaError; from teiwright.xsd import Xsd\n"
        f"try: schema = Xsd.read({str(tmp_path / 'whole.xsd')!r})\n"
        f"except SchemaError: assert {'%' in doctype}\n"
        "else:\n"
        "    assert not list(schema.validate(Document.parse('<x/>')))\n"
        "    assert list(schema.validate(Document.parse('<y/>')))\n"
    )
    environment = {"PYTHONPATH": str(ROOT / "toolkit")}
    command = [sys.executable, "-c", script]
    assert subprocess.run(command, env=environment, timeout=60, check=False).returncode == 0


def test_a_schema_knows_its_files() -> None:
    assert [path.name for path in Xsd.read(SCHEMA).files] == ["poem.xsd", "poem-types.xsd", "xml.xsd"]


def test_an_ambiguous_schema_is_refused_by_name() -> None:
    with pytest.raises(SchemaError, match="ambiguous"):
        Xsd.read(CASES / "xsd" / "ambiguous.xsd")


def test_a_missing_schema_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="no such file"):
        Xsd.read(tmp_path / "none.xsd")


# The law: on documents mutated at random the two processors give the same verdict.

VALUES = (
    "",
    "x",
    "0",
    "1",
    "-5",
    "1800",
    "1800-02-30",
    "ode",
    "elegy ode",
    " 7 ",
    "de",
    "de_DE",
    "true",
    "a b",
    "Ä",
    "done",
)


def mutated(root: etree._Element, random_: random.Random) -> etree._Element:
    """A copy of a tree with one to three small changes."""
    root = copy.deepcopy(root)
    for _ in range(random_.randint(1, 3)):
        elements = [*root.iter(etree.Element)]
        random_.choice(MUTATIONS)(random_.choice(elements), elements, random_)
    return root


def _rename(element: etree._Element, elements: list[etree._Element], random_: random.Random) -> None:
    element.tag = random_.choice([random_.choice(elements).tag, f"{element.tag}x"])


def _remove(element: etree._Element, _elements: list[etree._Element], _random: random.Random) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _repeat(element: etree._Element, _elements: list[etree._Element], _random: random.Random) -> None:
    if element.getparent() is not None:
        element.addnext(copy.deepcopy(element))


def _insert(element: etree._Element, elements: list[etree._Element], random_: random.Random) -> None:
    element.insert(random_.randint(0, len(element)), copy.deepcopy(random_.choice(elements)))


def _write(element: etree._Element, _elements: list[etree._Element], random_: random.Random) -> None:
    element.text = random_.choice(VALUES)


def _set_attribute(element: etree._Element, elements: list[etree._Element], random_: random.Random) -> None:
    names = sorted({str(name) for other in elements for name in other.attrib} | {"typo"})
    element.set(random_.choice(names), random_.choice(VALUES))


def _remove_attribute(element: etree._Element, _elements: list[etree._Element], random_: random.Random) -> None:
    if element.attrib:
        del element.attrib[random_.choice(sorted(map(str, element.attrib)))]


MUTATIONS = (_rename, _remove, _repeat, _insert, _write, _set_attribute, _remove_attribute)


def verdicts(schema: Xsd, root: etree._Element, count: int, seed: int) -> Iterator[tuple[bool, bool, str]]:
    """What libxml2 and xmlschema say of mutants of a document, and the mutant."""
    random_ = random.Random(seed)
    assert schema.verdict is not None
    for _ in range(count):
        text = etree.tostring(mutated(root, random_), encoding="unicode")
        document = Document.parse(text)
        yield schema.verdict.validate(document.tree), not list(schema.explained(document)), text


def agree(schema: Xsd, root: etree._Element, count: int, seed: int) -> tuple[int, int]:
    """How many mutants are valid and how many not, the processors being of one mind on each."""
    valid = 0
    for libxml2, xmlschema, text in verdicts(schema, root, count, seed):
        assert libxml2 == xmlschema, text
        valid += libxml2
    return valid, count - valid


@pytest.mark.parametrize("seed", range(4))
def test_both_processors_agree_on_mutated_documents(poem: Xsd, seed: int) -> None:
    valid, invalid = agree(poem, Document.read(POEM).root, 250, seed)
    assert valid > 10
    assert invalid > 100


def test_every_finding_points_inside_its_document(poem: Xsd) -> None:
    for *_, text in verdicts(poem, Document.read(POEM).root, 100, 99):
        lines = text.count("\n") + 1
        for diagnostic in poem.validate(Document.parse(text)):
            assert 1 <= diagnostic.location.line <= lines
            assert diagnostic.location.column >= 1
            assert "expected" in diagnostic.message


def test_both_processors_agree_on_mutants_of_the_chapter() -> None:
    schema = Xsd.read(ROOT / "schemas" / "lenin.xsd")
    assert schema.verdict is not None, "libxml2 refuses the project's own schema"
    document = Document.read(CHAPTER)
    assert list(schema.validate(document)) == list(schema.explained(document)) == []
    valid, invalid = agree(schema, excerpt(document.root), 60, 1)
    assert valid > 3
    assert invalid > 20


def excerpt(root: etree._Element) -> etree._Element:
    """A copy of a tree with three children of each division and list: xmlschema is slow."""
    root = copy.deepcopy(root)
    for element in [*root.iter("{*}body", "{*}div", "{*}listPerson", "{*}listPlace", "{*}listOrg", "{*}listBibl")]:
        for child in [*element][3:]:
            element.remove(child)
    return root


@needs_shared
@pytest.mark.parametrize("name", ["gexf/viz.xsd", "gexf/gexf.xsd", "junit/JUnit-windyroad.xsd", "junit/junit-10.xsd"])
def test_schemas_of_others_are_read(name: str) -> None:
    assert Xsd.read(SHARED / "schemas" / name).verdict is not None
