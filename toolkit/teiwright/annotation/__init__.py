"""Annotations that were made beside a text, merged into the TEI file that the text came from.

``reading`` understands them, ``layout`` knows where in the file each character stands, ``placing`` splits what crosses
mark-up, ``inline`` and ``beside`` write, ``proof`` compares. ``merging.annotate`` is all of it.
"""

from __future__ import annotations

from teiwright.annotation.merging import Annotated, annotate

__all__ = ["Annotated", "annotate"]
