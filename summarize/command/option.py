"""A command-line option with the attributes that click does not have."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import click
from click.core import ParameterSource

from summarize.interface import N_, _, join_with_or
from summarize.text.printing import printable

Group = Literal["Length", "Choice", "Output", "Input", "Explanation", "Other"]
GROUPS: Mapping[Group, str] = {
    "Length": N_("Length"),
    "Choice": N_("Choice"),
    "Output": N_("Output"),
    "Input": N_("Input"),
    "Explanation": N_("Explanation"),
    "Other": N_("Other"),
}  # and what the help calls them


class _Switch(click.types.BoolParamType):
    """The type of a switch in the environment; click's own error message lists a dozen words, one of them empty."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> bool:
        """Read it.

        Raises:
            click.BadParameter: it is neither true nor false.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            problem = _("'{value}' is neither true nor false; write 1 or 0")
            self.fail(problem.format(value=printable(str(value))), param, ctx)


class Option(click.Option):
    """An option. What is said of it is declared in English, and read in the language of the interface.

    Args:
        names: as on the command line.
        group: under which heading the help has it.
        is_common: whether it stands on the first screen of help.
        is_setting: whether the environment and the settings file may give it as well.
        default_text: how the default is shown, where its value would not explain itself.
        fields: what is put into the help; names in a sequence are put as a choice: `a, b or c`.
        attributes: what click takes.
    """

    def __init__(
        self,
        *names: str,
        group: Group,
        is_common: bool = False,
        is_setting: bool = False,
        default_text: str = "",
        fields: Mapping[str, str | Sequence[str]] | None = None,
        **attributes: Any,
    ) -> None:
        super().__init__(list(names), **attributes)
        if isinstance(self.type, click.types.BoolParamType):
            self.type: click.ParamType[Any] = _Switch()
        self.group: Group = group
        self.is_common = is_common
        self.is_setting = is_setting
        self._default_text = default_text
        self._fields = fields
        if is_setting and not self.envvar:
            self.envvar: str | Sequence[str] | None = f"SUMMARIZE_{self.name.upper()}"

    @property
    def key(self) -> str:
        """Its key in the settings file."""
        return self.name.replace("_", "-")

    @property
    def spelling(self) -> str:
        """How the help spells it: `-n, --sentences N`, `--[no-]fuse`."""
        names = ", ".join(f"--[no-]{name[2:]}" if self.secondary_opts else name for name in self.opts)
        return names if self.is_flag else f"{names} {self.metavar}"

    @property
    def default_text(self) -> str:
        """The default as shown; empty where it is obvious."""
        if self._default_text:
            return _(self._default_text)
        if self.default is True:
            return self.opts[0].lstrip("-")
        return str(self.default) if isinstance(self.default, str | int) and self.default is not False else ""

    @property
    def help(self) -> str:
        """What it does."""
        if not self._fields:
            return _(self._help)
        fields = {key: said if isinstance(said, str) else join_with_or(said) for key, said in self._fields.items()}
        return _(self._help).format(**fields)

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text or ""

    def consume_value(self, ctx: click.Context, opts: Mapping[str, Any]) -> tuple[Any, ParameterSource]:
        """Return the value, and note its source before it is converted, as click itself does only from 8.5 on."""
        value, source = super().consume_value(ctx, opts)
        ctx.set_parameter_source(self.name, source)
        return value, source

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return how a message calls it, after where its value comes from."""
        source = ctx.get_parameter_source(self.name) if ctx else None
        if source == ParameterSource.ENVIRONMENT:
            return str(self.envvar)
        if ctx and source == ParameterSource.DEFAULT_MAP:
            return f"{ctx.default_map}: {self.key}"
        return super().get_error_hint(ctx)
