import numpy as np
import pytest

from benchmarks.quality.boosted import FEATURES, boosted_peer, features, targets
from benchmarks.quality.peers import PeerText

TEXT = PeerText(("渡船停航三天。", "“为什么停航？”", "渡船停航三天。"), (2, 2, 3), "渡船停航", "zh")


def test_features_by_hand():
    column = dict(zip(FEATURES, features(TEXT).T.tolist(), strict=True))
    assert len(FEATURES) == 19
    assert column["place_reciprocal"] == pytest.approx([1, 1 / 2, 1 / 3])
    assert column["place_relative"] == [0, 0.5, 1]
    assert column["is_last"] == [0, 0, 1]
    assert column["opens_paragraph"] == [1, 0, 1]
    assert column["paragraph_relative"] == [0, 0, 1]
    assert column["first_similarity"][0] == pytest.approx(1)
    assert column["first_similarity"][2] == pytest.approx(1)
    assert column["novelty"][0] == pytest.approx(1)
    assert column["novelty"][2] == 0
    assert column["is_quoted"] == [0, 1, 0]
    assert column["is_question"] == [0, 1, 0]
    assert column["is_english"] == [0, 0, 0]


def test_features_of_one_mark_are_finite():
    assert np.isfinite(features(PeerText(("。",), (0,), "", "zh"))).all()


def test_targets_go_from_0_to_1_within_a_document():
    text = PeerText(("春夏秋冬。", "东南西北。", "春夏东南。"), (0, 0, 0), "", "zh")
    found = targets(text, ["春夏秋冬"])
    assert found[0] == 1
    assert found[1] == 0
    assert 0 < found[2] < 1


def test_targets_of_equal_sentences_are_0():
    assert targets(PeerText(("甲。", "乙。"), (0, 0), "", "zh"), ["丙"]).tolist() == [0, 0]


@pytest.mark.filterwarnings("ignore")
def test_trees_are_trained_once(corpora, tmp_path):
    pytest.importorskip("sklearn")
    path = corpora / "zh/test/boats.jsonl"
    peer = boosted_peer([path], tmp_path)
    (kept,) = tmp_path.glob("boosted-*.pickle")
    before = kept.stat().st_mtime_ns
    again = boosted_peer([path], tmp_path)
    assert kept.stat().st_mtime_ns == before
    assert again.version == peer.version
    assert sorted(again.rank(TEXT)) == [0, 1, 2]
