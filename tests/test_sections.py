import pytest
from hypothesis import given
from strategies import articles, marked_texts

from summarize.document import Location, Source
from summarize.text.documents import as_document
from summarize.text.sections import MAX_SECTIONS, find_sections, find_title


def document_of(text, *chapters):
    return as_document(
        Source(text, "utf-8", places=tuple(Location(start, "chapter", name) for start, name in chapters))
    )


def sections(text, *chapters):
    """Return the name of each part and its text without the heading."""
    document = document_of(text, *chapters)
    found = []
    for span in find_sections(document):
        inside = document.sentences[span.first : span.end]
        found.append((span.name, " ".join(text[s.start : s.end] for s in inside if s.is_text)))
    return found


def names(text, *chapters):
    return [name for name, _ in sections(text, *chapters)]


def written(*headings):
    return "".join(f"{heading}\n\nIt rained in part {number}.\n\n" for number, heading in enumerate(headings))


def test_parts_have_their_headings_and_the_text_below():
    text = "It begins.\n\n# One\n\nIt rained. It stopped.\n\n# Two\n\nIt snowed.\n\n# Three\n\nIt thawed.\n"
    assert sections(text) == [
        ("", "It begins."),
        ("One", "It rained. It stopped."),
        ("Two", "It snowed."),
        ("Three", "It thawed."),
    ]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["# Book", "## One", "### A", "## Two", "## Three"], ["Book", "One", "Two", "Three"]),
        (["# One", "## A", "# Two", "# Three"], ["One", "Two", "Three"]),
        (["= Book", "== One", "== Two", "=== A", "== Three"], ["Book", "One", "Two", "Three"]),
        (["第一章 风", "第一节 东风", "第二章 雨", "第三章 雪"], ["第一章 风", "第二章 雨", "第三章 雪"]),
        (["第一部", "第一章 风", "第二章 雨", "第三章 雪"], ["第一部", "第一章 风", "第二章 雨", "第三章 雪"]),
        (["一、风", "（一）东风", "二、雨", "三、雪"], ["一、风", "二、雨", "三、雪"]),
        (["1 Wind", "1.1 East", "2 Rain", "3 Snow", "3.1 Ice"], ["1 Wind", "2 Rain", "3 Snow"]),
        (["Chapter 1: Wind", "East", "Chapter 2: Rain", "Chapter 3: Snow"],
         ["Chapter 1: Wind", "Chapter 2: Rain", "Chapter 3: Snow"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)  # fmt: skip
def test_highest_level_with_enough_parts_is_taken(headings, expected):
    assert names(written(*headings)) == expected


def test_level_below_is_taken_where_one_has_too_few_parts():
    assert names(written("# One", "## A", "## B", "# Two", "## C")) == ["One", "A", "B", "Two", "C"]


def test_two_parts_do_where_there_are_no_more():
    assert names(written("# One", "# Two")) == ["One", "Two"]


def test_too_many_parts_do_where_there_is_no_higher_level():
    headings = [f"# Part {number}" for number in range(MAX_SECTIONS + 5)]
    assert len(names(written(*headings))) == MAX_SECTIONS + 5


def test_underlined_headings_are_of_a_level_for_each_kind_of_line():
    text = "One\n===\n\nIt rained.\n\nEast\n----\n\nIt blew.\n\nTwo\n===\n\nIt snowed.\n\nThree\n=====\n\nIt thawed.\n"
    assert names(text) == ["One", "Two", "Three"]


def test_line_above_a_heading_makes_another_level():
    text = "====\nBook\n====\n\nIt begins.\n\nOne\n===\n\nIt rained.\n\nTwo\n===\n\nIt snowed.\n"
    assert names(text) == ["Book", "One", "Two"]


@pytest.mark.parametrize("text", ["", "It rained. It stopped.", "# One\n\nIt rained.", "# One\n\n# Two\n\nIt rained."])
def test_text_without_two_parts_has_none(text):
    assert sections(text) == []


def test_chapters_that_the_format_names_come_first():
    text = "It rained.\n\n# No chapter\n\nIt stopped.\n\nIt snowed.\n\nIt thawed.\n"
    chapters = (0, "I. Rain"), (text.index("It snowed"), "II. Snow"), (text.index("It thawed"), "III. Thaw")
    assert names(text, *chapters) == ["I. Rain", "II. Snow", "III. Thaw"]
    assert names(text, (5000, "behind the end")) == ["", "No chapter"]


def test_chapter_without_a_name_is_none():
    text = "It rained.\n\nIt snowed.\n\nIt thawed.\n\nIt blew."
    assert names(text, (0, "A"), (12, ""), (24, "B"), (36, "C")) == ["A", "B", "C"]


def test_heading_that_only_says_which_one_it_is_goes_on_with_the_next():
    text = "".join(f"CHAPTER {n}\n\nThe {name}\n\nIt was told.\n\n" for n, name in (("I", "Wind"), ("II", "Rain")))
    assert names(f"{text}CHAPTER III\n\nIt ended.") == ["CHAPTER I The Wind", "CHAPTER II The Rain", "CHAPTER III"]


def test_lines_of_the_contents_are_no_parts():
    body = "".join(
        f"第{n}章 {name}\n\n" + "下了一整天的雨。" * 9 + "\n\n" for n, name in ((1, "风"), (2, "雨"), (3, "雪"))
    )
    assert names(f"目录\n\n第1章 风\n第2章 雨\n第3章 雪\n\n{body}") == ["第1章 风", "第2章 雨", "第3章 雪"]


def test_title_of_the_whole_is_no_part_by_itself():
    assert names(f"# The book\n\n{written('## One', '## Two', '## Three')}") == ["One", "Two", "Three"]


def test_command_at_a_prompt_is_no_heading():
    text = (
        "One\n---\n\nIt rained.\n\n$ ls\n----\n\nIt stopped.\n\nTwo\n---\n\nIt snowed.\n\nThree\n-----\n\nIt thawed.\n"
    )
    assert names(text) == ["One", "Two", "Three"]


LETTER = "各镇水站应当在三月以前检查水轮，并把结果报到水利局。\n\n检查的费用由水利局承担。"


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("江州市水利局文件\n\n江水利〔2026〕17号\n\n关于检查水轮的通知\n\n", "关于检查水轮的通知"),
        ("关于检查水轮的通知\n\n江水利〔2026〕17号\n\n", "关于检查水轮的通知"),
        ("江州市水利局文件\n\n", "江州市水利局文件"),
    ],
)
def test_title_of_an_official_letter_is_not_who_sends_it(opening, title):
    assert find_title(document_of(f"{opening}{LETTER}")).name == title


@given(articles() | marked_texts)
def test_parts_are_in_order_and_apart(text):
    document = document_of(text)
    end = 0
    for span in find_sections(document):
        assert end <= span.first < span.end <= len(document.sentences)
        end = span.end
