import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.decide import words
from summarize.formats.json_lines import to_json_line
from summarize.lexicon import UserDictionary
from summarize.pipeline import summarize_text
from summarize.text import tokenization
from summarize.text.cutting import WordSegmenter
from summarize.text.dictionary import WordDictionary
from summarize.text.fast_cutting import _ROUNDED, FastWordSegmenter, make_fast_segmenter
from summarize.text.tokenization import FAST_FROM_CHARS, tokenize, tokenize_all

rjieba = pytest.importorskip("rjieba")
ROOT = Path(__file__).parent.parent
TEXTS = [
    "他来到了网易杭研大厦，小明硕士毕业于中国科学院计算所。",
    "李雯丽与欧阳震华昨日在石家庄见到了叶莉雅丝塔娜",
    "这款App用C++和c#写成，AT&T与B超、T恤、卡拉OK、4S店都在词典里。",
    "见X.com，A-18E于2023-04-01起飞，第1.5节，增长3.5%，a_b-c.d#e&f+g%。",
    "龘靐齉㐀䶵鿕鿖鿿豈𠀀𪜶𰀀爩鱻",
    "一一一，哈哈哈哈哈，兵兵兵兵兵，南南南南南，的的的的的的的了了了",
    "a中b文c字1二3四.五%六-七_八+九#十&",
    "\ud800水\udfff",
    "\x1f水\x1f轮\x1f",
    "\r\n\t 　\u2028",
    "-",
    "",
]


def source() -> Path:
    """jieba's own dictionary."""
    import jieba

    return Path(jieba.__file__).with_name("dict.txt")


@pytest.fixture(scope="module")
def slow() -> WordSegmenter:
    return WordSegmenter(WordDictionary(source(), tokenization._read_model, None))


@pytest.fixture(scope="module")
def fast(slow) -> FastWordSegmenter:
    found = make_fast_segmenter(rjieba._DEFAULT_JIEBA, slow)
    assert found is not None
    return found


@pytest.mark.parametrize("text", [*TEXTS, *_ROUNDED])
def test_fast_cutter_cuts_as_jieba_does(fast, slow, text):
    assert fast.cut(text) == slow.cut(text)
    assert "".join(fast.cut(text)) == text


@settings(deadline=None)
@given(st.lists(st.sampled_from(TEXTS) | st.text(max_size=8), max_size=6).map("".join))
def test_fast_cutter_cuts_any_text_as_jieba_does(fast, slow, text):
    assert fast.cut(text) == slow.cut(text)


def generated(num_chars: int) -> Iterator[str]:
    """Texts of words of the dictionary and parts of them, of letters and marks, and of characters at random."""
    listed = [line.split(" ", 1)[0] for line in source().read_text(encoding="utf-8").splitlines()]
    latin = [word for word in listed if not "\u4e00" <= word[0] <= "\u9fd5" or word[-1].isascii()]
    pick = random.Random(4)
    ways = [
        (7, lambda: pick.choice(listed)),
        (2, lambda: pick.choice(listed)[1:]),
        (2, lambda: "".join(chr(pick.randint(0x4E00, 0x9FD5)) for _ in range(pick.randint(1, 6)))),
        (2, lambda: "".join(pick.choices("的一是在不了有和人这中大为上个国我以要他", k=pick.randint(1, 8)))),
        (2, lambda: "".join(pick.choices("一二三四五六七八九十百千万亿几两0123456789.%", k=pick.randint(1, 6)))),
        (2, lambda: pick.choice(listed)[0] * pick.choice((2, 3, 5, 7))),
        (2, lambda: "".join(pick.choices("abcABCTXZ019.+-_#&% ", k=pick.randint(1, 6)))),
        (1, lambda: pick.choice(latin)),
        (1, lambda: pick.choice(["，", "。", "\n", "\r\n", "\u3000", "”", "·"])),
        (1, lambda: chr(pick.choice((0x3400, 0x3007, 0x9FD6, 0x9FFF, 0xF900, 0x20000, 0x30000, 0x1F600)))),
    ]
    while num_chars > 0:
        text = "".join(way() for way in pick.choices([way for _, way in ways], [w for w, _ in ways], k=60))
        num_chars -= len(text)
        yield text


def written() -> Iterator[str]:
    """The Chinese texts of the project."""
    yield from (path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "zh").glob("*.txt")))
    for path in (ROOT / "data" / "marks" / "own.train.jsonl", ROOT / "data" / "marks" / "own.dev.jsonl"):
        records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        yield from (record["text"] for record in records)


def test_a_million_characters_are_cut_alike(fast, slow):
    num_chars = 0
    for text in (*written(), *generated(850_000)):
        num_chars += len(text)
        assert fast.cut(text) == slow.cut(text)
    assert num_chars > 1_000_000


class Otherwise:
    """A rjieba of another version."""

    def cut(self, text: str, hmm: bool = True) -> list[str]:
        return list(text)

    def add_word(self, word: str, freq: int | None, tag: str | None) -> int:
        return 0


def test_rjieba_that_cuts_otherwise_is_not_used(slow):
    assert make_fast_segmenter(Otherwise(), slow) is None


@pytest.fixture(params=["rjieba", "jieba"])
def cutters(request, monkeypatch, fast, slow):
    """One of the two cuts everything."""
    monkeypatch.setattr(tokenization, "_cutter", lambda: slow)
    monkeypatch.setattr(tokenization, "_fast_cutter", lambda: fast if request.param == "rjieba" else None)
    monkeypatch.setattr(tokenization, "FAST_FROM_CHARS", 0)


some_texts = st.lists(
    st.sampled_from([*TEXTS, "No Chinese here, e.g. 3.5%.", "约翰·肯尼迪", "2018年度报告", "·", "\0水\0"])
    | st.text(max_size=6)
)


@settings(deadline=None)
@given(texts=some_texts, has_own=st.booleans(), together_chars=st.sampled_from([1, 30, 10_000]))
@pytest.mark.usefixtures("cutters")
def test_texts_are_cut_together_as_one_by_one(texts, has_own, together_chars):
    own = UserDictionary(["科学院", "b文", "肯尼迪"]) if has_own else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenization, "_TOGETHER_CHARS", together_chars)
        assert list(tokenize_all(texts, own)) == [tokenize(text, own) for text in texts]


@settings(deadline=None)
@given(st.text("水轮·•abc。", max_size=12))
def test_names_are_joined_over_every_interpunct(text):
    """The naive way: from left to right, word, interpunct, word, and so on."""
    tokens = list(text)
    expected, place = [], 0
    while place < len(tokens):
        end = place + 1
        while tokens[place].isalnum() and end + 1 < len(tokens) and tokens[end] in "·•" and tokens[end + 1].isalnum():
            end += 2
        expected.append("".join(tokens[place:end]))
        place = end
    assert tokenization._join_names(tokens) == expected


def run_python(code: str, cache: Path) -> str:
    variables = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "PYTHONPATH") if name in os.environ}
    variables |= {"XDG_CACHE_HOME": str(cache), "PYTHONUTF8": "1"}
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, env=variables, capture_output=True, text=True, encoding="utf-8", check=True).stdout


SHOW = """
import sys
{before}
from summarize.text.tokenization import tokenize, tokenize_all
text = "今天天气好，河水上涨了，3.5%也可以。"
{work}
print("|".join(tokenize(text)), "rjieba" in sys.modules and sys.modules["rjieba"] is not None)
"""
EXPECTED = "今天天气|好|，|河水|上涨|了|，|3.5%|也|可以|。"


@pytest.mark.parametrize(
    ("before", "work", "is_loaded"),
    [
        pytest.param("", "", False, id="a short text"),
        pytest.param("", f"tokenize(text * {FAST_FROM_CHARS // 10})", True, id="a long text"),
        pytest.param("", f"[tokenize(text) for _ in range({FAST_FROM_CHARS // 15})]", True, id="many short texts"),
        pytest.param(
            "", f"next(tokenize_all([text], num_chars={FAST_FROM_CHARS}))", True, id="the first part of a long one"
        ),
        pytest.param("", f"tokenize('No Chinese here. ' * {FAST_FROM_CHARS})", True, id="English before it"),
        pytest.param(
            "sys.modules['rjieba'] = None", f"tokenize(text * {FAST_FROM_CHARS})", False, id="it is not there"
        ),
    ],
)
def test_rjieba_is_loaded_where_there_is_enough_to_cut(tmp_path, before, work, is_loaded):
    assert run_python(SHOW.format(before=before, work=work), tmp_path) == f"{EXPECTED} {is_loaded}\n"


@pytest.mark.parametrize("options", [{}, {"chars": 30}, {"keywords": 5, "explain": True}], ids=["plain", "-c", "all"])
def test_summaries_are_the_same_with_rjieba_and_without(monkeypatch, fast, slow, options):
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "zh").glob("*[!f].txt"))]
    monkeypatch.setattr(tokenization, "FAST_FROM_CHARS", 0)
    monkeypatch.setattr(tokenization, "_cutter", lambda: slow)
    lines = []
    for cutter in (fast, None):
        monkeypatch.setattr(tokenization, "_fast_cutter", lambda cutter=cutter: cutter)
        words._tokens.cache_clear()
        lines.append([to_json_line(summarize_text(text, **options)) for text in texts])
    assert lines[0] == lines[1]
