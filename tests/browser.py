"""A real browser for tests: Debian's Chromium, driven by playwright. Where either is not there, tests skip and say so;
``make browser`` installs both.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
HOW = "make browser installs it"

# What a reader sees: every text that is rendered, with the colours it has. Colours are painted on a canvas, which knows
# all notations; those behind are laid over each other as far up as one is opaque.
CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const channels = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((c, i) => c * a + below[i] * (1 - a));
  const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (element) => {
    if (!element) { return channels(matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "white").slice(0, 3); }
    const colour = channels(getComputedStyle(element).backgroundColor);
    return colour[3] === 1 ? colour.slice(0, 3) : over(colour, behind(element.parentElement));
  };
  const faint = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest("svg, style, script, select")) { continue; }
    const style = getComputedStyle(element), ground = behind(element), ink = over(channels(style.color), ground);
    const [a, b] = [light(ink), light(ground)], ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    seen += 1;
    if (ratio < (large ? 3 : 4.5) - 0.01) { faint.set(element.tagName + "." + element.className, `${ratio.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 40)}`); }
  }
  return { seen, faint: Object.fromEntries(faint) };
}"""

# What goes over the edge of the window, or of a box that cuts it off.
OVERFLOWS = """() => {
  const wide = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > root.clientWidth + 1) {
    for (const element of document.body.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      if (box.width && (box.right > root.clientWidth + 1 || box.left < -1) && !element.closest(".skip, .hidden")) { wide.push(element.tagName + "." + element.className + " " + Math.round(box.right)); }
    }
    wide.unshift(`page: ${root.scrollWidth} in ${root.clientWidth}`);
  }
  return wide.slice(0, 10);
}"""

# What the keyboard is on: a number for the element, what it is, whether it can be seen, and what shows that it is meant.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) { return null; }
  window.known ??= new Map();
  if (!window.known.has(one)) { window.known.set(one, window.known.size); }
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    number: window.known.get(one), name: (one.tagName + " " + (one.getAttribute("href") ?? one.id ?? "")).slice(0, 80),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0 && box.height > 0,
  };
}"""

# Everything that takes part in the order of the Tab key; of a group of radio buttons the one that is chosen.
CONTROLS = """() => Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]"))
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0)
  .filter((one) => one.type !== "radio" || one.checked || !document.querySelector(`input[type=radio][name="${CSS.escape(one.name)}"]:checked`))
  .map((one) => (one.tagName + " " + (one.getAttribute("href") ?? one.id ?? "")).slice(0, 80))"""


def needed(browser_needed: bool = True) -> None:
    """Skips the test where there is no browser."""
    pytest.importorskip("playwright.sync_api", reason=f"playwright is not here; {HOW}")
    if browser_needed and CHROMIUM is None:
        pytest.skip(f"Chromium is not here; {HOW}")


@contextmanager
def running() -> Iterator[Browser]:
    """A browser."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # root has no sandbox
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


class Opened:
    """A page, and what went wrong while it was open: script errors, refusals, requests that left its own place."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on(
            "console", lambda said: self.faults.append(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)

    def run(self, script: str) -> Any:
        """What a script of the test says."""
        return self.page.evaluate(script)

    def focused(self) -> dict[str, Any] | None:
        """What the keyboard is on."""
        found: dict[str, Any] | None = self.run(FOCUSED)
        return found


@contextmanager
def opened(browser: Browser, address: str | Path, **options: Any) -> Iterator[Opened]:
    """A page in a context of its own; ``options`` are those of playwright's contexts (viewport, color_scheme …)."""
    context = browser.new_context(**{"reduced_motion": "reduce", **options})
    try:
        yield Opened(context, address.as_uri() if isinstance(address, Path) else address)
    finally:
        context.close()
