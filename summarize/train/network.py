"""The whole network in Keras: one encoder, three attentions, the reader, and what they are trained for."""

from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from summarize.config import NetworkConfig, TrainConfig
from summarize.evaluate.marks import MOST
from summarize.train import losses
from summarize.train.encoder import SentenceReader, document_reader
from summarize.train.parallel import ParallelAttention
from summarize.train.reader import ReferenceReader
from summarize.train.sequential import SequentialAttention
from summarize.train.tree import TreeAttention


class SummaryNetwork(keras.Model):
    """Weighs the sentences of documents in three ways.

    Args:
        config: sizes.
        train_config: losses and dropout.
        vectors: word vectors, float32 (V, E).

    Call arguments, a dict:
        token_ids: int32 (B, S, T), 0 where there is no word.
        token_features: float32 (B, S, T, G).
        features: float32 (B, S, F).
        paragraphs: int32 (B, S).
        sentence_mask: bool (B, S), True where a sentence is real.
        candidate_mask: bool (B, S), True where it may be chosen.

    Returns:
        A dict of `parallel`, `sequential` and `tree`, (B, S) each, `steps` (B, K, S); while training also
        `log_words` (3B, R), what the reader expects from each, `named` (B, S, T), the logit of each word,
        and `log_marks` (B, S, 4), what a reader would mark each sentence.
    """

    def __init__(self, config: NetworkConfig, train_config: TrainConfig, vectors: NDArray[np.float32]) -> None:
        super().__init__(name="summary_network")
        self.train_config = train_config
        self.words = SentenceReader(config, vectors, train_config.word_dropout)
        self.dropout = keras.layers.Dropout(train_config.state_dropout)
        self.document = document_reader(config)
        self.parallel = ParallelAttention(config)
        self.sequential = SequentialAttention(config)
        self.tree = TreeAttention(config)
        self.marks = keras.layers.Dense(MOST + 1, name="marks")
        self.reader = ReferenceReader(config, train_config.num_reader_words)

    def reseed(self, seed: int, epoch: int) -> None:
        """Set what is dropped by chance in an epoch, so that a run which goes on drops what it would have dropped."""
        generators = [self.words.seed]
        if self.train_config.state_dropout:
            generators.append(self.dropout.seed_generator)  # Keras makes none where nothing is dropped
        for number, generator in enumerate(generators):
            generator.state.assign(np.array([seed + number, epoch << 20], generator.state.dtype))

    def call(self, inputs: dict[str, Any], training: bool = False) -> dict[str, Any]:
        features, mask, candidates = inputs["features"], inputs["sentence_mask"], inputs["candidate_mask"]
        x, named = self.words(inputs["token_ids"], inputs["token_features"], training=training)  # (B, S, D + 1)
        read = ops.concatenate([self.dropout(x, training=training), features], axis=-1)  # (B, S, D + 1 + F)
        states = self.dropout(self.document(read, mask=mask), training=training)  # (B, S, H)
        alpha = self.parallel(states, features, mask, candidates)
        sequential, steps = self.sequential(states, features, mask, candidates)
        beta = self.tree(states, features, inputs["paragraphs"], candidates)
        outputs = {"parallel": alpha, "sequential": sequential, "tree": beta, "steps": steps}
        if training:
            outputs["named"] = named
            outputs["log_marks"] = ops.log_softmax(self.marks(states), axis=-1)
            outputs["log_words"] = self.reader(
                ops.concatenate([x, x, x], axis=0),
                ops.concatenate([alpha, sequential, beta], axis=0),
                self.words.table,
                ops.concatenate([mask, mask, mask], axis=0),
            )
        return outputs

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Any:
        """Return the mean over documents of all losses; `y` has `salience`, `steps`, `marks`, `words` and `named`."""
        config, mask = self.train_config, x["candidate_mask"]
        total = 0.0
        for kind in ("parallel", "sequential", "tree"):
            total = total + losses.divergence(y["salience"], y_pred[kind])
            total = total + config.ranking_loss * losses.ranking(y["salience"], y_pred[kind], mask)
        of_steps = ops.mean(losses.divergence(y["steps"], y_pred["steps"]), axis=-1)
        total = total + config.step_loss * of_steps
        total = total + config.coverage_loss * losses.coverage(y_pred["steps"], y["steps"])
        words = ops.concatenate([y["words"]] * 3, axis=0)
        log_loss = losses.naming(y_pred["log_words"], words)  # (3B,)
        total = total + config.mark_loss * losses.rating_loss(y["marks"], y_pred["log_marks"])
        total = total + config.word_loss * losses.word_naming(y["named"], y_pred["named"])
        return ops.mean(total) + 3 * config.reader_loss * ops.mean(log_loss)
