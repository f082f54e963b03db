import json
import sys

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks.pairs import __main__ as command
from benchmarks.pairs import systems
from benchmarks.pairs.counts import Counts, count_verdicts, to_text, wilson
from benchmarks.pairs.sheets import (
    CHARS_OF_TEXT,
    Key,
    Pair,
    Verdict,
    pair_texts,
    read_verdicts,
    to_key,
    to_reader,
)
from benchmarks.pairs.systems import checkout
from summarize.errors import InputError
from summarize.evaluate.marks import MarkedText


@pytest.fixture
def texts(make_item):
    """Twenty texts of two sentences."""
    return [
        MarkedText(
            f"text {number}", "news", make_item(f"第{number}天风停了。", "船靠岸了。").document, np.array([1, 2]), ()
        )
        for number in range(20)
    ]


def first(document):
    return document.text.splitlines()[0]


def last(document):
    return document.text.splitlines()[-1]


def test_pairs_are_mixed_by_the_seed(texts):
    pairs, left_out = pair_texts(texts, (first, last), limit=None, seed=1)
    again, _ = pair_texts(texts, (first, last), limit=None, seed=1)
    other, _ = pair_texts(texts, (first, last), limit=None, seed=2)
    assert pairs == again
    assert [pair.text.name for pair in pairs] != [pair.text.name for pair in other]
    assert sorted(pair.text.name for pair in pairs) == sorted(text.name for text in texts)
    assert {pair.first for pair in pairs} == {"A", "B"}
    assert not left_out


def test_the_key_says_whose_the_sides_are(texts):
    pairs, _ = pair_texts(texts, (first, last), limit=None, seed=1)
    for pair, key in zip(pairs, to_key(pairs, ("one", "two")), strict=True):
        shown = dict(zip((key.A, key.B), pair.sides, strict=True))
        assert shown == {"one": first(pair.text.document), "two": "船靠岸了。"}
        assert (key.name, key.source, key.language) == (pair.text.name, "news", "zh")
    assert [key.i for key in to_key(pairs, ("one", "two"))] == list(range(1, 21))


def test_what_cannot_be_compared_is_left_out_and_counted(texts):
    def fails(document):
        if "第3天" in document.text:
            raise InputError("no summary")
        return "" if "第4天" in document.text else "船靠岸了。 " if "第5天" in document.text else first(document)

    pairs, left_out = pair_texts(texts, (fails, last), limit=None, seed=1)
    assert len(pairs) == 17
    assert left_out == {"no summary": 1, "an empty summary": 1, "the same summary": 1}


def test_a_limit_is_kept(texts):
    assert len(pair_texts(texts, (first, last), limit=7, seed=1)[0]) == 7


def test_the_reader_sees_numbers_and_sides_and_no_names(texts, make_item):
    long = MarkedText("long", "chat", make_item("风" * (CHARS_OF_TEXT + 1)).document, np.array([1]), ())
    shown = to_reader([Pair(texts[0], ("甲。", "乙。"), "A"), Pair(long, ("丙。", "丁。"), "B")])
    assert "===== 1 =====\n\n--- TEXT\n第0天风停了。\n船靠岸了。\n\n--- A\n甲。\n\n--- B\n乙。\n" in shown
    assert f"===== 2 =====\n\n--- TEXT\n{'风' * CHARS_OF_TEXT} […]\n\n--- A\n丁。\n\n--- B\n丙。\n" in shown
    assert "long" not in shown
    assert "chat" not in shown


def test_wilson_by_hand():
    # 8 of 10: (0.8 + 1.9208 / 10 -+ 1.96 sqrt(0.016 + 0.9604 / 100)) / (1 + 3.8416 / 10)
    assert wilson(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-3)
    assert wilson(0, 0) == (0, 1)
    assert wilson(0, 5)[0] == 0


KEYS = {
    1: Key(1, "ours", "theirs", "a", "news", "zh"),
    2: Key(2, "theirs", "ours", "b", "news", "zh"),
    3: Key(3, "theirs", "ours", "c", "chat", "zh"),
    4: Key(4, "ours", "theirs", "d", "chat", "zh"),
}


def test_verdicts_are_counted_by_system():
    verdicts = {
        1: Verdict("A", ((), ("pronoun", "long"))),
        2: Verdict("B", (("pronoun",), ("empty",))),
        3: Verdict("A", ((), ())),
        4: Verdict("same", ((), ())),
    }
    counts = count_verdicts(verdicts, KEYS, "ours")
    assert counts == Counts(("ours", "theirs"), (2, 1), 1, ({"empty": 1}, {"pronoun": 2, "long": 1}))
    assert counts.interval() == wilson(2, 3)
    assert to_text(counts).splitlines() == [
        "4 pairs: ours preferred in 2, theirs in 1, the same in 1.",
        "Of those with a preference ours has 67% [21%, 94%] (Wilson, 95%).",
        "Faults of ours: empty 1.",
        "Faults of theirs: pronoun 2, long 1.",
    ]
    assert count_verdicts(verdicts, KEYS, "theirs").preferred == (1, 2)


def test_a_verdict_on_no_pair_is_an_error():
    with pytest.raises(InputError, match="no pair 9"):
        count_verdicts({9: Verdict("A", ((), ()))}, KEYS, "ours")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('{"i": 1, "v": "C"}', "no such verdict or fault: 'C'"),
        ('{"i": 1, "v": "A", "a": ["ugly"]}', "no such verdict or fault: 'ugly'"),
        ('{"v": "A"}', "not a verdict"),
        ('{"i": "x", "v": "A"}', "not a verdict"),
        ('{"i": 1, "v": "A", "a": 3}', "not a verdict"),
        ("[1]", "not an object"),
        ("{", "a.jsonl:1"),
        ('{"i": 1, "v": "A"}\n{"i": 1, "v": "B"}', "a.jsonl:2: pair 1 was judged before"),
    ],
)
def test_verdicts_that_are_none_are_named(tmp_path, lines, message):
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_verdicts(tmp_path / "a.jsonl")


@pytest.fixture
def make_checkout(tmp_path):
    """A folder with a package `summarize` whose command prints what it is told."""

    def make(name, body):
        package = tmp_path / name / "summarize"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("")
        (package / "__main__.py").write_text(f"import sys\ntext = sys.stdin.buffer.read().decode()\n{body}\n")
        return tmp_path / name

    return make


PRINT = "sys.stdout.buffer.write((' '.join(sys.argv[1:]) + ': ' + text[:4]).encode())"


def test_a_checkout_is_asked_by_its_own_command_line(make_checkout, texts):
    folder = make_checkout("ours", PRINT)
    assert checkout(folder, 3)(texts[0].document) == "-n 3 -: 第0天风"
    assert checkout(folder, 0, sys.executable)(texts[0].document) == "-: 第0天风"


def test_a_checkout_that_fails_is_an_error(make_checkout, texts):
    with pytest.raises(InputError, match=r"ours: out of order$"):
        checkout(make_checkout("ours", "sys.exit('busy\\nout of order')"), 3)(texts[0].document)
    with pytest.raises(InputError, match="No such file"):
        checkout(make_checkout("none", PRINT), 3, "no-such-python")(texts[0].document)


@pytest.fixture
def marks_file(tmp_path):
    rows = [
        {"text": f"第{number}天风停了。船靠岸了。", "lang": "zh", "source": source, "marks": []}
        for number, source in enumerate(("news", "chat", "chat"))
    ]
    path = tmp_path / "marks.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(command.main, [str(argument) for argument in arguments])


def test_command_makes_pairs_and_counts_verdicts(make_checkout, marks_file, tmp_path, monkeypatch, make_peer):
    monkeypatch.setattr(systems, "all_peers", lambda: (make_peer("backwards", lambda text: [1, 0]),))
    ours = make_checkout("ours", PRINT)
    pairs, key, verdicts = tmp_path / "pairs.txt", tmp_path / "key.jsonl", tmp_path / "verdicts.jsonl"
    files = ["--marks", marks_file, "--out", pairs, "--key", key]
    made = run("make", ours, "backwards", *files, "--kind", "chat", "-n", "1")
    assert (made.exit_code, made.stderr) == (0, "2 pairs\n")
    keys = [json.loads(line) for line in key.read_text(encoding="utf-8").splitlines()]
    assert {row["source"] for row in keys} == {"chat"}
    assert pairs.read_text(encoding="utf-8").count("\n船靠岸了。\n") == 2
    side = "A" if keys[0]["A"] == "backwards" else "B"
    verdicts.write_text(json.dumps({"i": 1, "v": side, "why": "clear", side.lower(): ["short"]}), encoding="utf-8")
    counted = run("count", verdicts, key, "--system", "backwards", "--by-kind")
    assert counted.exit_code == 0
    assert counted.stdout.startswith(f"1 pairs: backwards preferred in 1, {ours} in 0, the same in 0.\n")
    assert "Faults of backwards: short 1." in counted.stdout
    assert "\nzh chat\n1 pairs" in counted.stdout
    assert counted.stderr == "without a verdict: 2\n"
    assert "no summary by 'nobody'" in run("count", verdicts, key, "--system", "nobody").stderr


def test_command_explains_wrong_usage(make_checkout, marks_file, tmp_path, monkeypatch, make_peer):
    monkeypatch.setattr(systems, "all_peers", lambda: (make_peer("backwards", lambda text: [1, 0]),))
    ours = make_checkout("ours", PRINT)
    files = ["--marks", marks_file, "--out", tmp_path / "pairs.txt", "--key", tmp_path / "key.jsonl"]
    for arguments, message in (
        ((ours, ours), "the same system"),
        ((ours, "nobody"), "neither a folder nor one of backwards"),
        ((ours, "backwards", "-n", 0), "give -n"),
    ):
        result = run("make", *arguments, *files)
        assert result.exit_code == 2
        assert message in " ".join(result.stderr.split())
    result = run("make", ours, "backwards", *files, "--kind", "poem")
    assert (result.exit_code, "no pair" in result.stderr) == (1, True)
    assert not (tmp_path / "pairs.txt").exists()
