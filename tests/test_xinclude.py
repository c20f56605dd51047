"""Documents of several files: put together as XInclude says, safely, with every element known by its own file."""

import os
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from teiwright.diagnostic import Diagnostic, Severity
from teiwright.document import Document
from teiwright.relaxng import Grammar
from teiwright.rules import RULES
from teiwright.schematron import Schematron
from teiwright.xinclude import Composition, composed, composer, includes

XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
TEI = 'xmlns="http://www.tei-c.org/ns/1.0"'


class Case(NamedTuple):
    """What stands in the root of main.xml, other files, what the root comes to, and the codes of the faults."""

    content: str
    result: str
    files: dict[str, str]
    codes: tuple[str, ...] = ()


B = {"b.xml": "<b>t<c xml:id='i'/></b>"}
INCLUDED = "<b xml:base='b.xml'>t<c xml:id='i'/></b>"
FALLBACK = "<xi:fallback>f<g/></xi:fallback>"
MISSING, REFUSED, LOOP = "xinclude-without-target", "xinclude-not-allowed", "xinclude-loop"
MALFORMED, LARGE = "xinclude-malformed", "xinclude-too-large"

CASES: dict[str, Case] = {
    "nothing": Case("a<b/>", "a<b/>", {}),
    "a file": Case("a<xi:include href='b.xml'/>z", f"a{INCLUDED}z", B),
    "parse": Case("<xi:include href='b.xml' parse='xml'/>", INCLUDED, B),
    "a media type": Case("<xi:include href='b.xml' parse='application/tei+xml'/>", INCLUDED, B),
    "twice": Case("<xi:include href='b.xml'/><xi:include href='b.xml'/>", INCLUDED * 2, B),
    "headers and white space": Case("<xi:include href='b.xml' accept='x/y' accept-language='de'> x <y/> </xi:include>", INCLUDED, B),
    "comments and instructions around the root": Case(
        "<xi:include href='b.xml'/>", "<?p q?><!--c--><b xml:base='b.xml'/><!--d-->", {"b.xml": "<?p q?><!--c--><b/><!--d-->"}
    ),
    "a file in a file": Case(
        "<xi:include href='d/b.xml'/>",
        "<b xml:base='d/b.xml'><c xml:base='c.xml'/><e xml:base='../e.xml'/></b>",
        {"d/b.xml": f"<b {XI}><xi:include href='c.xml'/><xi:include href='../e.xml'/></b>", "d/c.xml": "<c/>", "e.xml": "<e/>"},
    ),
    "a root that includes": Case(
        "<xi:include href='d/b.xml'/>", "<c xml:base='c.xml'/>",
        {"d/b.xml": f"<xi:include {XI} href='../c.xml'/>", "c.xml": "<c/>"},
    ),
    "xml:base": Case(
        "<x xml:base='d/'><xi:include href='b.xml'/></x>", "<x xml:base='d/'><b xml:base='b.xml'/></x>", {"d/b.xml": "<b/>"}
    ),
    "xml:base of the inclusion": Case(
        "<xi:include xml:base='d/x' href='b.xml'/>", "<b xml:base='d/b.xml'/>", {"d/b.xml": "<b/>"}
    ),
    "xml:base in the file": Case(
        "<xi:include href='b.xml'/>", "<b xml:base='e/f.xml'/>", {"b.xml": "<b xml:base='e/f.xml'/>"}
    ),
    "a name with a colon and a space": Case(
        "<xi:include href='./a%3Ab%20c.xml'/>", "<b xml:base='a%3Ab%20c.xml'/>", {"a:b c.xml": "<b/>"}
    ),
    "xml:lang": Case(
        "<x xml:lang='en'><xi:include href='b.xml'/><xi:include href='c.xml'/></x>",
        "<x xml:lang='en'><b xml:base='b.xml' xml:lang=''/><c xml:lang='EN' xml:base='c.xml'/></x>",
        {"b.xml": "<b/>", "c.xml": "<c xml:lang='EN'/>"},
    ),
    "xml:lang of a part": Case(
        "<xi:include href='b.xml' xpointer='i'/>", "<c xml:id='i' xml:base='b.xml' xml:lang='de'/>",
        {"b.xml": "<b xml:lang='de'><c xml:id='i'/></b>"},
    ),
    "namespaces": Case(
        "<x xmlns='urn:x' xmlns:p='urn:p'><xi:include href='b.xml'/></x>",
        "<x xmlns='urn:x' xmlns:p='urn:p'><b xmlns='' xmlns:p='urn:q' xml:base='b.xml' p:a='p:v'/></x>",
        {"b.xml": "<b xmlns:p='urn:q' p:a='p:v'/>"},
    ),
    "namespaces of a part": Case(
        "<xi:include href='b.xml' xpointer='i'/>",
        "<c xmlns='urn:x' xmlns:p='urn:p' xml:id='i' xml:base='b.xml' a='p:v'/>",
        {"b.xml": "<b xmlns='urn:x' xmlns:p='urn:p'><c xml:id='i' a='p:v'/></b>"},
    ),
    "entities and defaults": Case(
        "<xi:include href='b.xml'/>", "<b k='d' xml:base='b.xml'>&lt;<e/>é</b>",
        {"b.xml": "<!DOCTYPE b [<!ENTITY e '<e/>'><!ATTLIST b k CDATA 'd'><!--n--><?n?>]><b>&lt;&e;&#233;</b>"},
    ),
    # Parts
    "an identifier": Case("<xi:include href='b.xml' xpointer='i'/>", "<c xml:id='i' xml:base='b.xml'/>", B),
    "a fragment identifier": Case("<xi:include href='b.xml' fragid='i'/>", "<c xml:id='i' xml:base='b.xml'/>", B),
    "an identifier by the document type": Case(
        "<xi:include href='b.xml' xpointer='i'/>", "<c k='i' xml:base='b.xml'/>",
        {"b.xml": "<!DOCTYPE b [<!ATTLIST c k ID #IMPLIED>]><b k='i'><c k='i'/></b>"},
    ),
    "element() by an identifier": Case(
        "<xi:include href='b.xml' xpointer='element(i/1/2)'/>", "<f xml:base='b.xml'/>",
        {"b.xml": "<b><c xml:id='i'>t<d><e/><!--c--><f/></d></c></b>"},
    ),
    "element() by positions": Case("<xi:include href='b.xml' xpointer='element(/1/1)'/>", "<c xml:id='i' xml:base='b.xml'/>", B),
    "the first that leads to something": Case(
        "<xi:include href='b.xml' xpointer='xmlns(p=urn:p)foo(bar)element(/1/9)element(i)'/>",
        "<c xml:id='i' xml:base='b.xml'/>", B,
    ),
    "a part of the document itself": Case("<x xml:id='i'>t</x><xi:include xpointer='i'/>", "<x xml:id='i'>t</x><x xml:id='i'>t</x>", {}),
    "a part that is an inclusion": Case(
        "<xi:include href='c.xml' xpointer='i'/>", INCLUDED,
        {**B, "c.xml": f"<c {XI}><xi:include xml:id='i' href='b.xml'/></c>"},
    ),
    "a part with an inclusion in it": Case(
        "<xi:include href='c.xml' xpointer='element(/1/2)'/>", f"<d xml:base='c.xml'>{INCLUDED}</d>",
        {**B, "c.xml": f"<c {XI}><xi:include href='no.xml'/><d><xi:include href='b.xml'/></d></c>"},
    ),
    # Attributes
    "attributes for what comes": Case(
        "<xi:include href='b.xml' xmlns:p='urn:p' xmlns:l='http://www.w3.org/2001/XInclude/local-attributes' p:a='1' l:b='2' xml:space='preserve'/>",
        "<b xmlns:p_='urn:p' xmlns:p='urn:q' p:c='3' p_:a='1' b='2' xml:base='b.xml'/>",
        {"b.xml": "<b xmlns:p='urn:q' p:c='3' b='9'/>"},
    ),
    "set-xml-id": Case("<xi:include href='b.xml' xpointer='i' set-xml-id='j'/>", "<c xml:id='j' xml:base='b.xml'/>", B),
    "set-xml-id to nothing": Case("<xi:include href='b.xml' xpointer='i' set-xml-id=''/>", "<c xml:base='b.xml'/>", B),
    # Text
    "text": Case("<xi:include href='t.txt' parse='text'/>", "a &lt;&amp;&#13;\nb", {"t.txt": "a <&\r\nb"}),
    "empty text": Case("x<xi:include href='t.txt' parse='text/plain'/>", "x", {"t.txt": ""}),
    "markup as text": Case("<xi:include href='b.xml' parse='text'/>", "&lt;b>t&lt;c xml:id='i'/>&lt;/b>", B),
    "lines of a text": Case("<xi:include href='t.txt' parse='text' fragid='line=1,2'/>", "b\n", {"t.txt": "a\nb\nc"}),
    "characters of a text": Case("<xi:include href='t.txt' parse='text' fragid='char=,2;length=6'/>", "ab", {"t.txt": "abcdef"}),
    # Fallbacks
    "fallback": Case(f"<xi:include href='no.xml'>{FALLBACK}</xi:include>", "f<g/>", {}),
    "fallback for a part": Case(f"<xi:include href='b.xml' xpointer='no'>{FALLBACK}</xi:include>", "f<g/>", B),
    "fallback for an unknown scheme": Case(f"<xi:include href='b.xml' xpointer='foo(a)'>{FALLBACK}</xi:include>", "f<g/>", B),
    "fallback for text": Case(f"<xi:include href='no.txt' parse='text'>{FALLBACK}</xi:include>", "f<g/>", {}),
    "fallback for an unknown encoding": Case(
        f"<xi:include href='b.xml' parse='text' encoding='no'>{FALLBACK}</xi:include>", "f<g/>", B
    ),
    "empty fallback": Case("a<xi:include href='no.xml'><xi:fallback/></xi:include>", "a", {}),
    "fallback that is not needed": Case(f"<xi:include href='b.xml'>{FALLBACK}</xi:include>", INCLUDED, B),
    "fallback with an inclusion": Case(
        "<xi:include href='no.xml'><xi:fallback>f<xi:include href='b.xml'/></xi:fallback></xi:include>", f"f{INCLUDED}", B
    ),
    "fallback in a fallback": Case(
        f"<xi:include href='no.xml'><xi:fallback><xi:include href='no2.xml'>{FALLBACK}</xi:include></xi:fallback></xi:include>",
        "f<g/>", {},
    ),
    "namespaces of a fallback": Case(
        "<xi:include href='no.xml' xmlns:p='urn:p'><xi:fallback xmlns='urn:d'><p:g><h/></p:g></xi:fallback></xi:include>",
        "<p:g xmlns:p='urn:p'><h xmlns='urn:d'/></p:g>", {},
    ),
    "fallback instead of the web": Case(
        f"<xi:include href='http://example.org/b.xml'>{FALLBACK}</xi:include>", "f<g/>", {}, (REFUSED,)
    ),
    # Faults
    "no such file": Case("a<xi:include href='no.xml'/>z", "az", {}, (MISSING,)),
    "no such part": Case("<xi:include href='b.xml' xpointer='no'/>", "", B, (MISSING,)),
    "no such child": Case("<xi:include href='b.xml' xpointer='element(/1/2)'/>", "", B, (MISSING,)),
    "no such scheme": Case("<xi:include href='b.xml' xpointer='xpath(//c)'/>", "", B, (MISSING,)),
    "a folder": Case("<xi:include href='d'/>", "", {"d/b.xml": "<b/>"}, (MISSING,)),
    "the web": Case("<xi:include href='https://example.org/b.xml'/>", "", {}, (REFUSED,)),
    "the web by xml:base": Case("<x xml:base='http://example.org/'><xi:include href='b.xml'/></x>", "<x xml:base='http://example.org/'/>", B, (REFUSED,)),
    "another scheme": Case("<xi:include href='ftp://example.org/b.xml'/>", "", {}, (REFUSED,)),
    "outside of the project": Case("<xi:include href='../b.xml'/>", "", {}, (REFUSED,)),
    "outside by an absolute address": Case("<xi:include href='file:///etc/passwd' parse='text'/>", "", {}, (REFUSED,)),
    "a link that leads outside": Case("<xi:include href='link' parse='text'/>", "", {}, (REFUSED,)),
    "a device": Case("<xi:include href='pipe'/>", "", {}, (REFUSED,)),
    "itself": Case("<xi:include href='main.xml'/>", "", {}, (LOOP,)),
    "what it stands in": Case("<x xml:id='i'>t<xi:include xpointer='i'/></x>", "<x xml:id='i'>t</x>", {}, (LOOP,)),
    "what includes it": Case(
        "<xi:include href='b.xml'/>", "<b xml:base='b.xml'><c xml:base='c.xml'/></b>",
        {"b.xml": f"<b {XI}><xi:include href='c.xml'/></b>", "c.xml": f"<c {XI}><xi:include href='b.xml'/></c>"}, (LOOP,),
    ),
    "a loop has no fallback": Case(f"<xi:include href='main.xml'>{FALLBACK}</xi:include>", "", {}, (LOOP,)),
    "not well-formed": Case(f"<xi:include href='b.xml'>{FALLBACK}</xi:include>", "", {"b.xml": "<b><c></b>"}, ("not-well-formed",)),
    "a part of what is not well-formed": Case("<xi:include href='b.xml' xpointer='i'/>", "", {"b.xml": "<b xml:id='i'/><c>"}, ("not-well-formed",)),
    "an external entity": Case("<xi:include href='b.xml'/>", "", {"b.xml": "<!DOCTYPE b [<!ENTITY e SYSTEM 'x'>]><b>&e;</b>"}, ("external-entity",)),
    "nested too deeply": Case("<xi:include href='b.xml'/>", "", {"b.xml": "<b>" * 3000 + "</b>" * 3000}, ("nested-too-deeply",)),
    "no address": Case("<xi:include/>", "", {}, (MALFORMED,)),
    "text without address": Case("<xi:include parse='text' fragid='i'/>", "", {}, (MALFORMED,)),
    "an address that is none": Case("<xi:include href='http://['/>", "", {}, (MALFORMED,)),
    "a fragment in the address": Case("<xi:include href='b.xml#i'/>", "", B, (MALFORMED,)),
    "another parse": Case(f"<xi:include href='b.xml' parse='html'>{FALLBACK}</xi:include>", "", B, (MALFORMED,)),
    "a part of a text": Case("<xi:include href='b.xml' parse='text' xpointer='i'/>", "", B, (MALFORMED,)),
    "a pointer that is none": Case(f"<xi:include href='b.xml' xpointer='element(i'>{FALLBACK}</xi:include>", "", B, (MALFORMED,)),
    "positions that are none": Case("<xi:include href='b.xml' xpointer='element(/0)'/>", "", B, (MALFORMED,)),
    "a bad header": Case("<xi:include href='b.xml' accept='é'/>", "", B, (MALFORMED,)),
    "two fallbacks": Case(f"<xi:include href='no.xml'>{FALLBACK}{FALLBACK}</xi:include>", "f<g/>", {}, (MALFORMED,)),
    "an inclusion in an inclusion": Case("<xi:include href='b.xml'><xi:include href='b.xml'/></xi:include>", INCLUDED, B, (MALFORMED,)),
    "a fallback without inclusion": Case(FALLBACK, FALLBACK, {}, (MALFORMED,)),
    "text that is not XML's": Case("<xi:include href='t' parse='text'/>", "", {"t": "a\x01"}, (MALFORMED,)),
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that is a project of its own, with things beside it that are not to be read."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "teiwright.toml").touch()
    (tmp_path / "b.xml").write_text("<secret/>")
    (folder / "link").symlink_to(tmp_path / "b.xml")
    os.mkfifo(folder / "pipe")
    return folder


def write(folder: Path, files: dict[str, str]) -> Document:
    """Writes some files and reads main.xml, which is one of them."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return Document.read(folder / "main.xml")


def compose(folder: Path, content: str, **files: str) -> Composition:
    """A document whose root has some content; a file's name is written with "_" for "."."""
    named = {name.replace("_", "."): text for name, text in files.items()}
    return composed(write(folder, {"main.xml": f"<r {XI}>{content}</r>", **named}))


def canonical(tree: etree._ElementTree | etree._Element) -> bytes:
    """Without declarations that nothing needs."""
    return etree.tostring(tree, method="c14n", exclusive=True)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_composition(case: Case, project: Path) -> None:
    document = write(project, {"main.xml": f"<r {XI}>{case.content}</r>", **case.files})
    whole, faults = composed(document)
    assert canonical(whole.tree) == canonical(Document.parse(f"<r {XI}>{case.result}</r>").tree)
    assert tuple(fault.code for fault in faults) == case.codes
    for fault in faults:
        assert fault.location.line == 1
        assert fault.location.column > 0
        assert "\n" not in fault.message
        assert not fault.message.endswith(".")


def test_qualified_names_in_values_keep_their_meaning(project: Path) -> None:
    whole, _ = compose(
        project, "<xi:include href='b.xml' xpointer='i'/>", b_xml="<b xmlns:p='urn:p'><c xml:id='i'>p:v</c></b>"
    )
    assert whole.root[0].nsmap["p"] == "urn:p"


def test_a_fallback_that_stands_in_for_what_is_refused_is_a_warning(project: Path) -> None:
    _, faults = compose(project, f"<xi:include href='http://example.org/'>{FALLBACK}</xi:include>")
    assert [fault.severity for fault in faults] == [Severity.WARNING]


def test_without_inclusions_nothing_changes(project: Path) -> None:
    document = write(project, {"main.xml": f"<r {XI}><a/>t</r>"})
    assert not includes(document)
    assert includes(write(project, {"main.xml": f"<r {XI}><xi:include/></r>"}))
    whole, faults = composed(document)
    assert [whole.location(e) for e in whole.elements()] == [document.location(e) for e in document.elements()]
    assert not faults


def test_what_stands_before_the_root_stays(project: Path) -> None:
    text = f"<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE r [<!--x-->]>\n<?xml-model href='a'?><!--c--><r {XI}><xi:include href='b.xml'/></r>"
    whole, _ = composed(write(project, {"main.xml": text, **B}))
    assert [node.tag is etree.PI for node in whole.root.itersiblings(preceding=True)] == [False, True]
    assert whole.text == text


@pytest.mark.parametrize(
    "root",
    [
        f"<xi:include {XI} href='t.txt' parse='text'/>",
        f"<xi:include {XI} href='no.xml'/>",
        f"<xi:include {XI} href='no.xml'><xi:fallback><a/><b/></xi:fallback></xi:include>",
    ],
)
def test_a_document_without_one_root_is_left_as_it_is(root: str, project: Path) -> None:
    document = write(project, {"main.xml": root, "t.txt": "text"})
    whole, faults = composed(document)
    assert whole is document
    assert faults[-1].code == "xinclude-malformed"


def test_encodings_of_text(project: Path) -> None:
    (project / "latin").write_bytes("é".encode("latin-1"))
    (project / "utf16").write_bytes("é".encode("utf-16"))
    content = "<xi:include parse='text' href='latin' encoding='latin-1'/><xi:include parse='text' href='utf16'/>"
    whole, faults = compose(project, content)
    assert (whole.root.text, faults) == ("éé", ())
    whole, faults = compose(project, "<xi:include parse='text' href='latin'/>")
    assert [fault.code for fault in faults] == ["xinclude-malformed"]


def test_encodings_of_files(project: Path) -> None:
    (project / "b.xml").write_bytes("<?xml version='1.0' encoding='latin-1'?><b>é</b>".encode("latin-1"))
    whole, _ = compose(project, "<xi:include href='b.xml'/>")
    assert whole.root[0].text == "é"
    (project / "b.xml").write_bytes("<b>é</b>".encode("latin-1"))
    _, faults = compose(project, "<xi:include href='b.xml'/>")
    assert [fault.code for fault in faults] == ["encoding-mismatch"]


def test_a_document_in_memory_includes_from_where_it_is_said_to_be(project: Path) -> None:
    write(project, {"main.xml": "<r/>", **B})
    text = f"<r {XI}><xi:include href='b.xml'/></r>"
    whole, faults = composed(Document.parse(text, str(project / "new.xml")))
    assert (whole.root[0].tag, faults) == ("b", ())
    assert whole.location(whole.root[0]).source == str(project / "b.xml")


# Places

MAIN = f"""<r {XI}>
 one
 <x/>
 <xi:include href='d/b.xml'/>
 two
 <xi:include href='no.xml'>
  <xi:fallback><y/></xi:fallback>
 </xi:include>
 three
</r>
"""
PLACED = {
    "main.xml": MAIN,
    "d/b.xml": f"<b {XI}>\n <xi:include href='c.xml' xpointer='i'/>\n <e\n  k='v'/> </b>",
    "d/c.xml": "<!-- -->\n<c>\n <d/><d xml:id='i'>\n </d></c>",
}


def test_every_element_knows_its_own_place(project: Path) -> None:
    whole, _ = composed(write(project, PLACED))
    found = {}
    for element in whole.elements():
        start, end = whole.location(element), whole.end(element)
        assert (start.source, start.xpath) == (end.source, end.xpath)
        place = Path(start.source).relative_to(project).as_posix()
        found[element.tag] = (f"{place}:{start.line}:{start.column}", end.line, start.xpath)
    assert found == {
        "r": ("main.xml:1:1", 10, "/r"),
        "x": ("main.xml:3:2", 3, "/r/x"),
        "b": ("d/b.xml:1:1", 4, "/b"),
        "d": ("d/c.xml:3:6", 4, "/c/d[2]"),
        "e": ("d/b.xml:4:3", 4, "/b/e"),
        "y": ("main.xml:7:16", 7, "/r/xi:include[2]/xi:fallback/y"),
    }
    attribute = whole.location(whole.root.find(".//e"), "k")
    assert (Path(attribute.source).name, attribute.line, attribute.column, attribute.xpath) == (
        "b.xml",
        4,
        3,
        "/b/e/@k",
    )


def test_text_between_inclusions_knows_its_place(project: Path) -> None:
    whole, _ = composed(write(project, PLACED))
    assert [whole.text_location(whole.root, children).line for children in range(4)] == [2, 1, 5, 9]


def test_files_are_named_as_the_document_is(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, PLACED)
    monkeypatch.chdir(project.parent)
    whole, _ = composed(Document.read("project/main.xml"))
    assert whole.location(whole.root[1]).source == str(Path("project", "d", "b.xml"))


def findings(folder: Path, schema: str) -> list[str]:
    """What a schema finds in a document that is composed, without the folder's name."""
    whole, _ = composed(Document.read(folder / "main.xml"))
    found = Grammar.parse(schema.encode(), source="s.rnc").validate(whole)
    return [f"{Path(f.location.source).name}:{f.location.line}:{f.location.column} {f.code}" for f in found]


def test_a_schema_judges_the_whole_and_names_the_parts(project: Path) -> None:
    write(project, PLACED)
    any_of = "element r|x|b|d|e|y { any } any = mixed { attribute * { text }*, any_element* }"
    assert findings(project, f"start = any_element any_element = {any_of}") == []
    strict = any_of.replace("|e|", "|")
    assert findings(project, f"start = any_element any_element = {strict}") == ["b.xml:4:3 element-not-allowed"]
    part = "element b { attribute xml:base { text }, element d { attribute * { text }*, text }, element e { attribute k { text } } }"
    no_text = f"element r {{ element x {{ empty }}, {part}, element y {{ empty }} }}"
    lines = [line.partition(" ")[0] for line in findings(project, no_text)]
    assert lines == ["main.xml:2:2", "main.xml:5:2", "main.xml:9:2"]


def test_a_schema_that_knows_inclusions_judges_the_whole_all_the_same(project: Path) -> None:
    write(project, {"main.xml": f"<r {XI}><xi:include href='b.xml'/></r>", **B})
    schema = (
        'namespace xi = "http://www.w3.org/2001/XInclude" element r { element xi:include { attribute href { text } } }'
    )
    assert findings(project, schema)[0] == "b.xml:1:1 element-not-allowed"


def checked(rule: str, folder: Path) -> list[Diagnostic]:
    """What a rule finds in main.xml with all that it includes."""
    whole, faults = composed(Document.read(folder / "main.xml"))
    assert not faults
    return list(RULES[rule](whole))


def test_identifiers_are_unique_across_files(project: Path) -> None:
    main = f"<TEI {TEI} {XI}>\n<p xml:id='a'/>\n<xi:include href='b.xml'/></TEI>"
    write(project, {"main.xml": main, "b.xml": f"<div {TEI}>\n\n <p xml:id='a'/></div>"})
    found = checked("rules.identifiers", project)
    assert [(Path(f.location.source).name, f.location.line, f.code) for f in found] == [
        ("main.xml", 2, "duplicate-id"),
        ("b.xml", 3, "duplicate-id"),
    ]
    assert "b.xml:3:5" in found[0].message
    assert "main.xml:2:4" in found[1].message


def test_what_is_included_twice_has_its_identifiers_twice(project: Path) -> None:
    main = f"<TEI {TEI} {XI}><xi:include href='b.xml'/><xi:include href='b.xml'/></TEI>"
    write(project, {"main.xml": main, "b.xml": f"<div {TEI} xml:id='a'/>"})
    assert {(f.code, "included again" in f.message) for f in checked("rules.identifiers", project)} == {
        ("duplicate-id", True)
    }


def test_schematron_names_the_parts(project: Path) -> None:
    write(project, PLACED)
    rules = project / "rules.sch"
    rules.write_text(
        "<schema xmlns='http://purl.oclc.org/dsdl/schematron' queryBinding='xslt3'><pattern><rule context='e|y|d'>"
        "<assert test='@n'>no n</assert></rule></pattern></schema>"
    )
    whole, _ = composed(Document.read(project / "main.xml"))
    found = Schematron.read(rules).validate(whole)
    assert [(Path(f.location.source).name, f.location.line, f.location.xpath) for f in found] == [
        ("c.xml", 3, "/c/d[2]"),
        ("b.xml", 4, "/b/e"),
        ("main.xml", 7, "/r/xi:include[2]/xi:fallback/y"),
    ]


def test_pointers_lead_across_files(project: Path) -> None:
    main = f"<TEI {TEI} {XI}>\n<p xml:id='a'/><ref target='#b'/><xi:include href='d/b.xml'/></TEI>"
    part = (
        f"<div {TEI} xml:id='b'>\n<ref target='#a'/><ref target='#c'/><ref target='b.xml'/><ref target='no.xml'/></div>"
    )
    write(project, {"main.xml": main, "d/b.xml": part})
    found = checked("rules.pointers", project)
    assert [(Path(f.location.source).name, f.location.line, f.code) for f in found] == [
        ("b.xml", 2, "pointer-without-target"),
        ("b.xml", 2, "pointer-without-file"),
    ]


# Hostile documents


def test_inclusions_that_multiply_are_bounded(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composer, "MOST_INCLUSIONS", 500)
    files = {
        f"f{n}.xml": f"<f {XI}><xi:include href='f{n + 1}.xml'/><xi:include href='f{n + 1}.xml'/></f>"
        for n in range(25)
    }
    files |= {"f25.xml": "<f/>", "main.xml": f"<r {XI}><xi:include href='f0.xml'/></r>"}
    _, faults = composed(write(project, files))
    assert [fault.code for fault in faults] == ["xinclude-too-large"]


def test_files_within_each_other_are_bounded(project: Path) -> None:
    files = {f"f{n}.xml": f"<f {XI}><xi:include href='f{n + 1}.xml'/></f>" for n in range(60)}
    _, faults = composed(write(project, {"main.xml": f"<r {XI}><xi:include href='f0.xml'/></r>", **files}))
    assert [fault.code for fault in faults] == ["xinclude-too-large"]
    assert Path(faults[0].location.source).name == "f29.xml"


def test_the_size_is_bounded(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composer, "MOST_BYTES", 1000)
    _, faults = compose(
        project,
        "<xi:include href='b.xml'/><xi:include href='b' parse='text'/>",
        b_xml=f"<b>{'x' * 990}</b>",
        b="x" * 990,
    )
    assert [fault.code for fault in faults] == ["xinclude-too-large"]


def test_what_entities_come_to_is_bounded(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file may be a large text, and may be included as often as one likes."""
    monkeypatch.setattr(composer, "MOST_BYTES", 100_000)
    part = f"<!DOCTYPE b [<!ENTITY e '{'x' * 100}'><!ENTITY f '{'&e;' * 20}'>]><b>{'&f;' * 10}</b>"
    whole, faults = compose(project, "<xi:include href='b.xml'/>" * 50, b_xml=part)
    assert [fault.code for fault in faults] == ["xinclude-too-large"]
    assert len(whole.root) == 4


@given(st.text())
def test_any_pointer_is_read_or_refused(pointer: str) -> None:
    root = etree.Element("r", nsmap={"xi": "http://www.w3.org/2001/XInclude"})
    try:
        etree.SubElement(root, "{http://www.w3.org/2001/XInclude}include", xpointer=pointer, href=pointer)
    except ValueError:  # no XML can hold it
        return
    _, faults = composed(Document.parse(etree.tostring(root)))
    assert len(faults) == 1


PIECES = [
    "<xi:include href='b.xml'/>", "<xi:include href='b.xml' xpointer='i'/>", "<xi:include href='no'>", "</xi:include>",
    "<xi:fallback>", "</xi:fallback>", "<a xml:id='i' xml:base='x' xmlns='urn:a'>", "</a>", "text", "<xi:include xpointer='i'>",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_arrangement_is_composed(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    folder = tmp_path_factory.mktemp("x", numbered=True)
    text = f"<r {XI}>{''.join(pieces)}</r>"
    (folder / "b.xml").write_text(f"<b {XI}><c xml:id='i'/><xi:include href='main.xml' xpointer='i'/></b>")
    (folder / "main.xml").write_text(text)
    try:
        document = Document.parse(text, str(folder / "main.xml"))
    except Exception:  # not well-formed
        return
    whole, _ = composed(document)
    for element in whole.elements():
        assert whole.location(element).line
        assert whole.end(element).line
        for children in range(len(element) + 1):
            assert whole.text_location(element, children).line
