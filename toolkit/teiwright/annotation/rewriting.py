"""A changed text as the bytes of the file that it was: its encoding, its byte order mark."""

from __future__ import annotations

import codecs
from pathlib import Path

from teiwright.errors import ExchangeError
from teiwright.source import BYTE_ORDER_MARKS, encoding_of, file_bytes

WITHOUT_MARK = {"utf-8-sig": "utf-8", "utf-16": "", "utf-32": ""}  # the last two write a mark of their own


def rewritten(path: Path, text: str) -> bytes:
    """A text in the encoding of a file; what the encoding has not is written as a reference. Raises ExchangeError."""
    data = file_bytes(path)
    encoding = encoding_of(data)
    mark = next((mark for mark, _ in BYTE_ORDER_MARKS if data.startswith(mark)), b"")
    if mark in (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE):
        order = "be" if mark in (codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE) else "le"
        encoding = f"{encoding}-{order}"
    encoding = WITHOUT_MARK.get(encoding) or encoding
    try:
        return mark + text.encode(encoding, "xmlcharrefreplace")
    except (LookupError, UnicodeError):
        raise ExchangeError(str(path), f'cannot be written in its encoding "{encoding}"') from None
