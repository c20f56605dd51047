"""What somebody may have meant who wrote a name that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 80  # characters; nobody means a name who writes more


def hint(word: str, known: Iterable[str]) -> str:
    """A question for the end of a sentence; empty where no known name is near.

    >>> hint("date-revresed", ["date-reversed", "not-tei"])
    'did you mean "date-reversed"?'
    >>> hint("nothing", ["date-reversed"])
    ''
    """
    from difflib import get_close_matches  # not needed as long as all is well

    near = get_close_matches(word, list(known), n=1) if len(word) <= LONGEST else []
    return f'did you mean "{near[0]}"?' if near else ""
