"""Texts with annotations as spaCy's DocBin (spacy.tokens.DocBin): what ``standoff`` writes, in spaCy's binary form.

Only spaCy itself can write it, so it must be installed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from teiwright.corpora import standoff
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options
from teiwright.exchange.mapping import Row

MAPPING = (
    *(row for row in standoff.MAPPING if "attributes" not in row.tei),
    Row("its other attributes", "", "spaCy has no place for them; standoff-json has"),
)


def export(documents: Sequence[Document], options: Options) -> Exported:
    """The documents as one DocBin. Raises ExchangeError."""
    spacy = _spacy()
    made = standoff.export(documents, options)
    parsed = json.loads(str(made.content))
    vocabulary = spacy.blank("xx").vocab
    docs = [_doc(spacy, vocabulary, one) for one in (parsed if isinstance(parsed, list) else [parsed])]
    return Exported(spacy.tokens.DocBin(docs=docs, store_user_data=False).to_bytes(), made.unheld)


def _doc(spacy: ModuleType, vocabulary: Any, one: dict[str, Any]) -> Any:
    """A text as spaCy has it. Its from_json passes over what names refer to."""
    doc = spacy.tokens.Doc(vocabulary).from_json({name: value for name, value in one.items() if name != "tei"})
    doc.ents = [doc.char_span(name["start"], name["end"], name["label"], name["kb_id"]) for name in one["ents"]]
    return doc


def _spacy() -> ModuleType:
    try:
        import_module("spacy.tokens")
        return import_module("spacy")
    except ModuleNotFoundError as error:
        raise ExchangeError("docbin", f'needs the package "{error.name}"', 'pip install "teiwright[spacy]"') from None
