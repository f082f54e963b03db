from pathlib import Path

import pytest

from benchmarks.soak import KINDS, Look, documents, draw, growth, look, through_library
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


def test_documents_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    assert list(documents(30, seed=1))[:4] == list(documents(4, seed=1))
    assert list(documents(4, seed=1)) != list(documents(4, seed=2))


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([100] * 10, 0), ([50, 80, 100, 100, 100, 100, 100, 100, 100, 100], 0), ([100] * 9 + [110], 0.1)],
    ids=["flat", "grows while it warms up", "grows at the end"],
)
def test_growth_is_that_after_the_warm_up(sizes: list[int], expected: float) -> None:
    assert growth([Look(number, size, 3) for number, size in enumerate(sizes)]) == pytest.approx(expected)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux says so what a process has")
def test_a_process_is_looked_at_while_it_summarizes() -> None:
    looks = list(through_library(4, seed=3))
    assert [one.num_documents for one in looks] == [1, 2, 3, 4]
    with Path("/dev/null").open("rb"):
        assert look(0).num_files == looks[-1].num_files + 1
    assert looks[-1].resident_bytes > 10 << 20


def test_memory_is_drawn_the_same_for_the_same_figures(tmp_path: Path) -> None:
    curves = {"a way": [Look(number, 100 << 20, 3) for number in range(5)]}
    for name in ("a.svg", "b.svg"):
        draw(curves, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
