"""Rich text to paragraphs, in one pass over its words, signs and braces."""

import re
from copy import copy
from dataclasses import dataclass, field

from summarize.errors import InputError
from summarize.inputs.paragraphs import Paragraph, clean_text, is_note_mark, sentence_cell
from summarize.inputs.rtf_words import (
    BOXES,
    CHARSETS,
    DEFAULT_CODEC,
    ENDS_CELL,
    ENDS_PARAGRAPH,
    LEFT_OUT,
    LEFT_OUT_FIELDS,
    PARTS,
    READ_THOUGH_STARRED,
    SIGNS,
    Part,
    find_codec,
)
from summarize.inputs.style_names import LOWEST_LEVEL, Kind, level_of, style_kind
from summarize.interface import _
from summarize.text.decoding import SURROGATE
from summarize.text.patterns import lazy_pattern

MAX_GROUPS = 5000  # in each other; documents have some 20

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|(?P<codes>(?:\\'[0-9A-Fa-f]{2})+)|\\(?P<sign>[^A-Za-z])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_ESCAPED = frozenset([b"\\", b"{", b"}"])
_BULLET = lazy_pattern(r"\W*|[A-Za-z]")  # a letter is a sign of another font
_MAX_STYLES_IN_CHAIN = 20


@dataclass(slots=True)
class _Style:
    """A style of paragraphs, as the sheet of styles has it."""

    number: int = 0
    name: list[str] = field(default_factory=list)
    level: int | None = None
    based_on: int | None = None


@dataclass(slots=True)
class _Group:
    """What holds in a group. A group in it begins with a copy.

    Args:
        part: what its text is.
        num_fallbacks: characters that stand for one of Unicode, for readers that do not know that.
        font: its number.
        is_hidden: whether its text is hidden or deleted.
        is_raised: whether its text is set over the line.
        style: of the paragraph, by number.
        level: of the paragraph as a heading, if it says so itself; 10 is text.
        is_in_table: whether the paragraph is.
        is_starred: whether readers who do not know the next word are to leave the group out.
        is_box: whether it is a text box.
        entry: of the sheet of styles.
        instructions: of the field.
    """

    part: Part = "text"
    num_fallbacks: int = 1
    font: int = 0
    is_hidden: bool = False
    is_raised: bool = False
    style: int = 0
    level: int | None = None
    is_in_table: bool = False
    is_starred: bool = False
    is_box: bool = False
    entry: _Style | None = None
    instructions: list[str] | None = None


class RtfReader:
    """Reads rich text to paragraphs."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.title: list[str] = []
        self.codec: str = DEFAULT_CODEC
        self._group = _Group()
        self._default_font = 0
        self._font_codecs: dict[int, str] = {}
        self._styles: dict[int, _Style] = {}
        self._resolved: dict[int, tuple[Kind, int]] = {}
        self._pending = bytearray()  # not decoded yet: a character may have several bytes
        self._num_skipped = 0  # characters to be skipped yet
        self._runs: list[str] = []  # of the paragraph
        self._label: list[str] = []  # of the paragraph
        self._cell: list[Paragraph] = []
        self._outer: list[list[str]] = []  # runs of the paragraphs that text boxes hang on

    def read(self, content: bytes, name: str) -> bool:
        """Read all of it, which messages call by a name; return whether its last group is closed."""
        stack: list[_Group] = []
        position = 0
        while token := _TOKEN.match(content, position):
            position = token.end()
            kind = token.lastgroup
            if self._group.part in ("left out", "fonts") and kind in ("text", "codes"):
                continue
            if kind == "text":
                self._take_text(token["text"])
            elif kind == "codes":
                self._take_bytes(bytes.fromhex(token["codes"].replace(b"\\'", b"").decode("ascii")))
            elif kind in ("word", "number"):
                number = None if token["number"] is None else int(token["number"])
                if token["word"] == b"bin":
                    position += max(number or 0, 0)
                self._obey(token["word"], number)
            elif kind == "sign":
                self._take_sign(token["sign"])
            elif kind == "brace" and token["brace"] == b"{":
                self._flush()
                stack.append(self._group)
                if len(stack) > MAX_GROUPS:
                    raise InputError(
                        _("{name}: is damaged (its groups are nested too deeply); open it and save it again").format(
                            name=name
                        )
                    )
                self._open()
            elif kind == "brace" and stack:
                self._flush()
                self._close(stack.pop())
                if not stack:
                    break
        self._flush()
        while self._outer:  # where the text is cut off in a text box
            self._end_paragraph()
            self._runs = self._outer.pop()
        self._end_paragraph()
        self._end_cell()
        return not stack

    def _open(self) -> None:
        self._num_skipped = 0
        self._group = copy(self._group)
        self._group.is_box = self._group.is_starred = False
        if self._group.part == "styles" and self._group.entry is None:
            self._group.entry = _Style()

    def _close(self, outer: _Group) -> None:
        self._num_skipped = 0
        closed, self._group = self._group, outer
        if closed.is_box:
            self._end_paragraph()
            self._runs = self._outer.pop()
        if closed.entry is not None and outer.entry is None:
            self._styles[closed.entry.number] = closed.entry

    def _obey(self, word: bytes, number: int | None) -> None:
        """Do what a control word says."""
        group = self._group
        self._flush()
        if word == b"u" and number is not None:
            self._put(chr(number & 0xFFFF if number <= 0xFFFF else min(number, 0x10FFFF)))
            self._num_skipped = group.num_fallbacks
            return
        if group.is_starred:
            group.is_starred = False
            if word not in READ_THOUGH_STARRED:
                group.part = "left out"
        if group.part == "left out":
            if word == b"title":
                group.part = "title"
        elif word in LEFT_OUT:
            group.part = "left out"
        elif word in PARTS:
            group.part = PARTS[word]
        elif word in SIGNS:
            self._put(SIGNS[word])
        elif word in ENDS_PARAGRAPH and group.part == "text":
            self._end_paragraph()
        elif word in ENDS_CELL and group.part == "text":
            self._end_paragraph()
            self._end_cell()
        elif word in BOXES and not group.is_box:
            group.is_box = True
            self._outer.append(self._runs)
            self._runs = []
        else:
            self._set(word, 1 if number is None else number)

    def _set(self, word: bytes, number: int) -> None:
        """Do what a word says that sets something; most say how text looks and are passed over."""
        group = self._group
        match word:
            case b"f":
                group.font = number
            case b"pard":
                group.style, group.level, group.is_in_table = 0, None, False
            case b"plain":
                group.font, group.is_hidden, group.is_raised = self._default_font, False, False
            case b"s":
                group.style = number
                if group.entry is not None:
                    group.entry.number = number
            case b"outlinelevel":
                group.level = number + 1
                if group.entry is not None:
                    group.entry.level = number + 1
            case b"sbasedon" if group.entry is not None:
                group.entry.based_on = number
            case b"intbl":
                group.is_in_table = True
            case b"v" | b"deleted":
                group.is_hidden = number != 0
            case b"super":
                group.is_raised = number != 0
            case b"sub" | b"nosupersub":
                group.is_raised = False
            case b"uc":
                group.num_fallbacks = max(number, 0)
            case b"ansicpg":
                self.codec = find_codec(number)
            case b"mac":
                self.codec = "mac_roman"
            case b"deff":
                self._default_font = group.font = number
            case b"fcharset" if number in CHARSETS and group.part == "fonts":
                self._font_codecs[group.font] = CHARSETS[number]
            case b"field":
                group.instructions = []
            case b"fldrslt":
                words = "".join(group.instructions or ()).split(maxsplit=1)
                if words and words[0].upper() in LEFT_OUT_FIELDS:
                    group.part = "left out"

    def _take_text(self, text: bytes) -> None:
        if not self._pending and not text.isascii():  # no writer should, but some write UTF-8
            try:
                decoded = text.decode("utf-8")
            except UnicodeDecodeError:
                pass
            else:
                self._put(decoded[self._num_skipped :])
                self._num_skipped -= min(self._num_skipped, len(decoded))
                return
        self._take_bytes(text)

    def _take_bytes(self, text: bytes) -> None:
        self._pending += text[self._num_skipped :]
        self._num_skipped -= min(self._num_skipped, len(text))

    def _take_sign(self, sign: bytes) -> None:
        if sign in _ESCAPED:
            self._take_text(sign)
            return
        self._flush()
        if sign == b"*":
            self._group.is_starred = True
        elif sign in b"\r\n" and self._group.part == "text":
            self._end_paragraph()
        elif sign in SIGNS:
            self._put(SIGNS[sign])

    def _flush(self) -> None:
        """Decode the bytes that wait, in the code page of the font."""
        if self._pending:
            text = self._pending.decode(self._font_codecs.get(self._group.font, self.codec), "replace")
            self._pending.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        """Add text to what it is a part of."""
        group = self._group
        if group.part == "text":
            is_note = group.is_raised and is_note_mark("".join(self._runs[-1:])[-4:], text)
            if not (group.is_hidden or is_note):
                self._runs.append(text)
        elif group.part == "label":
            self._label.append(text)
        elif group.part == "title":
            self.title.append(text)
        elif group.part == "instruction" and group.instructions is not None:
            group.instructions.append(text)
        elif group.part == "styles" and group.entry is not None:
            group.entry.name.append(text)

    def _end_paragraph(self) -> None:
        text, label = "".join(self._runs), clean_text("".join(self._label))
        self._runs, self._label = [], []
        if SURROGATE.search(text):  # the halves of a character come one by one
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        group = self._group
        kind, level = self._of_style(group.style)
        if group.level is not None and kind in ("text", "heading"):
            kind, level = "heading" if group.level <= LOWEST_LEVEL else "text", group.level
        if label and _BULLET.fullmatch(label):
            label = "" if kind == "heading" else "-"
        if not group.is_in_table:
            self._end_cell()
        if kind != "left out":
            (self._cell if group.is_in_table else self.paragraphs).append(Paragraph(text, kind, label, level))

    def _end_cell(self) -> None:
        self.paragraphs += sentence_cell(self._cell)
        self._cell = []

    def _of_style(self, number: int) -> tuple[Kind, int]:
        """Return what a paragraph of a style is, and its level as a heading."""
        if number not in self._resolved:
            self._resolved[number] = self._resolve(number)
        return self._resolved[number]

    def _resolve(self, number: int | None) -> tuple[Kind, int]:
        for _step in range(_MAX_STYLES_IN_CHAIN):
            style = None if number is None else self._styles.get(number)
            if style is None:
                break
            name = "".join(style.name).strip(" ;")
            if kind := style_kind(name):
                return kind, level_of(name)
            if style.level is not None:
                return "heading" if style.level <= LOWEST_LEVEL else "text", style.level
            number = style.based_on
        return "text", LOWEST_LEVEL + 1
