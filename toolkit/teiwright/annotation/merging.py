"""Annotations merged into a TEI file: read, placed, written, held against what was there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from teiwright.annotation import beside, inline, reading, validity
from teiwright.annotation.layout import Layout
from teiwright.annotation.model import Annotation, Outcome
from teiwright.annotation.placing import Placing, Stretch, Unplaceable
from teiwright.annotation.proof import prove
from teiwright.corpora.running import Running
from teiwright.corpora.wishes import ALL, Wishes
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.names import XML_ID
from teiwright.schema import Schema
from teiwright.xinclude import includes
from teiwright.xinclude.parts import NAMESPACE

INLINE = "inline"
TAKEN = ("names", "sentences", "words")
MOST_ROUNDS = 40  # of taking back what makes a document invalid
PATIENT_ROUNDS = 5  # that take back no more than what is to blame


class Annotated(NamedTuple):
    """The new text of a file, what became of each annotation, and of what could not be read as one; the names of the schemas by
    which the file was valid, and is.
    """

    text: str
    outcomes: tuple[Outcome, ...]
    refused: tuple[str, ...]
    valid_by: tuple[str, ...]

    def count(self, kind: str) -> int:
        """How many annotations came to be "whole", "split", "beside" or "refused"."""
        return sum(one.kind == kind for one in self.outcomes)


def annotate(
    document: Document,
    annotations: str,
    way: str = INLINE,
    wishes: Wishes | None = None,
    taken: Sequence[str] = (),
    schemas: Sequence[Schema] = (),
    subject: str = "annotations",
) -> Annotated:
    """A document with annotations, given as the characters of a file of them: around the text ("inline"), or in a standOff
    ("standoff"). ``wishes`` say how the text was read that they are about; without them that is found out. ``taken`` is
    what of them is wanted: names, sentences, words; without it names, and all of CoNLL-U. ``schemas`` are grammars that the
    document has to stay valid by, where it is.

    Every character of the document stays where it is, which is proven; else ExchangeError is raised.
    """
    _require_whole(document)
    data = reading.parsed(annotations, subject)
    running = _running(document, data, wishes, subject)
    read = reading.read(data, running, subject, taken or _taken(data))
    layout = Layout(document)
    work = _Work(document, layout, running, read, validity.grammars(document, schemas))
    return work.inline() if way == INLINE else work.standoff()


def _require_whole(document: Document) -> None:
    document.require_tei()
    if NAMESPACE in document.text and includes(document):
        problem = "includes other files, whose characters do not stand in it"
        raise ExchangeError(document.source, problem, "teiwright bundle makes one file of it")


def _taken(data: Any) -> tuple[str, ...]:
    is_u = isinstance(data, str) and any(line.count("\t") == 9 for line in data.splitlines()[:200])
    return TAKEN if is_u else TAKEN[:1]


def _running(document: Document, data: Any, wishes: Wishes | None, subject: str) -> Running:
    """The text that annotations are about, as far as they say which: read as it was then."""
    wanted = reading.wanted_text(data)
    if wishes is not None or wanted is None:
        return Running.of(document, wishes or _stated(data, subject))
    readings = (Running.of(document, one) for one in dict.fromkeys((_stated(data, subject), *ALL)))
    return next((one for one in readings if one.text == wanted), Running.of(document, _stated(data, subject)))


def _stated(data: Any, subject: str) -> Wishes:
    own = data.get("tei") if isinstance(data, Mapping) else None
    given = {name: str(own[name]) for name in Wishes._fields if name in own} if isinstance(own, Mapping) else {}
    return Wishes.of(given, subject)


class _Work:
    """One document and its annotations."""

    def __init__(
        self, document: Document, layout: Layout, running: Running, read: reading.Read, schemas: tuple[Schema, ...]
    ) -> None:
        self.document = document
        self.layout = layout
        self.running = running
        self.annotations = read.annotations
        self.refused = read.refused
        self.schemas = schemas
        self.placing = Placing(layout, running, read.elements)
        self.ids = frozenset(one.get(XML_ID, "") for one in layout.elements)
        self.outcomes: dict[int, Outcome] = {}

    def inline(self) -> Annotated:
        """Elements around the text; what no element can say, or what the schema has no place for, beside it."""
        stretches = self._stretches()
        aside = {number for number, one in enumerate(self.annotations) if one.remark and number not in self.outcomes}
        for turn in range(MOST_ROUNDS):
            written = inline.written(self.placing, self.annotations, stretches, self.ids)
            faults = validity.blamed(written, self.document, self.schemas)
            if not faults:
                break
            if set(faults) == {-1}:
                raise ExchangeError(self.document.source, f"would become invalid: {faults[-1]}", "nothing was written")
            for number, reason in self._set_aside(faults, stretches, turn).items():
                del stretches[number]
                aside.add(number)
                self.outcomes[number] = Outcome(self.annotations[number], "beside", 1, reason)
        else:
            raise ExchangeError(self.document.source, "would become invalid, however many annotations stand aside")
        for number, parts in written.parts.items():
            self.outcomes[number] = Outcome(self.annotations[number], "split" if parts > 1 else "whole", parts)
        made = Document.parse(written.text, self.document.source, self.document.uri)
        elements = list(made.elements())
        prove(self.document.root, made.root, frozenset(elements[one.element] for one in written.inserted), made.source)
        return self._beside(made, sorted(aside)) if aside else self._annotated(written.text)

    def _set_aside(
        self, faults: Mapping[int, str], stretches: Mapping[int, Sequence[Stretch]], turn: int
    ) -> dict[int, str]:
        """Those that are to blame; where that does not come to an end, all others too of which an element would stand in
        another as one of theirs does.
        """
        found = {number: reason for number, reason in faults.items() if number >= 0}
        if turn < PATIENT_ROUNDS:
            return found
        shapes = {shape: found[number] for number in found for shape in self._shapes(number, stretches)}
        for number in stretches.keys() - found.keys():
            if reason := next((shapes[shape] for shape in self._shapes(number, stretches) if shape in shapes), ""):
                found[number] = reason
        return found

    def _shapes(self, number: int, stretches: Mapping[int, Sequence[Stretch]]) -> set[tuple[str, str]]:
        """The element of an annotation, with those that it would stand in."""
        layout, element = self.layout, self.annotations[number].element
        return {(str(layout.elements[layout.around(part.start)].tag), element) for part in stretches[number]}

    def standoff(self) -> Annotated:
        """All beside the text."""
        self._refuse()
        return self._beside(self.document, [n for n in range(len(self.annotations)) if n not in self.outcomes])

    def _stretches(self) -> dict[int, list[Stretch]]:
        """Where each annotation goes that has a place around the text."""
        self._refuse()
        found: dict[int, list[Stretch]] = {}
        for number, one in enumerate(self.annotations):
            if number in self.outcomes or one.remark:
                continue
            try:
                found[number] = self.placing.stretches(one)
            except Unplaceable as reason:
                self.outcomes[number] = Outcome(one, "refused", 0, str(reason))
        return found

    def _refuse(self) -> None:
        """Notes those whose identifier is another element's."""
        seen = set(self.ids)
        for number, one in enumerate(self.annotations):
            identifier = dict(one.attributes).get("xml:id")
            if identifier is not None and identifier in seen:
                self.outcomes[number] = Outcome(one, "refused", 0, f'the xml:id "{identifier}" is another element\'s')
            elif identifier is not None:
                seen.add(identifier)

    def _beside(self, document: Document, numbers: Collection[int]) -> Annotated:
        """The document with a standOff of some annotations, as many as have a place."""
        layout = self.layout if document is self.document else Layout(document)
        running = self.running
        placing = Placing(layout, running)
        wanted: list[Annotation] = []
        for number in numbers:
            one = self.annotations[number]
            try:
                beside.pieces(one, running, placing)
            except Unplaceable as reason:
                self.outcomes[number] = Outcome(one, "refused", 0, str(reason))
                continue
            wanted.append(one)
            self.outcomes.setdefault(number, Outcome(one, "beside"))
        if not wanted:
            return self._annotated(document.text)
        written = beside.written(layout, running, wanted, placing)
        made = Document.parse(written.text, document.source, document.uri)
        if fault := self._fault(made):
            if document is self.document:
                raise ExchangeError(
                    made.source,
                    f"would become invalid: {fault}",
                    "nothing was written; another schema is named by --schema",
                )
            self._refuse_aside(numbers, fault)
            return self._annotated(document.text)
        _remove(list(made.elements())[written.element])
        prove(document.root, made.root, frozenset(), document.source)
        return self._annotated(written.text)

    def _fault(self, made: Document) -> str:
        """What a schema finds in a document first, "" for nothing."""
        found = (finding.message for schema in self.schemas for finding in schema.validate(made))
        return next(found, "")

    def _refuse_aside(self, numbers: Collection[int], fault: str) -> None:
        """Notes those that no schema has a place for, around the text or beside it."""
        for number in numbers:
            before = self.outcomes[number]
            if before.kind == "beside":
                reason = "; ".join(filter(None, (before.reason, f"and in a standOff: {fault}")))
                self.outcomes[number] = before._replace(kind="refused", parts=0, reason=reason)

    def _annotated(self, text: str) -> Annotated:
        outcomes = tuple(self.outcomes[number] for number in sorted(self.outcomes))
        return Annotated(text, outcomes, self.refused, tuple(schema.name for schema in self.schemas))


def _remove(element: etree._Element) -> None:
    """Takes an element out, and leaves what stands behind it."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)
