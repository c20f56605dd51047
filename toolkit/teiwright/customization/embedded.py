"""RELAX NG embedded in an ODD's content or datatype, as it was written before Pure ODD (TEI Guidelines #TDTAGCONT)."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from teiwright.customization.content import (
    EMPTY,
    NOT_ALLOWED,
    TEXT,
    Data,
    ListOf,
    Pattern,
    Use,
    Value,
    choice,
    group,
    interleave,
    repeat,
)
from teiwright.customization.datatypes import fault
from teiwright.errors import SchemaError
from teiwright.names import RELAXNG, shown

Locate = Callable[[etree._Element], str]
OCCURS: dict[str, tuple[int, int | None]] = {"optional": (0, 1), "zeroOrMore": (0, None), "oneOrMore": (1, None)}
LEAVES = {"text": TEXT, "empty": EMPTY, "notAllowed": NOT_ALLOWED}


def pattern(element: etree._Element, locate: Locate, depth: int) -> Pattern:
    """The pattern an element of RELAX NG means; ``depth`` levels may still follow. Raises SchemaError."""
    name = etree.QName(element).localname
    if depth < 0:
        raise SchemaError(locate(element), "the RELAX NG in a declaration is nested too deeply")
    if name in LEAVES:
        return LEAVES[name]
    if name == "ref":
        return Use("name", element.get("name", "").strip(), locate(element))
    if name == "value":
        return Value(" ".join((element.text or "").split()))
    if name == "data":
        params = element.findall(f"{{{RELAXNG}}}param")
        data = Data(element.get("type", ""), tuple((p.get("name", ""), p.text or "") for p in params))
        if problem := fault(data):
            raise SchemaError(locate(element), problem)
        return data
    items = [pattern(c, locate, depth - 1) for c in element.iterchildren(f"{{{RELAXNG}}}*")]
    return _combined(name, items, element, locate)


def _combined(name: str, items: list[Pattern], element: etree._Element, locate: Locate) -> Pattern:
    if name in OCCURS:
        return repeat(group(*items), *OCCURS[name])
    if name == "choice":
        return choice(*items)
    if name == "interleave":
        return interleave(*items)
    if name == "mixed":
        return interleave(TEXT, group(*items))
    if name == "list":
        return ListOf(group(*items))
    if name in ("group", "div"):
        return group(*items)
    raise SchemaError(
        locate(element),
        f'"{shown(element.tag)}" in a content model is not supported',
        "declare the element by an elementSpec and refer to it",
    )
