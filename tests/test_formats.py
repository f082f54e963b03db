import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from chooser import choose_again
from fakes import FakeScorer
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from strategies import articles

from summarize.document import (
    ATTENTION_KINDS,
    CUT_KINDS,
    Document,
    Draft,
    Location,
    LocationKind,
    Piece,
    Sentence,
    Source,
)
from summarize.errors import InputError, SummarizeError
from summarize.explanation import Outcome
from summarize.formats.json_lines import add_id, to_error_line, to_json_line
from summarize.formats.plain import heading, to_text
from summarize.formats.view import View
from summarize.pipeline import default_scorer, summarize_text
from summarize.summary import QueryMatch, Summary
from summarize.together import summarize_together

DATA = Path(__file__).parents[1] / "data"
TEXT = "雨停了。\n天晴了。"
SUMMARY = Summary(
    document=Document(TEXT, (Sentence(0, 4, 0), Sentence(5, 9, 1)), "zh"),
    attention="tree",
    weights=(1 / 3, 2 / 3),
    selected=(1, 0),
    pieces=(Piece("天晴了。", 5, 9), Piece(" "), Piece("雨停了。", 0, 4)),
    drafts=(Draft((1,), (Piece("天晴了。", 5, 9),)), Draft((0,), (Piece("雨停了。", 0, 4),))),
)


def test_text_is_the_summary_and_a_line_break():
    assert to_text(SUMMARY) == "天晴了。 雨停了。\n"


def test_heading_is_that_of_head():
    assert heading("a.txt") == "==> a.txt <==\n"


def test_json_has_the_keys_of_the_contract_in_their_order():
    record = json.loads(to_json_line(SUMMARY, View(path="雨.txt")))
    assert list(record.items()) == [
        ("path", "雨.txt"),
        ("name", None),
        ("format", "text"),
        ("language", "zh"),
        ("foreign", None),
        ("attention", "tree"),
        ("summary", "天晴了。 雨停了。"),
        (
            "sentences",
            [
                {"index": 0, "start": 0, "end": 4, "text": "雨停了。", "role": "text", "body": 0, "speaker": None}
                | {"place": {"line": 1}, "weight": 0.33333, "rank": 2, "selected": True},
                {"index": 1, "start": 5, "end": 9, "text": "天晴了。", "role": "text", "body": 5, "speaker": None}
                | {"place": {"line": 2}, "weight": 0.66667, "rank": 1, "selected": True},
            ],
        ),
        (
            "pieces",
            [
                {"text": "天晴了。", "start": 5, "end": 9},
                {"text": " ", "start": None, "end": None},
                {"text": "雨停了。", "start": 0, "end": 4},
            ],
        ),
    ]
    keys = ["index", "start", "end", "text", "role", "body", "speaker", "place", "weight", "rank", "selected"]
    assert list(record["sentences"][0]) == keys
    assert list(record["pieces"][0]) == ["text", "start", "end"]


def test_json_path_is_null_for_standard_input():
    assert to_json_line(SUMMARY).startswith('{"path": null, ')


def test_json_leaves_chinese_readable():
    assert '"summary": "天晴了。 雨停了。"' in to_json_line(SUMMARY)


@pytest.mark.parametrize(
    "path",
    ["a\nb", "a\rb", "a\x85b", "a\u2028b", "a\u2029b", "a\x1eb", "a\udcffb", "\\\u2028", "a\x9b31m"],
    ids=ascii,
)
def test_json_is_one_line_of_utf8_that_gives_any_name_back(path):
    line = to_json_line(SUMMARY, View(path=path))
    assert line.encode("utf-8").decode("utf-8").splitlines(keepends=True) == [line]
    assert json.loads(line)["path"] == path


def test_json_refuses_a_weight_that_is_no_number():
    broken = Summary(SUMMARY.document, "tree", (float("nan"), 1.0), (1,), SUMMARY.pieces, ())
    with pytest.raises(ValueError, match="JSON"):
        to_json_line(broken)


def check_places(pieces, text):
    """Hold that pieces are what stands where they say, but for the case of a first letter."""
    for piece in pieces:
        if piece["start"] is not None:
            source = text[piece["start"] : piece["end"]]
            assert piece["text"] in (source, source[:1].upper() + source[1:])


@given(st.text(st.sampled_from("雨停了，。！？ab. \n\u2028\x85“”3…") | st.characters(exclude_categories=["Cs"])))
def test_json_says_where_everything_in_the_summary_comes_from(text):
    try:
        summary = summarize_text(text, scorer=FakeScorer())
    except InputError:
        return
    record = json.loads(to_json_line(summary))
    assert "".join(piece["text"] for piece in record["pieces"]) == record["summary"]
    for sentence in record["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
    check_places(record["pieces"], text)
    weights = [sentence["weight"] for sentence in record["sentences"]]
    assert sum(weights) == pytest.approx(1, abs=5e-6 * len(weights))


SCHEMA = json.loads(files("summarize.formats").joinpath("summary.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        {"weights": None},
        {"summary": ""},
        {"attention": "deep"},
        {"pieces": [{"text": "雨", "start": 0}]},
        {"more": 1},
        {"tree": [{"sentence": 0, "parent": -1, "weight": 1}]},
        {"drafts": [{"sentences": [0], "whole": True, "pieces": [{"text": "雨", "start": 0, "end": 1}]}]},
    ],
    ids=str,
)
def test_schema_refuses_what_is_no_summary(change) -> None:
    record = json.loads(to_json_line(summarize_text(TEXT, scorer=FakeScorer(), explain=True)))
    assert VALIDATOR.is_valid(record)
    assert not VALIDATOR.is_valid(record | change)
    assert not VALIDATOR.is_valid({key: value for key, value in record.items() if key != "steps"})


@given(articles(), st.booleans(), st.sampled_from([{}, {"sentences": 2}, {"chars": 8}]))
def test_json_is_as_the_schema_says(text, explain, length) -> None:
    try:
        summary = summarize_text(text, scorer=FakeScorer(), explain=explain, **length)
    except SummarizeError:
        return
    record = json.loads(to_json_line(summary, View(path="a.txt")))
    VALIDATOR.validate(record)
    check_places(record["pieces"], text)
    assert ("weights" in record) == explain


@pytest.mark.parametrize(
    "line",
    [
        to_error_line("no such file; check its name", View(path="a.txt")),
        to_error_line("the text is empty", View(path="a.mbox", name="message 2")),
        add_id(to_error_line("text is missing"), {"any": ["thing"]}),
        add_id(to_json_line(SUMMARY), None),
    ],
)
def test_line_of_an_error_and_one_with_an_id_are_as_the_schema_says(line) -> None:
    record = json.loads(line)
    VALIDATOR.validate(record)
    assert line.count("\n") == 1
    assert not VALIDATOR.is_valid(record | {"error": ""})
    assert not VALIDATOR.is_valid(record | {"error": "why", "summary": "雨停了。"})
    assert not VALIDATOR.is_valid({key: value for key, value in record.items() if key != "path"})


def test_error_and_id_stay_on_their_line() -> None:
    line = add_id(to_error_line("a\u2028b\nc", View(path="\udcff")), "\x85\ud800")
    assert line.encode("utf-8").decode("utf-8").splitlines(keepends=True) == [line]
    assert json.loads(line) == {"id": "\x85\ud800", "path": "\udcff", "name": None, "error": "a\u2028b\nc"}


def test_json_has_title_keywords_and_parts_where_they_were_asked_for() -> None:
    text = "# 东风很大\n\n## 风\n\n东风很大。西风很小。\n\n## 雨\n\n下了一整天的雨。\n"
    weights = [0, 0, 2, 1, 0, 3]
    asked = {"title": True, "keywords": 1, "by_heading": True}
    summary = summarize_text(text, sentences=1, scorer=FakeScorer(weights), **asked)
    record = json.loads(to_json_line(summary, View(name="第 1 行")))
    VALIDATOR.validate(record)
    assert (record["path"], record["name"], record["format"]) == (None, "第 1 行", "text")
    assert record["title"] == {
        "text": "东风很大",
        "sentences": [0],
        "pieces": [{"text": "东风很大", "start": 2, "end": 6}],
    }
    (keyword,) = record["keywords"]
    assert (keyword["text"], keyword["weight"]) == (text[slice(*keyword["spans"][0])], 1.0)
    assert [(part["heading"], part["first"], part["end"], part["summary"]) for part in record["sections"]] == [
        ("风", 1, 4, "东风很大。"),
        ("雨", 4, 6, "下了一整天的雨。"),
    ]
    assert record["sections"][1]["drafts"][0]["sentences"] == [5]
    check_places(record["sections"][1]["drafts"][0]["pieces"], text)
    plain = json.loads(to_json_line(summarize_text(text, scorer=FakeScorer(weights))))
    assert plain.keys().isdisjoint(asked.keys() | {"sections"})


def test_json_says_of_every_sentence_where_it_stands() -> None:
    places = (
        Location(0, "page", "iv"),
        Location(5, "page", "v"),
        Location(5, "line", "12"),
        Location(5, "time", "0:05"),
    )
    source = Source(TEXT, "utf-8", format="pdf", places=places)
    record = json.loads(to_json_line(summarize_text(source, scorer=FakeScorer())))
    VALIDATOR.validate(record)
    assert [sentence["place"] for sentence in record["sentences"]] == [
        {"page": "iv"},
        {"time": "0:05", "page": "v", "line": 12},
    ]
    assert record["format"] == "pdf"


def test_schema_knows_every_kind_of_place() -> None:
    place = SCHEMA["properties"]["sentences"]["items"]["properties"]["place"]
    assert place["properties"].keys() == set(get_args(LocationKind))


def test_schema_knows_every_outcome_and_cut() -> None:
    sentences = SCHEMA["properties"]["sentences"]["items"]["properties"]
    drafts = SCHEMA["$defs"]["drafts"]["items"]["properties"]
    assert sentences["outcome"]["enum"] == list(get_args(Outcome))
    (shortening, nothing) = drafts["shortening"]["anyOf"]
    assert shortening["properties"]["cuts"]["items"]["enum"] == list(CUT_KINDS)
    assert nothing == {"type": "null"}


def test_json_tells_what_was_left_out_and_how_sure_that_was() -> None:
    text = "On Monday evening, the river rose by two metres in the old town. Nobody was hurt."
    summary = summarize_text(text, chars=46, scorer=FakeScorer([9, 1]), explain=True)
    record = json.loads(to_json_line(summary))
    VALIDATOR.validate(record)
    check_places(record["pieces"], text)
    (draft,) = record["drafts"]
    assert (draft["sentences"], draft["whole"]) == ([0], False)
    assert draft["shortening"] == {"cuts": ["opening"], "good": 0.98, "false": 0.001}
    first = draft["pieces"][0]
    assert (first["text"][:3], text[first["start"] :][:3]) == ("The", "the")


def test_json_tells_what_was_fused_with_what() -> None:
    text = "在2018年的世界杯中，法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。"
    record = json.loads(to_json_line(summarize_text(text, sentences=2, scorer=FakeScorer(), explain=True)))
    (draft,) = record["drafts"]
    assert (draft["sentences"], draft["whole"]) == ([0, 1], False)
    assert draft["shortening"] == {"cuts": [], "good": 0.98, "false": 0.001}


@pytest.mark.parametrize("file", ["zh/news-city.txt", "zh/meeting.txt", "en/news.txt", "mixed/release-notes.txt"])
@pytest.mark.parametrize("kind", ATTENTION_KINDS)
def test_json_is_what_another_program_chooses(file, kind) -> None:
    """By the rule alone (`chooser`), from the weights that the JSON gives and the likeness."""
    text = (DATA / file).read_text("utf-8")
    config = default_scorer().selection(kind)
    rule = {"redundancy_weight": config.redundancy_weight, "duplicate_similarity": config.duplicate_similarity}
    for number in (1, 2, 3, 5, 8):
        summary = summarize_text(text, sentences=number, attention=kind, explain=True)
        record = json.loads(to_json_line(summary))
        likeness = [summary.explanation.reading.similarity(index).tolist() for index in range(len(summary.weights))]
        chosen, off, repeats = choose_again(record["weights"][kind], likeness, number, **rule)
        assert [sentence["index"] for sentence in record["sentences"] if sentence["selected"]] == sorted(chosen)
        for sentence, (taken_off, like) in zip(record["sentences"], off, strict=True):
            index, is_chosen = sentence["index"], sentence["index"] in chosen
            assert (sentence["outcome"] == "chosen") == sentence["selected"] == is_chosen
            assert (sentence["outcome"] == "repeats") == (index in repeats)
            assert sentence["redundancy"] == pytest.approx(taken_off, rel=1e-4, abs=1e-6)
            assert sentence["like"] == like


def test_json_tells_why() -> None:
    text = "雨停了。天晴了很久。天晴了很久。"
    record = json.loads(to_json_line(summarize_text(text, sentences=2, scorer=FakeScorer(), explain=True)))
    assert [sentence["outcome"] for sentence in record["sentences"]] == ["chosen", "chosen", "repeats"]
    assert [sentence["like"] for sentence in record["sentences"]] == [None, None, 1]
    assert record["sentences"][0]["words"] == [[0, 3, 1]]
    assert record["weights"] == {
        "parallel": [0.25, 0.375, 0.375],
        "sequential": [0.16667, 0.33333, 0.5],
        "tree": [0.5, 0.33333, 0.16667],
    }
    for kind, weights in record["weights"].items():
        scores = np.sum(list(record["terms"][kind].values()), axis=0)
        assert np.exp(scores) / np.exp(scores).sum() == pytest.approx(weights, abs=1e-5)
    assert [step["share"] for step in record["steps"]] == [0.75, 0.25]
    assert record["tree"] == [
        {"sentence": 0, "parent": None, "weight": 0.5},
        {"sentence": 1, "parent": 0, "weight": 0.5},
        {"sentence": 2, "parent": 0, "weight": 0.5},
    ]
    assert [draft["sentences"] for draft in record["drafts"]] == [[0], [1]]


def test_json_has_no_zero_with_a_sign() -> None:
    summary = summarize_text("雨停了。天晴了很久。", scorer=FakeScorer(), explain=True)
    assert summary.explanation is not None
    for weighing in summary.explanation.account.weighings.values():
        for term in weighing.terms.values():
            term[:] = -1e-12
    terms = json.loads(to_json_line(summary))["terms"]
    assert {str(term) for of_kind in terms.values() for own in of_kind.values() for term in own} == {"0.0"}


def test_json_says_what_was_asked_and_where_its_words_stand():
    query = QueryMatch("雨呢？", ("雨",), True, (((0, 1),), ()))
    record = json.loads(to_json_line(replace(SUMMARY, query=query)))
    assert record["query"] == {"text": "雨呢？", "terms": ["雨"], "matched": True, "spans": [[0, 1]]}
    Draft202012Validator(SCHEMA).validate(record)


def test_json_says_which_text_a_sentence_is_from():
    summary = summarize_together(["雨停了。", "天晴了。"], ["a.txt", "b.txt"], scorer=default_scorer())
    record = json.loads(to_json_line(summary))
    assert [sentence["place"] for sentence in record["sentences"]] == [
        {"text": "a.txt", "line": 1},
        {"text": "b.txt", "line": 1},
    ]
    Draft202012Validator(SCHEMA).validate(record)
