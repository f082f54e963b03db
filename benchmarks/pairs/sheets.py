"""The pairs, the file for the reader, the key that the reader does not see, and the file of verdicts."""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.pairs.systems import Summarize
from summarize.errors import InputError, SummarizeError
from summarize.evaluate.corpus import read_lines
from summarize.evaluate.marks import MarkedText

CHARS_OF_TEXT = 3000  # of a text, shown to the reader
SIDES = ("A", "B")
VERDICTS = (*SIDES, "same")
FAULTS = ("empty", "beside", "pronoun", "fragment", "quote", "false", "repeats", "long", "short")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two summaries of a text.

    Args:
        text: what was summarized.
        summaries: of the first system and of the second.
        first: on which side the first system's summary stands, `A` or `B`.
    """

    text: MarkedText
    summaries: tuple[str, str]
    first: str

    @property
    def sides(self) -> tuple[str, str]:
        """The summaries A and B."""
        one, two = self.summaries
        return (one, two) if self.first == SIDES[0] else (two, one)


@dataclass(frozen=True, slots=True)
class Key:
    """What the reader does not see of a pair: a line of the key file.

    Args:
        i: number of the pair, from 1.
        A: system that made the summary A.
        B: the other one.
        name: of the text.
        source: what kind of text it is.
        language: of the text.
    """

    i: int
    A: str
    B: str
    name: str
    source: str
    language: str


def pair_texts(
    texts: Iterable[MarkedText], systems: tuple[Summarize, Summarize], *, limit: int | None, seed: int
) -> tuple[list[Pair], Counter[str]]:
    """Return pairs in random order, each system as often on either side as chance will have it.

    Args:
        texts: to choose from.
        systems: the two.
        limit: most pairs; None for one of each text.
        seed: of all chance.

    Returns:
        The pairs, and how many texts were left out and why: the summaries are the same, or there is none.
    """
    chance = random.Random(seed)
    order = list(texts)
    chance.shuffle(order)
    pairs: list[Pair] = []
    left_out: Counter[str] = Counter()
    for text in order:
        if len(pairs) == limit:
            break
        first = chance.choice(SIDES)  # also for texts that are left out, so that the others keep their sides
        if not text.document.sentences:
            left_out["no sentence"] += 1
            continue
        try:
            one, two = (summarize(text.document) for summarize in systems)
        except SummarizeError as error:
            left_out[str(error)] += 1
            continue
        if not one or not two:
            left_out["an empty summary"] += 1
        elif one.split() == two.split():
            left_out["the same summary"] += 1
        else:
            pairs.append(Pair(text, (one, two), first))
    return pairs, left_out


def to_reader(pairs: Sequence[Pair]) -> str:
    """Return the file for the reader: texts, or their beginning, and two summaries of each."""
    lines = []
    for number, pair in enumerate(pairs, start=1):
        text = pair.text.document.text.strip()
        shown = text if len(text) <= CHARS_OF_TEXT else f"{text[:CHARS_OF_TEXT]} […]"
        one, two = pair.sides
        lines += [f"===== {number} =====", "", "--- TEXT", shown, "", "--- A", one, "", "--- B", two, "", ""]
    return "\n".join(lines)


def to_key(pairs: Sequence[Pair], names: tuple[str, str]) -> list[Key]:
    """Return whose each summary is."""
    keys = []
    for number, pair in enumerate(pairs, start=1):
        side_a, side_b = names if pair.first == SIDES[0] else reversed(names)
        text = pair.text
        keys.append(Key(number, side_a, side_b, text.name, text.source, text.document.language))
    return keys


def read_keys(path: Path) -> dict[int, Key]:
    """Return the key of each pair by its number.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        return {key.i: key for key in (Key(**row) for _, row in _rows(path))}
    except TypeError as error:
        raise InputError(f"{path}: not a file of keys: {error}") from error


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reader says of a pair.

    Args:
        choice: `A`, `B` or `same`.
        faults: of A and of B.
    """

    choice: str
    faults: tuple[tuple[str, ...], tuple[str, ...]]


def read_verdicts(path: Path) -> dict[int, Verdict]:
    """Return what the reader says of each pair, by its number.

    Raises:
        InputError: the file cannot be read, a verdict or a fault is none that the brief names, or a pair has two.
    """
    verdicts: dict[int, Verdict] = {}
    for name, row in _rows(path):
        try:
            number, choice = int(row["i"]), str(row["v"])
            faults = tuple(tuple(map(str, row.get(side) or ())) for side in "ab")
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"{name}: not a verdict with `i` and `v`: {error}") from error
        unknown = [fault for own in faults for fault in own if fault not in FAULTS]
        if choice not in VERDICTS or unknown:
            raise InputError(f"{name}: no such verdict or fault: {choice if choice not in VERDICTS else unknown[0]!r}")
        if number in verdicts:
            raise InputError(f"{name}: pair {number} was judged before")
        verdicts[number] = Verdict(choice, (faults[0], faults[1]))
    return verdicts


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(read_lines(path), start=1):
        if line.strip():
            name = f"{path}:{number}"
            try:
                row = json.loads(line)
            except ValueError as error:
                raise InputError(f"{name}: {error}") from error
            if not isinstance(row, dict):
                raise InputError(f"{name}: not an object")
            yield name, row
