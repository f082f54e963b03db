import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from train.builders import found_elsewhere, marks_of, pack_rows, write_rows

from summarize.config import NetworkConfig, TrainConfig
from summarize.errors import InputError
from summarize.network.features import FEATURE_NAMES, TERM_FEATURES
from summarize.text.grammar import check_grammar
from summarize.text.vocabulary import SPECIAL_TERMS, UNKNOWN_ID
from summarize.train.examples import Examples
from summarize.train.prepare import Lexicon, prepare_edits, prepare_examples, prepare_lexicon

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


def lexicon_of(run: Path, *corpora: Path) -> tuple[Lexicon, list[str]]:
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


def prepared(run: Path, corpora: Sequence[Path], lexicon: Lexicon, **options: Any) -> dict[str, Examples]:
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
    assert (tmp_path / "examples-mixed.npz").exists()


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
    assert (tmp_path / "examples-zh-news.npz").exists()


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


def test_edits_are_made_once_of_documents_and_of_pairs(tmp_path: Path, corpus: Path) -> None:
    lexicon, _ = lexicon_of(tmp_path, corpus)
    pairs = write_rows(tmp_path / "short.jsonl", PAIR)
    reported: list[str] = []
    for _ in range(2):
        edits = prepare_edits(tmp_path, [corpus], [pairs], lexicon, reported.append)
        corpus.unlink(missing_ok=True)
        pairs.unlink(missing_ok=True)
    assert reported == ["made edits of mixed", "made edits of pairs-short"]
    assert list(edits) == ["mixed", "pairs-short"]
    assert len(edits["mixed"]) <= 40
    assert len(edits["pairs-short"]) == 1
    assert edits["pairs-short"].ids.max() < 60
    assert {path.name for path in tmp_path.glob("edits-*")} == {"edits-mixed.npz", "edits-pairs-short.npz"}


def test_edits_of_corpora_of_one_name_are_told_apart(tmp_path: Path, corpus: Path) -> None:
    lexicon, _ = lexicon_of(tmp_path, corpus)
    two = {"id": "2", "sources": ["The old river rose at night and the city slept."], "target": "The river rose."}
    paths = [
        pack_rows(tmp_path / language / "pairs" / "short.jsonl.gz", *rows)
        for language, rows in (("zh", [PAIR]), ("en", [PAIR, two]))
    ]
    edits = prepare_edits(tmp_path, [], paths, lexicon, lambda line: None)
    assert {name: len(made) for name, made in edits.items()} == {"pairs-zh-short": 1, "pairs-en-short": 2}


def test_edits_of_a_missing_file_leave_no_file(tmp_path: Path, corpus: Path) -> None:
    lexicon, _ = lexicon_of(tmp_path, corpus)
    with pytest.raises(InputError):
        prepare_edits(tmp_path, [], [tmp_path / "gone.jsonl"], lexicon, lambda line: None)
    assert not list(tmp_path.glob("edits-*"))
