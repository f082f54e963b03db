import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from train.builders import found_elsewhere, marks_of, pack_rows, write_rows

from summarize import summarize_text
from summarize.config import SelectionConfig, TrainConfig
from summarize.document import ATTENTION_KINDS, Document
from summarize.evaluate.corpus import CorpusDocument, corpus_name
from summarize.network.features import FEATURE_NAMES
from summarize.network.scorer import NetworkScorer
from summarize.network.storage import load_model
from summarize.text.segmentation import find_sentences
from summarize.train.__main__ import find_corpora, main
from summarize.train.examples import Examples
from summarize.train.job import summary_sentences

pytestmark = pytest.mark.train

DATA = Path(__file__).parents[2] / "data"
MINI = [DATA / "train" / f"mini.{language}.jsonl" for language in ("zh", "en")]
SMALL = {
    "network": {
        "embedding_size": 8,
        "sentence_size": 8,
        "state_size": 8,
        "attention_size": 4,
        "num_steps": 2,
        "step_rank": 1,
        "judge_state_size": 6,
        "judge_width": 3,
        "num_judges": 1,
    },
    "train": {
        "vocabulary_size": 300,
        "num_reader_words": 100,
        # All documents in one minibatch, so that its shape stays and the graph is made once.
        "documents_per_epoch": 100,
        "corpus_exponent": 1,
        "sentences_per_minibatch": 5000,
        "beheaded_share": 0,
        "clause_share": 0,
        "epochs": 5,
        "judge_epochs": 2,
        "deletion_epochs": 1,
        "judge_runs": 1,
        "judge_held_out": 0,
        "learning_rate": 0.02,
        "seed": 5,
    },
}
PAIRS = [
    {"id": "1", "sources": ["昨天下午河水上涨了很多，城市停电。"], "target": "河水上涨，城市停电。"},
    {"id": "2", "sources": ["The old river rose at night and the city slept."], "target": "The river rose."},
]
CUTS = [
    {
        "id": "3",
        "lang": "zh",
        "document": "d1",
        "source": PAIRS[0]["sources"][0],
        "target": "城市停电。",
        "verdict": "thin",
    },
    {
        "id": "4",
        "lang": "zh",
        "document": "d2",
        "source": PAIRS[0]["sources"][0],
        "target": "河水停电。",
        "verdict": "false",
    },
]
ROW = {"text": "The river rose. The city slept.", "summary": "River rose"}
MARKS = {"epochs": 2, "marked_epochs": 2, "marked_runs": 2}
READ = ROW | marks_of(ROW["text"], [3, 1], 0)


def json_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_cut(row: dict[str, Any]) -> dict[str, Any]:
    """The first sentence of a row of the English corpus, cut to a few words at its end, as if somebody had read it."""
    text = row["text"]
    end = find_sentences(text)[0].end
    start = text.rindex(" ", 0, text.rindex(" ", 0, text.rindex(" ", 0, end))) + 1
    where = found_elsewhere(text, "en/train/en", row["id"])
    cuts = {"lang": "en", "start": 0, "end": end, "kept": [[start, end - 1]], "cuts": [[0, start - 1, "opening"]]}
    return where | cuts | {"verdict": "broken", "cause": "fragment"}


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a corpus as if somebody had read them who likes the second sentence best, and then the first."""
    rows = json_rows(path)
    numbers = [len(find_sentences(row["text"])) for row in rows]
    return [
        row | marks_of(row["text"], [2, 3, *[1, 0] * number][:number], 1, 0)
        for row, number in zip(rows, numbers, strict=True)
        if number > 2
    ]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


def settings(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


class Trained:
    """A miniature training in a folder: corpora `zh` and `en`, both with a dev part, a little plain text, and pairs.

    With verdicts on shortened sentences there are such of the corpora, some of them for dev, and a file of its own.
    """

    def __init__(self, folder: Path, *, has_verdicts: bool = False) -> None:
        self.folder, self.out, self.run = folder, folder / "model", folder / "model.run"
        for language, path in zip(("zh", "en"), MINI, strict=True):
            for part in ("train", "dev"):
                (folder / "corpora" / language / part).mkdir(parents=True)
            lines = path.read_text(encoding="utf-8").splitlines()
            write_rows(folder / "corpora" / language / "train" / f"{language}.jsonl", *lines)
            write_rows(folder / "corpora" / language / "dev" / f"{language}.jsonl", *lines[:6])
        plain = folder / "corpora" / "zh" / "plain"
        plain.mkdir()
        shutil.copy(DATA / "zh" / "essay.txt", plain)
        (folder / "corpora" / "zh" / "pairs").mkdir()
        write_rows(folder / "corpora" / "zh" / "pairs" / "compress_tiny.train.jsonl", *PAIRS)
        settings(folder / "small.json", SMALL)
        if has_verdicts:
            for part in ("train", "dev"):
                write_rows(folder / "corpora" / "zh" / "pairs" / f"cuts_judged.{part}.jsonl", *CUTS)
            write_rows(folder / "read.jsonl", *map(read_cut, json_rows(MINI[1])[:12]))

    def train(self, *arguments: object) -> Result:
        own = ("--corpora", self.folder / "corpora", "--out", self.out, "--config", self.folder / "small.json")
        return run(*own, "--dev-documents", 5, *arguments)

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.out.iterdir() if path.name != "README.md"}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Trained, Result]:
    training = Trained(tmp_path_factory.mktemp("job"))
    return training, training.train()


def test_job_reports_to_stderr(trained: tuple[Trained, Result]) -> None:
    _, result = trained
    assert result.exit_code == 0
    assert result.stdout == ""
    lines = [line.split("] ", 1)[1] for line in result.stderr.splitlines()]
    assert lines[0].startswith("dev en: 5 documents, ")
    assert [line.split()[0] for line in lines if line.startswith("epoch")] == ["epoch"] * 5
    assert "no verdicts on cuts to learn from: the model will shorten nothing" in lines
    assert not any(line.startswith("judge: verdicts") for line in lines)
    assert lines[-1].startswith(f"wrote {trained[0].out}; default attention ")


def test_job_writes_a_model(trained: tuple[Trained, Result]) -> None:
    model = load_model(trained[0].out)
    assert model.network.state_size == 8
    assert model.weights["judge/0/b_1"].shape == (3,)
    assert len(model.vocabulary) == 300
    assert len(model.grammar.predicates) == 300
    assert all(np.isfinite(array).all() for array in model.weights.values())
    assert all(selection == SelectionConfig() for selection in model.selection.values())


def test_job_learns_a_little(trained: tuple[Trained, Result]) -> None:
    log = json.loads((trained[0].run / "epochs.json").read_text(encoding="utf-8"))
    assert log[-1]["loss"] < 0.97 * log[0]["loss"]
    assert [set(entry["dev"]) for entry in log] == [set(), set(), *[{"zh", "en"}] * 3]


def test_job_writes_a_card(trained: tuple[Trained, Result]) -> None:
    card = (trained[0].out / "README.md").read_text(encoding="utf-8")
    for language in ("zh", "en"):
        for part in (f"| {language} | ", "seed 5", "of 5 was kept"):
            assert part in card
    assert sum(line.startswith(("| zh |", "| en |")) for line in card.splitlines()) == 4  # examples, scores


@pytest.mark.parametrize("chars", [30, 60, 120])
def test_model_that_saw_no_verdicts_shortens_nothing(trained: tuple[Trained, Result], chars: int) -> None:
    text = (DATA / "zh" / "news-city.txt").read_text(encoding="utf-8")
    summary = summarize_text(text, chars=chars, fuse=False, scorer=NetworkScorer(load_model(trained[0].out)))
    assert 0 < len(summary.text) <= chars
    assert not any(draft.shortening for draft in summary.drafts)


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> tuple[Trained, Result]:
    """A training with verdicts on shortened sentences."""
    training = Trained(tmp_path_factory.mktemp("cuts"), has_verdicts=True)
    few = {"epochs": 1, "judge_runs": 2}
    settings(training.folder / "small.json", SMALL | {"train": SMALL["train"] | few})
    return training, training.train("--cuts", training.folder / "read.jsonl")


def test_job_teaches_the_judge(taught: tuple[Trained, Result]) -> None:
    _, result = taught
    assert result.exit_code == 0, result.stderr
    lines = [line.split("] ", 1)[1] for line in result.stderr.splitlines()]
    assert "read: 12 judged cuts to learn from" in lines
    assert "cuts_judged.train: 2 judged cuts to learn from" in lines
    assert "cuts_judged.dev: 0 judged cuts to learn from" in lines
    assert any(line.startswith("made ") and line.endswith(" forms of what people left out") for line in lines)
    for number in (1, 2):
        assert f"judge, run {number}/2" in lines
    assert [line.split("  ")[0] for line in lines if line.startswith("judge: verdicts")] == [
        "judge: verdicts, epoch 1/2",
        "judge: verdicts, epoch 2/2",
    ] * 2
    assert sum(line.startswith("judge: cuts_judged.dev (zh): 2 forms, ") for line in lines) == 2
    assert any(line.startswith("judges: runs ") and line.endswith(" are the best") for line in lines)


def test_job_ships_the_best_judge(taught: tuple[Trained, Result]) -> None:
    training, _ = taught
    records = [json.loads((training.run / f"judge-{number}.json").read_text(encoding="utf-8")) for number in (0, 1)]
    best = min((0, 1), key=lambda number: records[number]["log_loss"])
    model = load_model(training.out)
    for name, array in np.load(training.run / f"judge-{best}.npz").items():
        assert np.array_equal(model.weights[f"judge/0/{name}"], array), name
    text = (DATA / "zh" / "news-city.txt").read_text(encoding="utf-8")
    assert 0 < len(summarize_text(text, chars=30, scorer=NetworkScorer(model)).text) <= 30


def test_job_tells_of_the_judge_in_the_card(trained: tuple[Trained, Result], taught: tuple[Trained, Result]) -> None:
    card = (taught[0].out / "README.md").read_text(encoding="utf-8")
    assert "The judges learned from 14 verdicts on shortened sentences and from " in card
    assert "- cuts_judged.dev (zh): 2 forms, " in card
    assert "the model shortens nothing" in (trained[0].out / "README.md").read_text(encoding="utf-8")


def test_job_goes_on_with_the_judges_that_the_run_has(taught: tuple[Trained, Result]) -> None:
    training, _ = taught
    before = training.files()
    (training.run / "judge-1.npz").unlink()
    result = training.train("--cuts", training.folder / "read.jsonl")
    assert result.exit_code == 0
    assert "judge, run 1/2" not in result.stderr
    assert "judge, run 2/2" in result.stderr
    assert training.files() == before


def test_job_refuses_to_go_on_with_other_verdicts(taught: tuple[Trained, Result]) -> None:
    training, _ = taught
    assert "begun with other settings or corpora" in only_line(training.train())


@pytest.mark.parametrize("kind", ATTENTION_KINDS)
@pytest.mark.parametrize("name", ["zh/news-city.txt", "en/news.txt", "worldcup.txt"])
def test_trained_model_summarizes(trained: tuple[Trained, Result], kind: Any, name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    scorer = NetworkScorer(load_model(trained[0].out))
    summary = summarize_text(text, sentences=2, attention=kind, scorer=scorer)
    assert len(summary.selected) == 2
    assert sum(summary.weights) == pytest.approx(1)
    assert summarize_text(text, sentences=2, attention=kind, scorer=scorer) == summary


def test_job_is_repeated_from_what_the_run_has(trained: tuple[Trained, Result]) -> None:
    training, _ = trained
    before = training.files()
    shutil.rmtree(training.out)
    result = training.train()
    assert result.exit_code == 0
    assert "going on after epoch 5" in result.stderr
    assert "made examples" not in result.stderr
    assert "judge, run" not in result.stderr
    assert training.files() == before


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Trained, Result]:
    """A training with marks: of texts that their file holds, and of texts that lie in a corpus."""
    training = Trained(tmp_path_factory.mktemp("marks"))
    settings(training.folder / "small.json", SMALL | {"train": SMALL["train"] | MARKS})
    chinese, english = (read_rows(path)[:12] for path in MINI)
    kept = [row | {"id": f"k{number}"} for number, row in enumerate(english)]
    pack_rows(training.folder / "corpora" / "en" / "kept" / "tiny.jsonl.gz", *kept)
    elsewhere = [
        {name: row[name] for name in ("marks", "best", "summary")}
        | found_elsewhere(row["text"], "en/kept/tiny", row["id"])
        for row in kept
    ]
    files = [
        write_rows(training.folder / "held.train.jsonl", *chinese[:8]),
        write_rows(training.folder / "found.train.jsonl", *elsewhere[:8]),
        write_rows(training.folder / "held.dev.jsonl", *chinese[8:11]),
        write_rows(training.folder / "found.dev.jsonl", *elsewhere[8:10]),
    ]
    of_marks = TrainConfig.for_marks
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TrainConfig, "for_marks", lambda self, run: replace(of_marks(self, run), documents_per_epoch=20))
        return training, training.train(*(part for file in files for part in ("--marks", file)))


def test_job_learns_from_marks(read: tuple[Trained, Result]) -> None:
    training, result = read
    assert result.exit_code == 0, result.stderr
    lines = [line.split("] ", 1)[1] for line in result.stderr.splitlines()]
    for number in (1, 3):
        assert f"dev held.dev N={number}: 3 documents, {number} sentences a summary" in lines
        assert f"dev found.dev N={number}: 2 documents, {number} sentences a summary" in lines
    assert {"made examples of held.train", "made examples of found.train"} <= set(lines)
    for name in ("held.train", "found.train"):
        made = Examples.load(training.run / f"examples-{name}")
        assert len(made) >= 8
        assert made.is_marked
        assert made.marks[:3].tolist() == [2, 3, 1]
        assert np.argmax(made.salience[:3]) == 1
    assert not Examples.load(training.run / "examples-zh").is_marked


def test_job_measures_marks_after_each_epoch(read: tuple[Trained, Result]) -> None:
    marked = [f"{name}.dev N={number}" for name in ("held", "found") for number in (1, 3)]
    for phase in (".", "marks-0", "marks-1"):
        first, entry = json.loads((read[0].run / phase / "epochs.json").read_text(encoding="utf-8"))
        assert first["dev"] == {}
        assert set(entry["dev"]) == {"zh", "en", *marked}
        for kind in ATTENTION_KINDS:
            assert all(0 <= entry["dev"][name][kind] <= 100 for name in marked)
        of_marks, of_rest = (
            np.mean([list(entry["dev"][name].values()) for name in names]) for names in (marked, ["zh", "en"])
        )
        assert entry["score"] == pytest.approx((of_marks + of_rest) / 2)


def test_job_tells_of_marks_in_the_card(read: tuple[Trained, Result]) -> None:
    card = (read[0].out / "README.md").read_text(encoding="utf-8")
    for name in ("held.train", "found.train", "held.dev N=1", "held.dev N=3", "found.dev N=1", "found.dev N=3"):
        assert f"| {name} | " in card
    assert load_model(read[0].out).default_attention in ATTENTION_KINDS


def test_job_keeps_the_mean_of_what_was_learned_from_marks_and_before(read: tuple[Trained, Result]) -> None:
    weights = load_model(read[0].out).weights
    runs = [dict(np.load(read[0].run / f"marks-{number}" / "best.npz")) for number in (0, 1)]
    begun = dict(np.load(read[0].run / "best.npz"))
    for name, first in runs[0].items():
        expected = 0.6 * (first + runs[1][name]) / 2 + 0.4 * begun[name]
        if name in ("parallel/w", "sequential/w", "tree/w"):
            for feature in ("leans", "length_long"):
                expected[..., FEATURE_NAMES.index(feature)] -= 0.3
        assert weights[name] == pytest.approx(expected, abs=1e-6), name
    assert all(any(np.abs(run[name] - begun[name]).max() > 1e-4 for name in begun) for run in runs)


def only_line(result: Result) -> str:
    """The one line of an error; nothing else may have been said."""
    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("summarize.train: ")
    return line


def test_job_refuses_to_go_on_with_other_settings(trained: tuple[Trained, Result]) -> None:
    training, _ = trained
    before = training.files()
    other = settings(training.folder / "other.json", SMALL | {"train": SMALL["train"] | {"seed": 6}})
    line = only_line(training.train("--config", other))
    assert f"{training.run}: begun with other settings" in line
    assert "--run" in line
    assert training.files() == before


def test_job_refuses_to_go_on_with_another_corpus(trained: tuple[Trained, Result], tmp_path: Path) -> None:
    training, _ = trained
    more = write_rows(tmp_path / "more.jsonl", ROW)
    assert "begun with other settings or corpora" in only_line(training.train("--train", more))


@pytest.mark.parametrize("part", ["train", "dev"])
def test_job_refuses_to_go_on_with_other_marks(trained: tuple[Trained, Result], tmp_path: Path, part: str) -> None:
    training, _ = trained
    more = write_rows(tmp_path / f"more.{part}.jsonl", READ)
    assert "begun with other settings or corpora" in only_line(training.train("--marks", more))


@pytest.mark.parametrize("option", ["--plain", "--dev", "--pairs", "--cuts"])
def test_job_refuses_to_go_on_with_other_texts(trained: tuple[Trained, Result], option: str) -> None:
    training, _ = trained
    assert "begun with other settings or corpora" in only_line(training.train(option, MINI[0]))


Arguments = Callable[[Path], Sequence[object]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(lambda tmp: ["--train", tmp / "no.jsonl"], "no.jsonl: No such file", id="missing corpus"),
        pytest.param(
            lambda tmp: ["--train", write_rows(tmp / "c.jsonl", ROW, {"text": "No summary."}, ROW)],
            "c.jsonl:2: not a corpus row with `text` and `summary`",
            id="malformed row",
        ),
        pytest.param(
            lambda tmp: ["--train", write_rows(tmp / "c.jsonl", ROW), "--dev", tmp / "no.jsonl"],
            "no.jsonl: No such file",
            id="missing dev",
        ),
        pytest.param(
            lambda tmp: ["--train", write_rows(tmp / "c.jsonl", ROW), "--dev", write_rows(tmp / "d.jsonl", "")],
            "d.jsonl: no document",
            id="empty dev",
        ),
        pytest.param(
            lambda tmp: ["--train", write_rows(tmp / "c.jsonl", ROW), "--plain", tmp / "no.txt"],
            "no.txt: No such file",
            id="missing plain text",
        ),
        pytest.param(
            lambda tmp: ["--train", write_rows(tmp / "c.jsonl", ROW), "--pairs", tmp / "no.jsonl"],
            "no.jsonl: No such file",
            id="missing pairs",
        ),
        pytest.param(
            lambda tmp: ["--train", write_rows(tmp / "c.jsonl", ROW), "--cuts", tmp / "no.jsonl"],
            "no.jsonl: No such file",
            id="missing cuts",
        ),
        pytest.param(
            lambda tmp: ["--train", write_rows(tmp / "c.jsonl", ROW), "--train", write_rows(tmp / "c.jsonl.gz", ROW)],
            "two corpora have one name",
            id="two of one name",
        ),
        pytest.param(
            lambda tmp: ["--train", write_rows(tmp / "c.jsonl", "no row"), "--dev", MINI[0], "--dev", MINI[0]],
            "have one name",
            id="two dev corpora of one name",
        ),
    ],
)
def test_job_explains_a_bad_corpus(tmp_path: Path, arguments: Arguments, message: str) -> None:
    assert message in only_line(run("--out", tmp_path / "model", *arguments(tmp_path)))
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize("option", ["--marks", "--train"])
def test_job_explains_that_marks_alone_are_too_little(tmp_path: Path, option: str) -> None:
    marks = write_rows(tmp_path / "m.train.jsonl", READ)
    assert "marks alone teach no words" in only_line(run("--out", tmp_path / "model", option, marks))
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize("part", ["train", "dev"])
def test_job_explains_marks_without_their_texts(tmp_path: Path, part: str) -> None:
    row = {name: READ[name] for name in ("marks", "best", "summary")}
    row |= found_elsewhere(ROW["text"], "en/kept/tiny", "k1")
    marks = write_rows(tmp_path / f"m.{part}.jsonl", row)
    corpus = write_rows(tmp_path / "c.jsonl", *[ROW] * 20)
    result = run("--out", tmp_path / "model", "--train", corpus, "--marks", marks)
    assert result.exit_code == 1
    assert "the text of en/kept/tiny k1 is needed; name the folder of corpora" in result.stderr.splitlines()[-1]
    assert not (tmp_path / "model").exists()


def test_job_explains_cuts_without_their_texts(tmp_path: Path) -> None:
    rows = json_rows(MINI[1])[:20]
    cuts = write_rows(tmp_path / "read.jsonl", read_cut(rows[0]))
    corpus = write_rows(tmp_path / "c.jsonl", *rows)
    config = settings(tmp_path / "small.json", SMALL)
    result = run("--out", tmp_path / "model", "--train", corpus, "--cuts", cuts, "--config", config)
    assert result.exit_code == 1
    assert "read.jsonl:1: the text of en/train/en" in result.stderr.splitlines()[-1]
    assert result.stderr.splitlines()[-1].endswith("name the folder of corpora with --corpora")
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param({"trian": {}}, "unknown key trian", id="unknown part"),
        pytest.param({"train": {"epoch": 3}}, "epoch", id="unknown setting"),
        pytest.param({"train": {"epochs": 0}}, "epochs must be above 0, got 0", id="out of range"),
        pytest.param({"train": 3}, "", id="no object"),
        pytest.param([1], "", id="a list"),
        pytest.param("{", "", id="a text"),
        pytest.param(
            {"network": {"hidden_size": 3}},
            "hidden_size",
            id="unknown size",
        ),
        pytest.param(
            {"network": {"state_size": 7}},
            "state_size must be even",
            id="odd size",
        ),
        pytest.param({"network": {"judge_state_size": 7}}, "judge_state_size must be even", id="odd judge"),
        pytest.param({"train": {"judge_epochs": 0}}, "judge_epochs must be above 0", id="untrained judge"),
        pytest.param({"train": {"judge_runs": 1}}, "judge_runs must be at least num_judges, 2", id="too few judges"),
        pytest.param({"train": {"judge_held_out": -1}}, "judge_held_out must be 0 or more", id="less than nothing"),
    ],
)
def test_job_explains_bad_settings(tmp_path: Path, content: object, message: str) -> None:
    config = settings(tmp_path / "small.json", content)
    line = only_line(run("--out", tmp_path / "model", "--train", MINI[1], "--config", config))
    assert str(config) in line
    assert message in line


def test_job_explains_missing_settings(tmp_path: Path) -> None:
    corpus = write_rows(tmp_path / "c.jsonl", ROW)
    line = only_line(run("--out", tmp_path / "model", "--train", corpus, "--config", tmp_path / "no.json"))
    assert "no.json: not usable settings" in line


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--out", "model"], "no training corpus; name one with --train FILE", id="no corpus"),
        pytest.param(["--train", "c.jsonl"], "Missing option '--out'", id="no place for the model"),
        pytest.param(["--out", "m", "--corpora", "nowhere"], "'nowhere' does not exist", id="missing folder"),
        pytest.param(
            ["--out", "m", "--train", "c", "--dev-documents", "0"], "0 is not in the range", id="no documents"
        ),
        pytest.param(["--out", "m", "--train", "c", "more"], "unexpected extra argument", id="extra"),
        pytest.param(
            ["--out", "m", "--train", "c", "--marks", "notes.jsonl"],
            "notes.jsonl: name it NAME.train.jsonl or NAME.dev.jsonl",
            id="marks for nothing",
        ),
        pytest.param(["--out", "m", "--marks", "m.dev.jsonl"], "no training corpus", id="marks of dev alone"),
    ],
)
def test_job_explains_wrong_usage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert not list(tmp_path.iterdir())


def test_job_of_a_folder_without_corpora_is_wrong_usage(tmp_path: Path) -> None:
    result = run("--out", tmp_path / "model", "--corpora", tmp_path)
    assert result.exit_code == 2
    assert "no training corpus" in result.stderr


def test_mini_corpora_have_names_of_their_own() -> None:
    assert len({corpus_name(path) for path in MINI}) == 2


def test_job_explains_corpora_without_examples(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in MINI[0].read_text(encoding="utf-8").splitlines()[:20]]
    corpus = write_rows(tmp_path / "c.jsonl", *[row | {"summary": "Nothing like it"} for row in rows])
    config = settings(tmp_path / "small.json", SMALL)
    result = run("--out", tmp_path / "model", "--train", corpus, "--config", config)
    assert result.exit_code == 1
    assert "has anything in common with its summary" in result.stderr.splitlines()[-1]


def test_help_of_the_job_names_every_option() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for option in (
        "--corpora",
        "--train",
        "--dev",
        "--plain",
        "--pairs",
        "--cuts",
        "--marks",
        "--out",
        "--run",
        "--config",
    ):
        assert option in result.stdout


def test_find_corpora_takes_files_of_a_part_in_order(tmp_path: Path) -> None:
    for name in ("zh/train/b.jsonl.gz", "zh/train/a.jsonl", "en/train/c.jsonl", "zh/dev/d.jsonl", "zh/train/notes.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "zh/train/folder.jsonl").mkdir()
    found = [str(path.relative_to(tmp_path)) for path in find_corpora(tmp_path, "train")]
    assert found == ["en/train/c.jsonl", "zh/train/a.jsonl", "zh/train/b.jsonl.gz"]
    assert find_corpora(tmp_path, "plain", "*.txt*") == []


def test_find_corpora_takes_pairs_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "en" / "pairs").mkdir(parents=True)
    for name in ("compress_a.train.jsonl.gz", "compress_a.test.jsonl.gz", "fusion_b.train.jsonl.gz"):
        (tmp_path / "en" / "pairs" / name).touch()
    found = find_corpora(tmp_path, "pairs", "compress_*.train.jsonl*")
    assert [path.name for path in found] == ["compress_a.train.jsonl.gz"]


def corpus_of(*rows: tuple[str, str]) -> list[CorpusDocument]:
    return [CorpusDocument("d", Document(text, find_sentences(text), "zh"), (reference,)) for text, reference in rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([("天晴。下雨。刮风。", "天晴下雨刮风")], 3, id="all three"),
        pytest.param([("天晴。下雨。刮风。", "天晴"), ("天晴。下雨。刮风。", "天晴下雨刮风")], 2, id="mean"),
        pytest.param([("天晴。下雨。", "没有")], 1, id="nothing in common"),
        pytest.param([("一二。三四。五六。七八。九十。甲乙。丙丁。", "一二三四五六七八九十甲乙丙丁")], 5, id="at most"),
    ],
)
def test_summary_sentences_are_those_of_the_oracle(rows: list[tuple[str, str]], expected: int) -> None:
    assert summary_sentences(corpus_of(*rows)) == expected


def test_trained_default_attention_is_the_best_of_the_card(trained: tuple[Trained, Result]) -> None:
    card = (trained[0].out / "README.md").read_text(encoding="utf-8").split("## Limits")[0]
    rows = [line.split("|")[3:6] for line in card.splitlines() if line.count("|") == 6 and "." in line]
    means = np.mean([[float(cell) for cell in row] for row in rows], axis=0)
    best = [kind for kind, mean in zip(ATTENTION_KINDS, means, strict=True) if mean >= means.max() - 0.01]
    assert load_model(trained[0].out).default_attention in best


def test_trained_features_are_those_of_this_version(trained: tuple[Trained, Result]) -> None:
    content = json.loads((trained[0].out / "settings.json").read_text(encoding="utf-8"))
    assert content["features"] == list(FEATURE_NAMES)
