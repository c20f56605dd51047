"""Programs of others read the reports: the OASIS schema and Microsoft's multitool for SARIF, Jenkins' schema and
junitparser for JUnit. The checks install them at first use, so this is no part of the quick suite.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from findings import NAMES, SIGNS, finding
from places import SHARED, needs_shared
from teiwright.diagnostic import Diagnostic, Location, Report, Severity
from teiwright.reporting.account import Account, Suppressed, rendered
from teiwright.schema import Schema
from teiwright.validation import validate

pytestmark = [needs_shared, pytest.mark.slow]
STYLES = {"sarif": "check_sarif.py", "junit": "check_junit.py"}
ENDINGS = {"sarif": ".sarif", "junit": ".xml"}


def samples() -> Account:
    schema = Schema.load(SHARED / "tei" / "tei_all.rng")
    paths = sorted((*SHARED.glob("samples/**/*.xml"), *SHARED.glob("samples/**/*.tei")))
    reports = tuple(validate(path, [schema]) for path in paths)
    assert sum(map(len, reports)) > 100
    return Account(reports, (("no.xml", "no.xml: no such file"),), exit_status=2)


def names() -> Account:
    found = [
        Diagnostic(
            Location(name, n, n, f"/{name}"), Severity(n % 4), sign, f"{name}{sign}", sign, sign, ((sign, sign),)
        )
        for n, name in enumerate(NAMES)
        for sign in SIGNS
    ]
    report = Report.of(found, NAMES, SIGNS)
    return Account((report,), tuple(zip(NAMES, SIGNS, strict=False)), (Suppressed(found[0], True, SIGNS[0]),), 2)


def many() -> Account:
    found = [finding(line, 1, ("element-not-allowed", "not-tei")[line % 2]) for line in range(10_000)]
    return Account((Report.of(found, ["poem.xml"], ["tei_all.rng"]),), exit_status=1)


ACCOUNTS = {"empty": Account, "samples": samples, "names": names, "many": many}


@pytest.mark.parametrize("name", ACCOUNTS)
@pytest.mark.parametrize("style", STYLES)
def test_the_judges_find_no_error(style: str, name: str, tmp_path: Path) -> None:
    told = ACCOUNTS[name]()
    path = tmp_path / f"{name}{ENDINGS[style]}"
    path.write_text(rendered(told, style), encoding="utf-8")
    command = [sys.executable, str(SHARED / "checks" / STYLES[style]), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "1 checked, 0 errors" in done.stdout, done.stdout + done.stderr
    if style == "sarif":
        results = len(told.whole) + len(told.suppressed)
        assert f"{results} results by teiwright" in done.stdout
