import random

import pytest

from summarize.text.detection import codec_name, detect, detect_utf16_order

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
    pytest.param(CANTONESE, "big5hkscs", id="cantonese-big5"),
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


def windows(text, length, step=7):
    """Cut stretches of `length` characters out of the endless repetition of `text`."""
    endless = text * (2 + length // len(text))
    return [endless[start : start + length] for start in range(0, len(text), step)]


def reading(data):
    """Decode as detected, or None."""
    encoding = detect(data).encoding
    return None if encoding is None else data.decode(codec_name(encoding))


@pytest.mark.parametrize("length", [20, 50, 200, 5000])
@pytest.mark.parametrize(("text", "codec"), READABLE)
def test_detection_reads_east_asian_text_of_any_length(text, codec, length):
    for window in windows(text, length, step=7 if length < 1000 else 60):
        assert reading(window.encode(codec)) == window


@pytest.mark.parametrize(("text", "codec"), READABLE)
def test_detection_never_misreads_a_few_characters(text, codec):
    for length in (3, 5, 8, 12):
        for window in windows(text, length, step=2):
            data = window.encode(codec)
            encoding = detect(data).encoding
            if encoding is not None and not data.isascii():
                assert data.decode(codec_name(encoding)) == window


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        pytest.param(MIXED, "gb18030", "gb18030", id="mixed"),
        pytest.param(ENGLISH, "cp1252", "windows-1252", id="english"),
        pytest.param(FRENCH, "cp1252", "windows-1252", id="french"),
        pytest.param(GERMAN, "cp1252", "windows-1252", id="german"),
        pytest.param(POLISH, "cp1250", "windows-1250", id="polish"),
    ],
)
def test_detection_reads_text_with_few_witnesses_when_there_is_enough_of_it(text, codec, encoding):
    assert detect(text.encode(codec)).encoding == encoding
    assert reading(text.encode(codec)) == text


def test_detection_reads_one_apostrophe_of_windows():
    assert (
        reading("Now I don’t know what to say about it.".encode("cp1252")) == "Now I don’t know what to say about it."
    )


@pytest.mark.parametrize("length", [40, 100, 1000])
@pytest.mark.parametrize(
    ("text", "codec"),
    [
        pytest.param(RUSSIAN, "cp1251", id="russian-windows"),
        pytest.param(RUSSIAN, "koi8_r", id="russian-koi8"),
        pytest.param(RUSSIAN, "cp866", id="russian-dos"),
        pytest.param(GREEK, "cp1253", id="greek"),
        pytest.param(THAI, "tis_620", id="thai"),
        pytest.param(FRENCH, "mac_roman", id="french-mac"),
        pytest.param(FRENCH, "cp850", id="french-dos"),
    ],
)
def test_detection_does_not_guess_what_it_does_not_know(text, codec, length):
    for window in windows(text, length):
        encoding = detect(window.encode(codec, errors="ignore")).encoding
        assert encoding in (None, "utf-8")  # UTF-8: a lone accent that will be replaced, with a warning


def test_detection_does_not_guess_random_bytes():
    rng = random.Random(20)
    for _ in range(100):
        data = bytes(rng.randrange(1, 256) for _ in range(100))
        assert detect(data).encoding is None


def test_detection_names_the_candidates_when_in_doubt():
    detection = detect("call the function 配置 and leave".encode("gbk"))
    assert detection.encoding is None
    assert detection.candidates[0] == "gb18030"


def test_detection_is_not_misled_by_ruled_lines():
    text = f"{'─' * 60}\n今天会议记录\n{'═' * 60}\n王主任要求各部门在月底之前提交总结。\n{'★' * 60}\n"
    assert reading(text.encode("gb18030")) == text
    assert reading("".join(text.split("\n")).encode("gb18030")) == text.replace("\n", "")


def test_detection_finds_chinese_behind_much_ascii():
    data = b"all quiet\n" * 100_000 + SIMPLIFIED.encode("gb18030")
    assert detect(data).encoding == "gb18030"


def test_detection_takes_utf8_with_few_malformed_sequences_for_utf8():
    data = SIMPLIFIED.encode()
    assert detect(data[:200] + data[201:]).encoding == "utf-8"
    assert detect(data[:200] + b"\xff" + data[200:]).encoding == "utf-8"


def test_detection_takes_a_stray_byte_in_ascii_for_damage():
    assert detect(b"The bridge is closed \xff for repairs.").encoding == "utf-8"


def test_detection_of_malformed_gb18030_stays_sure():
    data = SIMPLIFIED.encode("gb18030")
    assert detect(data[:60] + b"\xff" + data[60:]).encoding == "gb18030"


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
