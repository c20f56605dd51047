"""The header's counts of elements agree with the text (TEI Guidelines #HD57)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from teiwright.diagnostic import Diagnostic
from teiwright.document import Document
from teiwright.names import TEI, shown, tei
from teiwright.rules.finding import finding
from teiwright.rules.survey import Survey


def check(document: Document) -> Iterator[Diagnostic]:
    """A finding for each count that is wrong, and for each element of the text that a complete list leaves out."""
    for namespace in Survey.of(document).elements.get("namespace", ()):
        uri = namespace.get("name", TEI)
        counted = _counted(namespace, uri)
        listed = {usage.get("gi", ""): usage for usage in namespace.iterfind(tei("tagUsage"))}
        for name, usage in listed.items():
            yield from _wrong_counts(document, usage, counted[name])
        if listed and namespace.get("partial", "false") in ("false", "0"):
            for name in sorted(counted.keys() - listed.keys()):
                message = f'the text has {counted[name]} of "{name}", which tagsDecl does not list'
                yield finding(document, namespace, "tag-usage-missing", message)


def _counted(namespace: etree._Element, uri: str) -> Counter[str]:
    """How often each element of a namespace occurs in the text, or in a corpus the texts, that the header belongs to."""
    header = next(namespace.iterancestors(tei("teiHeader")), None)
    beside = header.itersiblings(etree.Element) if header is not None else iter(())
    texts = (t for s in beside for t in s.iter(tei("text")) if next(t.iterancestors(tei("text")), None) is None)
    names = (etree.QName(e) for text in texts for e in text.iter(etree.Element))
    return Counter(name.localname for name in names if name.namespace == uri)


def _wrong_counts(document: Document, usage: etree._Element, found: int) -> Iterator[Diagnostic]:
    stated = usage.get("occurs")
    if stated is not None and stated.isdecimal() and stated.lstrip("0") != str(found).lstrip("0"):
        message = f'tagUsage says {stated} of "{shown(usage.get("gi", ""))}"; the text has {found}'
        yield finding(document, usage, "tag-usage-count", message, "occurs")
