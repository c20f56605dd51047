"""What runs on in a line, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import groupby

from teiwright.reading.content import BREAK, MARK, NOTE, Run
from teiwright.reading.escaping import address, code, escaped

DELIMITERS = {"emphasis": "*", "strong": "**", "deleted": "~~"}
TAGS = {"emphasis": "em", "strong": "strong", "deleted": "del"}  # where delimiters would not be seen as such
CLASSES = {"small-capitals": "smallcaps", "underlined": "underline"}
TIGHT = {"superscript": "^", "subscript": "~"}  # no space between them but an escaped one

PICTURE = (
    "\ufdd0"  # stands for the mark of a picture until all other such marks are escaped; no character (Unicode, 23.7)
)


class Inline:
    """Runs on their way to Markdown. ``targets`` are the ids that a link may lead to; ``note`` gives the reference for
    the id and the label of a note.
    """

    def __init__(self, targets: Collection[str], note: Callable[[str, str], str], line_break: str = "\\\n") -> None:
        self.targets = targets
        self.note = note
        self.line_break = line_break

    def line(self, runs: list[Run], line_break: str = "") -> str:
        """Runs as one line, where it has no breaks."""
        written = self._marked(runs, 0, "", line_break or self.line_break)
        return written.replace("![", "\\![").replace(PICTURE, "!")

    def _marked(self, runs: list[Run], level: int, before: str, line_break: str) -> str:
        """Runs that share their marks above a level, after some Markdown."""
        written = ""
        groups = [(mark, list(group)) for mark, group in groupby(runs, lambda run: _mark(run, level))]
        for place, (mark, group) in enumerate(groups):
            following = _first(groups[place + 1][1]) if place + 1 < len(groups) else ""
            so_far = before + written
            if mark:
                written += self._set_apart(mark, group, level, so_far, following, line_break)
            else:
                written += "".join(self._plain(run, line_break) for run in group)
        return written

    def _plain(self, run: Run, line_break: str) -> str:
        if run.kind == BREAK:
            return line_break
        if run.kind == NOTE:
            return self.note(run.target, run.words)
        return escaped(run.words)

    def _set_apart(self, mark: str, runs: list[Run], level: int, before: str, following: str, line_break: str) -> str:
        """Runs that have one mark more in common; white space at their ends stands outside of it."""
        if mark == "code" or mark == "formula":
            words = "".join(" " if run.kind == BREAK else run.words for run in runs)
            return _outside(words, code)
        inner = self._marked(runs, level + 1, "", line_break)
        kind, _, value = mark.partition(":")
        if kind in DELIMITERS:
            before = " " if inner.startswith(" ") else before
            following = " " if inner.endswith(" ") else following
            return _outside(inner, lambda words: _delimited(kind, words, before, following))
        if kind in TIGHT:
            return _outside(inner, lambda words: _tight(TIGHT[kind], words))
        if kind in CLASSES:
            return _outside(inner, lambda words: f"[{words}]{{.{CLASSES[kind]}}}")
        if kind == "link" and self._leads(value):
            return _outside(inner, lambda words: f"[{words}]({address(value)})")
        if kind == "picture":
            return f"{PICTURE}[{inner}]({address(value)})"
        return inner

    def _leads(self, target: str) -> bool:
        return target[1:] in self.targets if target.startswith("#") else True


def _mark(run: Run, level: int) -> str:
    return run.marks[level] if len(run.marks) > level and run.kind not in (NOTE, MARK) else ""


def _first(runs: list[Run]) -> str:
    """The first character of some runs; a mark for what is not a word."""
    return runs[0].words[:1] if runs[0].kind != NOTE else "["


def _outside(words: str, wrap: Callable[[str], str]) -> str:
    """Words wrapped without the white space at their ends."""
    bare = words.strip(" ")
    if not bare:
        return words
    start = len(words) - len(words.lstrip(" "))
    return words[:start] + wrap(bare) + words[start + len(bare) :]


def _delimited(mark: str, words: str, before: str, following: str) -> str:
    """Words between delimiters, or between tags where delimiters would be taken for characters: next to a letter, to
    each other, or around what is no letter (CommonMark 0.31, section 6.2).
    """
    outside_left, outside_right = before[-1:], following
    is_clear = not (_is_bound(outside_left) or _is_bound(outside_right))
    is_plain = words[0] not in "*~<^" and words[-1] not in "*~>^" and "\n" not in words
    if is_clear and is_plain:
        return f"{DELIMITERS[mark]}{words}{DELIMITERS[mark]}"
    return f"<{TAGS[mark]}>{words}</{TAGS[mark]}>"


def _is_bound(character: str) -> bool:
    return character.isalnum() or character in ("*", "~", "\\") if character else False


def _tight(delimiter: str, words: str) -> str:
    """Superscript and subscript; what they cannot hold stands as it is."""
    if any(character in words for character in "^~*<[\n\\"):
        return words
    return delimiter + words.replace(" ", "\\ ") + delimiter
