"""Texts with annotations beside them, in JSON, as spaCy writes and reads them (Doc.to_json, Doc.from_json).

``ents`` has the outermost names, ``spans.tei`` all annotations, ``tokens`` and ``sents`` what ``sentences`` finds; offsets
count the characters of ``text``. What leads back to the TEI stands under ``tei``, which spaCy passes over: of each
annotation the element, its attributes, and its exact place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from teiwright.corpora.conllu import analysis
from teiwright.corpora.pointed import pointed
from teiwright.corpora.running import Running
from teiwright.corpora.said import NOT_HELD, unheld
from teiwright.corpora.sentences import Sentence, Token, outermost, sentences
from teiwright.corpora.spans import Exact, exact
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
    Row("standOff//span (string-range), standOff//annotation", "ents, spans.tei, tei.annotations",
        "those that annotate writes; of a remark its words; -p elements=persName leaves others out"),
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
    """The names of the elements that are asked for as annotations. Raises ExchangeError for what can be no name."""
    names = tuple(name.strip() for name in asked.split(",")) if asked.strip() else ()
    for name in names:
        if not NAME.fullmatch(name):
            raise ExchangeError("standoff-json", f'parameter "elements" has "{name}", which is no name of an element')
    return names


def standoff(document: Document, running: Running, asked: Sequence[str], wishes: Wishes, name: str) -> dict[str, Any]:
    """One document with its annotations: the elements of the names that are asked for, without any the usual ones."""
    chosen = asked or ANNOTATIONS
    said = _all_said(document, running, frozenset(map(tei, chosen)), asked)
    found = list(sentences(running))
    whole = list(filter(_Aligned(found).holds, said))
    return {
        "text": running.text,
        "ents": [_entity(one) for one in outermost(whole)],
        "sents": _sentences(found, running),
        "tokens": _tokens(found, running),
        "spans": {"tei": list(map(_entity, whole))},
        "tei": {
            "document": name,
            **wishes._asdict(),
            "elements": list(chosen),
            "annotations": list(map(_annotation, said)),
        },
    }


class Said(NamedTuple):
    """An annotation of the text: the element, its attributes ("xml:id", "ref"), from, to; its exact place where it stands in
    the text; a remark in words.
    """

    element: str
    attributes: dict[str, str]
    start: int
    end: int
    source: Exact | None = None
    remark: str = ""


class _Aligned:
    """Which annotations begin and end where tokens do; spaCy takes no others."""

    def __init__(self, found: Sequence[Sentence]) -> None:
        self.starts = {token.start for sentence in found for token in sentence.tokens}
        self.ends = {token.end for sentence in found for token in sentence.tokens}

    def holds(self, one: Said) -> bool:
        """Whether one does; a remark is no name."""
        return one.start in self.starts and one.end in self.ends and not one.remark


def _entity(one: Said) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, "label": one.element, "kb_id": one.attributes.get("ref", "")}


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


def _all_said(document: Document, running: Running, tags: frozenset[str], asked: Sequence[str]) -> list[Said]:
    """The elements of some names in the text, then what stands off it."""
    places = exact(document.root, tags)
    inside = [
        Said(
            str(one.element.tag).rpartition("}")[2],
            {_shown(name): value for name, value in attributes(one.element)},
            one.start,
            one.end,
            places[one.element],
        )
        for one in running.extents
        if one.element.tag in tags
    ]
    return inside + [
        Said(one.element, dict(one.attributes), one.start, one.end, remark=one.remark)
        for one in pointed(document, running)
        if not asked or one.element in asked
    ]


def _annotation(one: Said) -> dict[str, Any]:
    given = {
        "id": "".join(one.attributes.get("xml:id", "").split()),
        "element": one.element,
        "attributes": one.attributes,
        "start": one.start,
        "end": one.end,
        "source": list(one.source or ()),
        "remark": one.remark,
    }
    return {name: value for name, value in given.items() if value or name not in ("id", "source", "remark")}


def _shown(name: str) -> str:
    return name.replace(f"{{{XML}}}", "xml:")
