"""What the styles of a Word document say of its paragraphs, and what number its lists and headings have."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from summarize.inputs.numerals import NumeralForm, numeral, whole_number
from summarize.inputs.style_names import LOWEST_LEVEL, TITLE_LEVEL, Kind, level_of, style_kind
from summarize.text.patterns import lazy_pattern

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_MAX_STYLES_IN_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a style of paragraphs or of characters says, itself or by the one that it is based on.

    Args:
        kind: what such a paragraph is.
        level: of a heading, from 0 to `LOWEST_LEVEL`; more of what is none.
        numbering: the number of its list, or empty, and the level there.
        is_raised: whether its characters are set over the line.
    """

    kind: Kind = "text"
    level: int = LOWEST_LEVEL + 1
    numbering: tuple[str, int] = ("", 0)
    is_raised: bool = False


def read_styles(root: Element | None) -> dict[str, Style]:
    """Return the styles by their ids."""
    raw = {} if root is None else {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    return {style_id: _resolve_style(style_id, raw) for style_id in raw}


def _resolve_style(style_id: str, raw: dict[str, Element]) -> Style:
    kind: Kind | None = None
    level: int | None = None
    numbering: tuple[str, int] | None = None
    alignment = ""
    for _ in range(_MAX_STYLES_IN_CHAIN):
        style = raw.get(style_id)
        if style is None:
            break
        name = value_of(style, "name")
        if (characters := style.find(f"{W}rPr")) is not None:
            alignment = alignment or value_of(characters, "vertAlign")
        kind = kind or style_kind(name)
        properties = style.find(f"{W}pPr")
        if properties is not None:
            level = outline_level(properties) if level is None else level
            numbering = numbering or numbering_of(properties)
        if kind is None and level is not None:
            kind = "text" if level > LOWEST_LEVEL else "heading"
        elif kind == "heading" and (level is None or level_of(name) in (TITLE_LEVEL, LOWEST_LEVEL)):
            level = level_of(name)
        style_id = value_of(style, "basedOn")
    level = LOWEST_LEVEL + 1 if level is None else level
    return Style(kind or "text", level, numbering or ("", 0), is_raised=alignment == "superscript")


def outline_level(properties: Element) -> int | None:
    """Return the level of a heading that the properties of a paragraph give, from 1; 10 is that of text."""
    written = value_of(properties, "outlineLvl")
    return whole_number(written, LOWEST_LEVEL) + 1 if written else None


def numbering_of(properties: Element) -> tuple[str, int] | None:
    """Return the number of the list and the level in it that the properties of a paragraph give."""
    found = properties.find(f"{W}numPr")
    if found is None:
        return None
    return value_of(found, "numId"), whole_number(value_of(found, "ilvl"), 0)


def value_of(element: Element, child: str) -> str:
    """Return what a property says; empty if it is not there."""
    found = element.find(f"{W}{child}")
    return "" if found is None else found.get(VAL, "")


def is_on(element: Element | None, child: str) -> bool:
    """Return whether properties have one that is on or off, and on."""
    found = None if element is None else element.find(f"{W}{child}")
    return found is not None and found.get(VAL, "1") not in ("0", "false", "off")


_NUMERALS: dict[str, NumeralForm] = {
    **{"lowerLetter": "letter", "upperLetter": "capital", "lowerRoman": "roman", "upperRoman": "roman capital"},
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified"), "han"),
    **dict.fromkeys(("taiwaneseCounting", "taiwaneseCountingThousand", "ideographLegalTraditional"), "han"),
    **dict.fromkeys(("japaneseCounting", "ideographDigital", "taiwaneseDigital"), "han"),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), "circled"),
}
_PLACEHOLDER = lazy_pattern("%([1-9])")
_NUM_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered.

    Args:
        start: from which number.
        form: how numbers are written.
        pattern: what stands around them (`第%1条`, `%1.%2`).
        style: of the paragraphs that are at this level whatever they say.
        is_legal: whether the numbers of all levels are in digits here.
    """

    start: int
    form: str
    pattern: str
    style: str
    is_legal: bool


class Numbering:
    """Counts the items of lists as they come by.

    Args:
        root: the part that defines the lists, if the document has one.
    """

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, list[_Level]] = {}  # by the definition of a list
        self._definitions: dict[str, str] = {}  # by the number of a list
        self._restarts: dict[str, dict[int, int]] = {}  # where a list begins, by its number and level
        self._counts: dict[str, list[int]] = {}  # by the definition
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        for definition in root.iter(f"{W}abstractNum"):
            levels = [_read_level(level) for level in definition.findall(f"{W}lvl")]
            self._levels[definition.get(f"{W}abstractNumId", "")] = levels[:_NUM_LEVELS]
        for number in root.iter(f"{W}num"):
            number_id = number.get(f"{W}numId", "")
            self._definitions[number_id] = value_of(number, "abstractNumId")
            for override in number.findall(f"{W}lvlOverride"):
                if start := value_of(override, "startOverride"):
                    level = whole_number(override.get(f"{W}ilvl"), 0)
                    self._restarts.setdefault(number_id, {})[level] = whole_number(start, 1)

    def label(self, numbering: tuple[str, int], style_id: str) -> str:
        """Return what stands before the next item of a list; empty if the list has no such number.

        Args:
            numbering: the number of the list and the level there.
            style_id: the style of the item, which may say the level instead.
        """
        number_id, place = numbering
        definition = self._definitions.get(number_id, "")
        levels = self._levels.get(definition)
        if levels is None:
            return "" if number_id in ("", "0") else "-"
        linked = [at for at, level in enumerate(levels) if level.style and level.style == style_id]
        place = linked[0] if linked else place
        if place >= len(levels):
            return "-"
        counts = self._counts.setdefault(definition, [level.start - 1 for level in levels])
        restart = self._restarts.get(number_id, {}).pop(place, None)
        counts[place] = counts[place] + 1 if restart is None else restart
        counts[place + 1 :] = [level.start - 1 for level in levels[place + 1 :]]
        return _label(levels, place, counts)


def _read_level(level: Element) -> _Level:
    start = whole_number(value_of(level, "start"), 1)
    return _Level(
        start, value_of(level, "numFmt"), value_of(level, "lvlText"), value_of(level, "pStyle"), is_on(level, "isLgl")
    )


def _label(levels: list[_Level], level: int, counts: list[int]) -> str:
    if levels[level].form == "bullet":
        return "-" if levels[level].pattern != " " else ""  # with a blank, a paragraph of the item before it

    def written(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        if at >= len(levels):
            return ""
        form = "decimal" if levels[level].is_legal else _NUMERALS.get(levels[at].form, "decimal")
        return numeral(max(counts[at], levels[at].start), form)

    return "" if levels[level].form == "none" else _PLACEHOLDER.sub(written, levels[level].pattern).strip()
