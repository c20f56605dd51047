"""A project's own style sheets: what they name is taken along or refused, and nothing else of them changes."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.errors import StylesheetError
from teiwright.style import Gathered, Reference, files, gathered, inlined, references

FONT, PICTURE = b"wOF2 font", b"\x89PNG picture"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "own face.woff2").write_bytes(FONT)
    (tmp_path / "signs.svg").write_bytes(b"<svg/>")
    (tmp_path / "bg.png").write_bytes(PICTURE)
    return tmp_path


def css(folder: Path, text: str, name: str = "own.css") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a { b: url(x.png) }", ["x.png"]),
        ("a { b: url( x.png\n) }", ["x.png"]),
        ("a { b: URL('x y.png') }", ["x y.png"]),
        ('a { b: url("x).png") }', ["x).png"]),
        (r"a { b: url(x\ y.png), url('a\'b.png') }", ["x y.png", "a'b.png"]),
        (r"a { b: url(\78 .png) url('\000078.png') }", ["x.png", "x.png"]),
        ("@import 'a.css'; @import url(b.css) print; @IMPORT /* c */ \"c.css\";", ["a.css", "b.css", "c.css"]),
        ("a { b: url(data:image/png;base64,AA==) url(#sign) url() url('') }", []),
        ("/* url(x.png) */ a::before { content: 'url(y.png)' }", []),
        ("/* url(x.png)", []),
        ("a { content: '@import'; b: 'x.css' }", []),
        ("a { b: my-url(x.png) }", []),
        ("a { content: 'open\n} b { c: url(x.png) }", ["x.png"]),
    ],
)
def test_addresses_are_found_by_css_s_own_tokens(text: str, found: list[str]) -> None:
    assert [one.address for one in references(text)] == found


def test_an_address_has_its_place_and_line() -> None:
    text = "a {}\n@import\n'b.css';"
    assert list(references(text)) == [Reference(13, 20, "b.css", 3, True)]
    assert text[13:20] == "'b.css'"


@given(st.text(alphabet="url()'\"\\/*@import a.\n#:;{}", max_size=60))
def test_no_text_is_too_much(text: str) -> None:
    found = list(references(text))
    assert all(text[one.start : one.end] and one.line == text.count("\n", 0, one.start) + 1 for one in found)
    assert [one.start for one in found] == sorted({one.start for one in found})


def test_a_page_that_is_one_file_has_fonts_and_pictures_in_it(folder: Path) -> None:
    path = css(folder, "@font-face { src: url('fonts/own face.woff2') } a { b: url(signs.svg#x); c: 'url(bg.png)' }")
    font = base64.b64encode(FONT).decode()
    assert inlined(path) == (
        f'@font-face {{ src: url("data:font/woff2;base64,{font}") }} a {{ b: url("data:image/svg+xml;base64,PHN2Zy8+#x"); c: \'url(bg.png)\' }}'
    )


def test_a_site_has_the_files_beside_each_other(folder: Path) -> None:
    css(folder, "@import '../own.css'; p { b: url(../bg.png?v=2) }", "fonts/own.css")
    path = css(
        folder, '@charset "utf-8";@import url(fonts/own.css) print; a { b: url("bg.png"), url(fonts/own%20face.woff2) }'
    )
    found = gathered([path, folder / "." / "own.css"], "assets/own")
    assert found.paths == ("assets/own/own.css",)
    assert dict(found.files) == {
        "assets/own/own.css": b'@import url("own-1.css") print; a { b: url("bg.png"), url("own-face.woff2") }',
        "assets/own/own-1.css": b'@import "own.css"; p { b: url("bg.png") }',
        "assets/own/bg.png": PICTURE,
        "assets/own/own-face.woff2": FONT,
    }
    assert gathered([], "assets/own") == Gathered()


def test_several_style_sheets_keep_their_order_and_get_names_of_their_own(folder: Path) -> None:
    sheets = [css(folder, f"p {{ order: {n} }}", name) for n, name in enumerate(("b.css", "a.css", "fonts/B.css"))]
    found = gathered(sheets, "x")
    assert found.paths == ("x/b.css", "x/a.css", "x/B-1.css")
    assert [dict(found.files)[path] for path in found.paths] == [f"p {{ order: {n} }}".encode() for n in range(3)]


@pytest.mark.parametrize("work", [inlined, lambda path: gathered([path], "x")], ids=["page", "site"])
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("url(https://example.org/x.woff2)", '"https://example.org/x.woff2" would be loaded from elsewhere'),
        ("url(//example.org/x.woff2)", '"//example.org/x.woff2" would be loaded from elsewhere'),
        ("url('javascript:alert(1)')", '"javascript:alert(1)" would be loaded from elsewhere'),
        ("url(nothing.png)", 'no such file: "nothing.png"'),
        ("url(fonts)", 'no such file: "fonts"'),
        ("url('a\0.png')", 'no such file: "a\0.png"'),
        ("url(own.css)", '"own.css" is not a file that a style sheet can show'),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_along_is_refused_with_its_line(
    work: object, text: str, problem: str, folder: Path
) -> None:
    assert callable(work)
    path = css(folder, f"a {{\n  background: {text} }}")
    with pytest.raises(StylesheetError) as caught:
        work(path)
    assert (caught.value.subject, caught.value.problem) == (f"{path}:2", problem)


def test_one_file_cannot_import_another(folder: Path) -> None:
    css(folder, "p {}", "more.css")
    with pytest.raises(
        StylesheetError, match=r'own\.css:1: "more\.css" is imported, which a page that is one file cannot do'
    ):
        inlined(css(folder, "@import 'more.css';"))


def test_a_picture_is_no_style_sheet(folder: Path) -> None:
    with pytest.raises(StylesheetError, match=r"expected \.css"):
        gathered([css(folder, "@import 'bg.png';")], "x")


def test_a_file_too_large_is_refused(folder: Path) -> None:
    os.truncate(folder / "bg.png", 21 * 2**20)
    with pytest.raises(StylesheetError, match="is larger than 20 MB"):
        inlined(css(folder, "a { b: url(bg.png) }"))


@pytest.mark.parametrize(("name", "problem"), [("nothing.css", "no such file"), (".", "this is a folder, not a file")])
def test_a_style_sheet_that_cannot_be_read_is_one_sentence(name: str, problem: str, folder: Path) -> None:
    with pytest.raises(StylesheetError) as caught:
        inlined(folder / name)
    assert caught.value.problem == problem


def test_whoever_watches_is_told_of_all_files_there_or_not(folder: Path) -> None:
    css(folder, "a { b: url(nothing.png) }", "more.css")
    path = css(folder, "@import 'more.css'; @import 'own.css'; a { b: url(bg.png) url(https://example.org/x.png) }")
    assert [file.name for file in files(path)] == ["own.css", "bg.png", "more.css", "nothing.png"]
    assert list(files(folder / "nothing.css")) == [folder / "nothing.css"]
