"""The schemas that documents can be converted to, and that annotated documents are held against."""

from __future__ import annotations

from pathlib import Path

from teiwright.errors import ExchangeError
from teiwright.schema import Schema
from teiwright.spelling import hint

FOLDER = Path(__file__).parent / "schemas"
TARGETS = ("tei_all", "tei_lite", "tei_simplePrint")


def schema(name: str) -> Schema:
    """The schema of a name. Raises ExchangeError for another."""
    if name not in TARGETS:
        raise ExchangeError(
            "", f'there is no "{name}" to convert to', hint(name, TARGETS) or f"there are {', '.join(TARGETS)}"
        )
    return Schema.load(FOLDER / f"{name}.rng")
