"""Many documents, each under the settings of its own project: what is needed for them is made once and kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from teiwright.address import project_folder
from teiwright.diagnostic import Report
from teiwright.errors import DocumentError, PolicyError, SchemaError, SelectionError, ToolkitError
from teiwright.files import ENDINGS
from teiwright.names import Kind
from teiwright.policy.selection import Selection, Sieve, unreadable
from teiwright.policy.settings import Settings
from teiwright.policy.verdict import EXCUSING, Outcome, Policy, read_again
from teiwright.schema import Schema
from teiwright.schemas.resolution import Resolver
from teiwright.source import Source
from teiwright.validation import Checking

NOTHING_ASKED = Settings()
STANDARD_INPUT = Path("-")


class Checked(NamedTuple):
    """What came of one document: its report, the report under its project's policy (both None where there was no
    document), and what could not be asked.
    """

    path: Path
    report: Report | None = None
    outcome: Outcome | None = None
    faults: tuple[ToolkitError, ...] = ()
    text: str | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every check came to its end."""
        return not self.faults and self.report is not None and not any(map(unreadable, self.report))


class Bench(NamedTuple):
    """What a document is checked with: the settings, the schemas that they name, the way to other schemas, the policy."""

    settings: Settings
    schemas: tuple[Schema, ...]
    resolver: Resolver
    policy: Policy


class Corpus:
    """Checks documents. ``command`` are settings that come before those of the projects; ``file`` names the settings
    for all documents, so that none are sought; ``known`` gives the codes that findings can have beside those that
    Schematron schemas bring along, where it matters; ``accepting`` says whether baselines are heard. ``timeout`` is how many
    seconds the rules of a Schematron schema may take for a document (0: as long as they like).
    """

    def __init__(
        self,
        command: Settings = NOTHING_ASKED,
        file: Path | None = None,
        known: Callable[[], Sequence[str]] = tuple,
        accepting: bool = True,
        timeout: float = 0,
    ) -> None:
        self.command = command
        self.timeout = timeout
        self.accepting = accepting
        self.file = Settings.read(file) if file else None
        self.known = known
        self._codes: set[str] = set()  # that findings had, or that schemas bring along
        self._settings: dict[Path, Settings] = {}
        self._benches: dict[tuple[Settings, Path], Bench] = {}

    def check(self, path: Path, data: bytes | None = None) -> Checked:
        """What is wrong with a document, by what its project asks for. ``data`` is its content where it is in no file.
        Raises SchemaError for schemas that the settings name.
        """
        faults: list[ToolkitError] = []
        try:
            bench = self.bench(path)
        except PolicyError as error:  # of this document's project
            return Checked(path, faults=(error,))
        schemas: tuple[Schema, ...] = ()
        try:
            if data is None and os.path.isdir(path):  # noqa: PTH112  # which, unlike Path's, never raises
                raise DocumentError(str(path), f"this folder holds no file that ends in {' or '.join(ENDINGS)}")
            source = Source.read(path) if data is None else Source.parse(data, str(path))
            checking = Checking(source, frozenset(bench.settings.without), faults.append, self.timeout)
            schemas = checking.chosen(bench.schemas, bench.resolver)
            report = checking.report(schemas, Sieve(bench.policy.selection))
        except ToolkitError as error:
            found = error.diagnostic if isinstance(error, DocumentError) else None
            if found is None:
                return Checked(path, faults=(*faults, error))
            source, report = None, Report.of([found], [str(path)], ["well-formedness"])
        self._codes.update(finding.code for finding in report)
        self._codes.update(*(schema.codes for schema in schemas))
        outcome = self._judged(report, bench, source, not faults, bool(faults) or _has_own_codes(schemas, bench))
        text = source.data.decode("utf-8", "replace") if source and data is not None else None
        return Checked(path, report, outcome, tuple(faults), text)

    def unknown_codes(self) -> tuple[str, ...]:
        """A sentence for each code, or pattern of codes, that was named and that no check has."""
        if not any(_names_codes(bench.settings) for bench in self._benches.values()):
            return ()
        known = self._codes.union(self.known())
        policies = [bench.policy for bench in self._benches.values()]
        return tuple(dict.fromkeys(sentence for policy in policies for sentence in policy.selection.unknown(known)))

    def settled(self, checked: Iterable[Checked]) -> list[Checked]:
        """What came of documents, now that all codes are known: where one was selected that no check has, which selects
        nothing, the document was not checked as asked.
        """
        selected = {bench.settings.select for bench in self._benches.values() if bench.settings.select}
        if not selected:
            return [*checked]
        known = self._codes.union(self.known())
        faults = {select: tuple(SelectionError("", s) for s in Selection(select).unknown(known)) for select in selected}
        return [one._replace(faults=one.faults + faults.get(self._settings_of(one.path).select, ())) for one in checked]

    def bench(self, path: Path) -> Bench:
        """What a document is checked with. Raises SettingsError, BaselineError, SchemaError."""
        settings, project = self._settings_of(path), project_folder(_real(path))
        if (settings, project) not in self._benches:
            self._benches[settings, project] = self._made(settings, project)
        return self._benches[settings, project]

    def _made(self, settings: Settings, project: Path) -> Bench:
        resolver = resolver_for(settings, project)
        named = (*((name, "") for name in settings.schemas), *((name, Kind.SCHEMATRON) for name in settings.schematron))
        schemas = tuple(Schema.load(name, kind, settings.phase, resolver, self.timeout) for name, kind in named)
        self._codes.update(*(schema.codes for schema in schemas))
        if settings.phase and not any(schema.kind == Kind.SCHEMATRON for schema in schemas):
            raise SchemaError(
                "", f'the phase "{settings.phase}" needs a Schematron schema', "name it by --schema or --schematron"
            )
        return Bench(settings, schemas, resolver, Policy.of(settings))

    def _settings_of(self, path: Path) -> Settings:
        folder = _real(path).parent
        if folder not in self._settings:
            project = self.file or Settings.of(path)
            asked = project.under(self.command)
            self._settings[folder] = asked if self.accepting else asked._replace(baseline=None)
        return self._settings[folder]

    def _judged(self, report: Report, bench: Bench, source: Source | None, is_whole: bool, is_open: bool) -> Outcome:
        data = source.data if source else b""
        return bench.policy.apply(
            report,
            lambda name: data if source and source.name == name else read_again(name),
            known=self.known() if EXCUSING in data else (),
            is_open=is_open,
            is_complete=is_whole and not (self.command.without or self.command.schemas),
        )


def _real(path: Path) -> Path:
    """Where a path leads, links followed: a document has the settings of the place where it is. Whoever reads it says
    that a name with a null character is none.
    """
    return path.absolute() if "\0" in str(path) else Path(os.path.realpath(path))


def resolver_for(settings: Settings, project: Path) -> Resolver:
    """Where addresses and names of schemas lead under some settings, for documents in a project's folder."""
    named = tuple(path for name in settings.schemas if (path := Path(name)).is_file())
    return Resolver.of(project, settings.catalogs, (settings.store,) if settings.store else (), named)


def _has_own_codes(schemas: Iterable[Schema], bench: Bench) -> bool:
    """Whether findings can have codes that the toolkit does not know: the ids of a Schematron schema's assertions, also
    of one that was left out.
    """
    return "schematron" in bench.settings.without or any(schema.kind == Kind.SCHEMATRON for schema in schemas)


def _names_codes(settings: Settings) -> bool:
    return bool(settings.select or settings.ignore or settings.severity or settings.per_file_ignore)
