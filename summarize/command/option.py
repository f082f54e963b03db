"""An option of the command, and what is known of it besides what click knows."""

from typing import Any, Literal, get_args

import click
from click.core import ParameterSource

Group = Literal["Length", "Choice", "Output", "Input", "Explanation", "Other"]
GROUPS: tuple[Group, ...] = get_args(Group)


class Option(click.Option):
    """An option.

    Args:
        names: as on the command line.
        group: under which heading the help has it.
        is_common: whether it stands on the first screen of help.
        is_setting: whether the environment and the settings file may give it as well.
        default_text: what holds if nobody says anything, where the value itself says too little.
        attributes: what click takes.
    """

    def __init__(
        self,
        *names: str,
        group: Group,
        is_common: bool = False,
        is_setting: bool = False,
        default_text: str = "",
        **attributes: Any,
    ) -> None:
        super().__init__(list(names), **attributes)
        self.group: Group = group
        self.is_common = is_common
        self.is_setting = is_setting
        self.default_text = default_text or self._in_words(attributes.get("default"))
        if is_setting and not self.envvar:
            self.envvar = f"SUMMARIZE_{self.name.upper()}"

    @property
    def key(self) -> str:
        """How the settings file calls it."""
        return self.name.replace("_", "-")

    @property
    def spelling(self) -> str:
        """How the help spells it: `-n, --sentences N`, `--[no-]fuse`."""
        names = ", ".join(f"--[no-]{name[2:]}" if self.secondary_opts else name for name in self.opts)
        return names if self.is_flag else f"{names} {self.metavar}"

    def _in_words(self, default: object) -> str:
        """Return what a default is called; nothing where it goes without saying."""
        if default is True:
            return self.opts[0].lstrip("-")
        return "" if default is None or default is False else str(default)

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return how a message calls it, after where its value comes from."""
        source = ctx.get_parameter_source(self.name) if ctx else None
        if source == ParameterSource.ENVIRONMENT:
            return str(self.envvar)
        if ctx and source == ParameterSource.DEFAULT_MAP:
            return f"{ctx.default_map}: {self.key}"
        return super().get_error_hint(ctx)
