"""CoNLL-U (universaldependencies.org/format.html, version 2): sentences and tokens, ready to be annotated.

A skeleton: what the document says of a word is there, and everything else is "_". The miscellany of each token leads back:
StartChar and EndChar count the characters of the running text, TeiId is the xml:id of the w or pc.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from teiwright.corpora.running import Running
from teiwright.corpora.said import NOT_HELD, identifier, unheld
from teiwright.corpora.sentences import NAMES, Sentence, Token, outermost, sentences
from teiwright.corpora.vocabulary import BLOCKS, WORD
from teiwright.corpora.wishes import Wishes
from teiwright.document import Document
from teiwright.exchange.contract import Exported, Options, Unheld
from teiwright.exchange.identity import Identity
from teiwright.exchange.mapping import Row
from teiwright.names import shown

MAPPING = (
    Row("text", "# newdoc id", "one document each; its characters are counted from 0"),
    Row("p, head, item and other blocks", "# newpar, # newpar id", "the id is the xml:id of the innermost block"),
    Row("s", "sentence, # sent_id", "where the document has s; elsewhere by rule"),
    Row("w, pc", "token, MISC TeiId", "where the document has them; elsewhere by rule"),
    Row("w/@lemma", "LEMMA"),
    Row("w/@pos", "UPOS or XPOS", "UPOS where it is one of the 17 universal tags"),
    Row("w/@msd", "UPOS and FEATS, or XPOS", "FEATS where it is written as they are, UPosTag=… in it being the UPOS"),
    Row(
        "persName, placeName, orgName, name, date and others",
        "MISC NER",
        "B-, I- and the name of the element; the outermost",
    ),
    Row("note", "sentences behind the text", "-p notes=inline leaves them in their place, notes=none out"),
    Row("lb, pb, cb, gb, milestone", "white space", 'none where @break is "no"'),
    Row("teiHeader", "", "corpus writes a table of metadata"),
    *NOT_HELD,
)
UNIVERSAL = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
FEATURE = re.compile(r"[A-Z0-9][A-Za-z0-9]*(?:\[[a-z0-9]+\])?=[^=|\s]+")


def export(documents: Sequence[Document], options: Options) -> Exported:
    """The documents as one file, one after the other. Raises ExchangeError."""
    wishes = Wishes.of(options.parameters, "conllu")
    identity = Identity.of(documents)
    lines: list[str] = []
    lost: list[Unheld] = []
    for document in documents:
        running = Running.of(document, wishes)
        lines += _Writer(document, running, identity).lines()
        lost += unheld(document, running)
    return Exported("".join(f"{line}\n" for line in lines), tuple(lost))


class _Writer:
    """One document on its way to lines."""

    def __init__(self, document: Document, running: Running, identity: Identity) -> None:
        self.document = document
        self.running = running
        self.identity = identity
        self.name = identity.name(document)
        self.blocks = [extent for extent in running.extents if extent.element.tag in BLOCKS]
        self.entities = outermost(extent for extent in running.extents if extent.element.tag in NAMES)
        self.upcoming = 0  # of the blocks, the first that may begin with the next sentence
        self.named = 0  # the same of the entities

    def lines(self) -> Iterator[str]:
        """All lines; a document without sentences has none."""
        for number, sentence in enumerate(sentences(self.running), start=1):
            if number == 1:
                yield f"# newdoc id = {self.name}"
            if sentence.begins_block:
                block = self._block(sentence.start)
                yield f"# newpar id = {block}" if block else "# newpar"
            yield from self._sentence(sentence, number)

    def _sentence(self, sentence: Sentence, number: int) -> Iterator[str]:
        key = self.identity.key(self.document, sentence.element) if sentence.element is not None else ""
        yield f"# sent_id = {key or f'{self.name}-s{number}'}"
        yield f"# text = {' '.join(self.running.text[sentence.start : sentence.end].split())}"
        for place, token in enumerate(sentence.tokens, start=1):
            follows = sentence.tokens[place].start if place < len(sentence.tokens) else -1
            yield "\t".join((str(place), *self._columns(token, token.end == follows)))
        yield ""

    def _columns(self, token: Token, is_joined: bool) -> tuple[str, ...]:
        form = " ".join(self.running.text[token.start : token.end].split())
        lemma, universal, own, features = analysis(token.element)
        miscellany = {
            "EndChar": str(token.end),
            "NER": self._entity(token),
            "SpaceAfter": "No" if is_joined else "",
            "StartChar": str(token.start),
            "TeiId": identifier(token.element),
        }
        said = "|".join(f"{name}={value}" for name, value in miscellany.items() if value)
        return form, lemma, universal, own, features, "_", "_", "_", said

    def _block(self, start: int) -> str:
        """The id of the innermost block that begins with a sentence, "" where it has none."""
        found = ""
        while self.upcoming < len(self.blocks) and self.blocks[self.upcoming].start <= start:
            block = self.blocks[self.upcoming]
            found = identifier(block.element) if block.start == start else found
            self.upcoming += 1
        return found

    def _entity(self, token: Token) -> str:
        while self.named < len(self.entities) and self.entities[self.named].end <= token.start:
            self.named += 1
        if self.named == len(self.entities) or self.entities[self.named].start >= token.end:
            return ""
        entity = self.entities[self.named]
        return f"{'B' if token.start <= entity.start else 'I'}-{shown(entity.element.tag)}"


def analysis(word: etree._Element | None) -> tuple[str, str, str, str]:
    """Lemma, universal tag, own tag and features of a word as the document says them, "_" where it does not."""
    if word is None or word.tag != WORD:
        return "_", "PUNCT" if word is not None else "_", "_", "_"
    tag = _value(word, "pos")
    universal, own = (tag, "_") if tag in UNIVERSAL else ("_", tag)
    said = _value(word, "msd")
    features = said.split("|")
    if not all(FEATURE.fullmatch(feature) for feature in features):
        return _value(word, "lemma"), universal, own if own != "_" else said, "_"
    stated = [feature.partition("=")[2] for feature in features if feature.startswith("UPosTag=")]
    others = sorted((feature for feature in features if not feature.startswith("UPosTag=")), key=str.casefold)
    return _value(word, "lemma"), stated[0] if stated else universal, own, "|".join(others) or "_"


def _value(word: etree._Element, name: str) -> str:
    return " ".join(word.get(name, "").split()) or "_"
