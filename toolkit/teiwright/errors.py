"""What stops the toolkit. What is wrong with a document is a Diagnostic, not an exception.

    ToolkitError            the question could not be asked; the command exits 2
    ├── DocumentError       a document could not be read as XML, or is not TEI
    ├── SchemaError         a schema could not be read, or is not a schema
    ├── StylesheetError     a stylesheet could not be read, or stopped
    ├── PolicyError         what a project asks could not be understood
    │   ├── SettingsError   settings could not be read
    │   ├── SelectionError  a code was named that cannot be one, or that no check has
    │   └── BaselineError   a baseline could not be read, or is none
    ├── ExchangeError       data could not be exported, or what is to be imported cannot be read
    └── OutputError         a result could not be written

Each keeps its data as attributes and makes its one sentence from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from teiwright.diagnostic import Diagnostic


class ToolkitError(Exception):
    """Something outside the document stopped the work. ``str()`` is one sentence without a full stop."""

    def __init__(self, subject: str, problem: str, hint: str = "") -> None:
        self.subject = subject
        self.problem = problem
        self.hint = hint
        super().__init__(subject, problem, hint)

    def __str__(self) -> str:
        sentence = f"{self.subject}: {self.problem}" if self.subject else self.problem
        return f"{sentence} ({self.hint})" if self.hint else sentence


class DocumentError(ToolkitError):
    """A document that cannot be read at all.

    ``diagnostic`` is the finding, where the fault has a place in the file (not well-formed,
    undeclared entity), so that a batch goes on and its report stays complete; otherwise None.
    """

    def __init__(self, subject: str, problem: str, hint: str = "", diagnostic: Diagnostic | None = None) -> None:
        super().__init__(subject, problem, hint)
        self.diagnostic = diagnostic


class SchemaError(ToolkitError):
    """A schema that could not be read. Never a pass."""


class StylesheetError(ToolkitError):
    """A stylesheet that could not be compiled, or a transformation that stopped."""


class OutputError(ToolkitError):
    """A result that could not be written; what was there before is untouched."""


class ExchangeError(ToolkitError):
    """Data that could not be exported, or that cannot be read as what they are said to be."""


class PolicyError(ToolkitError):
    """What a project asks of validation could not be understood."""


class SettingsError(PolicyError):
    """Settings that cannot be read, or that say something nobody understands."""


class SelectionError(PolicyError):
    """A code that cannot be one, or that no check has."""


class BaselineError(PolicyError):
    """A baseline file that cannot be read, or is none."""
