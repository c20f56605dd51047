"""Makes toolkit/teiwright/rules/subtags.txt anew: python tests/subtag_table.py language-subtag-registry > subtags.txt

The argument is IANA's registry as it is published (https://www.iana.org/assignments/language-subtag-registry), in the
record-jar format of RFC 5646, 3.1.1.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

HEAD = """\
# Language subtags, from the IANA Language Subtag Registry (BCP 47; RFC 5646, 3), file date {date}.
# Facts only, in lower case: "subtag=prefix,prefix" for extlang and variant, "kind:subtag=preferred" for deprecated ones.
# Made by tests/subtag_table.py.
"""
Record = dict[str, list[str]]


def records(registry: str) -> Iterator[Record]:
    """The records of a registry: fields by name, each with all its values; folded lines are joined."""
    for block in re.sub(r"\n[ \t]+", " ", registry.replace("\r\n", "\n")).split("\n%%\n"):
        record: Record = {}
        for line in block.strip().splitlines():
            name, _, value = line.partition(":")
            record.setdefault(name, []).append(value.strip())
        yield record


def table(registry: str) -> str:
    """The text of subtags.txt."""
    found: dict[str, list[str]] = {kind: [] for kind in ("language", "extlang", "script", "region", "variant")}
    found |= {"grandfathered": [], "deprecated": []}
    date = ""
    for record in records(registry):
        date = record.get("File-Date", [date])[0]
        if "Type" in record:
            _enter(record, found)
    lines = [
        textwrap.fill(" ".join(entries), 120, break_on_hyphens=False, break_long_words=False)
        for entries in found.values()
    ]
    return HEAD.format(date=date) + "".join(f"\n{kind}\n{line}\n" for kind, line in zip(found, lines, strict=True))


def _enter(record: Record, found: dict[str, list[str]]) -> None:
    kind = record["Type"][0]
    (name,) = record.get("Subtag") or record["Tag"]
    name = name.lower()
    prefixes = ",".join(record.get("Prefix", [])).lower()
    if kind in found:
        found[kind].append(f"{name}={prefixes}" if prefixes else name)
    if "Deprecated" in record:
        preferred = record.get("Preferred-Value", [""])[0].lower()
        found["deprecated"].append(
            f"{kind if kind in found else 'tag'}:{name}" + (f"={preferred}" if preferred else "")
        )


if __name__ == "__main__":
    sys.stdout.write(table(Path(sys.argv[1]).read_text(encoding="utf-8")))
