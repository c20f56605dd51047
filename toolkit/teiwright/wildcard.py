"""Patterns with ``*``, for codes and for paths. No pattern, however made, costs more than its length times the text's."""

from __future__ import annotations

from collections.abc import Sequence

ANY_FOLDERS = "**"


def matches(pattern: str, text: str) -> bool:
    """Whether a text is what a pattern says: ``*`` stands for any characters, or none; all else for itself.

    >>> matches("date-*", "date-reversed"), matches("date", "date-reversed")
    (True, False)
    """
    first, *others = pattern.split("*")
    if not others:
        return text == first
    *middle, last = others
    at, end = len(first), len(text) - len(last)
    if at > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True


def path_matches(pattern: str, path: str) -> bool:
    """Whether a path with "/" fits a pattern: ``*`` stays within one step, the step ``**`` stands for any folders, or
    none, and a pattern of a single step fits the name of a file in any folder.

    >>> path_matches("letters/*.xml", "letters/1.xml"), path_matches("letters/*.xml", "letters/old/1.xml")
    (True, False)
    >>> path_matches("letters/**", "letters/old/1.xml"), path_matches("*.xml", "letters/old/1.xml")
    (True, True)
    """
    wanted, steps = pattern.split("/"), path.split("/")
    first, *others = _runs(wanted if len(wanted) > 1 else [ANY_FOLDERS, *wanted])
    if not others:
        return len(first) == len(steps) and _fit(first, steps)
    *middle, last = others
    at, end = len(first), len(steps) - len(last)
    if at > end or not (_fit(first, steps) and _fit(last, steps[end:])):
        return False
    for run in middle:
        found = next((n for n in range(at, end - len(run) + 1) if _fit(run, steps[n:])), -1)
        if found < 0:
            return False
        at = found + len(run)
    return True


def _runs(wanted: Sequence[str]) -> list[list[str]]:
    """The steps of a pattern, parted at each ``**``."""
    runs: list[list[str]] = [[]]
    for step in wanted:
        if step == ANY_FOLDERS:
            runs.append([])
        else:
            runs[-1].append(step)
    return runs


def _fit(run: Sequence[str], steps: Sequence[str]) -> bool:
    return all(map(matches, run, steps))
