"""Tables of the documents that are made of the options, each in the language of the document; cog asks for them."""

from collections.abc import Iterable

import click

from summarize.cli import main
from summarize.command.coprocess import WISHES
from summarize.command.option import GROUPS, Option
from summarize.command.screens import options_of
from summarize.interface import InterfaceLanguage, _, speak

_HEADS = {
    "options": {"en": ("option", "meaning", "default"), "zh": ("选项", "作用", "默认")},
    "settings": {"en": ("key", "values", "default", "variable"), "zh": ("键", "取值", "默认", "环境变量")},
    "wishes": {"en": ("key", "value"), "zh": ("键", "值")},
}
_VALUES = {
    "en": {
        "FILE": "a file",
        "DIR": "a folder",
        "P": '`0.2` or `"20%"`',
        "number": "a whole number, at least {least}",
        "text": "a text",
    },
    "zh": {
        "FILE": "文件",
        "DIR": "文件夹",
        "P": '`0.2` 或 `"20%"`',
        "number": "整数，不小于 {least}",
        "text": "文本",
    },
}


def options(language: InterfaceLanguage) -> str:
    """Return a table of the options of each group, below its name."""
    speak(language)
    parts = []
    for group, title in GROUPS.items():
        rows = ((f"`{option.spelling}`", option.help, option.default_text) for option in options_of(main, group))
        parts.append(f"## {_(title)}\n\n{_table('options', language, rows)}")
    return "\n\n".join(parts)


def settings(language: InterfaceLanguage) -> str:
    """Return a table of the settings."""
    speak(language)
    rows = (
        (f"`{option.key}`", _values(option, language), _default(option), f"`{option.envvar}`")
        for option in options_of(main)
        if option.is_setting
    )
    return _table("settings", language, rows)


def wishes(language: InterfaceLanguage) -> str:
    """Return a table of what may stand beside the text on a line of `--jsonl`."""
    speak(language)
    return _table("wishes", language, ((f"`{name}`", str(wish)) for name, wish in WISHES.items()))


def _table(name: str, language: InterfaceLanguage, rows: Iterable[tuple[str, ...]]) -> str:
    head = _HEADS[name][language]
    lines = (f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)
    return "\n".join((f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines))


def _values(option: Option, language: InterfaceLanguage) -> str:
    if option.is_flag:
        return "`true`, `false`"
    if isinstance(option.type, click.Choice):
        return ", ".join(f'`"{choice}"`' for choice in option.type.choices)
    words = _VALUES[language]
    if isinstance(option.type, click.IntRange):
        return words["number"].format(least=option.type.min)
    return words.get(option.metavar or "", words["text"])


def _default(option: Option) -> str:
    return "true" if option.default is True else option.default_text or "false"
