"""Answers as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from teiwright.conformance.answers import Answered, Review, Verdict

MARKS = {Verdict.HELD: "+", Verdict.NOT_HELD: "-", Verdict.OPEN: "?"}
WIDTH = 110


def text(reviews: Iterable[Review]) -> str:
    """All answers, a block for each document."""
    return "\n".join("".join(f"{line}\n" for line in _lines(review)) for review in reviews)


def _lines(review: Review) -> Iterator[str]:
    yield review.document
    group = ""
    for one in review.answered:
        if one.point.group != group:
            group = one.point.group
            yield ""
            yield group
        yield from _told(one)
    yield ""
    yield summary(review)


def _told(one: Answered) -> Iterator[str]:
    yield f"  {MARKS[one.answer.verdict]} {one.point.number:>2} {one.answer.verdict}: {one.point.demand}"
    for evidence in one.answer.evidence:
        yield from wrap(
            str(evidence),
            WIDTH,
            initial_indent="       ",
            subsequent_indent="         ",
            break_on_hyphens=False,
            break_long_words=False,
        )
    if one.answer.question:
        yield from wrap(
            f"To ask: {one.answer.question}", WIDTH, initial_indent="       ", subsequent_indent="         "
        )


def summary(review: Review) -> str:
    """How many points have which verdict."""
    five, all_ = ({v: review.count(v, five=is_five) for v in Verdict} for is_five in (True, False))
    return f"{_counted('of the five', five)}\n{_counted('of the checklist', all_)}"


def _counted(what: str, counts: dict[Verdict, int]) -> str:
    return f"{what}: {counts[Verdict.HELD]} held, {counts[Verdict.NOT_HELD]} not held, {counts[Verdict.OPEN]} for a person to judge"


def as_json(reviews: Sequence[Review]) -> str:
    """The same as JSON: a list of documents with their points."""
    return json.dumps([_data(review) for review in reviews], ensure_ascii=False, indent=2) + "\n"


def _data(review: Review) -> dict[str, object]:
    return {
        "document": review.document,
        "conforms": review.conforms,
        "five": {str(v): review.count(v, five=True) for v in Verdict},
        "checklist": {str(v): review.count(v) for v in Verdict},
        "points": [_point(one) for one in review.answered],
    }


def _point(one: Answered) -> dict[str, object]:
    evidence = [
        {
            "words": e.words,
            **(
                {"file": e.place.source, "line": e.place.line, "column": e.place.column, "path": e.place.xpath}
                if e.place.line
                else {}
            ),
        }
        for e in one.answer.evidence
    ]
    data: dict[str, object] = {
        "point": one.point.number, "group": one.point.group, "demand": one.point.demand,
        "verdict": str(one.answer.verdict), "evidence": evidence,
    }  # fmt: skip
    return data | ({"question": one.answer.question} if one.answer.question else {})
