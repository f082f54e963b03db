"""The weights of a Keras network under the names that the NumPy forward pass reads."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from summarize.network.layers import Array
from summarize.train.network import SummaryNetwork

_OWN_WEIGHTS = {
    "parallel": ("W", "U", "b", "v", "w"),
    "sequential": ("P", "W", "A", "B", "b", "v", "w", "c", "pi"),
    "tree": ("Q", "K", "W", "b", "v", "w", "w_e"),
}


def _variables(network: SummaryNetwork) -> dict[str, Any]:
    """Return the Keras variables of all weights that a summary needs; the reader's are not among them."""
    layers = {"parallel": network.parallel, "sequential": network.sequential, "tree": network.tree}
    found = {f"{kind}/{name}": getattr(layers[kind], name) for kind, names in _OWN_WEIGHTS.items() for name in names}
    found |= {
        "words/convolution/kernel": network.words.convolution.kernel,
        "words/convolution/bias": network.words.convolution.bias,
        "words/v": network.words.v,
    }
    cells = {
        "document/forward": network.document.forward_layer.cell,
        "document/backward": network.document.backward_layer.cell,
        "sequential/reader": network.sequential.reader,
    }
    for name, cell in cells.items():
        found |= {
            f"{name}/kernel": cell.kernel,
            f"{name}/recurrent_kernel": cell.recurrent_kernel,
            f"{name}/bias": cell.bias,
        }
    return found


def export_weights(network: SummaryNetwork) -> dict[str, Array]:
    """Return copies of all weights that a summary needs."""
    return {name: np.array(variable, np.float32) for name, variable in _variables(network).items()}


def import_weights(network: SummaryNetwork, weights: Mapping[str, Array]) -> None:
    """Give a network the weights that another one exported; what a summary does not need stays as it is."""
    for name, variable in _variables(network).items():
        variable.assign(weights[name])
