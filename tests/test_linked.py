"""Linked data: the same triples in four syntaxes, of one profile, whatever the documents say."""

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

rdflib = pytest.importorskip("rdflib")
pytest.importorskip("pyoxigraph")

from pyoxigraph import NamedNode  # noqa: E402
from rdflib import Graph, Literal, Namespace, URIRef  # noqa: E402
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS, XSD  # noqa: E402

from building import document  # noqa: E402
from places import CHAPTER, ROOT, SHARED, needs_shared  # noqa: E402
from registers import PIECES, REGISTERS, collection, edition, options  # noqa: E402
from teiwright.document import Document  # noqa: E402
from teiwright.errors import ExchangeError  # noqa: E402
from teiwright.exchange.formats import FORMATS  # noqa: E402
from teiwright.linked import vocabulary  # noqa: E402
from teiwright.linked.graph import statements  # noqa: E402
from teiwright.linked.vocabulary import PREFIXES, iri, under, words  # noqa: E402
from teiwright.registers.collection import Collection  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own use

SHAPES = ROOT / "toolkit" / "teiwright" / "linked" / "shapes.ttl"
SYNTAXES = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "json-ld": "json-ld"}
CITO, CRM, LRMOO, OA, SCHEMA = (Namespace(PREFIXES[name]) for name in ("cito", "crm", "lrmoo", "oa", "schema"))
EDTF = URIRef(vocabulary.EDTF.value)
HOME = "https://example.org/test"
SAFE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+")
TAXONOMY = """<encodingDesc><classDecl><taxonomy xml:id="t"><bibl>Kinds</bibl>
<category xml:id="a" n="1"><catDesc xml:lang="en">Letter</catDesc><catDesc xml:lang="en">Epistle</catDesc><catDesc xml:lang="de">Brief</catDesc>
<category xml:id="b" sameAs="http://vocab.getty.edu/aat/1"><catDesc>Love letter</catDesc></category></category></taxonomy></classDecl></encodingDesc>
<profileDesc><textClass><catRef target="#b"/></textClass></profileDesc>"""
NASTY = st.text(
    st.sampled_from("a:/#?%<>\"'{}|\\^` \u0085\u00a0\ue000\uffff\U000e0001é.@[]&;")
    | st.characters(exclude_categories=["Cs", "Cc"]),
    max_size=12,
)


def at(name: str) -> URIRef:
    return URIRef(f"{HOME}{name}")


def of(*documents: Document, base: str = "https://example.org/") -> Graph:
    return graph(collection(*documents, base=base))


def graph(read: Collection) -> Graph:
    """The triples as rdflib reads them, which judges what pyoxigraph made."""
    lines = "".join(f"{subject} {property} {value} .\n" for subject, property, value in statements(read))
    return Graph().parse(data=lines, format="nt")


def conforms(triples: Graph) -> str:
    """What SHACL says against it, "" for nothing."""
    pyshacl = pytest.importorskip("pyshacl")
    shapes, data = Graph().parse(SHAPES, format="turtle"), Graph()
    for triple in triples:
        data.add(triple)
    is_good, _, report = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=True)
    return "" if is_good else str(report)


def written(name: str, *documents: Document) -> bytes:
    content = FORMATS[name].exporter()(documents, options()).content
    assert isinstance(content, bytes)
    return content


def xml(value: str) -> str:
    """Characters as the value of an attribute, without those that XML cannot have."""
    allowed = "".join(c for c in value if c not in "\uffff\ufffe" and c >= " ")
    return allowed.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def test_the_four_syntaxes_hold_the_same_triples() -> None:
    wanted = set(of(edition()))
    assert len(wanted) > 200
    for name, syntax in SYNTAXES.items():
        content = written(name, edition())
        assert set(Graph().parse(data=content, format=syntax)) == wanted, name


def test_terms_of_the_profile_have_their_prefix() -> None:
    for name in ("turtle", "json-ld"):
        content = written(name, edition())
        for prefix in ("oa:exact", "schema:name", "rdfs:label"):
            assert prefix.encode() in content
        assert content.count(str(OA).encode()) == 1  # where it is declared


def test_what_is_said_twice_is_written_once() -> None:
    lines = written("ntriples", edition()).split(b"\n")[:-1]
    assert len(lines) == len(set(lines)) == len(of(edition()))


def test_there_are_no_blank_nodes() -> None:
    assert {type(part) for triple in of(edition()) for part in triple} == {URIRef, Literal}


def test_a_person_has_names_dates_places_and_addresses() -> None:
    triples, ann = of(edition()), at("#ann")
    assert set(triples.objects(ann, RDF.type)) == {SCHEMA.Person, CRM.E21_Person}
    assert list(triples.objects(ann, SCHEMA.name)) == [Literal("Ann Bell")]
    assert set(triples.objects(ann, SCHEMA.alternateName)) == {Literal("Ann Cole"), Literal("Anna", lang="la")}
    assert list(triples.objects(ann, SCHEMA.birthDate)) == [Literal("1700-02", datatype=XSD.gYearMonth)]
    assert list(triples.objects(ann, SCHEMA.deathDate)) == [Literal("[1760..1765]", datatype=EDTF)]
    assert list(triples.objects(ann, SCHEMA.birthPlace)) == [at("#rome")]
    assert set(triples.objects(ann, SCHEMA.sameAs)) == {
        URIRef("https://d-nb.info/gnd/118571435"), URIRef("http://viaf.org/viaf/78769600"),
    }  # fmt: skip
    assert list(triples.objects(ann, SCHEMA.identifier)) == [Literal("local:B 7")]
    assert (ann, SCHEMA.spouse, at("#ben")) in triples
    assert (at("#ben"), SCHEMA.spouse, ann) in triples
    assert (ann, SCHEMA.children, at("#ben")) in triples
    assert set(triples.objects(at("#crew"), RDF.type)) == {SCHEMA.Thing, CRM.E74_Group}


def test_a_place_is_in_degrees_and_in_another() -> None:
    triples, rome = of(edition()), at("#rome")
    assert list(triples.objects(at("#/geo/rome"), SCHEMA.latitude)) == [Literal("41.9", datatype=XSD.decimal)]
    assert (rome, SCHEMA.containedInPlace, at("#italy")) in triples
    assert (at("#fair"), SCHEMA.location, rome) in triples
    assert list(triples.objects(at("#fair"), SCHEMA.startDate)) == [Literal("1700-05-12", datatype=XSD.date)]
    assert list(triples.objects(at("#ides"), SCHEMA.startDate)) == [Literal("-0043-03-15", datatype=EDTF)]


def test_a_text_realises_a_work_and_says_what_it_cites() -> None:
    triples = of(edition())
    assert (at(""), LRMOO.R3i_realises, at("#/work")) in triples
    assert (at("#maps"), LRMOO.R3i_realises, at("#/work/maps")) in triples
    assert (at(""), CITO.cites, at("#maps")) in triples
    assert (at(""), SCHEMA.mentions, at("#ann")) in triples


def test_a_relation_is_stated_by_its_document_with_its_date() -> None:
    triples = of(edition())
    (node,) = triples.subjects(RDFS.label, Literal("spouses"))
    assert (node, CRM.P140_assigned_attribute_to, at("#ann")) in triples
    assert (node, CRM.P141_assigned, at("#ben")) in triples
    assert (node, DCTERMS.temporal, Literal("1720", datatype=XSD.gYear)) in triples
    assert (node, SCHEMA.subjectOf, at("")) in triples


def test_the_positions_of_annotations_are_found_in_the_text_that_is_stated() -> None:
    read = collection(edition())
    triples, text = graph(read), next(iter(read.texts.values())).words
    assert str(triples.value(at("#/text"), SCHEMA.sha256)) == sha256(text.encode()).hexdigest()
    found = list(triples.subjects(RDF.type, OA.Annotation))
    assert len(found) == 7
    for annotation in found:
        target = triples.value(annotation, OA.hasTarget)
        assert triples.value(target, OA.hasSource) == at("#/text")
        selectors = {triples.value(one, RDF.type): one for one in triples.objects(target, OA.hasSelector)}
        start, end = (int(str(triples.value(selectors[OA.TextPositionSelector], p))) for p in (OA.start, OA.end))
        quote = [str(triples.value(selectors[OA.TextQuoteSelector], p)) for p in (OA.prefix, OA.exact, OA.suffix)]
        assert text[start:end] == quote[1]
        assert text[max(0, start - len(quote[0])) : end + len(quote[2])] == "".join(quote)


def test_taxonomies_are_concept_schemes() -> None:
    triples = of(document("<p/>", TAXONOMY))
    assert set(triples.objects(at("#a"), SKOS.prefLabel)) == {Literal("Letter", lang="en"), Literal("Brief", lang="de")}
    assert list(triples.objects(at("#a"), SKOS.altLabel)) == [Literal("Epistle", lang="en")]
    assert (at("#b"), SKOS.broader, at("#a")) in triples
    assert (at("#b"), SKOS.exactMatch, URIRef("http://vocab.getty.edu/aat/1")) in triples
    assert (at(""), DCTERMS.subject, at("#b")) in triples
    assert conforms(triples) == ""


def test_it_is_said_how_the_data_were_made() -> None:
    triples = of(edition())
    activity = triples.value(at("#/data"), PROV.wasGeneratedBy)
    assert triples.value(activity, PROV.used) == at("")
    assert triples.value(activity, PROV.endedAtTime) == Literal("2026-01-01T00:00:00+00:00", datatype=XSD.dateTime)


def test_exports_conform_to_the_shapes() -> None:
    for source in (edition(), document("<p/>"), document('<p><persName ref="http://e.org/a">A</persName></p>')):
        for base in ("", "https://example.org/", "https://example.org/#"):
            assert conforms(of(source, base=base)) == ""


@pytest.mark.parametrize(
    ("subject", "property"),
    [("#ann", SCHEMA.name), ("#/geo/rome", SCHEMA.latitude), ("", LRMOO.R3i_realises), ("#/text", SCHEMA.sha256),
     ("#/export", PROV.used), ("#p1", None), ("#/work/maps", RDFS.label)],
)  # fmt: skip
def test_the_shapes_notice_what_is_missing(subject: str, property: URIRef | None) -> None:
    triples = of(edition())
    if property is None:
        triples.remove((None, OA.start, None))
    else:
        assert (at(subject), property, None) in triples
        triples.remove((at(subject), property, None))
    assert conforms(triples)


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("http://viaf.org/viaf/1", True), ("https://de.wikipedia.org/wiki/Köln", True), ("urn:isbn:1", True), ("https://e.org/a%20b", True),
        ("http://e.org/> . <http://evil.org/a", False), ('http://e.org/"', False), ("http://e.org/a b", False),
        ("http://e.org/\u0085", False), ("http://e.org/%zz", False), ("javascript:alert(1)", False), ("data:text/html,x", False),
        ("file:///etc/passwd", False), ("//e.org/a", False), ("a", False), ("", False), ("http://", False), ("http://[e", False),
        ("http://e.org:port/", False), ("http://e.org/`", False), ("http://e.org/\ue000", False), ("http://e.org/a[b]", False),
        ("http://e.org/#a#b", False), ("http://a@b@e.org/", False), ("http://e.org/\U000e0001", False),
    ],
)  # fmt: skip
def test_only_an_address_becomes_an_iri(address: str, is_taken: bool) -> None:
    assert (iri(address) is not None) == is_taken


def test_an_ill_address_is_kept_as_words_and_said() -> None:
    record = '<person xml:id="p"><persName>P</persName><idno type="URL">https://e.org/%zz</idno></person>'
    source = document("<p/>", standoff=f"<standOff><listPerson>{record}</listPerson></standOff>")
    exported = FORMATS["turtle"].exporter()([source], options())
    assert (at("#p"), SCHEMA.identifier, Literal("url:https://e.org/%zz")) in of(source)
    assert [one.reason for one in exported.unheld] == ["is no address that RDF can hold"]


@settings(max_examples=40, deadline=None)
@given(NASTY, NASTY, NASTY)
def test_nothing_that_a_document_says_breaks_a_syntax(one: str, other: str, third: str) -> None:
    source = document(
        f'<p><persName ref="http://e.org/{xml(one)}" xml:lang="{xml(other)}">{xml(third)}</persName> <rs type="person" key="{xml(third)}">x</rs></p>',
        TAXONOMY.replace("http://vocab.getty.edu/aat/1", f"http://{xml(one)}"),
        standoff=f"""<standOff><listPerson><person xml:id="p" sameAs="https://{xml(other)}"><persName xml:lang="{xml(one)}">{xml(third)}</persName>
        <idno type="{xml(one)}">http://{xml(third)}</idno><birth when="{xml(other)}"/></person>
        <listRelation><relation ref="http://e.org/{xml(third)}" name="{xml(one)}" active="#p" passive="http://e.org/{xml(other)}"/></listRelation>
        </listPerson></standOff>""",
    )
    wanted = set(of(source))
    assert [part for triple in wanted for part in triple if isinstance(part, URIRef) and not SAFE.fullmatch(part)] == []
    assert [part for triple in wanted for part in triple if isinstance(part, Literal) and part.ill_typed] == []
    for name, syntax in SYNTAXES.items():
        content = written(name, source)
        assert {tuple(map(str, t)) for t in Graph().parse(data=content, format=syntax)} == {
            tuple(map(str, t)) for t in wanted
        }, name


def test_what_has_no_name_of_its_own_lies_under_what_it_belongs_to() -> None:
    assert (under(NamedNode("http://e.org/a"), "text"), under(NamedNode("http://e.org/a#b"), "geo")) == (
        NamedNode("http://e.org/a#/text"), NamedNode("http://e.org/a#/geo/b"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        ("de-Latn-1901", "de-latn-1901"),
        ("x-own", "x-own"),
        ('en" .', None),
        ("en-x", None),
        ("en_GB", None),
        ("", None),
    ],
)
def test_words_are_in_a_language_only_where_its_tag_is_one(tag: str, kept: str | None) -> None:
    assert (words("a", tag).value, words("a", tag).language) == ("a", kept)


def test_the_bytes_do_not_depend_on_the_order_of_sets() -> None:
    code = (
        "import sys, hashlib; sys.path.insert(0, 'tests'); from registers import edition, options\n"
        "from teiwright.exchange.formats import FORMATS\n"
        f"print([hashlib.sha256(FORMATS[n].exporter()([edition()], options()).content).hexdigest() for n in {list(SYNTAXES)}])"
    )
    made = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT,
                       env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "toolkit")}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(made) == 1


@pytest.mark.parametrize(
    "address", ["https://schema.org//e.org/a", "http://www.w3.org/ns/oa#b/c", "https://schema.org/a:b"]
)
def test_addresses_that_begin_like_a_term_stay_what_they_are(address: str) -> None:
    person = f'<person xml:id="p" sameAs="{address}"><persName>P</persName></person>'
    source = document("<p/>", standoff=f"<standOff><listPerson>{person}</listPerson></standOff>")
    for name, syntax in SYNTAXES.items():
        assert (at("#p"), SCHEMA.sameAs, URIRef(address)) in Graph().parse(data=written(name, source), format=syntax), (
            name
        )


def test_carriage_returns_of_the_text_stay_in_every_syntax() -> None:
    source = document('<p>a&#13;<persName ref="#ann">b&#13;c&#13;&#10;d</persName>&#13;&#10;e</p>', standoff=REGISTERS)
    for name, syntax in SYNTAXES.items():
        read = Graph().parse(data=written(name, source), format=syntax)
        (quote,) = read.subjects(RDF.type, OA.TextQuoteSelector)
        words = [str(read.value(quote, property)) for property in (OA.prefix, OA.exact, OA.suffix)]
        assert words == ["a\r", "b\rc\r\nd", "\r\ne"], name


def test_what_is_said_of_a_thing_stands_together_with_its_classes_first() -> None:
    lines = written("ntriples", edition()).decode().splitlines()
    said = [
        (subject, [line.split(" ")[1] for line in lines])
        for subject, lines in groupby(lines, lambda line: line.split(" ")[0])
    ]
    assert len({subject for subject, _ in said}) == len(said) > 40
    assert {properties[0] for _, properties in said} == {RDF.type.n3()}
    assert len(re.findall(r"^<", written("turtle", edition()).decode(), re.MULTILINE)) == len(said)


def test_json_ld_has_a_node_on_each_line_with_its_classes_as_type() -> None:
    content = written("json-ld", edition())
    nodes = [json.loads(line.rstrip(b",")) for line in content.splitlines() if line.startswith(b'{"@id"')]
    assert nodes == json.loads(content)["@graph"]
    (ann,) = (node for node in nodes if node["@id"] == f"{HOME}#ann")
    assert ann["@type"] == ["schema:Person", "crm:E21_Person"]
    assert ann["schema:name"] == "Ann Bell"


def test_terms_of_others_are_terms_of_theirs() -> None:
    """rdflib knows the vocabularies of the W3C and of Dublin Core, and raises where it has to make a term up."""
    known = {str(space): space for space in (DCTERMS, PROV, RDF, RDFS, SKOS, XSD)}
    assert known.keys() == {PREFIXES[name] for name in ("dcterms", "prov", "rdf", "rdfs", "skos", "xsd")}
    used = {part for triple in of(edition(), document("<p/>", TAXONOMY)) for part in triple if isinstance(part, URIRef)}
    used |= {one.datatype for one in of(edition()).objects() if isinstance(one, Literal) and one.datatype}
    found = [(known[space], term.removeprefix(space)) for term in used for space in known if term.startswith(space)]
    assert len(found) > 20
    assert all(name in space for space, name in found)


def test_a_base_that_makes_no_iri_is_said_in_a_sentence() -> None:
    with pytest.raises(ExchangeError, match=r"^https://example\.org/a\[b\]/test: is no IRI"):
        FORMATS["turtle"].exporter()([edition()], options(base="https://example.org/a[b]/"))


def test_json_ld_names_its_context_itself() -> None:
    context = json.loads(written("json-ld", edition()))["@context"]
    assert context["schema"] == "https://schema.org/"
    assert all(isinstance(value, str) and value.startswith("http") for value in context.values())


@pytest.mark.parametrize("base", ["", "tag:example.org,2026:", "urn:example:edition", "https://example.org/a'b&c/"])
def test_records_are_there_whatever_the_documents_address_is(base: str) -> None:
    header = '<idno type="URL">https://example.org/&#xE000;</idno>'
    source = document("<p/>", standoff=REGISTERS).text.replace("<publicationStmt>", f"<publicationStmt>{header}")
    assert header in source
    names = set(of(Document.parse(source, "a.xml", "file:///a.xml"), base=base).objects(None, SCHEMA.familyName))
    assert Literal("Bell") in names


@pytest.mark.slow
def test_the_chapter_conforms_in_all_syntaxes() -> None:
    source = Document.read(CHAPTER)
    triples = of(source)
    assert len(triples) > 15_000
    assert conforms(triples) == ""
    for name, syntax in SYNTAXES.items():
        content = written(name, source)
        assert len(Graph().parse(data=content, format=syntax)) == len(triples)


@needs_shared
@pytest.mark.slow
def test_documents_of_other_projects_conform() -> None:
    for path in sorted((SHARED / "samples").rglob("*.xml")):
        source = Document.read(path)
        if source.is_tei:
            assert conforms(of(source)) == "", path.name


def test_several_documents_are_one_graph(tmp_path: Path) -> None:
    assert 'xml:id="ann"' in REGISTERS
    two = Document.parse(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson><person xml:id="ann"><persName>Other</persName></person>'
        "</listPerson></body></text></TEI>", "two.xml", "file:///two.xml",
    )  # fmt: skip
    triples = of(edition(), two)
    assert list(triples.objects(URIRef("https://example.org/two#ann"), SCHEMA.name)) == [Literal("Other")]
    assert list(triples.objects(at("#ann"), SCHEMA.name)) == [Literal("Ann Bell")]


def test_a_piece_is_part_of_what_it_stands_in_and_has_its_own_makers() -> None:
    triples = of(document("<p/>", standoff=PIECES))
    essay, review = at("#essay"), at("#review")
    assert set(triples.objects(essay, SCHEMA.isPartOf)) == {at("#reader")}
    assert set(triples.objects(essay, SCHEMA.author)) == {at("#eve")}
    assert set(map(str, triples.objects(essay, DCTERMS.creator))) == {"Eve Hill"}
    assert set(triples.objects(essay, SCHEMA.sameAs)) == {URIRef("https://example.net/bridges")}
    numbers = {name: str(triples.value(essay, SCHEMA[name])) for name in ("volumeNumber", "pagination")}
    assert numbers == {"volumeNumber": "2", "pagination": "7-9"}
    host = triples.value(review, SCHEMA.isPartOf)
    assert str(triples.value(host, SCHEMA.name)) == "The Day"
    assert str(triples.value(review, SCHEMA.issueNumber)) == "4"
    assert (at("#dan"), SCHEMA.memberOf, at("#club")) in triples
    assert conforms(triples) == ""


def test_what_a_work_is_cited_for_is_said_only_where_the_text_says_it() -> None:
    prefix = """<encodingDesc><listPrefixDef><prefixDef ident="cito" matchPattern="(.+)"
      replacementPattern="http://purl.org/spar/cito/$1"/></listPrefixDef></encodingDesc>"""
    text = """<p><bibl corresp="#maps" ana="cito:citesAsAuthority #x cito:nonsense">a</bibl>
      <quote source="#maps" ana="http://purl.org/spar/cito/critiques">b</quote>
      <persName ref="#ann" ana="cito:citesForInformation">c</persName><bibl corresp="#maps">d</bibl></p>"""
    triples = of(document(text, prefix, standoff=REGISTERS))
    said = {property for property in triples.predicates(at("")) if str(property).startswith(str(CITO))}
    assert said == {CITO.cites, CITO.citesAsAuthority, CITO.includesQuotationFrom, CITO.critiques}
    assert set(triples.objects(at(""), CITO.citesAsAuthority)) == {at("#maps")}


def test_no_work_is_part_of_itself() -> None:
    own = '<standOff><listBibl><biblStruct xml:id="w" corresp="#w"><monogr><title>W</title><imprint/></monogr></biblStruct></listBibl></standOff>'
    assert list(of(document("<p/>", standoff=own)).triples((None, SCHEMA.isPartOf, None))) == []


def test_long_passages_are_not_given_in_their_words() -> None:
    text = f'<p><rs ref="#ann">{"x" * 501}</rs><rs ref="#ann">{"y" * 500}</rs></p>'
    quoted = {str(one) for one in of(document(text, standoff=REGISTERS)).objects(None, OA.exact)}
    assert quoted == {"y" * 500}
