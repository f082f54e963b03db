"""A trained model as a directory: settings, vocabulary and arrays, loaded together or not at all.

settings.json        sizes, how sentences are chosen, and a checksum of each of the other files
vocabulary.txt       a term a line
model.safetensors    the arrays: word vectors, weights, what was counted (`network.arrays`)

A start maps the arrays and looks words up in the vocabulary, so that it pays for what the text needs. Yet it looks at
every byte once, for the checksums: that takes 2 ms. They detect damage and mixed-up files; they do not protect against
a malicious model. So nothing in the files is trusted: a file has
a limit before it is opened, the settings have ranges, and the arrays the types, shapes and numbers that these ask for.
"""

import json
import zlib
from collections.abc import Sequence
from json import JSONDecodeError
from pathlib import Path
from stat import S_ISREG
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from summarize.config import NetworkConfig, SelectionConfig
from summarize.document import ATTENTION_KINDS, AttentionKind
from summarize.errors import ModelError
from summarize.interface import _, os_reason
from summarize.network.arrays import map_arrays, write_arrays
from summarize.network.encoder import WordVectors
from summarize.network.features import FEATURE_NAMES, TERM_FEATURES
from summarize.network.judge import judge_shapes
from summarize.network.layers import Array
from summarize.network.tree import EDGE_FEATURES
from summarize.text.grammar import Grammar, check_grammar, check_order
from summarize.text.printing import printable
from summarize.text.vocabulary import Vocabulary, VocabularyInFile
from summarize.value import fields_of, value

FORMAT = 6  # of the directory; another number is another layout
SETTINGS_FILE = "settings.json"
VOCABULARY_FILE = "vocabulary.txt"
ARRAYS_FILE = "model.safetensors"
FILES = (SETTINGS_FILE, VOCABULARY_FILE, ARRAYS_FILE)
_DATA_FILES = (VOCABULARY_FILE, ARRAYS_FILE)
_MAX_BYTES = {SETTINGS_FILE: 1 << 20, VOCABULARY_FILE: 32 << 20, ARRAYS_FILE: 1 << 30}  # ours have 3 KB, 0.4 and 6 MB
_LARGEST_NUMBER = 1000.0  # of a weight or an idf: those of a trained model stay below 15, and such overflow nowhere
_MAX_REASON_CHARS = 200  # of what somebody else says of a file
_CHUNK_BYTES = 1 << 18  # stays in the cache of the processor, where the arrays would take memory until the end
DEFAULT_MODEL = Path(__file__).parent.parent / "model"


@value
class Model:
    """Everything that a trained network needs to run.

    Args:
        network: sizes.
        selection: how sentences are chosen by weight, for each kind of attention.
        default_attention: the kind that did best on dev.
        vocabulary: the terms it knows.
        vectors: a vector for each.
        idf: float32 (V,), the information of each term in nats; that of an unknown term is `idf[1]`.
        weights: the arrays that the forward pass names.
        grammar: what is known about the terms as words of a sentence.
    """

    network: NetworkConfig
    selection: dict[AttentionKind, SelectionConfig]
    default_attention: AttentionKind
    vocabulary: Vocabulary
    vectors: WordVectors
    idf: NDArray[np.float32]
    weights: dict[str, Array]
    grammar: Grammar


def save_model(model: Model, directory: Path) -> None:
    """Write a model directory, made if need be; files of an earlier model there are replaced.

    Raises:
        ValueError: one of its numbers is infinite or none, or larger than one that was learned can be, or its parts do
            not belong together.
    """
    _check(model, FEATURE_NAMES)
    check_order(model.grammar)
    directory.mkdir(parents=True, exist_ok=True)
    model.vocabulary.save(directory / VOCABULARY_FILE)
    arrays: dict[str, NDArray[Any]] = {
        "vocabulary/table": model.vocabulary.table(),
        "vectors/codes": model.vectors.codes,
        "vectors/scales": model.vectors.scales,
        "vectors/idf": model.idf,
        "grammar/predicates": model.grammar.predicates,
        "grammar/compounds": model.grammar.compounds,
        **model.weights,
    }
    write_arrays(directory / ARRAYS_FILE, arrays)
    settings = {
        "format": FORMAT,
        "features": FEATURE_NAMES,
        "network": fields_of(model.network),
        "selection": {kind: fields_of(config) for kind, config in model.selection.items()},
        "default_attention": model.default_attention,
        "crc32": {name: _checksum(directory / name) for name in _DATA_FILES},
    }
    (directory / SETTINGS_FILE).write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def _checksum(path: Path) -> str:
    checksum, chunk = 0, bytearray(_CHUNK_BYTES)
    with path.open("rb", buffering=0) as file:
        while num_bytes := file.readinto(chunk):
            checksum = zlib.crc32(memoryview(chunk)[:num_bytes], checksum)
    return f"{checksum:08x}"


def parameter_shapes(network: NetworkConfig) -> dict[str, tuple[int, ...]]:
    """Return the shape of each array that the forward pass names, in the order in which training writes them."""
    hidden, width, steps = network.state_size, network.attention_size, network.num_steps
    features, sentence, rank = network.num_features, network.sentence_size, network.step_rank

    def gru(inputs: int, size: int) -> dict[str, tuple[int, ...]]:
        return {"kernel": (inputs, 3 * size), "recurrent_kernel": (size, 3 * size), "bias": (2, 3 * size)}

    groups: dict[str, dict[str, tuple[int, ...]]] = {
        "parallel": {"W": (hidden, width), "U": (hidden, width), "b": (width,), "v": (width,), "w": (features,)},
        "sequential": {
            **{"P": (hidden, width), "W": (width + hidden, width)},
            **{"A": (steps, width + hidden, rank), "B": (steps, rank, width)},
            **{"b": (steps, width), "v": (steps, width), "w": (steps, features), "c": (), "pi": (steps,)},
        },
        "tree": {
            **{"Q": (hidden, width), "K": (hidden, width), "W": (hidden, width)},
            **{"b": (width,), "v": (width,), "w": (features,), "w_e": (len(EDGE_FEATURES),)},
        },
        "words": {
            "convolution/kernel": (network.kernel_size, network.embedding_size + network.num_term_features, sentence),
            "convolution/bias": (sentence,),
            "v": (sentence,),
        },
        "document/forward": gru(sentence + 1 + features, hidden // 2),
        "document/backward": gru(sentence + 1 + features, hidden // 2),
        "sequential/reader": gru(hidden, width),
    }
    groups |= {f"judge/{number}": judge_shapes(network) for number in range(network.num_judges)}
    return {f"{group}/{name}": shape for group, arrays in groups.items() for name, shape in arrays.items()}


def _check(model: Model, features: Sequence[str]) -> None:
    """Raise ValueError if the parts of a model do not belong together."""
    shapes = {name: array.shape for name, array in model.weights.items()}
    wrong = sorted({name for name, _ in shapes.items() ^ parameter_shapes(model.network).items()})
    if wrong:
        raise ValueError(_("the weights {names} are missing or of the wrong shape").format(names=", ".join(wrong)))
    of_other_type = sorted(name for name, array in model.weights.items() if array.dtype != np.float32)
    if of_other_type:
        raise ValueError(_("the weights {names} are not float32").format(names=", ".join(of_other_type)))
    size, width = model.network.vocabulary_size, model.network.embedding_size
    num_features = (model.network.num_features, model.network.num_term_features)
    if tuple(features) != FEATURE_NAMES or num_features != (len(FEATURE_NAMES), len(TERM_FEATURES)):
        raise ValueError(_("it was trained with other features than this version computes"))
    of_terms = (model.idf, model.vectors.scales)
    if any(array.shape != (size,) for array in of_terms):
        raise ValueError(_not_long(size))
    if any(array.dtype != np.float32 for array in of_terms):
        raise ValueError(_("the weights {names} are not float32").format(names="vectors/scales, vectors/idf"))
    if model.vectors.codes.shape != (size, width) or model.vectors.codes.dtype != np.int8:
        raise ValueError(_("its word vectors are not int8 of shape {shape}").format(shape=(size, width)))
    _check_numbers(model)
    check_grammar(model.grammar)
    if model.default_attention not in ATTENTION_KINDS or set(model.selection) != set(ATTENTION_KINDS):
        raise ValueError(_("it lacks the attentions {names}").format(names=", ".join(ATTENTION_KINDS)))


def _not_long(size: int) -> str:
    return _("its vocabulary and vectors do not have {size} entries").format(size=size)


def _check_numbers(model: Model) -> None:
    """Raise ValueError for a number that is infinite or none, or larger than one that was learned can be."""
    arrays = {**model.weights, "vectors/scales": model.vectors.scales, "vectors/idf": model.idf}
    # Not a number is neither at least something nor at most.
    wrong = sorted(
        name
        for name, array in arrays.items()
        if array.size and not (array.min() >= -_LARGEST_NUMBER and array.max() <= _LARGEST_NUMBER)
    )
    if wrong:
        raise ValueError(
            _("{names} contain values that are infinite, too large or not numbers; train it again").format(
                names=", ".join(wrong)
            )
        )
    if (model.idf < 0).any() or (model.vectors.scales < 0).any():
        raise ValueError(_("its vocabulary has negative information or scales; train it again"))


def _check_files(directory: Path) -> None:
    """Raise ValueError for what is no file, or larger than a file of a model can be, before anything is read of it."""
    for name, most in _MAX_BYTES.items():
        status = (directory / name).stat()
        if not S_ISREG(status.st_mode) or not status.st_size:
            raise ValueError(_("{file} is empty or not a regular file").format(file=name))
        if status.st_size > most:
            raise ValueError(_("{file} is larger than {size} MB").format(file=name, size=most >> 20))


def load_model(directory: Path = DEFAULT_MODEL) -> Model:
    """Read a model directory; its arrays are mapped and cannot be changed.

    Raises:
        ModelError: the directory is missing, incomplete, damaged, or made for another version.
    """
    try:
        if not (directory / SETTINGS_FILE).is_file():
            raise ModelError(
                _("{name}: contains no model ({file} is missing); name a directory written by `{command}`").format(
                    name=directory, file=SETTINGS_FILE, command="python -m summarize.train"
                )
            )
        _check_files(directory)
        settings = json.loads((directory / SETTINGS_FILE).read_text(encoding="utf-8"), parse_constant=_refuse_constant)
        if settings["format"] != FORMAT:
            raise ValueError(
                _("its format is {found}, but this version reads {known}").format(
                    found=settings["format"], known=FORMAT
                )
            )
        network = NetworkConfig(**settings["network"])
        selection = {kind: SelectionConfig(**config) for kind, config in settings["selection"].items()}
        for name in _DATA_FILES:
            if settings["crc32"][name] != _checksum(directory / name):
                raise ValueError(_("{file} is damaged or belongs to another model").format(file=name))
        arrays = map_arrays(directory / ARRAYS_FILE)
        lines = (directory / VOCABULARY_FILE).read_bytes()
        if lines.count(b"\n") != network.vocabulary_size:
            raise ValueError(_not_long(network.vocabulary_size))
        vocabulary = VocabularyInFile(lines, arrays.pop("vocabulary/table"))
        grammar = Grammar(vocabulary, arrays.pop("grammar/predicates"), arrays.pop("grammar/compounds"))
        model = Model(
            network=network,
            selection=selection,
            default_attention=settings["default_attention"],
            vocabulary=vocabulary,
            vectors=WordVectors(arrays.pop("vectors/codes"), arrays.pop("vectors/scales")),
            idf=arrays.pop("vectors/idf"),
            weights=arrays,
            grammar=grammar,
        )
        _check(model, settings["features"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(
            _("{name}: not a usable model: {reason}").format(name=directory, reason=_reason_of(error))
        ) from error
    return model


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(_("{name} is not a valid JSON number").format(name=name))


def _reason_of(error: Exception) -> str:
    """Return in one line why a model cannot be read: what we say of it, what the system does, or what Python does."""
    if isinstance(error, OSError):
        return f"{error.filename}: {os_reason(error)}" if error.filename else os_reason(error)
    reason = printable(str(error))
    if len(reason) > _MAX_REASON_CHARS:
        reason = f"{reason[:_MAX_REASON_CHARS]}..."
    if isinstance(error, KeyError | TypeError | AttributeError | RecursionError | JSONDecodeError | UnicodeDecodeError):
        return _("{file} is damaged or belongs to another model ({reason})").format(file=SETTINGS_FILE, reason=reason)
    return reason
