"""Images of a document: local ones are copied beside its pages, those on the web are only linked to."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import etree

from teiwright.address import AddressError, local_file, project_folder
from teiwright.document import Document
from teiwright.site.files import write_bytes
from teiwright.site.linking import unlinked
from teiwright.site.markup import link, make
from teiwright.slug import relative, slug

# By what they begin with. SVG is left out: opened by itself it can run scripts.
SIGNS = {
    ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n", ".gif": b"GIF8", ".webp": b"RIFF", ".avif": b"",
}  # fmt: skip


class Images:
    """The images of a document, each copied once to ``folder`` / ``path``."""

    def __init__(self, document: Document, folder: Path, path: str) -> None:
        self.document, self.folder, self.path = document, folder, path
        self._copied: dict[Path, str | None] = {}
        self._taken: set[str] = set()
        self.pictures: dict[str, bytes] = {}  # of the page, by the address they have there

    def local(self, url: str, base: str = "") -> str | None:
        """The path in the site of a copy of an image; None for one that is not in the document's project, or is none."""
        try:
            file = local_file(url, base or self.document.uri)
        except AddressError:
            return None
        if file is None:
            return None
        if file not in self._copied:
            self._copied[file] = self._copy(file)
        return self._copied[file]

    def web(self, url: str, base: str = "") -> str | None:
        """The address of an image on the web."""
        try:
            address = urljoin(base or self.document.uri, url)
            return address if urlsplit(address).scheme in ("http", "https") else None
        except ValueError:
            return None

    def settle(self, root: etree._Element, path: str) -> None:
        """Has every image of the page at ``path`` come from the site; what cannot is a link, or its words. Links to local files
        lead to copies of images, or nowhere.
        """
        for anchor in list(root.iter("a")):
            href = anchor.get("href") or ""
            if href.startswith("#") or urlsplit(href).scheme:
                continue
            if copy := self.local(href):
                anchor.set("href", relative(copy, "", path))
            else:
                unlinked(anchor)
        for image in list(root.iter("img")):
            source = image.get("src") or ""
            if source.startswith("data:image/"):
                continue
            if copy := self.local(source):
                self.pictures[source] = (self.folder / copy).read_bytes()
                image.set("src", relative(copy, "", path))
                image.set("loading", "lazy")
                continue
            address = self.web(source)
            words = image.get("alt") or source
            other = link(address, words) if address else make("span", {}, words)
            other.tail = image.tail
            parent = image.getparent()
            if parent is not None:
                parent.replace(image, other)

    def _copy(self, file: Path) -> str | None:
        sign = SIGNS.get(file.suffix.lower())
        place = Path(os.path.realpath(file))
        if sign is None or not place.is_relative_to(os.path.realpath(project_folder(self.document.path.absolute()))):
            return None
        try:
            data = place.read_bytes()
        except OSError:
            return None
        if not data.startswith(sign):
            return None
        name = stem = slug(file.stem)
        number = 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name.casefold())
        path = f"{self.path}/{name}{file.suffix.lower()}"
        write_bytes(self.folder / path, data)
        return path
