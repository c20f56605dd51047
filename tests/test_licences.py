"""Each package that teiwright brings along is named with its licence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, requires

import pytest

from places import ROOT

PAGE = ROOT / "docs" / "licences.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDITIONAL = {"brotli", "zopfli"}  # of an extra of fonttools that WeasyPrint asks for


def named() -> set[str]:
    return set(re.findall(r"^\| ([\w-]+) \| [\d.]+ \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))


def package(requirement: str) -> str:
    return re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def brought(requirements: Iterable[str], found: set[str]) -> set[str]:
    """The packages of requirements and all that these need; what is only for an extra or another Python is left out."""
    for one in requirements:
        name = package(one)
        if ";" not in one and name not in found:
            found.add(name)
            brought(requires(name) or (), found)
    return found


@pytest.mark.parametrize("extra", ["", *PROJECT["optional-dependencies"]])
def test_all_that_is_brought_along_is_in_the_table(extra: str) -> None:
    asked = PROJECT["optional-dependencies"][extra] if extra else PROJECT["dependencies"]
    try:
        packages = brought(asked, set())
    except PackageNotFoundError as error:
        pytest.skip(f"{error.name} is not installed")
    assert packages <= named()


def test_the_table_names_no_package_twice_and_each_with_a_licence() -> None:
    rows = re.findall(r"^\| ([\w-]+) \| ([\d.]+) \| (.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rows) == len(named()) == len({row[0] for row in rows}) > 20
    assert named() >= CONDITIONAL
