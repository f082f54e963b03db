"""The page as it is written; `tests/browser/` opens it."""

import json
import re
from itertools import zip_longest

import numpy as np
import pytest
from fakes import FakeScorer

from benchmarks import gallery
from summarize.document import ATTENTION_KINDS
from summarize.errors import InputError
from summarize.formats.page import LONGEST, MOST_SENTENCES, to_html
from summarize.pipeline import summarize_text

TEXT = "春汛通报\n河水今天上涨了两米。城市东边的三条街道停电。\n\n会议决定明天再开。河水今天上涨了两米。没有人受伤。"
ENGLISH = "The river rose by two metres today. Three streets in the east slept in the dark. Nobody was hurt."
HOSTILE = "</script><script>alert(1)</script> <!-- {{ 7 * 7 }} {% raw %} & <b>bold</b> \" ' `${x}` is shown."


DATA = re.compile(r'(?<=<script type="application/json" id="data">).*?(?=</script>)', re.DOTALL)


def page_of(text, path="a.txt", **options):
    summary = summarize_text(text, explain=True, scorer=FakeScorer(), **options)
    return to_html(summary, path), summary


def data_of(page):
    return json.loads(DATA.search(page)[0])


def leaves_of(value, path=()):
    """Yield every value that lies in lists and objects, with where it lies."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves_of(inner, (*path, key))
    else:
        yield path, value


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
    terms = data["accounts"][0]["weighings"]["tree"]["terms"]
    for name, term in explanation.account.weighings["tree"].terms.items():
        assert terms[name] == pytest.approx(term, abs=5e-7)


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
        r"<button.*?</button>|<a class=\"back\".*?</a>|<[^>]+>",
        "",
        page[page.index('<p dir="auto"><span class="sent') :],
    )
    shown = shown[: shown.index("没有人受伤。") + 6]
    assert "".join(shown.split()) == "".join(summary.document.text.split())
    assert page.count('<p dir="auto"><span class="sentence') == 3  # paragraphs


def test_too_long_a_text_is_refused():
    text = "这句话说了一件事情。" * (MOST_SENTENCES + 1)
    summary = summarize_text(text, explain=True, scorer=FakeScorer())
    with pytest.raises(InputError, match=r"^2001 sentences are too many for a page, at most 2000; use --format json$"):
        to_html(summary)


def test_a_summary_without_explanation_is_refused():
    with pytest.raises(ValueError, match="explain=True"):
        to_html(summarize_text(TEXT, scorer=FakeScorer()))


@pytest.mark.parametrize(("wanted", "longest"), [(3, LONGEST), (LONGEST + 4, LONGEST + 4), (99, LONGEST + 5)])
def test_slider_is_as_long_as_the_summary(wanted, longest):
    text = "".join(f"河水今天第{number}次上涨。" for number in range(LONGEST + 5))
    page, _ = page_of(text, sentences=wanted)
    assert f'id="length" min="1" max="{longest}" value="{min(wanted, longest)}"' in page


@pytest.mark.parametrize("name", gallery.TEXTS)
def test_gallery_is_up_to_date(name, tmp_path):
    """If not: `python -m benchmarks.gallery`. Numbers may differ by what machines round otherwise."""
    written = gallery.write_page(name, tmp_path)
    pages = [folder.joinpath(written.name).read_text("utf-8") for folder in (gallery.GALLERY, tmp_path)]
    lines = zip_longest(*(DATA.sub("", page).splitlines() for page in pages))
    assert [pair for pair in lines if pair[0] != pair[1]] == []
    kept, new = (dict(leaves_of(data_of(page))) for page in pages)
    assert kept.keys() == new.keys()
    for path, value in new.items():
        if isinstance(value, float):
            value = pytest.approx(value, rel=1e-3, abs=2e-3 if "terms" in path else 1e-4)
        assert kept[path] == value, path


def test_page_of_forty_sentences_is_small():
    text = "".join(
        f"第{number}号水位站在本月{number}日记录了不同的读数，比上一站高{number * 7}厘米。" for number in range(1, 41)
    )
    summary = summarize_text(text, explain=True)
    assert len(summary.document.sentences) == 40
    assert len(to_html(summary).encode()) < 300_000
