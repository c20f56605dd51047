"""PDF from the web page of a document, by WeasyPrint, which is optional: ``pdf(page, modified)``."""

from teiwright.pdf.engine import PrintingError
from teiwright.pdf.printing import PAPERS, pdf

__all__ = ["PAPERS", "PrintingError", "pdf"]
