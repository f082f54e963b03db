"""Detection of the encoding of bytes that are not UTF-8 and not labelled.

chardet proposes encodings with a confidence, and the text that each gives must make sense: East Asian letters are
common ones, which the designers of the old sets put in one block, and in the words of an alphabet no sign and no
capital stands where none belongs. If none does, or the confidence is low, or two are nearly equal, the result is
"unknown", because a wrong guess is worse than asking the user.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import category

SAMPLE_BYTES = 16_384  # chardet weighs no more
MIN_CONFIDENCE = 0.1  # chardet's: how alike the pairs of bytes are to those of a language, 0 to 1
MIN_LEAD = 1.2  # the best confidence over the next
MIN_PLAUSIBLE = 0.7  # share of the characters above ASCII; Cantonese, as it is spoken, has few more
MIN_PLAUSIBLE_UTF16 = 0.85  # share of all characters, in one byte order only
MIN_UTF16_BYTES = 20  # with fewer, pairs of ASCII letters may all be hanzi
MAX_INVALID = 0.01  # share of control, private-use and unassigned characters: bullets of Word are private
MIN_LETTERS = 5  # above ASCII; with fewer, each pair of bytes may be a common hanzi
MAX_DAMAGE = 0.05  # bytes of malformed sequences per byte above ASCII
MIN_CANDIDATE_CONFIDENCE = 0.01  # of what is named when we cannot tell
NUM_CANDIDATES = 3
MAX_STRAY_SHARE = 0.002  # of the bytes, for accidents in ASCII; more of them are not by accident

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
USUAL_NAMES = {"cp932": "shift_jis", "cp949": "euc-kr"}
EAST_ASIAN = ("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr")

# Lead bytes of the blocks with punctuation, kana, hangul, and the hanzi and kanji of level 1.
COMMON_BLOCKS = {
    "gb2312": (0xA1, 0xA3, *range(0xB0, 0xD8)),
    "big5": range(0xA1, 0xC7),
    "euc_jp": (0xA1, 0xA4, 0xA5, *range(0xB0, 0xD0)),
    "euc_kr": range(0xB0, 0xC9),
}
FIRST_EAST_ASIAN = "\u2e80"
LAST_LATIN = "\u024f"
WORD_SIGNS = "’‘–—…·"  # may stand between two letters

_ABOVE_ASCII = re.compile(rb"[\x80-\xff]")
# Anything but ASCII, the signs €…‘’“”–—£ of Windows, and letters that all its Western and Central European pages have
# (ÄÉÓÖÜßäéóöü, and the hard blank), which stand alone, as half of a Chinese character does not.
_ALIKE = rb"\xa0\xc4\xc9\xd3\xd6\xdc\xdf\xe4\xe9\xf3\xf6\xfc"
_SIGN = re.compile(rb"[\x80\x85\x91-\x94\x96\x97\xa3]")
_NOT_OF_WINDOWS = re.compile(
    rb"[^\x00-\x80\x85\x91-\x94\x96\x97\xa3"
    + _ALIKE
    + rb"]|["
    + _ALIKE
    + rb"][\x80-\xff]|[\x80-\xff]["
    + _ALIKE
    + rb"]"
)
_REST_OF_LINE = re.compile(rb"[\x80-\xff][^\n]*\n?")
_LONG_RUN = re.compile(rb"([\x80-\xff][\x40-\xff])\1{3,}")  # a ruled line: one sign, however often it stands there


@dataclass(frozen=True, slots=True)
class Detection:
    """What the bytes seem to be.

    Args:
        encoding: a name that Python knows, or None if we cannot tell.
        candidates: what makes sense if we cannot tell, best first; for a message to the user.
    """

    encoding: str | None
    candidates: tuple[str, ...] = ()


def codec_name(encoding: str) -> str:
    """Name the codec that reads files said to be in `encoding`, a name that Python knows."""
    canonical = codecs.lookup(encoding).name
    return SUPERSETS.get(canonical, canonical)


def detect(data: bytes) -> Detection:
    """Tell the encoding of `data` that is not strict UTF-8 and has no byte order mark.

    Args:
        data: the whole input; at most `SAMPLE_BYTES` of it are weighed.

    Returns:
        The encoding, "utf-8" for UTF-8 with a few malformed sequences, or None when in doubt.
    """
    orders = tuple(order for order, share in _utf16_shares(data).items() if share >= MIN_PLAUSIBLE_UTF16)
    if len(orders) == 1:
        return Detection(orders[0]) if len(data) >= MIN_UTF16_BYTES else Detection(None, orders)
    if b"\0" in data:  # no other encoding has NUL bytes
        return Detection(None)
    sample = _telling_lines(data)
    if _without_damage(sample, "utf-8"):
        return Detection("utf-8")
    if _SIGN.search(sample) and not _NOT_OF_WINDOWS.search(sample) and _read(sample, "windows-1252"):
        return Detection("windows-1252")  # chardet hardly sees a quotation mark among many letters
    encoding = _accept(sample)
    if encoding == "big5hkscs" and _read(sample, "big5"):  # Windows' extension is another, and more common
        encoding = "big5"
    if encoding is None:  # again, since chardet wants every byte to fit
        undamaged = ((name, rest) for name in EAST_ASIAN for rest in _spare_parts(sample, name))
        encoding = next((name for name, rest in undamaged if rest and _accept(rest) == name), None)
    if encoding is None and _has_only_stray_bytes(data, sample):
        encoding = "utf-8"
    return Detection(encoding) if encoding else Detection(None, _candidates(sample))


def detect_utf16_order(data: bytes) -> str:
    """Tell which UTF-16 `data` without a byte order mark is in, given that it is UTF-16; little-endian if in doubt."""
    shares = _utf16_shares(data)
    return max(shares, key=shares.__getitem__)


def _accept(sample: bytes) -> str | None:
    """Take the most confident proposal that makes sense, if it is confident enough and no other is nearly so.

    The code pages of DOS and the Mac read most letters as a modern one does, so they do not count as rivals of a
    modern one that fits at least as well.
    """
    modern = _propose(sample, modern_only=True)
    readings: dict[str, str] = {}  # from text to encoding: several encodings may read the same
    best, best_confidence = "", 0.0
    for encoding, confidence in _propose(sample).items():
        if confidence < (best_confidence / MIN_LEAD or MIN_CONFIDENCE):
            break
        if best in modern and encoding not in modern:
            continue
        text = _read(sample, encoding)
        if text is not None:
            readings.setdefault(text, encoding)
            best, best_confidence = best or encoding, best_confidence or confidence
    if len(readings) != 1:
        return None
    num_letters = sum(character > "\x7f" and character.isalpha() for text in readings for character in text)
    return best if num_letters >= MIN_LETTERS or best == "windows-1252" else None  # where an accent may be all


def _candidates(sample: bytes) -> tuple[str, ...]:
    """Name the modern encodings in which the sample makes sense, and which chardet holds for possible."""
    proposals = _propose(sample, modern_only=True)
    possible = (encoding for encoding, confidence in proposals.items() if confidence >= MIN_CANDIDATE_CONFIDENCE)
    return tuple(encoding for encoding in possible if _read(sample, encoding))[:NUM_CANDIDATES]


def _propose(sample: bytes, *, modern_only: bool = False) -> dict[str, float]:
    """Ask chardet for encodings and its confidence in each, the most confident first."""
    import chardet  # here, since it takes 0.1 s with its tables, and text in a named encoding needs none of them

    era = chardet.EncodingEra.MODERN_WEB if modern_only else chardet.EncodingEra.ALL
    # It would fall back on an encoding that it names: ASCII, which the sample is not.
    found = chardet.detect_all(sample, ignore_threshold=True, encoding_era=era, no_match_encoding="ascii")
    names = ((proposal["encoding"], proposal["confidence"]) for proposal in found)
    return {USUAL_NAMES.get(name.lower(), name.lower()): confidence for name, confidence in names if name}


def _read(sample: bytes, encoding: str) -> str | None:
    """Decode the sample, whose last character may be cut off, if that gives a text that makes sense."""
    try:
        text = codecs.getincrementaldecoder(codec_name(encoding))().decode(sample)
    except (LookupError, UnicodeError):
        return None
    padded = f" {text} "
    triples = [triple for triple in zip(padded, text, padded[2:], strict=False) if triple[1] > "\x7f"]
    num_invalid = sum(category(character) in ("Cc", "Cn", "Co", "Cs") for _, character, _ in triples)
    num_plausible = sum(_is_plausible(*triple) for triple in triples)
    is_valid = num_invalid <= MAX_INVALID * len(triples)
    return text if is_valid and num_plausible >= MIN_PLAUSIBLE * len(triples) else None


def _is_plausible(before: str, character: str, after: str) -> bool:
    """Whether a character above ASCII makes sense between its neighbours."""
    if character >= FIRST_EAST_ASIAN:
        return character in _common() or not character.isalpha()
    if not character.isalpha():
        is_inside = all(side.isalpha() and side < FIRST_EAST_ASIAN for side in (before, after))
        return not is_inside or character in WORD_SIGNS or category(character)[0] not in "NPS"
    if character > LAST_LATIN and any(side.isascii() and side.isalpha() for side in (before, after)):
        return False
    if character.isupper():
        return not before.islower() and (before.isalpha() or after.isalpha())
    return not (character.islower() and after.isupper())


@cache
def _common() -> frozenset[str]:
    """Decode the common blocks of the East Asian sets, skipping codes without a character."""
    blocks = (
        b" ".join(bytes((lead, trail)) for lead in leads for trail in range(0x40, 0xFF)).decode(codec, "ignore")
        for codec, leads in COMMON_BLOCKS.items()
    )
    return frozenset("".join(blocks))


def _utf16_shares(data: bytes) -> dict[str, float]:
    """Give the share of common East Asian and ASCII characters in each byte order."""
    sample = data[: min(len(data), SAMPLE_BYTES)]
    return {order: _utf16_share(sample, order) for order in ("utf-16-le", "utf-16-be")}


def _utf16_share(data: bytes, order: str) -> float:
    """Give the share of common East Asian and ASCII characters in UTF-16 of an order; 0 of nothing."""
    text = data[: len(data) // 2 * 2].decode(order, errors="replace")
    num_common = sum(c in _common() or (c.isascii() and (c.isprintable() or c.isspace())) for c in text)
    return num_common / max(1, len(text))


_WINDOW_BYTES = 64
_MIN_WINDOW_BYTES = 16
_MAX_SHARE_SHIFTED = 0.5  # of common characters in a window that is read from between two bytes of one
_MAX_SHIFTS = 64
_LONE_SURROGATE = "\udc00"


def realigned(data: bytes, order: str) -> bytes:
    """Return UTF-16 without the bytes each of which would make other characters of all that follows it.

    There is one where a byte was lost, or where a line in another encoding was put into the text. A lone surrogate,
    which is malformed, stands in its place. Text that has no such byte stays as it is.

    Args:
        data: without a byte order mark.
        order: `utf-16-le` or `utf-16-be`.
    """
    pieces: list[bytes] = []
    start = position = 0
    while len(data) - position > _MIN_WINDOW_BYTES and len(pieces) < 2 * _MAX_SHIFTS:
        window = data[position : position + _WINDOW_BYTES]
        shifted = data[position + 1 : position + 1 + _WINDOW_BYTES]
        is_shifted = _utf16_share(window, order) < _MAX_SHARE_SHIFTED
        if is_shifted and _utf16_share(shifted, order) >= MIN_PLAUSIBLE_UTF16:
            first, end = max(start, position - _WINDOW_BYTES), position + 2 * _WINDOW_BYTES
            place = max(
                range(first, position + _WINDOW_BYTES, 2),
                key=lambda place: _utf16_share(data[first:place] + data[place + 1 : end], order),
            )
            pieces += [data[start:place], _LONE_SURROGATE.encode(order, "surrogatepass")]
            start = position = place + 1
        else:
            position += _WINDOW_BYTES // 2
    return b"".join((*pieces, data[start:]))


def _telling_lines(data: bytes) -> bytes:
    """Collect lines with bytes above 127, up to `SAMPLE_BYTES`; no legacy character has a line feed inside."""
    sample = b""
    for match in _REST_OF_LINE.finditer(data):
        ascii_before = data[max(0, match.start() - 64) : match.start()]  # so that any cut falls between characters
        sample += ascii_before.rpartition(b"\n")[2] + match[0]
        if len(sample) >= SAMPLE_BYTES:
            break
    return _LONG_RUN.sub(rb"\1\1\1", sample[:SAMPLE_BYTES])


def _spare_parts(sample: bytes, encoding: str) -> Iterator[bytes]:
    """Yield the sample without malformed sequences, and without what only Windows has in the encoding, as € in Big5."""
    yield _without_damage(sample, encoding)
    if codec_name(encoding) != encoding:
        yield _without_damage(sample, encoding, target=encoding)


def _without_damage(sample: bytes, encoding: str, *, target: str | None = None) -> bytes:
    """Drop malformed sequences and what `target` lacks, if they are few beside the other ones, else everything."""
    codec = codec_name(encoding)
    decoder = codecs.getincrementaldecoder(codec)("ignore")
    undamaged = decoder.decode(sample).encode(target or codec, errors="ignore")
    num_dropped = len(sample) - len(undamaged) - len(decoder.getstate()[0])  # a cut last character is no damage
    is_little = num_dropped <= MAX_DAMAGE * len(_ABOVE_ASCII.findall(sample))
    return undamaged if is_little and not undamaged.isascii() else b""


def _has_only_stray_bytes(data: bytes, sample: bytes) -> bool:
    """Whether few bytes above 127 stand alone in ASCII, as those of a Chinese word hardly ever do."""
    num_stray = len(_ABOVE_ASCII.findall(sample))
    num_seen = len(data) if len(sample) < SAMPLE_BYTES else len(sample)  # else there are more of them after it
    is_alone = not re.search(rb"[\x80-\xff]{2}", sample)
    return is_alone and num_stray <= max(1, MAX_STRAY_SHARE * num_seen)
