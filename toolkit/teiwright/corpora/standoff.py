"""Texts with annotations beside them, in JSON, as spaCy writes and reads them (Doc.to_json, Doc.from_json).

``ents`` has the outermost names, ``spans.tei`` all annotations, ``tokens`` and ``sents`` what ``sentences`` finds; offsets
count the characters of ``text``. What leads back to the TEI stands under ``tei``, which spaCy passes over: of each
annotation the element, its attributes, and its exact place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from teiwright.corpora.conllu import analysis
from teiwright.corpora.running import Extent, Running
from teiwright.corpora.said import NOT_HELD, identifier, unheld
from teiwright.corpora.sentences import Sentence, Token, outermost, sentences
from teiwright.corpora.spans import exact
from teiwright.corpora.vocabulary import ANNOTATIONS
from teiwright.corpora.wishes import Wishes
from teiwright.document import Document, attributes
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options, Unheld
from teiwright.exchange.identity import Identity
from teiwright.exchange.mapping import Row
from teiwright.names import XML, tei

MAPPING = (
    Row("text", "text"),
    Row("persName, placeName, orgName, name, rs, date, term, title and others", "ents, spans.tei, tei.annotations",
        "-p elements=persName,date chooses; ents has the outermost"),
    Row("@ref of a name", "ents, spans.tei: kb_id"),
    Row("its other attributes", "tei.annotations: attributes"),
    Row("s, w, pc", "sents, tokens", "where the document has them; elsewhere by rule"),
    Row("w/@lemma, @pos, @msd", "tokens: lemma, pos, tag, morph"),
    Row("note", "text, behind the rest", "-p notes=inline leaves them in their place, notes=none out"),
    Row("teiHeader", "", "corpus writes a table of metadata"),
    *NOT_HELD,
)  # fmt: skip
ANALYSIS = ("lemma", "pos", "tag", "morph")
NAME = re.compile(r"[A-Za-z_][\w.\-]*")


def export(documents: Sequence[Document], options: Options) -> Exported:
    """One document as an object, several as a list of them. Raises ExchangeError."""
    wishes = Wishes.of(options.parameters, "standoff-json")
    chosen = elements(options.parameters.get("elements", ""))
    identity = Identity.of(documents)
    made: list[dict[str, Any]] = []
    lost: list[Unheld] = []
    for document in documents:
        running = Running.of(document, wishes)
        made.append(standoff(document, running, chosen, wishes, identity.name(document)))
        lost += unheld(document, running)
    content = made[0] if len(made) == 1 else made
    return Exported(json.dumps(content, ensure_ascii=False, indent=1) + "\n", tuple(lost))


def elements(asked: str) -> tuple[str, ...]:
    """The names of the elements that are annotations. Raises ExchangeError for what can be no name."""
    names = tuple(name.strip() for name in asked.split(",")) if asked.strip() else ANNOTATIONS
    for name in names:
        if not NAME.fullmatch(name):
            raise ExchangeError("standoff-json", f'parameter "elements" has "{name}", which is no name of an element')
    return names


def standoff(document: Document, running: Running, chosen: Sequence[str], wishes: Wishes, name: str) -> dict[str, Any]:
    """One document with its annotations."""
    tags = frozenset(map(tei, chosen))
    extents = [extent for extent in running.extents if extent.element.tag in tags]
    found = list(sentences(running))
    whole = _Aligned(found)
    return {
        "text": running.text,
        "ents": [_entity(extent) for extent in outermost(filter(whole.holds, extents))],
        "sents": _sentences(found, running),
        "tokens": _tokens(found, running),
        "spans": {"tei": [_entity(extent) for extent in filter(whole.holds, extents)]},
        "tei": {
            "document": name,
            **wishes._asdict(),
            "elements": list(chosen),
            "annotations": _annotations(document.root, extents, tags),
        },
    }


class _Aligned:
    """Which annotations begin and end where tokens do; spaCy takes no others."""

    def __init__(self, found: Sequence[Sentence]) -> None:
        self.starts = {token.start for sentence in found for token in sentence.tokens}
        self.ends = {token.end for sentence in found for token in sentence.tokens}

    def holds(self, extent: Extent) -> bool:
        """Whether one does."""
        return extent.start in self.starts and extent.end in self.ends


def _entity(extent: Extent) -> dict[str, Any]:
    label = str(extent.element.tag).rpartition("}")[2]
    return {"start": extent.start, "end": extent.end, "label": label, "kb_id": extent.element.get("ref", "")}


def _sentences(found: Sequence[Sentence], running: Running) -> list[dict[str, int]]:
    """The sentences, each with the white space behind it that is a token, so that they have all tokens among them."""
    starts = [*(sentence.start for sentence in found[1:]), len(running.text)]
    return [
        {"start": one.start, "end": one.end if running.text[one.end : start] == " " else start}
        for one, start in zip(found, starts if found else (), strict=True)
    ]


def _tokens(found: Sequence[Sentence], running: Running) -> list[dict[str, Any]]:
    """All tokens, those of white space that is more than a space among them."""
    made: list[dict[str, Any]] = []
    behind = 0
    for token in (token for sentence in found for token in sentence.tokens):
        start = behind + running.text.startswith(" ", behind)  # which spaCy counts to the token before it
        if start < token.start:
            made.append({"start": start, "end": token.start})
        made.append(_token(token))
        behind = token.end
    said = [name for name in ANALYSIS if any(name in token for token in made)]  # spaCy wants the same of all
    return [{"id": number, **dict.fromkeys(said, ""), **token} for number, token in enumerate(made)]


def _token(token: Token) -> dict[str, Any]:
    said = zip(ANALYSIS, analysis(token.element), strict=True)
    return {"start": token.start, "end": token.end, **{name: value for name, value in said if value != "_"}}


def _annotations(root: etree._Element, extents: Sequence[Extent], tags: frozenset[str]) -> list[dict[str, Any]]:
    places = exact(root, tags)
    return [
        {
            **({"id": identifier(one.element)} if identifier(one.element) else {}),
            "element": str(one.element.tag).rpartition("}")[2],
            "attributes": {_shown(name): value for name, value in attributes(one.element)},
            "start": one.start,
            "end": one.end,
            "source": list(places[one.element]),
        }
        for one in extents
    ]


def _shown(name: str) -> str:
    return name.replace(f"{{{XML}}}", "xml:")
