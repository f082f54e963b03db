"""Regular expressions that are compiled on first use, and cheap checks before that.

Compiling takes 0.1 ms for a short one and 1 ms for a class of thousands of characters; all of ours would take longer
than the summary of a short text, which needs few of them.
"""

import re
from collections.abc import Iterable
from typing import Any, cast

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn")


class _LazyPattern:
    """Has the methods of a compiled pattern, as attributes of its own from the first use on, so that they cost no more.

    Args:
        pattern: the expression.
        flags: those of `re`.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # asked for what is not there yet
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return getattr(compiled, name)


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return an object that behaves like `re.compile(pattern, flags)`, but compiles on first use.

    An error in the expression shows only then. The `re` of a match is the compiled pattern, not what is returned here.
    """
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))


def has_any(words: Iterable[str], text: str) -> bool:
    """Return whether one of some words stands in a text."""
    for word in words:  # `any` takes twice the time for a short text  # noqa: SIM110
        if word in text:
            return True
    return False
