import json
from importlib.resources import files

import numpy as np
import pytest
from fakes import FakeScorer
from hypothesis import given
from jsonschema import Draft202012Validator
from strategies import articles, few_examples, marked_texts

from summarize.config import SelectionConfig
from summarize.decide.outline import LONG, MAX_BEFORE, find_outline
from summarize.document import Location, Source
from summarize.errors import InputError, SummarizeError
from summarize.formats.table import FORMATS, render
from summarize.formats.view import View
from summarize.pipeline import summarize_text
from summarize.text.documents import as_document

VALIDATOR = Draft202012Validator(json.loads((files("summarize.formats") / "summary.schema.json").read_text("utf-8")))
TEXT = "# 风\n\n东风很大。西风很小。\n\n# 雨\n\n下了一整天的雨。雨停了。\n\n# 雪\n\n没有人看见雪。\n"


def outline(text, weights, likeness=None):
    document = as_document(Source(text, "utf-8"))
    alike = np.eye(len(weights)) if likeness is None else np.array(likeness)
    found = find_outline(
        document, np.array(weights, float), lambda index, first=0, end=None: alike[index, first:end], SelectionConfig()
    )
    return [(section.heading, ["".join(p.text for p in d.pieces) for d in section.drafts]) for section in found]


def test_each_part_has_its_heaviest_sentence():
    assert outline(TEXT, [0, 1, 2, 0, 9, 3, 0, 1]) == [
        ("风", ["西风很小。"]),
        ("雨", ["下了一整天的雨。"]),
        ("雪", ["没有人看见雪。"]),
    ]


def test_part_without_a_sentence_that_may_be_chosen_has_a_heading_alone():
    assert outline(TEXT, [0, 1, 2, 0, 0, 0, 0, 1])[1] == ("雨", [])


def test_part_says_what_the_parts_before_it_have_not_said():
    text = TEXT.replace("雨停了。", "西风很小。")
    alike = np.eye(8)
    alike[2, 5] = alike[5, 2] = 1
    assert outline(text, [0, 1, 2, 0, 1, 9, 0, 1], alike)[1] == ("雨", ["下了一整天的雨。"])


def test_part_is_held_against_so_many_parts_before_it():
    text = "".join(f"# {n} 号\n\n东风 {n} 级。西风 {n} 级。\n\n" for n in range(MAX_BEFORE + 2))
    weights = np.tile([0.0, 2, 1], MAX_BEFORE + 2)  # of each part the first sentence is heavier
    alike = np.eye(len(weights))
    alike[1, 3 * MAX_BEFORE + 1] = alike[1, 3 * MAX_BEFORE + 4] = 1  # what the first part says, the last two say too
    assert [drafts[0][:2] for _, drafts in outline(text, weights, alike)[-3:]] == ["东风", "西风", "东风"]


def looked_at(num_parts):
    """Return how many sentences are held against others, all in all."""
    text = "".join(f"# {n} 号\n\n东风 {n} 级。\n\n" for n in range(num_parts))
    document = as_document(Source(text, "utf-8"))
    size, found = len(document.sentences), []

    def similarity(index, first=0, end=None):
        found.append((size if end is None else end) - first)
        return np.zeros(found[-1])

    find_outline(document, np.ones(size), similarity, SelectionConfig())
    return sum(found)


def test_what_the_parts_take_grows_with_their_number_and_not_with_its_square():
    assert looked_at(8 * MAX_BEFORE) < 2.2 * looked_at(4 * MAX_BEFORE)


def test_long_part_has_two_sentences_in_their_order():
    long = "雨下了很久很久。" * (LONG["zh"] // 7 + 1)
    text = TEXT.replace("下了一整天的雨。", f"下了一整天的雨。{long}")
    size = len(as_document(Source(text, "utf-8")).sentences)
    weights = np.ones(size) / 9
    weights[[0, 3, size - 2]] = 0
    weights[4], weights[size - 3] = 1, 2
    assert outline(text, weights)[1] == ("雨", ["下了一整天的雨。", "雨停了。"])


def test_line_without_a_stop_is_taken_only_where_there_is_nothing_else():
    text = "# 风\n\n- 东风\n- 西风\n\n# 雨\n\n- 大雨\n\n下雨了。\n\n# 雪\n\n下雪了。\n"
    found = outline(text, [0, 1, 2, 0, 9, 1, 0, 1])
    assert [drafts for _, drafts in found] == [["西风"], ["下雨了。"], ["下雪了。"]]


def test_mere_lines_above_the_first_heading_are_no_part():
    text = f"作者：张三\n江州\n\n{TEXT}"
    size = len(as_document(Source(text, "utf-8")).sentences)
    assert [heading for heading, _ in outline(text, np.ones(size))] == ["风", "雨", "雪"]


def test_sections_say_which_sentences_they_are():
    summary = summarize_text(TEXT, by_heading=True, scorer=FakeScorer([0, 1, 2, 0, 9, 3, 0, 1]))
    assert [(section.first, section.end) for section in summary.sections] == [(0, 3), (3, 6), (6, 8)]
    assert summary.text  # the whole comes with it
    assert summarize_text(TEXT, scorer=FakeScorer()).sections is None


def test_speaker_is_named_where_a_sentence_of_a_part_needs_it():
    morning = "张三：我明天去看河水。\n李四：好。\n张三：你去吗？\n"
    text = f"# 上午\n\n{morning}\n# 下午\n\n李四：我不去。\n张三：为什么？\n李四：我要上课。\n"
    summary = summarize_text(text, by_heading=True, scorer=FakeScorer())
    assert summary.sections[0].drafts[0].text == "张三：我明天去看河水。"


def test_chapters_of_a_book_are_parts():
    places = tuple(Location(TEXT.index(name) - 2, "chapter", name) for name in "风雨雪")
    summary = summarize_text(
        Source(TEXT.replace("# ", ""), "utf-8", format="epub", places=places), by_heading=True, scorer=FakeScorer()
    )
    assert [section.heading for section in summary.sections] == ["风", "雨", "雪"]


def test_that_a_text_has_no_headings_is_said():
    with pytest.raises(InputError, match=r"^the text has no headings that divide it; leave out --by-heading$"):
        summarize_text("下雨了。雨停了。", by_heading=True, scorer=FakeScorer())


@given(articles() | marked_texts)
@few_examples
def test_any_text_has_parts_or_is_told_that_it_has_none(text):
    text = f"# 风\n\n{text}\n\n# Rain\n\n{text}"
    try:
        summary = summarize_text(text, by_heading=True, keywords=3, scorer=FakeScorer())
    except SummarizeError:
        return
    for section in summary.sections:
        assert all(section.first <= draft.indices[0] < section.end for draft in section.drafts)
    for known in FORMATS[:4]:
        assert known.render(summary, View(cite=True, width=40)).endswith("\n")
    VALIDATOR.validate(json.loads(render(summary, "json")))
