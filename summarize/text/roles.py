"""Roles of units and sentences: text, or apparatus by form or position.

A sentence with a stop in the middle of a text is text whatever its content, unless its form is unambiguous.
"""

from collections.abc import Sequence

from summarize.document import Role, Sentence
from summarize.text.balance import missing_marks
from summarize.text.dates import is_date
from summarize.text.forms import MAX_APPARATUS_CHARS, ApparatusCues, cues_of, is_apparatus
from summarize.text.letters import is_closing, is_greeting
from summarize.text.marks import STOPS, ends_with_stop
from summarize.text.notices import is_notice
from summarize.text.openings import end_of_item_marker
from summarize.text.pages import is_page_line as is_page_line  # `text.pieces` asks for it here
from summarize.text.pages import running_heads as running_heads
from summarize.text.patterns import lazy_pattern
from summarize.text.quotations import MarkPair
from summarize.text.units import Unit

_MAX_SIGNATURE_LINES = 8
_MAX_SIGNATURE_CHARS = 60
_MAX_OFFICE_CHARS = 24
_MAX_DATE_CHARS = 40
_NUM_OPENING = 4  # units of text over a greeting, at most
_OPENS_LINKS = lazy_pattern(
    r"\s*(?:相关阅读|相关新闻|相关链接|延伸阅读|推荐阅读|往期回顾|往期推荐|Related (?:articles|stories|posts)|"
    r"Read more|See also)[:：]?"
)
_NOTE = lazy_pattern(r"[［\[]\d{1,3}[］\]]|[①-⑳]")
_NOTE_INITIALS = frozenset("［[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_REFERENCE = lazy_pattern(r"(?<=\S)[［\[]\d{1,3}[］\]]|(?<=\w)[①-⑳](?=[，。；、！？\s]|\Z)")


def mark_apparatus(text: str, units: Sequence[Unit]) -> None:
    """Flag the units that are apparatus by their form or by where they stand.

    Args:
        text: the text.
        units: all of it, in order; those with a role already keep it.
    """
    cues = cues_of(text)
    references: set[str] | None = None
    num_texts = 0
    tail_left = 0  # how many short lines may still follow a closing or a "see also"
    is_signed = False  # whether these are below `--`, where a stop may be that of an abbreviation
    for unit in units:
        if unit.role != "text":
            if unit.is_symbols and text[unit.start : unit.end] == "--":
                tail_left, is_signed = _MAX_SIGNATURE_LINES, True
            continue
        num_texts += 1
        length_chars = unit.end - unit.start
        start = unit.body
        if length_chars > MAX_APPARATUS_CHARS:
            tail_left = 0
        elif start >= unit.end:
            unit.role = "apparatus"
        elif is_apparatus(text, start, unit.end, cues) or (
            start > unit.start and is_apparatus(text, unit.start, unit.end, cues)
        ):
            unit.role = "apparatus"
            if is_closing(text[start : unit.end]) or _OPENS_LINKS.fullmatch(text, start, unit.end):
                tail_left = _MAX_SIGNATURE_LINES
        elif num_texts < _NUM_OPENING and is_greeting(text[start : unit.end]):
            unit.role = "apparatus"
        elif (
            tail_left
            and unit.speaker is None
            and length_chars <= _MAX_SIGNATURE_CHARS
            and (not ends_with_stop(text, unit.start, unit.end) or (is_signed and length_chars <= _MAX_OFFICE_CHARS))
        ):
            unit.role = "apparatus"
            tail_left -= 1
        elif text[unit.start] in _NOTE_INITIALS and (note := _NOTE.match(text, unit.start, unit.end)):
            if references is None:
                references = set(_REFERENCE.findall(text))
            unit.role = "apparatus" if note.group() in references else "text"
        else:
            tail_left = 0
    _mark_signature(text, units)


def _mark_signature(text: str, units: Sequence[Unit]) -> None:
    """Flag the office or the name over a date that ends the text."""
    if len(units) < 3 or units[-1].end - units[-1].body > _MAX_DATE_CHARS:
        return
    if not is_date(text[units[-1].body : units[-1].end]):
        return
    for unit in units[-2:-4:-1]:
        is_short = unit.end - unit.start <= _MAX_OFFICE_CHARS
        if unit.role != "text" or unit.marker or not is_short or ends_with_stop(text, unit.start, unit.end):
            return
        unit.role = "apparatus"


def unit_sentences(
    text: str,
    unit: Unit,
    paragraph: int,
    spans: Sequence[tuple[int, int]],
    pairs: Sequence[MarkPair] | None,
    cues: ApparatusCues,
) -> list[Sentence]:
    """Return the sentences of a unit.

    Args:
        text: the text.
        unit: of it.
        paragraph: the number of the unit.
        spans: start and end of its sentences, in order.
        pairs: the pairs of marks in the unit; None: they are looked for.
        cues: those of the text.
    """
    bodies = [_body(text, unit, start, end) for start, end in spans]
    if bodies[0] > unit.start:
        pairs = None  # what stands before the body pairs with nothing after it
    marks = missing_marks(text, [(body, end) for body, (_, end) in zip(bodies, spans, strict=True)], pairs)
    return [
        Sentence(start, end, paragraph, _role(text, unit, start, end, cues), body, unit.speaker, missing)
        for (start, end), body, missing in zip(spans, bodies, marks, strict=True)
    ]


def _body(text: str, unit: Unit, start: int, end: int) -> int:
    """Where the sentence that starts at `start` begins to speak: the first one of a unit where the unit does.

    A label or a mark with nothing after it speaks itself.
    """
    if start > unit.start:
        return unit.body if start <= unit.body < unit.end else end_of_item_marker(text, unit, start, end)
    return unit.body if unit.body < unit.end else start


_MAY_OPEN_APPARATUS = frozenset("（([【—▲△")  # a sentence with a stop at its end is text unless one of these is first


def _role(text: str, unit: Unit, start: int, end: int, cues: ApparatusCues) -> Role:
    """The role of a sentence of a unit: that of the unit, or apparatus if it has the form."""
    if unit.role != "text" or (start <= unit.body and end == unit.end):
        return unit.role
    if end - start > MAX_APPARATUS_CHARS:
        return "text"
    is_sentence = text[end - 1] in STOPS and text[start] not in _MAY_OPEN_APPARATUS
    is_found = is_notice(text[start:end], cues.notices) if is_sentence else is_apparatus(text, start, end, cues)
    return "apparatus" if is_found else "text"
