"""Annotations as programs write them: JSON with offsets (spaCy's, ours, a plain list), W3C Web Annotation, CoNLL-U and
CoNLL 2003. Which it is, is told by its content.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from teiwright.annotation import conll, offsets, web
from teiwright.annotation.model import Annotation
from teiwright.corpora.running import Running
from teiwright.errors import DocumentError, ExchangeError
from teiwright.source import file_bytes

LARGEST = 256 << 20  # bytes of a file of annotations
DEEPEST = 200  # levels of JSON that are asked for at most


class Read(NamedTuple):
    """Annotations of a text, and those that were left out, each with the reason."""

    annotations: tuple[Annotation, ...]
    refused: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()  # whose tags exact places do not count


def content(path: str) -> str:
    """The characters of a file of annotations. Raises ExchangeError."""
    try:
        data = file_bytes(path)
    except DocumentError as error:
        raise ExchangeError(error.subject, error.problem, error.hint) from None
    if len(data) > LARGEST:
        raise ExchangeError(path, f"has more than {LARGEST >> 20} MB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(path, f"byte {error.start} is not UTF-8") from None


def parsed(text: str, subject: str) -> Any:
    """What a file holds: what JSON says, or the text where it is none. Raises ExchangeError."""
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        return json.loads(text)
    except RecursionError:
        raise ExchangeError(subject, "is nested too deeply") from None
    except ValueError as error:
        raise ExchangeError(subject, f"is not JSON: {str(error).partition(':')[0]}") from None


def wanted_text(data: Any) -> str | None:
    """The text that the annotations say they are about, None where they do not say."""
    if isinstance(data, Mapping) and isinstance(data.get("text"), str) and not web.is_web(data):
        return str(data["text"])
    return None


def read(data: Any, running: Running, subject: str, taken: Sequence[str]) -> Read:
    """The annotations of a text; ``taken`` is what of them is wanted: names, sentences, words. Raises ExchangeError where
    they are none that is known, or about another text.
    """
    if isinstance(data, str):
        return Read(*conll.read(data, running, subject, taken))
    if web.is_web(data):
        return Read(*web.read(data, running, subject))
    found, refused, elements = offsets.read(data, running, subject, taken)
    return Read(found, refused, elements)
