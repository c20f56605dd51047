"""How fast documents are validated, beside jing, libxml2 (lxml) and xmlschema: the same files, one run.

Run with ``make benchmark-validation``; prints the tables of docs/validation.md. Figures depend on the machine. What is
compared: one document in a fresh process, a long run in one process, memory over many documents, and giants.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from places import ROOT, SHARED

PLAY = SHARED / "samples" / "beer-der-paria.xml"
LONG_PLAY = SHARED / "samples" / "raimund-die-gefesselte-phantasie.xml"
NOVEL = SHARED / "samples" / "ENG18872_Lyall.xml"
TEI_ALL = SHARED / "tei" / "tei_all.rng"
RULES = SHARED / "tei" / "tei_all.isosch"
PYTHON = [sys.executable]
TEIWRIGHT = [*PYTHON, "-m", "teiwright"]
LIBXML2 = (
    "import sys; from lxml import etree; schema = etree.RelaxNG(etree.parse(sys.argv[1]));"
    "sys.exit(not schema.validate(etree.parse(sys.argv[2])))"
)
XMLSCHEMA = "import sys, xmlschema; sys.exit(not xmlschema.XMLSchema(sys.argv[1]).is_valid(sys.argv[2]))"
LIBRARY = """
import sys
from teiwright.relaxng import Grammar
from teiwright.source import Source
sys.exit(any(Grammar.read(sys.argv[1]).validate(Source.read(sys.argv[2]))))
"""
WARM = """
import sys, time, resource
from teiwright.relaxng import Grammar
from teiwright.source import Source
grammar = Grammar.read(sys.argv[1])
source = Source.read(sys.argv[2])
for _ in range(3): list(grammar.validate(source))
best = 9e9
for _ in range(20):
    start = time.process_time(); found = list(grammar.validate(source)); best = min(best, time.process_time() - start)
print(best)
"""
WARM_LIBXML2 = """
import sys, time
from lxml import etree
schema = etree.RelaxNG(etree.parse(sys.argv[1]))
best = 9e9
for _ in range(20):
    start = time.process_time(); schema.validate(etree.parse(sys.argv[2])); best = min(best, time.process_time() - start)
print(best)
"""
MANY = """
import resource, sys
from pathlib import Path
from teiwright.relaxng import Grammar
from teiwright.source import Source
grammar = Grammar.read(sys.argv[1])
for path in Path(sys.argv[2]).iterdir():
    list(grammar.validate(Source.read(path)))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
"""
GIANTS_SCHEMA = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"><start><ref name="seg"/></start>
<define name="seg"><element name="seg"><optional><attribute name="n" ns=""/></optional><zeroOrMore><ref name="seg"/></zeroOrMore>
</element></define></grammar>"""
OPEN, CLOSE = b'<seg xmlns="http://www.tei-c.org/ns/1.0">', b"</seg>"


class Cost:
    """CPU seconds, wall seconds and the peak of memory in MB of a command: the least of some runs."""

    def __init__(self, command: list[str], runs: int = 5, cache: str = "") -> None:
        self.cpu = self.wall = self.memory = float("inf")
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "toolkit"), "TEIWRIGHT_CACHE": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as a user's installation has it, with compiled modules
        for _ in range(runs):
            start = time.perf_counter()
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
            assert process.stdout is not None
            self.output = process.stdout.read().decode()
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.stdout.close()
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in (0, 1):
                raise SystemExit(f"{' '.join(command)} stopped: {self.output[-500:]}")
            self.cpu = min(self.cpu, used.ru_utime + used.ru_stime)
            self.wall = min(self.wall, wall)
            self.memory = min(self.memory, used.ru_maxrss / 1000)

    def __str__(self) -> str:
        return f"{self.cpu:.3f} | {self.wall:.3f} | {self.memory:.0f}"


def row(name: str, *cells: object) -> None:
    """Print one row of a table."""
    print(f"| {name} | {' | '.join(map(str, cells))} |", flush=True)


def head(*cells: str) -> None:
    """Print the head of a table."""
    print(f"\n| {' | '.join(cells)} |\n| --- |{' ---: |' * (len(cells) - 1)}")


def tei_all_xsd(folder: Path) -> Path:
    """TEI's whole schema as XSD, by our own compiler: what xmlschema and libxml2 are given."""
    odd = folder / "tei_all.odd"
    odd.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>All</title></titleStmt>'
        "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>"
        f'<schemaSpec ident="tei_all" start="TEI teiCorpus">{modules()}</schemaSpec></body></text></TEI>'
    )
    command = [
        *TEIWRIGHT,
        "schema",
        "compile",
        str(odd),
        "--source",
        str(SHARED / "tei" / "p5subset.xml"),
        "-o",
        str(folder),
    ]
    Cost(command, runs=1)
    return folder / "tei_all.xsd"


def modules() -> str:
    """A reference to each module of the Guidelines."""
    names = """analysis certainty core corpus dictionaries drama figures gaiji header iso-fs linking msdescription
    namesdates nets spoken tagdocs tei textcrit textstructure transcr verse""".split()
    return "".join(f'<moduleRef key="{name}"/>' for name in names)


def fresh(folder: Path, jing: str) -> None:
    """One play in a fresh process."""
    cache = str(folder / "cache")
    ours = [*TEIWRIGHT, "validate", str(PLAY), "--schema", str(TEI_ALL)]
    rules = ["--schema", str(RULES)]
    Cost([*ours, *rules], runs=1, cache=cache)  # fills the cache
    head(f"{PLAY.name}, {PLAY.stat().st_size / 1000:.0f} kB, fresh process", "CPU s", "wall s", "MB")
    row("`python -c pass`", Cost([*PYTHON, "-c", "pass"]))
    row("`python -c 'import click'`", Cost([*PYTHON, "-c", "import click"]))
    warm = Cost([*ours, "--without", "rules"], runs=10, cache=cache)
    row("teiwright, RELAX NG, cached", warm)
    library = Cost([*PYTHON, "-c", LIBRARY, str(TEI_ALL), str(PLAY)], runs=10, cache=cache)
    row("the same from Python, `Grammar.read` and `validate`", library)
    row("teiwright, RELAX NG, `--no-cache`", Cost([*ours, "--without", "rules", "--no-cache"]))
    row("teiwright, RELAX NG and rules, cached", Cost(ours, cache=cache))
    row("teiwright, RELAX NG and Schematron, cached", Cost([*ours, *rules, "--without", "rules"], cache=cache))
    if jing:
        rival = Cost([jing, str(TEI_ALL), str(PLAY)], runs=10)
        row("jing, RELAX NG", rival)
        print(
            f"\nWall time of jing over teiwright's, cached: {rival.wall / warm.wall:.1f}; CPU: {rival.cpu / warm.cpu:.1f}"
        )


def rivals(folder: Path) -> None:
    """The same play and libxml2, xmlschema: too slow for many runs."""
    head("the same play, rivals in Python", "CPU s", "wall s", "MB")
    row("lxml (libxml2), tei_all.rng", Cost([*PYTHON, "-c", LIBXML2, str(TEI_ALL), str(PLAY)], runs=1))
    xsd = tei_all_xsd(folder)
    row("xmlschema, tei_all.xsd", Cost([*PYTHON, "-c", XMLSCHEMA, str(xsd), str(PLAY)], runs=1))


def warm(jing: str) -> None:
    """Many documents in one process."""
    head("warm, one core", "kB", "elements", "teiwright MB/s", "elements/s", "jing MB/s", "libxml2 MB/s")
    for path in (PLAY, LONG_PLAY, NOVEL):
        size, elements = path.stat().st_size / 1e6, path.read_bytes().count(b"</")
        seconds = float(Cost([*PYTHON, "-c", WARM, str(TEI_ALL), str(path)], runs=1).output)
        libxml2 = float(Cost([*PYTHON, "-c", WARM_LIBXML2, str(TEI_ALL), str(path)], runs=1).output)
        theirs = f"{size / jing_seconds(jing, path):.0f}" if jing else "not here"
        row(
            path.name,
            f"{size * 1000:.0f}",
            elements,
            f"{size / seconds:.0f}",
            f"{elements / seconds:,.0f}",
            theirs,
            f"{size / libxml2:.0f}",
        )


def jing_seconds(jing: str, path: Path) -> float:
    """CPU seconds that jing takes for one document more, once it is warm."""
    few = Cost([jing, str(TEI_ALL), *[str(path)] * 200], runs=1).cpu
    many = Cost([jing, str(TEI_ALL), *[str(path)] * 600], runs=1).cpu
    return (many - few) / 400


def memory(folder: Path) -> None:
    """Ten thousand documents in one process, each another one."""
    from text_mutations import mutants

    documents = folder / "many"
    documents.mkdir()
    sources = [path for path in sorted((SHARED / "samples").glob("*.xml")) if path.stat().st_size < 60_000]
    for index in range(10_000):
        data = sources[index % len(sources)].read_bytes()
        (documents / f"{index}.xml").write_bytes(next(mutants(data, 50, seed=index), data))
    done = Cost([*PYTHON, "-c", MANY, str(TEI_ALL), str(documents)], runs=1)
    head("10,000 different documents in one process", "CPU s", "MB at most")
    row("teiwright, RELAX NG", f"{done.cpu:.1f}", f"{float(done.output):.0f}")


def giants(folder: Path) -> None:
    """Files of extreme shapes, by a schema that allows them."""
    schema = folder / "giants.rng"
    schema.write_text(GIANTS_SCHEMA)
    makers: dict[str, Callable[[], bytes]] = {
        "100,000 levels deep": lambda: OPEN + b"<seg>" * 99_999 + CLOSE * 100_000,
        "one attribute of 100 MB": lambda: OPEN + b'<seg n="' + b"x" * 100_000_000 + b'"/>' + CLOSE,
        "10,000,000 elements": lambda: OPEN + b"<seg/>" * 9_999_999 + CLOSE,
    }
    head("giants", "MB", "CPU s", "wall s", "MB at most", "answer")
    for name, make in makers.items():
        path = folder / "giant.xml"
        path.write_bytes(make())
        done = Cost([*TEIWRIGHT, "validate", str(path), "--schema", str(schema), "--without", "rules"], runs=1)
        row(
            name,
            f"{path.stat().st_size / 1e6:.1f}",
            done,
            done.output.strip().splitlines()[-1].replace(str(folder), "…"),
        )


def main() -> None:
    """Print all tables."""
    parts = ("fresh", "rivals", "warm", "memory", "giants")
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("parts", nargs="*", default=list(parts), help=f"some of {', '.join(parts)}")
    chosen = arguments.parse_args().parts
    if not SHARED.is_dir():
        raise SystemExit("the reference material ../shared is needed")
    jing = shutil.which("jing") or ""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {time.strftime('%Y-%m-%d')}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        steps = {
            "fresh": lambda: fresh(folder, jing),
            "rivals": lambda: rivals(folder),
            "warm": lambda: warm(jing),
            "memory": lambda: memory(folder),
            "giants": lambda: giants(folder),
        }
        for part in chosen:
            steps[part]()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
