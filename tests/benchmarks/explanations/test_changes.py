import pytest

from benchmarks.explanations.changes import CHANGES, dates, extra_spaces, final_space, one_paragraph, traditional
from summarize.document import Document, Language
from summarize.text.segmentation import find_sentences


def document_of(text: str, language: Language = "zh") -> Document:
    return Document(text, find_sentences(text), language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议于2018年6月5日召开。", "会议于2018-06-05召开。"),
        ("会议于2018-06-05召开。", "会议于2018年6月5日召开。"),
        ("从2018年6月5日到2019-11-20。", "从2018-06-05到2019年11月20日。"),
        ("电话12018-06-05，编号2018-06-05-7。", "电话12018-06-05，编号2018-06-05-7。"),
        ("6月5日，2018年6月。", "6月5日，2018年6月。"),
        ("It met on June 5, 2018.", "It met on 5 June 2018."),
        ("On 5 June 2018 it met.", "On June 5, 2018 it met."),
        ("In June 2018, on June 5.", "In June 2018, on June 5."),
    ],
)
def test_dates_change_their_form(text: str, expected: str) -> None:
    assert dates(document_of(text)) == expected


@pytest.mark.parametrize("text", ["于2018年6月5日。", "于2018年11月20日。", "On June 5, 2018.", "On 5 June 2018."])
def test_dates_changed_twice_are_as_before(text: str) -> None:
    assert dates(document_of(dates(document_of(text)))) == text


def test_extra_spaces_stand_where_scripts_meet() -> None:
    assert extra_spaces(document_of("苹果Apple在2018年。Go fast！")) == "苹果 Apple 在 2018 年。Go fast！"


def test_extra_spaces_of_english_are_doubled() -> None:
    assert extra_spaces(document_of("It rained.\nA lot\n\nfell.", "en")) == "It  rained.\nA  lot\n\nfell."


def test_one_paragraph_keeps_headings_and_lines_without_an_end() -> None:
    text = "# 天气\n\n今天晴。\n\n明天雨。后天\n\n也雨。“好。”\n大后天晴。\n"
    document = document_of(text)
    changed = one_paragraph(document)
    assert changed == "# 天气\n\n今天晴。明天雨。后天\n\n也雨。“好。”大后天晴。\n"


def test_one_paragraph_of_english_has_spaces() -> None:
    document = document_of("It rained.\n\nIt snowed.\n", "en")
    assert one_paragraph(document) == "It rained. It snowed.\n"
    assert one_paragraph(document_of("It rained. It snowed.\n", "en")) == "It rained. It snowed.\n"


def test_final_space_is_one_space_and_a_line_break() -> None:
    assert final_space(document_of("晴。")) == final_space(document_of("晴。\n\n")) == "晴。 \n"


def test_traditional_is_written_by_opencc() -> None:
    assert traditional(document_of("头发")) == "頭髮"
    assert traditional(document_of("Hair 头发", "en")) == "Hair 头发"


@pytest.mark.parametrize("name", CHANGES)
def test_changes_of_nothing_to_change_leave_the_text_alone(name: str) -> None:
    text = "A. \n"
    assert CHANGES[name](document_of(text, "en")) == text
