"""Documents made to fit a customization: valid, with every character, and an account of what was changed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from building import document, tei
from places import CHAPTER, SHARED, needs_shared
from teiwright.commands.convert import convert as command
from teiwright.conversion.converting import convert
from teiwright.conversion.targets import FOLDER, TARGETS, schema
from teiwright.customization import stale
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.schema import Schema

SAMPLES = sorted((SHARED / "samples").rglob("*.xml")) if SHARED.is_dir() else []


def characters(made: Document) -> Counter[str]:
    return Counter("".join(str(made.root.xpath("string()")).split()))


def body(content: str, target: str) -> str:
    return convert(document(content), target).text.partition("<body>")[2].partition("</body>")[0]


@pytest.mark.parametrize(
    ("content", "target", "wanted"),
    [
        (
            "<p>So <persName ref='#a'>Ann</persName></p>",
            "tei_lite",
            '<p>So <name type="persName" ref="#a">Ann</name></p>',
        ),
        ("<p><emph>x</emph></p>", "tei_simplePrint", "<p><hi>x</hi></p>"),
        ("<p><hi rend='italic'>x</hi></p>", "tei_simplePrint", '<p><hi rendition="simple:italic">x</hi></p>'),
        ("<ab>x <hi>y</hi></ab>", "tei_lite", "<p>x <hi>y</hi></p>"),
        ("<div1><p>x</p></div1>", "tei_lite", '<div type="div1"><p>x</p></div>'),
        ("<p>a<space/>b</p>", "tei_lite", "<p>ab</p>"),
        ("loose <hi>words</hi>", "tei_all", "<p>loose <hi>words</hi></p>"),
    ],
)
def test_what_does_not_fit_goes_on_under_another_name(content: str, target: str, wanted: str) -> None:
    assert body(content, target).strip().replace("'", '"') == wanted


def test_what_fits_is_left_as_it_is() -> None:
    made = document("<p>a  <hi>b</hi></p>")
    assert convert(made, "tei_lite") == (made.text, ())


def test_each_change_has_its_place() -> None:
    made = convert(document("<p>a</p>\n<p>So <persName key='k'>Ann</persName></p>"), "tei_simplePrint")
    assert [(one.name, one.became, one.place.line, one.place.xpath) for one in made.changes] == [
        ("persName", "name", 3, "/TEI/text/body/p[2]/persName"),
        ("@key", "left out", 3, "/TEI/text/body/p[2]/persName"),
    ]


@needs_shared
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("path", [CHAPTER, *SAMPLES], ids=lambda path: path.name)
def test_real_documents_become_valid_without_losing_a_character(path: Path, target: str) -> None:
    made = Document.read(path)
    if not made.is_tei:
        pytest.skip("not TEI")
    done = Document.parse(convert(made, target).text)
    assert list(schema(target).validate(done)) == []
    assert characters(done) == characters(made)


NAMES = st.sampled_from(
    "p div hi persName list item label lg l note table row cell msDesc biblStruct date w s head ab q sp gap choice fs zone x".split()
)
TREES = st.recursive(
    st.text("ab \n", max_size=4),
    lambda inner: st.tuples(NAMES, st.lists(inner, max_size=3)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=10,
)


@given(TREES, st.sampled_from(TARGETS))
def test_law_whatever_a_body_holds_becomes_valid_with_all_its_characters(content: str, target: str) -> None:
    made = document(content)
    done = Document.parse(convert(made, target).text)
    assert list(schema(target).validate(done)) == []
    assert characters(done) == characters(made)


@pytest.mark.parametrize("target", TARGETS)
def test_the_schemas_are_compiled_from_their_customizations(target: str) -> None:
    assert not stale(FOLDER / f"{target}.odd", FOLDER / f"{target}.rng")


@needs_shared
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_our_tei_all_gives_the_verdict_of_the_consortium_s(path: Path) -> None:
    theirs, ours = Schema.load(SHARED / "tei" / "tei_all.rng"), schema("tei_all")
    made = Document.read(path)
    assert ours.validate(made).passed == theirs.validate(made).passed


def test_an_unknown_target_is_one_sentence() -> None:
    with pytest.raises(ExchangeError, match="tei_lit"):
        convert(document("<p/>"), "tei_lit")


def test_the_command_writes_and_tells(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(tei("<p><persName>Ann</persName></p>"), "utf-8")
    words = [
        str(tmp_path / "a.xml"),
        "--to",
        "tei_lite",
        "-o",
        str(tmp_path / "b.xml"),
        "--report",
        str(tmp_path / "r.json"),
    ]
    result = CliRunner().invoke(command, [*words, "--strict"])
    assert (result.exit_code, "1 persName: name" in result.stderr) == (1, True)
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))[0]["became"] == "name"
