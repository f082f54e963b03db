"""URLs among the names of files: how they are told, and what lies there."""

from summarize.inputs.table import Options

_SCHEMES = ("http://", "https://")


def is_url(name: str) -> bool:
    """Return whether a name is a URL that can be fetched rather than the name of a file."""
    return name[:8].lower().startswith(_SCHEMES)


def read_url(url: str, *, encoding: str | None = None, field: str | None = None) -> tuple[bytes, Options]:
    """Fetch what lies at a URL.

    Args:
        url: of `http` or `https`.
        encoding: of its text by a name that Python knows; None to believe what the server says of a text, unless a
            byte order mark or its being UTF-8 says otherwise.
        field: which field of records has the text; None to find out.

    Returns:
        Its bytes, and what is known of them, for `door.read_bytes`. They are named as the user named them; the suffix
        is of the type that the server says they are of, or of the name at the end of the URL.

    Raises:
        InputError: it cannot be fetched.
    """
    from summarize.inputs.fetching import fetch  # here, since most names are those of files

    return fetch(url, encoding=encoding, field=field)
