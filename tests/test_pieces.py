import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import document_of
from strategies import any_texts, articles, marked_texts

from summarize.document import Document, Draft, Piece, Sentence
from summarize.text.language import detect_language
from summarize.text.pieces import (
    SPACE,
    count_words,
    drop_repeated_speakers,
    join_drafts,
    join_runs,
    make_whole_draft,
    may_have_separator,
    merge_pieces,
    needs_own_line,
    needs_space,
    sentence_pieces,
    separator_between,
    source_piece,
)
from summarize.text.segmentation import find_sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param(" \n\u3000", 0, id="white space"),
        pytest.param("……——“”!?", 0, id="punctuation"),
        pytest.param("河水上涨", 4, id="Chinese"),
        pytest.param("河水，上涨。", 4, id="Chinese with marks"),
        pytest.param("漢語〇々", 4, id="Traditional, zero, iteration mark"),
        pytest.param("𠀀𪚥", 2, id="rare ideographs"),
        pytest.param("The river rose.", 3, id="English"),
        pytest.param("买了iPhone手机", 5, id="mixed without spaces"),
        pytest.param("用 GPT-4 写 Python", 4, id="mixed with spaces"),
        pytest.param("2018年", 2, id="number in Chinese"),
        pytest.param("1,250.75", 1, id="thousands and decimals"),
        pytest.param("3.5% of 12:30", 3, id="percent and time"),
        pytest.param("2018-07-15 15/07/2018", 2, id="dates"),
        pytest.param("don't isn’t o'clock", 3, id="contractions"),
        pytest.param("the dogs' bowls", 3, id="plural possessive"),
        pytest.param("'quoted' ‘words’", 2, id="quoted"),
        pytest.param("state-of-the-art and/or", 2, id="compounds"),
        pytest.param("one - two – three — four", 4, id="dashes apart"),
        pytest.param("one—two", 2, id="dash without spaces"),
        pytest.param("U.S. e.g. this", 3, id="abbreviations"),
        pytest.param("Wait...what", 2, id="dots between"),
        pytest.param("Müller café naïve", 3, id="accents"),
        pytest.param("Привет мир", 2, id="Cyrillic"),
        pytest.param("well-", 1, id="hyphen at the end"),
        pytest.param("C++ and C#", 3, id="languages"),
    ],
)
def test_count_words(text: str, count: int) -> None:
    assert count_words(text) == count


@given(any_texts, any_texts)
def test_count_words_of_two_parts_is_their_sum(one: str, other: str) -> None:
    assert count_words(f"{one} {other}") == count_words(one) + count_words(other)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("It rained.", "We stayed.", True, id="English"),
        pytest.param("下雨了。", "我们没走。", False, id="Chinese"),
        pytest.param("下雨了", "我们没走", False, id="Chinese without stops"),
        pytest.param("下雨了!", "我们没走", False, id="ASCII stop before Chinese"),
        pytest.param("他说：“好。”", "她走了。", False, id="Chinese closing quote"),
        pytest.param("她走了。", "“好。”他说。", False, id="Chinese opening quote"),
        pytest.param("「好。」", "『走。』", False, id="corner brackets"),
        pytest.param("他想了很久……", "走了。", False, id="Chinese ellipsis"),
        pytest.param("雨が降る。", "テスト", False, id="kana"),
        pytest.param("It rained (a lot).", "(Then it snowed.)", True, id="brackets"),
        pytest.param('He said "no."', '"Why?"', True, id="straight quotes"),
        pytest.param("In 2018", "42 men", True, id="numbers"),
        pytest.param("He said “no.”", "Then he left.", True, id="English closing quote"),
        pytest.param("Then he left.", "“No,” he said.", True, id="English opening quote"),
        pytest.param("He said ‘no.’", "‘Why?’ she asked.", True, id="English single quotes"),
        pytest.param("He waited…", "Then he left.", True, id="English ellipsis"),
        pytest.param("the dogs’", "bowls", True, id="apostrophe at the end"),
    ],
)
def test_needs_space(before: str, after: str, expected: bool) -> None:
    assert needs_space(before, after) is expected


def test_source_piece_knows_where_it_stands() -> None:
    assert source_piece("It rained.", 3, 9) == Piece("rained", 3, 9)


ENGLISH, MORE = Piece("It rained.", 0, 10), Piece("We stayed.", 11, 21)
CHINESE, FURTHER = Piece("下雨了。", 0, 4), Piece("我们没走。", 4, 9)


def test_joined_parts_english_by_a_space() -> None:
    assert list(join_runs([[ENGLISH], [MORE]])) == [ENGLISH, SPACE, MORE]


def test_joined_sets_chinese_solid() -> None:
    assert list(join_runs([[CHINESE], [FURTHER]])) == [CHINESE, FURTHER]


def test_joined_adds_nothing_inside_a_run() -> None:
    assert list(join_runs([[ENGLISH, MORE]])) == [ENGLISH, MORE]


def test_joined_looks_across_an_empty_run() -> None:
    assert list(join_runs([[], [ENGLISH], [], [MORE], []])) == [ENGLISH, SPACE, MORE]


def test_joined_of_nothing_is_nothing() -> None:
    assert list(join_runs([])) == []


def test_joining_space_is_not_from_the_source() -> None:
    assert (SPACE.text, SPACE.start, SPACE.end) == (" ", None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It rained.", ["It rained."], id="one line"),
        pytest.param("It  rained\there.", ["It  rained\there."], id="spaces inside stay"),
        pytest.param("It rained\nall day.", ["It rained", " ", "all day."], id="wrapped English"),
        pytest.param("It rained\r\nall day.", ["It rained", " ", "all day."], id="Windows line end"),
        pytest.param("It rained  \n    all day.", ["It rained", " ", "all day."], id="indented"),
        pytest.param("下了一整\n天的雨。", ["下了一整", "天的雨。"], id="wrapped Chinese"),
        pytest.param("下了一整\n\u3000\u3000天的雨。", ["下了一整", "天的雨。"], id="indented Chinese"),
        pytest.param("用 Python\n写的程序", ["用 Python", "写的程序"], id="Latin over Chinese"),
        pytest.param("用\nPython 写", ["用", "Python 写"], id="Chinese over Latin"),
        pytest.param("a\nb\nc", ["a", " ", "b", " ", "c"], id="three lines"),
        pytest.param("a\n \n\nb", ["a", " ", "b"], id="blank lines"),
        pytest.param("a\u2028b\x85c", ["a", " ", "b", " ", "c"], id="other line breaks"),
    ],
)
def test_sentence_pieces_of_wrapped_lines(text: str, expected: list[str]) -> None:
    pieces = sentence_pieces(text, 0, len(text))
    assert [piece.text for piece in pieces] == expected
    for piece in pieces:
        assert (piece == SPACE) or text[piece.start : piece.end] == piece.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("the para-\ngraph here", "the paragraph here", id="a word"),
        pytest.param("a well-\nknown and a well-known man", "a well-known and a well-known man", id="elsewhere"),
        pytest.param("a self-\nmade man", "a self-made man", id="a compound"),
        pytest.param("state-of-the-\nart shops", "state-of-the-art shops", id="a compound of several"),
        pytest.param("the COVID-\n19 wave", "the COVID-19 wave", id="a number behind"),
        pytest.param("the Anglo-\nSaxon king", "the Anglo-Saxon king", id="a capital"),
        pytest.param("it rained -\nand we left", "it rained - and we left", id="a dash"),
        pytest.param("un\u00ad\nless it rains", "unless it rains", id="a soft hyphen"),
        pytest.param("本**次**会议", "本次会议", id="emphasis"),
        pytest.param("用 **Windows** 系统", "用 Windows 系统", id="emphasis between spaces"),
        pytest.param("2**3 is 8", "2**3 is 8", id="a power"),
        pytest.param("see 2**3 and 3**2", "see 2**3 and 3**2", id="two powers"),
        pytest.param("\x1b[32mAll passed.\x1b[0m", "All passed.", id="colours"),
        pytest.param("te\ufeffst", "test", id="a mark of the byte order"),
        pytest.param("a\x00b", "a b", id="a control character"),
        pytest.param("> one\n> two\n>> three", "> one two three", id="quoted lines"),
        pytest.param("河水涨到\n- 3 -\n五米", "河水涨到五米", id="the number of a page"),
        pytest.param("水位上涨[^2]。", "水位上涨。", id="the sign of a note"),
        pytest.param("See [the plan](https://example.org/p_(2)) today.", "See the plan today.", id="a link"),
        pytest.param('详见[《规划》](/docs/plan.md "全文")第二节。', "详见《规划》第二节。", id="a link with a title"),
        pytest.param("[Read](#how) **[this](www.example.org)** first.", "Read this first.", id="two links"),
        pytest.param("Take f[1](x) or [2] (see above).", "Take f[1](x) or [2] (see above).", id="no links"),
        pytest.param("\x00\x1b[0m", "", id="nothing"),
    ],
)
def test_sentence_pieces_leave_out_what_is_not_printed(text: str, expected: str) -> None:
    assert "".join(piece.text for piece in sentence_pieces(text, 0, len(text))) == expected


def test_sentence_pieces_stay_inside_the_sentence() -> None:
    text = "One\ntwo.\nThree\nfour.\nFive."
    assert sentence_pieces(text, 9, 20) == (Piece("Three", 9, 14), SPACE, Piece("four.", 15, 20))


@given(any_texts | marked_texts | articles())
def test_sentence_pieces_are_the_source_at_their_offsets(text: str) -> None:
    for sentence in find_sentences(text):
        pieces = sentence_pieces(text, sentence.start, sentence.end)
        own = [piece for piece in pieces if piece != SPACE]
        assert all(text[piece.start : piece.end] == piece.text != "" for piece in own)
        assert all(len(piece.text.splitlines()) == 1 for piece in pieces)
        assert not re.search("[\x00-\x08\x0a-\x1f\x7f-\x9f\ufeff]", "".join(piece.text for piece in pieces))
        # Before, between and behind them stands nothing but white space, what steers a terminal, `**` and hyphens.
        ends = [sentence.start, *(end for piece in own for end in (piece.start, piece.end)), sentence.end]
        gaps = [text[end:start] for end, start in zip(ends[::2], ends[1::2], strict=True)]
        assert not any(re.search(r"[^\W_]", re.sub(r"\x1b\[[0-9;]*[a-zA-Z]", "", gap)) for gap in gaps)


@given(
    st.lists(st.sampled_from(["ab", "雨", "“c”", "。", "d.", "3 h"]), min_size=1),
    st.sampled_from(["\n", "\r\n", " \n "]),
)
def test_sentence_pieces_have_a_space_where_one_is_needed(lines: list[str], line_break: str) -> None:
    text = line_break.join(lines)  # none of them is a number alone, which would be that of a page
    pieces = sentence_pieces(text, 0, len(text))
    expected = lines[0]
    for before, after in pairwise(lines):
        expected += " " * needs_space(before, after) + after
    assert "".join(piece.text for piece in pieces) == expected


def test_sentence_pieces_keep_long_runs_of_spaces() -> None:
    text = "word" + " " * 20_000 + "word."
    assert sentence_pieces(text, 0, len(text)) == (Piece(text, 0, len(text)),)


def test_merged_makes_one_of_what_stands_together() -> None:
    text = "下雨了。我们没走。"
    parts = [source_piece(text, *span) for span in ((0, 2), (2, 4), (4, 6))]
    assert merge_pieces(text, parts) == [source_piece(text, 0, 6)]


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([], id="nothing"),
        pytest.param([ENGLISH], id="one"),
        pytest.param([ENGLISH, SPACE, MORE], id="a mark of ours between"),
        pytest.param([Piece("It", 0, 2), Piece("rained", 3, 9)], id="a gap"),
        pytest.param([Piece("rained", 3, 9), Piece("It ", 0, 3)], id="the other way round"),
        pytest.param([SPACE, SPACE], id="two marks of ours"),
        pytest.param([Piece("It", 0, 2), Piece("It", 0, 2)], id="twice the same"),
    ],
)
def test_merged_leaves_alone_what_stands_apart(pieces: list[Piece]) -> None:
    assert merge_pieces("It rained. We stayed.", pieces) == pieces


def test_merged_leaves_its_argument_alone() -> None:
    pieces = [Piece("It", 0, 2), Piece(" rained", 2, 9)]
    merge_pieces("It rained.", pieces)
    assert pieces == [Piece("It", 0, 2), Piece(" rained", 2, 9)]


@given(st.text(min_size=1, max_size=20), st.data())
def test_merged_prints_the_same_in_fewer_pieces(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    spans = [sorted(span) for span in data.draw(st.lists(st.tuples(places, places), max_size=6))]
    pieces = [source_piece(text, *span) if span[0] < span[1] else SPACE for span in spans]
    found = merge_pieces(text, pieces)
    assert "".join(piece.text for piece in found) == "".join(piece.text for piece in pieces)
    assert len(found) <= len(pieces)
    assert all(piece == SPACE or text[piece.start : piece.end] == piece.text for piece in found)
    assert all(one.end is None or one.end != other.start for one, other in pairwise(found))


def test_whole_sentence_is_a_draft_of_its_pieces() -> None:
    document = document_of("It rained.", "We stayed\nhome.")
    draft = make_whole_draft(document, 1)
    assert draft == Draft((1,), (Piece("We stayed", 11, 20), SPACE, Piece("home.", 21, 26)))
    assert draft.is_whole
    assert draft.text == "We stayed home."


def test_draft_prints_its_pieces() -> None:
    assert Draft((0, 2), (CHINESE, Piece("，"), FURTHER), is_whole=False).text == "下雨了。，我们没走。"
    assert Draft((), ()).text == ""


# What stands between sentences


def read(text: str) -> Document:
    return Document(text, find_sentences(text), detect_language(text))


def wholes(document: Document) -> list[Draft]:
    return [make_whole_draft(document, index) for index in range(len(document.sentences))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("下雨了。", False, id="Chinese"),
        pytest.param("他说：“好。”", False, id="a stop inside a quotation"),
        pytest.param("河水与城市", True, id="no stop"),
        pytest.param("It rained.", True, id="English needs spaces"),
        pytest.param("用的是Mac。", False, id="Latin inside"),
        pytest.param("Mac很好。", True, id="Latin at the beginning"),
        pytest.param("他用Mac!", True, id="a mark of both at the end"),
        pytest.param("…", True, id="a mark that is of either"),
    ],
)
def test_something_may_stand_beside_a_sentence(text: str, expected: bool) -> None:
    assert may_have_separator(make_whole_draft(document_of(text, language="zh"), 0)) is expected


def test_something_may_stand_beside_whoever_speaks() -> None:
    document = read("张三：我去江州。\n李四：我不去。\n张三：好的。\n李四：那里下雨了。")
    assert [may_have_separator(draft) for draft in wholes(document)] == [True] * 4
    assert not may_have_separator(Draft((0,), (Piece("我去江州。", 3, 8),)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("It rained.", False, id="stop"),
        pytest.param("下雨了！”", False, id="stop and closing mark"),
        pytest.param("It rained*.*", False, id="stop and emphasis"),
        pytest.param("下雨了……", False, id="ellipsis"),
        pytest.param("Floods in the north", True, id="title"),
        pytest.param("下雨了；", True, id="semicolon"),
        pytest.param("", True, id="nothing"),
    ],
)
def test_a_sentence_without_a_stop_stands_alone(text: str, expected: bool) -> None:
    assert needs_own_line(text) is expected


@pytest.mark.parametrize(
    ("lines", "paragraphs", "expected"),
    [
        pytest.param(["下雨了。", "停电了。"], [0, 1], "下雨了。停电了。", id="Chinese is set solid"),
        pytest.param(["It rained.", "We left."], [0, 0], "It rained. We left.", id="English has a space"),
        pytest.param(["河水与城市", "停电了。"], [0, 0], "河水与城市\n停电了。", id="behind a line without a stop"),
        pytest.param(["下雨了。", "河水与城市"], [0, 1], "下雨了。\n河水与城市", id="before one of another paragraph"),
        pytest.param(["下雨了。", "我们没走"], [0, 0], "下雨了。我们没走", id="before one of the same"),
    ],
)
def test_sentences_are_printed_with_what_parts_them(lines: list[str], paragraphs: list[int], expected: str) -> None:
    document = document_of(*lines, paragraphs=paragraphs, language="zh")
    assert "".join(piece.text for piece in join_drafts(document, wholes(document))) == expected
    assert [piece.text for piece in join_drafts(document, [])] == []


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        pytest.param("道路已修好；桥梁在修。", 0, "道路已修好。", id="a semicolon beside a sentence"),
        pytest.param("道路已修好；", 0, "道路已修好", id="a semicolon alone"),
        pytest.param("一是修路；\n二是修桥。", 0, "一是修路", id="a semicolon alone in its paragraph"),
        pytest.param("他说：\n好。", 0, "他说", id="a colon"),
        pytest.param("We saw: ", 0, "We saw", id="an English colon"),
        pytest.param("；：", 0, "；：", id="marks alone"),
    ],
)
def test_open_marks_at_the_end_are_not_printed(text: str, index: int, expected: str) -> None:
    starts = [0, *(place + 1 for place, mark in enumerate(text[:-1]) if mark in "；\n" and text != "；：")]
    spans = zip(starts, [*starts[1:], len(text)], strict=True)
    sentences = [
        Sentence(start, start + len(text[start:end].rstrip()), text.count("\n", 0, start))
        for start, end in spans
        if text[start:end].strip()
    ]
    assert make_whole_draft(Document(text, tuple(sentences), "zh"), index).text == expected


def test_speakers_are_named_once_where_one_has_to_be() -> None:
    document = read("张三：我去江州。\n张三：那里下雨了。\n李四：桥停了。\n李四：我不去。")
    drafts = wholes(document)
    assert [draft.text for draft in drop_repeated_speakers(document, drafts)] == [
        "张三：我去江州。",
        "那里下雨了。",
        "李四：桥停了。",
        "我不去。",
    ]
    assert [draft.num_label for draft in drop_repeated_speakers(document, drafts)] == [1, 0, 1, 0]


def test_speakers_are_not_named_where_nobody_needs_them() -> None:
    document = read("张三：我去江州。\n张三：那里下雨了。\n李四：桥停了。\n李四：我不去。")
    drafts = wholes(document)[1:3]
    assert [draft.text for draft in drop_repeated_speakers(document, drafts)] == ["那里下雨了。", "桥停了。"]
    assert (
        "".join(piece.text for piece in join_drafts(document, drop_repeated_speakers(document, drafts)))
        == "那里下雨了。\n桥停了。"
    )


@given(any_texts | marked_texts | articles(), st.data())
def test_no_more_than_one_mark_parts_sentences_and_only_where_one_may(text: str, data: st.DataObject) -> None:
    document = read(text)
    drafts = data.draw(st.permutations(wholes(document)))
    for printed_drafts in (drafts, drop_repeated_speakers(document, drafts)):
        for (one, other), (before, after) in zip(pairwise(drafts), pairwise(printed_drafts), strict=True):
            found = separator_between(document, before, after)
            assert len(found) <= 1
            assert all(len(piece.text) == 1 and piece.start is None for piece in found)
            assert not found or may_have_separator(one) or may_have_separator(other)
