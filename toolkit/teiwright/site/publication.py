"""From TEI files to a site."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, TypeVar

from teiwright import assets
from teiwright.document import Document
from teiwright.errors import DocumentError, OutputError, ToolkitError
from teiwright.header import header_of, language, title
from teiwright.names import tei
from teiwright.registers.register import REGISTERS, Register, register
from teiwright.registers.survey import Survey
from teiwright.site import entities, header, home, network, search, timeline, worldmap
from teiwright.site.built import Built
from teiwright.site.dating import Dating
from teiwright.site.files import write_bytes
from teiwright.site.folder import Change, gathering, require_own, settle
from teiwright.site.frame import Frame
from teiwright.site.looks import Looks, Taken
from teiwright.site.markup import Content
from teiwright.site.records import position
from teiwright.site.rendering import house_style
from teiwright.site.survey import survey
from teiwright.site.texts import Plan, build, chronological
from teiwright.slug import distinct
from teiwright.words import Words
from teiwright.xinclude.assembly import assembled

FEW = 3  # documents that are faster made here than by other processes
TEXTS = ("TEI", "teiCorpus")
FAULT = "this is a fault of the toolkit; please report it"
RESERVED = ("assets", *REGISTERS)

Done = Callable[[str], None]
Item = TypeVar("Item")
Result = TypeVar("Result")


class Wishes(NamedTuple):
    """What is asked of a site. ``title``: its name, else that of its only text; ``url``: where it will be; ``language``: of
    generated words, else that of the texts; ``is_lenient``: documents that cannot be read or rendered are left out;
    ``looks``: what the project brings of its own.
    """

    title: str = ""
    url: str = ""
    language: str = ""
    is_split: bool = False
    has_pdf: bool = False
    jobs: int = 0
    is_lenient: bool = False
    looks: Looks = Looks()


NOTHING_ASKED = Wishes()


class Failed(NamedTuple):
    """What stopped a document, in words that cross from one process to another."""

    path: Path
    subject: str
    problem: str
    hint: str

    @classmethod
    def of(cls, error: Exception, path: Path) -> Failed:
        """The words of an error, and which document it came of."""
        if not isinstance(error, ToolkitError):
            return cls(path, str(path), f"{type(error).__name__}: {error}", FAULT)
        subject = error.subject if str(path) in error.subject else f"{path}: {error.subject}".removesuffix(": ")
        return cls(path, subject, error.problem, error.hint)

    @property
    def error(self) -> ToolkitError:
        """It as an exception, whose sentence says all."""
        return ToolkitError(self.subject, self.problem, self.hint)


class UnpublishedError(ToolkitError):
    """A site that was not made since some of its documents cannot be read or rendered: ``failures``, one or more. Its own
    sentence is that of the first.
    """

    def __init__(self, failures: Sequence[Failed]) -> None:
        super().__init__(failures[0].subject, failures[0].problem, failures[0].hint)
        self.failures = tuple(failures)


class Published(NamedTuple):
    """What came of it: the texts, what changed in the folder, and the documents that had to be left out."""

    texts: tuple[Built, ...]
    change: Change
    failed: tuple[Failed, ...] = ()


def publish(
    paths: Sequence[Path],
    folder: Path,
    wishes: Wishes = NOTHING_ASKED,
    *,
    force: bool = False,
    done: Done = lambda step: None,
) -> Published:
    """Makes the site of some documents in a folder. ``done`` is told each step as it is done.

    Raises OutputError where the folder has files of others, StylesheetError where the looks cannot be had, and UnpublishedError with all documents that cannot be read
    or rendered, or with those of a lenient site if there are no others; then nothing is written.
    """
    require_own(folder, force)
    _require_outside((*paths, *wishes.looks.sources), folder)
    taken = wishes.looks.taken()
    surveys, failed = _surveys(paths, text_names(paths), wishes, done)
    while True:
        if failed and not (wishes.is_lenient and surveys):
            raise UnpublishedError(failed)
        with gathering(folder) as gathered:
            texts, unrendered = _gathered(gathered, surveys, wishes, taken, done)
            if not unrendered:
                return Published(tuple(texts), settle(gathered, folder, force), tuple(failed))
        failed += unrendered  # the others are made again: pages may lead to those that are not there
        left_out = {one.path for one in unrendered}
        surveys = [(one, traits) for one, traits in surveys if one.path not in left_out]


def _gathered(
    folder: Path, surveys: Sequence[tuple[Survey, Traits]], wishes: Wishes, taken: Taken, done: Done
) -> tuple[list[Built], list[Failed]]:
    """The texts of a site, all of which is written to a folder; the documents that cannot be rendered, and then no site."""
    found = register([one for one, _ in surveys])
    frame = _frame(surveys, found, wishes)._replace(styles=taken.style.paths)
    plan = Plan(
        folder, frame, {key: found.entities[n].path for key, n in found.by_key.items()},
        _targets([one for one, _ in surveys]), wishes.is_split, wishes.language, wishes.has_pdf,
        taken.own, taken.parameters,
    )  # fmt: skip
    texts, unrendered = _texts([one for one, _ in surveys], plan, wishes, done)
    if not unrendered:
        for path, text in _files(frame, found, texts):
            write_bytes(folder / path, text.encode())
        for path, data in taken.style.files:
            write_bytes(folder / path, data)
    return texts, unrendered


def _targets(surveys: Sequence[Survey]) -> dict[str, tuple[str, str]]:
    """Where the passages are that other documents point to: the page and the id by key."""
    by_uri = {uri: one.targets for one in reversed(surveys) for uri in one.parts}
    by_uri |= {one.uri: one.targets for one in surveys}
    targets = {}
    for key in {key for one in surveys for key in one.pointed}:
        uri, _, identifier = key.partition("#")
        if path := by_uri.get(uri, {}).get(identifier):
            targets[key] = (path, identifier)
    return targets


def text_names(paths: Sequence[Path]) -> list[str]:
    """The folder of each text: the name of its file, with folders before it where another has the same."""
    from teiwright.plan import distinct_names

    unique = list(dict.fromkeys(paths))
    names = distinct_names(unique)
    return distinct(f"{names[path]}-text" if names[path].casefold() in RESERVED else names[path] for path in unique)


class Traits(NamedTuple):
    """What decides which parts a site has."""

    title: str
    language: str
    has_dates: bool
    has_positions: bool
    is_text: bool  # not only a part of one


def _surveyed(item: tuple[Path, str], is_split: bool) -> tuple[Survey, Traits] | Failed:
    path, name = item
    try:
        document = assembled(Document.read(path)).document.require_tei()
        dating = Dating(document, Words())
        return survey(document, path, name, is_split), Traits(
            title(header_of(document)),
            language(document),
            any(dating.of(element) is not None for element in chronological(document)),
            any(position(element) is not None for element in document.root.iter(tei("place"))),
            document.root.tag in map(tei, TEXTS),
        )
    except Exception as error:  # a fault of the toolkit's own has to say which document it is about, too
        return Failed.of(error, item[0])


def _surveys(
    paths: Sequence[Path], names: Sequence[str], wishes: Wishes, done: Done
) -> tuple[list[tuple[Survey, Traits]], list[Failed]]:
    """What the documents bring, and those that cannot be read. A file that another includes, and that is no whole text or
    cannot be read by itself, has no pages of its own.
    """
    items = list(zip(dict.fromkeys(paths), names, strict=True))
    if not items:
        raise DocumentError("", "no documents to make a site of")
    results = _everywhere(partial(_surveyed, is_split=wishes.is_split), items, wishes.jobs, done)
    surveys, failed = _parted(results)
    parts = {uri for one, _ in surveys for uri in one.parts}
    return (
        [(one, traits) for one, traits in surveys if traits.is_text or _resolved(one.path) not in parts],
        [one for one in failed if _resolved(one.path) not in parts],
    )


def _resolved(path: Path) -> str:
    return Path(os.path.realpath(path)).as_uri() if "\0" not in str(path) else ""


def _parted(results: Sequence[Result | Failed]) -> tuple[list[Result], list[Failed]]:
    """What was made, and what failed."""
    return (
        [result for result in results if not isinstance(result, Failed)],
        [result for result in results if isinstance(result, Failed)],
    )


def _frame(surveys: Sequence[tuple[Survey, Traits]], found: Register, wishes: Wishes) -> Frame:
    """The frame of the site: the parts are those that there is something for."""
    languages = {traits.language.partition("-")[0] for _, traits in surveys}
    language = Words(wishes.language or (languages.pop() if len(languages) == 1 else "en")).language
    kinds = {entity.kind for entity in found.entities}
    sections = [("site-home", "index.html")]
    sections += [(kind, f"{kind}/index.html") for kind in REGISTERS[:4] if kind in kinds]
    sections += [("bibliography", "works/index.html")] if "works" in kinds else []
    sections += [("chronology", timeline.PATH)] if any(traits.has_dates for _, traits in surveys) else []
    sections += [("site-map", worldmap.PATH)] if any(traits.has_positions for _, traits in surveys) else []
    sections += [("site-network", network.PATH)] if sum(e.kind == "persons" for e in found.entities) > 1 else []
    sections += [("site-search", search.PATH)]
    title = wishes.title or (surveys[0][1].title if len(surveys) == 1 else "") or Words(language)("site-collection")
    url = wishes.url if not wishes.url or wishes.url.endswith("/") else f"{wishes.url}/"
    return Frame(title, language, url, tuple(sections), tuple(one.name for one, _ in surveys))


def _texts(surveys: Sequence[Survey], plan: Plan, wishes: Wishes, done: Done) -> tuple[list[Built], list[Failed]]:
    items = [(one.path, one.name) for one in surveys]
    return _parted(_everywhere(partial(_built, plan=plan), items, wishes.jobs, done))


def _built(item: tuple[Path, str], plan: Plan) -> Built | Failed:
    try:
        return build(*item, plan)
    except OutputError:  # a full disk is nothing about the document
        raise
    except Exception as error:
        return Failed.of(error, item[0])


def _everywhere(work: Callable[[Item], Result], items: Sequence[Item], jobs: int, done: Done) -> list[Result]:
    """What some work makes of each item, in their order; by several processes where there are many. They are spawned, since
    SaxonC does not promise to live through a fork.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(items))
    if jobs < 2 or len(items) <= FEW:
        return [_told(work(item), done, item) for item in items]
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin, initargs=(work,)) as pool:
        waiting = {pool.submit(_do, item): n for n, item in enumerate(items)}
        results: dict[int, Result] = {}
        try:
            for future in as_completed(waiting):
                results[waiting[future]] = _told(future.result(), done, items[waiting[future]])
        except BrokenProcessPool:
            raise ToolkitError("", "a process that makes texts was ended from outside", "try fewer --jobs") from None
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)  # what is under way writes no more when the folder goes
            raise
    return [results[n] for n in range(len(items))]


_work: list[Callable[[Any], Any]] = []  # of a process: what it does with each item, sent once, since it may be large


def _begin(work: Callable[[Any], Any]) -> None:
    """Has a process know its work, and only the one that leads hear of an interruption from the keyboard; it ends the
    others. If it is ended from outside, they end by themselves.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_leader, daemon=True).start()
    _work[:] = [work]


def _end_with_leader() -> None:
    if leader := parent_process():
        leader.join()
        os._exit(1)


def _do(item: Any) -> Any:
    return _work[0](item)


def _told(result: Result, done: Done, item: object) -> Result:
    done(str(item[0]) if isinstance(item, tuple) else str(item))
    return result


def _files(frame: Frame, found: Register, texts: Sequence[Built]) -> Iterator[tuple[str, str]]:
    """The files of the site that are made of all its texts: their paths and what they say."""
    pages: list[str] = [path for text in texts for path in (*text.pages, *(path for _, path in text.extras))]
    for path, text in _pages(frame, found, texts):
        pages.append(path)
        yield path, text
    yield search.PATH, search.search_page(frame)
    yield from search.files(texts)
    yield "robots.txt", home.robots(frame)
    if frame.url:
        yield "sitemap.xml", home.sitemap(frame, pages)
    own = assets.folder("xslt") / "site"
    styles = {"assets/edition.css": house_style(), "assets/site.css": (own / "site.css").read_text(encoding="utf-8")}
    yield from styles.items()
    yield home.NOT_FOUND, home.not_found_page(frame, "".join(styles.values()))
    yield "assets/search.js", (own / "search.js").read_text(encoding="utf-8")


def _pages(frame: Frame, found: Register, texts: Sequence[Built]) -> Iterator[tuple[str, str]]:
    listed = entities.entries(found.entities, texts)
    names = {entry.entity.path: entry.filing for entry in listed}
    for kind in REGISTERS:
        of_kind = [entry for entry in listed if entry.entity.kind == kind]
        if of_kind:
            yield entities.register_page(frame, kind, of_kind, _exports(frame, texts) if kind == "works" else ())
            yield from ((entry.entity.path, entities.entity_page(frame, entry)) for entry in of_kind)
    parts = dict(frame.sections)
    if "chronology" in parts:
        yield timeline.PATH, timeline.chronology_page(frame, timeline.days(texts), names)
    if "site-map" in parts:
        yield worldmap.PATH, worldmap.map_page(frame, [entry for entry in listed if entry.entity.kind == "places"])
    if "site-network" in parts:
        found_ties = network.ties(texts)
        yield network.PATH, network.network_page(frame, found_ties, names)
        if found_ties:
            yield "network.csv", network.table_text(found_ties, names)
    yield home.PATH, home.home_page(frame, texts)


def _exports(frame: Frame, texts: Sequence[Built]) -> list[Content]:
    """The bibliographies of the texts to take away."""
    exports = [d for text in texts for d in text.downloads if d.kind.endswith("-works")]
    return [header.download_list(exports, "works/index.html", frame.words)] if exports else []


def _require_outside(paths: Iterable[Path], folder: Path) -> None:
    """Raises OutputError where a source lies where the site is to be."""
    root = folder.resolve()
    for path in paths:
        if path.resolve().is_relative_to(root):
            raise OutputError(str(path), "lies in the folder that the site is to be written to")
