"""A document as terms: what its sentences have in common is counted here, once, for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document, Sentence
from summarize.text.normalization import normalize_whole
from summarize.text.tokenization import is_word, tokenize


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """The words of a document, sentence by sentence, as numbers of its own.

    Args:
        terms: the distinct words in the order of first occurrence: simplified, lower-cased.
        term_ids: int32 (words,), every word of the document as its index in `terms`.
        bounds: int64 (S + 1,); the words of sentence i are `term_ids[bounds[i]:bounds[i + 1]]`.
    """

    terms: tuple[str, ...]
    term_ids: NDArray[np.int32]
    bounds: NDArray[np.int64]

    @property
    def num_sentences(self) -> int:
        """S, the sentences of the document."""
        return len(self.bounds) - 1

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Words in each sentence, (S,)."""
        return np.diff(self.bounds)

    def rearranged(self, indices: NDArray[np.int64]) -> "DocumentTerms":
        """Return the same sentences in another order; the terms keep their numbers.

        Args:
            indices: (S,), which sentence comes in each place.
        """
        runs = [self.sentence(index) for index in indices.tolist()]
        ids = np.concatenate(runs) if runs else self.term_ids
        return DocumentTerms(self.terms, ids, np.append(0, np.cumsum(self.lengths[indices])))

    def sentence(self, index: int) -> NDArray[np.int32]:
        """Return the term ids of one sentence, in order."""
        return self.term_ids[self.bounds[index] : self.bounds[index + 1]]


def _tokens(document: Document) -> Iterator[tuple[Sentence, list[str]]]:
    """Yield each sentence and its tokens, which joined are as long as what it says, from its body to its end."""
    normalized, own = normalize_whole(document.text), document.lexicon.own
    return ((sentence, tokenize(normalized[sentence.body : sentence.end], own)) for sentence in document.sentences)


def word_spans(document: Document) -> Iterator[list[tuple[int, int]]]:
    """Yield where the words of each sentence start and end in the text; they are those of `find_terms`."""
    for sentence, tokens in _tokens(document):
        ends = list(accumulate(map(len, tokens), initial=sentence.body))
        yield [span for span, token in zip(pairwise(ends), tokens, strict=True) if is_word(token)]


def find_terms(document: Document) -> DocumentTerms:
    """Cut a document into terms; punctuation and white space are not terms.

    A sentence of punctuation alone has no terms. Memory is four bytes a word and one string a distinct word.
    """
    id_of: dict[str, int] = {}
    term_ids: list[NDArray[np.int32]] = []
    bounds = np.zeros(len(document.sentences) + 1, np.int64)
    for index, (_, tokens) in enumerate(_tokens(document)):
        words = [id_of.setdefault(token.lower(), len(id_of)) for token in tokens if is_word(token)]
        term_ids.append(np.array(words, np.int32))
        bounds[index + 1] = bounds[index] + len(words)
    flat = np.concatenate(term_ids) if term_ids else np.zeros(0, np.int32)
    return DocumentTerms(tuple(id_of), flat, bounds)
