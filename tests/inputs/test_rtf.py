import pytest
from office import damaged, places, read_one, refusals_of, roles

from summarize.errors import InputError
from summarize.inputs import rtf
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options

WHEEL = "河谷村的水轮建于一百二十年前。"
FLOOD = "二十年前的一场洪水冲毁了引水渠。"


def rich(body: str, *, head: str = r"\ansi\ansicpg936{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\f0") -> bytes:
    """Return rich text; Chinese in it stands as WordPad writes it, two codes for each character."""
    return b"{\\rtf1" + escaped(f"{head} {body}", "gbk") + b"}"


def escaped(text: str, encoding: str) -> bytes:
    return b"".join(
        char.encode() if char.isascii() else b"".join(b"\\'%02x" % code for code in char.encode(encoding))
        for char in text
    )


def text_of(body: str, **more: str) -> str:
    return read_one(rich(body, **more)).text


def test_paragraphs_are_parted_by_blank_lines():
    source = read_one(rich(rf"\pard {WHEEL}\par\par {FLOOD}"))
    assert source.text == f"{WHEEL}\n\n{FLOOD}"
    assert (source.format, source.encoding, source.title, source.warnings) == ("rtf", "gb18030", None, ())


def test_rich_text_is_told_by_its_first_bytes_whatever_its_name():
    for suffix in (".doc", ".txt", ".rtf"):
        assert read_bytes(b"\r\n" + rich(WHEEL), Options(suffix=suffix))[0].format == "rtf"
    assert not rtf.recognise(b"text with {\\rtf1 in it", ".rtf")


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        pytest.param(rb"\ansi\ansicpg936", b"\\'cb\\'ae\\'c2\\'d6", "水轮", id="GBK by the code page"),
        pytest.param(rb"\ansi\ansicpg950", b"\\'a4\\'f4\\'bd\\'fc", "水輪", id="Big5 by the code page"),
        pytest.param(
            rb"\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset136 B;}}",
            rb"\f0 A\f1 " + b"\\'a4\\'f4\\'bd\\'fc" + rb"\f0 \'e9",
            "A水輪é",
            id="Big5 by the font",
        ),
        pytest.param(rb"\ansi\ansicpg950", b"\\'a5\\\\", "功", id="a second byte that is a backslash"),
        pytest.param(rb"\ansi\ansicpg936", b"\\'81@\\'81\\'7e", "丂亊", id="a second byte that is a letter"),
        pytest.param(rb"\ansi\ansicpg936", "水轮".encode("gbk"), "水轮", id="bytes as they are"),
        pytest.param(rb"\ansi\ansicpg1252", "水轮".encode(), "水轮", id="UTF-8, which is no rich text"),
        pytest.param(rb"\ansi", rb"\'e9t\'e9 \'93x\'94", "été “x”", id="Windows"),
        pytest.param(rb"\mac", rb"\'8et\'8e", "été", id="Macintosh"),
        pytest.param(rb"\ansi\ansicpg99999", rb"\'e9t\'e9", "été", id="a code page that there is not"),
        pytest.param(rb"\ansi", rb"\u27700?\u-28802?\uc0\u-10179\u-8704\uc2\u8364 ab!", "水轾😀€!", id="Unicode"),
        pytest.param(rb"\ansi\ansicpg936\uc2", b"\\u27700\\'cb\\'ae\\'c2\\'d6", "水轮", id="two codes for old readers"),
        pytest.param(rb"\ansi", rb"{\u8220 {x}\u8221\'94}", "“x”", id="a group ends what is skipped"),
        pytest.param(rb"\ansi", rb"\u-10179 ?x", "\ufffdx", id="half of a character"),
    ],
)
def test_characters_are_decoded(head, body, text):
    assert read_one(b"{\\rtf1" + head + b" " + body + b"}").text == text


def test_signs_stand_for_themselves():
    assert text_of(r"a\{b\}\\c\~d\_e\-f\line g\tab h\emdash i\endash \ldblquote j\rdblquote\lquote k\rquote") == (
        "a{b}\\c d-ef\ng\th—i–“j”‘k’"
    )


def test_line_ends_of_the_file_mean_nothing_but_behind_a_backslash():
    assert text_of("水\r\n轮\n转\\\n了") == "水轮转\n\n了"


SHEET = (
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2\sbasedon1 My heading;}{\s3 Title;}{\s4 caption;}"
    r"{\s5 Source Code;}{\*\cs10 Strong;}{\s6\outlinelevel1 Mine;}{\s7 toc 1;}{\s8 标题 2;}}"
)


@pytest.mark.parametrize(
    ("style", "role"),
    [
        (r"\s1", "heading"),
        (r"\s2", "heading"),
        (r"\s6", "heading"),
        (r"\s8", "heading"),
        (r"\outlinelevel0", "heading"),
        (r"\s1\outlinelevel9", None),
        (r"\s4", "apparatus"),
        (r"\s0", None),
        (r"\s99", None),
    ],
)
def test_styles_say_what_paragraphs_are(style, role):
    source = read_one(rich(rf"{SHEET}\pard{style} 起点\par\pard {WHEEL}\par"))
    assert source.text == f"起点\n\n{WHEEL}"
    assert roles(source) == ([("起点", role)] if role else [])


@pytest.mark.parametrize("style", [r"\s5", r"\s7"])
def test_code_and_contents_are_left_out(style):
    assert text_of(rf"{SHEET}\pard{style} x = 1\par\pard {WHEEL}\par") == WHEEL


def test_title_and_chapters():
    head = r"{\info{\title 旧稿}{\author 林小雨}}"
    body = rf"\pard\s1 起点\par\pard {WHEEL}\par\pard\s1 终点\par\pard {FLOOD}\par"
    source = read_one(rich(rf"{SHEET}{head}\pard\s3 水轮志\par{body}"))
    assert source.title == "水轮志"
    assert places(source) == [("chapter", "起点", "起点"), ("chapter", "终点", "终点")]
    assert read_one(rich(SHEET + head + body)).title == "旧稿"
    assert read_one(rich(SHEET + body)).title == "起点"
    assert read_one(rich(SHEET + r"{\qc\b\fs36 水轮\par}" + body)).title is None  # which may be that of the whole


@pytest.mark.parametrize(
    "other",
    [
        r"{\pict\pngblip 89504e470d0a}",
        r"{\object{\*\objdata 0105}{\result{\pict 00}}}",
        r"{\header 页眉\par}{\footerf 7\par}",
        r"{\super\chftn}{\footnote\pard 注\par}",
        r"{\*\annotation 批}{\*\atnauthor 林}",
        r"{\*\bkmkstart a}{\*\unknown{x}y}",
        r"{\v 密}{\deleted 旧}\v 密\v0 ",
        r"{\nonshppict{\pict 00}}{\colortbl;\red0;}",
        "{\\super 1}{\\super [2]}",
    ],
)
def test_what_is_no_part_of_the_text_is_left_out(other):
    assert text_of(rf"\pard 水轮{other}转了。\par") == "水轮转了。"


def test_bytes_behind_bin_are_passed_over():
    assert read_one(rb"{\rtf1 {\pict\bin5 }}}}}}It turns.}").text == "It turns."


def test_a_raised_figure_stays_where_it_is_a_power():
    assert text_of(r"It has 3 km{\super 2} of land.") == "It has 3 km2 of land."
    assert text_of(r"\super 1\nosupersub It turns.") == "It turns."


def test_of_a_field_what_it_shows_is_read_unless_it_is_the_contents_or_a_page():
    def field(instruction, shown):
        return rf"{{\field{{\*\fldinst {instruction}}}{{\fldrslt {shown}}}}}"

    contents = field("TOC \\\\o", r"起点 3\par 终点 5\par")
    assert text_of(rf"{contents}见{field('HYPERLINK x', '下文')}{field('{PAGE}', '7')}。") == "见下文。"


def test_items_have_their_marks_and_a_line_each():
    word = r"\pard{\listtext\pard\plain 1.\tab}主轴换了\par{\listtext 2.\tab}水渠通了\par"
    pad = r"\pard{\pntext\f1\'B7\tab}{\*\pn\pnlvlblt{\pntxtb\'B7}}石坝完好\par"
    mac = r"\pard{\listtext\tab\uc0\u8226 \tab}闸门重做\par"
    typed = r"\bullet\tab 轴承缺油\par"
    assert text_of(word + pad + mac + typed) == ("1. 主轴换了\n2. 水渠通了\n- 石坝完好\n- 闸门重做\n- 轴承缺油")


def test_headings_have_their_numbers_and_no_bullets():
    body = rf"{SHEET}\pard\s1{{\listtext 第一章\tab}}起点\par\pard\s1{{\listtext\'B7\tab}}终点\par"
    assert text_of(body) == "第一章 起点\n\n终点"


def test_of_tables_the_cells_with_sentences_are_read():
    row = r"\trowd\cellx1\cellx2\pard\intbl 主轴\cell 32\cell\row"
    prose = rf"\trowd\pard\intbl 背景\par {WHEEL}\cell\pard\intbl 签名\cell\row\pard {FLOOD}\par"
    assert text_of(row + prose) == f"背景\n\n{WHEEL}\n\n{FLOOD}"


def test_a_text_box_is_read_beside_its_paragraph():
    box = rf"{{\shp{{\*\shpinst{{\sp{{\sn a}}{{\sv 1}}}}{{\shptxt\pard {FLOOD}\par}}}}{{\shprslt 旧}}}}"
    assert text_of(rf"\pard 水轮{box}转了。\par") == f"{FLOOD}\n\n水轮转了。"


def test_a_text_that_is_cut_off_is_read_with_a_warning():
    whole = rich(rf"\pard {WHEEL}\par{{\b {FLOOD}}}\par")
    source = read_one(whole.removesuffix(b"}\\par}"))
    assert source.text == f"{WHEEL}\n\n{FLOOD}"
    assert source.warnings == ("a file: is truncated; the existing part was read",)
    in_box = read_one(rich(r"\pard 水轮{\shp{\*\shpinst{\shptxt 洪水").removesuffix(b"}"))
    assert in_box.text == "洪水\n\n水轮"


def test_what_follows_the_last_group_is_no_part_of_it():
    assert read_one(rich(WHEEL) + b"\0\0 rubbish}").text == WHEEL


def test_groups_nested_without_end_are_refused():
    assert read_one(b"{\\rtf1" + b"{" * 1000 + b"It turns." + b"}" * 1001).text == "It turns."
    with pytest.raises(InputError, match=r"^a file: is damaged \(its groups are nested too deeply\); open it and save"):
        read_one(b"{\\rtf1" + b"{" * 6000)


def test_a_text_without_text_is_refused():
    with pytest.raises(InputError, match=r"^a file: contains no text to summarize \(rtf\)$"):
        read_one(rich(r"\pard\par"))


def test_damaged_copies_give_a_text_or_one_line(capfd, caplog):
    content = rich(
        rf"{SHEET}\pard\s1 起点\par\pard {WHEEL}\par\trowd\pard\intbl {FLOOD}\cell\row{{\*\shpinst{{\shptxt x}}}}"
    )
    assert refusals_of(damaged(content), rtf.read) == []
    assert capfd.readouterr() == ("", "")
    assert not caplog.records
