"""The page about continuous integration: its commands exist, and its script for changed files does what it says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import click
import pytest

from places import ROOT

PAGE = (ROOT / "docs" / "continuous-integration.md").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
COMMAND = re.compile(r"(?:^ {4}|run: |- |xargs -0 -r |`)(teiwright validate [^`<\n]*)", re.MULTILINE)
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"/>'


def commands() -> list[str]:
    return [found.strip() for found in COMMAND.findall(PAGE)]


def test_the_page_has_commands() -> None:
    assert len(commands()) >= 5


@pytest.mark.parametrize("command", commands())
def test_the_options_exist(command: str) -> None:
    from teiwright.commands.validate import validate

    words = shlex.split(command)[2:]
    context = click.Context(validate, info_name="validate")
    validate.parse_args(context, words if words[-1] != "--" else [*words, "a.xml"])


def test_the_hook_calls_a_command_that_exists() -> None:
    entry = re.findall(r"^  entry: (.*)$", HOOKS, re.MULTILINE)
    assert entry == ["teiwright validate"]
    assert re.findall(r"^- id: (.*)$", HOOKS, re.MULTILINE) == re.findall(r"- id: (.*)$", PAGE, re.MULTILINE)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", PAGE):
        assert (ROOT / "docs" / target).exists()


@pytest.mark.skipif(not all(map(shutil.which, ("git", "bash", "xargs"))), reason="git, bash or xargs is not here")
def test_only_changed_files_are_checked(tmp_path: Path) -> None:
    (script,) = re.findall(r"^        run: \|\n((?:^ {10}.*\n)+)", PAGE, re.MULTILINE)
    folder, tools = tmp_path / "edition", tmp_path / "bin"
    (folder / "tei" / "old letters").mkdir(parents=True)
    tools.mkdir()
    (tools / "teiwright").write_text(f'#!/bin/sh\nexec {sys.executable} -m teiwright "$@"\n', encoding="utf-8")
    (tools / "teiwright").chmod(0o755)
    env = os.environ | {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "toolkit"), "BASE": "main",
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
    }  # fmt: skip
    env.pop("GITHUB_WORKSPACE", None)

    def git(*words: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@b.c")
        subprocess.run(["git", *who, *words], cwd=folder, env=env, check=True, capture_output=True)

    def run() -> tuple[int, set[str]]:
        ran = subprocess.run(
            ["bash", "-e", "-c", textwrap.dedent(script)], cwd=folder, env=env, capture_output=True, text=True
        )
        return ran.returncode, set(re.findall(r"file=([^,]*)", ran.stdout))

    for name in ("same", "gone", "worse"):
        (folder / "tei" / f"{name}.xml").write_text(TEI, encoding="utf-8")
    git("init", "-b", "main")
    git("add", ".")
    git("commit", "-m", "all")
    git("checkout", "-b", "change")
    assert run() == (0, set())
    (folder / "tei" / "gone.xml").unlink()
    (folder / "tei" / "worse.xml").write_text("<TEI>", encoding="utf-8")
    (folder / "tei" / "old letters" / "ü 1.xml").write_text(TEI, encoding="utf-8")
    (folder / "other.xml").write_text("<TEI>", encoding="utf-8")
    git("add", ".")
    git("commit", "-m", "change")
    status, files = run()
    assert status != 0
    assert files == {"tei/worse.xml", "tei/old letters/ü 1.xml"}
