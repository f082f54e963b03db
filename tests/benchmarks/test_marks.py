import json

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks import marks as command
from benchmarks.marks import LEARNED, Measured, kinds_table, systems_table, to_record
from benchmarks.results import read_record, to_markdown
from summarize.evaluate.choices import TextScores
from summarize.evaluate.marks_report import find_group
from summarize.pipeline import default_scorer

SENTENCES = ("今天风很大。", "船停航三天。", "老王说他不怕。", "鱼价涨了两成。", "明天继续停航。")


def row(number, marks, best):
    """A text of five sentences of its own, and its marks."""
    sentences = [f"{number}月{sentence}" for sentence in SENTENCES]
    units, start = [], 0
    for sentence, mark in zip(sentences, marks, strict=True):
        units.append([start, start + len(sentence), mark])
        start += len(sentence)
    return {"text": "".join(sentences), "lang": "zh", "source": "news" if number % 2 else "mail", "marks": units,
            "best": [units[at][:2] for at in best]}  # fmt: skip


@pytest.fixture
def files(tmp_path):
    """Twelve texts to be taught by and four to be judged on: the second sentence is always the best one."""
    for name, numbers in (("train", range(1, 13)), ("dev", range(20, 24))):
        folder = tmp_path / "corpora" / "zh" / name
        folder.mkdir(parents=True)
        lines = "".join(json.dumps(row(number, (0, 3, 0, 2, 1), (1,))) + "\n" for number in numbers)
        (folder / "marked.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path / "corpora"


@pytest.fixture
def run(files, tmp_path, monkeypatch, make_peer):
    """The command with a peer that ranks by place and one that always fails, in this process."""

    def broken(_):
        raise LookupError("no data")

    scorer = default_scorer()
    peers = make_peer("in order", lambda text: range(len(text.sentences))), make_peer("broken", broken)
    monkeypatch.setattr(command, "all_peers", lambda: peers)
    monkeypatch.setattr(command, "open_scorer", lambda directory: (scorer, {"sha256": "cd" * 32}))
    monkeypatch.setattr(command, "MARKS", tmp_path / "nowhere")
    monkeypatch.setattr(command, "TWICE", tmp_path / "nowhere.jsonl")

    def run(*options):
        arguments = [files, "--out", tmp_path / "marks.json", "--cache", tmp_path / "cache", "--resamples", 20, "-j", 1]
        return CliRunner().invoke(command.main, [str(part) for part in (*arguments, *options)])

    return run


@pytest.mark.filterwarnings("ignore")
def test_command_judges_peers_trees_and_the_network(run, tmp_path, asked):
    result = run()
    assert result.exit_code == 0, result.output
    text = to_markdown(read_record(tmp_path / "marks.json"))
    assert text.startswith("## Read as an editor would\n")
    assert "4 texts (4 Chinese); 0 without" in text
    assert "taught by the marks of 12 other texts" in text
    lines = text.splitlines()
    # The first sentence has mark 0, the first three 3 of 6.
    (in_order, *_) = (line.split("|") for line in lines if line.startswith("| in order |"))
    assert [cell.strip().split()[0] for cell in in_order[2:8]] == [".00", "1.00", ".00", ".50", ".67", "1.00"]
    (broken, *_) = (line.split("|") for line in lines if line.startswith("| broken |"))
    assert [cell.strip().split()[0] for cell in broken[2:5]] == [".00", "-", ".00"]
    assert any(line.startswith(f"| {LEARNED} |") for line in lines)
    assert any(line.startswith("| zh mail | 2 |") for line in lines)
    assert "Failed, and judged as choosing nothing: broken 4 times." in text
    assert run().exit_code == 0
    assert asked == {"in order": 4, "broken": 4}  # what they made of a text is kept


@pytest.mark.filterwarnings("ignore")
def test_trees_learn_what_readers_marked(files):
    pytest.importorskip("sklearn")
    model = default_scorer().model
    texts = command.read_all([files / "zh/train/marked.jsonl"], files)
    trees = command.teach(texts * 10, model)  # leaves have at least 40 sentences
    order = command.rank_by_trees(trees, texts[0].document, model)
    assert order[:2] == [1, 3]
    assert sorted(order) == [0, 1, 2, 3, 4]


def test_command_without_marks_says_so(run, files):
    for path in files.rglob("*.jsonl"):
        path.unlink()
    result = run()
    assert result.exit_code == 1
    assert "no marked text" in result.stderr


def text(language, source, *shares):
    """A text at three lengths, and what share each system has there; nothing is empty for the last system alone."""
    one = [[[share, 1], [at < len(shares) - 1, 1], [1, 1]] for at, share in enumerate(shares)]
    return TextScores(language, source, np.array([one] * 3, np.float64))


def test_marks_say_where_the_default_is_better_and_less_that_is_empty_is_better():
    scores = [text("zh", "news", 0.2, 0.9, 0.5), text("zh", "news", 0.4, 0.9, 0.7)]
    group = find_group("all", scores, ("lead", "rival", "tree"), "tree", resamples=20, seed=1)
    cells = {row[0]: row[1:3] for row in systems_table(group, "tree")["rows"]}
    assert cells["lead"] == [".30 ±.10 ▲", "1.00 ±.00 ▲"]
    assert cells["rival"] == [".90 ±.00 ▼", "1.00 ±.00 ▲"]
    assert cells["**tree**"] == [".60 ±.10", ".00 ±.00"]


def test_peers_of_one_language_stand_in_its_table_alone():
    measured = {
        "zh": Measured(("lead", "jiagu", "tree"), [text("zh", "news", 0.1, 0.2, 0.3)] * 2, {"jiagu": 1}),
        "en": Measured(("lead", "summa", "tree"), [text("en", "mail", 0.4, 0.5, 0.6)] * 2, {}),
    }
    lines = to_markdown(to_record(measured, "tree", ["About."], resamples=20, seed=1)).splitlines()
    names = [line.split("|")[1].strip() for line in lines if line.startswith("|")]
    together, kinds = ["system", "---", "lead", "**tree**"], ["kind", "---", "zh news", "en mail"]
    assert names == [*together, *kinds, *together[:3], "jiagu", "**tree**", *together[:3], "summa", "**tree**"]
    assert "4 texts (2 Chinese, 2 English)" in "\n".join(lines)


def test_kinds_without_a_mark_have_no_row():
    group = find_group("zh chat", [TextScores("zh", "chat", None)], ("tree",), "tree", resamples=20, seed=1)
    assert kinds_table([group], "tree")["rows"] == []
