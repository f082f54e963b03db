import warnings
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.text import tokenization
from summarize.text.cutting import WordSegmenter
from summarize.text.dictionary import WordDictionary
from summarize.text.dictionary_cache import NEVER, HiddenMarkovModel

TEXTS = [
    "他来到了网易杭研大厦，小明硕士毕业于中国科学院计算所。",
    "南京市长江大桥上个月重新通车，全长六千七百多米。",
    "结婚的和尚未结婚的都要登记；乒乓球拍卖完了。",
    "龘靐齉爩鱻麤龗灪厵滟爨癵籱饢驫",
    "李雯丽与欧阳震华昨日在石家庄见到了叶莉雅丝塔娜",
    "这款App用C++和c#写成，AT&T与B超、T恤、卡拉OK都在词典里。",
    "第1.5节\r\n\t版本 2.0.1-beta_3+build%20，见https://example.org/?a=b&c=d#e。",
    "臺灣的天氣真好，繁體字也要能切。",
    "①②③・カタカナとひらがな 한국어 Ελλάδα 𠀀𠀁㐀",
    "百分之三十五、二〇二三年、十一万五千三百二十四元整",
    "哈哈哈哈哈哈哈哈的的的的了了了了了是是是",
    "a中b文c字1二3四.五%六-七_八+九#十&",
    "\u3000\u00a0\u2028\x85 \x1c空白\n\n",
    "-",
    "",
]


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """jieba as it comes, but for its cache, which would lie in the shared temporary folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel("ERROR")
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    tokenizer.initialize()
    return tokenizer


@pytest.fixture(scope="module")
def source(stock):
    with stock.get_dict_file() as file:
        return Path(file.name)


@pytest.fixture(scope="module")
def open_cutter(source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    return lambda: WordSegmenter(WordDictionary(source, tokenization._read_model, folder))


@pytest.fixture(scope="module")
def cutter(open_cutter):
    open_cutter()  # leaves the cache that the tests are to use
    return open_cutter()


@pytest.mark.parametrize("text", TEXTS)
def test_cutting_is_stock_jieba_on_written_text(stock, open_cutter, text):
    assert open_cutter().cut(text) == list(stock.cut(text))


@pytest.fixture(scope="module")
def words(stock):
    return sorted(word for word, frequency in stock.FREQ.items() if frequency)


@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_cutting_is_stock_jieba_on_random_text(stock, cutter, words, data):
    piece = (
        st.integers(0, len(words) - 1).map(words.__getitem__)
        | st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), max_size=6)
        | st.text("的一是了我不人在有中大来上国说，。·", max_size=6)
        | st.text("abzAZ059+#&._%- \r\n", max_size=6)
        | st.text(max_size=3)
    )
    text = "".join(data.draw(st.lists(piece, max_size=20)))
    assert cutter.cut(text) == list(stock.cut(text))


def test_cutting_has_all_words_of_stock_jieba(stock, open_cutter, words):
    loaded = open_cutter()._dictionary
    loaded.load("\n".join(words))
    assert loaded.loaded.frequencies == stock.FREQ
    assert loaded.total == stock.total


@pytest.mark.parametrize("run", ["的", "龘靐", "中华人民共和国", "哈", "a中", "1.5"])
def test_cutting_loses_nothing_of_long_monotonous_text(cutter, run):
    text = (run * 20_000)[:20_000]
    assert "".join(cutter.cut(text)) == text


def make_cutter(tmp_path, lines, emission):
    path = tmp_path / "dict.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    # Half and half wherever there is a choice, so that emissions decide.
    model = HiddenMarkovModel((log(0.5), NEVER, NEVER, log(0.5)), (log(0.5),) * 8, emission)
    return WordSegmenter(WordDictionary(path, lambda: model, None))


def test_cutting_takes_the_most_probable_words(tmp_path):
    # 甲乙|丙: 20/100 * 30/100 = 0.06;  甲|乙丙: 10/100 * 40/100 = 0.04.
    assert make_cutter(tmp_path, ["甲 10 n", "丙 30 n", "甲乙 20 n", "乙丙 40 n"], {}).cut("甲乙丙") == ["甲乙", "丙"]
    # 甲乙|丙: 10/100 * 20/100 = 0.02;  甲|乙丙: 20/100 * 50/100 = 0.1.
    assert make_cutter(tmp_path, ["甲 20 n", "丙 20 n", "甲乙 10 n", "乙丙 50 n"], {}).cut("甲乙丙") == ["甲", "乙丙"]


def test_cutting_prefers_the_longer_first_word_of_equal_ways(tmp_path):
    assert make_cutter(tmp_path, ["甲 25 n", "丙 25 n", "甲乙 25 n", "乙丙 25 n"], {}).cut("甲乙丙") == ["甲乙", "丙"]


def test_cutting_finds_unknown_words_by_the_model(tmp_path):
    emission = {
        "甲": (-1.0, -9.0, -9.0, -9.0),  # begins
        "乙": (-9.0, -1.0, -9.0, -9.0),  # stands inside
        "丙": (-9.0, -9.0, -1.0, -9.0),  # ends
        "丁": (-9.0, -9.0, -9.0, -1.0),  # stands alone
    }
    cutter = make_cutter(tmp_path, ["子 1 n"], emission)
    assert cutter.cut("甲乙乙丙丁甲丙，丁丁") == ["甲乙乙丙", "丁", "甲丙", "，", "丁", "丁"]


def test_cutting_leaves_single_characters_that_are_a_word_together(tmp_path):
    emission = {"甲": (-1.0, -9.0, -9.0, -9.0), "乙": (-9.0, -9.0, -1.0, -9.0)}
    assert make_cutter(tmp_path, ["子 1 n"], emission).cut("甲乙") == ["甲乙"]
    # As a word 甲乙 (1/1801) is less probable than 甲|乙 (900/1801 each), and the model is not asked.
    assert make_cutter(tmp_path, ["甲 900 n", "乙 900 n", "甲乙 1 n"], emission).cut("甲乙") == ["甲", "乙"]
