from collections import Counter

import numpy as np
import pytest

from benchmarks.quality.measure import Scores
from benchmarks.quality.report import Result, find_rows, to_record
from benchmarks.quality.sets import TestSet
from benchmarks.results import to_markdown


@pytest.fixture
def rows():
    """Forty documents: ours is 10 above the lead on each, the rival 5 above ours, the twin now above and now below."""
    noise = np.linspace(-3, 3, 40)
    lead = 30 + noise
    wobble = np.where(np.arange(40) % 2, 4, -4)
    of_system = np.stack([lead, lead + 15, lead + 10 + wobble, lead + 10, lead + 20], axis=1)
    rouge = np.repeat(of_system[:, np.newaxis, :, np.newaxis], 3, axis=3)
    lengths = np.full((40, 1, 5), 50)
    lengths[:4, 0, 2] = 0
    scores = Scores(
        ("lead", "rival", "twin", "tree", "oracle"), rouge, lengths, {"twin": Counter({"ValueError: no": 4})}
    )
    return {row.name: row for row in find_rows(scores, "tree", resamples=200, seed=1)}


def test_rows_have_means_gap_lengths_and_failures(rows):
    assert rows["tree"].rouge == pytest.approx((40, 40, 40))
    assert rows["tree"].minus_lead[0].value == pytest.approx(10)
    assert rows["tree"].gap == pytest.approx(50)
    assert (rows["lead"].gap, rows["oracle"].gap) == (0, 100)
    assert (rows["twin"].length_chars, rows["twin"].num_failures, rows["tree"].num_failures) == (50, 4, 0)


def test_marks_say_where_ours_is_apart(rows):
    assert {name: row.ours_minus_it[0].mark for name, row in rows.items()} == {
        "lead": "▲",
        "rival": "▼",
        "twin": "",
        "tree": "",
        "oracle": "▼",
    }
    assert rows["rival"].minus_lead[0].mark == "▲"


def test_markdown_shows_marks_and_failures(rows):
    test_set = TestSet("zh/test/boats", 1)
    as_is = Result(test_set, "as is", 40, "ab" * 32, list(rows.values()), {"twin": Counter({"ValueError: no": 4})})
    text = to_markdown(to_record([as_is], "tree", ["On boats."]))
    assert "| lead | 30.0 ▲ |" in text
    assert "| rival | 45.0 ▼ |" in text
    assert "| twin | 40.0 |" in text
    assert "| **tree** | 40.0 |" in text
    assert "- twin failed: 4 times ValueError: no" in text
    assert "40 documents, sha256 abababababab" in text
    assert "On boats." in text
