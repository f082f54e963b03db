"""The one decision where chosen sentences are fused."""

from deciding import FIRST_TWO, PLAN, RIVER, case, of_chars, text_of

from summarize.document import Shortening

# Fusion


WON, BEAT = "江州队赢得了开幕战。", "江州队击败了北湾队。"  # 10 characters each
FUSED = "江州队赢得了开幕战，击败了北湾队。"  # 17
JUDGED = "江州队赢得了开幕战。击败了北湾队"  # what the judge is asked about


def test_sentences_with_one_subject_are_fused() -> None:
    one = case([WON, BEAT], [2, 1], figures={JUDGED: (0.7, 0.1)})
    decision = one.decide(sentences=2, fuse=True)
    (draft,) = decision.drafts
    assert draft.indices == (0, 1)
    assert text_of(decision) == FUSED
    assert draft.shortening == Shortening((), 0.7, 0.1)
    assert [verdict.outcome for verdict in decision.verdicts] == ["chosen", "chosen"]


def test_sentences_are_not_fused_unless_asked_nor_out_of_order() -> None:
    one = case([WON, BEAT], [2, 1], others=(1, 0))
    assert text_of(one.decide(sentences=2, fuse=False)) == WON + BEAT
    assert text_of(one.decide(sentences=2, fuse=True, order="salience")) == WON + BEAT
    assert (
        text_of(case([WON, BEAT], [1, 2], others=(1, 0)).decide(sentences=2, fuse=True, order="salience")) == BEAT + WON
    )


def test_sentences_are_not_fused_without_the_judges_consent() -> None:
    assert text_of(case([WON, BEAT], [2, 1], figures={JUDGED: (0.03, 0)}).decide(sentences=2, fuse=True)) == WON + BEAT
    assert (
        text_of(case([WON, BEAT], [2, 1], figures={JUDGED: (0.4, 0.55)}).decide(sentences=2, fuse=True)) == WON + BEAT
    )


def test_sentences_that_fit_only_fused_are_taken_for_a_length() -> None:
    one = case([WON, BEAT], [2, 1], figures={JUDGED: (0.9, 0)})
    assert text_of(one.decide(chars=17, fuse=True)) == FUSED
    assert one.outcomes(chars=17, fuse=True) == ["chosen", "chosen"]
    assert text_of(one.decide(chars=16, fuse=True)) == WON
    assert one.outcomes(chars=16, fuse=True) == ["chosen", "form"]
    assert text_of(one.decide(words=15, fuse=True)) == FUSED
    assert text_of(one.decide(words=14, fuse=True)) == WON
    assert text_of(case([WON, BEAT], [2, 1]).decide(chars=17, fuse=True)) == WON


def test_sentences_that_fit_only_fused_must_weigh_more() -> None:
    # Fused the two weigh 3, and the third alone weighs 4 and has no room beside them.
    texts = [WON, BEAT, of_chars(16)[0]]
    figures = {JUDGED: (0.9, 0)}
    assert text_of(case(texts, [2, 1, 4], figures=figures).decide(chars=17, fuse=True)) == texts[2]


def test_shortened_sentence_counts_half_beside_a_fusion() -> None:
    # Of 4.2 a form is worth 2.9, more than the first alone; fused the first two weigh 3, and half of 4.2 is less.
    figures = {JUDGED: (0.9, 0), "市政府公布了方案，居民可以写信": (0.95, 0)}
    one = case([WON, BEAT, PLAN], [2, 1, 4.2], figures=figures)
    assert text_of(one.decide(chars=17, fuse=False)) == FIRST_TWO
    assert text_of(one.decide(chars=17, fuse=True)) == FUSED
    assert text_of(case([WON, BEAT, PLAN], [2, 1, 6.2], figures=figures).decide(chars=17, fuse=True)) == FIRST_TWO


def test_fusion_counts_for_one_sentence() -> None:
    one = case([WON, BEAT, RIVER], [3, 2, 1], figures={JUDGED: (0.9, 0)})
    assert text_of(one.decide(chars=27, sentences=2, fuse=True)) == FUSED
    assert text_of(one.decide(chars=27, fuse=True)) == FUSED + RIVER


def test_shortened_sentences_are_not_fused() -> None:
    won = "江州队赢得了开幕战，球迷很高兴，城市也很高兴。"
    figures = {"江州队赢得了开幕战": (0.95, 0), JUDGED: (1, 0)}
    one = case([won, BEAT], [12, 4], figures=figures)
    assert text_of(one.decide(chars=20, fuse=True)) == WON + BEAT
