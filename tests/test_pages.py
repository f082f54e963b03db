import pytest

from summarize.text.pages import is_page_line, is_page_number, running_heads

HEAD = "河湾镇志"
PAGE = "磨坊修好以后，镇上的人又可以磨自己的麦子了，河边也热闹了起来。"


@pytest.mark.parametrize(
    "line", ["- 7 -", "—12—", "第 3 页", "第三页", "第3页 共10页", "3/10", "Page 3 of 10", "p. 12", "P.3"], ids=str
)
def test_number_of_a_page(line: str) -> None:
    assert is_page_number(line)
    assert is_page_line(line, 0, len(line))


@pytest.mark.parametrize("line", ["第三章", "3月", "Paris", "p", "-", "3:10", "第3页上有一张图"], ids=str)
def test_what_is_no_number_of_a_page(line: str) -> None:
    assert not is_page_number(line)


def test_bare_number_is_that_of_a_page_where_pages_have_a_head() -> None:
    pages = "\n".join(f"{HEAD}\n{PAGE}\n{number}" for number in range(1, 4))
    place = pages.index("\n2") + 1
    assert is_page_line(pages, place, place + 1)
    assert not is_page_line(f"{PAGE}\n2", len(PAGE) + 1, len(PAGE) + 2)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([HEAD, PAGE] * 3, {HEAD: 0}, id="three pages"),
        pytest.param([PAGE, f"  {HEAD}"] * 3, {HEAD: len(PAGE) + 3}, id="blanks around"),
        pytest.param([HEAD, PAGE] * 2, {}, id="two pages"),
        pytest.param([HEAD, "水。"] * 3, {}, id="too close together"),
        pytest.param(["磨坊主：", PAGE] * 3, {}, id="label of a speaker"),
        pytest.param(["", PAGE] * 3, {}, id="blank lines"),
        pytest.param(["1 2 3", PAGE] * 3, {}, id="no letter"),
    ],
)
def test_heads_of_pages(lines: list[str], expected: dict[str, int]) -> None:
    assert running_heads("\n".join(lines)) == expected
