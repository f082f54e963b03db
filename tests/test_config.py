import dataclasses
from typing import Any

import pytest

from summarize.config import NetworkConfig, SelectionConfig, TrainConfig

SIZES = [field.name for field in dataclasses.fields(NetworkConfig)]
SHARES = [
    "latin_share",
    "beheaded_share",
    "averaging",
    "place_dropout",
    "word_dropout",
    "state_dropout",
    "judge_dropout",
    "deletions_beside",
    "marked_share",
]


def network(**changes: Any) -> NetworkConfig:
    return NetworkConfig(**{"vocabulary_size": 10, "num_features": 3, "num_term_features": 2} | changes)


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("size", [0, -2])
def test_network_config_refuses_sizes_that_are_not_positive(name: str, size: int) -> None:
    with pytest.raises(ValueError, match=f"{name} must be above 0, got {size}"):
        network(**{name: size})


@pytest.mark.parametrize("name", ["state_size", "judge_state_size"])
def test_network_config_refuses_an_odd_state(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be even, got 7"):
        network(**{name: 7})


def test_network_config_refuses_an_even_kernel() -> None:
    with pytest.raises(ValueError, match="kernel_size must be odd, got 4"):
        network(kernel_size=4)


def test_network_config_takes_the_smallest_network() -> None:
    config = network(**dict.fromkeys(SIZES, 1) | {"state_size": 2, "judge_state_size": 2})
    assert config.kernel_size == 1


@pytest.mark.parametrize("weight", [0, 0.5, 1])
def test_selection_config_takes_redundancy_weights_from_zero_to_one(weight: float) -> None:
    assert SelectionConfig(redundancy_weight=weight).redundancy_weight == weight


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_selection_config_refuses_other_redundancy_weights(weight: float) -> None:
    with pytest.raises(ValueError, match="redundancy_weight must lie in 0 to 1"):
        SelectionConfig(redundancy_weight=weight)


@pytest.mark.parametrize("name", ["duplicate_similarity", "max_sentences", "least_share"])
@pytest.mark.parametrize("value", [0, -1])
def test_selection_config_refuses_what_is_not_positive(name: str, value: int) -> None:
    with pytest.raises(ValueError, match=f"{name} must be above 0, got {value}"):
        SelectionConfig(**{name: value})


@pytest.mark.parametrize("name", SHARES)
@pytest.mark.parametrize("share", [-0.1, 1, 1.5])
def test_train_config_refuses_shares_outside_zero_to_one(name: str, share: float) -> None:
    with pytest.raises(ValueError, match=f"{name} must lie in 0 to 1, got {share}"):
        TrainConfig(**{name: share})


@pytest.mark.parametrize(
    "name",
    [
        "vocabulary_size",
        "num_reader_words",
        "max_documents",
        "max_sentences",
        "max_words",
        "documents_per_epoch",
        "epochs",
        "marked_epochs",
        "marked_runs",
        "sentences_per_minibatch",
        "judge_epochs",
        "judge_runs",
        "judge_learning_rate",
        "forms_per_minibatch",
        "learning_rate",
    ],
)
@pytest.mark.parametrize("size", [0, -1])
def test_train_config_refuses_sizes_that_are_not_positive(name: str, size: int) -> None:
    with pytest.raises(ValueError, match=f"{name} must be above 0, got {size}"):
        TrainConfig(**{name: size})


@pytest.mark.parametrize("name", ["num_deletions", "deletion_epochs", "judge_held_out"])
def test_train_config_refuses_counts_below_zero(name: str) -> None:
    assert getattr(TrainConfig(**{name: 0}), name) == 0
    with pytest.raises(ValueError, match=f"{name} must be 0 or more, got -1"):
        TrainConfig(**{name: -1})


@pytest.mark.parametrize(
    "config", [network(), SelectionConfig(), TrainConfig()], ids=lambda config: type(config).__name__
)
def test_config_is_frozen(config: Any) -> None:
    name = dataclasses.fields(config)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(config, name, 1)


@pytest.mark.parametrize(
    "config", [network(), SelectionConfig(), TrainConfig()], ids=lambda config: type(config).__name__
)
def test_config_survives_a_round_trip(config: Any) -> None:
    assert type(config)(**dataclasses.asdict(config)) == config


@pytest.mark.parametrize("kind", [NetworkConfig, SelectionConfig, TrainConfig])
def test_config_refuses_an_unknown_setting(kind: Any) -> None:
    with pytest.raises(TypeError, match="depth"):
        kind(depth=3)


@pytest.mark.parametrize("kind", [NetworkConfig, SelectionConfig, TrainConfig])
def test_config_takes_settings_by_name_only(kind: Any) -> None:
    with pytest.raises(TypeError, match="positional"):
        kind(1)


def test_settings_of_the_marks_are_those_of_training_with_less_beside() -> None:
    config = TrainConfig(learning_rate=0.008, marked_epochs=3, seed=7, word_dropout=0.15, mark_loss=0.4)
    other = config.for_marks(2)
    assert other.learning_rate == pytest.approx(0.01)
    assert (other.epochs, other.seed, other.word_dropout) == (3, 9, 0.15)
    assert other.reader_loss == other.word_loss == other.mark_loss == 0
    assert config.for_marks(0).seed == 7
    assert config.mark_loss == 0.4
