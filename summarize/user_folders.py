"""Folders of the user for settings and for caches."""

import os
import sys
from pathlib import Path
from typing import Literal


def user_folder(kind: Literal["cache", "config"]) -> Path:
    """Return a folder for the files of this program, which need not exist.

    It is the folder that platformdirs gives, which is not imported on Linux because that takes 1.5 ms. For a user
    without a home directory it begins with `~` and is not absolute.
    """
    if sys.platform == "linux":
        folder = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
        if not os.path.isabs(folder):  # noqa: PTH117  # a path in vain
            folder = os.path.expanduser(f"~/.{kind}")  # noqa: PTH111  # that of `Path` fails without a home
        return Path(folder, "summarize")
    from platformdirs import user_cache_path, user_config_path

    return user_cache_path("summarize") if kind == "cache" else user_config_path("summarize")
