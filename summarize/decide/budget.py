"""The length budget of a summary, and the cost of each sentence."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document, Language, Length
from summarize.errors import BudgetError
from summarize.interface import _
from summarize.text.pieces import count_words, display_pieces, label_pieces

UNLIMITED = 2**62
# Without a bound a summary has so many words (characters of Chinese) at least and at most, the most for all but books.
DEFAULT_WORDS: dict[Language, tuple[int, int]] = {"zh": (40, 160), "en": (25, 90)}
_OPEN_SHARE = 0.6  # of a short text, so that it gets shorter
_OPEN_GROWTH = 1 / 4  # the words wanted grow with this power of the text's
_OPEN_SCALE = 15  # of a text of so many times the least words twice the least are wanted
_BOOK = 150  # times the most words: from here on the most grow with the fifth root
DEFAULT_SENTENCES = 2  # what a summary without a bound is weighed for; how long it gets `default_word_range` says
# Times the words and sentences that a summary without a bound has.
FACTORS: dict[Length, float] = {"short": 0.5, "medium": 1.0, "long": 2.0}
_ROUNDING = 1e-9  # 29% of 100 characters are 29, though 0.29 * 100 is a little less


class Budget:
    """How long a summary may be. All bounds that are given hold at once.

    Args:
        sentences: most sentences, at least 1.
        chars: most characters (code points), joining spaces and line breaks included, at least 1.
        words: most words, at least 1; a Chinese character counts as one.
        ratio: most characters as a share of the text's, above 0 and at most 1.
        length: how long it is without a bound, by name; None is "medium".

    Raises:
        ValueError: a bound is out of range, there is no such length, or it is given besides a bound.
    """

    def __init__(
        self,
        *,
        sentences: int | None = None,
        chars: int | None = None,
        words: int | None = None,
        ratio: float | None = None,
        length: Length | None = None,
    ) -> None:
        for name, value in (("sentences", sentences), ("chars", chars), ("words", words)):
            if value is not None and value < 1:
                raise ValueError(f"{name} must be at least 1, got {value}")
        if ratio is not None and not 0 < ratio <= 1:
            raise ValueError(f"ratio must be above 0 and at most 1, got {ratio}")
        self.sentences: int | None = sentences
        self.chars: int | None = chars
        self.words: int | None = words
        self.ratio: float | None = ratio
        if length is not None and length not in FACTORS:
            raise ValueError(f"length must be one of {', '.join(FACTORS)}, got {length!r}")
        if length is not None and not self.is_open:
            raise ValueError(f"length {length} cannot be combined with another length; leave one of them out")
        self.factor: float = FACTORS[length or "medium"]

    def __repr__(self) -> str:
        bounds = {name: getattr(self, name) for name in ("sentences", "chars", "words", "ratio")}
        given = [f"{name}={bound}" for name, bound in bounds.items() if bound is not None]
        length = [name for name, factor in FACTORS.items() if factor == self.factor != 1.0]
        return f"Budget({', '.join([*given, *(f'length={name!r}' for name in length)])})"

    @property
    def is_open(self) -> bool:
        """Whether no bound is given, so that `default_word_range` decides."""
        return all(bound is None for bound in (self.sentences, self.chars, self.words, self.ratio))

    @property
    def limits_text(self) -> bool:
        """Whether characters or words are bounded, so that shortening a sentence can help."""
        return any(bound is not None for bound in (self.chars, self.words, self.ratio))

    def bounds(self, length_chars: int) -> tuple[int, int, int]:
        """Return most sentences, characters and words for a text of `length_chars`."""
        chars = min(
            self.chars or UNLIMITED,
            UNLIMITED,
            UNLIMITED if self.ratio is None else math.floor(self.ratio * length_chars + _ROUNDING),
        )
        sentences, words = self.sentences or UNLIMITED, self.words or UNLIMITED
        return min(sentences, UNLIMITED), chars, min(words, UNLIMITED)

    def scaled_by(self, factor: float) -> "Budget":
        """Return the same with more characters and words."""
        chars, words = (
            None if bound is None else int(min(bound, UNLIMITED) * factor) for bound in (self.chars, self.words)
        )
        ratio = None if self.ratio is None else min(1.0, self.ratio * factor)
        return Budget(sentences=self.sentences, chars=chars, words=words, ratio=ratio)

    def holds(self, text: str, length_chars: int, num_sentences: int) -> bool:
        """Return whether a summary of a text of `length_chars` keeps within the budget."""
        sentences, chars, words = self.bounds(length_chars)
        return num_sentences <= sentences and len(text) <= chars and (words == UNLIMITED or count_words(text) <= words)

    def target_sentences(self, costs: NDArray[np.int64], length_chars: int) -> int:
        """Return how many sentences of mean length the summary may have, at least 1.

        Without a bound it is `DEFAULT_SENTENCES`, by the factor of its length.

        Args:
            costs: (U, 3), sentences, characters and words of each sentence.
            length_chars: code points of the text.
        """
        if self.is_open:
            return max(1, round(self.factor * DEFAULT_SENTENCES))
        bounds = np.array(self.bounds(length_chars))
        return max(1, int((bounds / np.maximum(1, costs.mean(axis=0))).min() + _ROUNDING))

    def no_fit_error(self, costs: NDArray[np.int64], length_chars: int) -> BudgetError:
        """Return the error for a text of which no sentence fits; it names the smallest length that suffices.

        Args:
            costs: (U, 3), sentences, characters and words of each sentence that could be chosen.
            length_chars: code points of the text.
        """
        chars, words = self.bounds(length_chars)[1:]
        least_chars, least_words = int(costs[:, 1].min()), int(costs[:, 2].min())
        if least_chars > chars:
            if self.chars is None or self.chars > chars:
                percent = math.ceil(1000 * least_chars / length_chars) / 10
                return BudgetError(
                    _(
                        "{ratio:.4g} of the text is {chars} characters, but the shortest sentence needs {least}; use a "
                        "ratio of at least {percent:g}%"
                    ).format(ratio=self.ratio, chars=chars, least=least_chars, percent=percent)
                )
            return BudgetError(
                _("no sentence fits into {chars} characters; the shortest needs {least}").format(
                    chars=chars, least=least_chars
                )
            )
        if least_words > words:
            return BudgetError(
                _("no sentence fits into {words} words; the shortest needs {least}").format(
                    words=words, least=least_words
                )
            )
        return BudgetError(
            _("no sentence fits into both {chars} characters and {words} words; allow more of either").format(
                chars=chars, words=words
            )
        )


def default_word_range(num_words: int, language: Language, factor: float = 1.0) -> tuple[int, int, int]:
    """Return how many words a summary without a bound should have at least, as a rule, and at most; each at least 1.

    It grows slowly: a notice of 300 Chinese characters gets about 70, an article of 2,000 about 110, a book of a
    million 340.

    Args:
        num_words: words of the text, repeated sentences counted once; a Chinese character is one.
        language: of the text.
        factor: times all of that; a short text gets a shorter one all the same.
    """
    least, most = DEFAULT_WORDS[language]
    wanted = 2 * least * (num_words / (_OPEN_SCALE * least)) ** _OPEN_GROWTH
    most = round(most * max(1.0, num_words / (_BOOK * most)) ** 0.2)
    shorter = max(1, round(_OPEN_SHARE * num_words))
    least, wanted, most = (max(1, round(factor * bound)) for bound in (least, min(max(least, wanted), most), most))
    return min(least, shorter), min(wanted, shorter), most


@lru_cache(maxsize=1)  # a summary asks for them again and again
def sentence_costs(document: Document) -> NDArray[np.int64]:
    """Return sentences, characters and words of each sentence as printed on its own, (S, 3), not to be changed."""
    costs = np.ones((len(document.sentences), 3), np.int64)
    for index in range(len(document.sentences)):
        text = "".join([piece.text for piece in (*label_pieces(document, index), *display_pieces(document, index))])
        costs[index, 1:] = len(text), count_words(text)
    costs.flags.writeable = False
    return costs
