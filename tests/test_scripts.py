from pathlib import Path

import pytest

from summarize.text.language import read_as
from summarize.text.scripts import find_foreign

JAPANESE = "市は十二日、古い図書館を駅前へ移すと発表した。新しい建物は四階建てで、来年の春に開く。"
KOREAN = "한강시는 낡은 도서관을 역 앞으로 옮긴다고 발표했다. 새 건물은 4층이다."
RUSSIAN = "Власти города объявили, что библиотека переедет на площадь. Это старый дом."
ENGLISH = "The city said on Monday that the library will move to the station square in the spring, and that it is old."
CHINESE = "市政府星期一宣布，图书馆将于明年春天迁到车站广场。新馆有四层，藏书四十五万册。"
# A text in each language of Latin letters.
LINES = Path(__file__).with_name("foreign.txt").read_text(encoding="utf-8").splitlines()
IN_LATIN_LETTERS = {language: text for language, _, text in (line.partition(": ") for line in LINES)}
GERMAN = IN_LATIN_LETTERS["German"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (JAPANESE, "Japanese"),
        ("ニュースデスク", "Japanese"),
        (KOREAN, "Korean"),
        (RUSSIAN, "Russian"),
        ("Влада міста оголосила, що бібліотека переїде на площу.", "Cyrillic script"),
        ("Властите обявиха, че библиотеката ще се премести.", "Cyrillic script"),
        ("أعلنت البلدية أن المكتبة ستنتقل إلى ساحة المحطة.", "Arabic script"),
        ("निगम ने घोषणा की कि पुस्तकालय स्टेशन चौक पर जाएगा।", "Devanagari script"),
        ("เทศบาลประกาศว่าหอสมุดจะย้ายไปที่ลานหน้าสถานี", "Thai"),
        ("Η πόλη ανακοίνωσε ότι η βιβλιοθήκη θα μεταφερθεί.", "Greek"),
        ("העירייה הודיעה שהספרייה תעבור לכיכר התחנה.", "Hebrew"),
        ("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", "another script"),
        *((text, language) for language, text in IN_LATIN_LETTERS.items()),
        (GERMAN.upper(), "German"),
    ],
)
def test_foreign_text_is_told_by_its_letters_or_its_commonest_words(text, expected):
    assert find_foreign(text) == expected
    assert read_as(text)[1] == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("2018-06-14 10:30 3.5%", id="no letters"),
        pytest.param(ENGLISH, id="English"),
        pytest.param(CHINESE, id="Chinese"),
        pytest.param("市政府宣佈，圖書館將於明年春天遷到車站廣場。", id="Traditional"),
        pytest.param(f"{CHINESE}他引用了《産経新聞》の一句话：“{JAPANESE[:14]}”", id="Chinese that quotes Japanese"),
        pytest.param(f"{CHINESE}俄文名是 Зареченск, Россия, Центральная библиотека.", id="Chinese with Russian names"),
        pytest.param(f"{ENGLISH} The sign says: „{GERMAN[:80]}“", id="English that quotes German"),
        pytest.param(f"{CHINESE}{KOREAN[:30]}", id="Chinese that quotes Korean"),
        pytest.param("Los Angeles, San Francisco, La Paz, El Paso, Des Moines, Den Haag", id="names"),
        pytest.param("de la en que", id="too few words to be sure"),
        pytest.param("lorem ipsum dolor sit amet consectetur adipiscing elit", id="no known language"),
        pytest.param("食べる是“吃”，飲む是“喝”，行く是“去”：这三个动词在课本里就学到了，要记牢。", id="a lesson"),
    ],
)
def test_text_in_our_languages_or_in_none_that_is_sure_is_not_called_foreign(text):
    assert find_foreign(text) is None
    assert read_as(text)[1] is None


def test_most_of_a_text_decides():
    assert find_foreign(f"{JAPANESE}\n{CHINESE}\n{JAPANESE}") == "Japanese"
    assert find_foreign(f"{CHINESE}\n{JAPANESE}\n{CHINESE}") is None
    assert find_foreign(f"{GERMAN} {GERMAN} {ENGLISH}") == "German"
    assert find_foreign(f"{GERMAN} {ENGLISH} {ENGLISH}") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [(JAPANESE, "zh"), (KOREAN, "en"), (RUSSIAN, "en"), (GERMAN, "en"), (ENGLISH, "en"), (CHINESE, "zh"), ("", "zh")],
)
def test_foreign_text_is_read_as_the_language_that_is_written_like_it(text, language):
    assert read_as(text)[0] == language
