"""Tree-structured attention in Keras; formula in `summarize.network.tree`."""

from typing import Any

import keras
from keras import ops

from summarize.config import NetworkConfig
from summarize.network.tree import EDGE_FEATURES, LARGEST_LEAD
from summarize.train.attention import MASKED_SCORE, masked_softmax


def edge_features(paragraphs: Any) -> Any:
    """Return e_ij for each parent i and child j: paragraph numbers (B, S) to (B, S, S, 5)."""
    index = ops.cast(ops.arange(ops.shape(paragraphs)[1]), "float32")
    opens = ops.concatenate(
        [
            ops.ones_like(paragraphs[:, :1]),
            ops.cast(paragraphs[:, 1:] != paragraphs[:, :-1], paragraphs.dtype),
        ],
        axis=1,
    )
    offset = index[None, :] - index[:, None]  # (S, S), child less parent
    same = ops.cast(paragraphs[:, :, None] == paragraphs[:, None, :], "float32")  # (B, S, S)
    every = ops.ones_like(same)
    columns = (
        every * ops.cast(offset > 0, "float32"),
        every * ops.log1p(ops.abs(offset)) / 5,
        same,
        every * ops.cast(opens, "float32")[:, :, None],
        every * ops.cast(index == 0, "float32")[:, None],
    )
    return ops.stack(columns, axis=-1)


def tree_marginals(edge_scores: Any, root_scores: Any, mask: Any) -> tuple[Any, Any]:
    """Return P(i -> j), (B, S, S), and P(root -> j), (B, S), over all trees of the real sentences.

    Args:
        edge_scores: (B, S, S), log of how well i is the parent of j; the diagonal is not read.
        root_scores: (B, S).
        mask: (B, S), True where a sentence is real.
    """
    identity = ops.eye(ops.shape(root_scores)[1], dtype=root_scores.dtype)  # (S, S)
    may_be = ops.logical_and(mask[:, :, None], mask[:, None, :])
    may_be = ops.logical_and(may_be, identity[None] == 0)
    allowed = ops.concatenate([may_be, mask[:, None]], axis=1)  # (B, S + 1, S)
    best = ops.max(ops.where(may_be, edge_scores, MASKED_SCORE), axis=1)  # (B, S)
    root_scores = ops.maximum(root_scores, best - LARGEST_LEAD)
    scores = ops.concatenate([edge_scores, root_scores[:, None]], axis=1)
    shares = ops.transpose(
        masked_softmax(ops.transpose(scores, (0, 2, 1)), ops.transpose(allowed, (0, 2, 1))), (0, 2, 1)
    )
    edges, roots = shares[:, :-1], shares[:, -1]
    inverse = ops.linalg.inv(identity[None] - edges)  # (B, S, S)
    diagonal = ops.einsum("bss->bs", inverse)
    return edges * (diagonal[:, None] - ops.transpose(inverse, (0, 2, 1))), roots * diagonal


class TreeAttention(keras.layers.Layer):
    """Weighs the sentences by the trees they make.

    Args:
        config: sizes.

    Call arguments:
        states: h, (B, S, H).
        features: f, (B, S, F).
        paragraphs: (B, S), the number of each sentence's paragraph.
        candidate_mask: (B, S), True where a sentence may be chosen.

    Returns:
        beta, (B, S); a row sums to 1, or to 0 if nothing may be chosen.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__(name="tree")
        self.supports_masking = True  # it takes its masks as arguments
        hidden, width = config.state_size, config.attention_size
        self.width = width
        self.Q = self.add_weight(shape=(hidden, width), name="Q")
        self.K = self.add_weight(shape=(hidden, width), name="K")
        self.W = self.add_weight(shape=(hidden, width), name="W")
        self.b = self.add_weight(shape=(width,), initializer="zeros", name="b")
        self.v = self.add_weight(shape=(width,), initializer="random_normal", name="v")
        self.w = self.add_weight(shape=(config.num_features,), initializer="zeros", name="w")
        self.w_e = self.add_weight(shape=(len(EDGE_FEATURES),), initializer="zeros", name="w_e")

    def call(self, states: Any, features: Any, paragraphs: Any, candidate_mask: Any) -> Any:
        queries, keys = ops.matmul(states, self.Q), ops.matmul(states, self.K)  # (B, S, A)
        edge_scores = ops.einsum("bia,bja->bij", queries, keys) / self.width**0.5
        edge_scores = edge_scores + ops.matmul(edge_features(paragraphs), self.w_e)  # (B, S, S)
        compared = ops.tanh(ops.matmul(states, self.W) + self.b)  # (B, S, A)
        root_scores = ops.matmul(compared, self.v) + ops.matmul(features, self.w)  # (B, S)
        _, roots = tree_marginals(edge_scores, root_scores, candidate_mask)
        total = ops.sum(roots, axis=-1, keepdims=True)
        return roots / ops.where(total > 0, total, 1.0)
