import pytest
from sentences import cuts, sentence_texts


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("何敏说：“树活了。水清了。鸟来了。”|会散了。", id="speaker before"),
        pytest.param("“树活了。水清了。”何敏说。|会散了。", id="speaker behind"),
        pytest.param("「樹活了。水清了。」何敏說。|會散了。", id="corner brackets"),
        pytest.param('"It rained. It snowed," said Ann. |We left.', id="English"),
        pytest.param("‘I don’t know. It’s late,’ she said. |We left.", id="single marks and apostrophes"),
        pytest.param("（树活了。水清了。）|会散了。", id="brackets"),
        pytest.param("The room (see the plan. It is old.) was cold. |We left.", id="parenthesis"),
        pytest.param("他说：“树活了。|水清了。|会散了。", id="never closed"),
        pytest.param('The 5" board broke. |"It is old. It is thin," he said. |We left.', id="inches"),
    ],
)
def test_short_quotation_is_kept_whole(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    ("statement", "most"), [("树又长高了一些。", 200), ("The trees grew a little. ", 500)], ids=["zh", "en"]
)
def test_long_quotation_is_cut(statement: str, most: int) -> None:
    fitting = most // len(statement) - 1
    assert len(sentence_texts(f"“{(statement * fitting).strip()}”")) == 1
    assert len(sentence_texts(f"“{(statement * (fitting + 3)).strip()}”")) == fitting + 3
