"""A text part by part: of each its most important sentence, of a long one two, by the weights of the whole text."""

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.budget import sentence_costs
from summarize.decide.selection import Greedy, Similarity
from summarize.document import Document, Language
from summarize.errors import InputError
from summarize.interface import _
from summarize.summary import Section
from summarize.text.marks import FINISHED
from summarize.text.pieces import speakers_once, whole
from summarize.text.sections import find_sections

Floats = NDArray[np.float64]

# From so many words on a part has two sentences; a Chinese character is one.
LONG: dict[Language, int] = {"zh": 1500, "en": 1000}


def find_outline(
    document: Document, weights: Floats, similarity: Similarity, config: SelectionConfig
) -> tuple[Section, ...]:
    """Return what is said of each part of a text, in order; nothing of one without a sentence that may be chosen.

    A sentence is chosen by its weight less what was said of the parts before it, a line without a stop only where there
    is nothing else, and never above the first heading.

    Args:
        document: the text.
        weights: attention weight of each sentence, (S,).
        similarity: from a sentence to the likeness of each with it, (S,).
        config: how sentences are chosen.

    Raises:
        InputError: the text has not got two parts under headings of their own.
    """
    spans = find_sections(document)
    if not spans:
        raise InputError(_("the text has no headings that part it; leave out --by-heading"))
    greedy, words = Greedy(weights, similarity, config), sentence_costs(document)[:, 2]
    is_finished = np.array([FINISHED.search(text) is not None for text in document.sentence_texts()])
    sections = []
    for span in spans:
        is_inside = np.zeros(len(weights), np.bool_)
        is_inside[span.first : span.end] = True
        for _more in range(1 + (words[is_inside].sum() >= LONG[document.language])):
            index = greedy.best(is_inside & is_finished)
            if index is None and span.name:
                index = greedy.best(is_inside)
            if index is not None:
                greedy.take(index)
        chosen = [whole(document, index) for index in sorted(greedy.indices) if is_inside[index]]
        sections.append(Section(span.name, span.first, span.end, tuple(speakers_once(document, chosen))))
    return tuple(section for section in sections if section.heading or section.drafts)
