"""Annotations token by token: CoNLL-U and CoNLL 2003 (and what looks like it: a token a line, its tag last).

Tokens are found in the text by StartChar and EndChar of the miscellany (or start_char, end_char, as Stanza writes), else one
after another by their characters; where a token is not what comes next, the file is about another text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from teiwright.annotation.labels import meant
from teiwright.annotation.model import Annotation
from teiwright.annotation.offsets import word
from teiwright.corpora.running import Running
from teiwright.errors import ExchangeError

COLUMNS = 10  # of CoNLL-U
TAG = re.compile(r"([BIESLUO])(?:-(.+))?")
DOCUMENT = "-DOCSTART-"
ID = re.compile(r"\d+")


class Token(NamedTuple):
    """A token: its characters, its tag in a name ("B-PER"), what is said of it by the names of ``offsets.word``, the sentence
    that it is in; where it stands, -1 where that is not known.
    """

    form: str
    tag: str
    said: Mapping[str, str]
    sentence: int
    start: int = -1
    end: int = -1


def read(
    text: str, running: Running, subject: str, taken: Sequence[str]
) -> tuple[tuple[Annotation, ...], tuple[str, ...]]:
    """The annotations of a text: sentences, names, words, as wanted. Raises ExchangeError."""
    is_u = any(line.count("\t") == COLUMNS - 1 for line in text.splitlines()[:200])
    tokens = list(_placed(_of_u(text, subject) if is_u else _of_2003(text), running.text, subject))
    if not tokens:
        raise ExchangeError(subject, "holds no tokens")
    found: list[Annotation] = []
    if "sentences" in taken:
        found += _sentences(tokens)
    if "names" in taken:
        found += _names(tokens)
    if "words" in taken:
        found += map(_word, tokens)
    faults = [one.fault() for one in found]
    fit = tuple(one for one, fault in zip(found, faults, strict=True) if not fault)
    return fit, tuple(f"{one.said}: {fault}" for one, fault in zip(found, faults, strict=True) if fault)


def _of_u(text: str, subject: str) -> Iterator[Token]:
    sentence = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            sentence += 1
        elif not line.startswith("#"):
            columns = line.split("\t")
            if len(columns) != COLUMNS:
                raise ExchangeError(f"{subject}:{number}", f"has {len(columns)} columns; CoNLL-U has {COLUMNS}")
            if ID.fullmatch(columns[0]):  # not what stands for several words, nor what is not there
                yield _token_of_u(columns, sentence)


def _token_of_u(columns: Sequence[str], sentence: int) -> Token:
    _, form, lemma, universal, own, features, _, _, _, more = columns
    miscellany = dict(one.partition("=")[::2] for one in more.split("|"))
    said = {"lemma": lemma, "pos": universal if universal != "_" else own, "morph": features}
    tag = miscellany.get("NER") or miscellany.get("ner") or "O"
    start = miscellany.get("StartChar") or miscellany.get("start_char") or ""
    end = miscellany.get("EndChar") or miscellany.get("end_char") or ""
    is_placed = all(one.isascii() and one.isdigit() and len(one) < 12 for one in (start, end))
    place = (int(start), int(end)) if is_placed else (-1, -1)
    return Token(form, tag, {name: value for name, value in said.items() if value != "_"}, sentence, *place)


def _of_2003(text: str) -> Iterator[Token]:
    sentence = 0
    for line in text.splitlines():
        columns = line.split()
        if not columns:
            sentence += 1
        elif columns[0] != DOCUMENT:
            tag = columns[-1] if len(columns) > 1 and TAG.fullmatch(columns[-1]) else "O"
            said = {"pos": columns[1]} if len(columns) > 2 else {}
            yield Token(columns[0], tag, said, sentence)


def _placed(tokens: Iterator[Token], text: str, subject: str) -> Iterator[Token]:
    """The tokens where they stand. Raises ExchangeError where one does not come next."""
    behind = 0
    for number, token in enumerate(tokens, start=1):
        if token.start < 0:
            while behind < len(text) and text[behind].isspace():
                behind += 1
            token = _found(token, text, behind)
        if text[token.start : token.end].split() != token.form.split() or token.start < behind:
            problem = f'token {number}, "{token.form[:40]}", is not what comes next in the text: "{text[behind : behind + 30]}"'
            raise ExchangeError(
                subject, problem, "the annotations are about another text, or one that was read otherwise"
            )
        behind = token.end
        yield token


def _found(token: Token, text: str, behind: int) -> Token:
    """The same, at the place behind the last; white space in it may be any."""
    fits = re.compile(r"\s+".join(map(re.escape, token.form.split()))).match(text, behind)
    return token._replace(start=behind, end=fits.end() if fits else behind)


def _sentences(tokens: Sequence[Token]) -> Iterator[Annotation]:
    first = tokens[0]
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if following is None or following.sentence != token.sentence:
            yield Annotation(first.start, token.end, "s")
            first = following or first


def _names(tokens: Sequence[Token]) -> Iterator[Annotation]:
    """Names by their tags, in the schemes IOB, IOB2, IOBES and BILOU."""
    label, start, end = "", 0, 0
    for token in [*tokens, None]:
        kind, said = _tag(token)
        goes_on = label and said == label and kind in ("I", "E", "L")
        if label and not goes_on:
            yield _name(label, start, end)
            label = ""
        if token is not None and said:
            start = start if goes_on else token.start
            label, end = said, token.end
            if kind in ("E", "L", "S", "U"):
                yield _name(label, start, end)
                label = ""


def _tag(token: Token | None) -> tuple[str, str]:
    found = TAG.fullmatch(token.tag) if token else None
    return (found[1], found[2] or "") if found and found[1] != "O" else ("O", "")


def _name(label: str, start: int, end: int) -> Annotation:
    element, attributes = meant(label)
    return Annotation(start, end, element, attributes)


def _word(token: Token) -> Annotation:
    made: dict[str, Any] = word(token.form, {**token.said, "start": token.start, "end": token.end})
    return Annotation(token.start, token.end, made["element"], tuple(made["attributes"].items()))
