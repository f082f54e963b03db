import pytest

from summarize.text.notices import NOTICE_CUES, is_notice


@pytest.mark.parametrize(
    "run",
    [
        *("© 2025 河湾网", "版权归河湾网所有，未经授权禁止擅自转载。", "转载请注明出处", "如有侵权请联系我们", "退订"),
        *("All rights reserved.", "You received this e-mail in error.", "Sent from my phone", "Click to unsubscribe"),
        *(
            "Ann Lee contributed to this report.",
            "分享到微博",
            "字号：大 中 小",
            "相关阅读",
            "【点击查看】",
            "· 下一篇",
        ),
        *(
            "关注我们",
            "关注河湾镇公众号",
            "长按下面的二维码识别",
            "欢迎订阅",
            "\u2003 （扫一扫",
            "Sign up for news",
            "Read more",
        ),
        *("View this e-mail in your browser", "This story has been updated", "Related stories", "Download our app"),
    ],
    ids=ascii,
)
def test_notice(run: str) -> None:
    assert is_notice(run, NOTICE_CUES)


@pytest.mark.parametrize(
    "run",
    [
        *(
            "关注河湾镇的人不少",
            "水轮转了",
            "相关的人都来了",
            "This story is old",
            "Download speeds rose",
            "版权页在后面",
        ),
        "欢迎订阅" + "水" * 60,
    ],
    ids=ascii,
)
def test_what_is_no_notice(run: str) -> None:
    assert not is_notice(run, NOTICE_CUES)
