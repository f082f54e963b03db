import numpy as np
import pytest
from fakes import FakeReading, FakeScorer
from hypothesis import given
from strategies import articles, few_examples

from summarize.decide.title import MAX_CHARS, MAX_WORDS, find_title
from summarize.document import Draft, Source
from summarize.errors import BudgetError, InputError
from summarize.pipeline import summarize_text
from summarize.text.documents import as_document
from summarize.text.pieces import count_words

LONG = "昨天夜里，因为连日的暴雨和上游水库的放水，澜江的水位上涨了两米，淹没了沿江的三条街道。"
BODY = f"{LONG}澜江的水位今天仍然很高。居民已经搬到学校。"


def title(text: str, *, name: str | None = None, source="text") -> Draft | None:
    document = as_document(Source(text, "utf-8", format=source, title=name))
    shares = np.array([0 if s.role != "text" else 1 for s in document.sentences], np.float64)
    return find_title(document, shares / shares.sum(), FakeReading(document, {"parallel": shares}))


def test_own_title_comes_first():
    found = title(f"澜江水位上涨\n\n{BODY}")
    assert (found.text, found.indices) == ("澜江水位上涨", (0,))
    assert [(piece.start, piece.end) for piece in found.pieces] == [(0, 6)]


def test_title_of_the_format_is_of_no_sentence():
    found = title(BODY, name="澜江水位\n上涨")
    assert (found.text, found.indices, found.pieces[0].start) == ("澜江水位 上涨", (), None)


def test_title_of_the_format_that_the_text_begins_with_is_that_heading():
    assert title(f"澜江水位上涨\n\n{BODY}", name="澜江水位上涨").indices == (0,)


@pytest.mark.parametrize("source", ["epub", "chat", "records"])
def test_title_that_somebody_gave_need_not_speak_of_what_the_text_does(source):
    found = title(BODY, name="风与灯", source=source)
    assert (found.text, found.indices) == ("风与灯", ())
    for name, other in (("风与灯", "pdf"), ("未命名", source), ("风与灯" * 7, source)):
        assert title(BODY, name=name, source=other) is None


@pytest.mark.parametrize(
    "name",
    ["Microsoft Word - draft.doc", "未命名", "Untitled", "第一章", "Chapter 2", "目录", "新闻联播", "2024", "", " "],
)
def test_what_says_nothing_of_the_text_is_no_title(name):
    assert title(BODY, name=name) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("澜江水位上涨两米，沿江三条街道被淹没，居民搬到学校", "澜江水位上涨两米，沿江三条街道被淹没"),
        ("澜江水位昨夜上涨两米淹没三条街道 居民搬到学校", "澜江水位昨夜上涨两米淹没三条街道"),
        ("澜江水位上涨两米淹没三条街道 - 江州晚报网站 要闻频道", "澜江水位上涨两米淹没三条街道"),
        ("澜江水位上涨专题会议（录音整理，2024年10月21日）", "澜江水位上涨专题会议"),
        ("江州晚报要闻频道今日头条新闻特别报道：澜江水位上涨", "澜江水位上涨"),
        ("“水位上涨，居民怎么办，停电怎么办，停课怎么办”——澜江沿江三条街道", "澜江沿江三条街道"),
    ],
)
def test_part_of_a_long_title_is_taken(name, expected):
    assert title(f"{name}\n\n{BODY}").text == expected
    assert title(BODY, name=name).text == expected


def test_part_of_a_heading_stands_where_it_says():
    text = f"江州晚报要闻频道今日头条新闻特别报道：澜江水位上涨\n\n{BODY}"
    (piece,) = title(text).pieces
    assert text[piece.start : piece.end] == piece.text == "澜江水位上涨"


@pytest.mark.parametrize("text", [BODY, "The river rose by two metres last night. The city slept.", "澜江上涨"])
def test_sentence_of_a_text_is_not_what_it_is_called(text):
    assert title(text) is None


def test_line_above_a_salutation_is_what_a_letter_is_called():
    assert title(f"关于澜江水位上涨的通知\n\n各位居民：\n\n{BODY}").text == "关于澜江水位上涨的通知"
    assert title(f"关于澜江水位上涨的通知。\n\n各位居民：\n\n{BODY}") is None


def test_title_of_the_file_that_the_text_begins_with_need_not_speak_of_what_it_does():
    text = f"风与灯的第三次会议\n\n{BODY}"
    assert title(text) is None
    assert title(text, name="风与灯的第三次会议").indices == (0,)


def test_conversation_is_called_what_somebody_called_it():
    said = "张三：澜江的水位涨了两米。\n李四：我看见了，大家都看见了。\n张三：学校停课了吗？\n李四：停了。\n"
    assert title(said) is None
    assert title(said, name="澜江水位").text == "澜江水位"


def test_foreign_text_has_its_own_title():
    assert title("Это старая библиотека. Библиотека была мала.", name="Библиотека").text == "Библиотека"


def test_library_has_a_title_where_it_was_asked_for():
    text = "澜江水位上涨\n\n澜江的水位上涨了两米。城市停电。"
    assert summarize_text(text, title=True, scorer=FakeScorer()).title.text == "澜江水位上涨"
    plain = summarize_text(text, scorer=FakeScorer())
    assert (plain.title, plain.wants_title) == (None, False)
    untitled = summarize_text("好的。", title=True, scorer=FakeScorer())
    assert (untitled.title, untitled.wants_title) == (None, True)


@given(articles())
@few_examples
def test_titles_are_short_and_of_the_text(text):
    try:
        summary = summarize_text(text, title=True)
    except (BudgetError, InputError):
        return
    found = summary.title
    if found is None:
        return
    if summary.document.language == "zh":
        assert 0 < len(found.text) <= MAX_CHARS
    else:
        assert 0 < count_words(found.text) <= MAX_WORDS
    for piece in found.pieces:
        if piece.start is not None:
            assert piece.text.lower() == text[piece.start : piece.end].lower()
