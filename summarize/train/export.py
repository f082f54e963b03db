"""The weights of a Keras network under the names that the NumPy forward pass reads."""

import numpy as np

from summarize.network.layers import Array
from summarize.train.network import SummaryNetwork

_OWN_WEIGHTS = {
    "parallel": ("W", "U", "b", "v", "w"),
    "sequential": ("P", "W", "A", "B", "b", "v", "w", "c", "pi"),
    "tree": ("Q", "K", "W", "b", "v", "w", "w_e"),
}


def export_weights(network: SummaryNetwork) -> dict[str, Array]:
    """Return copies of all weights that a summary needs; the reader is not among them."""
    layers = {"parallel": network.parallel, "sequential": network.sequential, "tree": network.tree}
    arrays = {f"{kind}/{name}": getattr(layers[kind], name) for kind, names in _OWN_WEIGHTS.items() for name in names}
    arrays |= {
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
        arrays |= {
            f"{name}/kernel": cell.kernel,
            f"{name}/recurrent_kernel": cell.recurrent_kernel,
            f"{name}/bias": cell.bias,
        }
    return {name: np.array(value, np.float32) for name, value in arrays.items()}
