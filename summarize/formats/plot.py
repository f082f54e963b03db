"""The weights of a document as a picture: of its sentences, the likeliest tree, the words of the chosen sentences.

matplotlib is an extra and slow to import, so nothing of it is imported before there is something to draw.
"""

import gc
import io
import logging
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, east_asian_width

import numpy as np

from summarize.errors import SummarizeError
from summarize.explanation import ROOT, Explanation
from summarize.formats.figures import explanation_of
from summarize.formats.wording import wording
from summarize.interface import _
from summarize.summary import Summary

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import QuadMesh
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

MAX_SENTENCES = 60  # columns of the heat map and of the tree
MAX_CHOSEN = 8  # sentences whose words are drawn
_MAX_LINES = 3  # of words, for each of those
_MAX_CHARS = 30  # of a word

# The files of fonts that are made for Chinese, those that look best first; other fonts are tried after them.
_KNOWN_FONTS = (
    *("notosanscjk", "sourcehansans", "notosanssc", "notosanshans", "pingfang", "hiragino", "msyh", "wqy-microhei"),
    *("wqy-zenhei", "simhei", "heiti", "notoserifcjk", "sourcehanserif", "simsun", "droidsansfallback"),
)
_LATIN_FONT = "fonts/ttf/DejaVuSans.ttf"  # comes with matplotlib
_NO_GLYPH = "?"
_NEEDED = re.compile("[\u4e00-\u9fa5]")  # a font for Chinese has all of these; of rarer ones few have any

_WIDTH = 11.0  # inches, as all that follow
_LEFT, _RIGHT, _TOP, _GAP = 1.6, 0.9, 0.45, 1.0
_ROOM, _WIDEST_COLUMN = _WIDTH - _LEFT - _RIGHT, 1.4
_ROW, _TREE, _WORDS, _SPACE = 0.28, 1.6, 0.3, 0.14
_CHAR, _PADDING = 0.083, 0.12  # a Chinese character takes two
_COLOURS, _CHOSEN, _ARCS, _GREY = "YlOrRd", "#b30000", "#4a6fa5", "#555555"


class MissingFontError(SummarizeError):
    """No font is installed that has the characters of a text."""


class _Word(NamedTuple):
    """A word where it is drawn.

    Args:
        text: the word, or what stands for those that are not drawn.
        weight: 0 to 1; None for what is no word.
        left: inches from the left of the part.
        width: inches.
    """

    text: str
    weight: float | None
    left: float
    width: float


def plot_image(summary: Summary, suffix: str) -> bytes:
    """Return a picture of the weights of a summary that has an explanation; the same one each time.

    Args:
        summary: what to draw.
        suffix: ".png" or ".svg", in capitals or not.

    Raises:
        ValueError: the summary has no explanation.
        MissingFontError: no font is installed that has the Chinese characters to draw.
    """
    explanation = explanation_of(summary)
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it tells stderr when it reads all fonts, at the first use
    _import_matplotlib()
    try:
        return _image_of(summary, explanation, suffix)
    finally:
        gc.collect()  # a figure refers to itself: some 60 MB would stay until Python looks for such


def _image_of(summary: Summary, explanation: Explanation, suffix: str) -> bytes:
    from matplotlib import style
    from matplotlib.figure import Figure

    drawing = _Drawing(summary, explanation)
    is_svg = suffix.lower() == ".svg"
    image = io.BytesIO()
    with style.context(["default", {"svg.hashsalt": "summarize"}]):  # whatever the user's matplotlibrc says
        figure = Figure()
        drawing.draw(figure)
        figure.savefig(
            image,
            format="svg" if is_svg else "png",
            dpi=150,
            metadata={"Date": None, "Creator": None} if is_svg else {"Software": None},
        )
    return image.getvalue()


def _import_matplotlib() -> None:
    """Import matplotlib without the backend of the user: nothing is shown, and an unknown one would end the import."""
    backend = os.environ.pop("MPLBACKEND", None)
    try:
        import matplotlib as matplotlib
    finally:
        if backend is not None:
            os.environ["MPLBACKEND"] = backend


class _Drawing:
    """What is drawn: parts below each other, each as high as it must be.

    Args:
        summary: what to draw.
        explanation: that of the summary.

    Raises:
        MissingFontError: no font is installed that has the Chinese characters to draw.
    """

    def __init__(self, summary: Summary, explanation: Explanation) -> None:
        self._summary, self._account = summary, explanation.account
        self._chosen, ranks = set(summary.selected), summary.ranks
        self._say = wording(summary.document.language, "plot")
        order = sorted(range(len(ranks)), key=lambda index: (index not in self._chosen, ranks[index]))
        self._shown = sorted(order[:MAX_SENTENCES])
        text = summary.document.text
        self._words = {
            index: [(text[word.start : word.end], word.weight) for word in explanation.words[index]]
            for index in sorted(order[: min(MAX_CHOSEN, len(self._chosen))])
        }
        words = [word for words in self._words.values() for word, _ in words]
        self._font, self._glyphs = _find_font(f"{self._say} {words}")

    def draw(self, figure: "Figure") -> None:
        """Draw everything."""
        rows = {index: self._lines(words) for index, words in self._words.items()}
        num_lines = sum(map(len, rows.values()))
        heights = (
            _ROW * (len(self._account.weighings) + len(self._account.steps.shares)),
            _TREE,
            _WORDS * num_lines + _SPACE * len(rows),
        )
        height = _TOP + sum(heights) + len(heights) * _GAP
        figure.set_size_inches(_WIDTH, height)
        self._draw_title(figure, height)
        top, axes = height - _TOP, []
        of_columns = min(_ROOM, _WIDEST_COLUMN * len(self._shown))
        for size, width in zip(heights, (of_columns, of_columns, _ROOM), strict=True):
            top -= size + _GAP / 2
            axes.append(figure.add_axes((_LEFT / _WIDTH, top / height, width / _WIDTH, size / height)))
            top -= _GAP / 2
        self._draw_weights(axes[0])
        self._draw_tree(axes[1])
        self._draw_words(axes[2], rows, heights[2])

    def _draw_title(self, figure: "Figure", height: float) -> None:
        kind, count = self._say["kinds"][self._summary.attention], len(self._summary.weights)
        title = self._say["chosenBy"].format(kind=kind, chosen=len(self._chosen), count=f"{count:,}")
        if len(self._shown) < count:
            title += self._say["part"].format(drawn=len(self._shown))
        figure.text(0.25 / _WIDTH, 1 - 0.25 / height, title, va="top", fontproperties=self._font_of(14))

    def _draw_weights(self, axes: "Axes") -> None:
        """Draw a row for each kind of attention and for each step, and a column for each sentence."""
        from matplotlib.colors import PowerNorm

        steps = self._account.steps
        kinds = [weighing.weights for weighing in self._account.weighings.values()]
        weights = np.stack([*kinds, *steps.weights])[:, self._shown]  # (rows, columns)
        norm = PowerNorm(0.5, 0, float(weights.max()))  # a weight of 1% is seen beside one of 70%
        mesh = axes.pcolormesh(weights, cmap=_COLOURS, norm=norm, edgecolors="white", linewidth=0.8)
        names = [self._say["kinds"][kind] for kind in self._account.weighings]
        names += [
            f"{self._say['step'].format(step=step)} ({share:.0%})"
            for step, share in enumerate(steps.shares.tolist(), 1)
        ]
        axes.set_yticks([row + 0.5 for row in range(len(names))], names, fontproperties=self._font_of(9))
        axes.get_yticklabels()[list(self._account.weighings).index(self._summary.attention)].set_color(_CHOSEN)
        axes.axhline(len(kinds), color="white", linewidth=4)
        for column, index in enumerate(self._shown):
            if index in self._chosen:
                axes.plot(column + 0.5, -0.25, "v", ms=6, color=_CHOSEN, clip_on=False)
        axes.set_ylim(len(weights), 0)
        self._finish_columns(axes, self._say["weights"])
        self._draw_scale(axes, mesh)

    def _draw_tree(self, axes: "Axes") -> None:
        """Draw an arc from each sentence to the one that it hangs from, the thicker the likelier."""
        from matplotlib.patches import FancyArrowPatch
        from matplotlib.path import Path as Curve

        tree, columns = self._account.tree, {index: column + 0.5 for column, index in enumerate(self._shown)}
        for index, column in columns.items():
            parent, weight = int(tree.parents[index]), float(tree.weights[index])
            if parent == ROOT:
                axes.plot(column, 0, "o", ms=6 + 8 * weight, mfc="white", mec=_ARCS, mew=1.5, clip_on=False, zorder=3)
            if parent in columns:
                target = columns[parent]
                height = 0.35 + 0.95 * (abs(column - target) / len(columns)) ** 0.5  # the curve reaches 3/4 of it
                points = [(column, 0.06), (column, height), (target, height), (target, 0.08)]
                curve = Curve(points, [Curve.MOVETO, Curve.CURVE4, Curve.CURVE4, Curve.CURVE4])
                arrow = FancyArrowPatch(
                    path=curve,
                    arrowstyle="-|>,head_length=4,head_width=2",
                    mutation_scale=1,
                    linewidth=0.4 + 2.4 * weight,
                    color=_ARCS,
                    alpha=0.35 + 0.65 * weight,
                )
                axes.add_patch(arrow)
            marker, size, colour = ("v", 6, _CHOSEN) if index in self._chosen else (".", 6, _GREY)
            axes.plot(column, 0, marker, ms=size, color=colour, clip_on=False, zorder=4)
        axes.set_xlim(0, len(columns))
        axes.set_ylim(-0.08, 1)
        axes.set_yticks([])
        self._finish_columns(axes, self._say["treeNote"].format(tree=self._say["tree"]))

    def _finish_columns(self, axes: "Axes", title: str) -> None:
        """Number the columns, and say what is drawn."""
        size = 8 if len(self._shown) <= 40 else 7
        centres = [column + 0.5 for column in range(len(self._shown))]
        axes.set_xticks(centres, [str(index + 1) for index in self._shown], fontproperties=self._font_of(size))
        is_crowded = len(self._shown) * len(str(self._shown[-1] + 1)) > 110
        axes.tick_params(axis="both", length=0)
        axes.tick_params(axis="x", labelrotation=90 if is_crowded else 0)
        for index, label in zip(self._shown, axes.get_xticklabels(), strict=True):
            if index in self._chosen:
                label.set_color(_CHOSEN)
        axes.set_xlabel(self._say["sentences"], fontproperties=self._font_of(8), color=_GREY)
        self._finish(axes, title)

    def _finish(self, axes: "Axes", title: str) -> None:
        axes.spines[:].set_visible(False)
        axes.set_title(title, loc="left", pad=16, fontproperties=self._font_of(10))

    def _draw_scale(self, axes: "Axes", mesh: "QuadMesh") -> None:
        """Draw what the colours stand for."""
        box = axes.get_position()
        scale = axes.figure.add_axes((box.x1 + 0.15 / _WIDTH, box.y0, 0.14 / _WIDTH, box.height))
        bar = axes.figure.colorbar(mesh, cax=scale, format=lambda value, _: f"{value:.0%}")
        bar.outline.set_visible(False)
        scale.tick_params(labelsize=8, length=2)

    def _draw_words(self, axes: "Axes", rows: dict[int, list[list[_Word]]], height: float) -> None:
        """Draw the words of the chosen sentences, line by line."""
        from matplotlib import colormaps
        from matplotlib.colors import Normalize
        from matplotlib.patches import Rectangle

        weights = [weight for words in self._words.values() for _, weight in words]
        norm, colours = Normalize(0, max(weights, default=1.0)), colormaps[_COLOURS]
        axes.set_xlim(0, _ROOM)
        axes.set_ylim(height, 0)
        axes.set_xticks([])
        top, centres = _SPACE / 2, []
        for lines in rows.values():
            centres.append(top + _WORDS / 2)
            for line in lines:
                for word in line:
                    middle = word.left + word.width / 2, top + _WORDS / 2
                    if word.weight is not None:
                        size = word.width - 0.02, _WORDS - 0.04
                        face = colours(norm(word.weight))
                        axes.add_patch(Rectangle((word.left, top + 0.02), *size, facecolor=face, edgecolor="#dddddd"))
                    is_dark = word.weight is not None and norm(word.weight) > 0.6
                    axes.text(
                        *middle,
                        word.text,
                        ha="center",
                        va="center",
                        color="white" if is_dark else "black",
                        fontproperties=self._font_of(9),
                        parse_math=False,
                    )
                top += _WORDS
            top += _SPACE
        names = [f"{index + 1} ({self._summary.weights[index]:.1%})" for index in rows]
        axes.set_yticks(centres, names, fontproperties=self._font_of(9))
        axes.tick_params(axis="y", length=0)
        title = self._say["words" if len(rows) == len(self._chosen) else "someWords"]
        self._finish(axes, title.format(drawn=len(rows), darkest=norm.vmax))

    def _lines(self, words: list[tuple[str, float]]) -> list[list[_Word]]:
        """Return words in lines, at least one line; the last says how many more words there are than are drawn."""
        lines: list[list[_Word]] = [[]]
        for text, weight in words:
            is_long = len(text) > _MAX_CHARS
            shown = "".join(map(self._drawable, text[: _MAX_CHARS - 1] + "…" if is_long else text))
            left = _end(lines[-1])
            if left + _width(shown) > _ROOM:
                if len(lines) == _MAX_LINES:
                    break
                lines.append([])
                left = 0.0
            lines[-1].append(_Word(shown, weight, left, _width(shown)))
        if sum(map(len, lines)) < len(words):
            more = self._say["more"].format(count=len(words) - sum(map(len, lines)))
            while _end(lines[-1]) + _width(more) > _ROOM:
                del lines[-1][-1]
                more = self._say["more"].format(count=len(words) - sum(map(len, lines)))
            lines[-1].append(_Word(more, None, _end(lines[-1]), _width(more)))
        return lines

    def _drawable(self, character: str) -> str:
        """Return a character, or what stands for one that the font has not."""
        is_seen = category(character)[0] not in "CZ"
        return (
            character
            if is_seen and self._glyphs.get_char_index(ord(character))
            else " "
            if character.isspace()
            else _NO_GLYPH
        )

    def _font_of(self, size: float) -> "FontProperties":
        font = self._font.copy()
        font.set_size(size)
        return font


def _width(text: str) -> float:
    """Return how many inches a word takes with the space around it."""
    return _CHAR * sum(2 if east_asian_width(character) in "WF" else 1 for character in text) + _PADDING


def _end(line: list[_Word]) -> float:
    return line[-1].left + line[-1].width if line else 0.0


def _find_font(text: str) -> tuple["FontProperties", "FT2Font"]:
    """Return a font for a text, by its name and as it is.

    matplotlib keeps a list of fonts that it does not renew when one is installed, so the fonts themselves are asked.

    Raises:
        MissingFontError: no font is installed that has the Chinese characters of the text.
    """
    from matplotlib import get_data_path
    from matplotlib.font_manager import FontProperties, findSystemFonts
    from matplotlib.ft2font import FT2Font

    needed = set(_NEEDED.findall(text))
    for path in sorted(findSystemFonts(), key=_unlikeliness) if needed else [str(Path(get_data_path(), _LATIN_FONT))]:
        try:
            font = FT2Font(path)
        except (OSError, RuntimeError):  # damaged, or of no use to matplotlib
            continue
        if all(font.get_char_index(ord(character)) for character in needed):
            return FontProperties(fname=path), font
    raise MissingFontError(
        _(
            "no font for the Chinese characters of the plot is installed; install one, such as Noto Sans CJK "
            "(on Debian and Ubuntu: apt install fonts-wqy-microhei)"
        )
    )


def _unlikeliness(path: str) -> tuple[int, bool, str]:
    """Return the place of a font in the order in which fonts are tried."""
    name = Path(path).stem.lower().replace(" ", "").replace("_", "")
    known = next((rank for rank, part in enumerate(_KNOWN_FONTS) if part in name), len(_KNOWN_FONTS))
    return known, "bold" in name or "black" in name or "light" in name, path
