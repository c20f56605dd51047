"""What the server adds to a page on its way to the browser: a link to the findings, and the script that reloads.

The site on the disk has neither. The page's own content security policy (CSP 3) is widened by just that script and by
requests to the server itself.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from html import escape, unescape
from pathlib import Path

from teiwright.serving.events import State

META = re.compile(r"""<meta\b(?=[^>]*\bhttp-equiv\s*=\s*["']?content-security-policy)[^>]*>""", re.IGNORECASE)
CONTENT = re.compile(r"""(\bcontent\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
BODY = re.compile(r"<body[\s>]", re.IGNORECASE)
BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)
NONE = "'none'"
FINDINGS, EVENTS = "/_findings", "/_events"


@lru_cache(maxsize=1)
def script() -> str:
    """The script that listens to the server."""
    return (Path(__file__).parent / "live.js").read_text(encoding="utf-8")


def digest(text: str) -> str:
    """What a policy names an inline script or style sheet by (CSP 3, 8.2)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def live(page: str, state: State) -> str:
    """A page of the site that reloads when there is another build of it."""
    return _with_badge(_with_policy(page), f'data-site="{escape(state.site)}"', state)


def live_findings(page: str, state: State) -> str:
    """The page of findings, which brings itself up to date; its policy knows the script already."""
    return _with_badge(page, f'data-findings="{escape(state.findings)}"', state)


def widened(policy: str) -> str:
    """A policy that also allows the script and what it asks for.

    >>> widened("default-src 'none'; connect-src https:").replace(digest(script()), "'sha256'")
    "default-src 'none'; connect-src https: 'self'; script-src 'sha256'"
    """
    parts = [part.split() for part in policy.split(";") if part.strip()]
    directives = {words[0].lower(): words[1:] for words in reversed(parts)}  # of two the first counts
    directives = {words[0].lower(): directives[words[0].lower()] for words in parts}
    for name, source in (("script-src", digest(script())), ("connect-src", "'self'")):
        named = directives.get(name, directives.get("default-src"))
        if named is not None and source not in named:
            directives[name] = [*(one for one in named if one != NONE), source]
    if "script-src-elem" in directives:
        directives["script-src-elem"] = [*directives["script-src-elem"], digest(script())]
    return "; ".join(" ".join((name, *sources)) for name, sources in directives.items())


def _with_policy(page: str) -> str:
    """The page with its policies widened; only those in its head are ones (HTML Standard, 4.2.5.3)."""
    body = BODY.search(page)
    head, rest = (page[: body.start()], page[body.start() :]) if body else (page, "")
    return META.sub(lambda meta: CONTENT.sub(_widened, meta[0]), head) + rest


def _widened(content: re.Match[str]) -> str:
    return f'{content[1]}"{escape(widened(unescape(content[2][1:-1])), quote=False)}"'


def _with_badge(page: str, attributes: str, state: State) -> str:
    link = f'<a href="{FINDINGS}">{escape(state.badge)}</a>'
    added = f'<teiwright-findings role="status" {attributes}>{link}</teiwright-findings><script>{script()}</script>'
    ends = [*BODY_END.finditer(page)]
    end = ends[-1].start() if ends else len(page)
    return page[:end] + added + page[end:]
