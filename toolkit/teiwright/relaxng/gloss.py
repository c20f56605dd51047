"""What a schema's documentation calls an element: the words in brackets with which TEI's begins."""

from __future__ import annotations

import re

LONGEST = 40  # characters; what is longer explains rather than names
GLOSS = r"\s*\(([^\W\d_][\w\s'’,/-]*)\)"


def gloss_in(documentation: str) -> str:
    """The gloss with which a text begins; "" where it does not.

    >>> gloss_in("(personal name) contains a proper noun or proper-noun phrase. [14.2.1.]")
    'personal name'
    """
    found = re.match(GLOSS, documentation)
    gloss = " ".join(found[1].split()) if found else ""
    return gloss if len(gloss) <= LONGEST else ""
