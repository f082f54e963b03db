"""How good a judge is on forms whose verdicts it has not seen. No Keras here.

A judge that prints only what it is sure of is a classifier that may abstain: what counts is how often it is right on
the share of forms that it is surest of, the precision at a coverage (El-Yaniv & Wiener 2010, selective classification).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from summarize.config import SelectionConfig
from summarize.train.cuts import FALSE, GOOD

COVERAGES = (0.05, 0.1, 0.2, 0.3)
_LEAST = 1e-9  # under a logarithm


@dataclass(frozen=True, slots=True)
class Precision:
    """What is good and what is false of the forms that a judge is sure of.

    Args:
        coverage: share of all forms that those are, 0 to 1.
        good: share of them that readers call good, 0 to 1; 0 where it is sure of none.
        false: share of them that readers call false, likewise.
    """

    coverage: float
    good: float
    false: float


@dataclass(frozen=True, slots=True)
class JudgeScores:
    """How a judge did on some forms.

    Args:
        num_forms: how many.
        log_loss: mean negative log-likelihood of the verdicts, in nats.
        auc: area under the ROC curve of P(good): how often a good form is rated above another; NaN where all are of
            one sort.
        surest: of those that are likeliest good, at each of `COVERAGES`.
        printed: of those that the thresholds of `SelectionConfig` let through.
    """

    num_forms: int
    log_loss: float
    auc: float
    surest: tuple[Precision, ...]
    printed: Precision

    def __str__(self) -> str:
        surest = ", ".join(_shown(one) for one in self.surest)
        return (
            f"{self.num_forms} forms, surprise {self.log_loss:.3f}, AUC {self.auc:.3f}; "
            f"good/false of the surest {surest}; of what it lets through {_shown(self.printed)}"
        )


@dataclass(frozen=True, slots=True)
class JudgeRecord:
    """What is known about a judge that was trained.

    Args:
        num_judged: forms with verdicts that taught it.
        num_deletions: forms made of deletions that did.
        loss: mean of its last epoch; 0 if it learned nothing.
        log_loss: mean over all that was held out, nats; None if nothing was.
        scores: what was held out, and how it did there.
    """

    num_judged: int
    num_deletions: int
    loss: float
    log_loss: float | None = None
    scores: dict[str, str] = field(default_factory=dict)

    @property
    def rank(self) -> float:
        """The sort key of a judge; lower is better."""
        return self.loss if self.log_loss is None else self.log_loss


def _shown(precision: Precision) -> str:
    return f"{100 * precision.coverage:.0f}% {100 * precision.good:.0f}/{100 * precision.false:.1f}"


def score_judge(probabilities: NDArray[np.floating], verdicts: Sequence[int] | NDArray[np.integer]) -> JudgeScores:
    """Measure what a judge says of forms.

    Args:
        probabilities: (N, 3), how likely it finds each form good, poor and false.
        verdicts: (N,), places in `VERDICTS`; at least one.
    """
    found, config = np.asarray(verdicts), SelectionConfig()
    good = probabilities[:, GOOD]
    order = np.argsort(-good, kind="stable")
    is_printed = (good >= config.least_good) & (probabilities[:, FALSE] <= config.most_false)
    log_loss = -np.log(np.maximum(probabilities[np.arange(len(found)), found], _LEAST))
    return JudgeScores(
        num_forms=len(found),
        log_loss=float(log_loss.mean()),
        auc=_auc(good, found == GOOD),
        surest=tuple(_precision(found[order[: round(share * len(found))]], len(found)) for share in COVERAGES),
        printed=_precision(found[is_printed], len(found)),
    )


def _precision(verdicts: NDArray[np.integer], num_forms: int) -> Precision:
    if not len(verdicts):
        return Precision(0.0, 0.0, 0.0)
    return Precision(len(verdicts) / num_forms, float((verdicts == GOOD).mean()), float((verdicts == FALSE).mean()))


def _auc(scores: NDArray[np.floating], is_good: NDArray[np.bool_]) -> float:
    """Return the share of pairs of a good form and another in which it has the higher score; half of ties count."""
    num_good = int(is_good.sum())
    num_others = len(is_good) - num_good
    if not num_good or not num_others:
        return float("nan")
    above = rankdata(scores)[is_good].sum() - num_good * (num_good + 1) / 2
    return float(above / (num_good * num_others))
