"""What is undone where a signal ends the process: files that are not whole yet, processes that it has started, a bar.

A signal such as Ctrl-C raises no exception: that could come at any place, where it is printed or caught by somebody,
and a second one in the middle of cleaning up. While there is nothing to undo a signal ends the process at once, as any
other; while there is, all of it is undone first. Either way the process ends by the signal, which a shell tells as 128
and its number: 129 for SIGHUP, 130 for SIGINT, 143 for SIGTERM.

Only the command asks for that (`end_at_signals`). A program that uses the library has signals of its own.
"""

import _signal as signal  # type: ignore[import-not-found]  # that is built in, `signal` takes a millisecond to load
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")  # those that somebody sends, where the system has them

_signals: list[int] = []  # that are ours
_undos: list[Callable[[], object]] = []
_num_held = 0
_waiting: int | None = None  # the signal that has come while signals were held


def end_at_signals() -> None:
    """Have signals end this process from here on, but those that whoever started it wants to have ignored."""
    _forget_all()  # if this is a copy of a process, what that has begun
    usual = (signal.SIG_DFL, signal.default_int_handler, _end)
    known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    _signals[:] = [one for one in known if signal.getsignal(one) in usual]
    _heed()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_forget_all)


def remember(undo: Callable[[], object]) -> None:
    """Have something undone if a signal ends the process.

    Args:
        undo: does that; it may be called before there is anything to undo, and what it raises is of no interest.
    """
    if _signals:
        _undos.append(undo)
        _heed()


def forget(undo: Callable[[], object]) -> None:
    """Have something not undone any more."""
    if undo in _undos:
        _undos.remove(undo)
        _heed()


@contextmanager
def held() -> Iterator[None]:
    """Let no signal end the process inside, where something is begun that is not known yet; it does so afterwards."""
    global _num_held
    _num_held += 1
    if _signals:
        _heed()
    try:
        yield
    finally:
        _num_held -= 1
        if _waiting is not None and not _num_held:
            _end(_waiting, None)
        if _signals:
            _heed()


def _heed() -> None:
    """Take signals while there is something to undo, and leave them to the system while there is not."""
    answer = _end if _undos or _num_held else signal.SIG_DFL
    for one in _signals:
        signal.signal(one, answer)


def _end(number: int, frame: object) -> None:
    """Undo everything, and end by a signal."""
    global _waiting
    if _num_held:
        _waiting = number
        return
    while _undos:  # a second signal finds what the first has left
        undo = _undos.pop()
        with suppress(Exception):
            undo()
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)


def _forget_all() -> None:
    """Leave to the process that this one is a copy of what that has begun."""
    global _num_held, _waiting
    _undos.clear()
    _num_held, _waiting = 0, None
