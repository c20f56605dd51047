"""What a site is made of, piece by piece: names of files, registers, passages, dates, references, search."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from places import ROOT
from teiwright.document import Document
from teiwright.registers.pointing import Pointing
from teiwright.registers.register import register
from teiwright.registers.survey import Record, Survey, is_record
from teiwright.site.built import Searched
from teiwright.site.citing import STYLES, apa, chicago, mla, text
from teiwright.site.dating import Dating
from teiwright.site.frame import data_text
from teiwright.site.markup import make, page_text, removed, without_ids, written
from teiwright.site.network import arranged, strongest
from teiwright.site.passages import Passages
from teiwright.site.rendering import styled
from teiwright.site.search import folded, packed, postings, spellings, tokens
from teiwright.site.worldmap import window
from teiwright.slug import address, distinct, relative, slug
from teiwright.words import Words, languages

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc/></teiHeader>{}</TEI>'
NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)


def document(body: str) -> Document:
    return Document.parse(TEI.format(body), "a.xml", "file:///edition/a.xml")


# -- names of files --------------------------------------------------------------------------------------------------


@given(NAMES)
def test_name_of_a_file_is_one_step_that_every_system_takes(identifier: str) -> None:
    name = slug(identifier)
    assert name
    assert not set(name) & set('/\\:*?"<>|\0 \n')
    assert not name.startswith((".", "-"))
    assert not name.endswith(".")
    assert name.casefold() not in ("index", "con", "nul")


@given(st.lists(NAMES, max_size=12))
def test_names_differ_where_case_makes_no_difference(identifiers: list[str]) -> None:
    names = [name.casefold() for name in distinct(identifiers)]
    assert len(set(names)) == len(identifiers)


STEPS = st.lists(st.sampled_from(["a", "b", "c d", "д"]), min_size=1, max_size=3).map("/".join)


@given(STEPS, STEPS)
def test_relative_address_leads_from_one_page_to_the_other(path: str, start: str) -> None:
    from urllib.parse import unquote, urljoin

    found = unquote(urljoin("file:///" + address(start), relative(path, "", start)))
    assert found == f"file:///{path}"


# -- registers -------------------------------------------------------------------------------------------------------


def surveyed(name: str, *records: Record, named: tuple[tuple[str, str], ...] = ()) -> Survey:
    return Survey(Path(f"{name}.xml"), f"file:///{name}.xml", name, records, named)


def record(home: str, identifier: str, *identities: str, kind: str = "persons") -> Record:
    return Record(f"file:///{home}.xml#{identifier}", identifier, kind, identities)


def test_records_with_a_common_identifier_are_one_person() -> None:
    found = register([surveyed("a", record("a", "marx", "idno:gnd:1")), surveyed("b", record("b", "km", "idno:gnd:1"))])
    assert [entity.path for entity in found.entities] == ["persons/marx.html"]
    assert found.get("file:///a.xml#marx") == found.get("file:///b.xml#km") == found.get("idno:gnd:1")


def test_same_id_in_two_documents_is_two_persons_each_under_its_document() -> None:
    found = register([surveyed("a", record("a", "p1")), surveyed("b", record("b", "p1"))])
    assert [entity.path for entity in found.entities] == ["persons/a.p1.html", "persons/b.p1.html"]


def test_person_and_place_under_one_identifier_stay_two() -> None:
    found = register([surveyed("a", record("a", "x", "u"), record("a", "y", "u", kind="places"))])
    assert sorted(entity.kind for entity in found.entities) == ["persons", "places"]


def test_name_without_record_is_known_by_its_address() -> None:
    found = register([surveyed("a", named=(("https://d-nb.info/gnd/118", "persons"),))])
    assert found.entities[0].path == "persons/gnd-118.html"


def test_work_in_the_text_is_a_record_only_in_a_list() -> None:
    root = document(
        '<text><body><p><bibl xml:id="a">A</bibl></p><listBibl><bibl xml:id="b">B</bibl></listBibl></body></text>'
    ).root
    cited, listed = root.iter("{*}bibl")
    assert not is_record(cited)
    assert is_record(listed)


def test_pointers_reach_other_files_prefixes_and_keys() -> None:
    found = document(
        '<text><body><p><persName ref="#a">x</persName><persName ref="b.xml#c">x</persName>'
        '<persName ref="http://www.wikidata.org/wiki/Q7">x</persName><persName key="k 1">x</persName><ref target="javascript:alert(1)">x</ref></p></body></text>'
    )
    pointing = Pointing(found)
    keys = [key for element in found.root.iter("{*}persName", "{*}ref") for _, key in pointing.keys(element)]
    assert keys == [
        "file:///edition/a.xml#a", "file:///edition/b.xml#c", "https://wikidata.org/entity/Q7", "key:persons:k 1",
    ]  # fmt: skip


# -- passages --------------------------------------------------------------------------------------------------------


def passages(text: str) -> Passages:
    return Passages([html.fragment_fromstring(text)], "en")


def texts(text: str) -> list[str]:
    return [passage.text for passage in passages(text).found]


def test_paragraph_is_one_passage_whatever_is_inline_in_it() -> None:
    assert texts("<div><p>One <b>two\n</b> three<br>four</p><p>five</p></div>") == ["One two three four", "five"]


def test_words_around_a_block_in_a_block_are_passages_of_their_own() -> None:
    assert texts("<div>a<p>b</p>c</div>") == ["a", "b", "c"]


def test_stanza_is_one_passage_with_its_lines_parted() -> None:
    assert texts('<div class="lg"><div class="l">One</div><div class="l">two</div></div>') == ["One / two"]


def test_what_the_edition_adds_is_in_no_passage() -> None:
    assert texts(
        '<p>One<small data-by="edition"> [x]</small><sup class="note-mark"><a>1</a></sup> two<del class="sic">tow</del></p>'
    ) == ["One two"]


def test_every_element_knows_its_words_in_its_passage() -> None:
    found = passages("<p>One <b>two</b> <i>three</i></p>")
    words = {
        element.tag: found.found[place.passage].text[place.start : place.end] for element, place in found.places.items()
    }
    assert words == {"p": "One two three", "b": "two", "i": "three"}


INLINE = st.recursive(
    st.text("ab \n", min_size=0, max_size=4),
    lambda inner: st.tuples(st.sampled_from(["b", "i", "p", "div", "li", "br"]), st.lists(inner, max_size=3)),
    max_leaves=14,
)


def tree(name: str, content: list[object]) -> etree._Element:
    element = etree.Element(name)
    for part in content:
        if isinstance(part, str):
            if len(element):
                element[-1].tail = (element[-1].tail or "") + part
            else:
                element.text = (element.text or "") + part
        elif part[0] == "br":
            element.append(etree.Element("br"))
        else:
            element.append(tree(*part))
    return element


@given(st.lists(INLINE, max_size=5))
def test_passages_have_every_letter_once_in_order(content: list[object]) -> None:
    root = tree("div", content)
    letters = "".join("".join(map(str, root.itertext())).split())
    found = Passages([root], "")
    assert "".join(passage.text for passage in found.found).replace(" ", "") == letters
    ids = [identifier for element in root.iter() if (identifier := element.get("id"))]
    assert len(ids) == len(set(ids))
    assert all(passage.anchor in ids for passage in found.found)


# -- dates -----------------------------------------------------------------------------------------------------------


def dated(attributes: str) -> tuple[str, str] | None:
    found = document(f"<text><body><p><date {attributes}>x</date></p></body></text>")
    element = next(found.root.iter("{*}date"))
    value = Dating(found, Words("en")).of(element)
    return None if value is None else (value.old, value.new)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('when="1917-11-07"', ("", "7 November 1917")),
        ('when-custom="1917-10-25" datingMethod="#julian"', ("25 October 1917", "7 November 1917")),
        ('when-custom="1917-10-25" when="1917-11-07" calendar="#julian"', ("25 October 1917", "7 November 1917")),
        ('notBefore="1900" notAfter="1910-05"', ("", "between 1900 and May 1910")),
        ('when="-0043-03-15"', ("", "15 March 44 BC")),
        ('from="1914" precision="low"', ("", "from 1914 (?)")),
        ('when="1917-13-45"', None),
        ('when="--05-01"', None),
        ('when="P3D"', None),
        ("", None),
    ],
)
def test_date_in_both_calendars(attributes: str, expected: tuple[str, str] | None) -> None:
    assert dated(attributes) == expected


# -- references ------------------------------------------------------------------------------------------------------

BOOK = {
    "type": "book", "title": "Capital", "author": [{"family": "Marx", "given": "Karl"}], "translator": [{"family": "Fowkes", "given": "Ben"}],
    "publisher": "Penguin", "publisher-place": "London", "volume": "1", "issued": {"date-parts": [[1976]]},
}  # fmt: skip
CHAPTER = {
    "type": "chapter", "title": "A Piece", "container-title": "A Whole", "author": [{"family": "A", "given": "B."}],
    "editor": [{"family": "C", "given": "D."}, {"family": "E", "given": "F."}], "page": "1-9", "publisher": "P", "issued": {"date-parts": [[2001]]},
}  # fmt: skip


@pytest.mark.parametrize(
    ("style", "item", "expected"),
    [
        (chicago, BOOK, "Marx, Karl. Capital. Translated by Ben Fowkes. Vol. 1. London: Penguin, 1976."),
        (mla, BOOK, "Marx, Karl. Capital. Translated by Ben Fowkes, vol. 1, Penguin, 1976."),
        (apa, BOOK, "Marx, K. (1976). Capital (Vol. 1). Penguin."),
        (chicago, CHAPTER, "A, B. “A Piece.” In A Whole, edited by D. C and F. E, 1-9. P, 2001."),
        (mla, CHAPTER, "A, B. “A Piece.” A Whole, edited by D. C and F. E, P, 2001, pp. 1–9."),
        (apa, CHAPTER, "A, B. (2001). A Piece. In D. C, & F. E (Eds.), A Whole (pp. 1–9). P."),
        (chicago, {"type": "document", "title": "Untitled"}, "Untitled."),
        (apa, {"type": "document", "title": "Why?"}, "Why?. (n.d.)."),
        (mla, {"type": "webpage", "title": "T", "URL": "https://e.org/"}, "T. https://e.org/."),
    ],
)
def test_reference_in_common_styles(style: object, item: dict[str, object], expected: str) -> None:
    assert text(style(item)) == expected  # type: ignore[operator]


ITEMS = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "chapter", "article-journal", "webpage", "x"])},
    optional={
        "title": st.text(max_size=5), "container-title": st.text(max_size=5), "volume": st.just("2"), "issue": st.just("3"), "page": st.just("4-5"),
        "edition": st.just("2"), "publisher": st.just("P"), "issued": st.sampled_from([{}, {"date-parts": [[]]}, {"literal": "n"}]),
        "author": st.lists(st.sampled_from([{"literal": "L"}, {"family": "F"}, {"given": "G"}, {}]), max_size=4), "editor": st.just([{"family": "E"}]),
    },
)  # fmt: skip


@given(ITEMS)
def test_no_item_stops_a_style(item: dict[str, object]) -> None:
    assert all(isinstance(text(style(item)), str) for _, style in STYLES)


# -- search ----------------------------------------------------------------------------------------------------------

WORDS = [
    "Éclair", "Straße", "Ёлка и й", "ὁδός ὉΔΟΣ", "L’État, c’est moi", "東京へ", "한국어", "हिन्दी कु", "שָׁלוֹם", "العَرَبِيَّة أحمد", "İstanbul ılık",
    "æon œuvre øl łódź", "ﬁn ſein", "a1 2b", "naïve-té", "Þórr", "ไทย", "e\u0301t", "x\u200dy", "don't", "Ⅳ ²",
]  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_script_folds_as_the_index_does(words: str, folding: dict[str, list[str]]) -> None:
    assert folding[words] == list(tokens(words))


@pytest.fixture(scope="module")
def folding() -> dict[str, list[str]]:
    """What the search page's script makes of the words, run by node."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    script = (ROOT / "xslt" / "site" / "search.js").read_text(encoding="utf-8")
    asked = f"{script}\nconst r = {{}}; for (const w of {json.dumps(WORDS)}) r[w] = teiwright.words(w).map((x) => x.text); console.log(JSON.stringify(r));"
    done = subprocess.run([node, "-"], input=asked, capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_umlauts_are_found_in_both_spellings() -> None:
    assert set(spellings("München", "de")) == {"munchen", "muenchen"}
    assert set(spellings("naïve Müller", "fr")) == {"naive", "muller"}


@given(st.text(max_size=60))
def test_folding_is_stable(words: str) -> None:
    assert folded(folded(words)) == folded(words)


def test_postings_are_the_passages_of_each_word() -> None:
    found = postings([Searched("p", "a", "", "One two", "en"), Searched("p", "b", "", "two, TWO!", "en")])
    assert found == {"one": [0], "two": [0, 1]}


@given(st.sets(st.integers(0, 10**7), min_size=1))
def test_packed_numbers_can_be_read_again(numbers: set[int]) -> None:
    ordered = sorted(numbers)
    total, found = 0, []
    for step in packed(ordered).split(","):
        total += int(step, 36)
        found.append(total)
    assert found == ordered


# -- drawings and mark-up --------------------------------------------------------------------------------------------


def test_network_keeps_friends_near() -> None:
    from collections import Counter

    ties = Counter({("a", "c"): 5, ("b", "d"): 5, ("a", "b"): 1})
    order = arranged(strongest(ties))
    gap = abs(order.index("a") - order.index("c"))
    assert sorted(order) == ["a", "b", "c", "d"]
    assert min(gap, 4 - gap) == 1


@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-179, 179)), min_size=1, max_size=8))
def test_map_shows_every_place(points: list[tuple[float, float]]) -> None:
    view = window(points)
    assert all(0 <= view.x(longitude) <= 960 and 0 <= view.y(latitude) <= view.height for latitude, longitude in points)


@given(st.text(max_size=30))
def test_data_cannot_leave_its_element(words: str) -> None:
    written_data = data_text({"name": f"</script>{words}"})
    assert "<" not in written_data
    assert json.loads(written_data) == {"name": f"</script>{words}"}


def test_text_of_a_document_is_never_mark_up() -> None:
    page = page_text(
        make("html", {}, make("body", {}, make("p", {"title": '"><script>'}, "<script>alert(1)</script>")))
    )
    assert "<script>" not in page.replace('title="&quot;><script>"', "")
    assert page.startswith("<!DOCTYPE html>")


def test_empty_elements_are_written_as_html_has_them() -> None:
    assert written(make("p", {}, make("wbr"), make("br"), make("span"))) == "<p><wbr><br><span></span></p>"


def test_style_attributes_become_rules_and_unsafe_ones_go() -> None:
    root = make(
        "div", {}, *(make("p", {"style": value}) for value in ("--n:  2", "--n: 2", "x: url(//e)", "a} b{c: d"))
    )
    assert list(styled(root)) == [".styled-1 { --n: 2 }"]
    assert [(p.get("class"), p.get("style")) for p in root] == [
        ("styled-1", None),
        ("styled-1", None),
        (None, None),
        (None, None),
    ]


def test_what_follows_a_removed_element_stays() -> None:
    root = make("p", {}, "a", make("b", {}, "x"), "c", make("i", {"id": "i"}), "d")
    removed(root[0])
    assert written(without_ids(root)) == "<p>ac<i></i>d</p>"


def test_every_word_of_the_site_is_in_the_table() -> None:
    import re

    sources = (ROOT / "toolkit" / "teiwright" / "site").glob("*.py")
    keys = {key for file in sources for key in re.findall(r'"(site-[a-z\-]+)"', file.read_text(encoding="utf-8"))}
    table = json.loads((ROOT / "xslt" / "shared" / "words" / "en.json").read_text(encoding="utf-8"))
    assert keys - table.keys() - {"site-bar", "site-title"} == set()
    assert "en" in languages()
