"""What readers are given, and what they give back.

A reader gets a brief and numbered items, a sentence (FROM) and what was printed of it (TO), in an order by chance;
nothing says how an item was made. A key does. Some items come twice, under another number and to another reader, so
that it can be said how far readers agree. A verdict is a JSON line

    {"i": number, "v": one of `VERDICTS`, "c": the cause in a word, for all but good}
"""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.editing.items import Call, Item
from benchmarks.editing.tables import read_rows
from summarize.errors import InputError

VERDICTS = {
    "good": "an editor could print it in place of the sentence: complete, true, and says what matters or a part of it",
    "thin": "grammatical and true, but the point is lost or hardly anything is said",
    "clumsy": "understandable and true, but reads badly: a word is missing, it begins or ends oddly",
    "broken": "ungrammatical, a fragment, or a clause that hangs in the air",
    "false": "it says something else or misleads: another subject, a lost negation, condition, limit or source of a "
    "claim, a wrong relation, names or numbers run together",
}
_MEANINGS = "\n".join(f"{name}: {meaning}" for name, meaning in VERDICTS.items())
BRIEF = f"""\
You are a strict copy editor, native in Chinese and English. An item has a sentence, or several that were made one
(FROM), and what a summary prints of it (TO). Judge each by reading, and write a line for each:

    {{"i": number, "v": verdict, "c": cause in a word, for all but good}}

{_MEANINGS}

Faults of FROM are not those of TO. A date line, the source of plain facts, a date that is not needed or a gloss in
brackets may be left out."""


@dataclass(frozen=True, slots=True)
class NumberedItem:
    """An item under its number.

    Args:
        number: in the readers' files, from 1.
        reader: whose file it is in, from 1.
        item: what is asked about.
        again: the number under which it was asked before; None where it was not.
    """

    number: int
    reader: int
    item: Item
    again: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader says of an item.

    Args:
        verdict: one of `VERDICTS`.
        cause: why it is not good; empty where the reader does not say.
    """

    verdict: str
    cause: str = ""

    @property
    def is_good(self) -> bool:
        """Whether it could be printed."""
        return self.verdict == "good"


@dataclass(frozen=True, slots=True)
class Key:
    """What readers do not see.

    Args:
        about: the model, the seed, how sure the judge had to be.
        calls: what became of each.
        asked: the items.
    """

    about: Mapping[str, Any]
    calls: Sequence[Call]
    asked: Sequence[NumberedItem]


def number_items(items: Sequence[Item], twice: int, readers: int, seed: int) -> list[NumberedItem]:
    """Return items dealt to readers in an order by chance, some of them twice, the second time to the next reader.

    Args:
        items: all of them.
        twice: how many come twice.
        readers: how many there are; with one, an item stands twice in that one's file.
        seed: of chance.
    """
    chance = random.Random(seed)
    order = chance.sample(range(len(items)), len(items))
    hands = [order[reader::readers] for reader in range(readers)]
    for index, item in enumerate(order[:twice]):
        hands[(index + 1) % readers].append(item)
    asked: list[NumberedItem] = []
    numbers: dict[int, int] = {}
    for reader, hand in enumerate(hands, start=1):
        for index in chance.sample(hand, len(hand)):
            number = len(asked) + 1
            asked.append(NumberedItem(number, reader, items[index], numbers.get(index)))
            numbers.setdefault(index, number)
    return asked


def to_reader(asked: Iterable[NumberedItem]) -> str:
    """Return the file for a reader: the brief, and items under their numbers."""
    lines = [BRIEF]
    for each in asked:
        source, target = (" ".join(text.split()) for text in (each.item.source, each.item.target))
        lines += ["", str(each.number), f"FROM: {source}", f"TO: {target}"]
    return "\n".join([*lines, ""])


def to_key(key: Key) -> str:
    """Return a key as JSON."""
    return json.dumps(asdict(key), ensure_ascii=False, indent=1)


def read_key(path: Path) -> Key:
    """Return the key that `to_key` wrote.

    Raises:
        InputError: it cannot be read.
    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        calls = [Call(**{**row, "unknown": tuple(row["unknown"])}) for row in record["calls"]]
        asked = [
            NumberedItem(**{**row, "item": Item(**{**row["item"], "cuts": tuple(row["item"]["cuts"])})})
            for row in record["asked"]
        ]
        return Key(record["about"], calls, asked)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a key: {error}") from error


def read_verdicts(paths: Iterable[Path], asked: Iterable[NumberedItem]) -> dict[int, Verdict]:
    """Return what readers say of items, by number.

    Args:
        paths: their files.
        asked: what they were asked.

    Raises:
        InputError: a file cannot be read, or a line of it is no verdict on an item, or a second one on it.
    """
    numbers = {each.number for each in asked}
    verdicts: dict[int, Verdict] = {}
    for path in paths:
        try:
            rows = [(int(row["i"]), str(row["v"]), str(row.get("c") or "")) for row in read_rows(path)]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{path}: not verdicts with `i` and `v`: {error}") from error
        for number, verdict, cause in rows:
            if number not in numbers:
                raise InputError(f"{path}: there is no item {number}")
            if verdict not in VERDICTS:
                raise InputError(f"{path}: item {number} is {verdict!r}, which is none of {', '.join(VERDICTS)}")
            if number in verdicts:
                raise InputError(f"{path}: item {number} was judged before")
            verdicts[number] = Verdict(verdict, "" if verdict == "good" else cause)
    return verdicts
