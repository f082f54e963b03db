"""Whether type checkers know the type of every public name without guessing: `python -m release.typed`.

They are asked by `basedpyright --verifytypes`, which is pyright, as programs that use the package ask it. Names of
`summarize.train` are left out: their base classes are those of Keras, which has no types.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

LEFT_OUT = "summarize.train."


def unknown_names(report: Any) -> list[str]:
    """Return what is wrong with each public name whose type is not known, in order.

    Args:
        report: what `--verifytypes --outputjson` prints.

    Raises:
        ValueError: the checker found no public name, so that it has not seen the package.
    """
    symbols = [symbol for symbol in report["typeCompleteness"]["symbols"] if symbol["isExported"]]
    if not symbols:
        raise ValueError("basedpyright found no public name")
    return [
        f"{symbol['name']}: {'; '.join(found['message'] for found in symbol['diagnostics'] if 'message' in found)}"
        for symbol in symbols
        if not symbol["isTypeKnown"] and not symbol["name"].startswith(LEFT_OUT)
    ]


def main() -> int:
    """Print the names whose types are not known, and return 1 if there are any."""
    scripts = str(Path(sys.executable).parent)  # the checker asks the first `python` of the path where packages are
    environment = os.environ | {"PATH": f"{scripts}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [f"{scripts}/basedpyright", "--verifytypes", "summarize", "--ignoreexternal", "--outputjson"]
    printed = subprocess.run(command, capture_output=True, check=False, env=environment).stdout
    found = unknown_names(json.loads(printed))
    print(*found, sep="\n", end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
