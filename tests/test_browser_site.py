"""The site in a real browser, from a server of files and from the disk: every kind of page, search, scripts off."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import browser as chromium
from browser import CONTRASTS, CONTROLS, OVERFLOWS, Opened, opened
from places import CHAPTER
from teiwright.site.publication import publish

TEXT = CHAPTER.stem
KINDS = {
    "home": "index.html",
    "text": f"{TEXT}/index.html",
    "persons": "persons/index.html",
    "person": "persons/*.html",
    "place": "places/*.html",
    "works": "works/index.html",
    "chronology": "chronology.html",
    "map": "map.html",
    "network": "network.html",
    "search": "search.html",
    "missing": "404.html",
}
IN_VIEW = (
    "((box) => box.top < innerHeight && box.bottom > 0)(document.querySelector(':target').getBoundingClientRect())"
)
MOST_STEPS = 150
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium.needed()
    with chromium.running() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("site") / "built"
    publish([CHAPTER], made)
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The address of a server that only knows files, as any web space."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()


LOOKS = ([True, True], [True])  # two files; the page for what is not there holds them


@pytest.fixture(params=KINDS)
def path(request: pytest.FixtureRequest, folder: Path) -> str:
    """A page of each kind; of many the first that is not their index."""
    found = [
        file
        for file in sorted(folder.glob(KINDS[request.param]))
        if "*" not in KINDS[request.param] or file.name != "index.html"
    ]
    return found[0].relative_to(folder).as_posix()


def test_a_page_opens_without_faults_and_asks_nobody_else(browser: Any, address: str, path: str) -> None:
    with opened(browser, address + path) as one:
        one.page.wait_for_load_state("networkidle")
        assert one.faults == []
        assert [url for url in one.asked if not url.startswith((address, "data:"))] == []


def test_it_works_from_the_disk(browser: Any, folder: Path, path: str) -> None:
    with opened(browser, folder / path) as one:
        assert one.faults == []
        assert one.run("getComputedStyle(document.querySelector('main')).display") != "inline"
        assert (
            one.run(
                "[...document.styleSheets].map(sheet => (sheet.ownerNode.href || sheet.ownerNode.textContent).length > 9)"
            )
            in LOOKS
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out(browser: Any, address: str, path: str, scheme: Any) -> None:
    with opened(browser, address + path, color_scheme=scheme) as one:
        assert one.run(CONTRASTS)["faint"] == {}


@pytest.mark.parametrize("width", [1280, 640, 390, 320])
def test_nothing_goes_over_the_edge(browser: Any, address: str, path: str, width: int) -> None:
    with opened(browser, address + path, viewport={"width": width, "height": 700}) as one:
        assert one.run(OVERFLOWS) == []


def test_the_keyboard_reaches_every_control_in_order_and_shows_where_it_is(
    browser: Any, address: str, path: str
) -> None:
    with opened(browser, address + path) as one:
        controls, met = one.run(CONTROLS), []
        if one.run("document.activeElement !== document.body"):
            pytest.skip("this page begins in its field")
        for _ in range(min(len(controls), MOST_STEPS)):
            one.page.keyboard.press("Tab")
            met.append(one.focused() or {"name": "nowhere", "outlined": False, "seen": False})
        assert [found["name"] for found in met] == controls[: len(met)]
        assert [found["name"] for found in met if not found["outlined"]] == []
        assert [found["name"] for found in met if not found["seen"]] == []


def test_without_scripts_a_page_says_the_same(browser: Any, address: str, path: str) -> None:
    with opened(browser, address + path, java_script_enabled=False) as one, opened(browser, address + path) as other:
        without, whole = (re.findall(r"\w+", page.page.inner_text("body")) for page in (one, other))
        if path == "search.html":
            assert "scripts" in one.page.inner_text("main")
            return
        assert set(whole) <= set(without)


def test_nothing_of_the_frame_is_on_paper(browser: Any, address: str, path: str) -> None:
    with opened(browser, address + path) as one:
        one.page.emulate_media(media="print")
        assert (
            one.run(
                "Array.from(document.querySelectorAll('.site-bar nav, .skip, input, button')).filter((one) => one.checkVisibility()).length"
            )
            == 0
        )
        assert one.page.inner_text("main").strip()


# -- search ----------------------------------------------------------------------------------------------------------


def search(one: Opened, words: str) -> list[str]:
    """The addresses of what is found."""
    one.page.fill("input[type=search]", words)
    one.page.keyboard.press("Enter")
    one.page.wait_for_timeout(700)
    found: list[str] = one.run("Array.from(document.querySelectorAll('main li a[href]'), (one) => one.href)")
    return found


def test_what_is_sought_is_found_and_led_to(browser: Any, address: str) -> None:
    with opened(browser, address + "search.html") as one:
        found = search(one, "smilga")
        assert found
        assert "Smilga" in one.page.inner_text("main")
        one.page.locator("main li a[href]").first.click()
        one.page.wait_for_load_state()
        assert one.run(IN_VIEW)
        assert "Smilga" in one.page.inner_text("body")
        assert one.faults == []


@pytest.mark.parametrize("words", ["SMILGA", "smil", "Smilga Finland", " smilga  "])
def test_it_is_found_however_it_is_asked_for(browser: Any, address: str, words: str) -> None:
    with opened(browser, address + "search.html") as one:
        assert search(one, words)


@pytest.mark.parametrize(
    "words", ["qqqqxyz", "smilga qqqqxyz", "<b>x</b>", "\\", "[", "constructor", "__proto__", "“”"]
)
def test_what_is_not_there_is_not_found_and_breaks_nothing(browser: Any, address: str, words: str) -> None:
    with opened(browser, address + "search.html") as one:
        found = search(one, words)
        assert not found or words in ("constructor", "<b>x</b>")
        assert one.run("document.querySelector('main b')") is None
        assert one.faults == []


def test_a_question_may_stand_in_the_address(browser: Any, address: str) -> None:
    with opened(browser, address + "search.html?q=smilga") as one:
        one.page.wait_for_timeout(700)
        assert one.run("document.querySelectorAll('main li a[href]').length") > 0
