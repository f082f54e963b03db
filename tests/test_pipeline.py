import re
from typing import Any

import numpy as np
import pytest
from fakes import FakeScorer
from hypothesis import given
from hypothesis import strategies as st
from models import random_model
from strategies import any_texts, articles, few_examples, marked_texts

from summarize import pipeline
from summarize.config import SelectionConfig
from summarize.decide.pieces import SPACE, count_words
from summarize.document import ATTENTION_KINDS, AttentionKind, Document, Summary
from summarize.errors import BudgetError, InputError, ModelError
from summarize.network.scorer import NetworkScorer
from summarize.pipeline import summarize_text

# 10, 23, 13 and 18 characters; 2, 5, 2 and 4 words.
ENGLISH = "It rained. The whole city was wet. Nobody cared. Then the sun rose."
# 4, 7 and 5 characters, of which 3, 6 and 4 are words.
CHINESE = "下雨了。整座城市湿了。没人在意。"


class RandomScorer(FakeScorer):
    """Weighs sentences at random, headings with 0; likeness is random as well."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.seed = seed

    def read(self, document: Document, num_wanted: int) -> Any:
        self.random = np.random.default_rng(self.seed)
        is_text = np.array([not sentence.is_heading for sentence in document.sentences])
        weights = self.random.exponential(1, len(is_text)) * (is_text if is_text.any() else 1)
        self.shares = weights / weights.sum()
        return self

    def weigh(self, kind: AttentionKind) -> np.ndarray:
        return self.shares

    def similarity(self, index: int) -> np.ndarray:
        return self.random.uniform(0, 1, len(self.shares))


class PickyScorer(FakeScorer):
    """Chooses in a way of its own for each attention."""

    def selection(self, kind: AttentionKind) -> SelectionConfig:
        return {
            "parallel": SelectionConfig(attention_share=0.01),
            "sequential": SelectionConfig(attention_share=1, max_sentences=2),
            "tree": SelectionConfig(attention_share=1, max_sentences=3),
        }[kind]


def summarize(text: str, **options: Any) -> Summary:
    return summarize_text(text, **{"scorer": FakeScorer()} | options)


def chosen(text: str, **options: Any) -> tuple[int, ...]:
    return summarize(text, **options).selected


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
    assert summarize(ENGLISH, chars=chars).text == expected


def test_pipeline_charges_no_space_between_chinese_sentences() -> None:
    assert summarize(CHINESE, chars=11).text == "下雨了。整座城市湿了。"


def test_pipeline_obeys_words() -> None:
    assert summarize(ENGLISH, words=5).text == "The whole city was wet."
    assert summarize(ENGLISH, words=8).text == "The whole city was wet. Nobody cared."
    assert summarize(ENGLISH, words=9).text == "The whole city was wet. Then the sun rose."
    assert summarize(CHINESE, words=4).text == "没人在意。"


def test_pipeline_obeys_ratio() -> None:
    assert len(ENGLISH) == 67  # 18 of them are the last sentence, 23 the second
    assert summarize(ENGLISH, ratio=23 / 67).text == "The whole city was wet."
    assert summarize(ENGLISH, ratio=22 / 67).text == "Then the sun rose."
    assert summarize(ENGLISH, ratio=1).text == ENGLISH


def test_pipeline_obeys_all_bounds_at_once() -> None:
    assert chosen(ENGLISH, sentences=2, chars=60, words=10) == (1, 3)
    assert chosen(ENGLISH, sentences=2, chars=60, words=7) == (1, 2)
    assert chosen(ENGLISH, sentences=1, chars=60, words=7) == (1,)
    assert chosen(ENGLISH, sentences=2, chars=20, words=7) == (3,)


def test_pipeline_without_length_stops_at_the_share_of_attention() -> None:
    # Weights 5, 3, 1, 1 of 10: 5 + 3 are the first to hold 0.6.
    assert chosen(ENGLISH, scorer=FakeScorer([1, 3, 5, 1])) == (1, 2)
    assert chosen(ENGLISH, scorer=FakeScorer([1, 1, 7, 1])) == (2,)


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
    # Neither the share of attention nor the five sentences hold where a length is given.
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
        def read(self, document: Document, num_wanted: int) -> Any:
            seen.append(document.language)
            return super().read(document, num_wanted)

    assert summarize(ENGLISH, language=language, scorer=Scorer()).document.language == expected
    assert seen == [expected]


def test_pipeline_detects_chinese() -> None:
    assert summarize(CHINESE).document.language == "zh"


def test_pipeline_tells_weights_and_ranks() -> None:
    summary = summarize(ENGLISH, scorer=FakeScorer([1, 4, 2, 1]))
    assert summary.weights == pytest.approx((1 / 8, 4 / 8, 2 / 8, 1 / 8))
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
        ({"chars": 9}, "no sentence fits into 9 characters; the shortest one needs 10"),
        ({"words": 1}, "no sentence fits into 1 words; the shortest one needs 2"),
        ({"ratio": 0.1}, "0.1 of the text is 6 characters and its shortest sentence has 10; "
                         "ask for a ratio of at least 15%"),
        ({"chars": 20, "words": 1}, "no sentence fits into 1 words; the shortest one needs 2"),
    ],
    ids=str,
)  # fmt: skip
def test_pipeline_tells_the_least_length(options: dict[str, Any], message: str) -> None:
    with pytest.raises(BudgetError) as caught:
        summarize(ENGLISH, **options)
    assert str(caught.value) == message


def test_pipeline_least_length_is_not_that_of_what_cannot_be_chosen() -> None:
    with pytest.raises(BudgetError, match="needs 13"):
        summarize(ENGLISH, chars=9, scorer=FakeScorer([0, 1, 1, 1]))


def test_pipeline_fits_english_exactly_beside_chinese() -> None:
    # The Chinese sentence is longer and needs no space before it; the English one fits and nothing stands before it.
    text = "这一天整座城市都湿了没有人出门。 It rained."
    assert summarize(text, chars=10).text == "It rained."


def test_pipeline_fits_english_exactly_under_a_chinese_heading() -> None:
    text = "洪水\n\nIt rained. The whole city was wet."
    assert summarize(text, chars=34, scorer=FakeScorer([0, 1, 1])).text == "It rained. The whole city was wet."


@pytest.mark.parametrize("text", ["我买了iPhone. It rained.", "我买了iPhone! Me too.", "我用Apple… It rained."])
def test_pipeline_charges_the_space_behind_chinese_that_ends_in_latin(text: str) -> None:
    assert summarize(text, sentences=2).text == text  # parted by a space, though the first begins in Chinese
    assert len(summarize(text, chars=len(text) - 1).selected) == 1
    assert len(summarize(text, chars=len(text)).selected) == 2


def test_pipeline_uses_the_shipped_scorer_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "shipped_scorer", lambda: FakeScorer([1, 2, 9, 1]))
    assert summarize_text(ENGLISH, sentences=1).selected == (2,)


def test_pipeline_does_not_read_the_model_for_an_empty_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "shipped_scorer", pytest.fail)
    with pytest.raises(InputError):
        summarize_text(" ")


def test_shipped_scorer_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    models = iter([random_model(1)])
    monkeypatch.setattr("summarize.network.storage.load_model", lambda: next(models))
    pipeline.shipped_scorer.cache_clear()
    try:
        assert pipeline.shipped_scorer() is pipeline.shipped_scorer()
        assert summarize_text(ENGLISH, sentences=1).attention == "tree"
    finally:
        pipeline.shipped_scorer.cache_clear()


def test_pipeline_tells_that_the_shipped_model_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def load_model() -> None:
        raise ModelError("no model here")

    monkeypatch.setattr("summarize.network.storage.load_model", load_model)
    pipeline.shipped_scorer.cache_clear()
    with pytest.raises(ModelError):
        summarize_text(ENGLISH)


def check_promises(summary: Summary, text: str) -> None:
    """What holds for every summary."""
    assert summary.document.text == text
    assert len(summary.weights) == len(summary.document.sentences)
    assert sum(summary.weights) == pytest.approx(1)
    assert len(set(summary.selected)) == len(summary.selected) >= 1
    assert all(summary.weights[index] > 0 for index in summary.selected)
    assert summary.text == "".join(piece.text for piece in summary.pieces)
    assert summary.text == summary.text.strip()
    for piece in summary.pieces:
        assert piece == SPACE or text[piece.start : piece.end] == piece.text
    # Put together, the spans are the chosen sentences, less the white space at line breaks.
    own = [piece for piece in summary.pieces if piece != SPACE]
    sentences = [summary.document.sentences[index] for index in summary.selected]
    assert [piece.start for piece in own if piece.start in {s.start for s in sentences}] == [s.start for s in sentences]
    sources = "".join(text[sentence.start : sentence.end] for sentence in sentences)
    assert "".join("".join(piece.text.split()) for piece in own) == "".join(sources.split())


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
    match = re.search(r"into \d+ (characters|words); the shortest one needs (\d+)$", message)
    assert match is not None, message
    return bounds | {{"characters": "chars", "words": "words"}[match.group(1)]: int(match.group(2))}


orders = st.sampled_from(["document", "salience"])
lengths = st.fixed_dictionaries(
    {},
    optional={
        "sentences": st.integers(1, 6),
        "chars": st.integers(1, 150),
        "words": st.integers(1, 40),
        "ratio": st.floats(0.001, 1) | st.sampled_from([0.05, 0.1, 0.25, 0.29, 0.5, 1.0]),
    },
)


@given(articles(), lengths, orders, st.integers(0, 99))
def test_pipeline_obeys_every_bound_exactly(text: str, bounds: dict[str, Any], order: Any, seed: int) -> None:
    try:
        summary = summarize_text(text, **bounds, order=order, scorer=RandomScorer(seed))
    except BudgetError:
        assert bounds.keys() & {"chars", "words", "ratio"}
        return
    check_promises(summary, text)
    check_bounds(summary, text, bounds)
    if not bounds:
        assert len(summary.selected) <= 5
    if order == "document":
        assert list(summary.selected) == sorted(summary.selected)


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
        summary = summarize_text(text, chars=chars, order=order, scorer=RandomScorer(seed))
        check_bounds(summary, text, {"chars": chars})


@given(articles(), st.sampled_from(["chars", "words", "ratio"]), st.integers(0, 99))
def test_pipeline_budget_error_names_a_length_that_works(text: str, name: str, seed: int) -> None:
    bounds = {name: 1 / len(text) if name == "ratio" else 1}
    try:
        summarize_text(text, **bounds, scorer=RandomScorer(seed))
    except BudgetError as error:
        bounds = relaxed(bounds, str(error))
    check_bounds(summarize_text(text, **bounds, scorer=RandomScorer(seed)), text, bounds)


@given(articles(), st.sampled_from(["chars", "words"]), st.integers(0, 99))
def test_pipeline_budget_error_names_the_least_length(text: str, name: str, seed: int) -> None:
    shortest = None
    for length in range(1, 200):
        try:
            summarize_text(text, **{name: length}, scorer=RandomScorer(seed))
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
            summary = summarize_text(text, **bounds, scorer=RandomScorer(seed))
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


@given(any_texts | marked_texts, lengths, orders, st.integers(0, 99))
def test_pipeline_gives_any_text_a_summary_or_our_error(
    text: str, bounds: dict[str, Any], order: Any, seed: int
) -> None:
    try:
        summary = summarize_text(text, **bounds, order=order, scorer=RandomScorer(seed))
    except BudgetError:
        assert bounds
    except InputError:
        assert not text.strip()
    else:
        check_promises(summary, text)
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
