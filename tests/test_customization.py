"""What an ODD says is what its schemas hold: the language of customization, its errors, its stamps."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from places import CASES, SHARED, needs_shared
from teiwright.customization import Compiled, Customization, compiling, stale
from teiwright.customization.automaton import automaton
from teiwright.customization.content import Choice, Element, Pattern, choice, group, interleave, repeat
from teiwright.customization.definitions import Definitions
from teiwright.customization.determinism import counted_out, deterministic, is_deterministic
from teiwright.errors import OutputError, SchemaError
from teiwright.names import SCHEMATRON, TEI, XSD

SOURCE = SHARED / "tei" / "p5subset.xml"
EDITION = CASES / "customization" / "edition.odd"
BASE = """<moduleRef key="tei"/><moduleRef key="textstructure" include="TEI text body div"/>
<moduleRef key="core" include="p title head list item label note ref name hi"/>
<moduleRef key="header" include="teiHeader fileDesc titleStmt publicationStmt sourceDesc"/>"""
ODD = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
  xmlns:rng="http://relaxng.org/ns/structure/1.0" xmlns:eg="https://example.org/eg">
<teiHeader/><text><body>{}</body></text></TEI>"""
HEADER = """<teiHeader><fileDesc><titleStmt><title>t</title></titleStmt><publicationStmt><p/></publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"""
definitions = cache(Definitions.read)


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Customization]:
    """Reads a customization of a few elements with more declarations in it; TEI's definitions are read once."""
    monkeypatch.setattr(Definitions, "read", definitions)

    def reads(
        declarations: str, attributes: str = 'ident="small"', outside: str = "", base: str = BASE
    ) -> Customization:
        path = tmp_path / "small.odd"
        schema = f"<schemaSpec {attributes}>{BASE}{declarations}</schemaSpec>"
        path.write_text(ODD.format(outside + schema), encoding="utf-8")
        return Customization.read(path, SOURCE)

    return reads


class Judge:
    """Both schemas of a compiled customization; they must agree on everything that is asked."""

    def __init__(self, compiled: Compiled, folder: Path) -> None:
        compiled.write(folder, "small")
        self.relaxng = etree.RelaxNG(file=str(folder / "small.rng"))
        self.xsd = etree.XMLSchema(file=str(folder / "small.xsd"))

    def accepts(self, body: str) -> bool:
        """Whether a document with this in its body is valid."""
        text = f'<TEI xmlns="{TEI}" xmlns:eg="https://example.org/eg">{HEADER}<text><body>{body}</body></text></TEI>'
        document = etree.fromstring(text, etree.XMLParser(collect_ids=False))
        verdicts = self.relaxng.validate(document), self.xsd.validate(document)
        assert verdicts[0] == verdicts[1], (verdicts, self.relaxng.error_log, self.xsd.error_log)
        return verdicts[0]


@pytest.fixture
def judge(read: Callable[..., Customization], tmp_path: Path) -> Callable[..., Judge]:
    return lambda *args, **kwargs: Judge(read(*args, **kwargs).compile(), tmp_path)


def element(content: str, more: str = "", classes: str = "", attributes: str = "") -> str:
    """The declaration of an element "new" that stands where p stands."""
    return f"""<elementSpec ident="new" {attributes}><classes><memberOf key="model.pLike"/>{classes}</classes>
    <content>{content}</content>{more}</elementSpec>"""


# -- content models


def cases(name: str) -> list[object]:
    """The cases of a file: a declaration, and documents that are right and wrong under it."""
    found: list[object] = []
    for case in etree.parse(str(CASES / "customization" / name), etree.XMLParser(collect_ids=False)).getroot():
        declaration = inside(case[0])
        right, wrong = ([inside(d) for d in case.iterchildren(f"{{{TEI}}}{kind}")] for kind in ("right", "wrong"))
        found.append(pytest.param(declaration, right, wrong, id=str(case.get("id"))))
    return found


def inside(element: etree._Element) -> str:
    """What an element holds, as it is written."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    return text[text.index(">") + 1 : text.rindex("</")]


@needs_shared
@pytest.mark.parametrize(("content", "right", "wrong"), cases("content.xml"))
def test_content_model(judge: Callable[..., Judge], content: str, right: list[str], wrong: list[str]) -> None:
    schema = judge(element(content))
    assert [body for body in right if not schema.accepts(f"<p/>{body}")] == []
    assert [body for body in wrong if schema.accepts(f"<p/>{body}")] == []


# -- attributes


@needs_shared
@pytest.mark.parametrize(("attribute", "right", "wrong"), cases("attributes.xml"))
def test_attribute(judge: Callable[..., Judge], attribute: str, right: list[str], wrong: list[str]) -> None:
    classes = '<memberOf key="att.global"/><memberOf key="att.typed"/>'
    schema = judge(element("<empty/>", f"<attList>{attribute}</attList>", classes))
    assert [body for body in right if not schema.accepts(f"<p/>{body}")] == []
    assert [body for body in wrong if schema.accepts(f"<p/>{body}")] == []


@needs_shared
def test_alternative_attributes_exclude_one_another_in_relax_ng(read: Callable[..., Customization]) -> None:
    datatype = '<datatype><dataRef name="token"/></datatype>'
    both = "".join(f'<attDef ident="{name}">{datatype}</attDef>' for name in "ab")
    compiled = read(element("<empty/>", f'<attList><attList org="choice">{both}</attList></attList>')).compile()
    schema = etree.RelaxNG(etree.fromstring(compiled.rng.encode()))
    for attributes, valid in [("a='1'", True), ("b='1'", True), ("", True), ("a='1' b='1'", False)]:
        text = f'<TEI xmlns="{TEI}">{HEADER}<text><body><p/><new {attributes}/></body></text></TEI>'
        assert schema.validate(etree.fromstring(text)) == valid
    assert 'element "new": the attributes "a", "b" exclude one another, which is not checked' in compiled.notes
    assert '"a", "b" exclude one another' in compiled.xsd


@needs_shared
def test_class_change_reaches_every_element(judge: Callable[..., Judge]) -> None:
    change = """<classSpec ident="att.global" type="atts" mode="change"><attList>
    <attDef ident="n" mode="delete"/><attDef ident="xml:lang" mode="change" usage="req"/></attList></classSpec>
    <classSpec ident="att.global.rendition" type="atts" mode="delete"/>"""
    schema = judge(change)
    assert not schema.accepts("<p xml:lang='en'/>")  # the header lacks it


@needs_shared
def test_membership_changes(judge: Callable[..., Judge]) -> None:
    schema = judge(
        """<elementSpec ident="list" mode="change"><classes mode="change"><memberOf key="model.listLike" mode="delete"/>
        <memberOf key="model.hiLike"/></classes></elementSpec><elementSpec ident="name" mode="change">
        <classes mode="replace"><memberOf key="model.pLike"/></classes></elementSpec>"""
    )
    assert schema.accepts("<p><hi/><list><item/></list></p>")
    assert not schema.accepts("<p/><list><item/></list>")
    assert schema.accepts("<name/>")
    assert not schema.accepts("<name n='1'/>")
    assert not schema.accepts("<p><name/></p>")


@needs_shared
def test_values_are_added_and_deleted(judge: Callable[..., Judge]) -> None:
    change = """<elementSpec ident="title" mode="change"><attList><attDef ident="level" mode="change">
    <valList mode="change"><valItem ident="u" mode="delete"/><valItem ident="x" mode="add"/></valList>
    </attDef></attList></elementSpec>"""
    schema = judge(change)
    assert [schema.accepts(f"<p><title level='{v}'/></p>") for v in "amux"] == [True, True, False, True]


@needs_shared
def test_own_macros_datatypes_classes_and_groups(judge: Callable[..., Judge]) -> None:
    group_of = """<specGrp xml:id="g"><p>Why so.</p><specGrpRef target="#h"/><macroSpec ident="macro.own"><content>
    <alternate minOccurs="0" maxOccurs="unbounded"><textNode/><classRef key="model.own"/></alternate></content>
    </macroSpec></specGrp>
    <specGrp xml:id="h"><dataSpec ident="data.own"><content><alternate><dataRef name="integer"/><valList>
    <valItem ident="many"/></valList></alternate></content></dataSpec>
    <classSpec ident="model.own" type="model"/><classSpec ident="att.own" type="atts"><attList><attDef ident="own">
    <datatype><dataRef key="data.own"/></datatype></attDef></attList></classSpec></specGrp>"""
    own = """<specGrpRef target="#g"/><elementSpec ident="hi" mode="change"><classes mode="change">
    <memberOf key="model.own"/><memberOf key="att.own"/></classes></elementSpec>"""
    schema = judge(own + element('<macroRef key="macro.own"/>'), outside=group_of)
    assert schema.accepts("<p/><new>a<hi own='3'/>b<hi own='many'/></new>")
    assert not schema.accepts("<p/><new><hi own='few'/></new>")
    assert not schema.accepts("<p/><new><name/></new>")


@needs_shared
def test_replaced_element_loses_what_it_had(judge: Callable[..., Judge]) -> None:
    schema = judge(
        """<elementSpec ident="hi" mode="replace"><classes><memberOf key="model.hiLike"/></classes>
        <content><empty/></content></elementSpec>"""
    )
    assert schema.accepts("<p><hi/></p>")
    assert not schema.accepts("<p><hi>x</hi></p>")
    assert not schema.accepts("<p><hi n='1'/></p>")


@needs_shared
def test_foreign_element_and_attribute_namespaces(judge: Callable[..., Judge]) -> None:
    attribute = """<attList><attDef ident="w" ns="https://example.org/eg" usage="req">
    <datatype><dataRef name="integer"/></datatype></attDef></attList>"""
    schema = judge(element('<elementRef key="p" minOccurs="0"/>', attribute, attributes='ns="https://example.org/eg"'))
    assert schema.accepts("<p/><eg:new eg:w='1'><p/></eg:new>")
    assert not schema.accepts("<p/><eg:new w='1'><p/></eg:new>")
    assert not schema.accepts("<p/><new/>")


@needs_shared
def test_other_names(judge: Callable[..., Judge]) -> None:
    schema = judge('<elementSpec ident="hi" mode="change"><altIdent>strong</altIdent></elementSpec>')
    assert schema.accepts("<p><strong/></p>")
    assert not schema.accepts("<p><hi/></p>")


@needs_shared
def test_prefix_names_the_patterns_only(judge: Callable[..., Judge]) -> None:
    assert judge("", attributes='ident="small" prefix="tei_"').accepts("<p/>")


# -- what is left out and what is remarked on


@needs_shared
def test_what_cannot_occur_is_left_out_with_a_note(read: Callable[..., Customization]) -> None:
    compiled = read(element('<elementRef key="persName"/>')).compile()
    assert any('element "new" is left out' in note for note in compiled.notes)
    assert 'name="new"' not in compiled.rng + compiled.xsd


@needs_shared
def test_another_release_is_remarked_on(read: Callable[..., Customization]) -> None:
    notes = read("", 'ident="small" source="tei:4.8.1"').compile().notes
    assert any('"4.8.1"' in note and '"4.9.0a"' in note for note in notes)
    assert not read("", 'ident="small" source="tei:4.9.0a"').compile().notes


@needs_shared
def test_a_model_without_deterministic_form_is_widened_and_remarked_on(
    read: Callable[..., Customization], tmp_path: Path
) -> None:
    pairs = "".join(f'<sequence><elementRef key="p"/><elementRef key="{k}"/></sequence>' for k in ("p", "hi"))
    content = f"""<sequence><alternate minOccurs="0" maxOccurs="unbounded"><elementRef key="p"/><elementRef key="hi"/>
    </alternate><elementRef key="p"/><alternate><elementRef key="p"/><elementRef key="hi"/></alternate></sequence>
    {pairs}"""
    compiled = read(element(content)).compile()
    assert 'element "new": its parts may stand in any order and number' in compiled.notes
    compiled.write(tmp_path, "small")
    etree.XMLSchema(file=str(tmp_path / "small.xsd"))


# -- Schematron


def rules(compiled: Compiled) -> dict[str, tuple[str, str]]:
    """Context and message of each test, by id."""
    root = etree.fromstring(compiled.sch.encode())
    found = {}
    for test in root.iter(f"{{{SCHEMATRON}}}assert", f"{{{SCHEMATRON}}}report"):
        found[str(test.get("id"))] = (str(test.getparent().get("context")), "".join(map(str, test.itertext())))
    return found


@needs_shared
def test_own_rules_keep_their_words_and_get_a_context(read: Callable[..., Customization]) -> None:
    own = """<constraintSpec ident="bare" scheme="schematron"><constraint>
    <sch:assert test="@n">no   number</sch:assert></constraint></constraintSpec>
    <attList><attDef ident="rend" mode="change"><constraintSpec ident="on-attribute" scheme="schematron"><constraint>
    <sch:report test=". = 'x'">bad</sch:report></constraint></constraintSpec></attDef></attList>"""
    found = rules(read(f'<elementSpec ident="hi" mode="change">{own}</elementSpec>').compile())
    assert found["bare"] == ("tei:hi", "no number")
    assert found["on-attribute"] == ("tei:hi/@rend", "bad")


@needs_shared
def test_tei_rules_are_kept_without_their_prose(read: Callable[..., Customization]) -> None:
    found = rules(read("").compile())
    context, message = found["abstractModel-structure-p-in-ab-or-p"]
    assert (context, message) == ("tei:p", 'TEI rule "abstractModel-structure-p-in-ab-or-p" does not hold for ""')
    assert "ptrAtts" not in found  # of an element that is not included


@needs_shared
def test_an_own_rule_replaces_tei_s_of_the_same_ident(read: Callable[..., Customization]) -> None:
    change = """<elementSpec ident="p" mode="change">
    <constraintSpec ident="abstractModel-structure-p-in-ab-or-p" mode="change" scheme="schematron"><constraint>
    <sch:rule context="tei:p"><sch:report test="parent::tei:p">own words</sch:report></sch:rule></constraint>
    </constraintSpec>
    <constraintSpec ident="abstractModel-structure-p-in-l-or-lg" mode="delete"/></elementSpec>"""
    found = rules(read(change).compile())
    assert found["abstractModel-structure-p-in-ab-or-p"] == ("tei:p", "own words")
    assert "abstractModel-structure-p-in-l-or-lg" not in found


@needs_shared
def test_deprecated_elements_warn_and_translations_of_rules_are_left_out(read: Callable[..., Customization]) -> None:
    found = rules(read('<moduleRef key="dictionaries"/><moduleRef key="transcr"/>').compile())
    assert found["deprecated"] == ("tei:re", 'element "re" is deprecated; it may be used until 2026-03-10')
    assert "damageSpan-requires-spanTo" in found
    assert "damageSpan-requires-spanTo-fr" not in found


@needs_shared
def test_namespaces_of_rules_are_declared_once(read: Callable[..., Customization]) -> None:
    rule = """<constraintSpec ident="c" scheme="schematron"><constraint><sch:ns prefix="q" uri="urn:q"/>
    <sch:rule context="tei:p"><sch:assert test="q:x or eg:y">m</sch:assert></sch:rule></constraint></constraintSpec>"""
    root = etree.fromstring(read(rule).compile().sch.encode())
    declared = {n.get("prefix"): n.get("uri") for n in root.iter(f"{{{SCHEMATRON}}}ns")}
    assert declared["tei"] == TEI
    assert (declared["q"], declared["eg"]) == ("urn:q", "https://example.org/eg")
    assert root.get("queryBinding") == "xslt3"


# -- what goes into the files


@needs_shared
def test_no_prose_of_the_guidelines_and_the_odd_s_own_descriptions(read: Callable[..., Customization]) -> None:
    change = "<elementSpec ident='{}' mode='change'>{}</elementSpec>".format
    compiled = read(
        change("hi", "<desc>words in italic</desc>")
        + change("p", "<gloss xml:lang='de'>Absatz</gloss><gloss>block</gloss>")
        + change("body", "<gloss>all that stands between the two covers</gloss>")
    ).compile()
    relaxng = etree.fromstring(compiled.rng.encode())
    documented = {
        e.getparent().get("name"): e.text
        for e in relaxng.iter("{http://relaxng.org/ns/compatibility/annotations/1.0}documentation")
    }
    assert documented["hi"] == "(highlighted) words in italic"
    assert documented["p"] == "(block)"
    assert {name for name in documented if name in ("TEI", "text", "body", "div")} == {"TEI", "div"}
    assert all(text[0] == "(" and len(text.split()) <= 4 for name, text in documented.items() if name != "hi")
    documented = [e.text for e in etree.fromstring(compiled.xsd.encode()).iter(f"{{{XSD}}}documentation")]
    assert documented == ["words in italic"]


@needs_shared
def test_same_bytes_each_time() -> None:
    first, second = (Customization.read(EDITION, SOURCE).compile() for _ in range(2))
    assert first == second
    customization = Customization.read(EDITION, SOURCE)
    assert customization.compile() == customization.compile()


@needs_shared
def test_compiling_leaves_no_notes_behind(read: Callable[..., Customization], monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where it stopped between."""
    foreign = '<constraintSpec ident="c" scheme="nvdl"><constraint/></constraintSpec>'
    customization = read(foreign)
    with monkeypatch.context() as patch:
        patch.setattr(compiling.relaxng, "written", lambda _grammar: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            customization.compile()
    assert customization.specification.notes == []
    assert [n for n in customization.compile().notes if '"nvdl"' in n] == list(customization.compile().notes)


@needs_shared
def test_the_files_are_written_whole_or_not_at_all(read: Callable[..., Customization], tmp_path: Path) -> None:
    (tmp_path / "new" / "small.xsd").mkdir(parents=True)
    with pytest.raises(OutputError, match="folder"):
        read("").compile().write(tmp_path / "new", "small")
    assert {path.name for path in (tmp_path / "new").iterdir()} <= {"small.rng", "small.xsd"}


@needs_shared
def test_stamp_tells_when_the_odd_has_changed(read: Callable[..., Customization], tmp_path: Path) -> None:
    for path in read("").compile().write(tmp_path, "small"):
        assert not stale(tmp_path / "small.odd", path)
        assert not stale(tmp_path / "small.odd", path, SOURCE)
    with (tmp_path / "small.odd").open("a", encoding="utf-8") as odd:
        odd.write("<!-- a thought -->")
    assert stale(tmp_path / "small.odd", tmp_path / "small.rng")
    (tmp_path / "small.rng").write_text("<grammar/>", encoding="utf-8")
    assert stale(tmp_path / "small.odd", tmp_path / "small.rng")


# -- errors

RULE = '<constraintSpec ident="c" scheme="schematron"><constraint>{}</constraint></constraintSpec>'
CHANGE = '<elementSpec ident="p" mode="change">{}</elementSpec>'
LOOP = '<macroSpec ident="m"><content><macroRef key="m"/></content></macroSpec>'
FAULTS = [
    ('<moduleRef key="cores"/>', 'TEI has no module "cores"'),
    ('<moduleRef key="core" include="p persName zz"/>', '"persName", "zz" ("persName" is in module "namesdates")'),
    ('<moduleRef key="core" include="p" except="q"/>', "not both"),
    ('<moduleRef url="x.rng"/>', '"url" is not supported'),
    ('<elementRef key="zz"/>', "TEI has no such element"),
    ('<elementSpec ident="persName" mode="change"/>', 'which is not included (include it from module "namesdates")'),
    ('<elementSpec ident="pp" mode="change"/>', "which TEI does not have"),
    ('<elementSpec ident="p"><content><empty/></content></elementSpec>', 'element "p" is there already'),
    ('<elementSpec ident="p" mode="chnge"/>', 'mode "chnge" is unknown'),
    ('<elementSpec mode="change"/>', 'has no "ident"'),
    ('<elementSpec ident="a b"/>', "is not a name"),
    ('<elementSpec ident="a²"/>', "is not a name"),
    ('<macroSpec ident="p" mode="change"/>', 'declared as macro, but it is a element'),
    (element("<empty/>", classes='<memberOf key="model.zz"/>'), "there is no such class"),
    (element("<empty/>", classes='<memberOf key="p"/>'), "which is not a class"),
    (element('<elementRef key="zz"/>'), 'refers to element "zz"'),
    (element('<macroRef key="macro.zz"/>'), 'refers to macro "macro.zz"'),
    (element('<classRef key="model.zz"/>'), 'refers to class "model.zz"'),
    (element('<dataRef key="teidata.zz"/>'), 'refers to data "teidata.zz"'),
    (element('<rng:ref name="zz"/>'), 'refers to pattern "zz"'),
    (element('<rng:element name="q"/>'), "is not supported"),
    (element('<rng:data type="strng"/>'), 'no datatype "strng"'),
    (element('<dataRef name="strng"/>'), 'no datatype "strng"'),
    (element('<dataRef name="token" restriction="[a"/>'), 'is not right as facet "pattern"'),
    (element("<p/>"), '"p" found in a content model'),
    (element('<elementRef key="p" minOccurs="3" maxOccurs="2"/>'), "is less than"),
    (element('<elementRef key="p" minOccurs="-1"/>'), "is not a count"),
    (element('<elementRef key="p" minOccurs="5000"/>'), "is more than"),
    (element("<sequence>" * 90 + "</sequence>" * 90), "nested more than"),
    ("<elementSpec ident='q'/>", "says nothing of its content"),
    (CHANGE.format('<attList><attDef ident="zz" mode="change"/></attList>'), '"zz" to change'),
    ('<macroSpec ident="macro.paraContent" mode="delete"/>', "which is not included"),
    (LOOP + element('<macroRef key="m"/>'), "m -> m"),
    ('<specGrpRef target="#zz"/>', '"#zz"'),
    (
        '<specGrpRef target="#g0"/>'
        + "".join(f'<specGrp xml:id="g{n}">' + f'<specGrpRef target="#g{n + 1}"/>' * 10 + "</specGrp>" for n in range(9))
        + '<specGrp xml:id="g9"/>',
        "open more than 5,000 groups",
    ),
    ('<elementSpec ident="fileDesc" mode="delete"/>', "can never be valid"),
    (RULE.format('<sch:assert test="1">x</sch:assert>'), "has no context"),
    (RULE.format('<sch:ns prefix="tei" uri="urn:x"/>'), 'prefix "tei"'),
    (RULE.format('<p xmlns="urn:x"/>'), "found in constraint"),
]  # fmt: skip


@needs_shared
@pytest.mark.parametrize(("declarations", "message"), FAULTS, ids=[m for _, m in FAULTS])
def test_fault_is_named_with_its_place(read: Callable[..., Customization], declarations: str, message: str) -> None:
    with pytest.raises(SchemaError) as caught:
        read(declarations).compile()
    assert message in str(caught.value)
    assert ".odd:" in caught.value.subject or "p5subset.xml" in caught.value.subject


@needs_shared
def test_circles_are_named(read: Callable[..., Customization]) -> None:
    def circle(kind: str) -> str:
        return "".join(
            f'<classSpec ident="{kind}.{a}" type="{"atts" if kind == "att" else "model"}">'
            f'<classes><memberOf key="{kind}.{b}"/></classes></classSpec>'
            for a, b in ("ab", "ba")
        )

    with pytest.raises(SchemaError, match="inherits from itself"):
        read(circle("att") + element("<empty/>", classes='<memberOf key="att.a"/>')).compile()
    with pytest.raises(SchemaError, match="refers to itself"):
        read(circle("model") + element('<classRef key="model.a"/>', classes='<memberOf key="model.b"/>')).compile()


@needs_shared
def test_a_group_that_holds_itself_is_named(read: Callable[..., Customization]) -> None:
    with pytest.raises(SchemaError, match="holds itself"):
        read('<specGrpRef target="#g"/>', outside='<specGrp xml:id="g"><specGrpRef target="#g"/></specGrp>')


@needs_shared
def test_declarations_through_too_many_levels_are_refused(read: Callable[..., Customization]) -> None:
    begin = '<sequence><elementRef key="p"/><alternate><elementRef key="hi"/>'
    inside = f"{begin * 15}<macroRef key='m.{{}}'/>{'</alternate></sequence>' * 15}"
    macros = [f'<macroSpec ident="m.{n}"><content>{inside.format(n + 1)}</content></macroSpec>' for n in range(90)]
    last = '<macroSpec ident="m.90"><content><textNode/></content></macroSpec>'
    with pytest.raises(SchemaError, match="too many levels"):
        read("".join(macros) + last + element('<macroRef key="m.0"/>')).compile()


@needs_shared
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("<TEI", "not well-formed"),
        ("<TEI/>", "no schemaSpec"),
        (ODD.format("<schemaSpec/>" * 2), "holds 2"),
    ],
)
def test_what_is_no_odd(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.odd").write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError, match=message):
        Customization.read(tmp_path / "x.odd", SOURCE)


def test_what_are_no_definitions(tmp_path: Path) -> None:
    (tmp_path / "x.odd").write_text(ODD.format('<schemaSpec ident="x"/>'), encoding="utf-8")
    with pytest.raises(SchemaError, match="does not hold TEI's definitions"):
        Customization.read(tmp_path / "x.odd", tmp_path / "x.odd")
    with pytest.raises(SchemaError, match="no such file"):
        Customization.read(tmp_path / "x.odd", tmp_path / "absent.xml")


# -- determinism, by law


def patterns() -> st.SearchStrategy[Pattern]:
    """Content models over a few elements."""
    counts = st.sampled_from([(0, 1), (0, None), (1, None), (2, 3), (2, None)])
    return st.recursive(
        st.sampled_from("abcd").map(Element),
        lambda inner: (
            st.lists(inner, min_size=2, max_size=3).map(lambda items: group(*items))
            | st.lists(inner, min_size=2, max_size=3).map(lambda items: choice(*items))
            | st.lists(inner, min_size=2, max_size=2).map(lambda items: interleave(*items))
            | st.tuples(inner, counts).map(lambda t: repeat(t[0], *t[1]))
        ),
        max_leaves=9,
    )


@settings(max_examples=300, deadline=None)
@given(patterns())
def test_deterministic_form_is_deterministic_and_means_the_same(pattern: Pattern) -> None:
    found = deterministic(pattern)
    if found is None:
        plain = counted_out(pattern)
        assert plain is None or not is_deterministic(plain)
    else:
        assert is_deterministic(found)
        assert automaton(found) == automaton(pattern)


def test_a_common_beginning_is_taken_out() -> None:
    a, b, c = map(Element, "abc")
    assert deterministic(choice(group(a, repeat(b, 0, 1)), group(a, c))) == group(a, repeat(Choice((b, c)), 0, 1))


def test_a_language_without_deterministic_form() -> None:
    a, b = Element("a"), Element("b")
    assert deterministic(group(repeat(choice(a, b), 0, None), a, choice(a, b))) is None
