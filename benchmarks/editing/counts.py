"""What readers said of shortened and fused sentences, and what became of the calls, as tables."""

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from benchmarks.editing.items import ALL_LIMITS, FUSED, SHORTENED, Call
from benchmarks.editing.sheets import VERDICTS, Key, NumberedItem, Verdict
from benchmarks.editing.tables import Row, Table, percent
from benchmarks.pairs.counts import wilson
from summarize.document import LANGUAGES
from summarize.evaluate.agreement import agreements
from summarize.evaluate.bootstrap import Floats, bootstrap

Judged = tuple[NumberedItem, Verdict]
RESAMPLES, SEED = 1000, 1


def share(count: int, total: int) -> str:
    """Return a share in percent with Wilson's interval: `36.0 [31.2, 41.1]`; a dash of nothing."""
    low, high = wilson(count, total)
    return f"{100 * count / total:.1f} [{100 * low:.1f}, {100 * high:.1f}]" if total else "-"


def first_readings(key: Key, verdicts: Mapping[int, Verdict]) -> list[Judged]:
    """Return each item that was judged once, with the verdict of who had it first."""
    return [(each, verdicts[each.number]) for each in key.asked if each.again is None and each.number in verdicts]


def _groups(judged: Sequence[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    yield "all", list(judged)
    for language in LANGUAGES:
        yield language, [each for each in judged if each[0].item.language == language]
    for limit in ALL_LIMITS:
        yield limit, [each for each in judged if each[0].item.limit == limit]
    for made in (SHORTENED, FUSED):
        yield made, [each for each in judged if each[0].item.made == made]


def verdict_table(judged: Sequence[Judged]) -> Table:
    """Return what readers said, by language, by limit and by what was made."""
    rows: list[Row] = []
    for name, own in _groups(judged):
        counts = Counter(verdict.verdict for _, verdict in own)
        rows.append((name, len(own), *(share(counts[verdict], len(own)) for verdict in VERDICTS)))
    note = "Percent, with Wilson's 95% interval. Each item counts once, as its first reader judged it."
    return Table("What readers said", ("", "items", *VERDICTS), rows, note)


def cause_table(judged: Sequence[Judged]) -> Table:
    """Return why items are not good, the most frequent cause first."""
    faulty = [verdict for _, verdict in judged if not verdict.is_good]
    causes = Counter(verdict.cause or "not said" for verdict in faulty)
    of_both = Counter((verdict.cause or "not said", verdict.verdict) for verdict in faulty)
    names = [verdict for verdict in VERDICTS if verdict != "good"]
    rows: list[Row] = [
        (cause, count, *(of_both[cause, name] for name in names)) for cause, count in causes.most_common()
    ]
    return Table("Why not", ("cause", "items", *names), rows)


def agreement_table(key: Key, verdicts: Mapping[int, Verdict]) -> Table:
    """Return how far the two verdicts on an item agree."""
    pairs = [
        (verdicts[each.again], verdicts[each.number])
        for each in key.asked
        if each.again is not None and each.again in verdicts and each.number in verdicts
    ]
    same = sum(one.verdict == other.verdict for one, other in pairs)
    good = np.zeros((4, 4))  # as of marks: 0 where it could be printed, 1 where not
    for one, other in pairs:
        good[int(not one.is_good), int(not other.is_good)] += 1
    kappa = f"{agreements(good)[2]:.2f}" if pairs else "-"
    row = (len(pairs), share(same, len(pairs)), share(int(np.trace(good)), len(pairs)), kappa)
    head = ("items read twice", "same verdict, %", "both good or neither, %", "kappa of that")
    return Table("How far readers agree", head, [row])


def call_table(calls: Sequence[Call]) -> Table:
    """Return what became of the calls, by limit."""
    rows: list[Row] = []
    for limit, language in ALL_LIMITS.items():
        own = [call for call in calls if call.limit == limit]
        if not own:
            continue
        used = np.array([call.used for call in own if call.used is not None])
        named = [call.least for call in own if call.least is not None]
        rows.append(
            (
                f"{language}, {limit}",
                len(own),
                len({call.kind for call in own}),
                share(len(used), len(own)),
                _range(named),
                f"{sum(bool(call.holds) for call in own)} of {len(own) - len(used)}",
                _mean(100 * used),
                sum(call.num_shortened for call in own),
                sum(call.num_fused for call in own),
                percent(sum(call.num_shortened + call.num_fused > 0 for call in own), len(own)),
                sum(len(call.unknown) for call in own),
                sum(sum(call.violations.values()) for call in own),
            )
        )
    rules = sorted({rule for call in calls for rule in call.violations})
    unknown = sorted({word for call in calls for word in call.unknown})
    note = (
        "Where there is no summary the error names the least length; beside it stands for how many a call with that "
        f"length gives one. Length used: mean of the calls with a summary, 95% interval of {RESAMPLES:,} draws. "
        f"Rules that are broken: {', '.join(rules) or 'none'}. "
        f"Words not in the source: {', '.join(unknown) or 'none'}."
    )
    head = (
        *("limit", "texts", "kinds", "with a summary, %", "least named", "it suffices for", "length used, %"),
        *("shortened", "fused", "calls with one, %", "words not in the source", "violations"),
    )
    return Table("What became of the calls", head, rows, note)


def _range(lengths: Sequence[int]) -> str:
    """Return the median of lengths, the least and the largest; a dash where there is none."""
    return f"{statistics.median(lengths):g} ({min(lengths)} to {max(lengths)})" if lengths else "-"


def _mean(values: Floats) -> str:
    if not len(values):
        return "-"
    found = bootstrap(values, lambda means: means, resamples=RESAMPLES, seed=SEED)
    return f"{found.values:.1f} [{found.low:.1f}, {found.high:.1f}]"
