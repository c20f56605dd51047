"""From a schema's stylesheet to what runs, and from Saxon's complaints to the rule they are about."""

from __future__ import annotations

import re
from collections.abc import Mapping

from teiwright.document import Document
from teiwright.errors import SchemaError
from teiwright.faults import Fault
from teiwright.processor import CompiledStylesheet, StylesheetFault, Transformation, Value, compile_text
from teiwright.schematron.sheet import Sheet

# What Saxon complains of in an expression, in our words; "…" is the name of the variable, function or prefix.
COMPLAINTS = {
    "XPST0003": "is not valid XPath",
    "XPST0008": "uses the variable…, which is not declared",
    "XPST0017": "calls the function…, which does not exist",
    "XPST0051": "names a type that does not exist",
    "XPST0081": 'uses the prefix…, which no "sch:ns" declares',
    "XPTY0004": "puts a value of one type where another is needed",
    "XTSE0340": "is not a pattern that can match nodes",
    "XTSE0630": "is declared twice",
    "XTSE0580": "is declared twice",
}
_QUOTES = "'\""


class Selected:
    """A stylesheet that is known to compile: for the first document only the rules are compiled that it may meet, for
    one that may meet others all of them.
    """

    def __init__(self, sheet: Sheet, name: str) -> None:
        self.sheet = sheet
        self.name = name
        self.ruled = frozenset(name for rule in sheet.rules for name in rule.names)
        self.names: frozenset[str] | None = None
        self.executable: CompiledStylesheet | None = None

    def transform(self, document: Document, parameters: Mapping[str, Value] | None = None) -> Transformation:
        """The results for a document. Raises StylesheetError, and SchemaError as ``compiled``."""
        names = self.ruled.intersection(str(element.tag).rpartition("}")[2] for element in document.elements())
        if self.executable is None:
            self.names = names
            self.executable = compiled(self.sheet, self.name, names)
        elif self.names is not None and not names <= self.names:
            self.names = None
            self.executable = compiled(self.sheet, self.name)
        return self.executable.transform(document, parameters)


def compiled(sheet: Sheet, name: str, names: frozenset[str] | None = None) -> CompiledStylesheet:
    """The stylesheet, ready to run; with ``names``, only with the rules for elements of these names. Raises SchemaError
    that names the rule at fault.
    """
    try:
        return compile_text(str(sheet) if names is None else sheet.part(names), name)
    except StylesheetFault as fault:
        raise _broken(fault.faults, sheet, name) from None


def _broken(faults: tuple[Fault, ...], sheet: Sheet, name: str) -> SchemaError:
    """What is wrong with a rule, in one sentence that names it."""
    fault = faults[0]
    origin = sheet.origin(fault.line) or "one of its rules"
    named = re.search(r"\$[\w.:-]+|(?<=prefix )\W?[\w.-]+|[\w.:-]+(?=\(\))", fault.words)
    culprit = f' "{named[0].strip(_QUOTES)}"' if named else ""
    complaint = COMPLAINTS.get(fault.code, "cannot be compiled").replace("…", culprit)
    more = f"and {len(faults) - 1} more" if len(faults) > 1 else ""
    return SchemaError(name, f"{origin} {complaint} ({fault.code or 'no code'})", more)
