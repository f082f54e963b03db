import pytest

from summarize.text.markers import match_marker


@pytest.mark.parametrize(
    ("line", "kind", "mark"),
    [
        ("## 标题", "markdown", "## "),
        ("- 水轮", "bullet", "- "),
        ("•水轮", "bullet", "•"),
        ("\\item 水轮", "bullet", "\\item "),
        ("第三章 水轮", "chapter", "第三章"),
        ("十二、水轮", "han", "十二、"),
        ("（三）水轮", "parenthesis", "（三）"),
        ("(a) wheel", "parenthesis", "(a)"),
        ("iv. wheel", "roman", "iv."),
        ("I. THE WHEEL", "roman", "I."),
        ("A. 水轮", "letter", "A."),
        ("a) wheel", "arabic", "a)"),
        ("③水轮", "circled", "③"),
        ("2.1 水轮", "decimal", "2.1 "),
        ("12. wheel", "arabic", "12."),
        ("123a、水轮", "arabic", "123a、"),
    ],
)
def test_mark_is_told_by_its_kind(line: str, kind: str, mark: str) -> None:
    assert match_marker(f"。{line}", 1, len(line) + 1) == (kind, len(mark) + 1)


@pytest.mark.parametrize(
    "line",
    ["水轮", "2.1米", "3.14", "In the mill", "I. e.", "A. The mill", "-水轮", "第三", "一个", "-", ""],
    ids=ascii,
)
def test_line_without_a_mark(line: str) -> None:
    assert match_marker(line, 0, len(line)) == ("", 0)


def test_mark_ends_where_the_line_does() -> None:
    assert match_marker("1.\n水轮", 0, 1) == ("", 0)
