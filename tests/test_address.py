"""Addresses: what is a file, what is not, and what no file can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teiwright.address import AddressError, canonical, local_file, project_folder, web_address

BASE = "file:///edition/tei/poem.xml"


@pytest.mark.parametrize(
    ("href", "path"),
    [
        ("a.rng", "/edition/tei/a.rng"),
        ("../a%20b.rng", "/edition/a b.rng"),
        ("a b.rng", "/edition/tei/a b.rng"),
        ("/a.rng", "/a.rng"),
        ("file:/a.rng", "/a.rng"),
        ("file://localhost/a.rng", "/a.rng"),
        ("a.rng?version=2#top", "/edition/tei/a.rng"),
        ("#top", "/edition/tei/poem.xml"),
        ("b%C3%BCcher.xml", "/edition/tei/bücher.xml"),
    ],
)
def test_an_address_of_a_file(href: str, path: str) -> None:
    assert local_file(href, BASE) == Path(path)


def test_without_a_base_an_address_is_relative() -> None:
    assert local_file("a.rng", "") == Path("a.rng")


@pytest.mark.parametrize(
    "href", ["https://example.org/a.rng", "//host/a.rng", "urn:a", "mailto:a", "data:,x", "pref:x"]
)
def test_an_address_of_something_else(href: str) -> None:
    assert local_file(href, BASE) is None


@pytest.mark.parametrize("href", ["//[x", "http://[x", "a%00b", "x" * 300, "x/" * 3000, "loop", "loop/a.rng"])
def test_what_is_no_address_is_one_sentence(href: str, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(AddressError, match="is not an address") as caught:
        local_file(href, (tmp_path / "poem.xml").as_uri())
    assert "\n" not in str(caught.value)


@given(st.text(max_size=20), st.sampled_from(["", BASE, "https://example.org/", "http://[x"]))
def test_no_address_breaks_the_toolkit(href: str, base: str) -> None:
    try:
        path = local_file(href, base)
    except AddressError:
        return
    assert path is None or not path.is_file() or path.resolve().exists()


def test_a_project_is_the_nearest_folder_with_a_mark(tmp_path: Path) -> None:
    inside = tmp_path / "project" / "tei" / "poems"
    inside.mkdir(parents=True)
    assert project_folder(inside / "poem.xml") == inside
    (tmp_path / "project" / "teiwright.toml").touch()
    assert project_folder(inside / "poem.xml") == tmp_path / "project"
    (tmp_path / "project" / "tei" / ".git").mkdir()
    assert project_folder(inside / "poem.xml") == tmp_path / "project" / "tei"


@pytest.mark.parametrize(
    ("href", "base", "address"),
    [
        ("https://example.org/a.rng", "", "https://example.org/a.rng"),
        ("b.rng#top", "https://example.org/x/a.rng", "https://example.org/x/b.rng"),
        ("//example.org/a.rng", "https://tei-c.org/", "https://example.org/a.rng"),
        ("../b.rng?v=1", "https://example.org/x/a.rng", "https://example.org/b.rng?v=1"),
        ("a.rng", BASE, None),
        ("https:", "", None),
        ("ftp://example.org/a.rng", "", None),
        ("http://[x", "", None),
        ("urn:a", "https://example.org/", None),
    ],
)
def test_an_address_on_the_web(href: str, base: str, address: str | None) -> None:
    assert web_address(href, base) == address


RELEASE = "https://tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"
SAME = [
    "http://tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng",
    "http://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng",
    "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng",
    "HTTPS://WWW.TEI-C.ORG/release/xml/tei/custom/schema/relaxng/tei_all.rng",
    "https://www.tei-c.org:443/release/xml/tei/custom/schema/relaxng/tei_all.rng",
    "http://www.tei-c.org:80/Vault/P5/current/xml/tei/custom/schema/relaxng/tei_all.rng",
    "https://tei-c.org/release/xml/tei/./custom/../custom/schema/relaxng/tei%5Fall.rng#x",
]
OTHER = [
    "https://tei-c.org/Vault/P5/4.9.0/xml/tei/custom/schema/relaxng/tei_all.rng",
    "https://tei-c.org/Vault/P5/4.8.1/xml/tei/custom/schema/relaxng/tei_all.rng",
    "https://tei-c.org/release/xml/tei/custom/schema/relaxng/tei_lite.rng",
    "https://tei-c.org/release/xml/tei/custom/schema/relaxng/TEI_all.rng",
    "https://tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng?x",
    "https://tei-c.org:8443/release/xml/tei/custom/schema/relaxng/tei_all.rng",
    "https://www.tei-c.org.example/release/xml/tei/custom/schema/relaxng/tei_all.rng",
    "https://jenkins.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng",
]


@pytest.mark.parametrize("address", SAME)
def test_addresses_that_mean_the_same(address: str) -> None:
    assert canonical(address) == RELEASE


def test_addresses_that_do_not() -> None:
    assert len({canonical(address) for address in (RELEASE, *OTHER)}) == len(OTHER) + 1


def test_only_tei_has_two_names_for_its_current_release() -> None:
    assert canonical("https://www.example.org/Vault/P5/current/a") == "https://www.example.org/Vault/P5/current/a"


@given(st.text(max_size=30))
def test_what_is_canonical_stays_so(path: str) -> None:
    address = canonical(f"https://example.org/{path}")
    assert canonical(address) == address
