"""What is read: files, patterns, folders, lists."""

import io
import os
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from summarize.command import lists
from summarize.command.files import find_inputs
from summarize.command.names import Input
from summarize.document import Source

posix = pytest.mark.skipif(os.name != "posix", reason="links, FIFOs and file names of POSIX")
RAIN = "早上下了一场大雨。中午出了太阳。"


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Make files with these names in the working folder."""
    monkeypatch.chdir(tmp_path)

    def make(*names):
        for name in names:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(RAIN, encoding="utf-8")

    return make


def names(inputs):
    return [one.name for one in inputs]


def listing(monkeypatch, content):
    """Pipe a list of names in."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))


def test_names_are_read_in_the_order_given_and_as_often(tree):
    tree("b.txt", "a.txt")
    inputs, notes = find_inputs(["b.txt", "a.txt", "b.txt", "-", "missing.txt"])
    assert names(inputs) == ["b.txt", "a.txt", "b.txt", "-", "missing.txt"]
    assert notes == []


def test_pattern_that_no_shell_has_filled_in_is_filled_in_sorted(tree):
    tree("notes/b.txt", "notes/a.txt", "notes/c.md", "notes/.d.txt")
    assert names(find_inputs(["notes/*.txt"])[0]) == ["notes/a.txt", "notes/b.txt"]
    assert names(find_inputs(["notes/[bc].*"])[0]) == ["notes/b.txt", "notes/c.md"]
    assert names(find_inputs(["**/?.md"])[0]) == ["notes/c.md"]


def test_file_whose_name_is_a_pattern_is_that_file(tree):
    tree("a[1].txt", "a1.txt")
    assert names(find_inputs(["a[1].txt"])[0]) == ["a[1].txt"]


def test_pattern_that_nothing_fits_is_a_name(tree):
    tree()
    assert names(find_inputs(["*.txt"])[0]) == ["*.txt"]


def test_folder_is_an_error_that_names_the_option(tree):
    tree("notes/a.txt", "b.txt")
    inputs, _ = find_inputs(["notes", "b.txt"])
    assert inputs == [
        Input("notes", Path("notes"), "is a folder; add --recursive to read the files in it"),
        Input("b.txt", Path("b.txt")),
    ]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("www.paper.example/a", "no such file; if it is a web address, write https://www.paper.example/a"),
        ("ftp://a.example/b.pdf", "only http and https are fetched, not ftp; download it, and name the file"),
        ("file:///a.txt", "only http and https are fetched, not file; download it, and name the file"),
        ("https://a.example/b", None),
        ("HTTP://a.example/b", None),
        ("ww.txt", None),
        ("notes/~$a.docx", "is a lock file that Word keeps while a document is open; name the document"),
    ],
)
def test_name_that_cannot_be_read_by_it_says_what_can(tree, name, error):
    assert find_inputs([name])[0][0].error == error


def test_file_with_the_name_of_a_page_is_a_file(tree):
    tree("www.paper.example")
    assert find_inputs(["www.paper.example"])[0][0].error is None


def test_folder_gives_its_files_in_order_and_where_they_lie_in_it(tree):
    tree("notes/b/x.txt", "notes/a.txt", "notes/b.txt", "notes/b/deep/z.md", "notes/c.txt", "other.txt")
    inputs, notes = find_inputs(["other.txt", "notes/"], recursive=True)
    found = ["a.txt", "b/deep/z.md", "b/x.txt", "b.txt", "c.txt"]
    assert names(inputs) == ["other.txt", *(f"notes/{name}" for name in found)]
    assert [str(one.inside) for one in inputs] == ["other.txt", *found]
    assert notes == []


def test_working_folder_needs_no_name(tree):
    tree("notes/a.txt", "b.txt")
    assert names(find_inputs(["."], recursive=True)[0]) == ["b.txt", "notes/a.txt"]


@posix
def test_what_is_nothing_to_read_is_left_out_and_counted(tree):
    tree("notes/a.txt", "notes/.hidden", "notes/.git/config", "notes/~$a.docx", "notes/Desktop.ini")
    Path("notes/picture").write_bytes(b"\x89PNG\r\n\x1a\n....")
    Path("notes/data.bin").write_bytes(bytes(range(256)))
    Path("notes/archive.zip").write_bytes(b"PK\x03\x04 nothing that is known")
    Path("notes/program.py").write_text(
        "import sys\n\nfor name in sys.argv[1:]:\n    print(name, file=sys.stderr)\n" * 9
    )
    Path("notes/empty.txt").touch()
    Path("notes/circle").symlink_to("..")
    os.mkfifo("notes/pipe")
    inputs, notes = find_inputs(["notes"], recursive=True)
    assert names(inputs) == ["notes/a.txt"]
    assert notes == ["notes: skipped 3 binary, 1 empty, 4 hidden, 1 linked, 1 special, 1 without prose"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", RAIN.encode("gb18030")),
        ("a", RAIN.encode("utf-16")),
        ("paper.bin", b"%PDF-1.7\n\0\0\0"),
        ("letter", b"{\\rtf1 rain}"),
        ("broken.docx", b"\0\0\0"),  # whoever reads it says what is wrong
    ],
    ids=["encoding", "wide", "pdf", "rtf", "suffix"],
)
def test_file_of_a_format_that_can_be_read_is_read_whatever_its_name(tree, name, content):
    tree()
    Path("notes").mkdir()
    Path("notes", name).write_bytes(content)
    assert names(find_inputs(["notes"], recursive=True)[0]) == [f"notes/{name}"]


def test_folder_with_nothing_to_read_is_an_error(tree):
    tree("notes/.hidden")
    Path("bare").mkdir()
    inputs, notes = find_inputs(["notes", "bare"], recursive=True)
    assert [one.error for one in inputs] == [
        "nothing in it can be read (skipped: 1 hidden)",
        "contains nothing to read",
    ]
    assert notes == []


@posix
def test_link_to_a_file_is_followed_and_a_folder_that_is_named_may_be_a_link(tree):
    tree("real/a.txt", "b.txt")
    Path("real/b.txt").symlink_to("../b.txt")
    Path("link").symlink_to("real")
    assert names(find_inputs(["link"], recursive=True)[0]) == ["link/a.txt", "link/b.txt"]


def test_folder_that_cannot_be_looked_into_is_an_error_among_others(tree, monkeypatch):
    tree("notes/a.txt", "notes/closed/b.txt")
    scan = os.scandir

    def refuse(path):  # root may look into everything
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    inputs, _ = find_inputs(["notes"], recursive=True)
    assert [(one.name, one.error) for one in inputs] == [
        ("notes/a.txt", None),
        ("notes/closed", "cannot be listed (Permission denied)"),
    ]


def test_nothing_is_read_where_summaries_are_written(tree):
    tree("a.txt", "out/a.txt")
    inputs, notes = find_inputs(["."], recursive=True, avoid=Path("out"))
    assert names(inputs) == ["a.txt"]
    assert notes == [".: skipped 1 output"]


# Lists


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"a.txt\nb c.txt\n", ["a.txt", "b c.txt"]),
        (b"a.txt\r\n\r\nb.txt", ["a.txt", "b.txt"]),
        (b"a.txt\0b\nc.txt\0", ["a.txt", "b\nc.txt"]),
        (b"-\n*.txt\n", ["./-", "*.txt"]),
        ("早报.txt\n".encode(), ["早报.txt"]),
    ],
    ids=["lines", "lines of Windows", "NULs", "as they are", "Chinese"],
)
def test_list_names_files_by_lines_or_nuls(tree, monkeypatch, content, found):
    tree("a.txt")
    Path("list").write_bytes(content)
    assert names(find_inputs(["first.txt"], listed="list")[0]) == ["first.txt", *found]
    listing(monkeypatch, content)
    assert names(find_inputs((), listed="-")[0]) == found


def test_name_in_a_list_need_not_be_utf8(tree):
    tree()
    Path("list").write_bytes(b"\xff.txt\n")
    ((one,), _) = find_inputs((), listed="list")
    assert os.fsencode(one.name) == b"\xff.txt"


def test_folder_in_a_list_is_treated_as_one_that_is_named(tree):
    tree("notes/a.txt")
    Path("list").write_text("notes\n", encoding="utf-8")
    assert names(find_inputs((), listed="list", recursive=True)[0]) == ["notes/a.txt"]


@pytest.mark.parametrize(
    ("content", "hint"),
    [(None, "list cannot be read (No such file or directory)"), (b"\n\n", "list does not name any file")],
    ids=["missing", "empty"],
)
def test_list_that_names_nothing_is_wrong_usage(tree, content, hint):
    tree()
    if content is not None:
        Path("list").write_bytes(content)
    with pytest.raises(click.UsageError) as error:
        find_inputs((), listed="list")
    assert error.value.message == f"--files-from: {hint}"


def test_list_that_is_no_list_is_refused_before_all_of_it_is_held(tree, monkeypatch):
    tree()
    monkeypatch.setattr(lists, "MAX_BYTES", 1 << 20)
    Path("list").write_bytes(b"x" * ((1 << 20) + 1))
    with pytest.raises(click.UsageError, match="list is longer than 1 MB; is it a list of files"):
        find_inputs((), listed="list")


def test_standard_input_is_read_once(tree, monkeypatch):
    tree()
    listing(monkeypatch, b"a.txt\n")
    with pytest.raises(click.UsageError, match="only once; it cannot be both a text and a list of files"):
        find_inputs(["-"], listed="-")


def test_closed_standard_input_has_no_list(tree, monkeypatch):
    tree()
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(click.UsageError, match=r"standard input cannot be read \(it is closed\)"):
        find_inputs((), listed="-")


# By the command


def test_command_reads_an_address_among_files(runner, tree, monkeypatch):
    def read_url(url, **how):
        asked.append((url, how))
        return [Source("雪停了。", "utf-8")]

    asked = []
    monkeypatch.setattr("summarize.inputs.url.read_url", read_url)
    tree("a.txt")
    result = runner("-n", 1, "a.txt", "https://example.org/[snow]*", "ftp://example.org/", "--encoding", "utf-8")
    assert result.stdout.endswith("\n\n==> https://example.org/[snow]* <==\n雪停了。\n")
    assert asked == [("https://example.org/[snow]*", {"encoding": "utf-8", "field": None, "source_format": None})]
    assert "summarize: ftp://example.org/: only http and https are fetched" in result.stderr


def test_command_reads_a_folder_and_says_what_it_left_out(runner, tree):
    tree("notes/a.txt", "notes/b.txt", "notes/.hidden")
    result = runner("-n", 1, "--recursive", "notes")
    assert (result.exit_code, result.stderr) == (0, "summarize: notes: skipped 1 hidden\n")
    assert result.stdout == "==> notes/a.txt <==\n早上下了一场大雨。\n\n==> notes/b.txt <==\n早上下了一场大雨。\n"


def test_command_tells_how_to_read_a_folder_and_goes_on(runner, tree):
    tree("notes/a.txt", "b.txt")
    result = runner("-n", 1, "notes", "b.txt")
    assert (result.exit_code, result.stdout) == (1, "==> b.txt <==\n早上下了一场大雨。\n")
    assert result.stderr == "summarize: notes: is a folder; add --recursive to read the files in it\n"


def test_command_reads_what_a_list_names(runner, tree):
    tree("a.txt", "b.txt")
    result = runner("-n", 1, "--files-from", "-", stdin="a.txt\0b.txt\0")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.count("==>") == 2


def test_file_that_may_not_be_read_does_not_stop_the_others(runner, monkeypatch):
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("The bridge is closed.", encoding="utf-8")

    def refuse(path, *arguments, open_path=Path.open, **options):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return open_path(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr("os.access", lambda path, mode, **more: Path(path).name != "a.txt")
    result = runner("a.txt", "b.txt")
    assert (result.exit_code, result.stdout) == (1, "==> b.txt <==\nThe bridge is closed.\n")
    assert result.stderr == "summarize: a.txt: permission denied; you need read access to it\n"
