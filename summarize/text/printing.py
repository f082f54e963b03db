"""Escaping of text and names for printing."""

from summarize.text.patterns import lazy_pattern

# What would break a line, steer a terminal, turn the direction of writing, or has no UTF-8 (a file name may hold it).
_UNPRINTABLE = lazy_pattern("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Escape line breaks and the like, so that a name or a message stays one line."""
    if text.isprintable():  # as nearly always
        return text
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
