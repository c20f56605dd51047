"""A badge: how many points are held, not held and open, as a picture that can be read aloud (SVG 1.1, WAI-ARIA graphics)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from teiwright.conformance.answers import Review, Verdict

# Dark enough for white letters (contrast of 4.5 and more, WCAG 2.2, 1.4.3), and of different shape, not only of colour.
PARTS = (
    (Verdict.HELD, "held", "#1b6e3c"),
    (Verdict.NOT_HELD, "not held", "#a3271f"),
    (Verdict.OPEN, "open", "#4b5a6b"),
)
HEIGHT, LETTER, PADDING = 24, 7, 8  # in pixels; a letter of 12 pixels is about seven wide
LABEL = ("TEI review", "#1f2933")


def badge(reviews: Sequence[Review]) -> str:
    """The badge of some reviews together."""
    counts = {
        verdict: sum(review.count(verdict) + review.count(verdict, five=True) for review in reviews)
        for verdict in Verdict
    }
    parts = [LABEL, *((f"{counts[verdict]} {word}", colour) for verdict, word, colour in PARTS)]
    title = f"{LABEL[0]}: {', '.join(words for words, _ in parts[1:])}"
    width, drawn = 0, []
    for words, colour in parts:
        size = len(words) * LETTER + 2 * PADDING
        drawn.append(_part(words, colour, width, size))
        width += size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" role="img" '
        f'aria-labelledby="title"><title id="title">{escape(title)}</title>'
        f'<g font-family="Verdana, DejaVu Sans, sans-serif" font-size="12" fill="#fff" text-anchor="middle">{"".join(drawn)}</g></svg>\n'
    )


def _part(words: str, colour: str, left: int, size: int) -> str:
    text = f'<text x="{left + size // 2}" y="16" textLength="{len(words) * LETTER}">{escape(words)}</text>'
    return f'<rect x="{left}" width="{size}" height="{HEIGHT}" fill="{colour}"/>{text}'
