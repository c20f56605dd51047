"""What elements of HTML and classes of the page mean to a text: tables, and nothing else."""

from __future__ import annotations

from teiwright.reading.page import html

LEFT_OUT = frozenset(
    map(html, ("head", "script", "style", "template", "input", "button", "select", "fieldset", "nav", "colgroup"))
)
BLOCKS = {
    html(tag): kind
    for kind, tags in {
        "heading": "h1 h2 h3 h4 h5 h6",
        "paragraph": "p summary legend",
        "group": "div article header main footer details aside address center form",
        "section": "section",
        "lines": "hgroup",
        "quotation": "blockquote",
        "figure": "figure",
        "caption": "figcaption caption",
        "list": "ul ol menu",
        "item": "li",
        "definitions": "dl",
        "term": "dt",
        "definition": "dd",
        "table": "table",
        "row": "tr",
        "cell": "td th",
        "preformatted": "pre",
        "rule": "hr",
        "rows": "thead tbody tfoot",
    }.items()
    for tag in tags.split()
}
LEAVES = frozenset(("heading", "paragraph", "term"))  # hold no blocks, by HTML
MARKS = {
    html(tag): mark
    for mark, tags in {
        "emphasis": "i em cite dfn var",
        "strong": "b strong",
        "code": "code kbd samp tt",
        "superscript": "sup",
        "subscript": "sub",
        "deleted": "s strike del",
        "underlined": "u",
    }.items()
    for tag in tags.split()
}
CLASS_MARKS = {
    "foreign": "emphasis", "mentioned": "emphasis", "stage": "emphasis", "rend-italic": "emphasis", "rend-bold": "strong",
    "rend-small-caps": "small-capitals", "rend-underline": "underlined", "rend-strike": "deleted",
    "rend-super": "superscript", "rend-sub": "subscript",
}  # fmt: skip
CLASS_KINDS = {
    "l": "verse", "lg": "stanza", "sp": "speech", "speaker": "speaker", "stage": "stage", "subhead": "subheading",
    "epigraph": "quotation", "address": "lines", "opener": "lines", "closer": "lines", "castList": "lines",
    "castGroup": "lines", "titlePage": "group", "docTitle": "lines", "docImprint": "lines", "div": "section",
}  # fmt: skip
LINES_IN_SPANS = frozenset(("addrLine", "dateline", "signed", "salute"))  # in an address, an opener or a closer
PARTS = frozenset(("pb", "cb", "gb", "milestone"))
# What the page adds for those who can follow links or compare; a text has nothing to do with it.
FOR_THE_SCREEN = frozenset(
    ("edition", "new-style", "source", "works", "see", "skip", "line-number", "untitled", "drawn")
)
TRANSCRIBED = frozenset(("choice-sic", "choice-orig", "choice-abbr"))  # readings in a choice that are the source's own
A, BR, IMG, Q, DEL, INS, SVG = (*map(html, "a br img q del ins".split()), "{http://www.w3.org/2000/svg}svg")
MATH = "{http://www.w3.org/1998/Math/MathML}math"
LINES = frozenset(("paragraph", "group", "verse"))
OF_TABLES = frozenset(("table", "row", "rows"))
PLAIN = frozenset(("paragraph", "group", "section"))  # kinds that a class says more about
SINGLE = LEAVES | {"subheading", "verse", "speaker", "stage", "caption"}
