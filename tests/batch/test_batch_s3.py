"""Input and output in an object store: a server of S3 in this process, and workers that reach it over HTTP."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from batches import documents, run_here
from click.testing import CliRunner

from summarize.batch.command import main
from summarize.batch.stores import RemoteStore, find_store
from summarize.errors import InputError, MissingExtraError, OutputError

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        store, _ = find_store("s3://documents")
        store._system.mkdir("documents")
        yield "s3://documents"
    server.stop()


def put(address: str, content: bytes) -> None:
    store, path = find_store(address)
    with store.writing(path) as stream:
        stream.write(content)


def lines() -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in documents(40))


def parts(address: str) -> list[bytes]:
    store, path = find_store(address)
    return store.read([found.path for found in store.find(path) if "/part-" in found.path])


def test_processes_read_and_write_objects(bucket: str) -> None:
    put(f"{bucket}/in/a.jsonl", lines())
    done = CliRunner().invoke(main, [f"{bucket}/in", f"{bucket}/out", "-n", "1", "--piece-size", "3K"])
    assert done.output.splitlines()[-1].startswith("40 documents read: 40 written, 0 failed;")
    rows = [json.loads(line) for part in parts(f"{bucket}/out") for line in part.splitlines()]
    assert [row["id"] for row in rows] == list(range(40))
    assert all(row["summary"] for row in rows)


def test_an_object_that_is_cut_off_or_gone_is_written_again(bucket: str) -> None:
    put(f"{bucket}/again.jsonl", lines())
    run_here(f"{bucket}/again.jsonl", f"{bucket}/again", piece_bytes=2000)
    before = parts(f"{bucket}/again")
    store, path = find_store(f"{bucket}/again")
    store.remove([f"{path}/part-000001.jsonl"])
    put(f"{bucket}/again/part-000002.jsonl", before[2][:-3])
    tally, tasks = run_here(f"{bucket}/again.jsonl", f"{bucket}/again", piece_bytes=2000)
    assert [task.number for task in tasks] == [1, 2]
    assert parts(f"{bucket}/again") == before
    assert tally.read == 40


def test_an_object_is_there_whole_or_not_at_all(bucket: str) -> None:
    store, path = find_store(f"{bucket}/never")

    def write_half() -> None:
        with store.writing(path) as stream:
            stream.write(b"half of it")
            raise OutputError("stopped")

    with pytest.raises(OutputError, match="stopped"):
        write_half()
    assert store.kind_of(path) == "nothing"


def test_a_batch_that_is_thrown_away_leaves_nothing(bucket: str) -> None:
    put(f"{bucket}/anew.jsonl", lines())
    run_here(f"{bucket}/anew.jsonl", f"{bucket}/anew", piece_bytes=2000)
    assert len(parts(f"{bucket}/anew")) > 1
    run_here(f"{bucket}/anew.jsonl", f"{bucket}/anew", piece_bytes=1 << 20, anew=True)
    assert len(parts(f"{bucket}/anew")) == 1


def test_parquet_and_packed_lines_lie_in_a_store_as_well(bucket: str, tmp_path: Path) -> None:
    import gzip

    pq.write_table(pa.table({"text": [row["text"] for row in documents(20)]}), tmp_path / "in.parquet")
    put(f"{bucket}/table/in.parquet", (tmp_path / "in.parquet").read_bytes())
    assert run_here(f"{bucket}/table", tmp_path / "out")[0].written == 20
    put(f"{bucket}/packed/in.jsonl.gz", gzip.compress(lines()))
    tally, _ = run_here(f"{bucket}/packed", f"{bucket}/unpacked", piece_bytes=1000)
    assert tally.pieces > 2
    assert tally.written == 40
    assert not [found for found in find_store(bucket)[0].find("documents/unpacked") if "cut-out" in found.path]


def test_documents_lie_in_a_store_as_well(bucket: str, tmp_path: Path) -> None:
    for row in documents(5):
        put(f"{bucket}/folder/{row['id']}.txt", row["text"].encode())
    assert run_here(f"{bucket}/folder", tmp_path / "out")[0].written == 5


def test_a_store_whose_library_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_, **__):
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", fail)
    with pytest.raises(MissingExtraError, match="s3://bucket: Install s3fs to access S3"):
        find_store("s3://bucket")


def test_a_store_that_cannot_be_reached_is_told(tmp_path: Path, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    system = find_store(bucket)[0]._system
    monkeypatch.setattr(system, "isfile", lambda path: 1 / 0)
    with pytest.raises(InputError, match=r"documents/in: the store cannot be reached \(ZeroDivisionError"):
        run_here(f"{bucket}/in", tmp_path / "out")


def test_a_bucket_that_is_not_there_is_told_in_one_line(bucket: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["s3://nowhere/in", str(tmp_path / "out")])
    assert (done.exit_code, done.output.count("\n")) == (4, 1)
    assert "nowhere/in: no such file or folder; check its name" in done.output
    assert isinstance(find_store(bucket)[0], RemoteStore)
    assert "AWS_ENDPOINT_URL" in os.environ
