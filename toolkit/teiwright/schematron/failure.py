"""What fails while the rules run, and cannot be caught in the stylesheet itself.

A context that fails does not match (XSLT 3.0, 5.5.4), and Saxon says only that it failed: a second stylesheet finds
out where. A function that calls itself without end stops the whole run: the assertions are run in ever smaller
portions until those that stop it are alone.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from contextvars import Context
from pathlib import Path
from typing import NamedTuple, Protocol

from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.faults import Fault
from teiwright.processor import StylesheetFault, Transformation, Value
from teiwright.schematron.compiling import compiled
from teiwright.schematron.element import OWN, Element, holder
from teiwright.schematron.files import Files
from teiwright.schematron.probing import Probe
from teiwright.schematron.sheet import Sheet
from teiwright.schematron.source import read
from teiwright.schematron.transpile import ASSERTIONS, transpiled

SAID = re.compile(r"\d+ \d+ \S+ /")  # a message of the probe's, and not of a function of the schema's


class Rules(Protocol):
    """What is asked of a schema: where it is, its phase, its stylesheet, and the context that it was read in."""

    @property
    def name(self) -> str: ...

    @property
    def path(self) -> Path: ...

    @property
    def phase(self) -> str | None: ...

    @property
    def sheet(self) -> Sheet: ...

    @property
    def context(self) -> Context: ...


class Failed(NamedTuple):
    """A context that failed: what messages call its rule, the error code, and the node, by document and path."""

    origin: str
    code: str
    document: Document
    path: str


def contexts(
    rules: Rules, document: Document, warnings: tuple[Fault, ...], others: tuple[Document, ...] = ()
) -> list[Failed]:
    """Where the contexts failed that Saxon warned of, in a document or in ``others`` that it names."""
    warned = {(rules.sheet.origin(fault.line), fault.code) for fault in warnings}
    origins = frozenset(origin for origin, _ in warned if origin) | rules.sheet.silent
    if not origins:
        return []
    failed: dict[Failed, None] = {}
    with suppress(SchemaError):  # a file of the schema's is gone by now
        failed = dict.fromkeys(_probed(rules, origins, document, others))
    missed = warned - {(one.origin, one.code) for one in failed}  # where only Saxon knows
    return [*failed, *(Failed(origin, code, document, "/") for origin, code in sorted(missed) if origin)]


def _probed(
    rules: Rules, origins: frozenset[str], document: Document, others: tuple[Document, ...]
) -> Iterator[Failed]:
    probe = Probe(_read(rules), rules.name, rules.phase, origins)
    wanted: dict[str, Value] = {f"{{{OWN}}}documents": others} if others else {}
    result = compiled(probe.written(), rules.name).transform(document, wanted)
    yield from _failed(result.messages, probe.origins, others or (document,))


def _read(rules: Rules) -> Element:
    """The schema once more, with the same files. Raises SchemaError."""
    return rules.context.copy().run(read, rules.path, Files(rules.name))


def _failed(messages: tuple[str, ...], origins: list[str], documents: Sequence[Document]) -> Iterator[Failed]:
    for number, index, code, path in (message.split(" ", 3) for message in messages if SAID.match(message)):
        yield Failed(origins[int(number)], code.removeprefix("err:"), documents[int(index) - 1], path)


def stops(rules: Rules, document: Document) -> Iterator[tuple[Sheet, Transformation | Fault]]:
    """The results of portions of a schema's assertions, each with its stylesheet; for an assertion that stops even
    alone, what Saxon says. Raises StylesheetFault where the run stops without any.
    """
    schema = _read(rules)
    _run(rules, schema, range(0), document)
    pending = _halves(range(sum(1 for _ in schema.iter(*ASSERTIONS))))
    while pending:
        portion = pending.pop()
        sheet, outcome = _outcome(rules, schema, portion, document)
        if isinstance(outcome, Transformation) or len(portion) == 1:
            yield sheet, outcome
        else:
            pending += _halves(portion)


def _halves(portion: range) -> list[range]:
    """The two halves of a portion, the first at the end; one that cannot be cut as it is."""
    middle = len(portion) // 2
    return [half for half in (portion[middle:], portion[:middle]) if half]


def _outcome(rules: Rules, schema: Element, portion: range, document: Document) -> tuple[Sheet, Transformation | Fault]:
    try:
        return _run(rules, schema, portion, document)
    except StylesheetFault as fault:
        return _sheet(rules, schema, portion), fault.faults[0]


def _run(rules: Rules, schema: Element, portion: range, document: Document) -> tuple[Sheet, Transformation]:
    sheet = _sheet(rules, schema, portion)
    return sheet, compiled(sheet, rules.name).transform(document)


def _sheet(rules: Rules, schema: Element, portion: range) -> Sheet:
    """The stylesheet for some of the assertions; all rules stay, so that each node meets the same one."""
    part = copy.deepcopy(schema)
    for number, assertion in enumerate([*part.iter(*ASSERTIONS)]):
        if number not in portion:
            holder(assertion).remove(assertion)
    return transpiled(part, rules.name, rules.phase)
