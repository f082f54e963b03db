"""A picture of a summary, drawn by matplotlib, which keeps a cache in the home directory of the user."""

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
    """Let matplotlib keep its cache in a temporary folder where it would otherwise create one in a home directory.

    Otherwise it would create a missing home directory, and root would create files that their user cannot use.
    """
    if "MPLCONFIGDIR" in os.environ or os.name != "posix":
        return
    home = os.path.expanduser("~")  # noqa: PTH111  # that of `Path` fails without a home
    bases = (Path(os.environ.get(f"XDG_{kind}_HOME") or home) for kind in ("CACHE", "CONFIG"))
    if all(base.is_dir() and base.stat().st_uid == os.geteuid() for base in bases):
        return
    with ending.defer_signals():
        folder = tempfile.mkdtemp(prefix="summarize-")
        ending.register_cleanup(lambda: shutil.rmtree(folder))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["MPLCONFIGDIR"] = folder
