"""`python -m benchmarks.editing CORPORA`: how good are fused and shortened sentences, and do they say what was said?

    fusion      the cases of tests/fusion: fused as an editor would, left whole, or fused although they must not be
    restored    real Chinese sentences, cut at a comma and given their subject back: are they fused to what they were?
    wikisplit   two English sentences, and the one that said both
    google      English sentences and what people kept of them, from the part that the training leaves out
    news        Chinese sentences and headlines made of them, at the length of the headline
    budgets     whole texts in 20, 30 and 40 characters or 15 words, beside their beginning cut off there
    sentences   whole texts in N sentences, with fusion and without

What is held out: lines of plain text (`summarize.train.grammar.is_held_out`) and pairs of compress_google
(`summarize.train.edits.is_held_out`); all else is of dev, or of test with `--test`.
"""

import json
import os
import random
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import click

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from summarize.decide import bonds, doubt
from summarize.decide.budget import Budget
from summarize.decide.compression import BONUS, compressed_pieces, compressions, find_paths, step_costs
from summarize.decide.fusion import Grammar, fuse_sentences
from summarize.decide.pieces import Draft, count_words, joined, whole
from summarize.decide.words import words_between
from summarize.document import Document, Language, Sentence, Summary
from summarize.errors import SummarizeError
from summarize.evaluate.corpus import CorpusDocument, corpus_name, read_corpus, read_lines, sample_corpus
from summarize.evaluate.faithfulness import violations
from summarize.evaluate.rouge import rouge
from summarize.evaluate.systems import Case, cut_lead
from summarize.network.editor import embed, path_scores, spell, word_features
from summarize.network.scorer import NetworkScorer, Reading
from summarize.network.storage import SHIPPED_MODEL, Model, load_model
from summarize.pipeline import write_summary
from summarize.text.dictionary import cache_folder
from summarize.text.normalization import normalize
from summarize.text.segmentation import find_sentences
from summarize.text.terms import find_terms
from summarize.text.tokenization import is_word, tokenize
from summarize.train import edits
from summarize.train.grammar import is_held_out

Floats = NDArray[np.float64]
Row = tuple[str | int | float | None, ...]
Sets = tuple[tuple[str, Budget], ...]  # corpora, and the length of their summaries

CASES = Path(__file__).parent.parent / "tests" / "fusion"
PARTS = ("fusion", "restored", "wikisplit", "google", "news", "budgets", "sentences")
NUM_RESTORED = 5_000
SEED = 1
LEAST_CHARS, MOST_CHARS = 15, 100  # of a sentence that is cut and restored
JOINERS = ((",",), ("and",), (",", "and"))
BONUSES = (-0.3, -0.2, -0.1, -0.05, 0.0, 0.05, 0.1)
BUDGETS: Sets = (
    *((f"zh/{{part}}/{name}", Budget(chars=chars)) for name in ("dtels", "xwlb", "lctt") for chars in (20, 30, 40)),
    *((f"en/{{part}}/{name}", Budget(words=15)) for name in ("cnndm", "scitldr")),
)
SENTENCES = (("zh/dev/dtels", 3), ("zh/dev/bedtimenews", 3), ("en/dev/cnndm", 3))
SAMPLED: Sets = (
    ("zh/{part}/dtels", Budget(chars=30)),
    ("zh/{part}/xwlb", Budget(chars=40)),
    ("zh/{part}/lctt", Budget(chars=40)),
    ("en/{part}/cnndm", Budget(words=15)),
    ("en/{part}/scitldr", Budget(words=15)),
    ("zh/{part}/dtels", Budget(sentences=3)),
    ("en/{part}/cnndm", Budget(sentences=3)),
)


@dataclass(frozen=True, slots=True)
class Table:
    """What was found out, for people and for machines.

    Args:
        title: of what.
        head: names of the columns.
        rows: cells; figures with one digit behind the point, None where there is none.
        note: what else is to be said.
    """

    title: str
    head: tuple[str, ...]
    rows: Sequence[Row]
    note: str = ""

    def to_markdown(self) -> str:
        """Return it as Markdown."""
        cells = [[_shown(cell) for cell in row] for row in self.rows]
        lines = [f"| {' | '.join(row)} |" for row in (self.head, ["---"] * len(self.head), *cells)]
        note = ["", self.note] if self.note else []
        return "\n".join([f"### {self.title}", "", *lines, *note, ""])

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        rows = [dict(zip(self.head, row, strict=True)) for row in self.rows]
        return {"title": self.title, "rows": rows, "note": self.note}


def _shown(cell: str | int | float | None) -> str:
    if cell is None:
        return "-"
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)


def percent(part: float, of: float) -> float | None:
    """Return a share in percent; None of nothing."""
    return 100 * part / of if of else None


def read_rows(
    path: Path, limit: int | None = None, keep: Callable[[dict[str, Any]], bool] = bool
) -> list[dict[str, Any]]:
    """Return the rows of a JSONL file that are to be kept, at most `limit` of them, evenly spread.

    Raises:
        InputError: it cannot be read.
    """
    rows = [row for row in (json.loads(line) for line in read_lines(path) if line.strip()) if keep(row)]
    if limit is None or limit >= len(rows):
        return rows
    return [rows[place * len(rows) // limit] for place in range(limit)]


def documents(path: Path, limit: int | None) -> Iterator[CorpusDocument]:
    """Yield the documents of a corpus that have sentences, at most about `limit` of them, evenly spread.

    Raises:
        InputError: it cannot be read.
    """
    items = read_corpus(path) if limit is None else sample_corpus(path, limit)
    return (item for item in items if item.document.sentences)


# Fusion


def fuse_text(text: str, language: Language, grammar: Grammar) -> tuple[list[Draft], str]:
    """Return the sentences of a text, those fused that can be, and how they are printed."""
    document = Document(text, find_sentences(text), language)
    drafts = fuse_sentences(document, [whole(document, index) for index in range(len(document.sentences))], grammar)
    return drafts, "".join(piece.text for piece in joined(draft.pieces for draft in drafts))


def _is_fused(drafts: Iterable[Draft]) -> bool:
    return any(len(draft.indices) > 1 for draft in drafts)


def fusion_cases(folder: Path, grammar: Grammar) -> list[Table]:
    """Measure on the cases written for it: FOLDER/fused.*.jsonl and FOLDER/apart.*.jsonl."""
    fused: list[tuple[str, int, int, int, int]] = []
    for path in sorted(folder.glob("fused.*.jsonl")):
        found: Counter[str] = Counter()
        rows = read_rows(path)
        for row in rows:
            _, text = fuse_text(row["text"], row["lang"], grammar)
            found["exact" if text in row["fused"] else "whole" if text == row["text"] else "other"] += 1
        fused.append((corpus_name(path), len(rows), found["exact"], found["whole"], found["other"]))
    apart, wrong = [], []
    for path in sorted(folder.glob("apart.*.jsonl")):
        rows = read_rows(path)
        ids = [row["id"] for row in rows if _is_fused(fuse_text(row["text"], row["lang"], grammar)[0])]
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
_LEAST_OF_FIRST, _LEAST_OF_SECOND = 2, 3  # words


def restore(sentence: str, tagged: Sequence[tuple[str, str]]) -> Restored | None:
    """Cut a sentence at its first comma behind a predicate; None if it is not made like that.

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
    comma = next((place for place in range(end, len(words)) if words[place] == "，"), len(words))
    if comma - end < _LEAST_OF_FIRST or len(words) - comma - 1 < _LEAST_OF_SECOND:
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
            text for text in texts if text.endswith("。") and "，" in text and LEAST_CHARS <= len(text) <= MOST_CHARS
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
    about_one = doubt.about_sentence(first, "zh") or doubt.about_sentence(second, "zh")
    if about_one:
        return f"sentence: {about_one}"
    length = len(pair.subject)
    about_subject = doubt.about_subject(words_between(document, 0, length), "zh")
    if about_subject:
        return f"subject: {about_subject}"
    starts = [sentence.start + length for sentence in document.sentences]
    one, other = (
        words_between(document, start, sentence.end - 1)
        for start, sentence in zip(starts, document.sentences, strict=True)
    )
    about_pair = doubt.about_pair(one, other, "zh")
    return f"pair: {about_pair}" if about_pair else "no sure end of the subject"


def restored_sentences(pairs: Iterable[Restored], grammar: Grammar) -> list[Table]:
    """Measure whether sentences that were cut are fused to what they were."""
    counts: dict[bool, Counter[str]] = defaultdict(Counter)
    reasons: Counter[str] = Counter()
    for pair in pairs:
        drafts, text = fuse_text(pair.text, "zh", grammar)
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
    place = next((place for place, (one, other) in pairs if one != other), min(len(left), len(right)))
    rest, other_rest = list(left[place:]), list(right[place:])
    return rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:]


def can_be_joined(first: Sequence[str], second: Sequence[str], target: Sequence[str]) -> bool:
    """Return whether a joiner in place of the second sentence's first word comes within a word of the target."""
    left = first[:-1] if first[-1] == "." else first
    return any(is_within_one([*left, *joiner, *second[1:]], target) for joiner in JOINERS)


def split_sentences(rows: Iterable[dict[str, Any]], grammar: Grammar) -> list[Table]:
    """Measure whether two sentences are fused to the one that said both."""
    pairs = attempted = equal = near = reachable = 0
    for row in rows:
        if len(row["sources"]) != 2:
            continue
        pairs += 1
        target = row["target"].split()
        reachable += can_be_joined(row["sources"][0].split(), row["sources"][1].split(), target)
        drafts, text = fuse_text(" ".join(row["sources"]), "en", grammar)
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


# Compression


@dataclass(frozen=True, slots=True)
class Form:
    """What can be left of a sentence.

    Args:
        text: without a stop.
        log_p: log P(path).
    """

    text: str
    log_p: float


@dataclass(frozen=True, slots=True)
class Shortened:
    """A sentence, what people made of it, and what the editor would, one form of each length.

    Args:
        text: the sentence, without its stop.
        target: what people made of it.
        language: of both.
        free: the likeliest forms.
        ruled: the likeliest forms that break no rule, as `compressions` yields them.
    """

    text: str
    target: str
    language: Language
    free: tuple[Form, ...]
    ruled: tuple[Form, ...]

    def best(self, *, has_rules: bool, bonus: float) -> str:
        """Return the best form; nothing if there is none."""
        forms = self.ruled if has_rules else self.free
        return max(forms, key=lambda form: form.log_p + bonus * len(form.text), default=Form("", 0.0)).text


class PairReading(Reading):
    """A sentence as the editor reads it in training on pairs: with no document around it.

    Args:
        document: the sentence.
        model: what to read it with.
    """

    def __init__(self, document: Document, model: Model) -> None:
        super().__init__(document, find_terms(document), model, 1)
        self.document, self.model = document, model

    def edit(self, words: Sequence[str]) -> Floats:
        """Return log P(t|j), (T + 2, T + 2)."""
        features = word_features(words, self.document.language, None, self.model.grammar)
        return path_scores(embed(spell(words, self.model.vocabulary), self.model.vectors), features, self.model.weights)


def shortened(row: dict[str, Any], language: Language, model: Model, most_chars: int | None = None) -> Shortened:
    """Return what the editor makes of a pair's sentence.

    Args:
        row: `sources`, of which the first counts, and `target`.
        language: of both.
        model: with the editor.
        most_chars: of a form; None for any.
    """
    text = row["sources"][0].strip().rstrip("".join(bonds.STOPS))
    document = Document(text, (Sentence(0, len(text), 0),), language)
    editor = PairReading(document, model)
    words = words_between(document, 0, len(text))
    log_p = editor.edit([word.text for word in words])
    steps, budget = np.triu(np.ones(log_p.shape, bool), 1), len(text) if most_chars is None else most_chars
    paths = find_paths(log_p, steps, step_costs(text, words), budget=budget, bonus=0.0)
    kept = ((length, paths.of_length(length)) for length in paths.lengths())
    free = (
        Form("".join(piece.text for piece in compressed_pieces(text, words, places)), float(paths.values[length]))
        for length, places in kept
        if places
    )
    ruled = (Form(form.text, form.log_p) for form in compressions(document, 0, editor, most_chars=budget))
    return Shortened(text, row["target"], language, tuple(free), tuple(ruled))


def _letters(text: str) -> list[str]:
    return [token.lower() for token in tokenize(normalize(text)) if is_word(token)]


def token_f1(kept: Sequence[str], wanted: Sequence[str]) -> float:
    """Return the F1 of words, each counted as often as it occurs, percent; 0 where they have none in common."""
    shared = (Counter(kept) & Counter(wanted)).total()
    return 200 * shared / (len(kept) + len(wanted)) if shared else 0.0


def google(pairs: Sequence[Shortened]) -> list[Table]:
    """Measure the best form of any length against what people kept, with the rules and without.

    What a character is worth is chosen on the first half, for each of the two by itself, and measured on the second.
    """

    def figures(texts: Iterable[str], part: Sequence[Shortened]) -> tuple[float, str]:
        found = [(_letters(text), _letters(pair.target)) for text, pair in zip(texts, part, strict=True)]
        ratio = sum(len(ours) for ours, _ in found) / max(1, sum(len(wanted) for _, wanted in found))
        return float(np.mean([token_f1(*pair) for pair in found])), f"{ratio:.2f}"

    def best(part: Sequence[Shortened], has_rules: bool, bonus: float) -> Iterator[str]:
        return (pair.best(has_rules=has_rules, bonus=bonus) for pair in part)

    half = len(pairs) // 2
    first, second = pairs[:half], pairs[half:]
    rows: list[Row] = []
    for name, has_rules in (("without rules", False), ("with rules", True)):
        scores = {bonus: figures(best(first, has_rules, bonus), first)[0] for bonus in BONUSES}
        bonus = max(scores, key=scores.__getitem__)
        rows.append((name, f"{bonus:g}", *figures(best(second, has_rules, bonus), second)))
    bonus = BONUS["en"]
    rows.append(("with rules, `summarize`'s bonus", f"{bonus:g}", *figures(best(second, True, bonus), second)))
    rows.append(("the whole sentence", None, *figures((pair.text for pair in second), second)))
    note = (
        f"Bonus a character chosen on {len(first)} pairs, figures of {len(second)} others. `python -m summarize.train` "
        "leaves them all out."
    )
    return [
        Table("English sentences shortened to any length", ("", "bonus", "token F1", "words / people's"), rows, note)
    ]


def news(pairs: Sequence[Shortened]) -> list[Table]:
    """Measure forms as long as a headline against the headline, beside the sentence cut off there."""
    bonus = BONUS["zh"]
    texts = {
        "cut off": [pair.text[: len(pair.target)] for pair in pairs],
        "without rules": [pair.best(has_rules=False, bonus=bonus) for pair in pairs],
        "with rules": [pair.best(has_rules=True, bonus=bonus) for pair in pairs],
    }
    rows: list[Row] = []
    for name, of_name in texts.items():
        scores = [rouge(text, [pair.target], "zh")[-1] for text, pair in zip(of_name, pairs, strict=True)]
        rows.append((name, float(np.mean(scores)), float(np.mean([len(text) for text in of_name])), of_name.count("")))
    mean = np.mean([len(pair.target) for pair in pairs])
    note = f"{len(pairs)} pairs; a headline has {mean:.1f} characters; bonus {bonus:g}."
    return [
        Table("Chinese sentences at the length of their headline", ("", "ROUGE-L", "characters", "none"), rows, note)
    ]


# Whole texts


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


def measure(part: str, corpora: Path, scorer: NetworkScorer, *, is_test: bool, limit: int | None) -> list[Table]:
    """Return the tables of a part.

    Args:
        part: one of `PARTS`.
        corpora: folder of LANGUAGE/{dev,test,pairs,plain}.
        scorer: the network.
        is_test: whether budgets are measured on test.
        limit: most cases of each set.

    Raises:
        InputError: a file cannot be read.
    """
    grammar = scorer.grammar
    if part == "fusion":
        return fusion_cases(CASES, grammar)
    if part == "restored":
        sentences, tag = plain_sentences(sorted((corpora / "zh" / "plain").glob("*.txt*"))), load_tagger()
        made = (restore(sentence, tag(sentence.removesuffix("。"))) for sentence in sentences)
        return restored_sentences(islice((pair for pair in made if pair), limit or NUM_RESTORED), grammar)
    if part == "wikisplit":
        return split_sentences(read_rows(corpora / "en" / "pairs" / "wikisplit.dev.jsonl.gz", limit), grammar)
    if part == "google":
        path = corpora / "en" / "pairs" / f"{edits.HELD_OUT_OF}.jsonl.gz"
        rows = read_rows(path, limit, lambda row: edits.is_held_out(row, edits.HELD_OUT_OF))
        return google([shortened(row, "en", scorer.model) for row in rows])
    if part == "news":
        rows = read_rows(corpora / "zh" / "pairs" / "compress_news.dev.jsonl.gz", limit)
        return news([shortened(row, "zh", scorer.model, len(row["target"])) for row in rows])
    if part == "budgets":
        return budgets(_paths(corpora, BUDGETS, is_test=is_test), scorer, limit)
    sets = [(corpora / f"{name}.jsonl.gz", number) for name, number in SENTENCES]
    return fused_summaries(sets, scorer, limit)


def _paths(corpora: Path, sets: Sets, *, is_test: bool) -> list[tuple[Path, Budget]]:
    part = "test" if is_test else "dev"
    return [(corpora / f"{name.format(part=part)}.jsonl.gz", budget) for name, budget in sets]


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS), default=PARTS, show_default="all",
              help="What to measure; give it again for another one.")  # fmt: skip
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), default=SHIPPED_MODEL,
              show_default="the one that comes with the package", help="A model directory.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), show_default="all, and 5,000 restored ones",
              help="Most texts or pairs of a set, evenly spread; the cases of fusion are all taken.")  # fmt: skip
@click.option("--test", "is_test", is_flag=True, help="Budgets and samples on test, not on dev.")
@click.option("--samples", "num_samples", type=click.IntRange(1), show_default="none",
              help="Print so many summaries with their sources instead, to be read by eye.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The tables as JSON.")
def main(
    corpora: Path,
    parts: tuple[str, ...],
    model: Path,
    limit: int | None,
    is_test: bool,
    num_samples: int | None,
    as_json: bool,
) -> None:
    """Measure fused and shortened sentences on CORPORA, a folder of LANGUAGE/{dev,test,pairs,plain}."""
    try:
        scorer = NetworkScorer(load_model(model))
        if num_samples:
            for text in samples(_paths(corpora, SAMPLED, is_test=is_test), scorer, num_samples):
                click.echo(text)
            return
        found = []
        for part in PARTS:
            for table in measure(part, corpora, scorer, is_test=is_test, limit=limit) if part in parts else ():
                found.append(table.to_json())
                if not as_json:
                    click.echo(table.to_markdown())
        if as_json:
            record = {"model": str(model), "part": "test" if is_test else "dev", "limit": limit, "tables": found}
            click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    except SummarizeError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.editing")
