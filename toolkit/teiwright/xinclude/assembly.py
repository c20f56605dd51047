"""A document as whatever is made of it needs it: with all that it includes, and with pointers that hold from there."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote, unquote, urljoin, urlsplit

from teiwright.diagnostic import Severity
from teiwright.document import Document
from teiwright.errors import DocumentError
from teiwright.names import XML_BASE
from teiwright.xinclude import Composition, composed, includes
from teiwright.xinclude.origins import Composed
from teiwright.xinclude.parts import NAMESPACE

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")


def assembled(document: Document) -> Composition:
    """A document with what it includes, if it includes anything, and what there is to remark on. Raises DocumentError
    where something cannot be included and nothing takes its place, in the words of ``teiwright validate``.

    Where a part has another base address, its pointers to the parts of the document become pointers within it, those
    to files become such as hold from the document, and the base address goes (XInclude 1.1, section 4.7.5).
    """
    if NAMESPACE not in document.text or not includes(document):
        return Composition(document, ())
    made = composed(document)
    errors = [fault for fault in made.faults if fault.severity >= Severity.ERROR]
    if errors:
        more = f'{len(errors) - 1} more cannot be included: "teiwright validate" names them' if errors[1:] else ""
        raise DocumentError(str(errors[0].location), errors[0].message, more, errors[0])
    if isinstance(made.document, Composed):
        _settle(made.document)
    return made


def _settle(document: Composed) -> None:
    """Has all pointers hold from the document."""
    from teiwright.rules.pointers import pointers

    addresses = frozenset(source.uri for source in document.sources)
    settled = [
        (element, attribute, _settled(value, element.base or document.uri, document.uri, addresses, document.ids))
        for element, attribute, value in pointers(document)
    ]
    for element, attribute, value in settled:
        element.set(attribute, value)
    based = [element for element in document.elements() if element.get(XML_BASE) is not None]
    for element in [one for one in based if urlsplit(one.base or "").scheme == "file"]:
        del element.attrib[XML_BASE]


def _settled(value: str, base: str, home: str, parts: frozenset[str], ids: Mapping[str, str]) -> str:
    """One or several pointers that hold at a base address, as they are written where the document is."""
    return re.sub(r"\S+", lambda found: _pointer(found[0], base, home, parts, ids), value)


def _pointer(pointer: str, base: str, home: str, parts: frozenset[str], ids: Mapping[str, str]) -> str:
    if pointer.startswith("#") or SCHEME.match(pointer) or urlsplit(base).scheme != "file":
        return pointer
    try:
        address, _, fragment = urljoin(base, pointer).partition("#")
    except ValueError:
        return pointer
    if address in parts and unquote(fragment) in ids:
        return f"#{fragment}"
    if posixpath.dirname(base) == posixpath.dirname(home):
        return pointer
    there = os.path.relpath(unquote(urlsplit(address).path), posixpath.dirname(unquote(urlsplit(home).path)))
    return f"{quote(there)}#{fragment}" if fragment else quote(there)
