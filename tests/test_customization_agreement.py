"""What is compiled, held against engines nobody here wrote, and against TEI's own RELAX NG."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from places import CASES, SHARED, needs_shared
from teiwright.customization import Customization
from teiwright.customization.content import (
    Choice,
    Data,
    Element,
    Group,
    Interleave,
    ListOf,
    Named,
    Pattern,
    Repeat,
    Text,
    Value,
)
from teiwright.customization.definitions import Definitions
from teiwright.customization.grammar import Alternatives, Attribute, AttributeSet, Builder, Grammar
from teiwright.document import Document
from teiwright.names import TEI, XML, XML_ID, tei

pytestmark = needs_shared
SOURCE = SHARED / "tei" / "p5subset.xml"
RNG = "{http://relaxng.org/ns/structure/1.0}"
EDITION = CASES / "customization" / "edition.odd"
DEEPEST = 9  # levels of a generated document after which the shortest way is taken
LARGEST = 40  # elements after which it is taken too
needs_jing = pytest.mark.skipif(shutil.which("jing") is None, reason="jing is not installed")


# -- documents made from the grammar

SAMPLES = ("#a", "word", "1", "0.5", "1917-11-07", "true", "en", "P1D", "2cm", "1.0", "a,b", "x:y", "1,2", "some words")


@cache
def samples(data: Data) -> list[str]:
    """Values of a datatype, by libxml2's judgement."""
    root = etree.Element(f"{RNG}element", name="x", datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes")
    node = etree.SubElement(root, f"{RNG}data", type=data.type)
    for name, value in data.facets:
        etree.SubElement(node, f"{RNG}param", name=name).text = value
    schema = etree.RelaxNG(root)
    found = []
    for text in SAMPLES:
        element = etree.Element("x")
        element.text = text
        if schema.validate(element):
            found.append(text)
    return found or ["1"]


class Author:
    """Writes random documents that a grammar allows."""

    def __init__(self, grammar: Grammar, seed: int) -> None:
        self.grammar = grammar
        self.random = random.Random(seed)
        self.ids = 0
        self.written = 0
        self.heights = self._heights()

    def document(self) -> etree._Element:
        """A document beginning with a start element."""
        return self.element(self.random.choice(self.grammar.start), 0)

    def element(self, ident: str, depth: int) -> etree._Element:
        pattern = self.grammar.elements[ident]
        self.written += 1
        node = etree.Element(f"{{{pattern.namespace}}}{pattern.name}", nsmap={None: TEI})
        self._attributes(node, pattern.attributes)
        self._fill(node, pattern.content, depth)
        return node

    def _heights(self) -> dict[str, int]:
        heights: dict[str, int] = {}
        for level in range(1, 60):
            for ident, element in self.grammar.elements.items():
                if ident not in heights and self._height(element.content, heights) < level:
                    heights[ident] = level
        return heights

    def _height(self, pattern: Pattern, heights: dict[str, int]) -> int:
        match pattern:
            case Element(ident):
                return heights.get(ident, 1000)
            case Named(name):
                return self._height(self.grammar.named(name), heights)
            case Group(items) | Interleave(items):
                return max(self._height(i, heights) for i in items)
            case Choice(items):
                return min(self._height(i, heights) for i in items)
            case Repeat(item, low):
                return self._height(item, heights) if low else 0
        return 0

    def _attributes(self, node: etree._Element, attributes: AttributeSet) -> None:
        for name in attributes.classes:
            self._attributes(node, self.grammar.attributes[name])
        for item in attributes.items:
            self._attribute(node, item)

    def _attribute(self, node: etree._Element, item: Attribute | Alternatives) -> None:
        if isinstance(item, Alternatives):
            for one in self.random.choice(item.branches):
                self._attribute(node, one)
        elif item.required or self.random.random() < 0.06:
            name = f"{{{item.namespace}}}{item.name}" if item.namespace else item.name
            node.set(name, self._value(item.pattern))

    def _value(self, pattern: Pattern) -> str:
        match pattern:
            case Named(name):
                return self._value(self.grammar.named(name))
            case Choice(items):
                return self._value(self.random.choice(items))
            case Value(text):
                return text
            case Repeat(item, low, high):
                times = self.random.randint(low, max(low, min(high or 3, 3)))
                return " ".join(self._value(item) for _ in range(times))
            case ListOf(item):
                return self._value(item)
            case Data("ID"):
                self.ids += 1
                return f"id{self.ids}"
            case Data():
                return self.random.choice(samples(pattern))
        return "text"

    def _fill(self, node: etree._Element, pattern: Pattern, depth: int) -> None:
        match pattern:
            case Element(ident):
                node.append(self.element(ident, depth + 1))
            case Named(name):
                self._fill(node, self.grammar.named(name), depth)
            case Group(items):
                for item in items:
                    self._fill(node, item, depth)
            case Interleave(items):
                for item in self.random.sample(items, len(items)):
                    self._fill(node, item, depth)
            case Choice(items):
                self._fill(node, self._chosen(items, depth), depth)
            case Repeat(item, low, high):
                most = low if self._tired(depth) else max(low, min(high or 4, self.random.choice((0, 1, 1, 2, 4))))
                for _ in range(most):
                    self._fill(node, item, depth)
            case Text():
                _append_text(node, "words ")
            case Data() | Value() | ListOf():
                _append_text(node, self._value(pattern))

    def _tired(self, depth: int) -> bool:
        return depth > DEEPEST or self.written > LARGEST

    def _chosen(self, items: tuple[Pattern, ...], depth: int) -> Pattern:
        if not self._tired(depth):
            possible = [i for i in items if self._height(i, self.heights) < 1000]
            return self.random.choice(possible)
        return min(items, key=lambda i: self._height(i, self.heights))


def _append_text(node: etree._Element, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text


def mutated(root: etree._Element, r: random.Random, names: list[str], attributes: list[str]) -> etree._Element:
    """A copy with one thing changed."""
    root = deepcopy(root)
    element = r.choice(list(root.iter(etree.Element)))
    parent = element.getparent()
    kind = r.randrange(11)
    if kind == 0 and parent is not None:
        parent.remove(element)
    elif kind == 1 and parent is not None:
        parent.insert(parent.index(element), deepcopy(element))
    elif kind == 2:
        element.tag = tei(r.choice(names))
    elif kind == 3:
        element.insert(r.randrange(len(element) + 1), etree.Element(tei(r.choice(names))))
    elif kind == 4 and len(element) > 1:
        element.insert(0, element[-1])
    elif kind == 5 and element.attrib:
        del element.attrib[r.choice(list(element.attrib))]
    elif kind == 6:
        name = r.choice(attributes)
        element.set(f"{{{XML}}}{name[4:]}" if name.startswith("xml:") else name, r.choice(["", "x", "1", "a b", "#x"]))
    elif kind == 7 and element.attrib:
        element.set(r.choice(list(element.attrib)), r.choice(["", "a b", "?", "1917-02-30", "x  y"]))
    elif kind == 8:
        element.text = (element.text or "") + r.choice([" x ", " \n "])
    elif kind == 9:
        moved = deepcopy(r.choice(list(root.iter(etree.Element))))
        moved.tail = None
        element.insert(r.randrange(len(element) + 1), moved)
    else:
        element.text = None
        element[:] = []
    return root


def documents(grammar: Grammar, count: int) -> Iterator[etree._Element]:
    """Generated documents, each followed by mutants of it."""
    names = sorted(grammar.elements)
    attributes = sorted({i.name for s in grammar.attributes.values() for i in s.items if isinstance(i, Attribute)})
    attributes += ["xml:id", "xml:lang", "xml:space", "xml:base", "unknown"]
    for seed in range(count):
        root = Author(grammar, seed).document()
        yield root
        for n in range(3):
            yield mutated(root, random.Random(f"{seed}.{n}"), names, attributes)


@pytest.fixture(scope="module")
def edition() -> Customization:
    return Customization.read(EDITION, SOURCE)


@pytest.fixture(scope="module")
def compiled(edition: Customization, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiled edition."""
    folder = tmp_path_factory.mktemp("edition")
    edition.compile().write(folder, "edition")
    return folder


def grammar_of(customization: Customization) -> Grammar:
    return Builder(customization.specification).grammar()


def read(root: etree._Element) -> etree._Element:
    """The document as a reader of the file would have it."""
    return etree.fromstring(etree.tostring(root), etree.XMLParser(collect_ids=False))


def ids_differ(root: etree._Element) -> bool:
    """libxml2's RELAX NG does not look for the same xml:id twice."""
    found = [e.get(XML_ID, "").strip() for e in root.iter(etree.Element) if e.get(XML_ID)]
    return len(found) == len(set(found))


def test_relax_ng_and_xsd_agree(edition: Customization, compiled: Path) -> None:
    relaxng = etree.RelaxNG(file=str(compiled / "edition.rng"))
    xsd = etree.XMLSchema(file=str(compiled / "edition.xsd"))
    verdicts = {True: 0, False: 0}
    for root in map(read, documents(grammar_of(edition), 150)):
        valid = relaxng.validate(root) and ids_differ(root)
        assert xsd.validate(root) == valid, (etree.tostring(root)[:3000], relaxng.error_log, xsd.error_log)
        verdicts[valid] += 1
    assert min(verdicts.values()) > 50, verdicts


def test_xmlschema_accepts_the_xsd_and_agrees(edition: Customization, compiled: Path) -> None:
    import xmlschema

    schema = xmlschema.XMLSchema(str(compiled / "edition.xsd"))
    libxml2 = etree.XMLSchema(file=str(compiled / "edition.xsd"))
    for root in map(read, documents(grammar_of(edition), 25)):
        assert schema.is_valid(root) == libxml2.validate(root), etree.tostring(root)[:3000]


@needs_jing
def test_jing_agrees(edition: Customization, compiled: Path, tmp_path: Path) -> None:
    xsd = etree.XMLSchema(file=str(compiled / "edition.xsd"))
    roots = list(map(read, documents(grammar_of(edition), 100)))
    refused = jing(compiled / "edition.rng", saved(roots, tmp_path))
    for number, root in enumerate(roots):
        assert xsd.validate(root) == (number not in refused), (etree.tostring(root)[:3000], xsd.error_log)


def saved(roots: list[etree._Element], folder: Path) -> list[Path]:
    """The documents as files, named by number."""
    paths = [folder / f"{number}.xml" for number in range(len(roots))]
    for root, path in zip(roots, paths, strict=True):
        etree.ElementTree(root).write(path, encoding="utf-8")
    return paths


def jing(schema: Path, paths: list[Path], *options: str) -> set[int]:
    """The numbers of the files in which jing finds an error."""
    found: set[int] = set()
    for start in range(0, len(paths), 1000):
        command = ["jing", *options, str(schema), *map(str, paths[start : start + 1000])]
        lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
        found |= {int(m[1]) for line in lines if (m := re.match(r".*?(\d+)\.xml:\d+:\d+: ", line))}
    return found


# -- the whole of TEI


def everything(folder: Path) -> Customization:
    """The customization that takes all modules."""
    modules = sorted(Definitions.read(SOURCE).modules)
    body = "".join(f'<moduleRef key="{m}"/>' for m in modules)
    schema = f'<schemaSpec ident="all" start="TEI teiCorpus" source="tei:4.9.0a">{body}</schemaSpec>'
    path = folder / "all.odd"
    path.write_text(f'<TEI xmlns="{TEI}"><text><body>{schema}</body></text></TEI>', encoding="utf-8")
    return Customization.read(path, SOURCE)


def fragments() -> list[etree._Element]:
    """The examples of the Guidelines, as elements of TEI."""
    examples = "http://www.tei-c.org/ns/Examples"
    root = etree.parse(str(SOURCE)).getroot()
    found = []
    for example in root.iter(f"{{{examples}}}egXML"):
        for child in example.iterchildren(f"{{{examples}}}*"):
            text = etree.tostring(child, with_tail=False, encoding="unicode").replace(examples, TEI)
            found.append(etree.fromstring(text, etree.XMLParser(collect_ids=False)))
    return found


def lost_lists() -> set[str]:
    """Elements whose closed list of types TEI's Stylesheets lose: those that change the @type of att.typed."""
    root = etree.parse(str(SOURCE)).getroot()
    found = set()
    for attribute in root.iter(tei("attDef")):
        values = attribute.find(tei("valList"))
        closed = values is not None and values.get("type") == "closed"
        if closed and attribute.get("ident") == "type" and attribute.get("mode") == "change":
            found |= {tei(e.get("ident", "")) for e in attribute.iterancestors(tei("elementSpec"))}
    assert tei("factuality") in found
    return found


def started_anywhere(source: Path, target: Path, names: list[str]) -> Path:
    """A copy of a schema in which a document may begin with any element."""
    root = etree.parse(str(source)).getroot()
    start = root.find(f"{RNG}start")
    assert start is not None
    start[:] = [etree.Element(f"{RNG}choice")]
    for name in names:
        etree.SubElement(start[0], f"{RNG}ref", name=name)
    target.write_bytes(etree.tostring(root))
    return target


@needs_jing
@pytest.mark.slow
def test_all_of_tei_gets_the_verdicts_of_tei_s_own_schema(tmp_path: Path) -> None:
    customization = everything(tmp_path)
    customization.compile().write(tmp_path, "all")
    names = sorted(grammar_of(customization).elements)
    ours = started_anywhere(tmp_path / "all.rng", tmp_path / "ours.rng", names)
    theirs = started_anywhere(SHARED / "tei" / "tei_all.rng", tmp_path / "theirs.rng", names)
    r, found = random.Random(19), fragments()
    attributes = ["type", "when", "ref", "n", "xml:id", "xml:lang", "unknown", "target", "level"]
    roots = found + [mutated(r.choice(found), r, names, attributes) for _ in range(6000)]
    paths = saved(roots, tmp_path)
    differ, lost = jing(ours, paths, "-i") ^ jing(theirs, paths, "-i"), lost_lists()
    assert [n for n in differ if not any(e.get("type") and e.tag in lost for e in roots[n].iter())] == []


@pytest.mark.slow
def test_rules_of_all_of_tei_find_what_tei_s_own_rules_find(tmp_path: Path) -> None:
    from teiwright.schematron import Schematron

    everything(tmp_path).compile().write(tmp_path, "all")
    ours, theirs = Schematron.read(tmp_path / "all.sch"), Schematron.read(SHARED / "tei" / "tei_all.isosch")
    found = 0
    for path in sorted((SHARED / "samples").rglob("*.xml")):
        document = Document.read(path)
        places = [sorted((d.location.xpath, d.severity) for d in rules.validate(document)) for rules in (ours, theirs)]
        assert places[0] == places[1], path
        found += len(places[0])
    assert found > 50


@pytest.mark.slow
def test_all_of_tei_is_the_same_in_xsd(tmp_path: Path) -> None:
    customization = everything(tmp_path)
    compiled = customization.compile()
    compiled.write(tmp_path, "all")
    assert [n for n in compiled.notes if "any order" in n] == []
    etree.XMLSchema(file=str(tmp_path / "all.xsd"))
