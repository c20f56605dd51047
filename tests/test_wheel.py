"""The wheel, built and installed aside, brings its schemas and stylesheets along and works outside the checkout."""

import os
import subprocess
import sys
import zipfile

import pytest

from building import tei
from places import CHAPTER, ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return next(folder.glob("teiwright-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder that holds nothing but the unpacked wheel, and a working directory far from the checkout."""
    home, work = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("work")
    zipfile.ZipFile(wheel).extractall(home)
    (work / "letter.xml").write_text(tei("<p>Dear <persName>Ada</persName></p>"), encoding="utf-8")
    (work / "chapter.xml").write_bytes(CHAPTER.read_bytes())

    def run(*words):
        environment = {**os.environ, "PYTHONPATH": str(home), "PYTHONSAFEPATH": "1"}
        return subprocess.run(
            [sys.executable, *words], cwd=work, env=environment, capture_output=True, text=True, encoding="utf-8"
        )

    return run


def test_the_wheel_holds_the_data_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "data/xslt/html.xsl",
        "data/xslt/catalog.xml",
        "data/schemas/lenin.rng",
        "data/schemas/lenin.sch",
        "data/schemas/lenin.xsd",
    ):
        assert f"teiwright/{wanted}" in names
    assert not [name for name in names if "tests" in name or "__pycache__" in name]


def test_it_is_the_wheel_that_runs(installed):
    place = installed("-c", "import teiwright; print(teiwright.__file__)").stdout
    assert str(ROOT) not in place


def test_it_transforms_outside_the_checkout(installed):
    run = installed("-m", "teiwright", "transform", "letter.xml", "--to", "text")
    assert (run.returncode, run.stderr) == (0, "")
    assert "Dear Ada" in run.stdout


def test_it_validates_by_the_schemas_it_brought(installed):
    words = ("--schema", "lenin.rng", "--schema", "lenin.sch", "--schema", "lenin.xsd")
    run = installed("-m", "teiwright", "validate", "chapter.xml", *words)
    assert run.returncode == 0, run.stdout + run.stderr
