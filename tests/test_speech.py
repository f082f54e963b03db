import pytest
from sentences import cuts, sentence_texts

from summarize.text.speech import is_chinese_tag, is_english_tag, is_introduced


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("“树都活了！”陈兰解释道。|后来下了雨。", id="解释道"),
        pytest.param("“树都活了。”县林业局副局长陈兰在山上说。|后来下了雨。", id="long subject"),
        pytest.param("“树都活了。”专家Ann Lee介绍，山上已经绿了。|后来下了雨。", id="Latin name"),
        pytest.param("“树都活了。” 专家 J. Lee 告诉记者。|后来下了雨。", id="blanks"),
        pytest.param("“树都活了。”陈兰告诉《江州日报》记者。|后来下了雨。", id="object"),
        pytest.param("“树都活了。”她摇摇头，轻声说。|后来下了雨。", id="two clauses"),
        pytest.param("“树都活了？”她问道：“那水呢？”|没人回答。", id="colon"),
        pytest.param("「樹都活了。」陳蘭強調。|後來下了雨。", id="Traditional"),
        pytest.param("「樹都活了。」她補充說。|後來下了雨。", id="Traditional, two characters"),
        pytest.param('"树都活了。"陈兰说。|后来下了雨。', id="straight marks"),
        pytest.param("“快浇水！”陈兰对大家喊话。|后来下了雨。", id="喊话"),
        pytest.param("“又没下雨。”护林员嘟囔了一句。|后来下了雨。", id="a sound or two"),
        pytest.param("陈兰表示，“树都活了。”|林业局回应称，山还会更绿。", id="speaker before, comma"),
        pytest.param("陈兰摇摇头，“树没活。”她说。|后来下了雨。", id="no verb of saying before"),
        pytest.param('"It is done!" Dr. Lee, who planned it, told the panel. |We left.', id="told whom"),
        pytest.param('"It rained." |Ann told the truth. |We left.', id="told what"),
        pytest.param("“树都活了……”她喃喃自语。|后来下了雨。", id="ellipsis"),
        pytest.param("“树都活了。”陈兰说", id="no stop"),
        pytest.param("“树都活了。”|这是陈兰的看法。|后来下了雨。", id="no tag"),
        pytest.param("“快跑！”|一行人跑上街道。|天黑了。", id="noun with the same end"),
        pytest.param("老周说：“走吧。”|老郑说：“再等等。”|天黑了。", id="next speaker"),
        pytest.param("“树都活了。”|陈兰看着他。|后来下了雨。", id="listener without a verb of telling"),
        pytest.param("“树都活了。”|他到山上看了看，水很清。", id="no verb of saying"),
        pytest.param('"Is it safe?" Harold asked. |Nobody knew.', id="name"),
        pytest.param('"It is done!" Deputy director Ann Lee said at the opening. |We left.', id="title and place"),
        pytest.param("“It is done!” Ann Lee, the mayor, said. |We left.", id="apposition"),
        pytest.param('"It rained." |The minister said the road was closed. |We left.', id="statement of its own"),
        pytest.param('"It rained." |Ann said, "The road is closed." |We left.', id="introduces the next"),
        pytest.param('"We will go," she added. |"We have no choice." |We left.', id="interrupted"),
    ],
)
def test_quotation_stays_with_its_speaker(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("他说：|“走。”", True),
        ("陈兰表示，|“走。”", True),
        ('She said, |"Go."', True),
        ("陈兰摇摇头，|“走。”", False),
        ("陈兰说着|“走。”", False),  # nothing parts them: the words go on
        ("，|“走。”", False),
        ("|“走。”", False),
    ],
)
def test_quotation_is_introduced_by_what_stands_right_before_it(marked: str, expected: bool) -> None:
    assert is_introduced(marked.replace("|", ""), 0, marked.index("|")) is expected


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("陈兰说。", True),
        ("陈兰说", True),
        ("陈兰喊着。", True),
        ("陈兰喊了起来。", True),  # three aspects
        ("陈兰喊着了起来。", False),  # four
        ("陈兰听见山里的喊。", False),  # a noun
        ("陈兰说了一声。", True),
        ("陈兰说了几句。", True),
        ("陈兰看了几句。", False),
        ("陈兰说了实话。", True),
        ("陈兰说了三天的实话。", False),
        ("陈兰告诉他。", True),
        ("陈兰看着他。", False),
        ("陈兰告诉《江州日报》记者。", True),
        ("陈兰看着《江州日报》记者。", False),
        ("陈兰摇摇头，轻声说。", True),
        ("陈兰摇摇头，说。", True),
        ("陈兰摇摇头，轻声说，", False),  # the second clause has to end in a full stop
        ("陈兰摇摇头，轻声说", False),
        ("陈兰摇摇头：轻声说。", False),  # parted by no comma
        ("陈兰在雨里站了很久很久很久很久了，轻声说。", True),  # 16 code points before the comma
        ("陈兰在雨里站了很久很久很久很久了啊，轻声说。", False),
        (f"{'陈' * 47}说。", True),
        (f"{'陈' * 48}说。", False),
    ],
)
def test_chinese_tag_ends_in_a_verb_of_saying(behind: str, expected: bool) -> None:
    assert is_chinese_tag(f"“走。”{behind}", 4, 4 + len(behind)) is expected


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("Ann said.", True),
        ("Ann said", True),
        ("ann said.", False),
        ("Ann slept.", False),
        ("Ann said quietly.", True),
        ("Ann said nothing.", False),
        ('Ann said, "Go."', False),
        ('Ann said: "Go."', False),
        ("Ann said, and left.", True),
        ("Ann Lee, the mayor, said.", True),
        ("Ann Lee, the mayor, slept.", False),
        ("Ann told the panel.", True),
        ("Ann told the story.", False),
        ("Ann told the panel that it rained.", False),
        ("One two three four five six seven eight said.", True),
        ("One two three four five six seven eight nine said.", False),
    ],
)
def test_english_tag_has_a_speaker_and_a_verb_of_saying(behind: str, expected: bool) -> None:
    assert is_english_tag(f'"Go." {behind}', 6, 6 + len(behind)) is expected
