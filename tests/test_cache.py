"""The cache: what was kept comes back, and nothing else ever does."""

import multiprocessing
import os
import random
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teiwright import cache as module
from teiwright.cache import Cache, current, digest, key, switch_off, usual_folder

PAYLOAD = bytes(range(256)) * 8
posix = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no owners and modes of files")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def entries(cache: Cache) -> list[Path]:
    """The files in a cache's folder."""
    assert cache.folder
    return sorted(cache.folder.iterdir())


def test_what_was_kept_comes_back(cache: Cache) -> None:
    name = key("grammar", b"data")
    assert cache.load(name) is None
    assert cache.store(name, PAYLOAD)
    assert cache.load(name) == PAYLOAD
    assert cache.store(name, b"other")
    assert cache.load(name) == b"other"
    assert len(entries(cache)) == 1


def test_an_empty_payload_is_one(cache: Cache) -> None:
    cache.store(key("x"), b"")
    assert cache.load(key("x")) == b""


@given(st.lists(st.binary(max_size=5), max_size=3), st.lists(st.binary(max_size=5), max_size=3))
def test_keys_are_equal_only_for_equal_parts(first: list[bytes], second: list[bytes]) -> None:
    assert (key("kind", *first) == key("kind", *second)) == (first == second)
    assert key("kind", *first) != key("other", *first)


def test_another_version_has_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = key("grammar", b"data")
    for index in range(len(module.STAMP)):
        changed = [*module.STAMP]
        changed[index] += "x"
        monkeypatch.setattr(module, "STAMP", tuple(changed))
        assert key("grammar", b"data") != mine
        monkeypatch.undo()


@settings(max_examples=300)
@given(st.data())
def test_no_altered_entry_is_used(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    name = key("x", b"1")
    cache.store(name, PAYLOAD)
    path = entries(cache)[0]
    whole = path.read_bytes()
    if data.draw(st.booleans(), "cut short"):
        altered = whole[: data.draw(st.integers(0, len(whole) - 1))]
    else:
        place = data.draw(st.integers(0, len(whole) - 1))
        flipped = whole[place] ^ (1 << data.draw(st.integers(0, 7)))
        altered = whole[:place] + bytes([flipped]) + whole[place + 1 :]
    path.write_bytes(altered)
    assert cache.load(name) is None
    path.write_bytes(whole + b"more")
    assert cache.load(name) is None
    path.write_bytes(whole)
    assert cache.load(name) == PAYLOAD


def test_an_entry_under_the_name_of_another_is_not_used(cache: Cache) -> None:
    first, second = key("x", b"1"), key("x", b"2")
    cache.store(first, b"one")
    cache.store(second, b"two")
    one, two = entries(cache)
    swapped = one.read_bytes(), two.read_bytes()
    two.write_bytes(swapped[0])
    one.write_bytes(swapped[1])
    assert cache.load(first) is None
    assert cache.load(second) is None


@given(st.binary(max_size=200))
def test_any_bytes_in_place_of_an_entry_are_nothing(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    cache.store(key("x"), PAYLOAD)
    entries(cache)[0].write_bytes(junk)
    assert cache.load(key("x")) is None


@posix
@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_a_folder_that_others_may_write_to_is_not_used(cache: Cache, mode: int) -> None:
    cache.store(key("x"), PAYLOAD)
    assert cache.folder
    cache.folder.chmod(mode)
    assert cache.load(key("x")) is None
    assert not cache.store(key("y"), PAYLOAD)
    assert cache.clear() == 0
    assert len(list(cache.folder.iterdir())) == 1


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_file_that_others_may_write_to_is_not_used(cache: Cache, mode: int) -> None:
    cache.store(key("x"), PAYLOAD)
    entries(cache)[0].chmod(mode)
    assert cache.load(key("x")) is None


@posix
def test_what_belongs_to_somebody_else_is_not_used(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.store(key("x"), PAYLOAD)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert cache.load(key("x")) is None
    assert not cache.store(key("y"), PAYLOAD)


@posix
def test_folder_and_files_are_the_users_alone(cache: Cache) -> None:
    cache.store(key("x"), PAYLOAD)
    assert cache.folder
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(entries(cache)[0].stat().st_mode) == 0o600


@posix
def test_links_are_not_followed(cache: Cache, tmp_path: Path) -> None:
    cache.store(key("x"), PAYLOAD)
    entry = entries(cache)[0]
    elsewhere = entry.rename(tmp_path / "elsewhere")
    entry.symlink_to(elsewhere)
    assert cache.load(key("x")) is None
    (tmp_path / "link").symlink_to(tmp_path / "cache")
    assert not Cache(tmp_path / "link").store(key("x"), PAYLOAD)


@posix
@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_nothing(cache: Cache, kind: str) -> None:
    """Who opens the pipe and waits never comes back."""
    cache.store(key("x"), PAYLOAD)
    entry = entries(cache)[0]
    entry.unlink()
    entry.mkdir() if kind == "folder" else os.mkfifo(entry)
    assert cache.load(key("x")) is None


def test_where_no_folder_can_be_had_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "cache", Path("/dev/null/cache"), Path("x" * 5000)):
        unusable = Cache(folder)
        assert not unusable.store(key("x"), PAYLOAD)
        assert unusable.load(key("x")) is None
        assert unusable.size() == unusable.clear() == 0


def test_a_full_disk_leaves_nothing_behind(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.store(key("x"), PAYLOAD)

    def full(_descriptor: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    assert not cache.store(key("y"), PAYLOAD)
    monkeypatch.undo()
    assert len(entries(cache)) == 1
    assert cache.load(key("x")) == PAYLOAD


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", limit=10_000)
    names = [key("x", str(number)) for number in range(6)]
    for number, name in enumerate(names[:5]):
        cache.store(name, PAYLOAD)  # about 2,100 bytes each
        os.utime(tmp_path / "cache" / f"{name}.entry", (1_000_000 + number, 1_000_000 + number))
        if number == 3:
            assert cache.load(names[0]) == PAYLOAD  # used again
    cache.store(names[5], PAYLOAD)
    assert cache.size() <= 10_000
    assert [cache.load(name) is not None for name in names] == [True, False, False, True, True, True]


def test_what_is_larger_than_the_limit_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", limit=1000)
    assert not cache.store(key("x"), PAYLOAD)
    assert cache.size() == 0


def test_clearing_removes_entries_and_nothing_else(cache: Cache) -> None:
    for number in range(3):
        cache.store(key("x", str(number)), PAYLOAD)
    assert cache.folder
    (cache.folder / "mine.txt").write_text("not the toolkit's")
    assert cache.size() > 3 * len(PAYLOAD)
    assert cache.clear() == 3
    assert [path.name for path in entries(cache)] == ["mine.txt"]


def write_and_read(folder: Path, seed: int, wrong: "multiprocessing.Queue[str]") -> None:
    """Stores and loads the same few entries as others do at the same time."""
    cache = Cache(folder, limit=40_000)
    chance = random.Random(seed)
    for _ in range(150):
        number = chance.randrange(5)
        name = key("x", str(number))
        if chance.random() < 0.5:
            cache.store(name, bytes([number]) * 9_000)
        found = cache.load(name)
        if found not in (None, bytes([number]) * 9_000):
            wrong.put(f"{number}: {found[:20]!r}")
        if chance.random() < 0.02:
            cache.clear()


def test_many_processes_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    wrong: multiprocessing.Queue[str] = context.Queue()
    workers = [context.Process(target=write_and_read, args=(tmp_path / "cache", seed, wrong)) for seed in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert wrong.empty()
    assert not [path for path in (tmp_path / "cache").iterdir() if path.suffix == module.UNFINISHED]


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"TEIWRIGHT_CACHE": "/a/b", "XDG_CACHE_HOME": "/x"}, "linux", "/a/b"),
        ({"TEIWRIGHT_CACHE": "", "XDG_CACHE_HOME": "/x"}, "linux", "/x/teiwright"),
        ({"XDG_CACHE_HOME": "not/absolute"}, "linux", "~/.cache/teiwright"),
        ({}, "linux", "~/.cache/teiwright"),
        ({}, "darwin", "~/Library/Caches/teiwright"),
        ({"LOCALAPPDATA": "/local"}, "win32", "/local/teiwright"),
    ],
)
def test_the_folder_that_is_usual(environment: dict[str, str], platform: str, folder: str) -> None:
    assert usual_folder(environment, platform) == Path(folder).expanduser()


def test_it_can_be_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module._Switch, "on", True)  # so that it is on again afterwards
    environment = {"TEIWRIGHT_CACHE": str(tmp_path)}
    assert current(environment).folder == tmp_path
    assert current(environment | {"TEIWRIGHT_NO_CACHE": "1"}).folder is None
    switch_off()
    assert current(environment).folder is None
    assert not current(environment).store(key("x"), PAYLOAD)


def test_a_digest_is_of_all_its_parts() -> None:
    assert len({digest(), digest(b""), digest("a"), digest("a", ""), digest("", "a"), digest("\ud800")}) == 6


def test_this_python_has_the_fast_digest() -> None:
    if sys.implementation.name == "cpython":
        assert module.blake2b.__module__ == "_blake2"
