"""What a signal leaves behind: nothing, whenever it comes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from summarize import ending

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
TESTS = Path(__file__).parent
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]

# The command with a scorer of ours. At the moment that the first argument names, it sends itself the signal that the
# second one names.
STRIKES = f"""
import builtins, os, signal, sys
sys.path.insert(0, {str(TESTS)!r})
moment, number = sys.argv.pop(1), int(sys.argv.pop(1))
for one in (signal.SIGINT, signal.SIGQUIT):  # who runs the tests may have them ignored
    signal.signal(one, signal.default_int_handler if one == signal.SIGINT else signal.SIG_DFL)

def strike():
    os.kill(os.getpid(), number)

def struck(function, when="before"):
    def call(*arguments, **options):
        if when == "before":
            strike()
        result = function(*arguments, **options)
        if when == "behind":
            strike()
        return result
    return call

from fakes import FakeScorer
from summarize import cli
from summarize.__main__ import run

cli.load_scorer = lambda directory: FakeScorer()
if moment == "model":
    cli.load_scorer = struck(cli.load_scorer)
elif moment == "reading":
    from summarize.inputs import door
    door.read_file = struck(door.read_file)
elif moment == "weighing":
    FakeScorer.read = struck(FakeScorer.read)
elif moment == "opening":  # the file is there, and nobody knows it yet
    os.open = struck(os.open, "behind")
elif moment == "writing":
    from summarize.command.whole_file import AtomicFile
    AtomicFile.write = struck(AtomicFile.write, "behind")
elif moment == "closing":
    from summarize.command.whole_file import AtomicFile
    AtomicFile.__exit__ = struck(AtomicFile.__exit__)
elif moment == "told":
    from summarize.command import run as running
    running.write = struck(running.write, "behind")
run()
"""


def start(moment, number, *arguments, folder):
    (folder / "a.txt").write_text("下雨了。早上下了一场大雨。人都走了。", encoding="utf-8")
    command = [sys.executable, "-c", STRIKES, moment, str(int(number)), *arguments]
    return subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120)


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
@pytest.mark.parametrize("moment", ["opening", "writing", "closing"])
def test_signal_leaves_no_part_of_a_file(tmp_path, moment, number):
    result = start(moment, number, "a.txt", "-o", "out.txt", folder=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (-number, b"", b"")
    assert files(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
@pytest.mark.parametrize("moment", ["model", "reading", "weighing", "told"])
def test_signal_is_quiet_and_its_status_tells_it(tmp_path, moment, number):
    result = start(moment, number, "a.txt", "a.txt", folder=tmp_path)
    assert (result.returncode, result.stderr) == (-number, b"")
    assert result.stdout.count(b"==>") == (moment == "told")


def test_shell_tells_the_signal(tmp_path):
    (tmp_path / "a.txt").write_text("下雨了。", encoding="utf-8")
    script = f'"{sys.executable}" -c "$0" reading 15 a.txt; echo $?'
    result = subprocess.run(["sh", "-c", script, STRIKES], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.stdout == "143\n"


def test_files_that_are_done_stay(tmp_path):
    (tmp_path / "b.txt").write_text("雪停了。", encoding="utf-8")
    code = STRIKES.replace('moment == "writing"', 'moment == "second"').replace(
        'AtomicFile.write = struck(AtomicFile.write, "behind")',
        "write = AtomicFile.write\n"
        "    AtomicFile.write = lambda file, text: (write(file, text), 'b.txt' in str(file._path) and strike())",
    )
    (tmp_path / "a.txt").write_text("下雨了。", encoding="utf-8")
    command = [sys.executable, "-c", code, "second", "15", "a.txt", "b.txt", "-o", "out/"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (-signal.SIGTERM, b"")
    assert files(tmp_path) == ["a.txt", "b.txt", "out/a.txt"]


def test_signal_that_is_ignored_stays_ignored(tmp_path):
    """As under nohup."""
    (tmp_path / "a.txt").write_text("下雨了。", encoding="utf-8")
    result = subprocess.run(
        ["sh", "-c", f'trap "" HUP; exec "{sys.executable}" -c "$0" weighing 1 a.txt', STRIKES],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stdout.decode(), result.stderr) == (0, "下雨了。\n", b"")


# By itself, in a process of its own


def python(code):
    begin = "import os, signal, sys; from summarize import ending\n"
    code = f"{begin}signal.signal(signal.SIGINT, signal.default_int_handler)\n{code}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_everything_is_undone_the_last_first_whatever_fails():
    result = python(
        "ending.end_at_signals()\n"
        "ending.register_cleanup(lambda: print('first', flush=True))\n"
        "ending.register_cleanup(lambda: 1 / 0)\n"
        "ending.register_cleanup(gone := lambda: print('gone', flush=True))\n"
        "ending.register_cleanup(lambda: print('last', flush=True))\n"
        "ending.unregister_cleanup(gone)\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
        "print('not reached')"
    )
    assert (result.returncode, result.stdout, result.stderr) == (-signal.SIGTERM, "last\nfirst\n", "")


def test_second_signal_ends_what_the_first_hangs_in():
    result = python(
        "ending.end_at_signals()\n"
        "ending.register_cleanup(lambda: print('other', flush=True))\n"
        "ending.register_cleanup(lambda: os.kill(os.getpid(), signal.SIGINT))\n"
        "os.kill(os.getpid(), signal.SIGTERM)"
    )
    assert (result.returncode, result.stdout, result.stderr) == (-signal.SIGINT, "other\n", "")


def test_signal_is_held_until_what_has_begun_is_known():
    result = python(
        "ending.end_at_signals()\n"
        "with ending.defer_signals():\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n"
        "    with ending.defer_signals():\n"
        "        pass\n"
        "    ending.register_cleanup(lambda: print('undone', flush=True))\n"
        "    print('begun', flush=True)\n"
        "print('not reached')"
    )
    assert (result.returncode, result.stdout, result.stderr) == (-signal.SIGTERM, "begun\nundone\n", "")


def test_copy_of_a_process_undoes_nothing_of_it():
    result = python(
        "ending.end_at_signals()\n"
        "undone = lambda: print('undone by', 'copy' if os.getpid() != parent else 'parent', flush=True)\n"
        "ending.register_cleanup(undone)\n"
        "parent = os.getpid()\n"
        "with ending.defer_signals():\n"
        "    pid = os.fork()\n"
        "    if not pid:\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "        print('not reached', flush=True)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)"
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "-15\n", "")


def test_library_leaves_signals_alone():
    before = [signal.getsignal(number) for number in SIGNALS]
    with ending.defer_signals():
        ending.register_cleanup(print)
        assert [signal.getsignal(number) for number in SIGNALS] == before
    ending.unregister_cleanup(print)
    assert [signal.getsignal(number) for number in SIGNALS] == before
