"""The main language or script of a text in neither Chinese nor English, by its letters and function words.

Only what `language` is not sure of comes here. Letters are counted by the script that Unicode's names of them begin
with; one of a script that writes syllables or words counts as many. Of Latin letters the commonest words decide:
`function_words.txt` has about thirty of each language, which make up a quarter of what is written in it and a few in a
hundred of anything else. If that is not conclusive, the result is None.
"""

import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

from summarize.interface import N_
from summarize.text.patterns import lazy_pattern

# What the names of letters begin with, and what is written with them.
_WRITTEN = {
    "HANGUL": N_("Korean"),
    "THAI": N_("Thai"),
    "LAO": N_("Lao"),
    "KHMER": N_("Khmer"),
    "MYANMAR": N_("Burmese"),
    "TIBETAN": N_("Tibetan"),
    "MONGOLIAN": N_("Mongolian"),
    "GREEK": N_("Greek"),
    "ARMENIAN": N_("Armenian"),
    "GEORGIAN": N_("Georgian"),
    "HEBREW": N_("Hebrew"),
    "CYRILLIC": N_("Cyrillic script"),
    "ARABIC": N_("Arabic script"),
    "DEVANAGARI": N_("Devanagari script"),
    "BENGALI": N_("Bengali script"),
    "TAMIL": N_("Tamil"),
    "TELUGU": N_("Telugu"),
}
JAPANESE, _RUSSIAN = N_("Japanese"), N_("Russian")
_OTHER_SCRIPT, _OTHER_LANGUAGE = N_("another script"), N_("another language")
# As `function_words.txt` has them.
_OF_LATIN_LETTERS = (
    *(N_("German"), N_("French"), N_("Spanish"), N_("Portuguese"), N_("Italian"), N_("Dutch"), N_("Polish")),
    *(N_("Swedish"), N_("Danish or Norwegian"), N_("Turkish"), N_("Vietnamese"), N_("Indonesian or Malay")),
    *(N_("Catalan"), N_("Romanian"), N_("Czech"), N_("Hungarian"), N_("Finnish")),
)
_LETTERS_EACH = {"CJK": 3, "HANGUL": 2, "HIRAGANA": 2, "KATAKANA": 2}  # of a letter of these; others are one

_KANA = lazy_pattern("[\u3041-\u3096\u30a1-\u30fc]")
_HAN_OR_KANA = lazy_pattern("[\u3041-\u3096\u30a1-\u30fc\u3400-\u9fff]")
_MIN_KANA = 0.25  # of the ideographs and kana of a line in Japanese; Chinese that explains some has less
_RUSSIAN_ONLY = frozenset("ыэ")  # which no other language has that does with the letters of Russian
_RUSSIAN_LETTERS = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё")

_TABLE_FILE = Path(__file__).with_name("function_words.txt")
_LATIN_WORD = lazy_pattern(r"[^\W\d_]{2,}")  # a letter alone is as often a sign
_MIN_SHARE = 0.12  # of the words: about half of what a text in that language has
_MAX_OF_ONE = 0.06  # of the words that one counts: what comes more often is a sign or a name
_MIN_HITS, _MIN_DIFFERENT = 6, 4
_MIN_LEAD = 1.1  # times the words of the next language; with less it may be either, or one that is like both


def find_foreign(text: str) -> str | None:
    """Return what most of a text is in, by its English name, if that is neither Chinese nor English.

    Args:
        text: any string; without letters it is in nothing.
    """
    letters = _letters(text)
    total = letters.total()
    script, num_letters = max(letters.items(), key=lambda item: item[1], default=("", 0))
    if 2 * num_letters <= total:
        return None
    if script == "LATIN":
        return _language_of_words(text)
    if script == "CJK":
        return None
    if script == "CYRILLIC":
        return _RUSSIAN if _is_russian(text) else _WRITTEN[script]
    return JAPANESE if script == "KANA" else _WRITTEN.get(script, _OTHER_SCRIPT)


def _letters(text: str) -> Counter[str]:
    """Return how many letters of each script a text has; ideographs in lines of Japanese go with their kana."""
    found: Counter[str] = Counter()
    for character, times in Counter(text).items():
        if character.isalpha():
            script = unicodedata.name(character, "").removeprefix("HALFWIDTH ").removeprefix("FULLWIDTH ")
            script = script.replace("-", " ").partition(" ")[0]
            found[script] += times * _LETTERS_EACH.get(script, 1)
    if found["HIRAGANA"] or found["KATAKANA"]:
        japanese = sum(_num_japanese(line) for line in text.splitlines()) * _LETTERS_EACH["HIRAGANA"]
        kana = found.pop("HIRAGANA", 0) + found.pop("KATAKANA", 0)
        found["CJK"] -= max(0, japanese - kana) * _LETTERS_EACH["CJK"] // _LETTERS_EACH["HIRAGANA"]
        found["KANA"] = japanese
    return found


def _num_japanese(line: str) -> int:
    """Return the ideographs and kana of a line in Japanese; of another line nothing."""
    num_kana, num_both = len(_KANA.findall(line)), len(_HAN_OR_KANA.findall(line))
    return num_both if num_kana > _MIN_KANA * num_both else 0


def _is_russian(text: str) -> bool:
    small = text.lower()
    cyrillic = {character for character in set(small) if "\u0400" <= character <= "\u052f"}
    return cyrillic >= _RUSSIAN_ONLY and cyrillic <= _RUSSIAN_LETTERS


@cache
def _function_words() -> dict[str, frozenset[str]]:
    """Return the commonest words of each language of Latin letters; of others than English those that it has not."""
    lines = _TABLE_FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.partition(": ") for line in lines if line)
    table = {language: frozenset(words.split()) for language, _, words in rows}
    english = table.pop("English")
    return {"English": english} | {language: words - english for language, words in table.items()}


def _language_of_words(text: str) -> str | None:
    """Return which language a text of Latin letters is in, unless that is English or is not sure."""
    counts = Counter(_LATIN_WORD.findall(text.lower()))
    table = _function_words()
    total = counts.total()
    most = max(_MIN_HITS, _MAX_OF_ONE * total)
    hits = {language: sum(min(counts[word], most) for word in words) for language, words in table.items()}
    best, second = sorted(hits, key=lambda language: -hits[language])[:2]
    num_different = sum(word in counts for word in table[best])
    is_sure = hits[best] >= max(_MIN_HITS, _MIN_SHARE * total) and num_different >= _MIN_DIFFERENT
    if not is_sure or best not in _OF_LATIN_LETTERS or hits[best] <= hits["English"]:
        return None
    return best if hits[best] >= _MIN_LEAD * hits[second] else _OTHER_LANGUAGE
