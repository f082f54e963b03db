"""The shipped model is at least as good as its floors; `python -m benchmarks.gate --update` sets them."""

import json

import pytest

from benchmarks import gate
from summarize.document import ATTENTION_KINDS
from summarize.pipeline import default_scorer

CORPORA = gate.corpora_of_environment()


@pytest.mark.parametrize("name", list(gate.read_floors()))
def test_shipped_model_reaches_its_floor(name):
    floor = gate.read_floors()[name]
    measure = gate.gates(CORPORA).get(name)
    if measure is None:
        pytest.skip("SUMMARIZE_CORPORA names no folder with this corpus")
    now = measure(default_scorer())
    if now.sha256 != floor.sha256:
        pytest.skip("another edition of the corpus")
    assert now.num_documents == floor.num_documents
    assert now.value >= floor.floor


def test_texts_of_data_have_a_floor_and_are_all_measured():
    assert gate.TEXTS in gate.read_floors()
    written = list((gate.ROOT / "data").rglob("*.ref.txt"))
    assert len(list(gate.data_texts())) == len(written)


@pytest.mark.parametrize("length", gate.LENGTHS)
def test_each_attention_has_a_floor_by_marks_far_above_the_lead(length):
    lead = 100 * gate.shares_of_marks(default_scorer())["lead", length].mean()
    for kind in ATTENTION_KINDS:
        assert gate.read_floors()[f"marks, {kind}:{length}"].floor > lead + 20


def test_floor_is_what_was_measured_less_the_tolerance():
    assert gate.Measured(31.27, 5, "ab").as_floor() == gate.Floor(30.7, 31.27, 5, "ab")


def test_update_raises_a_floor_and_keeps_what_was_not_measured():
    old = {"data": gate.Floor(30.0, 30.5, 2), "zh/dev/a:1": gate.Floor(20.0, 20.5, 9, "ab")}
    new, refused = gate.updated(old, {"data": gate.Measured(33.0, 2)}, allow_lower=False)
    assert new == {"data": gate.Floor(32.5, 33.0, 2), "zh/dev/a:1": old["zh/dev/a:1"]}
    assert refused == []


def test_update_lowers_a_floor_only_when_told_to():
    old, now = {"data": gate.Floor(30.0, 30.5, 2)}, {"data": gate.Measured(29.0, 2)}
    assert gate.updated(old, now, allow_lower=False) == (old, ["data"])
    assert gate.updated(old, now, allow_lower=True) == ({"data": gate.Floor(28.5, 29.0, 2)}, [])


def test_update_starts_anew_with_another_corpus():
    old = {"zh/dev/a:1": gate.Floor(30.0, 30.5, 9, "ab")}
    new, refused = gate.updated(old, {"zh/dev/a:1": gate.Measured(20.0, 9, "cd")}, allow_lower=False)
    assert new["zh/dev/a:1"].floor == 19.5
    assert refused == []


def test_floors_survive_a_round_trip(tmp_path):
    floors = {"data": gate.Floor(30.0, 30.5, 2), "zh/dev/a:1": gate.Floor(20.0, 20.5, 9, "ab")}
    gate.write_floors(floors, tmp_path / "floors.json")
    assert gate.read_floors(tmp_path / "floors.json") == floors
    assert json.loads((tmp_path / "floors.json").read_text())["data"]["floor"] == 30.0
