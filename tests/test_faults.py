"""A disk that fails, or a process that is killed, at each call that has to do with files, one after the other.

The command runs in copies of one process, with a scorer of ours: in the first copy the first call fails, in the second
the second one, until no call is left that could. What Python itself loads its modules from is left alone.
"""

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies of a process, and signals of Linux")
TESTS = Path(__file__).parent
OLD = "of yesterday"
RUNS = f"""
import json, os, resource, signal, sys
sys.path.insert(0, {str(TESTS)!r})
from fakes import FakeScorer
from summarize import cli
from summarize.__main__ import run

cli.load_scorer = lambda directory: FakeScorer()
signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests may have it ignored
action, number, arguments = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
EVENTS = {{"open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "os.chown", "os.listdir", "os.scandir"}}

def watch(number):
    num_calls = 0
    def hook(event, values):
        nonlocal num_calls
        if event not in EVENTS or not values or not isinstance(values[0], (str, bytes)):
            return
        path = os.fsdecode(values[0])
        if path.endswith((".py", ".pyc", ".so")) or "site-packages" in path or "/lib/python3" in path:
            return
        num_calls += 1
        if num_calls == number:
            os.write(told, b"x")
            if action == "signal":
                os.kill(os.getpid(), SIGNAL)
            else:
                raise OSError(CODE, os.strerror(CODE))
    sys.addaudithook(hook)

SIGNAL = CODE = number
step = 0
while True:
    step += 1
    with open("out.txt", "w") as file:
        file.write({OLD!r})
    outputs = [os.pipe() for _ in range(3)]
    told = outputs[2][1]
    copy = os.fork()
    if not copy:
        for stream in (1, 2):
            os.dup2(outputs[stream - 1][1], stream)
        sys.argv = ["summarize", *arguments]
        if action == "full":
            resource.setrlimit(resource.RLIMIT_FSIZE, (step - 1, step - 1))
        else:
            watch(step)
        run()
    for _, end in outputs:
        os.close(end)
    said = [open(end, "rb").read().decode() for end, _ in outputs]
    status = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    left = sorted(name for name in os.listdir() if name.startswith("."))
    for name in left:
        os.remove(name)
    print(json.dumps([status, said[0], said[1], open("out.txt").read(), left]), flush=True)
    if not said[2] if action != "full" else status == 0:
        break
"""


def outcomes(folder, action, number, *arguments):
    """Return status, output, errors, the file and what else is left, of a run where each call fails in turn."""
    (folder / "a.txt").write_text("It rained. The river rose by three metres.", encoding="utf-8")
    command = [sys.executable, "-c", RUNS, action, str(int(number)), "a.txt", *arguments]
    environment = os.environ | {"HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=300)
    return [json.loads(line) for line in done.stdout.splitlines()]


def is_one_line(errors):
    return errors.startswith("summarize: ") and len(errors.splitlines()) == 1


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC], ids=lambda code: errno.errorcode[code])
def test_call_that_fails_is_one_line_or_makes_no_difference(tmp_path, code):
    *failed, (status, *whole) = outcomes(tmp_path, "fail", code, "-o", "out.txt", "--force")
    assert (status, whole[:2], whole[3]) == (0, ["", ""], [])
    assert len(failed) > 3
    for failed_status, output, errors, file, left in failed:
        assert (output, left) == ("", [])
        if failed_status == 0:
            assert (errors == "" or is_one_line(errors), file) == (True, whole[2])
        else:
            assert (is_one_line(errors), failed_status, file) == (True, 1, OLD)


def test_disk_that_is_full_after_any_number_of_bytes_leaves_what_was_there(tmp_path):
    *failed, whole = outcomes(tmp_path, "full", 0, "-o", "out.txt", "--force")
    assert len(failed) == len(whole[3])
    for status, output, errors, file, left in failed:
        assert (status, output, is_one_line(errors), file, left) == (1, "", True, OLD, [])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda number: number.name)
def test_process_that_ends_at_any_call_leaves_what_was_there_or_all_of_the_new(tmp_path, number):
    *ended, (_, _, _, whole, _) = outcomes(tmp_path, "signal", number, "-o", "out.txt", "--force")
    assert len(ended) > 3
    for status, output, errors, file, left in ended:
        assert (status, output, errors) == (-number, "", "")
        assert file in (OLD, whole)
        assert not left or (number == signal.SIGKILL and left[0].endswith(".partial"))
