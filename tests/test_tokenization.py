import os
import re
import subprocess
import sys
import time
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.text import tokenization
from summarize.text.language import JIEBA_HAN_RUN
from summarize.text.tokenization import is_word, tokenize


@pytest.fixture(scope="module", autouse=True)
def own_cache(tmp_path_factory):
    """Keep the tests out of the user's cache folder; returns the one they use."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        tokenization._cutter.cache_clear()
        yield folder
    tokenization._cutter.cache_clear()


def words(text):
    return [token for token in tokenize(text) if is_word(token)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't panic.", ["Don't", "panic"]),
        ("rock’n’roll, 'quoted' dogs'", ["rock’n’roll", "quoted", "dogs"]),
        ("state-of-the-art", ["state", "of", "the", "art"]),
        ("café, cafe\u0301, naïve", ["café", "cafe\u0301", "naïve"]),
        ("1,200.5 and 3.5% of 1,000,000", ["1,200.5", "and", "3.5%", "of", "1,000,000"]),
        ("1,200,3000", ["1,200", "3000"]),
        (
            "2018-06-14 2018/6/14 2018.6.14 10:30 10:30:59",
            ["2018-06-14", "2018/6/14", "2018.6.14", "10:30", "10:30:59"],
        ),
        ("v2.0.1, Python 3.11, python3.11, 10.0.0.1", ["v2.0.1", "Python", "3.11", "python3.11", "10.0.0.1"]),
        ("See https://a.org/b?c=d&e=%20f#g. (http://a.org/)", ["See", "https://a.org/b?c=d&e=%20f#g", "http://a.org/"]),
        ("www.example.com, ftp://host/file", ["www.example.com", "ftp://host/file"]),
        ("Mail a.b+c@example.co.uk.", ["Mail", "a.b+c@example.co.uk"]),
        ("GPT-4, COVID-19 and F-16", ["GPT-4", "COVID-19", "and", "F-16"]),
        ("the U.S. and e.g. C++ or C#", ["the", "U.S.", "and", "e.g.", "C++", "or", "C#"]),
        ("snake_case x1 5G 10kg 1st", ["snake_case", "x1", "5G", "10kg", "1st"]),
        ("Привет, мир! 한국어", ["Привет", "мир", "한국어"]),
        ("... --- !!!", []),
        ("", []),
    ],
)
def test_tokenization_of_text_without_chinese(text, expected):
    assert words(text) == expected
    assert "".join(tokenize(text)) == text


def test_time_is_linear_where_a_list_of_numbers_ends_in_a_letter():
    text = "1" + ",111" * 40_000 + "a"  # took minutes when the list was gone through again from each of its numbers
    start = time.process_time()
    tokens = tokenize(text)
    assert time.process_time() - start < 5
    assert "".join(tokens) == text
    assert tokens[-1] == "111a"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我们明天去北京。", ["我们", "明天", "去", "北京"]),
        ("2018年6月14日下午", ["2018年6月14日", "下午"]),
        ("他6月14日走，2018年回", ["他", "6月14日", "走", "2018年", "回"]),
        ("2018年度的3月份", ["2018", "年度", "的", "3", "月份"]),
        ("会议10:30开始", ["会议", "10:30", "开始"]),
        ("增长3.5%，共15万、3.5亿", ["增长", "3.5%", "共", "15万", "3.5亿"]),
        ("投资1,200.5元", ["投资", "1,200.5", "元"]),
        ("约翰·肯尼迪说", ["约翰·肯尼迪", "说"]),
        ("约翰·F·肯尼迪", ["约翰·F·肯尼迪"]),
        ("· 项目", ["项目"]),
        ("用Python3.11和C++写", ["用", "Python3.11", "和", "C++", "写"]),
        ("见https://a.org/b。", ["见", "https://a.org/b"]),
        ("邮箱a.b@example.cn。", ["邮箱", "a.b@example.cn"]),
        ("去café坐坐", ["去", "café", "坐坐"]),
        ("他说don't走", ["他", "说", "don't", "走"]),
        ("T恤和A股", ["T恤", "和", "A股"]),
        ("①②③", ["①", "②", "③"]),
        ("㐀𠀀", ["㐀", "𠀀"]),
    ],
)
def test_tokenization_of_text_with_chinese(text, expected):
    assert words(text) == expected
    assert "".join(tokenize(text)) == text


mixed_text = st.lists(
    st.text("的一是在不了有和人这中大为上个国我以要他时来用们", max_size=8)
    | st.text("0123456789.,:%万亿年月日·-", max_size=8)
    | st.text("abcXYZé'’@._+#/ ", max_size=8)
    | st.sampled_from(["https://", "2018年", "，", "。\n", "约翰·肯尼迪", "GPT-4", "a@b.cn"])
    | st.text(max_size=4),
    max_size=12,
).map("".join)


@settings(deadline=None)
@given(mixed_text)
def test_tokenization_loses_nothing(text):
    tokens = tokenize(text)
    assert "".join(tokens) == text
    assert "" not in tokens


@settings(deadline=None)
@given(mixed_text.filter(JIEBA_HAN_RUN.search))
def test_tokenization_is_that_of_jieba_but_for_what_stays_whole(text):
    """`test_cutting` compares `cut` with stock jieba itself."""
    ends = [0, *accumulate(map(len, tokenize(text)))]
    ends_of_jieba = [0, *accumulate(map(len, tokenization._cutter().cut(text)))]
    assert set(ends) <= set(ends_of_jieba)
    spans = [match.span() for match in tokenization._UNCUT.of(text).finditer(text)]
    spans += [(match.start(), match.end()) for match in re.finditer("[·•‧・]", text)]
    for lost in set(ends_of_jieba) - set(ends):
        start = max(end for end in ends if end < lost)
        end = min(end for end in ends if end > lost)
        assert any(span_start < end and start < span_end for span_start, span_end in spans)
    for span_start, span_end in spans:
        assert not any(span_start < end < span_end for end in ends)


@settings(deadline=None)
@given(st.text())
def test_tokenization_words_have_letters_or_digits(text):
    for token in tokenize(text):
        assert is_word(token) == any(character.isalnum() for character in token)


@pytest.mark.parametrize(
    "run",
    [
        "的",
        "龘",
        "a-",
        "1,200,",
        "1.",
        "a.",
        "a@",
        "http://",
        "A-",
        "A1.",
        "'",
        "a'",
        "1年",
        "·",
        "中·",
        "1.a",
        "a.5",
        "中.5",
    ],
)
def test_tokenization_loses_nothing_of_long_monotonous_text(run):
    text = (run * 10_000)[:10_000] + "x"
    assert "".join(tokenize(text)) == text


@given(mixed_text)
def test_tokenization_finds_the_same_without_the_letters_that_a_text_has_not(text):
    pattern = tokenization._UNCUT
    found = [match.span() for match in pattern.of(text).finditer(text)]
    assert found == [match.span() for match in pattern._of_all.finditer(text)]


@pytest.mark.parametrize("text", ["café", "Ω", "٣", "한국", "ёж"])
def test_tokenization_knows_letters_beyond_ascii(text):
    assert tokenize(f"{text} 雨") == [text, " ", "雨"]


def run_python(code, cache, **environment):
    """Run `code` in a fresh interpreter that must say nothing on stderr; warnings would be said."""
    variables = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    variables |= {"XDG_CACHE_HOME": str(cache), "PYTHONUTF8": "1", **environment}
    command = [sys.executable, "-W", "always", "-c", code]
    result = subprocess.run(command, env=variables, capture_output=True, text=True, encoding="utf-8", check=True)
    assert result.stderr == ""
    return result.stdout.strip()


SHOW = "print('|'.join(tokenize('今天天气好，Python3.11也可以。')), 'jieba' in sys.modules)"
IMPORT = "import sys; from summarize.text.tokenization import tokenize\n"
EXPECTED = "今天天气|好|，|Python3.11|也|可以|。"


def test_tokenization_of_english_loads_neither_jieba_nor_the_dictionary(tmp_path):
    code = IMPORT + (
        "tokenize('No Chinese here.')\n"
        "print([name for name in ('jieba', 'platformdirs', 'summarize.text.dictionary') if name in sys.modules])"
    )
    assert run_python(code, tmp_path) == "[]"


def test_tokenization_needs_jieba_for_the_first_cache_only(tmp_path):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    assert run_python(IMPORT + SHOW, tmp_path, TMPDIR=str(temporary)) == f"{EXPECTED} True"
    assert run_python(IMPORT + SHOW, tmp_path, TMPDIR=str(temporary)) == f"{EXPECTED} False"
    assert list(temporary.iterdir()) == []  # nor does it leave jieba's own cache there


def test_tokenization_without_a_cache_is_the_same_and_quiet(tmp_path):
    (tmp_path / "file").touch()
    assert run_python(IMPORT + SHOW, tmp_path / "file") == f"{EXPECTED} True"
    show_module = IMPORT + SHOW + "\nprint('pkg_resources' in sys.modules)"
    assert run_python(show_module, tmp_path / "file", HOME="/dev/null") == f"{EXPECTED} True\nFalse"
