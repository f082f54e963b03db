import io
import re

import pytest
from fakes import FakeScorer
from rich.cells import cell_len

from summarize.document import Draft, Piece
from summarize.formats.bullets import to_bullets
from summarize.formats.plain import to_text
from summarize.formats.view import View
from summarize.pipeline import summarize_text
from summarize.summary import Keyword, Section, Summary
from summarize.text.pieces import make_whole_draft

CHINESE = "河水上涨了两米。城市停电了。\n\n学校今天停课。"
ENGLISH = "The river rose by two metres. The city slept.\n\nThe schools are closed."


def full(text: str = CHINESE, heading: str = "河水") -> Summary:
    """A summary of two sentences with a title, a section and keywords, all made up."""
    summary = summarize_text(text, sentences=2, scorer=FakeScorer([3, 1, 2]))
    document = summary.document
    return Summary(
        **{name: getattr(summary, name) for name in ("document", "attention", "weights", "selected", "pieces")},
        drafts=summary.drafts,
        title=Draft((), (Piece("洪水"),)),
        keywords=(Keyword("河水", 1.0, ((0, 2),)), Keyword("停电", 0.5, ((10, 12),))),
        sections=(
            Section("", 0, 1, (make_whole_draft(document, 0),)),
            Section(heading, 1, 3, (make_whole_draft(document, 1), make_whole_draft(document, 2))),
            Section("尾声", 3, 3, ()),
        ),
    )


def test_text_has_title_parts_summary_and_keywords():
    assert to_text(full()) == (
        "洪水\n\n"
        "  河水上涨了两米。\n\n"
        "## 河水\n  城市停电了。学校今天停课。\n\n"
        "## 尾声\n\n"
        "## 全文\n河水上涨了两米。学校今天停课。\n\n"
        "关键词：河水、停电\n"
    )


def test_text_cites_in_every_part():
    lines = to_text(full(), View(cite=True)).splitlines()
    assert "  城市停电了。（第 1 行）学校今天停课。（第 3 行）" in lines
    assert "河水上涨了两米。（第 1 行）学校今天停课。（第 3 行）" in lines
    assert lines[0] == "洪水"


def test_text_without_all_that_is_the_summary():
    assert to_text(summarize_text(ENGLISH, sentences=1, scorer=FakeScorer())) == "The river rose by two metres.\n"


def test_citations_count_for_no_length():
    summary = summarize_text(ENGLISH, chars=29, scorer=FakeScorer())
    assert to_text(summary, View(cite=True)) == "The river rose by two metres. (line 1)\n"


def test_that_there_are_no_keywords_is_said():
    nothing = Summary(**{name: getattr(full(), name) for name in Summary.__slots__ if name != "keywords"}, keywords=())
    assert to_text(nothing).endswith("\n\n关键词：无\n")


def test_text_and_bullets_are_broken_at_the_width():
    for render in (to_text, to_bullets):
        lines = render(full(ENGLISH), View(width=20, cite=True)).splitlines()
        assert max(map(cell_len, lines)) <= 20
        assert len(lines) > len(to_text(full(ENGLISH)).splitlines())


def test_titles_stand_out_where_colours_may_be_used():
    output = to_text(full(), View(color=True))
    assert output.startswith("\x1b[1m洪水\x1b[0m\n\n")
    assert "\n\x1b[1m## 河水\x1b[0m\n  城市" in output
    assert re.sub(r"\x1b\[\d+m", "", output) == to_text(full())


def test_explanation_begins_with_all_that_comes_with_the_summary():
    summary = summarize_text(CHINESE, sentences=2, keywords=2, scorer=FakeScorer([3, 1, 2]), explain=True)
    output = to_text(summary, View(explain=True, cite=True, width=60, color=True))
    assert re.sub(r"\x1b\[[\d;]*m", "", output).startswith(
        "河水上涨了两米。（第 1 行）学校今天停课。（第 3 行）\n\n关键词："
    )


def test_text_needs_an_explanation_to_explain():
    with pytest.raises(ValueError, match="explain=True"):
        to_text(full(), View(explain=True))


def test_bullets_have_a_line_for_each_sentence():
    summary = summarize_text(ENGLISH, sentences=3, scorer=FakeScorer())
    assert to_bullets(summary) == "- The river rose by two metres.\n- The city slept.\n- The schools are closed.\n"
    assert to_bullets(summary, View(cite=True)).splitlines()[2] == "- The schools are closed. (line 3)"


def test_bullets_keep_the_order_and_the_speakers_of_the_summary():
    text = "张三：我明天去看河水。\n李四：我不去。"
    summary = summarize_text(text, sentences=2, order="salience", scorer=FakeScorer([1, 2]))
    assert to_bullets(summary) == "- 李四：我不去。\n- 张三：我明天去看河水。\n"


def test_bullets_of_parts_are_a_list_in_a_list():
    assert to_bullets(full()) == (
        "洪水\n\n"
        "- 河水上涨了两米。\n"
        "- 河水\n  - 城市停电了。\n  - 学校今天停课。\n"
        "- 尾声\n"
        "- 全文\n  - 河水上涨了两米。\n  - 学校今天停课。\n\n"
        "关键词：河水、停电\n"
    )


def test_broken_bullets_hang():
    summary = summarize_text("河水上涨了两米，城市停电，学校停课。", scorer=FakeScorer())
    assert to_bullets(summary, View(width=20)) == "- 河水上涨了两米，城\n  市停电，学校停课。\n"


def test_nothing_is_written_anywhere(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stdout", stream)
    to_text(full(), View(width=40, color=True))
    assert stream.getvalue() == ""
