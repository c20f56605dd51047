"""How fast the commands are, in CPU seconds of a fresh process, beside what they are measured against.

Run with ``make benchmark``. Figures depend on the machine; the README states those of one, with its date.
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from places import CHAPTER, ROOT, SHARED

RUNS = 5
TEIWRIGHT = [sys.executable, "-m", "teiwright"]
XMLSCHEMA = "import sys, xmlschema; xmlschema.XMLSchema(sys.argv[1]).validate(sys.argv[2])"
LIBXML2 = (
    "import sys; from lxml import etree; s = etree.RelaxNG(etree.parse(sys.argv[1]));"
    "sys.exit(not s.validate(etree.parse(sys.argv[2])))"
)


def measured(command: list[str]) -> tuple[float, float]:
    """The least CPU time and the least wall time, in seconds, over some runs of a command."""
    best_cpu = best_wall = float("inf")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "toolkit")}
    for _ in range(RUNS):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        run = subprocess.run(command, capture_output=True, env=environment, cwd=ROOT)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if run.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)} stopped: {run.stderr.decode()[-500:]}")
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best_cpu, best_wall = min(best_cpu, cpu), min(best_wall, wall)
    return best_cpu, best_wall


def commands(out: str) -> dict[str, list[str]]:
    """What is measured, by name; rivals where they are installed."""
    chapter, schemas = str(CHAPTER), ROOT / "schemas"
    found = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "teiwright --help": [*TEIWRIGHT, "--help"],
        "validate, without XSD": [*TEIWRIGHT, "validate", chapter, "--without", "xsd"],
        "validate, with XSD": [*TEIWRIGHT, "validate", chapter],
        "  RELAX NG only": [*TEIWRIGHT, "validate", chapter, "--schema", "lenin.rng", "--without", "rules"],
        "  Schematron only": [*TEIWRIGHT, "validate", chapter, "--schema", "lenin.sch", "--without", "rules"],
        "  XSD only": [*TEIWRIGHT, "validate", chapter, "--schema", "lenin.xsd", "--without", "rules"],
        "  rival: xmlschema, XSD": [sys.executable, "-c", XMLSCHEMA, str(schemas / "lenin.xsd"), chapter],
        "  rival: libxml2, RELAX NG": [sys.executable, "-c", LIBXML2, str(schemas / "lenin.rng"), chapter],
        "transform --to html": [*TEIWRIGHT, "transform", chapter, "--to", "html", "-o", f"{out}/"],
        "transform --to all": [*TEIWRIGHT, "transform", chapter, "--to", "all", "-o", f"{out}/"],
        "collate": [*TEIWRIGHT, "collate", chapter, str(ROOT / "tei/source/lenin-2-chapter-19.txt")],
    }
    tei_all = SHARED / "tei" / "tei_all.rng"
    if tei_all.exists():
        found["validate against tei_all"] = [
            *TEIWRIGHT, "validate", chapter, "--schema", str(tei_all), "--without", "rules",
        ]  # fmt: skip
    if jing := shutil.which("jing"):
        found["  rival: jing, RELAX NG"] = [jing, str(schemas / "lenin.rng"), chapter]
        if tei_all.exists():
            found["  rival: jing, tei_all"] = [jing, str(tei_all), chapter]
    return found


def main() -> None:
    """Print one line for each command."""
    size = CHAPTER.stat().st_size / 1000
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, chapter {size:.0f} kB, best of {RUNS}")
    print(f"{'':32}{'CPU s':>8}{'wall s':>8}")
    with tempfile.TemporaryDirectory() as out:
        for name, command in commands(out).items():
            cpu, wall = measured(command)
            print(f"{name:32}{cpu:8.2f}{wall:8.2f}", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
