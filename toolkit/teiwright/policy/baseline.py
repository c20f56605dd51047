"""Old findings that a project has accepted, so that only new ones are seen: a file of their fingerprints.

    {
     "format": "teiwright baseline 1",
     "version": "0.1.0",
     "files": {
      "poems/tyger.xml": [
       {"path": "/TEI/text/body/lg/l", "code": "…", "message": "…", "at": "<l met=\\"-+\\"> Tyger Tyger", "count": 2}
      ]
     }
    }

Files are named from the baseline's own folder, entries are sorted, one stands in a line: what changes shows in a diff.
Equal findings are counted: where there are more than were accepted, the last ones are new. Where the baseline was
written by another version of the toolkit, whose messages may have been worded otherwise, a finding is also known by the
rest of its fingerprint. A file that was moved is known by its name. That a document cannot be read is never accepted.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from teiwright.diagnostic import Diagnostic, Report
from teiwright.errors import BaselineError
from teiwright.policy.fingerprint import Fingerprint, fingerprints
from teiwright.policy.selection import unreadable
from teiwright.version import __version__

FORMAT = "teiwright baseline 1"
LARGEST = 256 * 2**20  # bytes; a finding takes about 250

Entries = Mapping[Fingerprint, int]


class Comparison(NamedTuple):
    """Findings about one file beside a baseline: which are new, which were accepted, and what is no longer found."""

    new: tuple[Diagnostic, ...]
    accepted: tuple[Diagnostic, ...]
    gone: Entries


@dataclass(frozen=True)
class Baseline:
    """The accepted findings of a project: for each file, named from ``folder``, how often each was accepted."""

    folder: Path
    files: Mapping[str, Entries] = field(default_factory=dict)
    version: str = __version__

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """The baseline in a file. Raises BaselineError, in one sentence, for whatever is not one."""
        import json

        try:
            content = json.loads(_bytes(path))
        except (ValueError, RecursionError) as error:  # not UTF-8, not JSON, nested without end
            place = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
            raise BaselineError(f"{path}{place}", "not a baseline: it is not JSON", "see --write-baseline") from None
        return cls(path.absolute().parent, *_content(path, content))

    @classmethod
    def of(cls, path: Path, report: Report, text_of: Callable[[str], str]) -> Baseline:
        """The baseline, to be written to ``path``, that accepts what a report holds; ``text_of`` gives the characters
        of a file by its name in the report.
        """
        made = cls(path.absolute().parent, {})
        files: dict[str, Counter[Fingerprint]] = {made.name(source): Counter() for source in report.documents}
        for source, found in groupby(report, key=lambda finding: finding.location.source):
            findings = [finding for finding in found if not unreadable(finding)]
            files.setdefault(made.name(source), Counter()).update(fingerprints(findings, text_of(source)))
        return cls(made.folder, files)

    def renewed(
        self, new: Baseline, asks: Callable[[str], bool] = lambda code: True, partly: Iterable[str] = ()
    ) -> Baseline:
        """A newer baseline, together with what this one has about other files, if they are still there, about codes
        that were not asked for this time, and about documents that were checked ``partly``, by their names in a report.
        """
        files = {name: Counter(entries) for name, entries in new.files.items()}
        uncertain = set(map(new.name, partly))
        for old, entries in self.files.items():
            name = new.name(str(self.folder / old))
            if name in uncertain and name in new.files:
                files[name] |= Counter(entries)
            elif name in new.files:
                files[name].update({mark: count for mark, count in entries.items() if not asks(mark.code)})
            elif (self.folder / old).exists():
                files[name] = Counter(entries)
        return Baseline(new.folder, files)

    def name(self, source: str) -> str:
        """A document's name in the baseline: its path from the baseline's folder, with "/"."""
        path = os.path.realpath(source)
        if Path(path).anchor == Path(self._real_folder).anchor:
            path = os.path.relpath(path, self._real_folder)
        return Path(path).as_posix().encode("utf-8", "replace").decode("utf-8")

    def compare(self, findings: Iterable[Diagnostic], text: str, source: str) -> Comparison:
        """Parts the findings about one file, whose characters are ``text``, in new and accepted ones."""
        findings = tuple(findings)
        left = Counter(self._entries(source))
        if not left:
            return Comparison(findings, (), {})
        ours = [finding for finding in findings if not unreadable(finding)]
        pairs = list(zip(ours, fingerprints(ours, text), strict=True))
        accepted = _known(pairs, left, lambda mark: mark)
        if self.version != __version__:
            pairs = [(finding, mark) for finding, mark in pairs if id(finding) not in accepted]
            accepted |= _known(pairs, left, lambda mark: mark._replace(message=""))
        new = tuple(finding for finding in findings if id(finding) not in accepted)
        return Comparison(new, tuple(accepted.values()), +left)

    def __str__(self) -> str:
        """The file's content."""
        files = (_file(name, self.files[name]) for name in sorted(self.files) if self.files[name])
        listed = ",\n".join(files)
        return f'{{\n "format": "{FORMAT}",\n "version": {_json(self.version)},\n "files": {{\n{listed}\n }}\n}}\n'

    def __len__(self) -> int:
        """How many findings are accepted."""
        return sum(sum(entries.values()) for entries in self.files.values())

    def write(self, path: Path) -> None:
        """Writes the file, whole or not at all. Raises OutputError."""
        from teiwright.output import write_file

        write_file(path, str(self))

    @cached_property
    def _real_folder(self) -> str:
        return os.path.realpath(self.folder)

    @cached_property
    def _absent(self) -> Mapping[str, Sequence[str]]:
        """The baseline's files that are no longer there, by the last part of their names."""
        absent: dict[str, list[str]] = {}
        for name in self.files:
            if not (self.folder / name).exists():
                absent.setdefault(name.rpartition("/")[2], []).append(name)
        return absent

    def _entries(self, source: str) -> Entries:
        """What was accepted for a file; for one that is not in the baseline, what was for the only file of the same
        name that is no longer there.
        """
        name = self.name(source)
        if name in self.files:
            return self.files[name]
        moved = self._absent.get(name.rpartition("/")[2], ())
        return self.files[moved[0]] if len(moved) == 1 else {}


def _known(
    pairs: Iterable[tuple[Diagnostic, Fingerprint]],
    left: Counter[Fingerprint],
    part: Callable[[Fingerprint], Fingerprint],
) -> dict[int, Diagnostic]:
    """The findings, by identity, that some part of a fingerprint is left for; each takes one away."""
    pool: dict[Fingerprint, list[Fingerprint]] = {}
    for mark in left:
        pool.setdefault(part(mark), []).append(mark)
    known = {}
    for finding, mark in pairs:
        fitting = pool.get(part(mark), [])
        while fitting and left[fitting[-1]] <= 0:
            fitting.pop()
        if fitting:
            left[fitting[-1]] -= 1
            known[id(finding)] = finding
    return known


def _bytes(path: Path) -> bytes:
    """A baseline file's bytes. Raises BaselineError."""
    try:
        if path.exists() and not path.is_file():
            raise BaselineError(str(path), "not a baseline: it is no regular file")
        if path.stat().st_size > LARGEST:
            raise BaselineError(str(path), f"not a baseline: it is larger than {LARGEST // 2**20} MB")
        return path.read_bytes()
    except FileNotFoundError:
        raise BaselineError(str(path), "no such baseline", "write it by --write-baseline") from None
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or "no file can have this name"
        raise BaselineError(str(path), f"the baseline cannot be read: {problem}") from None


def _content(path: Path, content: Any) -> tuple[dict[str, Entries], str]:
    """The entries and the toolkit's version in what a baseline's JSON holds. Raises BaselineError."""
    kind = content.get("format") if isinstance(content, dict) else None
    if not str(kind).startswith(FORMAT.rstrip("1")):
        raise BaselineError(str(path), f'not a baseline: expected an object with "format": "{FORMAT}"')
    if kind != FORMAT:
        raise BaselineError(str(path), "this baseline is of another version of the toolkit", "see --write-baseline")
    files = content.get("files")
    if not isinstance(files, dict):
        raise BaselineError(str(path), 'the baseline is damaged: expected "files" to be an object')
    return {name: _listed(path, name, entries) for name, entries in files.items()}, str(content.get("version", ""))


def _listed(path: Path, name: str, entries: Any) -> Entries:
    """One file's entries. Raises BaselineError."""
    found: Counter[Fingerprint] = Counter()
    for entry in entries if isinstance(entries, list) else [None]:
        mark, count = _entry(entry)
        if mark is None:
            expected = ", ".join(f'"{field}"' for field in Fingerprint._fields)
            raise BaselineError(str(path), f'the baseline is damaged at "{name}": expected entries with {expected}')
        found[mark] += count
    return found


def _entry(entry: Any) -> tuple[Fingerprint | None, int]:
    if not isinstance(entry, dict):
        return None, 0
    values = [entry.get(field) for field in Fingerprint._fields]
    count = entry.get("count", 1)
    if not all(isinstance(value, str) for value in values) or type(count) is not int or count < 1:
        return None, 0
    return Fingerprint(*map(str, values)), count


def _file(name: str, entries: Entries) -> str:
    listed = ",\n".join(f"   {_json(_fields(mark, entries[mark]))}" for mark in sorted(entries))
    return f"  {_json(name)}: [\n{listed}\n  ]"


def _fields(mark: Fingerprint, count: int) -> dict[str, object]:
    """An entry's fields; how many only where there are several."""
    return mark._asdict() | ({"count": count} if count > 1 else {})


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
