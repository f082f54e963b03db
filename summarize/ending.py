"""Cleanup when a signal ends the process: unfinished files, child processes, a progress bar.

A signal such as Ctrl-C does not raise an exception: it could occur anywhere, be printed or caught by other code, and be
followed by a second one during cleanup. If nothing is registered, a signal ends the process at once; otherwise the
registered cleanups run first. Either way the process ends by the signal, which a shell reports as 128 plus its number:
129 for SIGHUP, 130 for SIGINT, 143 for SIGTERM.

Only the command installs this (`end_at_signals`). The library leaves signals to the program that uses it.
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
    """Let signals end this process from here on, except those that the parent process set to be ignored."""
    _forget_all()  # if this is a copy of a process, what that has begun
    usual = (signal.SIG_DFL, signal.default_int_handler, _end)
    known = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    _signals[:] = [one for one in known if signal.getsignal(one) in usual]
    _heed()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_forget_all)


def register_cleanup(undo: Callable[[], object]) -> None:
    """Register a cleanup for the case that a signal ends the process.

    Args:
        undo: the cleanup; it may be called when there is nothing to clean up, and its exceptions are ignored.
    """
    if _signals:
        _undos.append(undo)
        _heed()


def unregister_cleanup(undo: Callable[[], object]) -> None:
    """Unregister a cleanup."""
    if undo in _undos:
        _undos.remove(undo)
        _heed()


@contextmanager
def defer_signals() -> Iterator[None]:
    """Defer signals in this context, in which something is started whose cleanup is not registered yet."""
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
    """Handle signals while cleanups are registered, and restore the default handlers otherwise."""
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
    """Forget cleanups that were inherited by a fork; they belong to the parent."""
    global _num_held, _waiting
    _undos.clear()
    _num_held, _waiting = 0, None
