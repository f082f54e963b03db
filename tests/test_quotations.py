import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.text.quotations import find_pairs, quotation_state


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("他说：“走。”", ["“走。”"], id="curly"),
        pytest.param('他说："走。"她说："好。"', ['"走。"', '"好。"'], id="straight"),
        pytest.param('他说：“走。"', ['“走。"'], id="curly and straight"),
        pytest.param("他说：”走。”", ["”走。”"], id="closing mark that opens"),
        pytest.param("「他說『走』。」", ["「他說『走』。」", "『走』"], id="nested"),
        pytest.param("（见《江河》)", ["（见《江河》)", "《江河》"], id="widths mixed"),
        pytest.param("„Ja“, sagte er. „Nein”, rief Eva.", ["„Ja“", "„Nein”"], id="low"),
        pytest.param("‘It’s the ‘90s,’ he said.", ["‘It’s the ‘90s,’"], id="apostrophes"),
        pytest.param("`` stop , '' he said", ["`` stop , ''"], id="tokenized"),
        pytest.param('A 5" nail. "Yes," he said.', ['"Yes,"'], id="inches"),
        pytest.param("“走。他说：“好。”", ["“好。”"], id="never closed"),
        pytest.param("走。”1）", [], id="never opened"),
        pytest.param("走了”又说”好。", [], id="closing marks that nothing opens"),
        pytest.param('He said : " Yes " .', ['" Yes "'], id="straight, tokenized"),
        pytest.param("", [], id="empty"),
    ],
)
def test_pairs_are_found(text: str, expected: list[str]) -> None:
    assert [text[pair.opening : pair.end] for pair in find_pairs(text, 0, len(text))] == expected


def test_pair_holds_few_marks_that_nothing_closes() -> None:
    assert find_pairs(f"“{'（' * 15}”", 0, 17) == [(0, 16, "“", "”")]
    assert find_pairs(f"“{'（' * 16}”", 0, 18) == []


def test_part_begins_as_after_a_gap() -> None:
    assert find_pairs('5" a" b', 1, 7) == [(1, 4, '"', '"')]
    assert find_pairs('5" a" b', 0, 7) == []  # of inches


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("[他说：“走。]快走。”", ("", "”"), id="first"),
        pytest.param("他说：“走。[快走。]别停。”", ("“", "”"), id="middle"),
        pytest.param("他说：“走。[快走。”]天黑了。", ("“", ""), id="last"),
        pytest.param("[他说：“走。快走。”]天黑了。", ("", ""), id="whole"),
        pytest.param("他说：“走。快走。”[天黑了。]", ("", ""), id="outside"),
        pytest.param("[天黑了。]“走。快走。”", ("", ""), id="before"),
        pytest.param("[天黑了。]“走。快走。\n\n“别停。”他说。", ("", ""), id="before one over paragraphs"),
        pytest.param('He said: "Go. [Run.] Now."', ('"', '"'), id="straight"),
        pytest.param("「他說『走。[快走。]別停』。」", ("「『", "』」"), id="nested"),
        pytest.param("（见下。[又见后。]再见前。）", ("（", "）"), id="parenthesis"),
        pytest.param("[“走。]快走。\n\n“别停。”他说。", ("", "”"), id="over paragraphs, first"),
        pytest.param("“走。[快走。]\n\n“别停。”他说。", ("“", "”"), id="over paragraphs, middle"),
        pytest.param("“走。快走。\n\n[“别停。”他说。]", ("", ""), id="over paragraphs, last"),
        pytest.param("“走。[快走。]\n\n天黑了。", ("", ""), id="stray"),
        pytest.param("[（走。]快走。", ("", ""), id="stray bracket"),
        pytest.param("走。[快走。”]", ("", ""), id="stray closing mark"),
    ],
)
def test_state_tells_the_marks_that_are_lacking(marked: str, expected: tuple[str, str]) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert quotation_state(text, start, end) == expected


def test_state_takes_the_paragraph_it_is_given() -> None:
    text = "“走。\n快走。”"
    assert quotation_state(text, 4, 7, paragraph=(4, 8)) == ("", "")
    assert quotation_state(text, 4, 7) == ("“", "”")


@given(st.text(st.sampled_from("“”‘’「」\"（）()《》a天。 \n'`")))
def test_pairs_lie_inside_or_beside_each_other(text: str) -> None:
    pairs = find_pairs(text, 0, len(text))
    assert pairs == sorted(pairs)
    for pair in pairs:
        assert text.startswith(pair.opener, pair.opening)
        assert text.startswith(pair.closer, pair.closing)
        for other in pairs:
            assert not pair.opening < other.opening < pair.closing < other.closing
