"""From bytes to text: the encoding, repairs of damage, and rejection of what is not text.

Nothing is stripped or normalized except a byte order mark, so offsets into the text are offsets into what the user has.
"""

import codecs
from collections.abc import Sequence

from summarize.document import Source
from summarize.errors import InputError
from summarize.interface import _, join_with_and, join_with_or, ngettext
from summarize.text.patterns import lazy_pattern
from summarize.text.printing import printable
from summarize.value import replace

MAX_BAD_SHARE = 0.01  # malformed sequences per character that we repair; with more, the encoding is probably another
MAX_SCRAP_CHARS = 64  # of one place in another encoding
MAX_SCRAP_SHARE = 0.05
CHUNK_BYTES = 1 << 20  # decoded between two looks at the share of malformed sequences
REPLACEMENT = "\ufffd"
MARK_ERRORS = "summarize.mark"  # an error handler for decoders: each malformed sequence becomes `MALFORMED`
MALFORMED = "\udfff"  # a lone surrogate cannot come from well-formed text
NUM_LINES_NAMED = 3  # in a warning
MAX_NUL_SHARE = 1 / 3  # of the characters where the user names the encoding; letters in UTF-16 have half

# UTF-32 stands before UTF-16, whose little-endian mark begins its own.
BYTE_ORDER_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# Python has them among its text encodings, but no file is in them.
NOT_FOR_FILES = {"charmap", "idna", "punycode", "raw-unicode-escape", "unicode-escape"}
ENCODING_EXAMPLES = ("utf-8", "gb18030", "big5", "windows-1252")

SURROGATE = lazy_pattern("[\ud800-\udfff]")
VISIBLE = lazy_pattern(r"[^\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff\ufffd]")


def _mark_malformed(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return MALFORMED, error.end


codecs.register_error(MARK_ERRORS, _mark_malformed)


_NOT_IN_WINDOWS = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _keep_control(error: UnicodeError) -> tuple[bytes, int]:
    """Write as a byte what stands for one that Windows-1252 lacks: a control, or in LibreOffice U+F181 and the like."""
    if isinstance(error, UnicodeEncodeError):
        code = ord(error.object[error.start])
        if code & 0xFF in _NOT_IN_WINDOWS and code >> 8 in (0, 0xF1):
            return bytes([code & 0xFF]), error.start + 1
    raise error


_KEEP_CONTROLS = "summarize.control"
codecs.register_error(_KEEP_CONTROLS, _keep_control)


def decode(data: bytes, *, encoding: str | None = None, name: str = "text") -> Source:
    """Turn bytes into text.

    A byte order mark decides, then `encoding`, then whether the bytes are UTF-8, then `detection`. A few malformed
    sequences, up to `MAX_BAD_SHARE` of the characters, always one, and more in one place, become U+FFFD with a warning,
    and so do a few NULs, more where `encoding` is given, and a last character that is cut off. A mark that comes twice
    is one.

    Args:
        data: the whole input.
        encoding: a name that Python knows; None to detect it.
        name: how messages call the input.

    Returns:
        The text and how it was read.

    Raises:
        InputError: there is nothing to read, it is not text, or its encoding is unknown or cannot be told.
    """
    name = printable(name)
    if encoding is not None:
        encoding = _canonical(encoding)
    if not data:
        raise InputError(_("{name}: is empty; there is nothing to summarize").format(name=name))

    mark, marked_encoding = _byte_order_mark(data)
    chosen = marked_encoding or encoding
    is_named = chosen is not None and chosen == encoding
    source = (
        _decode_as(_without_mark(data, mark), chosen, name, is_named=is_named)
        if chosen
        else _decode_unlabelled(data, name)
    )
    if encoding and marked_encoding and not _agree(encoding, marked_encoding):
        warning = _("{name}: begins with a byte order mark of {marked} and was read as {marked}, not as {encoding}")
        warning = warning.format(name=name, marked=marked_encoding, encoding=encoding)
        source = replace(source, warnings=(warning, *source.warnings))

    if "\0" in source.text:
        source = _without_nul(source, name, is_named=is_named)
    if not VISIBLE.search(source.text):
        raise InputError(_("{name}: contains only white space; there is nothing to summarize").format(name=name))
    return source


def _decode_unlabelled(data: bytes, name: str) -> Source:
    """Decode bytes that neither a mark nor the user says anything about."""
    has_nul = b"\0" in data
    is_utf8 = False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        is_utf8 = True
        if not has_nul or _has_few_nul(text):  # UTF-16 English is well-formed UTF-8, full of NULs
            suspicion = suspicion_of(text, name)
            return Source(text, "utf-8", (suspicion,) if suspicion else ())

    from summarize.text.detection import detect  # here, since UTF-8 need not wait for it

    detection = detect(data)
    if detection.encoding is None and has_nul and data.count(b"\0") <= max(1, MAX_BAD_SHARE * len(data)):
        otherwise = detect(data.replace(b"\0", b" "))
        detection = otherwise if otherwise.encoding else detection
    if detection.encoding is not None:
        return _decode_as(data, detection.encoding, name)
    if has_nul and is_utf8:
        raise _too_many_nul(name)
    if has_nul:
        raise InputError(
            _(
                "{name}: looks like a binary file; if it is text, name its encoding with --encoding, for example "
                "utf-16-le"
            ).format(name=name)
        )
    message = (
        _("{name}: is not UTF-8, and its encoding cannot be detected; name it with --encoding (it may be {encodings})")
        if detection.candidates
        else _(
            "{name}: is not UTF-8, and its encoding cannot be detected; name it with --encoding (for example "
            "{encodings})"
        )
    )
    raise InputError(message.format(name=name, encodings=join_with_or(detection.candidates or ENCODING_EXAMPLES)))


def _has_few_nul(text: str, share: float = MAX_BAD_SHARE) -> bool:
    return text.count("\0") <= max(1, share * len(text)) < len(text)


def _without_nul(source: Source, name: str, *, is_named: bool) -> Source:
    """Show NULs as U+FFFD with a warning, if they are few, or not most of a text whose encoding the user named."""
    if not _has_few_nul(source.text, MAX_NUL_SHARE if is_named else MAX_BAD_SHARE):
        raise _too_many_nul(name)
    num_nul = source.text.count("\0")
    warning = ngettext(
        "{name}: replaced {number} NUL character by {mark}",
        "{name}: replaced {number} NUL characters by {mark}",
        num_nul,
    ).format(name=name, number=num_nul, mark=REPLACEMENT)
    return replace(source, text=source.text.replace("\0", REPLACEMENT), warnings=(*source.warnings, warning))


def _too_many_nul(name: str) -> InputError:
    return InputError(
        _(
            "{name}: has NUL bytes and looks like a binary file; if it is text, name its encoding: --encoding "
            "utf-16-le, or --encoding utf-8 if NULs separate UTF-8 texts"
        ).format(name=name)
    )


_SAMPLE_CHARS = 2000
_UTF7_RUN = lazy_pattern(r"\+[A-Za-z0-9+/]{8,}")
_MIN_MENDED_CHARS = 4  # above ASCII


def suspicion_of(text: str, name: str) -> str | None:
    """Return a warning if a text seems to be in another encoding than UTF-8, or to be what a wrong one made of it.

    Args:
        text: that was well-formed UTF-8.
        name: how the warning calls it.
    """
    sample = text[:_SAMPLE_CHARS]
    if sample.isascii():
        num_coded = sum(len(run) for run in _UTF7_RUN.findall(sample))
        if 2 * num_coded > len(sample) and any(c >= "\u2e80" for c in sample.encode().decode("utf-7", "ignore")):
            return _("{name}: looks like UTF-7; if so, read it with --encoding utf-7").format(name=name)
        return None
    sample = sample.partition(REPLACEMENT)[0]  # which stands for what could not be read
    for wrong in ("latin-1", "windows-1252", "gb18030"):
        try:
            coded = sample.encode(wrong, _KEEP_CONTROLS if wrong == "windows-1252" else "strict")
            mended = codecs.getincrementaldecoder("utf-8")().decode(coded)
        except UnicodeError:
            continue
        if sum(c > "\x7f" for c in mended) >= _MIN_MENDED_CHARS:
            return _(
                "{name}: looks like UTF-8 that was once decoded as {encoding}; convert it back, or its words will not "
                "be recognized"
            ).format(name=name, encoding=wrong)
    return None


def _decode_as(data: bytes, encoding: str, name: str, *, is_named: bool = False) -> Source:
    """Decode with a known encoding, strictly if possible; `is_named` says whether the user named it."""
    if encoding == "utf-8":
        codec = encoding
    else:
        from summarize.text.detection import codec_name, detect_utf16_order, realigned

        codec = codec_name(encoding)
        if codec == "utf-16":  # the user said no more, and there is no mark
            encoding = codec = detect_utf16_order(data)
        elif codec == "utf-32":  # no code point needs the first of the four bytes
            encoding = codec = "utf-32-be" if data.startswith(b"\0") else "utf-32-le"
        if codec in ("utf-16-le", "utf-16-be"):
            data = realigned(data, codec)
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        pass
    else:
        if not SURROGATE.search(text):  # UTF-7 can have them
            return Source(text, encoding)
    return _repair(data, codec, encoding, name, is_named=is_named)


def _repair(data: bytes, codec: str, encoding: str, name: str, *, is_named: bool) -> Source:
    """Decode with U+FFFD for malformed sequences, if they are few."""
    decoder = codecs.getincrementaldecoder(codec)(MARK_ERRORS)
    pieces = []
    num_bad = 0
    for start in range(0, len(data), CHUNK_BYTES):
        pieces.append(decoder.decode(data[start : start + CHUNK_BYTES]))
        num_bad += len(SURROGATE.findall(pieces[-1]))
        if num_bad > max(
            MAX_SCRAP_CHARS, MAX_BAD_SHARE * len(data)
        ):  # never more characters than bytes: no need to go on
            break
    is_cut = bool(decoder.decode(b"", final=True))
    text = "".join(pieces)

    lines = _line_numbers(text, NUM_LINES_NAMED)
    if num_bad > max(1, MAX_BAD_SHARE * len(text)) and not _is_one_scrap(text, num_bad):
        message = (
            _(
                "{name}: too much of it is not {encoding}, starting on line {line}; leave out --encoding, or fix that "
                "line"
            )
            if is_named
            else _(
                "{name}: too much of it is not {encoding}, starting on line {line}; name its encoding with --encoding, "
                "or fix that line"
            )
        )
        raise InputError(message.format(name=name, encoding=encoding, line=lines[0]))
    warnings = []
    if num_bad:
        warnings.append(_repaired(name, encoding, num_bad, lines))
        text = SURROGATE.sub(REPLACEMENT, text)
    if is_cut:
        message = _("{name}: ends in the middle of a character, which was replaced by {mark}")
        warnings.append(message.format(name=name, mark=REPLACEMENT))
        text += REPLACEMENT
    return Source(text, encoding, tuple(warnings))


def _repaired(name: str, encoding: str, num_bad: int, lines: Sequence[int]) -> str:
    """Return the warning that says how many sequences are malformed, and on which lines the first ones are."""
    if num_bad == 1:
        message = _("{name}: 1 malformed {encoding} sequence shown as {mark}, on line {lines}")
    elif num_bad == len(lines):
        message = _("{name}: {number} malformed {encoding} sequences shown as {mark}, on lines {lines}")
    else:
        message = ngettext(
            "{name}: {number} malformed {encoding} sequences shown as {mark}, the first on line {lines}",
            "{name}: {number} malformed {encoding} sequences shown as {mark}, the first on lines {lines}",
            len(lines),
        )
    named = join_with_and(tuple(map(str, lines)))
    return message.format(name=name, number=num_bad, encoding=encoding, mark=REPLACEMENT, lines=named)


def _is_one_scrap(text: str, num_bad: int) -> bool:
    """Whether what is malformed stands in one place, as a line in another encoding put after a text does."""
    first = text.find(MALFORMED)
    return text.rfind(MALFORMED) - first < MAX_SCRAP_CHARS and num_bad <= MAX_SCRAP_SHARE * len(text)


def _line_numbers(text: str, limit: int) -> list[int]:
    """Number the lines, from 1, of the first few surrogates; each line once."""
    lines: list[int] = []
    line = 1
    position = 0
    for match in SURROGATE.finditer(text):
        between = text[position : match.start()]
        line += max(between.count("\n"), between.count("\r"))
        position = match.start()
        if line not in lines:
            lines.append(line)
        if len(lines) == limit:
            break
    return lines


def _byte_order_mark(data: bytes) -> tuple[bytes, str | None]:
    """Find the byte order mark and the encoding that it stands for."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return mark, encoding
    return b"", None


def _without_mark(data: bytes, mark: bytes) -> bytes:
    """Return what is after the mark; it comes twice where a program marks what was marked."""
    start = len(mark)
    while mark and data.startswith(mark, start):
        start += len(mark)
    return data[start:]


def well_formed(text: str) -> str:
    """Return a text with U+FFFD for lone surrogates, which cannot be written; all offsets stay."""
    return text if text.isascii() or not SURROGATE.search(text) else SURROGATE.sub(REPLACEMENT, text)


def _agree(named: str, marked: str) -> bool:
    """Whether the encoding that the user named is the marked one, or leaves the byte order open."""
    return marked == named.removesuffix("-sig") or marked.startswith(f"{named}-")


def encoding_named(name: str) -> str | None:
    """Return the name that Python has for an encoding of text files; None for what is none."""
    try:
        canonical = codecs.lookup(name).name
        bytes(4).decode(canonical)  # base64 and the like are no text encodings and fail here
    except (LookupError, ValueError):  # ValueError: a name that is not ASCII or has a NUL
        return None
    return None if canonical.replace("_", "-") in NOT_FOR_FILES else canonical


def _canonical(encoding: str) -> str:
    """Return the name that Python has for an encoding.

    Raises:
        InputError: it is none of text files.
    """
    canonical = encoding_named(encoding)
    if canonical is None:
        raise InputError(
            _("unknown encoding '{encoding}'; try for example {encodings}").format(
                encoding=printable(encoding), encodings=join_with_or(ENCODING_EXAMPLES)
            )
        )
    return canonical
