"""A picture of a summary, drawn by matplotlib, which keeps files of its own in the home of the user."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from summarize import ending
from summarize.command.whole_file import write_file

if TYPE_CHECKING:
    from summarize.summary import Summary


def draw(summary: "Summary", path: Path) -> None:
    """Draw a summary to a file.

    Args:
        summary: with its explanation.
        path: of a PNG or SVG.

    Raises:
        OutputError: it cannot be written.
    """
    from summarize.formats.plot import plot_image

    _keep_out_of_homes_of_others()
    write_file(path, plot_image(summary, path.suffix))


def _keep_out_of_homes_of_others() -> None:
    """Have matplotlib keep its files in a folder that goes with this process where it would else make a user's own.

    It makes a home that is none, and what root makes in that of another user is of no use to them.
    """
    if "MPLCONFIGDIR" in os.environ or os.name != "posix":
        return
    home = os.path.expanduser("~")  # noqa: PTH111  # that of `Path` fails without a home
    bases = (Path(os.environ.get(f"XDG_{kind}_HOME") or home) for kind in ("CACHE", "CONFIG"))
    if all(base.is_dir() and base.stat().st_uid == os.geteuid() for base in bases):
        return
    with ending.held():
        folder = tempfile.mkdtemp(prefix="summarize-")
        ending.remember(lambda: shutil.rmtree(folder))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["MPLCONFIGDIR"] = folder
