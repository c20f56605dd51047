"""RO-Crate, DataCite, Dublin Core, OAI-PMH, CMIF and CITATION.cff: each by the rules of its own specification, of the chapter
and of headers of all sorts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import archive_grammars
from places import CHAPTER, SHARED, needs_shared
from teiwright.archive.markup import child
from teiwright.document import Document
from teiwright.errors import ExchangeError, ToolkitError
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.formats import format_named
from teiwright.names import TEI, XML_LANG
from teiwright.schema import Schema

BASE = "https://example.org/edition"
MOMENT = datetime(2026, 11, 24, 12, tzinfo=UTC)
PARAMETERS = {
    "oai": {"email": "a@example.org", "name": "N"},
    "cmif": {"licence": "cc-by-4.0", "editor": "E <e@example.org>", "publisher": "P", "title": "T"},
    "ro-crate": {"name": "N", "description": "D", "date": "2026", "licence": "https://example.org/terms"},
    "datacite": {"year": "2026"},
}
GRAMMARS = {"datacite": "DATACITE", "dc": "DUBLIN_CORE", "oai": "OAI", "cmif": "CMIF"}
FORMATS = (*GRAMMARS, "ro-crate", "citation-cff")
SAMPLES = sorted(p for p in (SHARED / "samples").rglob("*") if p.suffix in (".xml", ".tei")) if SHARED.is_dir() else []
WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="<>&\r", exclude_categories=("Cc", "Cs", "Cn")), max_size=20
)


@cache
def grammar(name: str) -> Schema:
    path = Path(mkdtemp()) / f"{name}.rnc"
    path.write_text(getattr(archive_grammars, GRAMMARS[name]), "utf-8")
    return Schema.load(path)


def made(name: str, *documents: Document, parameters: Mapping[str, str] = {}, base: str = BASE) -> Exported:
    format = format_named(name)
    return format.exporter()(list(documents), format.options(MOMENT, base, "", parameters))


def text(exported: Exported) -> str:
    assert isinstance(exported.content, str)
    return exported.content


def graph(exported: Exported) -> dict[str, dict[str, Any]]:
    assert isinstance(exported.content, Mapping)
    return {one["@id"]: one for one in json.loads(exported.content["ro-crate-metadata.json"])["@graph"]}


def header(
    title: str = "<title>T</title>",
    publication: str = "<p/>",
    more: str = "",
    source: str = "<p/>",
    name: str = "a.xml",
) -> Document:
    content = f"<fileDesc><titleStmt>{title}</titleStmt><publicationStmt>{publication}</publicationStmt><sourceDesc>{source}</sourceDesc></fileDesc>"
    return Document.parse(
        f'<TEI xmlns="{TEI}"><teiHeader>{content}{more}</teiHeader><text><body><p/></body></text></TEI>', name
    )


def letter(actions: str, name: str = "l.xml", more: str = "") -> Document:
    return header(more=f"<profileDesc><correspDesc>{actions}</correspDesc></profileDesc>{more}", name=name)


def require_lawful(name: str, exported: Exported) -> None:
    """What the specification of a format demands, and a program can see."""
    if name in GRAMMARS:
        report = grammar(name).validate(Document.parse(text(exported), f"{name}.xml"))
        assert not list(report), str(report)
    elif name == "ro-crate":
        require_crate(exported)
    else:
        require_citation(text(exported))


def require_crate(exported: Exported) -> None:
    """RO-Crate 1.2: a flat graph with its two entities, all parts described and there, nothing pointed at that is nowhere."""
    assert isinstance(exported.content, Mapping)
    entities = graph(exported)
    root = entities["./"]
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert root["@type"] == "Dataset"
    assert all(root[key] for key in ("name", "description", "datePublished", "license"))
    parts = root["hasPart"] if isinstance(root["hasPart"], list) else [root["hasPart"]]
    assert len(parts) == len(exported.content) - 1
    for entity in entities.values():
        assert entity["@type"]
        for value in entity.values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    assert list(one) == ["@id"]
                    assert one["@id"] in entities or one["@id"] == "https://w3id.org/ro/crate/1.2"


def require_citation(content: str) -> None:
    """CFF 1.2.0: the keys that must be there; YAML whose strings are JSON's."""
    lines = content.splitlines()
    keys = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    assert keys[:5] == ["cff-version", "message", "type", "title", "authors"]
    assert len(keys) == len(set(keys))
    for line in lines:
        value = (
            line.partition(": ")[2]
            if ": " in line and not line.startswith('  - "')
            else line.strip().removeprefix("- ")
        )
        if value and not line.endswith(":"):
            json.loads(value)


@pytest.mark.parametrize("name", FORMATS)
def test_the_chapter_is_lawful(name: str) -> None:
    require_lawful(name, made(name, Document.read(CHAPTER), parameters=PARAMETERS.get(name, {})))


@pytest.mark.parametrize("name", FORMATS)
@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_headers_of_other_projects_are_lawful_or_refused_in_one_sentence(name: str, path: Path) -> None:
    try:
        document = Document.read(path).require_tei()
        exported = made(name, document, parameters=PARAMETERS.get(name, {}))
    except ToolkitError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    require_lawful(name, exported)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORDS, WORDS, WORDS, WORDS)
@pytest.mark.parametrize("name", FORMATS)
def test_whatever_words_a_header_has_the_result_is_lawful(
    name: str, title: str, author: str, place: str, term: str
) -> None:
    document = header(
        f"<title>T {title}</title><author>A {author}</author>",
        f'<publisher>P</publisher><pubPlace>{place}</pubPlace><date when="2020-01-02"/><idno>{term}</idno>'
        f"<availability><licence>{place}</licence></availability>",
        f"<profileDesc><abstract><p>{term}</p></abstract><textClass><keywords><term>{term}</term></keywords></textClass></profileDesc>",
        f"<bibl>{title}</bibl>",
    )
    require_lawful(name, made(name, document, parameters=PARAMETERS.get(name, {})))


@pytest.mark.parametrize("name", ["dc", "datacite", "citation-cff"])
def test_what_describes_one_document_is_not_made_of_two(name: str) -> None:
    with pytest.raises(ExchangeError, match="2 are given"):
        made(name, header(), header(name="b.xml"))


@pytest.mark.parametrize(
    ("name", "document", "parameters", "sentence"),
    [
        ("datacite", header(), {}, "no date of publication"),
        ("datacite", header(""), {"year": "2020"}, "no title"),
        ("datacite", header(), {"year": "soon"}, '"soon" is not a year'),
        ("datacite", header(), {"year": "2020", "doi": "11.1/x"}, "is not a DOI"),
        ("datacite", header(), {"year": "2020", "type": "Txt"}, 'did you mean "Text"'),
        ("oai", header(), {"name": "N"}, "no e-mail address"),
        ("oai", header(), {"name": "N", "email": "nobody"}, "is not an e-mail address"),
        ("oai", header(), {"email": "a@b.org"}, "do not state one publisher"),
        ("oai", header(), {"name": "N", "email": "a@b.org", "gateway": "x"}, "is not an address"),
        ("cmif", header(), {}, "not under CC BY 4.0"),
        ("cmif", header(), {"licence": "mine"}, "is not its licence"),
        ("cmif", header(), {"licence": "cc-by-4.0"}, "no publisher|no editor"),
        ("ro-crate", header(publication='<date when="2020"/>'), {}, "no licence"),
        ("ro-crate", header(), {"licence": "https://example.org/l"}, "no date"),
        ("ro-crate", header(), {"licence": "https://example.org/l", "date": "x"}, "is not a date"),
        ("citation-cff", header(), {}, "names nobody"),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for(name: str, document: Document, parameters: dict[str, str], sentence: str) -> None:
    with pytest.raises(ExchangeError, match=sentence):
        made(name, document, parameters=parameters)


@pytest.mark.parametrize("name", ["oai", "cmif"])
def test_what_has_an_address_wants_a_base(name: str) -> None:
    with pytest.raises(ExchangeError, match="--base"):
        made(name, header(), parameters=PARAMETERS[name], base="")


def test_unknown_things_are_unavailable_to_datacite() -> None:
    tree = etree.fromstring(text(made("datacite", header(), parameters={"year": "2020"})).encode())
    said = {etree.QName(one).localname: one.text for one in tree.iter(etree.Element)}
    assert (said["identifier"], said["creatorName"], said["publisher"]) == (":unav", ":unav", ":unav")


def test_datacite_has_people_in_their_roles() -> None:
    title = (
        '<title>T</title><author ref="https://orcid.org/0000-0002-1825-0097">Bo, Ann</author><editor role="translator">Di</editor>'
        "<funder>F</funder><sponsor>S</sponsor>"
    )
    content = text(made("datacite", header(title), parameters={"year": "2020"}))
    assert 'contributorType="Translator"' in content
    assert 'contributorType="Sponsor"' in content
    assert "<funderName>F</funderName>" in content
    assert (
        '<nameIdentifier nameIdentifierScheme="ORCID" schemeURI="https://orcid.org/">https://orcid.org/0000-0002-1825-0097'
        in content
    )
    assert "<givenName>Ann</givenName>" in content


def test_dublin_core_says_each_thing_once() -> None:
    content = text(
        made("dc", header("<title>T</title><editor>E</editor><respStmt><resp>r</resp><name>E</name></respStmt>"))
    )
    assert content.count("<dc:contributor>") == 1


def test_a_static_repository_has_all_records_and_their_days() -> None:
    documents = [
        header(more='<revisionDesc><change when="2020-05-01"/><change when="2019-01-01"/></revisionDesc>', name="a.xml"),
        header(publication='<date when="2018-02-03"/>', name="b.xml"), header(name="c.xml"),
    ]  # fmt: skip
    content = text(made("oai", *documents, parameters={**PARAMETERS["oai"], "gateway": "https://gate.example.org/oai"}))
    tree = etree.fromstring(content.encode())
    found = {etree.QName(one).localname: one.text for one in tree.iter(etree.Element)}
    days = [one.text for one in tree.iter("{http://www.openarchives.org/OAI/2.0/}datestamp")]
    assert days == ["2020-05-01", "2018-02-03", "2026-11-24"]
    assert found["earliestDatestamp"] == "2018-02-03"
    assert found["baseURL"] == "https://gate.example.org/oai/example.org/edition/oai.xml"
    assert [one.text for one in tree.iter("{http://www.openarchives.org/OAI/2.0/}identifier")] == [
        f"{BASE}/{n}" for n in "abc"
    ]


SENT = '<correspAction type="sent"><persName ref="#a"><forename>Ann</forename> <surname>Bo</surname></persName><settlement>Rome</settlement><date when-iso="1900-01-02">Tuesday</date></correspAction>'


def test_letters_keep_sender_addressee_place_and_date() -> None:
    authority = '<profileDesc><particDesc><listPerson><person xml:id="a"><idno type="VIAF">12</idno></person></listPerson></particDesc></profileDesc>'
    actions = f'{SENT}<correspAction type="received"><orgName>Club</orgName><date>soon</date></correspAction><correspAction type="forwarded"/><correspContext/><note/>'
    exported = made("cmif", letter(actions, more=authority), parameters=PARAMETERS["cmif"])
    require_lawful("cmif", exported)
    content = text(exported)
    assert '<persName ref="http://viaf.org/viaf/12">Ann Bo</persName>' in content
    assert "<placeName>Rome</placeName>" in content
    assert '<date when="1900-01-02"/>' in content
    assert f'ref="{BASE}/l"' in content
    assert sorted(one.what for one in exported.unheld) == ["correspAction", "correspContext", "date", "note"]


def test_an_unknown_sender_is_said_to_be_unknown() -> None:
    content = text(made("cmif", letter('<correspAction type="sent"/>'), parameters=PARAMETERS["cmif"]))
    assert "<persName>Unknown</persName>" in content


def test_letters_of_several_files_make_one_index() -> None:
    exported = made("cmif", letter(SENT, "one.xml"), letter(SENT, "two.xml"), parameters=PARAMETERS["cmif"])
    require_lawful("cmif", exported)
    assert text(exported).count("<correspDesc ") == 2


def test_no_letters_make_an_index_that_says_so() -> None:
    assert made("cmif", header(), parameters=PARAMETERS["cmif"]).messages == (
        "no document has a correspDesc: the index is empty",
    )


def test_a_crate_has_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "é edition.xml"
    data = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text>é</text></TEI>'.encode(
        "latin-1"
    )
    path.write_bytes(data)
    exported = made("ro-crate", Document.read(path), parameters=PARAMETERS["ro-crate"])
    assert isinstance(exported.content, Mapping)
    assert exported.content["é edition.xml"] == data
    assert graph(exported)["./"]["hasPart"] == {"@id": "é%20edition.xml"}


def test_a_crate_of_several_says_what_all_say() -> None:
    publication = '<publisher>P</publisher><date when="2020"/><availability><licence target="https://creativecommons.org/licenses/by/4.0/"/></availability>'
    documents = [header("<title>A</title>", publication), header("<title>B</title>", publication, name="b.xml")]
    exported = made("ro-crate", *documents, parameters={"name": "N", "description": "D"})
    require_crate(exported)
    root = graph(exported)["./"]
    assert (root["publisher"], root["license"]) == (
        {"@id": "#P"},
        {"@id": "https://creativecommons.org/licenses/by/4.0/"},
    )
    assert "author" not in root


def test_somebody_in_two_roles_is_one_entity_with_what_was_said_first() -> None:
    task = "<respStmt><resp>{}</resp><name>E</name></respStmt>"
    title = f"<title>T</title>{task.format('encoding')}{task.format('checking')}<funder>P</funder>"
    exported = made("ro-crate", header(title, "<publisher>P</publisher>"), parameters=PARAMETERS["ro-crate"])
    require_crate(exported)
    assert (graph(exported)["#E"]["description"], graph(exported)["#P"]["@type"]) == ("encoding", "Organization")


def test_pictures_are_not_copied_and_said_not_to_be(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(b"x")
    path = tmp_path / "a.xml"
    path.write_text(
        f'<TEI xmlns="{TEI}"><teiHeader/><text><graphic url="p.png"/><graphic url="https://example.org/q.png"/></text></TEI>'
    )
    exported = made("ro-crate", Document.read(path), parameters=PARAMETERS["ro-crate"])
    assert [one.what for one in exported.unheld] == ["p.png"]
    assert isinstance(exported.content, Mapping)
    assert "p.png" not in exported.content


def test_a_citation_file_does_not_give_what_the_terms_take_back() -> None:
    title = "<title>T</title><author>Bo, Ann</author>"
    licence = '<licence target="https://creativecommons.org/licenses/by/4.0/"/>'
    free, bound = (
        header(title, f"<availability>{licence}{more}</availability>") for more in ("", "<p>But not the text.</p>")
    )
    assert 'license: "CC-BY-4.0"' in text(made("citation-cff", free))
    assert "license" not in text(made("citation-cff", bound))


def test_cffconvert_reads_the_citation_of_the_chapter() -> None:
    cffconvert = pytest.importorskip("cffconvert", reason="cffconvert is not installed")
    cffconvert.Citation(text(made("citation-cff", Document.read(CHAPTER)))).validate()


def test_nothing_of_the_result_depends_on_when_it_is_made() -> None:
    later = Options(datetime(2030, 1, 1, tzinfo=UTC), BASE)
    for name in ("dc", "datacite", "citation-cff", "ro-crate"):
        document = Document.read(CHAPTER)
        assert format_named(name).exporter()([document], later).content == made(name, document).content


def test_a_letter_is_sent_from_one_place() -> None:
    sent = '<correspAction type="sent"><persName>A</persName><placeName>Rome</placeName><placeName>Bern</placeName></correspAction>'
    index = etree.fromstring(text(made("cmif", letter(sent), parameters=PARAMETERS["cmif"])).encode())
    assert [one.text for one in index.iter(f"{{{TEI}}}placeName")] == ["Rome"]


def test_a_language_that_is_none_is_not_written() -> None:
    root = etree.Element("a")
    tags = [child(root, "b", "x", language=tag).get(XML_LANG) for tag in ("de", "not one", "")]
    assert tags == ["de", None, None]
