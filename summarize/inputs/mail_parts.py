"""From the parts of a mail to its lines: extracted and decoded; of alternative parts the plainest one is read.

Of a part in two forms the plain one is read, unless it says nothing; then HTML, which `mail_html` reads in every
installation. What is attached is not read; a mail or a text that is shown in one, only if that says nothing else.
"""

import codecs
import email.policy
import re
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from quopri import decodestring

from summarize.errors import InputError
from summarize.inputs.mail_html import Line, lines_of_html
from summarize.inputs.own_words import FORWARDED, is_forward, lines_of_text
from summarize.interface import _
from summarize.text.decoding import NOT_FOR_FILES, SURROGATE, decode
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import count_words

# What servers take, and some; the parser of Python takes about ten times as much memory for the shortest of lines.
MAX_BYTES, MAX_LINES = 64 << 20, 1_000_000
MAX_PARTS, MAX_DEPTH = 20_000, 30
_MAX_SUBJECT_CHARS = 1000


class Unreadable(Exception):
    """A mail that cannot be read, or says nothing; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail.

    Args:
        subject: of it, on one line; empty if it has none.
        lines: what it says and what it quotes.
        encoding: of its text.
        warnings: one line each.
    """

    subject: str
    lines: list[Line]
    encoding: str
    warnings: tuple[str, ...]


def read_mail(data: bytes, *, encoding: str | None, name: str) -> Mail:
    """Read a mail.

    Args:
        data: all of it.
        encoding: of its text, that its user named; None for what it says itself.
        name: how messages call it.

    Raises:
        Unreadable: it is encrypted, too large, or nested too deeply.
    """
    if len(data) > MAX_BYTES or data.count(b"\n") > MAX_LINES:
        raise Unreadable(
            _("a message is larger than {most_bytes} MiB or {most_lines:,} lines; save only its text").format(
                most_bytes=MAX_BYTES >> 20, most_lines=MAX_LINES
            )
        )
    if data.count(b"\n--") > MAX_PARTS:
        raise Unreadable(_("a message has more than {most:,} parts; save only its text").format(most=MAX_PARTS))
    try:
        message = BytesParser(policy=email.policy.compat32).parsebytes(data)
    except RecursionError:
        raise _too_deep() from None
    reading = _Reading(encoding, name)
    lines = reading.lines(message)
    subject = _subject(message, reading.encoding)
    if _says_something(lines):
        for forwarded in reading.forwarded if is_forward(subject) else ():
            lines += [Line(""), Line(FORWARDED), Line(""), *reading.lines(forwarded)]
    else:
        for attached in (*reading.forwarded, *reading.attached):
            lines += [*reading.lines(attached), Line("")]
    return Mail(subject, lines, reading.encoding, tuple(dict.fromkeys(reading.warnings)))


def _too_deep() -> Unreadable:
    return Unreadable(_("its parts are nested more than {most} levels deep; save only its text").format(most=MAX_DEPTH))


def _encrypted(how: str) -> Unreadable:
    return Unreadable(_("is encrypted ({how}); decrypt it in the mail program and save its text").format(how=how))


_PGP_TYPES = frozenset(("multipart/encrypted", "application/pgp-encrypted"))
_SMIME_TYPES = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_BEGINS_ENCRYPTED = "-----BEGIN PGP MESSAGE-----"
_SIGNED = lazy_pattern(r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Z][A-Za-z-]+:[^\n]*\n)*\n?")
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
_STUB = lazy_pattern(
    r"(?i)\b(?:view|read|see|open)\b.{0,60}\b(?:browser|online|web ?page|web ?version)"
    r"|\b(?:support|enable|requires?|display|view)\b.{0,30}\bHTML\b"
    r"|\bHTML\b.{0,30}\b(?:mail|message|version|format|compatible|capable)"
    r"|不支持.{0,10}HTML|浏览器[中里]?(?:查看|打开|浏览)|HTML\s?(?:格式|邮件)"
)
_MAX_STUB_CHARS = 500


class _Reading:
    """What was found while the parts of a mail are read."""

    def __init__(self, encoding: str | None, name: str) -> None:
        self._forced, self._name = encoding, name
        self.encoding = "utf-8"
        self.warnings: list[str] = []
        self.attached: list[Message] = []
        self.forwarded: list[Message] = []  # mails that are attached

    def lines(self, part: Message, depth: int = 0) -> list[Line]:
        """Return the lines of a part and of those in it."""
        if depth > MAX_DEPTH:
            raise _too_deep()
        kind = part.get_content_type()
        if kind in _PGP_TYPES:
            raise _encrypted("PGP")
        if kind in _SMIME_TYPES:
            if str(part.get_param("smime-type")).lower() != "signed-data":
                raise _encrypted("S/MIME")
            raise Unreadable(_("is contained in its signature (S/MIME); open it in the mail program and save its text"))
        inner = part.get_payload() if part.is_multipart() else None  # or it is decoded as a charset with a NUL says
        if kind == "message/rfc822":
            self.forwarded += [one for one in inner if isinstance(one, Message)] if isinstance(inner, list) else []
            return []
        if isinstance(inner, list):
            parts = [one for one in inner if isinstance(one, Message)]
            if kind == "multipart/alternative":
                return self._lines_of_one(parts, depth)
            if kind == "multipart/digest":
                return [line for one in parts for line in self._lines_of_digested(one, depth)]
            return [line for one in parts for line in (*self.lines(one, depth + 1), Line(""))]
        if kind.startswith("multipart/") and part.get_payload(decode=True):
            raise Unreadable(_("is damaged: its parts are not separated; save only its text"))
        if part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html", "text/markdown"):
            return []
        if depth and _has_name(part):
            self.attached.append(part)
            return []
        text = self._text(part)
        is_html = kind == "text/html" or text[:100].lstrip().lower().startswith(("<html", "<!doctype html"))
        return lines_of_html(text) if is_html else _lines_of_plain(text, part)

    def _lines_of_digested(self, part: Message, depth: int) -> Iterator[Line]:
        """Yield the lines of a message of a digest below its subject."""
        for message in part.get_payload() if isinstance(part.get_payload(), list) else ():
            if isinstance(message, Message):
                yield from (Line(_subject(message, self.encoding), is_heading=True), Line(""))
                yield from (*self.lines(message, depth + 1), Line(""))

    def _lines_of_one(self, parts: Sequence[Message], depth: int) -> list[Line]:
        """Return the lines of the part that says in plain text what others say in other forms, or of the next best."""
        plainest = sorted(parts, key=lambda part: part.get_content_type() != "text/plain")
        found: list[Line] = []
        for part in plainest:
            lines = self.lines(part, depth + 1)
            if _says_something(lines):
                return lines
            found = max(found, lines, key=_num_chars)  # a short mail may ask to be viewed in a browser as well
        return found

    def _text(self, part: Message) -> str:
        """Return the text of a part, whatever it says of its encoding."""
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        text, encoding, warnings = decoded(data, self._forced or _charset(part), self._name, is_sure=bool(self._forced))
        if not text.isascii():
            self.encoding = encoding
        self.warnings += warnings
        return text.replace("\r\n", "\n").replace("\r", "\n")


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset("") or ""
    except ValueError:  # a NUL in it
        return ""


def _has_name(part: Message) -> bool:
    try:
        return part.get_filename() is not None
    except ValueError:  # a NUL in the encoding that it says it is in
        return True


def _num_chars(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _says_something(lines: Sequence[Line]) -> bool:
    run = "\n".join(line.text for line in lines)
    return count_words(run) > 0 and not (len(run) <= _MAX_STUB_CHARS and _STUB.search(normalize(run)))


def _lines_of_plain(text: str, part: Message) -> list[Line]:
    if _BEGINS_ENCRYPTED in text:
        raise _encrypted("PGP")
    if signed := _SIGNED.match(text.lstrip()):
        text = text.lstrip()[signed.end() :].partition(_SIGNATURE)[0]
    is_flowed = str(part.get_param("format", "")).lower() == "flowed"
    lines = lines_of_text(text, is_flowed=is_flowed, deletes_space=str(part.get_param("delsp", "")).lower() == "yes")
    return _without_patch(lines)


_TRAILER = lazy_pattern(
    r"(?:Signed-off|Reviewed|Acked|Tested|Reported|Reported-and-tested|Suggested|Co-developed)-by: "
    r"|(?:Cc|Fixes|Link|Closes): "
)


def _without_patch(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without the changes to files that programmers send, and the list of these files over them."""
    patch = next(
        (index for index, line in enumerate(lines) if line.text.startswith("diff --git ") and not line.depth), None
    )
    if patch is None:
        return list(lines)
    start = next((index for index in range(patch, -1, -1) if lines[index].text == "---"), patch)
    end = next((index for index in range(patch, len(lines)) if lines[index].text.rstrip() == "--"), len(lines))
    return [*(line for line in lines[:start] if not _TRAILER.match(line.text)), *lines[end:]]


# Encodings


# Names that mail uses for less than what is written in them.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs",
          "iso-8859-1": "windows-1252", "latin-1": "windows-1252", "us-ascii": "ascii"}  # fmt: skip
_LATIN = re.compile(r"ascii|iso-8859-\d+|latin.*|windows-125\d|cp125\d|ansi.*", re.I)
_MIN_WIDE_SHARE = 0.3  # of bytes above ASCII in Chinese


def decoded(data: bytes, charset: str, name: str, *, is_sure: bool = False) -> tuple[str, str, tuple[str, ...]]:
    """Return bytes as text, its encoding, and warnings.

    What is well-formed UTF-8 is UTF-8: other text hardly ever is. A name of an encoding with one byte a letter fits all
    bytes, so that it is not believed of what looks like Chinese.

    Args:
        data: the bytes; may be empty.
        charset: what they are said to be in; empty or unknown to find out.
        name: how messages call them.
        is_sure: whether a user said it.

    Raises:
        Unreadable: it cannot be told what they are in.
    """
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        return "", "ascii", ()
    charset = charset.lower()
    charset = _WIDER.get(charset, charset)
    if not is_sure:
        if data.isascii() and not charset.startswith(("iso-2022", "hz", "utf-7", "utf7")):
            return data.decode("ascii").replace("\0", ""), "ascii", ()
        num_wide = sum(byte > 127 for byte in data[:10_000])
        may_be_chinese = num_wide > _MIN_WIDE_SHARE * min(len(data), 10_000)
        tried = ["utf-8"] if not data.isascii() else []
        tried += [charset] if charset and not (_LATIN.fullmatch(charset) and may_be_chinese) else []
        for encoding in tried:
            text = _strictly(data, encoding)
            if text is not None:
                return text, encoding, ()
    try:
        source = decode(data, encoding=charset if is_sure else None, name=name)
    except InputError as error:
        raise Unreadable(str(error).removeprefix(f"{name}: ")) from None
    return source.text, source.encoding, source.warnings


def _strictly(data: bytes, encoding: str) -> str | None:
    """Return well-formed text in an encoding, without NULs; None if it is not, or there is no such encoding of text."""
    try:
        if codecs.lookup(encoding).name.replace("_", "-") in NOT_FOR_FILES:
            return None
        text = data.decode(encoding)
    except (LookupError, ValueError):
        return None
    return None if SURROGATE.search(text) else text.replace("\0", "")


_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]*)\?=")


def _subject(message: Message, encoding: str) -> str:
    """Return the subject on one line; what it does not say the encoding of is in that of the text.

    Words in one encoding are decoded together, since a character may be separated.
    """
    raw = next((value for key, value in message.raw_items() if key.lower() == "subject"), "")
    data = str(raw)[: _MAX_SUBJECT_CHARS * 10].encode("ascii", "surrogateescape")
    try:
        text = decoded(data, encoding, "subject")[0]
        runs: list[str] = []
        position, charset, coded = 0, "", b""
        for word in _WORD.finditer(text):
            between = text[position : word.start()]
            if between.strip() or word[1].lower() != charset:
                runs.append(decoded(coded, charset, "subject")[0])
                coded = b""
            runs.append(between if between.strip() or not position else "")
            charset, position = word[1].lower(), word.end()
            coded += _decoded_word(word[2], word[3])
        runs += [decoded(coded, charset, "subject")[0], text[position:]]
        text = "".join(runs)
    except Unreadable:
        text = data.decode("ascii", "replace")
    return " ".join(text.split())[:_MAX_SUBJECT_CHARS]


def _decoded_word(coding: str, word: str) -> bytes:
    data = word.encode("ascii", "ignore")
    if coding in "qQ":
        return decodestring(data, header=True)
    try:
        return b64decode(data + b"=" * (-len(data) % 4))
    except ValueError:
        return b""
