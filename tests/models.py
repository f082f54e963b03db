"""Models and documents small enough to be made up on the spot."""

from collections.abc import Sequence

import numpy as np

from summarize.config import NetworkConfig, SelectionConfig
from summarize.document import ATTENTION_KINDS, Document, Language, Sentence
from summarize.network.encoder import WordVectors
from summarize.network.features import FEATURE_NAMES
from summarize.network.layers import Array
from summarize.network.storage import Model
from summarize.network.tree import EDGE_FEATURES
from summarize.text.vocabulary import SPECIAL_TERMS, Vocabulary

KNOWN_TERMS = ("the", "river", "flood", "city", "0", "0年", "城市", "河水", "我们", "今天", "下", "雨", "水")


def weight_shapes(config: NetworkConfig) -> dict[str, tuple[int, ...]]:
    """Name and shape of each weight that the forward pass reads."""
    num_features, embedding_size, sentence_size = config.num_features, config.embedding_size, config.sentence_size
    hidden, half, width = config.state_size, config.state_size // 2, config.attention_size
    steps, rank = config.num_steps, config.step_rank
    return {
        "words/convolution/kernel": (config.kernel_size, embedding_size, sentence_size),
        "words/convolution/bias": (sentence_size,),
        "words/v": (sentence_size,),
        **{
            f"document/{direction}/{part}": shape
            for direction in ("forward", "backward")
            for part, shape in (
                ("kernel", (sentence_size + num_features, 3 * half)),
                ("recurrent_kernel", (half, 3 * half)),
                ("bias", (2, 3 * half)),
            )
        },
        "parallel/W": (hidden, width),
        "parallel/U": (hidden, width),
        "parallel/b": (width,),
        "parallel/v": (width,),
        "parallel/w": (num_features,),
        "sequential/P": (hidden, width),
        "sequential/W": (width + hidden, width),
        "sequential/A": (steps, width + hidden, rank),
        "sequential/B": (steps, rank, width),
        "sequential/b": (steps, width),
        "sequential/v": (steps, width),
        "sequential/w": (steps, num_features),
        "sequential/c": (),
        "sequential/pi": (steps,),
        "sequential/reader/kernel": (hidden, 3 * width),
        "sequential/reader/recurrent_kernel": (width, 3 * width),
        "sequential/reader/bias": (2, 3 * width),
        "tree/Q": (hidden, width),
        "tree/K": (hidden, width),
        "tree/W": (hidden, width),
        "tree/b": (width,),
        "tree/v": (width,),
        "tree/w": (num_features,),
        "tree/w_e": (len(EDGE_FEATURES),),
    }


def random_weights(config: NetworkConfig, seed: int) -> dict[str, Array]:
    """Weights of the right shapes, normal around 0."""
    random = np.random.default_rng(seed)
    return {name: np.asarray(random.normal(0, 0.7, shape), np.float32) for name, shape in weight_shapes(config).items()}


def random_model(seed: int) -> Model:
    """A model of a few known terms whose numbers are drawn at random; the same seed gives the same model."""
    terms = (*SPECIAL_TERMS, *KNOWN_TERMS)
    config = NetworkConfig(
        vocabulary_size=len(terms),
        num_features=len(FEATURE_NAMES),
        embedding_size=4,
        sentence_size=6,
        state_size=8,
        attention_size=5,
        num_steps=3,
        step_rank=2,
    )
    random = np.random.default_rng(1000 + seed)
    codes = random.integers(-127, 128, (len(terms), config.embedding_size)).astype(np.int8)
    codes[0] = 0
    return Model(
        network=config,
        selection={kind: SelectionConfig() for kind in ATTENTION_KINDS},
        default_attention="tree",
        vocabulary=Vocabulary(terms),
        vectors=WordVectors(codes, random.uniform(0.005, 0.02, len(terms)).astype(np.float32)),
        idf=random.uniform(1, 10, len(terms)).astype(np.float32),
        weights=random_weights(config, seed),
    )


def document_of(
    *sentences: str, paragraphs: Sequence[int] = (), headings: Sequence[int] = (), language: Language = "en"
) -> Document:
    """A document of these sentences, one a line; by default in one paragraph and without headings."""
    found, end = [], -1
    for index, sentence in enumerate(sentences):
        start, end = end + 1, end + 1 + len(sentence)
        found.append(Sentence(start, end, paragraphs[index] if paragraphs else 0, index in headings))
    return Document("\n".join(sentences), tuple(found), language)
