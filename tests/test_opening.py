"""What a file begins with: its instructions and its root, read no further."""

import pytest

from teiwright.names import TEI, XML_ID, tei
from teiwright.opening import Instruction, Opening
from teiwright.source import Source

BEGINNING = f"""<?xml version="1.0"?>
<?xml-model href="a.rng"?>
<!DOCTYPE TEI [<?not this?>]>
  <TEI xmlns="{TEI}" xml:id="a"
       n='1 &amp; 2'>"""


@pytest.mark.parametrize("source", [BEGINNING, BEGINNING.encode(), Source.parse(BEGINNING + " <& >")])
def test_the_root_has_attributes_and_a_place(source):
    opening = Opening.of(source)
    assert (opening.root, opening.namespace, opening.has_root) == (tei("TEI"), TEI, True)
    assert opening.attributes == {XML_ID: "a", "n": "1 & 2"}
    assert (opening.line, opening.column) == (4, 3)
    assert opening.instructions == [Instruction("xml-model", 'href="a.rng"', 2, 1)]


@pytest.mark.parametrize("text", ["", "words", "<?a b?>", "<!-- <a/> -->", "<a", "\ud800", "<a b=c>"])
def test_what_has_no_root_has_no_place(text):
    opening = Opening.of(text)
    assert (opening.root, opening.has_root, opening.line, opening.column, opening.attributes) == ("", False, 0, 0, {})


def test_a_root_in_no_namespace():
    opening = Opening.of("<?p?>\n<a xmlns:x='u' x:b='1'/>")
    assert (opening.root, opening.namespace, opening.attributes) == ("a", "", {"{u}b": "1"})


def test_attributes_of_the_document_type_count():
    assert Opening.of("<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>").attributes == {"b": "c"}


def test_nothing_outside_is_read():
    opening = Opening.of("<!DOCTYPE a SYSTEM '/dev/zero' [<!ENTITY e SYSTEM '/dev/zero'>]><a b='&e;'/>")
    assert not opening.has_root
