"""Speech tags: the clause behind a quotation that says whose words it holds (`“走吧！”他说。`).

A tag is told by its verb of saying and by its place, not by its speaker, who may be anybody: a short clause from the
closing mark to the next mark, at whose end (Chinese) or between whose speaker and adverbials (English) the verb stands.
"""

import re
from functools import cache

from summarize.text.marks import (
    COLON_MARKS,
    COMMA_MARKS,
    FINAL_MARKS,
    QUOTE_PAIRS,
    SEMICOLON_MARKS,
    STRAIGHT_QUOTE,
    one_of,
)
from summarize.text.normalization import normalize
from summarize.text.word_classes import words_of

_MAX_TAG_CHARS = 48  # of a Chinese tag; names in Latin letters take many
_MAX_ENGLISH_TAG_CHARS = 160

# Verbs of saying, in Simplified characters. Those of one character stand at the end of many nouns, too.
_SAYING = words_of("zh", "saying")
_SAYING_CHARACTERS = "说道问喊答称叫嚷骂讲曰吼叹"
_SAYING_NOTHING = words_of("zh", "not_saying")  # words that end in such a character
_ASPECTS = "道说着了过完起来出"
_LISTENERS = words_of("zh", "listener")
_TELLING = words_of("zh", "telling")
_MAX_LISTENER_CHARS = 14  # 《江州日报》记者

_ENDS = one_of(FINAL_MARKS + COMMA_MARKS + SEMICOLON_MARKS + COLON_MARKS)
_QUOTES = one_of("".join(QUOTE_PAIRS) + "".join(QUOTE_PAIRS.values()) + STRAIGHT_QUOTE)
# A blank only beside a Latin letter or digit: one between Chinese parts clauses.
_CLAUSE = re.compile(
    rf"(?:(?!{_ENDS}|{_QUOTES})(?:\S|(?<=[A-Za-z\d.]) | (?=[A-Za-z\d])|(?<=\S)\n)|(?<=[A-Z])\.){{1,{_MAX_TAG_CHARS}}}"
)


def _alternatives(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![的之个种条份句项番])(?:{_alternatives(_SAYING)}|[{_SAYING_CHARACTERS}])[{_ASPECTS}]{{0,3}}\Z"
        rf"|(?:{_alternatives(_TELLING)})了?(?:{_alternatives(_LISTENERS)}|[^，]{{0,{_MAX_LISTENER_CHARS}}}(?:记者|本报|本台))\Z"
        rf"|说(?:了|过)[^的]{{1,6}}\Z"
        rf"|(?:{_alternatives(_SAYING)}|[{_SAYING_CHARACTERS}应哼念])了[一两几][句声遍番]\Z"
    )


@cache
def _not_tail() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives(_SAYING_NOTHING)})\Z")


_INTRODUCED = re.compile(rf"{one_of(COLON_MARKS)}\s*\Z|(?:said|says|asked|added|told \w+),? \Z")


_MAX_INTRODUCTION_CHARS = 24
_LAST_CLAUSE = re.compile(rf"(?:(?!{_ENDS}|{_QUOTES}).)*\Z", re.DOTALL)


def is_introduced(text: str, start: int, opening: int) -> bool:
    """Whether what stands right before a quotation names its speaker: `他说：“`, `She said, "`.

    Args:
        text: the whole text.
        start: where the paragraph or sentence starts.
        opening: offset of the quotation's opening mark; up to 24 code points before it are looked at.
    """
    low = max(start, opening - _MAX_INTRODUCTION_CHARS)
    if _INTRODUCED.search(text, low, opening):
        return True
    comma = opening - 1  # 家长表示，“…”
    clause = _LAST_CLAUSE.search(text, low, comma) if comma > low and text[comma] in COMMA_MARKS else None
    return clause is not None and _says(clause.group())


def is_chinese_tag(text: str, start: int, end: int) -> bool:
    """Whether a Chinese speech tag stands at `start`, right behind a quotation that ends in a stop.

    It is a clause of at most 48 code points up to a stop, comma or colon, or two of them parted by a comma of which
    the second ends in the verb and in a full stop.

    Args:
        text: the whole text.
        start: offset of the first visible character behind the quotation.
        end: offset behind the paragraph.
    """
    clause = _CLAUSE.match(text, start, end)
    if clause is None or clause.end() == end or not re.match(_ENDS, text[clause.end()]):
        return clause is not None and clause.end() == end and _says(clause.group())
    if _says(clause.group()):
        return True
    if text[clause.end()] not in COMMA_MARKS or clause.end() - start > _MAX_TAG_CHARS // 3:
        return False
    second = _CLAUSE.match(text, clause.end() + 1, min(end, start + _MAX_TAG_CHARS))
    if second is None or second.end() >= end or text[second.end()] not in FINAL_MARKS:
        return False
    return _says(second.group())


def _says(clause: str) -> bool:
    plain = normalize(clause)
    return _tail().search(plain) is not None and _not_tail().search(plain) is None


_ENGLISH_SAYING = words_of("en", "saying")
_ADVERBIAL = words_of("en", "saying_adverbial")
_TITLES = "Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Col|Prof|Rev|Sgt|Lt|Capt|St"
_SPEAKER = rf"(?:(?:(?:[A-Z]|{_TITLES})\.|[\w'’&/-]+) ){{1,8}}?"


@cache
def _english_tag() -> re.Pattern[str]:
    return re.compile(rf"{_SPEAKER}(?:{_alternatives(_ENGLISH_SAYING)})\b(?: ([\w'’]+))?")


@cache
def _english_telling() -> re.Pattern[str]:
    told = _alternatives(words_of("en", "telling"))
    articles = _alternatives(words_of("en", "article", "possessive", "own_possessive"))
    said = "truth|story|stories|lies?|jokes?|tales?|time|difference"  # what is told
    return re.compile(
        rf"{_SPEAKER}(?:{told}) (?:{articles}) (?!(?:{said})\b)"
        rf"(?:(?!(?:that|to|how|what|why|if)\b)[\w'’-]+ ?){{1,5}}(?=[.,]|\Z)"
    )


_UP_TO_MARK = re.compile(rf"[^.!?,;:\n]*(?:([.,!?;:])\s*({_QUOTES})?|\Z)")
_APPOSITION = re.compile(
    rf"\A((?:(?:{_TITLES})\. )?[A-Z][^.!?;:,\"“”]{{0,60}}), [^.!?;:,\"“”]{{1,70}}, (?=[a-z])"
)  # Ann Lee, the mayor, said


def is_english_tag(text: str, start: int, end: int) -> bool:
    """Whether an English speech tag that begins with a capital stands at `start`, behind a quotation.

    It is a clause of at most 160 code points: up to eight words of a speaker, a verb of saying, and adverbials;
    not a statement with an object (`She said nothing.`), and not what introduces the next quotation.

    Args:
        text: the whole text.
        start: offset of the first visible character behind the quotation.
        end: offset behind the paragraph.
    """
    clause = text[start : min(end, start + _MAX_ENGLISH_TAG_CHARS)]
    if not clause[:1].isupper():
        return False
    clause = _APPOSITION.sub(r"\1 ", clause)
    if _english_telling().match(clause):
        return True
    match = _english_tag().match(clause)
    if match is None or (match[1] is not None and match[1].lower() not in _ADVERBIAL):
        return False
    rest = _UP_TO_MARK.match(clause, match.end())
    return rest is not None and not (rest[1] in (",", ":") and rest[2])
