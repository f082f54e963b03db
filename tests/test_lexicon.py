"""Words of a user's own: never cut, or saying nothing."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.decide.words import words_between
from summarize.document import Document
from summarize.lexicon import Lexicon, UserDictionary
from summarize.pipeline import summarize_text
from summarize.text.segmentation import find_sentences
from summarize.text.terms import find_terms, word_spans
from summarize.text.tokenization import tokenize
from summarize.together import summarize_together

FLOOD = "江州市气象台发布暴雨预警。江州市气象台提醒市民远离河道。河道水位上涨了两米。"


def document(text, *own):
    return Document(text, find_sentences(text), "zh", lexicon=Lexicon(UserDictionary(own)))


@pytest.mark.parametrize(
    ("text", "own", "tokens"),
    [
        ("我们用云计算机房", ["云计算"], ["我们", "用", "云计算", "机房"]),
        ("石墨烯电池", ["石墨烯电池", "石墨"], ["石墨烯电池"]),  # the longest
        ("石墨很贵", ["石墨烯电池", "石墨"], ["石墨", "很", "贵"]),
        ("ab云ab", ["云"], ["ab", "云", "ab"]),
        ("the art of party", ["art"], ["the", " ", "art", " ", "of", " ", "party"]),
        ("Machine Learning rocks", ["machine learning"], ["Machine Learning", " ", "rocks"]),
        ("GPT-4和GPT", ["gpt"], ["GPT", "-", "4", "和", "GPT"]),  # before all that is whole by itself
        ("在A股市场", ["a股"], ["在", "A股", "市场"]),
        ("MA股", ["a股"], ["MA股"]),
        ("aaa", ["aa"], ["aaa"]),
        ("啊啊啊", ["啊啊"], ["啊啊", "啊"]),
        ("İ云", ["云"], ["İ", "云"]),  # its small form is two letters
        ("上云", ["云", "云计算"], ["上", "云"]),
        ("", ["云"], []),
        ("云", [], ["云"]),
    ],
)
def test_own_word_is_never_cut(text, own, tokens):
    assert tokenize(text, UserDictionary(own)) == tokens


@given(
    st.text(st.sampled_from("云计算机房上海abAB 1-.，")),
    st.lists(st.text(st.sampled_from("云计算机上ab"), min_size=1, max_size=3), max_size=4),
)
def test_tokens_give_the_text_and_every_word_of_characters_is_whole(text, own):
    words = UserDictionary(own)
    tokens = tokenize(text, words)
    assert "".join(tokens) == text
    pieces = list(words.pieces(text))
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert all((piece.lower() in {word.lower() for word in own}) for piece, is_own in pieces if is_own)
    rest = [piece.lower() for piece, is_own in pieces if not is_own]
    for word in own:
        if not word.isascii() and not any(character.isascii() for character in word):
            assert not any(word in piece for piece in rest)


def test_terms_and_their_places_have_own_words():
    found = document(FLOOD, "江州市气象台", "暴雨预警")
    assert {"江州市气象台", "暴雨预警"} <= set(find_terms(found).terms)
    first = next(word_spans(found))
    assert [FLOOD[start:end] for start, end in first] == ["江州市气象台", "发布", "暴雨预警"]


def test_own_word_may_be_written_in_traditional_characters_in_the_text():
    assert "云计算" in find_terms(document("雲計算很貴。", "云计算")).terms


def test_words_of_shortening_and_fusion_are_the_same():
    assert words_between(document(FLOOD, "江州市气象台"), 0, 13)[0].text == "江州市气象台"
    assert words_between(document(FLOOD), 0, 13)[0].text != "江州市气象台"


def test_own_word_may_be_a_keyword():
    plain = summarize_text(FLOOD, keywords=3).keywords
    own = summarize_text(FLOOD, keywords=3, lexicon=Lexicon(UserDictionary(["江州市气象台"]))).keywords
    assert "江州市气象台" not in [keyword.text for keyword in plain]
    assert own[0].text == "江州市气象台"
    assert own[0].spans == ((0, 6), (13, 19))


def test_stop_word_is_no_keyword_and_no_part_of_one():
    text = "The river gauge failed. The river gauge was old. Nobody read the river gauge or the report."
    assert summarize_text(text, keywords=1).keywords[0].text == "river gauge"
    for stop_words, others in (({"river"}, {"gauge"}), ({"river", "gauge"}, {"read"})):
        keywords = summarize_text(text, keywords=5, lexicon=Lexicon(stop_words=frozenset(stop_words))).keywords
        found = {keyword.text for keyword in keywords}
        assert others <= found
        assert not any(word in keyword for word in stop_words for keyword in found)


def test_sentences_are_not_alike_by_stop_words():
    text = "甲队在主场赢球。乙队在主场输球。丙队换了教练。"
    plain = summarize_text(text, explain=True).explanation.reading
    deaf = summarize_text(text, explain=True, lexicon=Lexicon(stop_words=frozenset({"主场", "队", "在"})))
    assert deaf.explanation.reading.similarity(0)[1] < plain.similarity(0)[1]


def test_text_of_stop_words_alone_has_a_summary():
    stop_words = frozenset(find_terms(document(FLOOD)).terms)
    summary = summarize_text(FLOOD, sentences=1, keywords=3, lexicon=Lexicon(stop_words=stop_words))
    assert summary.text
    assert summary.keywords == ()
    assert sum(summary.weights) == pytest.approx(1)


def test_texts_that_are_summarized_together_have_it_each(monkeypatch):
    seen = []
    monkeypatch.setattr("summarize.together.join_documents", lambda documents, *more: seen.extend(documents) or 1 // 0)
    lexicon = Lexicon(UserDictionary(["江州市气象台"]))
    with pytest.raises(ZeroDivisionError):
        summarize_together([FLOOD, "雪停了。"], lexicon=lexicon)
    assert [document.lexicon for document in seen] == [lexicon, lexicon]
    monkeypatch.undo()
    (keyword,) = summarize_together([FLOOD, "雪停了。"], keywords=1, lexicon=lexicon).keywords
    assert keyword.text == "江州市气象台"


def test_lexicon_goes_to_other_processes():
    lexicon = pickle.loads(pickle.dumps(Lexicon(UserDictionary(["云计算"]), frozenset({"的"}))))
    assert list(lexicon.own.pieces("用云计算")) == [("用", False), ("云计算", True)]
    assert lexicon.stop_words == {"的"}
