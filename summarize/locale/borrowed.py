"""Messages that users see and that are not ours: they are here for the catalogue, and nothing calls this.

`tests/test_interface.py` holds them to where they come from.
"""

from summarize.interface import _, ngettext


def of_click(number: int = 1) -> tuple[str, ...]:
    """Return what click says of wrong usage; of how many things does not matter here."""
    return (
        _("No such option {name!r}."),
        ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", number),
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
    )
