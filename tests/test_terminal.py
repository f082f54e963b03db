import io
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from fakes import FakeScorer
from rich.cells import cell_len

from summarize.explanation import ROOT, Explanation
from summarize.formats.figures import densities, hundredths
from summarize.formats.screen import columns, uses_color
from summarize.formats.terminal import draw
from summarize.formats.terminal_reasons import MAX_ROWS
from summarize.formats.view import View
from summarize.formats.wording import wording
from summarize.pipeline import default_scorer, summarize_text
from summarize.together import summarize_together

DATA = Path(__file__).parents[1] / "data"
TEXT = "城市新闻\n在2018年的世界杯中，法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。河水上涨。"


class TerminalStream(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLORTERM", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")


def explained(text, **options):
    return summarize_text(text, scorer=options.pop("scorer", FakeScorer()), explain=True, **options)


def drawn(summary, stream=None, *, explain=True, highlight=False):
    stream = stream or io.StringIO()
    view = View(explain=explain, highlight=highlight, width=columns(stream), color=uses_color("auto", stream))
    return draw(summary, view)


def test_explanation_begins_with_the_summary_and_says_how_it_was_fused():
    lines = drawn(explained(TEXT, sentences=2)).splitlines()
    assert lines[:2] == ["法国队赢得了2018年世界杯冠军，在决赛中击败了克罗地亚队。", ""]
    assert lines[lines.index("摘要是怎样写成的") + 1 :] == [
        "1. 第 2、3 句，合为一句；判为好 98.0%，失实 0.1%",
        "    2: [-在-]2018年[-的-]世界杯[-中，-]法国队赢得了冠军[-。-]",
        "    3: [-法国队-]在决赛中击败了克罗地亚队。",
        "    添加：，",
        "    移动：2018年、世界杯 移到 法国队赢得了 之后",
        "[-…-] 是删去的部分。",
    ]


def test_explanation_says_what_was_left_out_and_what_stands_whole():
    text = "昨天夜里，城东的三条街道停电。没有人受伤。"
    assert drawn(explained(text, chars=11, scorer=FakeScorer([9, 1]))).endswith(
        "1. 第 1 句，有删减（开头）；判为好 98.0%，失实 0.1%\n"
        "    [-昨天夜里，-]城东的三条街道停电。\n"
        "[-…-] 是删去的部分。\n"
    )
    assert drawn(explained("The race slept. The city rose at last.", sentences=1)).endswith("1. Sentence 2, whole\n")


def test_what_was_kept_of_a_sentence_stands_as_it_is_printed():
    """An English sentence without its opening begins with a capital."""
    text = "On Monday evening, the river rose by two metres in the old town. Nobody was hurt."
    summary = explained(text, chars=46, scorer=FakeScorer([9, 1]))
    assert summary.text == "The river rose by two metres in the old town."
    for stream in (None, TerminalStream()):
        output = re.sub(r"\x1b\[[\d;]*m", "", drawn(summary, stream))
        how, kept = output[output.index("1. ") :].splitlines()[:2]
        assert how == "1. Sentence 1, shortened (opening); judged 98.0% good, 0.1% false"
        left_out = "On Monday evening, " if stream else "[-On Monday evening, -]"
        assert kept == f"    {left_out}The river rose by two metres in the old town."


def test_explanation_says_what_adds_too_little_to_fill_a_length():
    text = "河水上涨了两米。城市停电。会议开始了。"
    output = drawn(explained(text, chars=100, scorer=FakeScorer([90, 8, 0.1])))
    assert "会议开始了。" not in output.split("\n")[0]
    assert " 添不了什么\n    会议开始了。\n" in output


def test_explanation_says_that_a_question_is_not_chosen():
    assert "问句，不参选" in drawn(explained("河水为什么又涨了？雨下了一夜。", sentences=1, scorer=FakeScorer([0, 1])))
    assert "a question, never chosen" in drawn(
        explained("Why did it rise? Rain fell all night.", sentences=1, scorer=FakeScorer([0, 1]))
    )


def test_explanation_has_the_figures_and_the_outcome_of_each_sentence_the_heaviest_first():
    text = "城市新闻\n河水上涨了两米。城市停电。河水上涨了两米。会议开始了。"
    lines = drawn(explained(text, sentences=1, scorer=FakeScorer([0, 5, 1, 4, 0]))).splitlines()
    start = next(place for place, line in enumerate(lines) if line.split() == ["句", "名次", "权重", "密度", "得分"])
    assert [line.rstrip() for line in lines[start + 1 : lines.index("摘要是怎样写成的") - 1]] == [
        "●  2    1  50.0%   1.3×  +0.61 ██████████ 入选",
        "    河水上涨了两米。",
        "    内容 +0.15 位置 +0.46",
        "   4    2  40.0%   1.1×  +0.39 ████████   与入选的重复",
        "    40.0% − 40.0% = 0.0%：近第 2 句",
        "    河水上涨了两米。",
        "    内容 +0.10 位置 +0.29",
        "   3    3  10.0%   0.4×  -1.00 ██         较轻",
        "    城市停电。",
        "    内容 -0.25 位置 -0.75",
        "   1    –      –      –      –            标题，不参选",
        "    城市新闻",
        "   5    –      –      –      –            太短，不参选",
        "    会议开始了。",
    ]


@pytest.mark.parametrize(("file", "kind"), [("zh/news-city.txt", "sequential"), ("en/news.txt", "tree")])
def test_terms_as_printed_add_up_to_the_score_as_printed(file, kind, monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    summary = explained((DATA / file).read_text("utf-8"), attention=kind, scorer=None)
    lines = drawn(summary).splitlines()
    scores = [float(line.split("×")[1].split()[0]) for line in lines if re.match(r"[● ] +\d+ +\d+ +[\d.]+%", line)]
    terms = [line for line in lines if re.fullmatch(r"    (\w+ [+-]\d+\.\d\d ?){7}", line)]
    sums = [sum(map(float, re.findall(r"[+-][\d.]+", line))) for line in terms]
    assert len(terms) == int(summary.explanation.account.weighings[kind].candidates.sum()) > 30
    assert sums == pytest.approx(scores, abs=1e-9)


@pytest.mark.parametrize(
    ("terms", "rounded"),
    [
        ([0.004, 0.004, 0.004], [1, 0, 0]),
        ([-0.004, -0.004, -0.004], [0, 0, -1]),
        ([0.129999, -0.051, 0.0], [13, -5, 0]),
        ([1.0000001, -0.5, -0.0], [100, -50, 0]),
        ([0.002, 0.003], [0, 1]),
        ([], []),
    ],
)
def test_terms_are_rounded_by_the_largest_remainder(terms, rounded):
    assert hundredths(terms).tolist() == rounded


def test_terms_of_all_sentences_are_rounded_each_for_itself():
    terms = np.array([[0.004, 0.129999], [0.004, -0.051], [0.004, 0.0]])
    assert hundredths(terms).tolist() == [[1, 13], [0, -5], [0, 0]]


def test_density_is_weight_per_character_beside_that_of_all_that_may_be_chosen():
    text = "城市新闻\n河水上涨了两米。城市停电。河水上涨了两米。会议开始了。"
    summary = explained(text, sentences=1, scorer=FakeScorer([0, 5, 1, 4, 0]))
    assert densities(summary.document, summary.weights) == pytest.approx(
        [0, 0.5 / 8 * 21, 0.1 / 5 * 21, 0.4 / 8 * 21, 0]
    )


def test_what_is_taken_off_is_a_difference_that_is_right_as_printed(monkeypatch):
    monkeypatch.setenv("COLUMNS", "120")
    output = drawn(explained((DATA / "zh/news-city.txt").read_text("utf-8"), sentences=3, scorer=None))
    found = re.findall(r" ([\d.]+)%.*，([\d.]+)% − ([\d.]+)% = ([\d.]+)%：近第 \d+ 句", output)
    assert len(found) > 2
    for weight, *difference in found:
        whole, off, rest = map(float, difference)
        assert weight == difference[0]
        assert rest == pytest.approx(whole - off, abs=1e-9)
        assert off > 0


@pytest.mark.parametrize("columns", ["20", "30", "34", "40", "50"])
def test_names_of_figures_and_outcomes_are_never_broken(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    summary = explained((DATA / "zh/news-city.txt").read_text("utf-8"), sentences=3, scorer=None)
    output = drawn(summary)
    num_terms = 7 * int(np.count_nonzero(summary.weights))
    assert len(re.findall(r"(内容|位置|长度|中心|新意|相似|形式) [+-]\d+\.\d\d(?!\d)", output)) == num_terms
    say = wording("zh", "terminal")
    for outcome in {verdict.outcome for verdict in summary.verdicts}:
        num_outcomes = sum(verdict.outcome == outcome for verdict in summary.verdicts)
        assert len(re.findall(f"[ █▏▎▍▌▋▊▉]{say['outcomes'][outcome]}(?=，|\n)", output)) == num_outcomes
    assert max(map(cell_len, output.splitlines())) <= max(30, int(columns))


def test_terms_and_their_values_stay_together(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    lines = drawn(explained((DATA / "en/news.txt").read_text("utf-8"), scorer=None)).splitlines()
    terms = [line for line in lines if re.search(r"\b(content|likeness|form) [+-]\d", line)]
    assert len(terms) > 100
    assert all(re.fullmatch(r"    (\w+ [+-]\d+\.\d\d ?)+", line) for line in terms)


@pytest.mark.parametrize(("file", "kind"), [("zh/news-accident.txt", "sequential"), ("en/news.txt", "tree")])
def test_lines_fit_whatever_the_width(file, kind, monkeypatch):
    text = (DATA / file).read_text("utf-8") + "长" * 300 + "。" + "x" * 300
    summary = explained(text, attention=kind, chars=200, scorer=None)
    for width in (30, 40, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        output = drawn(summary, highlight=True)
        assert max(map(cell_len, output.splitlines())) <= width
        assert not re.search(r"^\s*[，。；、”）]", output, re.MULTILINE)


def test_long_chains_of_a_tree_fit():
    text = "河水上涨。" * 50
    summary = explained(text, attention="tree", sentences=1, scorer=FakeScorer([2] + [1] * 49))
    summary.explanation.account.tree.parents[:] = [ROOT, *range(49)]
    lines = drawn(summary).splitlines()
    branches = lines[lines.index("最可能的树：句子挂在它所展开的句子下面，百分数是这样挂的可能性") + 1 :][:50]
    assert branches[0] == "● 根 1  50%  河水上涨。"
    assert branches[-1].endswith("挂在第 49 句下 50  50%  河水上涨。")
    assert max(map(cell_len, branches)) <= 80


def test_highlight_marks_what_was_chosen_without_colours_too():
    assert drawn(explained(TEXT, sentences=1), explain=False, highlight=True) == (
        "城市新闻\n⟦2 45.7% 在2018年的世界杯中，法国队赢得了冠军。⟧法国队在决赛中击败了克罗地亚队。\n"
        "河水上涨。\n\n⟦…⟧ 入选：编号、权重\n"
    )


def test_highlight_keeps_the_paragraphs_and_joins_wrapped_lines():
    text = "The river rose\nby two feet.\n\nThe city slept."
    output = drawn(explained(text, sentences=1), explain=False, highlight=True)
    assert output.startswith("⟦1 64.3% The river rose by two feet.⟧\n\nThe city slept.\n\n⟦…⟧ chosen")


def test_highlight_knows_every_line_break():
    output = drawn(
        explained("The river rose.\r\rThe city\rslept.\f\tA race.", sentences=1), explain=False, highlight=True
    )
    assert "\\" not in output


def test_colours_are_for_terminals_alone(monkeypatch):
    summary = explained(TEXT, sentences=2)
    on_terminal = drawn(summary, TerminalStream(), highlight=True)
    assert "\x1b[" in on_terminal
    assert "[-" not in re.sub(r"\x1b\[[\d;]*m", "", on_terminal)
    assert "\x1b" not in drawn(summary, io.StringIO(), highlight=True)
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in drawn(summary, TerminalStream(), highlight=True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in drawn(summary, TerminalStream(), highlight=True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full to write to")
@pytest.mark.parametrize("option", ["--explain", "--highlight"])
def test_a_full_disk_is_told_in_one_line(option):
    """rich writes to its file even what is captured: that must not be stdout, nor without a buffer."""
    command = [sys.executable, Path(__file__).parent / "fakes.py", option, DATA / "worldcup.txt"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=environment, check=False)
    message = b"summarize: standard output: cannot be written (No space left on device)\n"
    assert (result.returncode, result.stderr) == (1, message)


def test_nothing_is_written_to_the_stream():
    stream = TerminalStream()
    assert "\x1b[" in drawn(explained(TEXT), stream, highlight=True)
    assert stream.getvalue() == ""


def test_no_text_steers_the_terminal_or_is_markup():
    text = "The \x1b[31mred\x1b[0m river \x07[bold]rose[/bold] :smile:\u202e by two\x9b1m feet. The city slept."
    output = drawn(explained(text, sentences=2), highlight=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", output)
    assert "The red river [bold]rose[/bold] :smile: by two feet." in output


def test_explanation_says_how_many_sentences_it_leaves_out():
    weights = [1000 - place for place in range(MAX_ROWS + 50)]
    text = "".join(f"第{place}条河水上涨。" for place in range(len(weights)))
    output = drawn(explained(text, sentences=1, scorer=FakeScorer(weights)))
    assert "\n另有 50 个较轻的句子未列出；--format json 会给出全部。\n" in output
    assert f"第{MAX_ROWS - 1}条河水上涨。" in output
    assert f"第{MAX_ROWS}条河水上涨。" not in output


def test_highlight_does_without_the_account(monkeypatch):
    monkeypatch.setattr(Explanation, "account", property(lambda explanation: pytest.fail("it takes long")))
    assert "⟦2 " in drawn(explained(TEXT, sentences=1), TerminalStream(), explain=False, highlight=True)


def test_a_summary_without_explanation_is_refused():
    with pytest.raises(ValueError, match="explain=True"):
        drawn(summarize_text(TEXT, scorer=FakeScorer()))


def test_explanation_says_what_was_asked_and_which_words_were_found():
    text = "社区食堂下周一开门，一楼卖早餐。停车位只有六个，大家走路来。菜单每周五贴在门口。"
    lines = drawn(explained(text, sentences=1, query="有没有停车位", scorer=default_scorer())).splitlines()
    assert "问的是：有没有停车位　找的词：停车位" in lines
    assert lines[lines.index("    停车位只有六个，大家走路来。") + 1 :][1].strip().startswith("提问 +")
    assert "    问到的词：停车位" in lines


def test_explanation_says_that_nothing_has_to_do_with_what_was_asked():
    lines = drawn(explained("It rained all day. We slept.", query="mars\x07", scorer=default_scorer())).splitlines()
    assert lines[3].startswith("Nothing in the text matches the query, so the summary ignores it: mars")
    assert "\x07" not in "".join(lines)


def test_explanation_says_that_a_newer_text_has_other_figures():
    texts = ["8月10日\n城南滑坡已造成12人死亡。", "8月12日\n城南滑坡已造成19人死亡。"]
    summary = summarize_together(texts, explain=True)
    assert "较新的一篇另有数字" in drawn(summary)
    assert "共识 " in drawn(summary)
