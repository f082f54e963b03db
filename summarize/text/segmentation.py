"""Text to sentences by rules, for Chinese, English and the two mixed; no character is lost.

`layout` gathers lines into units (a paragraph, a list item, a heading); here each unit is cut at the stops that
end a sentence. A semicolon ends none: it parts clauses. Nothing is cut inside of a quotation or a bracket of up to 200
code points of Chinese or 500 of English, and a quotation stays with the words that name its speaker, before or behind
it. Every look back is bounded, every look ahead is bounded or done once: the time is linear in the length of the text,
whatever it holds.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from summarize.document import Sentence
from summarize.text.abbreviations import STARTERS, can_be_last, is_detached, is_state
from summarize.text.language import HAN, HAN_RUN
from summarize.text.layout import find_units
from summarize.text.marks import (
    CHINESE_STOPS,
    CLAUSE_MARKS,
    COLON_MARKS,
    DOTS,
    ELLIPSES,
    EXCLAMATION_MARKS,
    FINAL_MARKS,
    GOES_ON,
    HAN_DIGITS,
    LIST_COMMAS,
    PARENTHESIS_PAIRS,
    QUESTION_MARKS,
    QUOTE_PAIRS,
    RANGE_MARKS,
    SEMICOLON_MARKS,
    STOPS,
    STRAIGHT_QUOTE,
    SURE_CLOSERS,
    TITLE_PAIRS,
    is_wide,
    one_of,
)
from summarize.text.patterns import lazy
from summarize.text.quotations import MarkPair, find_pairs
from summarize.text.roles import cues_of, unit_sentences
from summarize.text.speech import is_chinese_tag, is_english_tag, is_introduced
from summarize.text.units import Unit

_Span = tuple[int, int]  # start and end offset of a sentence


def find_sentences(text: str) -> tuple[Sentence, ...]:
    """Find the sentences of a text, in order.

    Only white space lies before, between and after the sentences, and none has white space at either end, so
    nothing of the text is lost. A sentence may span a line break where the text is hard-wrapped. A heading is
    one sentence and a paragraph of its own. So is apparatus, as a run of lines without any letter or digit (`----`).

    Empty text, or white space only, has no sentences. Text without any stop has one sentence for each line, unless
    emoji, tildes (`好用～ 下次还来～`) or, in long Chinese lines, blanks stand for stops.

    Args:
        text: any string, with any line ends.

    Returns:
        The sentences, with paragraphs numbered from 0 without gaps.
    """
    sentences: list[Sentence] = []
    small_words, cues = _SmallWords(text), cues_of(text)
    emoji = [match.start() for match in _EMOJI_MARK.finditer(text)]
    for paragraph, unit in enumerate(find_units(text)):
        spans, pairs = [(unit.start, unit.end)], None
        if unit.role == "text" and _may_have_parts(text, unit):
            splitter = _Splitter(text, unit, small_words, has_emoji=_lies_between(emoji, unit.start, unit.end))
            spans, pairs = _attach_wordless(text, splitter.find_spans()), splitter.pairs
        sentences += unit_sentences(text, unit, paragraph, spans, pairs, cues)
    return tuple(sentences)


def _lies_between(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the sorted places lies in text[start:end]."""
    place = bisect_left(places, start) if places else 0
    return place < len(places) and places[place] < end


def _may_have_parts(text: str, unit: Unit) -> bool:
    """Whether there may be several sentences in a unit. In most lines of chats and lists there are not."""
    return (
        unit.end - unit.start > _MAX_SENTENCE_CHARS
        or _PARTING.search(text, unit.marker_end, unit.end - 1) is not None
        or (unit.end - unit.marker_end > _MIN_BLANK_UNIT_CHARS and _has_wide_blank(text, unit.marker_end, unit.end))
    )


def _has_wide_blank(text: str, start: int, end: int) -> bool:
    """Whether a blank stands behind a Chinese character or mark."""
    for blank in _BLANKS:
        place = text.find(blank, max(start, 1), end)
        while place >= 0:
            if text[place - 1] >= "\u2e80":
                return True
            place = text.find(blank, place + 1, end)
    return False


_MAX_SENTENCE_CHARS = 300  # a longer run of numbered items is cut between them


_NUMBERED_ITEM = lazy(
    rf"{one_of(SEMICOLON_MARKS)}()\s*(?=[①-⒇㈠-㈩❶-❿]|[（(](?:[{HAN_DIGITS}]{{1,3}}|\d{{1,2}})[）)]"
    rf"|\d{{1,2}}[.．、）)]|第?[{HAN_DIGITS}]{{1,3}}[、是要，])"
)


_WORD = lazy(r"[^\W_]")


def _attach_wordless(text: str, spans: Iterable[_Span]) -> list[_Span]:
    """Join a span without letter or digit to the span before it, or to the next one if it comes first."""
    joined: list[_Span] = []
    is_open = False  # whether the last of `joined` is still without a word
    for start, end in spans:
        is_wordless = not text[start].isalnum() and _WORD.search(text, start, end) is None
        if joined and (is_open or is_wordless):
            joined[-1] = (joined[-1][0], end)
            is_open = is_open and is_wordless
        else:
            joined.append((start, end))
            is_open = is_wordless
    return joined


# A run of stops, and further stops that stand behind a space by themselves: `?!`, `……`, `. . .`.
_STOPS = rf"{one_of(FINAL_MARKS)}*+(?: [。！？.!?]++(?=\s|\Z))*+"
_EMOJI = "\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u2604\u2607-\u2775\u2794-\u27bf\u2b50\u2b55"
_FIRST_EMOJI = "\u2600"
_TONE = "啦哦呀呢吧哒哟啊嘛吗噢喔嘞咯哈了哇"  # may end a clause before one tilde
# A drawn-out end as in chats, `好用～ 下次还来~`; between numbers and dates it is a range. Behind its first mark:
_TILDES = (
    rf"(?<=[^\0-\u2e7f]{one_of(RANGE_MARKS)})(?<![\d年月日时点分号~～〜].){one_of(RANGE_MARKS)}*+"
    rf"(?=\s*(?:\Z|[{_EMOJI}])|\s+(?!\d))"
    rf"|(?:(?<=[{_TONE}]{one_of(RANGE_MARKS)})|(?<=[{HAN}]{one_of(RANGE_MARKS)}){one_of(RANGE_MARKS)}){one_of(RANGE_MARKS)}*+(?=[{HAN}“《【])"
)
_STOP_RUN = lazy(f"{one_of(FINAL_MARKS)}{_STOPS}")
# In a unit with tildes. One class first, as the search for it is fast.
_STOP_OR_TILDES = lazy(f"{one_of(FINAL_MARKS + RANGE_MARKS)}(?:(?<={one_of(FINAL_MARKS)}){_STOPS}|{_TILDES})")
# What ends the sentences of a unit that has no stop: tildes, emoji, and in long ones blanks between Chinese.
_STOPPED = lazy(rf"[。！？｡…]|[.!?．](?=\s|\Z|{one_of(STRAIGHT_QUOTE + ''.join(QUOTE_PAIRS.values()))})")
_PARTING = lazy(rf"[{re.escape(FINAL_MARKS)}{RANGE_MARKS}{_EMOJI}\ufe0f\u200d]")
_BLANKS = " \t\u3000"
_MIN_BLANK_UNIT_CHARS = 40
_MIN_BLANK_CLAUSE_CHARS = 4  # on average; otherwise blanks part words
_TOPIC_MARKS = " \t\u3000#@【《“「（("  # before a clause: #水轮转了#今天…
_POINTERS = frozenset("👉👇📍📌⏰📞☎✅❌➡▶🔹🔸🔶🔷⭐✓✔")  # stand before what they mark
_EMOJI_MARK = lazy(f"[{_EMOJI}]")
_PICTOGRAPH = lazy(rf"(?![{''.join(_POINTERS)}])[{_EMOJI}]")


_HAN_BLANK = lazy(rf"[ \t\u3000](?<=[{HAN}）》”].)[ \t\u3000]*(?=[{HAN}（《“])")


_EMOJI_RUN = lazy(
    rf"[{RANGE_MARKS}{_EMOJI}\ufe0f\u200d](?:{_TILDES}"
    rf"|(?<!{one_of(RANGE_MARKS)})[{_EMOJI}\ufe0f\u200d]*+(?:\s*+[{_EMOJI}\ufe0f\u200d]++)*+)"
)


_MIN_EMOJI_CLAUSE = lazy(rf"(?:[{HAN}][^\s{_EMOJI}]*){{4}}|(?:[A-Za-z\d][^\s{_EMOJI}]*\s*){{3}}")


_VISIBLE = lazy(r"\S")
# Numbers of notes: `[1]`, `[2-4]`, `[注3]`, `[^4]`, `²`; bare behind a word, as PDFs have them, `they agree.12 Others`.
_FOOTNOTE = lazy(r"[\[［〔](?:注释?|\^)?\d{1,3}(?:[-–—,，、]\s?\d{1,3}){0,8}[\]］〕]|[¹²³⁰⁴-⁹]{1,3}")
_FOOTNOTE_OPENERS = frozenset("[［〔¹²³⁰⁴⁵⁶⁷⁸⁹")
_BARE_FOOTNOTE = lazy(r"(?<=[a-z]{3}[.!?])\d{1,2}(?:[,–-]\d{1,2}){0,3}(?=\s+[A-Z“])")
_COLOR = lazy(r"\x1b\[[\d;]*m")  # of a terminal
_EMPHASIS = lazy(r"[*_]++(?=\s|\Z)")
_QUOTE_CLOSERS = frozenset("".join(QUOTE_PAIRS.values()) + STRAIGHT_QUOTE + "'")
_PARENTHESIS_CLOSERS = frozenset(PARENTHESIS_PAIRS.values())
_TITLE_CLOSERS = frozenset(TITLE_PAIRS.values())
_MARKS_OF_TONE = frozenset(QUESTION_MARKS + EXCLAMATION_MARKS)

# What stays whole between its marks, in code points.
_MAX_WHOLE_CHARS = 200
_MAX_WHOLE_LATIN_CHARS = 500

# What else shows that a sentence goes on: right behind a closing mark (`“好！”的`), behind an ellipsis.
_GOES_ON_AFTER_CLOSER = frozenset("的地得之等—")
_GOES_ON_AFTER_ELLIPSIS = frozenset("的地得之等和与及到至")
_MIN_BEFORE_ELLIPSIS_CHARS = 3  # a stammer otherwise: 我……我不知道

_FILE_EXTENSION = lazy(r"(?:PDF|DOCX?|XLSX?|PPTX?|TXT|CSV|ZIP|RAR|JPE?G|PNG|GIF|MP[34]|EXE|MD|HTML?|NET)(?![A-Za-z\d])")

_MAX_ABBREVIATION_CHARS = 20
_LATIN_TAIL = lazy(r"[A-Za-z0-9][A-Za-z0-9.&'’-]*\Z")
_NEXT_WORD = lazy(r"[\"'“‘(\[«`*_#]{0,4}([\w'’]{0,20})")
_SMALL_WORD = lazy(r"[^\w.@/]([a-z]{4,20})(?!\w)")
# All of a sentence before its stop, if it is only the number of an item or a figure.
_NUMBER = lazy(rf"[{HAN_DIGITS}]{{1,4}}|[图圖表] ?\d{{1,3}}|\d{{1,3}}[a-z]?|[A-Za-z]|[ivx]{{1,5}}|[IVX]{{2,5}}")
# What stands before the stop of a number inside a sentence: `步骤：1.洗菜`, `Steps: 1. Wash`.
_INNER_NUMBER = lazy(rf"{one_of(CLAUSE_MARKS + LIST_COMMAS + '（(')}\d{{1,3}}\Z")
_INNER_SPACED_NUMBER = lazy(rf"{one_of(COLON_MARKS + SEMICOLON_MARKS)} \d{{1,3}}\Z")
_MAX_NUMBER_CHARS = 5
_LATER_NUMBER = lazy(r"\s(\d{1,2})\Z")  # 1.C 2.B 3.略
_MAX_ITEM_CHARS = 80
_NEVER_FIRST = frozenset(",;:–—-&+=/%)")
# `98. 6%`, `0. 01`: what stands behind the blank of a decimal typed with one.
_DECIMALS = lazy(r"\d{1,4}(?:\s?[%％‰℃°±~～)）]|[-–—]\d)")
_CHINESE_DECIMALS = lazy(r"\d{1,3}(?![\d.．、])")
_ZERO = lazy(r"(?<![\d.．])[0０]\Z")
_SHORT_NUMBER = lazy(r"(?<![\d.．])\d{1,3}\Z")
_MAX_CONTEXT_CHARS = 20
# A sentence that starts right behind the stop of another, `last year.Income per head`.
_RUN_ON_BEFORE = lazy(r"(?:[a-z]{2}|\d{3}|\.\d{1,3}|[%)”\"])\Z")
_RUN_ON_BEHIND = lazy(r"[A-Z][a-z]*(?:['’][a-z]+)?,? (?=[a-z\d“\"$])|[A-Z][a-z]+ [A-Z][a-z]+ [a-z]")
_PLAIN_WORD = lazy(r"[A-Z][a-z]+ [a-z]")
_ADDRESS = lazy(r"://|www\.|[@\\_=&/]")


class _SmallWords:
    """The words of four letters and more that a text has in small letters; gathered when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] | None = None

    def __contains__(self, word: object) -> bool:
        if self._words is None:
            self._words = frozenset(_SMALL_WORD.findall(f" {self._text}"))
        return word in self._words


class _Splitter:
    """Walks through a unit from stop to stop.

    It is a class because it owns a state: where the sentence started, which pairs of marks were passed.

    Args:
        text: the whole text.
        unit: what to cut.
        small_words: those of the whole text.
        has_emoji: whether the unit has any.
    """

    def __init__(self, text: str, unit: Unit, small_words: _SmallWords, *, has_emoji: bool) -> None:
        self.text = text
        self.start = unit.start  # of the current sentence
        self.first = unit.marker_end  # the stop of `1.` is none
        self.unit_start = unit.start
        self.end = unit.end
        self.small_words = small_words
        self.has_emoji = has_emoji
        self.pairs = find_pairs(text, unit.start, unit.end)
        self.openings = {closing: opening for opening, closing, _, _ in self.pairs}  # of each closing mark
        self.whole_starts, self.whole_ends = _find_whole(text, self.pairs)
        self.small_letters_start: bool | None = None  # None until asked for

    def find_spans(self) -> list[_Span]:
        """Return start and end of each sentence."""
        if _STOPPED.search(self.text, self.first, self.end) is None:
            spans = list(self._find_spans_without_stops())
        else:
            spans = self._find_spans_at_stops()
            if self.has_emoji and _PICTOGRAPH.match(self.text, self.first, self.end) is None:
                spans = [part for span in spans for part in self._split_moods(*span)]
        if self.end - spans[0][0] > _MAX_SENTENCE_CHARS:
            spans = [part for span in spans for part in self._split_items(*span)]
        return spans

    def _split_moods(self, start: int, end: int) -> Iterator[_Span]:
        """Cut a long sentence of a unit with stops at the emoji that stand for stops."""
        if end - start > _MIN_BLANK_UNIT_CHARS:
            self.start = start
            for run in _EMOJI_RUN.finditer(self.text, start, end):
                visible = _VISIBLE.search(self.text, run.end(), end)
                if visible and run.start() > start and self._is_mood(run) and not self.is_whole_around(run.end()):
                    yield start, run.end()
                    start = self.start = visible.start()
        yield start, end

    def _find_spans_at_stops(self) -> list[_Span]:
        text, position, end = self.text, self.first, self.end
        spans: list[_Span] = []
        stop_run = _STOP_OR_TILDES if any(text.find(mark, position, end) >= 0 for mark in RANGE_MARKS) else _STOP_RUN
        while (run := stop_run.search(text, position, end)) is not None:
            run_start, run_end = run.span()
            position = self._skip_closers(run_end)
            if position >= end:
                break
            following = position
            if text[position].isspace():
                visible = _VISIBLE.search(text, position, end)
                if visible is None:
                    break
                following = visible.start()
            if self._is_end(run_start, run_end, position, following):
                spans.append((self.start, position))
                self.start = position = following
        spans.append((self.start, end))
        return spans

    def _split_items(self, start: int, end: int) -> Iterator[_Span]:
        """Cut an overlong sentence before its numbered items, each of which is a statement of its own."""
        if end - start > _MAX_SENTENCE_CHARS:
            for match in _NUMBERED_ITEM.finditer(self.text, start, end):
                if not self.is_whole_around(match.start(1)):
                    yield start, match.start(1)
                    start = match.end()
        yield start, end

    def _find_spans_without_stops(self) -> Iterator[_Span]:
        """Yield the sentences of a unit that ends them by emoji, by tildes or, if it is long, by blanks."""
        text, first, end = self.text, self.first, self.end
        bounds = []
        # Emoji at the start mark items.
        if _PARTING.search(text, first, end) is not None and _PICTOGRAPH.match(text, first, end) is None:
            bounds += [match.end() for match in _EMOJI_RUN.finditer(text, first, end) if self._is_mood(match)]
        blanks = []
        if end - first > _MIN_BLANK_UNIT_CHARS and _has_wide_blank(text, first, end):
            blanks = list(_HAN_BLANK.finditer(text, first, end))
        if len(blanks) * (_MIN_BLANK_CLAUSE_CHARS + 1) < end - first:
            bounds += [match.start() for match in blanks]
        for bound in sorted(set(bounds)):
            visible = _VISIBLE.search(text, bound, end)
            if visible is not None and bound > self.start and not self.is_whole_around(bound):
                yield self.start, bound
                self.start = visible.start()
        yield self.start, end

    def _is_mood(self, run: re.Match[str]) -> bool:
        """Whether a run of emoji or tildes ends a clause, and does not stand for a word of it or before an item."""
        text, following = self.text, _VISIBLE.search(self.text, run.end(), self.end)
        if following is None or text[following.start()] in GOES_ON or not _POINTERS.isdisjoint(run.group()):
            return False
        initial = text[following.start()]
        if not (is_wide(initial) or initial.isupper() or self._small_letters_start()):
            return False
        before = text[max(self.start, run.start() - _MAX_ITEM_CHARS) : run.start()]
        behind = text[following.start() : min(self.end, following.start() + _MAX_ITEM_CHARS)]
        return all(_MIN_EMOJI_CLAUSE.match(part.lstrip(_TOPIC_MARKS)) for part in (before, behind))

    def is_whole_around(self, position: int) -> bool:
        """Whether `position` lies within a quotation or a bracket that is kept whole."""
        place = bisect_left(self.whole_starts, position) - 1 if self.whole_starts else -1
        return place >= 0 and position < self.whole_ends[place]

    def _skip_closers(self, position: int) -> int:
        """The offset behind all that closes the sentence whose stop ends at `position`."""
        behind = self.text[position : position + 2]
        if behind[:1].isalpha() or (behind[:1] == " " and behind[1:].isalpha()):
            return position  # a word follows, as most often
        while length_chars := self._closer_length(position):
            position += length_chars
        return position

    def _closer_length(self, position: int) -> int:
        """Length of the closing mark or emoji at `position`; 0 if there is none."""
        text, end = self.text, self.end
        character = text[position] if position < end else ""
        if character in SURE_CLOSERS or (character >= _FIRST_EMOJI and _PICTOGRAPH.match(character)):
            return 1
        if character == STRAIGHT_QUOTE:
            return int(self._is_gap(position + 1) or position in self.openings)
        if character == "'":
            return int(self._is_gap(position + 1) or text[position + 1] in SURE_CLOSERS | {STRAIGHT_QUOTE})
        if character == " ":
            return self._spaced_closer_length(position)
        if character in _FOOTNOTE_OPENERS:
            pattern = _FOOTNOTE
        elif character == "\x1b":
            pattern = _COLOR
        elif character.isdecimal():
            pattern = _BARE_FOOTNOTE
        else:
            pattern = _EMPHASIS
        match = pattern.match(text, position, end)
        return len(match.group()) if match else 0

    def _spaced_closer_length(self, position: int) -> int:
        """Length of the space at `position` and what closes by itself behind it; 0 if nothing does.

        A closing mark, as in tokenized text; an emoji; the number of a note.
        """
        text, mark = self.text, position + 1
        if mark >= self.end:
            return 0
        note = _FOOTNOTE.match(text, mark, self.end) if text[mark] in _FOOTNOTE_OPENERS else None
        if note and (self._is_gap(note.end()) or text[note.end()] in _FOOTNOTE_OPENERS):
            return 1 + len(note.group())
        if text[mark] in SURE_CLOSERS or (text[mark] >= _FIRST_EMOJI and _PICTOGRAPH.match(text, mark)):
            return 2
        if text[mark] == STRAIGHT_QUOTE and self._is_gap(mark + 1):
            return 2 if mark in self.openings else 0
        if text.startswith("''", mark) and self._is_gap(mark + 2):
            return 3 if mark in self.openings else 0
        return 0

    def _is_gap(self, position: int) -> bool:
        return position >= self.end or self.text[position].isspace()

    def _is_end(self, run_start: int, run_end: int, closed: int, following: int) -> bool:
        """Whether a run of stops ends the sentence.

        Args:
            run_start: where the stops start.
            run_end: where they end.
            closed: the offset behind their closing marks; something stands there.
            following: offset of the next visible character.
        """
        text = self.text
        if text[closed] in GOES_ON or self.is_whole_around(closed):
            return False
        if closed > run_end and self._goes_on_behind(run_end, closed, following):
            return False
        run = text[run_start:run_end]
        if not CHINESE_STOPS.isdisjoint(run):
            return self._ends_at_chinese_stop(run_end, closed)
        stops = frozenset(run) - {" "}
        if stops.isdisjoint(STOPS):
            return True  # tildes
        if stops <= ELLIPSES and (len(run) > 1 or stops.isdisjoint(DOTS)):
            return self._ends_at_ellipsis(run_start, run_end, closed, following)
        has_tone = not stops.isdisjoint(_MARKS_OF_TONE)
        if not has_tone and self._is_in_number(run_start, run_end, following):
            return False
        if not has_tone and self._is_number(run_start, is_attached=following == closed):
            return False
        if run_start > self.start and is_wide(text[run_start - 1]):
            return self._ends_behind_chinese(run_end, closed)
        if not has_tone:
            return self._ends_at_full_stop(run_start, closed, following)
        return self._ends_at_mark(run_start, run_end, closed, following)

    def _goes_on_behind(self, run_end: int, closed: int, following: int) -> bool:
        """Whether the sentence goes on behind the marks that close what the stop ended.

        It does so behind a parenthesis inside it, and behind a quotation if what follows names the speaker.
        """
        text, initial = self.text, self.text[following]
        for position in range(closed - 1, max(run_end, closed - 8) - 1, -1):
            opening = self.openings.get(position, self.unit_start)
            if text[position] in _PARENTHESIS_CLOSERS:
                is_beside = following == closed or not (initial.isupper() or is_wide(initial))
                return position in self.openings and opening > self.start and is_beside
            if text[position] in _QUOTE_CLOSERS:
                if opening > self.start and is_introduced(text, self.start, opening):
                    return False
                return is_chinese_tag(text, following, self.end) or is_english_tag(text, following, self.end)
        return False

    def _ends_at_chinese_stop(self, run_end: int, closed: int) -> bool:
        """Chinese stops end a sentence, unless it visibly goes on behind a closing mark."""
        text = self.text
        if closed == run_end:
            return True
        # behind 》 the stop belongs to a title
        return text[closed] not in _GOES_ON_AFTER_CLOSER and (
            text[closed - 1] not in _TITLE_CLOSERS or text[closed].isspace()
        )

    def _ends_behind_chinese(self, run_end: int, closed: int) -> bool:
        """ASCII stops behind Chinese count as Chinese, unless they belong to a file name."""
        character = self.text[closed]
        if closed == run_end and character.isascii() and character.isalnum():
            return not character.islower() and _FILE_EXTENSION.match(self.text, closed, self.end) is None
        return self._ends_at_chinese_stop(run_end, closed)

    def _ends_at_ellipsis(self, run_start: int, run_end: int, closed: int, following: int) -> bool:
        character = self.text[closed]
        if is_wide(character):
            if closed > run_end:
                return self._ends_at_chinese_stop(run_end, closed)
            is_stammer = run_start - self.start < _MIN_BEFORE_ELLIPSIS_CHARS
            return not is_stammer and character not in _GOES_ON_AFTER_ELLIPSIS
        if following == closed:
            return character in "“‘"
        word = self._next_word(following)
        return is_wide(self.text[following]) or (word[:1].isupper() and word != "I")

    def _ends_at_mark(self, run_start: int, run_end: int, closed: int, following: int) -> bool:
        """ASCII `!` and `?`, also in a run with full stops, not right behind Chinese."""
        if following == closed:
            is_chinese = is_wide(self.text[closed]) and self._ends_at_chinese_stop(run_end, closed)
            return is_chinese or self._runs_on(run_start, closed)
        return self._stands_alone(run_start) or self._can_start(following)

    def _ends_at_full_stop(self, run_start: int, closed: int, following: int) -> bool:
        """A single ASCII full stop, not right behind Chinese."""
        is_attached = following == closed
        if is_attached and not (is_wide(self.text[closed]) or self._runs_on(run_start, closed)):
            return False  # 3.14, Node.js
        if self._stands_alone(run_start):  # tokenized text, where most abbreviations keep their stop
            return not self._is_detached(run_start, following)
        if is_attached:
            return self._can_end(run_start, following)
        return self._can_start(following) and self._can_end(run_start, following)

    def _runs_on(self, run_start: int, closed: int) -> bool:
        """Whether an English sentence starts right behind the stop of another: `last year.Income per head`.

        Behind a capital (`Foo.Bar`) or a short number (`2.Wash`) only a word that often starts sentences does.
        """
        text = self.text
        low = max(self.start, run_start - _MAX_CONTEXT_CHARS)
        if _RUN_ON_BEHIND.match(text, closed, self.end) is None:
            return False
        is_plain = _RUN_ON_BEFORE.search(text, low, run_start) and not self._word_before(run_start)[:1].isupper()
        is_starter = self._next_word(closed) in STARTERS and text[run_start - 1].isalnum()
        if not (is_plain or is_starter):
            return False
        token_start = max(text.rfind(" ", low, run_start) + 1, low)
        return token_start > low and _ADDRESS.search(text, token_start, run_start) is None

    def _stands_alone(self, run_start: int) -> bool:
        """Whether white space stands before the stop, as in tokenized text."""
        return run_start > self.start and self.text[run_start - 1].isspace()

    def _is_detached(self, run_start: int, following: int) -> bool:
        """Whether a stop that stands alone belongs to the word before it."""
        word = self._word_before(run_start - 1)
        if not word:
            return False
        before = self._word_before(run_start - 2 - len(word))
        return is_detached(word, before, self._next_word(following))

    def _is_in_number(self, run_start: int, run_end: int, following: int) -> bool:
        """Whether a stop is the point of a number: `3.14`, `９８．６％`, and typed with a blank, `98. 6%`."""
        text = self.text
        if run_end - run_start > 1 or run_start == self.start:
            return False
        if not (text[run_start - 1].isdecimal() and text[following].isdecimal()):
            return False
        if following == run_end:
            return True
        low = max(self.start, run_start - _MAX_CONTEXT_CHARS)
        if following > run_end + 1 or text[run_end] != " ":
            return False
        if _ZERO.search(text, low, run_start) or _DECIMALS.match(text, following, self.end):
            return True
        return (
            _SHORT_NUMBER.search(text, low, run_start) is not None
            and _CHINESE_DECIMALS.match(text, following, self.end) is not None
            and HAN_RUN.search(text, low, run_start) is not None
        )

    def _is_number(self, run_start: int, *, is_attached: bool) -> bool:
        """Whether a number is all that stands before a stop: `1. Wash.`, `步骤：1.洗菜，2.切菜`, `1.C 2.B 3.略`."""
        text, end = self.text, run_start - self._stands_alone(run_start)
        if end - self.start <= _MAX_NUMBER_CHARS and _NUMBER.fullmatch(text, self.start, end):
            return True
        if end <= self.start or not text[end - 1].isdecimal():
            return False
        pattern = _INNER_NUMBER if is_attached else _INNER_SPACED_NUMBER
        low = max(self.start, end - _MAX_NUMBER_CHARS)
        if pattern.search(text, low, end):
            return True
        later = _LATER_NUMBER.search(text, low, end) if is_attached else None
        if later is None:
            return False
        low, last = max(self.unit_start, end - _MAX_ITEM_CHARS), int(later.group(1)) - 1
        return any(text.find(f"{last}{dot}", low, end) >= 0 for dot in DOTS)

    def _can_end(self, run_start: int, following: int) -> bool:
        """Whether a full stop can be more than the stop of the abbreviation before it."""
        word = self._word_before(run_start)
        if can_be_last(word, self._next_word(following), self.small_words):
            return True
        comma = run_start - len(word) - 2
        return (
            is_state(word)
            and self.start < comma
            and self.text.startswith(", ", comma)
            and _PLAIN_WORD.match(self.text, following, self.end) is not None
        )

    def _word_before(self, position: int) -> str:
        """The Latin word that ends at `position`, dots inside it included; a long one is cut at the left."""
        low = max(self.start, position - _MAX_ABBREVIATION_CHARS)
        match = _LATIN_TAIL.search(self.text, low, position) if position > low else None
        return match.group() if match else ""

    def _next_word(self, position: int) -> str:
        match = _NEXT_WORD.match(self.text, position, self.end)
        return match.group(1) if match else ""

    def _can_start(self, position: int) -> bool:
        """Whether an English sentence can start at `position`, behind white space."""
        word = self._next_word(position)
        if not word:
            return self.text[position] not in _NEVER_FIRST
        is_name = any(character.isupper() for character in word[1:3])  # iPhone, eBay
        return not word[0].islower() or is_name or self._small_letters_start()

    def _small_letters_start(self) -> bool:
        """Whether the unit is written without capitals, so that a small letter can start a sentence.

        In tokenized text it cannot: there a stop stands alone, and one behind a word belongs to the word.
        """
        if self.small_letters_start is None:
            unit_text = self.text[self.first : self.end]
            self.small_letters_start = unit_text.islower() and " . " not in unit_text
        return self.small_letters_start


def _find_whole(text: str, pairs: Iterable[MarkPair]) -> tuple[list[int], list[int]]:
    """Start and end of the outermost quotations and brackets that are short enough to be kept whole."""
    starts: list[int] = []
    ends: list[int] = []
    for pair in pairs:
        if (not ends or pair.opening >= ends[-1]) and _is_short(text, pair):
            starts.append(pair.opening)
            ends.append(pair.end)
    return starts, ends


def _is_short(text: str, pair: MarkPair) -> bool:
    length_chars = pair.end - pair.opening
    if length_chars <= _MAX_WHOLE_CHARS:
        return True
    if length_chars > _MAX_WHOLE_LATIN_CHARS:
        return False
    num_han = sum(match.end() - match.start() for match in HAN_RUN.finditer(text, pair.opening, pair.end))
    return length_chars + num_han * (_MAX_WHOLE_LATIN_CHARS // _MAX_WHOLE_CHARS) <= _MAX_WHOLE_LATIN_CHARS
