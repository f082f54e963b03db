import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import document_of, random_model
from strategies import any_texts, few_examples

from summarize.document import ATTENTION_KINDS, Source
from summarize.errors import ModelError
from summarize.lexicon import Lexicon
from summarize.network.query import (
    MATCH_FEATURES,
    SALIENCE,
    WEIGHTS_FILE,
    QueryMatcher,
    QueryScorer,
    load_weights,
    save_weights,
)
from summarize.network.scorer import NetworkScorer
from summarize.pipeline import default_scorer, summarize_text
from summarize.text.asking import read_query
from summarize.text.documents import as_document
from summarize.text.terms import find_terms

NOTICE = (
    "社区食堂下周一开门，一楼卖早餐，二楼供应午饭。老人凭证打八折，外地亲属不打折。"
    "食堂由街道和一家餐饮公司合办，合同三年一签。停车位只有六个，大家尽量走路来。"
    "菜单每周五贴在门口，也发在群里。"
)


def evenly(words):
    return np.ones(len(words))


def features(document, query, information=evenly):
    found = QueryMatcher(document, find_terms(document), default_scorer().model, read_query(query), information)
    return {name: found.features[:, column] for column, name in enumerate(MATCH_FEATURES)}, found


RIVER = document_of("Rain fell all day.", "The river rose.", "A river flood closed roads.", "We slept.")


def test_neighbours_have_what_a_sentence_has_of_what_the_text_has():
    # Of "river" and "flood" both stand in the text: the second sentence has half of them, the third all.
    found, matching = features(RIVER, "river flood")
    assert found["before"].tolist() == [0, 0, 0.5, 1]
    assert found["behind"].tolist() == [0.5, 1, 0, 0]
    assert found["around"].tolist() == [1, 1, 1, 1]  # all lie within ten sentences
    assert matching.is_matched


def test_a_text_with_the_lesser_part_of_a_query_has_at_most_what_it_has_of_half_of_it():
    found, _ = features(RIVER, "river budget remote control")  # one of four words: 1 / (4 / 2)
    assert found["before"].tolist() == [0, 0, 0.5, 0.5]


def test_ranking_favours_rare_words_and_short_sentences():
    ranking = features(RIVER, "river flood")[0]["ranking"]
    assert ranking[2] == 1
    assert 0 < ranking[1] < 1
    assert ranking[[0, 3]].tolist() == [0, 0]


def test_a_word_that_has_but_the_stem_counts_nearly_as_much():
    document = document_of("Batteries failed.", "A battery burned.", "Nothing else did.")
    assert features(document, "battery")[0]["before"].tolist() == [0, 0.9, 1]


def test_a_chinese_word_is_met_by_one_that_it_is_a_part_of():
    document = document_of("地铁站关了。", "大家走路。", language="zh")
    found, matching = features(document, "地铁")
    assert found["pairs"].tolist() == [1, 0]
    assert matching.is_matched


def test_words_near_in_meaning_count_less_than_the_word_itself():
    document = document_of("公司支付费用。", "公司缴纳罚款。", "鸟儿在树上。", language="zh")
    near = features(document, "费用")[0]["near_words"]
    assert near[0] == 1
    assert 1 > near[1] > near[2]


def test_sentences_stand_under_their_headings():
    document = document_of("Budget", "Costs", "It rose.", "It fell.", "Staff", "Two left.", headings=[0, 1, 4])
    assert features(document, "budget")[0]["heading"].tolist() == [0, 0, 1, 1, 0, 0]


def test_the_name_of_a_speaker_answers_who_is_asked_for():
    text = "王敏：下周一开门。\n李强：合同签了吗？\n王敏：还没有签。\n李强：抓紧办。"
    found, matching = features(as_document(Source(text, "utf-8")), "王敏说了什么")
    assert found["speaker"].tolist() == [1, 0, 1, 0]
    assert matching.is_matched


def test_sentences_have_what_a_question_wants():
    document = document_of("来了三十人。", "因为下雨，没人来。", "周五再来。", language="zh")
    assert features(document, "来了多少人")[0]["wanted_number"].tolist() == [1, 0, 0]
    assert features(document, "为什么没来")[0]["wanted_reason"].tolist() == [0, 1, 0]
    assert features(document, "什么时候来")[0]["wanted_time"].tolist() == [0, 0, 1]
    assert not features(document, "来的人")[0]["wanted_number"].any()


@pytest.mark.parametrize("query", ["火星探测", "mars rover", "什么", "??", "\x00"])
def test_a_query_that_nothing_has_to_do_with_is_said_to_be_none(query):
    asked = summarize_text(NOTICE, sentences=2, query=query)
    plain = summarize_text(NOTICE, sentences=2)
    assert not asked.query.is_matched
    assert (asked.text, asked.weights) == (plain.text, pytest.approx(plain.weights))


def test_a_light_word_of_a_query_alone_is_no_match():
    information = {"天": 1.0, "彗星": 9.0}
    document = document_of("今天 天 很好。", language="zh")

    def of(words):
        return np.array([information.get(word, 1.0) for word in words])

    terms = find_terms(document)
    query = read_query("彗星 天")
    assert query.terms == ("彗星", "天")
    assert not QueryMatcher(document, terms, default_scorer().model, query, of).is_matched


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("停车", "停车位只有六个，大家尽量走路来。"),
        ("老人有什么优惠，打几折？", "老人凭证打八折，外地亲属不打折。"),
        ("菜单在哪里看", "菜单每周五贴在门口，也发在群里。"),
        ("停車", "停车位只有六个，大家尽量走路来。"),
    ],
)
def test_the_summary_answers_what_is_asked(query, answer):
    summary = summarize_text(NOTICE, sentences=1, query=query)
    assert summary.text == answer
    assert summary.query.is_matched
    assert sum(summary.weights) == pytest.approx(1)


def test_a_query_holds_under_every_length():
    for length in ({"chars": 20}, {"words": 20}, {"ratio": 0.2}, {}):
        assert "停车位" in summarize_text(NOTICE, query="停车", **length).text


def test_the_words_that_were_asked_for_are_found_where_they_stand():
    text = "The art fair opened. Nobody started the ART tour."
    summary = summarize_text(text, query="art fair", sentences=1)
    spans = [[text[start:end] for start, end in own] for own in summary.query.spans]
    assert spans == [["art", "fair"], ["ART"]]  # not in "started"
    assert summary.query.terms == ("art", "fair")


def test_why_says_what_the_query_added():
    summary = summarize_text(NOTICE, sentences=1, query="停车", explain=True)
    weighing = summary.explanation.account.weighings[summary.attention]
    assert weighing.weights == pytest.approx(summary.weights, abs=1e-6)
    assert int(np.argmax(weighing.terms["query"])) == summary.selected[0]


def test_stop_words_of_the_user_are_not_looked_for():
    assert not summarize_text(NOTICE, query="停车位", lexicon=Lexicon(None, frozenset({"停车位"}))).query.is_matched


@pytest.mark.parametrize("query", ["", " \n"])
def test_an_empty_query_is_wrong(query):
    with pytest.raises(ValueError, match="the query is empty"):
        summarize_text(NOTICE, query=query)


@few_examples
@given(st.integers(0, 20), any_texts, st.text(min_size=1, max_size=12))
def test_any_query_of_any_text_gives_weights_that_their_terms_add_up_to(seed, text, query):
    document = as_document(Source(f"{text}\nThe river flood. 城市下雨。", "utf-8"))
    weights = np.linspace(0, 2, len(MATCH_FEATURES) + 1)
    reading = QueryScorer(NetworkScorer(random_model(seed)), query, weights).read(document, 2)
    account = reading.explain()
    for kind in ATTENTION_KINDS:
        shares, weighing = reading.weigh(kind), account.weighings[kind]
        assert shares.sum() == pytest.approx(1)
        assert not shares[~reading.mask].any()
        assert weighing.weights == pytest.approx(shares, abs=1e-6)
        logs = np.log(np.maximum(shares[reading.mask], 1e-300))
        assert weighing.scores[reading.mask] == pytest.approx(logs - logs.mean(), abs=1e-2)
    assert reading.for_length(2) is reading
    for own, sentence in zip(reading.query.spans, document.sentences, strict=True):
        for start, end in own:
            assert sentence.body <= start < end <= sentence.end


def test_the_shipped_weights_are_none_that_counts_against_an_answer():
    weights = load_weights()
    assert len(weights) == len(MATCH_FEATURES) + 1
    assert (weights >= 0).all()


def test_weights_survive_a_round_trip(tmp_path):
    weights = np.arange(len(MATCH_FEATURES) + 1) / 8
    save_weights(weights, tmp_path / "query.json")
    assert load_weights(tmp_path / "query.json").tolist() == weights.tolist()


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record | {"format": 99},
        lambda record: record | {"weights": {"ranking": 1.0}},
        lambda record: record | {"weights": record["weights"] | {"ranking": "much"}},
        lambda record: record | {"weights": record["weights"] | {"ranking": float("nan")}},
        lambda record: record | {"weights": record["weights"] | {"ranking": [1.0]}},
        lambda record: record | {"weights": record["weights"] | {SALIENCE: -1.0}},
        lambda record: {"format": 1},
        lambda record: [],
    ],
)
def test_weights_of_another_make_are_an_error_of_one_line(tmp_path, change):
    path = tmp_path / "query.json"
    path.write_text(json.dumps(change(json.loads(WEIGHTS_FILE.read_text(encoding="utf-8")))), encoding="utf-8")
    with pytest.raises(ModelError, match="the query weights cannot be used") as caught:
        load_weights(path)
    assert "\n" not in str(caught.value)


def test_missing_weights_are_an_error(tmp_path):
    with pytest.raises(ModelError, match="the query weights cannot be used"):
        load_weights(tmp_path / "none.json")
