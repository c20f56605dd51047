"""How fast the reading formats are, beside the TEI Stylesheets' figures; run with ``make benchmark-formats``.

A cold figure is the CPU time of a fresh process; a warm one that of one more document in a process that has compiled,
for each megabyte of the document. The rival's figures were measured with its release 7.58 through SaxonC.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmark import TEIWRIGHT, measured
from places import CHAPTER, SHARED
from teiwright.document import Document
from teiwright.formats import converter

FORMATS = ("html", "text", "markdown")
RIVAL = {"cold html": "0.60-0.75", "cold text": "0.14", "warm html": "500-1,300"}
RUNS = 5
PLAYS = 100


def samples() -> list[Path]:
    """Documents of many kinds, the smallest first; the chapter alone where there are no others."""
    wanted = (
        "1015",
        "MS_Canon_Liturg_31",
        "phi0474.*",
        "beer-der-paria",
        "raimund-die-gefesselte-phantasie",
        "ENG18872_Lyall",
    )
    found = {path for name in wanted for path in SHARED.glob(f"samples/**/{name}.xml")} | {CHAPTER}
    return sorted(found, key=lambda path: path.stat().st_size)


def warm(path: Path, name: str) -> float:
    """Milliseconds of CPU for each megabyte."""
    document, maker = Document.read(path), converter(name)
    maker.transform(document)
    best = float("inf")
    for _ in range(RUNS):
        before = time.process_time()
        maker.transform(document)
        best = min(best, time.process_time() - before)
    return best * 1e9 / len(document.text.encode())


def site(folder: Path) -> None:
    """A site of many plays, in wall time on all cores."""
    plays = [path for path in samples() if path.stem.startswith(("beer", "raimund"))]
    for number in range(PLAYS if plays else 0):
        shutil.copy(plays[number % len(plays)], folder / f"play-{number}.xml")
    if plays:
        _, wall = measured([*TEIWRIGHT, "publish", *map(str, sorted(folder.glob("*.xml"))), "-o", str(folder / "site")])
        print(f"\na site of {PLAYS} plays: {wall:.1f} s of wall time")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print("cold, seconds of CPU".ljust(60), *(name.rjust(10) for name in FORMATS))
        for path in samples():
            times = [
                measured([*TEIWRIGHT, "transform", str(path), "--to", name, "-o", f"{folder}/"])[0] for name in FORMATS
            ]
            print(f"  {path.name}, {path.stat().st_size / 1000:,.0f} kB".ljust(60), *(f"{one:10.2f}" for one in times))
        print(f"  the TEI Stylesheets: html {RIVAL['cold html']}, text {RIVAL['cold text']}")
        print("\nwarm, milliseconds of CPU for each megabyte".ljust(61), *(name.rjust(10) for name in FORMATS))
        for path in samples():
            times = [warm(path, name) for name in FORMATS]
            print(f"  {path.name}, {path.stat().st_size / 1000:,.0f} kB".ljust(60), *(f"{one:10,.0f}" for one in times))
        print(f"  the TEI Stylesheets: html {RIVAL['warm html']}, and 15 ms for any document")
        site(Path(folder))


if __name__ == "__main__":
    sys.exit(main())
