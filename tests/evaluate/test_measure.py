import gzip
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from summarize.decide.budget import Budget
from summarize.errors import InputError
from summarize.evaluate.faithfulness import CHECKS
from summarize.evaluate.measure import measure_corpus, measure_document, sha256_of
from summarize.summary import Summary

if TYPE_CHECKING:
    from tests.conftest import WriteCorpus
    from tests.evaluate.conftest import FakeScorer, MakeItem

ROWS = (("今天晴。明天雨。", "今天晴"), ("昨天雪。后天风。", "后天有风"), ("买了米。面也买了。", "面"))

# Python warns from 3.12 on when a process with threads forks; other tests of the same run may have left some.
forks = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def test_measure_document_scores_every_system(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    item = make_item("今天晴。", "明天雨。", references=("明天雨",))
    found = measure_document(item, systems=("lead", "oracle"), budget=Budget(sentences=1), scorer=scorer)
    # 今天晴 against 明天雨: one of three characters in common, no pair.
    np.testing.assert_allclose(found.rouge, [[100 / 3, 0, 100 / 3], [100, 100, 100]])
    assert found.lengths_chars.tolist() == [4, 4]
    assert found.language == "zh"


def test_measure_document_scores_0_where_nothing_fits(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    item = make_item("今天晴。", references=("今天晴",))
    systems = ("lead", "centrality", "parallel", "oracle")
    found = measure_document(item, systems=systems, budget=Budget(chars=3), scorer=scorer)
    assert not found.rouge.any()
    assert found.lengths_chars.tolist() == [0] * 4


def test_measure_document_checks_the_summaries_of_attentions(
    make_item: "MakeItem", scorer: "FakeScorer", monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(summary: Summary, budget: Budget) -> dict[str, int]:
        return dict.fromkeys(CHECKS, len(summary.text))

    monkeypatch.setattr("summarize.evaluate.measure.violations", broken)
    item, systems = make_item("今天晴。", "明天有雨。"), ("lead", "parallel", "tree", "oracle")
    found = measure_document(item, systems=systems, budget=Budget(sentences=1), scorer=scorer)
    assert found.violations.tolist() == [[4] * 7, [5] * 7]
    found = measure_document(item, systems=systems, budget=Budget(chars=3), scorer=scorer)
    assert found.violations.tolist() == [[0] * 7] * 2  # no summary, nothing wrong with it


def test_measure_document_without_sentences_scores_0(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    found = measure_document(make_item(), systems=("lead",), budget=Budget(sentences=1), scorer=scorer)
    assert not found.rouge.any()
    assert scorer.num_read == 0


def test_measure_corpus_keeps_the_order_of_documents(write_corpus: "WriteCorpus", scorer: "FakeScorer") -> None:
    path = write_corpus(*ROWS)
    found = measure_corpus(path, systems=("lead", "oracle"), budget=Budget(sentences=1), scorer=scorer)
    assert found.rouge.shape == (3, 2, 3)
    np.testing.assert_allclose(found.rouge[0, 0], [100, 100, 100])
    assert found.lengths_chars.tolist() == [[4, 4], [4, 4], [4, 5]]
    assert (found.kinds, found.violations.shape) == ((), (3, 0, 7))
    assert (found.name, found.languages) == ("tiny", {"zh": 3})
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@forks
def test_measure_corpus_does_not_depend_on_the_number_of_processes(
    write_corpus: "WriteCorpus", scorer: "FakeScorer"
) -> None:
    path = write_corpus(*ROWS * 7)
    alone, together = (
        measure_corpus(path, systems=("lead", "tree"), budget=Budget(sentences=1), scorer=scorer, jobs=jobs)
        for jobs in (1, 2)
    )
    np.testing.assert_array_equal(alone.rouge, together.rouge)
    np.testing.assert_array_equal(alone.lengths_chars, together.lengths_chars)
    np.testing.assert_array_equal(alone.violations, together.violations)
    assert (alone.kinds, alone.violations.shape) == (("tree",), (21, 1, 7))


@forks
@pytest.mark.parametrize("jobs", [1, 2])
def test_measure_corpus_names_the_line_that_is_no_document(
    write_corpus: "WriteCorpus", scorer: "FakeScorer", jobs: int
) -> None:
    path = write_corpus(*ROWS)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"text": "今天晴。"}\n')
    with pytest.raises(InputError, match=r"tiny\.jsonl:4"):
        measure_corpus(path, systems=("lead",), budget=Budget(sentences=1), scorer=scorer, jobs=jobs)


def test_measure_corpus_takes_documents_from_all_over_the_file(
    write_corpus: "WriteCorpus", scorer: "FakeScorer"
) -> None:
    path = write_corpus(*((f"{'晴' * number}。", "晴") for number in range(1, 11)))
    found = measure_corpus(path, systems=("lead",), budget=Budget(sentences=1), scorer=scorer, limit=4)
    assert found.lengths_chars[:, 0].tolist() == [4, 6, 9, 11]
    found = measure_corpus(path, systems=("lead",), budget=Budget(sentences=1), scorer=scorer, limit=99)
    assert len(found.rouge) == 10


def test_measure_corpus_passes_results_through_the_progress(write_corpus: "WriteCorpus", scorer: "FakeScorer") -> None:
    seen = []

    def progress(results):  # type: ignore[no-untyped-def]
        for result in results:
            seen.append(result.language)
            yield result

    path = write_corpus(*ROWS)
    measure_corpus(path, systems=("lead",), budget=Budget(sentences=1), scorer=scorer, progress=progress)
    assert seen == ["zh"] * 3


def test_measure_corpus_refuses_an_empty_corpus(tmp_path: Path, scorer: "FakeScorer") -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="no document"):
        measure_corpus(path, systems=("lead",), budget=Budget(sentences=1), scorer=scorer)


@pytest.mark.parametrize("limit", [None, 5])
def test_measure_corpus_refuses_a_damaged_file(tmp_path: Path, scorer: "FakeScorer", limit: int | None) -> None:
    rows = "".join(json.dumps({"text": f"{number}。", "summary": "晴"}) + "\n" for number in range(500))
    packed = bytearray(gzip.compress(rows.encode()))
    packed[len(packed) // 2 :] = b"\xff" * (len(packed) // 2)
    path = tmp_path / "damaged.jsonl.gz"
    path.write_bytes(packed)
    with pytest.raises(InputError, match="damaged"):
        measure_corpus(path, systems=("lead",), budget=Budget(sentences=1), scorer=scorer, limit=limit)


def test_sha256_of_a_missing_file_names_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        sha256_of(tmp_path / "nowhere")
