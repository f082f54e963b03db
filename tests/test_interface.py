"""The language of the interface: which one it is, and its catalogue, which every message stands in."""

import ast
import errno
import json
import os
import re
import tomllib
from io import BytesIO
from pathlib import Path
from string import Formatter

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import summarize
from summarize import interface
from summarize.interface import DOMAIN, LOCALE_FOLDER, interface_language, language_of_locale, set_language

PACKAGE = Path(summarize.__file__).parent
CATALOGUE = LOCALE_FOLDER / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
ADVICE = "run `make format`, then write the Chinese into summarize/locale/zh/LC_MESSAGES/summarize.po"


def read_catalogue() -> Catalog:
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="zh")


MESSAGES = [message for message in read_catalogue() if message.id]


def identities(folder: str | Path) -> set[str | tuple[str, ...]]:
    """The messages in the code of a folder."""
    return {message for _, _, message, _, _ in extract_from_dir(folder)}


def fields(text: str) -> list[str]:
    """The places of a message that something is put into."""
    return sorted(f"{name}!{conversion}:{form}" for _, name, form, conversion in Formatter().parse(text) if name)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        pytest.param({}, "en", id="nothing said"),
        pytest.param({"LANG": "zh_CN.UTF-8"}, "zh", id="Chinese"),
        pytest.param({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh", id="LC_ALL first"),
        pytest.param({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, "en", id="then LC_MESSAGES"),
        pytest.param({"LC_ALL": "", "LANG": "zh_TW.UTF-8"}, "zh", id="an empty one says nothing; Taiwan"),
        pytest.param({"LANG": "zh-Hans"}, "zh", id="as browsers write it"),
        pytest.param({"LANGUAGE": "zh:en", "LANG": "en_US.UTF-8"}, "zh", id="LANGUAGE before the others"),
        pytest.param({"LANGUAGE": "en:zh", "LANG": "zh_CN.UTF-8"}, "en", id="the first of LANGUAGE"),
        pytest.param({"LANGUAGE": "fr:zh", "LANG": "fr_FR.UTF-8"}, "zh", id="the first that is known"),
        pytest.param({"LANGUAGE": "fr", "LANG": "zh_CN.UTF-8"}, "zh", id="LANGUAGE knows none"),
        pytest.param({"LANG": "fr_FR.UTF-8"}, "en", id="another language"),
        pytest.param({"LANG": "C.UTF-8"}, "en", id="no language"),
        pytest.param({"LANGUAGE": "zh", "LANG": "C.UTF-8"}, "en", id="LANGUAGE counts for nothing under C"),
        pytest.param({"LANGUAGE": "zh", "LC_ALL": "POSIX"}, "en", id="nor under POSIX"),
        pytest.param({"LANGUAGE": "zh"}, "en", id="nor without a locale"),
    ],
)
def test_language_is_that_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert language_of_locale(environment) == language


def test_process_speaks_what_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    set_language("zh")
    try:
        assert (interface_language(), interface._("Permission denied")) == ("zh", "权限不足")
        assert interface.join_with_and(["a", "b", "c"]) == "a、b 和 c"
        assert interface.os_reason(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))) == "没有这个文件或文件夹"
        assert click.BadParameter("错").format_message() == "值无效：错"
    finally:
        set_language("en")
    assert (interface_language(), interface._("Permission denied")) == ("en", "Permission denied")
    assert interface.join_with_or(["a", "b"]) == "a or b"
    assert click.BadParameter("错").format_message() == "Invalid value: 错"


def test_message_that_is_in_no_catalogue_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "")
    set_language("zh")
    try:
        assert [interface._(message) for message in ("", "no message of ours")] == ["", "no message of ours"]
    finally:
        set_language("en")


def test_every_message_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    in_code, in_catalogue = identities(PACKAGE), {message.id for message in MESSAGES}
    assert (in_code - in_catalogue, in_catalogue - in_code) == (set(), set()), ADVICE
    assert not read_catalogue().obsolete, ADVICE


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: str(message.id)[:60])
def test_message_has_its_chinese(message: Message) -> None:
    english = message.id if isinstance(message.id, tuple) else (message.id,)
    chinese = message.string if isinstance(message.string, tuple) else (message.string,)
    assert all(chinese), f"no Chinese: {ADVICE}"
    assert not message.fuzzy, "Babel has guessed the Chinese: mend it, and take away the mark `fuzzy`"
    assert all(fields(text) == fields(english[-1]) for text in chinese)
    ends = {text.endswith((".", "。")) for text in (english[-1], *chinese)}
    assert len(ends) == 1, "both end in a full stop, or none does"


def compiled_messages(content: bytes) -> list[tuple[object, object]]:
    """What a compiled catalogue says, without its head, which names the version of Babel."""
    return [(message.id, message.string) for message in read_mo(BytesIO(content)) if message.id]


def test_compiled_catalogue_is_that_of_the_text() -> None:
    compiled = BytesIO()
    write_mo(compiled, read_catalogue())
    assert compiled_messages(CATALOGUE.with_suffix(".mo").read_bytes()) == compiled_messages(compiled.getvalue()), (
        "run `make format`"
    )


def early_calls(node: ast.AST) -> list[int]:
    """The lines of a module on which messages are translated while it is imported."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        outside = [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
        return [line for child in outside for line in early_calls(child)]
    if isinstance(node, ast.Lambda):
        return []
    below = [line for child in ast.iter_child_nodes(node) for line in early_calls(child)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
        below.append(node.lineno)
    return below


def test_no_message_is_translated_before_the_language_is_known() -> None:
    found = {str(path): early_calls(ast.parse(path.read_text(encoding="utf-8"))) for path in PACKAGE.rglob("*.py")}
    assert not any(found.values()), {path: lines for path, lines in found.items() if lines}


def borrowed(function: str) -> set[str | tuple[str, ...]]:
    """The messages in a function of `locale/borrowed.py`."""
    module = ast.parse((LOCALE_FOLDER / "borrowed.py").read_text(encoding="utf-8"))
    body = next(node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == function)
    found = set[str | tuple[str, ...]]()
    for call in ast.walk(body):
        if isinstance(call, ast.Call):
            texts = tuple(one.value for one in call.args if isinstance(one, ast.Constant))
            found.add(texts if len(texts) > 1 else texts[0])
    return found


def test_borrowed_messages_of_click_are_its_own() -> None:
    assert borrowed("of_click") <= identities(Path(click.__file__).parent)


def test_borrowed_messages_of_the_system_are_its_own() -> None:
    assert borrowed("of_system") <= {os.strerror(code) for code in errno.errorcode}


def test_borrowed_messages_of_toml_are_its_own() -> None:
    source = Path(tomllib.__file__).with_name("_parser.py").read_text(encoding="utf-8")
    said = {text.replace('"', "").replace("\\\\", "\\") for text in re.findall(r'"[A-Z][^"\n]+"', source)}
    said |= {text.partition(" {")[0] for text in said}
    assert borrowed("of_toml") <= said


@pytest.mark.parametrize("text", ["", "{} {}", "{1: 2}", '{"a" 1}', '["a" 1]', '"a', '"\x01"', '"\\q"', '"\\u12"'])
def test_borrowed_messages_of_json_are_its_own(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(json.JSONDecodeError) as error:
        json.loads(text)
    assert interface.json_reason(error.value) in borrowed("of_json")


def test_borrowed_message_of_a_name_is_its_own() -> None:
    with pytest.raises(ValueError, match="null byte") as error:
        Path("a\0b").read_bytes()
    assert borrowed("of_names") == {interface.os_reason(error.value)}
