"""ISO Schematron (ISO/IEC 19757-3:2020) with XPath 3.1: a schema becomes one XSLT stylesheet, run once over a document.

    rules = Schematron.read("rules.sch", phase="proofs")
    for finding in rules.validate(document): ...

Three stations: ``source.py`` reads a schema and resolves what it borrows (``files``, ``borrowing``, ``embedded``,
``shape``); ``transpile.py`` writes the stylesheet (``scope``, ``wording``, ``expression``, ``sheet``); ``schema.py`` runs
it and turns what it says into diagnostics (``nodes``, ``documents``, ``failure``, ``probing``, ``apart``). ``entry.py`` keeps
the stylesheet for the next process, which then imports only the third.

What of the standard is there, and what each thing becomes, stands in ``docs/schematron.md``.
"""

from teiwright.schematron.schema import Schematron

__all__ = ["Schematron"]
