"""What no grammar sees, one module per concern.

A rule is a function from a Document to its Diagnostics. ``RULES`` lists all that ``validate`` runs,
by the name their findings carry as origin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from teiwright.diagnostic import Diagnostic
from teiwright.document import Document
from teiwright.rules.dates import check_dates
from teiwright.rules.identifiers import check_identifiers
from teiwright.rules.pointers import check_pointers
from teiwright.rules.tag_usage import check_tag_usage

Rule = Callable[[Document], Iterable[Diagnostic]]

RULES: dict[str, Rule] = {
    "rules.identifiers": check_identifiers,
    "rules.pointers": check_pointers,
    "rules.dates": check_dates,
    "rules.tag_usage": check_tag_usage,
}

__all__ = ["RULES", "Rule"]
