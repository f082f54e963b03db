import contextlib
import json
import mmap
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import change_arrays, change_settings, random_model, refusal, sign

from summarize.config import SelectionConfig
from summarize.errors import ModelError
from summarize.network.storage import (
    FILES,
    FORMAT,
    SETTINGS_FILE,
    VOCABULARY_FILE,
    Model,
    load_model,
    save_model,
)
from summarize.text.vocabulary import Vocabulary


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a sound model."""
    save_model(random_model(1), tmp_path / "model")
    return tmp_path / "model"


@cache
def sound_files() -> dict[str, bytes]:
    """The files of a sound model."""
    with TemporaryDirectory() as folder:
        save_model(random_model(1), Path(folder))
        return {name: (Path(folder) / name).read_bytes() for name in FILES}


@pytest.mark.parametrize("seed", [1, 2])
def test_model_survives_a_round_trip(tmp_path: Path, seed: int) -> None:
    model = replace(random_model(seed), default_attention="sequential")
    save_model(model, tmp_path)
    loaded = load_model(tmp_path)
    assert loaded.network == model.network
    assert loaded.selection == model.selection
    assert loaded.default_attention == "sequential"
    assert loaded.vocabulary.terms == model.vocabulary.terms
    assert loaded.vectors.codes.tolist() == model.vectors.codes.tolist()
    assert loaded.vectors.scales.tolist() == model.vectors.scales.tolist()
    assert loaded.idf.tolist() == model.idf.tolist()
    assert loaded.weights.keys() == model.weights.keys()
    for name, value in model.weights.items():
        assert loaded.weights[name].dtype == value.dtype, name
        assert loaded.weights[name].tolist() == value.tolist(), name


def test_model_keeps_the_selection_of_each_attention(tmp_path: Path) -> None:
    selection = random_model(1).selection | {"tree": SelectionConfig(redundancy_weight=0.3, max_sentences=2)}
    save_model(replace(random_model(1), selection=selection), tmp_path)
    assert load_model(tmp_path).selection == selection


def test_model_is_three_files(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == set(FILES)


def test_model_replaces_an_earlier_one(folder: Path) -> None:
    save_model(random_model(2), folder)
    assert load_model(folder).weights["parallel/v"].tolist() == random_model(2).weights["parallel/v"].tolist()


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_model_with_a_number_that_is_none_is_not_saved(tmp_path: Path, number: float) -> None:
    model = random_model(1)
    model.weights["tree/w"][0] = number
    with pytest.raises(ValueError, match="tree/w contain values that are infinite"):
        save_model(model, tmp_path / "model")
    assert not (tmp_path / "model").exists()


def test_model_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    save_model(random_model(1), tmp_path / "a" / "b")
    assert load_model(tmp_path / "a" / "b").network == random_model(1).network


def test_model_maps_its_arrays(folder: Path) -> None:
    model = load_model(folder)
    for array in (model.vectors.codes, model.idf, model.weights["parallel/W"]):
        assert isinstance(array.base, mmap.mmap)
        assert not array.flags.writeable


def test_model_settings_can_be_read_by_a_person(folder: Path) -> None:
    settings = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
    assert settings["format"] == FORMAT
    assert settings["default_attention"] == "tree"
    assert settings["network"]["embedding_size"] == 4


def test_model_missing_is_told(tmp_path: Path) -> None:
    assert "contains no model" in refusal(tmp_path / "nowhere")
    assert "contains no model" in refusal(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_model_with_a_file_missing_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert name in refusal(folder)


@pytest.mark.parametrize("name", FILES)
def test_model_with_an_empty_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    refusal(folder)


@pytest.mark.parametrize("name", FILES)
def test_model_with_a_folder_for_a_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    (folder / name).mkdir()
    refusal(folder)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.98])
def test_model_with_a_truncated_file_is_refused(folder: Path, name: str, share: float) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: int(share * len(content))])
    refusal(folder)


@pytest.mark.parametrize("name", FILES)
def test_model_with_rubbish_for_a_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_bytes(bytes(range(256)) * 4)
    refusal(folder)


@pytest.mark.parametrize("content", ["{", "[]", "null", "7", '"format"', "{}", '{"format": 1}', "[1, 2]"])
def test_model_settings_must_be_an_object_with_all_keys(folder: Path, content: str) -> None:
    (folder / SETTINGS_FILE).write_text(content, encoding="utf-8")
    refusal(folder)


@pytest.mark.parametrize("number", [0, 1, 2, str(FORMAT), None])
def test_model_of_another_format_is_refused(folder: Path, number: object) -> None:
    change_settings(folder, lambda settings: settings.update(format=number))
    assert f"its format is {number}, but this version reads {FORMAT}" in refusal(folder)


@pytest.mark.parametrize("key", ["format", "features", "network", "selection", "default_attention"])
@pytest.mark.parametrize("value", [None, [], 0.5, "x", {}], ids=repr)
def test_model_settings_of_another_kind_are_refused(folder: Path, key: str, value: object) -> None:
    change_settings(folder, lambda settings: settings.update({key: value}))
    refusal(folder)


@pytest.mark.parametrize("key", ["format", "features", "network", "selection", "default_attention"])
def test_model_settings_without_a_key_are_refused(folder: Path, key: str) -> None:
    change_settings(folder, lambda settings: settings.pop(key))
    assert key in refusal(folder)


def test_model_of_other_features_is_refused(folder: Path) -> None:
    change_settings(folder, lambda settings: settings["features"].reverse())
    assert "trained with other features" in refusal(folder)


def test_model_with_an_unknown_setting_is_refused(folder: Path) -> None:
    change_settings(folder, lambda settings: settings["network"].update(depth=3))
    assert "depth" in refusal(folder)


@pytest.mark.parametrize("size", [0, -1, "many", None])
def test_model_of_impossible_size_is_refused(folder: Path, size: object) -> None:
    change_settings(folder, lambda settings: settings["network"].update(attention_size=size))
    refusal(folder)


def test_model_without_one_of_the_attentions_is_refused(folder: Path) -> None:
    change_settings(folder, lambda settings: settings["selection"].pop("tree"))
    assert "parallel, sequential, tree" in refusal(folder)


def test_model_of_unknown_default_attention_is_refused(folder: Path) -> None:
    change_settings(folder, lambda settings: settings.update(default_attention="serial"))
    assert "parallel, sequential, tree" in refusal(folder)


@pytest.mark.parametrize("terms", [("rain",), ()])
def test_model_with_vocabulary_of_another_length_is_refused(folder: Path, terms: tuple[str, ...]) -> None:
    kept = random_model(1).vocabulary.terms
    Vocabulary([*kept, *terms] if terms else kept[:-1]).save(folder / VOCABULARY_FILE)
    sign(folder)
    assert "its vocabulary and vectors do not have 15 entries" in refusal(folder)


def test_model_with_the_table_of_another_vocabulary_is_refused(folder: Path) -> None:
    change_arrays(folder, vocabulary__table=np.zeros(28, np.uint32))
    assert "the lookup table belongs to another vocabulary" in refusal(folder)


def test_model_with_vocabulary_of_another_size_than_it_says_is_refused(folder: Path) -> None:
    change_settings(folder, lambda settings: settings["network"].update(vocabulary_size=16))
    assert "its vocabulary and vectors do not have 16 entries" in refusal(folder)


@pytest.mark.parametrize("name", ["vectors/scales", "vectors/idf"])
@pytest.mark.parametrize(
    "value", [np.ones(14, np.float32), np.ones((), np.float32), None], ids=["short", "one", "none"]
)
def test_model_with_scales_or_idf_of_another_length_is_refused(
    folder: Path, name: str, value: np.ndarray | None
) -> None:
    change_arrays(folder, **{name: value})
    refusal(folder)


@pytest.mark.parametrize("kind", [np.uint8, np.float32])
def test_model_with_vectors_of_another_kind_is_refused(folder: Path, kind: type) -> None:
    change_arrays(folder, vectors__codes=random_model(1).vectors.codes.astype(kind))
    assert "int8" in refusal(folder)


def test_model_with_vectors_of_another_width_is_refused(folder: Path) -> None:
    change_arrays(folder, vectors__codes=random_model(1).vectors.codes[:, :-1])
    assert "(15, 4)" in refusal(folder)


@pytest.mark.parametrize(
    "name", ["words/v", "document/backward/bias", "parallel/W", "sequential/reader/kernel", "tree/w_e"]
)
def test_model_without_one_of_its_weights_is_refused(folder: Path, name: str) -> None:
    change_arrays(folder, **{name: None})
    assert name in refusal(folder)


@pytest.mark.parametrize("name", ["parallel/v", "sequential/A", "tree/Q", "document/forward/kernel", "words/v"])
def test_model_with_a_weight_of_another_shape_is_refused(folder: Path, name: str) -> None:
    change_arrays(folder, **{name: np.ones((2, 2), np.float32)})
    assert name in refusal(folder)


@pytest.mark.parametrize("kind", [np.uint32, np.int8])
def test_model_with_a_weight_of_another_kind_is_refused(folder: Path, kind: type) -> None:
    change_arrays(folder, parallel__v=random_model(1).weights["parallel/v"].astype(kind))
    assert "parallel/v" in refusal(folder)


@pytest.mark.parametrize("name", FILES)
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=3))
def test_model_with_changed_bytes_loads_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    changes: list[tuple[float, int]],
) -> None:
    content = bytearray(sound_files()[name])
    for place, byte in changes:
        content[int(place * len(content))] = byte
    folder = tmp_path_factory.getbasetemp() / f"changed-{name}"
    folder.mkdir(exist_ok=True)
    for other, sound in sound_files().items():
        (folder / other).write_bytes(content if other == name else sound)
    with contextlib.suppress(ModelError):
        assert isinstance(load_model(folder), Model)


@pytest.mark.parametrize("name", [name for name in FILES if name != SETTINGS_FILE])
def test_model_with_one_byte_changed_is_refused_by_name(folder: Path, name: str) -> None:
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    assert f"{name} is damaged or belongs to another model" in refusal(folder)
