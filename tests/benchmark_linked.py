"""How long linked data of a large register take, in each syntax, and the memory of the process: 10,000 persons whom a text
names 100,000 times. Start with ``python tests/benchmark_linked.py [PERSONS]``; figures go to standard output.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from places import ROOT

PERSONS, EACH, IN_ONE = 10_000, 10, 5  # persons, mentions of each, mentions in a paragraph
SYNTAXES = ("ntriples", "turtle", "rdfxml", "json-ld")
HEADER = """<teiHeader><fileDesc><titleStmt><title>Register</title></titleStmt><publicationStmt><p/></publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"""
# Exports in a process of its own, and says its peak: the memory that is asked of the system, in kilobytes.
CHILD = """import resource, sys; from teiwright.cli import main
try: main()
finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"""


def edition(persons: int) -> str:
    """A register and a text that names whom it has, in an order that is always the same."""
    chance = random.Random(1)
    records = "".join(
        f'<person xml:id="p{n}"><persName><forename>Anna</forename> <surname>Bell {n}</surname></persName>'
        f'<idno type="VIAF">{1000 + n}</idno><birth when="{1710 + n % 90}"/></person>\n'
        for n in range(persons)
    )
    named = [f'<persName ref="#p{chance.randrange(persons)}">Anna B.</persName>' for _ in range(persons * EACH)]
    paragraphs = "".join(f"<p>{' and '.join(named[n : n + IN_ONE])}</p>\n" for n in range(0, len(named), IN_ONE))
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<standOff><listPerson>{records}</listPerson></standOff>'
        f"<text><body>{paragraphs}</body></text></TEI>"
    )


def main(persons: int) -> None:
    """Prints a line for each syntax."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "register.xml")
        source.write_text(edition(persons), encoding="utf-8")
        for syntax in SYNTAXES:
            result = Path(folder, f"register.{syntax}")
            arguments = ["export", str(source), "--to", syntax, "--base", "https://example.org/", "-o", str(result)]
            begun = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", CHILD, *arguments], env={"PYTHONPATH": str(ROOT / "toolkit")},
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            seconds, peak = time.perf_counter() - begun, int(done.stderr.split()[-1]) / 1024
            size = result.stat().st_size / 1_000_000
            print(f"{syntax:<10}{seconds:6.1f} s {peak:7,.0f} MB of memory {size:6.0f} MB written")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else PERSONS)
