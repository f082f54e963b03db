import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from train.builders import found_elsewhere, marks_of, pack_rows, write_rows

from summarize.config import NetworkConfig, TrainConfig
from summarize.errors import InputError
from summarize.network.features import FEATURE_NAMES, TERM_FEATURES
from summarize.text.grammar import check_grammar, check_order
from summarize.text.vocabulary import SPECIAL_TERMS, UNKNOWN_ID
from summarize.train.examples import Examples
from summarize.train.forms import JudgeExamples
from summarize.train.prepare import (
    LearnedVocabulary,
    is_held_out,
    judge_file,
    judges_file,
    prepare_examples,
    prepare_forms,
    prepare_lexicon,
)

CONFIG = TrainConfig(vocabulary_size=60, latin_share=0.5, beheaded_share=0, clause_share=0)
NETWORK = NetworkConfig(
    vocabulary_size=60, num_features=len(FEATURE_NAMES), num_term_features=len(TERM_FEATURES), num_steps=3
)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, object]]:
    root = Path(__file__).parents[2] / "data" / "train"
    files = [root / f"mini.{language}.jsonl" for language in ("zh", "en")]
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()[:20]]


@pytest.fixture
def corpus(tmp_path: Path, rows: list[dict[str, object]]) -> Path:
    return write_rows(tmp_path / "mixed.jsonl", *rows)


def lexicon_of(run: Path, *corpora: Path) -> tuple[LearnedVocabulary, list[str]]:
    reported: list[str] = []
    lexicon = prepare_lexicon(run, corpora, [], config=CONFIG, embedding_size=8, report=reported.append)
    return lexicon, reported


def test_lexicon_fits_together(tmp_path: Path, corpus: Path) -> None:
    lexicon, reported = lexicon_of(tmp_path, corpus)
    assert len(lexicon.vocabulary) == 60
    assert lexicon.vocabulary.terms[:2] == SPECIAL_TERMS
    assert lexicon.vectors.codes.shape == (60, 8)
    assert lexicon.idf.shape == (60,)
    assert lexicon.idf.dtype == np.float32
    assert "的" in lexicon.vocabulary
    assert "the" in lexicon.vocabulary
    assert [line.split()[0] for line in reported] == ["counted", "learned", "counted"]
    assert reported[-1].startswith("counted a grammar: ")
    assert len(lexicon.grammar.predicates) == 60
    assert lexicon.grammar.vocabulary is lexicon.vocabulary
    check_grammar(lexicon.grammar)
    check_order(lexicon.grammar)


def test_lexicon_gives_unknown_terms_the_most_information(tmp_path: Path, corpus: Path) -> None:
    idf = lexicon_of(tmp_path, corpus)[0].idf
    assert idf[0] == 0
    assert idf[UNKNOWN_ID] == idf.max() == pytest.approx(np.log(21))  # 20 documents of each language
    assert (idf[2:] >= 0.05).all()


def test_lexicon_is_learned_once(tmp_path: Path, corpus: Path) -> None:
    first, _ = lexicon_of(tmp_path, corpus)
    corpus.unlink()
    second, reported = lexicon_of(tmp_path, corpus)
    assert reported == []
    assert second.vocabulary.terms == first.vocabulary.terms
    assert np.array_equal(second.vectors.codes, first.vectors.codes)
    assert np.array_equal(second.vectors.scales, first.vectors.scales)
    assert np.array_equal(second.idf, first.idf)
    assert np.array_equal(second.grammar.predicates, first.grammar.predicates)
    assert np.array_equal(second.grammar.compounds, first.grammar.compounds)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lexicon.npz", "vocabulary.txt"]


def test_lexicon_is_learned_anew_if_the_run_was_killed(tmp_path: Path, corpus: Path) -> None:
    (tmp_path / "vocabulary.txt").write_text("half a vocabul", encoding="utf-8")
    (tmp_path / "lexicon.partial.npz").write_bytes(b"half an archive")
    assert len(lexicon_of(tmp_path, corpus)[0].vocabulary) == 60


def test_lexicon_is_the_same_for_the_same_seed(tmp_path: Path, corpus: Path) -> None:
    runs = [tmp_path / "one", tmp_path / "other"]
    for run in runs:
        run.mkdir()
    one, other = (lexicon_of(run, corpus)[0] for run in runs)
    assert one.vocabulary.terms == other.vocabulary.terms
    assert np.array_equal(one.vectors.codes, other.vectors.codes)


def test_lexicon_counts_plain_text(tmp_path: Path, corpus: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("xylophone " * 500, encoding="utf-8")
    lexicon = prepare_lexicon(tmp_path, [corpus], [plain], config=CONFIG, embedding_size=8, report=lambda line: None)
    assert lexicon.vocabulary.terms[2] == "xylophone"


def prepared(run: Path, corpora: Sequence[Path], lexicon: LearnedVocabulary, **options: Any) -> dict[str, Examples]:
    """Examples with the settings above; by default without a folder of corpora, and nothing is said."""
    others = {"folder": None, "config": CONFIG, "network": NETWORK, "report": lambda line: None}
    return prepare_examples(run, corpora, lexicon, **others | options)


def test_examples_are_made_once(tmp_path: Path, corpus: Path) -> None:
    lexicon, _ = lexicon_of(tmp_path, corpus)
    reported: list[str] = []
    for _ in range(2):
        examples = prepared(tmp_path, [corpus], lexicon, report=reported.append)
        corpus.unlink(missing_ok=True)
    assert reported == ["made examples of mixed"]
    assert list(examples) == ["mixed"]
    assert examples["mixed"].steps.shape[1] == 3
    assert 40 <= len(examples["mixed"]) <= 60  # with altered copies
    assert (tmp_path / "examples-mixed").exists()


def test_examples_of_a_missing_corpus_leave_no_file(tmp_path: Path, corpus: Path) -> None:
    lexicon, _ = lexicon_of(tmp_path, corpus)
    with pytest.raises(InputError):
        prepared(tmp_path, [tmp_path / "gone.jsonl"], lexicon)
    assert not list(tmp_path.glob("examples-*"))


def test_examples_know_only_words_of_the_vocabulary(tmp_path: Path, corpus: Path) -> None:
    lexicon, _ = lexicon_of(tmp_path, corpus)
    examples = prepared(tmp_path, [corpus], lexicon)["mixed"]
    assert examples.token_ids.min() > 0
    assert examples.token_ids.max() < 60
    assert examples.words.min() > UNKNOWN_ID
    assert examples.words.max() < 60


def test_examples_of_corpora_of_one_name_are_told_apart(tmp_path: Path, corpus: Path) -> None:
    lexicon, _ = lexicon_of(tmp_path, corpus)
    paths = [pack_rows(tmp_path / language / "train" / "news.jsonl.gz", PAPER) for language in ("zh", "en")]
    assert list(prepared(tmp_path, [corpus, *paths], lexicon)) == ["mixed", "zh-news", "en-news"]
    assert (tmp_path / "examples-zh-news").exists()


def test_examples_of_marks_lie_beside_those_of_corpora(tmp_path: Path, corpus: Path) -> None:
    lexicon, _ = lexicon_of(tmp_path, corpus)
    text = str(PAPER["text"])
    pack_rows(tmp_path / "corpora" / "zh" / "train" / "news.jsonl.gz", {**PAPER, "id": 5})
    read = {
        "summary": "河水上涨",
        "lang": "zh",
        **found_elsewhere(text, "zh/train/news", 5),
        **marks_of(text, [1, 3], 1),
    }
    marks = write_rows(tmp_path / "notes.train.jsonl", read)
    found = prepared(tmp_path, [corpus, marks], lexicon, folder=tmp_path / "corpora")
    assert list(found) == ["mixed", "notes.train"]
    assert [made.is_marked for made in found.values()] == [False, True]
    assert found["notes.train"].marks.tolist() == [1, 3]
    marks.unlink()  # they are read once, as corpora are
    assert prepared(tmp_path, [marks], lexicon)["notes.train"].marks.tolist() == [1, 3]


PAPER = {"text": "昨天下午河水上涨了很多。城市停电了一夜。", "summary": "河水上涨", "lang": "zh"}
PAIR = {"id": "1", "sources": ["昨天下午河水上涨了很多，城市停电。"], "target": "河水上涨，城市停电。", "lang": "zh"}
CUT = {"source": PAIR["sources"][0], "target": PAIR["target"], "lang": "zh", "verdict": "good"}


Prepared = tuple[JudgeExamples, list[str]]


def cuts_of(path: Path, *verdicts: str) -> Path:
    """A file of judged cuts, each of a document of its own: d0, d1 and so on."""
    return write_rows(path, *(CUT | {"document": f"d{n}", "verdict": verdict} for n, verdict in enumerate(verdicts)))


def forms_of(
    run: Path, lexicon: LearnedVocabulary, cuts: Sequence[Path], pairs: Sequence[Path] = (), **changes: Any
) -> Prepared:
    reported: list[str] = []
    options: Any = {"folder": None, "config": replace(CONFIG, **changes), "report": reported.append}
    return prepare_forms(run, cuts, pairs, lexicon, **options), reported


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]) -> LearnedVocabulary:
    folder = tmp_path_factory.mktemp("lexicon")
    return lexicon_of(folder, write_rows(folder / "mixed.jsonl", *rows))[0]


def test_forms_are_those_of_verdicts_and_of_deletions(tmp_path: Path, lexicon: LearnedVocabulary) -> None:
    cuts = cuts_of(tmp_path / "read.jsonl", "good", "thin", "false")
    pairs = write_rows(tmp_path / "pairs.jsonl", PAIR)
    found, reported = forms_of(tmp_path, lexicon, [cuts], [pairs], judge_held_out=0)
    assert [example.verdict for example in found.judged] == [0, 1, 2]
    assert {example.weight for example in found.judged} == {0.7}
    assert 2 <= len(found.deletions) <= 3
    assert {example.weight for example in found.deletions} == {0.3}
    assert found.held_out == {}
    assert reported == [
        "read: 3 judged cuts to learn from",
        f"made {len(found.deletions)} forms of what people left out",
    ]


def test_no_more_deletions_are_made_than_wanted(tmp_path: Path, lexicon: LearnedVocabulary) -> None:
    cuts = cuts_of(tmp_path / "read.jsonl", "good")
    pairs = write_rows(tmp_path / "pairs.jsonl", *[PAIR] * 10)
    for number in (0, 5):
        found, _ = forms_of(tmp_path, lexicon, [cuts], [pairs], judge_held_out=0, num_deletions=number)
        assert len(found.deletions) == number


def test_one_document_in_so_many_is_held_out(tmp_path: Path, lexicon: LearnedVocabulary) -> None:
    cuts = cuts_of(tmp_path / "read.jsonl", *["good"] * 90)
    found, _ = forms_of(tmp_path, lexicon, [cuts], judge_held_out=6)
    number = sum(is_held_out(f"d{n}", 6) for n in range(90))
    assert 5 <= number <= 25
    assert len(found.held_out["read (zh)"]) == number
    assert len(found.judged) == 90 - number
    assert not any(is_held_out(f"d{n}", 0) for n in range(90))
    assert all(is_held_out(f"d{n}", 1) for n in range(90))


def test_files_of_dev_are_held_out_whole(tmp_path: Path, lexicon: LearnedVocabulary) -> None:
    train = cuts_of(tmp_path / "cuts.train.jsonl", "good", "thin")
    dev = cuts_of(tmp_path / "cuts.dev.jsonl", "good", "false", "thin")
    found, _ = forms_of(tmp_path, lexicon, [train, dev], judge_held_out=0)
    assert {name: len(held) for name, held in found.held_out.items()} == {"cuts.dev (zh)": 3}
    assert len(found.judged) == 2


@pytest.mark.parametrize("name", ["", "cuts.dev.jsonl"], ids=["no file", "dev alone"])
def test_without_verdicts_to_learn_from_no_deletions_are_made(
    tmp_path: Path, lexicon: LearnedVocabulary, name: str
) -> None:
    cuts = [cuts_of(tmp_path / name, "good")] if name else []
    pairs = write_rows(tmp_path / "pairs.jsonl", PAIR)
    found, reported = forms_of(tmp_path, lexicon, cuts, [pairs])
    assert found.judged == found.deletions == ()
    assert reported[-1] == "no verdicts on cuts to learn from: the model will shorten nothing"


def test_forms_are_not_made_for_judges_that_are_there(tmp_path: Path, lexicon: LearnedVocabulary) -> None:
    for number in range(2):
        found, reported = forms_of(tmp_path, lexicon, [cuts_of(tmp_path / "read.jsonl", "good")], judge_runs=2)
        assert len(found.judged) + len(found.held_out) == 1
        assert reported
        judge_file(tmp_path, number).touch()
    judges_file(tmp_path).touch()
    assert forms_of(tmp_path, lexicon, [tmp_path / "gone.jsonl"], judge_runs=2) == (JudgeExamples(), [])


def test_forms_of_a_missing_file_are_an_error(tmp_path: Path, lexicon: LearnedVocabulary) -> None:
    with pytest.raises(InputError, match=r"gone.jsonl: No such file"):
        forms_of(tmp_path, lexicon, [tmp_path / "gone.jsonl"])
    with pytest.raises(InputError, match=r"gone.jsonl: No such file"):
        forms_of(tmp_path, lexicon, [cuts_of(tmp_path / "read.jsonl", "good", "good")], [tmp_path / "gone.jsonl"])
