"""Model directories whose checksums are right and whose contents are not: refused in one line, at no cost in memory.

The settings vouch for the other files in every case, so nothing here is found out by a checksum.
"""

import json
import os
import tracemalloc
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from models import change_arrays, change_settings, random_model, refusal, sign
from strategies import articles, few_examples

from summarize.cli import main
from summarize.document import ATTENTION_KINDS
from summarize.errors import ExitStatus, SummarizeError
from summarize.formats.json_lines import to_json_line
from summarize.network.scorer import NetworkScorer
from summarize.network.storage import ARRAYS_FILE, FILES, SETTINGS_FILE, VOCABULARY_FILE, save_model
from summarize.pipeline import summarize_text
from summarize.value import replace

MAX_MEMORY = 8 << 20  # bytes, to refuse a model
TEXT = "The river rose by three metres last night. The city closed both bridges. Nobody was hurt, the mayor said."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a sound model."""
    save_model(random_model(1), tmp_path / "model")
    return tmp_path / "model"


def refused_cheaply(folder: Path) -> str:
    """The message with which a model is refused, at a bounded cost in memory."""
    tracemalloc.start()
    try:
        message = refusal(folder)
        assert tracemalloc.get_traced_memory()[1] < MAX_MEMORY
    finally:
        tracemalloc.stop()
    assert len(message) < len(str(folder)) + 400
    return message


def with_header(folder: Path, header: Any, body: bytes = b"", *, length: int | None = None) -> None:
    """Put a header in front of the arrays; `length` is what the file says of it."""
    encoded = header if isinstance(header, bytes) else json.dumps(header).encode()
    said = len(encoded) if length is None else length
    (folder / ARRAYS_FILE).write_bytes(said.to_bytes(8, "little") + encoded + body)
    sign(folder)


@pytest.mark.parametrize("name", ["tree/w", "judge/0/gate/b", "vectors/scales", "vectors/idf", "words/v"])
@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf, 1e30])
def test_numbers_that_nothing_can_have_learned_are_refused(folder: Path, name: str, number: float) -> None:
    model = random_model(1)
    every = {**model.weights, "vectors/scales": model.vectors.scales, "vectors/idf": model.idf}
    name = name if name in every else next(other for other in sorted(every) if other.startswith("judge/0/"))
    array = every[name].copy()
    array.flat[-1] = number
    change_arrays(folder, **{name: array})
    assert f"{name} contain values that are infinite, too large or not numbers" in refused_cheaply(folder)


@pytest.mark.parametrize("name", ["vectors/scales", "vectors/idf"])
def test_information_below_zero_is_refused(folder: Path, name: str) -> None:
    change_arrays(folder, **{name: np.full(15, -0.5, np.float32)})
    assert "negative information or scales" in refused_cheaply(folder)


@pytest.mark.parametrize("kind", [np.uint32, np.int8, np.uint8])
@pytest.mark.parametrize("name", ["tree/w", "vectors/scales", "vectors/idf", "grammar/predicates", "grammar/compounds"])
def test_arrays_of_another_type_are_refused(folder: Path, name: str, kind: type) -> None:
    model = random_model(1)
    sound = {
        "vectors/scales": model.vectors.scales,
        "vectors/idf": model.idf,
        "grammar/predicates": model.grammar.predicates,
        "grammar/compounds": model.grammar.compounds,
        **model.weights,
    }[name]
    if sound.dtype == kind:
        kind = np.float32
    change_arrays(folder, **{name: sound.astype(kind)})
    refused_cheaply(folder)


@pytest.mark.parametrize("shape", [(), (0,), (1, 30), (30, 1), (15, 2), (1 << 20,)], ids=str)
@pytest.mark.parametrize("name", ["vocabulary/table", "vectors/idf", "grammar/predicates"])
def test_arrays_of_another_shape_are_refused(folder: Path, name: str, shape: tuple[int, ...]) -> None:
    change_arrays(
        folder,
        **{name: np.ones(shape, {"vectors/idf": np.float32, "grammar/predicates": np.uint8}.get(name, np.uint32))},
    )
    refused_cheaply(folder)


@pytest.mark.parametrize(
    "said",
    [
        {"dtype": "F32", "shape": [1 << 40], "data_offsets": [0, 1 << 42]},
        {"dtype": "F32", "shape": [1 << 62, 1 << 62], "data_offsets": [0, 4]},
        {"dtype": "F32", "shape": [0, 1 << 70], "data_offsets": [0, 0]},
        {"dtype": "F32", "shape": [-1, -1], "data_offsets": [0, 4]},
        {"dtype": "F32", "shape": [1], "data_offsets": [-4, 0]},
        {"dtype": "F32", "shape": [1], "data_offsets": [2, 6]},
        {"dtype": "F32", "shape": [True], "data_offsets": [0, 4]},
        {"dtype": "F32", "shape": [1.0], "data_offsets": [0, 4.0]},
        {"dtype": "F32", "shape": [1] * 100, "data_offsets": [0, 4]},
        {"dtype": "F64", "shape": [1], "data_offsets": [0, 8]},
        {"dtype": ["F32"], "shape": [1], "data_offsets": [0, 4]},
        {"dtype": "F32", "shape": "1", "data_offsets": [0, 4]},
        {"dtype": "F32", "shape": [1], "data_offsets": [0]},
        [],
        None,
    ],
    ids=repr,
)
def test_a_header_that_lies_is_refused(folder: Path, said: Any) -> None:
    with_header(folder, {"words/v": said}, b"\0" * 5)
    refused_cheaply(folder)


@pytest.mark.parametrize("length", [0, 1, 1 << 20, 1 << 40, (1 << 64) - 1])
def test_a_header_that_is_longer_or_shorter_than_it_says_is_refused(folder: Path, length: int) -> None:
    with_header(folder, {"words/v": {"dtype": "I8", "shape": [1], "data_offsets": [0, 1]}}, b"\0", length=length)
    assert "header" in refused_cheaply(folder)


@pytest.mark.parametrize("header", [b"[" * 200_000, b'{"a":' * 100_000, b"7", b"null", b'{"a": 1e400}', b"\xff\xfe"])
def test_a_header_that_is_no_object_or_too_deep_is_refused(folder: Path, header: bytes) -> None:
    with_header(folder, header)
    assert f"the header of {ARRAYS_FILE} is damaged" in refused_cheaply(folder)


@pytest.mark.parametrize("content", ["[" * 500_000, '{"network":' * 50_000, "[" + "1," * 200_000 + "1]"])
def test_settings_that_are_deep_or_no_object_are_refused(folder: Path, content: str) -> None:
    (folder / SETTINGS_FILE).write_text(content, encoding="utf-8")
    assert len(refusal(folder)) < len(str(folder)) + 400


@pytest.mark.parametrize("name", FILES)
def test_a_file_larger_than_any_of_a_model_is_not_opened(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / name).open("r+b") as file:
        file.truncate((1 << 30) + 1)  # of which nothing is on the disk
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    monkeypatch.setattr(Path, "read_text", lambda *_: pytest.fail("it was read"))
    assert f"{name} is larger than" in refused_cheaply(folder)


@pytest.mark.skipif(os.name == "nt", reason="there are no such files")
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", ["fifo", "/dev/zero", "/dev/null"])
def test_what_is_no_file_is_not_opened(folder: Path, name: str, kind: str) -> None:
    (folder / name).unlink()
    if kind == "fifo":
        os.mkfifo(folder / name)  # nobody writes to it: to open it would wait for ever
    else:
        (folder / name).symlink_to(kind)
    assert name in refused_cheaply(folder)


@pytest.mark.parametrize("size", [0.5, 1e300, float("nan"), True, "15", [15], None, 10**30, -1], ids=repr)
@pytest.mark.parametrize("name", ["vocabulary_size", "num_features", "state_size", "num_judges", "num_steps"])
def test_sizes_out_of_range_are_refused(folder: Path, name: str, size: object) -> None:
    change_settings(folder, lambda settings: settings["network"].update({name: size}))
    refused_cheaply(folder)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e300, -0.1, "0.5", None, True, [], {}], ids=repr)
@pytest.mark.parametrize(
    "name", [name for name in random_model(1).selection["tree"].__layout__.names if name != "redundancy_weight"]
)
def test_shares_and_counts_out_of_range_are_refused(folder: Path, name: str, number: object) -> None:
    change_settings(folder, lambda settings: settings["selection"]["tree"].update({name: number}))
    assert len(refused_cheaply(folder).splitlines()) == 1


def test_half_a_sentence_is_no_length(folder: Path) -> None:
    change_settings(folder, lambda settings: settings["selection"]["tree"].update(max_sentences=0.5))
    assert "max_sentences must be a whole number, got 0.5" in refused_cheaply(folder)


def test_a_name_of_a_setting_with_a_line_break_and_a_megabyte_stays_a_short_line(folder: Path) -> None:
    change_settings(folder, lambda settings: settings["network"].update({"a\n" * 100_000: 1}))
    refused_cheaply(folder)


def test_a_vocabulary_that_is_not_utf8_is_refused(folder: Path) -> None:
    content = (folder / VOCABULARY_FILE).read_bytes()
    (folder / VOCABULARY_FILE).write_bytes(content.replace("雨".encode(), b"\xe9\x9b"))
    sign(folder)
    refused_cheaply(folder)


def test_a_vocabulary_of_nothing_but_line_ends_is_refused(folder: Path) -> None:
    (folder / VOCABULARY_FILE).write_bytes(b"\n" * 1_000_000)
    sign(folder)
    assert "its vocabulary and vectors do not have 15 entries" in refused_cheaply(folder)


@pytest.mark.parametrize("change", [{"state_size": 2048}, {"num_judges": 1}, {"num_features": 55}, {"step_rank": 1}])
def test_sizes_that_the_arrays_do_not_have_are_refused(folder: Path, change: Mapping[str, int]) -> None:
    change_settings(folder, lambda settings: settings["network"].update(change))
    refused_cheaply(folder)


def test_the_command_says_it_in_one_line_with_its_exit_code(folder: Path) -> None:
    change_arrays(folder, tree__w=np.full(len(random_model(1).weights["tree/w"]), np.nan, np.float32))
    found = CliRunner().invoke(main, ["--model", str(folder)], input=TEXT)
    assert (found.exit_code, found.stdout) == (ExitStatus.NO_MODEL, "")
    assert len(found.stderr.splitlines()) == 1


FILLS: tuple[Callable[[np.ndarray], np.ndarray], ...] = (
    np.zeros_like,
    lambda array: np.full_like(array, 1000),
    lambda array: np.full_like(array, -1000),
    lambda array: np.where(np.arange(array.size).reshape(array.shape) % 2, 1000, -1000).astype(array.dtype),
    lambda array: np.sign(array) * 1000,
)


@few_examples
@given(articles(), st.data())
def test_any_numbers_within_range_give_a_summary_or_a_refusal(text: str, data: st.DataObject) -> None:
    model = random_model(data.draw(st.integers(0, 3)))
    groups = sorted({name.split("/")[0] for name in model.weights})
    fill = {group: data.draw(st.sampled_from([None, *FILLS]), label=group) for group in groups}
    changed = {name: fill[name.split("/")[0]] for name in model.weights}
    weights = {name: change(model.weights[name]) if change else model.weights[name] for name, change in changed.items()}
    idf = data.draw(st.sampled_from([np.zeros_like, np.array, lambda array: np.full_like(array, 1000)]))(model.idf)
    scorer = NetworkScorer(replace(model, weights=weights, idf=idf.astype(np.float32)))
    summary_options = data.draw(st.sampled_from([{}, {"chars": 30}, {"words": 15}, {"sentences": 2}, {"title": True}]))
    for attention in ATTENTION_KINDS:
        try:
            line = to_json_line(
                summarize_text(text, scorer=scorer, attention=attention, explain=True, **summary_options)
            )
        except SummarizeError:  # nothing fits, or the model weighs nothing; any other error fails the test
            continue
        json.loads(line, parse_constant=lambda name: pytest.fail(f"{name} in JSON"))
