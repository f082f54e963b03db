"""CPU time of a summary of a given length beside one without, in one process, on the beginnings of texts.

In each turn every text is summarized once, every other one to a length, and in the next turn the other way round: so
what else the machine does falls on both alike, and no call finds what the one before it left in a cache.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress

from benchmarks.editing.items import LIMITS, limit_name
from benchmarks.editing.tables import Row, Table
from summarize.decide.budget import Budget
from summarize.document import LANGUAGES, Language
from summarize.errors import BudgetError
from summarize.pipeline import Scorer, summarize_text

CHARS_OF_TEXT: dict[Language, int] = {"zh": 1000, "en": 3000}


def cpu_seconds(text: str, language: Language, scorer: Scorer, budget: Budget) -> float:
    """Return the CPU seconds of a call; one that only says what length it needs counts as well."""
    start = time.process_time()
    with suppress(BudgetError):
        summarize_text(text, language=language, scorer=scorer, chars=budget.chars, words=budget.words)
    return time.process_time() - start


def time_texts(
    texts: Sequence[str], language: Language, scorer: Scorer, budget: Budget, turns: int
) -> list[tuple[float, float]]:
    """Return the median CPU seconds of each text without a length and with it.

    Args:
        texts: at least two.
        language: of all.
        scorer: the network.
        budget: the length, in characters or words.
        turns: calls of each kind for each text; one more of each comes first and is not counted.
    """
    seconds: dict[tuple[int, bool], list[float]] = defaultdict(list)
    for turn in range(2 * turns + 2):
        for number, text in enumerate(texts):
            has_length = (turn + number) % 2 == 1
            taken = cpu_seconds(text, language, scorer, budget if has_length else Budget())
            if turn > 1:
                seconds[number, has_length].append(taken)
    return [
        (statistics.median(seconds[number, False]), statistics.median(seconds[number, True]))
        for number in range(len(texts))
    ]


def time_table(texts: Sequence[tuple[Language, str]], scorer: Scorer, turns: int) -> Table:
    """Return milliseconds without a length and with each, and their ratio, as medians over texts."""
    rows: list[Row] = []
    for language in LANGUAGES:
        own = [text[: CHARS_OF_TEXT[language]] for of_text, text in texts if of_text == language]
        for budget in LIMITS[language] if len(own) > 1 else ():
            found = time_texts(own, language, scorer, budget, turns)
            open_ms, with_ms = (1000 * statistics.median(pair[side] for pair in found) for side in (0, 1))
            ratio = statistics.median(with_length / without for without, with_length in found)
            rows.append((f"{language}, {limit_name(budget)}", len(own), open_ms, with_ms, f"{ratio:.2f}"))
    beginnings = " or ".join(f"{chars:,} characters ({language})" for language, chars in CHARS_OF_TEXT.items())
    note = f"Medians over texts of medians of {turns} calls, in turns; of each text at most {beginnings}."
    head = ("limit", "texts", "ms without a length", "ms with it", "median of the texts' ratios")
    return Table("CPU time", head, rows, note)
