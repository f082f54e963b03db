import subprocess
from pathlib import Path

import pytest

from benchmarks.soak import Look, draw, growth, is_flat, kept, load, look, through_library
from benchmarks.soak_documents import KINDS, documents
from summarize.errors import SummarizeError
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options


def test_every_kind_of_document_is_read_but_the_one_that_is_refused() -> None:
    refused = set()
    for document in documents(2 * len(KINDS), seed=1):
        try:
            assert read_bytes(document.content, Options(name=document.name, suffix=Path(document.name).suffix))
        except SummarizeError:
            refused.add(document.name)
    assert refused == {"refused"}


def test_a_pdf_comes_from_time_to_time() -> None:
    document = list(documents(500, seed=1))[-1]
    [source] = read_bytes(document.content, Options(name=document.name, suffix=".pdf"))
    assert source.format == "pdf"
    assert source.text.count(", said ") >= 2


def test_documents_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    assert list(documents(30, seed=1))[:4] == list(documents(4, seed=1))
    assert list(documents(4, seed=1)) != list(documents(4, seed=2))


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([100] * 20, 0), ([50, 80, 100] + [100] * 17, 0), ([100] * 19 + [110], 0.1), ([110] + [100] * 19, -1 / 11)],
    ids=["flat", "grows while it warms up", "grows at the end", "shrinks"],
)
def test_growth_is_that_after_the_warm_up(sizes: list[int], expected: float) -> None:
    looks = [Look(5_000 * number, size, 3, 0, 1.0) for number, size in enumerate(sizes)]
    assert growth(looks) == pytest.approx(expected)
    assert is_flat(looks) == (expected <= 0.05)


@pytest.mark.parametrize("added", [(1, 0), (0, 1)], ids=["a file", "a process"])
def test_what_stays_is_told_once_the_warm_up_is_over(added: tuple[int, int]) -> None:
    warming = [Look(5_000, 100, 3, 0, 1.0), Look(10_000, 100, 3 + added[0], added[1], 1.0)]
    warm = [Look(15_000, 100, 3 + added[0], added[1], 1.0)] * 18
    assert is_flat(warming + warm)
    assert not is_flat([*warming, *warm, Look(20_000, 100, 3 + 2 * added[0], 2 * added[1], 1.0)])


def test_looks_are_kept_as_they_come(tmp_path: Path) -> None:
    looks = [Look(1, 100, 3, 0, 1.5), Look(2, 101, 4, 1, 1.75)]
    path = tmp_path / "a" / "looks.jsonl"
    coming = kept(iter(looks), path)
    assert next(coming) == looks[0]
    assert load(path) == looks[:1]
    assert list(coming) == looks[1:]
    assert load(path) == looks


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux says so what a process has")
def test_a_process_is_looked_at_while_it_summarizes() -> None:
    looks = list(through_library(4, seed=3))
    assert [one.num_documents for one in looks] == [1, 2, 3, 4]
    with Path("/dev/null").open("rb"):
        assert look(0).num_files == looks[-1].num_files + 1
    with subprocess.Popen(["sleep", "60"]) as process:
        assert look(0).num_children == looks[-1].num_children + 1
        process.kill()
    assert looks[-1].resident_bytes > 10 << 20


def test_memory_is_drawn_the_same_for_the_same_figures(tmp_path: Path) -> None:
    curves = {"a way": [Look(number, 100 << 20, 3, 0, 1.0) for number in range(5)]}
    for name in ("a.svg", "b.svg"):
        draw(curves, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
