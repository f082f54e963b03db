"""Messages that users see and that are not ours: they are here for the catalogue, and nothing calls this.

`tests/test_interface.py` holds them to where they come from.
"""

from summarize.interface import _, ngettext


def of_click(number: int = 1) -> tuple[str, ...]:
    """Return what click says of wrong usage; of how many things is ignored here."""
    return (
        _("Option {name!r} does not take a value."),
        ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", number),
        _("Invalid value: {message}"),
        _("Invalid value for {param_hint}: {message}"),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", number),
    )


def of_system() -> tuple[str, ...]:
    """Return what the operating system says of files and of the network."""
    return (
        _("No such file or directory"),
        _("Permission denied"),
        _("Operation not permitted"),
        _("Input/output error"),
        _("Not a directory"),
        _("Is a directory"),
        _("File name too long"),
        _("Too many levels of symbolic links"),
        _("Too many open files"),
        _("No space left on device"),
        _("Disk quota exceeded"),
        _("File too large"),
        _("File exists"),
        _("Read-only file system"),
        _("Device or resource busy"),
        _("No such device or address"),
        _("Bad file descriptor"),
        _("Invalid argument"),
        _("Cannot allocate memory"),
        _("Stale file handle"),
        _("Network is unreachable"),
        _("No route to host"),
    )


def of_json() -> tuple[str, ...]:
    """Return what Python says of JSON, as `interface.json_reason` writes it."""
    return (
        _("extra data"),
        _("expecting value"),
        _("expecting property name enclosed in double quotes"),
        _("expecting ':' delimiter"),
        _("expecting ',' delimiter"),
        _("illegal trailing comma before end of object"),
        _("unterminated string starting"),
        _("invalid control character"),
        _("invalid \\escape"),
        _("invalid \\uXXXX escape"),
    )


def of_toml() -> tuple[str, ...]:
    """Return what Python says of TOML."""
    return (
        _("Invalid statement"),
        _("Invalid value"),
        _("Invalid initial character for a key part"),
        _("Expected '=' after a key in a key/value pair"),
        _("Expected newline or end of document after a statement"),
        _("Expected ']' at the end of a table declaration"),
        _("Cannot overwrite a value"),
        _("Unclosed array"),
        _("Unterminated string"),
        _("Unescaped '\\' in a string"),
        _("Illegal character"),
    )


def of_names() -> tuple[str, ...]:
    """Return what Python says of a name that no file can have."""
    return (_("embedded null byte"),)
