import pytest

from benchmarks.quality.measure import Setup, measure
from summarize.errors import InputError


@pytest.fixture
def items(make_item):
    return [
        make_item("甲乙丙丁。", "戊己庚辛。", "子丑寅卯。", reference="子丑寅卯"),
        make_item("春夏秋冬。", "东南西北。", reference="东南西北"),
    ]


def _broken(_):
    raise RecursionError("too deep")


def test_measure_scores_every_system(items, make_peer, fake_scorer, tmp_path):
    last = make_peer("last", lambda text: reversed(range(len(text.sentences))))
    setup = Setup(fake_scorer, ("sequential",), (last,), (1, 2))
    scores = measure(items, setup, corpus="zh/test/a", cache=tmp_path, jobs=1)
    assert scores.systems == ("lead", "centrality", "last", "sequential", "oracle")
    rouge1 = {name: scores.rouge[:, :, at, 0].round(1).tolist() for at, name in enumerate(scores.systems)}
    # Four characters of four are found; with a second sentence 2 * 4 / (8 + 4).
    assert rouge1["lead"] == [[0, 0], [0, 66.7]]
    assert rouge1["last"] == [[100, 66.7], [100, 66.7]]
    assert rouge1["sequential"] == [[0, 0], [100, 66.7]]
    assert rouge1["oracle"] == [[100, 100], [100, 100]]
    assert scores.lengths_chars[:, :, 0].tolist() == [[5, 10], [5, 10]]


def test_failure_of_a_peer_scores_nothing_and_stops_nothing(items, make_peer, fake_scorer, tmp_path):
    setup = Setup(fake_scorer, (), (make_peer("broken", _broken), make_peer("mute", lambda _: [])), (1,))
    scores = measure(items, setup, corpus="zh/test/a", cache=tmp_path, jobs=1)
    columns = [scores.systems.index(name) for name in ("broken", "mute")]
    assert scores.rouge[:, 0, columns].tolist() == [[[0, 0, 0]] * 2] * 2
    assert scores.lengths_chars[:, 0, columns].tolist() == [[0, 0]] * 2
    assert scores.errors == {"broken": {"RecursionError: too deep": 2}, "mute": {"ValueError: returned nothing": 2}}


def test_run_that_was_stopped_goes_on(items, make_peer, fake_scorer, tmp_path, asked):
    peer = make_peer("first", lambda text: range(len(text.sentences)))
    setup = Setup(None, (), (peer,), (1,))

    def stop(results):
        for result in results:
            yield result
            raise KeyboardInterrupt

    # The first result is taken, and the run is killed before the second.
    with pytest.raises(KeyboardInterrupt):
        measure(items, setup, corpus="zh/test/a", cache=tmp_path, jobs=1, progress=stop)
    assert asked["first"] == 1
    full = Setup(fake_scorer, ("tree",), (peer,), (1, 2))
    measure(items, full, corpus="zh/test/a", cache=tmp_path, jobs=1)
    assert asked["first"] == 2
    measure(items, full, corpus="zh/test/a", cache=tmp_path, jobs=1)
    assert asked["first"] == 2


def test_processes_do_not_change_the_scores(items, make_peer, fake_scorer, tmp_path):
    setup = Setup(fake_scorer, ("tree",), (make_peer("first", lambda text: range(len(text.sentences))),), (1,))
    one, two = (measure(items, setup, corpus="a", cache=tmp_path / str(jobs), jobs=jobs) for jobs in (1, 2))
    assert one.rouge.tolist() == two.rouge.tolist()


def test_no_document_is_an_error(make_peer, fake_scorer, tmp_path):
    with pytest.raises(InputError):
        measure([], Setup(fake_scorer, (), (), (1,)), corpus="zh/test/a", cache=tmp_path, jobs=1)
