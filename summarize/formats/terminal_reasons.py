"""The reasons of a summary for the terminal: the figures of each sentence, and what became of the chosen ones."""

from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text
from rich.tree import Tree

from summarize.document import Document, Draft
from summarize.explanation import ROOT, Explanation, Verdict
from summarize.formats.figures import densities, describe_confidence, describe_draft, hundredths
from summarize.formats.terminal_lines import (
    align_right,
    cut_runs,
    draw_bar,
    draw_beginning,
    fill_lines,
    find_wording,
    format_signed,
    make_visible,
    wrap_text,
)
from summarize.summary import Summary

MAX_ROWS = 200  # heaviest sentences that have a row; chosen ones always have one
_MIN_BAR, _MAX_BAR = 6, 40  # columns
_BESIDE_BAR = 70  # columns for the figures and the outcome, which share its line
_INDENT = 4  # columns
_MIN_BEGINNING = 6  # columns of a sentence beside what is said of it
_BRANCH = 4  # columns of each level of the tree
_BESIDE_BRANCHES = 36  # columns
_CHOSEN = "bold green"
_OTHER_BAR = "cyan"
_LEFT_OUT = "red strike"
_NONE = "–"  # instead of a figure of what may not be chosen


def draw_reasons(summary: Summary, explanation: Explanation, width: int) -> Iterator[Text]:
    """Yield what was found out about each sentence, the heaviest first."""
    document, ranks, chosen = summary.document, summary.ranks, set(summary.selected)
    say, weighing = find_wording(document), explanation.account.weighings[summary.attention]
    count = len(ranks)
    title = say["chosenBy"].format(kind=say["kinds"][summary.attention], chosen=len(chosen), count=f"{count:,}")
    yield from wrap_text(Text(title, "bold"), width)
    if (query := summary.query) is not None:
        asked = say["asked" if query.is_matched else "unasked"]
        values = {"query": make_visible(query.text), "terms": say["list"].join(map(make_visible, query.terms))}
        yield from wrap_text(Text(asked.format(**values), "bold"), width)
    yield from wrap_text(Text(say["notes"]), width)
    shown = sorted(_shown(summary), key=lambda index: ranks[index])
    names = ("number", "rank", "weight", "density", "score")
    digits = len(str(count))
    sizes = [max(cell_len(say[name]), least) for name, least in zip(names, (digits, digits, 6, 6, 6), strict=True)]
    bar = max(_MIN_BAR, min(width - _BESIDE_BAR, _MAX_BAR))
    dense, heaviest = densities(document, summary.weights), max(summary.weights)
    all_terms = hundredths(list(weighing.terms.values()))  # (T, S)
    yield Text()
    names_row = "  " + " ".join(align_right(say[name], size) for name, size in zip(names, sizes, strict=True))
    yield from wrap_text(Text(names_row, "bold"), width, _INDENT, hanging=True)
    for index in shown:
        weight, is_chosen = summary.weights[index], index in chosen
        terms = all_terms[:, index].tolist()
        figures = [str(index + 1), *[_NONE] * 4]
        if weight > 0:
            figures[1:] = str(ranks[index]), f"{weight:.1%}", f"{dense[index]:.1f}×", format_signed(sum(terms))
        row = " ".join(align_right(figure, size) for figure, size in zip(figures, sizes, strict=True))
        verdict = summary.verdicts[index]
        parts = [
            ("", Text(("● " if is_chosen else "  ") + row)),
            (" ", Text(draw_bar(weight / heaviest, bar), "" if is_chosen else _OTHER_BAR)),
            (" ", Text(say["outcomes"][verdict.outcome])),
            (say["comma"], Text(_reduced(weight, verdict, say))),
        ]
        yield from fill_lines(parts, width, _INDENT, style=_CHOSEN if is_chosen else "", hanging=True)
        yield draw_beginning(Text(" " * _INDENT), document, index, width)
        if weight > 0:
            named = zip(weighing.terms, terms, strict=True)
            figures = [f"{say['terms'][name]} {format_signed(term)}" for name, term in named]
            yield from fill_lines([(" ", Text(figure)) for figure in figures], width, _INDENT)
        if query is not None and query.spans[index]:
            words = dict.fromkeys(make_visible(document.text[start:end]) for start, end in query.spans[index])
            yield from wrap_text(Text(say["askedWords"].format(words=say["list"].join(words))), width, _INDENT)
    if len(shown) < count:
        yield from wrap_text(Text(say["more"].format(count=f"{count - len(shown):,}"), "bold"), width)


def draw_steps(document: Document, explanation: Explanation, width: int) -> Iterator[Text]:
    """Yield what each step of the sequential attention counts and looked at."""
    say, steps = find_wording(document), explanation.account.steps
    yield from wrap_text(Text(say["steps"], "bold"), width)
    for step, (share, weights) in enumerate(zip(steps.shares.tolist(), steps.weights, strict=True), start=1):
        index = int(weights.argmax())
        head = say["stepLine"].format(
            step=say["step"].format(step=step),
            share=f"{share:.1%}",
            sentence=say["sentence"].format(number=index + 1),
            weight=f"{weights[index]:.1%}",
        )
        if cell_len(head) > width - _MIN_BEGINNING:
            yield from wrap_text(Text(f"  {head}"), width, _INDENT, hanging=True)
            head = "  "
        yield draw_beginning(Text(f"  {head}"), document, index, width)


def draw_tree(summary: Summary, explanation: Explanation, width: int) -> Iterator[RenderableType]:
    """Yield the tree over the sentences that are shown, and those that they hang from."""
    document, tree, chosen = summary.document, explanation.account.tree, set(summary.selected)
    say, parents = find_wording(document), tree.parents.tolist()
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
    yield from wrap_text(Text(say["treeNote"].format(tree=say["tree"]), "bold"), width)
    deepest = max(0, (width - _BESIDE_BRANCHES) // _BRANCH)
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
        added = branch.add(draw_beginning(head, document, index, width - guides))
        below = branch if depth >= deepest else added
        branches += [(below, depth + 1, child) for child in sorted(children.get(index, []), reverse=True)]
    yield root


def draw_drafts(summary: Summary, width: int, *, has_colours: bool) -> Iterator[Text]:
    """Yield what became of the chosen sentences."""
    say = find_wording(summary.document)
    yield from wrap_text(Text(say["made"], "bold"), width)
    for position, draft in enumerate(summary.drafts, start=1):
        numbers = say["list"].join(str(index + 1) for index in draft.indices)
        is_alone = len(draft.indices) == 1
        how = describe_draft(draft, draft.indices[0], say) if is_alone else describe_confidence(draft, say)
        made = say["alone" if is_alone else "fused"].format(numbers=numbers, how=how)
        yield from wrap_text(Text(f"{position}. {made}"), width, _INDENT, hanging=True)
        if not draft.is_whole:
            yield from _draw_changes(summary.document, draft, say, width, has_colours=has_colours)
    if not has_colours and not all(draft.is_whole for draft in summary.drafts):
        yield Text(say["leftOut"])


def _draw_changes(
    document: Document, draft: Draft, say: dict[str, Any], width: int, *, has_colours: bool
) -> Iterator[Text]:
    """Yield what was kept of each sentence of a draft, what was added and what moved."""
    kept = sorted((piece.start, piece.end) for piece in draft.pieces if piece.start is not None is not piece.end)
    first_letters = {piece.start: piece.text[:1] for piece in draft.pieces}  # one may be a capital of ours
    for index in draft.indices:
        line = Text(f"{index + 1}: " if len(draft.indices) > 1 else "")
        for run, is_kept in cut_runs(document, index, kept):
            if is_kept:
                line.append(make_visible(first_letters.get(run.start, run.text[:1]) + run.text[1:]))
            elif not run.text.strip():
                line.append(make_visible(run.text))
            elif has_colours:
                line.append(make_visible(run.text), _LEFT_OUT)
            else:
                line.append(f"[-{make_visible(run.text)}-]")
        yield from wrap_text(line, width, _INDENT)
    marks = [piece.text for piece in draft.pieces if piece.start is None and not piece.text.isspace()]
    if marks:
        yield from wrap_text(Text(say["added"].format(marks=" ".join(marks))), width, _INDENT)
    moved = _moved(draft)
    if moved:
        before, runs = moved
        values = {"runs": say["list"].join(map(make_visible, runs)), "before": make_visible(before)}
        yield from wrap_text(Text(say["moved"].format(**values)), width, _INDENT)


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
