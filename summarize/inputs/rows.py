"""JSON, JSON Lines, CSV and TSV to rows: what stands in each, and on which line it begins."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Any, NamedTuple

from summarize.errors import InputError
from summarize.interface import _, json_reason
from summarize.text.patterns import lazy_pattern

DELIMITERS = ",;\t|"
_SAMPLE_CHARS = 1 << 16
_SAMPLE_ROWS = 100
_MAX_HEAD_CHARS = 60  # of the name of a column
_MAX_LIST_DEPTH = 3  # of the objects around a list of records

_OPENS_JSON = lazy_pattern(r"\s*(?:\[\s*)?\{\s*[\"}]")
_OPENS_LIST = lazy_pattern(r"\s*\[\s*[\[\"]")
_GAP = lazy_pattern(r"[\s,\x1e]*")  # between values, as lines or as sequences have it
_BLANK = lazy_pattern(r"\s*")
_FIGURE = lazy_pattern(r"[-+$¥€£]?\d[\d\s.,:/%-]*")
_SENTENCE_END = lazy_pattern(r"[。！？!?]|\.(?:\s|\Z)")


class Row(NamedTuple):
    """A record: an object of JSON, a string, or a row of a table.

    Args:
        line: of the file that it begins on, from 1; 0 where it is not known.
        value: what stands in it.
        cell_lines: of a table, the line that each cell begins on.
    """

    line: int
    value: Any
    cell_lines: dict[str, int] | None = None


def opens_json(text: str) -> bool:
    """Return whether a text begins as JSON does: an object, a list of them, or a whole list of strings or lists."""
    if _OPENS_JSON.match(text):
        return True
    if not _OPENS_LIST.match(text):
        return False
    try:
        json.loads(text)
    except (RecursionError, ValueError):
        return False
    return True


def json_rows(text: str, name: str) -> tuple[list[Row], list[str]]:
    """Return the values of JSON Lines, the members of a list, or one value; and warnings.

    Raises:
        InputError: it is no JSON, or nested too deeply.
    """
    reader = _JsonReader(text, name)
    try:
        return list(reader.rows()), reader.warnings
    except RecursionError:
        raise InputError(_("{name}: is nested too deeply").format(name=name)) from None


class _JsonReader:
    """Reads values of JSON one after the other.

    Args:
        text: all of it.
        name: how messages call it.
    """

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._line, self._counted = 1, 0
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_int=str, parse_float=str, parse_constant=str
        )
        self._twice: str | None = None
        self.warnings: list[str] = []

    def rows(self) -> Iterator[Row]:
        """Yield the values, those of a list one by one."""
        position = self._skip(_GAP, 0)
        if self._text.startswith("[", position):
            is_list, position = True, self._skip(_BLANK, position + 1)
        else:
            is_list = False
        while position < len(self._text):
            if is_list and self._text[position] == "]":
                is_list, position = False, self._skip(_GAP, position + 1)
                continue
            line = self._line_at(position)
            value, position = self._value(position)
            if self._twice is not None:
                self.warnings.append(
                    _("{name}: {field!r} occurs twice in the record on line {line}; the last one is used").format(
                        name=self._name, field=self._twice, line=line
                    )
                )
                self._twice = None
            yield Row(line, value)
            position = self._end_of_value(position, is_list)
        if is_list:
            raise InputError(_("{name}: ends in the middle of a list; it is truncated").format(name=self._name))

    def _value(self, position: int) -> tuple[Any, int]:
        try:
            return self._decoder.raw_decode(self._text, position)
        except json.JSONDecodeError as error:
            line = self._line_at(min(error.pos, len(self._text)))
            reason = json_reason(error)
        except ValueError as error:
            line, reason = self._line_at(position), str(error)
        raise self._no_json(line, reason) from None

    def _end_of_value(self, position: int, is_list: bool) -> int:
        """Return where the next value begins."""
        if not is_list:
            return self._skip(_GAP, position)
        position = self._skip(_BLANK, position)
        if self._text.startswith(",", position):
            return self._skip(_BLANK, position + 1)
        if position < len(self._text) and self._text[position] != "]":
            raise self._no_json(self._line_at(position), _("expecting ',' delimiter"))
        return position

    def _no_json(self, line: int, reason: str) -> InputError:
        return InputError(
            _("{name}: line {line} is not JSON ({reason}); fix that line").format(
                name=self._name, line=line, reason=reason
            )
        )

    def _skip(self, gap: Any, position: int) -> int:
        end: int = gap.match(self._text, position).end()
        return end

    def _line_at(self, position: int) -> int:
        if position < self._counted:
            return self._line - self._text.count("\n", position, self._counted)
        self._line += self._text.count("\n", self._counted, position)
        self._counted = position
        return self._line

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            self._twice = next(key for key, count in counts.items() if count > 1)
        return made


def longest_list(value: dict[str, Any], depth: int = 1) -> list[Any]:
    """Return the longest list of objects in an object, empty if there is none."""
    longest: list[Any] = []
    for member in value.values():
        found: list[Any] = []
        if isinstance(member, list) and member and all(isinstance(item, dict) for item in member):
            found = member
        elif isinstance(member, dict) and depth < _MAX_LIST_DEPTH:
            found = longest_list(member, depth + 1)
        if len(found) > len(longest):
            longest = found
    return longest


# Tables


def looks_like_table(text: str) -> bool:
    """Return whether a text is a table with a head, by its first lines: each has as many cells."""
    sample = complete_lines(text)
    delimiter, num_columns = find_delimiter(sample, "")
    if num_columns < 2:
        return False
    rows = [row for row in _cells(sample, delimiter, strict=False) if any(row)]
    counts = Counter(map(len, rows))
    return len(rows) >= 3 and 10 * counts[num_columns] >= 9 * len(rows) and _is_head(rows[0], rows[1:])


def table_rows(text: str, name: str, suffix: str) -> tuple[list[Row], list[str]]:
    """Return the rows of a table, and warnings; without a head its columns are called 1, 2, 3.

    Raises:
        InputError: a quotation is never closed.
    """
    limit = csv.field_size_limit(sys.maxsize)
    try:
        return _table_rows(text, name, suffix)
    finally:
        csv.field_size_limit(limit)


def _table_rows(text: str, name: str, suffix: str) -> tuple[list[Row], list[str]]:
    delimiter = find_delimiter(complete_lines(text), suffix)[0]
    lines = _lined_cells(text, delimiter, name)
    if lines and lines[0][1] and lines[0][1][0].lower().startswith("sep="):  # as Excel says what parts its cells
        delimiter = lines[0][1][0][4:5] or delimiter
        lines = _lined_cells(text, delimiter, name)[1:]
    lines = [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]
    if not lines:
        return [], []
    head = [cell.strip() for cell in lines[0][1]]
    if _is_head(head, [cells for _, cells in lines[1 : _SAMPLE_ROWS + 1]]):
        head = _each_once(head)
        lines = lines[1:]
    else:
        head = [str(number) for number in range(1, max(len(cells) for _, cells in lines) + 1)]
    rows = []
    num_long = 0
    for line, cells in lines:
        if len(cells) > len(head):
            num_long += 1
            cells = [*cells[: len(head) - 1], delimiter.join(cells[len(head) - 1 :])]
        starts: dict[str, int] = {}
        for column, cell in zip(head, cells, strict=False):
            starts[column] = line
            line += cell.count("\n")
        rows.append(Row(next(iter(starts.values()), line), dict(zip(head, cells, strict=False)), starts))
    warnings = []
    if num_long:
        warnings.append(
            _(
                "{name}: {number} of {total} rows have more cells than the header; the extra cells are added to the "
                "last column"
            ).format(name=name, number=num_long, total=len(rows))
        )
    return rows, warnings


def _each_once(names: list[str]) -> list[str]:
    """Return the names of columns, one that stands there before with its place after it: no column is lost."""
    every, found = set(names), dict[str, None]()
    for column, name in enumerate(names):
        if name in found:
            name = f"{name} {column}"
            while name in every or name in found:
                name = f"{name} {column}"
        found[name] = None
    return list(found)


def _lined_cells(text: str, delimiter: str, name: str) -> list[tuple[int, list[str]]]:
    """Return the cells of each row with the line that it begins on."""
    rows: list[tuple[int, list[str]]] = []
    try:
        _number(_cells(text, delimiter, strict=True), rows)
    except csv.Error as error:
        if "unexpected end" in str(error):
            line = rows[-1][0] + 1 + sum(cell.count("\n") for cell in rows[-1][1]) if rows else 1
            raise InputError(
                _("{name}: a quotation mark opened on line {line} is never closed; fix that line").format(
                    name=name, line=line
                )
            ) from None
        rows = []  # a quotation mark within a cell
        _number(_cells(text, delimiter, strict=False), rows)
    return rows


def _number(reader: Any, rows: list[tuple[int, list[str]]]) -> None:
    """Add rows to those that there are, each with the line that it begins on."""
    line = 1
    for cells in reader:
        rows.append((line, cells))
        line = reader.line_num + 1


def _cells(text: str, delimiter: str, *, strict: bool) -> Any:
    """Return a reader of rows."""
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def complete_lines(text: str) -> str:
    """Return the first lines of a text, none of them cut."""
    if len(text) <= _SAMPLE_CHARS:
        return text
    return text[: text.rfind("\n", 0, _SAMPLE_CHARS) + 1] or text[:_SAMPLE_CHARS]


def find_delimiter(sample: str, suffix: str) -> tuple[str, int]:
    """Return what parts the cells of most lines alike, and how many cells it makes; a comma and 1 if nothing does."""
    best, best_share, num_columns = ",", 0.0, 1
    for delimiter in "\t,;|" if suffix == ".tsv" else DELIMITERS:
        try:
            rows = [row for _, row in zip(range(_SAMPLE_ROWS), _cells(sample, delimiter, strict=False), strict=False)]
        except csv.Error:
            continue
        counts = Counter(len(row) for row in rows if any(row))
        if not counts:
            continue
        columns, num_rows = max(counts.items(), key=lambda item: (item[1], item[0]))
        share = num_rows / sum(counts.values())
        if columns > 1 and (share, columns) > (best_share + 0.05, 0):
            best, best_share, num_columns = delimiter, share, columns
    return best, num_columns


def _is_head(head: list[str], rows: list[list[str]]) -> bool:
    """Return whether a row names columns: short cells, most of them once, no figures and no sentences."""
    cells = [cell.strip() for cell in head]
    if not rows or not all(cells[:1]) or 3 * len(set(cells)) < 2 * len(cells):
        return False
    if any(len(cell) > _MAX_HEAD_CHARS or _FIGURE.fullmatch(cell) or _SENTENCE_END.search(cell) for cell in cells):
        return False
    return sum(bool(cell) for cell in cells) > len(cells) / 2
