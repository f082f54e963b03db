"""The model that weighs sentences, loaded for the command."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarize.pipeline import Scorer

# The matrices of a text are small: more threads gain nothing and cost start-up time and memory. One thread also adds in
# the same order on any number of cores, so that results are reproducible to the last digit whatever the environment
# says. BLAS reads these once, when NumPy is imported, so they are set before.
THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

_NUMPY_BYTES, _BLAS_BYTES = 100 << 20, 40 << 20  # of addresses: to be loaded with BLAS, and for that to work
_BLAS_SIZE = 256  # of matrices that are large enough for BLAS to want memory of its own


def ask_for_one_thread() -> None:
    """Ask BLAS for one thread."""
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, "1"))


def _let_blas_take_its_memory() -> None:
    """Where memory is limited, as by `ulimit -v`, check that there is enough for BLAS, and let it allocate that now.

    If it cannot allocate later, it aborts the process with its own message.

    Raises:
        OSError: there is too little.
    """
    try:
        import resource
    except ImportError:  # no Unix
        return
    if resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY:
        return
    import mmap

    mmap.mmap(-1, _NUMPY_BYTES).close()
    import numpy as np

    mmap.mmap(-1, _BLAS_BYTES).close()
    matrix = np.ones((_BLAS_SIZE, _BLAS_SIZE), np.float32)
    np.matmul(matrix, matrix)


def load_scorer(directory: Path | None) -> "Scorer":
    """Return the network with the model of a directory; None stands for the one that comes with the package.

    Raises:
        ModelError: the model cannot be read.
        OSError: memory is limited, and too little for it.
    """
    _let_blas_take_its_memory()
    if directory is None:
        from summarize.pipeline import default_scorer

        return default_scorer()
    from summarize.network.scorer import NetworkScorer
    from summarize.network.storage import load_model

    return NetworkScorer(load_model(directory))
