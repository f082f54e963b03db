"""The command as a user has it: a process of its own, with the model that comes with the package."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from summarize import summarize_text
from summarize.document import ATTENTION_KINDS
from summarize.inputs.door import read_file
from summarize.text.pieces import count_words

DATA = Path(__file__).parent.parent / "data"
MODEL_CASE = DATA / "worldcup.txt"
FUSED = "法国队赢得了2018年世界杯冠军，在决赛中击败了克罗地亚队。"
FIRST_TWO = "在2018年的世界杯中，法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。"
TEXTS = sorted(path for path in DATA.glob("**/*.txt") if path.suffixes == [".txt"] and path.parent.name != "train")


def text_of(path: Path) -> str:
    """What is read of a file: what offsets count in."""
    (source,) = read_file(path)
    return source.text


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """An environment with a cache folder of its own, empty at first."""
    cache = str(tmp_path_factory.mktemp("cache"))
    return os.environ | {"XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache}


@pytest.fixture
def summarize(environment):
    """Run the command and give its stdout; it must succeed in silence."""

    def run(*arguments, stdin=b"", **more_environment):
        result = subprocess.run(
            [sys.executable, "-m", "summarize", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            env=environment | more_environment,
            check=False,
        )
        assert (result.returncode, result.stderr.decode()) == (0, "")
        return result.stdout.decode("utf-8")

    return run


def test_model_case_becomes_one_sentence(summarize):
    without_a_cache, with_a_cache = summarize(MODEL_CASE), summarize(MODEL_CASE)
    assert without_a_cache == with_a_cache == f"{FUSED}\n"


def test_model_case_without_fusion_gives_its_first_two_sentences(summarize):
    assert summarize("--no-fuse", MODEL_CASE) == f"{FIRST_TWO}\n"


def test_model_case_is_the_same_from_standard_input_in_any_locale(summarize):
    assert summarize(stdin=MODEL_CASE.read_bytes(), LC_ALL="C", PYTHONUTF8="0") == f"{FUSED}\n"


def test_cache_that_cannot_be_written_changes_nothing(summarize, tmp_path):
    (tmp_path / "file").touch()  # a folder cannot be made below it
    assert summarize(MODEL_CASE, XDG_CACHE_HOME=str(tmp_path / "file" / "cache")) == f"{FUSED}\n"


@pytest.mark.parametrize("kind", ATTENTION_KINDS)
def test_each_attention_summarizes_every_text_as_the_contract_says(summarize, kind):
    lines = summarize("--format", "json", "--attention", kind, *TEXTS).splitlines()
    assert len(lines) == len(TEXTS) > 10
    for path, record in zip(TEXTS, map(json.loads, lines), strict=True):
        text = text_of(path)
        sentences, selected = record["sentences"], [part for part in record["sentences"] if part["selected"]]
        assert (record["path"], record["attention"]) == (str(path), kind)
        # Weights have five digits.
        assert abs(sum(sentence["weight"] for sentence in sentences) - 1) < 5e-6 * len(sentences)
        assert sorted(sentence["rank"] for sentence in sentences) == list(range(1, len(sentences) + 1))
        assert 1 <= len(selected) <= 5
        for part in sentences + [piece for piece in record["pieces"] if piece["start"] is not None]:
            assert text[part["start"] : part["end"]] == part["text"]


def test_lengths_hold_on_every_text(summarize):
    lines = summarize("--format", "json", "-n", 3, "-c", 600, *TEXTS).splitlines()
    for record in map(json.loads, lines):
        assert 0 < len(record["summary"]) <= 600
        assert sum(sentence["selected"] for sentence in record["sentences"]) <= 3


@pytest.mark.parametrize(("option", "most"), [("-c", 40), ("-c", 80), ("-w", 30)])
def test_short_lengths_hold_on_every_text(summarize, option, most):
    lines = summarize("--format", "json", option, most, *TEXTS).splitlines()
    assert len(lines) == len(TEXTS)
    for path, record in zip(TEXTS, map(json.loads, lines), strict=True):
        text, summary = text_of(path), record["summary"]
        assert 0 < (len(summary) if option == "-c" else count_words(summary)) <= most
        assert "".join(piece["text"] for piece in record["pieces"]) == summary
        for piece in record["pieces"]:
            if piece["start"] is None:
                assert piece["text"] in (" ", "\n", "，", ",", "and")
            else:  # an English sentence begins with a capital
                source = text[piece["start"] : piece["end"]]
                assert piece["text"] == source or piece["text"] == source[0].upper() + source[1:]


def test_three_lines_of_the_library_do_without_click_and_tensorflow(environment):
    code = f"""
from pathlib import Path
from summarize import summarize_text
print(summarize_text(Path({str(MODEL_CASE)!r}).read_text(encoding="utf-8")).text)
import sys
print(*sys.modules)
"""
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", env=environment, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    summary, modules = result.stdout.splitlines()
    assert summary == FUSED
    assert {"click", "keras", "tensorflow", "summarize.train"}.isdisjoint(modules.split())


def test_library_gives_what_the_command_gives(summarize):
    text = MODEL_CASE.read_text(encoding="utf-8")
    summary = summarize_text(text, sentences=1, attention="tree")
    record = json.loads(summarize("-n", 1, "--attention", "tree", "--format", "json", MODEL_CASE))
    assert summary.text == record["summary"]
    weights = [sentence["weight"] for sentence in record["sentences"]]
    assert [float(f"{weight:.5g}") for weight in summary.weights] == weights
