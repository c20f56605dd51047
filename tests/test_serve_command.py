"""``teiwright serve`` as it is called: what it says, and how it ends."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from places import ROOT
from teiwright.cli import main
from teiwright.commands import serve

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes in other ways")
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Tyger</title></titleStmt>
<publicationStmt><p>None</p></publicationStmt><sourceDesc><p>None</p></sourceDesc></fileDesc></teiHeader>
<text><body><p>Tyger Tyger, burning bright</p></body></text></TEI>"""


@pytest.fixture(autouse=True)
def _packages() -> None:
    for name in serve.NEEDED:
        pytest.importorskip(name, reason="the packages of teiwright[serve] are not installed")


@pytest.fixture
def poem(tmp_path: Path) -> Path:
    path = tmp_path / "tyger.xml"
    path.write_text(TEI)
    return path


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command; its temporary files are in a folder."""
    (folder / "temporary").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "toolkit"), "TMPDIR": str(folder / "temporary")}
    process = subprocess.Popen(
        [sys.executable, "-m", "teiwright", "serve", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=folder,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line(process: subprocess.Popen[str], pattern: str) -> str:
    """The next line of remarks that a pattern is found in."""
    assert process.stderr
    for words in process.stderr:
        if re.search(pattern, words):
            return words
        assert "could not" not in words
    raise AssertionError(f"it ended and never said {pattern}")


def get(address: str, path: str) -> tuple[int, str]:
    """Status and text of an answer."""
    connection = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    try:
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@needs_signals
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_the_site_until_it_is_asked_to_end(tmp_path: Path, poem: Path, number: int) -> None:
    with running(tmp_path, str(poem), "--port", "0") as process:
        assert process.stdout
        address = process.stdout.readline().split()[0]
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        line(process, "files built in")
        status, page = get(address, "/tyger/")
        assert status == 200
        assert "burning bright" in page
        assert get(address, "/_findings")[0] == 200
        waiting = http.client.HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=60)
        waiting.request("GET", "/_events")
        assert waiting.getresponse().status == 200
        process.send_signal(number)
        _, said = process.communicate(timeout=60)  # which also waits for processes that it has started
        waiting.close()
        assert process.returncode == 0
        assert "Traceback" not in said
        assert not [path for path in (tmp_path / "temporary").iterdir() if path.name.startswith("teiwright-")]
    assert said.endswith("teiwright: stopped\n")


@needs_signals
def test_what_a_project_brings_of_its_own_is_followed(tmp_path: Path, poem: Path) -> None:
    own, more, look = (tmp_path / name for name in ("own.xsl", "more.xsl", "look.css"))
    head = 'version="3.0" default-mode="m:html" xmlns:m="urn:x-teiwright:mode" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
    module = f'<xsl:stylesheet {head}><xsl:template match="*:p"><p><xsl:apply-templates/>%s</p></xsl:template></xsl:stylesheet>'
    own.write_text(
        f'<xsl:stylesheet {head}><xsl:import href="teiwright:html.xsl"/><xsl:include href="more.xsl"/>'
        '<xsl:param name="sign"/></xsl:stylesheet>'
    )
    more.write_text(module % ' <b><xsl:value-of select="$sign"/></b>')
    (tmp_path / "part.css").write_text("p { color: red }")
    look.write_text("@import 'part.css';")
    with running(
        tmp_path, str(poem), "--port", "0", "--stylesheet", "own.xsl", "--css", "look.css", "-p", "sign=XY"
    ) as process:
        assert process.stdout
        address = process.stdout.readline().split()[0]
        line(process, "files built in")
        assert "<b>XY</b>" in get(address, "/tyger/")[1]
        assert get(address, "/assets/own/part.css") == (200, "p { color: red }")
        (tmp_path / "part.css").write_text("p { color: blue }")
        line(process, "files built in")
        assert get(address, "/assets/own/part.css") == (200, "p { color: blue }")
        more.write_text(module % "<i>changed</i>")
        line(process, "files built in")
        assert "<i>changed</i>" in get(address, "/tyger/")[1]


@needs_signals
def test_it_ends_in_the_midst_of_a_build(tmp_path: Path, poem: Path) -> None:
    with running(tmp_path, str(poem), "--port", "0") as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert process.returncode in (0, 130)
        assert "Traceback" not in said


def test_a_host_that_others_reach_is_warned_of(tmp_path: Path, poem: Path) -> None:
    with running(tmp_path, str(poem), "--port", "0", "--host", "0.0.0.0") as process:
        assert process.stdout
        assert re.match(r"http://localhost:\d+/", process.stdout.readline())
        assert "everybody who reaches this machine" in line(process, "0.0.0.0")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nothing.xml"], "nothing.xml: no such file or folder"),
        (["-"], "-: no such file or folder"),
        ([str(ROOT / "tei"), "--host", "no.such.host.invalid"], 'no host is called "no.such.host.invalid"'),
    ],
)
def test_what_cannot_be_served_is_one_sentence(arguments: list[str], sentence: str) -> None:
    result = CliRunner().invoke(main, ["serve", *arguments])
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_port_that_is_taken_is_one_sentence(poem: Path) -> None:
    from teiwright.serving.server import bound

    with bound("127.0.0.1", 0) as one:
        port = one.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", str(poem), "--port", str(port)])
    assert result.exit_code == 2
    assert re.fullmatch(rf"teiwright: port {port} is taken \((\d+) is free: --port \1\)\n", result.stderr)


def test_missing_packages_are_one_sentence(poem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "NEEDED", ("starlette", "no_such_package"))
    result = CliRunner().invoke(main, ["serve", str(poem)])
    assert result.exit_code == 2
    assert result.stderr == 'teiwright: serve needs no_such_package (pip install "teiwright[serve]")\n'
