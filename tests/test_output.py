"""Outputs: a file appears whole or not at all, and never outside its folder."""

import os

import pytest

from teiwright.errors import OutputError
from teiwright.output import Output, write_file


def test_results_are_written_beside_each_other(tmp_path):
    output = Output("main", ".html", {"notes/one.html": "one"})
    assert [p.read_text() for p in output.write(tmp_path / "new" / "a.html")] == ["main", "one"]


def test_a_secondary_result_may_not_leave_the_folder(tmp_path):
    with pytest.raises(OutputError, match="outside the output folder"):
        Output("main", ".html", {"../evil.html": "x"}).write(tmp_path / "out" / "a.html")
    assert not (tmp_path / "evil.html").exists()


def test_a_folder_is_not_overwritten(tmp_path):
    with pytest.raises(OutputError, match="it is a folder"):
        write_file(tmp_path, "x")


def test_what_cannot_be_written_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="cannot be written: No space left on device"):
        write_file(path, "new")
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_an_interrupted_run_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old")

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file(path, "new")
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_new_file_has_ordinary_permissions_and_an_old_one_keeps_its_own(tmp_path):
    write_file(tmp_path / "new", "x")
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0o077 & 0o666 & ~_umask()
    (tmp_path / "old").write_text("x")
    (tmp_path / "old").chmod(0o640)
    write_file(tmp_path / "old", "y")
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o640


def _umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_that_no_file_can_have_is_refused(tmp_path, name):
    with pytest.raises(OutputError):
        Output("main", ".html", {name: "x"}).write(tmp_path / "a.html")
