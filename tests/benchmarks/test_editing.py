import gzip
import json
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from click.testing import CliRunner, Result
from fakes import FakeGrammar, FakeScorer
from models import document_of, random_model

from benchmarks.editing import __main__ as command
from benchmarks.editing import fusion, times
from benchmarks.editing.__main__ import PARTS, load_scorer, main
from benchmarks.editing.counts import agreement_table, call_table, cause_table, first_readings, share, verdict_table
from benchmarks.editing.curve import Point, curve_table, draw_curve, find_curve
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
from benchmarks.editing.items import (
    ALL_LIMITS,
    FUSED,
    SHORTENED,
    Call,
    Item,
    Text,
    choose_items,
    collect,
    least_named,
    read_texts,
    summarize_at_limits,
    unknown_words,
)
from benchmarks.editing.sheets import (
    BRIEF,
    VERDICTS,
    Key,
    NumberedItem,
    Verdict,
    number_items,
    read_key,
    read_verdicts,
    to_key,
    to_reader,
)
from benchmarks.editing.tables import Table, percent, read_rows
from benchmarks.editing.times import time_table, time_texts
from benchmarks.pairs.counts import wilson
from summarize.config import SelectionConfig
from summarize.decide.budget import Budget
from summarize.decide.fusion import AND
from summarize.document import ATTENTION_KINDS, Document, Draft, Piece
from summarize.errors import BudgetError, InputError
from summarize.network.storage import save_model
from summarize.summary import Summary
from summarize.text.segmentation import find_sentences

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
    one, other = fusion_cases(tmp_path, FakeScorer())
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
    found, reasons = restored_sentences([PAIR, other, pronoun], FakeScorer())
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
    (table,) = split_sentences([*rows, other, {"sources": ["One."], "target": "One."}], FakeScorer())
    # The ceiling: these stops are no words of their own, so that a joiner is close to "it rained. and left." alone.
    assert cells(table) == [(3, 2, pytest.approx(200 / 3), 1, 2, 100, pytest.approx(100 / 3))]


# Whole texts, and what becomes of their sentences


def item_of(number: int, limit: str = "30 characters", **changes: object) -> Item:
    language = ALL_LIMITS[limit]
    item = Item(
        f"source {number}", f"target {number} of {limit}", language, "news", limit, SHORTENED, ("ending",), 0.9, 0.01
    )
    return replace(item, **changes)  # type: ignore[arg-type]


class Judge:
    """Takes fusions and the forms that end where the sentence does not for good; is not asked for weights by chance."""

    max_target_sentences = 5

    closed: ClassVar[dict[int, str]] = {}
    query = None

    def __init__(self, document: Document) -> None:
        self.num_sentences = len(document.sentences)

    def weigh(self, kind):
        return np.full(self.num_sentences, 1 / self.num_sentences)

    def similarity(self, index, first=0, end=None):
        return np.eye(self.num_sentences)[index, first:end]

    def may_be_predicate(self, word):
        return False

    def judge(self, words, before, forms, *, has_stop, least_good=0.0):
        is_good = [[cut.kind for cut in form.cuts] in (["ending"], ["subject"]) for form in forms]
        return np.array([[0.95, 0.045, 0.005] if good else [0.1, 0.8, 0.1] for good in is_good])

    def judge_all(self, asked, *, least_good=0.0):
        return [self.judge(*one[:3], has_stop=one.has_stop) for one in asked]


class JudgingScorer:
    """Weighs all sentences alike."""

    default_attention = "tree"
    grammar = FakeGrammar()

    def selection(self, kind):
        return SelectionConfig()

    def read(self, document, target_sentences):
        return Judge(document)


def text_of(text: str, language: str = "zh") -> Text:
    return Text("name", "news", Document(text, find_sentences(text), language))  # type: ignore[arg-type]


LONG = "河水在夜里上涨了三米，城市的东边已经没有电，学校和医院今天都关了门，修好电线的工人要忙到明天晚上。"


def test_summarizing_at_limits_keeps_what_was_shortened() -> None:
    calls, items = summarize_at_limits(text_of(LONG), JudgingScorer())  # type: ignore[arg-type]
    assert [(call.limit, call.least, call.num_shortened, call.unknown) for call in calls] == [
        ("30 characters", None, 1, ()),
        ("60 characters", None, 0, ()),
    ]
    short = "河水在夜里上涨了三米，城市的东边已经没有电。"
    assert items == [Item(LONG, short, "zh", "news", "30 characters", SHORTENED, ("ending",), 0.95, 0.005)]
    assert [call.used for call in calls] == [len(short) / 30, len(LONG) / 60]
    assert all(not call.violations for call in calls)


def test_summarizing_at_limits_keeps_what_was_fused() -> None:
    fused = "法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。"
    calls, items = summarize_at_limits(text_of(fused), JudgingScorer())  # type: ignore[arg-type]
    assert {(item.source, item.target, item.made, item.good) for item in items} == {(fused, WORLD_CUP, FUSED, 0.95)}
    assert [call.num_fused for call in calls] == [1, 1]


def test_summarizing_at_limits_says_what_length_is_needed() -> None:
    text = "城市" * 20 + "。"
    calls, items = summarize_at_limits(text_of(text), JudgingScorer())  # type: ignore[arg-type]
    assert [(call.used, call.least, call.holds) for call in calls] == [(None, 41, True), (41 / 60, None, None)]
    assert not items


def test_the_name_of_a_speaker_stands_on_both_sides_or_on_none() -> None:
    said = f"王芳：我今天说，{LONG}"
    (item, *_) = summarize_at_limits(text_of(f"{said}\n李明：好的，都知道了。"), JudgingScorer())[1]  # type: ignore[arg-type]
    assert item.source.startswith("王芳：") == item.target.startswith("王芳：")


def test_least_named_is_the_last_number() -> None:
    assert least_named(BudgetError("no sentence fits into 15 words; the shortest needs 23")) == 23
    assert least_named(BudgetError("nothing fits")) is None


def test_unknown_words_are_those_that_the_text_does_not_have() -> None:
    document = document_of("The river rose.", "河水上涨。")

    def unknown(*pieces: Piece) -> tuple[str, ...]:
        return unknown_words(Summary(document, "tree", (0.5, 0.5), (0,), pieces, (Draft((0,), pieces),)))

    assert unknown(Piece("The rose", 0, 8), Piece("，"), Piece("上涨")) == ()
    assert unknown(Piece("Theriver"), Piece("河水下涨")) == ("theriver", "下")
    assert unknown(Piece("river "), AND, Piece(" rose")) == ()
    assert unknown(Piece("river and rose", 0, 14)) == ("and",)


def test_texts_come_of_every_kind_in_turns(tmp_path: Path) -> None:
    for name, source in (("dtels", "dtels"), ("marked", "chat"), ("marked_own", "chat")):
        rows = [
            {"text": f"{name}第{number}天下雨。", "summary": "雨", "lang": "zh", "source": source} for number in (1, 2)
        ]
        write(tmp_path / f"zh/dev/{name}.jsonl.gz", *rows)
    write(tmp_path / "zh/dev/other.jsonl.gz", {"text": "不在其中。", "summary": "无"})
    write(tmp_path / "en/dev/bbc.jsonl.gz", {"text": "It rained.", "summary": "rain", "lang": "en", "source": "bbc"})
    found = list(read_texts(tmp_path, 9, 1))
    assert [text.kind for text in found] == ["dtels", "chat", "bbc", "dtels", "chat", "chat", "chat"]
    assert len({text.document.text for text in found}) == 7
    assert [text.name for text in found] == [text.name for text in read_texts(tmp_path, 9, 1)]
    assert len(list(read_texts(tmp_path, 1, 1))) == 3
    with pytest.raises(InputError, match="none of the dev sets"):
        list(read_texts(tmp_path / "zh", 9, 1))


def test_collecting_stops_when_there_are_enough_of_each_limit() -> None:
    numbers = count()

    def results() -> Iterator[tuple[list[Call], list[Item]]]:
        for number in islice(numbers, 9):
            call = Call(str(number), "news", "zh", "30 characters")
            yield [call], [item_of(number, limit) for limit in ALL_LIMITS]
            yield [call], [item_of(number)]

    calls, items = collect(results(), 8)
    assert len(calls) == 3
    assert len(items) == 8
    alike = [item_of(1, limit, target="target") for limit in ("30 characters", "60 characters")]
    assert collect(iter([(calls[:1], alike)]), 8) == (calls[:1], alike[1:])


def test_items_are_chosen_of_each_limit_alike() -> None:
    items = [item_of(number, limit) for number in range(10) for limit in ("30 characters", "60 characters", "15 words")]
    chosen = choose_items(items, 9, 1)
    assert sorted(item.limit for item in chosen) == ["15 words"] * 3 + ["30 characters"] * 3 + ["60 characters"] * 3
    assert choose_items(items, 9, 1) == chosen
    assert choose_items(items, 9, 2) != chosen
    few = [*items[:3], *(item_of(number) for number in range(20, 30))]
    assert len(choose_items(few, 9, 1)) == 9
    assert len(choose_items(few, 99, 1)) == len(few)


# What readers get and give back

ITEMS = [item_of(number) for number in range(30)]


def test_items_are_dealt_to_readers_and_some_to_two() -> None:
    asked = number_items(ITEMS, 10, 2, 1)
    assert [each.number for each in asked] == list(range(1, 41))
    assert [sum(each.reader == reader for each in asked) for reader in (1, 2)] == [20, 20]
    assert {each.item for each in asked} == set(ITEMS)
    by_number = {each.number: each for each in asked}
    twice = [each for each in asked if each.again is not None]
    assert len(twice) == 10
    for each in twice:
        first = by_number[each.again or 0]
        assert (first.item, first.again) == (each.item, None)
        assert first.reader != each.reader
    assert number_items(ITEMS, 10, 2, 1) == asked
    assert number_items(ITEMS, 10, 2, 2) != asked


def test_one_reader_gets_an_item_twice() -> None:
    asked = number_items(ITEMS[:3], 99, 1, 1)
    assert sorted(each.item.source for each in asked) == sorted(item.source for item in ITEMS[:3] * 2)


def test_a_reader_sees_sentences_and_not_how_they_were_made() -> None:
    shown = to_reader([NumberedItem(7, 1, item_of(1, source="a\nb", target="a  ."))])
    assert shown == f"{BRIEF}\n\n7\nFROM: a b\nTO: a .\n"
    for word in (SHORTENED, "ending", "news", "characters", "0.9"):
        assert word not in shown.removeprefix(BRIEF)
    assert all(f"{verdict}: " in BRIEF for verdict in VERDICTS)


def test_a_key_is_read_as_it_was_written(tmp_path: Path) -> None:
    calls = [Call("a", "news", "zh", "30 characters", 0.5, None, None, 1, 0, ("x",), {"marks": 1})]
    key = Key({"model": "m"}, calls, number_items(ITEMS, 3, 2, 1))
    (tmp_path / "key.json").write_text(to_key(key), encoding="utf-8")
    assert read_key(tmp_path / "key.json") == key
    (tmp_path / "key.json").write_text('{"about": {}, "calls": [{}], "asked": []}', encoding="utf-8")
    with pytest.raises(InputError, match="not a key"):
        read_key(tmp_path / "key.json")


ASKED = [NumberedItem(1, 1, item_of(1)), NumberedItem(2, 1, item_of(2)), NumberedItem(3, 2, item_of(1), again=1)]


def test_verdicts_of_several_readers_are_read(tmp_path: Path) -> None:
    one = write(tmp_path / "1.jsonl", {"i": 1, "v": "good", "c": ""}, {"i": 2, "v": "false", "c": "scope"})
    two = write(tmp_path / "2.jsonl", {"i": 3, "v": "thin", "c": None})
    found = read_verdicts([one, two], ASKED)
    assert found == {1: Verdict("good"), 2: Verdict("false", "scope"), 3: Verdict("thin")}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param('{"i": 1, "v": "fine"}', "item 1 is 'fine', which is none of good, thin", id="no verdict"),
        pytest.param('{"i": 9, "v": "good"}', "there is no item 9", id="no item"),
        pytest.param('{"i": 1, "v": "good"}\n{"i": 1, "v": "thin"}', "item 1 was judged before", id="twice"),
        pytest.param('{"v": "good"}', "not verdicts", id="no number"),
        pytest.param("{", "not verdicts", id="no JSON"),
        pytest.param("[1]", "not verdicts", id="no object"),
    ],
)
def test_verdicts_that_are_none_are_named(tmp_path: Path, rows: str, message: str) -> None:
    (tmp_path / "a.jsonl").write_text(rows, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_verdicts([tmp_path / "a.jsonl"], ASKED)


# Counting


def judged_of(*verdicts: str, **changes: object) -> list[tuple[NumberedItem, Verdict]]:
    return [
        (NumberedItem(number, 1, item_of(number, **changes)), Verdict(verdict, "" if verdict == "good" else "scope"))  # type: ignore[arg-type]
        for number, verdict in enumerate(verdicts, start=1)
    ]


def test_share_has_an_interval() -> None:
    low, high = wilson(8, 10)
    assert share(8, 10) == f"80.0 [{100 * low:.1f}, {100 * high:.1f}]"
    assert share(0, 0) == "-"


def test_verdicts_are_counted_by_language_limit_and_kind() -> None:
    judged = [
        *judged_of("good", "good", "broken"),
        *judged_of("false", limit="15 words", made=FUSED),
    ]
    rows = {str(row[0]): row[1:] for row in verdict_table(judged).rows}
    assert rows["all"] == (4, share(2, 4), share(0, 4), share(0, 4), share(1, 4), share(1, 4))
    assert rows["zh"] == rows["30 characters"] == rows["shortened"]
    assert rows["zh"] == (3, share(2, 3), share(0, 3), share(0, 3), share(1, 3), share(0, 3))
    assert rows["en"] == rows["15 words"] == rows["fused"] == (1, *[share(0, 1)] * 4, share(1, 1))
    assert rows["60 characters"] == (0, "-", "-", "-", "-", "-")


def test_causes_are_counted() -> None:
    judged = [*judged_of("good", "broken", "false"), (ASKED[0], Verdict("thin"))]
    assert cells(cause_table(judged)) == [("scope", 2, 0, 0, 1, 1), ("not said", 1, 1, 0, 0, 0)]


def test_items_count_once_and_agreement_is_of_those_read_twice() -> None:
    asked = [NumberedItem(number, 1, item_of(number)) for number in range(1, 6)]
    asked += [NumberedItem(number + 10, 2, item_of(number), again=number) for number in range(1, 5)]
    said = {
        1: "good",
        2: "good",
        3: "broken",
        4: "broken",
        5: "thin",
        11: "good",
        12: "thin",
        13: "broken",
        14: "false",
    }
    verdicts = {number: Verdict(verdict) for number, verdict in said.items()}
    key = Key({}, [], asked)
    assert [each.number for each, _ in first_readings(key, verdicts)] == [1, 2, 3, 4, 5]
    assert [each.number for each, _ in first_readings(key, {2: Verdict("good"), 11: Verdict("good")})] == [2]
    # The same verdict on 1 and 3. Good or not on 1, 3 and 4: 3 of 4, by chance 2/4 1/4 + 2/4 3/4 = 1/2.
    assert cells(agreement_table(key, verdicts)) == [(4, share(2, 4), share(3, 4), "0.50")]
    assert cells(agreement_table(key, {})) == [(0, "-", "-", "-")]


def test_calls_are_counted_by_limit() -> None:
    calls = [
        Call("a", "news", "zh", "30 characters", used=0.5, num_shortened=1),
        Call("b", "chat", "zh", "30 characters", used=0.7, num_fused=2, unknown=("x",), violations={"marks": 2}),
        Call("c", "chat", "zh", "30 characters", least=40, holds=True),
        Call("d", "chat", "zh", "30 characters", least=50, holds=False),
        Call("e", "mail", "en", "15 words", used=1.0),
    ]
    table = call_table(calls)
    one, other = cells(table)
    assert one[:6] == ("zh, 30 characters", 4, 2, share(2, 4), "45 (40 to 50)", "1 of 2")
    assert str(one[6]).startswith("60.0 [")
    assert one[7:] == (1, 2, 50, 1, 2)
    assert other == ("en, 15 words", 1, 1, share(1, 1), "-", "0 of 0", "100.0 [nan, nan]", 0, 0, 0, 0, 0)
    assert table.note.endswith("Rules that are broken: marks. Words not in the source: x.")
    (none,) = cells(call_table(calls[2:3]))
    assert none[6] == "-"


# Precision against coverage


def judged_with(*good_and_verdict: tuple[float | None, str]) -> list[tuple[NumberedItem, Verdict]]:
    return [
        (
            NumberedItem(number, 1, item_of(number, good=good, false=None if good is None else 0.1 - good / 10)),
            Verdict(verdict),
        )
        for number, (good, verdict) in enumerate(good_and_verdict, start=1)
    ]


def test_curve_by_hand() -> None:
    judged = judged_with((0.9, "good"), (0.6, "broken"), (0.8, "false"), (0.7, "good"), (None, "good"))
    assert find_curve(judged, num_points=4) == [
        Point(0.6, 4, 2, 1, 1.0),
        Point(0.7, 3, 2, 1, 0.75),
        Point(0.8, 2, 1, 1, 0.5),
        Point(0.9, 1, 1, 0, 0.25),
    ]
    assert find_curve(judged, num_points=2) == [Point(0.6, 4, 2, 1, 1.0), Point(0.8, 2, 1, 1, 0.5)]
    assert find_curve(judged, most_false=0.035, num_points=4)[0] == Point(0.7, 3, 2, 1, 1.0)
    assert find_curve(judged)[1].precision == pytest.approx(2 / 3)


def test_curve_takes_sentences_that_are_just_as_good_together() -> None:
    judged = judged_with((0.9, "good"), (0.9, "broken"), (0.9, "good"))
    assert find_curve(judged, num_points=3) == [Point(0.9, 3, 2, 0, 1.0)]


def test_curve_leaves_fused_sentences_out() -> None:
    fused = NumberedItem(2, 1, item_of(2, made=FUSED)), Verdict("broken")
    assert find_curve([*judged_with((0.9, "good")), fused], num_points=1) == [Point(0.9, 1, 1, 0, 1.0)]


def test_curve_of_nothing_is_empty(tmp_path: Path) -> None:
    assert find_curve(judged_with((None, "good"))) == []
    assert cells(curve_table([])) == []


def test_curve_is_a_table_and_a_drawing(tmp_path: Path) -> None:
    points = find_curve(judged_with((0.9, "good"), (0.6, "false")), num_points=2)
    assert cells(curve_table(points)) == [
        ("0.600", 100, 2, share(1, 2), share(1, 2)),
        ("0.900", 50, 1, share(1, 1), share(0, 1)),
    ]
    draw_curve(tmp_path / "a.svg", points)
    draw_curve(tmp_path / "b.svg", points)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert "precision" in (tmp_path / "a.svg").read_text(encoding="utf-8")


# CPU time


def test_times_are_medians_of_calls_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[tuple[str, bool]] = []
    seconds = iter([9.0] * 4 + [0.01, 0.04, 0.02, 0.02, 0.03, 0.06, 0.05, 0.04, 0.02, 0.05, 0.03, 0.03])

    def cpu_seconds(text, language, scorer, budget):
        called.append((text, not budget.is_open))
        return next(seconds)

    monkeypatch.setattr(times, "cpu_seconds", cpu_seconds)
    found = time_texts(["a", "b"], "zh", JudgingScorer(), Budget(chars=30), 3)  # type: ignore[arg-type]
    assert called[:4] == [("a", False), ("b", True), ("a", True), ("b", False)]
    assert called.count(("a", True)) == called.count(("b", False)) == 4
    # a without: 10, 30, 20; with: 20, 50, 30. b without: 20, 40, 30; with: 40, 60, 50.
    assert found == [(0.02, 0.03), (0.03, 0.05)]


def test_times_are_told_by_limit() -> None:
    texts = [("zh", LONG), ("zh", "城市" * 40 + "。"), ("en", "It rained.")]
    rows = cells(time_table(texts, JudgingScorer(), 1))  # type: ignore[arg-type]
    assert [row[:2] for row in rows] == [("zh, 30 characters", 2), ("zh, 60 characters", 2)]  # one text is too few
    assert all(float(str(row[4])) > 0 for row in rows)


# The command

CHINESE = "河水在夜里上涨了3米，城市的东边下着雨，我们今天都在家里，又有人看见河水，它今天已经淹了旧桥。"
ENGLISH = "The river rose at night. The city slept well, and a flood came today. We saw the river and the city."


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora"
    for name in ("dtels", "bedtimenews"):
        rows = [
            {"text": CHINESE + "又" * number, "summary": "河水上涨", "lang": "zh", "source": name} for number in (1, 2)
        ]
        write(folder / f"zh/dev/{name}.jsonl.gz", *rows)
    for name in ("cnndm", "bbc"):
        write(folder / f"en/dev/{name}.jsonl.gz", {"text": ENGLISH, "summary": "The river rose", "source": name})
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


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_command_makes_items_and_counts_verdicts(corpora: Path, model: Path, tmp_path: Path) -> None:
    # A judge drawn by chance is sure of nothing: take whatever it says.
    options = ["--corpora", corpora, "--model", model, "--least-good", "0.01", "--most-false", "1", "--limit", "6"]
    made = run("make", *options, "--out", tmp_path / "new/items.txt", "--twice", "2")
    assert made.exit_code == 0, made.output
    assert made.stdout.startswith("### What became of the calls\n\n| limit | texts |")
    key = read_key(tmp_path / "new/items.key.json")
    assert key.about == {"model": str(model), "seed": 1, "least_good": 0.01, "most_false": 1.0}
    num_items = sum(each.again is None for each in key.asked)
    assert 0 < num_items <= 6
    assert f"{num_items} items (" in made.stdout
    for reader in (1, 2):
        own = [each for each in key.asked if each.reader == reader]
        path = tmp_path / f"new/items.{reader}.txt"
        assert path.read_text(encoding="utf-8") == to_reader(own)
        assert f"{path}: {len(own)} items" in made.stdout
        write(tmp_path / f"{reader}.jsonl", *({"i": each.number, "v": "good"} for each in own))
    verdicts = [tmp_path / "1.jsonl", tmp_path / "2.jsonl"]
    counted = run("count", tmp_path / "new/items.key.json", *verdicts, "--plot", tmp_path / "curve.svg")
    assert (counted.exit_code, counted.stderr) == (0, "")
    assert f"| all | {num_items} | {share(num_items, num_items)} |" in counted.stdout
    assert (tmp_path / "curve.svg").exists()
    as_json = run("count", tmp_path / "new/items.key.json", verdicts[0], "--json")
    assert [table["title"] for table in json.loads(as_json.stdout)["tables"]] == [
        "What readers said",
        "Why not",
        "How far readers agree",
        "What became of the calls",
        "Shortened sentences by how sure the judge was",
    ]
    assert as_json.stderr.startswith("without a verdict: ")


def test_command_says_that_nothing_was_shortened(corpora: Path, model: Path, tmp_path: Path) -> None:
    options = ["--corpora", corpora, "--model", model, "--least-good", "1", "--out", tmp_path / "items.txt"]
    result = run("make", *options)
    assert result.exit_code == 1
    assert "no sentence was shortened or fused in 10 calls" in result.stderr


def test_scorer_is_as_sure_as_it_is_told(model: Path) -> None:
    plain, told = load_scorer(model), load_scorer(model, least_good=0.25)
    for kind in ATTENTION_KINDS:
        assert plain.selection(kind) == SelectionConfig()
        found = told.selection(kind)
        assert (found.least_good, round(found.least_good_end, 9)) == (0.25, 0.28)  # as much surer as by default
        assert replace(found, least_good=0.9, least_good_end=0.93) == SelectionConfig()


def test_command_measures_every_part_of_fusion(corpora: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "load_tagger", lambda: lambda text: [*TAGGED, (text[-2:], "m")])
    result = run("fusion", "--corpora", corpora, "--model", model, "--limit", "2", "--json")
    assert result.exit_code == 0, result.output
    record = json.loads(result.stdout)
    assert record["limit"] == 2
    tables = {table["title"]: table["rows"] for table in record["tables"]}
    assert len(tables) == len(PARTS) + 2  # two of the cases, and two of restored sentences
    assert tables["Chinese sentences cut at a comma, with their subject put back"][0]["pairs"] == 1
    (split,) = tables["English sentences that were split"]
    assert (split["pairs"], split["ceiling, % of pairs"]) == (1, 100)
    whole = tables["Texts in N sentences, with fusion and without"]
    assert [row["corpus"] for row in whole] == ["dev/dtels", "dev/bedtimenews", "dev/cnndm"]
    assert [row["violations"] for row in whole] == [0, 0, 0]


def test_command_measures_one_part_as_markdown(corpora: Path, model: Path) -> None:
    result = run("fusion", "--corpora", corpora, "--model", model, "--part", "wikisplit")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("### English sentences that were split\n\n| pairs | attempted |")
    assert result.stdout.count("###") == 1


def test_command_measures_time(corpora: Path, model: Path) -> None:
    result = run("time", "--corpora", corpora, "--model", model, "--texts", "2", "--turns", "1")
    assert result.exit_code == 0, result.output
    assert "| zh, 30 characters | 2 |" in result.stdout


def test_command_names_a_missing_corpus(corpora: Path, model: Path) -> None:
    (corpora / "en/pairs/wikisplit.dev.jsonl.gz").unlink()
    result = run("fusion", "--corpora", corpora, "--model", model, "--part", "wikisplit")
    assert result.exit_code == 1
    assert "wikisplit.dev.jsonl.gz: No such file" in result.stderr
    with pytest.raises(InputError):
        read_rows(corpora / "nowhere.jsonl")
