"""Text to tokens: jieba's words for Chinese, with numbers, dates, addresses and Latin words kept whole.

The only importer of jieba. What jieba knows is kept in a cache of ours (`dictionary.py`), so that jieba itself is
loaded only where there is no usable cache.
"""

import re
import sys
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from summarize.text.language import HAN_RUN, JIEBA_HAN_RUN
from summarize.text.patterns import lazy

if TYPE_CHECKING:
    from summarize.lexicon import OwnWords
    from summarize.text.cutting import WordCutter
    from summarize.text.dictionary import HiddenMarkovModel

_MOST_THOUSANDS = 20  # groups of three digits in a number

# What stays whole, most specific first. Every way begins with a letter, a digit or an underscore, IN_WORD. A repetition
# either cannot give back what it took (`++`) or is checked step by step, so that no text makes a search start over
# and over again: the time is linear in the text.
_WHOLE_TOKEN = rf"""(?=IN_WORD)(?:
    # Addresses on the web and of mail, without the stop or bracket behind them.
    (?:(?:https?|ftp)://|www\.) (?:[.:?\[\]@!$'()*+,;%]*+[A-Za-z0-9_/\#=&~\-]++)++
  | [A-Za-z0-9][A-Za-z0-9._%+\-]{{0,63}}+ @ [A-Za-z0-9\-]{{1,63}}+ (?:\.[A-Za-z0-9\-]{{1,63}}+)++
    # Dates and times; not the numbers in 2018年度, 6月份, 14日元.
  | (?<![\d.])(?:
        \d{{4}}年(?![级代度]) (?: \d{{1,2}}月(?!份) (?:\d{{1,2}}[日号](?![元本线]))? )?
      | \d{{1,2}}月(?!份) (?:\d{{1,2}}[日号](?![元本线]))?
      | \d{{1,2}}日(?![元本])
      | \d{{4}}(?:-\d{{1,2}}-\d{{1,2}}|/\d{{1,2}}/\d{{1,2}}|\.\d{{1,2}}\.\d{{1,2}})(?![\d.])
      | \d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?(?!\d)
    )
    # Numbers with thousands, of which a list of numbers may seem to be one without end, or with the dots of decimals
    # and versions; then a percent sign, or 万 and 亿.
  | (?: \d{{1,3}}(?:,\d{{3}}(?!\d)){{1,{_MOST_THOUSANDS}}}+(?:\.\d++)? | \d++(?:\.\d++)* )
    (?: [%％‰] | [十百千]?[万亿]++ | (?![A-Za-z]) )
    # Models and versions (GPT-4, v2.0.1), abbreviations with stops (U.S.), C++ and C#.
  | [A-Z][A-Za-z]*+-\d++(?:\.\d++)*+[A-Za-z]*+
  | [A-Za-z]++\d++(?:\.\d++)++
  | [A-Za-z](?:\.[A-Za-z](?![A-Za-z]))++\.?
  | [A-Za-z](?:\+\+|\#)(?![A-Za-z0-9_])
    # Words, with the accents of decomposed letters and apostrophes inside; a compound with hyphens is several words.
  | (?: IN_WORD | [\u0300-\u036f] | (?<=\w)['’](?=[A-Za-z\u00c0-\u024f]) )++
)"""


class _TokenPattern:
    """A pattern in which IN_WORD is a letter, a digit or an underscore of a script that is written with spaces.

    That is any but those from the circled numbers over Chinese and kana to the last ideographs. To compile such a class
    takes `re` a millisecond, so a text whose only letters of the kind are those of ASCII has a pattern of its own.

    Args:
        pattern: in the verbose form.
    """

    def __init__(self, pattern: str) -> None:
        of_ascii, of_all = "[A-Za-z0-9_]", r"[^\W\u2460-\u9fff\uf900-\U0003ffff]"
        self._of_ascii = lazy(pattern.replace("IN_WORD", of_ascii), re.VERBOSE | re.DOTALL)
        self._of_all = lazy(pattern.replace("IN_WORD", of_all), re.VERBOSE | re.DOTALL)
        self._others: set[str] = set()  # characters seen so far that are no such letters

    def of(self, text: str) -> re.Pattern[str]:
        """Return the pattern for a text."""
        if not self._others.issuperset(text):
            new = set(text) - self._others
            if any(map(_is_letter_beyond_ascii, new)):
                return self._of_all
            self._others |= new
        return self._of_ascii


def _is_letter_beyond_ascii(character: str) -> bool:
    """Return whether a character is a letter or a digit of a script that is written with spaces, and none of ASCII."""
    return (
        not ("\u2460" <= character <= "\u9fff" or "\uf900" <= character <= "\U0003ffff" or character < "\x80")
        and character.isalnum()
    )


_WHOLE = _TokenPattern(_WHOLE_TOKEN)
_WHOLE_OR_REST = _TokenPattern(rf"{_WHOLE_TOKEN} | \s++ | .")
_LETTER_OR_DIGIT = lazy(r"[^\W_]")
_INTERPUNCTS = frozenset("·•‧・")  # between the parts of a foreign name: 贝拉克·奥巴马


def tokenize(text: str, own: "OwnWords | None" = None) -> list[str]:
    """Cut `text` into tokens; joined, they give `text`, so white space and punctuation are tokens too.

    Chinese is cut exactly as jieba 0.42.1 does with its own dictionary and its hidden Markov model. What must
    not be cut stays whole, and a word of jieba's that reaches over its edge is joined to it: numbers with 万, 亿 or a
    percent sign, dates, times, addresses, Latin words with their accents and apostrophes, names with an interpunct
    (贝拉克·奥巴马). A compound with hyphens is several words, `GPT-4` is one. Text without Chinese characters follows
    the same rules and never loads jieba. The empty text has no tokens. Time and memory are linear in the text.

    Args:
        text: what to cut.
        own: words that stay whole before all others, whatever they are; None if there are none.
    """
    if own is not None:
        return [token for piece, is_own in own.pieces(text) for token in ([piece] if is_own else tokenize(piece))]
    if not _has_chinese(text):
        return _join_names(_WHOLE_OR_REST.of(text).findall(text))
    spans = (match.span() for match in _WHOLE.of(text).finditer(text))
    return _join_names(_join_spans(_cutter().cut(text), spans))


def _has_chinese(text: str) -> bool:
    """Return whether jieba makes words of some of a text."""
    run = HAN_RUN.search(text)  # which often begins with what jieba knows, so that no other pattern is compiled
    return run is not None and ("\u4e00" <= run.group()[0] <= "\u9fd5" or JIEBA_HAN_RUN.search(text) is not None)


def is_word(token: str) -> bool:
    """Return whether a token has a letter, a digit or a Chinese character in it."""
    return _LETTER_OR_DIGIT.search(token) is not None


def _join_spans(tokens: list[str], spans: Iterable[tuple[int, int]]) -> list[str]:
    """Join the tokens that share a character with the same span; spans are in order and do not overlap."""
    ends = list(accumulate(map(len, tokens)))
    joined: list[str] = []
    group_start = group_end = 0  # the tokens found last to belong together, not yet in `joined`
    for start, end in spans:
        first = bisect_right(ends, start)
        last = bisect_left(ends, end, lo=first)
        if first == last:
            continue
        if first >= group_end:  # else a token reaches from one span into the next
            joined += ["".join(tokens[group_start:group_end])] if group_end else []
            joined += tokens[group_end:first]
            group_start = first
        group_end = last + 1
    joined += ["".join(tokens[group_start:group_end])] if group_end else []
    return joined + tokens[group_end:]


def _join_names(tokens: list[str]) -> list[str]:
    """Join word, interpunct, word, and so on, to one name."""
    if _INTERPUNCTS.isdisjoint(tokens):
        return tokens
    joined: list[str] = []
    position = 0
    while position < len(tokens):
        end = position + 1
        if is_word(tokens[position]):
            while end + 1 < len(tokens) and tokens[end] in _INTERPUNCTS and is_word(tokens[end + 1]):
                end += 2
        joined.append("".join(tokens[position:end]))
        position = end
    return joined


@cache
def _cutter() -> "WordCutter":
    """Open the dictionary once. Two threads that come first at the same time both do, which harms nothing."""
    from summarize.text.cutting import WordCutter
    from summarize.text.dictionary import WordDictionary, cache_folder

    package = find_spec("jieba")  # finds it without running it
    if package is None or package.origin is None:
        raise ModuleNotFoundError("jieba is not installed; it belongs to summarize", name="jieba")
    source = Path(package.origin).with_name("dict.txt")
    return WordCutter(WordDictionary(source, _read_model, cache_folder()))


def _read_model() -> "HiddenMarkovModel":
    """Import jieba and return its hidden Markov model.

    Its old source is full of warnings, and `pkg_resources`, which it does without, would cost 0.1 s.
    """
    from summarize.text.dictionary import NEVER, PLACES, TRANSITIONS, HiddenMarkovModel

    is_hidden = "pkg_resources" not in sys.modules
    if is_hidden:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # Python's way to make an import fail
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from jieba import finalseg
    finally:
        if is_hidden:
            sys.modules.pop("pkg_resources", None)
    emission_of = [finalseg.emit_P[place] for place in PLACES]
    return HiddenMarkovModel(
        tuple(finalseg.start_P[place] for place in PLACES),
        tuple(finalseg.trans_P[pair[0]][pair[1]] for pair in TRANSITIONS),
        {
            character: tuple(emission.get(character, NEVER) for emission in emission_of)
            for character in set().union(*emission_of)
        },
    )
