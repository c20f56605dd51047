"""Annotations by offsets in JSON: what ``teiwright export --to standoff-json`` writes, what spaCy writes (Doc.to_json), or a
list of objects with start, end and label.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from teiwright.annotation.labels import meant
from teiwright.annotation.model import Annotation
from teiwright.corpora.running import Running
from teiwright.corpora.spans import Exact
from teiwright.errors import ExchangeError

SPACY = frozenset(("tei", "ents", "spans", "tokens", "sents"))
Found = tuple[tuple[Annotation, ...], tuple[str, ...], tuple[str, ...]]


def read(data: Any, running: Running, subject: str, taken: Sequence[str]) -> Found:
    """The annotations, those that are about no range of the text, and the elements that exact places leave out of account.
    Raises ExchangeError.
    """
    if isinstance(data, Mapping) and isinstance(data.get("text"), str) and data["text"] != running.text:
        raise ExchangeError(subject, _difference(str(data["text"]), running.text), "export the text anew")
    own = data.get("tei") if isinstance(data, Mapping) else None
    elements: tuple[str, ...] = ()
    if isinstance(own, Mapping) and "names" in taken:
        elements = tuple(str(name) for name in own.get("elements", ()) if isinstance(name, str))
    found: list[Annotation] = []
    refused: list[str] = []
    for one in _objects(data, taken, subject):
        annotation = _annotation(one)
        if isinstance(annotation, str):
            refused.append(annotation)
        elif not 0 <= annotation.start < annotation.end <= len(running.text):
            refused.append(f"{annotation.said}: is no range of the text")
        elif problem := _misquoted(one, running.text[annotation.start : annotation.end]):
            refused.append(f"{annotation.said}: {problem}")
        else:
            found.append(annotation)
    exact = [one for one in found if one.exact]  # elements of a document, of which two may be alike
    return (*exact, *dict.fromkeys(one for one in found if not one.exact)), tuple(refused), elements


def _objects(data: Any, taken: Sequence[str], subject: str) -> Iterator[Mapping[str, Any]]:
    """The annotations as they are written."""
    if isinstance(data, Mapping) and not SPACY.isdisjoint(data):
        yield from _of_spacy(data, taken)
        return
    listed = data.get("annotations", data.get("entities")) if isinstance(data, Mapping) else data
    if not isinstance(listed, list):
        known = "expected W3C Web Annotation, spaCy's JSON, a list of {start, end, label}, CoNLL-U or CoNLL 2003"
        raise ExchangeError(subject, "holds no annotations that are known", known)
    for one in listed:
        yield one if isinstance(one, Mapping) else {}


def _of_spacy(data: Mapping[str, Any], taken: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    own = data.get("tei")
    if "sentences" in taken:
        yield from ({**one, "element": "s"} for one in _mappings(data.get("sents")))
    if "names" in taken:
        if isinstance(own, Mapping) and isinstance(own.get("annotations"), list):
            yield from _mappings(own["annotations"])
        else:
            yield from _mappings(data.get("ents"))
            groups = data.get("spans")
            for group in groups.values() if isinstance(groups, Mapping) else ():
                yield from _mappings(group)
    if "words" in taken:
        text = str(data.get("text", ""))
        for one in _mappings(data.get("tokens")):
            start, end = one.get("start"), one.get("end")
            if isinstance(start, int) and isinstance(end, int) and text[start:end].strip():
                yield word(text[start:end], one)


def word(form: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """A token as an annotation: a word, or a sign."""
    given = {"lemma": said.get("lemma"), "pos": said.get("pos") or said.get("tag"), "msd": said.get("morph")}
    is_sign = not any(character.isalnum() for character in form)
    attributes = {name: str(value) for name, value in given.items() if value and not (is_sign and name == "lemma")}
    return {"start": said["start"], "end": said["end"], "element": "pc" if is_sign else "w", "attributes": attributes}


def _mappings(listed: Any) -> Iterator[Mapping[str, Any]]:
    return (one for one in listed if isinstance(one, Mapping)) if isinstance(listed, list) else iter(())


def _annotation(one: Mapping[str, Any]) -> Annotation | str:
    """An annotation, or why it is none."""
    start, end = one.get("start"), one.get("end")
    if not _is_number(start) or not _is_number(end):
        return f"an annotation without start and end: {str(dict(one))[:60]}"
    element, attributes = _said(one)
    remark = one["remark"] if isinstance(one.get("remark"), str) else ""
    made = Annotation(start, end, element, attributes, _exact(one.get("source")), remark)  # type: ignore[arg-type]  # they are numbers
    return f"{made.said}: {made.fault()}" if made.fault() else made


def _said(one: Mapping[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
    if isinstance(one.get("element"), str):
        given = one.get("attributes")
        named = given.items() if isinstance(given, Mapping) else ()
        return str(one["element"]), tuple((str(name), str(value)) for name, value in named)
    element, attributes = meant(str(one.get("label") or one.get("type") or ""))
    reference = one.get("kb_id") or one.get("ref")
    return element, (*attributes, *((("ref", str(reference)),) if isinstance(reference, str) else ()))


def _exact(said: Any) -> Exact | None:
    is_place = isinstance(said, list) and len(said) == len(Exact._fields) and all(map(_is_number, said))
    return Exact(*said) if is_place else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _misquoted(one: Mapping[str, Any], words: str) -> str:
    quoted = one.get("text", one.get("quote"))
    if isinstance(quoted, str) and quoted.split() != words.split():
        return f'quotes "{quoted[:40]}" where the text has "{words[:40]}"'
    return ""


def _difference(theirs: str, ours: str) -> str:
    place = next((n for n, (a, b) in enumerate(zip(theirs, ours, strict=False)) if a != b), min(len(theirs), len(ours)))
    return (
        f'is about another text: from character {place} on it has "{theirs[place : place + 20]}", '
        f'the document "{ours[place : place + 20]}"'
    )
