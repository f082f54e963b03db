import numpy as np

from benchmarks.comparison import comparison_table


def cells(scores):
    table = comparison_table("x", ("one", "other", "ours"), ("recall", "F1"), np.array(scores), resamples=20)
    return [[column._cells[row] for column in table.columns] for row in range(3)]


def test_difference_is_that_to_the_last_system():
    one, _, ours = cells([[[0, 0], [5, 5], [10, 20]]] * 2)
    assert one == ["one", "0.0 ± 0.0", "0.0 ± 0.0", "+10.0 [+10.0, +10.0]", "+20.0 [+20.0, +20.0]"]
    assert ours == ["ours", "10.0 ± 0.0", "20.0 ± 0.0", "", ""]


def test_measure_that_is_not_known_is_a_dash():
    one, _, ours = cells([[[0, np.nan], [5, np.nan], [10, np.nan]]] * 2)
    assert one == ["one", "0.0 ± 0.0", "-", "+10.0 [+10.0, +10.0]", "-"]
    assert ours == ["ours", "10.0 ± 0.0", "-", "", ""]
