"""Counts of the reader's verdicts."""

from collections import Counter
from dataclasses import dataclass

from benchmarks.pairs.sheets import SIDES, Key, Verdict
from summarize.errors import InputError

CONFIDENCE = 0.95


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
