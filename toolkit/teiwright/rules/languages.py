"""Language tags: well-formed, registered, not deprecated, and documented where they are private (TEI Guidelines #CHSH,
#HD41; BCP 47).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teiwright.diagnostic import Diagnostic
from teiwright.document import Document
from teiwright.names import XML_LANG, shown
from teiwright.rules.finding import finding
from teiwright.rules.subtags import Tag, correction, is_registered, parse, registry, unregistered
from teiwright.rules.survey import Survey

# Attributes that TEI types as one teidata.language, or as several.
LISTS = frozenset("docLang otherLangs tags".split())
ATTRIBUTES = LISTS | {XML_LANG, "mainLang", "tag", "targetLang"}
Fault = tuple[str, str]  # code and message


def check(document: Document) -> Iterator[Diagnostic]:
    """A finding for each tag that is none, is not registered, is deprecated, or is private and not explained."""
    documented = _documented(document)
    faults: dict[str, list[Fault]] = {}
    asked: set[str] = set()
    for element, attribute, tag in tags(document):
        if tag not in faults:
            faults[tag] = [*faults_of(tag)]
        found = faults[tag]
        if attribute == XML_LANG and not found and tag not in asked:  # said once, of the first place
            asked.add(tag)
            found = _undocumented(tag, documented)
        for code, message in found:
            yield finding(document, element, code, f'@{shown(attribute)} "{tag}" {message}', attribute)


def tags(document: Document) -> Iterator[tuple[etree._Element, str, str]]:
    """Each language tag of a document's TEI elements: element, attribute (Clark name), tag. An empty xml:lang says that
    the language is not known (XML 1.0, 2.12).
    """
    survey = Survey.of(document)
    for attribute in ATTRIBUTES & survey.bearers.keys():
        for element, value in survey.bearers[attribute]:
            parts = value.split()
            tags_here = parts if attribute in LISTS else [" ".join(parts)] if parts else []
            yield from ((element, attribute, tag) for tag in dict.fromkeys(tags_here))
    for element in survey.elements.get("language", ()):
        if tag := element.get("ident", "").strip():
            yield element, "ident", tag


def faults_of(text: str) -> Iterator[Fault]:
    """What is wrong with a tag by itself.

    >>> [code for code, _ in faults_of("iw")], [code for code, _ in faults_of("en_US")]
    (['language-deprecated'], ['language-malformed'])
    """
    tag = parse(text)
    if tag is None:
        yield "language-malformed", "is no language tag of BCP 47" + (_hint(text) or '; expected a form like "de-AT"')
        return
    unknown = unregistered(text.lower(), tag)
    if unknown:
        kind, subtag = unknown[0]
        yield "language-unregistered", f'has the {kind} subtag "{subtag}", which is not registered{_hint(text)}'
        return
    yield from _deprecated(text.lower(), tag)
    yield from _misplaced(text.lower(), tag)


def _hint(text: str) -> str:
    likely = correction(text)
    return f'; did you mean "{likely}"?' if likely else ""


def _deprecated(text: str, tag: Tag) -> Iterator[Fault]:
    known = registry()
    named = [("grandfathered", text), ("tag", text), ("language", tag.language), ("region", tag.region)]
    named += [("extlang", part) for part in tag.extlangs] + [("variant", part) for part in tag.variants]
    for kind, part in named:
        preferred = known.preferred(kind, part)
        if preferred is not None:
            what = "is deprecated" if part == text else f'has the {kind} subtag "{part}", which is deprecated'
            yield "language-deprecated", what + (f'; expected "{preferred}"' if preferred else "")
            return


def _misplaced(text: str, tag: Tag) -> Iterator[Fault]:
    """Extlangs must, variants should stand behind one of their prefixes (RFC 5646, 2.2.2 and 2.2.5)."""
    known = registry()
    for kind, parts in (("extlang", tag.extlangs), ("variant", tag.variants)):
        for part in parts:
            prefixes = known.prefixes(kind, part)
            before = text.partition(f"-{part}")[0]
            if prefixes and not any(_is_within(before, prefix) for prefix in prefixes):
                expected = " or ".join(f'"{prefix}"' for prefix in prefixes[:3])
                code = "language-unregistered" if kind == "extlang" else "language-variant-prefix"
                yield code, f'has the {kind} subtag "{part}" without its prefix; expected {expected} before it'


def _is_within(tag: str, prefix: str) -> bool:
    """Whether a tag is a prefix or an extension of it, subtags between passed over ("de-AT" is within "de")."""
    subtags = iter(tag.split("-"))
    return all(part in subtags for part in prefix.split("-"))


def _documented(document: Document) -> frozenset[str]:
    """The tags that the header's language elements explain, in lower case."""
    languages = Survey.of(document).elements.get("language", ())
    idents = [ident.strip() for e in languages if (ident := e.get("ident"))]
    return frozenset(
        name.lower() for ident in idents for name in (ident, "" if is_registered(ident) else correction(ident)) if name
    )


def _undocumented(text: str, documented: frozenset[str]) -> list[Fault]:
    lower = text.lower()
    if any(lower == ident or lower.startswith(f"{ident}-") for ident in documented):
        return []
    if is_private(lower):
        message = 'is for private use; expected a "language" element in the header that explains it'
        return [("private-language-undocumented", message)]
    if documented:
        return [("language-undocumented", 'has no "language" element in the header, which lists others')]
    return []


def is_private(tag: str) -> bool:
    """Whether a tag in lower case means what only its users know."""
    return tag.startswith("x-") or "-x-" in tag or (len(tag.split("-")[0]) == 3 and "qaa" <= tag[:3] <= "qtz")
