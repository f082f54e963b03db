"""Models and documents small enough to be made up on the spot, and models that are made unsound."""

import gc
import json
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarize.config import NetworkConfig, SelectionConfig
from summarize.decide.cuts import make_form
from summarize.decide.words import Word
from summarize.document import ATTENTION_KINDS, Document, Form, Language, Sentence
from summarize.errors import ExitStatus, ModelError
from summarize.network.arrays import map_arrays, write_arrays
from summarize.network.encoder import WordVectors
from summarize.network.features import FEATURE_NAMES, TERM_FEATURES
from summarize.network.layers import Array
from summarize.network.storage import ARRAYS_FILE, FILES, SETTINGS_FILE, Model, load_model, parameter_shapes
from summarize.text.grammar import Grammar
from summarize.text.vocabulary import SPECIAL_TERMS, Vocabulary

KNOWN_TERMS = ("the", "river", "flood", "city", "0", "0年", "城市", "河水", "我们", "今天", "下", "雨", "水")


def random_weights(config: NetworkConfig, seed: int) -> dict[str, Array]:
    """Weights of the right shapes, normal around 0."""
    random = np.random.default_rng(seed)
    return {
        name: np.asarray(random.normal(0, 0.7, shape), np.float32) for name, shape in parameter_shapes(config).items()
    }


def random_model(seed: int) -> Model:
    """A model of a few known terms whose numbers are drawn at random; the same seed gives the same model."""
    terms = (*SPECIAL_TERMS, *KNOWN_TERMS)
    config = NetworkConfig(
        vocabulary_size=len(terms),
        num_features=len(FEATURE_NAMES),
        num_term_features=len(TERM_FEATURES),
        embedding_size=4,
        sentence_size=6,
        state_size=8,
        attention_size=5,
        num_steps=3,
        step_rank=2,
        judge_state_size=4,
        judge_width=3,
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
        grammar=Grammar(
            Vocabulary(terms),
            random.integers(0, 3, len(terms)).astype(np.uint8),
            np.unique(random.integers(0, 2**32, 20).astype(np.uint32)),
        ),
    )


def change_settings(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the settings of a saved model."""
    settings = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
    change(settings)
    (folder / SETTINGS_FILE).write_text(json.dumps(settings), encoding="utf-8")


def sign(folder: Path) -> None:
    """Make the settings vouch for the files as they are now."""
    checksums = {name: f"{zlib.crc32((folder / name).read_bytes()):08x}" for name in FILES if name != SETTINGS_FILE}
    change_settings(folder, lambda settings: settings.update(crc32=checksums))


def change_arrays(folder: Path, **changes: np.ndarray | None) -> None:
    """Replace arrays of the model; None leaves one out. `__` stands for `/`."""
    arrays = {name: array.copy() for name, array in map_arrays(folder / ARRAYS_FILE).items()}
    arrays |= {name.replace("__", "/"): value for name, value in changes.items()}
    write_arrays(folder / ARRAYS_FILE, {name: value for name, value in arrays.items() if value is not None})
    sign(folder)


def refusal(folder: Path) -> str:
    """The message with which a model is refused: one line that names the folder."""
    with pytest.raises(ModelError) as caught:
        load_model(folder)
    message = str(caught.value)
    assert str(folder) in message
    assert len(message.splitlines()) == 1
    assert caught.value.exit_status == ExitStatus.NO_MODEL
    del caught
    gc.collect()  # a file left open warns here and so fails the test that left it
    return message


def document_of(
    *sentences: str, paragraphs: Sequence[int] = (), headings: Sequence[int] = (), language: Language = "en"
) -> Document:
    """A document of these sentences, one a line; by default in one paragraph and without headings."""
    found, end = [], -1
    for index, sentence in enumerate(sentences):
        start, end = end + 1, end + 1 + len(sentence)
        found.append(
            Sentence(start, end, paragraphs[index] if paragraphs else 0, "heading" if index in headings else "text")
        )
    return Document("\n".join(sentences), tuple(found), language)


def words_of(spaced: str, language: Language = "zh") -> list[Word]:
    """The words and marks of a sentence written with spaces, which only English has in its text as well."""
    words, start = [], 0
    for text in spaced.split():
        words.append(Word(text, start, start + len(text)))
        start += len(text) + (language == "en")
    return words


def marked_form(marked: str) -> tuple[list[Word], Form, Language]:
    """The words of a sentence and a form of it, from the words with spaces, `[` and `]` around what is cut."""
    language: Language = "en" if marked.isascii() else "zh"
    words, kept, is_cut = [], [], False
    for text in marked.split():
        if text in ("[", "]"):
            is_cut = text == "["
            continue
        words.append(text)
        if not is_cut:
            kept.append(len(words) - 1)
    found = words_of(" ".join(words), language)
    return found, make_form(found, kept, language), language


def marked_text(words: Sequence[Word], form: Form) -> str:
    """What `marked_form` makes a form of; cuts that touch have one pair of brackets."""
    kept = set(form.kept)
    found = []
    for place, word in enumerate(words):
        if place not in kept and (not place or place - 1 in kept):
            found.append("[")
        found.append(word.text)
        if place not in kept and (place + 1 == len(words) or place + 1 in kept):
            found.append("]")
    return " ".join(found)
