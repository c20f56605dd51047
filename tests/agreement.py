"""Holds the RELAX NG engine's verdicts against jing's, on thousands of documents: samples, the examples of the TEI
Guidelines in a document each, and broken copies of both.

Run with ``make agreement``. Prints how many verdicts are equal, and in how many of the documents that both refuse the
first error stands in the same line; then the documents in which that is not so.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1] / "toolkit"))

from places import CHAPTER, ROOT, SHARED
from text_mutations import is_well_formed, mutants

TEI = "http://www.tei-c.org/ns/1.0"
EXAMPLES = "http://www.tei-c.org/ns/Examples"
TAG_REST = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*>""")
AT_ONCE = 500  # documents that one jing process is given
JING_ERROR = re.compile(r"^(?P<path>.*?):(?P<line>\d+):\d+: (?:error|fatal): (?P<message>.*)$", re.MULTILINE)
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>An example</title></titleStmt><publicationStmt><p>None.</p></publicationStmt>"
    "<sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader>"
)


class Verdict(NamedTuple):
    """The first error in a document: its line and message, and the line on which the tag ends that it is about."""

    line: int = 0
    message: str = ""
    tag_end: int = 0


def examples() -> Iterator[bytes]:
    """The examples of the Guidelines, each in a TEI document: as it is, or in the text's body, or in a division of it."""
    definitions = etree.parse(SHARED / "tei" / "p5subset.xml", etree.XMLParser(huge_tree=True)).getroot()
    for example in definitions.iter(f"{{{EXAMPLES}}}egXML"):
        parts = [deepcopy(child) for child in example.iterchildren(f"{{{EXAMPLES}}}*")]
        for element in (e for part in parts for e in part.iter(f"{{{EXAMPLES}}}*")):
            element.tag = f"{{{TEI}}}{etree.QName(element).localname}"
        content = "".join(etree.tostring(part, encoding="unicode", with_tail=False) for part in parts)
        if content.startswith("<TEI"):
            yield content.encode()
        elif content:
            yield f'<TEI xmlns="{TEI}">\n{HEADER}\n<text>\n<body>\n<div>\n{content}\n</div></body></text></TEI>'.encode()


def samples() -> Iterator[bytes]:
    """Whole documents of other projects, and the chapter; without XInclude, which jing's parser follows."""
    for path in [CHAPTER, *sorted((SHARED / "samples").rglob("*"))]:
        if path.suffix in (".xml", ".tei"):
            data = path.read_bytes()
            if b"XInclude" not in data and b"<!DOCTYPE" not in data and is_well_formed(data):
                yield data


def written(folder: Path, copies: int, broken: int, seed: int) -> list[Path]:
    """Files of all documents: every example and sample, ``broken`` copies of each example, ``copies`` of each sample."""
    paths: list[Path] = []
    for kind, documents, number in (("sample", samples(), copies), ("example", examples(), broken)):
        for index, data in enumerate(documents):
            for which, text in enumerate((data, *mutants(data, number, seed + index))):
                if is_well_formed(text):
                    paths.append(folder / f"{kind}-{index:04}-{which:04}.xml")
                    paths[-1].write_bytes(text)
    return paths


def jing(schema: Path, paths: list[Path]) -> dict[str, Verdict]:
    """What jing says first about each document that it refuses."""
    found: dict[str, Verdict] = {}
    for start in range(0, len(paths), AT_ONCE):
        command = ["jing", str(schema), *map(str, paths[start : start + AT_ONCE])]
        output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        for error in JING_ERROR.finditer(output):
            found.setdefault(error["path"], Verdict(int(error["line"]), error["message"]))
    return found


def ours(schema: Path, paths: list[Path]) -> dict[str, Verdict]:
    """What our engine says first about each document that it refuses."""
    from teiwright.relaxng import Grammar
    from teiwright.source import Source

    grammar = Grammar.read(schema)
    found: dict[str, Verdict] = {}
    for path in paths:
        first = next(iter(grammar.validate(Source.read(path))), None)
        if first is not None:
            line, column = first.location.line, first.location.column
            found[str(path)] = Verdict(line, str(first), line + lines_to_end(path.read_text("utf-8"), line, column))
    return found


def lines_to_end(text: str, line: int, column: int) -> int:
    """How many lines below a place the tag ends that the place is in."""
    start = [0, *(end.end() for end in re.finditer("\n", text))][line - 1] + column - 1
    rest = TAG_REST.match(text, start)
    return rest[0].count("\n") if rest else 0


def in_parallel(schema: Path, paths: list[Path], processes: int) -> dict[str, Verdict]:
    """``ours`` by several processes."""
    found: dict[str, Verdict] = {}
    with ProcessPoolExecutor(processes) as pool:
        for part in pool.map(ours, [schema] * processes, [paths[n::processes] for n in range(processes)]):
            found |= part
    return found


def kind_of(message: str) -> str:
    """The sort of a message of jing's: what it says without the names."""
    return re.sub(r'"[^"]*"', "…", message.partition(";")[0])


def main() -> None:
    """Compare, print, and end with 1 where a verdict differs."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--schema", type=Path, default=SHARED / "tei" / "tei_all.rng")
    arguments.add_argument("--copies", type=int, default=400, help="broken copies of each sample")
    arguments.add_argument("--broken", type=int, default=5, help="broken copies of each example")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--processes", type=int, default=4)
    arguments.add_argument("--show", type=int, default=20, help="differences to print")
    chosen = arguments.parse_args()
    if not shutil.which("jing") or not SHARED.is_dir():
        raise SystemExit(f"jing and the reference material {SHARED.relative_to(ROOT.parent)} are needed")
    with tempfile.TemporaryDirectory() as folder:
        paths = written(Path(folder), chosen.copies, chosen.broken, chosen.seed)
        start = time.perf_counter()
        theirs = jing(chosen.schema, paths)
        middle = time.perf_counter()
        found = in_parallel(chosen.schema, paths, chosen.processes)
        print(f"seconds: jing {middle - start:.0f}, teiwright {time.perf_counter() - middle:.0f}")
        differing = report(paths, theirs, found, chosen.show)
    raise SystemExit(1 if differing else 0)


def report(paths: list[Path], theirs: dict[str, Verdict], found: dict[str, Verdict], show: int) -> int:
    """Prints the comparison; how many verdicts differ."""
    names = [str(path) for path in paths]
    differing = [name for name in names if (name in theirs) != (name in found)]
    both = [name for name in names if name in theirs and name in found]
    elsewhere = [name for name in both if theirs[name].line != found[name].line]
    same, of = len(both) - len(elsewhere), max(1, len(both))
    ends = sum(theirs[name].line == found[name].tag_end for name in elsewhere)
    print(f"{len(names):,} documents, {len(both):,} refused by both, {len(differing):,} verdicts differ")
    print(f"first error in the same line: {same:,} ({same / of:.2%})")
    print(f"with those where jing names the line on which our tag ends: {same + ends:,} ({(same + ends) / of:.2%})")
    print(
        f"elsewhere, by jing's message: {Counter(kind_of(theirs[name].message) for name in elsewhere).most_common(8)}"
    )
    for name in (differing + elsewhere)[:show]:
        print(f"\n{Path(name).name}\n  jing {theirs.get(name)}\n  ours {found.get(name)}")
    return len(differing)


if __name__ == "__main__":
    main()
