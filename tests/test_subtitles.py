import pytest

from summarize.text.segmentation import find_sentences
from summarize.text.subtitles import find_timing_lines, is_frame_line

TIMES = "00:00:01,000 --> 00:00:02,500"


def cues(*said: str, break_: str = "\n") -> str:
    """Return subtitles with these cues."""
    frames = (f"{number}{break_}{TIMES}{break_}{one}" for number, one in enumerate(said, 1))
    return (break_ * 2).join(frames)


def spoken(text: str) -> list[str]:
    """The sentences that are text, without the lines that are not spoken in them."""
    found = []
    for one in find_sentences(text):
        if one.role == "text":
            lines, offset = [], one.body
            for line in text[one.body : one.end].splitlines(keepends=True):
                end = offset + len(line.rstrip())
                if line.strip() and not is_frame_line(text, offset, end):
                    lines.append(line.strip())
                offset += len(line)
            found.append("|".join(lines))
    return found


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(["水轮停了，", "今天又转了。", "好。"], ["水轮停了，|今天又转了。", "好。"], id="runs on"),
        pytest.param(
            ["The wheel\nhas stopped", "for good. Why?"], ["The wheel|has stopped|for good.", "Why?"], id="en"
        ),
        pytest.param(["水轮停了", "今天又转了", "大家高兴"], ["水轮停了", "今天又转了", "大家高兴"], id="no stops"),
        pytest.param(
            ["水轮转了。\nIt turns.", "好。\nGood."], ["水轮转了。", "It turns.", "好。", "Good."], id="bilingual"
        ),
        pytest.param(["- Why?\n- It is old.", "Yes."], ["Why?", "It is old.", "Yes."], id="dashes"),
        pytest.param(
            ["The wheel.", "[door slams]", "(applause)", "It turns."], ["The wheel.", "It turns."], id="sounds"
        ),
    ],
)
def test_subtitles_are_what_is_spoken(said: list[str], expected: list[str]) -> None:
    assert spoken(cues(*said)) == expected
    assert spoken(cues(*said, break_="\r\n")) == expected


def test_subtitles_need_no_blank_lines() -> None:
    text = f"1\n{TIMES}\n水轮停了，\n2\n{TIMES}\n又转了。"
    assert spoken(text) == ["水轮停了，|又转了。"]


def test_blocks_of_webvtt_are_not_spoken() -> None:
    text = f"WEBVTT\nKind: captions\n\nSTYLE\n::cue {{ color: red }}\n\nintro\n{TIMES}\nIt turns.\n\n{TIMES}\nGood."
    assert spoken(text) == ["It turns.", "Good."]


def test_text_with_arrows_is_no_subtitles() -> None:
    assert find_timing_lines("a --> b\nb --> c\n10:30 --> home\n") == []
