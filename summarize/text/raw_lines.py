"""Blocks of lines that are not prose: front matter, fenced code, comments, formulas, mail headers."""

import re
from typing import NamedTuple

from summarize.document import Role
from summarize.text.marks import COLON_MARKS
from summarize.text.patterns import has_any, lazy_pattern
from summarize.text.subtitles import find_timing_lines


class NonProseSpan(NamedTuple):
    """Lines that are not prose, from `start` to `end`, and what they are."""

    start: int
    end: int
    role: Role


_FRONT_MATTER = lazy_pattern(r"\s*---[ \t]*\r?\n(?>[\w-]{1,40}:.*\n|[ \t]+.*\n|-.*\n|\r?\n){1,60}?---[ \t\r]*(?:\n|\Z)")
_SENDER_KEYS = "From|Received|Return-Path|发件人|發件人|寄件者|寄件人|发送时间"
_HEADER_KEYS = (
    f"{_SENDER_KEYS}|To|Cc|Bcc|Subject|Date|Sent|References|Importance|Attachments|Sender|Precedence|Organization"
    "|[A-Z][A-Za-z0-9]{0,20}(?:-[A-Za-z0-9]{1,20}){1,5}"
    "|收件人|收件者|抄送|副本|密送|主题|主題|主旨|日期|时间|時間|发送日期|寄件日期|附件|重要性"
)
# Of LaTeX: what holds no prose.
_ENVIRONMENTS = (
    "equation|align|alignat|gather|multline|eqnarray|displaymath|table|tabular|tabularx|longtable|figure|tikzpicture|"
    "lstlisting|verbatim|minted|algorithm|thebibliography"
)
_OPENER = (
    rf"[ \t]{{0,3}}(?=[`~<\\\\A-Z发發寄收抄副密主日时時附重])(?:(?P<fence>```|~~~)|(?P<comment><!--)"
    rf"|(?P<math>\\begin\{{(?P<environment>{_ENVIRONMENTS})\*?\}})|(?P<header>(?:{_HEADER_KEYS})[:：]))"
)
_OPENS_TEXT = lazy_pattern(_OPENER)
_OPENS_LINE = lazy_pattern(rf"\n{_OPENER}")  # with a line break, which is found much faster than a beginning
_HEADER_LINE = lazy_pattern(
    rf"[ \t]{{0,3}}(?:(?P<subject>Subject|主题|主題|主旨)|(?P<key>{_HEADER_KEYS}))[:：].*(?:\n[ \t]+\S.*)*\n?"
)
_SENDER_LINE = lazy_pattern(rf"^[ \t]{{0,3}}(?:{_SENDER_KEYS})[:：]", re.M)
# Without one of these a text has no such run: they are found much faster.
_CUES = (
    *("```", "~~~", "<!--", "\\begin{"),
    *(key + colon for key in _SENDER_KEYS.split("|") for colon in COLON_MARKS),
)
_CLOSES_FENCE = {mark: lazy_pattern(rf"^[ \t]{{0,3}}{mark}+[ \t\r]*$", re.M) for mark in ("```", "~~~")}


def find_non_prose(text: str) -> list[NonProseSpan]:
    """Return the runs of lines that are not prose, in order and apart; a fence that is never closed opens none."""
    if frames := find_timing_lines(text):
        return [NonProseSpan(start, end, "apparatus") for start, end in frames]
    spans: list[NonProseSpan] = []
    position = 0
    if "---" in text and (front := _FRONT_MATTER.match(text)):
        spans.append(NonProseSpan(front.start(), front.end(), "apparatus"))
        position = front.end()
    if not has_any(_CUES, text):
        return spans
    unclosed: set[str] = set()
    while opener := _next_opener(text, position):
        found, position = _raw_from(text, opener, unclosed)
        spans += found
    return spans


def _next_opener(text: str, position: int) -> re.Match[str] | None:
    """Return the first opener in a line that starts at `position` or after it."""
    if position == 0:
        return _OPENS_TEXT.match(text) or _OPENS_LINE.search(text)
    return _OPENS_LINE.search(text, position - 1)


def _raw_from(text: str, opener: re.Match[str], unclosed: set[str]) -> tuple[list[NonProseSpan], int]:
    """Return what begins at an opener, nothing if it is prose after all, and where to look on.

    Args:
        text: the text.
        opener: where it begins.
        unclosed: marks that nothing closes any more, so that the text is not searched again for each.
    """
    mark = opener["fence"] or opener["comment"] or opener["environment"] or ""
    start = opener.start() + (text[opener.start()] == "\n")
    if opener["header"]:
        return _mail_header(text, start)
    if mark in unclosed:
        return [], opener.end()
    if opener["comment"]:
        end = text.find("-->", opener.end()) + 3
    elif opener["math"]:
        closer = re.compile(rf"\\end\{{{mark}\*?\}}").search(text, opener.end())
        end = closer.end() if closer else -1
    else:
        closer = _CLOSES_FENCE[mark].search(text, text.find("\n", opener.end()) + 1 or len(text))
        end = closer.end() if closer else -1
    if end < opener.end():
        unclosed.add(mark)
        return [], opener.end()
    return [NonProseSpan(start, end, "apparatus")], end


def _mail_header(text: str, start: int) -> tuple[list[NonProseSpan], int]:
    """Return the lines of a mail header, two at least, of which one says who wrote, and where they end.

    The subject is a heading.
    """
    spans: list[NonProseSpan] = []
    position = start
    while line := _HEADER_LINE.match(text, position):
        spans.append(NonProseSpan(line.start(), line.end(), "heading" if line["subject"] else "apparatus"))
        position = line.end()
    is_header = len(spans) > 1 and _SENDER_LINE.search(text, start, position) is not None
    return spans if is_header else [], max(position, start + 1)


_CODE = lazy_pattern(
    r"[{};]\s*(?://.*|/\*.*)?|(?:import|from|def|class|let|var|const|return|function|#include|\$|sudo|npm|pip|"
    r"git)\b.*|.*(?:=>|\)\s*[{:]).{0,40}"
)
# Of the calls that a program prints when it fails.
_TRACE_HEADS = ("at ", 'File "', "Traceback (")
_TRACE = lazy_pattern(
    r"at [\w.$<>/]+ ?\([^()]{0,80}\)|Traceback \(most recent call last\):"
    r"|File \"[^\"]{1,200}\", line \d+(?:, in .{1,80})?"
)


def is_code(text: str, start: int, end: int, indent: int) -> bool:
    """Return whether a line is one of the calls in a log, or an indented one is code, as Markdown writes it."""
    if text.startswith(_TRACE_HEADS, start, end) and _TRACE.fullmatch(text, start, end):
        return True
    return (
        indent >= 4
        and end - start <= 120
        and text[start:end].isascii()
        and _CODE.fullmatch(text, start, end) is not None
    )
