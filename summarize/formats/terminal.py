"""A summary and its reasons for the terminal: the text coloured by weight, and the figures of each sentence.

What comes from a document is never markup, and its control characters are written out, so that no text steers the
terminal. Colour only ever repeats what a mark says as well: ⟦3 …⟧ a chosen sentence, [-…-] what was left out of it.
"""

import io
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from rich.console import Console, RenderableType
from rich.text import Text

from summarize.explanation import Explanation
from summarize.formats.digest import digest_lines
from summarize.formats.figures import explanation_of, heavy_words
from summarize.formats.screen import MAX_WIDTH, MIN_WIDTH
from summarize.formats.terminal_lines import cut_runs, find_wording, make_visible, wrap_text
from summarize.formats.terminal_reasons import draw_drafts, draw_reasons, draw_steps, draw_tree
from summarize.formats.view import View
from summarize.summary import Summary
from summarize.text.pieces import needs_space
from summarize.value import replace

# From so many times the mean weight: both colours are given, so that a sentence reads the same on black and on white.
_SHADES = ((4, "#1c1c1c on #ffaf5f"), (2, "#1c1c1c on #ffd75f"), (1, "#1c1c1c on #ffffaf"))
_HEAVY_WORD = "bold #af0000"


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
            parts.append(Text(make_visible(line)) for line in digest_lines(summary, replace(self._view, color=False)))
            parts.append(draw_reasons(summary, explanation, self._width))
            if summary.attention == "sequential":
                parts.append(draw_steps(summary.document, explanation, self._width))
            if summary.attention == "tree":
                parts.append(draw_tree(summary, explanation, self._width))
            parts.append(draw_drafts(summary, self._width, has_colours=self._has_colours))
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
                yield from wrap_text(line, self._width)
                if len(breaks) > 1:
                    yield Text()
                line = Text()
            elif last and breaks:  # the line is full here only in the source
                around = document.text[last.end - 1], document.text[sentence.start]
                indent = " " if needs_space(*around) else ""
            line.append(make_visible(indent))
            shade = self._shade(summary.weights[index] * num_candidates)
            words = heavy_words(explanation.words[index]) if shade else []
            style = f"bold underline {shade}".strip() if index in chosen else shade
            if index in chosen:
                line.append(f"⟦{index + 1} {summary.weights[index]:.1%} ", f"bold {shade}".strip())
            for run, is_heavy in cut_runs(document, index, words):
                line.append(make_visible(run.text), f"{style} {_HEAVY_WORD}" if is_heavy else style)
            if index in chosen:
                line.append("⟧", f"bold {shade}".strip())
            last = sentence
        yield from wrap_text(line, self._width)
        yield Text()
        yield from wrap_text(self._legend(find_wording(document)), self._width)

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
