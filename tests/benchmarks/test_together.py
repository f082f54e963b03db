import gzip
import json

import pytest
from click.testing import CliRunner

from benchmarks import together as command
from benchmarks.together import SYSTEMS, TextSet, measure, read_sets, summaries_of
from summarize.errors import InputError
from summarize.pipeline import default_scorer

ONE = "河堤昨夜裂了一道缝。居民被转移到学校。食堂送来热饭。"
OTHER = "昨夜河堤裂了一道缝，居民被转移到学校。今天他们回家了。"


def pack(path, *rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    return path


def row(**values):
    return {"documents": [ONE, " ", OTHER], "summary": "河堤裂缝，居民转移", "lang": "zh", **values}


def test_sets_are_read_without_their_empty_texts_and_with_all_references(tmp_path):
    path = pack(tmp_path / "a.jsonl.gz", row(), row(summaries=["甲", "乙"]))
    assert list(read_sets(path)) == [
        TextSet((ONE, OTHER), ("河堤裂缝，居民转移",), "zh"),
        TextSet((ONE, OTHER), ("甲", "乙"), "zh"),
    ]
    with pytest.raises(InputError, match=r"b\.jsonl\.gz:2: not a row"):
        list(read_sets(pack(tmp_path / "b.jsonl.gz", row(), {"text": "x"})))


def test_each_system_writes_its_summary():
    lead, central, heap, together = summaries_of(TextSet((ONE, OTHER), ("",), "zh"), 1, default_scorer())
    assert lead == "河堤昨夜裂了一道缝。"
    assert central == "昨夜河堤裂了一道缝，居民被转移到学校。"  # it has most in common with the others
    assert heap in f"{ONE}\n\n{OTHER}"
    assert together in (f"{ONE}{OTHER}")


def test_command_prints_a_table_for_each_corpus(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "CORPORA", {"zh/dev/a": 1})
    path = pack(tmp_path / "zh/dev/a.jsonl.gz", row(), row(documents=[OTHER, ONE]))
    assert measure(path, 1, default_scorer()).shape == (2, len(SYSTEMS), 3)
    result = CliRunner().invoke(command.main, ["--corpora", str(tmp_path), "--resamples", "20"])
    assert result.exit_code == 0, result.output
    assert "zh/dev/a, 2 sets, one sentence" in result.output
    for system in SYSTEMS:
        assert system in result.output


def test_missing_corpus_is_an_error_of_one_line(tmp_path):
    result = CliRunner().invoke(command.main, ["--corpora", str(tmp_path)])
    assert result.exit_code == 1
    assert "dtels_cluster.jsonl.gz" in result.stderr
