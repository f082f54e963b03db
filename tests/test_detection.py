import random

import pytest

from summarize.text import detection
from summarize.text.decoding import decode
from summarize.text.detection import Detection, codec_name, detect, detect_utf16_order, realigned

SIMPLIFIED = (
    "气象台今天上午发布消息，受北方冷空气影响，周三夜间到周四将有一次明显的降温过程。老张在县城开了二十年书店，店面不大，"
    "却总有人坐在角落里读上一个下午。研究小组用三年时间记录了湖区的水鸟数量，结果显示，越冬的白鹭比十年前增加了一倍。\n"
    "“你到底去不去？”小李站在门口问。法院认为，双方签订的租赁合同合法有效，被告未按约定支付租金，应当承担相应责任。"
)
TRADITIONAL = (
    "捷運站旁的麵店開了三十幾年，老闆娘每天清晨四點就起床熬湯。她說客人大多是附近的上班族，趕時間，所以麵一定要煮得快，"
    "湯一定要夠熱。颱風將於週末接近東部海面，氣象局呼籲民眾做好防颱準備，不要到海邊觀浪。\n"
    "這款手機的螢幕比上一代大了半吋，電池容量也增加，但是售價並沒有調漲。"
)
CANTONESE = "佢哋今日冇嚟，我哋喺度等咗好耐，啲嘢都凍晒喇。聽日再約過，你話好唔好？"
MIXED = (
    "升级到 Python 3.11 之后，程序启动时间从 0.35 秒降到 0.21 秒。请先运行 pip install，再用 --help 查看选项。"
    "If the output looks wrong, set LANG and try again. 如果仍然报错，请把日志文件发给我们。"
)
JAPANESE = (
    "市の気象台によりますと、明日の夜から冷え込みが強まる見込みです。駅前の古い本屋は、二十年前から同じ夫婦が営んでいる。"
    "新しいソフトウェアでは、データをまとめて書き出せるようになりました。"
)
KOREAN = (
    "시 기상청은 오늘 오전, 수요일 밤부터 기온이 크게 떨어질 것이라고 밝혔다. 역 앞의 오래된 책방은 이십 년째 "
    "같은 부부가 운영하고 있다. 가게는 좁지만 아이들이 바닥에 앉아 그림책을 읽는다."
)
ENGLISH = (
    "The council voted on Tuesday to close the old bridge. “We looked at every option,” the mayor said, and it’s the "
    "only one that doesn’t cost more – at least for now. A ticket for the ferry is £2."
)
FRENCH = (
    "Le conseil municipal a décidé hier soir de fermer la vieille école pendant les travaux, qui devraient durer "
    "dix-huit mois. Le maire a répondu qu’une navette gratuite serait mise en place dès le mois de février."
)
GERMAN = (
    "Der Gemeinderat hat beschlossen, die alte Brücke zu sperren. Während der Bauarbeiten fährt eine Fähre über den "
    "Fluß. Viele Anwohner äußerten sich enttäuscht, und später würde es teurer."
)
POLISH = (
    "Rada miejska zdecydowała wczoraj o zamknięciu starego mostu na osiemnaście miesięcy. W czasie remontu przez rzekę "
    "będzie kursował bezpłatny prom. Wielu mieszkańców jest rozczarowanych."
)
RUSSIAN = (
    "Городской совет вчера решил закрыть старый мост на восемнадцать месяцев. На время ремонта через реку будет ходить "
    "бесплатный паром. Многие жители недовольны тем, что их никто не спросил."
)
GREEK = (
    "Το δημοτικό συμβούλιο αποφάσισε χθες να κλείσει την παλιά γέφυρα. Στη διάρκεια των έργων θα υπάρχει δωρεάν πλοίο."
)
THAI = "เมื่อวานนี้สภาเมืองมีมติให้ปิดสะพานเก่าเป็นเวลาสิบแปดเดือน ระหว่างซ่อมจะมีเรือข้ามฟากให้ใช้ฟรี"

READABLE = [
    pytest.param(SIMPLIFIED, "gb18030", id="simplified-gb18030"),
    pytest.param(SIMPLIFIED, "gb2312", id="simplified-gb2312"),
    pytest.param(TRADITIONAL, "gb18030", id="traditional-gb18030"),
    pytest.param(TRADITIONAL, "cp950", id="traditional-big5"),
    pytest.param(JAPANESE, "cp932", id="japanese-shift_jis"),
    pytest.param(JAPANESE, "euc_jp", id="japanese-euc"),
    pytest.param(KOREAN, "cp949", id="korean-euc"),
    pytest.param(SIMPLIFIED, "utf-16-le", id="simplified-utf-16-le"),
    pytest.param(SIMPLIFIED, "utf-16-be", id="simplified-utf-16-be"),
    pytest.param(TRADITIONAL, "utf-16-le", id="traditional-utf-16-le"),
    pytest.param(MIXED, "utf-16-le", id="mixed-utf-16-le"),
    pytest.param(ENGLISH, "utf-16-le", id="english-utf-16-le"),
    pytest.param(ENGLISH, "utf-16-be", id="english-utf-16-be"),
]
ALPHABETS = [
    pytest.param(ENGLISH, "cp1252", id="english"),
    pytest.param(FRENCH, "cp1252", id="french"),
    pytest.param(GERMAN, "cp1252", id="german"),
    pytest.param(POLISH, "cp1250", id="polish"),
    pytest.param(RUSSIAN, "cp1251", id="russian-windows"),
    pytest.param(RUSSIAN, "koi8_r", id="russian-koi8"),
    pytest.param(RUSSIAN, "cp866", id="russian-dos"),
    pytest.param(RUSSIAN, "iso8859_5", id="russian-iso"),
    pytest.param(GREEK, "cp1253", id="greek"),
    pytest.param(THAI, "tis_620", id="thai"),
]
OLD_CODE_PAGES = [
    pytest.param(ENGLISH, "mac_roman", id="english-mac"),
    pytest.param(FRENCH, "mac_roman", id="french-mac"),
    pytest.param(FRENCH.replace("’", "'"), "cp850", id="french-dos"),
    pytest.param(GERMAN, "cp850", id="german-dos"),
]


def windows(text, length, step=7):
    """Cut stretches of `length` characters out of the endless repetition of `text`."""
    endless = text * (2 + length // len(text))
    return [endless[start : start + length] for start in range(0, len(text), step)]


def reading(data):
    """Decode as detected, or None."""
    encoding = detect(data).encoding
    return None if encoding is None else data.decode(codec_name(encoding))


@pytest.mark.parametrize("length", [50, 200, 5000])
@pytest.mark.parametrize(("text", "codec"), READABLE)
def test_detection_reads_east_asian_text_of_some_length(text, codec, length):
    for window in windows(text, length, step=7 if length < 1000 else 60):
        assert reading(window.encode(codec)) == window


@pytest.mark.parametrize(("text", "codec"), READABLE)
def test_detection_reads_most_east_asian_text_of_twenty_characters(text, codec):
    stretches = windows(text, 20)
    num_read = sum(reading(window.encode(codec)) == window for window in stretches)
    assert num_read >= 0.8 * len(stretches)


def test_detection_reads_cantonese_in_big5():
    assert reading(CANTONESE.encode("big5hkscs")) == CANTONESE


@pytest.mark.parametrize(("text", "codec"), ALPHABETS)
def test_detection_reads_text_in_alphabets(text, codec):
    assert reading(text.encode(codec)) == text


@pytest.mark.parametrize("length", [12, 20, 40])
@pytest.mark.parametrize(("text", "codec"), [*READABLE, (MIXED, "gb18030"), *ALPHABETS, *OLD_CODE_PAGES])
def test_detection_asks_rather_than_misreads(text, codec, length):
    for window in windows(text, length, step=2):
        data = window.encode(codec)
        encoding = detect(data).encoding
        if encoding not in (None, "utf-8"):  # UTF-8: a lone accent that will be replaced, with a warning
            assert data.decode(codec_name(encoding)) == window


def test_detection_reads_chinese_mixed_with_english():
    assert reading(MIXED.encode("gb18030")) == MIXED


@pytest.mark.parametrize(
    "text",
    [
        "Now I don’t know what to say about it.",
        "“Yes.”",
        "A – B … C",
        "£5 or €6",
        "He said it’s “late”.",
        "The café is shut – since May\xa01.",
    ],
)
def test_detection_takes_signs_of_windows_in_ascii_for_windows(text):
    assert detect(text.encode("cp1252")) == Detection("windows-1252")


def test_detection_does_not_guess_random_bytes():
    rng = random.Random(20)
    for _ in range(100):
        data = bytes(rng.randrange(1, 256) for _ in range(100))
        assert detect(data).encoding is None


@pytest.mark.parametrize("data", [b"words\0\0\x01 and \xff\xfe", b"\0" * 64, bytes(range(256)) * 4])
def test_detection_does_not_guess_binary_data(data):
    assert detect(data) == Detection(None)


@pytest.mark.parametrize(
    ("confidences", "expected"),
    [
        pytest.param({"gb18030": 0.3, "koi8-r": 0.2}, Detection("gb18030"), id="clear"),
        pytest.param({"gb18030": 0.09}, Detection(None, ("gb18030",)), id="low-confidence"),
        pytest.param({"gb18030": 0.3, "euc-kr": 0.26}, Detection(None, ("gb18030", "euc-kr")), id="small-lead"),
        pytest.param({"gb18030": 0.3, "gbk": 0.3}, Detection("gb18030"), id="same-text"),
        pytest.param({"ascii": 0.9, "klingon": 0.8, "gb18030": 0.3}, Detection("gb18030"), id="unreadable-first"),
        pytest.param({"shift_jis": 0.9, "gb18030": 0.3}, Detection("gb18030"), id="rare-characters-first"),
    ],
)
def test_detection_weighs_confidence_of_what_makes_sense(monkeypatch, confidences, expected):
    monkeypatch.setattr(detection, "_propose", lambda sample, *, modern_only=False: confidences)
    assert detect("啊阿埃挨哎唉".encode("gb18030")) == expected  # the first hanzi of level 1


def test_detection_of_few_letters_asks(monkeypatch):
    monkeypatch.setattr(detection, "_propose", lambda sample, *, modern_only=False: {"gb18030": 0.9})
    assert detect("啊阿埃挨。。".encode("gb18030")) == Detection(None, ("gb18030",))
    assert detect("啊阿埃挨哎。".encode("gb18030")) == Detection("gb18030")


def test_detection_prefers_a_modern_code_page_that_fits_as_well(monkeypatch):
    def propose(sample, *, modern_only=False):
        return {"windows-1252": 0.3} if modern_only else confidences

    monkeypatch.setattr(detection, "_propose", propose)
    confidences = {"windows-1252": 0.3, "macroman": 0.3}
    assert detect("Käse, Käse".encode("cp1252")) == Detection("windows-1252")
    confidences = {"cp850": 0.31, "windows-1252": 0.3}  # in cp850, it would be Kõse
    assert detect("Käse, Käse".encode("cp1252")) == Detection(None, ("windows-1252",))


def test_detection_names_the_candidates_when_in_doubt():
    result = detect("call the function 配置 and leave".encode("gbk"))
    assert result.encoding is None
    assert "gb18030" in result.candidates


def test_detection_asks_when_utf16_is_short():
    assert detect("你们好吗？".encode("utf-16-le")) == Detection(None, ("utf-16-le",))


def test_detection_is_not_misled_by_ruled_lines():
    text = f"{'─' * 60}\n今天会议记录\n{'═' * 60}\n王主任要求各部门在月底之前提交总结。\n{'★' * 60}\n"
    assert reading(text.encode("gb18030")) == text
    assert reading("".join(text.split("\n")).encode("gb18030")) == text.replace("\n", "")


@pytest.mark.parametrize("line_end", [b"\n", b" "])
def test_detection_finds_chinese_behind_much_ascii(line_end):
    data = (b"all quiet" + line_end) * 100_000 + SIMPLIFIED.encode("gb18030")
    assert detect(data).encoding == "gb18030"


def test_detection_bears_few_private_characters():
    text = SIMPLIFIED.replace("\n", "\n\ue5e5")  # a bullet of Word
    assert reading(text.encode("gb18030")) == text
    assert reading("".join(f"\ue5e5{c}" for c in SIMPLIFIED).encode("gb18030")) is None


def test_detection_reads_big5_as_windows_does():
    text = TRADITIONAL + "約翰‧史密斯住在恒春。"
    assert detect(text.encode("cp950")).encoding == "big5"
    assert reading(text.encode("cp950")) == text


def test_detection_reads_big5_with_a_sign_that_only_windows_has():
    text = "江北區圖書館昨日宣布，新館將於下月一日對外開放，門票為三€，學生免費。新館藏書八十萬冊，比舊館多一倍。"
    assert detect(text.encode("cp950")) == Detection("big5")


def test_detection_takes_utf8_with_few_malformed_sequences_for_utf8():
    data = SIMPLIFIED.encode()
    assert detect(data[:200] + data[201:]).encoding == "utf-8"
    assert detect(data[:200] + b"\xff" + data[200:]).encoding == "utf-8"


def test_detection_takes_a_stray_byte_in_ascii_for_damage():
    assert detect(b"The bridge is closed \xff for repairs.").encoding == "utf-8"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "cp950", "big5"),
        (JAPANESE, "euc_jp", "euc-jp"),
        (KOREAN, "cp949", "euc-kr"),
    ],
    ids=["gb18030", "big5", "euc-jp", "euc-kr"],
)
def test_detection_of_damaged_text_stays_sure(text, codec, encoding):
    data = text.encode(codec)
    start = len(text[:30].encode(codec))
    assert detect(data[:start] + b"\xff" + data[start:]).encoding == encoding


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["你好", "ok", SIMPLIFIED, ENGLISH])
def test_utf16_order_is_told_by_what_makes_sense(text, codec):
    assert detect_utf16_order(text.encode(codec)) == codec


@pytest.mark.parametrize(
    ("named", "codec"),
    [("GBK", "gb18030"), ("gb2312", "gb18030"), ("Big5", "cp950"), ("latin-1", "cp1252"), ("utf8", "utf-8")],
)
def test_codec_is_the_widest_that_such_files_use(named, codec):
    assert codec_name(named) == codec


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SIMPLIFIED, MIXED, ENGLISH], ids=["Chinese", "mixed", "English"])
@pytest.mark.parametrize("put_in", [b"", b"a", b"a line\n"], ids=["lost", "one", "line"])
def test_utf16_is_read_on_where_a_byte_is_lost_or_too_many(order, text, put_in):
    data = text.encode(order)
    for place in range(1, len(data) - 90, 61):
        damaged = data[:place] + put_in + data[place + (not put_in) :]
        source = decode("\ufeff".encode(order) + damaged)
        whole = place // 2  # characters before it
        near = 12  # characters of which it cannot be told which byte is the one
        assert source.text[: max(0, whole - near)] == text[: max(0, whole - near)]
        assert source.text.endswith(text[whole + near :])
        assert source.warnings


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [*(SIMPLIFIED, TRADITIONAL, CANTONESE, MIXED, JAPANESE, KOREAN, ENGLISH, FRENCH, GERMAN), "a水" * 9]
)
def test_sound_utf16_stays_as_it_is(order, text):
    for length in (*range(0, 60, 7), len(text)):
        data = (text * 2)[:length].encode(order)
        assert realigned(data, order) == data


def test_utf16_that_is_all_shifts_ends():
    data = "".join("水".join(text) for text in (ENGLISH, SIMPLIFIED)).encode("utf-16-le")
    shifting = b"".join(data[start : start + 65] for start in range(0, len(data), 65)) * 200
    assert len(realigned(shifting, "utf-16-le")) >= len(shifting)
