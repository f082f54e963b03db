"""A text part by part: of each its most important sentence, of a long one two, by the weights of the whole text.

A part does not say again what one of the parts before it has said. It is held against the last `MAX_BEFORE` of these:
what that takes grows with the text and not with its square where a text has very many parts.
"""

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.budget import sentence_costs
from summarize.decide.selection import GreedySelector, Similarity
from summarize.document import Document, Language
from summarize.errors import InputError
from summarize.interface import _
from summarize.summary import Section
from summarize.text.marks import FINISHED
from summarize.text.pieces import drop_repeated_speakers, make_whole_draft
from summarize.text.sections import find_sections

Floats = NDArray[np.float64]

MAX_BEFORE = 200  # parts
# From so many words on a part has two sentences; a Chinese character is one.
LONG: dict[Language, int] = {"zh": 1500, "en": 1000}


def find_outline(
    document: Document, weights: Floats, similarity: Similarity, config: SelectionConfig
) -> tuple[Section, ...]:
    """Return what is said of each part of a text, in order; nothing of one without a sentence that may be chosen.

    A sentence is chosen by its weight less what was said of the `MAX_BEFORE` parts before it, a line without a stop
    only where there is nothing else, and never above the first heading.

    Args:
        document: the text.
        weights: attention weight of each sentence, (S,).
        similarity: of the sentences.
        config: how sentences are chosen.

    Raises:
        InputError: the text does not have two parts with headings.
    """
    spans = find_sections(document)
    if not spans:
        raise InputError(_("the text has no headings that divide it; leave out --by-heading"))
    greedy, words = GreedySelector(weights, similarity, config), sentence_costs(document)[:, 2]
    is_finished = np.array([FINISHED.search(text) is not None for text in document.sentence_texts()], np.bool_)
    sections = []
    for number, span in enumerate(spans):
        first, end = span.first, span.end
        last_held = spans[min(number + MAX_BEFORE, len(spans) - 1)]  # against what is said of this part
        chosen: list[int] = []
        for _more in range(1 + (words[first:end].sum() >= LONG[document.language])):
            index = greedy.best(is_finished[first:end], first, end)
            if index is None and span.name:
                index = greedy.best(np.ones(end - first, np.bool_), first, end)
            if index is not None:
                greedy.take(index, first, last_held.end)
                chosen.append(index)
        drafts = [make_whole_draft(document, index) for index in sorted(chosen)]
        sections.append(Section(span.name, first, end, tuple(drop_repeated_speakers(document, drafts))))
    return tuple(section for section in sections if section.heading or section.drafts)
