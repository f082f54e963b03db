"""A summary and its reasons for the terminal: the text coloured by weight, and the figures of each sentence.

What comes from a document is never markup, and its control characters are written out, so that no text steers the
terminal. Colour only ever repeats what a mark says as well: ⟦3 …⟧ a chosen sentence, [-…-] what was left out of it.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from rich.cells import cell_len, chop_cells
from rich.console import Console, RenderableType
from rich.text import Text
from rich.tree import Tree

from summarize.document import Document, Draft, Piece
from summarize.explanation import ROOT, Explanation, Verdict
from summarize.formats.digest import digest_lines
from summarize.formats.figures import (
    densities,
    describe_confidence,
    describe_draft,
    explanation_of,
    heavy_words,
    hundredths,
)
from summarize.formats.screen import MAX_WIDTH, MIN_WIDTH
from summarize.formats.view import View
from summarize.formats.wording import wording
from summarize.formats.wrapping import find_breaks
from summarize.summary import Summary
from summarize.text.pieces import needs_space, sentence_pieces, source_piece
from summarize.text.printing import printable
from summarize.value import replace

MAX_ROWS = 200  # heaviest sentences that have a row; chosen ones always have one
_MIN_BAR, _MAX_BAR = 6, 40  # columns
_BESIDE_BAR = 70  # columns for the figures and the outcome, which share its line
_INDENT = 4  # columns
_MIN_BEGINNING = 6  # columns of a sentence beside what is said of it
_BRANCH = 4  # columns of each level of the tree
_BESIDE_BRANCHES = 36  # columns

_BARS = " ▏▎▍▌▋▊▉█"
_CHOSEN = "bold green"
_OTHER_BAR = "cyan"
_LEFT_OUT = "red strike"
# From so many times the mean weight: both colours are given, so that a sentence reads the same on black and on white.
_SHADES = ((4, "#1c1c1c on #ffaf5f"), (2, "#1c1c1c on #ffd75f"), (1, "#1c1c1c on #ffffaf"))
_HEAVY_WORD = "bold #af0000"
_NONE = "–"  # instead of a figure of what may not be chosen


def draw(summary: Summary, view: View) -> str:
    """Return a drawing of a summary, with a final line break.

    Lines are as long as the view says; where it says nothing, as the terminal or COLUMNS does, or 80; but 30 to 120.

    Args:
        summary: with its explanation.
        view: `explain` draws the summary, why each sentence was chosen or not, and what became of the chosen ones;
            `highlight` the whole text coloured by weight, before that.

    Raises:
        ValueError: the summary has no explanation.
    """
    return _Drawing(view).of(summary)


def _console(view: View) -> Console:
    """Return what writes nowhere, in as many colours as the environment knows of, or in eight, or in none."""
    for system in ("auto", "standard") if view.color else (None,):
        console = Console(
            file=io.StringIO(),
            width=view.width,
            color_system=system,
            no_color=False,  # whether there is colour was decided
            force_terminal=view.color,
            highlight=False,
            markup=False,
            emoji=False,
        )
        if console.color_system is not None:
            break
    return console


class _Drawing:
    """Draws summaries as a view says."""

    def __init__(self, view: View) -> None:
        self._console = _console(view)
        self._width = max(MIN_WIDTH, min(self._console.width, MAX_WIDTH))
        self._console.width = self._width
        self._has_colours = view.color
        self._view = replace(view, width=self._width)

    def of(self, summary: Summary) -> str:
        explanation = explanation_of(summary)
        parts: list[Iterable[RenderableType]] = []
        if self._view.highlight:
            parts.append(self._text(summary, explanation))
        if self._view.explain:
            parts.append(Text(_visible(line)) for line in digest_lines(summary, replace(self._view, color=False)))
            parts.append(self._reasons(summary, explanation))
            if summary.attention == "sequential":
                parts.append(self._steps(summary.document, explanation))
            if summary.attention == "tree":
                parts.append(self._tree(summary, explanation))
            parts.append(self._making(summary))
        with self._console.capture() as capture:
            for number, part in enumerate(parts):
                if number:
                    self._console.print()
                for line in part:
                    self._console.print(line, no_wrap=True, overflow="ignore", crop=False)
        return capture.get()

    def _text(self, summary: Summary, explanation: Explanation) -> Iterator[Text]:
        """Yield the lines of the whole text, each sentence in the shade of its weight, and a legend."""
        document, chosen = summary.document, set(summary.selected)
        num_candidates = int(np.count_nonzero(summary.weights))
        line, last = Text(), None
        for index, sentence in enumerate(document.sentences):
            gap = document.text[last.end if last else 0 : sentence.start]
            *breaks, indent = f"{gap}.".splitlines()  # the point stands for the sentence
            indent = indent[:-1]
            if last and sentence.paragraph != last.paragraph:
                yield from _wrapped(line, self._width)
                if len(breaks) > 1:
                    yield Text()
                line = Text()
            elif last and breaks:  # the line is full here only in the source
                around = document.text[last.end - 1], document.text[sentence.start]
                indent = " " if needs_space(*around) else ""
            line.append(_visible(indent))
            shade = self._shade(summary.weights[index] * num_candidates)
            words = heavy_words(explanation.words[index]) if shade else []
            style = f"bold underline {shade}".strip() if index in chosen else shade
            if index in chosen:
                line.append(f"⟦{index + 1} {summary.weights[index]:.1%} ", f"bold {shade}".strip())
            for run, is_heavy in _cut(document, index, words):
                line.append(_visible(run.text), f"{style} {_HEAVY_WORD}" if is_heavy else style)
            if index in chosen:
                line.append("⟧", f"bold {shade}".strip())
            last = sentence
        yield from _wrapped(line, self._width)
        yield Text()
        yield from _wrapped(self._legend(_say(document)), self._width)

    def _shade(self, times_mean: float) -> str:
        if not self._has_colours:
            return ""
        return next((style for least, style in _SHADES if times_mean >= least), "")

    def _legend(self, say: dict[str, Any]) -> Text:
        legend = Text.assemble(("⟦…⟧", "bold"), f" {say['legend']}")
        if self._has_colours:
            legend.append(f"   {say['shades']}")
            for least, style in reversed(_SHADES):
                legend.append(" ").append(f" {least}×+ ", style)
            legend.append("   ").append(say["heavy"], f"{_SHADES[-1][1]} {_HEAVY_WORD}")
        return legend

    def _reasons(self, summary: Summary, explanation: Explanation) -> Iterator[Text]:
        """Yield what was found out about each sentence, the heaviest first."""
        document, ranks, chosen = summary.document, summary.ranks, set(summary.selected)
        say, weighing = _say(document), explanation.account.weighings[summary.attention]
        count = len(ranks)
        title = say["chosenBy"].format(kind=say["kinds"][summary.attention], chosen=len(chosen), count=f"{count:,}")
        yield from _wrapped(Text(title, "bold"), self._width)
        if (query := summary.query) is not None:
            asked = say["asked" if query.is_matched else "unasked"]
            values = {"query": _visible(query.text), "terms": say["list"].join(map(_visible, query.terms))}
            yield from _wrapped(Text(asked.format(**values), "bold"), self._width)
        yield from _wrapped(Text(say["notes"]), self._width)
        shown = sorted(_shown(summary), key=lambda index: ranks[index])
        names = ("number", "rank", "weight", "density", "score")
        digits = len(str(count))
        sizes = [max(cell_len(say[name]), least) for name, least in zip(names, (digits, digits, 6, 6, 6), strict=True)]
        bar = max(_MIN_BAR, min(self._width - _BESIDE_BAR, _MAX_BAR))
        dense, heaviest = densities(document, summary.weights), max(summary.weights)
        all_terms = hundredths(list(weighing.terms.values()))  # (T, S)
        yield Text()
        names_row = "  " + " ".join(_right(say[name], size) for name, size in zip(names, sizes, strict=True))
        yield from _wrapped(Text(names_row, "bold"), self._width, _INDENT, hanging=True)
        for index in shown:
            weight, is_chosen = summary.weights[index], index in chosen
            terms = all_terms[:, index].tolist()
            figures = [str(index + 1), *[_NONE] * 4]
            if weight > 0:
                figures[1:] = str(ranks[index]), f"{weight:.1%}", f"{dense[index]:.1f}×", _signed(sum(terms))
            row = " ".join(_right(figure, size) for figure, size in zip(figures, sizes, strict=True))
            verdict = summary.verdicts[index]
            parts = [
                ("", Text(("● " if is_chosen else "  ") + row)),
                (" ", Text(_bar(weight / heaviest, bar), "" if is_chosen else _OTHER_BAR)),
                (" ", Text(say["outcomes"][verdict.outcome])),
                (say["comma"], Text(_reduced(weight, verdict, say))),
            ]
            yield from _filled(parts, self._width, _INDENT, style=_CHOSEN if is_chosen else "", hanging=True)
            yield self._beginning(Text(" " * _INDENT), document, index)
            if weight > 0:
                named = zip(weighing.terms, terms, strict=True)
                figures = [f"{say['terms'][name]} {_signed(term)}" for name, term in named]
                yield from _filled([(" ", Text(figure)) for figure in figures], self._width, _INDENT)
            if query is not None and query.spans[index]:
                words = dict.fromkeys(_visible(document.text[start:end]) for start, end in query.spans[index])
                yield from self._indented(Text(say["askedWords"].format(words=say["list"].join(words))))
        if len(shown) < count:
            yield from _wrapped(Text(say["more"].format(count=f"{count - len(shown):,}"), "bold"), self._width)

    def _steps(self, document: Document, explanation: Explanation) -> Iterator[Text]:
        """Yield what each step of the sequential attention counts and looked at."""
        say, steps = _say(document), explanation.account.steps
        yield from _wrapped(Text(say["steps"], "bold"), self._width)
        for step, (share, weights) in enumerate(zip(steps.shares.tolist(), steps.weights, strict=True), start=1):
            index = int(weights.argmax())
            head = say["stepLine"].format(
                step=say["step"].format(step=step),
                share=f"{share:.1%}",
                sentence=say["sentence"].format(number=index + 1),
                weight=f"{weights[index]:.1%}",
            )
            if cell_len(head) > self._width - _MIN_BEGINNING:
                yield from _wrapped(Text(f"  {head}"), self._width, _INDENT, hanging=True)
                head = "  "
            yield self._beginning(Text(f"  {head}"), document, index)

    def _tree(self, summary: Summary, explanation: Explanation) -> Iterator[RenderableType]:
        """Yield the tree over the sentences that are shown, and those that they hang from."""
        document, tree, chosen = summary.document, explanation.account.tree, set(summary.selected)
        say, parents = _say(document), tree.parents.tolist()
        children: dict[int, list[int]] = {}
        waiting, seen = sorted(_shown(summary)), set()
        while waiting:
            index = waiting.pop()
            parent = parents[index]
            if index in seen or parent < ROOT:
                continue
            seen.add(index)
            children.setdefault(parent, []).append(index)
            if parent != ROOT:
                waiting.append(parent)
        yield from _wrapped(Text(say["treeNote"].format(tree=say["tree"]), "bold"), self._width)
        deepest = max(0, (self._width - _BESIDE_BRANCHES) // _BRANCH)
        root = Tree("", hide_root=True)
        branches = [(root, 0, index) for index in sorted(children.get(ROOT, []), reverse=True)]
        while branches:
            branch, depth, index = branches.pop()
            is_chosen = index in chosen
            head = Text("● " if is_chosen else "", _CHOSEN if is_chosen else "")
            if depth == 0:
                head.append(f"{say['root']} ")
            elif depth > deepest:  # there is no room to indent it further
                head.append(f"{say['under'].format(number=parents[index] + 1)} ")
            head.append(f"{index + 1}  {tree.weights[index]:.0%}  ")
            guides = _BRANCH * min(depth, deepest)
            added = branch.add(self._beginning(head, document, index, self._width - guides))
            below = branch if depth >= deepest else added
            branches += [(below, depth + 1, child) for child in sorted(children.get(index, []), reverse=True)]
        yield root

    def _making(self, summary: Summary) -> Iterator[Text]:
        """Yield what became of the chosen sentences."""
        say = _say(summary.document)
        yield from _wrapped(Text(say["made"], "bold"), self._width)
        for position, draft in enumerate(summary.drafts, start=1):
            numbers = say["list"].join(str(index + 1) for index in draft.indices)
            is_alone = len(draft.indices) == 1
            how = describe_draft(draft, draft.indices[0], say) if is_alone else describe_confidence(draft, say)
            made = say["alone" if is_alone else "fused"].format(numbers=numbers, how=how)
            yield from _wrapped(Text(f"{position}. {made}"), self._width, _INDENT, hanging=True)
            if not draft.is_whole:
                yield from self._changes(summary.document, draft, say)
        if not self._has_colours and not all(draft.is_whole for draft in summary.drafts):
            yield Text(say["leftOut"])

    def _changes(self, document: Document, draft: Draft, say: dict[str, Any]) -> Iterator[Text]:
        """Yield what was kept of each sentence of a draft, what was added and what moved."""
        kept = sorted((piece.start, piece.end) for piece in draft.pieces if piece.start is not None is not piece.end)
        first_letters = {piece.start: piece.text[:1] for piece in draft.pieces}  # one may be a capital of ours
        for index in draft.indices:
            line = Text(f"{index + 1}: " if len(draft.indices) > 1 else "")
            for run, is_kept in _cut(document, index, kept):
                if is_kept:
                    line.append(_visible(first_letters.get(run.start, run.text[:1]) + run.text[1:]))
                elif not run.text.strip():
                    line.append(_visible(run.text))
                elif self._has_colours:
                    line.append(_visible(run.text), _LEFT_OUT)
                else:
                    line.append(f"[-{_visible(run.text)}-]")
            yield from self._indented(line)
        marks = [piece.text for piece in draft.pieces if piece.start is None and not piece.text.isspace()]
        if marks:
            yield from self._indented(Text(say["added"].format(marks=" ".join(marks))))
        moved = _moved(draft)
        if moved:
            before, runs = moved
            values = {"runs": say["list"].join(map(_visible, runs)), "before": _visible(before)}
            yield from self._indented(Text(say["moved"].format(**values)))

    def _beginning(self, head: Text, document: Document, index: int, width: int | None = None) -> Text:
        """Return one line that begins as it is told and continues with a sentence as far as that fits."""
        room = width or self._width
        sentence = document.sentences[index]
        end = min(sentence.end, sentence.start + room)  # no character is thinner than a column
        line = head.append("".join(_visible(run.text) for run, _ in _cut(document, index, [], end)))
        if end == sentence.end and line.cell_len <= room:
            return line
        return line[: len(chop_cells(line.plain, room - 1)[0])].append("…")

    def _indented(self, text: Text) -> Iterator[Text]:
        return _wrapped(text, self._width, _INDENT)


def _say(document: Document) -> dict[str, Any]:
    return wording(document.language, "terminal")


def _visible(text: str) -> str:
    """Return a text with its control characters written out: none steers the terminal, turns the writing or breaks."""
    return printable(text.replace("\t", " "))


def _wrapped(text: Text, width: int, indent: int = 0, *, hanging: bool = False) -> Iterator[Text]:
    """Yield a text line by line; arguments as for `find_breaks`.

    rich breaks lines at spaces alone: that leaves gaps before every run of Chinese, and closing marks at the left.
    """
    for number, line in enumerate(text.divide(find_breaks(text.plain, width, indent, hanging=hanging))):
        line.rstrip()
        yield line if hanging and not number else Text(" " * indent) + line


def _filled(
    parts: Iterable[tuple[str, Text]], width: int, indent: int, *, style: str = "", hanging: bool = False
) -> Iterator[Text]:
    """Yield lines of as many parts as fit; only one that is longer than a line is broken.

    Args:
        parts: each with what stands before it, unless it begins a line; those without text are left out.
        width: of a line, in columns.
        indent: columns before each line.
        style: of all lines.
        hanging: whether the first line has no indent.
    """
    line = Text(style=style)
    for separator, part in parts:
        begins = 0 if hanging else indent
        if line and part and begins + line.cell_len + cell_len(separator) + part.cell_len > width:
            yield from _wrapped(line, width, indent, hanging=hanging)
            line, hanging = Text(style=style), False
        if part:
            line.append(separator if line else "").append_text(part)
    yield from _wrapped(line, width, indent, hanging=hanging)


def _cut(
    document: Document, index: int, spans: Sequence[tuple[int, int]], end: int | None = None
) -> Iterator[tuple[Piece, bool]]:
    """Yield a sentence run by run as it stands, each with whether it is in one of the spans.

    Args:
        document: the source.
        index: which sentence.
        spans: offsets into the text, in order and apart.
        end: offset to stop at; None for the end of the sentence.
    """
    text, sentence = document.text, document.sentences[index]
    number = 0  # of the next span
    for piece in sentence_pieces(text, sentence.start, end or sentence.end):
        if piece.start is None or piece.end is None:
            yield piece, False
            continue
        position = piece.start
        while number < len(spans) and spans[number][0] < piece.end:
            first, last = max(spans[number][0], position), min(spans[number][1], piece.end)
            if first < last:
                yield source_piece(text, position, first), False
                yield source_piece(text, first, last), True
                position = last
            if spans[number][1] > piece.end:  # it continues in the next line
                break
            number += 1
        yield source_piece(text, position, piece.end), False


def _shown(summary: Summary) -> set[int]:
    """Return the sentences that are shown: the chosen ones and the heaviest others."""
    others = (index for index, rank in enumerate(summary.ranks) if rank <= MAX_ROWS)
    return {*summary.selected, *others}


def _reduced(weight: float, verdict: Verdict, say: dict[str, Any]) -> str:
    """Return what was taken off a weight for what was already said; "" if that is nothing."""
    shown, off = round(1000 * weight), round(1000 * verdict.redundancy)  # so that the difference is right as printed
    if verdict.like is None or off == 0:
        return ""
    reduced: str = say["reduced"].format(
        weight=f"{shown / 1000:.1%}",
        off=f"{off / 1000:.1%}",
        rest=f"{(shown - off) / 1000:.1%}",
        like=say["like"].format(number=verdict.like + 1),
    )
    return reduced


def _moved(draft: Draft) -> tuple[str, list[str]] | None:
    """Return the runs that stand after what follows them in the source, after that which they stand after."""
    before, runs, furthest, last = "", list[str](), 0, ""
    for piece in draft.pieces:
        if piece.start is None or piece.end is None:
            continue
        if piece.start < furthest:
            before = before or last
            runs.append(piece.text)
        furthest, last = max(furthest, piece.end), piece.text
    return (before, runs) if runs else None


def _signed(number: int) -> str:
    """Return a number of hundredths with its sign."""
    return f"{number / 100:+.2f}"


def _bar(share: float, size: int) -> str:
    """Return a bar of eighths of columns, filled up with spaces."""
    full, eighths = divmod(round(share * size * 8), 8)
    return (_BARS[-1] * full + _BARS[eighths] * bool(eighths)).ljust(size)


def _right(text: str, size: int) -> str:
    """Return a text that ends at a column; a Chinese character takes two."""
    return " " * (size - cell_len(text)) + text
