"""The same input, model and options give the same bytes whatever surrounds the program."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from summarize.network.scorer import MAX_AT_ONCE
from summarize.text.segmentation import find_sentences

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
# What OpenBLAS and NumPy are told so that they calculate as on other processors: without the vectors that this one has.
_VECTORS = " ".join(np.show_config("dicts")["SIMD Extensions"].get("found", []))  # type: ignore[index, call-overload]
PROCESSORS = {
    "with another order of addition": {"OPENBLAS_CORETYPE": "Prescott"},
    "without vectors of eight numbers": {"OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": _VECTORS},
}
MORE_WISHES = {
    "as it is": (),
    "what is asked": ("--query", "城市 flood 什么时候 why"),
    "every attention": ("--attention", "sequential"),
    "a few characters": ("-c", "60"),
    "several texts together": ("--together",),
    "a long text": ("-n", "4"),
}


def printed(form: str, surroundings: dict[str, str], *options: str) -> bytes:
    """What the command prints of the files in a process of its own."""
    command = [sys.executable, "-m", "summarize", "--format", form, *WISHES, *options, *FILES]
    environment = {name: value for name, value in os.environ.items() if name not in ("TZ", "PYTHONUTF8")}
    environment |= {"PYTHONHASHSEED": "0", "PYTHONPATH": str(Path(__file__).parents[1])} | surroundings
    return subprocess.run(command, cwd=DATA, env=environment, capture_output=True, check=True).stdout


@cache
def usually_printed(form: str, *options: str) -> bytes:
    return printed(form, {}, *options)


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


@pytest.fixture(scope="module")
def long_text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A text that is too long to be read at once, in a file."""
    names = ("essay", "interview", "meeting", "report-survey", "technology")
    text = "\n\n".join((DATA / "zh" / f"{name}.txt").read_text(encoding="utf-8") for name in names)
    assert len(find_sentences(text)) > MAX_AT_ONCE
    file = tmp_path_factory.mktemp("long") / "long.txt"
    file.write_text(text, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("processor", PROCESSORS.values(), ids=PROCESSORS)
@pytest.mark.parametrize("summary_options", MORE_WISHES.values(), ids=MORE_WISHES)
def test_the_same_bytes_are_printed_on_another_type_of_processor(
    processor: dict[str, str], summary_options: tuple[str, ...], long_text: str
) -> None:
    more = (*summary_options, *((long_text,) if summary_options == MORE_WISHES["a long text"] else ()))
    assert printed("json", processor, *more) == usually_printed("json", *more)


def test_imitated_processor_calculates_otherwise() -> None:
    """Else the test above would show nothing: in 32 bits, and in the last digits of 64, it is another one."""
    code = (
        "import numpy as np; a = np.random.default_rng(0).normal(size=(64, 128)); "
        "print([np.tanh(b @ b.T).tobytes().hex() for b in (a, a.astype(np.float32))])"
    )
    found = [
        subprocess.run([sys.executable, "-c", code], env=os.environ | one, capture_output=True, check=True).stdout
        for one in ({}, PROCESSORS["without vectors of eight numbers"])
    ]
    usual, other = (json.loads(one.replace(b"'", b'"')) for one in found)
    assert [a == b for a, b in zip(usual, other, strict=True)] == [False, False]
