import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.lexicon import Lexicon, UserDictionary
from summarize.text.asking import read_query, stem


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("违约金是多少？", ("违约金",)),
        ("谁负责叶菜基地", ("负责", "叶菜", "基地")),
        ("總結一下關於預算的討論", ("预算",)),  # in Traditional characters
        ("What did the group say about the remote control?", ("group", "remote", "control")),
        ("Why was work on the bridge suspended?", ("work", "bridge", "suspended")),
        ("Budget budget BUDGET", ("budget",)),
        ("什么?", ()),
        ("What is the passage mainly about?", ()),
        ("??", ()),
        ("", ()),
    ],
)
def test_a_query_is_looked_for_by_the_words_that_do_not_only_ask(text, terms):
    assert read_query(text).terms == terms
    assert read_query(text).text == text


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("票价多少", {"number"}),
        ("什么时候通车", {"time"}),
        ("为什么推迟", {"reason"}),
        ("How many people left, and when?", {"number", "time"}),
        ("reasons for the delay", {"reason"}),
        ("预算", set()),
    ],
)
def test_a_question_wants_a_kind_of_answer(text, wants):
    assert read_query(text).wants == wants


def test_pairs_are_those_of_the_words_that_are_looked_for():
    assert read_query("关于养老服务的预算").pairs == ("养老", "服务", "预算")
    assert read_query("river flood").pairs == ()


def test_own_words_are_not_cut_and_stop_words_not_looked_for():
    lexicon = Lexicon(UserDictionary(["澜江出行"]), frozenset({"优惠"}))
    assert read_query("澜江出行优惠", lexicon).terms == ("澜江出行",)


@pytest.mark.parametrize(
    ("one", "other"),
    [("battery", "batteries"), ("plan", "planned"), ("plan", "planning"), ("cost", "costs"), ("decide", "decided")],
)
def test_forms_of_an_english_word_have_one_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["预算", "is", "as", "5g", "red", "sing"])
def test_short_and_chinese_words_are_their_own_stem(word):
    assert stem(word) == word


@given(st.text(max_size=40))
def test_any_query_can_be_read(text):
    query = read_query(text)
    assert len(set(query.terms)) == len(query.terms)
    for term in query.terms:
        assert term
        stem(term)
