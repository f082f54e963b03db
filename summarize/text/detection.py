"""Which encoding bytes are in when they are not UTF-8 and nothing says so.

Each reading of the bytes is priced in bits: characters that its language uses all the time are cheap, rare ones dear,
impossible ones prohibitive. The cheapest reading wins if it is clearly cheaper than every rival and than noise;
otherwise we cannot tell, because a wrong guess is worse than a question. The tables need no model: the designers of
the old Chinese, Japanese and Korean sets put the common characters in one block and the others in the next.

Why not a library: chardet 7.7 and charset-normalizer 3.5 answer even when they cannot know. Of our own texts, cut to
10 and 20 characters, charset-normalizer misread 28% and 7% in Big5, 91% and 73% of mixed Chinese and English in
GB18030, and most English in Windows-1252; chardet none, up to 5%, and up to 30%, and it hardly knows Chinese UTF-16
without a mark. This module misread none of these, and asked about 2%, 19% and 33% of those with 10 characters. The
check for common characters that would keep a library from guessing is nearly all of it, and it takes 40 ms, chardet
180 ms.
"""

import codecs
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

SAMPLE_BYTES = 8_192  # thousands of bits of evidence; pricing it takes 10 ms
REQUIRED_LEAD_BITS = 8.0  # 250 to 1 against the next best reading
REQUIRED_GAIN_BITS = 6.0  # 60 to 1 against noise
NOISE_BITS = 6.8  # per byte above 127; an alphabet of 85 letters, so that Cyrillic or Thai is not read as rare hanzi
NOISE_BITS_WIDE = 8.0  # per byte of any value, in UTF-16
NOISE_BITS_WESTERN = 10.0  # a lone accent or quotation mark needs fewer witnesses than a lone hanzi
RARE_BITS = 21.0  # a character outside the tables
BAD_BITS = 40.0  # a malformed sequence, a control or private-use character
CUT_BITS = 24.0  # a last character that is cut off; it may be a misread one as well
MISPLACED_BITS = 8.0  # a Western sign where none belongs
WELL_PLACED_BITS = -6.0  # a Western sign just where it belongs
UTF8_EVIDENCE = 10  # well-formed characters that outweigh one malformed sequence
MAX_STRAY_SHARE = 0.002  # of the bytes, for accidents in ASCII; more of them are not by accident

MARK_ERRORS = "summarize.mark"  # an error handler for decoders: each malformed sequence becomes `MALFORMED`
MALFORMED = "\udfff"  # a lone surrogate cannot come from well-formed text

# Counted in Chinese prose of many kinds: these make up half of it.
FREQUENT_SIMPLIFIED = (
    "的一是在中了国人有不和个大为年用以发行这法上会对方出要到能时来我新于可作成进多日实分全业生地家开工现后同公们过定提理月关动"
    "经合被下本民就告数性自也高面前主系事化产部通他表间最机重务代件将如应其文并平体加建之度你市网据还子力果天基程统算与展当所员"
    "等明政内而学制原者目但第点都期说信十更元问好得区利长资入安题量结设计持已次保相种小从两院使"
)
FREQUENT_TRADITIONAL = (
    "的一是在中了國人有不和個大為年用以發行這法上會對方出要到能時來我新於可作成進多日實分全業生地家開工現後同公們過定提理月關動"
    "經合被下本民就告數性自也高面前主系事化產部通他表間最機重務代件將如應其文並平體加建之度你市網據還子力果天基程統算與展當所員"
    "等明政內而學制原者目但第點都期說信十更元問好得區利長資入安題量結設計持已次保相種小從兩院使麼裡裏係臺台"
)
FREQUENT_CANTONESE = "唔嘅係咗喺啲嚟哋冇佢嘢咁噉乜嗰喇"
FREQUENT_KOREAN = (
    "이다는에의을가고하지로한도기를은서사시어나리자인그있대부정아해일"
    "수들니보으전과구만라스게관상국요면여었원동것장세주소문성우제신"
)
CHINESE_MARKS = "，。、；：？！“”‘’（）《》—…·「」『』　－～〈〉【】"
JAPANESE_MARKS = "、。「」・？！（）　"
HIRAGANA = "".join(map(chr, range(0x3041, 0x3094)))
KATAKANA = "".join(map(chr, range(0x30A1, 0x30F7))) + "ー"
FULL_WIDTH_ASCII = "".join(map(chr, range(0xFF01, 0xFF5F)))

LATIN_CAPITALS = "".join(filter(str.isupper, map(chr, range(0xC0, 0x180))))
LATIN_SMALL = "".join(filter(str.islower, map(chr, range(0xC0, 0x180))))
# Where a Latin letter or sign belongs, so that one byte can tell a quotation mark from a letter of another code page.
WELL_PLACED = re.compile(
    rf"""  (?<=[^\W\d_])’(?=[^\W\d_])           # inside a word: don’t
        | (?<![^\s(\[])[“‘](?=\w)              # before a word
        | (?<=[\w.,!?…])[”’](?!\w)             # behind a word
        | (?<=\s)[–—](?=\s) | (?<=\w)[–—](?=\w)
        | (?<=[\w ])…(?!\w)
        | (?<=[\w.,])\xa0(?=\w)
        | [£€][ ]?(?=\d) | (?<=\d)[ ]?€
        | (?<=[a-z])[{LATIN_SMALL}](?![A-Z])   # in a word of small letters
    """,
    re.VERBOSE,
)
MISPLACED = re.compile(
    rf"""  [a-z{LATIN_SMALL}](?=[{LATIN_CAPITALS}])           # a capital behind a small letter
        | (?<=[^\W\d_])[^\x00-\x7f\w’‘–—](?=[^\W\d_])       # a sign inside a word
        | [^\x00-\x7f](?=[^\x00-\x7f\W])                    # two accented letters together: another alphabet
    """,
    re.VERBOSE,
)

_ABOVE_ASCII = re.compile(rb"[\x80-\xff]")
_LONG_RUN = re.compile(rb"([\x80-\xff][\x40-\xff])\1{3,}")  # a ruled line: one sign, however often it stands there


@dataclass(frozen=True, slots=True)
class Detection:
    """What the bytes seem to be.

    Args:
        encoding: a name that Python knows, or None if we cannot tell.
        candidates: the readings that make sense at all, best first; for a message to the user.
    """

    encoding: str | None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Family:
    """Encodings that give nearly the same text, so that they are no rivals, and the languages written in them."""

    encodings: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the sample; `gain_bits` is what it saves against noise."""

    encoding: str
    text: str
    bits: float
    gain_bits: float


LEGACY_FAMILIES = (
    _Family(("gb18030",), ("simplified", "traditional")),
    _Family(("big5", "big5-hkscs"), ("traditional",)),
    _Family(("shift_jis",), ("japanese",)),
    _Family(("euc-jp",), ("japanese",)),
    _Family(("euc-kr",), ("korean",)),
    _Family(("windows-1252",), ("western",)),
    _Family(("windows-1250",), ("central european",)),
    _Family(("windows-1254",), ("turkish",)),
)
UTF16_FAMILIES = tuple(
    _Family((encoding,), ("simplified", "traditional", "western"))  # in Korean, GB18030 would look like UTF-16-BE
    for encoding in ("utf-16-le", "utf-16-be")
)
# Whoever runs this tool seldom has them: 30 to 1.
FOREIGN_BITS = {"japanese": 5.0, "korean": 5.0, "central european": 5.0, "turkish": 5.0}

# What files are in is more than the letter of the standard that they name: Windows' own extensions, and for
# GB2312 and GBK the set that includes them.
SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
}


def _mark_malformed(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return MALFORMED, error.end


codecs.register_error(MARK_ERRORS, _mark_malformed)


def codec_name(encoding: str) -> str:
    """Name the codec that reads files said to be in `encoding`, a name that Python knows."""
    canonical = codecs.lookup(encoding).name
    return SUPERSETS.get(canonical, canonical)


def detect(data: bytes) -> Detection:
    """Tell the encoding of `data` that is not strict UTF-8 and has no byte order mark.

    Args:
        data: the whole input; at most `SAMPLE_BYTES` of it are priced.

    Returns:
        The encoding, "utf-8" for UTF-8 with a few malformed sequences, or None when in doubt.
    """
    wide = _choose(data[:SAMPLE_BYTES], UTF16_FAMILIES, is_whole=len(data) <= SAMPLE_BYTES)
    if b"\0" in data:  # no other encoding has NUL bytes
        return wide
    sample = _telling_lines(data)
    if _is_damaged_utf8(sample):
        return Detection("utf-8")
    narrow = _choose(sample, LEGACY_FAMILIES, is_whole=len(data) < SAMPLE_BYTES)
    if (narrow.encoding is None) != (wide.encoding is None):
        return narrow if narrow.encoding else wide
    candidates = narrow.candidates + wide.candidates
    is_western = all(candidate.startswith("windows") for candidate in candidates)
    if narrow.encoding is None and is_western and _has_only_stray_bytes(data, sample):
        return Detection("utf-8")
    return Detection(None, candidates)


def detect_utf16_order(data: bytes) -> str:
    """Tell which UTF-16 `data` without a byte order mark is in, given that it is UTF-16; little-endian if in doubt."""
    readings = _price_all(data[:SAMPLE_BYTES], UTF16_FAMILIES, is_whole=False)
    return readings[0].encoding


def _choose(sample: bytes, families: Iterable[_Family], *, is_whole: bool) -> Detection:
    """Take the cheapest reading if it is clearly better than noise and than the others."""
    readings = _price_all(sample, families, is_whole=is_whole)
    candidates = tuple(reading.encoding for reading in readings if reading.gain_bits > 0)[:3]
    best = readings[0]
    leads = (rival.bits - best.bits for rival in readings[1:] if rival.text != best.text)
    is_clear = best.gain_bits >= REQUIRED_GAIN_BITS and min(leads, default=math.inf) >= REQUIRED_LEAD_BITS
    return Detection(best.encoding if is_clear else None, candidates)


def _price_all(sample: bytes, families: Iterable[_Family], *, is_whole: bool) -> list[_Reading]:
    """Price for each family the first reading that leaves the fewest sequences malformed, cheapest family first."""
    readings = []
    for family in families:
        options = (_price(sample, encoding, family.languages, is_whole) for encoding in family.encodings)
        readings.append(min(options, key=lambda reading: reading.text.count(MALFORMED)))
    return sorted(readings, key=lambda reading: reading.bits)


def _price(sample: bytes, encoding: str, languages: tuple[str, ...], is_whole: bool) -> _Reading:
    """Read the sample in one encoding and add up what its characters cost in the language that suits them best."""
    decoder = codecs.getincrementaldecoder(codec_name(encoding))(MARK_ERRORS)
    text = decoder.decode(sample)
    is_cut = bool(decoder.decode(b"", final=True))
    counts = Counter(text)
    bits = min(
        FOREIGN_BITS.get(language, 0.0)
        + sum(count * _bits_of(character, _tables()[language]) for character, count in counts.items())
        for language in languages
    )
    if is_cut and is_whole:
        bits += CUT_BITS
    if encoding.startswith("utf-16"):
        noise = NOISE_BITS_WIDE * len(sample)
    elif encoding.startswith("windows"):
        noise = _noise(sample, NOISE_BITS_WESTERN)
        bits += MISPLACED_BITS * len(MISPLACED.findall(text)) + WELL_PLACED_BITS * len(WELL_PLACED.findall(text))
    else:
        noise = _noise(sample, NOISE_BITS)
    return _Reading(encoding, text, bits, noise - bits)


def _noise(sample: bytes, bits_above_ascii: float) -> float:
    """Price the bytes as ASCII and noise."""
    return sum(
        count * (_ascii_bits(byte) if byte < 128 else bits_above_ascii) for byte, count in Counter(sample).items()
    )


def _bits_of(character: str, table: dict[str, float]) -> float:
    bits = table.get(character)
    if bits is None:
        bits = BAD_BITS if unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs") else RARE_BITS
    return bits


def _ascii_bits(code: int) -> float:
    """Price an ASCII character: the same in every reading, so that only the other characters decide."""
    character = chr(code)
    if character.isalnum() or character in " \r\n,.":
        return 6.0
    return 8.0 if character.isprintable() or character == "\t" else 20.0


@cache
def _tables() -> dict[str, dict[str, float]]:
    """Price the characters of each language: class by class, log2 of class size over the share of text it makes up."""
    chinese = [(0.08, CHINESE_MARKS), (0.02, FULL_WIDTH_ASCII)]
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))  # of Big5
    trails_shift_jis = (*range(0x40, 0x7F), *range(0x80, 0xFD))
    trails_euc = range(0xA1, 0xFF)
    return {
        "simplified": _table(
            (0.44, FREQUENT_SIMPLIFIED),
            (0.45, _block("gb2312", range(0xB0, 0xD8), trails_euc)),  # level 1: 99.7% of hanzi in running text
            *chinese,
            (0.003, _block("gb2312", range(0xA1, 0xA4), trails_euc)),  # signs; level 2 is rare
        ),
        "traditional": _table(
            (0.42, FREQUENT_TRADITIONAL),
            (0.01, FREQUENT_CANTONESE),
            (0.46, _block("big5", range(0xA4, 0xC7), trails)),  # frequently used
            *chinese,
            (0.003, _block("big5", range(0xA1, 0xA4), trails)),
        ),
        "japanese": _table(
            (0.47, HIRAGANA),
            (0.10, KATAKANA),
            (0.10, JAPANESE_MARKS),
            (0.31, _block("shift_jis", range(0x88, 0x99), trails_shift_jis)),  # level 1
            (0.01, FULL_WIDTH_ASCII),
        ),
        "korean": _table(
            (0.50, FREQUENT_KOREAN),
            (0.47, _block("euc_kr", range(0xB0, 0xC9), trails_euc)),  # hangul
            (0.02, CHINESE_MARKS),
        ),
        "western": _table(
            (0.19, "’"),
            (0.18, "“”‘"),
            (0.11, "–—…"),
            (0.12, "é"),
            (0.10, "äöü"),
            (0.02, "ß"),
            (0.05, "àè"),
            (0.03, "çê"),
            (0.09, "áíóñ"),
            (0.03, "£€"),
            (0.03, "\xa0"),
            (0.03, "ôîâûïëùúãå"),
            (0.01, "°×«»"),
            (0.005, "ìòœæøÉÈÀÇÄÖÜÁÍÓÚÑÅØÆ"),
            (0.005, "„§©®·¿¡™½²"),
        ),
        "central european": _table(
            (0.10, "’“”„–—…"), (0.40, "áéíóöüý"), (0.48, "ąćęłńśźżčďěňřšťůžőű"), (0.01, "ÁÉÍÓÖÜÝĆŁŃŚŹŻČĎŘŠŤŮŽŐŰ")
        ),
        "turkish": _table((0.10, "’“”–—…"), (0.40, "çöüâ"), (0.48, "ığş"), (0.02, "ÇÖÜİŞ")),
    }


def _table(*classes: tuple[float, str]) -> dict[str, float]:
    """Give each character the price of the first class that has it."""
    table = {chr(code): _ascii_bits(code) for code in range(1, 128)}
    for share, characters in classes:
        bits = math.log2(len(set(characters)) / share)
        for character in characters:
            table.setdefault(character, bits)
    return table


def _block(codec: str, leads: Iterable[int], trails: Iterable[int]) -> str:
    """Decode a block of a two-byte set, skipping codes without a character."""
    return b"".join(bytes((lead, trail)) for lead in leads for trail in trails).decode(codec, errors="ignore")


def _telling_lines(data: bytes) -> bytes:
    """Collect lines with bytes above 127, up to `SAMPLE_BYTES`; no legacy character has a line feed inside."""
    lines = []
    size = 0
    match = _ABOVE_ASCII.search(data)
    while match and size < SAMPLE_BYTES:
        start = data.rfind(b"\n", 0, match.start()) + 1
        start = max(start, match.start() - 64)  # ASCII all the way, so any cut falls between characters
        end = data.find(b"\n", match.start()) + 1 or len(data)
        lines.append(data[start : min(end, start + SAMPLE_BYTES - size)])
        size += len(lines[-1])
        match = _ABOVE_ASCII.search(data, end)
    return _LONG_RUN.sub(rb"\1\1\1", b"".join(lines))


def _is_damaged_utf8(sample: bytes) -> bool:
    """Whether many well-formed UTF-8 characters stand against few malformed ones.

    One GBK character in five looks like a two-byte UTF-8 character, and the others are malformed: ten to one is
    out of its reach.
    """
    text = codecs.getincrementaldecoder("utf-8")(MARK_ERRORS).decode(sample)  # a cut last character left out
    num_malformed = text.count(MALFORMED)
    num_good = sum(1 for character in text if character > "\x7f") - num_malformed
    return num_good >= max(2, UTF8_EVIDENCE * num_malformed)


def _has_only_stray_bytes(data: bytes, sample: bytes) -> bool:
    """Whether few bytes above 127 stand alone in ASCII, as those of a Chinese word hardly ever do."""
    num_stray = sum(byte > 127 for byte in sample)
    num_seen = len(data) if len(sample) < SAMPLE_BYTES else len(sample)  # else there are more of them behind it
    is_alone = not re.search(rb"[\x80-\xff]{2}", sample)
    return is_alone and num_stray <= max(1, MAX_STRAY_SHARE * num_seen)
