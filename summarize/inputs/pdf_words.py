"""The characters of a page to words, turned upright: x grows along the line, y from line to line.

What is drawn may run in any direction along the edges of the page, and Chinese from top to bottom. What runs askew is a
watermark and is left out.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarize.inputs.pdf_characters import Character


class Word(NamedTuple):
    """A run of characters of one style with no blank between them.

    Lengths are in points, 1/72 inch. The base is the y of the line that letters stand on.
    """

    text: str
    left: float
    right: float
    base: float
    size: float  # of its font
    is_bold: bool = False
    is_fixed: bool = False  # whether all letters of its font have one width
    blank: str = ""  # what is before it: " " in the file, "~" where PDFium sees a gap


def words_of(characters: Sequence[Character]) -> list[list[Word]]:
    """Return the words of a page in the order of the file, by the direction in which they run.

    Those of the direction with the most text come first.
    """
    words: dict[int, list[Word]] = {}
    for direction, run in _runs(characters):
        word = _as_word(run, direction)
        if word.text:
            words.setdefault(direction, []).append(word)
    return sorted(words.values(), key=length_chars, reverse=True)


def length_chars(words: Sequence[Word]) -> int:
    """Return how much text there is."""
    return sum(len(word.text) for word in words)


def usual_size(words: Sequence[Word]) -> float:
    """Return the size in which half of the text is set, or more than half in it and smaller ones."""
    lengths: dict[float, int] = {}
    for word in words:
        lengths[word.size] = lengths.get(word.size, 0) + len(word.text)
    half, length = sum(lengths.values()) / 2, 0
    for size in sorted(lengths):
        length += lengths[size]
        if length >= half:
            return max(size, 1.0)
    return 1.0


_DOWNWARDS = 4  # the direction of Chinese that is written so
# Of each direction: the factors of x and y along the line, and those from line to line.
_AXES = (
    ((1, 0), (0, -1)),
    ((0, 1), (1, 0)),
    ((-1, 0), (0, 1)),
    ((0, -1), (-1, 0)),
    ((0, -1), (-1, 0)),
)
_MAX_STEP = 0.2  # sizes that the base may change by within a word
_MAX_GAP = 0.2  # sizes between two letters of a word
_MAX_DOWNWARD_STEP = 2.0  # sizes from one character to the next one below
_FIRST_HAN = 0x2E80


def _runs(characters: Sequence[Character]) -> Iterator[tuple[int, list[Character]]]:
    """Yield the direction and the characters of each word; a blank before it is its first character."""
    is_downwards = _is_downwards(characters)
    run: list[Character] = []
    blank: list[Character] = []
    direction = 0
    for character in characters:
        style = character.style
        if style is not None and run and _goes_on(run[-1], character, direction):
            run.append(character)
            continue
        if run:
            yield direction, blank + run
            run, blank = [], []
        if style is None:
            blank = [character] if not blank or character.code else blank
        elif style.direction is not None:
            run = [character]
            # figures in Chinese that is written downwards lie on their side
            direction = _DOWNWARDS if is_downwards and style.direction in (0, 3) else style.direction
    if run:
        yield direction, blank + run


def _goes_on(last: Character, character: Character, direction: int) -> bool:
    """Whether a character belongs to the word of the one before it."""
    if last.style != character.style or last.style is None:
        return False
    if direction == _DOWNWARDS and last.style.direction == 0:
        return _is_below(last, character)
    along, across = _AXES[direction]
    step = (character.x - last.x) * across[0] + (character.y - last.y) * across[1]
    if abs(step) > _MAX_STEP * last.style.size:
        return False
    left, right = _edges(last, along)
    return left <= _edges(character, along)[0] <= right + _MAX_GAP * last.style.size


def _edges(character: Character, along: tuple[int, int]) -> tuple[float, float]:
    """Return where a character begins and ends along a line."""
    first = character.left * along[0] + character.bottom * along[1]
    second = character.right * along[0] + character.top * along[1]
    return (first, second) if first < second else (second, first)


def _is_below(last: Character, character: Character) -> bool:
    """Whether a character stands right below another one."""
    if last.style is None:
        return False
    step = (last.top + last.bottom - character.top - character.bottom) / 2
    shift = abs(last.left + last.right - character.left - character.right) / 2
    return last.style.size / 4 < step < _MAX_DOWNWARD_STEP * last.style.size and shift < step


def _is_downwards(characters: Sequence[Character]) -> bool:
    """Whether the Chinese on a page is written from top to bottom."""
    balance = 0
    for last, character in pairwise(characters):
        if last.style is not None and character.style is not None and min(last.code, character.code) >= _FIRST_HAN:
            balance += 1 if _is_below(last, character) else -1
    return balance > 0


def _as_word(run: Sequence[Character], direction: int) -> Word:
    """Return the word of a run of characters, turned upright."""
    blank = ""
    if run[0].style is None:
        blank, run = " " if run[0].code else "~", run[1:]
    first, last = run[0], run[-1]
    style = first.style
    assert style is not None  # only a blank has none
    along, across = _AXES[direction]
    if direction == _DOWNWARDS:
        base = style.size / 2 - (first.left + first.right) / 2
    else:
        base = first.x * across[0] + first.y * across[1]
    left = min(_edges(first, along)[0], _edges(last, along)[0])
    right = max(_edges(first, along)[1], _edges(last, along)[1])
    return Word(_text(run), left, right, base, style.size, style.is_bold, style.is_fixed, blank)


_MIN_LINE_NUMBERS = 8
_MAX_LINE_DIGITS = 4
_SAME_EDGE = 2.0  # points


def without_line_numbers(words: Sequence[Word]) -> Sequence[Word]:
    """Leave out the numbers of lines, as in a manuscript: a column beside the text that counts by ones or by fives."""
    columns: dict[int, list[tuple[int, Word]]] = {}
    for index, word in enumerate(words):
        if word.text.isdecimal() and len(word.text) <= _MAX_LINE_DIGITS:
            columns.setdefault(round(word.right / _SAME_EDGE), []).append((index, word))
    columns = {edge: column for edge, column in columns.items() if len(column) >= _MIN_LINE_NUMBERS}
    if not columns:
        return words
    dropped: set[int] = set()
    left = min(word.left for word in words)
    num_lines = len({round(word.base / _SAME_EDGE) for word in words})
    for column in columns.values():
        column.sort(key=lambda placed: placed[1].base)
        steps = {int(following.text) - int(word.text) for (_, word), (_, following) in pairwise(column)}
        counted = len(column) * max(steps)
        if steps in ({1}, {5}) and min(word.left for _, word in column) == left and 2 * counted >= num_lines:
            dropped.update(index for index, _ in column)
    return [word for index, word in enumerate(words) if index not in dropped] if dropped else words


_PLAIN = {
    **dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
    **dict.fromkeys((0x02, 0xFFFE, 0x2010, 0x2011), "-"),  # the first two: what PDFium makes of one that ends a line
    **dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF), ""),
    **dict(
        zip(map(ord, "︐︑︒︓︔︕︖︙︱︵︶︻︼︽︾﹁﹂﹃﹄"), "，、。：；！？…—（）【】《》「」『』", strict=True)
    ),  # of lines that run down
    # Radicals that some fonts name instead of the characters that look like them; NFKC knows most of them.
    **dict(
        zip(
            map(ord, "⺁⺒⺓⺠⻁⻄⻅⻆⻇⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲"),
            "厂巳幺民虎西见角角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
            strict=True,
        )
    ),
}
_RADICALS = range(_FIRST_HAN, 0x2FE0)
_SIGNS = range(0xF020, 0xF100)  # where symbol fonts keep theirs
_BULLET = "•"


def _text(run: Sequence[Character]) -> str:
    """Return what a run says, without what its font does not tell; a sign by itself becomes the dot of a list."""
    style = run[0].style
    if len(run) == 1 and style is not None and (style.is_dingbat or run[0].code in _SIGNS):
        return _BULLET
    return "".join(_plain(character.code) for character in run if not _is_nothing(character))


def _plain(code: int) -> str:
    plain = _PLAIN.get(code)
    if plain is None:
        return unicodedata.normalize("NFKC", chr(code)) if code in _RADICALS else chr(code)
    return plain


def _is_nothing(character: Character) -> bool:
    """Whether a code is no character: unknown, a control, half of a pair, of private use."""
    code = character.code
    if 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or code in _PLAIN:
        return character.is_unknown
    return character.is_unknown or code < 0xF900 or code in (0xFFFC, 0xFFFD, 0xFFFF) or code >= 0xE0000


def count_unknown(characters: Sequence[Character]) -> int:
    """Return how many characters stand in words with one of which the font does not tell what it is."""
    num_unknown = length = 0
    is_unknown = False
    for character in (*characters, Character(0)):
        if character.style is not None:
            length += 1
            is_unknown = is_unknown or (_is_nothing(character) and character.code not in _SIGNS)
        else:
            num_unknown += length if is_unknown else 0
            length, is_unknown = 0, False
    return num_unknown
