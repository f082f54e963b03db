import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from train.builders import write_rows

from summarize.errors import InputError
from summarize.network.editor import MOST_IDS, WORD_FEATURES, spell, word_features
from summarize.text.grammar import Grammar
from summarize.text.vocabulary import SPECIAL_TERMS, Vocabulary
from summarize.train.edits import EditMaker, Edits, kept_words, make_edits

# Python warns from 3.12 on when a process with threads forks; other tests of the same run may have left some.
forks = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

VOCABULARY = Vocabulary((*SPECIAL_TERMS, "河水", "上涨", "城市", "停电", "river", "rose", "city", "slept"))
GRAMMAR = Grammar(VOCABULARY, np.zeros(10, np.uint8), np.zeros(0, np.uint32))
MAKER = EditMaker(GRAMMAR, np.linspace(1, 5, 10).astype(np.float32))
ZH, ZH_SHORT = "昨天下午河水上涨了很多，城市停电。", "河水上涨，城市停电。"
EN, EN_SHORT = "The old river rose at night and the city slept.", "The river rose."


def pair(source: str, target: str, **more: Any) -> dict[str, Any]:
    return {"id": "1", "sources": [source], "target": target, **more}


def kept(source: str, target: str) -> tuple[list[str], float]:
    """The words kept of a source that is written with spaces, which are no part of it, and their share."""
    words = source.split()
    ends = np.cumsum([len(word) for word in words]).tolist()
    spans = list(zip([0, *ends], ends, strict=False))
    found, coverage = kept_words(spans, "".join(words), target)
    return [word for word, keep in zip(words, found, strict=True) if keep], coverage


@pytest.mark.parametrize(
    ("source", "target", "expected", "coverage"),
    [
        pytest.param("昨天 河水 上涨", "河水上涨", ["河水", "上涨"], 1, id="part"),
        pytest.param("昨天 河水 上涨", "昨天河水上涨", ["昨天", "河水", "上涨"], 1, id="all"),
        pytest.param("昨天 河水 上涨", "城市停电", [], 0, id="nothing"),
        pytest.param("昨天 河水 上涨", "河水猛涨", ["河水"], 2 / 4, id="half of a word is not the word"),
        pytest.param("昨天 大城市 上涨", "城市上涨", ["大城市", "上涨"], 5 / 4, id="most of a word is"),
        pytest.param("河水 ， 城市", "河水，城市", ["河水", "，", "城市"], 1, id="marks are kept and hold no letters"),
        pytest.param("河水 上涨", "上涨河水", ["河水"], 2 / 4, id="in order only"),
        pytest.param("昨天 河水", "", [], 0, id="empty target"),
        pytest.param("昨天 河水", "。", [], 0, id="target of marks"),
    ],
)
def test_kept_words_by_hand(source: str, target: str, expected: list[str], coverage: float) -> None:
    assert kept(source, target) == (expected, pytest.approx(coverage))


@given(st.text("河水上涨城市", min_size=1, max_size=12), st.data())
def test_kept_words_of_a_text_cut_into_characters_are_the_target(source: str, data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(source) - 1))))
    target = "".join(source[place] for place in places)
    spans = [(place, place + 1) for place in range(len(source))]
    found, coverage = kept_words(spans, source, target)
    assert found.sum() <= len(target)
    assert coverage == pytest.approx(found.sum() / max(1, len(target)))
    if len(set(source)) == len(source):
        assert np.flatnonzero(found).tolist() == places


def words_kept(made: dict[str, np.ndarray] | None, words: str) -> list[str]:
    assert made is not None
    assert made["is_kept"][0]
    assert made["is_kept"][-1]
    return [word for word, keep in zip(words.split(), made["is_kept"][1:-1], strict=True) if keep]


def test_pair_becomes_a_path() -> None:
    made = MAKER.of_pair(pair(ZH, ZH_SHORT))
    words = "昨天下午 河水 上涨 了 很多 ， 城市 停电"
    assert words_kept(made, words) == ["河水", "上涨", "，", "城市", "停电"]
    assert made is not None
    assert made["ids"].tolist() == spell(words.split(), VOCABULARY).tolist()
    expected = word_features(words.split(), "zh", None, GRAMMAR)
    assert made["features"] == pytest.approx(expected, abs=1e-3)
    assert {name: array.dtype for name, array in made.items()} == {
        "ids": np.int32, "features": np.float16, "is_kept": np.bool_,
    }  # fmt: skip


def test_english_pair_becomes_a_path() -> None:
    made = MAKER.of_pair(pair(EN, EN_SHORT))
    assert words_kept(made, "The old river rose at night and the city slept") == ["The", "river", "rose"]
    assert made is not None
    assert made["features"][:, WORD_FEATURES.index("is_english")].all()


def test_pair_is_compared_in_simplified_and_lower_case() -> None:
    assert words_kept(MAKER.of_pair(pair("昨天下午河水上漲了很多", "河水上涨")), "昨天下午 河水 上涨 了 很多") == [
        "河水",
        "上涨",
    ]
    assert words_kept(MAKER.of_pair(pair("Yesterday the RIVER rose again", "River rose")),
                      "Yesterday the RIVER rose again") == ["RIVER", "rose"]  # fmt: skip


def test_pair_says_its_language() -> None:
    made = MAKER.of_pair(pair(EN, EN_SHORT, lang="zh"))
    assert made is not None
    assert not made["features"][:, WORD_FEATURES.index("is_english")].any()


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"id": "1", "sources": [ZH, ZH], "target": ZH_SHORT}, id="two sources"),
        pytest.param({"id": "1", "sources": [], "target": ZH_SHORT}, id="no source"),
        pytest.param(pair(ZH, "城市里没有电了"), id="other words"),
        pytest.param(pair(ZH, "河"), id="hardly anything"),
        pytest.param(pair(ZH, ""), id="empty target"),
        pytest.param(pair(ZH, ZH), id="not shortened"),
        pytest.param(pair("河水上涨。", "河水"), id="too short"),
        pytest.param(pair("河水上涨，" * 30, "河水上涨"), id="too long"),
        pytest.param(pair("", "河水"), id="empty source"),
    ],
)
def test_pair_that_teaches_nothing_is_left_out(row: dict[str, Any]) -> None:
    assert MAKER.of_pair(row) is None


def line(text: str, summary: str, lang: str = "zh") -> str:
    return json.dumps({"text": text, "summary": summary, "lang": lang}, ensure_ascii=False)


def test_document_gives_the_sentence_of_its_headline() -> None:
    made = MAKER.of_document(line(f"学校今天开学了，孩子们很高兴。{ZH}桥也修好了。", "河水上涨城市停电"), "corpus")
    words = "昨天下午 河水 上涨 了 很多 ， 城市 停电"
    assert words_kept(made, words) == ["河水", "上涨", "城市", "停电"]
    assert made is not None
    assert made["features"][:, WORD_FEATURES.index("has_document")].all()
    spread = made["features"][1:-1, WORD_FEATURES.index("spread")].tolist()
    # Each word stands in one of three sentences, but 了 in all of them and the comma in none, as it is no word.
    assert spread == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1, 1 / 3, 0, 1 / 3, 1 / 3], abs=1e-3)


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        pytest.param(ZH, "他们明天去看电影", id="nothing in common"),
        pytest.param(ZH, "河水", id="headline of two characters"),
        pytest.param(f"# {ZH}", "河水上涨城市停电", id="heading alone"),
        pytest.param("河水上涨。", "河水上涨了", id="sentence too short"),
    ],
)
def test_document_without_its_headline_is_left_out(text: str, summary: str) -> None:
    assert MAKER.of_document(line(text, summary), "corpus") is None


def test_document_that_is_no_row_is_an_error() -> None:
    with pytest.raises(InputError):
        MAKER.of_document('{"text": "河水上涨。"}', "corpus")


# Files


@forks
def test_edits_of_pairs_lie_end_to_end(tmp_path: Path) -> None:
    rows = [pair(ZH, ZH_SHORT), pair(ZH, ZH), "", pair(EN, EN_SHORT)]
    path = write_rows(
        tmp_path / "pairs.jsonl", *(row if isinstance(row, str) else {"lang": "zh", **row} for row in rows)
    )
    edits = make_edits(path, MAKER, are_pairs=True)
    assert len(edits) == 2
    assert edits.bounds.tolist() == [0, 10, 22]  # 8 and 10 words with their marks
    assert edits.ids.shape == (22, MOST_IDS)
    assert edits.features.shape == (22, len(WORD_FEATURES))
    assert edits.is_kept.tolist() == [True] + [c == "k" for c in "-kk--kkk"] + [True, True] + [
        c == "k" for c in "k-kk------"
    ] + [True]  # fmt: skip


@forks
def test_edits_of_documents_come_from_headlines(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "corpus.jsonl", line(ZH, "河水上涨城市停电"), line(ZH, "没有"))
    edits = make_edits(path, MAKER, are_pairs=False)
    assert edits.bounds.tolist() == [0, 10]


@forks
def test_edits_of_nothing_are_empty(tmp_path: Path) -> None:
    edits = make_edits(write_rows(tmp_path / "pairs.jsonl", pair(ZH, ZH)), MAKER, are_pairs=True)
    assert len(edits) == 0
    assert edits.bounds.tolist() == [0]
    assert edits.ids.shape == (0, MOST_IDS)
    assert edits.features.shape == (0, len(WORD_FEATURES))


@forks
def test_edits_survive_a_round_trip(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "pairs.jsonl", pair(ZH, ZH_SHORT), pair(EN, EN_SHORT))
    edits = make_edits(rows, MAKER, are_pairs=True)
    edits.save(tmp_path / "edits.npz")
    again = Edits.load(tmp_path / "edits.npz")
    for name in ("ids", "features", "is_kept", "bounds"):
        before, after = getattr(edits, name), getattr(again, name)
        assert np.array_equal(before, after), name
        assert before.dtype == after.dtype, name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["edits.npz", "pairs.jsonl"]


def test_edits_of_a_missing_file_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        make_edits(tmp_path / "nowhere.jsonl", MAKER, are_pairs=True)
