import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import document_of, random_model
from strategies import few_examples

from summarize.document import ATTENTION_KINDS, Source
from summarize.errors import InputError
from summarize.network.bags import SentenceBags
from summarize.network.scorer import NetworkScorer, term_idf
from summarize.network.together import MAX_ORDERS, MultiDocumentScorer, document_similarity
from summarize.pipeline import default_scorer, summarize_text
from summarize.text.days import Day
from summarize.text.documents import as_document
from summarize.text.joining import join_documents
from summarize.text.terms import find_terms
from summarize.together import summarize_together, text_day

FIRST = (
    "昨天夜里，城南的河堤出现一处裂缝，附近两个小区的居民被转移到学校。\n"
    "市长在现场说，裂缝已经堵住。一位居民说，他夜里听见了响声。"
)
SECOND = (
    "本报讯 城南河堤的裂缝昨夜被堵住，两个小区的居民今天下午陆续回家。\n"
    "水务局将在一个月内检查全市的河堤。食堂给转移的居民准备了热饭。"
)
TEXTS = st.lists(
    st.lists(
        st.sampled_from(["The river flood came.", "The city rose.", "今天下雨。", "我们的城市。", "河水涨了。"]),
        min_size=1,
        max_size=3,
    ).map(" ".join),
    min_size=1,
    max_size=4,
)


def scorer_of(texts, model, days=None):
    documents = [as_document(Source(text, "utf-8")) for text in texts]
    joined = join_documents(documents, [""] * len(texts))
    return joined, MultiDocumentScorer(model, joined, documents, days or [None] * len(texts))


def test_each_sentence_of_the_summary_says_which_text_it_is_from():
    summary = summarize_together([FIRST, SECOND], ["甲.txt", "乙.txt"], sentences=2)
    document = summary.document
    assert [(place.value, document.text[place.start :][:4]) for place in document.texts] == [
        ("甲.txt", "昨天夜里"),
        ("乙.txt", "本报讯 "),
    ]
    assert list(summary.selected) == sorted(summary.selected)  # by text, then by place
    for piece in summary.pieces:
        assert piece.start is None or document.text[piece.start : piece.end] == piece.text


def test_texts_are_called_by_their_name_or_title_or_number():
    sources = [Source(FIRST, "utf-8", name="第 3 行"), Source(SECOND, "utf-8", title="河堤"), "雨停了。"]
    assert [place.value for place in summarize_together(sources).document.texts] == ["第 3 行", "河堤", "3"]


def test_what_two_texts_say_is_said_once():
    summary = summarize_together(["河水昨天夜里涨了两米，码头停航。"] * 3, sentences=3)
    assert summary.text == "河水昨天夜里涨了两米，码头停航。"
    assert [verdict.outcome for verdict in summary.verdicts].count("repeats") == 2


def test_of_two_wordings_of_one_fact_one_is_left_out():
    one = "台风海葵昨晚在澜江口登陆，三十二个镇停电，渡轮全部停航，学校停课一天。"
    other = "受台风海葵影响，渡轮全部停航。"
    summary = summarize_together([one, f"{other}气象台说，周末天气会转好，海面风力减弱到五级。"], sentences=3)
    outcomes = dict(zip(summary.document.sentence_texts(), (one.outcome for one in summary.verdicts), strict=True))
    assert sorted([outcomes[one], outcomes[other]]) == ["chosen", "repeats"]


def test_the_newest_figures_are_printed_in_whatever_order_the_texts_come():
    old = "8月10日\n截至8月10日，城南滑坡已造成12人死亡，救援还在继续。道路中断，电力也断了。"
    new = "8月12日\n截至8月12日，城南滑坡已造成19人死亡，救援已经结束。道路恢复通行。"
    for texts in ([old, new], [new, old]):
        for length in ({"sentences": 1}, {"chars": 30}, {}):
            summary = summarize_together(texts, **length)
            assert "19人" in summary.text
            assert "12人" not in summary.text
        outcomes = [verdict.outcome for verdict in summary.verdicts]
        assert outcomes.count("superseded") == 1
        assert summary.weights[outcomes.index("superseded")] > 0


def test_what_several_texts_say_weighs_more_than_what_one_says():
    said_twice, said_once = "码头因为大风停航三天。", "灯塔今年春天刷了油漆。"
    texts = [f"{said_once}{said_twice}", "因为大风，码头停航三天。老王卖掉了他的渔船。"]
    joined, scorer = scorer_of(texts, default_scorer().model)
    weights = dict(zip(joined.sentence_texts(), scorer.read(joined, 1).weigh("parallel"), strict=True))
    alone = summarize_text(joined.text).weights
    assert weights[said_twice] / weights[said_once] > alone[1] / alone[0]


@few_examples
@given(st.integers(0, 20), TEXTS, st.integers(1, 5))
def test_weights_sum_to_one_and_their_terms_add_up_to_them(seed, texts, target_sentences):
    joined, scorer = scorer_of(texts, random_model(seed))
    reading = scorer.read(joined, target_sentences)
    account = reading.explain()
    for kind in ATTENTION_KINDS:
        weights, weighing = reading.weigh(kind), account.weighings[kind]
        assert weights.sum() == pytest.approx(1)
        assert not weights[~reading.mask].any()
        assert weighing.weights == pytest.approx(weights, abs=1e-6)
        logs = np.log(weights[reading.mask])
        assert weighing.scores[reading.mask] == pytest.approx(logs - logs.mean(), abs=1e-3)
        assert "agreement" in weighing.terms
    shares, steps = account.steps
    assert shares @ steps == pytest.approx(reading.weigh("sequential"), abs=1e-6)
    assert reading.for_length(target_sentences) is reading
    longer = scorer.read(joined, 5).weigh("parallel")
    assert reading.for_length(5).weigh("parallel") == pytest.approx(longer, abs=1e-6)


@few_examples
@given(st.integers(0, 20), TEXTS, st.integers(0, 3))
def test_with_which_text_one_begins_is_no_reason(seed, texts, turn):
    joined, scorer = scorer_of(texts, random_model(seed))
    order = [(place + turn) % len(texts) for place in range(len(texts))]
    turned, other = scorer_of([texts[place] for place in order], random_model(seed))
    sizes = [len(as_document(Source(text, "utf-8")).sentences) for text in texts]
    firsts = np.cumsum([0, *sizes])
    indices = [index for place in order for index in range(firsts[place], firsts[place + 1])]
    weights = scorer.read(joined, 2).weigh("tree")
    assert other.read(turned, 2).weigh("tree") == pytest.approx(weights[indices], abs=1e-5)


@few_examples
@given(st.integers(0, 20), TEXTS)
def test_one_text_is_weighed_as_it_is_by_itself(seed, texts):
    joined, scorer = scorer_of(texts[:1], random_model(seed))
    alone = NetworkScorer(scorer.model).read(joined, 2).weigh("parallel")
    assert scorer.read(joined, 2).weigh("parallel") == pytest.approx(alone, abs=1e-6)


def test_many_texts_are_read_beginning_with_a_few_of_them():
    texts = [f"今天河水涨了{number}米，城市停电。" for number in range(MAX_ORDERS + 3)]
    joined, scorer = scorer_of(texts, random_model(1))
    assert scorer.read(joined, 1).weigh("tree").sum() == pytest.approx(1)


def test_a_part_of_the_texts_is_read_as_any_document():
    joined, scorer = scorer_of(["今天下雨。", "河水涨了。"], random_model(2))
    part = as_document(Source("河水涨了。", "utf-8"))
    assert scorer.read(part, 1).weigh("tree").tolist() == [1]
    assert len(scorer.read(joined, 1).weigh("tree")) == 2


def test_nearness_is_the_cosine_of_texts():
    document = document_of("river flood", "river flood river", "city", "")
    terms = find_terms(document)
    model = random_model(1)
    bags = SentenceBags(terms, term_idf(terms, model.vocabulary, model.idf))
    found = document_similarity(bags, np.array([0, 1, 2, 3]), np.array([True, True, True, False]))
    assert found[0, 0] == pytest.approx(1)
    assert 0 < found[0, 1] < 1
    assert found[:2, 2].tolist() == [0, 0]
    assert found[3].tolist() == [0, 0, 0, 0]  # nothing of it counts


@pytest.mark.parametrize(
    ("text", "name", "title", "day"),
    [
        ("雨停了。", "通报-20240812.txt", None, Day(2024, 8, 12)),
        ("雨停了。", "b.txt", "8月12日通报", Day(None, 8, 12)),
        ("雨停了\n\n2024年8月12日 07:30\n\n今天雨停了，道路恢复通行。", "", None, Day(2024, 8, 12, 450)),
        ("新华社澜江8月12日电 雨停了。9月3日开学。", "", None, Day(None, 8, 12)),
        ("雨停了。截至8月12日8时，没有人受伤。", "", None, Day(None, 8, 12, 480)),
        ("The rain stopped. As of May 3, 2024 nobody was hurt.", "", None, Day(2024, 5, 3)),
        ("雨停了。他生于1998年3月2日。", "3.txt", None, None),  # a day that it tells of
    ],
)
def test_the_day_of_a_text_is_where_texts_have_it(text, name, title, day):
    assert text_day(as_document(Source(text, "utf-8", title=title)), name) == day


def test_options_of_a_summary_hold_for_several_texts():
    summary = summarize_together([FIRST, SECOND], chars=40, explain=True, query="河堤检查")
    assert len(summary.text) <= 40
    assert summary.query is not None
    assert summary.query.is_matched
    assert {"agreement", "query"} <= summary.explanation.account.weighings["tree"].terms.keys()
    two = summary.explanation.answer("parallel", 2)
    assert len([index for draft in two.drafts for index in draft.indices]) == 2


def test_empty_texts_add_nothing():
    assert summarize_together([FIRST, "", " \n"], sentences=1).text == summarize_text(FIRST, sentences=1).text
    with pytest.raises(InputError, match="the texts are empty"):
        summarize_together(["", "\n"])
    with pytest.raises(InputError, match="the text is empty"):
        summarize_together(["\x01\n"])


def test_a_call_without_texts_or_with_too_few_names_is_wrong():
    with pytest.raises(ValueError, match="no text to summarize"):
        summarize_together([])
    with pytest.raises(ValueError, match="1 names for 2 texts"):
        summarize_together(["甲。", "乙。"], ["a"])
