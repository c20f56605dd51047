"""Words as TeX has them, both ways: its own characters escaped, and what bibliographies write as commands read again."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

SIGNS = {"&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
         "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}", "\xa0": "~"}  # fmt: skip
ESCAPED = str.maketrans(SIGNS)
LIGATURE = re.compile(r"([-`'])(?=\1)")  # signs that TeX would make one of
# Accents by their commands (Unicode's combining characters).
ACCENTS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
           "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331"}  # fmt: skip
LETTERS = {"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "i": "ı",
           "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "textbraceleft": "{", "textbraceright": "}",
           "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textendash": "–", "textemdash": "—", "textquoteright": "’",
           "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "ldots": "…", "dots": "…", "textellipsis": "…",
           "S": "§", "P": "¶", "copyright": "©", "textregistered": "®", "pounds": "£", "texteuro": "€", "euro": "€", "slash": "/",
           "guillemotleft": "«", "guillemotright": "»", "quotedblbase": "„", "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»"}  # fmt: skip
TOKEN = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|---?|``|''|[{}~$]|[^\\{}~$`'-]+|.", re.DOTALL)
DASHES = {"--": "–", "---": "—", "``": "“", "''": "”"}
SILENT = ("-", "/", ",", "!", ";", ":", "@")  # commands for spaces and hyphens that words have not


def escaped(words: str) -> str:
    """Words with TeX's own characters escaped. Braces are spelled out: BibTeX counts even escaped ones.

    >>> escaped("50 % of {A & B}")
    '50 \\\\% of \\\\textbraceleft{}A \\\\& B\\\\textbraceright{}'
    """
    return LIGATURE.sub(r"\1{}", words.translate(ESCAPED))


def title(words: str, language: str, proper: frozenset[str]) -> str:
    """A title whose capitals survive styles that set titles in small letters: in English those of names and of words
    with capitals or points inside, in other languages all.
    """
    if language and language.partition("-")[0] != "en":
        return "{" + escaped(words) + "}"
    return " ".join(_guarded(word, proper) for word in words.split(" "))


WORD = re.compile(r"(?P<before>[\W\d_]*)(?P<core>[^\W\d_](?:[^\s,;:!?()\[\]{}]*[^\W\d_]|\.)?)(?P<after>.*)", re.DOTALL)


def _guarded(word: str, proper: frozenset[str]) -> str:
    parts = WORD.fullmatch(word)
    if not parts:
        return escaped(word)
    core = parts["core"]
    keeps = any(sign.isupper() for sign in core[1:]) or (re.match(r".\.", core) and core[0].isupper())
    if not keeps and not any(part in proper for part in re.split(r"[^\w]+", core)):
        return escaped(word)
    return f"{escaped(parts['before'])}{{{escaped(core)}}}{escaped(parts['after'])}"


def plain(tex: str) -> str:
    """The words that some TeX stands for; commands that are not known are left out, what they are applied to stays.

    >>> plain(r"Hei{\\ss}e {\\'e}tudes: {\\v c}apek \\& \\emph{Sons}, \\\"uber~alles -- {NASA}")
    'Heiße études: čapek & Sons, über\xa0alles – NASA'
    """
    made: list[str] = []
    pending = ""
    for found in TOKEN.finditer(tex):
        command, sign = found[1], found[2]
        token = found[0]
        if command or sign:
            name = command or sign
            if name in LETTERS and not (pending and name in "ij"):
                made.append(LETTERS[name])
            elif name in ("i", "j"):
                made.append(_with(name, pending))
                pending = ""
            elif name in ACCENTS:
                pending = ACCENTS[name]
            elif sign and sign not in SILENT:
                made.append(" " if sign.isspace() else sign)
            continue
        if token in "{}$":
            continue
        words = DASHES.get(token, "\xa0" if token == "~" else token)
        if pending and words.strip():
            words, pending = _with(words.lstrip(), pending), ""
        made.append(words)
    return normalize("NFC", "".join(made))


def _with(words: str, accent: str) -> str:
    """Words with an accent on the first letter."""
    return words[:1] + accent + words[1:] if accent and combining(accent) else words
