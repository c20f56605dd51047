"""Which attributes TEI types as pointers (teidata.pointer, TEI 4.9), on which elements."""

from __future__ import annotations

from teiwright.names import XML_BASE

# Pointers on every element of TEI's that has the attribute.
EVERYWHERE = frozenset(
    """adj adjFrom adjTo ana calendar change children code copyOf corresp datcat datingMethod datingPoint decls domains
    edRef end exclude fVal facs feats filter follow fromUnit given hand inst lemmaRef mergedIn mutual next nymRef origin
    parent parts perf period prev property ref rendition replyTo resp sameAs scribeRef scriptRef select since source
    spanTo synch target targetDatcat targetEnd toUnit toWhom unitRef uri url valueDatcat who wit""".split()
) | {XML_BASE}
SPANS = frozenset("app arc rt span".split())
NODES = frozenset("eLeaf eTree iNode leaf node root triangle".split())
# Pointers on some elements and other things on others.
ON_SOME = {
    "active": frozenset(("relation",)),
    "class": frozenset("msContents msItem msItemStruct".split()),
    "from": SPANS,
    "location": frozenset(
        """case colloc def entryFree etym form gen gram gramGrp hom hyph iType lang lbl mood number oRef orth pRef per pos
        pron re sense subc syll tns usg xr""".split()
    ),
    "new": frozenset(("handShift",)),
    "passive": frozenset(("relation",)),
    "require": frozenset("lem rdg rdgGrp".split()),
    "scheme": frozenset("catRef classCode keywords locus locusGrp occupation socecStatus".split()),
    "start": frozenset(
        """annotationBlock binaryObject ellipsis gap incident kinesic line media path pause post surface u vocal writing
        zone""".split()
    ),
    "to": SPANS,
    "value": NODES,
    "where": frozenset(("conversion", "event", "move")),
}
# Elements on which the value may as well be a word (teidata.authority): only what looks like a pointer is one.
OR_WORDS = frozenset((("move", "where"),))


def is_pointer(element: str, attribute: str) -> bool:
    """Whether TEI types this attribute (Clark name) of this element (local name) as a pointer.

    >>> is_pointer("span", "from"), is_pointer("date", "from")
    (True, False)
    """
    return attribute in EVERYWHERE or element in ON_SOME.get(attribute, ())
