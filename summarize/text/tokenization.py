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

if TYPE_CHECKING:
    from summarize.text.cutting import WordCutter
    from summarize.text.dictionary import HiddenMarkovModel

# Scripts and signs without spaces between words: never part of a word in the sense of `_WHOLE`.
_IDEOGRAPHIC = "\u2460-\u24ff\u2776-\u2793\u2e80-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_LETTER = rf"[^\W\d_{_IDEOGRAPHIC}]"
_INNER = rf"(?:[^\W{_IDEOGRAPHIC}]|[\u0300-\u036f])"  # letters, digits, underscores, accents of decomposed letters

# What stays whole, most specific first. Every way begins with a letter, a digit or an underscore. A repetition
# either cannot give back what it took (`++`) or is checked step by step, so that no text makes a search start over
# and over again: the time is linear in the text.
_WHOLE = rf"""(?=[^\W{_IDEOGRAPHIC}])(?:
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
    # Numbers with thousands, or with the dots of decimals and versions; then a percent sign, or 万 and 亿.
  | (?: \d{{1,3}}(?:,\d{{3}}(?!\d))++(?:\.\d++)? | \d++(?:\.\d++)* )
    (?: [%％‰] | [十百千]?[万亿]++ | (?!{_LETTER}) )
    # Models and versions (GPT-4, v2.0.1), abbreviations with stops (U.S.), C++ and C#.
  | [A-Z][A-Za-z]*+-\d++(?:\.\d++)*+[A-Za-z]*+
  | [A-Za-z]++\d++(?:\.\d++)++
  | [A-Za-z](?:\.[A-Za-z](?![A-Za-z]))++\.?
  | [A-Za-z](?:\+\+|\#)(?!{_INNER})
    # Words with apostrophes inside; a compound with hyphens is several words.
  | {_INNER}++(?:['’]{_LETTER}{_INNER}*+)*+
)"""
_WHOLE_SPAN = re.compile(_WHOLE, re.VERBOSE)
_WHOLE_OR_REST = re.compile(rf"{_WHOLE} | \s++ | .", re.VERBOSE | re.DOTALL)

_JIEBA_HAN = re.compile("[\u4e00-\u9fd5]")  # the characters that jieba makes words of
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_INTERPUNCTS = frozenset("·•‧・")  # between the parts of a foreign name: 贝拉克·奥巴马


def tokenize(text: str) -> list[str]:
    """Cut `text` into tokens; joined, they give `text`, so white space and punctuation are tokens too.

    Chinese is cut exactly as jieba 0.42.1 does with its own dictionary and its hidden Markov model. What must
    not be cut stays whole, and a word of jieba's that reaches over its edge is joined to it: numbers with 万, 亿 or a
    percent sign, dates, times, addresses, Latin words with their accents and apostrophes, names with an interpunct
    (贝拉克·奥巴马). A compound with hyphens is several words, `GPT-4` is one. Text without Chinese characters follows
    the same rules and never loads jieba. The empty text has no tokens. Time and memory are linear in the text.
    """
    if not _JIEBA_HAN.search(text):
        return _join_names(_WHOLE_OR_REST.findall(text))
    spans = (match.span() for match in _WHOLE_SPAN.finditer(text))
    return _join_names(_join_spans(_cutter().cut(text), spans))


def is_word(token: str) -> bool:
    """Return whether a token has a letter, a digit or a Chinese character in it."""
    return _LETTER_OR_DIGIT.search(token) is not None


def _join_spans(tokens: list[str], spans: Iterable[tuple[int, int]]) -> list[str]:
    """Join the tokens that share a character with the same span; spans are in order and do not overlap."""
    ends = list(accumulate(map(len, tokens)))
    joined: list[str] = []
    done = 0  # tokens that are in `joined`
    for start, end in spans:
        first = bisect_right(ends, start)
        last = bisect_left(ends, end, lo=first)
        if first == last:
            continue
        if first < done:  # the token that ends the span before begins this one
            joined[-1] += "".join(tokens[done : last + 1])
        else:
            joined += tokens[done:first]
            joined.append("".join(tokens[first : last + 1]))
        done = last + 1
    return joined + tokens[done:]


def _join_names(tokens: list[str]) -> list[str]:
    """Join word, interpunct, word, and so on, to one name."""
    if _INTERPUNCTS.isdisjoint(tokens):
        return tokens
    joined: list[str] = []
    position = 0
    while position < len(tokens):
        end = position + 1
        if is_word(tokens[position]):
            while tokens[end : end + 1] and tokens[end] in _INTERPUNCTS and is_word("".join(tokens[end + 1 : end + 2])):
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
