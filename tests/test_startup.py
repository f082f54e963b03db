"""What is imported when: asked of fresh interpreters, since this one has long imported everything."""

import ast
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import summarize

FAKES = str(Path(__file__).with_name("fakes.py"))
# Sentences of 30 and of 6 characters, and two that are fused.
FLOOD = "昨天下午，河水上涨了很多，城市停电，学校停课，桥也被冲走了。今天雨停了。"
TEAMS = "江州队赢得了开幕战。江州队击败了北湾队。"
HEAVY = {"numpy", "jieba", "keras", "tensorflow", "chardet", "platformdirs"}
# What a plain call loads: that of one text, from a file, to standard output. Each module takes 0.2 ms or more of each
# call; what few texts need can be imported where it is needed.
NEEDED = (
    "array, atexit, bisect, click, copy, gc, importlib.util, json, locale, mmap, numpy.typing, pathlib, resource, zlib"
)
OF_PLAIN_CALL = {
    "command": "asked declarations files model names option quiet run settings streams values work",
    "decide": "budget choice doubt fusion room selection words",
    "formats": "plain screen table view",
    "inputs": "door refusal table whole",
    "network": "arrays attention bags encoder explanation features judge layers parallel scorer sequential storage "
    "tree",
    "text": "abbreviations balance closers credits cutting dates decoding dictionary dictionary_cache documents emoji "
    "forms grammar headings language layout letters markers marks moods normalization notices openings pages passage "
    "patterns pieces printing quotations raw_lines roles segmentation speakers speech stops subtitles tables terms "
    "tokenization turns units vocabulary word_classes",
}
# Runs a command whose arguments follow, then prints on stderr what it had imported.
REPORT_IMPORTS = """
import json, sys
from summarize.cli import main
try:
    main(prog_name="summarize")
finally:
    print(json.dumps(list(sys.modules)), file=sys.stderr)
"""
# Prints the thread variables as they are when something first asks for NumPy.
WATCH_NUMPY = """
import json, os, sys
class Watch:
    def find_spec(self, name, path, target=None):
        if name == "numpy":
            print(json.dumps([os.environ.get(f"{library}_NUM_THREADS") for library in ("OPENBLAS", "OMP", "MKL")]))
            sys.meta_path.remove(self)
sys.meta_path.insert(0, Watch())
from summarize.cli import main
main(prog_name="summarize")
"""


def python(*arguments, **options):
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, **options)


@pytest.fixture
def modules_of_call(tmp_path):
    """The modules that are loaded once the command has summarized a text."""

    def call(text, *options):
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        code = "import sys; from summarize.cli import main; main(standalone_mode=False)"
        code = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {code}"
        result = python("-c", code, str(tmp_path / "a.txt"), *options)
        assert result.returncode == 0, result.stderr
        return set(result.stderr.split())

    return call


def imports_after(code):
    """The modules that are loaded once `code` has run in a fresh interpreter."""
    result = python("-c", f"{code}\nimport json, sys\nprint(json.dumps(list(sys.modules)))")
    assert result.returncode == 0, result.stderr
    return set(json.loads(result.stdout.splitlines()[-1]))


def test_import_of_the_package_is_light():
    modules = imports_after("import summarize")
    assert modules.isdisjoint(HEAVY | {"click", "dataclasses", "summarize.pipeline"})


def test_library_call_does_without_click():
    code = "from summarize import summarize_text, Summary, SummarizeError, InputError, BudgetError, ModelError"
    modules = imports_after(code)
    assert "summarize.pipeline" in modules
    assert modules.isdisjoint({"click", "jieba", "keras", "tensorflow"})


def test_star_import_and_dir_have_the_public_names():
    public = {"summarize_text", "Summary", "SummarizeError", "InputError", "BudgetError", "ModelError", "__version__"}
    result = python("-c", "from summarize import *; print(*globals()); import summarize; print(*dir(summarize))")
    for names in result.stdout.splitlines():
        assert public <= set(names.split())


def test_unknown_name_of_the_package_is_an_attribute_error():
    with pytest.raises(AttributeError, match="module 'summarize' has no attribute 'summarise_text'"):
        _ = summarize.summarise_text


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--help"], 0),
        (["-h"], 0),
        (["--help-all"], 0),
        (["--completion", "bash"], 0),
        (["--version"], 0),
        (["--no-such-option"], 2),
        (["-n", "0", "a.txt"], 2),
        (["-r", "120%", "a.txt"], 2),
        (["--encoding", "utf-88", "a.txt"], 2),
        (["-", "-"], 2),
        (["--form", "text"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_help_and_usage_errors_import_nothing_heavy(arguments, status):
    result = python("-c", REPORT_IMPORTS, *arguments)
    assert result.returncode == status
    modules = set(json.loads(result.stderr.splitlines()[-1]))
    assert modules.isdisjoint(HEAVY | {"summarize.pipeline"})


@pytest.mark.parametrize("given", [{}, {"OPENBLAS_NUM_THREADS": "3"}], ids=["unset", "set"])
def test_command_asks_for_one_thread_before_numpy_is_imported(given, tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")} | given
    result = python("-c", WATCH_NUMPY, "--model", str(tmp_path), "-", env=environment, stdin=subprocess.DEVNULL)
    assert result.returncode == 3  # there is no model, so the network was asked for
    assert json.loads(result.stdout) == ["1", "1", "1"]


def test_summary_imports_neither_keras_nor_tensorflow():
    code = f"""
import runpy, sys
sys.argv = ["summarize", "--format", "json", "-"]
sys.path.insert(0, {str(Path(FAKES).parent)!r})
try:
    runpy.run_path({FAKES!r}, run_name="__main__")
except SystemExit as end:
    assert not end.code
import summarize.network.scorer
print(*sys.modules)
"""
    result = python("-c", code, input="雨停了。天晴了。")
    assert result.returncode == 0, result.stderr
    record, modules = result.stdout.splitlines()
    assert json.loads(record)["summary"] == "雨停了。天晴了。"
    assert {"keras", "tensorflow", "summarize.train"}.isdisjoint(modules.split())


@pytest.mark.parametrize("options", [[], ["-c", "28"]], ids=["whole", "shortened"])
def test_ordinary_call_imports_nothing_that_it_can_do_without(options, modules_of_call):
    unneeded = {"jinja2", "matplotlib", "numpy.ma", "rich", "scipy", "summarize.formats.digest"}
    assert unneeded.isdisjoint(modules_of_call(FLOOD, *options))


@pytest.mark.parametrize("text", [FLOOD, "It rained all day in the town of Milton. The river rose."], ids=["zh", "en"])
def test_plain_text_in_one_of_our_languages_does_not_load_what_tells_others(text, modules_of_call):
    assert {"summarize.text.scripts", "unicodedata"}.isdisjoint(modules_of_call(text))


def test_plain_call_loads_of_other_packages_what_it_needs(modules_of_call):
    def packages(modules):
        return {package for package in (name.partition(".")[0] for name in modules) if not package.startswith("_")}

    needed = imports_after(f"import {NEEDED}")
    assert packages(modules_of_call(FLOOD)) - packages(needed) <= {"summarize"}


@pytest.mark.parametrize("group", OF_PLAIN_CALL)
def test_plain_call_loads_of_a_group_what_it_needs(group, modules_of_call):
    names = [name.split(".") for name in modules_of_call(FLOOD)]
    assert {path[2] for path in names if path[:2] == ["summarize", group] and path[2:]} == set(
        OF_PLAIN_CALL[group].split()
    )


@pytest.mark.parametrize(
    ("text", "options", "shortens"),
    [
        pytest.param(FLOOD, [], False, id="no length"),
        pytest.param(FLOOD, ["-n", "1"], False, id="sentences"),
        pytest.param(FLOOD, ["-c", "28", "--no-compress"], False, id="not to shorten"),
        pytest.param(FLOOD, ["-c", "28"], True, id="characters"),
        pytest.param(TEAMS, ["--no-fuse"], False, id="not to fuse"),
        pytest.param(TEAMS, [], True, id="fused"),
    ],
)
def test_cuts_and_their_rules_are_loaded_by_a_call_that_shortens_or_fuses(text, options, shortens, modules_of_call):
    modules = modules_of_call(text, *options)
    assert "summarize.decide.choice" in modules
    loaded = {f"summarize.decide.{name}" for name in ("cuts", "rules", "shortening")} & modules
    assert len(loaded) == (3 if shortens else 0), loaded


def test_plain_text_compiles_none_of_the_long_expressions(tmp_path):
    text = "# 河水\n\n昨天河水上涨了很多，城市又停电了。“明天会好的。”市长说。\n\n记者了解到，2018年也是这样。"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    code = """
import atexit, re, sys
long, compile_ = [], re.compile
def watch(pattern, flags=0):
    if len(pattern) > 300 and sys._getframe(1).f_globals["__name__"].startswith("summarize.text."):
        long.append(pattern)
    return compile_(pattern, flags)
re.compile = watch
from summarize.cli import main
atexit.register(lambda: print(ascii(long)))
main(standalone_mode=False)
"""
    result = python("-c", code, str(tmp_path / "a.txt"))
    assert result.returncode == 0, result.stderr
    long = ast.literal_eval(result.stdout.splitlines()[-1])
    assert ["Addresses on the web" in pattern for pattern in long] == [True]  # that of the tokenizer


def test_import_compiles_no_expression_of_ours():
    code = """
import re, sys
ours, compile_ = [], re.compile
def watch(pattern, flags=0):
    if sys._getframe(1).f_globals["__name__"].startswith("summarize"):
        ours.append(pattern)
    return compile_(pattern, flags)
re.compile = watch
import summarize.cli, summarize.command.run, summarize.pipeline, summarize.network.scorer, summarize.decide.shortening
print(ascii(ours))
"""
    result = python("-c", code)
    assert (result.returncode, result.stdout) == (0, "[]\n")


def test_process_ends_without_a_look_for_garbage(tmp_path):
    (tmp_path / "a.txt").write_text(FLOOD, encoding="utf-8")
    code = """
import atexit, gc
from summarize.__main__ import run
atexit.register(lambda: print(gc.get_freeze_count() > 0))
run()
"""
    result = python("-c", code, str(tmp_path / "a.txt"))
    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "True")


def test_module_is_the_same_command():
    result = python("-m", "summarize", "--version")
    assert (result.returncode, result.stdout, result.stderr) == (0, f"summarize {summarize.__version__}\n", "")


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_interrupt_while_loading_is_quiet():
    # As it comes when the command looks for its first module.
    code = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests may have it ignored
class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == MODULE:
            os.kill(os.getpid(), signal.SIGINT)
from summarize.__main__ import run
sys.meta_path.insert(0, Interrupting())
run()
"""
    for module in ("summarize.ending", "summarize.cli", "click.core"):
        result = python("-c", code.replace("MODULE", repr(module)), "--version")
        assert (result.returncode, result.stdout, result.stderr) == (-signal.SIGINT, "", "")


def test_training_prepares_before_tensorflow_is_loaded():
    # Examples are made by forked processes, and a process with TensorFlow's threads must not be forked.
    code = "import sys; import summarize.train.job; print({'keras', 'tensorflow'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "set()\n"
