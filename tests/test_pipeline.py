import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from fakes import FakeReading, FakeScorer
from hypothesis import given
from hypothesis import strategies as st
from models import random_model
from strategies import any_texts, articles, few_examples, marked_texts

from summarize import pipeline
from summarize.config import SelectionConfig
from summarize.decide.words import JudgeRequest
from summarize.document import ATTENTION_KINDS, LENGTHS, AttentionKind, Document, Form, Piece
from summarize.errors import BudgetError, InputError, ModelError
from summarize.explanation import Outcome
from summarize.network.scorer import NetworkScorer
from summarize.pipeline import summarize_text
from summarize.summary import Summary
from summarize.text.pieces import SPACE, count_words

# 10, 23, 13 and 18 characters; 2, 5, 2 and 4 words.
ENGLISH = "It rained. The whole city was wet. Nobody cared. Then the sun rose."
# 4, 7 and 5 characters, of which 3, 6 and 4 are words.
CHINESE = "下雨了。整座城市湿了。没人在意。"


class RandomReading:
    """Weighs sentences at random, headings with 0; likeness, verbs and which forms are good are random as well."""

    closed: Mapping[int, Outcome] = MappingProxyType({})
    query = None

    def __init__(self, document: Document, seed: int) -> None:
        self.seed, random = seed, np.random.default_rng(seed)
        is_text = np.array([not sentence.is_heading for sentence in document.sentences])
        weights = random.exponential(1, len(is_text)) * (is_text if is_text.any() else 1)
        self.shares = weights / weights.sum()
        self.likeness = random.uniform(0, 1, (len(is_text), len(is_text)))

    def weigh(self, kind: AttentionKind) -> np.ndarray:
        return self.shares

    def similarity(self, index: int, first: int = 0, end: int | None = None) -> np.ndarray:
        return self.likeness[index][first:end]

    def may_be_predicate(self, word: str) -> bool:
        return (sum(map(ord, word)) + self.seed) % 3 == 0

    def judge(self, words: Sequence[str], before: Sequence[str], forms: Sequence[Form], **options: bool | float) -> Any:
        is_good = [np.random.default_rng((self.seed, *form.kept)).random() < 0.5 for form in forms]
        return np.where(np.array(is_good)[:, None], [0.98, 0.01, 0.01], [0.1, 0.5, 0.4])

    def judge_all(self, asked: Sequence[JudgeRequest], **options: bool | float) -> Any:
        return [self.judge(*one[:3]) for one in asked]


class RandomScorer(FakeScorer):
    def __init__(self, seed: int) -> None:
        super().__init__()
        self.seed = seed

    def read(self, document: Document, target_sentences: int) -> Any:
        return RandomReading(document, self.seed)


class EvenScorer(RandomScorer):
    """Finds no sentence so light that it is left out for that; headings weigh nothing all the same."""

    def read(self, document: Document, target_sentences: int) -> Any:
        reading = super().read(document, target_sentences)
        evened = np.where(reading.shares > 0, reading.shares + reading.shares.max(), 0)
        reading.shares = evened / evened.sum()
        return reading


class PickyScorer(FakeScorer):
    """Chooses in a way of its own for each attention."""

    def selection(self, kind: AttentionKind) -> SelectionConfig:
        return {
            "parallel": SelectionConfig(max_sentences=1),
            "sequential": SelectionConfig(max_sentences=2),
            "tree": SelectionConfig(max_sentences=3),
        }[kind]


def summarize(text: str, **options: Any) -> Summary:
    return summarize_text(text, **{"scorer": FakeScorer()} | options)


def chosen(text: str, **options: Any) -> tuple[int, ...]:
    return summarize(text, **options).selected


def whole(text: str, **options: Any) -> Summary:
    """A summary of sentences as they stand."""
    return summarize(text, fuse=False, compress=False, **options)


# The fake scorer's rules: parallel by length, sequential by place, tree by place from the end.


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(None, "The whole city was wet."), ("parallel", "The whole city was wet."), ("sequential", "Then the sun rose."),
     ("tree", "It rained.")],
)  # fmt: skip
def test_pipeline_weighs_by_the_attention_asked_for(kind: AttentionKind | None, expected: str) -> None:
    summary = summarize(ENGLISH, sentences=1, attention=kind)
    assert summary.text == expected
    assert summary.attention == kind or (kind is None and summary.attention == "parallel")


def test_pipeline_keeps_the_order_of_the_text() -> None:
    assert chosen(ENGLISH, sentences=3) == (1, 2, 3)
    assert summarize(ENGLISH, sentences=2).text == "The whole city was wet. Then the sun rose."


def test_pipeline_puts_the_best_first_if_asked() -> None:
    assert chosen(ENGLISH, sentences=3, order="salience") == (1, 3, 2)
    assert summarize(ENGLISH, sentences=2, attention="sequential", order="salience").text == (
        "Then the sun rose. Nobody cared."
    )


def test_pipeline_obeys_sentences() -> None:
    assert [len(chosen(ENGLISH, sentences=number)) for number in (1, 2, 3, 4, 9)] == [1, 2, 3, 4, 4]


@pytest.mark.parametrize(
    ("chars", "expected"),
    [
        pytest.param(10, "It rained.", id="the shortest exactly"),
        pytest.param(23, "The whole city was wet.", id="the best exactly"),
        pytest.param(33, "The whole city was wet.", id="no room for a space and the shortest"),
        pytest.param(34, "It rained. The whole city was wet.", id="room for both"),
        pytest.param(41, "The whole city was wet. Nobody cared.", id="no room for the second best"),
        pytest.param(42, "The whole city was wet. Then the sun rose.", id="room for the second best"),
        pytest.param(1000, ENGLISH, id="everything"),
    ],
)
def test_pipeline_obeys_characters(chars: int, expected: str) -> None:
    assert whole(ENGLISH, chars=chars).text == expected


def test_pipeline_charges_no_space_between_chinese_sentences() -> None:
    assert whole(CHINESE, chars=11).text == "下雨了。整座城市湿了。"


@pytest.mark.parametrize("text", ["It rained. 下雨了。", "下雨了。 It rained."])
def test_pipeline_charges_no_space_between_chinese_and_english(text: str) -> None:
    assert whole(text, chars=14).text == text.replace("。 ", "。").replace(". ", ".")
    assert len(whole(text, chars=13).selected) == 1


def test_pipeline_obeys_words() -> None:
    assert whole(ENGLISH, words=5).text == "The whole city was wet."
    assert whole(ENGLISH, words=8).text == "The whole city was wet. Nobody cared."
    assert whole(ENGLISH, words=9).text == "The whole city was wet. Then the sun rose."
    assert whole(CHINESE, words=4).text == "没人在意。"


def test_pipeline_obeys_ratio() -> None:
    assert len(ENGLISH) == 67  # 18 of them are the last sentence, 23 the second
    assert whole(ENGLISH, ratio=23 / 67).text == "The whole city was wet."
    assert whole(ENGLISH, ratio=22 / 67).text == "Then the sun rose."
    assert whole(ENGLISH, ratio=1).text == ENGLISH


def test_pipeline_obeys_all_bounds_at_once() -> None:
    assert whole(ENGLISH, sentences=2, chars=60, words=10).selected == (1, 3)
    assert whole(ENGLISH, sentences=2, chars=60, words=7).selected == (1, 2)
    assert whole(ENGLISH, sentences=1, chars=60, words=7).selected == (1,)
    assert whole(ENGLISH, sentences=2, chars=20, words=7).selected == (3,)


def test_pipeline_without_length_stops_when_it_is_long_enough() -> None:
    # Eight sentences of four words are 32, of which six tenths are 19: five sentences have 20, four have 16.
    names = ["Ada", "Bob", "Cid", "Dan", "Eva", "Fay", "Gil", "Hal"]
    eight = " ".join(f"{name} rivers rose again." for name in names)
    assert chosen(eight, scorer=FakeScorer([1, 2, 3, 4, 5, 6, 7, 8])) == (3, 4, 5, 6, 7)
    # Of 150 words 50 (150 / 375) ^ 1/4 = 40 are enough: three sentences of fifteen.
    ten = " ".join(f"{name} {'rivers ' * 13}rose." for name in [*names, "Ida", "Jim"])
    assert chosen(ten, scorer=FakeScorer([2, 2, 3, 2, 2, 5, 2, 2, 2, 4])) == (2, 5, 9)


def test_pipeline_without_length_takes_at_most_five() -> None:
    text = " ".join(f"Line number {number} is here." for number in range(40))
    assert chosen(text, scorer=FakeScorer([1] * 40)) == (0, 1, 2, 3, 4)


def test_pipeline_without_length_takes_at_least_one() -> None:
    assert chosen("Rain") == (0,)
    assert chosen(ENGLISH, scorer=PickyScorer(), attention="parallel") == (1,)


@pytest.mark.parametrize(("kind", "number"), [("parallel", 1), ("sequential", 2), ("tree", 3)])
def test_pipeline_chooses_by_the_settings_of_the_attention(kind: AttentionKind, number: int) -> None:
    assert len(chosen(ENGLISH, scorer=PickyScorer(), attention=kind)) == number


def test_pipeline_with_a_length_fills_it() -> None:
    # Neither what one expects nor the five sentences hold where a length is given.
    text = " ".join(f"Line number {number} is here." for number in range(10))
    assert len(chosen(text, sentences=8)) == 8
    assert len(chosen(text, words=1000)) == 10


def test_pipeline_says_nothing_twice() -> None:
    text = "It rained all day. We stayed in. It rained all day."
    assert summarize(text, sentences=3).text == "It rained all day. We stayed in."


def test_pipeline_never_chooses_a_sentence_without_weight() -> None:
    assert chosen(ENGLISH, sentences=4, scorer=FakeScorer([0, 1, 0, 1])) == (1, 3)


@pytest.mark.parametrize(
    ("language", "expected"), [(None, "en"), ("zh", "zh"), ("en", "en")], ids=["detected", "zh", "en"]
)
def test_pipeline_tells_the_scorer_the_language(language: Any, expected: str) -> None:
    seen = []

    class Scorer(FakeScorer):
        def read(self, document: Document, target_sentences: int) -> Any:
            seen.append(document.language)
            return super().read(document, target_sentences)

    assert summarize(ENGLISH, language=language, scorer=Scorer()).document.language == expected
    assert seen == [expected]


def test_pipeline_detects_chinese() -> None:
    assert summarize(CHINESE).document.language == "zh"


def test_pipeline_tells_weights_and_ranks() -> None:
    summary = summarize(ENGLISH, scorer=FakeScorer([1, 4, 2, 1]))
    assert summary.weights == pytest.approx((1 / 8, 4 / 8, 2 / 8, 1 / 8))
    assert summary.ranks == (3, 1, 2, 4)


def test_pipeline_ranks_the_earlier_of_all_but_equals_first() -> None:
    summary = summarize(ENGLISH, scorer=FakeScorer([1, 4, 4 * (1 + 1e-15), 1 + 1e-15]))
    assert summary.weights[1] < summary.weights[2]
    assert summary.ranks == (3, 1, 2, 4)


def test_pipeline_pieces_of_wrapped_lines_know_their_source() -> None:
    text = "It rained all day and\nall night. We stayed at home and\nplayed."
    summary = summarize(text, scorer=FakeScorer([1, 1]), sentences=2)
    assert summary.text == "It rained all day and all night. We stayed at home and played."
    spans = [(piece.start, piece.end) for piece in summary.pieces if piece != SPACE]
    assert [text[start:end] for start, end in spans] == [
        "It rained all day and", "all night.", "We stayed at home and", "played.",
    ]  # fmt: skip


def test_pipeline_parts_english_with_curly_quotes_by_spaces() -> None:
    text = "He said “no.” Then he left. “Why?” she asked."
    assert summarize(text, sentences=3).text == text


@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000\r\n"])
def test_pipeline_refuses_empty_text(text: str) -> None:
    with pytest.raises(InputError, match="empty"):
        summarize(text)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sentences": 0}, "sentences must be at least 1, got 0"),
        ({"chars": 0}, "chars must be at least 1, got 0"),
        ({"words": -5}, "words must be at least 1, got -5"),
        ({"ratio": 0}, "ratio must be above 0 and at most 1, got 0"),
        ({"ratio": 1.5}, "ratio must be above 0 and at most 1, got 1.5"),
        ({"order": "random"}, "order must be one of document, salience, got 'random'"),
        ({"language": "fr"}, "language must be one of zh, en, got 'fr'"),
        ({"attention": "serial"}, "attention must be one of parallel, sequential, tree, got 'serial'"),
    ],
    ids=str,
)
@pytest.mark.parametrize("text", [ENGLISH, ""], ids=["text", "no text"])
def test_pipeline_refuses_options_out_of_range(text: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        summarize(text, **options)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"chars": 9}, "no sentence fits into 9 characters; the shortest needs 10"),
        ({"words": 1}, "no sentence fits into 1 words; the shortest needs 2"),
        ({"ratio": 0.1}, "0.1 of the text is 6 characters, but the shortest sentence needs 10; "
                         "use a ratio of at least 15%"),
        ({"chars": 20, "words": 1}, "no sentence fits into 1 words; the shortest needs 2"),
    ],
    ids=str,
)  # fmt: skip
def test_pipeline_tells_the_least_length(options: dict[str, Any], message: str) -> None:
    with pytest.raises(BudgetError) as caught:
        whole(ENGLISH, **options)
    assert str(caught.value) == message


def test_pipeline_least_length_is_not_that_of_what_cannot_be_chosen() -> None:
    with pytest.raises(BudgetError, match="needs 13"):
        whole(ENGLISH, chars=9, scorer=FakeScorer([0, 1, 1, 1]))


def test_pipeline_fits_english_exactly_beside_chinese() -> None:
    # The Chinese sentence is longer and needs no space before it; the English one fits and nothing stands before it.
    text = "这一天整座城市都湿了没有人出门。 It rained."
    assert whole(text, chars=10).text == "It rained."


def test_pipeline_fits_english_exactly_under_a_chinese_heading() -> None:
    text = "洪水\n\nIt rained. The whole city was wet."
    assert summarize(text, chars=34, scorer=FakeScorer([0, 1, 1])).text == "It rained. The whole city was wet."


@pytest.mark.parametrize("text", ["我买了iPhone. It rained.", "我买了iPhone! Me too.", "我用Apple… It rained."])
def test_pipeline_charges_the_space_behind_chinese_that_ends_in_latin(text: str) -> None:
    assert summarize(text, sentences=2).text == text  # parted by a space, though the first begins in Chinese
    assert len(whole(text, chars=len(text) - 1).selected) == 1
    assert len(whole(text, chars=len(text)).selected) == 2


def test_pipeline_uses_the_shipped_scorer_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "default_scorer", lambda: FakeScorer([1, 2, 9, 1]))
    assert summarize_text(ENGLISH, sentences=1).selected == (2,)


def test_pipeline_does_not_read_the_model_for_an_empty_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "default_scorer", pytest.fail)
    with pytest.raises(InputError):
        summarize_text(" ")


def test_shipped_scorer_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    models = iter([random_model(1)])
    monkeypatch.setattr("summarize.network.storage.load_model", lambda: next(models))
    pipeline.default_scorer.cache_clear()
    try:
        assert pipeline.default_scorer() is pipeline.default_scorer()
        assert summarize_text(ENGLISH, sentences=1).attention == "tree"
    finally:
        pipeline.default_scorer.cache_clear()


def test_pipeline_tells_that_the_shipped_model_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def load_model() -> None:
        raise ModelError("contains no model")

    monkeypatch.setattr("summarize.network.storage.load_model", load_model)
    pipeline.default_scorer.cache_clear()
    with pytest.raises(ModelError):
        summarize_text(ENGLISH)


# Two sentences of 10 characters and 9 words; fused they are one of 17 characters and 15 words.
TEAM = "江州队赢得了开幕战。江州队击败了北湾队。"
FUSED = "江州队赢得了开幕战，击败了北湾队。"
RIVER = "昨天河水上涨了很多。"  # shortest 河水上涨了很多。, of 8 characters and 7 words


def test_pipeline_fuses_what_it_chose() -> None:
    summary = summarize(TEAM, sentences=2)
    assert summary.text == FUSED
    assert summary.selected == (0, 1)
    assert [piece.text for piece in summary.pieces if piece.start is None] == ["，"]


def test_pipeline_fuses_english() -> None:
    text = "Ann won the race. Ann beat the champion."
    assert summarize(text, sentences=2).text == "Ann won the race and beat the champion."


@pytest.mark.parametrize("options", [{"fuse": False}, {"order": "salience"}, {"sentences": 1}], ids=str)
def test_pipeline_does_not_fuse(options: dict[str, Any]) -> None:
    assert FUSED not in summarize(TEAM, **{"sentences": 2} | options).text


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        pytest.param({"chars": 17}, (0, 1), id="characters"),
        pytest.param({"chars": 16}, (0,), id="too few characters"),
        pytest.param({"words": 15}, (0, 1), id="words"),
        pytest.param({"words": 14}, (0,), id="too few words"),
        pytest.param({"ratio": 0.85}, (0, 1), id="ratio"),
        pytest.param({"ratio": 0.84}, (0,), id="too small a ratio"),
        pytest.param({"chars": 17, "sentences": 2}, (0, 1), id="two sentences"),
        pytest.param({"chars": 17, "sentences": 1}, (0,), id="one sentence"),
    ],
)
def test_pipeline_fusion_makes_room(bounds: dict[str, Any], expected: tuple[int, ...]) -> None:
    assert chosen(TEAM, compress=False, **bounds) == expected
    assert chosen(TEAM, compress=False, fuse=False, **bounds) == (0,)


def test_pipeline_fusion_makes_room_only_for_what_weighs_more() -> None:
    # The third, of 6 characters, fits beside the first as it stands; the second only if they are fused.
    text = TEAM + "雨下了很久。"
    options: dict[str, Any] = {"chars": 17, "sentences": 2, "compress": False}
    assert chosen(text, **options, scorer=FakeScorer([3, 2, 1])) == (0, 1)
    assert chosen(text, **options, scorer=FakeScorer([3, 1, 2])) == (0, 2)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param({"chars": 8}, "河水上涨了很多。", id="characters"),
        pytest.param({"words": 7}, "河水上涨了很多。", id="words"),
        pytest.param({"ratio": 0.8}, "河水上涨了很多。", id="ratio"),
        pytest.param({"chars": 10}, RIVER, id="enough"),
        pytest.param({"sentences": 1}, RIVER, id="sentences alone"),
        pytest.param({}, RIVER, id="no length"),
    ],
)
def test_pipeline_shortens_where_a_length_asks_for_it(options: dict[str, Any], expected: str) -> None:
    summary = summarize(RIVER, **options)
    assert summary.text == expected
    assert summary.selected == (0,)
    assert all(RIVER[piece.start : piece.end] == piece.text for piece in summary.pieces)


def test_pipeline_shortens_nothing_if_told() -> None:
    with pytest.raises(BudgetError, match="the shortest needs 10"):
        summarize(RIVER, chars=9, compress=False)


def test_pipeline_tells_the_length_of_the_shortest_form() -> None:
    with pytest.raises(BudgetError, match="no sentence fits into 7 characters; the shortest needs 8"):
        summarize(RIVER, chars=7)
    with pytest.raises(BudgetError, match="no sentence fits into 6 words; the shortest needs 7"):
        summarize(RIVER, words=6)


def test_pipeline_shortens_what_it_reads_once() -> None:
    seen = []

    class Reading(FakeReading):
        def judge(self, words: Sequence[str], *arguments: Any, **options: Any) -> Any:
            seen.append("".join(words))
            return super().judge(words, *arguments, **options)

    class Scorer(FakeScorer):
        def read(self, document: Document, target_sentences: int) -> Any:
            seen.append("read")
            return Reading(document, {"parallel": [1]})

    summarize(RIVER, chars=8, scorer=Scorer())
    assert seen == ["read", "昨天河水上涨了很多"]


def test_pipeline_shortened_sentences_are_in_the_order_of_the_text() -> None:
    text = "今天城市停电很久。" + RIVER
    summary = summarize(text, chars=17, scorer=FakeScorer([1, 2]))
    assert list(summary.selected) == sorted(summary.selected)
    assert len(summary.text) <= 17


JOINING_MARKS = {" ", "\n", "，", ",", "and", "。"}
OTHER_MARKS = set("“”‘’\"（）()[]［］〔〕【】「」『』《》〈〉«»`'")  # the other one of two


def check_promises(summary: Summary, text: str, *, is_whole: bool = False) -> None:
    """What holds for every summary, and what holds for those of sentences as they stand."""
    assert summary.document.text == text
    assert len(summary.weights) == len(summary.document.sentences)
    assert sum(summary.weights) == pytest.approx(1)
    assert len(set(summary.selected)) == len(summary.selected) >= 1
    assert all(summary.weights[index] > 0 for index in summary.selected)
    assert summary.text == "".join(piece.text for piece in summary.pieces)
    assert summary.text == summary.text.strip()
    own = [piece for piece in summary.pieces if piece.start is not None]
    assert all(piece.text for piece in own)
    changed = [piece for piece in own if text[piece.start : piece.end] != piece.text]
    assert set(changed) <= {
        capitalized(text, draft.pieces[draft.num_label]) for draft in summary.drafts if draft.shortening
    }
    ours = {piece.text for piece in summary.pieces if piece.start is None}
    assert all(mark in JOINING_MARKS or set(mark) <= OTHER_MARKS for mark in ours)
    # Nothing is printed twice, and each chosen sentence has its part in what is.
    spans = sorted((piece.start, piece.end) for piece in own)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    sentences = [summary.document.sentences[index] for index in summary.selected]
    homes = [[s for s in sentences if s.start <= start and end <= s.end] for start, end in spans]
    assert all(len(home) == 1 for home in homes)
    assert {home[0] for home in homes} == set(sentences)
    if is_whole:
        # Put together, the spans say what the chosen sentences say.
        assert all(mark in (" ", "\n") or set(mark) <= OTHER_MARKS for mark in ours)
        sources = "".join(text[sentence.body : sentence.end] for sentence in sentences)
        assert letters("".join(piece.text for piece in own)) == letters(sources)


def capitalized(text: str, piece: Piece) -> Piece:
    """The piece of the source with a capital, as a sentence begins with whose opening was cut."""
    source = text[piece.start : piece.end]
    return Piece(source[:1].upper() + source[1:], piece.start, piece.end)


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(filter(str.isalnum, text))


def check_bounds(summary: Summary, text: str, bounds: dict[str, Any]) -> None:
    """The summary is as short as was asked for, counted anew from what is printed."""
    assert len(summary.selected) <= bounds.get("sentences", 10**9)
    assert len(summary.text) <= bounds.get("chars", 10**9)
    assert count_words(summary.text) <= bounds.get("words", 10**9)
    assert len(summary.text) <= bounds.get("ratio", 10**9) * len(text) + 1e-6


def relaxed(bounds: dict[str, Any], message: str) -> dict[str, Any]:
    """The bounds with the one that the message of a `BudgetError` names changed to what it asks for."""
    if match := re.search(r"at least ([\d.]+)%$", message):
        return bounds | {"ratio": float(match.group(1)) / 100}
    match = re.search(r"into \d+ (characters|words); the shortest needs (\d+)$", message)
    assert match is not None, message
    return bounds | {{"characters": "chars", "words": "words"}[match.group(1)]: int(match.group(2))}


orders = st.sampled_from(["document", "salience"])
styles = st.fixed_dictionaries({"fuse": st.booleans(), "compress": st.booleans()})
lengths = st.fixed_dictionaries(
    {},
    optional={
        "sentences": st.integers(1, 6),
        "chars": st.integers(1, 150),
        "words": st.integers(1, 40),
        "ratio": st.floats(0.001, 1) | st.sampled_from([0.05, 0.1, 0.25, 0.29, 0.5, 1.0]),
    },
)


@given(articles(), lengths, orders, styles, st.integers(0, 99))
def test_pipeline_obeys_every_bound_exactly(
    text: str, bounds: dict[str, Any], order: Any, style: dict[str, bool], seed: int
) -> None:
    try:
        summary = summarize_text(text, **bounds, **style, order=order, scorer=RandomScorer(seed))
    except BudgetError:
        assert bounds.keys() & {"chars", "words", "ratio"}
        return
    check_promises(summary, text, is_whole=not any(style.values()))
    check_bounds(summary, text, bounds)
    if not bounds:
        assert len(summary.selected) <= 5
    if order == "document":
        assert list(summary.selected) == sorted(summary.selected)


_TEAMS = [
    "江州队赢得了比赛。",
    "江州队击败了北湾队。",
    "江州队在决赛中击败了河西队。",
    "在2018年的世界杯中，江州队赢得了冠军。",
    "Ann won the race.",
    "Ann beat the old champion.",
    "雨停了。",
]


@given(st.lists(st.sampled_from(_TEAMS), min_size=1, max_size=6), lengths, orders, styles, st.integers(0, 99))
def test_pipeline_obeys_bounds_whatever_is_fused(
    sentences: list[str], bounds: dict[str, Any], order: Any, style: dict[str, bool], seed: int
) -> None:
    text = " ".join(sentences)
    try:
        summary = summarize_text(text, **bounds, **style, order=order, scorer=RandomScorer(seed))
    except BudgetError:
        return
    check_promises(summary, text, is_whole=not any(style.values()))
    check_bounds(summary, text, bounds)


# Sentences that begin and end in Chinese, in Latin, in one of each, and in marks that belong to either.
_EDGES = [
    "下雨了。",
    "我用Mac.",
    "Mac很好。",
    "It rained.",
    "“No.”",
    "“好。”",
    "He waited…",
    "他等着……",
    "Why?",
    "2018年!",
]


@given(st.lists(st.sampled_from(_EDGES), min_size=1, max_size=6), orders, st.integers(0, 99))
def test_pipeline_obeys_characters_whatever_sentences_begin_and_end_in(
    sentences: list[str], order: Any, seed: int
) -> None:
    text = "\n\n".join(sentences)
    for chars in range(min(map(len, sentences)), len(text) + 1):
        try:
            summary = summarize_text(text, chars=chars, order=order, scorer=RandomScorer(seed))
        except BudgetError:
            continue  # all that fits is too light
        check_bounds(summary, text, {"chars": chars})


@given(articles(), st.sampled_from(["chars", "words", "ratio"]), styles, st.integers(0, 99))
def test_pipeline_budget_error_names_a_length_that_works(
    text: str, name: str, style: dict[str, bool], seed: int
) -> None:
    bounds = {name: 1 / len(text) if name == "ratio" else 1}
    try:
        summarize_text(text, **bounds, **style, scorer=EvenScorer(seed))
    except BudgetError as error:
        bounds = relaxed(bounds, str(error))
    check_bounds(summarize_text(text, **bounds, **style, scorer=EvenScorer(seed)), text, bounds)


@few_examples
@given(articles(max_sentences=6), st.sampled_from(["chars", "words"]), styles, st.integers(0, 99))
def test_pipeline_budget_error_names_the_least_length(text: str, name: str, style: dict[str, bool], seed: int) -> None:
    shortest = None
    for length in range(1, 200):
        try:
            summarize_text(text, **{name: length}, **style, scorer=EvenScorer(seed))
        except BudgetError as error:
            shortest = relaxed({}, str(error))[name]
        else:
            assert shortest in (None, length)
            break


@few_examples
@given(articles(), lengths, st.integers(0, 99))
def test_pipeline_budget_errors_lead_to_a_summary(text: str, bounds: dict[str, Any], seed: int) -> None:
    for _ in range(4):  # one round for each bound, at most
        try:
            summary = summarize_text(text, **bounds, scorer=EvenScorer(seed))
        except BudgetError as error:
            if "allow more of either" in str(error):
                assert "words" in bounds
                assert bounds.keys() & {"chars", "ratio"}
                return
            bounds = relaxed(bounds, str(error))
        else:
            check_bounds(summary, text, bounds)
            return
    pytest.fail("the errors lead nowhere")


@given(any_texts | marked_texts, lengths, orders, styles, st.integers(0, 99))
def test_pipeline_gives_any_text_a_summary_or_our_error(
    text: str, bounds: dict[str, Any], order: Any, style: dict[str, bool], seed: int
) -> None:
    try:
        summary = summarize_text(text, **bounds, **style, order=order, scorer=RandomScorer(seed))
    except BudgetError:
        assert bounds
    except InputError:
        shown = text.replace("**", "")  # which is not printed
        assert not any(character.isprintable() and not character.isspace() for character in shown)
    else:
        check_promises(summary, text, is_whole=not any(style.values()))
        check_bounds(summary, text, bounds)


@pytest.mark.parametrize("kind", ATTENTION_KINDS)
@few_examples
@given(text=articles(), bounds=lengths, seed=st.integers(0, 3))
def test_pipeline_keeps_its_promises_with_a_network(
    kind: AttentionKind, text: str, bounds: dict[str, Any], seed: int
) -> None:
    try:
        summary = summarize_text(text, **bounds, attention=kind, scorer=NetworkScorer(random_model(seed)))
    except BudgetError:
        return
    check_promises(summary, text)
    check_bounds(summary, text, bounds)
    assert summary.attention == kind


@few_examples
@given(articles(), st.integers(0, 3))
def test_pipeline_is_the_same_every_time(text: str, seed: int) -> None:
    scorer = NetworkScorer(random_model(seed))
    assert summarize_text(text, scorer=scorer) == summarize_text(text, scorer=scorer)


@few_examples
@given(articles(), st.integers(1, 5), st.integers(0, 99))
def test_pipeline_order_changes_nothing_but_the_order(text: str, sentences: int, seed: int) -> None:
    one = summarize_text(text, sentences=sentences, scorer=RandomScorer(seed))
    other = summarize_text(text, sentences=sentences, order="salience", scorer=RandomScorer(seed))
    assert sorted(other.selected) == list(one.selected)
    assert other.weights == one.weights


@pytest.mark.parametrize("file", ["zh/news-city.txt", "en/report.txt"])
def test_lengths_by_name_are_about_half_and_twice(file: str) -> None:
    text = (Path(__file__).parents[1] / "data" / file).read_text("utf-8")
    short, medium, long = (count_words(summarize_text(text, length=length).text) for length in LENGTHS)
    assert summarize_text(text, length="medium").text == summarize_text(text).text
    assert 0.3 * medium < short < 0.8 * medium
    assert 1.5 * medium < long < 2.6 * medium


def test_library_refuses_a_length_by_name_beside_another() -> None:
    with pytest.raises(ValueError, match="leave one of them out"):
        summarize_text("It rained.", length="short", sentences=1)


_BROKEN = {
    "en": "The river \ud800rose by three metres last night. Both bridges \udc00 are closed.\n",
    "zh": "昨晚河水\ud800上涨三米，今天又退了。市政府关闭了两座大桥\udc00\ud83d，没有人受伤。\n",
}


@pytest.mark.parametrize("language", _BROKEN)
@pytest.mark.parametrize(
    "summary_options",
    [{}, {"chars": 40}, {"words": 16}, {"ratio": 0.4}, {"title": True, "keywords": 3}, {"query": "river \ud800 河水"}],
    ids=repr,
)
def test_pipeline_shows_half_surrogate_pairs_and_keeps_all_offsets(
    language: str, summary_options: dict[str, Any]
) -> None:
    text = _BROKEN[language] * 3
    summary = summarize_text(text, **summary_options)
    shown = re.sub("[\ud800-\udfff]", "\ufffd", text)
    assert summary.document.text == shown
    assert summary == summarize_text(
        shown, **summary_options | ({"query": "river \ufffd 河水"} if "query" in summary_options else {})
    )
    summary.text.encode()
