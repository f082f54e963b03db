"""Compression: English sentences beside what people kept, Chinese ones at the length of their headline."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.editing.tables import Row, Table
from summarize.decide import bonds
from summarize.decide.compression import BONUS, compressed_pieces, compressions, find_paths, step_costs
from summarize.decide.words import words_between
from summarize.document import Document, Language, Sentence
from summarize.evaluate.rouge import rouge
from summarize.network.editor import embed, path_scores, spell, word_features
from summarize.network.scorer import Reading
from summarize.network.storage import Model
from summarize.text.normalization import normalize
from summarize.text.terms import find_terms
from summarize.text.tokenization import is_word, tokenize

Floats = NDArray[np.float64]
BONUSES = (-0.3, -0.2, -0.1, -0.05, 0.0, 0.05, 0.1)


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
