"""What a project brings of its own for the looks of its site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from teiwright.errors import StylesheetError
from teiwright.own_stylesheet import OwnStylesheet
from teiwright.style import Gathered, gathered
from teiwright.stylesheet import meant, require_value

FOLDER = "assets/own"
OF_SITE = ("witness",)  # parameters of html.xsl that a site leaves open


class Looks(NamedTuple):
    """A stylesheet in place of html.xsl, values for the parameters of either, and style sheets after those of the site."""

    stylesheet: Path | None = None
    css: tuple[Path, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def sources(self) -> Sequence[Path]:
        """The files that were asked for; they may name others."""
        return (*((self.stylesheet,) if self.stylesheet else ()), *self.css)

    def taken(self) -> Taken:
        """All of it, read and found to be usable. Raises StylesheetError."""
        own = OwnStylesheet.read(self.stylesheet).require_page() if self.stylesheet else None
        known = (*OF_SITE, *(own.parameters if own else ()))
        for name, value in self.parameters:
            if name not in known:
                subject = own.path.name if own else "publish"
                raise StylesheetError(subject, f'a site has no parameter "{name}"', meant(name, known))
            require_value("publish", name, value)
        if own:
            own.compiled(is_traced=True)  # if it does not compile, that is said once, not of each document
        return Taken(own, dict(self.parameters), gathered(self.css, FOLDER))


class Taken(NamedTuple):
    """The same as values to work with."""

    own: OwnStylesheet | None = None
    parameters: Mapping[str, str] = {}  # nobody changes it
    style: Gathered = Gathered()
