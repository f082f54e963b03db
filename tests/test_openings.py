import pytest

from summarize.text.segmentation import find_sentences


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param("- 水轮转了。", 2, id="bullet"),
        pytest.param("- [x] 水轮转了。", 6, id="check box"),
        pytest.param("> 水轮转了。", 2, id="quotation"),
        pytest.param("1. 水轮转了。", 3, id="number"),
        pytest.param("（3）水轮转了。", 3, id="parenthesis"),
        pytest.param("[00:21.10]水轮转了。", 10, id="time"),
        pytest.param("（来源：河湾网）水轮转了。", 8, id="source"),
        pytest.param("第三条 水轮归镇上所有。", 0, id="an article names itself"),
        pytest.param("水轮转了。", 0, id="nothing"),
    ],
)
def test_a_sentence_begins_to_speak_behind_its_marks(text: str, body: int) -> None:
    assert find_sentences(text)[0].body == body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "一、先修堤坝。二、再清河道。三、三年内完工。", ["先修堤坝。", "再清河道。", "三年内完工。"], id="han"
        ),
        pytest.param("要点有二：(1) 修堤。(2) 清淤。", ["要点有二：(1) 修堤。", "清淤。"], id="brackets"),
        pytest.param("①修堤。②清淤。⑨不算。", ["修堤。", "清淤。", "⑨不算。"], id="circled"),
        pytest.param(
            "措施如下。九、修堤。十、清淤。十一、植树。", ["措施如下。", "修堤。", "清淤。", "植树。"], id="ten"
        ),
        pytest.param("1.) Mend the dam. 2.) Dredge the bed.", ["Mend the dam.", "Dredge the bed."], id="both marks"),
        pytest.param("他等了很久。二、三年后水退了。", ["他等了很久。", "二、三年后水退了。"], id="about so many"),
        pytest.param("The dam held. 12) is a note.", ["The dam held.", "12) is a note."], id="alone"),
        pytest.param("共12、13两项。3、其他。", ["共12、13两项。", "3、其他。"], id="end of a number"),
    ],
)
def test_marks_of_later_items_are_not_said(text: str, expected: list[str]) -> None:
    assert [text[one.body : one.end] for one in find_sentences(text)] == expected
