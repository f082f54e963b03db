"""Which language a text is to be treated as."""

from summarize.document import Language
from summarize.text.patterns import lazy

# Ideographs with their iteration mark and zero, for use inside a character class.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# One for all who look for Chinese characters: to compile it takes 1 ms, and without the `+` 2 ms.
HAN_RUN = lazy(f"[{HAN}]+")
JIEBA_HAN_RUN = lazy("([\u4e00-\u9fd5]+)")  # the characters that jieba makes words of
_LATIN_WORD = lazy(r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z\u00c0-\u024f]+)*")


def detect_language(text: str) -> Language:
    """Return "en" if `text` has more Latin words than Chinese characters, else "zh".

    A Chinese character is a little more than half a word, so a Chinese text may hold many English terms and stay
    Chinese, and an English one some Chinese names and stay English; of two equal halves the Chinese one decides.
    A text without letters (empty, numbers, another script) is "zh", the first language of the program. The whole
    text counts: 20 MB take about a second.
    """
    num_others = len(text if text.isascii() else HAN_RUN.sub("", text))
    num_characters = len(text) - num_others
    if num_others < num_characters:  # there cannot be so many words
        return "zh"
    return "en" if sum(1 for _ in _LATIN_WORD.finditer(text)) > num_characters else "zh"
