"""The page as it is written; `tests/browser/` opens it."""

import json
import re
from itertools import zip_longest
from pathlib import Path

import pytest
from chooser import choose_again
from fakes import FakeScorer

from benchmarks import gallery
from summarize.document import ATTENTION_KINDS
from summarize.errors import InputError
from summarize.formats.answers import LONGEST, SHADES
from summarize.formats.figures import densities, hundredths
from summarize.formats.page import MAX_SENTENCES, to_html
from summarize.formats.view import View
from summarize.pipeline import default_scorer, summarize_text

TEXT = "春汛通报\n河水今天上涨了两米。城市东边的三条街道停电。\n\n会议决定明天再开。河水今天上涨了两米。没有人受伤。"
ENGLISH = "The river rose by two metres today. Three streets in the east slept in the dark. Nobody was hurt."
REPEATING = (
    "河水今天上涨了两米，城东三条街道停电。市长说，抽水机昨天夜里已经运到。河水今天上涨了两米，城东三条街道停电。"
    "志愿者搬了六百个沙袋。抽水机昨天夜里已经运到。好。学校明天照常上课。河水今天上涨两米，城东的三条街道停电。"
)
HOSTILE = "</script><script>alert(1)</script> <!-- {{ 7 * 7 }} {% raw %} & <b>bold</b> \" ' `${x}` is shown."

DATA = Path(__file__).parents[1] / "data"
TOLD = re.compile(r'(?<=<script type="application/json" id="data">).*?(?=</script>)', re.DOTALL)


def page_of(text, path="a.txt", **options):
    summary = summarize_text(text, explain=True, scorer=FakeScorer(), **options)
    return to_html(summary, View(path=path)), summary


def page_with_data(text, **options):
    page = to_html(summarize_text(text, **options))
    return page, data_of(page)


def data_of(page):
    return json.loads(TOLD.search(page)[0])


def printed(data, answer):
    """Return the text of an answer that a page is told."""
    return "".join(
        part if isinstance(part, str) else "".join(text for text, *_ in data["drafts"][part]["runs"])
        for part in answer["printed"]
    )


def outcomes(data, answer):
    return [data["outcomes"][int(digit, 36)] for digit in answer["fates"]]


def taken_off(answer):
    """Return what was taken off, in hundredths of a percent, and for which sentence, by sentence."""
    return {index: (off, like) for index, off, like in answer["off"]}


def in_hundredths_of_a_percent(found):
    """Return the same for what was taken off each sentence, (off, like)."""
    return {
        index: (shown, like)
        for index, (off, like) in enumerate(found)
        if like is not None and (shown := round(10_000 * off))
    }


@pytest.mark.parametrize("name", ["made up", "zh/news-city", "en/news"])
def test_every_answer_is_that_of_the_program(name):
    text, scorer = (TEXT, FakeScorer()) if name == "made up" else ((DATA / f"{name}.txt").read_text("utf-8"), None)
    data = data_of(to_html(summarize_text(text, chars=60, explain=True, scorer=scorer)))
    assert data["lengths"] == list(range(1, len(data["lengths"]) + 1))
    for kind in ATTENTION_KINDS:
        assert len(data["answers"][kind]) == len(data["lengths"])
        for number, answer in zip(data["lengths"], data["answers"][kind], strict=True):
            program = summarize_text(text, sentences=number, attention=kind, scorer=scorer)
            assert printed(data, answer) == program.text
            assert outcomes(data, answer) == [verdict.outcome for verdict in program.verdicts]
            off = [(verdict.redundancy, verdict.like) for verdict in program.verdicts]
            assert taken_off(answer) == in_hundredths_of_a_percent(off)
            weighing = data["accounts"][answer["account"]]["weighings"][kind]
            assert weighing["weights"] == [round(10_000 * weight) for weight in program.weights]
            ranks = [rank if weight else 0 for rank, weight in zip(program.ranks, program.weights, strict=True)]
            assert weighing["ranks"] == ranks


@pytest.mark.parametrize("name", ["repeating", "zh/news-city", "en/news"])
def test_every_answer_is_what_another_program_chooses(name):
    """By the rule alone (`chooser`), from the weights and the likeness."""
    text = REPEATING if name == "repeating" else (DATA / f"{name}.txt").read_text("utf-8")
    summary = summarize_text(text, explain=True)
    explanation, data = summary.explanation, data_of(to_html(summary))
    likeness = [explanation.reading.similarity(index).tolist() for index in range(len(summary.weights))]
    for kind in ATTENTION_KINDS:
        config = default_scorer().selection(kind)
        rule = {"redundancy_weight": config.redundancy_weight, "duplicate_similarity": config.duplicate_similarity}
        for number, answer in zip(data["lengths"], data["answers"][kind], strict=True):
            weights = explanation.reweigh(number).weighings[kind].weights.tolist()
            chosen, off, repeats = choose_again(weights, likeness, number, **rule)
            found = outcomes(data, answer)
            assert [index for index, outcome in enumerate(found) if outcome == "chosen"] == sorted(chosen)
            assert {index for index, outcome in enumerate(found) if outcome == "repeats"} == repeats
            assert [outcome in ("chosen", "repeats", "lighter") for outcome in found] == [w > 0 for w in weights]
            assert taken_off(answer) == in_hundredths_of_a_percent(off)


def test_the_summary_itself_is_told_as_it_was_decided():
    page, summary = page_of(TEXT, chars=14)
    data = data_of(page)
    assert "length" in outcomes(data, data["own"])
    assert printed(data, data["own"]) == summary.text
    assert outcomes(data, data["own"]) == [verdict.outcome for verdict in summary.verdicts]
    weighing = data["accounts"][data["own"]["account"]]["weighings"]["parallel"]
    assert weighing["densities"] == [round(100 * one) for one in densities(summary.document, summary.weights)]
    terms = summary.explanation.account.weighings["parallel"].terms
    assert weighing["terms"] == dict(zip(terms, hundredths(list(terms.values())).tolist(), strict=True))
    assert max(weighing["shades"]) == str(SHADES)


def test_a_text_is_weighed_once_for_each_number_that_makes_a_difference():
    city = (DATA / "zh/news-city.txt").read_text("utf-8")
    for options, of_lengths in (({"sentences": 3}, [1, 2, 0, 3, 4]), ({"sentences": 9}, [1, 2, 3, 4, 0])):
        data = data_of(to_html(summarize_text(city, explain=True, **options)))
        assert len(data["accounts"]) == 5
        accounts = [answer["account"] for answer in data["answers"]["tree"]]
        assert accounts == of_lengths + of_lengths[-1:] * (len(data["lengths"]) - 5)


def test_runs_of_drafts_stand_where_the_page_says():
    text = (DATA / "worldcup.txt").read_text("utf-8")
    page, data = page_with_data(text, sentences=2, explain=True)
    place_of = dict(re.findall(r'<span class="place(?: said)?" id="place-(\d+)">(.*?)</span>', page, re.DOTALL))
    assert [int(number) for number in place_of] == list(range(len(place_of)))
    plain = [re.sub("<[^>]+>", "", place) for place in place_of.values()]
    fused = 0
    for draft in data["drafts"]:
        fused += len(draft["making"]) > 1
        for text, *found in draft["runs"]:
            if found:
                _, first, last = found
                assert "".join(plain[first : last + 1]) == text
    assert fused
    making = data["drafts"][0]["making"]
    assert making.keys() == {"0", "1"}
    for index, other in (("0", 2), ("1", 1)):
        assert re.fullmatch(rf"与第 {other} 句合为一句；判为好 \d+\.\d%，失实 \d+\.\d%", making[index])


def test_a_shortened_sentence_is_found_in_spite_of_its_capital():
    text = "On Monday evening, the river rose by two metres in the old town. Nobody was hurt."
    page, data = page_with_data(text, chars=46, explain=True, scorer=FakeScorer([9, 1]))
    (draft,) = [draft for draft in data["drafts"] if "shortened" in draft["making"].get("0", "")]
    assert draft["making"]["0"] == "shortened (opening); judged 98.0% good, 0.1% false"
    assert draft["runs"][0][0].startswith("The river rose")
    assert re.search(r'<a id="own-(\d+)" href="#place-\1" data-sentence="0">The river rose', page)
    assert re.search(r'<span class="place said" id="place-\d+">(<b>)?the', page)


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
    data = data_of(page)
    assert [printed(data, answer) for answer in (data["own"], *data["answers"]["tree"])] == [HOSTILE] * 2


def test_any_name_and_text_can_be_encoded():
    page, _ = page_of("A byte \udcff that is no text.", "\udce9.txt")
    page.encode("utf-8")
    assert r"<title>\udce9.txt" in page
    data = data_of(page)
    assert printed(data, data["own"]) == "A byte \ufffd that is no text."


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
    text = "这句话说了一件事情。" * (MAX_SENTENCES + 1)
    summary = summarize_text(text, explain=True, scorer=FakeScorer())
    with pytest.raises(
        InputError, match=r"^2001 sentences are too many for an HTML page \(at most 2000\); use --format json$"
    ):
        to_html(summary)


def test_a_summary_without_explanation_is_refused():
    with pytest.raises(ValueError, match="explain=True"):
        to_html(summarize_text(TEXT, scorer=FakeScorer()))


@pytest.mark.parametrize(
    ("wanted", "value", "lengths", "note"),
    [
        (3, 3, list(range(1, LONGEST + 1)), ""),
        (LONGEST, LONGEST, list(range(1, LONGEST + 1)), ""),
        (LONGEST + 4, LONGEST + 1, [*range(1, LONGEST + 1), LONGEST + 4], "可选 1 至 20 句，以及程序的 24 句。"),
        (99, LONGEST + 1, [*range(1, LONGEST + 1), LONGEST + 5], "可选 1 至 20 句，以及程序的 25 句。"),
    ],
)
def test_slider_has_the_length_of_the_summary_and_says_if_others_are_not_there(wanted, value, lengths, note):
    text = "".join(f"河水今天第{number}次上涨。" for number in range(LONGEST + 5))
    page, _ = page_of(text, sentences=wanted)
    assert f'id="length" min="1" max="{len(lengths)}" value="{value}"' in page
    assert data_of(page)["lengths"] == lengths
    assert ("可选" in page.replace(json.dumps("可选"), "")) == bool(note)
    assert note in page


def differences(one, other, sentences, at=""):
    """Return what differs by more than one in the last digit that is shown, and of which sentence it is said.

    A list, or a string, that is as long as the text has sentences says something of each.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(f"{at}.{key}", one.get(key, 2), other.get(key, 2)) for key in sorted(one.keys() | other.keys())]
    elif (isinstance(one, list) and isinstance(other, list) and len(one) == len(other)) or is_each(
        one, other, sentences
    ):
        names = sentences if len(one) == len(sentences) else range(len(one))
        pairs = [(f"{at}[{name}]", mine, others) for name, mine, others in zip(names, one, other, strict=True)]
    else:
        are_numbers = isinstance(one, int) and isinstance(other, int)
        same = abs(one - other) <= 1 if are_numbers else one == other
        return [] if same else [f"{at}: {one!r} was kept, {other!r} is written now"]
    return [line for name, mine, others in pairs for line in differences(mine, others, sentences, name)]


def is_each(one, other, sentences):
    """Whether two different strings have a digit for each sentence."""
    are_strings = isinstance(one, str) and isinstance(other, str)
    return are_strings and one != other and len(one) == len(other) == len(sentences) > 1


@pytest.mark.parametrize("name", gallery.TEXTS)
def test_gallery_is_up_to_date(name, tmp_path):
    """If not: `python -m benchmarks.gallery`. Numbers may differ by what machines round otherwise."""
    written = gallery.write_page(name, tmp_path)
    pages = [folder.joinpath(written.name).read_text("utf-8") for folder in (gallery.GALLERY, tmp_path)]
    lines = zip_longest(*(TOLD.sub("", page).splitlines() for page in pages))
    assert [pair for pair in lines if pair[0] != pair[1]] == []
    kept, new = (data_of(page) for page in pages)
    for data in (kept, new):
        for answer in (data["own"], *(answer for answers in data["answers"].values() for answer in answers)):
            answer["off"] = {index: off for index, off, _ in answer["off"] if off > 1}
    text = (gallery.ROOT / "data" / f"{name}.txt").read_text("utf-8")
    texts = summarize_text(text, scorer=FakeScorer()).document.sentence_texts()
    named = [f"sentence {number}, {sentence[:24]}" for number, sentence in enumerate(texts, start=1)]
    assert differences(kept, new, named) == []


def test_difference_of_the_gallery_names_its_sentence():
    sentences = ["sentence 1, It rained.", "sentence 2, It stopped."]
    kept, new = ({"weights": [30, last], "fates": fates} for last, fates in ((12, "a0"), (14, "a1")))
    assert differences(kept, new, sentences) == [
        ".fates[sentence 2, It stopped.]: '0' was kept, '1' is written now",
        ".weights[sentence 2, It stopped.]: 12 was kept, 14 is written now",
    ]
    assert differences({"weights": [30, 12]}, {"weights": [31, 12]}, sentences) == []
    assert differences([1, 2, 3], [1, 2], sentences) == [": [1, 2, 3] was kept, [1, 2] is written now"]


def test_page_of_forty_sentences_is_small():
    text = "".join(
        f"第{number}号水位站在本月{number}日记录了不同的读数，比上一站高{number * 7}厘米。" for number in range(1, 41)
    )
    summary = summarize_text(text, explain=True)
    assert len(summary.document.sentences) == 40
    assert len(to_html(summary).encode()) < 300_000


def test_page_shows_title_keywords_and_parts_as_they_stand():
    text = "# <b>Wind</b> and rain\n\n## <b>Wind</b>\n\nWind blew hard. It stopped.\n\n## Rain\n\nRain fell all day.\n"
    page, _ = page_of(text, title=True, keywords=1, by_heading=True)
    assert '<p dir="auto"><strong>&lt;b&gt;Wind&lt;/b&gt; and rain</strong></p>' in page
    assert '<p class="quiet" dir="auto">Keywords: ' in page
    assert '<strong>&lt;b&gt;Wind&lt;/b&gt;</strong><br><a href="#s2">Wind blew hard.</a>' in page
    assert page.count('id="s2"') == 1
    plain, _ = page_of(text)
    assert "<strong>" not in plain
    assert "Keywords" not in plain
