"""W3C Web Annotation (Recommendation of 23 February 2017): annotations, pages and collections of them, in JSON-LD.

Targets are found by TextPositionSelector (in characters of the running text) and TextQuoteSelector (exact, prefix, suffix);
of several selectors of one target, the first that finds something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from teiwright.annotation.labels import meant
from teiwright.annotation.model import Annotation
from teiwright.corpora.running import Running
from teiwright.errors import ExchangeError

CONTAINERS = ("items", "first", "@graph")
LABELS = frozenset(("tagging", "classifying", "oa:tagging", "oa:classifying"))
IDENTITY = frozenset(("identifying", "linking", "oa:identifying", "oa:linking"))
MOST_DEEP = 50


def is_web(data: Any) -> bool:
    """Whether some JSON is a Web Annotation, or several."""
    if isinstance(data, list):
        return bool(data) and all(map(is_web, data[:5]))
    if not isinstance(data, Mapping):
        return False
    return "target" in data or any(one in _types(data) for one in ("AnnotationPage", "AnnotationCollection"))


def read(data: Any, running: Running, subject: str) -> tuple[tuple[Annotation, ...], tuple[str, ...]]:
    """The annotations of a text, and those that were left out. Raises ExchangeError."""
    found: list[Annotation] = []
    refused: list[str] = []
    for one in _each(data, subject):
        name = str(one.get("id") or "an annotation")
        ranges = [place for target in _listed(one.get("target")) if (place := _range(target, running)) is not None]
        if not ranges:
            refused.append(f"{name}: its target is found nowhere in the text")
        for start, end in ranges:
            for made in _made(one, start, end):
                if fault := made.fault():
                    refused.append(f"{name}: {fault}")
                else:
                    found.append(made)
    return tuple(found), tuple(refused)


def _each(data: Any, subject: str, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The annotations in whatever holds them."""
    if depth > MOST_DEEP:
        raise ExchangeError(subject, "its pages of annotations are nested too deeply")
    if isinstance(data, list):
        for one in data:
            yield from _each(one, subject, depth + 1)
    elif isinstance(data, Mapping):
        if "target" in data:
            yield data
        else:
            for name in CONTAINERS:
                yield from _each(data.get(name), subject, depth + 1)


def _range(target: Any, running: Running) -> tuple[int, int] | None:
    if not isinstance(target, Mapping):
        return None  # the whole of something
    for selector in _listed(target.get("selector")):
        if isinstance(selector, Mapping) and (found := _selected(selector, running.text)):
            return found
    return None


def _selected(selector: Mapping[str, Any], text: str) -> tuple[int, int] | None:
    types = _types(selector)
    if "TextPositionSelector" in types:
        start, end = selector.get("start"), selector.get("end")
        is_range = isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
        return (start, end) if is_range else None  # type: ignore[return-value]  # both are numbers
    if "TextQuoteSelector" in types:
        exact, prefix, suffix = (_folded(selector.get(name)) for name in ("exact", "prefix", "suffix"))
        return _quoted(text, exact, prefix, suffix) if exact.strip() else None
    return None


def _quoted(text: str, exact: str, prefix: str, suffix: str) -> tuple[int, int] | None:
    """Where a quotation stands: the first place that is between prefix and suffix; white space counts as one space each."""
    flat = text.replace("\n\n", "\n ").replace("\n", " ") if "\n\n" not in exact else text
    place = flat.find(f"{prefix}{exact}{suffix}")
    if place < 0:
        return None
    start = place + len(prefix)
    return start, start + len(exact)


def _folded(said: Any) -> str:
    return said if isinstance(said, str) else ""


def _made(one: Mapping[str, Any], start: int, end: int) -> Iterator[Annotation]:
    """What an annotation says of a range: an element for what it is, and for each remark a note."""
    label, reference = "", ""
    remarks: list[str] = []
    for body in [*_listed(one.get("body")), *_listed(one.get("bodyValue"))]:
        value, purposes, iri = _said(body, one)
        if iri:
            reference = iri
        elif purposes & LABELS:
            label = label or value
        elif purposes & IDENTITY:
            reference = reference or value
        elif value:
            remarks.append(value)
    if label or reference:
        element, attributes = meant(label) if label else ("rs", ())
        yield Annotation(start, end, element, (*attributes, *((("ref", reference),) if reference else ())))
    motivation = (("motivation", "commenting"),)
    yield from (Annotation(start, end, "note", motivation, remark=remark) for remark in remarks)
    if not (label or reference or remarks):
        yield Annotation(start, end, "seg", (("type", "annotation"),))


def _said(body: Any, around: Mapping[str, Any]) -> tuple[str, frozenset[str], str]:
    """The words of a body, its purposes, the IRI that it is."""
    if isinstance(body, str):
        is_iri = ":" in body and not any(character.isspace() for character in body)
        return ("", frozenset(), body) if is_iri else (body, _purposes(around.get("motivation")), "")
    if not isinstance(body, Mapping):
        return "", frozenset(), ""
    purposes = _purposes(body.get("purpose") or around.get("motivation"))
    if isinstance(body.get("value"), str):
        return body["value"], purposes, ""
    iri = body.get("source") or body.get("id")
    return "", purposes, iri if isinstance(iri, str) and iri.split() == [iri] else ""


def _purposes(said: Any) -> frozenset[str]:
    return frozenset(str(one) for one in _listed(said))


def _types(one: Mapping[str, Any]) -> frozenset[str]:
    said = one.get("type", one.get("@type"))
    return frozenset(str(name).removeprefix("oa:") for name in _listed(said))


def _listed(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [] if said is None else [said]
