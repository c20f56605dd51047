"""A command that is ended before it is done leaves nothing half-written behind, and no process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from places import ROOT

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><p/></publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>{}</body></text></TEI>"""
NUMBER = 400
unix = pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals and process groups are those of POSIX")


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    (tmp_path / "tei").mkdir()
    paths = [tmp_path / "tei" / f"t{number}.xml" for number in range(NUMBER)]
    for path in paths:
        path.write_text(TEI.format("<p>Some words.</p>" * 200))
    return paths


def running(*words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "teiwright", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "toolkit")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.startswith(".")]


def group_is_empty(number: int) -> bool:
    """Whether no process of a group lives; one that has ended and that nobody has asked about does not."""
    listed = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    return not any(line.split()[0] == str(number) and "Z" not in line.split()[1] for line in listed.splitlines())


@unix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_results_that_are_there_are_whole(number: int, sources: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = running("transform", *sources, "--to", "html", "-o", f"{out}/")
    until(lambda: out.exists() and len(list(out.iterdir())) > 5)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == "teiwright: interrupted; nothing is half-written\n"
    written = list(out.iterdir())
    assert 0 < len(written) < NUMBER
    assert all(path.read_text().rstrip().endswith("</html>") for path in written)
    assert not hidden(out)


@unix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGKILL", 9)])
def test_no_process_outlives_a_site_that_is_not_made(number: int, sources: list[Path], tmp_path: Path) -> None:
    site = tmp_path / "site"
    process = running("publish", *sources, "-o", site, "-j", "2")
    until(lambda: any(site.glob(".teiwright-new-*/t*")))
    os.kill(process.pid, number)
    process.communicate(timeout=60)
    until(lambda: group_is_empty(process.pid))
    if number != getattr(signal, "SIGKILL", 9):
        assert process.returncode == 130
        assert not site.exists()
    else:
        assert not (site / "index.html").exists()
