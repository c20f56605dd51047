"""Small documents with registers, and wishes, for tests of what is exported of them."""

from datetime import UTC, datetime

from building import document
from teiwright.document import Document
from teiwright.exchange.contract import Options
from teiwright.registers.collection import Collection

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
BASE = "https://example.org/"
REGISTERS = """<standOff>
<listPerson>
 <person xml:id="ann" sex="F" role="owner"><persName><forename>Ann</forename><surname>Bell</surname></persName>
  <persName type="birth">Ann Cole</persName><persName xml:lang="la">Anna</persName>
  <idno type="GND">118571435</idno><idno type="URL">http://viaf.org/viaf/78769600</idno><idno type="local">B 7</idno>
  <birth when="1700-02"><placeName ref="#rome">Rome</placeName></birth><death notBefore="1760" notAfter="1765"/>
  <occupation>printer</occupation><state type="office"><p>mayor</p></state>
  <note type="description">A printer of maps.</note></person>
 <person xml:id="ben"><persName>Ben</persName></person>
 <personGrp xml:id="crew"><name>The crew</name></personGrp>
 <listRelation><relation name="spouses" mutual="#ann #ben" when="1720"/>
  <relation name="parent_of" active="#ann" passive="#ben #crew"/></listRelation>
</listPerson>
<listOrg><org xml:id="guild" type="guild"><orgName>The Guild</orgName></org></listOrg>
<listPlace>
 <place xml:id="italy" type="country"><placeName>Italy</placeName><country key="IT">Italy</country>
  <place xml:id="rome" notBefore="-0752"><placeName xml:lang="en">Rome</placeName><placeName xml:lang="it">Roma</placeName>
   <location><geo>41.9 12.5</geo></location><population quantity="5">five</population></place></place>
</listPlace>
<listEvent><event xml:id="fair" when-custom="1700-05-01" datingMethod="#julian" where="#rome"><label>Fair, with music</label>
 <desc>Held in Rome; then &lt;b&gt;never&lt;/b&gt; again.</desc></event>
 <event xml:id="ides" when="-0043-03-15"><label>Ides</label></event></listEvent>
<listBibl><biblStruct xml:id="maps"><monogr><author><persName ref="#ann">Ann Bell</persName></author><title>Maps</title>
 <imprint><pubPlace>Rome</pubPlace><publisher>Guild</publisher><date when="1725">1725</date></imprint></monogr></biblStruct>
</listBibl></standOff>"""
TEXT = """<div><p xml:id="p1">“<persName ref="#ann">Ann</persName> and <persName ref="#ben">Ben</persName><!-- who? -->
 saw <placeName ref="#rome">Rome<note>the city</note></placeName> on <date when="1701">the year after</date>.”</p>
<p><rs type="person" ref="#ann #ben">Both</rs> met <persName>Nobody</persName> near <placeName ref="https://www.wikidata.org/wiki/Q90">Paris</placeName>,
 see <bibl corresp="#maps">Maps, 3</bibl> in <date when="1701">1701</date>.</p></div>"""
CALENDARS = (
    """<profileDesc><calendarDesc><calendar xml:id="julian"><p>Julian</p></calendar></calendarDesc></profileDesc>"""
)


def edition(text: str = TEXT, standoff: str = REGISTERS) -> Document:
    """A document with a record of each kind."""
    return document(text, CALENDARS, standoff=standoff)


def collection(*documents: Document, base: str = BASE) -> Collection:
    """Documents, read once."""
    return Collection(documents or (edition(),), options(base))


def options(base: str = BASE, **parameters: str) -> Options:
    """Wishes that give the same bytes every time."""
    return Options(MOMENT, base, "en", parameters)


PIECES = """<standOff><listPerson><person xml:id="eve"><persName>Eve</persName></person></listPerson>
<listOrg><org xml:id="club"><orgName>The Club</orgName><listPerson><person xml:id="dan"><persName>Dan</persName></person></listPerson></org></listOrg>
<listBibl>
<biblStruct xml:id="essay" corresp="#reader"><analytic><author><persName ref="#eve"><forename>Eve</forename> <surname>Hill</surname></persName></author>
 <title level="a" type="main">Bridges</title><title level="a" type="sub">A Plan</title><title level="a" type="alt">On Bridges</title>
 <idno type="URI">https://example.net/bridges</idno></analytic>
 <monogr><author>Max Poe</author><editor>Ida Roe</editor><editor role="translator">Tom Lee</editor><title level="m">Reader</title>
  <idno type="ISBN">0902818546</idno><imprint><pubPlace>Bern</pubPlace><publisher>Fox</publisher><date when="1931">1931</date></imprint>
  <biblScope unit="volume">2</biblScope><biblScope unit="page">7-9</biblScope><biblScope unit="chapter">3</biblScope></monogr></biblStruct>
<biblStruct xml:id="reader"><monogr><title level="m">Reader</title><idno type="ISBN">0902818546</idno>
 <imprint><date when="1931">1931</date></imprint></monogr><series><title level="s">Books</title><idno type="ISSN">1234-5678</idno></series></biblStruct>
<biblStruct xml:id="review"><analytic><author>Ann Ash</author><title level="a">Seen</title></analytic><monogr><title level="j">The Day</title>
 <imprint><date when="1932">1932</date></imprint><biblScope unit="issue">4</biblScope></monogr></biblStruct>
<bibl xml:id="loose"><title level="a">Wells</title>, in <title level="j">Water</title></bibl>
</listBibl></standOff>"""
