"""teiwright validates TEI-XML, turns it into reading formats and citation lists, and proves that an encoding kept its words.

    document = Document.read("edition.xml")
    report = validate(document)
    output = Stylesheet.load("html").transform(document)
    output.write("edition.html")

Names are loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from teiwright.version import __version__ as __version__

if TYPE_CHECKING:
    from teiwright.collation import Collation, collate
    from teiwright.customization import Customization
    from teiwright.diagnostic import Diagnostic, Location, Report, Severity
    from teiwright.document import Document
    from teiwright.errors import DocumentError, OutputError, SchemaError, StylesheetError, ToolkitError
    from teiwright.output import Output
    from teiwright.relaxng import Grammar
    from teiwright.schema import Schema
    from teiwright.stylesheet import Stylesheet
    from teiwright.validation import validate

HOMES = {
    "Collation": "collation",
    "collate": "collation",
    "Customization": "customization",
    "Diagnostic": "diagnostic",
    "Location": "diagnostic",
    "Report": "diagnostic",
    "Severity": "diagnostic",
    "Document": "document",
    "DocumentError": "errors",
    "Grammar": "relaxng",
    "OutputError": "errors",
    "SchemaError": "errors",
    "StylesheetError": "errors",
    "ToolkitError": "errors",
    "Output": "output",
    "Schema": "schema",
    "Stylesheet": "stylesheet",
    "validate": "validation",
}

__all__ = [
    "Collation",
    "Customization",
    "Diagnostic",
    "Document",
    "DocumentError",
    "Grammar",
    "Location",
    "Output",
    "OutputError",
    "Report",
    "Schema",
    "SchemaError",
    "Severity",
    "Stylesheet",
    "StylesheetError",
    "ToolkitError",
    "collate",
    "validate",
]


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
