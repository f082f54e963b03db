import pytest
from sentences import cuts, sentence_texts


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("味道不错~ |下次还来～ |环境也很好", id="tildes"),
        pytest.param("8月~ 9月开放，票价10～ 20元。", id="ranges"),
        pytest.param("今天去看花了😀 |天气特别好🌞🌞|明天还想再去", id="emoji"),
        pytest.param("📍江州市人民公园 ⏰上午九点开门", id="emoji before items"),
        pytest.param("真好！😀 |明天再来。|👉点这里。", id="emoji behind a stop"),
        pytest.param(
            "傍晚的风吹过河堤 |我在桥上等你 |灯一盏一盏亮起 |像小时候的故事 |你说过会回来 |在下雪的那一天", id="lyrics"
        ),
        pytest.param("傍晚的风吹过河堤 我在桥上等你", id="short line with blanks"),
    ],
)
def test_emoji_tildes_and_blanks_stand_for_stops(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


def test_words_with_blanks_between_stay_together() -> None:
    text = "今天 我们 开会 主要 讲 一下 搬家 的 事情 时间 定在 周六 上午 九点 大家 记得 早点 来 不要 迟到"
    assert sentence_texts(text) == [text]
