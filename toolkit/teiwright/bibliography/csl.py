"""CSL-JSON: what Zotero, pandoc and all processors of the Citation Style Language read (schema csl-data.json 1.0.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from teiwright.bibliography.collection import collected, rows
from teiwright.bibliography.dates import date_of, of_csl, put_date
from teiwright.bibliography.item import CUSTOM, DATES, NAMES, PARTS_OF_NAMES, RARE, TEI_OF, TYPES, WORDS, Item
from teiwright.document import Document
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options

HELD = {name: name for name in TEI_OF}
REMARKS = {
    "type": "CSL's types, or Zotero's words for them; without @type the titles decide",
    "id": "an element without xml:id is called by its name and number",
    "contributor": "what they did is not held",
    "edtf": "as EDTF under custom",
    "page": "page-first too",
    "custom.edtf": "EDTF; CSL's own date says circa",
    "custom.use": "cited, quoted or named; not written back",
    "custom.cited-in": "note or passage, label and locator, further units; not written back",
    "custom.quoted-in": "note or passage; not written back",
    "custom.named-in": "note or passage; not written back",
    "custom.written": "its words stand in note too",
}
MAPPING = rows(HELD, REMARKS)
ALIASES = {
    "title-short": "shortTitle",
    "event-title": "event",
    "container-title-short": "journalAbbreviation",
}  # older names
SPACES = re.compile(r"[ \t\r\x85\u2028\u2029]+")
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)  # what XML has no characters for, and delete


def export(documents: Sequence[Document], options: Options) -> Exported:
    """The works of some documents as one array of items. Raises ToolkitError."""
    found = collected(documents, options)
    return Exported(written(found.items), found.unheld(HELD, REMARKS), found.messages)


def written(items: Sequence[Item]) -> str:
    """Items as JSON."""
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"


def read(text: str, source: str) -> list[Item]:
    """The items in some JSON: an array, one alone, or what Better BibTeX calls "items". Raises ExchangeError."""
    data = loaded(text, source)
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise ExchangeError(source, "is JSON, but not CSL-JSON", "expected an array of items")
    if data and not any({"title", "type", "id"} & one.keys() for one in data):
        raise ExchangeError(source, "is JSON, but not CSL-JSON", 'expected items with "type" and "title"')
    return [clean(one) for one in data]


def loaded(text: str, source: str) -> Any:
    """What some JSON says: an array of items, as far as it has one. Raises ExchangeError where it is no JSON."""
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ExchangeError(source, f"is not JSON: {_explained(error)}") from None
    except RecursionError:
        raise ExchangeError(source, "is nested too deeply to be a bibliography") from None
    if isinstance(data, dict):
        return data["items"] if isinstance(data.get("items"), list) else [data]
    return data


def _explained(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} in line {error.lineno}, column {error.colno}"
    return "a number in it is too long"


def clean(given: Item) -> Item:
    """An item of which every variable is of the kind that CSL has for it; whatever else it had is left out."""
    made: Item = {"id": words_of(given.get("id")), "type": str(given.get("type"))}
    if made["type"] not in TYPES:
        made["type"] = "article-journal" if given.get("container-title") and given.get("ISSN") else "document"
    for name in (*WORDS, *RARE):
        value = given.get(name, given.get(ALIASES.get(name, name)))
        if said := words_of(value, keeps_lines=name in ("note", "abstract", "annote")):
            made[name] = said
    if page := words_of(given.get("page-first")):
        made["page-first"] = page
    for name in NAMES:
        if people := [person for person in map(_person, _list(given.get(name))) if person]:
            made[name] = people
    for name in DATES:
        put_date(
            made,
            name,
            date_of(given, name)
            if isinstance(given.get("custom"), dict) and isinstance(given["custom"].get("edtf"), dict)
            else of_csl(given.get(name)),
        )
    for name in DATES:
        if "literal" in made.get(name, ()):
            made[name] = {"literal": words_of(made[name]["literal"])}
    if own := _custom(given.get("custom")):
        made["custom"] = {**own, **made.pop("custom", {})}
    return made


def words_of(value: Any, keeps_lines: bool = False) -> str:
    """A value as words: numbers as they are written, white space folded, what XML cannot hold left out."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    lines = [SPACES.sub(" ", line).strip(" ") for line in INVISIBLE.sub("", str(value)).split("\n")]
    return "\n".join(filter(None, lines)) if keeps_lines else " ".join(filter(None, lines))


def said_in(element: etree._Element) -> str:
    """The words of an element; unlike those that Document has, with spaces that do not break."""
    return words_of("".join(map(str, element.itertext())))


def _person(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {"literal": words_of(value)} if words_of(value) else {}
    parts = {name: said for name in PARTS_OF_NAMES if (said := words_of(value.get(name)))}
    if "family" not in parts and "literal" not in parts and parts:
        return {"literal": " ".join(parts.values())}
    return {"literal": parts["literal"]} if "literal" in parts else parts


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _custom(value: Any) -> Item:
    """What of "custom" is ours, each part of the kind it has to be; dates apart."""
    if not isinstance(value, dict):
        return {}
    made: Item = {name: said for name in ("kind", "within", "use") if (said := words_of(value.get(name)))}
    for name in ("subtitles", "languages", "written"):
        if isinstance(value.get(name), dict) and (parts := _all_words(value[name])):
            made[name] = parts
    for name in ("titles", "scopes", "pages", "identifiers", "notes", "cited-in", "quoted-in", "named-in"):
        if several := [parts for one in _list(value.get(name)) if isinstance(one, dict) and (parts := _all_words(one))]:
            made[name] = several
    return {name: made[name] for name in CUSTOM if name in made}


def _all_words(parts: dict[Any, Any]) -> dict[str, str]:
    return {words_of(name): said for name, value in parts.items() if (said := words_of(value))}
