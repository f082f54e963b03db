"""The same input, model and options give the same bytes whatever surrounds the program."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

DATA = Path(__file__).parents[1] / "data"
FILES = ("zh/news-city.txt", "en/report.txt", "en/news.txt")
WISHES = ("-c", "300", "--title", "--keywords", "5", "--jobs", "1")

SURROUNDINGS = {
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "a third hash seed": {"PYTHONHASHSEED": "2"},
    "a random hash seed": {"PYTHONHASHSEED": "random"},
    "the C locale": {"LC_ALL": "C", "PYTHONUTF8": "0"},
    "a Turkish locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "four threads of BLAS": dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "4"),
    "one core": {"PYTHON_CPU_COUNT": "1"},
}


def printed(form: str, surroundings: dict[str, str], *options: str) -> bytes:
    """What the command prints of the files in a process of its own."""
    command = [sys.executable, "-m", "summarize", "--format", form, *WISHES, *options, *FILES]
    environment = {name: value for name, value in os.environ.items() if name not in ("TZ", "PYTHONUTF8")}
    environment |= {"PYTHONHASHSEED": "0", "PYTHONPATH": str(Path(__file__).parents[1])} | surroundings
    return subprocess.run(command, cwd=DATA, env=environment, capture_output=True, check=True).stdout


@cache
def usually_printed(form: str) -> bytes:
    return printed(form, {})


@pytest.mark.parametrize("surroundings", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_the_same_bytes_are_printed_in_other_surroundings(surroundings: dict[str, str]) -> None:
    assert printed("json", surroundings) == usually_printed("json")


@pytest.mark.parametrize("form", ["text", "markdown", "bullets"])
def test_the_same_bytes_are_printed_in_all_of_them_together(form: str) -> None:
    together = {name: value for one in SURROUNDINGS.values() for name, value in one.items()}
    assert printed(form, together) == usually_printed(form)


@pytest.mark.parametrize("jobs", ["2", "3"])
def test_the_same_bytes_are_printed_by_several_processes(jobs: str) -> None:
    assert printed("json", {}, "--jobs", jobs) == usually_printed("json")


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process can be kept on one core")
def test_the_same_bytes_are_printed_on_one_core() -> None:
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        assert printed("json", {}) == usually_printed("json")
    finally:
        os.sched_setaffinity(0, cores)


def test_figures_have_five_digits_and_still_sum_to_one() -> None:
    for line in usually_printed("json").splitlines():
        record = json.loads(line)
        weights = [sentence["weight"] for sentence in record["sentences"]]
        for shares in (weights, *record["weights"].values(), *(step["weights"] for step in record["steps"])):
            assert all(share == float(f"{share:.5g}") for share in shares)
            assert sum(shares) == pytest.approx(1, abs=5e-6 * len(shares))
        for kind, weights in record["weights"].items():
            scores = np.exp(np.sum(list(record["terms"][kind].values()), axis=0)) * (np.array(weights) > 0)
            assert scores / scores.sum() == pytest.approx(weights, abs=1e-5)


def test_another_type_of_processor_chooses_the_same_and_weighs_the_same_to_five_digits() -> None:
    """OpenBLAS calculates here as it does on a processor without vectors of eight numbers; elsewhere it is the same."""
    other = printed("json", {"OPENBLAS_CORETYPE": "Prescott"})
    for line, usual in zip(other.splitlines(), usually_printed("json").splitlines(), strict=True):
        record, expected = json.loads(line), json.loads(usual)
        assert record["summary"] == expected["summary"]
        assert record["title"] == expected["title"]
        found = [sentence["weight"] for sentence in record["sentences"]]
        assert found == pytest.approx([sentence["weight"] for sentence in expected["sentences"]], rel=2e-4)
