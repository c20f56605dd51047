"""Which document becomes which file: names for many results, decided before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from teiwright.errors import OutputError
from teiwright.formats import Converter
from teiwright.output import refuse_doubles


@dataclass(frozen=True)
class Job:
    """One transformation: of a document, by a converter, to a file, or to standard output where that is None."""

    source: Path
    converter: Converter
    target: Path | None


def jobs(sources: Sequence[Path], converters: Sequence[Converter], target: str | None = None) -> list[Job]:
    """Every source by every converter. ``target`` is a file for one result, a folder (existing, or ending in a slash)
    for any number, or None or "-" for one result on standard output. Raises OutputError where a name would be used twice.
    """
    if target == "":
        raise OutputError("", "the name of the output is empty", "give a file, or a folder that ends in a slash")
    sources = list(dict.fromkeys(sources))
    pairs = [(source, converter) for source in sources for converter in converters]
    to_folder = target is not None and (target.endswith(("/", "\\")) or Path(target).is_dir())
    if len(pairs) > 1 and not to_folder:
        raise OutputError("", "several results need a folder", "give one that exists or ends in a slash, as -o build/")
    if target in (None, "-"):
        return [Job(source, converter, None) for source, converter in pairs]
    folder = Path(str(target))
    names = distinct_names(sources)
    planned = [
        Job(source, converter, folder / f"{names[source]}{converter.extension}" if to_folder else folder)
        for source, converter in pairs
    ]
    refuse_doubles(job.target for job in planned if job.target)
    return planned


def distinct_names(sources: Iterable[Path]) -> dict[Path, str]:
    """A name for each source: its own without the extension, with as many of its folders before it as tell it from
    the others.

    >>> sorted(distinct_names([Path("a/x/f.xml"), Path("b/x/f.xml"), Path("g.xml")]).values())
    ['a-x-f', 'b-x-f', 'g']
    """
    names = {source: source.stem for source in sources}
    deepest = max((len(source.absolute().parts) for source in names), default=0)
    for folders in range(1, deepest):
        taken = Counter(names.values())
        shared = [source for source, name in names.items() if taken[name] > 1]
        if not shared:
            break
        for source in shared:
            names[source] = "-".join((*source.absolute().parts[1:-1][-folders:], source.stem))
    return names
