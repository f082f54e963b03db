"""What holds for every decision, and for summaries of very many sentences."""

from typing import Any

import numpy as np
import pytest
from deciding import CITY, CONFIG, RIVER, STOP, case, read, text_of
from hypothesis import given
from hypothesis import strategies as st
from strategies import articles, few_examples, marked_texts

from summarize.decide.budget import Budget, sentence_costs
from summarize.decide.room import Room
from summarize.document import Order, Piece
from summarize.errors import BudgetError
from summarize.text.marks import FINISHED
from summarize.text.pieces import count_words, drop_repeated_speakers, join_drafts, make_whole_draft

# Properties


lengths = st.fixed_dictionaries(
    {},
    optional={
        "sentences": st.integers(1, 4),
        "chars": st.integers(1, 120),
        "words": st.integers(1, 40),
        "ratio": st.floats(0.05, 1),
    },
)


@few_examples
@given(
    articles() | marked_texts,
    lengths,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["document", "salience"]),
    st.data(),
)
def test_decision_keeps_its_promises(
    text: str, bounds: dict[str, Any], compress: bool, fuse: bool, order: Order, data: st.DataObject
) -> None:
    document = read(text)
    size = len(document.sentences)
    if not size:
        return
    random = np.random.default_rng(data.draw(st.integers(0, 99)))
    weights = random.dirichlet(np.full(size, 0.5)) * (random.random(size) < 0.9)
    if not weights.any():
        weights[0] = 1
    alike = random.uniform(0, 1, (size, size))
    one = case(document, weights.tolist(), others=(0.9, 0.01), likeness=np.maximum(alike, alike.T).tolist())
    budget = Budget(**bounds)
    try:
        decision = one.decide(order=order, fuse=fuse, compress=compress, **bounds)
    except BudgetError:
        assert budget.limits_text
        return
    drafts, printed_text = decision.drafts, text_of(decision)
    indices = [index for draft in drafts for index in draft.indices]
    assert len(drafts) > 0
    assert budget.holds(printed_text, len(text), len(drafts))
    assert budget.limits_text or budget.sentences or len(indices) <= CONFIG.max_sentences
    # The trace agrees with what is printed.
    assert {index for index, verdict in enumerate(decision.verdicts) if verdict.outcome == "chosen"} == set(indices)
    assert len(set(indices)) == len(indices)
    assert len(decision.verdicts) == size
    assert list(decision.pieces) == list(join_drafts(document, drafts))
    assert order == "salience" or indices == sorted(indices)
    assert fuse or all(len(draft.indices) == 1 for draft in drafts)
    for index, verdict in enumerate(decision.verdicts):
        assert verdict.like is None or verdict.like in indices
        assert verdict.outcome != "repeats" or (verdict.like is not None and alike.max() >= 0.9)
        assert (verdict.outcome in ("heading", "apparatus", "question", "short")) <= (
            weights[index] == 0 or sentence_costs(document)[index, 1] == 0
        )
        assert verdict.outcome not in ("length", "form", "light") or verdict.redundancy < weights[index]
    # What is shortened would not fit as it stands, beside what else is printed.
    for place, draft in enumerate(drafts):
        if draft.is_whole or len(draft.indices) > 1:
            continue
        assert compress
        assert budget.limits_text
        full = drop_repeated_speakers(
            document, [*drafts[:place], make_whole_draft(document, draft.indices[0]), *drafts[place + 1 :]]
        )
        assert not budget.holds("".join(piece.text for piece in join_drafts(document, full)), len(text), len(full))
    # All that is printed stands in the source, but for a first letter and marks of ours.
    for piece in decision.pieces:
        assert piece.start is None or text[piece.start : piece.end].lower() == piece.text.lower()
        assert piece.start is not None or len(piece.text) <= 3


@few_examples
@given(articles(), st.integers(1, 150), st.integers(0, 99))
def test_length_has_no_room_left_for_what_adds_something(text: str, chars: int, seed: int) -> None:
    document = read(text)
    weights = np.random.default_rng(seed).dirichlet(np.full(len(document.sentences), 0.5))
    one = case(document, weights.tolist(), others=(0.9, 0.01))
    try:
        decision = one.decide(chars=chars)
    except BudgetError:
        return
    drafts = list(decision.drafts)
    for index, verdict in enumerate(decision.verdicts):
        if verdict.outcome in ("length", "form"):
            more = sorted([*drafts, make_whole_draft(document, index)], key=lambda draft: draft.indices)
            pieces: list[Piece] = list(join_drafts(document, drop_repeated_speakers(document, more)))
            by_weight = list(
                join_drafts(document, drop_repeated_speakers(document, [*drafts, make_whole_draft(document, index)]))
            )
            longest = max(sum(len(piece.text) for piece in found) for found in (pieces, by_weight))
            assert longest > chars - len(drafts)
        elif verdict.outcome == "light":
            sentence = document.sentences[index]
            has_stop = FINISHED.search(text[sentence.body : sentence.end]) is not None
            least = 0.05 if has_stop or sentence.speaker else 0.3
            assert weights[index] - verdict.redundancy < least * weights.max() * (1 + 1e-9)
        else:
            assert verdict.outcome in ("chosen", "repeats", "heading")


@few_examples
@given(
    st.lists(
        st.sampled_from(["It rained.", "…", "下雨了。", "- We stayed", "“…”", "张三：我去。", "停；"]),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 40),
    st.integers(0, 99),
    st.sampled_from(["document", "salience"]),
)
def test_length_is_never_exceeded(lines: list[str], chars: int, seed: int, order: Order) -> None:
    document = read("\n".join(lines))
    weights = np.random.default_rng(seed).dirichlet(np.ones(len(document.sentences)))
    one = case(document, weights.tolist(), others=(1, 0))
    try:
        decision = one.decide(chars=chars, order=order, fuse=True)
    except BudgetError:
        assert chars < min(cost for cost in sentence_costs(document)[:, 1] if cost)
        return
    assert 0 < len(text_of(decision)) <= chars
    assert count_words(text_of(decision)) <= chars


@pytest.mark.parametrize("bounds", [{"sentences": 1}, {"chars": 8}, {}])
def test_what_was_closed_before_is_never_chosen_and_says_why(bounds: dict[str, int]) -> None:
    decision = case([RIVER, CITY], [9, 1]).decide(closed={0: "superseded"}, **bounds)
    assert text_of(decision) == CITY
    assert [verdict.outcome for verdict in decision.verdicts] == ["superseded", "chosen"]


def test_a_closed_sentence_is_no_room_for_a_length_that_is_too_small() -> None:
    with pytest.raises(BudgetError, match="needs 8"):
        case([STOP, CITY], [9, 1]).decide(closed={0: "superseded"}, chars=5, compress=False)


@given(st.lists(st.tuples(st.integers(2, 14), st.integers(1, 9), st.booleans()), min_size=1, max_size=8), st.data())
@few_examples
def test_what_less_room_admits_is_what_is_chosen_for_it(
    sentences: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    texts = [("river rose " if is_english else "河水") + "长" * size + "。" for size, _, is_english in sentences]
    one = case(texts, [10 * weight + place / 7 for place, (_, weight, _) in enumerate(sentences)])
    chars = data.draw(st.integers(max(map(len, texts)), 100))
    drafts = one.decide(order="salience", compress=False, chars=chars).drafts
    less = data.draw(st.integers(1, chars))
    room = Room(one.document, Budget(chars=less).bounds(100))
    if room.admits(drafts, sentence_costs(one.document)):
        assert one.decide(order="salience", compress=False, chars=less).drafts == drafts
    else:
        assert sum(len(draft.text) for draft in drafts) + 2 * (len(drafts) - 1) > less


# So many sentences that each is held against those near it alone


@given(
    st.lists(st.tuples(st.integers(4, 30), st.floats(0.01, 1)), min_size=1, max_size=30),
    st.integers(0, 2**32 - 1),
    st.integers(1, 40),
    st.floats(0.2, 1),
)
@few_examples
def test_further_sentences_are_chosen_as_the_first_ones_where_all_are_near(
    sizes: list[tuple[int, float]], seed: int, num_sentences: int, share: float
) -> None:
    likeness = np.random.default_rng(seed).uniform(0, 1, (len(sizes), len(sizes)))
    texts = ["水" * size + "。" for size, _ in sizes]
    one = case(texts, [weight for _, weight in sizes], likeness=((likeness + likeness.T) / 2).tolist())
    for bounds in ({"sentences": num_sentences}, {"chars": max(35, round(share * sum(map(len, texts))))}):
        expected = one.decide(order="salience", compress=False, **bounds)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("summarize.decide.choice.NUM_EXACT", 1)
            found = one.decide(order="salience", compress=False, **bounds)
        assert found.drafts == expected.drafts
        chosen = [index for index, verdict in enumerate(found.verdicts) if verdict.outcome == "chosen"]
        assert [found.verdicts[index] for index in chosen] == [expected.verdicts[index] for index in chosen]


def test_further_sentence_is_held_against_those_near_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.decide.choice.NUM_EXACT", 1)
    monkeypatch.setattr("summarize.decide.many.NEAR", 2)
    alike = np.eye(5)
    alike[1, [3, 4]] = alike[[3, 4], 1] = 1  # the second of four is said again, near it and further off
    one = case([RIVER, CITY, STOP, CITY, CITY], [9, 8, 7, 6, 5], likeness=alike.tolist())
    assert one.indices(sentences=5) == [0, 1, 2, 4]


def held(num: int) -> int:
    """Return how many sentences are held against others in a summary of half of so many."""
    one, found = case(["水涨。"] * num, list(np.linspace(1, 2, num)), likeness=[[0.0]]), []

    def similarity(index: int, first: int = 0, end: int | None = None) -> np.ndarray:
        found.append((num if end is None else end) - first)
        return np.zeros(found[-1])

    one.reading.similarity = similarity
    one.indices(sentences=num // 2, compress=False)
    return sum(found)


def test_what_a_long_summary_takes_grows_with_it_and_not_with_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.decide.choice.NUM_EXACT", 10)
    monkeypatch.setattr("summarize.decide.many.NEAR", 20)
    assert held(1600) < 2.2 * held(800)
