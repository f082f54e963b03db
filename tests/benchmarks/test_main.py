import pytest
from click.testing import CliRunner

from benchmarks.quality import __main__ as command
from benchmarks.quality.measure import Scores
from benchmarks.quality.plot import Curves, draw
from benchmarks.quality.sets import TestSet
from benchmarks.results import read_record, to_markdown


@pytest.fixture
def run(corpora, tmp_path, monkeypatch, make_peer, fake_scorer):
    """The command with a peer that ranks by place and one that always fails, in this process."""

    def broken(_):
        raise LookupError("no data")

    peers = make_peer("in order", lambda text: range(len(text.sentences))), make_peer("broken", broken)
    monkeypatch.setattr(command, "all_peers", lambda: peers)
    monkeypatch.setattr(command, "open_scorer", lambda directory: (fake_scorer, {"sha256": "cd" * 32}))
    monkeypatch.setattr(command.metadata, "version", lambda name: "1.0")

    def run(*options):
        arguments = [corpora, "--set", "zh/test/boats:1", "--cache", tmp_path / "cache", "--resamples", 20, "-j", 1]
        files = ["--out", tmp_path / "peers.json", "--plot", tmp_path / "plot.svg", "--curve-limit", 0]
        return CliRunner().invoke(command.main, [str(part) for part in (*arguments, *files, *options)])

    return run


def test_command_writes_tables_of_every_system_and_condition(run, tmp_path):
    result = run()
    assert result.exit_code == 0, result.output
    text = to_markdown(read_record(tmp_path / "peers.json"))
    # The reference is the first sentence without its full stop, so the lead and the peer that ranks by place are right.
    assert "| lead | 100.0" in text
    assert "| in order | 100.0" in text
    assert "| broken | 0.0" in text
    assert "- broken failed: 4 times LookupError: no data" in text
    assert "| boats (4) | shuffled |" in text
    assert "| boats (3) | beheaded |" in text
    assert "model cdcdcdcdcdcd" in text
    assert "broken failed" in result.stderr
    assert result.stdout == ""


def test_command_asks_peers_once_and_again_nobody(run, asked):
    assert run("--peers-only").exit_code == 0
    assert asked == {"in order": 4, "broken": 4}
    assert run().exit_code == 0
    assert asked == {"in order": 4, "broken": 4}


def test_peers_only_writes_no_tables(run, tmp_path):
    assert run("--peers-only").exit_code == 0
    assert not (tmp_path / "peers.json").exists()


def test_command_measures_at_most_limit_documents(run, asked):
    assert run("--peers-only", "--limit", "2").exit_code == 0
    assert asked["in order"] == 2


def test_command_names_a_corpus_that_is_not_there(run):
    result = run("--set", "zh/test/planes:1")
    assert result.exit_code == 1
    assert "planes" in result.stderr


@pytest.mark.filterwarnings("ignore")
def test_plot_is_the_same_each_time(tmp_path):
    np = pytest.importorskip("numpy")
    pytest.importorskip("matplotlib")
    systems = ("lead", "centrality", "a peer", "boosted", "parallel", "sequential", "tree", "oracle")
    chars = np.arange(1, 6)[None, :, None] * np.full((3, 5, 8), 40)
    scores = Scores(systems, np.linspace(10, 50, 3 * 5 * 8 * 3).reshape(3, 5, 8, 3), chars, {})
    curves = [Curves(TestSet(corpus, 1), (1, 2, 3, 4, 5), scores) for corpus in ("zh/test/a", "en/test/b", "zh/dev/c")]
    for name in ("one.svg", "two.svg"):
        draw(tmp_path / name, curves)
    one, two = ((tmp_path / name).read_bytes() for name in ("one.svg", "two.svg"))
    assert one == two
    assert b"a peer" in one
