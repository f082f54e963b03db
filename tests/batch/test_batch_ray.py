"""The same job on a cluster of Ray; its nodes are processes of this machine, which can be killed as nodes can."""

import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batches import asked, dead_letters, documents, part_bytes, write_lines, written
from deadly import POISON, deadly_lexicon

from summarize.batch import on_ray
from summarize.batch.local import LocalEngine
from summarize.batch.on_ray import RayEngine, _Actor
from summarize.batch.run import Tally, run_batch
from summarize.errors import InputError

pytestmark = [
    pytest.mark.ray,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
    pytest.mark.filterwarnings("ignore"),  # Ray's own
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A cluster of three nodes with a core each."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, value in on_ray._ENVIRONMENT.items():  # Ray reads some where it is imported
            patch.setenv(name, value)
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # for `deadly`, and the package where it is not installed
        from ray.cluster_utils import Cluster

        made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
        for _ in range(2):
            made.add_node(num_cpus=1)
        yield made
        made.shutdown()


class Killing(RayEngine):
    """An engine that kills something when a piece is done."""

    kill: Callable[["Killing"], None]

    def results(self, tasks: Any) -> Iterator[Any]:
        is_killed = False
        for outcome in super().results(tasks):
            if outcome is not None and not is_killed and len(self._busy) > 1:
                is_killed = True
                self.kill()
            yield outcome


def run_ray(source: Path, output: Path, cluster: Any, engine: type[RayEngine] = RayEngine, **more: Any) -> Tally:
    def make_engine(settings, input_address):
        return engine(settings, input_address, 0, None, cluster.address)

    return run_batch(asked(source, output, piece_bytes=4000, **more), make_engine, lambda note: None)


def test_a_cluster_writes_each_document_once_and_leaves_out_what_kills(tmp_path: Path, cluster: Any) -> None:
    rows = documents(120)
    rows[50]["text"] = f"{POISON}有毒。"
    source = write_lines(tmp_path / "in.jsonl", rows)
    summary_options = {"sentences": 1, "lexicon": deadly_lexicon()}
    tally = run_ray(source, tmp_path / "out", cluster, summary_options=summary_options)
    assert [row["id"] for row in written(tmp_path / "out")] == [i for i in range(120) if i != 50]
    assert dead_letters(tmp_path / "out") == [
        {"input": "in.jsonl", "row": 51, "reason": "its process ended twice while processing it (SIGKILL)"}
    ]
    assert (tally.read, tally.written, tally.failed) == (120, 119, 1)


def test_a_cluster_goes_on_from_what_another_engine_has_done_and_writes_the_same(tmp_path: Path, cluster: Any) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(100))

    def make_engine(settings, input_address):
        return LocalEngine(settings, input_address, 1, None)

    tally = run_batch(asked(source, tmp_path / "out", piece_bytes=4000), make_engine, lambda note: None)
    before = part_bytes(tmp_path / "out")
    for number in (0, 1):
        (tmp_path / "out" / f"part-{number:06d}.jsonl").unlink()
    again = run_ray(source, tmp_path / "out", cluster)
    assert again.before == tally.pieces - 2
    assert part_bytes(tmp_path / "out") == before


def actors() -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            title = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if title.startswith(b"ray::_Actor"):
            found.append(int(folder.name))
    return found


def test_an_actor_that_is_killed_costs_no_document(tmp_path: Path, cluster: Any) -> None:
    class KillingActor(Killing):
        def kill(self) -> None:
            os.kill(actors()[0], signal.SIGKILL)

    source = write_lines(tmp_path / "in.jsonl", documents(150))
    run_ray(source, tmp_path / "out", cluster, KillingActor)
    assert [row["id"] for row in written(tmp_path / "out")] == list(range(150))


def test_a_node_that_is_lost_costs_no_document(tmp_path: Path, cluster: Any) -> None:
    class KillingNode(Killing):
        def kill(self) -> None:
            cluster.remove_node(cluster.list_all_nodes()[-1], allow_graceful=False)

    source = write_lines(tmp_path / "in.jsonl", documents(150))
    run_ray(source, tmp_path / "out", cluster, KillingNode)
    assert [row["id"] for row in written(tmp_path / "out")] == list(range(150))


def test_a_node_that_does_not_see_the_output_says_so(tmp_path: Path) -> None:
    settings = asked(tmp_path / "in.jsonl", tmp_path / "out").settings
    actor = _Actor(settings, str(tmp_path / "in.jsonl"), None)
    complaint = actor.complaint()
    actor._hand.end()
    assert f"{tmp_path}/out: is not visible on node " in str(complaint)


def test_an_address_without_a_cluster_is_told(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(5))

    class Nowhere:
        address = "127.0.0.1:1"

    with pytest.raises(InputError, match=r"127\.0\.0\.1:1: no Ray cluster was found"):
        run_ray(source, tmp_path / "out", Nowhere)
