"""The bar of a long run. Its clock is one of ours, and the terminal is made up."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from summarize.command.progress import PATIENCE, Bar, is_terminal

posix = pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def terminal(monkeypatch):
    """Let stderr be taken for a terminal."""
    monkeypatch.setattr("summarize.command.progress.is_terminal", lambda stream: True)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")  # for rich
    monkeypatch.setenv("COLUMNS", "80")


def test_bar_is_shown_once_a_run_takes_long_and_taken_away_at_its_end(terminal, clock, capsys):
    with Bar(7, clock) as bar:
        bar.reached(1)
        clock.now += PATIENCE - 0.01
        bar.reached(2)
        assert capsys.readouterr().err == ""
        clock.now += 0.02
        bar.reached(3)
        assert "3/7" in capsys.readouterr().err
        clock.now += 1
        bar.tick()
        assert "3/7" in capsys.readouterr().err
    end = capsys.readouterr().err
    assert "\x1b[2K" in end  # the line is wiped
    assert "\x1b[?25h" in end  # and the cursor is back


def test_bar_is_not_drawn_more_often_than_an_eye_sees(terminal, clock, capsys):
    with Bar(1000, clock) as bar:
        clock.now += 2
        for done in range(1000):
            bar.reached(done)
            clock.now += 0.001
        assert capsys.readouterr().err.count("/1000") < 15


def test_bar_makes_room_for_what_else_is_written(terminal, clock, capsys):
    with Bar(7, clock) as bar:
        with bar.aside(True):  # there is none yet
            pass
        clock.now += 2
        bar.reached(3)
        capsys.readouterr()
        with bar.aside(False):
            assert capsys.readouterr().err == ""
        with bar.aside(True):
            assert "\x1b[2K" in capsys.readouterr().err
        clock.now += 1
        bar.reached(4)
        assert "4/7" in capsys.readouterr().err


def test_there_is_no_bar_for_one_text(terminal, clock, capsys):
    with Bar(1, clock) as bar:
        clock.now += 10
        bar.reached(1)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("stream", "term", "is_one"),
    [
        (SimpleNamespace(isatty=lambda: True), "xterm", True),
        (SimpleNamespace(isatty=lambda: False), "xterm", False),
        (SimpleNamespace(isatty=lambda: True), "dumb", False),
        (SimpleNamespace(isatty=lambda: True), "", False),
        (None, "xterm", False),
    ],
    ids=["terminal", "pipe", "dumb", "unknown", "closed"],
)
def test_bar_is_for_terminals_that_can_wipe_it(monkeypatch, stream, term, is_one):
    monkeypatch.setenv("TERM", term)
    assert is_terminal(stream) == is_one


@posix
@pytest.mark.parametrize("is_long", [False, True], ids=["short", "long"])
def test_command_shows_it_on_a_terminal_and_prints_the_same(tmp_path, is_long):
    import pty

    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("雨停了。", encoding="utf-8")
    patience = 0 if is_long else 999
    code = f"from summarize.command import progress; progress.PATIENCE, progress._PAUSE = {patience}, 0"
    code += "\nfrom summarize.cli import main; main(prog_name='summarize')"
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", code, "a.txt", "missing.txt", "b.txt"]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "80"}
    result = subprocess.run(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=theirs, check=False, timeout=60
    )
    os.close(theirs)
    seen = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert result.stdout.decode() == "==> a.txt <==\n雨停了。\n\n==> b.txt <==\n雨停了。\n"
    assert ("2/3" in seen) == is_long
    assert "summarize: missing.txt: no such file; check its name\r\n" in seen
