"""The codes of all rules: for each the rule that emits it, and its severity."""

from __future__ import annotations

from teiwright.diagnostic import Severity

INFORMATION, WARNING, ERROR = Severity.INFORMATION, Severity.WARNING, Severity.ERROR

CODES = {
    "duplicate-id": ("rules.identifiers", ERROR),
    "malformed-id": ("rules.identifiers", ERROR),
    "pointer-empty": ("rules.pointers", ERROR),
    "pointer-malformed": ("rules.pointers", ERROR),
    "pointer-outside-project": ("rules.pointers", WARNING),
    "pointer-prefix-mismatch": ("rules.pointers", ERROR),
    "pointer-prefix-undeclared": ("rules.pointers", WARNING),
    "pointer-scheme-unknown": ("rules.pointers", WARNING),
    "pointer-without-file": ("rules.pointers", ERROR),
    "pointer-without-target": ("rules.pointers", ERROR),
    "prefix-malformed": ("rules.pointers", ERROR),
    "resource-absent": ("rules.pointers", WARNING),
    "record-double": ("rules.records", WARNING),
    "record-unused": ("rules.records", INFORMATION),
    "calendars-disagree": ("rules.dates", ERROR),
    "date-contradicts-words": ("rules.dates", WARNING),
    "gregorian-missing": ("rules.dates", INFORMATION),
    "no-such-day": ("rules.dates", ERROR),
    "old-style-missing": ("rules.dates", INFORMATION),
    "old-style-value": ("rules.dates", ERROR),
    "range-reversed": ("rules.dates", ERROR),
    "weekday-wrong": ("rules.dates", WARNING),
    "language-deprecated": ("rules.languages", WARNING),
    "language-malformed": ("rules.languages", ERROR),
    "language-undocumented": ("rules.languages", INFORMATION),
    "language-unregistered": ("rules.languages", WARNING),
    "language-variant-prefix": ("rules.languages", INFORMATION),
    "private-language-undocumented": ("rules.languages", WARNING),
    "tag-usage-count": ("rules.tag_usage", ERROR),
    "tag-usage-missing": ("rules.tag_usage", ERROR),
    "deprecated": ("rules.deprecations", WARNING),
    "tei-p4": ("rules.deprecations", WARNING),
}
