import pytest

from summarize.text.letters import is_closing, is_greeting


@pytest.mark.parametrize(
    "line",
    [
        *(
            "尊敬的林先生：",
            "亲爱的妈妈！",
            "各位乡亲，",
            "各位老师您好！",
            "林女士：",
            "各镇人民政府，各有关部门：",
            "各会员单位：",
            "大家好，",
            "你们好：",
            "Dear Ann,",
        ),
        *("Hi all,", "Hello!", "Good morning, everyone", "Hey Ann"),
    ],
    ids=str,
)
def test_greeting(line: str) -> None:
    assert is_greeting(line)


@pytest.mark.parametrize(
    "line",
    [
        "他说：",
        "各方的意见如下：",
        "各镇人民政府都来了人。",
        "History repeats.",
        "Dearly loved",
        "亲爱的读者写来了三百封信。",
    ],
    ids=str,
)
def test_what_is_no_greeting(line: str) -> None:
    assert not is_greeting(line)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "此致 敬礼！",
            "此致\n敬礼",
            "敬禮",
            "顺颂商祺",
            "祝好！",
            "祝您工作顺利",
            "特此通知。",
            "谢谢大家！",
            "以上，谢谢。",
        ),
        *(
            "Best,",
            "Kind regards,",
            "Warmest wishes",
            "sincerely yours,",
            "Yours truly",
            "Many thanks!",
            "thanks a lot",
        ),
        *("Thank you all.", "Cheers", "Respectfully yours,", "--"),
    ],
    ids=str,
)
def test_closing(line: str) -> None:
    assert is_closing(line)


@pytest.mark.parametrize(
    "line", ["祝他好运的人不少。", "以上是去年的数字", "Thank you note", "Best of all", "-"], ids=str
)
def test_what_is_no_closing(line: str) -> None:
    assert not is_closing(line)
