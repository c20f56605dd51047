"""The server of ``teiwright serve``: what it answers, and that the site follows its sources."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("starlette", reason="the packages of teiwright[serve] are not installed")
pytest.importorskip("uvicorn", reason="the packages of teiwright[serve] are not installed")
pytest.importorskip("watchfiles", reason="the packages of teiwright[serve] are not installed")

from hypothesis import given
from hypothesis import strategies as st

from serving_house import Client, built, served, until, write
from small_site import make_by_force, make_what_can_be, make_when_told, page
from teiwright.errors import OutputError
from teiwright.serving.application import found
from teiwright.serving.changes import CLOCK, _look, difference
from teiwright.serving.events import Events, State
from teiwright.serving.findings import findings_page
from teiwright.serving.hosts import Hosts
from teiwright.serving.inspection import inspected
from teiwright.serving.media import media_type
from teiwright.serving.page import digest, live, script, widened
from teiwright.serving.server import PortError, bound
from teiwright.serving.sources import Reading, Watched, reading
from teiwright.serving.worker import Worker, WorkError

STATE = State("a-1", "a-1", "no findings")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "tei"
    folder.mkdir()
    (folder / "teiwright.toml").write_text("")
    write(folder / "a.xml", "Alpha")
    write(folder / "b.xml", "Beta")
    return folder


@pytest.fixture
def site(sources: Path, tmp_path: Path) -> Iterator[Client]:
    with served([sources], tmp_path / "out", trees=(sources / "look.css",)) as client:
        until(lambda: built(client))
        yield client


# -- hosts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["localhost", "localhost:8000", "LOCALHOST.", "127.0.0.1:1", "[::1]:8000", "[::1]"])
def test_this_machine_is_answered(name: str) -> None:
    assert Hosts.of("127.0.0.1").answers(name)
    assert Hosts.of("0.0.0.0").answers(name)


@pytest.mark.parametrize(
    "name",
    ["", "evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "localhost@evil.example",
     "localhost:8000@evil", "10.0.0.1", "localhost evil", "localhost:", "[::1", "localhost,evil.example", "127.0.0.1:123456"],
)  # fmt: skip
def test_other_names_are_not_answered(name: str) -> None:
    assert not Hosts.of("127.0.0.1").answers(name)


def test_a_server_for_all_addresses_answers_to_addresses_not_to_names_of_strangers() -> None:
    hosts = Hosts.of("0.0.0.0")
    assert hosts.answers("192.168.1.20:8000")
    assert hosts.answers("[fe80::1]:8000")
    assert not hosts.answers("evil.example:8000")


def test_a_server_for_one_address_answers_to_that() -> None:
    hosts = Hosts.of("192.168.1.20")
    assert hosts.answers("192.168.1.20:8000")
    assert not hosts.answers("192.168.1.21:8000")


@given(st.from_regex(r"[a-z][a-z0-9-]{0,20}(\.[a-z][a-z0-9-]{0,20}){1,3}", fullmatch=True))
def test_no_name_on_the_web_is_answered(name: str) -> None:
    assert not Hosts.of("127.0.0.1").answers(name)
    assert not Hosts.of("::1").answers(f"{name}:80")


# -- files -----------------------------------------------------------------------------------------------------------

OUTSIDE = [
    "../secret.txt", "/../secret.txt", "a/../../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "%2e%2e%2fsecret.txt",
    "..%5csecret.txt", "....//secret.txt", "%252e%252e%252fsecret.txt", "link/secret.txt", "link.txt", "//etc/passwd",
    "/%2fetc/passwd", "a.html%00", "%00", "C:/secret.txt", ".hidden", "folder/.hidden", "%c0%ae%c0%ae/secret.txt",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    built = tmp_path / "site"
    (built / "folder").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    for name in ("index.html", "a.html", "folder/index.html", ".hidden", "folder/.hidden"):
        (built / name).write_text("here" if "hidden" not in name else "secret")
    (built / "link").symlink_to(tmp_path)
    (built / "link.txt").symlink_to(tmp_path / "secret.txt")
    return built


@pytest.mark.parametrize(
    ("path", "name"), [("", "index.html"), ("a.html", "a.html"), ("folder/", "folder/index.html"), ("folder", "folder")]
)
def test_a_path_leads_to_its_file(folder: Path, path: str, name: str) -> None:
    assert found(path, folder) == folder / name


@given(
    st.lists(
        st.sampled_from(["..", ".", "", "folder", "a.html", "link", "secret.txt", "%2e", "\\", "\0", "~", "é", "C:"])
    )
)
def test_no_path_leads_out(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    root = tmp_path_factory.getbasetemp() / "walled"
    (root / "site" / "folder").mkdir(parents=True, exist_ok=True)
    (root / "site" / "a.html").touch()
    (root / "secret.txt").touch()
    if not (root / "site" / "link").is_symlink():
        (root / "site" / "link").symlink_to(root)
    target = found("/".join(steps), root / "site")
    assert target is None or os.path.realpath(target).startswith(str(root.resolve() / "site"))


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_of_the_site_is_served(site: Client, folder: Path, path: str) -> None:
    site.house.press.layers = (folder,)
    answer = site.ask(f"/{path}")
    assert answer.status == 404
    assert "secret" not in answer.text


def test_a_folder_is_asked_for_with_its_slash(site: Client, folder: Path) -> None:
    site.house.press.layers = (folder,)
    answer = site.ask("/folder")
    assert (answer.status, answer.headers["location"]) == (307, "/folder/")
    assert site.ask("//folder").headers["location"] == "/folder/"  # "//folder/" would be another server
    assert "here" in site.text("/folder/")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.html", "text/html; charset=utf-8"), ("a.tei.xml", "application/xml"), ("a.epub", "application/epub+zip"), ("a.PDF", "application/pdf"),
     ("a.csl.json", "application/vnd.citationstyles.csl+json"), ("index.json", "application/json"), ("a.svg", "image/svg+xml"),
     ("a.bib", "application/x-bibtex; charset=utf-8"), ("a.ris", "application/x-research-info-systems; charset=utf-8"),
     ("a.woff2", "font/woff2"), ("search.js", "text/javascript; charset=utf-8"), ("html", "application/octet-stream"), ("a.b/c", "application/octet-stream")],
)  # fmt: skip
def test_media_types(name: str, kind: str) -> None:
    assert media_type(name) == kind


# -- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/a.html", "/_findings", "/nothing"])
def test_no_answer_is_kept_or_taken_for_another_type(site: Client, path: str) -> None:
    headers = site.ask(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_head_is_get_without_its_text(site: Client) -> None:
    got, asked = site.ask("/a.html"), site.ask("/a.html", "HEAD")
    assert asked.text == ""
    assert asked.status == got.status == 200
    assert asked.headers["content-length"] == got.headers["content-length"] == str(len(got.text.encode()))
    assert site.ask("/_events", "HEAD").headers["content-type"].startswith("text/event-stream")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("path", ["/a.html", "/_findings", "/_events"])
def test_nothing_but_reading_is_allowed(site: Client, method: str, path: str) -> None:
    answer = site.ask(path, method)
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_another_name_is_refused(site: Client) -> None:
    for path in ("/", "/_findings", "/_events"):
        answer = site.ask(path, Host="evil.example")
        assert answer.status == 421
        assert "Alpha" not in answer.text


def test_what_is_not_there_has_a_page(site: Client) -> None:
    answer = site.ask("/nothing.html")
    assert answer.status == 404
    assert "nothing at this address" in answer.text
    (site.house.press.layers[0] / "404.html").write_text(page("Gone", "of the edition"))
    answer = site.ask("/nothing.html")
    assert (answer.status, "of the edition" in answer.text) == (404, True)


def test_what_is_no_page_cannot_run_anything(site: Client) -> None:
    (site.house.press.layers[0] / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    )
    policy = site.ask("/a.svg").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy


# -- pages -----------------------------------------------------------------------------------------------------------


def test_a_page_is_as_it_is_on_the_disk_but_for_what_the_server_adds() -> None:
    whole = page("Title", "<p>Text with </body> in it, <meta http-equiv='Content-Security-Policy' content='x'></p>")
    sent = live(whole, STATE)
    added = re.compile(r"<teiwright-findings.*?</script>", re.DOTALL)
    assert len(added.findall(sent)) == 1
    assert (
        added.sub("", sent).replace(
            widened("default-src 'none'; style-src 'unsafe-inline'"), "default-src 'none'; style-src 'unsafe-inline'"
        )
        == whole
    )
    assert sent.endswith("</script></body></html>\n")


def test_a_page_without_a_body_has_it_too() -> None:
    assert live("<p>Text", STATE).startswith("<p>Text<teiwright-findings")


def test_a_policy_is_found_however_it_is_written() -> None:
    for meta in ("<META content='default-src &#39;none&#39;' HTTP-EQUIV=content-security-policy>",
                 '<meta http-equiv = "Content-Security-Policy"\n content = "default-src &apos;none&apos;"/>'):  # fmt: skip
        assert digest(script()) in live(f"<head>{meta}</head><body></body>", STATE).split("<body>")[0]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("default-src 'none'", "default-src 'none'; script-src S; connect-src 'self'"),
     ("default-src 'none'; script-src 'self'; connect-src 'self'", "default-src 'none'; script-src 'self' S; connect-src 'self'"),
     ("script-src 'none'; style-src 'self'", "script-src S; style-src 'self'"),
     ("default-src 'self'; script-src-elem 'self'", "default-src 'self'; script-src-elem 'self' S; script-src 'self' S"),
     ("img-src data:", "img-src data:"), ("", ""), ("SCRIPT-SRC 'none'; script-src *", "script-src S")],
)  # fmt: skip
def test_a_policy_allows_just_the_script_beside_what_it_allowed(policy: str, expected: str) -> None:
    assert widened(policy) == expected.replace("S;", f"{digest(script())};").replace(" S", f" {digest(script())}")


def test_the_script_ends_where_it_ends() -> None:
    assert not re.search("</|<!--", script())


# -- what is watched -------------------------------------------------------------------------------------------------


def test_a_document_names_its_files(tmp_path: Path) -> None:
    (tmp_path / "teiwright.toml").write_text("")
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{}"/>'
    (tmp_path / "b.xml").write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{include.format("c.xml")}</TEI>')
    (tmp_path / "c.xml").write_text(f'<p xmlns="http://www.tei-c.org/ns/1.0">{include.format("a.xml")}</p>')
    whole = tmp_path / "a.xml"
    whole.write_text(
        '<?xml-model href="own.rng"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><graphic url="p/1.png"/>'
        f'<pb facs="p/2.png p/%C3%A9.png"/>{include.format("b.xml")}<graphic url="https://example.org/x.png"/><graphic url="../out.png"/>'
        '<ref target="other.xml"/></text></TEI>'
    )
    names = {str(file.relative_to(tmp_path)) for file in reading(whole).files}
    assert names == {
        "a.xml",
        "b.xml",
        "c.xml",
        "own.rng",
        "p/1.png",
        "p/2.png",
        "p/é.png",
        "teiwright.toml",
        "pyproject.toml",
    }


@pytest.mark.parametrize("text", ["", "<TEI", "<html/>", "\0", "<a>" * 5000])
def test_what_is_no_document_is_not_readable(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.xml").write_text(text)
    assert not reading(tmp_path / "a.xml").is_readable
    assert not reading(tmp_path / "none.xml").is_readable


def test_a_change_has_to_do_with_the_documents_that_name_the_file(sources: Path) -> None:
    readings = tuple(reading(sources / name) for name in ("a.xml", "b.xml"))
    watched = Watched((sources,), readings)
    assert watched.affected([sources / "b.xml"]) == {sources / "b.xml"}
    assert watched.affected([sources / "teiwright.toml"]) == {sources / "a.xml", sources / "b.xml"}
    assert watched.affected([sources / "c.xml"]) == frozenset()


# -- work in another process -----------------------------------------------------------------------------------------


def refuse() -> None:
    raise OutputError("a.html", "cannot be written", "the disk is full")


def crash() -> None:
    raise RecursionError("too deep")


def test_work_is_done_in_one_other_process() -> None:
    with Worker() as worker:
        first = worker.run(os.getpid)
        assert first != os.getpid()
        assert worker.run(os.getpid) == first
        worker.forget()
        assert worker.run(os.getpid) != first


def test_what_goes_wrong_there_is_one_sentence_here() -> None:
    with Worker() as worker:
        with pytest.raises(WorkError, match=r"^a\.html: cannot be written \(the disk is full\)$"):
            worker.run(refuse)
        with pytest.raises(WorkError, match=r"^RecursionError: too deep"):
            worker.run(crash)
        with pytest.raises(WorkError, match="ended before it was done"):
            worker.run(os._exit, 3)
        assert worker.run(len, "abc") == 3
    with pytest.raises(WorkError, match="was stopped"):
        worker.run(len, "abc")


# -- the site follows its sources ------------------------------------------------------------------------------------


def test_a_changed_source_is_another_page_and_listeners_are_told(site: Client, sources: Path) -> None:
    with site.listening() as events:
        before = next(events)["site"]
        write(sources / "a.xml", "Omega")
        assert any(event["site"] != before for event in events)
        assert "Omega" in site.text("/a.html")
        assert "Beta" in site.text("/b.html")


def test_a_source_that_is_replaced_is_seen_again_and_again(site: Client, sources: Path) -> None:
    for words in ("one", "two", "three"):
        write(sources / "new.tmp", words).replace(sources / "a.xml")
        until(lambda words=words: words in site.text("/a.html"))


def test_documents_that_come_and_go_are_followed(site: Client, sources: Path) -> None:
    (sources / "more").mkdir()
    write(sources / "more" / "c.xml", "Gamma")
    until(lambda: "Gamma" in site.text("/c.html"))
    (sources / "a.xml").unlink()
    until(lambda: site.ask("/a.html").status == 404)
    until(lambda: "a.xml" not in site.text("/_findings"))


def test_a_changed_style_sheet_makes_other_pages(site: Client, sources: Path) -> None:
    (sources / "look.css").write_text("p { color: red }")
    until(lambda: "color: red" in site.text("/a.html"))
    (sources / "look.css").write_text("p { color: blue }")
    until(lambda: "color: blue" in site.text("/a.html"))


def test_a_broken_source_has_its_finding_and_keeps_its_page(site: Client, sources: Path) -> None:
    whole = (sources / "a.xml").read_text()
    (sources / "a.xml").write_text(whole.replace("</p>", ""))
    until(lambda: "not-well-formed" in site.text("/_findings"))
    until(lambda: site.house.fault)
    assert "Alpha" in site.text("/a.html")
    assert "site not up to date, 1 error" in site.text("/")
    write(sources / "b.xml", "Beta again")  # while a.xml is broken
    until(lambda: "Beta again" in site.text("/b.html"))
    assert "Alpha" in site.text("/a.html")
    (sources / "a.xml").write_text(whole.replace("Alpha", "Alpha mended"))
    until(lambda: "Alpha mended" in site.text("/a.html"))
    until(lambda: "not-well-formed" not in site.text("/_findings"))
    assert not site.house.fault


def test_a_source_that_is_broken_from_the_start_leaves_the_others(sources: Path, tmp_path: Path) -> None:
    (sources / "a.xml").write_text("<TEI>")
    with served([sources], tmp_path / "out") as client:
        until(lambda: built(client))
        assert client.ask("/a.html").status == 404
        assert "Beta" in client.text("/b.html")


def test_a_source_that_cannot_be_rendered_leaves_the_others(sources: Path, tmp_path: Path) -> None:
    write(sources / "a.xml", "unrenderable")
    with served([sources], tmp_path / "out", make_what_can_be) as client:
        until(lambda: built(client))
        assert client.ask("/a.html").status == 404
        assert "Beta" in client.text("/b.html")
        findings = client.text("/_findings")
        assert "a.xml: cannot be rendered" in findings
        assert "left as last built: a.xml" in findings
        assert "site not up to date" in client.text("/b.html")
        write(sources / "a.xml", "Alpha")
        until(lambda: "Alpha" in client.text("/a.html"))
        assert "cannot be rendered" not in client.text("/_findings")
        write(sources / "a.xml", "unrenderable")
        until(lambda: "cannot be rendered" in client.text("/_findings"))
        assert "Alpha" in client.text("/a.html")  # as it last was


def test_a_part_that_is_no_text_is_not_missing(sources: Path, tmp_path: Path) -> None:
    (sources / "part.xml").write_text("<notes/>")
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.xml"/>'
    write(sources / "a.xml", "").write_text((sources / "a.xml").read_text().replace("<p></p>", include))
    with served([sources], tmp_path / "out") as client:
        until(lambda: built(client))
        assert not client.house.fault


def test_without_any_readable_source_there_are_the_findings(sources: Path, tmp_path: Path) -> None:
    (sources / "a.xml").write_text("<TEI>")
    with served([sources / "a.xml"], tmp_path / "out") as client:
        until(lambda: client.house.verdicts)
        until(lambda: client.house.fault)
        answer = client.ask("/")
        assert answer.status == 503
        assert "a.xml" in answer.text
        assert "not-well-formed" in client.text("/_findings")
        write(sources / "a.xml", "Alpha")
        until(lambda: "Alpha" in client.text("/a.html"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("refuse", "site: cannot be written (the disk is full)"),
        ("crash", "RuntimeError: something is wrong"),
        ("die", "ended before it was done"),
    ],
)
def test_a_build_that_fails_keeps_the_last_site(sources: Path, tmp_path: Path, words: str, sentence: str) -> None:
    with served([sources], tmp_path / "out", make_by_force) as client:
        until(lambda: built(client))
        write(sources / "a.xml", words)
        until(lambda: sentence in client.text("/_findings"))
        assert "Alpha" in client.text("/a.html")
        write(sources / "a.xml", "Omega")
        until(lambda: "Omega" in client.text("/a.html"))
        until(lambda: sentence not in client.text("/_findings"))


def test_while_it_builds_the_server_answers_and_changes_collect(sources: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with served([sources], out, make_when_told) as client:
        until(lambda: (out / "builds.txt").exists())
        assert client.ask("/").status == 503
        (out / "go").touch()
        until(lambda: built(client))
        (out / "go").unlink()
        write(sources / "a.xml", "first")
        until(lambda: (out / "builds.txt").read_text().count("begin") == 2)
        for number in range(20):
            write(sources / "a.xml", f"change {number}")
            assert "Alpha" in client.text("/a.html")  # the old site, until the new one is whole
        (out / "go").touch()
        until(lambda: (out / "builds.txt").read_text().count("end") == 3)
        assert "change 19" in client.text("/a.html")
        write(sources / "b.xml", "last")
        until(lambda: "last" in client.text("/b.html"))
        assert (out / "builds.txt").read_text().split() == ["begin", "end"] * 4


def test_a_file_that_is_named_for_the_first_time_and_was_written_meanwhile_has_changed(sources: Path) -> None:
    part = sources / "part.txt"
    part.write_text("a")
    watched = Watched((sources,), (Reading(sources / "a.xml", True, frozenset({part})),))
    made = part.stat().st_mtime_ns
    seen_before, _ = _look(watched, {}, made + 10 * CLOCK)
    assert not difference(seen_before, watched.stamps())
    seen_after, _ = _look(watched, {}, made)
    assert difference(seen_after, watched.stamps()) >= {part}


def test_an_included_file_counts_for_whoever_includes_it(sources: Path, tmp_path: Path) -> None:
    (sources / "part.txt").write_text(f'<p xmlns="http://www.tei-c.org/ns/1.0" xml:id="x">{"Part"}</p>')
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="part.txt"/>'
    write(sources / "a.xml", "").write_text((sources / "a.xml").read_text().replace("<p></p>", include))
    with served([sources], tmp_path / "out") as client:
        until(lambda: built(client))
        before = client.house.events.state.site
        (sources / "part.txt").write_text("<p")
        until(lambda: client.house.events.state.site != before)
        until(lambda: "part.txt" in client.text("/_findings"))


def test_without_reload_it_is_built_once_and_pages_are_as_they_are(sources: Path, tmp_path: Path) -> None:
    with served([sources], tmp_path / "out", is_live=False) as client:
        until(lambda: built(client))
        assert client.text("/a.html") == (client.house.press.layers[0] / "a.html").read_text()
        assert "no-schema" in client.text("/_findings")
        assert "<script" not in client.text("/_findings")


# -- events ----------------------------------------------------------------------------------------------------------


def test_of_changes_in_quick_succession_the_last_is_told() -> None:
    async def told() -> list[str]:
        events = Events(STATE)
        stream = events.stream()
        lines = [await anext(stream), await anext(stream)]
        for number in range(2, 9):
            events.announce(STATE._replace(site=f"a-{number}"))
        lines.append(await anext(stream))
        events.close()
        return lines + [line async for line in stream]

    retry, first, last = asyncio.run(told())
    assert retry.startswith("retry:")
    assert '"a-1"' in first
    assert '"a-8"' in last


# -- findings --------------------------------------------------------------------------------------------------------


def test_findings_have_line_message_code_and_explanation(tmp_path: Path) -> None:
    (tmp_path / "teiwright.toml").write_text("")
    source = tmp_path / "a.xml"
    source.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<text><body>\n<ref target="#none">x</ref></body></text></TEI>'
    )
    shown = findings_page(inspected([source]))
    assert "line 3, column 6" in shown
    assert "[pointer-without-target]" in shown
    assert "<mark>target=&quot;#none&quot;</mark>" in shown
    assert "What pointer-without-target means" in shown
    assert "https://tei-c.org/release/doc/tei-p5-doc/en/html/" in shown


@given(st.text(max_size=40))
def test_no_document_writes_into_the_page_of_findings(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    source = tmp_path_factory.getbasetemp() / "hostile.xml"
    text = re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", words)
    value = "<script>alert(1)</script>" + text
    quoted = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    source.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><ref target="#{quoted}"/></text></TEI>', encoding="utf-8"
    )
    shown = findings_page(inspected([source]), fault=value)
    assert "<script>" not in shown.replace("<script>" + script(), "")
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)


# -- ports -----------------------------------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_said_and_a_free_one_offered() -> None:
    with bound("127.0.0.1", 0) as one:
        port = one.getsockname()[1]
        with pytest.raises(PortError, match=rf"^port {port} is taken \((\d+) is free: --port \1\)$") as error:
            bound("127.0.0.1", port)
        free = int(re.findall(r"--port (\d+)", str(error.value))[0])
        with bound("127.0.0.1", free):
            pass


def test_a_host_that_is_not_is_said() -> None:
    with pytest.raises(PortError, match=r'^no host is called "no\.such\.host\.invalid"'):
        bound("no.such.host.invalid", 0)
    with pytest.raises(PortError, match=r"^192\.0\.2\.1, port \d+ cannot be used"):
        bound("192.0.2.1", 8000)


def test_a_path_is_quoted_in_an_address(site: Client, folder: Path) -> None:
    (folder / "Über uns").mkdir()
    site.house.press.layers = (folder,)
    assert site.ask("/" + quote("Über uns")).headers["location"] == f"/{quote('Über uns')}/"
