import pytest
from sentences import cuts, sentence_texts


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("老师说：“上课。”|学生坐好。", id="closing quote"),
        pytest.param("她写道：‘我到了。’”|信很短。", id="two closing marks"),
        pytest.param("「走了。」|『好。』|门关上了。", id="corner brackets"),
        pytest.param("河水上涨。[1]|桥被淹了。[12]", id="footnote"),
        pytest.param("**要点。** |正文在后。", id="markdown emphasis"),
        pytest.param("天黑了。\u200b|灯亮了。", id="invisible character"),
        pytest.param("They agree. [1] |Others do not.[2-4] |We tried.12 |It failed.", id="numbers of notes"),
    ],
)
def test_what_closes_stays_with_its_sentence(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected
