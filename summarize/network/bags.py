"""The sentences of a document as bags of words, and their similarities, in time linear in the document.

Cosines to a sum of sentences are sums of cosines, and sums over all earlier sentences are running sums within each
term.
"""

import numpy as np
from numpy.typing import NDArray

from summarize.text.terms import DocumentTerms

Floats = NDArray[np.float64]


class SentenceBags:
    """The sentences of a document as unit vectors of tf-idf, kept sparse.

    Args:
        terms: the document's terms.
        idf: (terms,), the information of each, above 0.

    Attributes:
        num_sentences: S.
        num_terms: at least 1.
        rows: (P,), the sentence of each number that is not 0, ascending.
        columns: (P,), its term, ascending within each sentence.
        values: (P,), the numbers.
    """

    def __init__(self, terms: DocumentTerms, idf: Floats) -> None:
        self.num_sentences: int = terms.num_sentences
        self.num_terms: int = max(1, len(terms.terms))
        row_of_word = np.repeat(np.arange(terms.num_sentences), terms.lengths)
        keys, counts = np.unique(row_of_word * self.num_terms + terms.term_ids, return_counts=True)
        self.rows: NDArray[np.intp]
        self.columns: NDArray[np.intp]
        self.rows, self.columns = np.divmod(keys, self.num_terms)
        values = counts * idf[self.columns] if len(keys) else np.zeros(0)
        norms = np.sqrt(np.bincount(self.rows, values**2, self.num_sentences))
        self.values: Floats = values / norms[self.rows]

    def total(self) -> Floats:
        """Return the sum of all sentences' vectors, (terms,)."""
        return np.asarray(np.bincount(self.columns, self.values, self.num_terms), np.float64)

    def cosine_to(self, vector: Floats) -> Floats:
        """Return the dot product of each sentence with a vector over terms, (S,)."""
        return np.asarray(np.bincount(self.rows, self.values * vector[self.columns], self.num_sentences), np.float64)

    def similarity_to(self, index: int, first: int = 0, end: int | None = None) -> Floats:
        """Return the cosine of the sentences from `first` to before `end`, all by default, with one, 0 to 1."""
        own = slice(*np.searchsorted(self.rows, (index, index + 1)))
        vector = np.zeros(self.num_terms)
        vector[self.columns[own]] = self.values[own]
        return self.cosine_to(vector)[first:end]

    def similarity_to_earlier(self) -> Floats:
        """Return for each sentence the sum of its cosines to all sentences before it, (S,)."""
        by_term = np.argsort(self.columns, kind="stable")  # and by sentence within each
        values, columns = self.values[by_term], self.columns[by_term]
        running = np.cumsum(values) - values  # of all entries before, also those of other terms
        running -= running[np.searchsorted(columns, columns)]  # that of the first entry of the term
        return np.asarray(np.bincount(self.rows[by_term], values * running, self.num_sentences), np.float64)
