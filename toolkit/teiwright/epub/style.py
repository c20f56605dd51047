"""The style of a book: the page's own rules, without what only a browser understands or a reading system decides.

Reading systems set paper, ink and measure, and have their own night mode; so no colour of the page is kept that would
be lost on another paper. Some of them drop a whole style sheet for one rule that they cannot read; so rules that ask
questions (``:has``, ``@media``, ``@supports``) stay out, and variables become their values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,[^()]*)?\)")
NIGHT = re.compile(r"light-dark\((?:[^()]|\([^()]*\))*\)")  # a colour for day and one for night
BARRED = re.compile(
    r"(?<![\w-])(?:direction|unicode-bidi)\s*:[^;{}]*;?\s*"
)  # HTML's dir says it (EPUB 3.3, CSS requirements)
DECLARED = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+)")
ASKING = re.compile(
    r":has\(|:root|:target|:focus|:hover|::target-text|@|\.side\b|\.skip\b|\.permalink\b|\.options\b|^body\b|^html\b|^main\b"
)
COLOURS = {
    "--paper": "transparent",
    "--ink": "inherit",
    "--soft": "inherit",
    "--link": "inherit",
    "--rule": "#999",
    "--hair": "#999",
    "--dots": "#999",
    "--tint": "transparent",
    "--mark": "transparent",
    "--serif": "serif",
    "--sans": "sans-serif",
    "--gutter": "0",
}


def book_style(page_style: str, own: str) -> str:
    """The style sheet of a book, from that of the page and the book's own rules, which come last."""
    css = COMMENT.sub("", page_style)
    values = {**dict(DECLARED.findall(css)), **COLOURS}
    kept = (f"{selector} {{ {body} }}" for selector, body in rules(css) if not ASKING.search(selector))
    return "\n".join([*(_literal(rule, values) for rule in kept), COMMENT.sub("", own).strip(), ""])


def rules(css: str) -> Iterator[tuple[str, str]]:
    """The rules at the top of a style sheet: what stands before the braces, and in them."""
    start = depth = opened = 0
    for match in re.finditer(r"[{}]", css):
        if match[0] == "{":
            opened = match.end() if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield " ".join(css[start : opened - 1].split()), " ".join(css[opened : match.start()].split())
                start = match.end()


def _literal(rule: str, values: dict[str, str]) -> str:
    for _ in range(4):  # a value may name another variable
        if "var(" not in rule:
            break
        rule = VARIABLE.sub(lambda match: values.get(match[1], "inherit").strip(), rule)
    return BARRED.sub("", NIGHT.sub("inherit", rule))
