"""EPUB 3.3 from the web page of a document: ``epub(page, Publication.of(document), modified)``."""

from teiwright.epub.book import epub
from teiwright.epub.pictures import beside
from teiwright.epub.publication import Maker, Publication

__all__ = ["Maker", "Publication", "beside", "epub"]
