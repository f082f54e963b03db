"""The process of the command: `python -m summarize.batch`, which is also called `summarize-batch`."""

import sys


def run() -> None:
    """Run the command; Ctrl-C is quiet from here on, also while the command itself is being imported."""
    try:
        from summarize.batch.command import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
