"""A scorer with weights that can be worked out by hand; `python tests/fakes.py` is the command with it."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from summarize.config import SelectionConfig
from summarize.document import ATTENTION_KINDS, Document
from summarize.explanation import NO_TREE, ROOT, AttentionReport, Outcome, SentenceScores, Steps, Tree, WordWeight

VERBS = ("赢得", "击败", "上涨", "停电", "won", "beat", "rose", "slept")


class FakeJudge:
    """Calls shorter forms good, the fewer cuts the better, but for those that it was told of.

    Args:
        figures: how likely a form is good and how likely false, by its words with nothing between them.
        others: the same of all others; None: 0.99 less a hundredth for each cut, and 0.001.

    Attributes:
        asked: the arguments of each question, and the texts of the forms.
    """

    def __init__(
        self, figures: Mapping[str, tuple[float, float]] | None = None, others: tuple[float, float] | None = None
    ) -> None:
        self.figures, self.others = figures or {}, others
        self.asked: list[tuple[list[str], list[str], list[str], bool]] = []

    def may_be_predicate(self, word):
        return word in VERBS

    def judge(self, words, before, forms, *, has_stop, least_good=0.0):
        texts = ["".join(words[place] for place in form.kept) for form in forms]
        self.asked.append((list(words), list(before), texts, has_stop))
        rows = []
        for text, form in zip(texts, forms, strict=True):
            good, false = self.figures.get(text, self.others or (0.99 - len(form.cuts) / 100, 0.001))
            rows.append((good, 1 - good - false, false))
        return np.array(rows)

    def judge_all(self, asked, *, least_good=0.0):
        return [self.judge(*one[:3], has_stop=one.has_stop, least_good=least_good) for one in asked]


class FakeReading(FakeJudge):
    """A document that is weighed by numbers given by hand; shorter forms are good as `FakeJudge` has it.

    Single characters have little information, all other words the same.

    Args:
        document: what was read.
        weights: a number for each sentence, by the kind of attention.
        likeness: of each sentence with each; None: equal sentences are alike.
        figures: as for `FakeJudge`.
        others: as for `FakeJudge`.
    """

    def __init__(
        self,
        document: Document,
        weights: Mapping[str, Sequence[float]],
        *,
        likeness: Sequence[Sequence[float]] | None = None,
        figures: Mapping[str, tuple[float, float]] | None = None,
        others: tuple[float, float] | None = None,
    ) -> None:
        super().__init__(figures, others)
        self.likeness = likeness
        self.text = document.text
        self.spans = [(sentence.start, sentence.end) for sentence in document.sentences]
        self.texts = list(document.sentence_texts())
        self.weights = weights

    def weigh(self, kind):
        weights = np.array(self.weights[kind], np.float64)
        assert len(weights) == len(self.texts), f"{len(weights)} weights for {len(self.texts)} sentences"
        return weights / weights.sum()

    max_target_sentences = 5
    closed: Mapping[int, Outcome] = MappingProxyType({})
    query = None

    def for_length(self, target_sentences):
        return self  # the rules do without the length

    def explain(self):
        weights = self.weigh("tree")
        # Every sentence hangs from the first one that may be chosen.
        parents = np.where(weights > 0, np.argmax(weights > 0), NO_TREE)
        parents[np.argmax(weights > 0)] = ROOT
        return AttentionReport(
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
        return SentenceScores(weights, terms, candidates)

    def word_weights(self):
        """Each run of letters counts as much as any other of its sentence."""
        found = [list(re.finditer(r"\w+", self.text[start:end])) for start, end in self.spans]
        return [
            [WordWeight(start + match.start(), start + match.end(), 1 / len(matches)) for match in matches]
            for (start, _), matches in zip(self.spans, found, strict=True)
        ]

    def information(self, terms):
        return np.array([4.0 if len(term) > 1 else 1.0 for term in terms])

    def similarity(self, index, first=0, end=None):
        if self.likeness is not None:
            return np.array(self.likeness[index], np.float64)[first:end]
        return np.array([float(text == self.texts[index]) for text in self.texts[first:end]])


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

    def read(self, document, target_sentences):
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
