"""The model that weighs sentences, loaded for the command."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarize.pipeline import Scorer

# The matrices of a text are small: more threads win nothing and cost start-up and memory. And one thread adds up in the
# same order on any number of cores, so that a figure is the same to its last digit whatever somebody has set for other
# programs. BLAS reads these once, when NumPy is imported, so they are set before.
THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def ask_for_one_thread() -> None:
    """Ask BLAS for one thread."""
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, "1"))


def load_scorer(directory: Path | None) -> "Scorer":
    """Return the network with the model of a directory; None stands for the one that comes with the package.

    Raises:
        ModelError: the model cannot be read.
    """
    if directory is None:
        from summarize.pipeline import shipped_scorer

        return shipped_scorer()
    from summarize.network.scorer import NetworkScorer
    from summarize.network.storage import load_model

    return NetworkScorer(load_model(directory))
