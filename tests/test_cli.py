"""The command: exit codes, one sentence for each failure, streams kept apart, help with an example for each command."""

import json
import os
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from building import tei
from places import CHAPTER, ROOT
from teiwright.cli import main
from teiwright.document import Document
from teiwright.formats import FORMATS
from teiwright.processor import crossing

ENTITY = '<!DOCTYPE TEI [<!ENTITY x SYSTEM "secret.txt">]>'
BILLION = '<!DOCTYPE TEI [<!ENTITY a "{x}"><!ENTITY b "{a}"><!ENTITY c "{b}">]>'.format(
    x="x" * 1000, a="&a;" * 1000, b="&b;" * 1000
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.xml"
    path.write_text(tei("<p>Dear Ada</p>"), encoding="utf-8")
    return path


def every_command(group=main, path=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))
        else:
            yield (*path, name), command


@pytest.mark.parametrize(
    ("path", "command"), list(every_command()), ids=lambda value: value if isinstance(value, tuple) else ""
)
def test_every_command_has_help_an_example_and_help_for_each_option(run, path, command):
    help_text = run(*path, "--help").stdout
    assert f"Example: teiwright {' '.join(path)}" in help_text
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_help_imports_nothing_heavy():
    program = (
        "import sys\nfrom teiwright.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('lxml', 'saxonche', 'xmlschema') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "toolkit")},
    )
    assert done.stderr.strip() == "[]"


HOPELESS = {
    "missing": (None, "no such file"),
    "empty": (b"", "the file is empty"),
    "blank": (b" \n ", "the file is empty"),
    "unknown-encoding": (b'<?xml version="1.0" encoding="klingon"?><a/>', 'encoding "klingon", which is not known'),
}


@pytest.mark.parametrize("name", HOPELESS)
@pytest.mark.parametrize("command", [["validate"], ["transform", "--to", "text"], ["collate"]], ids=lambda c: c[0])
def test_what_is_no_document_is_one_sentence_and_exit_2(run, tmp_path, name, command):
    content, words = HOPELESS[name]
    path = tmp_path / "bad.xml"
    if content is not None:
        path.write_bytes(content)
    result = run(*command, path, *([path] if command == ["collate"] else []))
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stdout == ""
    assert len([line for line in result.stderr.splitlines() if "teiwright:" in line]) == 1


def test_a_folder_is_no_document(run, tmp_path):
    result = run("validate", tmp_path)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        2,
        f"teiwright: {tmp_path}: this folder holds no file that ends in .xml or .tei",
    )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_an_unreadable_file(run, letter):
    letter.chmod(0)
    result = run("validate", letter)
    letter.chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert (result.exit_code, "permission denied" in result.stderr) == (2, True)


FAULTY = {
    "not-well-formed": b"<TEI>",
    "encoding-mismatch": '<?xml version="1.0" encoding="UTF-8"?><a>ä</a>'.encode("latin-1"),
    "external-entity": tei("<p>&x;</p>").join([ENTITY, ""]).encode(),
    "not-tei": b"<html/>",
}


@pytest.mark.parametrize("code", FAULTY)
def test_what_is_wrong_with_a_document_is_a_finding_and_exit_1(run, tmp_path, code):
    (tmp_path / "secret.txt").write_text("TOPSECRET")
    path = tmp_path / "bad.xml"
    path.write_bytes(FAULTY[code])
    result = run("validate", path)
    assert result.exit_code == 1
    assert f"[{code}]" in result.stdout
    assert "TOPSECRET" not in result.output


def test_an_entity_bomb_is_refused(run, tmp_path):
    path = tmp_path / "bomb.xml"
    path.write_text(BILLION + tei("<p>&c;</p>"))
    assert "expand without bound" in run("validate", path).stdout
    result = run("transform", path, "--to", "text")
    assert (result.exit_code, "expand without bound" in result.stderr) == (2, True)


def test_a_document_that_is_not_tei_is_not_transformed(run, tmp_path):
    path = tmp_path / "page.xml"
    path.write_text("<html/>")
    result = run("transform", path, "--to", "text")
    assert (result.exit_code, 'not a TEI document: its root is "html"' in result.stderr) == (2, True)


def test_a_batch_goes_on_and_says_at_the_end_that_a_file_was_not_read(run, letter, tmp_path):
    bad = tmp_path / "bad.xml"
    bad.write_text("<TEI>")
    result = run("validate", "absent.xml", bad, letter)
    assert result.exit_code == 2
    assert "absent.xml: no such file" in result.stderr
    assert "[not-well-formed]" in result.stdout
    assert "2 files checked" in result.stderr
    assert "1 file not checked" in result.stderr


def test_a_schema_that_cannot_be_read_is_never_a_pass(run, letter):
    for schema in ("absent.rng", "https://example.org/tei.rng", str(letter)):
        result = run("validate", letter, "--schema", schema)
        assert result.exit_code == 2, schema
        assert result.stderr.startswith("teiwright: ")


def test_a_schema_named_by_the_document_and_absent_is_never_a_pass(run, tmp_path):
    path = tmp_path / "a.xml"
    path.write_text('<?xml-model href="no.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>' + tei("<p/>"))
    result = run("validate", path)
    assert (result.exit_code, "no.rng" in result.stderr) == (2, True)


def test_a_document_that_names_no_schema_is_warned_about(run, letter):
    result = run("validate", letter)
    assert (result.exit_code, "[no-schema]" in result.stdout) == (0, True)


def test_findings_as_json(run, tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(tei('<p xml:id="a"/><p xml:id="a"/>'))
    result = run("validate", path, "--format", "json")
    found = json.loads(result.stdout)["diagnostics"]
    assert [f["code"] for f in found if f["severity"] == "error"] == ["duplicate-id"] * 2
    assert {"file", "line", "column", "path", "severity", "code", "message", "origin"} == set(found[0])


@pytest.mark.parametrize(("wanted", "words"), [("htm", 'did you mean "html"?'), ("docx", 'unknown format "docx"'),
                                               ("absent.xsl", "absent.xsl")])  # fmt: skip
def test_an_unknown_format_is_named(run, letter, wanted, words):
    result = run("transform", letter, "--to", wanted)
    assert (result.exit_code, words in result.stderr) == (2, True)


def test_one_result_goes_to_standard_output(run, letter):
    result = run("transform", letter, "--to", "text")
    assert (result.exit_code, "Dear Ada" in result.stdout, result.stderr) == (0, True, "")


def test_a_result_with_files_beside_it_needs_a_place(run, letter):
    result = run("transform", letter, "--to", "text", "--param", "offsets=yes")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot take the file that goes with the result" in result.stderr


def test_several_results_need_a_folder(run, letter):
    assert run("transform", letter, "--to", "text", "--to", "html").exit_code == 2
    result = run("transform", letter, "--to", "text", "--to", "html", "-o", "out/")
    assert result.exit_code == 0
    assert [Path(line).exists() for line in result.stdout.splitlines()] == [True, True]


def test_an_output_that_cannot_be_written_leaves_what_was_there(run, letter, tmp_path):
    (tmp_path / "file").write_text("old")
    result = run("transform", letter, "--to", "text", "-o", "file/inside.txt")
    assert (result.exit_code, "cannot be written" in result.stderr) == (2, True)
    assert (tmp_path / "file").read_text() == "old"


def test_the_source_is_never_overwritten(run, letter):
    before = letter.read_bytes()
    result = run("transform", letter, "--to", "text", "-o", letter)
    assert (result.exit_code, "would overwrite" in result.stderr) == (2, True)
    assert letter.read_bytes() == before


def test_a_stylesheet_may_not_read_or_write_as_it_likes(run, letter, tmp_path):
    (tmp_path / "secret.txt").write_text("TOPSECRET")
    sheet = tmp_path / "evil.xsl"
    sheet.write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/">'
        "<x><xsl:value-of select=\"unparsed-text('secret.txt')\"/></x></xsl:template></xsl:stylesheet>"
    )
    result = run("transform", letter, "--to", sheet)
    assert result.exit_code == 2
    assert "TOPSECRET" not in result.output


def test_parameters_must_be_pairs(run, letter):
    result = run("transform", letter, "--to", "text", "-p", "width")
    assert (result.exit_code, "is not NAME=VALUE" in result.stderr) == (2, True)


def test_collate_tells_agreement_from_difference(run, letter, tmp_path):
    (tmp_path / "same.txt").write_text("Dear  Ada")
    (tmp_path / "other.txt").write_text("Dear Eve")
    assert run("collate", letter, "same.txt").exit_code == 0
    result = run("collate", letter, "other.txt")
    assert (result.exit_code, "[words-differ]" in result.stdout) == (1, True)


def test_the_chapter_is_clean(run):
    result = run("validate", CHAPTER)
    assert (result.exit_code, result.stdout) == (0, "")


def ran(*words, **settings):
    """A run of the command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "toolkit"), **settings.pop("env", {})}
    command = [sys.executable, "-m", "teiwright", *map(str, words)]
    return subprocess.run(command, env=environment, text=True, **settings)


def on_a_terminal(*words, env=None):
    """What a run of the command writes to a terminal."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    leader, follower = pty.openpty()
    ran(*words, stdout=follower, stderr=follower, env=env or {})
    os.close(follower)
    return os.read(leader, 100_000).decode()


def test_colour_on_a_terminal_and_none_in_a_pipe_or_where_it_is_not_wanted(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<TEI>")
    assert "\x1b[" not in ran("validate", path, capture_output=True).stdout
    assert "\x1b[" in on_a_terminal("validate", path, env={"TERM": "xterm"})
    assert "\x1b[3" not in on_a_terminal("validate", path, env={"TERM": "xterm", "NO_COLOR": "1"})


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_standard_output_is_one_sentence(letter):
    with Path("/dev/full").open("w") as full:
        result = ran("transform", letter, "--to", "text", stdout=full, stderr=subprocess.PIPE)
    assert (result.returncode, "Traceback" in result.stderr) == (2, False)
    assert "standard output: cannot be used: No space left on device" in result.stderr


def test_a_closed_pipe_is_no_fault(letter):
    command = f"{sys.executable} -m teiwright transform {letter} --to html | head -c 10"
    result = subprocess.run(
        command, shell=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT / "toolkit")}
    )
    assert (len(result.stdout), b"Traceback" in result.stderr) == (10, False)


def test_results_that_would_share_a_name_get_longer_ones(run, letter, tmp_path):
    for folder in ("a/x", "b/x"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "f.xml").write_bytes(letter.read_bytes())
    result = run("transform", "a/x/f.xml", "b/x/f.xml", "--to", "text", "-o", "out/")
    assert (result.exit_code, sorted(file.name for file in Path("out").iterdir())) == (0, ["a-x-f.txt", "b-x-f.txt"])


def test_results_that_cannot_be_told_apart_are_refused_before_anything_is_written(run, letter, tmp_path):
    (tmp_path / "letter.tei").write_bytes(letter.read_bytes())
    result = run("transform", letter, "letter.tei", "--to", "text", "-o", "out/")
    assert (result.exit_code, "would be written twice" in result.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def test_a_link_is_written_through_and_a_pipe_is_left_alone(run, letter, tmp_path):
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    assert run("transform", letter, "--to", "text", "-o", "link.txt").exit_code == 0
    assert "Dear Ada" in (tmp_path / "real.txt").read_text()
    assert (tmp_path / "link.txt").is_symlink()
    os.mkfifo("pipe")
    result = run("transform", letter, "--to", "text", "-o", "pipe")
    assert (result.exit_code, "a device or a pipe" in result.stderr) == (2, True)


def test_a_phase_needs_a_schematron_schema(run, letter):
    assert run("validate", letter, "--phase", "first").exit_code == 2


def test_leaving_out_every_schema_that_was_named_is_said(run):
    result = run("validate", CHAPTER, "--schema", "lenin.rng", "--without", "relaxng")
    assert (result.exit_code, "[schemas-left-out]" in result.stdout) == (0, True)


def test_what_could_not_be_checked_is_in_the_json(run, letter):
    result = run("validate", "absent.xml", letter, "--format", "json")
    answer = json.loads(result.stdout)
    assert (list(answer["unchecked"]), answer["documents"]) == (["absent.xml"], [str(letter)])


def test_an_encoding_that_lacks_the_characters_is_one_sentence(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(tei("<p>“Ленин”</p>"), encoding="utf-8")
    result = ran("transform", path, "--to", "text", capture_output=True, env={"PYTHONIOENCODING": "latin-1"})
    assert (result.returncode, "Traceback" in result.stderr, "write to a file" in result.stderr) == (2, False, True)


def test_an_empty_name_for_the_output_is_refused(run, letter):
    assert run("transform", letter, "--to", "text", "-o", "").exit_code == 2


def test_help_describes_every_format_and_names_every_parameter(run):
    shown = run("transform", "--help").stdout
    for format in FORMATS.values():
        assert f"{format.name} {format.description}" in " ".join(shown.split())
        assert all(f"{name}=" in shown for name in format.parameters)


def test_a_schema_that_cannot_be_read_does_not_keep_the_other_checks_from_being_made(run, tmp_path):
    path = tmp_path / "a.xml"
    instruction = '<?xml-model href="{}" schematypens="http://relaxng.org/ns/structure/1.0"?>'
    for href in ("https://example.org/tei.rng", "absent.rng"):
        path.write_text(instruction.format(href) + tei('<p corresp="#nobody"/>'))
        result = run("validate", path)
        assert result.exit_code == 2
        assert f'a.xml:1:1: the schema "{href}"' in result.stderr
        assert "--schema names another" in result.stderr
        assert "[pointer-without-target]" in result.stdout
        assert "[no-schema]" not in result.stdout


def test_the_same_file_twice_is_checked_twice_and_never_borrows_a_report(run, tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(tei('<p xml:id="a"/><p xml:id="a"/>'))
    result = run("validate", path, "absent.xml", path)
    assert (result.exit_code, result.stdout.count("[duplicate-id]")) == (2, 4)


def test_streams_that_are_closed_are_no_traceback(letter):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "toolkit")}
    command = f"{shlex.quote(sys.executable)} -m teiwright"
    for words in (
        f"validate {shlex.quote(str(letter))} >&-",
        "validate - <&-",
        "explain >&- 2>&-",
        "--help >/dev/full",
    ):
        done = subprocess.run(f"{command} {words}", shell=True, capture_output=True, text=True, env=environment)
        assert "Traceback" not in done.stderr, words
        assert done.returncode in (0, 1, 2), words


def test_a_hundred_thousand_instructions_before_the_root_cross_in_linear_time():
    text = '<?xml version="1.0"?>' + "<?a b?><!--c-->" * 50_000 + "<TEI/><?d?>"
    assert crossing(Document.parse(text)) == text.removeprefix('<?xml version="1.0"?>').replace("<?d?>", "<?d ?>")


def test_a_folder_stands_for_the_documents_in_it(run, letter, tmp_path):
    (tmp_path / "letters" / "late").mkdir(parents=True)
    for name in ("a.xml", "late/b.tei", "notes.txt", ".hidden.xml"):
        shutil.copy(letter, tmp_path / "letters" / name)
    result = run("transform", tmp_path / "letters", "--to", "text", "-o", f"{tmp_path}/out/")
    assert result.exit_code == 0, result.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.txt", "b.txt"]


def test_a_folder_without_documents_is_none(run, tmp_path):
    result = run("transform", tmp_path, "--to", "text")
    assert (result.exit_code, result.stdout) == (2, "")
    assert str(tmp_path) in result.stderr
