"""The page of findings: for each source what validation found, where, and what the code means."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path

from teiwright import explanation
from teiwright.explanation import UnknownCodeError
from teiwright.reporting.excerpt import Excerpt
from teiwright.reporting.legible import one_line, printable
from teiwright.serving.inspection import Finding, Verdict, tally
from teiwright.serving.page import digest, script

MOST = 500  # findings of one document that are shown


def findings_page(verdicts: Iterable[Verdict], fault: str = "") -> str:
    """The page; ``fault`` says why the site is not up to date ("": it is)."""
    verdicts = tuple(verdicts)
    return _page("Findings", tally(verdicts), "".join(_parts(verdicts, fault)))


def notice_page(title: str, words: str) -> str:
    """A page that says one thing: that the site is being built, or that something is not there."""
    return _page(title, words, "")


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet of these pages."""
    return (Path(__file__).parent / "findings.css").read_text(encoding="utf-8")


def policy() -> str:
    """Their content security policy."""
    return f"default-src 'none'; style-src {digest(style())}; script-src {digest(script())}; connect-src 'self'; base-uri 'none'; form-action 'none'"


def _page(title: str, words: str, content: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="UTF-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}: {escape(words)}</title><style>{style()}</style></head><body>"
        f'<main><h1>{escape(title)}</h1><p>{escape(words)}</p><p><a href="/">To the site</a></p>{content}</main></body></html>\n'
    )


def _parts(verdicts: Sequence[Verdict], fault: str) -> Iterator[str]:
    if fault:
        yield f'<p class="fault">{_words(fault)}</p>'
    for number, verdict in enumerate(verdicts, 1):
        yield f'<h2 id="document-{number}"><bdi>{_words(_near(verdict.path))}</bdi></h2>'
        yield from (f'<p class="fault">{_words(sentence)}</p>' for sentence in verdict.faults)
        yield from _list(verdict, number)


def _list(verdict: Verdict, number: int) -> Iterator[str]:
    if not verdict.findings:
        yield "" if verdict.faults else "<p>No findings.</p>"
        return
    yield "<ol>"
    for place, finding in enumerate(verdict.findings[:MOST], 1):
        yield from _item(verdict, finding, f"{number}-{place}")
    yield "</ol>"
    if len(verdict.findings) > MOST:
        yield f"<p>{len(verdict.findings) - MOST} more are not shown here.</p>"


def _item(verdict: Verdict, finding: Finding, number: str) -> Iterator[str]:
    diagnostic = finding.diagnostic
    source, line, column, xpath = diagnostic.location
    elsewhere = "" if source == str(verdict.path) else f"<bdi>{_words(_near(Path(source)))}</bdi>, "
    place = f"line {line}" + (f", column {column}" if column else "") if line else "the document"
    yield f'<li class="finding {diagnostic.severity}"><p><span class="place">{elsewhere}{place}</span> '
    yield f'<span class="severity">{diagnostic.severity}</span>: {_words(diagnostic.message)} '
    yield f"<code>[{_words(diagnostic.code)}]</code></p>"
    if xpath:
        yield f'<p class="place"><bdi>{_words(xpath)}</bdi></p>'
    yield _line(finding.excerpt) if finding.excerpt else ""
    yield _explained(diagnostic.code, number)
    yield "</li>"


def _line(excerpt: Excerpt) -> str:
    """The line of the source, what it is about marked."""
    end = excerpt.at + excerpt.length
    before, culprit, after = excerpt.text[: excerpt.at], excerpt.text[excerpt.at : end], excerpt.text[end:]
    more = ("… " if excerpt.cut_before else ""), (" …" if excerpt.cut_after else "")
    shown = f"{_code(before.lstrip())}<mark>{_code(culprit)}</mark>{_code(after.rstrip())}"
    return f'<pre dir="auto">{more[0]}{shown}{more[1]}</pre>'


def _explained(code: str, number: str) -> str:
    """What the code means, folded; nothing for a code of a Schematron schema's own."""
    try:
        page = explanation.page(code)
    except UnknownCodeError:
        return ""
    reasons = "".join(f"<p>{_words(part.replace('`', ''))}</p>" for part in (page.what, page.why))
    links = "".join(
        f'<li><a href="{escape(one.address)}" rel="noreferrer">{escape(one.title)} (#{escape(one.id)})</a></li>'
        for one in page.guidelines
    )
    return (
        f'<details id="why-{number}"><summary>What {escape(code)} means</summary>{reasons}'
        f"<p>Wrong:</p><pre>{_code(page.bad)}</pre><p>Right:</p><pre>{_code(page.good)}</pre><ul>{links}</ul></details>"
    )


def _words(text: str) -> str:
    return escape(one_line(text))


def _code(text: str) -> str:
    return "\n".join(escape(printable(line.expandtabs(2))) for line in text.split("\n"))


def _near(path: Path) -> str:
    """A path from the working directory where it is in it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else os.fspath(path)
