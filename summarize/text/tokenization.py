"""Text to tokens: jieba's words for Chinese, with numbers, dates, addresses and Latin words kept whole.

The only importer of jieba and rjieba. What jieba knows is kept in a cache of ours (`dictionary_cache.py`), so that
jieba itself is loaded only where there is no usable cache. rjieba, where it is installed, cuts to the same words
fifteen times as fast; as it takes long to load, it is used from some length on.
"""

import re
import sys
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from summarize.text.language import HAN_RUN, JIEBA_HAN_RUN
from summarize.text.patterns import lazy_pattern

if TYPE_CHECKING:
    from summarize.lexicon import UserDictionary
    from summarize.text.cutting import WordSegmenter
    from summarize.text.dictionary_cache import HiddenMarkovModel
    from summarize.text.fast_cutting import FastWordSegmenter

_MAX_THOUSANDS = 20  # groups of three digits in a number

# What stays whole, most specific first. Every way begins with a letter, a digit or an underscore, IN_WORD. A repetition
# either cannot give back what it took (`++`) or is checked step by step, so that no text makes a search start over
# and over again: the time is linear in the text.
_UNCUT_TOKEN = rf"""(?=IN_WORD)(?:
    # Addresses on the web and of mail, without the stop or bracket after them.
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
  | (?: \d{{1,3}}(?:,\d{{3}}(?!\d)){{1,{_MAX_THOUSANDS}}}+(?:\.\d++)? | \d++(?:\.\d++)* )
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
        self._of_ascii = lazy_pattern(pattern.replace("IN_WORD", of_ascii), re.VERBOSE | re.DOTALL)
        self._of_all = lazy_pattern(pattern.replace("IN_WORD", of_all), re.VERBOSE | re.DOTALL)
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


_UNCUT = _TokenPattern(_UNCUT_TOKEN)
_UNCUT_OR_REST = _TokenPattern(rf"{_UNCUT_TOKEN} | \s++ | .")
_LETTER_OR_DIGIT = lazy_pattern(r"[^\W_]")
_INTERPUNCTS = frozenset("·•‧・")  # between the parts of a foreign name: 贝拉克·奥巴马
_PARTS = "\0"  # between texts that are cut as one: neither jieba nor a pattern above makes anything of it
_TOGETHER_CHARS = 10_000  # of such texts
# rjieba takes 0.1 s to load, in which this program cuts so much without it.
FAST_FROM_CHARS = 50_000


def tokenize(text: str, own: "UserDictionary | None" = None) -> list[str]:
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
    _cutters.count(len(text))
    return _tokenize(text, own)


def tokenize_all(
    texts: Iterable[str], own: "UserDictionary | None" = None, *, num_chars: int = 0
) -> Iterator[list[str]]:
    """Yield the tokens of each text, as `tokenize` finds them; many short texts take less time than one by one.

    Args:
        texts: what to cut.
        own: as for `tokenize`.
        num_chars: how long they are together, as far as is known.
    """
    _cutters.count(num_chars)
    batch: list[str] = []
    batch_chars = 0
    for text in texts:
        batch.append(text)
        batch_chars += len(text)
        if batch_chars >= _TOGETHER_CHARS:
            yield from _tokenize_batch(batch, own)
            batch, batch_chars = [], 0
    yield from _tokenize_batch(batch, own)


def _tokenize_batch(texts: Sequence[str], own: "UserDictionary | None") -> Iterator[list[str]]:
    """Yield the tokens of each text. Those with Chinese are cut as one: nothing in a text looks over `_PARTS`."""
    chinese = [text for text in texts if _has_chinese(text)]
    if own is not None or len(chinese) < 2 or any(_PARTS in text for text in chinese):
        yield from (_tokenize(text, own) for text in texts)
        return
    tokens = _tokenize_chinese(_PARTS.join(chinese))
    tokens.append(_PARTS)
    start = 0
    for text in texts:
        if len(chinese) < len(texts) and not _has_chinese(text):
            yield _tokenize(text)
        else:
            end = tokens.index(_PARTS, start)
            yield tokens[start:end]
            start = end + 1


def _tokenize(text: str, own: "UserDictionary | None" = None) -> list[str]:
    if own is not None:
        return [token for piece, is_own in own.pieces(text) for token in ([piece] if is_own else _tokenize(piece))]
    return _tokenize_chinese(text) if _has_chinese(text) else _join_names(_UNCUT_OR_REST.of(text).findall(text))


def _tokenize_chinese(text: str) -> list[str]:
    spans = (match.span() for match in _UNCUT.of(text).finditer(text))
    return _join_names(_join_spans(_cutters.best().cut(text), spans))


def _has_chinese(text: str) -> bool:
    """Return whether jieba makes words of some of a text."""
    run = HAN_RUN.search(text)  # which often begins with what jieba knows, so that no other pattern is compiled
    return run is not None and ("\u4e00" <= run.group()[0] <= "\u9fd5" or JIEBA_HAN_RUN.search(text) is not None)


def is_word(token: str) -> bool:
    """Return whether a token has a letter, a digit or a Chinese character in it."""
    return token.isalnum() or (len(token) > 1 and _LETTER_OR_DIGIT.search(token) is not None)


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
    name: list[str] = []  # the words and interpuncts found last to be one name, not yet in `joined`
    done = 0
    for index, token in enumerate(tokens[:-1]):
        if token not in _INTERPUNCTS or not index or not (is_word(tokens[index - 1]) and is_word(tokens[index + 1])):
            continue
        if name and done == index:
            name += tokens[index : index + 2]
        else:
            joined += ["".join(name)] if name else []
            joined += tokens[done : index - 1]
            name = tokens[index - 1 : index + 2]
        done = index + 2
    joined += ["".join(name)] if name else []
    return joined + tokens[done:]


class _Cutter(Protocol):
    def cut(self, text: str) -> list[str]: ...


class _Cutters:
    """Chooses between the two that cut Chinese: it is a class because it owns how much there has been to cut."""

    def __init__(self) -> None:
        self._num_chars = 0

    def count(self, num_chars: int) -> None:
        """Take notice of so many more characters."""
        self._num_chars += num_chars

    def best(self) -> _Cutter:
        """Return what to cut Chinese with."""
        return (_fast_cutter() if self._num_chars >= FAST_FROM_CHARS else None) or _cutter()


_cutters = _Cutters()


@cache
def _fast_cutter() -> "FastWordSegmenter | None":
    """Load rjieba once; None where it is not installed, as where there is no wheel of it, or cuts otherwise."""
    try:
        from rjieba import _DEFAULT_JIEBA as jieba  # that of `rjieba.cut`: another one takes as long again to load
    except ImportError:
        return None
    from summarize.text.fast_cutting import make_fast_segmenter

    return make_fast_segmenter(jieba, _cutter())


@cache
def _cutter() -> "WordSegmenter":
    """Open the dictionary once. Two threads that come first at the same time both do, which harms nothing."""
    from summarize.text.cutting import WordSegmenter
    from summarize.text.dictionary import WordDictionary
    from summarize.text.dictionary_cache import cache_folder

    package = find_spec("jieba")  # finds it without running it
    if package is None or package.origin is None:
        raise ModuleNotFoundError("jieba is not installed; it belongs to summarize", name="jieba")
    source = Path(package.origin).with_name("dict.txt")
    return WordSegmenter(WordDictionary(source, _read_model, cache_folder()))


def _read_model() -> "HiddenMarkovModel":
    """Import jieba and return its hidden Markov model.

    Its old source is full of warnings, and `pkg_resources`, which it does without, would cost 0.1 s.
    """
    from summarize.text.dictionary_cache import NEVER, TAGS, TRANSITIONS, HiddenMarkovModel

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
    emission_of = [finalseg.emit_P[index] for index in TAGS]
    return HiddenMarkovModel(
        tuple(finalseg.start_P[index] for index in TAGS),
        tuple(finalseg.trans_P[pair[0]][pair[1]] for pair in TRANSITIONS),
        {
            character: tuple(emission.get(character, NEVER) for emission in emission_of)
            for character in set().union(*emission_of)
        },
    )
