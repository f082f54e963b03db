import pytest

from summarize.text.segmentation import find_sentences


def spoken(text: str) -> list[tuple[str, str]]:
    """Who speaks and what, of each sentence."""
    sentences = find_sentences(text)
    names = [text[slice(*sentence.speaker)] if sentence.speaker else "" for sentence in sentences]
    return [(name, text[one.body : one.end]) for name, one in zip(names, sentences, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "赵磊：你吃了吗？\n钱雨：吃了。\n赵磊：好。\n钱雨：走。", ["赵磊", "钱雨", "赵磊", "钱雨"], id="names"
        ),
        pytest.param("Q: Is it far?\nA: Not at all.", ["Q", "A"], id="question and answer"),
        pytest.param("问：远吗？\n答：不远。走路就到。", ["问", "答", "答"], id="all of a turn"),
        pytest.param("甲方 1 00:03\n水涨了。\n甲方 2 00:09\n知道。", ["甲方 1", "甲方 2"], id="own lines"),
        pytest.param("张三 10:01\n水涨了\n李四 10:02\n知道", ["张三", "李四"], id="time of day behind"),
        pytest.param(
            "[2024/5/6 上午9:12] 甲: 水涨了吗\n[2024/5/6 上午9:15] 乙: 昨天下午就涨了\n[2024/5/6 上午9:16] 甲: 好",
            ["甲", "乙", "甲"],
            id="wide lines",
        ),
        pytest.param("水务(1234) 9:12\n水涨了\n高山<g@example.com> 9:13\n知道", ["水务", "高山"], id="addresses"),
        pytest.param("5/6/24, 9:12 AM - Ann: rain?\n5/6/24, 9:13 AM - Bob: no", ["Ann", "Bob"], id="American days"),
        pytest.param("Ann Reed  9:12 AM\nis it fixed?\n\nBob  9:15 AM\nyes.", ["Ann Reed", "Bob"], id="small letters"),
        pytest.param("【记者】远吗？\n【馆长】不远。\n【记者】好。\n【馆长】走。", ["记者", "馆长"] * 2, id="lenses"),
        pytest.param(
            "记者 赵晨：远吗？\n馆长 钱虹：不远。\n记者 赵晨：好。\n馆长 钱虹：走。",
            ["记者 赵晨", "馆长 钱虹"] * 2,
            id="offices",
        ),
        pytest.param("[00:01:02] ANN: It rains.\n[00:01:09] BOB: It does.", ["ANN", "BOB"], id="time before"),
        pytest.param("Speaker 3 (10:02): It rains.\nSpeaker 4 (10:05): So?", ["Speaker 3", "Speaker 4"], id="behind"),
        pytest.param("**Ann:** Rain.\n**Bob:** So?\n**Ann:** I stay.\n**Bob:** Fine.", ["Ann", "Bob"] * 2, id="bold"),
        pytest.param("时间：下午三点。\n地点：南门。\n电话：总机。", ["", "", ""], id="facts"),
        pytest.param("结论：水位不会再涨。大家放心。", ["", ""], id="one head"),
        pytest.param("09:00 签到\n09:30 开幕式\n10:00 报告", ["", "", ""], id="timetable"),
        pytest.param("5/6/24, 9:12 AM\n\nIt rained all day.", ["", ""], id="time of a print"),
        pytest.param("姓名：甲\n电话：一\n姓名：乙\n电话：二", ["", "", "", ""], id="records"),
    ],
)
def test_turns_know_who_speaks(text: str, expected: list[str]) -> None:
    assert [name for name, _ in spoken(text)] == expected


def test_a_label_is_no_part_of_what_is_said() -> None:
    said = [what for _, what in spoken("DR. LEE: It rains. I stay.\nANN: So do I.\nDR. LEE: Good.\nANN: Yes.")]
    assert said == ["It rains.", "I stay.", "So do I.", "Good.", "Yes."]


@pytest.mark.parametrize("num_before", range(9))
def test_a_label_behind_a_time_is_found_wherever_it_stands(num_before: int) -> None:
    text = "\n" * num_before + "[07:30] 周老师: 水涨了，先别出门。\n[07:31] 阿明爸爸: 收到。\n[07:32] 周老师: 好。"
    assert [name for name, _ in spoken(text)] == ["周老师", "阿明爸爸", "周老师"]


def test_a_label_with_nothing_under_it_is_apparatus() -> None:
    roles = [one.role for one in find_sentences("张三(10001) 10:21\n河水涨了。\n李四(10002) 10:25")]
    assert roles == ["text", "apparatus"]
