"""What an xi:include asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from teiwright.xinclude.refusal import malformed

XML_TYPES = ("xml", "application/xml", "text/xml")
NOT_IN_HEADERS = re.compile("[^\x20-\x7e]")


class Wanted(NamedTuple):
    """What an xi:include asks for (section 3.1)."""

    href: str
    is_xml: bool
    xpointer: str
    encoding: str
    extras: Mapping[str, str]  # attributes for the elements that come, by names as expat gives them

    @classmethod
    def of(cls, attributes: Mapping[str, str], extras: Mapping[str, str]) -> Wanted:
        """What some attributes say. Raises Refused where they are not as they must be."""
        href, parse = attributes.get("href", ""), attributes.get("parse", "xml")
        is_xml = parse in XML_TYPES or parse.endswith("+xml")
        if not is_xml and parse != "text" and not parse.startswith("text/"):
            raise malformed(f'@parse "{parse}" found; expected "xml" or "text"')
        if "#" in href:
            raise malformed(f'@href "{href}" has a fragment; expected it in @xpointer')
        for name in ("accept", "accept-language"):
            if NOT_IN_HEADERS.search(attributes.get(name, "")):
                raise malformed(f"@{name} has characters that no such header may have")
        if not is_xml and "xpointer" in attributes:
            raise malformed("@xpointer cannot choose from text; expected @fragid, or none")
        xpointer = attributes.get("xpointer") or attributes.get("fragid", "")
        if not href and (not xpointer or not is_xml):
            raise malformed("neither @href nor @xpointer says what is included")
        return cls(href, is_xml, xpointer, attributes.get("encoding", ""), extras)
