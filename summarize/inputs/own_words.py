"""The sender's own text of a mail: its lines without quoted and forwarded text.

Quoted is what its lines are marked to be, and all below a line that says so (`-----Original Message-----`, the header
of another mail). If there is no own text, or almost none in a forwarding mail, the quoted text is used.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarize.inputs.mail_html import Line
from summarize.inputs.signatures import remove_signature
from summarize.text.letters import is_closing, is_greeting
from summarize.text.marks import COLON_MARKS
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import count_words

_MAX_NESTED = 10  # mails in mails that say nothing themselves
_MAX_NOTES = 100  # of those who forward; what lies deeper stands as it is
_MAX_NOTE_WORDS = 30  # that one who forwards adds and that do without the mail that they are about


def lines_of_text(text: str, *, is_flowed: bool = False, deletes_space: bool = False) -> list[Line]:
    """Return the lines of the text of a mail, with how deep each is quoted.

    Args:
        text: the text.
        is_flowed: whether a line with a blank at its end continues in the next (`format=flowed`, RFC 3676).
        deletes_space: whether that blank is none of the text (`delsp`).
    """
    joined: list[tuple[list[str], int]] = []  # the rows of each line, and how deep it is quoted
    goes_on = False
    for row in text.splitlines():
        depth, said = (0, row) if is_flowed and not row.startswith(">") else _depth(row)
        said = said.removeprefix(" ") if is_flowed or depth else said  # stuffed, or separated from the marks
        is_soft = is_flowed and said.endswith(" ") and said != "-- "
        if goes_on and joined and joined[-1][1] == depth and said != "-- ":
            rows, _ = joined[-1]
            if deletes_space:
                rows[-1] = rows[-1][:-1]
            rows.append(said)
        else:
            joined.append(([said], depth))
        goes_on = is_soft
    lines = (("".join(rows), depth) for rows, depth in joined)
    return [Line(said if said == "-- " else said.rstrip(), depth) for said, depth in lines]


_QUOTE_MARKS = lazy_pattern(r"(?:[ \t]?>)+")


def _depth(row: str) -> tuple[int, str]:
    """How often a line is quoted, and the line without the marks of it."""
    if row.startswith(">From "):  # as a mailbox writes what would part it there
        return 0, row[1:]
    marks = _QUOTE_MARKS.match(row) if ">" in row[:3] else None
    return (marks.group().count(">"), row[marks.end() :]) if marks else (0, row)


# What stands over a mail that is answered or forwarded.
_SENDERS = "From|发件人|寄件者|寄件人"
_KEYS = "|".join(
    (
        *(_SENDERS, "Sent", "Date", "To", "Cc", "Bcc", "Subject", "Reply-To", "Importance", "Attachments", "发送时间"),
        *(
            "发送日期",
            "寄件日期",
            "日期",
            "时间",
            "收件人",
            "收件者",
            "抄送人?",
            "副本",
            "主题",
            "主旨",
            "附件",
        ),
    )
)
_HEADER_LINE = lazy_pattern(rf"[*\s|]*(?:{_KEYS})[*]?[ \u3000]{{0,3}}[:：].*")
_SENDER_LINE = lazy_pattern(rf"[*\s|]*(?:{_SENDERS})[*]?[ \u3000]{{0,3}}[:：].*")
_MIN_HEADER_LINES = 3
_FORWARD = lazy_pattern(r"(?is)\s*(?:(?:Re|回复|回覆|答复)\s*[:：]\s*)*(?:Fwd?|转发|转寄)\s*[:：].*")
FORWARDED = "Begin forwarded message:"  # stands over a mail that is attached
_FORWARDED = lazy_pattern(
    r"(?i)[-\s]*(?:Begin forwarded message|开始转(?:发的|寄)邮件|以下是转发的邮件)\s*[:：]?[-\s]*"
    r"|\s*-{2,}\s*(?:Forwarded (?:message|by .{1,60})|转(?:发|寄)的?邮件(?:信息)?)\s*-{2,}\s*"
)
_ORIGINAL = lazy_pattern(
    r"(?i)\s*-{2,}\s*(?:(?:Original|Reply|Replied) (?:Message|Appointment|E-?mail)|原始邮件|原始信件|原邮件"
    r"|回复的(?:原)?邮件)\s*-{2,}\s*"
)
_RULE = lazy_pattern(r"\s*[_—-]{5,}\s*")
_WROTE = lazy_pattern(
    r"\s*(?:On|At)\s.{4,200}\b(?:wrote|writes|said)\s*:\s*"
    r"|\s*.{1,100}<[^<>\s]+@[^<>\s]+>\s*(?:wrote|writes)(?: on .{4,40})?\s*:\s*"
    r"|\s*[在于]?.{0,120}(?:\d{4}\s?[-/.年]|\d{1,2}\s?月|@).{0,160}(?:写[道到]|wrote)\s*[:：]\s*"
)
_OPENS_WROTE = lazy_pattern(r"\s*(?:On|At)\s.{0,40}\d|\s*[在于於]\s?\d{4}|.{0,120}@|\s*\d{4}\s?[-/.年]\s?\d")
_MAX_WROTE_LINES = 3
_COLONS = frozenset(COLON_MARKS)


@dataclass(frozen=True, slots=True)
class _Seam:
    """Where another mail begins in one.

    Args:
        start: index of the first line of what introduces it.
        end: index after the last of these.
        is_forwarded: whether it is passed on rather than answered.
    """

    start: int
    end: int
    is_forwarded: bool


def _find_seam(lines: Sequence[Line]) -> _Seam | None:
    """Return the first place from which on all is another mail; None if there is none."""
    for index, line in enumerate(lines):
        if line.depth or not line.text:
            continue
        plain = normalize(line.text)
        is_forwarded = _FORWARDED.fullmatch(plain) is not None
        if is_forwarded or _ORIGINAL.fullmatch(plain):
            return _Seam(index, _end_of_header(lines, index + 1), is_forwarded)
        if _SENDER_LINE.fullmatch(plain):
            end = _end_of_header(lines, index)
            if sum(_is_of_header(row) for row in lines[index:end]) >= _MIN_HEADER_LINES:
                start = index - 1 if index and _RULE.fullmatch(lines[index - 1].text) else index
                return _Seam(start, end, is_forwarded=False)
        end = _end_of_attribution(lines, index)
        if end > index:
            below = next((lines[row] for row in range(end, len(lines)) if lines[row].text), None)
            if below is not None and not below.depth:
                return _Seam(index, end, is_forwarded=False)
    return None


def _is_of_header(line: Line) -> bool:
    return _HEADER_LINE.fullmatch(normalize(line.text)) is not None


def _end_of_header(lines: Sequence[Line], index: int) -> int:
    """The index after the lines of the header of a mail that begins at `index`; `index` if none does."""
    end = index
    while index < len(lines) and (not lines[index].text.strip() or _is_of_header(lines[index])):
        index += 1
        if lines[index - 1].text.strip():
            end = index
    return end


def _end_of_attribution(lines: Sequence[Line], index: int) -> int:
    """The index after the lines that say who wrote what is quoted below; `index` if it says no such thing."""
    if _OPENS_WROTE.match(lines[index].text) is None:
        return index
    run = ""
    for end in range(index, min(index + _MAX_WROTE_LINES, len(lines))):
        if not lines[end].text.strip():
            break
        run = f"{run} {normalize(lines[end].text)}"
        if run.rstrip()[-1] in _COLONS and _WROTE.fullmatch(run):
            return end + 1
    return index


def is_forward(subject: str) -> bool:
    """Return whether the subject of a mail says that it is passed on."""
    return _FORWARD.fullmatch(normalize(subject)) is not None


def remove_quoted_text(lines: Sequence[Line], *, is_forward: bool = False) -> list[Line]:
    """Return the lines that a mail says itself; what it quotes if it says nothing.

    Args:
        lines: of the mail.
        is_forward: whether its subject says that it is passed on.
    """
    notes: list[Line] = []  # of those who passed it on
    num_notes = num_silent = 0
    while num_silent < _MAX_NESTED:
        seam = _find_seam(lines) if num_notes < _MAX_NOTES else None
        own = remove_signature(_unquoted(lines[: seam.start] if seam else lines))
        is_forward = is_forward or bool(seam and seam.is_forwarded)
        num_words = count_words("\n".join(line.text for line in own if not _is_courtesy(line.text)))
        if num_words > (_MAX_NOTE_WORDS if is_forward else 0):
            return [*notes, *own]
        quoted = lines[seam.end :] if seam else _lifted(lines)
        if not any(line.text for line in quoted):
            return [*notes, *own]
        if num_words:
            notes += [*own, Line("")]
            num_notes, num_silent, is_forward = num_notes + 1, 0, False
        else:
            num_silent += 1
        lines = quoted
    return notes


def _is_courtesy(text: str) -> bool:
    return bool(text) and (is_greeting(text) or is_closing(text))


def _lifted(lines: Sequence[Line]) -> list[Line]:
    """The quoted lines, each as deep as it was in the mail that is quoted."""
    return [replace(line, depth=line.depth - 1) for line in lines if line.depth]


def _unquoted(lines: Sequence[Line]) -> list[Line]:
    """The lines that are not quoted, without those that say who wrote what is."""
    kept: list[Line] = []
    index = 0
    while index < len(lines):
        end = _end_of_attribution(lines, index) if not lines[index].depth and lines[index].text else index
        if end > index:
            index = end
            continue
        if not lines[index].depth:
            kept.append(lines[index])
        elif kept and kept[-1].text:
            kept.append(Line(""))
        index += 1
    return kept
