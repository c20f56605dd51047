"""The pages in a real browser: keyboard, notes, options, colours, paper, small windows, enlarged text, no scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import browser as chromium
from browser import CONTRASTS, CONTROLS, OVERFLOWS, opened
from places import CHAPTER, SHARED
from teiwright.document import Document
from teiwright.stylesheet import Stylesheet

NAMES = ("ENG18872_Lyall", "L00100", "raimund-die-gefesselte-phantasie", "MS_Add_A_279", "lg1-lg2", "lorem_ipsum_openedition.tei",
         "phi0474.phi025.perseus-lat2", "2011")  # fmt: skip
SAMPLES = [path for name in NAMES for path in (SHARED / "samples").glob(f"{name}*")]
SOURCES = [CHAPTER, *SAMPLES]
QUICK = ("L00100", "MS_Add_A_279")  # whose pages the browser has soon
BY_SIZE = [pytest.param(path, id=path.stem, marks=[] if path.stem in QUICK else [pytest.mark.slow]) for path in SOURCES]
DESK, PHONE, SMALLEST = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 256}
MOST_STEPS = 400  # of the Tab key, of a page with more controls than that

Pages = dict[Path, Path]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium.needed()
    with chromium.running() as running:
        yield running


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Where the page of a document is; made when it is asked for first."""
    folder = tmp_path_factory.mktemp("pages")

    class Made(dict[Path, Path]):
        def __missing__(self, source: Path) -> Path:
            output = Stylesheet.load("html").transform(Document.read(source))
            self[source] = output.write(folder / f"{source.stem}.html")[0]
            return self[source]

    return Made()


def words(text: str) -> list[str]:
    """The words of a text."""
    return re.findall(r"\w+", text)


@pytest.fixture(params=BY_SIZE)
def source(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


# -- every page ------------------------------------------------------------------------------------------------------


def test_a_page_opens_without_faults_and_asks_for_nothing_else(browser: Any, pages: Pages, source: Path) -> None:
    with opened(browser, pages[source]) as one:
        assert one.faults == []
        assert one.asked == [pages[source].as_uri()]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out(browser: Any, pages: Pages, source: Path, scheme: Any) -> None:
    with opened(browser, pages[source], viewport=DESK, color_scheme=scheme) as one:
        open_all(one)
        found = one.run(CONTRASTS)
        assert found["seen"] > 20
        assert found["faint"] == {}
        ground = re.findall(r"\d+", one.run("getComputedStyle(document.body).backgroundColor"))
        assert (sum(map(int, ground[:3])) < 200) == (scheme == "dark")


@pytest.mark.parametrize(
    "view",
    [
        pytest.param({"viewport": PHONE, "device_scale_factor": 3, "is_mobile": True, "has_touch": True}, id="phone"),
        pytest.param({"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}, id="zoom-200"),
        pytest.param({"viewport": SMALLEST, "device_scale_factor": 4}, id="reflow-320"),  # WCAG 2.2, 1.4.10
    ],
)
def test_nothing_goes_over_the_edge(browser: Any, pages: Pages, source: Path, view: dict[str, Any]) -> None:
    with opened(browser, pages[source], **view) as one:
        open_all(one)
        assert one.run(OVERFLOWS) == []


def test_text_may_be_twice_as_large(browser: Any, pages: Pages, source: Path) -> None:
    """WCAG 2.2, 1.4.4: with the text alone enlarged nothing is cut off."""
    with opened(browser, pages[source], viewport=DESK) as one:
        before = one.run("parseFloat(getComputedStyle(document.querySelector('main p, main div')).fontSize)")
        one.run("document.documentElement.style.fontSize = '200%'")
        after = one.run("parseFloat(getComputedStyle(document.querySelector('main p, main div')).fontSize)")
        assert after > 1.6 * before
        assert one.run(OVERFLOWS) == []
        assert one.run(CUT) == []


def test_without_scripts_all_text_is_there(browser: Any, pages: Pages, source: Path) -> None:
    body = html.parse(str(pages[source])).getroot().find("body")
    assert body is not None
    written = words(" ".join(body.itertext()))
    with opened(browser, pages[source], java_script_enabled=False) as one, opened(browser, pages[source]) as other:
        open_all(one)
        open_all(other)
        shown = one.page.inner_text("body")
        assert shown == other.page.inner_text("body")
    seen = set(words(shown))
    # What a reader can choose to see instead, as it was before correction, stands behind an option.
    assert len([word for word in written if word in seen]) > 0.97 * len(written)


def test_on_paper_there_is_the_text_and_no_control(browser: Any, pages: Pages, source: Path, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not here; make browser installs it")
    with opened(browser, pages[source]) as one:
        paper = tmp_path / "page.pdf"
        one.page.pdf(path=paper, prefer_css_page_size=True)
        one.page.emulate_media(media="print")
        assert one.run(CONTROLS_ON_PAPER) == []
        expected = words(one.page.inner_text("main"))
    printed = set(words(" ".join(page.extract_text() for page in pypdf.PdfReader(paper).pages)))
    missing = [word for word in expected if word not in printed]
    assert len(expected) > 100
    assert len(missing) < 0.12 * len(expected)  # words that are parted at the end of a line


def test_the_keyboard_reaches_every_control_in_order_and_shows_where_it_is(
    browser: Any, pages: Pages, source: Path
) -> None:
    with opened(browser, pages[source], viewport=DESK) as one:
        controls = one.run(CONTROLS)
        met = []
        for _ in range(min(len(controls), MOST_STEPS)):
            one.page.keyboard.press("Tab")
            found = one.focused()
            assert found, f"after {met[-1]['name']} the keyboard is nowhere" if met else "nothing can be reached"
            met.append(found)
        assert [found["name"] for found in met] == controls[: len(met)]
        assert len({found["number"] for found in met}) == len(met)
        assert [found["name"] for found in met if not found["outlined"]] == []
        assert [found["name"] for found in met if not found["seen"]] == []


def test_the_skip_link_is_first_and_leads_to_the_text(browser: Any, pages: Pages, source: Path) -> None:
    with opened(browser, pages[source], viewport=DESK) as one:
        assert one.run("document.querySelector('.skip').getBoundingClientRect().bottom") <= 0
        one.page.keyboard.press("Tab")
        assert one.run("document.activeElement.className") == "skip"
        assert one.focused()["seen"]  # type: ignore[index]
        one.page.keyboard.press("Enter")
        assert one.run("document.querySelector(':target').tagName") == "MAIN"
        one.page.keyboard.press("Tab")
        assert one.run(
            "document.querySelector('main').contains(document.activeElement) || !document.querySelector('main a[href]')"
        )


def test_notes_lead_there_and_back(browser: Any, pages: Pages, source: Path) -> None:
    with opened(browser, pages[source], viewport=PHONE) as one:
        marks = one.run(
            "Array.from(document.querySelectorAll('[role=doc-noteref][id]'), (one) => [one.id, one.getAttribute('href')])"
        )
        if not marks:
            pytest.skip("this page has no notes")
        for mark, href in {0: marks[0], 1: marks[len(marks) // 2], 2: marks[-1]}.values():
            reference = one.page.locator(f"[id='{mark}']")
            reference.scroll_into_view_if_needed()
            reference.focus()
            one.page.keyboard.press("Enter")
            assert one.run("decodeURIComponent(location.hash)") == href
            assert one.run(IN_VIEW + "(document.querySelector(':target'))")
            one.page.keyboard.press("Tab")  # from the note on: its back-link comes first
            assert one.run("document.activeElement.getAttribute('href')") == f"#{mark}"
            one.page.keyboard.press("Enter")
            assert one.run("document.querySelector(':target').id") == mark
            assert one.run(IN_VIEW + "(document.querySelector(':target'))")


def test_popovers_open_and_close_by_keyboard(browser: Any, pages: Pages, source: Path) -> None:
    with opened(browser, pages[source], viewport=DESK) as one:
        opener = one.page.locator("[popovertarget]")
        if not opener.count():
            pytest.skip("this page has no popovers")
        opener.first.focus()
        one.page.keyboard.press("Enter")
        assert one.run("document.querySelectorAll(':popover-open').length") == 1
        one.page.keyboard.press("Escape")
        assert one.run("document.querySelectorAll(':popover-open').length") == 0
        assert one.run("document.activeElement.hasAttribute('popovertarget')")


def test_a_link_of_the_contents_leads_to_its_place(browser: Any, pages: Pages, source: Path) -> None:
    with opened(browser, pages[source], viewport=PHONE) as one:
        links = one.page.locator("nav a[href^='#']:visible")
        if not links.count():
            pytest.skip("this page has no contents")
        links.last.click()
        one.page.wait_for_timeout(200)  # places that were not laid out before are now
        assert one.run(IN_VIEW + "(document.querySelector(':target'))")


# -- reading options -------------------------------------------------------------------------------------------------


def test_options_are_reached_and_chosen_by_keyboard(browser: Any, pages: Pages) -> None:
    with opened(browser, pages[CHAPTER], viewport=DESK) as one:
        one.page.locator(".options summary").focus()
        one.page.keyboard.press("Enter")
        one.page.keyboard.press("Tab")
        assert one.run("document.activeElement.id") == "spelling-corrected"
        before = one.page.inner_text("main")
        one.page.keyboard.press("ArrowDown")
        assert one.run("document.activeElement.id + document.activeElement.checked") == "spelling-transcribedtrue"
        assert one.page.inner_text("main") != before


@pytest.mark.parametrize(
    ("choice", "device", "is_dark"), [("dark", "light", True), ("light", "dark", False), ("auto", "dark", True)]
)
def test_colours_may_be_chosen(browser: Any, pages: Pages, choice: str, device: Any, is_dark: bool) -> None:
    with opened(browser, pages[CHAPTER], color_scheme=device) as one:
        one.page.locator(".options summary").click()
        one.page.locator(f".colours-{choice}").check()
        ground = re.findall(r"\d+", one.run("getComputedStyle(document.body).backgroundColor"))
        assert (sum(map(int, ground[:3])) < 200) == is_dark


def test_headings_go_down_step_by_step(browser: Any, pages: Pages, source: Path) -> None:
    with opened(browser, pages[source]) as one:
        levels = one.run("Array.from(document.querySelectorAll('h1, h2, h3, h4, h5, h6'), (one) => +one.tagName[1])")
        assert levels.count(1) == 1
        assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


WIDE = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>Wide</title></titleStmt>
<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><p>Few.</p><table><row><cell>1917</cell><cell>12</cell></row></table>
<p>Many.</p><table><row>{cells}</row></table></body></text></TEI>"""


def test_a_wide_table_is_moved_by_keyboard_and_breaks_no_word(browser: Any, tmp_path: Path) -> None:
    source, target = tmp_path / "wide.xml", tmp_path / "wide.html"
    source.write_text(WIDE.format(cells="<cell>Constantinople</cell>" * 9))
    Stylesheet.load("html").transform(Document.read(source)).write(target)
    with opened(browser, target, viewport=SMALLEST) as one:
        assert one.run(OVERFLOWS) == []
        assert one.run("Array.from(document.querySelectorAll('main table'), (one) => one.tabIndex)") == [-1, 0]
        lines = "Array.from(document.querySelectorAll('main td'), (one) => Math.round(one.clientHeight / parseFloat(getComputedStyle(one).lineHeight)))"
        assert set(one.run(lines)) <= {1, 2}  # padding is below a half of a line
        one.page.locator("main table").last.focus()
        one.page.keyboard.press("ArrowRight")
        one.run(
            "new Promise((done) => { const look = () => document.activeElement.scrollLeft ? done() : requestAnimationFrame(look); look(); })"
        )
        assert one.focused()["outlined"]


# -- the judges ------------------------------------------------------------------------------------------------------

FAULTY = """<!DOCTYPE html><html lang="en"><title>Faulty</title><body style="background: #fff"><main>
<p style="color: #999">faint</p><p style="color: rgb(0 0 0 / .3)">thin</p><div style="background: #222"><p style="color: #333">dark</p></div>
<p style="color: #767676">just enough</p><p style="inline-size: 30rem">wide</p><p style="overflow: hidden; block-size: .5rem">cut off</p>
<a href="#x" style="outline: none">bare</a> <a href="#y">good</a></main></body></html>"""


def test_the_judges_find_what_is_wrong(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "faulty.html").write_text(FAULTY)
    with opened(browser, tmp_path / "faulty.html", viewport=PHONE) as one:
        faint = one.run(CONTRASTS)["faint"]
        assert [text.partition(": ")[2] for text in faint.values()] == ["dark"]  # the last of the paragraphs that are
        one.run("document.querySelectorAll('p')[2].remove()")
        assert [text.partition(": ")[2] for text in one.run(CONTRASTS)["faint"].values()] == ["thin"]
        assert any("page: " in fault for fault in one.run(OVERFLOWS))
        assert one.run(CUT) == ["P."]
        for outlined in (False, True):
            one.page.keyboard.press("Tab")
            focused = one.focused()
            assert focused is not None
            assert focused["outlined"] == outlined or focused["name"] == "A #y"


# -- what is asked of a page -----------------------------------------------------------------------------------------

IN_VIEW = "((one) => { const box = one.getBoundingClientRect(); return box.top < innerHeight && box.bottom > 0 && box.top > -5; })"
# Boxes that hide a part of their text; what is there for readers of the screen only is meant to be hidden.
CUT = """() => Array.from(document.querySelectorAll("body *"))
  .filter((one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX) || ["hidden", "clip"].includes(getComputedStyle(one).overflowY))
  .filter((one) => one.checkVisibility() && !one.matches(".hidden, .skip, svg *") && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
  .map((one) => one.tagName + "." + one.className)"""
CONTROLS_ON_PAPER = """() => Array.from(document.querySelectorAll("button, input, select, .skip, .options, nav[aria-label]"))
  .filter((one) => one.checkVisibility()).map((one) => one.tagName + "." + one.className)"""


def open_all(one: chromium.Opened) -> None:
    """Unfold everything that is folded."""
    one.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
