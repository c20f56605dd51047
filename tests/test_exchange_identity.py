"""What records are called in all formats: keys that are the same everywhere, IRIs that mean one thing."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.document import Document
from teiwright.exchange.identity import Identity, addresses

NAME = st.from_regex(r"[A-Za-zÄж_][A-Za-z0-9äж_.\-]{0,3}", fullmatch=True)
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


def text(name: str, ids: tuple[str, ...] = (), stated: str = "", title: str = "T") -> Document:
    """A document of that file name, with elements of those ids and one without."""
    body = "".join(f'<p xml:id="{one}"/>' for one in ids)
    header = f"<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt><publicationStmt>{stated}</publicationStmt></fileDesc></teiHeader>"
    source = f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}<p/></body></text></TEI>'
    return Document.parse(source, name, f"file:///edition/{name}")


def paragraphs(document: Document) -> list[object]:
    return [one for one in document.elements() if str(one.tag).endswith("}p")]


def test_an_id_is_the_key_of_one_document() -> None:
    one = text("a.xml", ("x", "y"))
    identity = Identity.of([one])
    assert [identity.key(one, element) for element in paragraphs(one)] == ["x", "y", "p-3"]


def test_ids_that_two_documents_share_are_told_apart_by_their_files() -> None:
    one, other = text("a.xml", ("x", "y")), text("b.xml", ("x", "z"))
    identity = Identity.of([one, other])
    assert [identity.key(one, element) for element in paragraphs(one)] == ["a-x", "y", "a-p-3"]
    assert [identity.key(other, element) for element in paragraphs(other)] == ["b-x", "z", "b-p-3"]


def test_an_id_that_is_used_twice_is_numbered() -> None:
    one = text("a.xml", ("x", "x", "x-2"))
    identity = Identity.of([one])
    assert [identity.key(one, element) for element in paragraphs(one)] == ["x", "x-2_", "x-2", "p-4"]


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("https://example.org/e/", "https://example.org/e/a%20b#x"),
        ("https://example.org", "https://example.org/a%20b#x"),
        ("https://example.org/data#", "https://example.org/data#a%20b/x"),
        ("urn:example:", "urn:example:a%20b#x"),
    ],
)
def test_a_base_stands_before_the_files_name(base: str, expected: str) -> None:
    one = text("a b.xml", ("x",))
    assert Identity.of([one], base).iri(one, paragraphs(one)[0]) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ('<idno type="URL">https://example.org/a</idno>', ["https://example.org/a"]),
        ('<idno type="DOI">10.5281/zenodo.1</idno>', ["https://doi.org/10.5281/zenodo.1"]),
        ('<idno type="handle">hdl:21.11115/0000-1</idno>', ["https://hdl.handle.net/21.11115/0000-1"]),
        ('<idno type="URN">urn:nbn:de:1</idno>', ["urn:nbn:de:1"]),
        (
            '<idno type="DOI">10.5281/a</idno><idno type="URL">https://e.org/a</idno>',
            ["https://e.org/a", "https://doi.org/10.5281/a"],
        ),
        ('<idno type="URL">https://dracor.org</idno>', []),
        ('<idno type="URL">https://e.org/a b</idno>', []),
        ('<idno type="URL">javascript:alert(1)</idno>', []),
        ('<idno type="URL">https://e.org/"&gt;</idno>', []),
        ('<idno type="URL">https://[e/a</idno>', []),
        ('<idno type="URL">https://e.org/&#xE000;a</idno>', []),
        ('<idno type="URL">https://e.org/100%</idno>', []),
        ('<idno type="URL">https://e.org:port/a</idno>', []),
        ('<idno>https://e.org/a</idno>', []),
    ],
)  # fmt: skip
def test_the_address_that_a_document_states_is_its_own(stated: str, expected: list[str]) -> None:
    assert list(addresses(text("a.xml", stated=stated))) == expected


def test_an_address_that_two_documents_state_is_of_neither() -> None:
    stated = '<idno type="URL">https://example.org/corpus</idno>'
    both = [text("a.xml", stated=stated), text("b.xml", stated=stated)]
    identity = Identity.of(both)
    assert [identity.iri_of(one)[:9] for one in both] == ["urn:uuid:"] * 2
    assert Identity.of(both[:1]).iri_of(both[0]) == "https://example.org/corpus"


def test_a_urn_stays_when_the_text_changes_and_not_when_the_title_does() -> None:
    first, edited, other = text("a.xml", ("x",)), text("a.xml", ("x", "y")), text("a.xml", title="Other")
    urns = [Identity.of([one]).iri_of(one) for one in (first, edited, other)]
    assert urns[0] == urns[1] != urns[2]


@given(st.lists(st.tuples(NAME, st.lists(NAME, max_size=4)), min_size=1, max_size=3, unique_by=lambda one: one[0]))
def test_no_two_elements_have_one_key_or_one_iri(files: list[tuple[str, list[str]]]) -> None:
    documents = [text(f"{name}.xml", tuple(ids)) for name, ids in files]
    for base in ("", "https://example.org/", "https://example.org/#"):
        identity = Identity.of(documents, base)
        found = [(document, element) for document in documents for element in document.elements()]
        keys = [identity.key(*one) for one in found]
        iris = [identity.iri(*one) for one in found]
        assert len(set(keys)) == len(set(iris)) == len(found)
        assert [iri for iri in iris if not URI.fullmatch(iri)] == []


def test_keys_do_not_depend_on_which_is_asked_first() -> None:
    documents = [text("a.xml", ("p-1", "x")), text("a-p.xml", ("x", "y"))]
    pairs = [(document, element) for document in documents for element in document.elements()]
    forward, backward = Identity.of(documents), Identity.of(documents)
    first = [forward.key(*pair) for pair in pairs]
    assert first == [backward.key(*pair) for pair in reversed(pairs)][::-1]
    assert all(one != other for (n, one), (m, other) in product(enumerate(first), repeat=2) if n != m)


def test_a_name_with_a_hyphen_is_no_other_with_a_number() -> None:
    one = Document.parse("<r><a-1/><a/></r>", "a.xml")
    assert [Identity.of([one]).key(one, child) for child in one.root] == ["a_1-1", "a-1"]
