import json
from collections.abc import Collection
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner, Result
from models import document_of, random_model

from benchmarks.explanations import __main__ as command
from benchmarks.explanations.changes import CHANGES
from benchmarks.explanations.erasure import PERCENTS, Eraser, ErasureResult
from benchmarks.explanations.exactness import EXACT
from benchmarks.explanations.examination import (
    AGREEMENTS,
    DROPS,
    RANKINGS,
    RIVALS,
    STAYS,
    Examiner,
    agreement,
    erasure_taus,
    examine_corpus,
    kendall,
    likeness_to_reference,
    measure_change,
    spearman,
    uniform_drops,
    uniform_shares,
)
from benchmarks.explanations.report import find_figures, print_tables, to_json
from summarize.document import ATTENTION_KINDS, Document
from summarize.errors import InputError
from summarize.evaluate.corpus import CorpusDocument
from summarize.network.scorer import NetworkScorer
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences

if TYPE_CHECKING:
    from tests.conftest import WriteCorpus

SCORER, OTHER = NetworkScorer(random_model(1)), NetworkScorer(random_model(2))
RIVER = (
    "The river rose again on 5 June 2018. The old city slept on and on. Nobody was hurt in the flood.\n\n"
    "The mayor spoke to the city. The river fell at night."
)
RAIN = "今天城市又下雨了。我们看见河水上涨。昨天Apple发布新品。没有人受伤，真好。"
SHORT = "今天下雨。明天也下雨。"


def read_text(text: str) -> Document:
    return Document(text, find_sentences(text), detect_language(text))


def item_of(text: str, *references: str) -> CorpusDocument:
    return CorpusDocument("test", read_text(text), references)


# Kendall's tau and Spearman's


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1, 2, 3], [10, 20, 30], 1),
        ([1, 2, 3], [3, 2, 1], -1),
        # of six pairs five agree: (5 - 1) / 6
        ([1, 2, 3, 4], [1, 3, 2, 4], 2 / 3),
        # of three pairs two agree and one is tied on one side: 2 / sqrt(3 * 2)
        ([1, 2, 3], [1, 2, 2], 2 / np.sqrt(6)),
        ([1, 1, 1], [1, 2, 3], np.nan),
        ([1, 2, 3], [2, 2, 2], np.nan),
    ],
)
def test_kendall_by_hand(one: list[float], other: list[float], expected: float) -> None:
    assert kendall(np.array(one), np.array(other)) == pytest.approx(expected, nan_ok=True)


def test_spearman_by_hand() -> None:
    # 1 - 6 sum d^2 / (n (n^2 - 1)) = 1 - 6 * 2 / 60
    assert spearman(np.array([0.1, 0.2, 0.3, 0.4]), np.array([1.0, 3.0, 2.0, 9.0])) == pytest.approx(0.8)
    assert np.isnan(spearman(np.ones(3), np.arange(3.0)))


def test_agreement_by_hand() -> None:
    one, other = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.3, 0.4, 0.1, 0.2])
    assert agreement(one, other, 1) == [pytest.approx(0.6), 0, 0]
    assert agreement(one, other, 2) == [pytest.approx(0.6), 0, 1]
    assert agreement(one, other, 3) == [pytest.approx(0.6), 0, pytest.approx(2 / 3)]
    assert agreement(one, other, 9) == [pytest.approx(0.6), 0, 1]


# Rankings that attention is held against


def test_uniform_drops_and_shares_by_hand() -> None:
    # 0 and 1 say the same: (2, 1) is the sum, of norm sqrt(5). Without 0 it is (1, 1), without 2 it is (2, 0).
    likeness = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1.0]])
    candidates = np.array([0, 1, 2])
    one_less = 1 - 3 / np.sqrt(10)
    np.testing.assert_allclose(uniform_drops(likeness, candidates), [one_less, one_less, 1 - 4 / np.sqrt(20)])
    np.testing.assert_allclose(uniform_shares(likeness, candidates), [0.4, 0.4, 0.2], atol=1e-9)


def test_erasure_taus_of_equal_sentences_are_not_defined() -> None:
    class Equal(Eraser):
        """Four unrelated sentences of equal weight; without one of them the others are equal again."""

        def __init__(self) -> None:
            self._document, self._remains = document_of("A", "B", "C", "D"), {}
            self.likeness, self.candidates = np.eye(4), np.arange(4)
            self.whole = self.keep(range(4))

        def keep(self, indices: Collection[int]) -> ErasureResult:
            weights = np.isin(range(4), list(indices)) / len(indices)
            return ErasureResult(weights[None], weights[None])

    taus, most_missed = erasure_taus(Equal())
    assert np.isnan(taus).all()
    assert most_missed.tolist() == [1]


def test_erasure_taus_by_hand() -> None:
    class Ranked(Eraser):
        """Three unrelated sentences; without the lightest one the heaviest is forgotten, too."""

        def __init__(self) -> None:
            self._document, self._remains = document_of("A", "B", "C"), {}
            self.likeness, self.candidates = np.eye(3), np.arange(3)
            self.whole = self.keep(range(3))

        def keep(self, indices: Collection[int]) -> ErasureResult:
            weights = {(0, 1, 2): [6, 3, 2], (1, 2): [0, 3, 2], (0, 2): [6, 0, 2], (0, 1): [0, 3, 0]}
            own = np.array([weights[tuple(sorted(indices))]], np.float64)
            return ErasureResult(own / own.sum(), own / own.sum())

    # The cosines without each: sqrt(13) / 7, sqrt(40) / 7, 3 / 7. Most is lost without 2, then 0, then 1; the weights
    # say 0, 1, 2: of three pairs one agrees. Of the heavier two both agree.
    taus, most_missed = erasure_taus(Ranked())
    named = dict(zip(DROPS, taus[0].tolist(), strict=True))
    assert named["words"] == named["content"] == pytest.approx(-1 / 3)
    assert named["words, heavier half"] == pytest.approx(1)
    assert np.isnan(named["words, above mean"])  # that is one sentence
    assert named["words, not reread"] == pytest.approx(1)
    assert most_missed.tolist() == [0]


# Changes of the text


def test_changed_tells_nothing_where_nothing_changes() -> None:
    document = read_text(RIVER)
    eraser = Eraser(document, SCORER.model, ATTENTION_KINDS, 1)
    stays, is_cut_otherwise = measure_change(eraser, document, lambda same: same.text, SCORER, ATTENTION_KINDS, 1)
    assert np.isnan(stays).all()
    assert np.isnan(is_cut_otherwise)


def test_changed_keeps_all_where_the_network_does_not_look() -> None:
    document = read_text(RIVER)
    eraser = Eraser(document, SCORER.model, ATTENTION_KINDS, 2)
    stays, is_cut_otherwise = measure_change(
        eraser, document, lambda same: same.text + "\n", SCORER, ATTENTION_KINDS, 2
    )
    np.testing.assert_allclose(stays, 1)
    assert is_cut_otherwise == 0


def test_changed_counts_another_cut_as_another_choice() -> None:
    document = read_text(RIVER)
    eraser = Eraser(document, SCORER.model, ["tree"], 2)
    stays, is_cut_otherwise = measure_change(eraser, document, lambda same: same.text + "\n\nOh.", SCORER, ["tree"], 2)
    assert np.isnan(stays[0, STAYS.index("spearman")])
    assert stays[0, STAYS.index("choice")] == 0
    assert is_cut_otherwise == 1


# What people chose


def test_likeness_to_reference_by_hand() -> None:
    gains, labels = np.array([0.5, 0.0, 1.0]), np.array([False, False, True])
    # Ranked 2, 0, 1 as by the gains; then 1, 0, 2: (0.5 / log2(3) + 1 / 2) over (1 + 0.5 / log2(3))
    second = 0.5 / np.log2(3)
    assert likeness_to_reference(np.array([2.0, 1.0, 3.0]), labels, gains) == [1, pytest.approx(1)]
    worst = likeness_to_reference(np.array([2.0, 3.0, 1.0]), labels, gains)
    assert worst == [0, pytest.approx((second + 0.5) / (1 + second))]


def test_likeness_to_reference_without_one_is_not_defined() -> None:
    found = likeness_to_reference(np.arange(3.0), np.zeros(3, bool), np.zeros(3))
    assert np.isnan(found).all()
    assert np.isnan(likeness_to_reference(np.arange(3.0), np.ones(3, bool), np.ones(3))[0])


# Documents and corpora


@pytest.mark.parametrize("text", [SHORT, "The river rose again. " * 61, "  \n"])
def test_examiner_leaves_out_what_is_too_short_or_too_long(text: str) -> None:
    assert Examiner(SCORER, [], ATTENTION_KINDS, 1).examine(item_of(text, "Rain.")) is None


def test_examiner_measures_everything() -> None:
    found = Examiner(SCORER, [OTHER, SCORER], ATTENTION_KINDS, 2).examine(item_of(RIVER, "The river fell at night."))
    assert found is not None
    assert (found.language, found.num_candidates) == ("en", 5)
    assert found.exact.tolist() == [[1] * len(EXACT)] * 3
    assert found.taus.shape == (3, len(DROPS))
    assert found.curves.shape == (3, len(RANKINGS), 2, len(PERCENTS))
    assert found.seeds.shape == (3, 3, len(AGREEMENTS))
    np.testing.assert_allclose(found.seeds[:, 1], 1)  # the model and itself
    np.testing.assert_allclose(found.seeds[:, 0], found.seeds[:, 2])
    assert found.changes.shape == (3, len(CHANGES), 2)
    np.testing.assert_array_equal(found.is_cut_otherwise, [0, 0, 0, np.nan, 0])  # there is no Chinese in it
    assert found.plausibility.shape == (3 + len(RIVALS), 2)
    assert found.plausibility[3, 0] == 0  # the oracle's sentence is the last one


def test_examiner_finds_the_same_again() -> None:
    item = item_of(RAIN, "今天又下雨")
    one, two = (Examiner(SCORER, [OTHER], ["tree"], 1).examine(item) for _ in range(2))
    assert one is not None
    assert two is not None
    for name in ("exact", "taus", "curves", "seeds", "changes", "plausibility"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))


def test_examine_corpus_counts_what_it_leaves_out(write_corpus: "WriteCorpus") -> None:
    path = write_corpus((RAIN, "又下雨"), (SHORT, "下雨"), (RAIN + "城市停电。", "停电"))
    examiner = Examiner(SCORER, [], ["sequential"], 1)
    found = examine_corpus(path, examiner)
    assert [document.num_candidates for document in found.documents] == [4, 4]  # 城市停电 has two words
    assert found.num_left_out == 1
    assert len(examine_corpus(path, examiner, limit=1).documents) == 1


def test_examine_corpus_of_short_documents_is_an_error(write_corpus: "WriteCorpus") -> None:
    with pytest.raises(InputError, match="no document with 4 to 60 sentences"):
        examine_corpus(write_corpus((SHORT, "下雨")), Examiner(SCORER, [], ["tree"], 1))


def test_figures_are_means_and_count_what_is_not_defined(write_corpus: "WriteCorpus") -> None:
    path = write_corpus((RAIN, "又下雨"), (RIVER, "The river fell."))
    found = examine_corpus(path, Examiner(SCORER, [OTHER], ["tree"], 1))
    one, two = found.documents
    one.taus[0, 0], two.taus[0, 0] = np.nan, 0.25
    one.exact[0], two.exact[0] = [1, 0, 1, 1], [1, 1, 0, np.nan]
    figures = find_figures(found.documents, ["tree"], ["model", "other"], resamples=20, seed=1)
    own = to_json(found, figures)["kinds"]["tree"]
    words = {"value": 0.25, "low": None, "high": None, "num_documents": 1, "num_undefined": 1}
    assert own["tau"]["words"] == words
    assert own["tau_by_length"]["4-10"] == words
    assert own["tau_by_length"]["11-20"]["value"] is None
    assert [own["exact"][name]["value"] for name in (*EXACT, "all")] == [1, 0.5, 0.5, 1, 0]
    assert own["exact"][EXACT[-1]]["num_undefined"] == 1
    areas = np.mean([document.curves[0].mean(axis=-1) for document in found.documents], axis=0)  # (rankings, 2)
    for at, measure in enumerate(("comprehensiveness", "sufficiency")):
        for rank, name in enumerate(RANKINGS):
            erased = own["erasure"][measure][name]
            assert erased["mean"]["value"] == pytest.approx(areas[rank, at], abs=1e-4)
            if rank:
                difference = areas[0, at] - areas[rank, at]
                assert erased["attention_minus"]["value"] == pytest.approx(difference, abs=1e-4)
    assert list(own["seeds"]["pairs"]) == ["model, other"]


# The command


@pytest.fixture
def _two_models(monkeypatch: pytest.MonkeyPatch) -> None:
    def open_scorer(directory: Path | None) -> tuple[NetworkScorer, dict[str, str]]:
        return (SCORER if directory is None else OTHER), {"path": str(directory)}

    monkeypatch.setattr(command, "open_scorer", open_scorer)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command.main, ["-j", "1", "--resamples", "20", *map(str, arguments)])


@pytest.mark.usefixtures("_two_models")
def test_command_prints_tables_for_each_corpus_and_for_all(write_corpus: "WriteCorpus") -> None:
    one = write_corpus((RAIN, "又下雨"), (SHORT, "下雨"), name="one.jsonl")
    two = write_corpus((RIVER, "The river fell."), name="two.jsonl")
    result = run(one, f"{two}:2", "--other-model", "x/seed-2")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "zh one: 1 documents, 1 left out, 1 sentence, sha256" in result.stdout
    assert "zh two: 1 documents, 0 left out, 2 sentences, sha256" in result.stdout
    assert "all corpora together: 2 documents" in result.stdout
    assert "tree: model, seed-2" in result.stdout
    assert result.stdout.count("comprehensiveness: what the account loses") == 1
    assert result.stdout.count("not measured") == 3 * 3 + 3  # one: dates and paragraphs; two: spaces, traditional


@pytest.mark.usefixtures("_two_models")
def test_command_writes_one_json_object(write_corpus: "WriteCorpus") -> None:
    path = write_corpus((RAIN, "又下雨"), (SHORT, "下雨"))
    arguments = (path, "--attention", "tree", "--limit", "2", "--format", "json")
    record = json.loads(run(*arguments).stdout)
    assert (record["limit"], record["resamples"], record["other_models"]) == (2, 20, [])
    (corpus,) = record["corpora"]
    assert (corpus["num_documents"], corpus["num_left_out"], corpus["num_wanted"]) == (1, 1, 1)
    assert list(corpus["kinds"]) == ["tree"]
    assert corpus["kinds"]["tree"]["seeds"] == {}
    assert corpus["kinds"]["tree"] == record["together"]["kinds"]["tree"]
    assert corpus["changes"]["traditional"] == {"changed": 1, "cut_otherwise": 0}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["x.jsonl", "--other-model", "y", "--other-model", "y"], "named twice", id="one model twice"),
        pytest.param([], "Missing argument", id="no corpus"),
        pytest.param(["x.jsonl:0"], "at least 1", id="length 0"),
    ],
)
def test_command_explains_wrong_usage(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.usefixtures("_two_models")
def test_command_of_short_documents_fails(write_corpus: "WriteCorpus") -> None:
    path = write_corpus((SHORT, "下雨"))
    result = run(path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"benchmarks.explanations: {path}: no document with 4 to 60")


def test_tables_of_one_document_have_no_intervals(write_corpus: "WriteCorpus") -> None:
    found = examine_corpus(write_corpus((RAIN, "又下雨")), Examiner(SCORER, [], ATTENTION_KINDS, 1))
    figures = find_figures(found.documents, ATTENTION_KINDS, ["model"], resamples=20, seed=1)
    file = StringIO()
    print_tables("title", figures, file)
    assert file.getvalue().startswith("title\n")
    assert "±" not in file.getvalue()
