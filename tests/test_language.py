import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.document import LANGUAGES
from summarize.text.language import detect_language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年的产量比去年增长了三成。", "zh"),
        ("今年的產量比去年增長了三成。", "zh"),
        ("Output rose by a third this year.", "en"),
        ("用 Docker Compose 部署 PostgreSQL 和 Redis 的时候，要先写好 docker-compose.yml 文件。", "zh"),
        ("The company, known as 华为 in Chinese, reported its results to reporters on Monday.", "en"),
        ("Ｎｏ", "zh"),
        ("", "zh"),
        (" \n\t", "zh"),
        ("2018-06-14 10:30 3.5%", "zh"),
        ("Привет, мир", "zh"),
        ("好 fine", "zh"),
        ("好 fine fine", "en"),
        ("It's", "en"),
        ("𠀀𠀁", "zh"),
        ("naïve café 好", "en"),
    ],
)
def test_language_of_written_text(text, expected):
    assert detect_language(text) == expected


@given(st.text())
def test_language_of_any_text_is_one_of_ours(text):
    assert detect_language(text) in LANGUAGES


@given(st.integers(0, 30), st.integers(0, 30))
def test_language_is_english_only_with_more_words_than_characters(num_words, num_characters):
    text = "word " * num_words + "字。" * num_characters
    assert detect_language(text) == ("en" if num_words > num_characters else "zh")
