"""Places that a document itself excuses from a finding, by a processing instruction or a comment:

    <?teiwright ignore CODE: reason?>          <!-- teiwright: ignore CODE: reason -->
    <?teiwright ignore-inside CODE: reason?>   <!-- teiwright: ignore-inside CODE: reason -->
    <?teiwright ignore-file CODE: reason?>     <!-- teiwright: ignore-file CODE: reason -->

``ignore`` stands directly before a start tag (white space, comments and other instructions may come between) and covers
what lies in that element itself: its start tag with its attributes, the text directly in it, its end tag; not the
elements inside it. ``ignore-inside`` covers the whole element in which it stands, with everything inside. ``ignore-file``
stands before the root element and covers the file, also what is said of it as a whole. Several codes are parted by
spaces; the reason is free, and may be left out. Where several excuses fit, the innermost is the one that is used.

An excuse that excuses nothing is a finding itself, and so is a malformed one. None is heard in a document that is not
well-formed, and none excuses that it is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from teiwright.diagnostic import Diagnostic, Location, Severity
from teiwright.policy.outline import Element, Outline, Remark
from teiwright.policy.selection import unreadable
from teiwright.spelling import hint
from teiwright.wording import quoted

WORD = "teiwright"  # which a document with excuses holds
ORIGIN = "excuses"
ITSELF, INSIDE, FILE = "ignore", "ignore-inside", "ignore-file"
SCOPES = (ITSELF, INSIDE, FILE)
MOST_GUESSES = 20  # at what may be meant by unknown codes, for one document
# What is meant for the toolkit: also where the colon was forgotten.
COMMENT = re.compile(r"\s*teiwright(?:\s*:|\s+(?=ignore))")


class Excuse(NamedTuple):
    """What a document excuses: the codes, the reason given, how far, and where it says so."""

    codes: tuple[str, ...]
    reason: str
    scope: str
    location: Location


class Excused(NamedTuple):
    """A finding and what excuses it."""

    finding: Diagnostic
    excuse: Excuse


class Hearing(NamedTuple):
    """The outcome for one document: the findings that stand, those that are excused, and findings about its excuses."""

    standing: tuple[Diagnostic, ...]
    excused: tuple[Excused, ...] = ()
    complaints: tuple[Diagnostic, ...] = ()


class Question(NamedTuple):
    """What was asked of a document, so that an excuse is not called unused where nobody looked: which codes count;
    the toolkit's own codes (empty: not known); whether there may be others, those of a Schematron schema's assertions;
    and whether every check was run.
    """

    asks: Callable[[str], bool] = lambda code: True
    known: Collection[str] = ()
    is_open: bool = True
    is_complete: bool = True


EVERYTHING = Question()


def hear(findings: Iterable[Diagnostic], data: bytes, source: str, question: Question = EVERYTHING) -> Hearing:
    """What remains of the findings about one file, given as UTF-8."""
    findings = tuple(findings)
    if WORD.encode() not in data or any(map(unreadable, findings)):
        return Hearing(findings)
    outline = Outline.of(data, map(_place, findings), WORD)
    if not outline.is_whole:
        return Hearing(findings)
    read = [_read(remark, source) for remark in outline.remarks if _is_meant(remark)]
    excuses = _Excuses([given for given in read if not isinstance(given, Diagnostic)])
    excused, standing = [], []
    for finding in findings:
        excuse = excuses.of(finding.code, outline.elements[_place(finding)])
        if excuse is None:
            standing.append(finding)
        else:
            excused.append(Excused(finding, excuse))
    complaints = [found for found in read if isinstance(found, Diagnostic)]
    complaints += _unused(excuses, question)
    return Hearing(tuple(standing), tuple(excused), tuple(filter(lambda c: question.asks(c.code), complaints)))


def _place(finding: Diagnostic) -> tuple[int, int]:
    """A finding's place; one without a column is about the whole file, and lies before its beginning."""
    return (finding.location.line, finding.location.column) if finding.location.column else (0, 0)


class _Excuses:
    """The excuses of one document, each with the element it is about (None: the file), and which codes were used."""

    def __init__(self, given: Sequence[tuple[Excuse, Element | None]]) -> None:
        self.excuses = [excuse for excuse, _ in given]
        self.used: set[tuple[Location, str]] = set()
        self._own: dict[tuple[Element | None, str], Excuse] = {}
        self._around: dict[tuple[Element | None, str], Excuse | None] = {}
        for excuse, element in given:
            places = self._own if excuse.scope == ITSELF else self._around
            for code in excuse.codes:
                places.setdefault((element, code), excuse)
        self._codes = {code for _, code in (*self._own, *self._around)}

    def unused(self) -> Iterator[tuple[Excuse, str]]:
        """The excuses that were not used, by code."""
        return ((e, code) for e in self.excuses for code in e.codes if (e.location, code) not in self.used)

    def of(self, code: str, element: Element | None) -> Excuse | None:
        """The innermost excuse for a finding of a code that lies in an element (None: in none)."""
        if code not in self._codes:
            return None
        excuse = self._own.get((element, code)) if element is not None else None
        excuse = excuse or self._inherited(code, element)
        if excuse is not None:
            self.used.add((excuse.location, code))
        return excuse

    def _inherited(self, code: str, element: Element | None) -> Excuse | None:
        """What the elements around it, or the file, excuse; remembered on the way, so that no depth is climbed twice."""
        way: list[Element | None] = []
        here = element
        while (here, code) not in self._around and here is not None:
            way.append(here)
            here = here.around
        excuse = self._around.get((here, code))
        self._around.update(((passed, code), excuse) for passed in way)
        return excuse


def _is_meant(remark: Remark) -> bool:
    return remark.target == WORD or (not remark.target and bool(COMMENT.match(remark.text)))


def _read(remark: Remark, source: str) -> tuple[Excuse, Element | None] | Diagnostic:
    """The excuse a remark is, with the element it is about; or what is wrong with it."""
    text = remark.text if remark.target else COMMENT.sub("", remark.text, count=1)
    head, _, reason = text.partition(":")
    scope, *codes = head.replace(",", " ").split() or [""]
    location = Location(source, *remark.place)
    problem = _malformed(scope, codes) or _misplaced(scope, remark)
    if problem:
        return _finding(location, "excuse-malformed", problem)
    element = {ITSELF: remark.before, INSIDE: remark.inside, FILE: None}[scope]
    return Excuse(tuple(dict.fromkeys(codes)), " ".join(reason.split()), scope, location), element


def _malformed(scope: str, codes: Sequence[str]) -> str:
    if scope not in SCOPES:
        found = f'an excuse begins with "{quoted(scope)}"' if scope else "an excuse is empty"
        return f'{found}; expected "{ITSELF}", "{INSIDE}" or "{FILE}", then the codes to ignore'
    return "" if codes else f'the excuse "{scope}" names no code; expected "{scope} CODE: reason"'


def _misplaced(scope: str, remark: Remark) -> str:
    if scope == ITSELF and remark.before is None:
        return f'the excuse "{scope}" stands before no element; expected a start tag directly after it'
    if scope == INSIDE and remark.inside is None:
        return f'the excuse "{scope}" stands in no element; expected it inside the element that it is about'
    if scope == FILE and not remark.is_first:
        return f'the excuse "{scope}" stands too late; expected it before the root element'
    return ""


def _unused(excuses: _Excuses, question: Question) -> Iterator[Diagnostic]:
    """A finding for each code of an excuse that excused nothing, although it was looked for."""
    guessed = 0
    for excuse, code in excuses.unused():
        if not question.asks(code):
            continue
        unknown = ""
        if question.known and code not in question.known:
            unknown = _unknown(code, question.known if guessed < MOST_GUESSES else ())
            guessed += 1
        if unknown and not question.is_open:
            yield _finding(excuse.location, "excuse-unknown-code", unknown)
        elif question.is_complete:
            more = unknown or "expected such a finding here, or no excuse"
            yield _finding(excuse.location, "excuse-unused", f'nothing is excused from "{quoted(code)}" here; {more}')


def _unknown(code: str, known: Collection[str]) -> str:
    meant = hint(code, known)
    return f'the toolkit has no code "{quoted(code)}"' + (f"; {meant}" if meant else "")


def _finding(location: Location, code: str, message: str) -> Diagnostic:
    return Diagnostic(location, Severity.WARNING, code, message, ORIGIN)
