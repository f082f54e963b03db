"""Subtitles and lyrics: each layout, what is said once, and how cues become sentences."""

import pytest
from damage import damaged, outcome

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs.door import read_bytes
from summarize.inputs.subtitles import recognise
from summarize.inputs.table import Options
from summarize.text.documents import as_document

Timed = tuple[float, float, str]  # start and end of a cue, and what it says


def clock(seconds: float, point: str = ",") -> str:
    thousandths = round(seconds * 1000)
    minutes = thousandths // 60_000
    return f"{minutes // 60:02}:{minutes % 60:02}:{thousandths // 1000 % 60:02}{point}{thousandths % 1000:03}"


def srt(*cues: Timed) -> str:
    return "\n".join(f"{n}\n{clock(start)} --> {clock(end)}\n{said}\n" for n, (start, end, said) in enumerate(cues, 1))


def vtt(*cues: Timed) -> str:
    bodies = (f"{clock(start, '.')} --> {clock(end, '.')}\n{said}\n" for start, end, said in cues)
    return "WEBVTT\n\n" + "\n".join(bodies)


def ass(*events: str) -> str:
    fields = "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
    return "\n".join(("[Script Info]", "Title: 河灯", "", "[Events]", fields, *events))


def read(text: str, suffix: str = "") -> Source:
    (source,) = read_bytes(text.encode(), Options(name="it", suffix=suffix))
    assert source.format == "subtitles"
    return source


def paragraphs(text: str, suffix: str = "") -> list[str]:
    return read(text, suffix).text.split("\n\n")


def follow(*said: str, gap: float = 0.0) -> list[Timed]:
    """Cues of two seconds each."""
    return [(n * (2 + gap), n * (2 + gap) + 2, one) for n, one in enumerate(said)]


# Layouts


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        pytest.param(srt((1, 2, "It turns."), (2, 4, "It stops.")), "", id="srt"),
        pytest.param(srt((1, 2, "It turns."), (2, 4, "It stops.")).replace("\n", "\r\n"), "", id="srt of Windows"),
        pytest.param(srt((1, 2, "It turns."), (2, 4, "It stops.")).replace("\n\n", "\n"), "", id="srt without blanks"),
        pytest.param(vtt((1, 2, "It turns."), (2, 4, "It stops.")), "", id="vtt"),
        pytest.param(
            "WEBVTT\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE checked\n\nintro\n"
            "00:01.000 --> 00:02.000 align:start position:0%\n<c.loud>It</c> <i>turns.</i>\n\n"
            "NOTE\nto do\n\n00:02.000 --> 00:04.000\nIt&nbsp;stops.",
            "",
            id="blocks, names, settings and tags",
        ),
        pytest.param("0:00:01.000,0:00:02.000\nIt turns.\n\n0:00:02.000,0:00:04.000\nIt stops.", ".sbv", id="sbv"),
        pytest.param("[00:01.000 --> 00:02.000]  It turns.\n[00:02.000 --> 00:04.000]  It stops.", "", id="whisper"),
        pytest.param(
            ass(
                "Dialogue: 0,0:00:02.00,0:00:04.00,Main,,0,0,0,,It stops.",
                r"Dialogue: 0,0:00:01.00,0:00:02.00,Main,,0,0,0,,{\an8\fs20}It\Nturns.",
                "Comment: 0,0:00:01.00,0:00:02.00,Main,,0,0,0,,Is it?",
                "Dialogue: 1,0:00:01.00,0:00:02.00,Sign,,0,0,0,,MILL",
                r"Dialogue: 0,0:00:01.00,0:00:02.00,Main,,0,0,0,,{\p1}m 0 0 l 9 9{\p0}",
                "Dialogue: 0,soon,0:00:02.00,Main,,0,0,0,,No time.",
            ).replace("Title: 河灯\n", ""),
            "",
            id="ass",
        ),
        pytest.param("[00:01.00]It turns.\n[00:02.00]It stops.\n[00:04.00]", ".lrc", id="lrc"),
        pytest.param("{0}{0}25\n{25}{50}{y:i}It|turns.\n{50}{100}It stops.", "", id="MicroDVD"),
        pytest.param("{24}{48}It turns.\n{48}{96}It stops.", ".sub", id="MicroDVD without its rate"),
        pytest.param(
            '<?xml version="1.0"?>\n<tt xmlns="http://www.w3.org/ns/ttml"><head/><body><div>\n'
            '<p begin="00:00:01.000" end="00:00:02.000" style="s">It<br/><span>turns.</span></p>\n'
            '<p begin="2s" end="4s">It stops.</p></div></body></tt>',
            "",
            id="TTML",
        ),
    ],
)
def test_each_layout_is_known_by_its_content_and_read(text, suffix):
    source = read(text, suffix)
    assert source.text == "It turns. It stops."
    assert [(place.start, place.value) for place in source.places if place.kind == "time"] == [
        (0, "0:00:01"),
        (10, "0:00:02"),
    ]


def test_a_transcript_copied_from_a_page_has_a_time_over_each_line():
    text = "0:01\nIt is old.\n0:04\nIt turns.\n0:09\nIt stops,\n0:12\nand turns again.\n1:01:05\nThe end."
    source = read(text)
    assert source.text == "It is old. It turns. It stops, and turns again. The end."
    assert source.places[-2].value == "1:01:05"


@pytest.mark.parametrize(
    "text",
    [
        "0:01\nIt is old.\n0:04\nIt turns.\n0:09\nSo.\n0:12\nIt stops.\n0:15\nThe end.",
        "[0:01]It is old.\n[0:04]It turns.\n[0:09]So.\n[0:12]It stops.\n[0:15]The\nend.",
    ],
)
def test_lines_over_a_transcript_are_kept(text):
    source = read("Mills\nAnn asks Ben about mills.\n" + text)
    assert source.text == "Mills\n\nAnn asks Ben about mills.\n\nIt is old. It turns. So. It stops. The end."
    assert [(source.text[part.start : part.end], part.role) for part in source.parts] == [("Mills", "apparatus")]


def test_times_may_have_hours_of_three_digits_and_odd_fractions():
    source = read("1\n100:00:01,5 --> 100:00:02,1000\nIt turns.\n", ".srt")
    assert (source.text, source.places[0].value) == ("It turns.", "100:00:01")


def test_places_name_the_lines_of_the_file():
    source = read(srt((1, 2, "It turns."), (9, 12, "It\nstops.")))
    lines = {place.start: place.value for place in source.places if place.kind == "line"}
    assert lines == {0: "3", 11: "7"}


def test_encoding_and_warnings_are_those_of_the_text():
    (source,) = read_bytes(srt((1, 2, "水轮转了。"), (2, 3, "又停了。")).encode("gb18030"), Options(suffix=".srt"))
    assert (source.text, source.encoding) == ("水轮转了。又停了。", "gb18030")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("How to write cues\n\n" + srt((1, 2, "Hi."), (2, 3, "Bye.")), id="prose that shows subtitles"),
        pytest.param("a --> b\nb --> c\n10:30 --> home\n", id="arrows"),
        pytest.param("9:00\nWelcome\n9:30\nTalk\n10:00\nCoffee\n10:30\nTalk\n11:00\nEnd", id="timetable"),
        pytest.param("0:00\nIntro\n4:10\nSetup\n9:30\nFirst cut\n15:00\nGlue\n22:00\nEnd", id="chapters"),
        pytest.param("[12:01] <ann> hi\n[12:02] <ben> hi there\n[12:03] <ann> so", id="chat"),
        pytest.param("[00:01] <ann> hi\n[00:02] <ben> hi there\n[00:03] <ann> so", id="chat after midnight"),
        pytest.param("The meeting is at 0:05.\n0:06 was the time.", id="prose"),
        pytest.param("", id="empty"),
    ],
)
def test_other_texts_are_no_subtitles(text):
    assert not recognise(Source(text, "utf-8"), ".txt")


# What is said


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(
            ["[door slams]", "It turns.", "(applause)", "♪ Turn, wheel ♪", "（鼓掌声）"], ["It turns."], id="sounds"
        ),
        pytest.param(["[sighs] It (laughs) turns. (SLAM)"], ["It turns."], id="sounds inside"),
        pytest.param(["It (the big one) turns."], ["It (the big one) turns."], id="an aside is said"),
        pytest.param(["- Why?\n- It is old."], ["Why?", "It is old."], id="dashes"),
        pytest.param([">> Why?\n&gt;&gt; It is old."], ["Why?", "It is old."], id="angles"),
        pytest.param(["It turns.", "Subtitles by Ann Lee"], ["It turns.", "Subtitles by Ann Lee"], id="credit"),
        pytest.param(
            ["ANN: It turns.", "It is old.", "BEN: Oh."], ["ANN: It turns. It is old.", "BEN: Oh."], id="capitals"
        ),
        pytest.param(
            ["张三：水轮转了。", "李四：真的？", "张三：真的。"],
            ["张三：水轮转了。", "李四：真的？", "张三：真的。"],
            id="names",
        ),
        pytest.param(["The rule is: wait.", *["It turns."] * 9], None, id="a colon makes no name"),
    ],
)
def test_what_is_said_is_read_and_nothing_else(said, expected):
    found = paragraphs(srt(*follow(*said, gap=0.5)), ".srt")
    if expected is None:
        assert found[0].startswith("The rule is: wait. It turns.")
    else:
        assert found == expected


def test_a_line_over_the_first_cue_is_apparatus():
    source = read("Made by hand\n\n" + srt((1, 2, "It turns."), (2, 4, "It stops.")), ".srt")
    assert source.text == "Made by hand\n\nIt turns. It stops."
    assert [part.role for part in source.parts] == ["apparatus"]


def test_credits_are_apparatus():
    source = read(srt(*follow("水轮转了。", "字幕翻译：某某 校对：某某")))
    assert [(source.text[part.start : part.end], part.role) for part in source.parts] == [
        ("字幕翻译：某某 校对：某某", "apparatus")
    ]


def test_voices_are_speakers_and_named_once_in_a_row():
    source = read(vtt((1, 2, "<v Ann Lee>It turns."), (2, 3, "<v Ann Lee>It is old.</v>"), (3, 4, "<v.loud Ben>Oh.")))
    assert source.text == "Ann Lee: It turns. It is old.\n\nBen: Oh."
    assert [source.text[slice(*span)] for span in source.speakers] == ["Ann Lee", "Ben"]


def test_a_name_in_capitals_goes_on_until_a_pause():
    source = read(srt((1, 2, "ANN: It turns."), (3, 4, "It is old."), (9, 10, "Rain fell."), *follow("So.")))
    by = {text[one.body : one.end]: text[slice(*one.speaker)] if one.speaker else "" for text in [source.text]
          for one in as_document(source).sentences}  # fmt: skip
    assert (by["It is old."], by["Rain fell."]) == ("ANN", "")


def test_the_field_for_names_in_ass_names_speakers():
    events = [
        "Dialogue: 0,0:00:01.00,0:00:02.00,Main,阿宁,0,0,0,,灯做好了吗？",
        "Dialogue: 0,0:00:03.00,0:00:04.00,Main,爷爷,0,0,0,,还差一盏。",
        "Dialogue: 0,0:00:04.00,0:00:05.00,Main,NTP,0,0,0,,天黑了。",
    ]
    source = read(ass(*events))
    assert source.text == "河灯\n\n阿宁：灯做好了吗？\n\n爷爷：还差一盏。天黑了。"
    assert source.title == "河灯"


def test_captions_that_roll_up_are_said_once_and_pause_where_their_words_do():
    text = vtt(
        (0, 3, " \nso<00:00:02.500><c> today</c>"),
        (3, 3.01, "so today"),
        (3.01, 6, "so today\nthe<00:00:05.400><c> wheel</c>"),
        (6, 6.01, "the wheel"),
        (6.01, 9, "the wheel\nturns<00:00:06.400><c> again</c>"),
        (9, 9.01, "turns again"),
        (9.01, 12, "turns again\nit<00:00:11.400><c> is</c>"),
        (12, 12.01, "it is"),
        (12.01, 15, "it is\nold"),
    )
    assert read(text).text == "so today the wheel turns again\n\nit is old"


def test_captions_that_grow_are_said_once():
    assert paragraphs(srt(*follow("The", "The wheel", "The wheel turns.", "It", "It stops."))) == [
        "The wheel turns. It stops."
    ]


def test_what_somebody_says_twice_is_said_twice_but_a_cue_cut_in_two_is_one():
    assert paragraphs(srt((0, 1, "No."), (1.5, 2, "No."), (3, 4, "Yes."), (4, 5, "Yes."))) == ["No. No. Yes."]


def test_of_two_languages_the_chinese_is_read():
    said = ["水轮转了。\nThe wheel turns.", "又停了。\nIt stopped.", "OK."]
    assert paragraphs(srt(*follow(*said))) == ["水轮转了。又停了。OK."]


def test_two_languages_may_have_cues_of_their_own():
    assert (
        read("[00:01.00]风吹过\n[00:01.00]The wind\n[00:05.00]水流过\n[00:05.00]The river\n").text == "风吹过\n水流过"
    )


# Runs


def test_a_pause_parts_paragraphs_behind_a_stop_and_a_long_one_anywhere():
    cues = (
        (0, 1, "It turns."),
        (1.5, 2, "It stops"),
        (5, 6, "at night."),
        (9, 10, "Why?"),
        (11, 12, "MILL"),
        (19, 20, "Yes."),
    )
    assert paragraphs(srt(*cues)) == ["It turns. It stops at night.", "Why? MILL", "Yes."]


def test_a_long_paragraph_ends_with_a_sentence():
    found = paragraphs(srt(*follow(*(f"水轮在河边转了{n}年，今年停了。" for n in range(100, 130)))))
    assert len(found) > 2
    assert all(100 < len(one) < 200 and one.endswith("。") for one in found[:-1])


def test_lines_of_a_film_without_stops_stand_by_themselves():
    cues = (
        (0, 1, "你去哪儿"),
        (2, 3, "回家"),
        (4, 5, "水涨了\n桥断了"),
        (6, 7, "村里人，"),
        (7.5, 8, "都走了"),
        (9, 10, "- 谁\n- 我"),
    )
    assert paragraphs(srt(*cues)) == ["你去哪儿", "回家", "水涨了 桥断了", "村里人， 都走了", "谁", "我"]


def test_a_line_that_begins_with_a_small_letter_goes_on():
    cues = ((0, 1, "The wheel that turned"), (1.5, 2, "for a hundred years"), (3, 4, "It stopped"), (9, 10, "at last"))
    assert paragraphs(srt(*cues)) == ["The wheel that turned for a hundred years", "It stopped", "at last"]


def test_speech_that_flows_on_without_stops_is_cut_where_a_clause_opens_and_never_long():
    said = [
        "大家好",
        "我们聊一聊怎么修水轮",
        "很多人觉得很难",
        "首先你要找到裂缝",
        "把旧漆铲掉",
        "然后刷两遍新漆",
        "等它干",
    ]
    found = paragraphs(srt(*follow(*said)))
    assert found == [
        "大家好 我们聊一聊怎么修水轮 很多人觉得很难",
        "首先你要找到裂缝 把旧漆铲掉",
        "然后刷两遍新漆 等它干",
    ]
    many = [f"水轮在河边转{n}圈" for n in range(10, 50)]
    found = paragraphs(srt(*follow(*many)))
    assert all(len(one) <= 40 for one in found)
    assert " ".join(found) == " ".join(many)


def test_english_that_flows_on_is_cut_inside_of_cues_too():
    said = [
        "today I show you how I fix the broken chair in",
        "the kitchen and then we paint it with a",
        "thin brush so",
    ]
    assert paragraphs(srt(*follow(*said, "the legs come last"))) == [
        "today I show you how I fix the broken chair in the kitchen",
        "and then we paint it with a thin brush so the legs come last",
    ]


def test_lines_without_stops_are_no_headings():
    source = read(
        srt(
            (0, 1, "桥断了"),
            (2, 3, "水涨得很快 村里人都在往山上的学校搬"),
            (4, 5, "磨坊那边的那座老桥也断了吗？"),
            (6, 7, "断了"),
            (8, 9, "走"),
            (10, 11, "好"),
        )
    )
    assert {sentence.role for sentence in as_document(source).sentences} == {"text"}


# Lyrics


def test_lyrics_are_lines_with_title_credits_and_verses():
    text = (
        "\ufeff[ti:旧水车]\n[ar:某乐队]\n[by:某某]\n[offset:0]\n[00:00.00]旧水车 - 某乐队\n"
        "[00:01.00]作词 : 某某\n[00:05.00]傍晚的风\n"
        "[00:09.00]吹过<00:09.50>河堤\n[00:12.00]\n[00:20.00][01:20.00]转啊转啊\n[01:30.00]天亮了\n"
    )
    source = read(text, ".lrc")
    assert source.title == "旧水车 - 某乐队"
    assert source.text == "旧水车 - 某乐队\n\n作词 : 某某\n\n傍晚的风\n吹过河堤\n\n转啊转啊\n天亮了"
    assert [part.role for part in source.parts][:2] == ["heading", "apparatus"]


def test_lyrics_of_speech_with_stops_are_sentences():
    assert read("[00:01.00]It turns\n[00:03.00]all day.\n[00:05.00]It stops.\n").text == "It turns all day. It stops."


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        pytest.param(("00:01:05", "00:01:40", "00:02:00"), ["0:01:05", "0:01:40", "0:02:00"], id="hours"),
        pytest.param(("00:01:05", "00:01:75", "00:02:00"), ["0:00:01", "0:00:01", "0:00:02"], id="hundredths"),
    ],
)
def test_a_third_part_of_a_time_is_hundredths_if_it_cannot_be_seconds(stamps, expected):
    source = read("\n".join(f"[{stamp}]第{n}行" for n, stamp in enumerate(stamps)), ".lrc")
    times = [place.value for place in source.places if place.kind == "time"]
    assert times == list(dict.fromkeys(expected))


# Bad input


def test_subtitles_without_speech_are_refused():
    with pytest.raises(InputError, match=r"^it: the subtitles contain no speech; there is nothing to summarize$"):
        read(srt((1, 2, "[music]"), (2, 3, "♪")))


def test_a_text_that_is_called_subtitles_and_is_none_is_refused():
    with pytest.raises(InputError, match=r"^it: has no times as in subtitles; read it with --from text$"):
        read_bytes(b"It turns.", Options(name="it"), source_format="subtitles")


WHOLE = {
    ".srt": srt(*follow("It turns.", "- Why?\n- Old.", "水轮转了。", "ANN: So.")),
    ".vtt": vtt(*follow("<v Ann>It <i>turns.", "so<00:00:03.000><c> it</c>", "&amp; stops")),
    ".lrc": "[ti:旧水车]\n[00:01.00]傍晚的风\n[00:05.00][01:00.00]吹过<00:05.50>河堤\n[00:09.00]\n",
    ".ass": ass(r"Dialogue: 0,0:00:01.00,0:00:02.00,Main,阿宁,0,0,0,,{\an8}灯\N好了"),
}


@pytest.mark.parametrize("suffix", WHOLE)
def test_damaged_subtitles_are_read_or_refused(suffix, capfd):
    for data in damaged(WHOLE[suffix].encode(), num_copies=200):
        found = outcome(data, Options(suffix=suffix), source_format="subtitles")
        assert found == "refused" or all(source.text for source in found)
    assert capfd.readouterr() == ("", "")


def test_cues_at_one_time_are_read_as_one_that_says_each_line_once():
    cues = [(0.0, 2.0, said) for said in ("The mill stood still.", "No!\nNo!", "No!", "It turned again.")]
    assert paragraphs(srt(*cues, (9.0, 11.0, "The end."))) == [
        "The mill stood still. No! No! It turned again.",
        "The end.",
    ]


@pytest.mark.parametrize(
    ("rates", "times"),
    [
        ('ttp:frameRate="25"', ("25f", "50f")),
        ("", ("30f", "60f")),  # as the standard has it
        ('ttp:tickRate="10000000"', ("10000000t", "20000000t")),
        ('ttp:frameRate="25"', ("25t", "50t")),
        ("", ("1t", "2t")),
    ],
)
def test_times_in_frames_and_ticks_are_those_of_the_first_element(rates, times):
    cues = "".join(
        f'<p begin="{time}" end="{time}">{said}</p>'
        for time, said in zip(times, ("It turns.", "It stops."), strict=True)
    )
    source = read(f'<tt xmlns="http://www.w3.org/ns/ttml" {rates}><body><div>{cues}</div></body></tt>')
    assert source.text == "It turns. It stops."
    assert [place.value for place in source.places if place.kind == "time"] == ["0:00:01", "0:00:02"]
