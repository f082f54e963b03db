import json
from pathlib import Path
from typing import Any

import pytest
from train.builders import found_elsewhere, pack_rows, write_rows

from summarize.document import Cut
from summarize.errors import InputError
from summarize.network.judge import VERDICTS
from summarize.train.cuts import ALIGNED_WEIGHT, CLASS_OF, GOOD, MAX_CUTS, POOR, JudgedForm, read_cuts

# The second sentence is cut: 堤坝在夜里决口，|许多人还在睡觉|。
TEXT = "昨天下了大雨。堤坝在夜里决口，许多人还在睡觉。后来天晴了。"
START, COMMA, END = TEXT.index("堤坝"), TEXT.index("，"), TEXT.index("后来")
ENGLISH = "It had rained. At night the dam broke, and many people slept. Then the sky cleared."


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    rows = ({"id": "d1", "text": TEXT}, {"id": "d2", "text": ENGLISH})
    pack_rows(tmp_path / "corpora" / "zh" / "train" / "tiny.jsonl.gz", *rows)
    return tmp_path / "corpora"


def row(**changes: Any) -> dict[str, Any]:
    where = found_elsewhere(TEXT, "zh/train/tiny", "d1")
    del where["part"]
    cuts = [[COMMA, END - 1, "ending"]]
    said = {"verdict": "good", "cause": "", "lang": "zh", "start": START, "end": END}
    return where | said | {"kept": [[START, COMMA]], "cuts": cuts} | changes


def english(kept: list[str], **changes: Any) -> dict[str, Any]:
    where = found_elsewhere(ENGLISH, "zh/train/tiny", "d2")
    start, end = ENGLISH.index("At night"), ENGLISH.index(" Then")
    runs = [[ENGLISH.index(run), ENGLISH.index(run) + len(run)] for run in kept]
    return row(**where, lang="en", start=start, end=end, kept=runs, **{"cuts": [], **changes})


def read(folder: Path, *rows: dict[str, Any] | str, corpora: Path | None = None) -> list[JudgedForm]:
    return list(read_cuts(write_rows(folder / "cuts.jsonl", *rows), corpora))


def kept(form: JudgedForm) -> list[str]:
    return [form.words[place].text for place in form.form.kept]


def test_a_cut_is_found_in_its_corpus(tmp_path: Path, corpora: Path) -> None:
    (found,) = read(tmp_path, row(), corpora=corpora)
    assert "".join(word.text for word in found.words) == "堤坝在夜里决口，许多人还在睡觉"
    assert "".join(kept(found)) == "堤坝在夜里决口"
    first = len(found.form.kept)
    assert found.form.cuts == (Cut(first, len(found.words), "ending"),)
    assert "".join(found.before) == "昨天下了大雨。"
    assert (found.language, found.has_stop, found.document, found.weight) == ("zh", True, "d1", 1)
    assert found.verdict == GOOD


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [("good", "good"), ("thin", "poor"), ("clumsy", "poor"), ("broken", "poor"), ("false", "false")],
)
def test_verdicts_are_of_three_classes(tmp_path: Path, corpora: Path, verdict: str, expected: str) -> None:
    (found,) = read(tmp_path, row(verdict=verdict), corpora=corpora)
    assert VERDICTS[found.verdict] == expected
    assert set(CLASS_OF.values()) == set(range(len(VERDICTS)))


def test_the_first_sentence_has_nothing_before_it(tmp_path: Path, corpora: Path) -> None:
    (found,) = read(tmp_path, row(start=0, end=START, kept=[[2, START - 1]], cuts=[[0, 2, "time"]]), corpora=corpora)
    assert found.before == ()
    assert "".join(kept(found)) == "下了大雨"
    assert found.form.cuts == (Cut(0, 1, "time"),)  # as the row says, although a cut at the beginning is an opening


def test_the_language_of_a_row_may_be_found_out(tmp_path: Path, corpora: Path) -> None:
    given = english(["the dam broke"])
    del given["lang"]
    (found,) = read(tmp_path, given, corpora=corpora)
    assert found.language == "en"


def test_a_run_holds_the_spaces_between_its_words(tmp_path: Path, corpora: Path) -> None:
    (found,) = read(tmp_path, english(["At night the dam broke", "many people slept"]), corpora=corpora)
    assert kept(found) == ["At", "night", "the", "dam", "broke", "many", "people", "slept"]


@pytest.mark.parametrize(
    "cuts",
    [
        pytest.param([], id="none"),
        pytest.param([[COMMA, END - 1, "detour"]], id="a kind of another day"),
        pytest.param([[COMMA, END - 2, "ending"]], id="not all that is gone"),
        pytest.param([[COMMA - 1, END - 1, "ending"]], id="what is kept"),
        pytest.param([[COMMA, COMMA + 4, "time"], [COMMA + 2, END - 1, "ending"]], id="two over each other"),
    ],
)
def test_cuts_that_are_none_today_are_named_anew(tmp_path: Path, corpora: Path, cuts: list[Any]) -> None:
    (found,) = read(tmp_path, row(cuts=cuts), corpora=corpora)
    assert found.form.cuts == (Cut(len(found.form.kept), len(found.words), "ending"),)


def test_a_word_is_kept_of_which_half_is(tmp_path: Path, corpora: Path) -> None:
    (most,) = read(tmp_path, english(["the dam brok"]), corpora=corpora)
    (few,) = read(tmp_path, english(["the dam br"]), corpora=corpora)
    assert kept(most) == ["the", "dam", "broke"]
    assert kept(few) == ["the", "dam"]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"kept": []}, id="nothing kept"),
        pytest.param({"kept": [[START, END - 1]]}, id="nothing cut but the stop"),
    ],
)
def test_a_form_that_is_none_is_left_out(tmp_path: Path, corpora: Path, changes: dict[str, Any]) -> None:
    assert read(tmp_path, row(**changes), corpora=corpora) == []


def test_a_sentence_that_is_too_long_to_be_shortened_is_left_out(tmp_path: Path) -> None:
    def pair(number: int) -> dict[str, Any]:
        return {"source": "，".join(["河水上涨"] * number) + "。", "target": "河水上涨。", "verdict": "good"}

    assert len(read(tmp_path, pair(30))) == 1
    assert read(tmp_path, pair(60)) == []


@pytest.mark.parametrize(("num_cuts", "num_found"), [(MAX_CUTS, 1), (MAX_CUTS + 1, 0)])
def test_a_form_of_many_cuts_is_left_out(tmp_path: Path, num_cuts: int, num_found: int) -> None:
    source = " ".join(f"old{number} river{number}" for number in range(num_cuts))
    target = " ".join(f"river{number}" for number in range(num_cuts))
    pair = {"source": source, "target": target, "verdict": "thin", "lang": "en"}
    assert len(read(tmp_path, pair)) == num_found


def test_a_pair_of_sentences_is_aligned(tmp_path: Path) -> None:
    pair = {
        "source": "昨天下午河水上涨了很多，城市停电。",
        "target": "河水上涨，城市停电。",
        "verdict": "clumsy",
        "lang": "zh",
    }
    (found,) = read(tmp_path, pair)
    assert kept(found) == ["河水", "上涨", "，", "城市", "停电"]
    assert found.verdict == POOR
    assert found.weight == ALIGNED_WEIGHT
    assert found.before == ()
    assert found.has_stop
    assert found.document == pair["source"]
    assert read(tmp_path, pair | {"document": "d7"})[0].document == "d7"


def test_a_target_with_words_of_its_own_is_left_out(tmp_path: Path) -> None:
    pair = {
        "source": "昨天下午河水上涨了很多，城市停电。",
        "target": "河水暴涨，城市断电。",
        "verdict": "good",
        "lang": "zh",
    }
    assert read(tmp_path, pair) == []


def test_blank_lines_are_passed_over(tmp_path: Path, corpora: Path) -> None:
    assert len(read(tmp_path, "", row(), "  ", row(verdict="false"), corpora=corpora)) == 2
    assert read(tmp_path, "") == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"sha256": "0" * 64}, "tiny d1 is not the text that was read", id="a changed text"),
        pytest.param({"id": "d3"}, "has no text d3", id="no such text"),
        pytest.param({"corpus": "zh/train/none"}, "No such file", id="no such corpus"),
    ],
)
def test_a_text_that_is_not_there_is_an_error(
    tmp_path: Path, corpora: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, row(**changes), corpora=corpora)


def test_without_the_corpora_an_error_asks_for_them(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cuts.jsonl:1: the text of zh/train/tiny d1 is needed; .* with --corpora$"):
        read(tmp_path, row())


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in row().items() if key != name}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param("{", "", id="no JSON"),
        pytest.param("[1]", "", id="no object"),
        pytest.param({}, "no 'verdict'", id="nothing in it"),
        pytest.param(row(verdict="poor"), "`verdict` must be one of good, thin, clumsy, broken, false", id="verdict"),
        pytest.param(row(lang="fr"), "`lang` must be one of zh, en, got 'fr'", id="another language"),
        *(pytest.param(without(name), f"no '{name}'", id=f"no {name}") for name in ("start", "end", "cuts", "sha256")),
        pytest.param(without("kept"), "no 'source'", id="no kept"),
        pytest.param(row(start="7"), "", id="an offset that is none"),
        pytest.param(row(start=END, end=START), "`kept` must hold", id="an end before its start"),
        pytest.param(row(end=len(TEXT) + 1), "`kept` must hold", id="an end behind the text"),
        pytest.param(row(kept=[[0, COMMA]]), "`kept` must hold", id="a run outside the sentence"),
        pytest.param(row(kept=[[COMMA, COMMA + 2], [START, COMMA]]), "`kept` must hold", id="runs out of order"),
        pytest.param(row(kept=[[START]]), "", id="half a run"),
        pytest.param(row(kept=3), "", id="runs that are none"),
        pytest.param(row(cuts=[[COMMA, END]]), "", id="a cut without a kind"),
        pytest.param(row(cuts=[[COMMA, END, ["ending"]]]), "", id="a kind that is none"),
        pytest.param({"source": 3, "target": "a", "verdict": "good"}, "", id="a source that is none"),
        pytest.param({"source": "河水上涨。", "verdict": "good"}, "no 'target'", id="no target"),
    ],
)
def test_a_line_that_is_no_row_is_named(
    tmp_path: Path, corpora: Path, line: dict[str, Any] | str, message: str
) -> None:
    with pytest.raises(InputError) as raised:
        read(tmp_path, "", line, corpora=corpora)
    assert f"{tmp_path / 'cuts.jsonl'}:2: not a judged cut: " in str(raised.value)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none.jsonl: No such file"):
        list(read_cuts(tmp_path / "none.jsonl"))


def test_the_cuts_of_the_project_hold_no_text() -> None:
    path = Path(__file__).parents[2] / "data" / "cuts" / "read.jsonl"
    names = ["corpus", "id", "sha256", "lang", "start", "end", "kept", "cuts", "verdict", "cause"]
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 1000
    for one in rows:
        assert list(one) == names
        assert one["verdict"] in CLASS_OF
        assert (one["cause"] == "") or one["verdict"] != "good"
        bounds = [one["start"], *(offset for run in one["kept"] for offset in run), one["end"]]
        assert bounds == sorted(bounds)
    keys = [(one["corpus"], one["id"], one["start"], str(one["kept"])) for one in rows]
    assert len(set(keys)) == len(keys)
