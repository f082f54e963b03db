"""The weights of a Keras network under the names that the NumPy forward pass reads.

The names are those of `storage.parameter_shapes`; each is also the path of attributes of the network that leads to its
variable: `words/convolution/kernel` is `network.words.convolution.kernel`.
"""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

import numpy as np

from summarize.network.layers import Array
from summarize.network.storage import parameter_shapes
from summarize.train.network import SummaryNetwork

_JUDGE = "judge/"  # which is a network of its own (`train.judge`)
# Where Keras has other names: the layer that reads in both directions.
_KERAS_NAMES = {
    "document/forward/": "document/forward_layer/cell/",
    "document/backward/": "document/backward_layer/cell/",
}


def _variables(network: SummaryNetwork) -> dict[str, Any]:
    """Return the Keras variables of all weights that a summary needs; the reader's are not among them."""
    names = [name for name in parameter_shapes(network.words.config) if not name.startswith(_JUDGE)]
    paths = list(names)
    for own, of_keras in _KERAS_NAMES.items():
        paths = [path.replace(own, of_keras) for path in paths]
    return {name: attrgetter(path.replace("/", "."))(network) for name, path in zip(names, paths, strict=True)}


def export_weights(network: SummaryNetwork) -> dict[str, Array]:
    """Return copies of all weights that a summary needs."""
    return {name: np.array(variable, np.float32) for name, variable in _variables(network).items()}


def import_weights(network: SummaryNetwork, weights: Mapping[str, Array]) -> None:
    """Give a network the weights that another one exported; what a summary does not need stays as it is."""
    for name, variable in _variables(network).items():
        variable.assign(weights[name])
