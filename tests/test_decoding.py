import contextlib
import encodings.aliases
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.errors import InputError
from summarize.text.decoding import BYTE_ORDER_MARKS, MAX_BAD_SHARE, decode, well_formed

CHINESE = "气象台今天上午发布消息，夜间有大风降温。\n老张在县城开了二十年书店，店面不大，却总有人坐在角落里读书。\n"
TRADITIONAL = "捷運站旁的麵店開了三十幾年，老闆娘每天清晨四點就起床熬湯。\n"
JAPANESE = "駅前の古い本屋は、二十年前から同じ夫婦が営んでいる。\n"
KOREAN = "역 앞의 오래된 책방은 이십 년째 같은 부부가 운영하고 있다.\n"
ENGLISH = "The mayor said it’s the only one that doesn’t cost more – “at least for now.”\n"
RUSSIAN = "Городской совет вчера решил закрыть старый мост на восемнадцать месяцев.\n"


def outcome(data, **options):
    """Decode, or give the message of the error."""
    try:
        return decode(data, **options)
    except InputError as error:
        return str(error)


# Byte order marks

MARKED = ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030"]


@pytest.mark.parametrize("encoding", MARKED)
def test_byte_order_mark_decides_and_is_not_text(encoding):
    source = decode(("\ufeff" + CHINESE).encode(encoding))
    assert source.text == CHINESE
    assert source.encoding == encoding
    assert source.warnings == ()


def test_byte_order_mark_inside_the_text_stays():
    assert decode("前\ufeff后".encode()).text == "前\ufeff后"
    assert decode("\ufeff前\ufeff后".encode()).text == "前\ufeff后"


@pytest.mark.parametrize("named", ["utf-8", "UTF8", "utf-8-sig"])
def test_byte_order_mark_agrees_with_the_named_encoding(named):
    source = decode(CHINESE.encode("utf-8-sig"), encoding=named)
    assert (source.text, source.warnings) == (CHINESE, ())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_byte_order_mark_settles_what_utf16_leaves_open(codec):
    source = decode(("\ufeff" + CHINESE).encode(codec), encoding="utf-16")
    assert (source.text, source.encoding, source.warnings) == (CHINESE, codec, ())


def test_byte_order_mark_wins_over_the_named_encoding_with_a_warning():
    source = decode(CHINESE.encode("utf-8-sig"), encoding="gbk", name="a.txt")
    assert source.text == CHINESE
    assert source.warnings == ("a.txt: begins with a byte order mark of utf-8 and was read as utf-8, not as gbk",)


# Round trips

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).map(lambda text: "字" + text)


@given(texts)
def test_reader_returns_what_utf8_was_written(text):
    assert decode(text.encode()).text == text


@given(texts, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_reader_returns_what_was_written_with_a_mark(text, codec):
    source = decode(text.encode(codec))
    assert source.text == text
    assert source.warnings == ()


@given(texts, st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16"]))
def test_reader_returns_what_was_written_in_the_named_encoding(text, codec):
    assert decode(text.encode(codec), encoding=codec).text == text


@given(st.binary(), st.sampled_from([None, "utf-8", "gbk", "big5", "utf-16", "utf-7", "latin-1"]))
def test_reader_gives_clean_text_or_one_clear_line(data, encoding):
    result = outcome(data, encoding=encoding, name="input")
    if isinstance(result, str):
        assert result.startswith("input: ")
        assert "\n" not in result
    else:
        assert result.text.strip()
        assert "\0" not in result.text
        result.text.encode()  # no surrogates
        assert all(warning.startswith("input: ") and "\n" not in warning for warning in result.warnings)


# Detection


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (CHINESE, "gbk", "gb18030"),
        (CHINESE, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (JAPANESE, "euc_jp", "euc-jp"),
        (KOREAN, "euc_kr", "euc-kr"),
        (ENGLISH, "cp1252", "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "cp866", "ibm866"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
    ],
)
def test_reader_detects_and_names_the_encoding(text, codec, encoding):
    source = decode(text.encode(codec))
    assert source.text == text
    assert source.encoding == encoding
    assert source.warnings == ()
    assert decode(text.encode(codec), encoding=source.encoding).text == text  # the name can be given back


def test_reader_asks_when_the_encoding_cannot_be_told():
    with pytest.raises(InputError) as caught:
        decode(random.Random(1).randbytes(200).replace(b"\0", b""), name="a.txt")
    assert str(caught.value) == (
        "a.txt: is not UTF-8, and its encoding cannot be detected; "
        "name it with --encoding (for example utf-8, gb18030, big5 or windows-1252)"
    )


def test_reader_names_the_candidates_when_in_doubt():
    data = "call the function 配置 and leave the office for good".encode("gbk")
    with pytest.raises(InputError, match=r"name it with --encoding \(it may be .*gb18030.*\)$"):
        decode(data)


def test_reader_of_utf8_does_not_wait_for_the_detection():
    code = (
        "import sys; from summarize.text.decoding import decode; decode('你好'.encode());"
        "sys.exit('summarize.text.detection' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_reader_of_a_named_encoding_does_not_load_chardet():
    code = (
        "import sys; from summarize.text.decoding import decode; decode('你好'.encode('gbk'), encoding='gbk');"
        "sys.exit('chardet' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# Malformed sequences


def test_reader_replaces_few_malformed_sequences_and_says_where():
    lines = [CHINESE.encode()] * 10  # two lines each
    lines[3] = b"\xff" + lines[3]
    lines[5] = lines[5][:32] + lines[5][33:]  # the last byte of a character lost
    source = decode(b"".join(lines), name="a.txt")
    assert source.text.count("\ufffd") == 2
    assert source.text.startswith(CHINESE * 3 + "\ufffd" + CHINESE)
    assert source.warnings == ("a.txt: 2 malformed utf-8 sequences shown as \ufffd, on lines 7 and 11",)


def test_reader_warns_of_one_malformed_sequence_in_the_singular():
    source = decode(CHINESE.encode() + b"\xfe\n", name="a.txt")
    assert source.warnings == ("a.txt: 1 malformed utf-8 sequence shown as \ufffd, on line 3",)


def test_reader_names_the_first_lines_only():
    data = (CHINESE.encode() * 5 + b"\xff\xff") * 8
    source = decode(data, name="a.txt")
    assert source.warnings == ("a.txt: 16 malformed utf-8 sequences shown as \ufffd, the first on lines 11, 21 and 31",)


def test_reader_does_not_count_replacement_characters_of_the_text_itself():
    source = decode(("\ufffd" * 100 + CHINESE).encode())
    assert source.warnings == ()


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_reader_repairs_a_text_cut_inside_its_last_character(codec):
    text = CHINESE.rstrip()
    source = decode(text.encode(codec)[:-1], name="a.txt")
    assert source.text == text[:-1] + "\ufffd"
    assert source.encoding == codec
    assert source.warnings == ("a.txt: ends in the middle of a character, which was replaced by \ufffd",)


def test_reader_repairs_malformed_gb18030_too():
    data = (CHINESE * 5).encode("gbk")
    source = decode(b"\xff" + data)
    assert source.text == "\ufffd" + CHINESE * 5
    assert source.encoding == "gb18030"
    assert len(source.warnings) == 1


def test_reader_repairs_a_lone_surrogate_in_utf16():
    data = CHINESE.encode("utf-16") + b"\x00\xd8a\0"
    assert decode(data).text == CHINESE + "\ufffda"


def test_reader_repairs_lone_surrogates_that_a_codec_lets_pass():
    assert decode(b"all is well +2AA- here", encoding="utf-7").text == "all is well \ufffd here"


@pytest.mark.parametrize(
    ("encoding", "hint"), [(None, "name its encoding with --encoding"), ("utf-8", "leave out --encoding")]
)
def test_reader_refuses_many_malformed_sequences(encoding, hint):
    num_characters = int(0.5 / MAX_BAD_SHARE)  # to each malformed sequence: twice as many as we repair
    damaged = ("字" * num_characters + "\n").encode() + b"\xff"
    with pytest.raises(InputError) as caught:
        decode(damaged * 5, encoding=encoding, name="a.txt")
    assert str(caught.value) == (f"a.txt: too much of it is not utf-8, starting on line 2; {hint}, or fix that line")


def test_reader_refuses_text_that_changes_its_encoding():
    with pytest.raises(InputError, match="too much of it is not utf-8, starting on line 1001"):
        decode((CHINESE * 500).encode() + (CHINESE * 500).encode("gbk"))


def test_reader_replaces_a_stray_byte_in_ascii():
    source = decode(b"The bridge is closed \xff for repairs.")
    assert source.text == "The bridge is closed \ufffd for repairs."
    assert source.encoding == "utf-8"
    assert len(source.warnings) == 1


@pytest.mark.parametrize("word", ["配置", "文件夹", "服务器"])
def test_reader_does_not_take_a_gbk_word_in_ascii_for_damage(word):
    data = f"To change the settings, open {word} and follow the steps. ".encode("gbk")
    padded = data + b"Nothing else will be changed on your computer. " * 50
    result = outcome(padded)
    assert "--encoding" in result if isinstance(result, str) else word in result.text


# Named encodings


@pytest.mark.parametrize(
    ("text", "codec", "named"),
    [
        pytest.param("人民币€与𠮷，啰嗦", "gb18030", "gb2312", id="gb18030-for-gb2312"),
        pytest.param("恒生碁、～", "cp950", "big5", id="windows-for-big5"),
        pytest.param("髙橋①", "cp932", "shift_jis", id="windows-for-shift_jis"),
        pytest.param("똠방각하", "cp949", "euc-kr", id="windows-for-euc-kr"),
        pytest.param("it’s", "cp1252", "latin-1", id="windows-for-latin-1"),
    ],
)
def test_named_encoding_includes_what_such_files_have_beyond_the_standard(text, codec, named):
    source = decode(text.encode(codec), encoding=named)
    assert source.text == text


def test_named_encoding_is_reported_by_its_proper_name():
    assert decode(CHINESE.encode("gbk"), encoding="GBK").encoding == "gbk"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_named_encoding_without_byte_order_finds_it(codec):
    source = decode(CHINESE.encode(codec), encoding=codec[:6])
    assert (source.text, source.encoding) == (CHINESE, codec)


def test_named_encoding_is_believed():
    assert decode(RUSSIAN.encode("koi8_r"), encoding="koi8-r").text == RUSSIAN


def test_named_encoding_that_does_not_fit_is_refused():
    with pytest.raises(InputError, match=r"^a\.txt: too much of it is not utf-8, starting on line 1; "):
        decode(CHINESE.encode("gbk"), encoding="utf-8", name="a.txt")


@pytest.mark.parametrize(
    "encoding", ["klingon", "", "base64", "rot13", "idna", "unicode_escape", "undefined", "a\0b", "a\nb", "字"]
)
def test_unknown_encoding_is_refused_with_examples(encoding):
    with pytest.raises(InputError, match=r"^unknown encoding '.*'; try for example utf-8, gb18030, ") as caught:
        decode(b"text", encoding=encoding)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("encoding", sorted(set(encodings.aliases.aliases.values())))
def test_every_encoding_of_python_reads_or_is_refused(encoding):
    result = outcome(b"plain words\n" * 4, encoding=encoding)
    assert result.startswith(("unknown encoding", "text: ")) if isinstance(result, str) else result.text


# What cannot be summarized


@pytest.mark.parametrize("data", [b"", "".encode("utf-8-sig"), "\ufeff".encode("utf-16-le")])
def test_empty_input_is_refused(data):
    with pytest.raises(InputError, match=r"^a\.txt: .*there is nothing to summarize$"):
        decode(data, name="a.txt")


@pytest.mark.parametrize("text", [" \n\t", "　　\n　", "\u200b\ufeff \xa0", "\x1b\x07"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_white_space_alone_is_refused(text, codec):
    with pytest.raises(InputError, match="contains only white space; there is nothing to summarize"):
        decode(text.encode(codec))


def test_nul_bytes_are_refused_with_a_hint_at_what_reads_them():
    with pytest.raises(
        InputError, match=r"NUL .* --encoding utf-16-le, or --encoding utf-8 if NULs separate UTF-8 texts"
    ):
        decode(b"plain words\0\0\x01")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "latin-1"])
def test_a_text_that_nuls_part_is_read_where_its_encoding_is_named(encoding):
    source = decode(b"one name\0another name\0a third one\0", encoding=encoding, name="a.txt")
    assert source.text == "one name\ufffdanother name\ufffda third one\ufffd"
    assert source.warnings == ("a.txt: replaced 3 NUL characters by \ufffd",)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_letters_in_utf16_are_not_read_in_another_encoding_that_is_named(encoding):
    with pytest.raises(InputError, match=r"has NUL bytes .* --encoding utf-16-le"):
        decode("plain words".encode("utf-16-le"), encoding=encoding)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5"])
def test_a_nul_is_no_dead_end_beside_what_is_no_utf8(codec):
    text = CHINESE if codec != "big5" else "昨天夜裡河水上漲了三公尺，市政府關閉了兩座大橋，沒有人受傷。" * 3
    data = text.encode(codec)
    beside = b"\xff" if codec == "utf-8" else b""
    source = decode(data + b"\0" + beside + data)
    assert source.text == f"{text}\ufffd{beside.decode('latin-1').replace(chr(255), chr(0xFFFD))}{text}"
    assert source.warnings[-1].endswith("replaced 1 NUL character by \ufffd")


@given(st.binary(min_size=400, max_size=600))
def test_any_bytes_with_nuls_are_a_text_or_refused(data):
    with contextlib.suppress(InputError):
        assert "\0" not in decode(b"\0\xff" + data).text


def test_noise_is_no_text_where_its_nuls_are_few():
    noise = random.Random(7).randbytes(4000)
    with pytest.raises(InputError, match="looks like a binary file"):
        decode(noise)


@pytest.mark.parametrize("mark", BYTE_ORDER_MARKS, ids=lambda mark: mark[1])
@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_byte_order_mark_that_comes_again_is_left_out(mark, times):
    source = decode(mark[0] * times + CHINESE.encode(mark[1]))
    assert (source.text, source.encoding, source.warnings) == (CHINESE, mark[1], ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", ""), ("ab", "ab"), ("雨", "雨"), ("a\ud800b", "a\ufffdb"), ("\udfff\ud800", "\ufffd\ufffd"), ("😀", "😀")],
)
def test_half_of_a_surrogate_pair_is_shown(text, expected):
    assert well_formed(text) == expected


@pytest.mark.parametrize("encoding", [None, "utf-8"])
def test_a_nul_in_text_is_shown_with_a_warning(encoding):
    source = decode(f"{CHINESE}\0{CHINESE}".encode(), encoding=encoding, name="a.txt")
    assert source.text == f"{CHINESE}\ufffd{CHINESE}"
    assert source.warnings == ("a.txt: replaced 1 NUL character by \ufffd",)


def test_a_scrap_in_another_encoding_is_repaired():
    text = CHINESE * 30
    source = decode(f"{text}\n".encode() + "图书馆启".encode("gbk") + b"\n")
    assert source.text.startswith(text)
    assert source.encoding == "utf-8"
    assert len(source.warnings) == 1


@pytest.mark.parametrize("above", [0, 0xF100], ids=["controls", "LibreOffice"])
def test_reader_warns_of_utf8_read_as_windows_1252_though_that_lacks_some_bytes(above):
    data = "水轮停了很久，今天又转了起来。".encode()
    lacking = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    text = "".join(chr(above + byte) if byte in lacking else bytes([byte]).decode("windows-1252") for byte in data)
    (warning,) = decode(text.encode(), name="a.txt").warnings
    assert warning.startswith("a.txt: looks like UTF-8 that was once decoded as windows-1252")


@pytest.mark.parametrize("errors", ["ignore", "replace"])
@pytest.mark.parametrize("wrong", ["latin-1", "gb18030"])
def test_reader_warns_of_utf8_read_as_something_else(wrong, errors):
    data = "水轮停了很久，今天又转了起来。".encode()
    text = data.decode(wrong, errors)
    (warning,) = decode(text.encode(), name="a.txt").warnings
    assert warning.startswith(f"a.txt: looks like UTF-8 that was once decoded as {wrong}")


def test_reader_warns_of_utf7():
    text = "水轮停了很久，今天又转了起来。"
    source = decode(text.encode("utf-7"), name="a.txt")
    assert source.warnings == ("a.txt: looks like UTF-7; if so, read it with --encoding utf-7",)
    assert decode(text.encode("utf-7"), encoding="utf-7").text == text


@pytest.mark.parametrize("text", ["Käse für später – schön!", "水轮停了。", "1+1=2, and a+b+c", "Ça va? Où? À côté."])
def test_reader_suspects_no_plain_text(text):
    assert decode(text.encode()).warnings == ()
