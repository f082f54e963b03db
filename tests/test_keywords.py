"""Keywords by hand: every word has the information that `FakeReading` gives, 4, and single characters 1."""

import re

import numpy as np
import pytest
from hypothesis import given
from strategies import articles

from summarize.decide.keywords import find_keywords, is_telling
from summarize.document import Document, Sentence, Source
from summarize.pipeline import default_scorer, summarize_text
from summarize.summary import Keyword
from summarize.text.documents import as_document


class Informant:
    """Knows how telling words are.

    Args:
        known: information by word; 4 of all others.
    """

    def __init__(self, **known: float) -> None:
        self.known = known

    def information(self, terms):
        return np.array([self.known.get(term, 4.0) for term in terms])


def keywords(text: str, count: int = 9, *, weights: list[float] | None = None, **known: float) -> tuple[Keyword, ...]:
    document = as_document(Source(text, "utf-8"))
    size = len(document.sentences)
    shares = np.full(size, 1 / size) if weights is None else np.array(weights)
    return find_keywords(document, shares, Informant(**known), count)


def words(text: str, count: int = 9, **options) -> list[str]:
    return [keyword.text for keyword in keywords(text, count, **options)]


def test_what_stands_often_is_telling():
    assert words("The bridge closed. The bridge opened. Ferries waited.", 1) == ["bridge"]


def test_score_is_by_frequency_attention_information_and_words_of_a_phrase():
    text = "Ferries waited. Bridge piers cracked. Bridge piers leaked."
    # (1 - 1/2) / 3 = 1/6 of each sentence, and half its weight: ferries 1/6 + 1/4, the phrase 2/6 + 1/4.
    found = {k.text: k.weight for k in keywords(text, weights=[0.5, 0.25, 0.25], ferries=9.0, bridge=9.0, piers=7.0)}
    assert found["Bridge piers"] == 1.0
    assert found["Ferries"] == pytest.approx((1 / 6 + 1 / 4) * 3 / ((2 / 6 + 1 / 4) * np.sqrt(8) * 1.5))
    assert "Bridge" not in found


def test_what_the_network_looks_at_counts_more():
    text = "Ferries waited. Piers cracked."
    assert words(text, 1, weights=[0.9, 0.1])[0] in ("Ferries", "waited")
    assert words(text, 1, weights=[0.1, 0.9])[0] in ("Piers", "cracked")


def test_equal_words_stand_in_their_order():
    assert words("Ferries waited. Piers cracked.") == ["Ferries", "waited", "Piers", "cracked"]


def test_words_that_always_stand_together_are_a_phrase():
    text = "Attention weights rose. He saw attention weights. Weights of steel broke."
    assert words(text, 1) == ["attention weights"]  # "weights" stands without it, "attention" never
    assert "attention" not in words(text)


def test_words_that_also_stand_apart_are_none():
    assert "river city" not in words("The river city slept. A river city woke. One river, one city. River. City.")


def test_neighbours_once_are_no_phrase():
    assert "cracked piers" not in words("Cracked piers stood there.")


def test_no_phrase_reaches_over_a_mark():
    found = words("Piers, cracks and rust. Piers, cracks and dust.")
    assert {"Piers", "cracks"} <= set(found)


def test_phrase_that_a_line_end_parts_is_one():
    text = "澜江大桥停工了。今天上午，澜江\n大桥复工了。"
    document = Document(text, (Sentence(0, 8, 0), Sentence(8, len(text), 0)), "zh")
    assert [keyword.text for keyword in find_keywords(document, np.full(2, 0.5), Informant(), 1)] == ["澜江大桥"]


def test_chinese_names_beside_each_other_are_no_phrase():
    found = words("贺蓓 陆远 去了北湾。贺蓓 陆远 去了江州。")
    assert not any(" " in word for word in found)


@pytest.mark.parametrize(
    "word", ["the", "and", "of", "的", "一个", "我们", "3.5%", "2018年", "十一月", "两个", "48", "百万"]
)
def test_grammar_and_numbers_are_not_telling(word):
    assert not is_telling(word)


@pytest.mark.parametrize("word", ["bridge", "gpt-4", "四川", "三亚", "万科", "百度", "数据", "千岛湖"])
def test_names_are_telling_though_they_look_like_numbers(word):
    assert is_telling(word)


def test_what_a_number_counts_is_no_keyword():
    assert words("4号线开通。4号线载客。") == ["开通", "载客"]


def test_word_of_every_text_is_none():
    assert words("Things cracked. Things broke.", thing=1.9, things=1.9) == ["cracked", "broke"]


def test_single_characters_are_none_by_themselves():
    assert words("雨。风。雨。") == []


def test_plural_is_one_with_its_singular_and_the_usual_form_is_printed():
    found = keywords("A pier cracked. The piers leaked. Piers fell. Some piers stand.")[0]
    assert (found.text, len(found.spans)) == ("piers", 4)


def test_owner_is_a_word():
    (found,) = keywords("Harwick's bridge. Harwick slept.", 1)
    assert (found.text, found.spans) == ("Harwick", ((0, 7), (18, 25)))


def test_traditional_characters_are_one_word_with_simplified_ones():
    found = keywords("收音機來了。收音机好用。他修收音機。", 1)[0]
    assert (found.text, len(found.spans)) == ("收音機", 3)


def test_word_inside_of_a_better_one_is_not_said_again():
    text = "Attention weights rose. Attention weights fell. Some weights of steel."
    found = words(text)
    assert found[0] == "Attention weights"
    assert "weights" not in found


def test_apparatus_names_nothing_while_there_is_text():
    assert "Smith" not in words("By John Smith\n\nThe bridge closed today.\n")


def test_spans_are_where_it_stands():
    text = "The bridge closed. The bridge opened."
    (found,) = keywords(text, 1)
    assert [text[start:end] for start, end in found.spans] == ["bridge", "bridge"]


def test_nothing_has_no_keywords():
    assert keywords("的了呢。") == ()


def test_foreign_text_has_no_keywords():
    assert keywords("Это старая библиотека. Библиотека была мала, и новая библиотека будет больше.") == ()


def test_library_finds_as_many_as_asked_for():
    text = "The bridge closed after inspectors found cracks in its piers. The council voted to repair the piers."
    summary = summarize_text(text, keywords=3)
    assert len(summary.keywords) == 3
    assert summary.keywords[0].text == "piers"
    assert summarize_text(text).keywords is None


@pytest.mark.parametrize("count", [0, -1])
def test_library_refuses_to_find_none(count):
    with pytest.raises(ValueError, match=f"keywords must be at least 1, got {count}"):
        summarize_text("It rained all day.", keywords=count)


@given(articles())
def test_keywords_are_runs_of_the_text_and_weights_fall(text):
    found = summarize_text(text, keywords=5, scorer=default_scorer()).keywords
    weights = [keyword.weight for keyword in found]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 for weight in weights)
    assert weights[:1] in ([], [1.0])
    for keyword in found:
        starts = [start for start, _ in keyword.spans]
        assert starts == sorted(starts)
        forms = {re.sub(r"\s+", " ", text[start:end]) for start, end in keyword.spans}
        assert keyword.text in forms or any(keyword.text == form.replace(" ", "") for form in forms)
