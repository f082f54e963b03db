"""The printed form of sentences: spans of the source, with added text between them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from summarize.document import Document, Draft, Piece
from summarize.text.language import HAN_RUN
from summarize.text.marks import (
    CLAUSE_MARKS,
    CLOSING_MARKS,
    FINAL_MARKS,
    LIST_COMMAS,
    QUESTION_MARKS,
    RANGE_MARKS,
    one_of,
)
from summarize.text.patterns import lazy_pattern
from summarize.text.roles import is_page_line, running_heads
from summarize.text.subtitles import find_timing_lines, is_frame_line
from summarize.text.word_classes import words_of
from summarize.value import replace

SPACE = Piece(" ")
NEW_LINE = Piece("\n")


_OF_EITHER = "“”‘’…—"  # marks of Chinese and of English: what stands beside them decides
_LATIN_WORD = lazy_pattern(r"[^\W_]+(?:['’.,:/-][^\W_]+)*")


def count_words(text: str) -> int:
    """Return the words of a text as a word processor counts them: Latin words, numbers, and Chinese characters."""
    others, num_runs = HAN_RUN.subn("\n", text)  # what has been a run is one character
    return num_runs + len(text) - len(others) + len(_LATIN_WORD.findall(others))


def source_piece(text: str, start: int, end: int) -> Piece:
    """Return the piece that is `text[start:end]`."""
    return Piece(text[start:end], start, end)


def join_runs(runs: Iterable[Iterable[Piece]]) -> Iterator[Piece]:
    """Concatenate runs of pieces, with a space between two unless both are set without spaces.

    Chinese needs no space between sentences; English does.
    """
    last = ""
    for run in runs:
        is_first_of_run = True
        for piece in run:
            if is_first_of_run and last and needs_space(last, piece.text):
                yield SPACE
            is_first_of_run = False
            last = piece.text
            yield piece


def _is_set_solid(character: str) -> bool:
    """Return whether no space stands beside a character: an ideograph, kana, a full-width form, a Chinese mark."""
    return character >= "\u2e80" and (
        character <= "\u30ff"
        or "\u3400" <= character <= "\u4dbf"
        or "\u4e00" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\ufe30" <= character <= "\ufe4f"
        or "\uff00" <= character <= "\uffef"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def needs_space(before: str, after: str) -> bool:
    """Return whether two runs of text are separated by a space: unless a side is a Chinese character or mark."""
    last, first = before.rstrip(_OF_EITHER)[-1:], after.lstrip(_OF_EITHER)[:1]
    return not (_is_set_solid(last) or _is_set_solid(first))


# What is not printed: line breaks, whatever steers a terminal, marks of order and of breaking that have no width.
_BREAKS = "\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_STRONG = r"(?:(?<![A-Za-z0-9*])\*\*(?!\*)|(?<!\*)\*\*(?![A-Za-z0-9*]))"  # not the power of 2**3
# What of `[text](address)` stands around the text; an address has a scheme, or begins as a path does.
_ADDRESS = r"(?:https?://|www\.|mailto:|[/#.])[^\s()]{0,500}(?:\([^\s()]{0,100}\)[^\s()]{0,100})?"
_LINK_END = rf"\]\({_ADDRESS}(?: \"[^\"\n]{{0,200}}\")?\)"
_LINK_START = rf"!?\[(?=[^\[\]\n]{{1,200}}{_LINK_END})"
# Tags of subtitles: `<i>`, `<v Anna>`, `<00:02.000>`, `{\\an8}`.
_TAG = (
    r"</?(?:[biuvc]|font|lang|ruby|rt)(?:[ .][^<>\n]{0,60})?>|<\d{1,3}(?::\d\d){1,2}\.\d{3}>"
    r"|\{\\[a-zA-Z][^{}\n]{0,40}\}"
)
# What steers a terminal: colours and moves, titles and links with what they hold, character sets (ECMA-48).
_SEQUENCE = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c\r\n]{0,500}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]+[0-~]|\x1b[78=>]"
)
_NO_WIDTH = "\ufeff\u202a-\u202e\u2066-\u2069"  # a mark of order, and those that turn the direction of writing
_UNPRINTED = lazy_pattern(
    rf"(?:{_SEQUENCE}|[{_BREAKS}\x00-\x08\x0e-\x1f\x7f-\x9f{_NO_WIDTH}]|\[\^[\w-]{{1,20}}\]|{_STRONG}"
    rf"|{_LINK_START}|{_LINK_END})+"
)
_UNPRINTED_OF_SUBTITLES = lazy_pattern(rf"(?:{_UNPRINTED.pattern}|{_TAG})+")
_OPENS_UNPRINTED = lazy_pattern(rf"[{_BREAKS}\x00-\x08\x0e-\x1f\x7f-\x9f{_NO_WIDTH}*!\[\]<{{]")  # found much faster
_STEERS = lazy_pattern(rf"{_SEQUENCE}|[{_NO_WIDTH}]|\*\*|\[\^[\w-]{{1,20}}\]|{_LINK_END}|!?\[|{_TAG}")
_BREAK = lazy_pattern(rf"[{_BREAKS}]")
_EMPHASIS = lazy_pattern(_STRONG)
_QUOTED_LINE = lazy_pattern(r"(?:>[ \t]?)+")
_HYPHENATED = lazy_pattern(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u00ad]\Z")
_WORD_START = lazy_pattern(r"[^\W_]+")
_COMPOUND = lazy_pattern(r"[^\W\d_]+(?:-[^\W\d_]+)+")
# What is set before a word with a hyphen that stays one where a line ends with it.
_COMPOUND_BEGINNINGS = words_of("en", "compound_beginning")


def sentence_pieces(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Return a part of the source as pieces: one, or several where it holds what is not printed.

    A line break, and a control character, becomes a space where one is needed; a word that a line end parts is one
    again, without its hyphen. What steers a terminal, `**`, the marks of quoted lines, the address of a link in
    Markdown, the numbers of pages, and the tags and times of subtitles are left out. If nothing is left, there are no
    pieces.

    Args:
        text: the source.
        start: offset in it.
        end: offset after the part.
    """
    if _OPENS_UNPRINTED.search(text, start, end) is None:  # most often
        blanks, part = _num_blanks(text[start:end]), text[start:end].strip()
        return (Piece(part, start + blanks, start + blanks + len(part)),) if part else ()
    runs = list(_printed_runs(text, start, end))
    pieces: list[Piece] = []
    for number, (left, right) in enumerate(runs):
        if number:
            between = text[runs[number - 1][1] : left]
            pieces += _seam(text, pieces, between, left, right)
        pieces.append(source_piece(text, left, right))
    return tuple(piece for piece in pieces if piece.text)


def _printed_runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of what is printed, without white space at its ends."""
    gaps = list(_find_unprinted(text, start, end))
    has_pairs = text.find("**", start, end) < 0 or len(_EMPHASIS.findall(text, start, end)) % 2 == 0
    position, is_line_start = start, False
    for gap in [*gaps, None]:
        low, high = position, gap.start() if gap else end
        is_inside = gap is not None and start < high and gap.end() < end
        if gap and is_inside and "**" in gap.group() and not has_pairs and gap.group().isprintable():
            continue  # a note of something, as `**` alone
        if is_line_start and (quoted := _QUOTED_LINE.match(text, low, high)):
            low = quoted.end()
        low, high = low + _num_blanks(text[low:high]), low + len(text[low:high].rstrip())
        if low < high and not (is_line_start and gap and _is_left_out(text, low, high)):
            yield low, high
        if gap:
            position, is_line_start = gap.end(), _BREAK.search(gap.group()) is not None


@lru_cache(maxsize=1)
def _are_subtitles(text: str) -> bool:
    return bool(find_timing_lines(text))


def _is_left_out(text: str, start: int, end: int) -> bool:
    """Return whether a line inside of a sentence is no part of it."""
    is_head = text[start:end] in running_heads(text)
    return is_head or is_page_line(text, start, end) or is_frame_line(text, start, end)


def _find_unprinted(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the runs of what is not printed."""
    unprinted = _UNPRINTED_OF_SUBTITLES if _are_subtitles(text) else _UNPRINTED
    while opener := _OPENS_UNPRINTED.search(text, start, end):
        gap = unprinted.match(text, opener.start(), end)
        if gap is not None:
            yield gap
        start = (gap or opener).end()


def _num_blanks(text: str) -> int:
    return len(text) - len(text.lstrip())


def _seam(text: str, pieces: list[Piece], between: str, left: int, right: int) -> list[Piece]:
    """Return what stands between the last of the pieces and the run text[left:right]; a hyphen is taken off the last.

    Args:
        text: the source.
        pieces: what is printed before.
        between: what of the source is not printed.
        left: where the run starts.
        right: where it ends.
    """
    last = pieces[-1]
    blank = _STEERS.sub("", between)
    if not blank.strip(" \t"):  # what stood between had no width
        return [SPACE] if blank else []
    if _BREAK.search(between) and (hyphenated := _HYPHENATED.search(last.text, max(0, len(last.text) - 60))):
        following = _WORD_START.match(text, left, right)
        if following is not None and last.start is not None and last.end is not None:
            if not _keeps_hyphen(text, hyphenated.group(1), following.group(), last.text[-1]):
                pieces[-1] = source_piece(text, last.start, last.end - 1)
            return []
    return [SPACE] if needs_space(last.text, text[left:right]) else []


def _keeps_hyphen(text: str, before: str, after: str, hyphen: str) -> bool:
    """Return whether two parts of a word at a line end are a compound, by the rest of the text if that has it."""
    if hyphen == "\u00ad":
        return False
    compounds = _compounds(text)
    if f"{before}-{after}".lower() in compounds:
        return True
    return "-" in before or not after.islower() or before.lower() in _COMPOUND_BEGINNINGS


@lru_cache(maxsize=1)
def _compounds(text: str) -> frozenset[str]:
    """Return the words of a text that have a hyphen inside a line."""
    return frozenset(match.group().lower() for match in _COMPOUND.finditer(text))


def merge_pieces(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces, those as one that stand together in the source."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last and last.start is not None and piece.end is not None and last.end == piece.start:
            merged[-1] = Piece(last.text + text[piece.start : piece.end], last.start, piece.end)
        else:
            merged.append(piece)
    return merged


_ENDS = lazy_pattern(rf"{one_of(FINAL_MARKS + RANGE_MARKS)}[\s{re.escape(CLOSING_MARKS)}»》〉〕］}}*_]*\Z")
_OPEN_ENDS = lazy_pattern(rf"[\s{CLAUSE_MARKS}{LIST_COMMAS}]+\Z")
_FIRST_OR_SECOND_PERSON = lazy_pattern(r"[我你妳您咱俺]|\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our|me|us|mine)\b")
_ASKS = lazy_pattern(rf"{one_of(QUESTION_MARKS)}{one_of(CLOSING_MARKS)}*\Z")
_TAIL_CHARS = 12


def needs_own_line(text: str) -> bool:
    """Return whether a printed sentence needs a line of its own: it ends without a stop, as an item or a title does."""
    return _ENDS.search(text, max(0, len(text) - _TAIL_CHARS)) is None


def may_have_separator(draft: Draft) -> bool:
    """Return whether a space or a line break may stand beside a draft."""
    text = draft.text
    return draft.num_label > 0 or needs_space("a", text) or needs_space(text, "a") or needs_own_line(text)


def display_pieces(document: Document, index: int) -> tuple[Piece, ...]:
    """Return a sentence as printed on its own.

    Its label, its list mark and an open mark at its end (`；`, `：`) are left out; quotation marks and brackets of
    which it has but one get the other. Where other sentences stand beside it, a stop of ours closes it for `；`.
    """
    text, sentence = document.text, document.sentences[index]
    opener, closer = sentence.marks
    open_end = _OPEN_ENDS.search(text, max(sentence.body, sentence.end - _TAIL_CHARS), sentence.end)
    end = open_end.start() if open_end else sentence.end
    pieces = sentence_pieces(text, sentence.body, end)
    if not pieces:
        return sentence_pieces(text, sentence.body, sentence.end)
    before = (Piece(opener),) if opener else ()
    closing = (Piece(closer),) if closer else ()
    stop = (Piece("。"),) if open_end and open_end.group()[0] == "；" and _has_neighbour(document, index) else ()
    return (*before, *pieces, *stop, *closing)


def _has_neighbour(document: Document, index: int) -> bool:
    """Return whether another sentence stands in the paragraph."""
    paragraph = document.sentences[index].paragraph
    around = document.sentences[max(0, index - 1) : index] + document.sentences[index + 1 : index + 2]
    return any(sentence.paragraph == paragraph for sentence in around)


def label_pieces(document: Document, index: int) -> tuple[Piece, ...]:
    """Return who speaks, with a colon; nothing if that is not known."""
    sentence = document.sentences[index]
    if sentence.speaker is None:
        return ()
    text, (start, end) = document.text, sentence.speaker
    has_colon = text[end : end + 1] in ("：", ":")
    name = sentence_pieces(text, start, end + has_colon)
    is_solid = _is_set_solid(text[end - 1])
    if has_colon:
        return name if text[end] == "：" or is_solid else (*name, SPACE)
    return (*name, Piece("：" if is_solid else ": "))


def _needs_speaker(document: Document, index: int) -> bool:
    """Return whether a sentence is unclear without its speaker: it says I or you, or answers a question."""
    text, sentence = document.text, document.sentences[index]
    if _FIRST_OR_SECOND_PERSON.search(text, sentence.body, sentence.end):
        return True
    before = document.sentences[index - 1] if index else None
    return (
        before is not None
        and before.speaker not in (None, sentence.speaker)
        and _ASKS.search(text, max(before.body, before.end - _TAIL_CHARS), before.end) is not None
    )


def make_whole_draft(document: Document, index: int) -> Draft:
    """Return an unchanged sentence as a draft, with its speaker."""
    label = label_pieces(document, index)
    return Draft((index,), label + display_pieces(document, index), num_label=len(label))


def drop_repeated_speakers(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of a summary without redundant speaker labels.

    If a sentence needs its speaker, the others have theirs as well, or they would be taken for that one's; of several
    in a row by one speaker the first has it. If none does, no speaker is named.

    Args:
        document: the source.
        drafts: in the order in which they are printed.
    """
    is_needed = any(draft.num_label and _needs_speaker(document, draft.indices[0]) for draft in drafts)
    found: list[Draft] = []
    speaking = ""
    for draft in drafts:
        speaker = document.sentences[draft.indices[0]].speaker
        name = document.text[slice(*speaker)] if speaker else ""
        if draft.num_label and (not is_needed or name == speaking):
            draft = replace(draft, pieces=draft.pieces[draft.num_label :], num_label=0)
        speaking = name
        found.append(draft)
    return found


def separator_between(document: Document, before: Draft, after: Draft) -> tuple[Piece, ...]:
    """Return the separator of two drafts: a line break if either needs its own line, otherwise a space or nothing."""
    one, other = (document.sentences[draft.indices[index]] for draft, index in ((before, -1), (after, 0)))
    if after.num_label or one.speaker != other.speaker or needs_own_line(before.text):
        return (NEW_LINE,)
    if needs_own_line(after.text) and one.paragraph != other.paragraph:
        return (NEW_LINE,)
    return (SPACE,) if needs_space(before.text, after.text) else ()


def join_drafts(document: Document, drafts: Sequence[Draft]) -> Iterator[Piece]:
    """Yield the pieces of drafts and what stands between them."""
    before: Draft | None = None
    for draft in drafts:
        if before is not None:
            yield from separator_between(document, before, draft)
        yield from draft.pieces
        before = draft
