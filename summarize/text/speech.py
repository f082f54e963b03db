"""Speech tags: the clause after a quotation that names its speaker (`“走吧！”他说。`).

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
from summarize.text.patterns import lazy_pattern
from summarize.text.word_classes import words_of

_MAX_TAG_CHARS = 48  # of a Chinese tag; names in Latin letters take many
_MAX_ENGLISH_TAG_CHARS = 160

# Verbs of saying, in Simplified characters. Those of one character stand at the end of many nouns, too.
_SAYING = words_of("zh", "saying")
_VERBS = tuple(_SAYING.union("说道问喊答称叫嚷骂讲曰吼叹"))
_VERBS_COUNTED = tuple(f"{verb}了" for verb in _SAYING.union("说道问喊答称叫嚷骂讲曰吼叹应哼念"))  # 说了一声
_TIMES = tuple(f"{number}{unit}" for number in "一两几" for unit in "句声遍番")
_SAYING_NOTHING = tuple(words_of("zh", "not_saying"))  # words that end in such a character
_NEVER_BEFORE_VERB = frozenset("的之个种条份句项番")
_ASPECTS = frozenset("道说着了过完起来出")
_MAX_ASPECTS = 3
_LISTENERS = tuple(words_of("zh", "listener"))
_TELLING = words_of("zh", "telling")
_TELLING_AT_END = tuple(_TELLING.union(f"{verb}了" for verb in _TELLING))
_PRESS = ("记者", "本报", "本台")
_MAX_LISTENER_CHARS = 14  # 《江州日报》记者
_SAID_SHORTLY = lazy_pattern(r"说(?:了|过)[^的]{1,6}\Z")

_END_MARKS = FINAL_MARKS + COMMA_MARKS + SEMICOLON_MARKS + COLON_MARKS
_ENDS = one_of(_END_MARKS)
_QUOTES = one_of("".join(QUOTE_PAIRS) + "".join(QUOTE_PAIRS.values()) + STRAIGHT_QUOTE)
# A blank only beside a Latin letter or digit: one between Chinese parts clauses.
_CLAUSE = lazy_pattern(
    rf"(?:(?!{_ENDS}|{_QUOTES})(?:\S|(?<=[A-Za-z\d.]) | (?=[A-Za-z\d])|(?<=\S)\n)|(?<=[A-Z])\.){{1,{_MAX_TAG_CHARS}}}"
)


def _alternatives(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_INTRODUCED = lazy_pattern(rf"{one_of(COLON_MARKS)}\s*\Z|(?:said|says|asked|added|told \w+),? \Z")


_MAX_INTRODUCTION_CHARS = 24
_LAST_CLAUSE = lazy_pattern(rf"(?:(?!{_ENDS}|{_QUOTES}).)*\Z", re.DOTALL)


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
    """Whether a Chinese speech tag stands at `start`, right after a quotation that ends in a stop.

    It is a clause of at most 48 code points up to a stop, comma or colon, or two of them separated by a comma of which
    the second ends in the verb and in a full stop.

    Args:
        text: the whole text.
        start: offset of the first visible character behind the quotation.
        end: offset behind the paragraph.
    """
    clause = _CLAUSE.match(text, start, end)
    if clause is None or clause.end() == end or text[clause.end()] not in _END_MARKS:
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
    return not plain.endswith(_SAYING_NOTHING) and (
        _ends_in_verb(plain)
        or _ends_in_listener(plain)
        or _SAID_SHORTLY.search(plain) is not None
        or (plain.endswith(_TIMES) and plain[:-2].endswith(_VERBS_COUNTED))
    )


def _ends_in_verb(clause: str) -> bool:
    """Whether a verb of saying ends a clause, with up to three aspects after it (`笑着说道`)."""
    for end in range(len(clause), max(0, len(clause) - 1 - _MAX_ASPECTS), -1):
        head = clause[:end]
        if head.endswith(_VERBS) and any(
            head.endswith(verb) and head[-len(verb) - 1 : -len(verb)] not in _NEVER_BEFORE_VERB for verb in _VERBS
        ):
            return True
        if clause[end - 1] not in _ASPECTS:
            return False
    return False


def _ends_in_listener(clause: str) -> bool:
    """Whether somebody who is told something ends a clause (`告诉他`, `告诉《江州日报》记者`)."""
    if clause.endswith(_LISTENERS) and any(
        clause.endswith(listener) and clause[: -len(listener)].endswith(_TELLING_AT_END) for listener in _LISTENERS
    ):
        return True
    if not clause.endswith(_PRESS):
        return False
    paper = clause[:-2]
    return any(
        paper[:end].endswith(_TELLING_AT_END) for end in range(max(0, len(paper) - _MAX_LISTENER_CHARS), len(paper) + 1)
    )


_ENGLISH_SAYING, _ENGLISH_TELLING = words_of("en", "saying"), words_of("en", "telling")
_ADVERBIAL = words_of("en", "saying_adverbial")
_TITLES = "Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Col|Prof|Rev|Sgt|Lt|Capt|St"
_SPEAKER = rf"(?:(?:(?:[A-Z]|{_TITLES})\.|[\w'’&/-]+) ){{1,8}}?"


@cache
def _english_tag() -> re.Pattern[str]:
    return re.compile(rf"{_SPEAKER}(?:{_alternatives(_ENGLISH_SAYING)})\b(?: ([\w'’]+))?")


@cache
def _english_telling() -> re.Pattern[str]:
    told = _alternatives(_ENGLISH_TELLING)
    articles = _alternatives(words_of("en", "article", "possessive", "own_possessive"))
    said = "truth|story|stories|lies?|jokes?|tales?|time|difference"  # what is told
    return re.compile(
        rf"{_SPEAKER}(?:{told}) (?:{articles}) (?!(?:{said})\b)"
        rf"(?:(?!(?:that|to|how|what|why|if)\b)[\w'’-]+ ?){{1,5}}(?=[.,]|\Z)"
    )


_UP_TO_MARK = lazy_pattern(rf"[^.!?,;:\n]*(?:([.,!?;:])\s*({_QUOTES})?|\Z)")
_APPOSITION = lazy_pattern(
    rf"\A((?:(?:{_TITLES})\. )?[A-Z][^.!?;:,\"“”]{{0,60}}), [^.!?;:,\"“”]{{1,70}}, (?=[a-z])"
)  # Ann Lee, the mayor, said


def is_english_tag(text: str, start: int, end: int) -> bool:
    """Whether an English speech tag that begins with a capital stands at `start`, after a quotation.

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
    if clause.count(", ") > 1:
        clause = _APPOSITION.sub(r"\1 ", clause)
    if any(verb in clause for verb in _ENGLISH_TELLING) and _english_telling().match(clause):
        return True
    match = _english_tag().match(clause) if any(verb in clause for verb in _ENGLISH_SAYING) else None
    if match is None or (match[1] is not None and match[1].lower() not in _ADVERBIAL):
        return False
    rest = _UP_TO_MARK.match(clause, match.end())
    return rest is not None and not (rest[1] in (",", ":") and rest[2])
