import pytest

from summarize.text.segmentation import find_sentences

PROSE = "镇上的旧磨坊昨天重新开门，第一天就磨了三百斤麦子。磨坊主说，水轮已经停了二十年。"


def role_of(line: str, text: str) -> str:
    """The role of what has a line in it."""
    place = text.index(line)
    return next(one.role for one in find_sentences(text) if one.start <= place < one.end)


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        pytest.param("各位乡亲：", f"各位乡亲：\n\n{PROSE}", "apparatus", id="greeting on top"),
        pytest.param("各位乡亲：", f"{PROSE}\n\n" * 4 + "各位乡亲：", "text", id="greeting further below"),
        pytest.param("林小河", f"{PROSE}\n\n此致\n敬礼\n\n林小河", "apparatus", id="name below a closing"),
        pytest.param("林小河", f"{PROSE}\n\n林小河", "text", id="name below nothing"),
        pytest.param("河湾镇磨坊", f"{PROSE}\n\n河湾镇磨坊\n\n2025年3月4日", "apparatus", id="office over a date"),
        pytest.param("The Mill Co.", f"{PROSE}\n\n--\n\nThe Mill Co.", "apparatus", id="below dashes"),
        pytest.param("水轮停转之后", f"{PROSE}\n\n相关阅读\n\n水轮停转之后", "apparatus", id="below see also"),
        pytest.param("[1] 林小河", f"水轮停了[1]。\n\n{PROSE}\n\n[1] 林小河著《磨坊》。", "apparatus", id="note"),
        pytest.param("[1] 林小河", f"{PROSE}\n\n[1] 林小河著《磨坊》。", "text", id="a number that nothing refers to"),
        pytest.param("© 2025", f"{PROSE}© 2025 河湾镇。{PROSE}", "apparatus", id="notice in a paragraph"),
        pytest.param("作者林小河", f"{PROSE}作者林小河写得很慢。{PROSE}", "text", id="sentence in a paragraph"),
    ],
)
def test_role_is_told_by_the_place(line: str, text: str, expected: str) -> None:
    assert role_of(line, text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "（笑聲）",
        "責編：禾田　值班主編：田橫",
        "本報記者　宋雁　　攝影　林立　　編輯　小麥",
        "附圖一：礦區巷道示意（略）",
        "本郵件及附件可能含有保密信息，誤收請刪除並通知發件人",
        "（本文首發於本刊5月號，未經授權不得轉載）",
        "掃碼下載客戶端",
        "圖片來源：河灣鎮",
    ],
)
def test_apparatus_in_traditional_characters_is_apparatus(line: str) -> None:
    text = "鎮上的舊磨坊昨天重新開門，第一天就磨了三百斤麥子。磨坊主說，水輪已經停了二十年。"
    assert role_of(line, f"{text}\n\n{line}\n\n{text}") == "apparatus"
