"""The process of the command: `python -m summarize`."""

import sys


def run() -> None:
    """Run the command; Ctrl-C is quiet from here on, also while the command itself is being imported."""
    try:
        from summarize.cli import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
