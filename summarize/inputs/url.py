"""URLs given as inputs: recognition and reading."""

from summarize.document import Source
from summarize.text.patterns import lazy_pattern

_SCHEMES = ("http://", "https://")
_HOST = lazy_pattern(r"[^/?#]*")  # with its port, and a name and a password before it


def is_url(name: str) -> bool:
    """Return whether a name is a URL that can be fetched rather than the name of a file."""
    return name[:8].lower().startswith(_SCHEMES)


def without_password(url: str) -> str:
    """Return a URL as messages call it: without what may be a password."""
    from summarize.text.printing import printable  # here, since most names are those of files

    scheme, _, rest = url.partition("://")
    host = _HOST.match(rest)
    _, at, bare = host[0].rpartition("@") if host else ("", "", "")
    return printable(f"{scheme}://{bare}{rest[host.end() :]}" if host and at else url)


def read_url(
    url: str, *, encoding: str | None = None, field: str | None = None, source_format: str | None = None
) -> list[Source]:
    """Read the texts of what lies at a URL, as `door.read_file` reads those of a file.

    Args:
        url: of `http` or `https`; it alone is fetched (`fetching`).
        encoding: of its text by a name that Python knows; None to believe the server and the text.
        field: which field of records has the text; None to detect it.
        source_format: the name of its format, `text` for plain text; None to detect it.

    Returns:
        At least one text.

    Raises:
        InputError: it cannot be fetched, or what was fetched cannot be read.
        MissingExtraError: a library is missing that its format needs.
    """
    from summarize.inputs.door import read_bytes  # here, since most names are those of files
    from summarize.inputs.fetching import fetch

    return read_bytes(*fetch(url, encoding=encoding, field=field), source_format=source_format)
