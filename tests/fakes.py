"""A scorer with weights that can be worked out by hand; `python tests/fakes.py` is the command with it."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from summarize.config import SelectionConfig
from summarize.document import ATTENTION_KINDS, Document
from summarize.explanation import NO_TREE, ROOT, Account, Steps, Tree, Weighing, WordWeight

VERBS = ("赢得", "击败", "上涨", "停电", "won", "beat", "rose", "slept")
NOUNS = ("河水", "城市", "水位", "会议", "冠军", "river", "city", "champion", "race")


def uniform_edit(words):
    """Every later word, and the end, is equally likely to be the next one kept."""
    size = len(words) + 2
    behind = np.triu(np.ones((size, size), bool), 1)
    return np.where(behind, -np.log(np.maximum(1, behind.sum(axis=1)))[:, None], -np.inf)


class FakeEditor:
    """Finds every step as likely as any other, and knows a few verbs and nouns."""

    def edit(self, words):
        return uniform_edit(words)

    def is_verb(self, word):
        return word in VERBS

    def is_noun(self, word):
        return word in NOUNS


class FakeReading(FakeEditor):
    """A document that is weighed by numbers given by hand; all shorter forms are good, the fewer cuts the better."""

    def __init__(self, document: Document, weights: Mapping[str, Sequence[float]]) -> None:
        self.text = document.text
        self.spans = [(sentence.start, sentence.end) for sentence in document.sentences]
        self.texts = list(document.sentence_texts())
        self.weights = weights

    def weigh(self, kind):
        weights = np.array(self.weights[kind], np.float64)
        assert len(weights) == len(self.texts), f"{len(weights)} weights for {len(self.texts)} sentences"
        return weights / weights.sum()

    most_wanted = 5

    def for_length(self, num_wanted):
        return self  # the rules do without the length

    def explain(self):
        weights = self.weigh("tree")
        # Every sentence hangs from the first one that may be chosen.
        parents = np.where(weights > 0, np.argmax(weights > 0), NO_TREE)
        parents[np.argmax(weights > 0)] = ROOT
        return Account(
            {kind: self._weighing(kind) for kind in ATTENTION_KINDS},
            Steps(np.array([0.75, 0.25]), np.stack([self.weigh("sequential")] * 2)),
            Tree(parents, np.where(weights > 0, 0.5, 0.0)),
        )

    def _weighing(self, kind):
        """All but the content and the place is 0; the place has what the content does not."""
        weights = self.weigh(kind)
        candidates = weights > 0
        logs = np.log(np.where(candidates, weights, 1))
        scores = np.where(candidates, logs - logs[candidates].mean(), 0)
        terms = {"content": scores / 4, "place": scores * 3 / 4}
        return Weighing(weights, terms, candidates)

    def word_weights(self):
        """Each run of letters counts as much as any other of its sentence."""
        found = [list(re.finditer(r"\w+", self.text[start:end])) for start, end in self.spans]
        return [
            [WordWeight(start + match.start(), start + match.end(), 1 / len(matches)) for match in matches]
            for (start, _), matches in zip(self.spans, found, strict=True)
        ]

    def similarity(self, index):
        return np.array([float(text == self.texts[index]) for text in self.texts])

    def may_be_predicate(self, word):
        return word in VERBS

    def judge(self, words, before, forms, *, has_stop):
        num_cuts = np.array([len(form.cuts) for form in forms])
        return np.stack([0.99 - num_cuts / 100, 0.009 + num_cuts / 100, np.full(len(forms), 0.001)], axis=1)


class FakeGrammar:
    """Knows two verbs and one compound."""

    def predicate_level(self, word):
        return 3 if word in ("赢得", "击败", "在", "won", "beat") else 0

    def makes_compound(self, left, right):
        return (left, right) == ("世界杯", "冠军")


class FakeScorer:
    """Weighs sentences by numbers given by hand, or else by a rule for each kind of attention.

    Parallel: by length in characters. Sequential: by place, 1, 2, 3 and so on. Tree: by place, from the end.
    Apparatus weighs nothing where there is anything else.
    Sentences are alike, 1, if they are equal, and else not at all, 0.

    Args:
        weights: a number for each sentence, 0 or more, for all kinds.
    """

    default_attention = "parallel"
    grammar = FakeGrammar()

    def __init__(self, weights: Sequence[float] | None = None) -> None:
        self.weights = weights

    def selection(self, kind):
        return SelectionConfig()

    def read(self, document, num_wanted):
        texts = list(document.sentence_texts())
        if self.weights is not None:
            return FakeReading(document, dict.fromkeys(("parallel", "sequential", "tree"), self.weights))
        places = range(1, len(texts) + 1)
        rules = {"parallel": [len(text) for text in texts], "sequential": places, "tree": places[::-1]}
        is_apparatus = [sentence.role == "apparatus" for sentence in document.sentences]
        if not all(is_apparatus):
            rules = {
                kind: [0 if is_no else weight for weight, is_no in zip(rule, is_apparatus, strict=True)]
                for kind, rule in rules.items()
            }
        return FakeReading(document, rules)


if __name__ == "__main__":
    from summarize import cli

    cli.load_scorer = lambda directory: FakeScorer()
    cli.main(prog_name="summarize")
