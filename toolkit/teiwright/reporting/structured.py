"""Findings as JSON, for programs of one's own: the documents, the checks, and each finding as an object.

Keys: ``documents`` and ``checks`` (names), ``diagnostics`` (``Diagnostic.as_dict``), ``suppressed`` (the same, with
``accepted``: "in the document" or "by the baseline", and ``reason``), ``unchecked`` (name of a file: why).
"""

from __future__ import annotations

import json
import re
from typing import Any

from teiwright.reporting.account import Account, Suppressed

SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which is none and cannot be written
LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029]")  # or may be taken for ends of lines, or steer a terminal


def rendered(account: Account) -> str:
    """An account as a JSON object, indented, its last line ended."""
    whole = account.whole
    answer = {
        "documents": whole.documents,
        "checks": whole.checks,
        "diagnostics": [diagnostic.as_dict() for diagnostic in whole],
        "suppressed": [_suppressed(one) for one in account.suppressed],
        "unchecked": _unchecked(account),
    }
    return written(answer)


def written(answer: Any, indent: int | None = 2) -> str:
    """Words and numbers as JSON that every program can read; all in one line where there is no indentation."""
    separators = None if indent else (",", ":")
    text = json.dumps(answer, indent=indent, separators=separators, ensure_ascii=False)
    text = LINE_ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", SURROGATE.sub("\ufffd", text))
    return f"{text}\n"


def _suppressed(one: Suppressed) -> dict[str, object]:
    accepted = "in the document" if one.in_source else "by the baseline"
    return {**one.diagnostic.as_dict(), "accepted": accepted, "reason": one.reason}


def _unchecked(account: Account) -> dict[str, str]:
    """Why files were not checked; several sentences about one file are joined."""
    found: dict[str, list[str]] = {}
    for name, problem in account.unchecked:
        found.setdefault(name, []).append(problem)
    return {name: "; ".join(dict.fromkeys(problems)) for name, problems in found.items()}
