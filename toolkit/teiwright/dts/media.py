"""The media types in which a document or a passage is given; all but TEI are made by the formats to read."""

from __future__ import annotations

from teiwright.document import Document
from teiwright.errors import StylesheetError

TEI_XML = "application/tei+xml"
MADE = {"text/html": "html", "text/plain": "text", "text/markdown": "markdown"}  # by the formats
MEDIA_TYPES = (TEI_XML, *MADE)
ENDINGS = {TEI_XML: ".xml", "text/html": ".html", "text/plain": ".txt", "text/markdown": ".md"}


def render(data: bytes, source: str, uri: str, media_type: str, is_part: bool = False) -> bytes:
    """A document in one of the media types; of a part the page has title, text and notes only. A function of modules and
    plain values, so that it can be called in another process. Raises ToolkitError.
    """
    from teiwright.formats import converter
    from teiwright.tailoring import page_package

    document = Document.parse(data, source, uri)
    if is_part and media_type == "text/html":
        content: str | bytes = page_package(document, is_whole=False).transform(document).principal
    else:
        content = converter(MADE[media_type]).transform(document).principal
    if not content:
        raise StylesheetError(source, "nothing came of it")
    return content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
