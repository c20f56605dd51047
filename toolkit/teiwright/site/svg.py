"""Drawings: elements of SVG that take their colours from the style sheet."""

from __future__ import annotations

from lxml import etree

from teiwright.site.markup import Content, append, make


def drawing(width: float, height: float, name: str, *content: Content, kind: str = "") -> etree._Element:
    """A drawing of some width and height in pixels, with its name for those who do not see it, in a box that scrolls where the
    page is narrower.
    """
    svg = make(
        "svg",
        {
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "width": number(width),
            "height": number(height),
            "role": "group",
            "aria-label": name,
        },
        make("title", {}, name),
    )
    append(svg, *content)
    return make("div", {"class": f"drawing {kind}".strip(), "tabindex": "0", "role": "region", "aria-label": name}, svg)


def circle(x: float, y: float, radius: float, kind: str) -> etree._Element:
    """A circle."""
    return make("circle", {"cx": number(x), "cy": number(y), "r": number(radius), "class": kind})


def line(x1: float, y1: float, x2: float, y2: float, kind: str, width: float | None = None) -> etree._Element:
    """A straight line."""
    ends = {"x1": number(x1), "y1": number(y1), "x2": number(x2), "y2": number(y2), "class": kind}
    return make("line", {**ends, "stroke-width": None if width is None else number(width)})


def words(x: float, y: float, text: str, kind: str, anchor: str = "start", turn: float | None = None) -> etree._Element:
    """Words at a place, turned around it by some degrees."""
    attributes = {"x": number(x), "y": number(y), "class": kind, "text-anchor": anchor, "paint-order": "stroke"}
    return make(
        "text",
        {**attributes, "transform": None if turn is None else f"rotate({number(turn)} {number(x)} {number(y)})"},
        text,
    )


def linked(href: str, *content: Content) -> etree._Element:
    """A part of a drawing that is a link."""
    return make("a", {"href": href}, *content)


def number(value: float) -> str:
    """A number for SVG, to a tenth.

    >>> number(2.04), number(3.96), number(-0.01)
    ('2', '4', '0')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
