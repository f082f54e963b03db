"""The process of the command: `python -m summarize`."""

import _signal  # type: ignore[import-not-found]  # of `signal`, which takes a millisecond to load
import gc
import os

# Number of new objects before a garbage collection. A short call creates almost no cycles, and with Python's default of
# 700 it spent 8 ms on collections; long texts take no more memory.
_GARBAGE_THRESHOLD = 100_000


def run() -> None:
    """Run the command. From here on Ctrl-C is quiet, even while the command is being imported."""
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    from summarize.ending import end_at_signals

    end_at_signals()
    _fill_descriptors()
    try:
        gc.set_threshold(_GARBAGE_THRESHOLD)
        from summarize.cli import main

        main()
    finally:
        gc.freeze()  # the process is ending: collecting what NumPy and the model left would take 30 ms


def _fill_descriptors() -> None:
    """Open the null device on every closed descriptor among 0, 1 and 2.

    Otherwise the next opened file would get that descriptor, and a library's output to standard error would go into it.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it takes the lowest that is free


if __name__ == "__main__":
    run()
