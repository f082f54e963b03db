"""What the formats say, in the language of the text: `wording.json` has what they share, and what each says alone."""

import json
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from summarize.document import Language

Part = Literal["plain", "markdown", "terminal", "plot", "page"]


@cache
def wording(language: Language, part: Part) -> dict[str, Any]:
    """Return the strings of a format by key, those that it shares with others among them; not to be changed.

    Those of `kinds`, `terms`, `outcomes` and the like are by key as well.
    """
    strings: dict[str, Any] = _read()[language]
    return {**strings["shared"], **strings[part]}


@cache
def _read() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((files("summarize.formats") / "wording.json").read_text("utf-8"))
    return read
