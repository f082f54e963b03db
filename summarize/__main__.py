"""The process of the command: `python -m summarize`."""

import _signal  # type: ignore[import-not-found]  # of `signal`, which takes a millisecond to load
import gc
import os

# New objects until garbage in cycles is looked for. A short call leaves next to none, and looked for it for 8 ms at
# Python's own pace of 700; of long texts no more memory is taken.
_GARBAGE_THRESHOLD = 100_000


def run() -> None:
    """Run the command; Ctrl-C is quiet from here on, also while the command itself is being imported."""
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
        gc.freeze()  # the process ends: to look for garbage among all that NumPy and the model left takes 30 ms


def _fill_descriptors() -> None:
    """Give those of the first three descriptors that are closed to nothing.

    Else the next file that is opened has one of them: what some library writes to standard error would go into that.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # it takes the lowest that is free


if __name__ == "__main__":
    run()
