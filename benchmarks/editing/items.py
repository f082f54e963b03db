"""Whole texts summarized at some lengths: what became of each call, and the sentences that were shortened or fused."""

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from summarize.decide.budget import Budget
from summarize.decide.fusion import AND
from summarize.document import Document, Draft, Language
from summarize.errors import BudgetError, InputError
from summarize.evaluate.corpus import parse_row, read_lines
from summarize.evaluate.faithfulness import violations
from summarize.evaluate.overlap import rouge_units
from summarize.pipeline import Scorer, read_for, write_summary
from summarize.summary import Summary
from summarize.text.pieces import count_words, display_pieces, join_runs, label_pieces, make_whole_draft

LIMITS: dict[Language, tuple[Budget, ...]] = {
    "zh": (Budget(chars=30), Budget(chars=60)),
    "en": (Budget(words=15), Budget(words=30)),
}
# Of dev; the kind of a text is its field `source`. Left out is what is lower-cased or parted into words.
SETS: dict[Language, tuple[str, ...]] = {
    "zh": (
        *("bedtimenews", "book_digests", "c3_gist", "c3_interviews", "c3_passages", "csl", "dtels", "gov_letters"),
        *("gov_qa", "hetmc", "jenkinszh", "lctt", "ms_docs", "textbook_d2l", "vcsum", "xwlb", "marked", "marked_own"),
    ),
    "en": (
        *("aeslc", "bbc", "contracts", "convosumm_email", "datatalks_interviews", "dialogsum", "fewsum_reviews"),
        *("gentle", "gum", "mts_dialog", "qmsum_segment", "race_gist", "scitldr", "squality", "ted_talks"),
        *("telegraphic_stories", "tweetsumm", "marked", "marked_own"),
    ),
}
FUSED, SHORTENED = "fused", "shortened"


@dataclass(frozen=True, slots=True)
class Text:
    """A text to summarize.

    Args:
        name: file, line and id.
        kind: what kind of text it is.
        document: the text and its sentences.
    """

    name: str
    kind: str
    document: Document


@dataclass(frozen=True, slots=True)
class Item:
    """A printed sentence that is not whole.

    Args:
        source: what it was made of, FROM.
        target: what is printed, TO.
        language: of the text.
        kind: of text.
        limit: most that the summary could have: `30 characters`.
        made: `SHORTENED` or `FUSED`.
        cuts: the kind of each cut.
        good: how likely the judge took it for good; None where it was not asked.
        false: and for false.
    """

    source: str
    target: str
    language: Language
    kind: str
    limit: str
    made: str
    cuts: tuple[str, ...] = ()
    good: float | None = None
    false: float | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """What became of a call.

    Args:
        name: of the text.
        kind: of text.
        language: of the text.
        limit: most that the summary could have.
        used: share of it that the summary has, 0 to 1; None where there is no summary.
        least: the length that the error names where there is none; None where it names none.
        holds: whether a call with that length gives a summary; None where it is not asked for.
        num_shortened: sentences of the summary that were shortened.
        num_fused: sentences of the summary that were made of several.
        unknown: words of the summary that the text does not have.
        violations: how often it breaks a rule of `faithfulness`, by rule; rules that it keeps are left out.
    """

    name: str
    kind: str
    language: Language
    limit: str
    used: float | None = None
    least: int | None = None
    holds: bool | None = None
    num_shortened: int = 0
    num_fused: int = 0
    unknown: tuple[str, ...] = ()
    violations: Mapping[str, int] = field(default_factory=dict)


Found = tuple[list[Call], list[Item]]  # of a text


def limit_name(budget: Budget) -> str:
    """Return what a limit is called: `30 characters`."""
    return f"{budget.chars} characters" if budget.chars else f"{budget.words} words"


ALL_LIMITS = {limit_name(budget): language for language, budgets in LIMITS.items() for budget in budgets}


def read_texts(corpora: Path, most: int, seed: int) -> Iterator[Text]:
    """Yield texts of every kind in turns, in each kind in an order by chance.

    Args:
        corpora: folder of LANGUAGE/dev; a set that is not there is left out.
        most: texts of a kind.
        seed: of chance.

    Raises:
        InputError: a file cannot be read, or there is none.
    """
    lines: dict[tuple[Language, str], list[tuple[str, str]]] = defaultdict(list)
    for language, names in SETS.items():
        for path in (corpora / language / "dev" / f"{name}.jsonl.gz" for name in names):
            for number, line in enumerate(read_lines(path) if path.exists() else (), start=1):
                if line.strip():
                    kind = str(json.loads(line).get("source") or path.parent.name)
                    lines[language, kind].append((f"{path}:{number}", line))
    if not lines:
        raise InputError(f"{corpora}: none of the dev sets is in it")
    for language_and_kind, of_kind in lines.items():
        random.Random(f"{seed} {language_and_kind}").shuffle(of_kind)
    for turn in range(most):
        for (_, kind), of_kind in lines.items():
            if turn < len(of_kind):
                name, line = of_kind[turn]
                found = parse_row(line, name)
                if found.document.sentences:
                    yield Text(found.name, kind, found.document)


def summarize_at_limits(text: Text, scorer: Scorer) -> Found:
    """Return what becomes of a text at each limit of its language, and what is printed that is not whole."""
    calls, items = [], []
    for budget in LIMITS[text.document.language]:
        about = text.kind, text.document.language, limit_name(budget)
        try:
            summary = _summary(text.document, budget, scorer)
        except BudgetError as error:
            least = least_named(error)
            calls.append(Call(text.name, *about, least=least, holds=_fits(text.document, budget, least, scorer)))
            continue
        own = [_item(summary.document, draft, about) for draft in summary.drafts if _is_changed(draft)]
        length = len(summary.text) if budget.chars else count_words(summary.text)
        made = Counter(item.made for item in own)
        call = Call(
            text.name,
            *about,
            used=length / (budget.chars or budget.words or 1),
            num_shortened=made[SHORTENED],
            num_fused=made[FUSED],
            unknown=unknown_words(summary),
            violations={rule: count for rule, count in violations(summary, budget).items() if count},
        )
        calls.append(call)
        items += own
    return calls, items


def _summary(document: Document, budget: Budget, scorer: Scorer) -> Summary:
    return write_summary(document, read_for(document, budget, scorer), scorer.default_attention, budget, scorer)


def least_named(error: BudgetError) -> int | None:
    """Return the length that an error asks for: the last number in it."""
    numbers = re.findall(r"\d+", str(error))
    return int(numbers[-1]) if numbers else None


def _fits(document: Document, budget: Budget, least: int | None, scorer: Scorer) -> bool:
    """Return whether a text has a summary of a length."""
    if least is None:
        return False
    try:
        return bool(_summary(document, Budget(chars=least) if budget.chars else Budget(words=least), scorer).text)
    except BudgetError:
        return False


def unknown_words(summary: Summary) -> tuple[str, ...]:
    """Return the words of a summary, Chinese characters alone, that its text does not have; "and" of ours is none."""
    document = summary.document
    source = " ".join(make_whole_draft(document, index).text for index in range(len(document.sentences)))
    known = {*rouge_units(source, "zh"), *(AND.text for piece in summary.pieces if piece == AND)}
    return tuple(word for word in rouge_units(summary.text, "zh") if word not in known)


def _is_changed(draft: Draft) -> bool:
    return draft.shortening is not None or len(draft.indices) > 1


def _item(document: Document, draft: Draft, about: tuple[str, Language, str]) -> Item:
    """Return what a draft was made of, with the name of its speaker if the draft has that, and what was made."""
    kind, language, limit = about
    label = label_pieces(document, draft.indices[0]) if draft.num_label else ()
    runs = [label + display_pieces(document, draft.indices[0])]
    runs += [display_pieces(document, index) for index in draft.indices[1:]]
    source, target = "".join(piece.text for piece in join_runs(runs)), draft.text
    made, shortening = SHORTENED if len(draft.indices) == 1 else FUSED, draft.shortening
    if shortening is None:
        return Item(source, target, language, kind, limit, made)
    return Item(source, target, language, kind, limit, made, shortening.cuts, shortening.good, shortening.false)


def collect(results: Iterable[Found], most: int) -> tuple[list[Call], list[Item]]:
    """Return calls and items of texts, until there are enough items of each limit or no more texts.

    A sentence that was printed alike at two limits is taken once.

    Args:
        results: of one text after the other.
        most: items that are wanted of all limits together.
    """
    calls: list[Call] = []
    items: dict[tuple[str, str], Item] = {}
    enough = -(-most // len(ALL_LIMITS))
    for of_text, found in results:
        calls += of_text
        items |= {(item.source, item.target): item for item in found}
        counts = Counter(item.limit for item in items.values())
        if all(counts[limit] >= enough for limit in ALL_LIMITS):
            break
    return calls, list(items.values())


def choose_items(items: Iterable[Item], most: int, seed: int) -> list[Item]:
    """Return at most so many items, of each limit as many; where there are not enough of one, more of the others.

    Args:
        items: to choose from.
        most: of them.
        seed: of chance.
    """
    order = list(items)
    random.Random(seed).shuffle(order)
    by_limit: dict[str, list[Item]] = {limit: [] for limit in ALL_LIMITS}
    for item in order:
        by_limit[item.limit].append(item)
    chosen: list[Item] = []
    while len(chosen) < most and any(by_limit.values()):
        chosen += [own.pop() for own in by_limit.values() if own][: most - len(chosen)]
    return chosen
