"""Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format, with errata 01).

One run. Each code is a rule with its page as help; a finding is a result with place, path and fingerprint; what could
not be checked is a notification of an execution that did not succeed; what a baseline or an excuse accepts is a result
with a suppression. Addresses are relative to the working directory wherever a file is below it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from teiwright import explanation
from teiwright.diagnostic import Diagnostic, Severity
from teiwright.policy.fingerprint import Fingerprint, fingerprints
from teiwright.reporting.account import Account, Suppressed
from teiwright.reporting.excerpt import Excerpt, Sources
from teiwright.reporting.structured import written
from teiwright.reporting.whereabouts import STANDARD_INPUT, absolute, address, root
from teiwright.version import __version__

Json = dict[str, Any]
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "SRCROOT"
LEVELS = {
    Severity.INFORMATION: "note",
    Severity.WARNING: "warning",
    Severity.ERROR: "error",
    Severity.FATAL: "error",
}
FINGERPRINT = "teiwrightFinding/v1"
NOT_CHECKED = {
    "id": "not-checked",
    "name": "NotChecked",
    "shortDescription": {"text": "A file could not be checked as asked."},
}
LINK = re.compile(r"\\(?=[\[\]\\])|\[(?=[^\[\]]*\]\()")


def rendered(account: Account, folder: Path | None = None, sources: Sources | None = None) -> str:
    """An account as a SARIF log; addresses are relative to ``folder``, where not given to the working directory, or in
    GitHub's workflows to its workspace.
    """
    run = Run(account, folder or root(), sources or Sources())
    return written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run.written()]}, indent=None)


class Run:
    """One run (SARIF, 3.14) as it grows: rules and files get their numbers when a finding first names them."""

    def __init__(self, account: Account, folder: Path, sources: Sources) -> None:
        self.account = account
        self.folder = folder
        self.sources = sources
        self.rules: dict[str, Json] = {}
        self.numbers: dict[str, int] = {}
        self.artifacts: dict[str, Json] = {}
        self.digests: Counter[str] = Counter()

    def written(self) -> Json:
        """The run as JSON-ready words and numbers."""
        for name in self.account.whole.documents:
            self._artifact(name)["roles"] = ["analysisTarget"]
        results = [*self._results()]
        notifications = [self._notification(name, problem) for name, problem in self.account.unchecked]
        invocation = {
            "executionSuccessful": not notifications,
            "exitCode": self.account.exit_status,
            "toolExecutionNotifications": notifications,
        }
        return {
            "tool": {"driver": self._driver()},
            "invocations": [invocation],
            "originalUriBaseIds": {ROOT: {"uri": absolute(self.folder).rstrip("/") + "/"}},
            "artifacts": [*self.artifacts.values()],
            "columnKind": "unicodeCodePoints",
            "language": "en",
            "results": results,
            "properties": {"checks": list(self.account.whole.checks)},
        }

    def _driver(self) -> Json:
        return {
            "name": "teiwright",
            "version": __version__,
            "semanticVersion": __version__,
            "rules": [*self.rules.values()],
            "notifications": [NOT_CHECKED],
        }

    # Results

    def _results(self) -> Iterator[Json]:
        """All findings; where some are suppressed, each says whether it is (3.27.23)."""
        accepted = self.account.suppressed
        told: list[tuple[Diagnostic, Suppressed | None]] = [(found, None) for found in self.account.whole]
        told += [(one.diagnostic, one) for one in accepted]
        for source, group in groupby(told, key=lambda one: one[0].location.source):
            together = [*group]
            places = [(found.location.line, found.location.column) for found, _ in together]
            excerpts = self.sources.excerpts(source, places)
            known = fingerprints([found for found, _ in together], self.sources.text(source))
            for (found, suppressed), place, same in zip(together, places, known, strict=True):
                result = self._result(found, excerpts.get(place), same)
                yield result | {"suppressions": _suppressions(suppressed)} if accepted else result

    def _result(self, found: Diagnostic, excerpt: Excerpt | None, same: Fingerprint) -> Json:
        artifact = self._artifact(found.location.source)["location"]
        return {
            "ruleId": found.code,
            "ruleIndex": self._rule(found),
            "level": LEVELS[found.severity],
            "message": {"text": message(found.message)},
            "locations": [self._location(found, artifact, excerpt)],
            "partialFingerprints": {FINGERPRINT: self._digest(artifact.get("uri", ""), same)},
            "properties": _properties(found),
        }

    def _location(self, found: Diagnostic, artifact: Json, excerpt: Excerpt | None) -> Json:
        physical: Json = {"artifactLocation": artifact}
        if found.location.line:
            physical["region"] = _region(found, excerpt)
        location: Json = {"physicalLocation": physical}
        if path := found.location.xpath:
            name = path.rpartition("/")[2]
            kind = "attribute" if name.startswith("@") else "element"
            location["logicalLocations"] = [{"fullyQualifiedName": path, "name": name or path, "kind": kind}]
        return location

    def _notification(self, name: str, problem: str) -> Json:
        place = {"physicalLocation": {"artifactLocation": self._artifact(name)["location"]}}
        return {
            "level": "error",
            "message": {"text": message(problem)},
            "locations": [place],
            "descriptor": {"id": NOT_CHECKED["id"], "index": 0},
        }

    def _digest(self, uri: str, same: Fingerprint) -> str:
        """A fingerprint in 32 hexadecimal digits; what is there several times in a file is counted."""
        digest = hashlib.sha256("\n".join((uri, *same)).encode()).hexdigest()[:32]
        self.digests[digest] += 1
        return f"{digest}:{self.digests[digest]}"

    # What results refer to by number

    def _artifact(self, source: str) -> Json:
        if source not in self.artifacts:
            location: Json = {"index": len(self.artifacts)}
            uri, is_relative = address(source, self.folder)
            if source in STANDARD_INPUT:
                location["description"] = {"text": "standard input"}
            else:
                location |= {"uri": uri, "uriBaseId": ROOT} if is_relative else {"uri": uri}
            self.artifacts[source] = {"location": location, "mimeType": "application/xml"}
        return self.artifacts[source]

    def _rule(self, found: Diagnostic) -> int:
        if found.code not in self.rules:
            self.numbers[found.code] = len(self.rules)
            self.rules[found.code] = rule(found)
        return self.numbers[found.code]


def rule(found: Diagnostic) -> Json:
    """The rule behind a finding (3.49): its page, or where it has none, since a schema brought it along, that schema."""
    return {
        "id": found.code,
        "name": "".join(map(str.capitalize, re.findall(r"[^\W_]+", found.code))) or "Rule",
        "defaultConfiguration": {"level": LEVELS[found.severity]},
        **(_with_page(found.code) if found.code in explanation.codes() else _without_page(found)),
    }


def _with_page(code: str) -> Json:
    page = explanation.page(code)
    return {
        "shortDescription": {"text": message(page.summary)},
        "fullDescription": {"text": message(page.what)},
        "help": {"text": message(explanation.rendered(page)), "markdown": page.text},
        **({"helpUri": page.guidelines[0].address} if page.guidelines else {}),
    }


def _without_page(found: Diagnostic) -> Json:
    text = {"text": message(f'A rule of "{found.origin}".')}
    described: Json = {"shortDescription": text, "fullDescription": text, "help": text}
    return described | ({"helpUri": found.see} if _is_web(found.see) else {})


def message(text: str) -> str:
    """A text as a message string: no placeholders (3.11.5) and no links (3.11.6) are in it.

    >>> message("Q{urn:x}p [a](b)")
    'Q{{urn:x}}p \\\\[a](b)'
    """
    return LINK.sub(lambda found: "\\" + found[0], text).replace("{", "{{").replace("}", "}}") or "no message"


def _region(found: Diagnostic, excerpt: Excerpt | None) -> Json:
    """A region (3.30): to the end of the culprit where the source could be read."""
    line, column = found.location.line, found.location.column
    if not column:
        return {"startLine": line}
    region: Json = {"startLine": line, "startColumn": column}
    if excerpt is not None and excerpt.length:
        culprit = excerpt.text[excerpt.at : excerpt.at + excerpt.length]
        region |= {"endColumn": column + len(culprit), "snippet": {"text": culprit}}
    return region


def _properties(found: Diagnostic) -> Json:
    more = {"origin": found.origin, "see": found.see, "severity": str(found.severity)}
    return {name: value for name, value in more.items() if value} | (
        {"properties": dict(found.properties)} if found.properties else {}
    )


def _suppressions(suppressed: Suppressed | None) -> list[Json]:
    if suppressed is None:
        return []
    kind = {"kind": "inSource" if suppressed.in_source else "external", "status": "accepted"}
    return [kind | ({"justification": suppressed.reason} if suppressed.reason else {})]


def _is_web(address: str) -> bool:
    return re.fullmatch(r"https?://[!-~]+", address) is not None
