"""Sources: what is known of a document before it is parsed, and where in its bytes things stand."""

import codecs
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import ROOT
from teiwright.errors import DocumentError
from teiwright.names import XML_ID
from teiwright.source import Source, after

TEXT = '<?xml version="1.0" encoding="{}"?><a>Müller</a>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "iso-8859-1", "windows-1252", "cp850"])
def test_data_is_utf_8_whatever_the_file_is_in(encoding):
    data = TEXT.format(encoding).encode(encoding)
    source = Source.parse(data)
    assert source.text == TEXT.format(encoding)
    assert source.data.decode("utf-8") == source.text


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert Source.parse(codecs.BOM_UTF8 + b"<a/>").data == b"<a/>"


def test_a_declaration_that_a_mark_contradicts_is_not_believed():
    assert Source.parse(codecs.BOM_UTF8 + TEXT.format("iso-8859-1").encode()).text == TEXT.format("iso-8859-1")


def test_an_encoding_that_is_not_utf_8_is_checked_at_once_utf_8_when_it_is_read():
    with pytest.raises(DocumentError, match="0x81"):
        Source.parse(b'<?xml version="1.0" encoding="windows-1252"?><a>' + b"\x81</a>")
    source = Source.parse(b"<a>\xe4</a>")
    with pytest.raises(DocumentError, match="0xE4") as caught:
        _ = source.text
    assert caught.value.diagnostic.location.column == 4


@pytest.mark.parametrize("data", [b"", b" \n\t "])
def test_an_empty_file_is_no_document(tmp_path, data):
    (tmp_path / "a.xml").write_bytes(data)
    with pytest.raises(DocumentError, match="the file is empty"):
        Source.read(tmp_path / "a.xml")


def test_a_source_knows_its_file(tmp_path):
    (tmp_path / "ä b.xml").write_bytes(b"<a/>")
    source = Source.read(tmp_path / "ä b.xml")
    assert source.path == (tmp_path / "ä b.xml").resolve()
    assert source.name == str(tmp_path / "ä b.xml")


TAG = "<a\n  xml:id = 'x>' p:n=\"1\"\r\n\tn='ü' m='>'>text n='2'</a>"
SCOPE = {"p": "urn:p", None: "urn:d"}


@pytest.mark.parametrize(
    ("name", "place"),
    [(XML_ID, (2, 3)), ("{urn:p}n", (2, 17)), ("n", (3, 2)), ("m", (3, 8)), ("q", (3, 2)), ("{urn:d}n", (3, 2))],
)
def test_attributes_are_found_in_their_tag(name, place):
    assert Source.parse(TAG).attribute(name, SCOPE, 0, (1, 1)) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<a b='1'>", (5, 7)),
        ("<a\n b='1'>", (6, 2)),
        ("<a\r\n\r b='\n>'\n  >\n", (9, 3)),
        ("<a b='>'\n/>", (6, 1)),
        ("&entity;\n", (5, 7)),
        ("<a\n", (5, 7)),
    ],
)
def test_a_tag_over_several_lines_stands_in_its_last(text: str, place: tuple[int, int]):
    assert Source.parse(text).tag(0, (5, 7)) == place


def test_a_tag_ends_behind_its_bracket():
    source = Source.parse(TAG + "<b c='/>'>")
    assert source.tag_end(0, (1, 1)) == (3, 14)
    assert not source.is_empty_tag(0)
    assert not source.is_empty_tag(source.data.index(b"<b"))
    assert Source.parse("<b c='>' />").is_empty_tag(0)


def test_where_no_tag_is_nothing_is_found():
    source = Source.parse("<a>&entity; n='1'</a>")
    assert source.attribute("n", {}, 3, (1, 4)) == (1, 4)
    assert source.tag_end(3, (1, 4)) == (1, 4)


@given(st.text("ab\n\r🂡é", max_size=12), st.text("ab\n\r🂡é", max_size=12))
def test_places_add_up(first, second):
    lines = re.split(r"\r\n|\r|\n", first + second)
    expected = len(lines), len(lines[-1]) + 1
    if not (first.endswith("\r") and second.startswith("\n")):
        assert after(after((1, 1), first.encode()), second.encode()) == expected


def test_reading_a_source_needs_no_tree():
    code = "import sys, teiwright.source, teiwright.opening, teiwright.relaxng; print('lxml' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "toolkit")},
    )
    assert run.stdout.strip() == "False"


@pytest.mark.parametrize("declared", ["UTF-16", "utf-16le", "UTF-32", "utf_16"])
@pytest.mark.parametrize("root", ["<a/>", "<aa/>"])
def test_a_declaration_that_could_not_be_read_if_it_were_true_is_named(declared, root):
    with pytest.raises(DocumentError, match=f'declares the encoding "{declared}", and is in another') as caught:
        Source.parse(f'<?xml version="1.0" encoding="{declared}"?>{root}'.encode())
    assert caught.value.diagnostic.code == "encoding-mismatch"
