"""Many documents, each under the settings of its own project: what is needed for them is made once and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from teiwright.address import project_folder
from teiwright.diagnostic import Report
from teiwright.errors import DocumentError, SchemaError, ToolkitError
from teiwright.names import Kind
from teiwright.policy.settings import Settings
from teiwright.policy.verdict import EXCUSING, Outcome, Policy, read_again
from teiwright.schema import Schema
from teiwright.schemas.resolution import Resolver
from teiwright.source import Source
from teiwright.validation import validate

ENDINGS = (".xml", ".tei")  # of the files in a folder that are taken for documents
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


class Bench(NamedTuple):
    """What a document is checked with: the settings, the schemas that they name, the way to other schemas, the policy."""

    settings: Settings
    schemas: tuple[Schema, ...]
    resolver: Resolver
    policy: Policy


class Corpus:
    """Checks documents. ``command`` are settings that come before those of the projects; ``file`` names the settings
    for all documents, so that none are sought; ``known`` gives the codes that findings can have beside those of
    Schematron schemas, where it matters; ``accepting`` says whether baselines are heard. ``timeout`` is how many
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
        self._seen: set[str] = set()
        self._settings: dict[Path, Settings] = {}
        self._benches: dict[tuple[Settings, Path], Bench] = {}

    def check(self, path: Path, data: bytes | None = None) -> Checked:
        """What is wrong with a document, by what its project asks for. ``data`` is its content where it is in no file.
        Raises SettingsError, BaselineError and, for schemas that settings name, SchemaError.
        """
        bench = self.bench(path)
        faults: list[ToolkitError] = []
        try:
            source = Source.read(path) if data is None else Source.parse(data, str(path))
            report = self._report(source, bench, faults)
        except ToolkitError as error:
            found = error.diagnostic if isinstance(error, DocumentError) else None
            if found is None:
                return Checked(path, faults=(*faults, error))
            source, report = None, Report.of([found], [str(path)], ["well-formedness"])
        self._seen.update(finding.code for finding in report)
        outcome = self._judged(report, bench, source, not faults)
        text = source.data.decode("utf-8", "replace") if source and data is not None else None
        return Checked(path, report, outcome, tuple(faults), text)

    def unknown_codes(self) -> tuple[str, ...]:
        """A sentence for each code, or pattern of codes, that was named and that is neither known nor was ever found."""
        if not any(_names_codes(bench.settings) for bench in self._benches.values()):
            return ()
        known = self._seen.union(self.known())
        policies = [bench.policy for bench in self._benches.values()]
        return tuple(dict.fromkeys(sentence for policy in policies for sentence in policy.selection.unknown(known)))

    def bench(self, path: Path) -> Bench:
        """What a document is checked with. Raises SettingsError, BaselineError, SchemaError."""
        settings, project = self._settings_of(path), project_folder(path.absolute())
        if (settings, project) not in self._benches:
            self._benches[settings, project] = self._made(settings, project)
        return self._benches[settings, project]

    def _made(self, settings: Settings, project: Path) -> Bench:
        resolver = resolver_for(settings, project)
        schemas = tuple(Schema.load(name, "", settings.phase, resolver, self.timeout) for name in settings.schemas)
        if settings.phase and not any(schema.kind == Kind.SCHEMATRON for schema in schemas):
            raise SchemaError("", f'the phase "{settings.phase}" needs a Schematron schema', "name it by --schema")
        return Bench(settings, schemas, resolver, Policy.of(settings))

    def _settings_of(self, path: Path) -> Settings:
        folder = path.absolute().parent
        if folder not in self._settings:
            project = self.file or Settings.of(path)
            asked = project.under(self.command)
            self._settings[folder] = asked if self.accepting else asked._replace(baseline=None)
        return self._settings[folder]

    def _report(self, source: Source, bench: Bench, faults: list[ToolkitError]) -> Report:
        asks = bench.policy.selection.asks
        settings = bench.settings
        return validate(
            source, bench.schemas, settings.without, faults.append, bench.resolver,
            lambda code: asks(code, source.name), self.timeout,
        )  # fmt: skip

    def _judged(self, report: Report, bench: Bench, source: Source | None, is_whole: bool) -> Outcome:
        data = source.data if source else b""
        has_excuses = source is not None and EXCUSING in data
        return bench.policy.apply(
            report,
            lambda name: data if source and source.name == name else read_again(name),
            known=self.known() if has_excuses else (),
            is_open=source is not None and has_excuses and _uses_schematron(source, bench),
            is_complete=is_whole and not (self.command.without or self.command.schemas),
        )


def resolver_for(settings: Settings, project: Path) -> Resolver:
    """Where addresses and names of schemas lead under some settings, for documents in a project's folder."""
    named = tuple(path for name in settings.schemas if (path := Path(name)).is_file())
    return Resolver.of(project, settings.catalogs, (settings.store,) if settings.store else (), named)


def _uses_schematron(source: Source, bench: Bench) -> bool:
    """Whether findings can have codes that the toolkit does not know: the ids of a schema's assertions."""
    if bench.schemas:
        return any(schema.kind == Kind.SCHEMATRON for schema in bench.schemas)
    from teiwright.schemas.association import associated

    try:
        return any(association.kind == Kind.SCHEMATRON for association in associated(source, bench.resolver))
    except SchemaError:  # which was reported when the document was checked
        return True


def _names_codes(settings: Settings) -> bool:
    return bool(settings.select or settings.ignore or settings.severity or settings.per_file_ignore)


def documents(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that some paths mean: of a folder all in it and below that look like documents, in the order of their
    names, hidden ones apart; where there is none the folder itself, and whoever reads it says that it is no file.
    """
    for path in paths:
        below: list[Path] = []
        if path.is_dir():
            below = [file for file in path.rglob("*") if file.suffix in ENDINGS and not _is_hidden(file, path)]
        yield from sorted(below) or [path]


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)
