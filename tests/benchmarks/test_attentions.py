import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from models import random_model

from benchmarks.attentions import ROOT, describe_tree, draw_tree, main, parent_shares
from summarize.network.storage import save_model
from summarize.network.tree import tree_marginals


def test_trees_are_drawn_as_often_as_they_are_likely() -> None:
    random = np.random.default_rng(1)
    edge_scores, root_scores, mask = random.normal(0, 1, (4, 4)), random.normal(0, 1, 4), np.array([1, 1, 0, 1], bool)
    shares = parent_shares(edge_scores, root_scores, mask)
    assert shares.sum(axis=1) == pytest.approx([1, 1, 0, 1])
    drawn = np.array([draw_tree(shares, random) for _ in range(4_000)])
    edges, roots = tree_marginals(edge_scores, root_scores, mask)
    for child in np.flatnonzero(mask):
        assert (drawn[:, child] == ROOT).mean() == pytest.approx(roots[child], abs=0.03)
        for parent in range(4):
            assert (drawn[:, child] == parent).mean() == pytest.approx(edges[parent, child], abs=0.03)


def test_tree_is_described_by_hand() -> None:
    # 1 is the root; 0 and 2 hang from it, 3 from 0: depths 2, 1, 2, 3 and distances 1, 1, 3.
    depth, distance, behind, near = describe_tree(np.array([1, ROOT, 1, 0]))
    assert (depth, distance, behind, near) == pytest.approx((2, 5 / 3, 2 / 3, 2 / 3))


def test_tree_of_roots_has_no_edges_to_describe() -> None:
    assert describe_tree(np.array([ROOT, ROOT])) == pytest.approx((1, np.nan, np.nan, np.nan), nan_ok=True)


@pytest.mark.filterwarnings("ignore:Mean of empty slice:RuntimeWarning")
def test_attentions_are_compared(tmp_path: Path) -> None:
    save_model(random_model(3), tmp_path / "model")
    row = {"text": "The river rose at night. The city slept well. A flood came today.", "summary": "The river rose"}
    (tmp_path / "c.jsonl").write_text((json.dumps(row) + "\n") * 3, encoding="utf-8")
    options = [f"{tmp_path / 'c.jsonl'}:2", "--model", str(tmp_path / "model")]
    result = CliRunner().invoke(main, [*options, "--json"])
    assert result.exit_code == 0, result.output
    means = json.loads(result.output)["means"]
    for kind in ("parallel", "sequential", "tree", "mean of three", "chain"):
        assert sum(means[kind][f"part {number}"] for number in range(1, 6)) == pytest.approx(1)
        assert 1 <= means[kind]["spread"] <= 3
        assert 0 < means[kind]["ROUGE-1"] <= 100
    assert 0 <= means["parallel and tree"]["shared weight"] <= 1
    table = CliRunner().invoke(main, options)
    assert table.exit_code == 0
    assert "sequential steps" in table.output
