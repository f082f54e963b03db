"""Configuration, one frozen class per concern; that of a trained model is saved with its weights."""

import math
from reprlib import repr as short

from summarize.value import fields_of, replace, value

_MAX_TERMS = 1_000_000  # of a vocabulary; the languages that are read have no more
_MAX_WIDE = 4096  # of anything that a network calculates with
_MAX_REPEATED = 64  # of steps, of judges and of words under a convolution
_MAX_SIMILARITY = 2  # from which no two sentences are duplicates
_MAX_SENTENCES = 1000  # upper bound of the default number of sentences


def _check_positive(**values: float) -> None:
    for name, number in values.items():
        if not number > 0:
            raise ValueError(f"{name} must be above 0, got {short(number)}")


def _check_positive_integers(most: int, **values: object) -> None:
    """Raise ValueError unless each value is an integer from 1 to a sensible maximum."""
    for name, number in values.items():
        if not isinstance(number, int) or isinstance(number, bool):
            raise ValueError(f"{name} must be a whole number, got {short(number)}")
        _check_positive(**{name: number})
        if number > most:
            raise ValueError(f"{name} must be at most {most}, got {short(number)}")


def _check_shares(most: int = 1, **values: object) -> None:
    """Raise ValueError unless each value is a number greater than 0 and at most `most`."""
    for name, number in values.items():
        if not isinstance(number, int | float) or isinstance(number, bool) or math.isnan(number):
            raise ValueError(f"{name} must be a number, got {short(number)}")
        _check_positive(**{name: number})
        if number > most:
            raise ValueError(f"{name} must be at most {most}, got {short(number)}")


@value(kw_only=True)
class NetworkConfig:
    """Sizes of the network; the shape letters are those of the docstrings.

    Raises:
        ValueError: a size is not an integer from 1 to a sensible maximum, or a state size is odd (each direction has
            half of it).
    """

    vocabulary_size: int  # V, terms with a word vector
    num_features: int  # F, sentence features: position, and relation to the whole text
    num_term_features: int  # G, word features: the role of a word in the document
    embedding_size: int = 64  # E, width of a word vector
    sentence_size: int = 96  # D, width of a sentence vector
    kernel_size: int = 3  # words under the convolution, odd
    state_size: int = 128  # H, width of a sentence state, both directions together
    attention_size: int = 64  # A, width of the space where sentences are compared
    num_steps: int = 5  # K, steps of the sequential attention
    step_rank: int = 4  # rank of what a step adds to the shared projection
    judge_state_size: int = 64  # H of each of a judge's readers, both directions together
    judge_width: int = 48  # A of a judge
    num_judges: int = 2  # that have to agree

    def __post_init__(self) -> None:
        repeated = ("kernel_size", "num_steps", "num_judges")
        for name, size in fields_of(self).items():
            most = _MAX_TERMS if name == "vocabulary_size" else _MAX_REPEATED if name in repeated else _MAX_WIDE
            _check_positive_integers(most, **{name: size})
        for name in ("state_size", "judge_state_size"):
            if getattr(self, name) % 2:
                raise ValueError(f"{name} must be even, got {getattr(self, name)}")
        if self.kernel_size % 2 == 0:
            raise ValueError(f"kernel_size must be odd, got {self.kernel_size}")


@value(kw_only=True)
class SelectionConfig:
    """Parameters for choosing sentences by weight; saved with the model.

    With the default, full redundancy cancels the whole weight: on dev a smaller redundancy weight gains a little ROUGE
    where references are long extracts, but the summary then repeats itself.

    Raises:
        ValueError: something lies outside of its range, or is no number.
    """

    redundancy_weight: float = 1.0  # share of a sentence's weight that full redundancy takes away, 0 to 1
    duplicate_similarity: float = 0.9  # from this cosine on a sentence is a near-duplicate and is never added
    max_sentences: int = 5  # without a length: most sentences
    companion_share: float = 0.5  # without a length: minimum weight of an antecedent, as a share of the chosen one's
    least_share: float = 0.3  # without a length: minimum weight of a further sentence, as a share of the best
    filling_share: float = 0.1  # under a length in characters or words: the same
    least_good: float = 0.9  # minimum probability "good" of a shorter form that is printed
    least_good_end: float = 0.93  # the same for forms without the end; judges are overconfident there
    most_false: float = 0.01  # maximum probability "false"
    least_good_fused: float = 0.02  # the same for a fused sentence, on which the judge only has a veto
    most_false_fused: float = 0.6

    def __post_init__(self) -> None:
        if not (isinstance(self.redundancy_weight, int | float) and 0 <= self.redundancy_weight <= 1):
            raise ValueError(f"redundancy_weight must lie in 0 to 1, got {short(self.redundancy_weight)}")
        _check_positive_integers(_MAX_SENTENCES, max_sentences=self.max_sentences)
        _check_shares(_MAX_SIMILARITY, duplicate_similarity=self.duplicate_similarity)
        apart = ("redundancy_weight", "max_sentences", "duplicate_similarity")
        _check_shares(**{name: number for name, number in fields_of(self).items() if name not in apart})


@value(kw_only=True)
class TrainConfig:
    """How a model is trained.

    Raises:
        ValueError: a share lies outside 0 to 1, or a size is not positive.
    """

    vocabulary_size: int = 48_000  # V, most terms
    latin_share: float = 0.33  # of the vocabulary
    num_reader_words: int = 16_000  # R, words the reader may name
    max_documents: int = 9_000  # of a corpus, evenly spread over it
    max_sentences: int = 150  # per training document; the rest is ignored
    max_words: int = 40  # of a training sentence
    beheaded_share: float = 0.2  # documents that also come with their first sentences cut off
    shuffled_share: float = 0.1  # documents that also come with their sentences in random order
    clause_share: float = 0.1  # documents that also come cut into clauses
    longer_share: float = 0.3  # of documents with a short reference: those asked for more than one sentence
    fitting_share: float = 0.7  # of documents with a longer reference: those asked for as many as it is long
    documents_per_epoch: int = 18_000
    epochs: int = 20
    sentences_per_minibatch: int = 1_000  # padding included
    learning_rate: float = 1.2e-3  # at its peak; falls to a twentieth along a cosine
    weight_decay: float = 1e-3
    averaging: float = 0.999  # of the weights over steps: what is kept is their running mean; 0 for none
    corpus_exponent: float = 0.6  # a corpus of n documents is drawn from in proportion to n ** this
    place_dropout: float = 0.25  # share of documents whose place features are hidden
    word_dropout: float = 0.1  # share of words hidden
    state_dropout: float = 0.2  # share of sentence vectors' and states' entries hidden
    marked_epochs: int = 5  # of the second phase, on marks alone, from where the first ended
    marked_runs: int = 2  # of the second phase, from seeds of their own; the mean of their weights counts
    marked_weight: float = 0.6  # of the second phase's weights in their mean with those of the first
    leaning_malus: float = 0.3  # penalty in nats on a sentence that depends on another: marks are too lenient
    length_malus: float = 0.3  # penalty on long sentences, times the feature `length_long`
    num_deletions: int = 10_000  # forms of sentences that teach the judge by what people left out
    deletions_beside: float = 0.2  # share of them that teach beside verdicts; the others do before
    deletion_epochs: int = 2  # of these
    judge_epochs: int = 8  # of verdicts on shortened sentences
    judge_runs: int = 4  # training runs of the judge with different seeds; those with the lowest loss are kept
    judge_learning_rate: float = 1.5e-3  # at its peak
    judge_dropout: float = 0.2  # share of the judge's inputs and states hidden
    judge_held_out: int = (
        6  # of documents with verdicts one in so many measures the judge, and teaches nothing; 0: none
    )
    forms_per_minibatch: int = 64
    ranking_loss: float = 0.3  # weights of the losses beside the divergence, which has 1
    step_loss: float = 1.0
    coverage_loss: float = 0.3
    reader_loss: float = 0.1
    word_loss: float = 0.5
    mark_loss: float = 0.5
    marked_share: float = 0.25  # of the documents of an epoch: those that were marked by reading
    num_crops: int = 2  # parts of each marked document that also are examples
    seed: int = 1

    def __post_init__(self) -> None:
        for name in _SHARES:
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must lie in 0 to 1, got {getattr(self, name)}")
        for name in _SIZES:
            _check_positive(**{name: getattr(self, name)})
        for name in _COUNTS:
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must be 0 or more, got {getattr(self, name)}")

    def for_marks(self, run: int) -> "TrainConfig":
        """Return the configuration of the second phase: few labels, so more dropout and no other losses.

        Args:
            run: which of its runs, from 0.
        """
        return replace(
            self,
            documents_per_epoch=6_400,
            epochs=self.marked_epochs,
            learning_rate=1.25 * self.learning_rate,
            weight_decay=1e-2,
            averaging=0.98,
            state_dropout=0.3,
            reader_loss=0.0,
            word_loss=0.0,
            mark_loss=0.0,
            seed=self.seed + run,
        )


def check_judges(network: NetworkConfig, train: TrainConfig) -> None:
    """Raise ValueError if a model is to have more judges than are trained."""
    if train.judge_runs < network.num_judges:
        raise ValueError(f"judge_runs must be at least num_judges, {network.num_judges}, got {train.judge_runs}")


_SHARES = (
    "latin_share",
    "beheaded_share",
    "shuffled_share",
    "clause_share",
    "longer_share",
    "fitting_share",
    "averaging",
    "deletions_beside",
    "judge_dropout",
    "place_dropout",
    "marked_share",
    "word_dropout",
    "state_dropout",
    "marked_weight",
)
_SIZES = (
    "vocabulary_size",
    "num_reader_words",
    "max_documents",
    "max_sentences",
    "max_words",
    "documents_per_epoch",
    "epochs",
    "marked_epochs",
    "marked_runs",
    "judge_epochs",
    "judge_runs",
    "judge_learning_rate",
    "forms_per_minibatch",
    "sentences_per_minibatch",
    "learning_rate",
)
_COUNTS = ("num_deletions", "deletion_epochs", "judge_held_out")
