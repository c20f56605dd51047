"""``teiwright serve`` in a real browser: pages reload by themselves, findings come and go, nothing else runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import browser as chromium
from browser import CONTRASTS, OVERFLOWS, Opened, opened

pytest.importorskip("starlette", reason="the packages of teiwright[serve] are not installed")
pytest.importorskip("uvicorn", reason="the packages of teiwright[serve] are not installed")
pytest.importorskip("watchfiles", reason="the packages of teiwright[serve] are not installed")

from serving_house import Client, built, served, until, write

BADGE = "document.querySelector('teiwright-findings a').textContent"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    chromium.needed()
    with chromium.running() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Client]:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "teiwright.toml").write_text('ignore = ["no-schema"]')
    write(tmp_path / "tei" / "a.xml", "Alpha " * 2000)
    with served([tmp_path / "tei"], tmp_path / "out", trees=(tmp_path / "tei" / "look.css",)) as client:
        until(lambda: built(client))
        yield client


@pytest.fixture
def source(site: Client, tmp_path: Path) -> Path:
    return tmp_path / "tei" / "a.xml"


def address(site: Client, path: str) -> str:
    return f"http://127.0.0.1:{site.port}{path}"


def seen(one: Opened, script: str) -> None:
    """Waits until a script of the test says yes; the page may be reloaded meanwhile. (The browser's driver has a way to
    wait that needs eval, which the page's policy forbids.)
    """
    from playwright.sync_api import Error

    def holds() -> bool:
        one.page.wait_for_timeout(20)
        try:
            return bool(one.run(script))
        except Error:  # the page went while it was asked
            return False

    until(holds)


def test_a_page_reloads_and_stays_where_it_was(browser: Any, site: Client, source: Path) -> None:
    with opened(browser, address(site, "/a.html")) as one:
        one.run("scrollTo(0, 300)")
        write(source, "Omega " * 2000)
        seen(one, "document.body.innerText.includes('Omega')")
        seen(one, "scrollY === 300")
        (source.parent / "look.css").write_text("main { max-width: 20em }")
        seen(one, "getComputedStyle(document.querySelector('main')).maxWidth === '320px'")
        assert one.faults == []
        assert {url.split("/")[2] for url in one.asked} == {f"127.0.0.1:{site.port}"}


def test_the_badge_follows_the_findings(browser: Any, site: Client, source: Path) -> None:
    with opened(browser, address(site, "/a.html")) as one:
        seen(one, f"{BADGE} === 'no findings'")
        write(source, '<ref target="#none">x</ref>')
        seen(one, f"{BADGE} === '1 error'")
        source.write_text("<TEI")
        seen(one, f"{BADGE}.startsWith('site not up to date, 1 error')")
        assert "x" in one.page.inner_text("main")
        one.page.click("teiwright-findings a")
        assert "not-well-formed" in one.page.inner_text("main")
        assert one.faults == []


def test_the_page_of_findings_follows_and_keeps_what_is_unfolded(browser: Any, site: Client, source: Path) -> None:
    write(source, '<ref target="#none">x</ref>')
    until(lambda: "pointer-without-target" in site.text("/_findings"))
    with opened(browser, address(site, "/_findings")) as one:
        one.page.click("summary")
        one.run("window.isOld = true")
        write(source, '<ref target="#none">x</ref><ref target="#neither">x</ref>')
        seen(one, "document.querySelectorAll('li.finding').length === 2")
        assert one.run("document.querySelector('details').open")
        assert one.run("window.isOld")  # it was not loaded anew
        write(source, "good")
        seen(one, "document.body.innerText.includes('No findings')")
        assert one.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/_findings", "/nothing.html"])
def test_pages_of_the_server_are_legible(browser: Any, site: Client, source: Path, scheme: Any, path: str) -> None:
    write(source, f'<ref target="#{"none" * 50}">x</ref>')
    until(lambda: "pointer-without-target" in site.text("/_findings"))
    for width in (1280, 390, 320):
        with opened(browser, address(site, path), color_scheme=scheme, viewport={"width": width, "height": 600}) as one:
            one.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert one.run(CONTRASTS)["faint"] == {}
            assert one.run(OVERFLOWS) == []


def test_only_the_script_of_the_server_runs(browser: Any, site: Client, tmp_path: Path) -> None:
    page = site.house.press.layers[0] / "a.html"
    page.write_text(
        page.read_text().replace(
            "</main>", "<script>window.isHostile = true</script><img src=x onerror='window.isHostile = true'></main>"
        )
    )
    with opened(browser, address(site, "/a.html")) as one:
        seen(one, f"{BADGE} === 'no findings'")
        assert one.run("window.isHostile === undefined")
        assert any("Content Security Policy" in fault for fault in one.faults)


def test_a_page_of_another_run_of_the_server_reloads(browser: Any, site: Client) -> None:
    with opened(browser, address(site, "/a.html")) as one:
        one.run("document.querySelector('teiwright-findings').dataset.site = 'another-1'; window.isOld = true")
        state = site.house.events.state
        site.house.events.announce(state._replace(findings="x"))
        seen(one, "window.isOld === undefined")


def test_the_badge_is_not_on_paper(browser: Any, site: Client) -> None:
    with opened(browser, address(site, "/a.html")) as one:
        assert one.page.is_visible("teiwright-findings a")
        one.page.emulate_media(media="print")
        assert not one.page.is_visible("teiwright-findings a")


def test_without_scripts_the_findings_are_linked(browser: Any, site: Client) -> None:
    with opened(browser, address(site, "/a.html"), java_script_enabled=False) as one:
        one.page.click("text=no findings")
        assert "Findings" in one.page.inner_text("h1")
