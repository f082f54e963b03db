"""`python -m benchmarks.pairs`: blind pairwise comparison of summaries by readers.

    make    summarize marked texts with two systems, and write a file of numbered pairs for a reader and a file that
            says whose each summary is; nothing in the reader's file tells the systems apart
    count   read the reader's verdicts and that file, and count

A system is a folder, the checkout of a version of `summarize` whose command line is called, or the name of a peer of
`benchmarks.quality.peers`, which is handed the sentences that this version cuts. A verdict is a JSON line

    {"i": number, "v": "A" | "B" | "same", "why": few words, "a": [faults of A], "b": [faults of B]}
"""

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import click

from benchmarks.quality.measure import SECONDS_OF_DOCUMENT
from benchmarks.quality.peers import all_peers, candidates_of, peer_text
from benchmarks.quality.rankings import ask
from summarize.document import Document, Language
from summarize.errors import InputError, SummarizeError
from summarize.evaluate.corpus import read_lines
from summarize.evaluate.marks import MarkedText, read_marked
from summarize.evaluate.systems import print_sentences

CHARS_OF_TEXT = 3000  # of a text, shown to the reader
SIDES = ("A", "B")
VERDICTS = (*SIDES, "same")
FAULTS = ("empty", "beside", "pronoun", "fragment", "quote", "false", "repeats", "long", "short")
CONFIDENCE = 0.95
_SECONDS_OF_COMMAND = 120.0

Summarize = Callable[[Document], str]  # raises SummarizeError where there is no summary


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


def checkout(
    folder: Path, num_sentences: int, python: str = sys.executable, bounds: tuple[int, int] | None = None
) -> Summarize:
    """Return what the command line of a checkout prints for a text.

    Args:
        folder: of the checkout, with the package `summarize` in it.
        num_sentences: N, in sentences; 0 for no length.
        python: the interpreter, which has the libraries of that version.
        bounds: most characters of a Chinese summary and most words of an English one, in place of sentences.
    """
    # In the folder, since Python looks there first; so the interpreter's path must not be relative to here.
    command = [str(Path(shutil.which(python) or python).absolute()), "-m", "summarize"]
    environment = os.environ | {"PYTHONPATH": str(folder.resolve()), "PYTHONIOENCODING": "utf-8"}

    def length(language: Language) -> list[str]:
        if bounds is not None:
            return ["-c", str(bounds[0])] if language == "zh" else ["-w", str(bounds[1])]
        return ["-n", str(num_sentences)] if num_sentences else []

    def summarize(document: Document) -> str:
        try:
            done = subprocess.run(
                [*command, *length(document.language), "-"],
                input=document.text.encode(),
                cwd=folder,
                env=environment,
                capture_output=True,
                timeout=_SECONDS_OF_COMMAND,
                check=True,
            )
        except subprocess.CalledProcessError as error:
            message = error.stderr.decode("utf-8", "replace").strip().splitlines()
            raise InputError(f"{folder}: {message[-1] if message else f'exit status {error.returncode}'}") from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(f"{folder}: {error}") from error
        return done.stdout.decode("utf-8").strip()

    return summarize


def peer(name: str, num_sentences: int, seconds: float = SECONDS_OF_DOCUMENT) -> Summarize:
    """Return what a peer chooses of a text, printed as `summarize` prints its own choice.

    Raises:
        BadParameter: there is no such peer, or it is not installed.
    """
    try:
        known = {each.name: each for each in all_peers()}
    except metadata.PackageNotFoundError as error:
        raise click.BadParameter(f"{name!r} is no folder, and {error.name} of the peers is not installed") from error
    if name not in known:
        raise click.BadParameter(f"{name!r} is neither a folder nor one of {', '.join(known)}")

    def summarize(document: Document) -> str:
        if document.language not in known[name].languages:
            raise InputError(f"{name} reads no {document.language}")
        ranking = ask(known[name], peer_text(document), seconds)
        if ranking.error:
            raise InputError(f"{name}: {ranking.error}")
        candidates = candidates_of(document)
        return print_sentences(document, (candidates[at] for at in ranking.indices[:num_sentences]))

    return summarize


def system(
    value: str, num_sentences: int, python: str = sys.executable, bounds: tuple[int, int] | None = None
) -> Summarize:
    """Return a checkout or a peer by what it is called on the command line.

    Raises:
        BadParameter: it is neither, or a peer is asked for no length or another one than sentences.
    """
    if Path(value).is_dir():
        return checkout(Path(value), num_sentences, python, bounds)
    if not num_sentences or bounds is not None:
        raise click.BadParameter("a peer needs to be told how many sentences; give -n")
    return peer(value, num_sentences)


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


@dataclass(frozen=True, slots=True)
class Counts:
    """What a reader preferred.

    Args:
        systems: the two names.
        preferred: how often the summary of each was.
        same: how often neither.
        faults: of each system, the most frequent first.
    """

    systems: tuple[str, str]
    preferred: tuple[int, int]
    same: int
    faults: tuple[dict[str, int], dict[str, int]]

    def interval(self) -> tuple[float, float]:
        """Return Wilson's 95% interval of the first system's share of the pairs in which one was preferred."""
        return wilson(self.preferred[0], sum(self.preferred))


def wilson(count: int, total: int) -> tuple[float, float]:
    """Return the ends of Wilson's 95% interval of a share; 0 to 1 for a share of nothing.

    Source: Wilson 1927, Probable inference, the law of succession, and statistical inference (JASA 22).
    """
    from scipy.stats import binomtest

    if not total:
        return 0.0, 1.0
    found = binomtest(count, total).proportion_ci(CONFIDENCE, method="wilson")
    return float(found.low), float(found.high)


def count_verdicts(verdicts: dict[int, Verdict], keys: dict[int, Key], system: str) -> Counts:
    """Return what a reader preferred, among pairs that have a verdict.

    Args:
        verdicts: by number.
        keys: the same pairs, or more.
        system: which of the two is counted first.

    Raises:
        InputError: a verdict is on a pair that there is not.
    """
    unknown = [number for number in verdicts if number not in keys]
    if unknown:
        raise InputError(f"there is no pair {unknown[0]}")
    other = next((name for key in keys.values() for name in (key.A, key.B) if name != system), "")
    preferred: Counter[str] = Counter()
    faults: dict[str, Counter[str]] = {system: Counter(), other: Counter()}
    for number, verdict in verdicts.items():
        sides = keys[number].A, keys[number].B
        preferred[sides[SIDES.index(verdict.choice)] if verdict.choice in SIDES else "same"] += 1
        for name, own in zip(sides, verdict.faults, strict=True):
            faults[name].update(own)
    ordered = tuple(dict(faults[name].most_common()) for name in (system, other))
    return Counts((system, other), (preferred[system], preferred[other]), preferred["same"], (ordered[0], ordered[1]))


def to_text(counts: Counts) -> str:
    """Return counts as lines for people."""
    one, two = counts.systems
    total = sum(counts.preferred) + counts.same
    low, high = counts.interval()
    lines = [
        f"{total} pairs: {one} preferred in {counts.preferred[0]}, {two} in {counts.preferred[1]}, the same in "
        f"{counts.same}.",
        f"Of those with a preference {one} has {_share(counts.preferred[0], sum(counts.preferred))} "
        f"[{low:.0%}, {high:.0%}] (Wilson, 95%).",
    ]
    for name, own in zip(counts.systems, counts.faults, strict=True):
        lines.append(f"Faults of {name}: {', '.join(f'{fault} {count}' for fault, count in own.items()) or 'none'}.")
    return "\n".join(lines)


def _share(count: int, total: int) -> str:
    return f"{count / total:.0%}" if total else "-"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
def main() -> None:
    """Make pairs of summaries for a reader who does not know whose they are, and count the verdicts."""


@main.command("make")
@click.argument("one")
@click.argument("two")
@click.option("--marks", "marks", multiple=True, required=True,
              type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A file of marks, for its texts; give it again for another one.")  # fmt: skip
@click.option("--corpora", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="The folder of corpora, for texts that a file of marks only names.")  # fmt: skip
@click.option("--kind", "kinds", multiple=True, help="A kind of text (`source`); again for another.  [default: all]")
@click.option("-n", "--sentences", default=3, type=click.IntRange(0), help="Sentences of a summary; 0 for no length.")
@click.option("--bounds", type=(click.IntRange(1), click.IntRange(1)), show_default="none",
              help="Most characters of Chinese and words of English, not sentences; for checkouts.")  # fmt: skip
@click.option("--limit", default=60, type=click.IntRange(1), help="Most pairs.")
@click.option("--seed", default=1, type=click.IntRange(0), help="Seed of the order and of the sides.")
@click.option("--python", default=sys.executable, show_default="this one", help="Interpreter for checkouts.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file for the reader.")
@click.option("--key", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="The file that says whose each summary is; keep it from the reader.")  # fmt: skip
def make(
    one: str,
    two: str,
    marks: tuple[Path, ...],
    corpora: Path | None,
    kinds: tuple[str, ...],
    sentences: int,
    bounds: tuple[int, int] | None,
    limit: int,
    seed: int,
    python: str,
    out: Path,
    key: Path,
) -> None:
    """Write pairs of summaries by the systems ONE and TWO: folders of checkouts, or names of peers."""
    if one == two:
        raise click.UsageError("ONE and TWO are the same system")
    systems = system(one, sentences, python, bounds), system(two, sentences, python, bounds)
    try:
        texts = [text for path in marks for text in read_marked(path, corpora) if not kinds or text.source in kinds]
        pairs, left_out = pair_texts(texts, systems, limit=limit, seed=seed)
        if not pairs:
            raise InputError(f"no pair; left out: {dict(left_out)}")
    except SummarizeError as error:
        raise click.ClickException(str(error)) from error
    out.write_text(to_reader(pairs), encoding="utf-8")
    rows = (json.dumps(asdict(each), ensure_ascii=False) for each in to_key(pairs, (one, two)))
    key.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    reasons = ", ".join(f"{count} {reason}" for reason, count in left_out.most_common())
    click.echo(f"{len(pairs)} pairs{f'; left out: {reasons}' if reasons else ''}", err=True)


@main.command("count")
@click.argument("verdicts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--system", "first", help="The system that is counted first.  [default: the first pair's A]")
@click.option("--by-kind", "split", is_flag=True, help="Count every kind of text too.")
def count(verdicts: Path, key: Path, first: str | None, split: bool) -> None:
    """Count the reader's VERDICTS by the file KEY that `make` wrote."""
    try:
        judged, keys = read_verdicts(verdicts), read_keys(key)
        if not keys:
            raise InputError(f"{key}: nothing in it")
        names = {name for each in keys.values() for name in (each.A, each.B)}
        first = first or next(iter(keys.values())).A
        if first not in names:
            raise InputError(f"{key}: no summary by {first!r}, but by {' and '.join(sorted(names))}")
        click.echo(to_text(count_verdicts(judged, keys, first)))
        for kind in sorted({f"{each.language} {each.source}" for each in keys.values()}) if split else ():
            own = {
                number: verdict
                for number, verdict in judged.items()
                if number in keys and f"{keys[number].language} {keys[number].source}" == kind
            }
            click.echo(f"\n{kind}\n{to_text(count_verdicts(own, keys, first))}")
    except SummarizeError as error:
        raise click.ClickException(str(error)) from error
    missing = sorted(keys.keys() - judged.keys())
    if missing:
        click.echo(f"without a verdict: {', '.join(map(str, missing))}", err=True)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.pairs")
