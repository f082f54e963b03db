"""Language detection: as which language a text is processed."""

from functools import lru_cache

from summarize.document import Language
from summarize.text.patterns import lazy_pattern

# Ideographs with their iteration mark and zero, for use inside a character class.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# One for all who look for Chinese characters: to compile it takes 1 ms, and without the `+` 2 ms.
HAN_RUN = lazy_pattern(f"[{HAN}]+")
JIEBA_HAN_RUN = lazy_pattern("([\u4e00-\u9fd5]+)")  # the characters that jieba makes words of
_LATIN_WORD = lazy_pattern(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z\u00c0-\u024f]+)*")


# What plain English has once or more in so many characters, and Chinese that quotes Japanese in no fewer.
_PLAIN_ENGLISH = (" the ", " of ", " and ", " to ", " a ", " in ", " is ", " you ", " it ", " I ")
_CHARS_OF_ENGLISH = 60
_COMMON_KANA = "のはにをたがでと"
_CHARS_OF_JAPANESE = 20


def detect_language(text: str) -> Language:
    """Return "en" if `text` has more Latin words than Chinese characters, else "zh".

    A Chinese character is a little more than half a word, so a Chinese text may hold many English terms and stay
    Chinese, and an English one some Chinese names and stay English; of two equal halves the Chinese one decides.
    A text without letters (empty, numbers, another script) is "zh", the first language of the program. The whole
    text counts: 20 MB take about a second.
    """
    num_ideographs = _num_ideographs(text)
    if 2 * num_ideographs > len(text):  # there cannot be so many words
        return "zh"
    num_words = sum(1 for _ in _LATIN_WORD.finditer(text))
    if text.isascii():
        return "en" if num_words else "zh"
    return "en" if num_words > num_ideographs else "zh"


@lru_cache(maxsize=1)
def _num_ideographs(text: str) -> int:
    return 0 if text.isascii() else len(text) - len(HAN_RUN.sub("", text))


def read_as(text: str) -> tuple[Language, str | None]:
    """Return as which language a text is read, and what most of it is in if that is neither: Japanese, Cyrillic script.

    Japanese is read as Chinese; what parts its words by spaces, as English. A plain text in one of the two is passed at
    the first look.
    """
    language = detect_language(text)
    if language == "en":
        is_plain = sum(map(text.count, _PLAIN_ENGLISH)) * _CHARS_OF_ENGLISH > len(text)
    else:
        num_kana = sum(map(text.count, _COMMON_KANA))
        is_plain = 3 * _num_ideographs(text) > len(text) and num_kana * _CHARS_OF_JAPANESE < len(text)
    if is_plain:
        return language, None
    from summarize.text.scripts import JAPANESE, find_foreign

    foreign = find_foreign(text)
    return ("en" if foreign not in (None, JAPANESE) else language), foreign
