"""Any bytes, of any format, under any options, in any format that is printed: a summary, or one clear line.

The harnesses are those of `tests/fuzz`; what fuzzing has found comes first, and must never fail again.
"""

import contextlib
import random
import signal
from pathlib import Path

import pytest
from fuzz import __main__ as fuzz
from fuzz.__main__ import FOUND, changed
from fuzz.harnesses import HARNESSES, WISHES, check_summary
from fuzz.mutants import judge
from fuzz.mutations import NAMES
from fuzz.seeds import seeds
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import any_texts, articles, marked_texts

KEPT = [(path.parent.name, path) for path in sorted(FOUND.glob("*/*"))]


@pytest.mark.parametrize(("name", "path"), KEPT, ids=[f"{name}-{path.name[:14]}" for name, path in KEPT])
def test_what_fuzzing_found_is_mended(name: str, path: Path) -> None:
    HARNESSES[name](path.read_bytes())


@pytest.mark.parametrize("name", HARNESSES)
def test_seeds_pass(name: str) -> None:
    for data in seeds(name):
        HARNESSES[name](data)


@pytest.mark.parametrize("name", HARNESSES)
@settings(max_examples=15)
@given(data=st.data())
def test_changed_seeds_give_a_result_or_one_clear_line(name: str, data: st.DataObject) -> None:
    pool = list(seeds(name))
    seed, other = data.draw(st.sampled_from(pool)), data.draw(st.sampled_from(pool))
    HARNESSES[name](changed(seed, other, random.Random(data.draw(st.integers(0, 2**32)))))


@pytest.mark.parametrize("name", HARNESSES)
@settings(max_examples=20)
@given(content=st.binary(max_size=300))
def test_any_bytes_give_a_result_or_one_clear_line(name: str, content: bytes) -> None:
    HARNESSES[name](content)


@pytest.mark.parametrize("name", sorted({*NAMES} - {"pdf"}))
def test_changed_copies_of_a_whole_file_are_read_or_refused(name: str) -> None:
    """As `make fuzz-files` does with many more, and of PDF as well."""
    assert [problem for number in range(16) if (problem := judge(name, number, seed=2).problem)] == []


@settings(max_examples=60)
@given(st.one_of(any_texts, marked_texts, articles()), st.sampled_from(WISHES))
def test_any_text_is_summarized_and_printed_in_every_format(text: str, summary_options) -> None:
    check_summary(text, summary_options)


def test_what_fails_while_fuzzing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def harness(data: bytes) -> None:
        assert data != b"bad"

    monkeypatch.setattr(fuzz, "FOUND", tmp_path)
    assert fuzz.passes(harness, "settings", b"good")
    assert not fuzz.passes(harness, "settings", b"bad")
    assert [path.read_bytes() for path in tmp_path.glob("settings/*")] == [b"bad"]


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="there is no signal for it")
def test_what_takes_too_long_while_fuzzing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def harness(_: bytes) -> None:
        with contextlib.suppress(Exception):
            signal.pause()

    monkeypatch.setattr(fuzz, "FOUND", tmp_path)
    monkeypatch.setattr(fuzz, "_MAX_SECONDS", 1)
    assert not fuzz.passes(harness, "settings", b"slow")
    assert [path.read_bytes() for path in tmp_path.glob("settings/*")] == [b"slow"]
