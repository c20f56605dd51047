"""What the labels of programs that find names mean in TEI."""

from __future__ import annotations

import re

from teiwright.corpora.vocabulary import ANNOTATIONS

# Labels of OntoNotes 5 (spaCy, Stanza), CoNLL 2003, Universal NER, and words that people use.
ELEMENTS = {
    label: element
    for element, labels in {
        "persName": "PER PERSON PERS",
        "orgName": "ORG ORGANIZATION ORGANISATION",
        "placeName": "LOC LOCATION GPE PLACE FAC FACILITY",
        "geogName": "GEO",
        "date": "DATE",
        "time": "TIME",
        "measure": "MONEY PERCENT QUANTITY",
        "num": "CARDINAL ORDINAL NUMBER",
        "title": "WORK_OF_ART WORK TITLE",
        "eventName": "EVENT",
        "objectName": "PRODUCT OBJECT",
    }.items()
    for label in labels.split()
}


def meant(label: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The element for a label, and its attributes: one of TEI's own by its name, one that is known, else a reference string
    with the label as its type.

    >>> meant("PER"), meant("date"), meant("Disease")
    (('persName', ()), ('date', ()), ('rs', (('type', 'Disease'),)))
    """
    if label in ANNOTATIONS:
        return label, ()
    if label in ELEMENTS:
        return ELEMENTS[label], ()
    word = re.sub(r"[^\w.\-]+", "_", label).strip("_-.") or "unknown"
    return "rs", (("type", word if not word[0].isdigit() else f"_{word}"),)
