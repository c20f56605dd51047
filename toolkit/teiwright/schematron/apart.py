"""Runs a stylesheet in a process of its own, which is ended when its time is over.

A rule can go on for ever (a function that calls itself, a comparison of everything with everything), and a call of
Saxon's cannot be interrupted in the process that made it. A run apart costs the start of another process and the
compilation, so it is only for rules of strangers, and where it is asked for.
"""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from teiwright.document import Document
from teiwright.errors import StylesheetError
from teiwright.faults import Fault
from teiwright.processor import StylesheetFault, Transformation, Value, compile_text, crossing

PACKAGES = Path(__file__).parents[2]  # the folder that holds this package


class OutOfTime(StylesheetError):
    """A run that was ended because it did not come to an end."""


class Apart(NamedTuple):
    """A stylesheet that is to run apart, for at most some ``seconds``; ``name`` is what errors call it."""

    text: str
    name: str
    seconds: float

    def transform(self, document: Document, parameters: Mapping[str, Value] | None = None) -> Transformation:
        """The result for a document. Raises OutOfTime, and StylesheetFault where the stylesheet stops."""
        values = {name: _portable(value) for name, value in (parameters or {}).items()}
        asked = marshal.dumps((self.text, self.name, _portable(document), values))
        paths = os.pathsep.join(filter(None, (str(PACKAGES), os.environ.get("PYTHONPATH"))))
        command = [sys.executable, "-P", "-m", __name__]  # -P: no module of the working folder's is imported
        try:
            ran = subprocess.run(
                command,
                input=asked,
                capture_output=True,
                timeout=self.seconds,
                check=True,
                env={**os.environ, "PYTHONPATH": paths},
            )
        except subprocess.TimeoutExpired:
            problem = f"did not come to an end within {self.seconds:g} seconds and was ended"
            raise OutOfTime(self.name, problem) from None
        except subprocess.CalledProcessError:
            raise StylesheetError(self.name, "ended the process that it ran in") from None
        return self._answered(ran.stdout)

    def _answered(self, said: bytes) -> Transformation:
        principal, messages, warnings, faults = marshal.loads(said)
        if faults:
            raise StylesheetFault(self.name, "stopped", tuple(Fault(*fault) for fault in faults))
        return Transformation(principal, {}, messages, tuple(Fault(*warning) for warning in warnings))


def _portable(value: Value) -> Any:
    """A value as it goes from process to process: a document as its text and address."""
    if isinstance(value, Document):
        return {"text": crossing(value), "uri": value.uri}
    return value if isinstance(value, str | bool | int) else [_portable(item) for item in value]


def _value(portable: Any) -> Value:
    if isinstance(portable, list):
        return [Document.parse(item["text"], uri=item["uri"]) for item in portable]
    value: Value = portable
    return value


def _answer(asked: bytes) -> bytes:
    """What the process says: the principal result, messages, warnings and faults."""
    text, name, document, values = marshal.loads(asked)
    parameters = {name: _value(value) for name, value in values.items()}
    try:
        result = compile_text(text, name).transform_text(document["text"], document["uri"], parameters)
    except StylesheetFault as fault:
        return marshal.dumps(("", (), (), [_fields(one) for one in fault.faults]))
    return marshal.dumps((result.principal, result.messages, [_fields(one) for one in result.warnings], []))


def _fields(fault: Fault) -> tuple[str, int, str, str]:
    return fault.module, fault.line, fault.code, fault.words


if __name__ == "__main__":
    sys.stdout.buffer.write(_answer(sys.stdin.buffer.read()))
