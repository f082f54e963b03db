"""Fusion: the cases written for it, real sentences cut and restored, English ones that were split, and whole texts."""

import random
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.editing.tables import Row, Table, documents, percent, read_rows
from summarize.decide import doubt
from summarize.decide.budget import Budget
from summarize.decide.fusion import fuse_sentences
from summarize.decide.words import words_between
from summarize.document import Document, Draft, Language
from summarize.evaluate.corpus import corpus_name, read_lines
from summarize.evaluate.faithfulness import violations
from summarize.evaluate.rouge import rouge
from summarize.pipeline import Scorer, read_for, write_summary
from summarize.text.dictionary_cache import cache_folder
from summarize.text.pieces import join_runs, make_whole_draft
from summarize.text.segmentation import find_sentences
from summarize.train.grammar import is_held_out

SEED = 1
MIN_CHARS, MAX_CHARS = 15, 100  # of a sentence that is cut and restored
JOINERS = ((",",), ("and",), (",", "and"))


def fuse_text(text: str, language: Language, scorer: Scorer) -> tuple[list[Draft], str]:
    """Return the sentences of a text, those fused that can be, and how they are printed."""
    document = Document(text, find_sentences(text), language)
    drafts = [make_whole_draft(document, index) for index in range(len(document.sentences))]
    reading, config = scorer.read(document, len(drafts)), scorer.selection(scorer.default_attention)
    drafts = fuse_sentences(document, drafts, scorer.grammar, reading, config)
    return drafts, "".join(piece.text for piece in join_runs(draft.pieces for draft in drafts))


def _is_fused(drafts: Iterable[Draft]) -> bool:
    return any(len(draft.indices) > 1 for draft in drafts)


def fusion_cases(folder: Path, scorer: Scorer) -> list[Table]:
    """Measure on the cases written for it: FOLDER/fused.*.jsonl and FOLDER/apart.*.jsonl."""
    fused: list[tuple[str, int, int, int, int]] = []
    for path in sorted(folder.glob("fused.*.jsonl")):
        found: Counter[str] = Counter()
        rows = read_rows(path)
        for row in rows:
            _, text = fuse_text(row["text"], row["lang"], scorer)
            found["exact" if text in row["fused"] else "whole" if text == row["text"] else "other"] += 1
        fused.append((corpus_name(path), len(rows), found["exact"], found["whole"], found["other"]))
    apart, wrong = [], []
    for path in sorted(folder.glob("apart.*.jsonl")):
        rows = read_rows(path)
        ids = [row["id"] for row in rows if _is_fused(fuse_text(row["text"], row["lang"], scorer)[0])]
        apart.append((corpus_name(path), len(rows), len(ids)))
        wrong += ids
    return [
        Table(
            "Sentences that an editor fuses",
            ("cases", "number", "exactly as an editor would", "left whole", "other"),
            fused,
        ),
        Table(
            "Sentences that must stay apart",
            ("cases", "number", "fused"),
            apart,
            f"Fused although they must not be: {', '.join(wrong)}." if wrong else "",
        ),
    ]


@dataclass(frozen=True, slots=True)
class Restored:
    """A real sentence, and the two that it becomes when it is cut at a comma and its subject is put back.

    Args:
        sentence: as it was written.
        subject: what both begin with.
        first: the first predicate.
        second: the second.
        is_pronoun: whether the subject is a pronoun and nothing else.
    """

    sentence: str
    subject: str
    first: str
    second: str
    is_pronoun: bool

    @property
    def text(self) -> str:
        """The two sentences."""
        return f"{self.subject}{self.first}。{self.subject}{self.second}。"


_NAMING = ("n", "r", "m", "q", "uj", "a", "eng", "j", "l", "i", "b", "f", "s", "t", "x")  # jieba's classes
_ENDS_SUBJECT = ("n", "j", "eng", "r")
_PREDICATING = ("v", "d", "p")
_MIN_OF_FIRST, _MIN_OF_SECOND = 2, 3  # words


def restore(sentence: str, tagged: Sequence[tuple[str, str]]) -> Restored | None:
    """Cut a sentence at its first comma after a predicate; None if it is not made like that.

    The classes of the words say where the subject ends, and not the rule that is to be measured.

    Args:
        sentence: with its stop.
        tagged: its words and marks with their classes, without the stop.
    """
    words, classes = [word for word, _ in tagged], [of_class for _, of_class in tagged]
    end = 0
    while end < len(words) and classes[end].startswith(_NAMING) and words[end] not in "，,：；、":
        end += 1
    if not 0 < end < len(words) or not classes[end].startswith(_PREDICATING):
        return None
    if not classes[end - 1].startswith(_ENDS_SUBJECT):
        return None
    comma = next((index for index in range(end, len(words)) if words[index] == "，"), len(words))
    if comma - end < _MIN_OF_FIRST or len(words) - comma - 1 < _MIN_OF_SECOND:
        return None
    if not classes[comma + 1].startswith(_PREDICATING):
        return None
    subject, first, second = ("".join(words[part]) for part in (slice(end), slice(end, comma), slice(comma + 1, None)))
    return Restored(sentence, subject, first, second, end == 1 and classes[0].startswith("r"))


def plain_sentences(paths: Iterable[Path]) -> list[str]:
    """Return the sentences with a comma from what is held out of plain text, in an order by chance, always the same.

    Raises:
        InputError: a file cannot be read.
    """
    lines = (line.strip() for path in paths for line in read_lines(path) if is_held_out(line))
    found = []
    for line in lines:
        texts = (line[sentence.start : sentence.end] for sentence in find_sentences(line))
        found += [
            text for text in texts if text.endswith("。") and "，" in text and MIN_CHARS <= len(text) <= MAX_CHARS
        ]
    random.Random(SEED).shuffle(found)
    return found


def load_tagger() -> Callable[[str], list[tuple[str, str]]]:
    """Return jieba's tagger, which tells the classes of words; it takes seconds to load."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
        from jieba import posseg
    jieba.setLogLevel(60)
    folder = cache_folder()
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        jieba.dt.tmp_dir = str(folder)  # not where others may write
    return lambda text: [(pair.word, pair.flag) for pair in posseg.cut(text)]


def refusal(pair: Restored) -> str:
    """Return why two sentences were not fused, so far as the reasons to doubt tell."""
    document = Document(pair.text, find_sentences(pair.text), "zh")
    if len(document.sentences) != 2:
        return "not cut into two sentences"
    first, second = (words_between(document, sentence.start, sentence.end) for sentence in document.sentences)
    about_one = doubt.why_sentence_stays(first, "zh") or doubt.why_sentence_stays(second, "zh")
    if about_one:
        return f"sentence: {about_one}"
    length = len(pair.subject)
    about_subject = doubt.why_subjects_differ(words_between(document, 0, length), "zh")
    if about_subject:
        return f"subject: {about_subject}"
    starts = [sentence.start + length for sentence in document.sentences]
    one, other = (
        words_between(document, start, sentence.end - 1)
        for start, sentence in zip(starts, document.sentences, strict=True)
    )
    about_pair = doubt.why_pair_stays(one, other, "zh")
    return f"pair: {about_pair}" if about_pair else "no sure end of the subject"


def restored_sentences(pairs: Iterable[Restored], scorer: Scorer) -> list[Table]:
    """Measure whether sentences that were cut are fused to what they were."""
    counts: dict[bool, Counter[str]] = defaultdict(Counter)
    reasons: Counter[str] = Counter()
    for pair in pairs:
        drafts, text = fuse_text(pair.text, "zh", scorer)
        own = counts[pair.is_pronoun]
        own["pairs"] += 1
        if _is_fused(drafts):
            own["attempted"] += 1
            own["exact"] += text == pair.sentence
        else:
            reasons[refusal(pair)] += 1

    def row(name: str, of: Counter[str]) -> Row:
        shares = percent(of["attempted"], of["pairs"]), percent(of["exact"], of["attempted"])
        return name, of["pairs"], of["attempted"], shares[0], of["exact"], shares[1]

    head = ("subject", "pairs", "attempted", "% of pairs", "exact", "% of attempted")
    rows = [row("any", counts[False] + counts[True]), row("no bare pronoun", counts[False])]
    return [
        Table("Chinese sentences cut at a comma, with their subject put back", head, rows),
        Table("Why the others were left alone", ("reason", "pairs"), reasons.most_common()),
    ]


def is_within_one(left: Sequence[str], right: Sequence[str]) -> bool:
    """Return whether two sequences differ in one element at most: one more, one less, or another one."""
    pairs = enumerate(zip(left, right, strict=False))
    index = next((index for index, (one, other) in pairs if one != other), min(len(left), len(right)))
    rest, other_rest = list(left[index:]), list(right[index:])
    return rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]


def can_be_joined(first: Sequence[str], second: Sequence[str], target: Sequence[str]) -> bool:
    """Return whether a joiner in place of the second sentence's first word comes within a word of the target."""
    left = first[:-1] if first[-1] == "." else first
    return any(is_within_one([*left, *joiner, *second[1:]], target) for joiner in JOINERS)


def split_sentences(rows: Iterable[dict[str, Any]], scorer: Scorer) -> list[Table]:
    """Measure whether two sentences are fused to the one that said both."""
    pairs = attempted = equal = near = reachable = 0
    for row in rows:
        if len(row["sources"]) != 2:
            continue
        pairs += 1
        target = row["target"].split()
        reachable += can_be_joined(row["sources"][0].split(), row["sources"][1].split(), target)
        drafts, text = fuse_text(" ".join(row["sources"]), "en", scorer)
        if _is_fused(drafts):
            attempted += 1
            equal += text.split() == target
            near += is_within_one(text.split(), target)
    head = ("pairs", "attempted", "% of pairs", "equal", "within a word", "% of attempted", "ceiling, % of pairs")
    row_found = (
        pairs,
        attempted,
        percent(attempted, pairs),
        equal,
        near,
        percent(near, attempted),
        percent(reachable, pairs),
    )
    note = (
        "Ceiling: pairs for which a comma, `and` or both in place of the second sentence's first word are that close."
    )
    return [Table("English sentences that were split", head, [row_found], note)]


def fused_summaries(sets: Sequence[tuple[Path, int]], scorer: Scorer, limit: int | None) -> list[Table]:
    """Measure summaries of N sentences with fusion and without."""
    rows: list[Row] = []
    kind = scorer.default_attention
    for path, number in sets:
        budget = Budget(sentences=number)
        found: list[tuple[float, ...]] = []
        num_fused = 0
        broken: Counter[str] = Counter()
        for item in documents(path, limit):
            document, reading = item.document, read_for(item.document, budget, scorer)
            apart, fused = (write_summary(document, reading, kind, budget, scorer, fuse=fuse) for fuse in (False, True))
            broken.update(violations(fused, budget))
            num_fused += fused.text != apart.text
            scores = [float(rouge(one.text, item.references, document.language)[0]) for one in (apart, fused)]
            found.append((*scores, len(apart.text), len(fused.text)))
        name = f"{path.parent.name}/{corpus_name(path)}"
        rows.append((name, number, len(found), num_fused, *np.mean(found, axis=0).tolist(), broken.total()))
    of_both = ("ROUGE-1 apart", "ROUGE-1 fused", "characters apart", "characters fused")
    head = ("corpus", "N", "texts", "with a fusion", *of_both, "violations")
    return [Table("Texts in N sentences, with fusion and without", head, rows)]
