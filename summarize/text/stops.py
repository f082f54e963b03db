"""Whether a run of stops ends a sentence.

Every look back and every look ahead is bounded, so that the time is linear in the length of the text.
"""

from summarize.text.abbreviations import STARTERS, can_be_last, is_detached, is_state
from summarize.text.language import HAN_RUN
from summarize.text.marks import (
    CLAUSE_MARKS,
    COLON_MARKS,
    DOTS,
    ELLIPSES,
    EXCLAMATION_MARKS,
    GOES_ON,
    HAN_DIGITS,
    LIST_COMMAS,
    PARENTHESIS_PAIRS,
    QUESTION_MARKS,
    QUOTE_PAIRS,
    SEMICOLON_MARKS,
    STOPS,
    STRAIGHT_QUOTE,
    SURE_STOPS,
    TITLE_PAIRS,
    is_wide,
    one_of,
)
from summarize.text.passage import Passage
from summarize.text.patterns import lazy_pattern
from summarize.text.speech import is_chinese_tag, is_english_tag, is_introduced

_QUOTE_CLOSERS = frozenset("".join(QUOTE_PAIRS.values()) + STRAIGHT_QUOTE + "'")
_PARENTHESIS_CLOSERS = frozenset(PARENTHESIS_PAIRS.values())
_TITLE_CLOSERS = frozenset(TITLE_PAIRS.values())
_MARKS_OF_TONE = frozenset(QUESTION_MARKS + EXCLAMATION_MARKS)
# What else shows that a sentence goes on: right after a closing mark (`“好！”的`), after an ellipsis.
_GOES_ON_AFTER_CLOSER = frozenset("的地得之等—とっの")
_HANGUL = ("\uac00", "\ud7a3")
_GOES_ON_AFTER_ELLIPSIS = frozenset("的地得之等和与及到至")
_MIN_BEFORE_ELLIPSIS_CHARS = 3  # a stammer otherwise: 我……我不知道
_FILE_EXTENSION = lazy_pattern(
    r"(?:PDF|DOCX?|XLSX?|PPTX?|TXT|CSV|ZIP|RAR|JPE?G|PNG|GIF|MP[34]|EXE|MD|HTML?|NET)(?![A-Za-z\d])"
)
# All of a sentence before its stop, if it is only the number of an item or a figure.
_NUMBER = lazy_pattern(rf"[{HAN_DIGITS}]{{1,4}}|[图圖表] ?\d{{1,3}}|\d{{1,3}}[a-z]?|[A-Za-z]|[ivx]{{1,5}}|[IVX]{{2,5}}")
# What stands before the stop of a number inside a sentence: `步骤：1.洗菜`, `Steps: 1. Wash`.
_INNER_NUMBER = lazy_pattern(rf"{one_of(CLAUSE_MARKS + LIST_COMMAS + '（(')}\d{{1,3}}\Z")
_INNER_SPACED_NUMBER = lazy_pattern(rf"{one_of(COLON_MARKS + SEMICOLON_MARKS)} \d{{1,3}}\Z")
_MAX_NUMBER_CHARS = 5
_LATER_NUMBER = lazy_pattern(r"\s(\d{1,2})\Z")  # 1.C 2.B 3.略
_MAX_ITEM_CHARS = 80
_NEVER_FIRST = frozenset(",;:–—-&+=/%)")
# `98. 6%`, `0. 01`: what stands after the blank of a decimal typed with one.
_DECIMALS = lazy_pattern(r"\d{1,4}(?:\s?[%％‰℃°±~～)）]|[-–—]\d)")
_CHINESE_DECIMALS = lazy_pattern(r"\d{1,3}(?![\d.．、])")
_ZERO = lazy_pattern(r"(?<![\d.．])[0０]\Z")
_SHORT_NUMBER = lazy_pattern(r"(?<![\d.．])\d{1,3}\Z")
_MAX_CONTEXT_CHARS = 20
# A sentence that starts right after the stop of another, `last year.Income per head`.
_RUN_ON_BEFORE = lazy_pattern(r"(?:[a-z]{2}|\d{3}|\.\d{1,3}|[%)”\"])\Z")
_RUN_ON_AFTER = lazy_pattern(r"[A-Z][a-z]*(?:['’][a-z]+)?,? (?=[a-z\d“\"$])|[A-Z][a-z]+ [A-Z][a-z]+ [a-z]")
# Of German: a day or a number of its kind (am 3. Mai), a word that is one letter after another (d. h.).
_ORDINAL = lazy_pattern(r"(?<!\w)(?:(?:a[bm]|vom|zum|bis|de[mnrs]|im|seit) \d{1,2}|[^\W\d_A-Z]\. [^\W\d_A-Z])\Z")
_MAX_ORDINAL_CHARS = 3
_PLAIN_WORD = lazy_pattern(r"[A-Z][a-z]+ [a-z]")
_ADDRESS = lazy_pattern(r"://|www\.|[@\\_=&/]")


def ends_sentence(passage: Passage, run_start: int, run_end: int, closed: int, following: int) -> bool:
    """Whether a run of stops ends the sentence.

    Args:
        passage: where it stands.
        run_start: where the stops start.
        run_end: where they end.
        closed: the offset after their closing marks; something stands there.
        following: offset of the next visible character.
    """
    text = passage.text
    if text[closed] in GOES_ON or passage.is_in_kept_pair(closed):
        return False
    if closed > run_end and _goes_on_after(passage, run_end, closed, following):
        return False
    run = text[run_start:run_end]
    if not SURE_STOPS.isdisjoint(run):
        return _ends_at_chinese_stop(passage, run_end, closed)
    stops = frozenset(run) - {" "}
    if stops.isdisjoint(STOPS):
        return True  # tildes
    if stops <= ELLIPSES and (len(run) > 1 or stops.isdisjoint(DOTS)):
        return _ends_at_ellipsis(passage, run_start, run_end, closed, following)
    has_tone = not stops.isdisjoint(_MARKS_OF_TONE)
    if not has_tone and _is_in_number(passage, run_start, run_end, following):
        return False
    if not has_tone and _is_number(passage, run_start, is_attached=following == closed):
        return False
    if run_start > passage.start and is_wide(text[run_start - 1]):
        return _ends_after_chinese(passage, run_end, closed)
    if not has_tone:
        return _ends_at_full_stop(passage, run_start, closed, following)
    return _ends_at_mark(passage, run_start, run_end, closed, following)


def _goes_on_after(passage: Passage, run_end: int, closed: int, following: int) -> bool:
    """Whether the sentence goes on after the marks that close what the stop ended.

    It does so after a parenthesis inside it, and after a quotation if what follows names the speaker.
    """
    text, initial = passage.text, passage.text[following]
    if following == closed and _HANGUL[0] <= initial <= _HANGUL[1]:
        return True  # "가자."라고 말했다
    for position in range(closed - 1, max(run_end, closed - 8) - 1, -1):
        opening = passage.openings.get(position, passage.unit_start)
        if text[position] in _PARENTHESIS_CLOSERS:
            is_beside = following == closed or not (initial.isupper() or is_wide(initial))
            return position in passage.openings and opening > passage.start and is_beside
        if text[position] in _QUOTE_CLOSERS:
            if opening > passage.start and is_introduced(text, passage.start, opening):
                return False
            return is_chinese_tag(text, following, passage.end) or is_english_tag(text, following, passage.end)
    return False


def _ends_at_chinese_stop(passage: Passage, run_end: int, closed: int) -> bool:
    """Chinese stops end a sentence, unless it visibly goes on after a closing mark."""
    text = passage.text
    if closed == run_end:
        return True
    # after 》 the stop belongs to a title
    return text[closed] not in _GOES_ON_AFTER_CLOSER and (
        text[closed - 1] not in _TITLE_CLOSERS or text[closed].isspace()
    )


def _ends_after_chinese(passage: Passage, run_end: int, closed: int) -> bool:
    """ASCII stops after Chinese count as Chinese, unless they belong to a file name."""
    character = passage.text[closed]
    if closed == run_end and character.isascii() and character.isalnum():
        return not character.islower() and _FILE_EXTENSION.match(passage.text, closed, passage.end) is None
    return _ends_at_chinese_stop(passage, run_end, closed)


def _ends_at_ellipsis(passage: Passage, run_start: int, run_end: int, closed: int, following: int) -> bool:
    character = passage.text[closed]
    if is_wide(character):
        if closed > run_end:
            return _ends_at_chinese_stop(passage, run_end, closed)
        is_stammer = run_start - passage.start < _MIN_BEFORE_ELLIPSIS_CHARS
        return not is_stammer and character not in _GOES_ON_AFTER_ELLIPSIS
    if following == closed:
        return character in "“‘"
    word = passage.next_word(following)
    return is_wide(passage.text[following]) or (word[:1].isupper() and word != "I")


def _ends_at_mark(passage: Passage, run_start: int, run_end: int, closed: int, following: int) -> bool:
    """ASCII `!` and `?`, also in a run with full stops, not right after Chinese."""
    if following == closed:
        is_chinese = is_wide(passage.text[closed]) and _ends_at_chinese_stop(passage, run_end, closed)
        return is_chinese or _runs_on(passage, run_start, closed)
    return passage.stands_alone(run_start) or _can_start(passage, following)


def _ends_at_full_stop(passage: Passage, run_start: int, closed: int, following: int) -> bool:
    """A single ASCII full stop, not right after Chinese."""
    is_attached = following == closed
    if is_attached and not (is_wide(passage.text[closed]) or _runs_on(passage, run_start, closed)):
        return False  # 3.14, Node.js
    if passage.stands_alone(run_start):  # tokenized text, where most abbreviations keep their stop
        return not _is_detached(passage, run_start, following)
    if is_attached:
        return _can_end(passage, run_start, following)
    return _can_start(passage, following) and _can_end(passage, run_start, following)


def _runs_on(passage: Passage, run_start: int, closed: int) -> bool:
    """Whether an English sentence starts right after the stop of another: `last year.Income per head`.

    After a capital (`Foo.Bar`) or a short number (`2.Wash`) only a word that often starts sentences does.
    """
    text = passage.text
    low = max(passage.start, run_start - _MAX_CONTEXT_CHARS)
    if _RUN_ON_AFTER.match(text, closed, passage.end) is None:
        return False
    is_plain = _RUN_ON_BEFORE.search(text, low, run_start) and not passage.word_before(run_start)[:1].isupper()
    is_starter = passage.next_word(closed) in STARTERS and text[run_start - 1].isalnum()
    if not (is_plain or is_starter):
        return False
    token_start = max(text.rfind(" ", low, run_start) + 1, low)
    return token_start > low and _ADDRESS.search(text, token_start, run_start) is None


def _is_detached(passage: Passage, run_start: int, following: int) -> bool:
    """Whether a stop that stands alone belongs to the word before it."""
    word = passage.word_before(run_start - 1)
    if not word:
        return False
    before = passage.word_before(run_start - 2 - len(word))
    return is_detached(word, before, passage.next_word(following))


def _is_in_number(passage: Passage, run_start: int, run_end: int, following: int) -> bool:
    """Whether a stop is the point of a number: `3.14`, `９８．６％`, and typed with a blank, `98. 6%`."""
    text = passage.text
    if run_end - run_start > 1 or run_start == passage.start:
        return False
    if not (text[run_start - 1].isdecimal() and text[following].isdecimal()):
        return False
    if following == run_end:
        return True
    low = max(passage.start, run_start - _MAX_CONTEXT_CHARS)
    if following > run_end + 1 or text[run_end] != " ":
        return False
    if _ZERO.search(text, low, run_start) or _DECIMALS.match(text, following, passage.end):
        return True
    return (
        _SHORT_NUMBER.search(text, low, run_start) is not None
        and _CHINESE_DECIMALS.match(text, following, passage.end) is not None
        and HAN_RUN.search(text, low, run_start) is not None
    )


def _is_number(passage: Passage, run_start: int, *, is_attached: bool) -> bool:
    """Whether a number is all that stands before a stop: `1. Wash.`, `步骤：1.洗菜，2.切菜`, `1.C 2.B 3.略`."""
    text, end = passage.text, run_start - passage.stands_alone(run_start)
    if end - passage.start <= _MAX_NUMBER_CHARS and _NUMBER.fullmatch(text, passage.start, end):
        return True
    if end <= passage.start or not text[end - 1].isdecimal():
        return False
    pattern = _INNER_NUMBER if is_attached else _INNER_SPACED_NUMBER
    low = max(passage.start, end - _MAX_NUMBER_CHARS)
    if pattern.search(text, low, end):
        return True
    later = _LATER_NUMBER.search(text, low, end) if is_attached else None
    if later is None:
        return False
    low, last = max(passage.unit_start, end - _MAX_ITEM_CHARS), int(later.group(1)) - 1
    return any(text.find(f"{last}{dot}", low, end) >= 0 for dot in DOTS)


def _can_end(passage: Passage, run_start: int, following: int) -> bool:
    """Whether a full stop can be more than the stop of the abbreviation before it."""
    word = passage.word_before(run_start)
    low = max(passage.start, run_start - _MAX_CONTEXT_CHARS)  # from the start it would be looked for over and over
    if len(word) <= _MAX_ORDINAL_CHARS and _ORDINAL.search(passage.text, low, run_start):
        return False
    if can_be_last(word, passage.next_word(following), passage.small_words):
        return True
    comma = run_start - len(word) - 2
    return (
        is_state(word)
        and passage.start < comma
        and passage.text.startswith(", ", comma)
        and _PLAIN_WORD.match(passage.text, following, passage.end) is not None
    )


def _can_start(passage: Passage, position: int) -> bool:
    """Whether an English sentence can start at `position`, after white space."""
    word = passage.next_word(position)
    if not word:
        return passage.text[position] not in _NEVER_FIRST
    is_name = any(character.isupper() for character in word[1:3])  # iPhone, eBay
    return not word[0].islower() or is_name or passage.small_letters_start()
