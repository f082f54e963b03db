"""One step of training: alone, or together with other processes."""

from typing import Any, Protocol

import keras
import numpy as np

from summarize.train.minibatches import Arrays
from summarize.train.workers import Worker


class Steps(Protocol):
    """How steps are taken."""

    @property
    def worker(self) -> Worker:
        """Which process this is."""
        ...

    def take(self, model: keras.Model, inputs: Arrays, labels: Arrays, share: float) -> float:
        """Take a step and return the mean loss of the documents of its minibatch, also of those of other processes.

        Args:
            model: the network.
            inputs: the documents of this process.
            labels: theirs.
            share: how much of the minibatch they are, 0 to 1.
        """
        ...

    def wait(self) -> None:
        """Wait until all processes have come so far."""
        ...


class LocalSteps:
    """Steps of the only process: Keras' own, on whichever backend."""

    worker = Worker()

    def take(self, model: keras.Model, inputs: Arrays, labels: Arrays, share: float) -> float:
        """Take a step; see `Steps`."""
        return float(model.train_on_batch(inputs, labels, return_dict=True)["loss"])

    def wait(self) -> None:
        """Do nothing: there is nobody else."""


class DistributedSteps:
    """Steps of one of several processes, whose gradients TensorFlow adds up (`MultiWorkerMirroredStrategy`).

    Each has a copy of the network. As all begin with the same weights and take the same steps, these are those of a
    process that reads the whole minibatch, except for what is dropped by chance.

    Args:
        worker: which process this is. It is made before TensorFlow does anything, and waits for the others.
    """

    def __init__(self, worker: Worker) -> None:
        import tensorflow as tf

        self.worker = worker
        self._strategy = tf.distribute.MultiWorkerMirroredStrategy()
        self._model: keras.Model | None = None
        self._step: Any = None

    def take(self, model: keras.Model, inputs: Arrays, labels: Arrays, share: float) -> float:
        """Take a step; see `Steps`."""
        if model is not self._model:
            self._model, self._step = model, self._make_step(model)
        return float(self._step(inputs, labels, np.float32(share)))

    def wait(self) -> None:
        """Wait until all processes have come so far."""
        import tensorflow as tf

        tf.function(self._add_up, autograph=False)([tf.constant(1.0)])

    def _add_up(self, tensors: list[Any]) -> list[Any]:
        """Return the sum of tensors over all processes."""
        import tensorflow as tf

        def reduce(own: list[Any]) -> Any:
            context = tf.distribute.get_replica_context()
            return context.all_reduce(tf.distribute.ReduceOp.SUM, [tf.identity(tensor) for tensor in own])

        return list(self._strategy.run(reduce, args=(tensors,)))

    def _make_step(self, model: keras.Model) -> Any:
        import tensorflow as tf

        @tf.function(reduce_retracing=True, autograph=False)
        def step(inputs: Any, labels: Any, share: Any) -> Any:
            with tf.GradientTape() as tape:
                loss = share * model.compute_loss(inputs, labels, model(inputs, training=True))
            gradients = tape.gradient(loss, model.trainable_variables)
            # A slice of a table comes as the rows that were looked up; the other processes have others.
            *total, of_all = self._add_up([*map(tf.convert_to_tensor, gradients), loss])
            model.optimizer.apply(total, model.trainable_variables)
            return of_all

        return step
