"""Several inputs at once: processes, the order of results, and what happens when one of them dies."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from summarize.command import jobs
from summarize.command.jobs import Workers
from summarize.command.work import Result, Task
from summarize.errors import InputError, ModelError, OutputError

TESTS = Path(__file__).parents[1]
linux = pytest.mark.skipif(sys.platform != "linux", reason="copies of processes, and what Linux tells of them")
# The command with a scorer of ours: texts with 雷 end the process, those with 模 find the model broken, those with 慢
# take for ever.
FRAIL = f"""
import os, signal, sys, time
sys.path.insert(0, {str(TESTS)!r})
from fakes import FakeScorer
from summarize import cli
from summarize.errors import ModelError

class Frail(FakeScorer):
    def read(self, document, num_wanted):
        if "雷" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "模" in document.text:
            raise ModelError("model: not usable")
        if "慢" in document.text:
            open("begun", "a").write(f"{{os.getpid()}} ")
            time.sleep(600)
        return super().read(document, num_wanted)

signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests may have it ignored
cli.load_scorer = lambda directory: Frail()
cli.main(prog_name="summarize")
"""


@pytest.fixture
def files(tmp_path):
    """Write texts to files that are named by numbers."""

    def write(*texts):
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
        return [f"{number}.txt" for number in range(len(texts))]

    return write


@pytest.fixture
def start(tmp_path):
    """Start the command with the frail scorer, in a group of processes of its own."""

    def arguments(*options, **more):
        return {
            "args": [sys.executable, "-c", FRAIL, *map(str, options)],
            "cwd": tmp_path,
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "start_new_session": True,
        } | more

    return arguments


def run(arguments, given=None):
    if given is not None:
        arguments.pop("stdin")
    result = subprocess.run(**arguments, input=given, timeout=120, check=False)
    return result.returncode, result.stdout.decode("utf-8"), result.stderr.decode("utf-8")


@linux
def test_same_bytes_come_of_any_number_of_processes(start, files):
    names = files(*(f"第{number}天下了大雨。后来出了太阳。" for number in range(9)), "", "这一句话太长了，放不进这里。")
    inputs = (*names[:4], "missing.txt", "-", *names[4:], "0.txt")
    for form in (["--format", "text"], ["--format", "json"], ["--format", "markdown", "-o", "out.md", "--force"]):
        outcomes = set()
        for number in (1, 2, 5, 0):
            outcome = run(start("-c", 9, "--no-compress", *form, "-j", number, *inputs), "雪停了。".encode())
            written = (start()["cwd"] / "out.md").read_bytes() if "-o" in form else b""
            outcomes.add((*outcome, written))
        assert len(outcomes) == 1
        ((status, _, stderr, _),) = outcomes
        assert status == 1
        assert [line.split(": ")[1] for line in stderr.splitlines()] == ["missing.txt", "9.txt", "10.txt"]


@linux
def test_process_that_is_killed_costs_its_own_input_only(start, files):
    names = files("雨停了。", "打雷了。", "雪停了。", "打雷了。", "风停了。")
    status, stdout, stderr = run(start("-j", 2, *names))
    assert status == 1
    assert stdout == "==> 0.txt <==\n雨停了。\n\n==> 2.txt <==\n雪停了。\n\n==> 4.txt <==\n风停了。\n"
    assert stderr.splitlines() == [
        f"summarize: {name}.txt: its process ended (SIGKILL), perhaps for lack of memory; try a smaller --jobs"
        for name in (1, 3)
    ]


@linux
def test_model_that_fails_later_ends_the_run_in_other_processes_too(start, files):
    status, _, stderr = run(start("-j", 2, *files("雨停了。", "模型。", "雪停了。")))
    assert (status, stderr) == (3, "summarize: model: not usable\n")


def children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(holds):
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it has not come to that")


@linux
def test_interrupt_is_quiet_and_ends_every_process(start, files, tmp_path):
    names = files("雨停了。", "慢慢来。", "慢慢来。")
    with subprocess.Popen(**start("-j", 2, *names)) as command:
        printed = command.stdout.readline() + command.stdout.readline()
        wait_until(lambda: (tmp_path / "begun").exists())
        ours = children(command.pid)
        os.killpg(command.pid, signal.SIGINT)  # as a terminal does it
        stdout, stderr = command.communicate(timeout=60)
    assert (command.returncode, (printed + stdout).decode(), stderr) == (130, "==> 0.txt <==\n雨停了。\n", b"")
    assert len(ours) == 2
    assert not any(Path("/proc", pid).exists() for pid in ours)


@linux
def test_processes_end_with_whoever_started_them(start, files, tmp_path):
    names = files("雨停了。", "雪停了。", "慢慢来。")
    with subprocess.Popen(**start("-j", 3, *names)) as command:
        wait_until(lambda: (tmp_path / "begun").exists())
        idle = set(children(command.pid)) - set((tmp_path / "begun").read_text().split())
        command.kill()
        command.wait(timeout=60)
        wait_until(lambda: not any(Path("/proc", pid).exists() for pid in idle))
        os.killpg(command.pid, signal.SIGTERM)  # for the one that sleeps on
    assert len(idle) == 2


# The command in which every PDF takes for ever to read.
SLOW_PDF = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from fakes import FakeScorer
from summarize import cli
from summarize.__main__ import run
from summarize.inputs import pdf

READER = '''
import os, time
from summarize.inputs.pdf_reading import _end_with_parent
_end_with_parent()
open(f"reader.{{os.getpid()}}", "w").close()
time.sleep(600)
'''
pdf._COMMAND = ("-P", "-c", READER)
cli.load_scorer = lambda directory: FakeScorer()
run()
"""


@linux
@pytest.mark.parametrize(
    ("number", "jobs"), [(signal.SIGTERM, "1"), (signal.SIGHUP, "2"), (signal.SIGTERM, "2"), (signal.SIGKILL, "1")]
)
def test_process_that_reads_a_pdf_ends_with_the_run(start, tmp_path, jobs, number):
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7\n1 0 obj\n")
    arguments = start() | {"args": [sys.executable, "-c", SLOW_PDF, "-j", jobs, "a.pdf", "b.pdf"]}
    with subprocess.Popen(**arguments) as command:
        wait_until(lambda: len(list(tmp_path.glob("reader.*"))) == int(jobs))
        workers = children(command.pid)
        command.send_signal(number)
        stderr = command.communicate(timeout=60)[1]
    assert (command.returncode, stderr) == (-number, b"")
    readers = [path.suffix[1:] for path in tmp_path.glob("reader.*")]
    wait_until(lambda: not any(is_running(pid) for pid in [*workers, *readers]))


@linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_process_that_reads_a_pdf_ends_with_the_one_that_waits_for_it(start, files, tmp_path, number):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    arguments = start() | {"args": [sys.executable, "-c", SLOW_PDF, "-j", "2", "a.pdf", *files("雨停了。")]}
    with subprocess.Popen(**arguments) as command:
        wait_until(lambda: list(tmp_path.glob("reader.*")))
        (reader,) = (path.suffix[1:] for path in tmp_path.glob("reader.*"))
        (worker,) = (pid for pid in children(command.pid) if reader in children(pid))
        os.kill(int(worker), number)
        stderr = command.communicate(timeout=60)[1].decode()
    assert command.returncode == 1
    problem = f"a.pdf: its process ended ({number.name}), perhaps for lack of memory; try a smaller --jobs\n"
    assert stderr.partition(": ")[2] == problem
    wait_until(lambda: not is_running(reader))


@linux
def test_closed_pipe_ends_every_process(start, files):
    names = files(*("这是一句很长的话" * 125 + "。" for _ in range(200)))
    with subprocess.Popen(**start("-j", 2, *names)) as command:
        assert command.stdout.readline() == b"==> 0.txt <==\n"
        command.stdout.close()
        assert command.stderr.read() == b""
        assert command.wait(timeout=60) == 141


def test_processes_may_be_started_anew_instead_of_copied(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The bridge is closed. Nobody was hurt at all.", encoding="utf-8")
    code = "from summarize.command import jobs; jobs.START_METHOD = 'spawn'; from summarize.cli import main"
    code += '; main(prog_name="summarize")'
    command = [sys.executable, "-c", code, "-n", "1", "-j", "2", "a.txt", "missing.txt", "b.txt"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    assert result.stderr == b"summarize: missing.txt: no such file; check its name\n"
    assert result.returncode == 1
    assert result.stdout.count(b"==>") == 2


@pytest.mark.parametrize("method", [pytest.param("fork", marks=linux), "spawn"])
def test_every_process_speaks_the_language_of_the_command(tmp_path, method):
    (tmp_path / "a.txt").write_text("The bridge is closed. Nobody was hurt at all.", encoding="utf-8")
    code = f"from summarize.command import jobs; jobs.START_METHOD = {method!r}; from summarize.cli import main"
    code += '; main(prog_name="summarize")'
    command = [sys.executable, "-c", code, "--interface", "zh", "-n", "1", "-j", "2", "a.txt", "missing.txt"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    assert result.stderr.decode() == "summarize: missing.txt: 没有这个文件；请检查文件名\n"
    assert result.stdout.startswith(b"==> a.txt <==\n")


@pytest.mark.parametrize(
    "arguments", [["-j", "8", "a.txt"], ["a.txt", "a.txt"], ["-j", "1", "a.txt", "a.txt"]], ids=" ".join
)
def test_one_text_or_one_job_starts_no_process(runner, monkeypatch, arguments):
    def must_not_start(*arguments):
        raise AssertionError("a process for nothing")

    monkeypatch.setattr(jobs, "Workers", must_not_start)
    Path("a.txt").write_text("雨停了。", encoding="utf-8")
    assert runner(*arguments).exit_code == 0


# The pool by itself


@dataclass
class FakeWork:
    """Gives for each task so many results of so many characters; the first task waits for a file.

    Args:
        gate: the file.
        num_results: of each task.
        length: of each result.
        error: what the last task raises instead.
    """

    gate: Path | None = None
    num_results: int = 1
    length: int = 1
    error: Exception | None = None
    given: list = field(default_factory=list)

    def results(self, task):
        while task.number == 0 and self.gate and not self.gate.exists():
            time.sleep(0.01)
        if task.file == "last" and self.error:
            raise self.error
        for _ in range(self.num_results):
            yield Result(task.number, task.place, "x" * self.length)

    def failure(self, task, error):
        return Result(task.number, task.place, error_lines=(str(error),), failed=True)

    def tasks(self, number):
        for place in range(number):
            self.given.append(place)
            yield Task(place, place, "last" if place == number - 1 else "file")


def test_results_come_in_the_order_of_the_tasks(tmp_path):
    work = FakeWork(tmp_path / "gate", num_results=3)
    found = []
    with Workers(work, 3) as workers:
        for result in workers.results(work.tasks(20)):
            if result is None:
                (tmp_path / "gate").touch()  # when the others wait for the first one
            else:
                found.append(result.task)
    assert found == [number for number in range(20) for _ in range(3)]


def test_results_that_wait_for_their_turn_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(jobs, "MAX_HELD", 100_000)
    work = FakeWork(tmp_path / "gate", num_results=5, length=10_000)
    nothing, total = 0, 0
    with Workers(work, 3) as workers:
        for result in workers.results(work.tasks(200)):
            if result is not None:
                total += len(result.text)
            elif not (tmp_path / "gate").exists():
                nothing += 1
                assert workers.size_held <= 100_000 + 2 * 10_000  # one more of each of the others
                if nothing > 60:
                    assert len(work.given) < 10
                    (tmp_path / "gate").touch()
    assert total == 200 * 50_000
    assert len(work.given) == 200


@pytest.mark.parametrize("error", [ModelError("model: bad"), OutputError("a.png: full")], ids=["model", "output"])
def test_what_ends_all_work_is_raised_here(error):
    work = FakeWork(error=error)
    with Workers(work, 2) as workers, pytest.raises(type(error), match=str(error)):
        list(workers.results(work.tasks(5)))


def test_task_may_be_larger_than_a_pipe_holds():
    work = FakeWork()
    with Workers(work, 2) as workers:
        tasks = [Task(number, number, "file", b"x" * 5_000_000) for number in range(3)]
        assert [result.task for result in workers.results(tasks) if result] == [0, 1, 2]


def test_no_tasks_have_no_results():
    with Workers(FakeWork(), 2) as workers:
        assert list(workers.results([])) == []


def test_process_that_ends_says_how():
    class Quitting(FakeWork):
        def results(self, task):
            os._exit(7)

    work = Quitting()
    with Workers(work, 1) as workers:
        (result,) = filter(None, workers.results(work.tasks(1)))
    assert result.failed
    assert result.error_lines[0].startswith("its process ended (exit status 7)")


def test_cores_are_those_that_this_process_may_use(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 3}, raising=False)
    assert jobs.num_cores() == 2
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert jobs.num_cores() == 1


def test_input_error_may_be_a_task():
    work = FakeWork()
    with Workers(work, 1) as workers:
        (result,) = filter(None, workers.results([Task(0, 0, "notes", InputError("is a folder"))]))
    assert result.task == 0
