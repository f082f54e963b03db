"""Where summaries are written: a file, a folder, and never over what is there."""

import errno
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from summarize.command.files import find_inputs
from summarize.command.names import Input
from summarize.command.outputs import FileOutput, FolderOutput, targets_in
from summarize.command.streams import is_folder
from summarize.command.whole_file import AtomicFile
from summarize.command.work import Result
from summarize.errors import OutputError

posix = pytest.mark.skipif(os.name != "posix", reason="links, FIFOs and devices of POSIX")
RAIN = "早上下了一场大雨。中午出了太阳。"
SUMMARY = "早上下了一场大雨。\n"


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Make texts with these names in the working folder."""
    monkeypatch.chdir(tmp_path)

    def make(*names):
        for name in names:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(RAIN, encoding="utf-8")

    return make


def read(path):
    return Path(path).read_text(encoding="utf-8")


def targets(*names, suffix=".txt"):
    return [str(path) for path in targets_in(Path("out"), find_inputs(names)[0], suffix)]


# Names in a folder


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("notes.txt", "out/notes.md"),
        ("far/away/notes.pdf", "out/notes.md"),
        ("notes", "out/notes.md"),
        ("2024.11 notes", "out/2024.11 notes.md"),  # no suffix
        ("v1.2", "out/v1.2.md"),
        ("notes.txt.gz", "out/notes.md"),
        (".notes", "out/.notes.md"),
        ("早报.docx", "out/早报.md"),
        ("-", "out/standard-input.md"),
    ],
    ids=str,
)
def test_file_in_a_folder_is_named_like_its_input(tree, name, target):
    tree()
    assert targets(name, suffix=".md") == [target]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://example.org/news/今日?id=4&x=%20", "example.org-news-今日-id-4-x-20"),
        ("https://example.org/", "example.org"),
        ("http://example.org:8000/a/b.html", "example.org-8000-a-b"),
        (f"https://example.org/{'x' * 100}", f"example.org-{'x' * 68}"),
    ],
)
def test_address_is_named_by_what_stands_in_it(address, name):
    one = Input(address, Path(address.rpartition("/")[2]))
    assert targets_in(Path("out"), [one], ".txt") == [Path(f"out/{name}.txt")]


def test_pages_of_one_name_are_told_by_their_suffixes():
    inputs = [Input(f"http://example.org/a.{suffix}", Path(f"a.{suffix}")) for suffix in ("html", "pdf")]
    names = [path.name for path in targets_in(Path("out"), inputs, ".txt")]
    assert names == ["example.org-a.html.txt", "example.org-a.pdf.txt"]


def test_inputs_that_would_share_a_name_keep_their_suffixes(tree):
    tree("a.pdf", "a.docx", "b.txt")
    assert targets("a.pdf", "a.docx", "b.txt") == ["out/a.pdf.txt", "out/a.docx.txt", "out/b.txt"]


def test_name_that_is_another_ones_with_its_suffix_is_told_from_it(tree):
    tree("a.md", "a.txt", "a.md.md")
    assert targets("a.md", "a.txt", "a.md.md") == ["out/a.md.txt", "out/a.txt.txt", "out/a.md.md.txt"]


def test_same_file_twice_has_one_name(tree):
    tree("a.txt")
    assert targets("a.txt", "./a.txt", "a.txt") == ["out/a.txt"] * 3


def test_two_files_that_cannot_be_told_by_name_are_refused(tree):
    tree("x/a.txt", "y/a.txt")
    with pytest.raises(click.UsageError) as error:
        targets("x/a.txt", "y/a.txt")
    assert error.value.message == (
        "the summaries of 'x/a.txt' and 'y/a.txt' would both go to 'out/a.txt.txt'; write them to different folders"
    )


def test_folder_is_one_that_is_there_or_ends_in_a_slash(tree):
    tree("there/a.txt")
    assert is_folder("there")
    assert is_folder("new/")
    assert not is_folder("new")
    assert not is_folder("there/a.txt")
    assert not is_folder("x" * 5000)


# By the command


def test_folder_has_a_file_for_each_input(runner, tree):
    tree("a.txt", "b.md")
    result = runner("-n", 1, "a.txt", "b.md", "-", "-o", "out/", stdin="雪停了。")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert {path.name: read(path) for path in Path("out").iterdir()} == {
        "a.txt": SUMMARY,
        "b.txt": SUMMARY,
        "standard-input.txt": "雪停了。\n",
    }


def test_folders_of_inputs_are_kept(runner, tree):
    tree("notes/a.txt", "notes/deep/er/b.txt")
    assert runner("-n", 1, "-R", "notes", "-o", "out/").exit_code == 0
    assert read("out/a.txt") == read("out/deep/er/b.txt") == SUMMARY


@pytest.mark.parametrize(
    ("form", "suffix", "begins"),
    [
        ("text", "txt", "早上"),
        ("bullets", "txt", "- 早上"),
        ("markdown", "md", "早上"),
        ("json", "json", '{"path": "a.txt"'),
        ("html", "html", "<!doctype html>"),
    ],
)
def test_suffix_is_that_of_the_format(runner, tree, form, suffix, begins):
    tree("a.txt", "b.txt")
    Path("out").mkdir()
    assert runner("-n", 1, "--format", form, "a.txt", "b.txt", "-o", "out").exit_code == 0
    assert sorted(path.name for path in Path("out").iterdir()) == [f"a.{suffix}", f"b.{suffix}"]
    assert read(f"out/a.{suffix}").startswith(begins)


def test_input_that_fails_has_no_file_unless_it_is_json(runner, tree):
    tree("a.txt")
    assert runner("-n", 1, "missing.txt", "a.txt", "-o", "out/").exit_code == 1
    assert [path.name for path in Path("out").iterdir()] == ["a.txt"]
    assert runner("missing.txt", "a.txt", "-o", "records/", "--format", "json").exit_code == 1
    assert '"error": "no such file' in read("records/missing.json")


def test_same_file_twice_is_written_once(runner, tree):
    tree("a.txt")
    assert runner("-n", 1, "a.txt", "a.txt", "-o", "out/").exit_code == 0
    assert read("out/a.txt") == SUMMARY


@pytest.mark.parametrize("output", ["out.txt", "out/"])
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["kept", "forced"])
def test_nothing_is_written_over_unless_that_is_asked_for(runner, tree, monkeypatch, output, force):
    tree("a.txt", "out.txt", "out/a.txt")
    if not force:
        monkeypatch.setattr("summarize.inputs.door.read_file", None)  # nothing is read in vain
    result = runner("-n", 1, "a.txt", "-o", output, *force)
    written = "out.txt" if output == "out.txt" else "out/a.txt"
    assert result.exit_code == (0 if force else 2)
    assert read(written) == (SUMMARY if force else RAIN)
    message = f"summarize: '{written}' already exists; use --force to overwrite it (see `summarize --help`)\n"
    assert result.stderr == ("" if force else message)


def test_files_that_are_there_are_counted(runner, tree):
    tree("a.txt", "b.txt", "c.txt", "out/a.txt", "out/b.txt", "out/c.txt")
    result = runner("a.txt", "b.txt", "c.txt", "-o", "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'out/a.txt' and 2 more already exist; use --force to overwrite them" in result.stderr


def test_plot_is_not_written_over_either(runner, tree):
    tree("a.txt", "a.png")
    result = runner("a.txt", "--plot", "a.png")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'a.png' already exists; use --force to overwrite it" in result.stderr


@pytest.mark.parametrize("force", [[], ["--force"]], ids=["kept", "forced"])
def test_input_in_the_folder_of_outputs_is_never_written_over(runner, tree, force):
    tree("a.txt", "b.txt")
    result = runner("b.txt", "a.txt", "-o", ".", *force)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'b.txt' is an input and would be overwritten; name another file" in result.stderr
    assert read("b.txt") == RAIN


def test_summaries_of_a_folder_may_lie_in_it_and_are_no_inputs(runner, tree):
    tree("notes/a.txt")
    assert runner("-n", 1, "-R", "notes", "-o", "notes/out/").exit_code == 0
    result = runner("-n", 1, "-R", "notes", "-o", "notes/out", "--force")
    assert (result.exit_code, result.stderr) == (0, "summarize: notes: skipped 1 output\n")
    assert [str(path) for path in Path("notes/out").rglob("*.txt")] == ["notes/out/a.txt"]


def test_pages_of_several_inputs_need_a_folder(runner, tree):
    tree("a.txt", "b.txt")
    result = runner("--format", "html", "a.txt", "b.txt", "-o", "page.html")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "an HTML page shows one document; name one file, or a folder to write to: -o DIR/" in result.stderr


def test_folder_that_cannot_be_made_is_one_line(runner, tree):
    tree("a.txt", "out")
    result = runner("-n", 1, "a.txt", "-o", "out/sub/")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "summarize: out/sub: cannot be created as a folder (Not a directory)\n"


def test_folder_where_a_file_should_be_is_one_line(runner, tree):
    tree("a.txt", "out/a.txt/x")
    result = runner("-n", 1, "a.txt", "-o", "out")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "summarize: out/a.txt: cannot be written (Is a directory)\n"


# By themselves


def test_file_is_whole_or_not_there(tmp_path):
    path = tmp_path / "out.txt"
    interrupted = FileOutput(path)
    interrupted.put(Result(0, 0, "一"))
    interrupted.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert list(tmp_path.iterdir()) == []
    with FileOutput(path) as output:
        output.put(Result(0, 0, "一\n", is_headed=True))
        output.put(Result(1, 1, failed=True))
        output.put(Result(2, 2, "二\n", is_headed=True))
        assert not path.exists()
    assert read(path) == "一\n\n二\n"
    assert list(tmp_path.iterdir()) == [path]


def test_two_files_that_are_written_at_once_are_written_beside_each_other(tmp_path):
    """As by two containers with one folder, in which processes have the same numbers."""
    with AtomicFile(tmp_path / "a.txt") as one, AtomicFile(tmp_path / "b.txt") as other:
        one.write(b"One.")
        other.write(b"Other.")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.txt": "One.", "b.txt": "Other."}


def test_link_where_the_unfinished_file_would_be_is_not_written_through(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "urandom", bytes)
    kept = tmp_path / "kept.txt"
    kept.write_text("kept")
    link = tmp_path / f".summarize.{bytes(8).hex()}.partial"
    link.symlink_to(kept)
    with pytest.raises(OutputError, match="cannot be written"), AtomicFile(tmp_path / "a.txt") as file:
        file.write(b"One.")
    assert (kept.read_text(), link.is_symlink(), (tmp_path / "a.txt").exists()) == ("kept", True, False)


def test_file_is_left_alone_if_there_is_nothing_to_write(tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("of yesterday", encoding="utf-8")
    with FileOutput(path) as output:
        output.put(Result(0, 0, failed=True))
    assert read(path) == "of yesterday"


def test_folder_has_nothing_of_the_input_that_was_interrupted(tmp_path):
    interrupted = FolderOutput([tmp_path / "a.txt", tmp_path / "b.txt"])
    interrupted.put(Result(0, 0, "一\n", is_headed=True))
    interrupted.put(Result(0, 0, "二\n", is_headed=True))
    interrupted.put(Result(1, 1, "三\n"))
    interrupted.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert {path.name: read(path) for path in tmp_path.iterdir()} == {"a.txt": "一\n\n二\n"}


@posix
def test_full_device_is_one_error():
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full to write to")
    output = FileOutput(Path("/dev/full"))
    output.put(Result(0, 0, "一\n"))
    with pytest.raises(OutputError, match=r"/dev/full: cannot be written \(No space left on device\)"):
        output.__exit__(None, None, None)


@posix
def test_file_that_replaces_a_private_one_is_never_open_to_others(tmp_path):
    path = tmp_path / "out.txt"
    path.write_text("of yesterday", encoding="utf-8")
    path.chmod(0o600)
    before = os.umask(0)
    try:
        with AtomicFile(path) as file:
            file.write(b"One.")
            (partial,) = (found for found in tmp_path.iterdir() if found != path)
            assert partial.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("One.", 0o600)


@posix
@pytest.mark.parametrize("mode", [0o644, 0o660, 0o600, 0o604])
def test_group_that_cannot_be_kept_may_do_no_more_than_everybody(tmp_path, monkeypatch, mode):
    def refuse(descriptor, user, group):
        raise PermissionError(1, "Operation not permitted")

    path = tmp_path / "out.txt"
    path.write_text("of yesterday", encoding="utf-8")
    path.chmod(mode)
    monkeypatch.setattr(os, "fchown", refuse)
    with AtomicFile(path) as file:
        file.write(b"One.")
    assert path.stat().st_mode & 0o777 == {0o644: 0o644, 0o660: 0o600, 0o600: 0o600, 0o604: 0o604}[mode]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can make what is another user's")
@pytest.mark.parametrize("kind", ["file", "link", "dangling link", "FIFO"])
def test_what_another_user_has_put_into_a_shared_folder_is_not_written_to(runner, tree, tmp_path, kind):
    tree("a.txt")
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    (tmp_path / "own.txt").write_text("own", encoding="utf-8")
    path = shared / "out.txt"
    if kind == "file":
        path.write_text("theirs", encoding="utf-8")
    elif kind == "FIFO":
        os.mkfifo(path)
    else:
        path.symlink_to(tmp_path / ("own.txt" if kind == "link" else "new.txt"))
    os.chown(path, 12345, 12345, follow_symlinks=False)
    result = runner("-n", 1, "a.txt", "-o", path, "--force")
    assert (result.exit_code, result.stdout) == (1, "")
    reason = "it belongs to another user, in a folder that everyone may write to"
    assert result.stderr == f"summarize: {path}: cannot be written ({reason})\n"
    assert read(tmp_path / "own.txt") == "own"
    assert not (tmp_path / "new.txt").exists()
    os.chown(path, 0, 0, follow_symlinks=False)
    if kind != "FIFO":
        assert runner("-n", 1, "a.txt", "-o", path, "--force").exit_code == 0


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("call", ["write", "close", "replace"])
def test_disk_that_fails_leaves_what_was_there_and_nothing_else(tmp_path, monkeypatch, code, call):
    class Failing(io.BytesIO):
        def write(self, content):
            if call == "write":
                raise OSError(code, os.strerror(code))
            return super().write(content)

        def close(self):
            super().close()
            if call == "close":
                raise OSError(code, os.strerror(code))

    def open_descriptor(descriptor, mode):
        os.close(descriptor)
        return Failing()

    def replace(path, target):
        raise OSError(code, os.strerror(code))

    path = tmp_path / "out.txt"
    path.write_text("of yesterday", encoding="utf-8")
    if call == "replace":
        monkeypatch.setattr(Path, "replace", replace)
    else:
        monkeypatch.setattr(os, "fdopen", open_descriptor)
    problem = re.escape(f"cannot be written ({os.strerror(code)})")
    with pytest.raises(OutputError, match=problem), AtomicFile(path) as file:
        file.write(b"One.")
    monkeypatch.undo()
    assert [found.name for found in tmp_path.iterdir()] == ["out.txt"]
    assert read(path) == "of yesterday"


@posix
@pytest.mark.parametrize("home", ["none", "of another user"])
def test_plot_makes_nothing_in_a_home_that_is_not_the_users(tmp_path, home):
    if home != "none":
        if os.geteuid() != 0:
            pytest.skip("only root can write into the home of others")
        (tmp_path / "home").mkdir()
        os.chown(tmp_path / "home", 12345, 12345)
    (tmp_path / "a.txt").write_text(RAIN, encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "MPL"))}
    environment |= {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp")}
    command = [sys.executable, "-m", "summarize", "a.txt", "--plot", "a.svg"]
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert list((tmp_path / "tmp").iterdir()) == list((tmp_path / "home").rglob("*")) == []
    assert (tmp_path / "home").exists() == (home != "none")
    assert (tmp_path / "a.svg").exists()
