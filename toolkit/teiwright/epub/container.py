"""The file of a book: a ZIP archive whose first entry says what it is (EPUB 3.3, Open Container Format)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

MEDIA_TYPE = b"application/epub+zip"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # a ZIP archive knows no earlier time
CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""


def packed(files: Mapping[str, bytes], modified: datetime) -> bytes:
    """An archive of files by their path; the same files and time make the same bytes."""
    moment = modified.astimezone(UTC)
    time = max((moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second), EARLIEST)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in {"mimetype": MEDIA_TYPE, "META-INF/container.xml": CONTAINER, **files}.items():
            entry = zipfile.ZipInfo(name, time)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()
