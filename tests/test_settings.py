"""A project's settings: where they are found, what they may say, and what is said of those that are wrong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import ROOT
from teiwright.diagnostic import Severity
from teiwright.names import CHECKS
from teiwright.policy.excuses import hear
from teiwright.policy.settings import KEYS, Settings, SettingsError
from teiwright.wildcard import path_matches

WHOLE = """
schemas = ["schemas/letters.rng", "tei_all", "beside.rng"]
phase = "final"
catalogs = ["catalog.xml"]
without = ["xsd"]
select = ["date-*"]
ignore = ["not-tei", "a,b"]
fail-on = "warning"
baseline = "old/baseline.json"
store = "kept"
schematron = ["schemas/letters.rng"]
severity = {no-schema = "error", "date-*" = "information"}

[per-file-ignore]
"drafts/**" = ["pointer-without-target"]
"*.txt.xml" = []
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "tei" / "letters").mkdir(parents=True)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_all_that_can_be_set(project: Path) -> None:
    write(project / "beside.rng", "")
    file = write(project / "teiwright.toml", WHOLE)
    assert Settings.of(project / "tei" / "a.xml") == Settings.read(file) == Settings(
        file,
        schemas=(str(project / "schemas" / "letters.rng"), "tei_all", str(project / "beside.rng")),
        phase="final",
        catalogs=(project / "catalog.xml",),
        without=("xsd",),
        select=("date-*",),
        ignore=("not-tei", "a", "b"),
        severity=(("no-schema", Severity.ERROR), ("date-*", Severity.INFORMATION)),
        per_file_ignore=(("drafts/**", ("pointer-without-target",)), ("*.txt.xml", ())),
        fail_on=Severity.WARNING,
        baseline=project / "old" / "baseline.json",
        store=project / "kept",
        schematron=(str(project / "schemas" / "letters.rng"),),
    )  # fmt: skip


def test_every_key_is_a_field_and_every_field_a_key() -> None:
    assert {key.replace("-", "_") for key in KEYS} == {*Settings._fields} - {"file"}


def test_the_checks_are_the_kinds_of_schemas_and_the_rules() -> None:
    from teiwright.validation import KINDS

    assert {*CHECKS} == {*KINDS.values(), "rules"}


def test_the_table_in_pyproject_says_the_same(project: Path) -> None:
    tables = WHOLE.replace("[per", "[tool.teiwright.per")
    file = write(project / "pyproject.toml", f'[project]\nname = "edition"\n[tool.teiwright]{tables}[tool.ruff]\nx = 1')
    assert Settings.of(project / "a.xml")[1:] == Settings.read(write(project / "teiwright.toml", WHOLE))[1:]
    assert Settings.read(file).file == file


def ignored(document: Path) -> tuple[str, ...]:
    return Settings.of(document).ignore


def test_the_nearest_file_counts_alone(project: Path) -> None:
    write(project / "teiwright.toml", 'ignore = ["far"]\nphase = "far"')
    assert ignored(project / "tei" / "letters" / "a.xml") == ("far",)
    write(project / "tei" / "teiwright.toml", 'ignore = ["near"]')
    assert Settings.of(project / "tei" / "letters" / "a.xml")[1:3] == ((), None)
    assert ignored(project / "tei" / "letters" / "a.xml") == ("near",)
    assert ignored(project / "a.xml") == ("far",)


def test_in_one_folder_the_own_file_comes_first(project: Path) -> None:
    write(project / "pyproject.toml", '[tool.teiwright]\nignore = ["shared"]')
    assert ignored(project / "a.xml") == ("shared",)
    write(project / "teiwright.toml", "")
    assert ignored(project / "a.xml") == ()


@pytest.mark.parametrize(
    "text", ["", "[tool.ruff]\n", '[project]\ndependencies = ["teiwright"]', "broken =", "tool = 1 # teiwright",
             "[tool]\nteiwright = 1"],
)  # fmt: skip
def test_a_pyproject_without_the_table_is_passed_by(project: Path, text: str) -> None:
    write(project / "tei" / "pyproject.toml", text)
    write(project / "teiwright.toml", 'ignore = ["above"]')
    assert ignored(project / "tei" / "a.xml") == ("above",)


def test_above_the_repository_nothing_is_sought(project: Path) -> None:
    write(project / "teiwright.toml", 'ignore = ["above"]')
    (project / "tei" / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    assert ignored(project / "tei" / "letters" / "a.xml") == ()
    write(project / "tei" / "teiwright.toml", 'ignore = ["here"]')
    assert ignored(project / "tei" / "letters" / "a.xml") == ("here",)


def test_a_document_that_is_reached_by_any_way_has_the_same_settings(
    project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project / "teiwright.toml", 'ignore = ["here"]')
    (project / "tei" / "a.xml").touch()
    link = tmp_path_factory.mktemp("elsewhere") / "link.xml"
    link.symlink_to(project / "tei" / "a.xml")
    assert ignored(link) == ("here",)
    monkeypatch.chdir(project / "tei" / "letters")
    assert ignored(Path("../a.xml")) == ("here",)
    assert ignored(Path("a.xml")) == ("here",)


def test_a_name_that_no_file_can_have_has_no_settings(project: Path) -> None:
    write(project / "teiwright.toml", 'ignore = ["here"]')
    assert Settings.of(f"{project}/a\0b.xml") == Settings()


def test_folders_without_end_are_climbed() -> None:
    assert isinstance(Settings.of("/" + "a/" * 1500 + "b.xml"), Settings)


def test_a_folder_of_that_name_is_no_settings(project: Path) -> None:
    (project / "tei" / "teiwright.toml").mkdir()
    write(project / "teiwright.toml", 'ignore = ["above"]')
    assert ignored(project / "tei" / "a.xml") == ("above",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('\nignroe = ["x"]', 'teiwright.toml:2: no such setting: "ignroe" (did you mean "ignore"?)'),
        ("x = 1", 'teiwright.toml:1: no such setting: "x" (expected one of schemas, schematron, phase, catalogs, without'),
        ("\n\n[per-file-ignores]\n", 'teiwright.toml:3: no such setting: "per-file-ignores" (did you mean "per-file-ignore"?)'),
        ("[severities]", 'teiwright.toml:1: no such setting: "severities" (did you mean "severity"?)'),
        ('ignore = "not-tei"', 'teiwright.toml:1: "ignore": expected an array of strings, found a string'),
        ("ignore = [1]", 'teiwright.toml:1: "ignore": expected a string, found a number'),
        ('ignore = ["a:b"]', 'teiwright.toml:1: "ignore": "a:b" is not a code (expected one such as "not-tei"'),
        ("phase = true", 'teiwright.toml:1: "phase": expected a string, found a boolean'),
        ("phase = 1917-11-07", 'teiwright.toml:1: "phase": expected a string, found a date or time'),
        ('phase = ""', 'teiwright.toml:1: "phase": the string is empty'),
        ("severity = []", 'teiwright.toml:1: "severity": expected a table, found an array'),
        ('[severity]\nnot-tei = "eror"', 'teiwright.toml:1: "severity": no such severity: "eror" (did you mean "error"?)'),
        ('fail-on = "never"', 'teiwright.toml:1: "fail-on": no such severity: "never" (expected one of information, warning, error, fatal)'),
        ('without = ["rule"]', 'teiwright.toml:1: "without": no such check: "rule" (did you mean "rules"?)'),
        ('[per-file-ignore]\n"a" = "b"', 'teiwright.toml:1: "per-file-ignore": expected an array of strings, found a string'),
        ('baseline = "a\\u0000"', 'teiwright.toml:1: "baseline": no file can have this name'),
        ("a = 1\nb", "teiwright.toml:2: not TOML: expected '=' after a key in a key/value pair"),
        ('a = "', "teiwright.toml:1: not TOML: unterminated string"),
        ("\na = [1 2]", "teiwright.toml:2:8: not TOML: unclosed array"),
        ("a = 1\na = 2", "teiwright.toml:2: not TOML: cannot overwrite a value"),
        ("a = " + "[" * 100_000, "teiwright.toml: not TOML that can be read: nested or long beyond measure"),
        (f"a = {'9' * 10_000}", "teiwright.toml: not TOML that can be read: nested or long beyond measure"),
        ("#" * 2**20 + "#", "teiwright.toml: the settings are larger than 1 MB"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(
    project: Path, monkeypatch: pytest.MonkeyPatch, text: str, sentence: str
) -> None:
    write(project / "teiwright.toml", text)
    monkeypatch.chdir(project)
    with pytest.raises(SettingsError) as error:
        Settings.of(project / "tei" / "a.xml")
    assert str(error.value).startswith(sentence)
    assert "\n" not in str(error.value)


def test_the_line_of_a_wrong_key_in_pyproject_is_that_of_its_table(project: Path) -> None:
    text = '[tool.other]\nignroe = 1\n[tool.teiwright]\nphase = "x"\n ignroe = []\n'
    file = write(project / "pyproject.toml", text)
    with pytest.raises(SettingsError, match=r"pyproject\.toml:5: no such setting"):
        Settings.of(file)
    write(file, "[tool.other]\nsev = 1\n[tool.teiwright.sev]\n")
    with pytest.raises(SettingsError, match=r"pyproject\.toml:3: no such setting"):
        Settings.of(file)


def test_a_broken_pyproject_that_has_the_table_is_an_error(project: Path) -> None:
    write(project / "pyproject.toml", "[tool.teiwright]\nignore = [")
    with pytest.raises(SettingsError, match="not TOML"):
        Settings.of(project / "a.xml")


def test_settings_that_cannot_be_read(project: Path) -> None:
    (project / "teiwright.toml").write_bytes(b"# \xff")
    with pytest.raises(SettingsError, match="not in UTF-8"):
        Settings.of(project / "a.xml")
    with pytest.raises(SettingsError, match="No such file"):
        Settings.read(project / "none.toml")
    os.mkfifo(project / "pipe.toml")
    with pytest.raises(SettingsError, match="no regular file"):
        Settings.read(project / "pipe.toml")


@given(st.text(max_size=80))
def test_any_text_is_settings_or_an_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("project") / "teiwright.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(SettingsError):
        assert Settings.read(file).file == file


# The command line beside the settings

OURS = Settings(
    Path("/p/teiwright.toml"), ("a.rng",), "final", (Path("c.xml"),), ("xsd",), ("date-*",), ("not-tei",),
    (("x", Severity.ERROR), ("y", Severity.ERROR)), (("*", ("z",)),), Severity.WARNING, Path("b.json"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("command", "changed"),
    [
        (Settings(), {}),
        (Settings(schemas=("b.rng",)), {"schemas": ("b.rng",), "phase": None}),
        (Settings(schemas=("b.sch",), phase="draft"), {"schemas": ("b.sch",), "phase": "draft"}),
        (Settings(phase="draft"), {"phase": "draft"}),
        (Settings(catalogs=(Path("d.xml"),)), {"catalogs": (Path("d.xml"), Path("c.xml"))}),
        (Settings(without=("xsd", "rules")), {"without": ("xsd", "rules")}),
        (Settings(select=("x",)), {"select": ("x",), "ignore": ()}),
        (Settings(select=("x",), ignore=("y",)), {"select": ("x",), "ignore": ("y",)}),
        (Settings(ignore=("y",)), {"ignore": ("not-tei", "y")}),
        (Settings(severity=(("y", Severity.FATAL),)), {"severity": (("x", Severity.ERROR), ("y", Severity.FATAL))}),
        (Settings(fail_on=Severity.INFORMATION), {"fail_on": Severity.INFORMATION}),
        (Settings(baseline=Path("n.json")), {"baseline": Path("n.json")}),
        (Settings(store=Path("kept")), {"store": Path("kept")}),
    ],
)
def test_the_command_line_beats_the_settings(command: Settings, changed: dict[str, object]) -> None:
    assert OURS.under(command) == OURS._replace(**changed)  # type: ignore[arg-type]


def test_without_settings_the_command_line_stands_alone() -> None:
    command = OURS._replace(file=None)
    assert Settings().under(command) == command._replace(per_file_ignore=())


def test_what_is_not_needed_is_not_imported(tmp_path: Path) -> None:
    program = (
        "import sys; from teiwright.policy.settings import Settings; from teiwright.policy.verdict import Policy;"
        "from teiwright.diagnostic import Report;"
        "Policy.of(Settings.of(sys.argv[1])).apply(Report((), (sys.argv[1],)));"
        "print(*sys.modules)"
    )
    (tmp_path / ".git").mkdir()
    write(tmp_path / "a.xml", "<a/>")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "toolkit")}
    command = [sys.executable, "-c", program, str(tmp_path / "a.xml")]
    loaded = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout.split()
    heavy = {"tomllib", "json", "difflib", "lxml", "tempfile", "teiwright.policy.baseline", "teiwright.policy.excuses"}
    assert heavy.isdisjoint(loaded)


# The page about settings

PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_example_of_the_page_is_understood(project: Path) -> None:
    (example,) = blocks("toml")
    settings = Settings.read(write(project / "teiwright.toml", example))
    assert {name for name, value in settings._asdict().items() if value} == {*Settings._fields} - {"select"}


def test_the_page_names_every_setting() -> None:
    assert re.findall(r"^\| `([\w-]+)` \| [^|]*\| [^|]*\|$", PAGE, re.MULTILINE)[:12] == [
        "schemas", "schematron", "phase", "catalogs", "without", "select", "ignore", "fail-on", "severity", "per-file-ignore",
        "baseline", "store",
    ]  # fmt: skip
    assert all(f"| `{key}` |" in PAGE for key in KEYS)


def test_the_examples_of_patterns_are_true() -> None:
    rows = re.findall(r"^\| `(.*?)` \| (`.*?`) \| (`.*?`) \|$", PAGE[PAGE.index("### Files") :], re.MULTILINE)
    assert len(rows) == 4
    for pattern, fitting, others in rows:
        assert all(path_matches(pattern, path) for path in re.findall("`(.*?)`", fitting))
        assert not any(path_matches(pattern, path) for path in re.findall("`(.*?)`", others))


@pytest.mark.parametrize("example", blocks("xml"))
def test_the_excuses_of_the_page_are_understood(example: str) -> None:
    hearing = hear([], example.encode(), "a.xml")
    assert {complaint.code for complaint in hearing.complaints} == {"excuse-unused"}


def test_the_program_of_the_page_runs(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program,) = blocks("python")
    write(project / "letter.xml", '<TEI xmlns="http://www.tei-c.org/ns/1.0"/>')
    write(project / "teiwright.toml", 'fail-on = "warning"')
    monkeypatch.chdir(project)
    with pytest.raises(SystemExit) as ended:
        exec(compile(program, "settings.md", "exec"), {})
    assert ended.value.code == 1
