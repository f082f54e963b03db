import pytest

from summarize.text.credits import is_credit


@pytest.mark.parametrize(
    "line",
    [
        *("作者：林小河", "本报记者/林小河", "文/图：林小河", "文 林小河 图 高山", "记者、摄影：林小河", "来源|河湾网"),
        *("（来源：河湾网）", "【图片来源】", "——据记者", "—摄影 高山)", "记者林小河", "新华社记者 林小河 高山"),
        *(
            "本报特约通讯员林小河 摄影报道",
            "By Olga Brandt",
            "BY OLGA BRANDT and Ann de Lee, Staff",
            "Photo by Ann Lee",
        ),
        *("Source: The Mill", "Editing by Ann Lee", "Last updated: today", "Image credit / The Mill"),
        *("Maps courtesy of the mill", "江水利〔2026〕17号", "（2025）江0304民初21号", "河湾镇 [2026] 第 3 号"),
    ],
    ids=str,
)
def test_line_says_who_made_the_text(line: str) -> None:
    assert is_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        *("作者：林小河写得很慢。", "文化站开了门", "图书馆：两千人来了！", "记者昨天在河湾镇看到水轮转了", "（水轮）"),
        *("河湾镇2026年3号", "他住在〔河边〕3号", "江水利〔2026〕17号文件"),
        *("——走吧", "By noon the wheel turned.", "Photos fade", "Sources of the river"),
    ],
    ids=str,
)
def test_line_only_begins_as_if_it_did(line: str) -> None:
    assert not is_credit(line)
