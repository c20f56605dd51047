"""The formats that are made of the page: what each is called, and what can be asked for."""

from __future__ import annotations

from typing import NamedTuple

from teiwright.reading.options import CHOICES

OF_PAGE = ("language", "witness")  # parameters that html.xsl takes and that change the words


class Format(NamedTuple):
    """A format that is made of the page."""

    name: str
    extension: str
    description: str
    parameters: tuple[str, ...]


FORMATS = {
    made.name: made
    for made in (
        Format("text", ".txt", "plain reading text, notes at the end", (*CHOICES, "width", "offsets", *OF_PAGE)),
        Format(
            "markdown", ".md", "the same as Markdown, with notes and tables as pandoc reads them", (*CHOICES, *OF_PAGE)
        ),
        Format(
            "json",
            ".json",
            "the structure of the text for programs: blocks, what runs on in them, notes",
            (*CHOICES, *OF_PAGE),
        ),
    )
}
