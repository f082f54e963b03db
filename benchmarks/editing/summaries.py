"""Whole texts under a length, with fusion and without, and samples to be read by eye."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.editing.tables import Row, Table, documents
from summarize.decide.budget import Budget
from summarize.decide.pieces import count_words
from summarize.evaluate.corpus import corpus_name, sample_corpus
from summarize.evaluate.faithfulness import violations
from summarize.evaluate.rouge import rouge
from summarize.evaluate.systems import Case, cut_lead
from summarize.network.scorer import NetworkScorer
from summarize.pipeline import write_summary
from summarize.summary import Summary


def _breaches(found: Counter[str]) -> str:
    """Return how often rules were broken, and which: `3 (numbers 2, words 1)`."""
    broken = [f"{name} {number}" for name, number in found.items() if number]
    return f"{found.total()} ({', '.join(broken)})" if broken else "0"


def _length(budget: Budget) -> str:
    names = ("characters", budget.chars), ("words", budget.words), ("sentences", budget.sentences)
    return next(f"{number} {name}" for name, number in names if number)


def _name(path: Path) -> str:
    return f"{path.parent.name}/{corpus_name(path)}"


def budgets(sets: Sequence[tuple[Path, Budget]], scorer: NetworkScorer, limit: int | None) -> list[Table]:
    """Measure summaries of a given length beside the beginning of the text cut off there."""
    rows: list[Row] = []
    for path, budget in sets:
        ours: list[tuple[float, ...]] = []
        lead: list[tuple[float, ...]] = []
        broken: Counter[str] = Counter()
        none = 0
        for item in documents(path, limit):
            case = Case(item, budget, scorer, fuse=True)
            summary = case.summary(scorer.default_attention)
            if summary:
                broken.update(violations(summary, budget))
            else:
                none += 1
            for found, text in ((ours, summary.text if summary else ""), (lead, cut_lead(case))):
                length = count_words(text) if budget.words else len(text)
                found.append((*rouge(text, item.references, item.document.language).tolist(), length))
        set_cells = _name(path), _length(budget), len(ours)
        rows.append((*set_cells, "summarize", *np.mean(ours, axis=0).tolist(), none, _breaches(broken)))
        rows.append((*set_cells, "beginning", *np.mean(lead, axis=0).tolist(), None, None))
    head = ("corpus", "at most", "texts", "", "ROUGE-1", "ROUGE-2", "ROUGE-L", "length", "none", "violations")
    return [Table("Texts in so many characters or words", head, rows)]


def fused_summaries(sets: Sequence[tuple[Path, int]], scorer: NetworkScorer, limit: int | None) -> list[Table]:
    """Measure summaries of N sentences with fusion and without."""
    rows: list[Row] = []
    kind = scorer.default_attention
    for path, number in sets:
        budget = Budget(sentences=number)
        found: list[tuple[float, ...]] = []
        num_fused = 0
        broken: Counter[str] = Counter()
        for item in documents(path, limit):
            case = Case(item, budget, scorer)
            apart, fused = (
                write_summary(case.document, case.reading, kind, budget, scorer, fuse=fuse) for fuse in (False, True)
            )
            broken.update(violations(fused, budget))
            num_fused += fused.text != apart.text
            scores = [float(rouge(one.text, item.references, case.document.language)[0]) for one in (apart, fused)]
            found.append((*scores, len(apart.text), len(fused.text)))
        rows.append((_name(path), number, len(found), num_fused, *np.mean(found, axis=0).tolist(), _breaches(broken)))
    of_both = ("ROUGE-1 apart", "ROUGE-1 fused", "characters apart", "characters fused")
    head = ("corpus", "N", "texts", "with a fusion", *of_both, "violations")
    return [Table("Texts in N sentences, with fusion and without", head, rows)]


def samples(sets: Sequence[tuple[Path, Budget]], scorer: NetworkScorer, number: int) -> Iterator[str]:
    """Yield summaries with the sentences that they are made of, to be read by eye, from all sets in turn."""
    each = -(-number // len(sets))
    items = [list(sample_corpus(path, each)) for path, _ in sets]
    turns = ((place, index) for index in range(each) for place in range(len(sets)) if index < len(items[place]))
    for count, (place, index) in enumerate(islice(turns, number), start=1):
        (path, budget), item = sets[place], items[place][index]
        yield f"### {count}. {_name(path)}, {_length(budget)}\n"
        case = Case(item, budget, scorer, fuse=True) if item.document.sentences else None
        summary = case.summary(scorer.default_attention) if case else None
        yield _sample(summary, budget) if summary else "nothing fits\n"


def _sample(summary: Summary, budget: Budget) -> str:
    """Return the sentences behind a summary, what is printed of them, and which rules it breaks."""
    document = summary.document
    spans = (document.sentences[index] for index in sorted(summary.selected))
    lines = [f"> {' '.join(document.text[span.start : span.end].split())}\n" for span in spans]
    broken = Counter(violations(summary, budget))
    return "\n".join([*lines, f"{summary.text}\n", *([f"breaks {_breaches(broken)}\n"] if broken.total() else [])])
