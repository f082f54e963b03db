"""The process of the command: `python -m summarize`."""

import gc
import sys

# New objects until garbage in cycles is looked for. A short call leaves next to none, and looked for it for 8 ms at
# Python's own pace of 700; of long texts no more memory is taken.
_GARBAGE_THRESHOLD = 100_000


def run() -> None:
    """Run the command; Ctrl-C is quiet from here on, also while the command itself is being imported."""
    try:
        gc.set_threshold(_GARBAGE_THRESHOLD)
        from summarize.cli import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()  # the process ends: to look for garbage among all that NumPy and the model left takes 30 ms


if __name__ == "__main__":
    run()
