"""The page as it is written; `tests/browser/` opens it."""

import json
import re

import numpy as np
import pytest
from fakes import FakeScorer

from summarize.document import ATTENTION_KINDS
from summarize.errors import InputError
from summarize.formats.page import MOST_SENTENCES, to_html
from summarize.pipeline import summarize_text

TEXT = "春汛通报\n河水今天上涨了两米。城市东边的三条街道停电。\n\n会议决定明天再开。河水今天上涨了两米。没有人受伤。"
ENGLISH = "The river rose by two metres today. Three streets in the east slept in the dark. Nobody was hurt."
HOSTILE = "</script><script>alert(1)</script> <!-- {{ 7 * 7 }} {% raw %} & <b>bold</b> \" ' `${x}` is shown."


def page_of(text, path="a.txt", **options):
    summary = summarize_text(text, explain=True, scorer=FakeScorer(), **options)
    return to_html(summary, path), summary


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


def test_data_holds_what_the_choice_is_made_of_to_the_last_digit():
    page, summary = page_of(TEXT, sentences=2)
    data, explanation = data_of(page), summary.explanation
    for kind in ATTENTION_KINDS:
        assert data["accounts"][0]["weighings"][kind]["weights"] == explanation.account.weighings[kind].weights.tolist()
    assert len(data["accounts"]) == 1 + 5  # the program's own, and one for each number wanted that makes a difference
    assert {int(index) for index in data["likeness"]} <= set(range(len(summary.weights)))
    for index, row in data["likeness"].items():
        assert np.array_equal(row, explanation.similarity(int(index)))
    assert [verdict["outcome"] for verdict in data["verdicts"]] == [each.outcome for each in explanation.verdicts]
    assert data["selection"]["tree"]["duplicate_similarity"] == 0.9


def test_every_link_of_the_page_has_its_place():
    page, summary = page_of("法国队赢得了2018年世界杯冠军。法国队在决赛中击败了克罗地亚队。没有人\n受伤。", sentences=3)
    assert len(summary.drafts) == 2
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    assert len(re.findall(r' href="#place-\d', page)) >= 3  # two for the fused sentence


@pytest.mark.parametrize(
    ("text", "path", "lang", "title"),
    [
        (TEXT, "目录/春汛.txt", "zh-CN", "春汛.txt · 摘要"),
        (TEXT, None, "zh-CN", "标准输入 · 摘要"),
        (ENGLISH, "notes/river.txt", "en", "river.txt · Summary"),
        (ENGLISH, None, "en", "standard input · Summary"),
    ],
)
def test_page_speaks_the_language_of_the_text(text, path, lang, title):
    page, _ = page_of(text, path)
    assert f'<html lang="{lang}">' in page
    assert f"<title>{title}</title>" in page


def test_strings_are_the_same_in_both_languages():
    chinese, english = (data_of(page_of(text)[0])["strings"] for text in (TEXT, ENGLISH))
    for one, other in ((chinese, english), *((chinese[key], english[key]) for key in ("kinds", "terms", "outcomes"))):
        assert one.keys() == other.keys()


def test_markup_in_a_text_is_text():
    page, _ = page_of(HOSTILE, "<img src=x>.txt", language="en")
    assert page.count("<script") == page.count("</script>") == 2
    assert "<b>bold" not in page
    assert "<img" not in page
    assert "<!--" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &lt;!-- {{ 7 * 7 }} {% raw %} &amp;" in page
    assert list(data_of(page)["texts"].values()) == [HOSTILE]


def test_any_name_and_text_can_be_encoded():
    page, _ = page_of("A byte \udcff that is no text.", "\udce9.txt")
    page.encode("utf-8")
    assert r"<title>\udce9.txt" in page
    assert data_of(page)["texts"] == {"0": "A byte \udcff that is no text."}


def test_text_stands_as_in_the_source():
    page, summary = page_of(TEXT)
    shown = re.sub(
        r"<button.*?</button>|<a class=\"back\".*?</a>|<[^>]+>", "", page[page.index('<p><span class="sent') :]
    )
    shown = shown[: shown.index("没有人受伤。") + 6]
    assert "".join(shown.split()) == "".join(summary.document.text.split())
    assert page.count('<p><span class="sentence') == 3  # paragraphs


def test_too_long_a_text_is_refused():
    text = "这句话说了一件事情。" * (MOST_SENTENCES + 1)
    summary = summarize_text(text, explain=True, scorer=FakeScorer())
    with pytest.raises(InputError, match=r"^2001 sentences are too many for a page, at most 2000; use --format json$"):
        to_html(summary)


def test_a_summary_without_explanation_is_refused():
    with pytest.raises(ValueError, match="explain=True"):
        to_html(summarize_text(TEXT, scorer=FakeScorer()))


def test_page_of_forty_sentences_is_small():
    text = "".join(
        f"第{number}号水位站在本月{number}日记录了不同的读数，比上一站高{number * 7}厘米。" for number in range(1, 41)
    )
    summary = summarize_text(text, explain=True)
    assert len(summary.document.sentences) == 40
    assert len(to_html(summary).encode()) < 300_000
