"""Records that other projects have, and that stopped an export or told something twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from building import document
from teiwright.bibliography import formatted
from teiwright.bibliography.collection import collected
from teiwright.bibliography.item import Item
from teiwright.bibliography.joining import new_file
from teiwright.document import Document
from teiwright.exchange.contract import Options

OPTIONS = Options(datetime(2026, 1, 1, tzinfo=UTC))


def item_of(record: str) -> Item:
    """The item of one record in a standOff."""
    (found,) = collected(
        [document("<p/>", standoff=f"<standOff><listBibl>{record}</listBibl></standOff>")], OPTIONS
    ).items
    return found


def test_a_title_that_is_only_a_subtitle_is_no_subtitle_of_itself() -> None:
    found = item_of(
        '<biblStruct xml:id="w"><monogr><title level="m" type="sub">Minutes</title><imprint><date when="1947"/></imprint></monogr></biblStruct>'
    )
    assert found["title"] == "Minutes"
    assert "custom" not in found
    again = collected([Document.parse(new_file([found], "w.json").content, "new.xml")], OPTIONS).items
    assert again == [found]


@pytest.mark.parametrize(
    "maker",
    ["<respStmt><resp>notes by</resp><name>B. Bee</name></respStmt>", '<editor role="compiler">B. Bee</editor>'],
)
def test_makers_that_no_style_prints_do_not_keep_a_list_from_being_printed(maker: str) -> None:
    pytest.importorskip("citeproc")
    record = f'<biblStruct><monogr><author>A. Ay</author><title level="m">Tales</title>{maker}<imprint><date when="1900"/></imprint></monogr></biblStruct>'
    listed = document("<p/>", standoff=f"<standOff><listBibl>{record}</listBibl></standOff>")
    printed = formatted.export([listed], OPTIONS).content
    assert isinstance(printed, str)
    assert "Tales" in printed


def book(more: str = "", imprint: str = "") -> Item:
    return item_of(
        f'<biblStruct xml:id="w"><monogr><author>A. Ay</author><title level="m">Tales</title>{more}'
        f'<imprint>{imprint}<date when="1877"/></imprint></monogr></biblStruct>'
    )


def test_a_volume_is_another_work_than_the_whole() -> None:
    volume = book(imprint='<biblScope unit="volume">26</biblScope>')
    assert len(new_file([book(), volume], "w.json").added) == 2


def test_one_number_does_not_join_works_of_other_title_and_year() -> None:
    other = '<biblStruct xml:id="v"><monogr><author>A. Ay</author><title level="m">Poems</title><idno type="ISBN">9780902818545</idno><imprint><date when="1901"/></imprint></monogr></biblStruct>'
    assert len(new_file([book('<idno type="ISBN">9780902818545</idno>'), item_of(other)], "w.json").added) == 2


def test_what_the_record_that_is_there_does_not_say_is_told() -> None:
    again = book(imprint="<publisher>P</publisher><pubPlace>Q</pubPlace>")
    made = new_file([book(), again], "w.json")
    assert made.known == (("w", "w"),)
    assert made.lost == (
        "publisher of w: it is w, which does not say it and stays as it is",
        "publisher-place of w: it is w, which does not say it and stays as it is",
    )
    assert new_file([again, again], "w.json").lost == ()
