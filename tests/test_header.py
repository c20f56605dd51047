"""What all formats read of a header: the chief title, languages, who did what."""

import pytest
from lxml import etree

from teiwright.document import Document
from teiwright.dts.card import card
from teiwright.header import language, languages, plain, role_of, titled
from teiwright.names import TEI


def document(header: str = "", text: str = "<text/>", root: str = "") -> Document:
    return Document.parse(
        f'<TEI xmlns="{TEI}"{root}><teiHeader><fileDesc>{header}</fileDesc></teiHeader>{text}</TEI>', "a.xml"
    )


@pytest.mark.parametrize(
    ("titles", "chief"),
    [
        ('<title type="sub">S</title><title>Whole</title>', "Whole"),
        ('<title level="s">Series</title><title>Text</title>', "Text"),
        ('<title type="alt">Other</title><title type="main">Main</title>', "Main"),
        ('<title level="m" type="main">Book</title><title level="a">Piece</title>', "Piece"),
        ("<title> </title><title>Second</title>", "Second"),
        ("<title>A<note>no</note> <hi>b</hi></title>", "A b"),
        ("", "a"),
    ],
)
def test_the_chief_title_is_the_same_for_all(titles: str, chief: str) -> None:
    given = document(f"<titleStmt>{titles}</titleStmt>")
    assert (titled(given), card(given).title) == (chief, chief)


def test_a_document_without_a_header_is_called_by_its_file() -> None:
    assert titled(Document.parse(f'<TEI xmlns="{TEI}"/>', "a.xml")) == "a"


def test_languages_are_those_of_the_text_and_the_shortest_codes() -> None:
    given = document(text='<text xml:lang="deu-AT"/>', root=' xml:lang="en"')
    assert (language(given), languages(given)) == ("deu-AT", ("de-AT",))
    assert (language(document()), languages(document())) == ("", ("und",))
    assert language(document(text='<text xml:lang="not one"/>')) == ""


@pytest.mark.parametrize(
    ("attributes", "role"),
    [
        ('role="Translator"', "trl"),
        ('ref="http://id.loc.gov/vocabulary/relators/ill"', "ill"),
        ('role="x"', "edt"),
        ("", "edt"),
    ],
)
def test_roles_are_codes_of_relators(attributes: str, role: str) -> None:
    assert role_of(etree.fromstring(f"<editor {attributes}/>"), "edt") == role


def test_words_beside_a_name_are_not_of_it() -> None:
    name = f'<author xmlns="{TEI}">Ann <idno>7</idno><email>a@b.c</email>Bell</author>'
    assert plain(etree.fromstring(name)) == "Ann Bell"


@pytest.mark.parametrize(("words", "expected"), [("", ("de",)), ("Salve.", ("und",))])
def test_where_nothing_but_a_description_has_words_its_language_counts(words: str, expected: tuple[str, ...]) -> None:
    described = '<msDesc xml:lang="de"><msIdentifier><idno>A 1</idno></msIdentifier></msDesc>'
    text = f"<text><body><p>{words}</p></body></text>"
    assert languages(document(f"<sourceDesc>{described}</sourceDesc>", text)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<div xml:lang="la"><p>unum</p></div><div xml:lang="eng"><p>one <foreign xml:lang="fr">deux</foreign></p></div>', ("en", "la")),
        ('<p>a long sentence <foreign xml:lang="la">verbum</foreign></p>', ("und",)),
        ('<p>four</p><p xml:lang="la">quin</p>', ("und",)),
        ('<p xml:lang="la"/><p/>', ("und",)),
        ('<p xml:lang="">words</p><p xml:lang="la">verba verba</p>', ("la",)),
    ],
    ids=["parallel", "a word", "half of it", "nothing", "nothing stated"],
)  # fmt: skip
def test_languages_are_those_of_the_parts_where_they_hold_most_of_the_text(
    body: str, expected: tuple[str, ...]
) -> None:
    text = f'<TEI xmlns="{TEI}"><teiHeader/><text><body>{body}</body></text></TEI>'
    assert languages(Document.parse(text)) == expected
    named = "<profileDesc><langUsage><language ident='de'/></langUsage></profileDesc>"
    assert languages(Document.parse(text.replace("<teiHeader/>", f"<teiHeader>{named}</teiHeader>"))) == ("de",)


def test_what_a_card_says_is_said_once_in_each_language() -> None:
    keywords = '<term xml:lang="en">Taxi</term><term xml:lang="de">Taxi</term><term xml:lang="en">Taxi</term>'
    header = f"<profileDesc><textClass><keywords>{keywords}</keywords></textClass></profileDesc>"
    dated = '<publicationStmt><date notAfter="1900" to="1901">x</date></publicationStmt>'
    given = Document.parse(
        f'<TEI xmlns="{TEI}"><teiHeader><fileDesc>{dated}</fileDesc>{header}</teiHeader></TEI>', "a.xml"
    )
    metadata = card(given).metadata
    assert metadata["subject"] == [{"value": "Taxi", "lang": "en"}, {"value": "Taxi", "lang": "de"}]
    assert metadata["date"] == ["1900"]
