"""Each code has one page, each page one code; its bad example has that fault, its good example has not."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building import tei
from places import CASES, ROOT, SHARED, needs_shared
from teiwright import explanation, scanner
from teiwright.collation import collate
from teiwright.diagnostic import Diagnostic
from teiwright.document import Document
from teiwright.explanation import SECTIONS, Page, UnknownCodeError
from teiwright.schema import Schema
from teiwright.validation import validate
from teiwright.xinclude import composer
from teiwright.xsd import Xsd

PACKAGE = ROOT / "toolkit" / "teiwright"
CODES = explanation.codes()
KEBAB = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
GUIDELINES = "https://tei-c.org/release/doc/tei-p5-doc/en/html/"


# Pages and codes

# Modules without findings: what makes schemas, runs style sheets, speaks to people, keeps data.
ELSEWHERE = tuple(
    """customization/ commands/ reporting/ schemas/ policy/settings rules/ relaxng/compact/ reading/ epub/ pdf/ site/ serving/
    formats loss exchange/ bibliography/ registers/ linked/ dts/ archive/ conformance/ corpora/ annotation/ bundling/
    conversion/""".split()
)
NO_CODES = frozenset(
    (
        "stylesheet.py",
        "own_stylesheet.py",
        "pruning.py",
        "declarations.py",
        "header.py",
        "phrases.py",
        "slug.py",
        "words.py",
        "cli.py",
        "practice.py",
        "datewords.py",
    )
)
# Words with hyphens that are no codes.
WORDS = frozenset(
    """accept-language allow-external-functions decimal-format end-ns ignore-file ignore-inside is-a set-xml-id start-ns
    processing-instruction utf-16 utf-16-be utf-16-le utf-32 utf-8 utf-8-sig value-of visit-each well-formedness x-gzip""".split()
)


def literals(path: Path) -> Iterator[str]:
    """The strings of a module that look like codes, but for docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEBAB.fullmatch(node.value):
            yield node.value


def in_the_source() -> set[str]:
    """The codes that the modules name; those of the rules by their own list."""
    from teiwright.rules.codes import CODES as of_the_rules

    found = {"schematron"} | set(of_the_rules)
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(ELSEWHERE) and name not in NO_CODES:
            found |= {*literals(path)} - WORDS
    return found


def test_each_code_in_the_source_has_a_page() -> None:
    assert sorted(in_the_source() - {*CODES}) == []


def test_each_page_has_a_code_in_the_source() -> None:
    assert sorted({*CODES} - in_the_source()) == []


@pytest.mark.parametrize("code", CODES)
def test_a_page_is_complete(code: str) -> None:
    page = explanation.page(code)
    assert page.code == code
    assert all((page.what, page.why, page.bad.strip(), page.good.strip(), page.guidelines))
    assert page.summary.endswith((".", "?", "!"))
    assert "\n" not in page.summary
    assert re.findall(r"^## (.*)$", page.text, re.MULTILINE) == [*SECTIONS]


@pytest.mark.parametrize("code", CODES)
def test_a_page_is_for_editors(code: str) -> None:
    page = explanation.page(code)
    prose = re.sub(r"`[^`]*`", "", page.what + page.why)
    assert not re.search(r"\b(?:Python|exception|traceback|lxml|regex|boolean|string)\b", prose)
    assert max(map(len, page.text.splitlines())) <= 150


# Sections of the Guidelines that no definition refers to.
CHAPTERS = frozenset(
    "DEPRECATIONS HD57-2 NDDATEA NDDATECUSTOM SAUR STGAid CFWF CFVL CFNS CFAMmc CFAMsc SG132 SG14 SG143 SG144 SG145 SG16 SG18 SG-att SG-er SG-oth SGname STECCM".split()
)
FILES = {"CF": "USE", "DT": "ST", "MD": "USE"}  # where a section's letters are not its chapter's
LETTERS = re.compile(r"DEPRECATIONS|[A-Z]{2}")


@pytest.mark.parametrize("code", CODES)
def test_addresses_are_those_of_the_sections(code: str) -> None:
    for reference in explanation.page(code).guidelines:
        chapter, hash_, fragment = reference.address.removeprefix(GUIDELINES).partition("#")
        assert reference.address.startswith(GUIDELINES)
        assert (hash_, fragment) == ("#", reference.id)
        letters = LETTERS.match(reference.id)
        assert letters is not None
        assert chapter == f"{FILES.get(letters[0], letters[0])}.html"
        assert reference.title


@needs_shared
def test_sections_exist() -> None:
    text = (SHARED / "tei" / "p5subset.xml").read_text(encoding="utf-8")
    known = {*re.findall(r'target="#([\w.-]+)"', text)} | CHAPTERS
    named = {reference.id for code in CODES for reference in explanation.page(code).guidelines}
    assert sorted(named - known) == []


def test_a_section_has_one_title() -> None:
    titles: dict[str, set[str]] = {}
    for code in CODES:
        for reference in explanation.page(code).guidelines:
            titles.setdefault(reference.id, set()).add(reference.title)
    assert {id_: names for id_, names in titles.items() if len(names) > 1} == {}


# Examples

GRAMMAR = ROOT / "schemas" / "lenin.rng"
XSD = ROOT / "schemas" / "lenin.xsd"
# Schemas that can have the fault where the project's own cannot.
SCHEMAS = {
    "text-value": CASES / "relaxng" / "poems.rng",
    "idref-without-target": CASES / "relaxng" / "names.rng",
    "xsd-reference-without-target": CASES / "xsd" / "references.xsd",
    "xsd-identity-rule-broken": CASES / "xsd" / "references.xsd",
}
GRAMMAR_CODES = frozenset(
    """element-not-allowed element-missing text-not-allowed text-value attribute-not-allowed attribute-missing
    attribute-value idref-without-target""".split()
)
SCHEMATRON = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3"><ns prefix="t"
uri="http://www.tei-c.org/ns/1.0"/><pattern><rule context="t:body/t:p">{}</rule></pattern></schema>"""
RULES = {
    "schematron": '<assert test="normalize-space()">a paragraph without words</assert>',
    "schematron-test-failed-to-run": '<assert test="not(@n) or xs:integer(@n) gt 0">a paragraph before the first</assert>',
}
# A fault may bring another along: where a check cannot go on, or a parent is no longer what it was.
ALONGSIDE = {
    "xsd-not-valid": {"xsd-check-incomplete"},
    "xsd-check-incomplete": {"xsd-not-valid"},
    "xsd-type-not-known": {"xsd-not-valid"},
    "schema-processors-disagree": {"xsd-not-valid"},
    "schemas-left-out": {"no-schema"},
}
# What is said of a good example that shows only what it is about.
WITH_THE_GOOD = {"xsd-element-not-declared": {"xsd-element-not-allowed"}, "encoding-mismatch": {"not-tei"}}
TRANSCRIPTIONS = {
    "words-missing": "It was dark and late.",
    "words-added": "It was late.",
    "words-differ": "It was late.",
}


def whole(example: str) -> str:
    """An example as a document: a fragment is put into the body of a small one, or into a poem."""
    if re.match(r"<(?:TEI|names|letter|grammar)\b|<!DOCTYPE|<\?xml", example):
        return example
    return tei(example)


def by_grammar(code: str, example: str, _folder: Path) -> list[Diagnostic]:
    text = whole(example)
    if code == "text-value":
        namespace = 'xmlns="http://www.tei-c.org/ns/1.0"'
        text = f"<text {namespace}><titlePart/><body>{example}</body></text>"
    schema = Schema.load(SCHEMAS.get(code) or (XSD if code.startswith(("xsd-", "schema-")) else GRAMMAR))
    return [*schema.validate(Document.parse(text))]


def by_schematron(code: str, example: str, folder: Path) -> list[Diagnostic]:
    (folder / "rules.sch").write_text(SCHEMATRON.format(RULES[code]), encoding="utf-8")
    return [*Schema.load(folder / "rules.sch").validate(Document.parse(whole(example)))]


def by_rules_in_a_grammar(_code: str, example: str, folder: Path) -> list[Diagnostic]:
    (folder / "named.rng").write_text(example, encoding="utf-8")
    return [*Schema.load(folder / "named.rng", kind="Schematron").validate(Document.parse("<p>x</p>"))]


def by_the_grammar_itself(_code: str, example: str, folder: Path) -> list[Diagnostic]:
    (folder / "schema.rng").write_text(example, encoding="utf-8")
    return [*Schema.load(folder / "schema.rng").validate(Document.parse('<p key="a"/>'))]


def by_documents(_code: str, example: str, folder: Path) -> list[Diagnostic]:
    rule = '<pattern documents="//t:ptr/@target"><rule context="t:p"><assert test="true()">x</assert></rule></pattern>'
    schema = re.sub(r"<pattern>.*</pattern>", rule, SCHEMATRON, flags=re.DOTALL)
    (folder / "rules.sch").write_text(schema, encoding="utf-8")
    (folder / "names.xml").write_text(whole("<p>Ada</p>"), encoding="utf-8")
    (folder / "document.xml").write_text(whole(example), encoding="utf-8")
    return [*Schema.load(folder / "rules.sch").validate(Document.read(folder / "document.xml"))]


def by_collation(code: str, example: str, folder: Path) -> list[Diagnostic]:
    (folder / "transcription.txt").write_text(TRANSCRIPTIONS[code], encoding="utf-8")
    return [*collate(Document.parse(whole(example)), folder / "transcription.txt").report]


def by_validation(code: str, example: str, folder: Path) -> list[Diagnostic]:
    (folder / "lenin.rng").write_bytes(GRAMMAR.read_bytes())
    for name, words in (("chapter-1.xml", "It was late."), ("all-letters.xml", "Dear Ada, " * SMALL)):
        (folder / name).write_text(f'<p xmlns="http://www.tei-c.org/ns/1.0">{words}</p>', encoding="utf-8")
    path = folder / "document.xml"
    text = PREPARATIONS.get(code, whole)(example)
    path.write_bytes(text.encode("iso-8859-1" if code == "encoding-mismatch" else "utf-8"))
    # A small example names no schema where that is not what it is about.
    found = [one for one in validate(path) if one.origin in ("xml", "xinclude")]
    return [one for one in found if one.code == code or one.code != "no-schema"]


def deepened(example: str) -> str:
    """What the example says in a comment: elements nested 2,000 times."""
    return whole(re.sub(r"<!--.*?-->", "<seg>" * 2000 + "</seg>" * 2000, example))


def multiplied(example: str) -> str:
    """What the example says in a comment: as many elements as there may be, and more."""
    return whole(re.sub(r"<!--.*?-->", "<p>A word.</p>" * FEW, example))


FEW = 50  # elements that a tree may have while the examples are tried
SMALL = 1000  # bytes that may be included while the examples are tried

PREPARATIONS: dict[str, Callable[[str], str]] = {
    "nested-too-deeply": deepened,
    "too-large": multiplied,
    "encoding-mismatch": str,
}


OTHER_WAYS: dict[str, Callable[[str, str, Path], list[Diagnostic]]] = {
    "no-rules": by_rules_in_a_grammar,
    "id-type-conflict": by_the_grammar_itself,
    "schematron-document-not-read": by_documents,
}


def way(code: str) -> Callable[[str, str, Path], list[Diagnostic]]:
    """How the examples of a code are tried."""
    if code in GRAMMAR_CODES or code.startswith(("xsd-", "schema-")):
        return by_grammar
    if code in RULES:
        return by_schematron
    if code in TRANSCRIPTIONS:
        return by_collation
    return OTHER_WAYS.get(code, by_validation)


# Tried with the rules and the excuses, whose codes they are, and below.
OTHERS = frozenset(code for code in CODES if code.startswith(("excuse-", "baseline-"))) | {"schemas-left-out"}


def own_codes() -> list[str]:
    from teiwright.rules.codes import CODES as of_the_rules

    return [code for code in CODES if code not in OTHERS and code not in of_the_rules]


@pytest.mark.parametrize("code", own_codes())
def test_the_bad_example_has_the_fault(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if code == "schema-processors-disagree":  # no document is known on which they do
        monkeypatch.setattr(Xsd, "explained", lambda _self, _document: iter(()))
    if code == "xinclude-too-large":
        monkeypatch.setattr(composer, "MOST_BYTES", SMALL)
    if code == "too-large":
        monkeypatch.setattr(scanner, "MOST_ELEMENTS", FEW)
    found = {one.code for one in way(code)(code, explanation.page(code).bad, tmp_path)}
    assert code in found
    assert found - {code} <= ALONGSIDE.get(code, set())


@pytest.mark.parametrize("code", own_codes())
def test_the_good_example_has_no_fault(code: str, tmp_path: Path) -> None:
    found = {one.code for one in way(code)(code, explanation.page(code).good, tmp_path)}
    assert found <= WITH_THE_GOOD.get(code, set())


def test_schemas_are_left_out_by_the_run(tmp_path: Path) -> None:
    page = explanation.page("schemas-left-out")
    (tmp_path / "lenin.rng").write_bytes(GRAMMAR.read_bytes())
    path = tmp_path / "document.xml"
    path.write_text(page.bad, encoding="utf-8")
    assert page.bad == page.good
    assert [one.code for one in validate(path, without=["relaxng"])] == ["schemas-left-out"]
    assert "schemas-left-out" not in {one.code for one in validate(path)}


# Unknown codes


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("element-not-alowed", "element-not-allowed"),
        ("Element-Not-Allowed", "element-not-allowed"),
        ("missing-element", "element-missing"),
        ("elementnotallowed", "element-not-allowed"),
    ],
)
def test_a_code_that_was_meant_is_suggested(code: str, meant: str) -> None:
    with pytest.raises(UnknownCodeError, match=f'did you mean "{meant}"'):
        explanation.page(code)


@pytest.mark.parametrize("code", ["banana", "", "../../pyproject", "x" * 10_000, "a\0b", "element-missing.md"])
def test_an_unknown_code_is_one_sentence(code: str) -> None:
    with pytest.raises(UnknownCodeError, match="no page explains this code") as caught:
        explanation.page(code)
    assert "\n" not in str(caught.value)


# Reading and showing

TEXT = """# a-code

## What it finds

One thing.
And `another`.

- a list
  of items
- of two

## Why it matters

It does.

## Bad

For instance:

    <p>
      <q/>

    </p>

## Good

    <p/>

## Guidelines

- #SAPU Using *Abbreviated* Pointers: https://tei-c.org/release/doc/tei-p5-doc/en/html/SA.html#SAPU
- [#ST The TEI Infrastructure](https://tei-c.org/release/doc/tei-p5-doc/en/html/ST.html#ST)
"""


def test_a_page_is_read() -> None:
    page = explanation.parsed(TEXT)
    assert page.code == "a-code"
    assert page.summary == "One thing."
    assert page.what == "One thing. And `another`.\n\n- a list of items\n- of two"
    assert page.bad == "<p>\n  <q/>\n\n</p>\n"
    assert page.good == "<p/>\n"
    assert [(reference.id, reference.title) for reference in page.guidelines] == [
        ("SAPU", "Using *Abbreviated* Pointers"),
        ("ST", "The TEI Infrastructure"),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "# a", TEXT.replace("## Bad", "## Worse"), TEXT.replace("## Good\n", ""), TEXT.replace("# a-code", "a-code")],
)
def test_what_is_no_page_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a page"):
        explanation.parsed(text)


def test_a_page_is_shown() -> None:
    shown = explanation.rendered(explanation.parsed(TEXT), 30)
    assert shown.splitlines()[:8] == [
        "a-code",
        "",
        "What it finds",
        "  One thing. And another.",
        "",
        "  - a list of items",
        "  - of two",
        "",
    ]
    assert "    <p>\n      <q/>\n\n    </p>\n" in shown
    assert shown.endswith("\n")


@given(st.sampled_from(CODES), st.integers(1, 200))
def test_paragraphs_are_wrapped_and_keep_their_words(code: str, columns: int) -> None:
    page = explanation.page(code)
    lines = explanation.rendered(page, columns).splitlines()
    prose = lines[lines.index("What it finds") + 1 : lines.index("Bad")]
    assert all(len(line) <= max(columns, 20) or " " not in line.strip() for line in prose)
    words = f"{page.what} Why it matters {page.why}".replace("`", "").split()
    assert " ".join(prose).split() == words


@pytest.mark.parametrize("code", CODES)
def test_colours_add_nothing_but_colours(code: str) -> None:
    page: Page = explanation.page(code)
    assert re.sub(r"\x1b\[[\d;]*m", "", explanation.rendered(page, colour=True)) == explanation.rendered(page)
