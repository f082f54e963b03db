"""Entry point of the command `python -m summarize.batch`, also installed as `summarize-batch`."""

import sys


def run() -> None:
    """Run the command. From here on Ctrl-C is quiet, even while the command is being imported."""
    try:
        from summarize.batch.command import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
