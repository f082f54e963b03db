import errno
import gc
import os
import stat
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.text import dictionary, dictionary_cache, dictionary_making
from summarize.text.dictionary import WordDictionary
from summarize.text.dictionary_cache import NEVER, HiddenMarkovModel, cache_file, cache_folder

SOURCE = "AT&T 3 nz\n一 10 m\n一下 5 m\n一下子 3 m\n一个样 2 m\n下 4 f\n下一个 1 m\n𠀀𠀁 7 n\n"
FREQUENCIES = {
    "A": 0, "AT": 0, "AT&": 0, "AT&T": 3,
    "一": 10, "一下": 5, "一下子": 3, "一个": 0, "一个样": 2,
    "下": 4, "下一": 0, "下一个": 1,
    "𠀀": 0, "𠀀𠀁": 7,
}  # fmt: skip
TOTAL = 35
EMISSION = {"一": (-1.5, -2.0, NEVER, -0.25), "龘": (-7.0, NEVER, -1 / 3, -5.0)}
MODEL = HiddenMarkovModel((-0.25, NEVER, NEVER, -1.5), (-1.0, -2.0, -3.0, -4.0, -5.0, -6.0, -7.0, -8.0), EMISSION)

needs_posix = pytest.mark.skipif(os.name == "nt", reason="owners and modes are POSIX")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "dict.txt"
    path.write_text(SOURCE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache" / "summarize"


def open_dictionary(source, folder):
    return WordDictionary(source, lambda: MODEL, folder)


def open_cache_only(source, folder):
    """Open a dictionary that fails where it would have to be built."""

    def fail():
        raise AssertionError("the cache was not used")

    return WordDictionary(source, fail, folder)


def assert_complete(words):
    words.load("一下子一个样，下一个𠀀𠀁AT&T龘")
    assert {word: words.loaded.frequencies[word] for word in FREQUENCIES} == FREQUENCIES
    assert words.total == TOTAL
    assert words.loaded.model.start == MODEL.start
    assert words.loaded.model.transition == MODEL.transition
    assert {character: words.loaded.model.emission[character] for character in EMISSION} == EMISSION
    assert words.loaded.model.emission.get("子", (NEVER,) * 4) == (NEVER,) * 4


def files_in(folder):
    return [path.name for path in folder.iterdir()]


def test_dictionary_is_the_same_built_and_read_and_in_memory(source, folder):
    assert_complete(open_dictionary(source, folder))
    assert_complete(open_cache_only(source, folder))
    assert_complete(open_dictionary(source, None))
    assert files_in(folder) == [cache_file(source)]


def test_dictionary_loads_only_the_pairs_of_the_text(source, folder):
    open_dictionary(source, folder)
    words = open_cache_only(source, folder)
    assert words.loaded.frequencies == {}
    words.load("下一下")
    assert words.loaded.frequencies == {"下": 4, "下一": 0, "下一个": 1, "一": 10, "一下": 5, "一下子": 3}


def test_dictionary_that_has_made_its_cache_keeps_no_more_in_memory_than_one_that_finds_it(source, folder):
    words = open_dictionary(source, folder)
    gc.collect()
    assert not [kept for kept in gc.get_objects() if isinstance(kept, dictionary_making.SourceShards)]
    assert_complete(words)


def test_dictionary_knows_a_last_character_alone(source):
    words = open_dictionary(source, None)
    words.load("一")
    assert words.loaded.frequencies == {"一": 10}


@given(st.lists(st.text("一下子个样A&T𠀀𠀁，龘 ", max_size=12)))
def test_dictionary_is_complete_for_every_part_of_any_text(texts):
    with tempfile.TemporaryDirectory() as name:
        source = Path(name, "dict.txt")
        source.write_text(SOURCE, encoding="utf-8")
        words = open_dictionary(source, None)
        for text in texts:
            words.load(text)
            parts = {text[i:j] for i in range(len(text)) for j in range(i + 1, len(text) + 1)}
            assert {part: words.loaded.frequencies.get(part) for part in parts} == {
                part: FREQUENCIES.get(part) for part in parts
            }


def test_dictionary_loads_everything_for_a_text_with_many_pairs(source, folder, monkeypatch):
    open_dictionary(source, folder)
    words = open_cache_only(source, folder)
    monkeypatch.setattr(dictionary, "_MAX_PAIRS", 5)
    words.load("一下")
    words.load("子个样，。！")  # six: five and that of the last character
    assert words.loaded.frequencies == FREQUENCIES
    assert_complete(words)


def test_dictionary_lets_go_what_many_texts_have_loaded(source, monkeypatch):
    words = open_dictionary(source, None)
    monkeypatch.setattr(dictionary, "_MAX_PAIRS", 5)
    first = words.load("一下")
    assert first.frequencies == {"一": 10, "一下": 5, "一下子": 3, "下": 4}
    assert words.load("下一") is first
    assert first.frequencies == {"一": 10, "一下": 5, "一下子": 3, "下": 4, "下一": 0, "下一个": 1}
    second = words.load("个样𠀀𠀁")  # four pairs, beside the four that were loaded
    assert second.frequencies == {"𠀀": 0, "𠀀𠀁": 7}
    assert second.model.emission.keys() == set("个样𠀀𠀁")
    assert first.frequencies == {"一": 10, "一下": 5, "一下子": 3, "下": 4, "下一": 0, "下一个": 1}
    assert words.load("一下").frequencies == {"一": 10, "一下": 5, "一下子": 3, "下": 4}


@pytest.mark.parametrize("source_text", ["", "一\n", "一 many m\n", "一 1 m\n\n下 1 m\n"])
def test_dictionary_reports_a_source_that_is_none(source, source_text):
    source.write_text(source_text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"unpack|invalid literal"):
        open_dictionary(source, None)


def test_dictionary_survives_damage_anywhere(source, folder):
    open_dictionary(source, folder)
    intact = (folder / cache_file(source)).read_bytes()
    for position in range(0, len(intact), 5):
        damaged = bytearray(intact)
        damaged[position] ^= 0x40
        (folder / cache_file(source)).write_bytes(damaged)
        assert_complete(open_dictionary(source, folder))
        assert (folder / cache_file(source)).read_bytes() == intact
        assert files_in(folder) == [cache_file(source)]


@pytest.mark.parametrize("kept", [0, 1, 7, 8, 50, 150, 160, 170, 200, 260, 400, -1])
def test_dictionary_survives_truncation(source, folder, kept):
    open_dictionary(source, folder)
    intact = (folder / cache_file(source)).read_bytes()
    (folder / cache_file(source)).write_bytes(intact[:kept])
    assert_complete(open_dictionary(source, folder))
    assert (folder / cache_file(source)).read_bytes() == intact


@pytest.mark.parametrize("content", [b"\0" * 10_000, b"SUMWORDS" + b"\xff" * 10_000, b"not ours"])
def test_dictionary_replaces_a_foreign_file(source, folder, content):
    open_dictionary(source, folder)
    (folder / cache_file(source)).write_bytes(content)
    assert_complete(open_dictionary(source, folder))
    assert_complete(open_cache_only(source, folder))


def test_dictionary_replaces_a_file_of_another_version(source, folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(dictionary_cache, "_FORMAT_VERSION", 99)
        open_dictionary(source, folder)
    with pytest.raises(AssertionError):
        open_cache_only(source, folder)
    assert_complete(open_dictionary(source, folder))
    assert_complete(open_cache_only(source, folder))


def test_dictionary_follows_a_changed_source(source, folder):
    open_dictionary(source, folder)
    source.write_text(SOURCE + "下子 9 f\n", encoding="utf-8")
    words = open_dictionary(source, folder)
    words.load("下子")
    assert words.total == TOTAL + 9
    assert words.loaded.frequencies["下子"] == 9


def test_dictionary_survives_damage_behind_its_back(source, folder):
    open_dictionary(source, folder)
    intact = (folder / cache_file(source)).read_bytes()
    words = open_cache_only(source, folder)
    words._read_model = lambda: MODEL
    words.load("下")
    with (folder / cache_file(source)).open("r+b") as file:
        file.seek(-60, os.SEEK_END)
        file.write(b"\0" * 60)
    assert_complete(words)
    assert (folder / cache_file(source)).read_bytes() == intact


def poison(source, folder):
    """Leave a well-formed cache of other words that says it was made from `source`."""
    status = source.stat()
    source.write_text(SOURCE.replace("一下子 3", "一下子 9"), encoding="utf-8")
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    open_dictionary(source, folder)
    source.write_text(SOURCE, encoding="utf-8")
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    words = open_cache_only(source, folder)
    words.load("一下子")
    assert words.loaded.frequencies["一下子"] == 9


@needs_posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_dictionary_does_not_trust_a_file_that_others_can_write(source, folder, mode):
    poison(source, folder)
    (folder / cache_file(source)).chmod(mode)
    assert_complete(open_dictionary(source, folder))
    assert stat.S_IMODE((folder / cache_file(source)).stat().st_mode) == 0o600
    assert_complete(open_cache_only(source, folder))


@needs_posix
@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_dictionary_does_not_trust_a_folder_that_others_can_write(source, folder, mode):
    poison(source, folder)
    folder.chmod(mode)
    assert_complete(open_dictionary(source, folder))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert_complete(open_cache_only(source, folder))


@needs_posix
def test_dictionary_leaves_the_folder_of_another_user_alone(source, folder, monkeypatch):
    poison(source, folder)
    folder.chmod(0o777)
    before = (folder / cache_file(source)).read_bytes()
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    assert_complete(open_dictionary(source, folder))
    assert (folder / cache_file(source)).read_bytes() == before
    assert stat.S_IMODE(folder.stat().st_mode) == 0o777


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give files away")
def test_dictionary_does_not_trust_the_file_of_another_user(source, folder):
    poison(source, folder)
    os.chown(folder / cache_file(source), 12345, 12345)
    assert_complete(open_dictionary(source, folder))
    assert (folder / cache_file(source)).stat().st_uid == os.geteuid()


@needs_posix
def test_dictionary_follows_no_link(source, folder, tmp_path):
    poison(source, folder)
    (folder / cache_file(source)).rename(tmp_path / "elsewhere")
    (folder / cache_file(source)).symlink_to(tmp_path / "elsewhere")
    assert_complete(open_dictionary(source, folder))
    assert not (folder / cache_file(source)).is_symlink()


@needs_posix
def test_dictionary_does_not_wait_for_a_pipe(source, folder):
    folder.mkdir(parents=True, mode=0o700)
    os.mkfifo(folder / cache_file(source), 0o600)
    assert_complete(open_dictionary(source, folder))
    assert (folder / cache_file(source)).is_file()


@needs_posix
def test_dictionary_is_for_the_user_only(source, folder):
    mask = os.umask(0)
    try:
        open_dictionary(source, folder)
    finally:
        os.umask(mask)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder.parent, folder, folder / cache_file(source))]
    assert modes == [0o700, 0o700, 0o600]


@pytest.mark.parametrize("place", ["file", "below a file", "folder instead of file"])
def test_dictionary_works_where_no_cache_can_be(source, tmp_path, place):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "folder" / cache_file(source)).mkdir(parents=True)
    folder = {"file": tmp_path / "file", "below a file": tmp_path / "file" / "a" / "b"}.get(place, tmp_path / "folder")
    assert_complete(open_dictionary(source, folder))
    assert files_in(tmp_path / "folder") == [cache_file(source)]


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_dictionary_works_where_nothing_can_be_written(source, folder, monkeypatch, code):
    real_open = os.open

    def refuse_to_write(path, flags, *args, **kwargs):
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(code, os.strerror(code), path)
        return real_open(path, flags, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse_to_write)
    assert_complete(open_dictionary(source, folder))


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "disk full"), KeyboardInterrupt()])
def test_dictionary_leaves_no_half_file(source, folder, monkeypatch, error):
    def fail(shards):
        raise error

    monkeypatch.setattr(dictionary_making, "_encode", fail)
    if isinstance(error, OSError):
        assert_complete(open_dictionary(source, folder))
    else:
        with pytest.raises(KeyboardInterrupt):
            open_dictionary(source, folder)
    assert files_in(folder) == []


def test_dictionary_is_built_by_many_at_once(source, folder):
    with ThreadPoolExecutor(8) as pool:
        for words in pool.map(lambda _: open_dictionary(source, folder), range(32)):
            assert_complete(words)
    assert files_in(folder) == [cache_file(source)]


def test_dictionary_is_loaded_by_many_at_once(source, folder):
    words = open_dictionary(source, folder)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(words.load, ["一下子", "一个样", "下一个", "𠀀𠀁", "AT&T"] * 20))
    assert_complete(words)


@needs_posix
def test_dictionary_cache_lies_where_the_user_says(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if os.uname().sysname == "Linux":
        assert cache_folder() == tmp_path / "summarize"


def test_dictionary_has_no_cache_without_a_home(monkeypatch):
    monkeypatch.setattr(dictionary_cache, "user_folder", lambda kind: Path("~", f".{kind}", "summarize"))
    assert cache_folder() is None


def test_dictionaries_of_two_installations_have_a_cache_each(source, folder, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(SOURCE + "下子 9 f\n", encoding="utf-8")
    open_dictionary(source, folder)
    open_dictionary(other, folder)
    assert_complete(open_cache_only(source, folder))
    assert open_cache_only(other, folder).total == TOTAL + 9


def test_dictionary_leaves_few_files_of_others(source, folder):
    folder.mkdir(parents=True, mode=0o700)
    for age in range(9):
        old = folder / f"jieba-data-{age}.bin"
        old.write_bytes(b"old")
        os.utime(old, (1_000 - age, 1_000 - age))
    (folder / "other.bin").write_bytes(b"not ours")
    open_dictionary(source, folder)
    kept = {"jieba-data-0.bin", "jieba-data-1.bin", "jieba-data-2.bin", "other.bin", cache_file(source)}
    assert set(files_in(folder)) == kept


@pytest.mark.parametrize("kept", [0, 100, 300])
def test_dictionary_that_is_cut_off_while_it_is_open_is_made_again(source, folder, kept):
    open_dictionary(source, folder)
    words = open_cache_only(source, folder)
    words._read_model = lambda: MODEL
    words.load("下")
    os.truncate(folder / cache_file(source), kept)
    assert_complete(words)


def test_dictionary_makes_no_home(source, tmp_path):
    assert_complete(open_dictionary(source, tmp_path / "nobody" / ".cache" / "summarize"))
    assert not (tmp_path / "nobody").exists()


@needs_posix
def test_dictionary_leaves_alone_what_a_link_leads_to(source, folder, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    folder.parent.mkdir()
    folder.symlink_to(shared)
    assert_complete(open_dictionary(source, folder))
    assert stat.S_IMODE(shared.stat().st_mode) == 0o777
    assert files_in(shared) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can write into the home of others")
@pytest.mark.parametrize("made", ["home", "base", "folder"])
def test_dictionary_of_root_makes_nothing_in_the_home_of_others(source, tmp_path, made):
    home = tmp_path / "home"
    folder = home / ".cache" / "summarize"
    {"home": home, "base": folder.parent, "folder": folder}[made].mkdir(parents=True)
    for path in (home, folder.parent, folder):
        if path.exists():
            os.chown(path, 12345, 12345)
    before = sorted(home.rglob("*"))
    assert_complete(open_dictionary(source, folder))
    assert sorted(home.rglob("*")) == before
    assert home.stat().st_uid == 12345


def test_dictionary_is_made_by_two_first_starts_at_once(source, folder):
    code = (
        "import sys; from pathlib import Path; from test_dictionary import *\n"
        "sys.stdin.readline()\n"
        "assert_complete(open_dictionary(Path(sys.argv[1]), Path(sys.argv[2])))"
    )
    command = [sys.executable, "-c", code, source, folder]
    runs = [subprocess.Popen(command, stdin=subprocess.PIPE, cwd=Path(__file__).parent) for _ in range(2)]
    for run in runs:
        run.stdin.write(b"\n")
        run.stdin.close()
    assert [run.wait(timeout=120) for run in runs] == [0, 0]
    assert files_in(folder) == [cache_file(source)]
    assert_complete(open_cache_only(source, folder))
