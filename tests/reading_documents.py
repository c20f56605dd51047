"""Documents made up for the laws of reading formats: blocks in blocks, notes, and words that look like mark-up."""

from __future__ import annotations

import functools
import json
import re
import subprocess
from typing import Any
from xml.sax.saxutils import escape

from hypothesis import strategies as st

# Characters that Markdown, pandoc or XML could take for something else, and ordinary ones.
ODD = [*"*_`#+-.!|~^$@<>[](){}&:=%\"'\\/?;,0123456789", "--", "...", "1.", "a)", "(i)", "&amp;", "==", "http://a.b"]
PLAIN = [
    "word",
    "Wort",
    "słowo",
    "слово",
    "λόγος",
    "日本",
    "שלום",
    "e\u0301",
    "don't",
    "“so”",
    "A.",
    "I.",
    "\u00a0",
    "№",
]
TOKENS = st.sampled_from(ODD + PLAIN)


@st.composite
def words(draw: st.DrawFn) -> str:
    """Some tokens with spaces between them or without."""
    parts = draw(st.lists(TOKENS, min_size=1, max_size=6))
    return escape("".join(part + draw(st.sampled_from(["", " ", "\n  "])) for part in parts))


INLINES = [
    "hi",
    'hi rend="italic"',
    'hi rend="bold"',
    'hi rend="sup"',
    "foreign",
    "persName",
    "code",
    "q",
    "title",
    "seg",
]


@st.composite
def running(draw: st.DrawFn, depth: int = 2) -> str:
    """What runs on in a line: words, elements, breaks, notes."""
    parts = [draw(words())]
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        kind = draw(st.sampled_from(["inline", "inline", "lb", "note", "link"]))
        inside = draw(running(depth - 1))
        if kind == "inline":
            name = draw(st.sampled_from(INLINES))
            parts.append(f"<{name}>{inside}</{name.split()[0]}>")
        elif kind == "link":
            parts.append(f'<ref target="https://example.org/a_(b)">{inside}</ref>')
        else:
            parts.append("<lb/>" if kind == "lb" else f"<note>{inside}</note>")
        parts.append(draw(words()))
    return "".join(parts)


@st.composite
def block(draw: st.DrawFn, depth: int = 2) -> str:
    """A block, perhaps with others in it."""
    kinds = ["p", "p", "verse", "speech"] + (
        ["list", "numbered", "gloss", "quote", "div", "table", "note"] if depth else []
    )
    kind = draw(st.sampled_from(kinds))
    if kind == "p":
        return f"<p>{draw(running())}</p>"
    if kind == "verse":
        return "<lg>" + "".join(f"<l>{draw(running(1))}</l>" for _ in range(draw(st.integers(1, 3)))) + "</lg>"
    if kind == "speech":
        return f"<sp><speaker>{draw(words())}</speaker><stage>{draw(words())}</stage><p>{draw(running(1))}</p></sp>"
    if kind == "table":
        rows = range(draw(st.integers(1, 3)))
        return (
            "<table>"
            + "".join(f"<row><cell>{draw(running(1))}</cell><cell>{draw(words())}</cell></row>" for _ in rows)
            + "</table>"
        )
    if kind == "note":
        return f"<p>{draw(words())}<note>{draw(block(depth - 1))}</note></p>"
    inside = [draw(block(depth - 1)) for _ in range(draw(st.integers(1, 2)))]
    if kind == "div":
        return f"<div><head>{draw(running(1))}</head>{''.join(inside)}</div>"
    if kind == "quote":
        return f"<quote>{''.join(inside)}</quote>"
    if kind == "gloss":
        return (
            '<list type="gloss">'
            + "".join(f"<label>{draw(words())}</label><item>{part}</item>" for part in inside)
            + "</list>"
        )
    rend = ' rend="numbered"' if kind == "numbered" else ""
    return f"<list{rend}>" + "".join(f"<item>{part}</item>" for part in inside) + "</list>"


BODIES = st.lists(block(), min_size=1, max_size=3).map("".join)


# -- what pandoc reads ------------------------------------------------------------------------------------------------


@functools.cache
def pandoc() -> str | None:
    """The path of pandoc's program; None where it is not installed."""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return None


def read_by_pandoc(text: str, reader: str = "markdown-smart") -> str:
    """The words that pandoc finds in some Markdown, each block in a line, notes at the end."""
    run = subprocess.run(
        [str(pandoc()), "-f", reader, "-t", "json"], input=text.encode(), capture_output=True, check=True
    )
    found: list[str] = []
    notes: list[str] = []
    _gather(json.loads(run.stdout)["blocks"], found, notes)
    return "".join([*found, *notes])


OWN = re.compile(r"</?(?:em|strong|del)>|<!-- -->")  # what is written as HTML where Markdown cannot
INNER = {"Link": 1, "Image": 1, "Span": 1, "Div": 1, "Quoted": 1, "Cite": 1, "Header": 2, "OrderedList": 1, "Figure": 2}


def _gather(node: Any, found: list[str], notes: list[str]) -> None:
    if isinstance(node, list):
        for child in node:
            _gather(child, found, notes)
        return
    if not isinstance(node, dict):
        return
    kind, content = node.get("t"), node.get("c")
    if kind == "Str":
        found.append(content)
    elif kind in ("Space", "SoftBreak", "LineBreak"):
        found.append(" ")
    elif kind in ("Code", "CodeBlock", "Math"):
        found.append(content[-1])
    elif kind in ("RawInline", "RawBlock"):
        found.append("" if OWN.fullmatch(content[1]) else f" not ours: {content[1]} ")
    elif kind == "Table":
        _gather_table(content, found, notes)
    elif kind in ("LineBlock", "DefinitionList"):
        for part in content:
            for piece in part if kind == "DefinitionList" else [part]:
                _gather(piece, found, notes)
                found.append("\n")
    elif kind == "Note":
        inside: list[str] = []
        _gather(content, inside, notes)
        notes.extend(["\n", *inside])
    else:
        _gather(content[INNER[kind]] if kind in INNER else content, found, notes)
    if kind in BLOCKS:
        found.append("\n")


BLOCKS = {"Para", "Plain", "Header", "CodeBlock", "LineBlock", "DefinitionList", "Div"}


def _gather_table(content: Any, found: list[str], notes: list[str]) -> None:
    _, caption, _, head, bodies, foot = content
    _gather(caption, found, notes)
    rows = [*head[1], *(row for part in bodies for row in (*part[2], *part[3])), *foot[1]]
    for row in rows:
        for cell in row[1]:
            _gather(cell[4], found, notes)
            found.append("\n")
