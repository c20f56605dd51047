"""The media types of what a site holds (IANA's registry). The machine's own table would differ from one to the next."""

from __future__ import annotations

UTF_8 = "; charset=utf-8"
TYPES = {
    ".html": f"text/html{UTF_8}",
    ".xhtml": "application/xhtml+xml",
    ".css": f"text/css{UTF_8}",
    ".js": f"text/javascript{UTF_8}",
    ".mjs": f"text/javascript{UTF_8}",
    ".txt": f"text/plain{UTF_8}",
    ".md": f"text/markdown{UTF_8}",
    ".csv": f"text/csv{UTF_8}",
    ".xml": "application/xml",
    ".tei": "application/tei+xml",
    ".rng": "application/xml",
    ".atom": "application/atom+xml",
    ".csl.json": "application/vnd.citationstyles.csl+json",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".jsonld": "application/ld+json",
    ".webmanifest": "application/manifest+json",
    ".bib": f"application/x-bibtex{UTF_8}",
    ".ris": f"application/x-research-info-systems{UTF_8}",
    ".epub": "application/epub+zip",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".gz": "application/gzip",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".jp2": "image/jp2",
    ".ico": "image/vnd.microsoft.icon",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
}
UNKNOWN = "application/octet-stream"


def media_type(name: str) -> str:
    """The media type of a file by its name; that of unknown bytes where the ending is not known.

    >>> media_type("chapter.csl.json"), media_type("pagefind.pf_meta")
    ('application/vnd.citationstyles.csl+json', 'application/octet-stream')
    """
    endings = name.lower().split("/")[-1].split(".")[1:]
    longest = (".".join(("", *endings[start:])) for start in range(len(endings)))
    return next((TYPES[ending] for ending in longest if ending in TYPES), UNKNOWN)
