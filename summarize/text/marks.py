"""Marks that the rules for lines and for sentences both look at."""

# Stops, most of which end a sentence most of the time.
CHINESE_STOPS = frozenset("。！？；｡‼⁇⁈⁉")
DOTS = frozenset(".．")
ELLIPSES = frozenset(".．…⋯‥")
STOPS = CHINESE_STOPS | ELLIPSES | frozenset("!?;")

# Marks that close and never open, and characters one cannot see: they stay with the sentence before them.
SURE_CLOSERS = frozenset("”’」』）】》〉〕）]})»\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\ufe0f")
OPENERS = frozenset("“‘「『《〈（【([\"'«`*_")

# Marks that show, right behind a stop or at the start of a line, that the sentence goes on.
GOES_ON = frozenset("，、：,:") | STOPS

HAN_DIGITS = "一二三四五六七八九十百千零〇两"


def ends_with_stop(text: str, start: int, end: int) -> bool:
    """Whether the last thing in text[start:end], up to a few closing marks, is a stop."""
    low = max(start, end - 8)
    while end > low and (text[end - 1] in SURE_CLOSERS or text[end - 1] in "\"'*_ "):
        end -= 1
    return end > low and text[end - 1] in STOPS


def is_wide(character: str) -> bool:
    """Whether a character is Chinese or at home among Chinese: Han, kana, full-width marks."""
    return character >= "\u2e80" and character != "\u3000"
