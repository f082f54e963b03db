import gzip
import json
import math
import warnings
import zlib
from pathlib import Path

import pytest
from click.testing import CliRunner
from fakes import FakeGrammar
from models import random_model

from benchmarks.editing import __main__ as command
from benchmarks.editing import fusion
from benchmarks.editing.__main__ import PARTS, main
from benchmarks.editing.compression import Form, Shortened, google, news, shortened, token_f1
from benchmarks.editing.fusion import (
    Restored,
    can_be_joined,
    fusion_cases,
    is_within_one,
    load_tagger,
    plain_sentences,
    refusal,
    restore,
    restored_sentences,
    split_sentences,
)
from benchmarks.editing.summaries import samples
from benchmarks.editing.tables import Table, percent, read_rows
from summarize.decide.budget import Budget
from summarize.decide.compression import BONUS
from summarize.errors import InputError
from summarize.network.scorer import NetworkScorer
from summarize.network.storage import save_model
from summarize.train.edits import HELD_OUT_OF, EditMaker, is_held_out, make_edits

WORLD_CUP = "法国队赢得了冠军，在决赛中击败了克罗地亚队。"
TAGGED = [
    *(("法国队", "nt"), ("赢得", "v"), ("了", "ul"), ("冠军", "n"), ("，", "x")),
    *(("在", "p"), ("决赛", "vn"), ("中", "f"), ("击败", "v"), ("了", "ul"), ("克罗地亚队", "nt")),
]
PAIR = Restored(WORLD_CUP, "法国队", "赢得了冠军", "在决赛中击败了克罗地亚队", is_pronoun=False)


def write(path: Path, *rows: dict[str, object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def cells(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in table.rows]


def test_table_is_markdown_and_json() -> None:
    table = Table("Title", ("name", "share", "none"), [("a", 12.345, None), ("b", 3, "x")], "A note.")
    assert table.to_markdown().splitlines() == [
        "### Title",
        "",
        "| name | share | none |",
        "| --- | --- | --- |",
        "| a | 12.3 | - |",
        "| b | 3 | x |",
        "",
        "A note.",
    ]
    assert table.to_json()["rows"] == [
        {"name": "a", "share": 12.345, "none": None},
        {"name": "b", "share": 3, "none": "x"},
    ]


def test_percent_of_nothing_is_not_defined() -> None:
    assert (percent(1, 4), percent(0, 0)) == (25, None)


def test_read_rows_keeps_some_evenly_spread(tmp_path: Path) -> None:
    path = write(tmp_path / "rows.jsonl", *({"id": str(number)} for number in range(10)))
    assert [row["id"] for row in read_rows(path, 5)] == ["0", "2", "4", "6", "8"]
    assert [row["id"] for row in read_rows(path, 2, lambda row: int(row["id"]) > 5)] == ["6", "8"]
    assert len(read_rows(path)) == len(read_rows(path, 99)) == 10


def test_fusion_cases_are_counted(tmp_path: Path) -> None:
    text = "法国队赢得了冠军。法国队击败了克罗地亚队。"
    fused = "法国队赢得了冠军，击败了克罗地亚队。"
    row = {"lang": "zh", "text": text}
    left = {**row, "id": "left", "text": "他来了。天晴了。", "fused": ["他来了，天晴了。"]}
    write(tmp_path / "fused.dev.jsonl", {**row, "fused": ["另", fused]}, {**row, "fused": ["另"]}, left)
    write(tmp_path / "apart.dev.jsonl", {**row, "id": "wrong"}, left)
    one, other = fusion_cases(tmp_path, FakeGrammar())
    assert cells(one) == [("fused.dev", 3, 1, 1, 1)]
    assert cells(other) == [("apart.dev", 2, 1)]
    assert other.note == "Fused although they must not be: wrong."


def test_restore_cuts_at_the_comma_and_puts_the_subject_back() -> None:
    found = restore(WORLD_CUP, TAGGED)
    assert found == PAIR
    assert found.text == "法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。"


def test_restore_knows_a_bare_pronoun() -> None:
    found = restore("他" + WORLD_CUP[3:], [("他", "r"), *TAGGED[1:]])
    assert found is not None
    assert found.is_pronoun


@pytest.mark.parametrize(
    "tagged",
    [
        pytest.param(TAGGED[1:], id="no subject"),
        pytest.param([("法国队", "nt"), ("今天", "t"), *TAGGED[1:]], id="time at the end of the subject"),
        pytest.param([*TAGGED[:4], ("赢", "v"), *TAGGED[5:]], id="no comma"),
        pytest.param([TAGGED[0], TAGGED[1], *TAGGED[4:]], id="first predicate too short"),
        pytest.param(TAGGED[:7], id="second predicate too short"),
        pytest.param([*TAGGED[:5], ("德国队", "nt"), *TAGGED[5:]], id="another subject"),
        pytest.param(TAGGED[:1], id="nothing but a subject"),
    ],
)
def test_restore_leaves_other_sentences(tagged: list[tuple[str, str]]) -> None:
    assert restore("".join(word for word, _ in tagged) + "。", tagged) is None


def test_restored_sentences_are_held_against_what_they_were() -> None:
    other = Restored("法国队赢得了冠军和奖，击败了德国队。", "法国队", "赢得了冠军", "击败了德国队", is_pronoun=False)
    pronoun = Restored("他赢得了冠军，在决赛中击败了对手。", "他", "赢得了冠军", "在决赛中击败了对手", is_pronoun=True)
    found, reasons = restored_sentences([PAIR, other, pronoun], FakeGrammar())
    assert cells(found) == [
        ("any", 3, 2, pytest.approx(200 / 3), 1, 50),
        ("no bare pronoun", 2, 2, 100, 1, 50),
    ]
    assert cells(reasons) == [("subject: pronoun", 1)]


@pytest.mark.parametrize(
    ("subject", "first", "second", "expected"),
    [
        pytest.param("法国队", "赢得！了冠军", "击败了德国队", "not cut into two sentences", id="cut"),
        pytest.param("法国队", "如果赢得冠军", "击败了德国队", "sentence: condition", id="sentence"),
        pytest.param("它", "赢得了冠军", "击败了德国队", "subject: pronoun", id="subject"),
        pytest.param("法国队", "没有赢得冠军", "击败了德国队", "pair: negation", id="pair"),
        pytest.param("法国队", "赢得了冠军", "击败了德国队", "no sure end of the subject", id="none of these"),
    ],
)
def test_refusal_says_why(subject: str, first: str, second: str, expected: str) -> None:
    assert refusal(Restored("", subject, first, second, is_pronoun=False)) == expected


def test_plain_sentences_are_held_out_ones_with_a_comma(tmp_path: Path) -> None:
    lines = [f"第{number}支球队赢得了这一年的冠军，击败了对手。没有逗号的句子不在其中。" for number in range(200)]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    held_out = {line.partition("。")[0] + "。" for line in lines if zlib.crc32(line.encode()) % 20 == 0}
    found = plain_sentences([tmp_path / "a.txt"])
    assert set(found) == held_out
    assert 0 < len(found) < 30
    assert found == plain_sentences([tmp_path / "a.txt"])


def test_tagger_tells_classes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fusion, "cache_folder", lambda: tmp_path / "cache")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert load_tagger()("法国队赢得冠军") == [("法国队", "nt"), ("赢得", "v"), ("冠军", "n")]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("abc", "abc", True, id="equal"),
        pytest.param("abc", "abx", True, id="another"),
        pytest.param("abc", "ac", True, id="one less"),
        pytest.param("abc", "abxc", True, id="one more"),
        pytest.param("a", "", True, id="nothing left"),
        pytest.param("abc", "acb", False, id="order"),
        pytest.param("abc", "abcde", False, id="two more"),
        pytest.param("abc", "xbd", False, id="two others"),
    ],
)
def test_is_within_one(left: str, right: str, expected: bool) -> None:
    assert is_within_one(left, right) is expected
    assert is_within_one(right, left) is expected


def test_can_be_joined_by_a_comma_or_and() -> None:
    first, second = ["Anna", "won", "."], ["She", "beat", "Carla", "."]
    assert can_be_joined(first, second, ["Anna", "won", ",", "and", "beat", "Carla", "."])
    assert not can_be_joined(first, second, ["Anna", "won", "by", "beating", "a", "girl", "."])


def test_split_sentences_are_held_against_the_one_that_said_both() -> None:
    rows = [
        {"sources": ["Anna won the cup.", "Anna beat Carla in the final."], "target": target}
        for target in ("Anna won the cup and beat Carla in the final.", "Anna won the cup and beat Carla in a final.")
    ]
    other = {"sources": ["It rained.", "He left."], "target": "It rained and he left."}
    (table,) = split_sentences([*rows, other, {"sources": ["One."], "target": "One."}], FakeGrammar())
    # The ceiling: these stops are no words of their own, so that a joiner is close to "it rained. and left." alone.
    assert cells(table) == [(3, 2, pytest.approx(200 / 3), 1, 2, 100, pytest.approx(100 / 3))]


def test_token_f1_counts_a_word_as_often_as_it_occurs() -> None:
    assert token_f1(["a", "a", "b"], ["a", "c"]) == pytest.approx(100 * 2 / 5)
    assert token_f1([], ["a"]) == token_f1(["b"], ["a"]) == 0


def test_best_form_weighs_likelihood_and_length() -> None:
    pair = Shortened("abcdef", "ab", "en", (Form("ab", -1.0), Form("abcd", -1.5)), (Form("abc", -1.2),))
    assert [pair.best(has_rules=False, bonus=bonus) for bonus in (0.0, 0.2, 0.3)] == ["ab", "ab", "abcd"]
    assert pair.best(has_rules=True, bonus=0.0) == "abc"
    assert Shortened("a", "a", "en", (), ()).best(has_rules=True, bonus=0.0) == ""


def test_google_chooses_the_bonus_on_the_first_half() -> None:
    long = Form("the river rose", -3.0)
    short = Form("the river", -1.0)
    pairs = [Shortened("the big river rose", "The river rose.", "en", (long, short), (short,))] * 4
    (table,) = google(pairs)
    free, ruled, own, whole = cells(table)
    # 5 letters more are worth 0.1 each at most: the long form, though it is right, is never chosen.
    assert free[2:] == ruled[2:] == own[2:] == (pytest.approx(80), "0.67")
    assert whole == ("the whole sentence", None, pytest.approx(600 / 7), "1.33")
    assert own[1] == f"{BONUS['en']:g}"
    likely = [Shortened(pair.text, pair.target, "en", (Form("the river rose", -1.2), short), ()) for pair in pairs]
    assert cells(google(likely)[0])[0] == ("without rules", "0.05", 100, "1.00")
    assert cells(google(likely)[0])[1][2:] == (0, "0.00")


def test_news_is_held_against_the_headline() -> None:
    pair = Shortened("河水今天上涨", "河水上涨", "zh", (Form("河水上涨", -1.0),), ())
    (table,) = news([pair])
    # 河水今天 and 河水上涨: 2 of 4 and 4
    assert cells(table) == [("cut off", 50, 4, 0), ("without rules", 100, 4, 0), ("with rules", 0, 0, 1)]


def held_out_id(wanted: bool) -> str:
    return next(name for name in map(str, range(100)) if (zlib.crc32(name.encode()) % 10 == 0) is wanted)


def test_training_leaves_out_what_is_measured(tmp_path: Path) -> None:
    source, target = "The big river rose at night in the city today.", "The river rose in the city."
    rows = [{"id": held_out_id(wanted), "sources": [source], "target": target} for wanted in (True, False)]
    model = random_model(1)
    maker = EditMaker(model.grammar, model.idf)
    path = write(tmp_path / f"{HELD_OUT_OF}.jsonl.gz", *rows)
    assert [is_held_out(row, HELD_OUT_OF) for row in rows] == [True, False]
    assert [row["id"] for row in read_rows(path, None, lambda row: is_held_out(row, HELD_OUT_OF))] == [rows[0]["id"]]
    assert len(make_edits(path, maker, are_pairs=True)) == 1
    assert len(make_edits(write(tmp_path / "other.jsonl", *rows), maker, are_pairs=True)) == 2


def test_shortened_forms_keep_to_the_length() -> None:
    row = {"sources": ["The big river rose at night in the city."], "target": "The river rose."}
    found = shortened(row, "en", random_model(2), 20)
    assert found.text == "The big river rose at night in the city"
    for forms in (found.free, found.ruled):
        assert len({len(form.text) for form in forms}) == len(forms)
        assert all(len(form.text) <= 20 and form.log_p < 0 for form in forms)
    assert len(found.free) > len(found.ruled)
    assert "" not in {form.text for form in found.free}


CHINESE = "河水在夜里上涨了3米。城市没有停电，我们今天都在家里。今天下雨，河水淹了旧桥。"
ENGLISH = "The river rose at night. The city slept well, and a flood came today. We saw the river and the city."


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora"
    for name in ("dtels", "xwlb", "lctt", "bedtimenews"):
        write(folder / f"zh/dev/{name}.jsonl.gz", *[{"text": CHINESE, "summary": "河水上涨", "lang": "zh"}] * 3)
    for name in ("cnndm", "scitldr"):
        write(folder / f"en/dev/{name}.jsonl.gz", *[{"text": ENGLISH, "summary": "The river rose", "lang": "en"}] * 3)
    write(folder / "zh/pairs/compress_news.dev.jsonl.gz", {"sources": [CHINESE[:11]], "target": "河水上涨3米"})
    google_row = {"id": held_out_id(True), "sources": [ENGLISH[:24]], "target": "The river rose."}
    write(folder / f"en/pairs/{HELD_OUT_OF}.jsonl.gz", *[google_row] * 2)
    split = {"sources": ["Anna won .", "She beat Carla ."], "target": "Anna won , and beat Carla ."}
    write(folder / "en/pairs/wikisplit.dev.jsonl.gz", split)
    lines = (f"{WORLD_CUP[:-1]}{number}次。" for number in range(1000))
    line = next(line for line in lines if zlib.crc32(line.encode()) % 20 == 0)
    (folder / "zh/plain").mkdir()
    (folder / "zh/plain/a.txt").write_text(line, encoding="utf-8")
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    save_model(random_model(3), tmp_path / "model")
    return tmp_path / "model"


def test_command_measures_every_part(corpora: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "load_tagger", lambda: lambda text: [*TAGGED, (text[-2:], "m")])
    result = CliRunner().invoke(main, [str(corpora), "--model", str(model), "--limit", "2", "--json"])
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    assert (record["part"], record["limit"]) == ("dev", 2)
    tables = {table["title"]: table["rows"] for table in record["tables"]}
    assert len(tables) == len(PARTS) + 2  # two of fusion, and two of restored sentences
    assert tables["Chinese sentences cut at a comma, with their subject put back"][0]["pairs"] == 1
    (split,) = tables["English sentences that were split"]
    assert (split["pairs"], split["ceiling, % of pairs"]) == (1, 100)
    budgets = tables["Texts in so many characters or words"]
    assert len(budgets) == 2 * 11
    for row in budgets:
        assert row["texts"] == 2
        assert row["length"] <= int(row["at most"].split()[0])
        assert not math.isnan(row["ROUGE-L"])
    assert {row["corpus"] for row in tables["Texts in N sentences, with fusion and without"]} == {
        "dev/dtels",
        "dev/bedtimenews",
        "dev/cnndm",
    }


def test_command_measures_one_part_as_markdown(corpora: Path, model: Path) -> None:
    result = CliRunner().invoke(main, [str(corpora), "--model", str(model), "--part", "wikisplit"])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("### English sentences that were split\n\n| pairs | attempted |")
    assert result.stdout.count("###") == 1


def test_command_prints_samples(corpora: Path, model: Path) -> None:
    result = CliRunner().invoke(main, [str(corpora), "--model", str(model), "--samples", "9"])
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert [line for line in lines if line.startswith("#")][:2] == [
        "### 1. dev/dtels, 30 characters",
        "### 2. dev/xwlb, 40 characters",
    ]
    assert sum(line.startswith("#") for line in lines) == 9
    assert all(line[2:] in CHINESE + ENGLISH for line in lines if line.startswith("> "))


def test_samples_say_where_nothing_fits(corpora: Path) -> None:
    sets = [(corpora / "zh/dev/dtels.jsonl.gz", Budget(chars=1))]
    assert list(samples(sets, NetworkScorer(random_model(3)), 1)) == [
        "### 1. dev/dtels, 1 characters\n",
        "nothing fits\n",
    ]


def test_command_names_a_missing_corpus(corpora: Path, model: Path) -> None:
    (corpora / "en/pairs/wikisplit.dev.jsonl.gz").unlink()
    result = CliRunner().invoke(main, [str(corpora), "--model", str(model), "--part", "wikisplit"])
    assert result.exit_code == 1
    assert "wikisplit.dev.jsonl.gz: No such file" in result.stderr
    with pytest.raises(InputError):
        read_rows(corpora / "nowhere.jsonl")
