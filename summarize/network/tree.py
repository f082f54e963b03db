"""Tree-structured attention: sentences hang from the sentences they elaborate; the roots carry the weight.

    a       = sum over j of beta_j x_j
    (A_.j, r_j) = softmax over the parents that j may have, among them the root, of
                  A_ij: (Q h_i) . (K h_j) / sqrt(A) + w_e . e_ij      r_j: v . tanh(W h_j + b) + w . f_j
    L       = I - A                                      P(root -> j) = r_j (L^-1)_jj
    beta_j  = P(root -> j) / sum of P(root -> .)         P(i -> j) = A_ij ((L^-1)_jj - (L^-1)_ji)

These are the exact marginals over all trees under a root (matrix-tree theorem: Tutte 1984, Koo et al. 2007; as
salience: Liu et al. 2019, SUMO). A sentence's own scores may be scaled freely without a change, so each column
is a softmax and the Laplacian of Koo et al. becomes I - A. The natural tree of the text enters by e_ij: who
comes first, how far apart, in one paragraph or not, at the head of it or not.

An inverse takes cubic time, so above `MAX_LEAVES` sentences the text is cut into runs of paragraphs, each with trees of
its own, as if it were a text of its own; the roots of all compete for the weight.
"""

import numpy as np
from numpy.typing import NDArray

from summarize.network.attention import Array, Mask, masked_softmax
from summarize.network.layers import Weights

MAX_LEAVES = 512
LARGEST_LEAD = 20.0  # of log scores
EDGE_FEATURES = (
    "parent_is_earlier",
    "distance_log",
    "same_paragraph",
    "parent_opens_paragraph",
    "parent_is_first",
)

Integers = NDArray[np.integer]


def edge_features(paragraphs: Integers) -> Array:
    """Return e_ij for each parent i and child j, float32 (S, S, 5) in the order of `EDGE_FEATURES`.

    Args:
        paragraphs: (S,), the number of each sentence's paragraph, not falling.
    """
    index = np.arange(len(paragraphs))
    opens = np.diff(paragraphs, prepend=-1) != 0
    offset = index[None, :] - index[:, None]  # child less parent
    square = offset.shape
    columns = (
        offset > 0,
        np.log1p(np.abs(offset)) / 5,
        paragraphs[:, None] == paragraphs[None, :],
        np.broadcast_to(opens[:, None], square),
        np.broadcast_to(index[:, None] == 0, square),
    )
    return np.stack(columns, axis=-1).astype(np.float32)


def tree_marginals(edge_scores: Array, root_scores: Array, mask: Mask) -> tuple[Array, Array]:
    """Return the exact marginals over all trees in which each real sentence has a parent or is a root.

    Args:
        edge_scores: (S, S), log of how well i is the parent of j; the diagonal is not read.
        root_scores: (S,), log of how well j is a root.
        mask: (S,), True where a sentence is real.

    An edge that leads its child's root score by more than `LARGEST_LEAD` counts as leading by that much: beyond it
    the inverse has no digits left.

    Returns:
        P(i -> j), (S, S), and P(root -> j), (S,), in float64. The parents of a real j sum to 1 with its root;
        all of a masked one's are 0.
    """
    size = len(root_scores)
    may_be = mask[:, None] & mask[None, :] & ~np.eye(size, dtype=bool)  # (S, S)
    allowed = np.vstack([may_be, mask])  # (S + 1, S): parents and, last, the root of each child
    scores = np.vstack([edge_scores, root_scores]).astype(np.float64)
    best = np.where(allowed, scores, -np.inf).max(axis=0)  # (S,)
    scores[-1] = np.maximum(scores[-1], best - LARGEST_LEAD)
    shares = masked_softmax(scores.T, allowed.T).T
    edges, roots = shares[:-1], shares[-1]
    inverse = np.linalg.inv(np.eye(size) - edges)  # (S, S)
    diagonal = np.diagonal(inverse)
    return edges * (diagonal[None, :] - inverse.T), roots * diagonal


def tree_scores(states: Array, features: Array, paragraphs: Integers, weights: Weights) -> tuple[Array, Array]:
    """Return the log scores of each edge i -> j, (S, S), and of each root, (S,); arguments as in `tree_attention`."""
    queries, keys = states @ weights["tree/Q"], states @ weights["tree/K"]  # (S, A)
    edge_scores = queries @ keys.T / np.sqrt(queries.shape[-1])  # (S, S)
    edge_scores = edge_scores + edge_features(paragraphs) @ weights["tree/w_e"]
    compared = np.tanh(states @ weights["tree/W"] + weights["tree/b"])  # (S, A)
    return edge_scores, compared @ weights["tree/v"] + features @ weights["tree/w"]


def root_shares(edge_scores: Array, root_scores: Array, mask: Mask) -> Array:
    """Return beta, (S,): how likely each sentence is a root, as shares; arguments as in `tree_marginals`."""
    return _shares(tree_marginals(edge_scores, root_scores, mask)[1])


def _shares(roots: Array) -> Array:
    total = roots.sum()
    return roots / total if total else roots


def _runs(paragraphs: Integers) -> list[slice]:
    """Cut a document into runs of at most `MAX_LEAVES` sentences, at paragraphs where there are any."""
    cuts = [0]
    starts = np.flatnonzero(np.diff(paragraphs, prepend=-1))
    while len(paragraphs) - cuts[-1] > MAX_LEAVES:
        limit = cuts[-1] + MAX_LEAVES
        last = starts[np.searchsorted(starts, limit, side="right") - 1]
        cuts.append(int(last) if last > cuts[-1] else limit)
    return [slice(*run) for run in zip(cuts, [*cuts[1:], len(paragraphs)], strict=True)]


def tree_attention(states: Array, features: Array, paragraphs: Integers, mask: Mask, weights: Weights) -> Array:
    """Weigh the sentences of one document by the trees they make.

    Args:
        states: h, (S, H).
        features: f, (S, F).
        paragraphs: (S,), the number of each sentence's paragraph, not falling.
        mask: (S,), True where a sentence may be chosen.
        weights: `tree/Q`, `K` and `W` (H, A), `b` and `v` (A,), `w` (F,), `w_e` (5,).

    Returns:
        beta, (S,); sums to 1, or to 0 if nothing may be chosen. Memory is 8 `MAX_LEAVES`^2 bytes a few times over.
    """
    roots = []
    for run in _runs(paragraphs):
        scores = tree_scores(states[run], features[run], paragraphs[run], weights)
        roots.append(tree_marginals(*scores, mask[run])[1])
    return _shares(np.concatenate(roots))
