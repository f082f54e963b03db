"""Text to sentences by rules, for Chinese, English and the two mixed; no character is lost.

`layout` gathers lines into units (a paragraph, a list item, a heading); here each unit is cut at the stops that
end a sentence. Every look back is bounded, every look ahead is bounded or done once: the time is linear in the
length of the text, whatever it holds.
"""

import re
from collections.abc import Iterable, Iterator

from summarize.document import Sentence
from summarize.text.layout import Unit, find_units
from summarize.text.marks import CHINESE_STOPS, DOTS, ELLIPSES, GOES_ON, HAN_DIGITS, SURE_CLOSERS, is_wide
from summarize.text.roles import sentence_body, sentence_role

_Span = tuple[int, int]  # start and end offset of a sentence


def find_sentences(text: str) -> tuple[Sentence, ...]:
    """Find the sentences of a text, in order.

    Only white space lies before, between and after the sentences, and none has white space at either end, so
    nothing of the text is lost. A sentence may span a line break where the text is hard-wrapped. A heading is
    one sentence and a paragraph of its own. So is a run of lines without any letter or digit (`----`, `***`),
    which is flagged as a heading, too, for nobody wants it in a summary.

    Empty text, or white space only, has no sentences. Text without any stop has one sentence for each line.

    Args:
        text: any string, with any line ends.

    Returns:
        The sentences, with paragraphs numbered from 0 without gaps.
    """
    sentences: list[Sentence] = []
    for paragraph, unit in enumerate(find_units(text)):
        spans = _split_unit(text, unit) if unit.role == "text" else [(unit.start, unit.end)]
        sentences += [
            Sentence(start, end, paragraph, sentence_role(text, unit, start, end), sentence_body(unit, start), unit.speaker)
            for start, end in spans
        ]
    return tuple(sentences)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _split_unit(text: str, unit: Unit) -> list[_Span]:
    """Cut a unit at the stops that end a sentence."""
    return _attach_wordless(text, _Splitter(text, unit).find_spans())


_WORD = re.compile(r"[^\W_]")


def _attach_wordless(text: str, spans: Iterable[_Span]) -> list[_Span]:
    """Join a span without letter or digit to the span before it, or to the next one if it comes first."""
    joined: list[_Span] = []
    is_open = False  # whether the last of `joined` is still without a word
    for start, end in spans:
        is_wordless = _WORD.search(text, start, end) is None
        if joined and (is_open or is_wordless):
            joined[-1] = (joined[-1][0], end)
            is_open = is_open and is_wordless
        else:
            joined.append((start, end))
            is_open = is_wordless
    return joined


# A run of stops, and further stops that stand behind a space by themselves: `?!`, `……`, `. . .`.
_STOP_RUN = re.compile(r"[。！？；｡‼⁇⁈⁉.．…⋯‥!?;]++(?: [。！？.!?]++(?=\s|\Z))*+")
_VISIBLE = re.compile(r"\S")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_EMPHASIS = re.compile(r"[*_]++(?=\s|\Z)")

# What else shows that a sentence goes on: right behind a closing mark (`“好！”的`), behind an ellipsis.
_GOES_ON_AFTER_CLOSER = frozenset("的地得之等—")
_GOES_ON_AFTER_ELLIPSIS = frozenset("的地得之等和与及到至")
_SPEAKS = re.compile(r"[\u4e00-\u9fff]{0,6}?(?:[说說道问問喊答称稱]|表示)[。！？；，,]")  # “走吧。”他说。
_MIN_BEFORE_ELLIPSIS_CHARS = 3  # a stammer otherwise: 我……我不知道
_MAX_PARENTHESIS_CHARS = 80  # each way from the stop; in longer ones sentences are told apart

_FILE_EXTENSION = re.compile(
    r"(?:PDF|DOCX?|XLSX?|PPTX?|TXT|CSV|ZIP|RAR|JPE?G|PNG|GIF|MP[34]|EXE|MD|HTML?|NET)(?![A-Za-z\d])"
)
_ENTITY = re.compile(r"&#?\w{1,8}\Z")  # `&amp;` without its semicolon

_MAX_ABBREVIATION_CHARS = 20
_LATIN_TAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9.&'’-]*\Z")
_NEXT_WORD = re.compile(r"[\"'“‘(\[«`*_#]{0,4}([\w'’]{0,20})")
_DOTTED = re.compile(r"[A-Za-z]{1,2}(?:\.[A-Za-z]{1,2})+")  # U.S, a.m, Ph.D
# All of a sentence before its stop, if it is only the number of an item or a figure.
_NUMBER = re.compile(rf"[{HAN_DIGITS}]{{1,4}}|[图圖表] ?\d{{1,3}}|\d{{1,3}}[a-z]?|[A-Za-z]|[ivx]{{1,4}}")
# What stands before the stop of a number inside a sentence: `步骤：1.洗菜`, `Steps: 1. Wash`.
_INNER_NUMBER = re.compile(r"[：；，、（:;(]\d{1,3}\Z")
_INNER_SPACED_NUMBER = re.compile(r"[：；:;] \d{1,3}\Z")
_MAX_NUMBER_CHARS = 5
_NEVER_FIRST = frozenset(",;:–—-&+=/%)")

# Words with a stop of their own, without it and in small letters. They never end a sentence, ...
_NEVER_LAST = _words(
    "mr mrs ms messrs mme mlle dr prof gen col maj lt sgt capt cmdr rev hon sen rep gov pres supt "
    "fig figs eq eqs vs v cf viz e.g i.e eg ie approx ca resp"
)
# ... end none before a number, ...
_NOT_BEFORE_NUMBER = _words("no nos vol vols p pp c ch chap sec sect art ed eds para pl tab ver pt")
# ... or end one only before a word that seldom is a name.
_RARELY_LAST = _words(
    "inc corp ltd llc bros jr sr etc al dept univ assn est jan feb apr jun jul aug sept oct nov dec "
    "ave blvd a.m p.m u.s u.k u.n e.u"
)
# The same, but only with a capital: without it these are words or their endings.
_RARELY_LAST_CAPITAL = _words("Co St Mt Ft Rd Mar Sep Mon Tue Tues Wed Thu Thurs Fri Sat Sun")
# Such words: with a capital, they mean that a sentence starts (as the frequent starters of Kiss and Strunk 2006 do).
_STARTERS = _words(
    "The This That These Those There It Its He His She Her They Their We Our You Your I My In On At By For "
    "From With After Before Since While When Where Why How What Who If As Although Though Because But And "
    "Or So Yet Then However Moreover Furthermore Meanwhile Also Instead Still Now Today An Some Many Most "
    "Such Both Each"
)


class _Splitter:
    """Walks through a unit from stop to stop.

    It is a class because it owns a state: where the sentence started, how many quotation marks were passed.

    Args:
        text: the whole text.
        unit: what to cut.
    """

    def __init__(self, text: str, unit: Unit) -> None:
        self.text = text
        self.start = unit.start  # of the current sentence
        self.first = unit.marker_end  # the stop of `1.` is none
        self.end = unit.end
        self.counted_to = unit.start  # marks before this offset are in the two counts
        self.num_double = 0
        self.num_paired = 0
        self.small_letters_start: bool | None = None  # None until asked for

    def find_spans(self) -> Iterator[_Span]:
        """Yield start and end of each sentence."""
        position = self.first
        while (run := _STOP_RUN.search(self.text, position, self.end)) is not None:
            position = self._skip_closers(run.end())
            visible = _VISIBLE.search(self.text, position, self.end)
            if visible is None:
                break
            following = visible.start()
            if self._is_end(run.start(), run.end(), position, following):
                yield self.start, position
                self.start = position = following
        yield self.start, self.end

    def _skip_closers(self, position: int) -> int:
        """The offset behind all that closes the sentence whose stop ends at `position`."""
        while length_chars := self._closer_length(position):
            position += length_chars
        return position

    def _closer_length(self, position: int) -> int:
        """Length of the closing mark at `position`; 0 if there is none."""
        text, end = self.text, self.end
        character = text[position] if position < end else ""
        if character in SURE_CLOSERS:
            return 1
        if character == '"':
            return int(self._is_gap(position + 1) or self._is_in_quotes(position))
        if character == "'":
            return int(self._is_gap(position + 1) or text[position + 1] in SURE_CLOSERS | {'"'})
        if character == " ":
            return self._spaced_closer_length(position)
        pattern = {"[": _FOOTNOTE, "*": _EMPHASIS, "_": _EMPHASIS}.get(character)
        match = pattern.match(text, position, end) if pattern else None
        return len(match.group()) if match else 0

    def _spaced_closer_length(self, position: int) -> int:
        """Length of the space at `position` and a closing mark by itself, as in tokenized text; or 0."""
        text, mark = self.text, position + 1
        if mark >= self.end:
            return 0
        if text[mark] in SURE_CLOSERS:
            return 2
        if text[mark] == '"' and self._is_gap(mark + 1):
            return 2 if self._is_in_quotes(mark) else 0
        if text.startswith("''", mark) and self._is_gap(mark + 2):
            return 3 if self._is_in_quotes(mark, paired=True) else 0
        return 0

    def _is_gap(self, position: int) -> bool:
        return position >= self.end or self.text[position].isspace()

    def _is_in_quotes(self, position: int, *, paired: bool = False) -> bool:
        """Whether an odd number of quotation marks stands before `position` in the unit.

        All double marks count alike, for `“` is often closed by `"`. If `paired`, marks of two characters do.
        """
        span = self.counted_to, position
        if position > self.counted_to:
            self.num_double += sum(self.text.count(mark, *span) for mark in '"“”')
            self.num_paired += sum(self.text.count(mark, *span) for mark in ("``", "''"))
            self.counted_to = position
        return (self.num_paired if paired else self.num_double) % 2 == 1

    def _is_end(self, run_start: int, run_end: int, closed: int, following: int) -> bool:
        """Whether a run of stops ends the sentence.

        Args:
            run_start: where the stops start.
            run_end: where they end.
            closed: the offset behind their closing marks; something stands there.
            following: offset of the next visible character.
        """
        text = self.text
        if text[closed] in GOES_ON or self._is_in_parenthesis(run_start, run_end, closed, following):
            return False
        run = text[run_start:run_end]
        if not CHINESE_STOPS.isdisjoint(run):
            return self._ends_at_chinese_stop(run_end, closed)
        stops = frozenset(run) - {" "}
        if stops <= ELLIPSES and (len(run) > 1 or stops.isdisjoint(DOTS)):
            return self._ends_at_ellipsis(run_start, run_end, closed, following)
        if stops == {";"}:
            return self._ends_at_semicolon(run_start, closed)
        if stops.isdisjoint("!?") and self._is_number(run_start, is_attached=following == closed):
            return False
        if run_start > self.start and is_wide(text[run_start - 1]):
            return self._ends_behind_chinese(run_end, closed)
        if stops.isdisjoint("!?"):
            return self._ends_at_full_stop(run_start, closed, following)
        return self._ends_at_mark(run_start, run_end, closed, following)

    def _is_in_parenthesis(self, run_start: int, run_end: int, closed: int, following: int) -> bool:
        """Whether the stop stands in a short parenthesis, and the sentence goes on in it or behind it."""
        text = self.text
        low = max(self.start, run_start - _MAX_PARENTHESIS_CHARS)
        opener = max(text.rfind("（", low, run_start), text.rfind("(", low, run_start))
        if opener < 0 or _find_parenthesis_end(text, opener, run_start) >= 0:
            return False
        high = min(self.end, closed + _MAX_PARENTHESIS_CHARS)
        closer = _find_parenthesis_end(text, run_end, high)
        if closer >= closed:
            return True
        if closer < 0 or opener == self.start:
            return False
        initial = text[following]
        return following == closed or not (initial.isupper() or is_wide(initial))

    def _ends_at_chinese_stop(self, run_end: int, closed: int) -> bool:
        """Chinese stops end a sentence, unless it visibly goes on behind a closing mark."""
        if closed == run_end:
            return True
        text = self.text
        character = text[closed]
        if character in _GOES_ON_AFTER_CLOSER:
            return False
        if text[closed - 1] in "》〉" and not character.isspace():  # the stop belongs to a title
            return False
        return _SPEAKS.match(text, closed, self.end) is None

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

    def _ends_at_semicolon(self, run_start: int, closed: int) -> bool:
        """An ASCII semicolon ends a sentence beside Chinese, but not in English or in `&amp;`."""
        text, low = self.text, max(self.start, run_start - 10)
        is_chinese = is_wide(text[closed]) or (run_start > self.start and is_wide(text[run_start - 1]))
        return is_chinese and _ENTITY.search(text, low, run_start) is None

    def _ends_at_mark(self, run_start: int, run_end: int, closed: int, following: int) -> bool:
        """ASCII `!` and `?`, also in a run with full stops, not right behind Chinese."""
        if following == closed:
            return is_wide(self.text[closed]) and self._ends_at_chinese_stop(run_end, closed)
        return self._stands_alone(run_start) or self._can_start(following)

    def _ends_at_full_stop(self, run_start: int, closed: int, following: int) -> bool:
        """A single ASCII full stop, not right behind Chinese."""
        if following == closed:
            return is_wide(self.text[closed]) and self._can_end(run_start, following)  # not 3.14, Node.js
        if self._stands_alone(run_start):
            return True  # tokenized text, where an abbreviation keeps its stop
        return self._can_start(following) and self._can_end(run_start, following)

    def _stands_alone(self, run_start: int) -> bool:
        """Whether white space stands before the stop, as in tokenized text."""
        return run_start > self.start and self.text[run_start - 1].isspace()

    def _is_number(self, run_start: int, *, is_attached: bool) -> bool:
        """Whether a number is all that stands before a stop: `1. Wash.`, `步骤：1.洗菜;2.切菜`."""
        text, end = self.text, run_start - self._stands_alone(run_start)
        if _NUMBER.fullmatch(text, self.start, end):
            return True
        pattern = _INNER_NUMBER if is_attached else _INNER_SPACED_NUMBER
        return pattern.search(text, max(self.start, end - _MAX_NUMBER_CHARS), end) is not None

    def _can_end(self, run_start: int, following: int) -> bool:
        """Whether a full stop can be more than the stop of the abbreviation before it."""
        word = self._word_before(run_start)
        lowered = word.lower()
        if lowered in _NEVER_LAST:
            return False
        next_word = self._next_word(following)
        if lowered in _NOT_BEFORE_NUMBER and next_word[:1].isdigit():
            return False
        if len(word) == 1 and word.isupper():  # J. K. Rowling
            return next_word in _STARTERS and len(next_word) > 1
        if lowered in _RARELY_LAST or word in _RARELY_LAST_CAPITAL or _DOTTED.fullmatch(word):
            return next_word in _STARTERS
        return True

    def _word_before(self, position: int) -> str:
        """The Latin word that ends at `position`, dots inside it included; a long one is cut at the left."""
        low = max(self.start, position - _MAX_ABBREVIATION_CHARS)
        match = _LATIN_TAIL.search(self.text, low, position)
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


def _find_parenthesis_end(text: str, start: int, end: int) -> int:
    """Offset of the first closing parenthesis in text[start:end]; -1 if there is none."""
    offsets = [offset for mark in "）)" if (offset := text.find(mark, start, end)) >= 0]
    return min(offsets, default=-1)
