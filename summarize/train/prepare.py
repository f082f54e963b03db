"""From corpora to what the network is fitted on; each result is a file, so that a killed run continues from there."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarize.config import NetworkConfig, TrainConfig
from summarize.evaluate.corpus import corpus_names
from summarize.network.encoder import WordVectors
from summarize.text.grammar import Grammar
from summarize.text.vocabulary import SPECIAL_TERMS, UNKNOWN_ID, Vocabulary
from summarize.train.cuts import read_cuts
from summarize.train.deletions import read_deletions
from summarize.train.examples import Examples, count_terms, make_examples
from summarize.train.forms import FormExample, JudgeExamples, make_example
from summarize.train.grammar import count_grammar, make_grammar
from summarize.train.vectors import choose_terms, learn_vectors

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LearnedVocabulary:
    """What is learned from text alone.

    Args:
        vocabulary: V terms.
        vectors: a vector for each.
        idf: float32 (V,), the information of each; that of an unknown term is the largest of all.
        grammar: what is known about them as words of a sentence.
    """

    vocabulary: Vocabulary
    vectors: WordVectors
    idf: NDArray[np.float32]
    grammar: Grammar


def _learn_lexicon(
    run: Path, corpora: Sequence[Path], plain: Sequence[Path], config: TrainConfig, embedding_size: int, report: Report
) -> LearnedVocabulary:
    counts = count_terms(corpora, plain, run)
    report(f"counted {int(counts.counts().sum()):,} words, {sum(map(bool, counts.terms)):,} distinct")
    terms = choose_terms(counts, config.vocabulary_size, config.latin_share)
    idf_of = dict(zip(counts.terms, counts.idf(), strict=True))
    rarest = max(idf_of.values())
    idf = np.array([idf_of.get(term, rarest) for term in terms], np.float32)
    idf[: len(SPECIAL_TERMS)] = 0, rarest
    assert idf[UNKNOWN_ID] == np.float32(rarest)
    vectors = learn_vectors(counts, terms, embedding_size, config.seed)
    report(f"learned vectors of {len(terms):,} terms")
    vocabulary = Vocabulary(terms)
    grammar = make_grammar(count_grammar(corpora, plain), vocabulary)
    report(f"counted a grammar: {np.count_nonzero(grammar.predicates):,} verbs, {len(grammar.compounds):,} compounds")
    return LearnedVocabulary(vocabulary, vectors, idf, grammar)


def prepare_lexicon(
    run: Path,
    corpora: Sequence[Path],
    plain: Sequence[Path],
    *,
    config: TrainConfig,
    embedding_size: int,
    report: Report,
) -> LearnedVocabulary:
    """Return the lexicon of a run, learned if the run does not have it yet.

    Args:
        run: directory of the run.
        corpora: training corpora, JSONL.
        plain: further text, documents separated by blank lines.
        config: sizes and seed.
        embedding_size: E.
        report: takes a line about what was done.

    Raises:
        InputError: a file cannot be read.
    """
    vocabulary_file, arrays_file = run / "vocabulary.txt", run / "lexicon.npz"
    if not arrays_file.exists():
        lexicon = _learn_lexicon(run, corpora, plain, config, embedding_size, report)
        lexicon.vocabulary.save(vocabulary_file)
        partial = run / "lexicon.partial.npz"
        np.savez(
            partial,
            codes=lexicon.vectors.codes,
            scales=lexicon.vectors.scales,
            idf=lexicon.idf,
            predicates=lexicon.grammar.predicates,
            compounds=lexicon.grammar.compounds,
        )
        partial.replace(arrays_file)
    with np.load(arrays_file) as arrays:
        vectors = WordVectors(arrays["codes"], arrays["scales"])
        vocabulary = Vocabulary.load(vocabulary_file)
        grammar = Grammar(vocabulary, arrays["predicates"], arrays["compounds"])
        return LearnedVocabulary(vocabulary, vectors, arrays["idf"], grammar)


def judge_file(run: Path, number: int) -> Path:
    """Return where the judge of one of the judge's runs is kept, from 0."""
    return run / f"judge-{number}.npz"


def judges_file(run: Path) -> Path:
    """Return where it is written what is known about the judges of a run that were chosen."""
    return run / "judges.json"


def is_held_out(document: str, one_in: int) -> bool:
    """Return whether a document with verdicts measures the judge: by its name, one in so many; none if that is 0."""
    return one_in > 0 and zlib.crc32(document.encode()) % one_in == 0


def prepare_forms(
    run: Path,
    cuts: Sequence[Path],
    pairs: Sequence[Path],
    lexicon: LearnedVocabulary,
    *,
    folder: Path | None,
    config: TrainConfig,
    report: Report,
) -> JudgeExamples:
    """Return what the judge learns from and is measured on; nothing if the run has its judges already.

    Without any verdict to learn from nothing else is read.

    Args:
        run: directory of the run.
        cuts: files of judged cuts; what is in `NAME.dev.jsonl` is held out.
        pairs: sentences and shorter ones, JSONL with `sources` and `target`.
        lexicon: vocabulary and grammar.
        folder: of the corpora in which the texts of judged cuts are found.
        config: how much is learned from and held out.
        report: takes lines about what was read.

    Raises:
        InputError: a file or a text cannot be read, two files have one name, or a text is not the one that was read.
    """
    files = [judges_file(run), *(judge_file(run, number) for number in range(config.judge_runs))]
    if all(file.exists() for file in files):
        return JudgeExamples()
    judged: list[FormExample] = []
    held_out: dict[str, list[FormExample]] = {}
    for name, path in corpus_names(cuts).items():
        is_dev, num_before = name.endswith(".dev"), len(judged)
        for form in read_cuts(path, folder):
            is_measured = is_dev or is_held_out(form.document, config.judge_held_out)
            group = held_out.setdefault(f"{name} ({form.language})", []) if is_measured else judged
            group.append(make_example(form, lexicon.grammar))
        report(f"{name}: {len(judged) - num_before} judged cuts to learn from")
    if not judged:
        report("no verdicts on cuts to learn from: the model will shorten nothing")
        return JudgeExamples(held_out=held_out)
    forms = islice(read_deletions(pairs, config.seed), config.num_deletions)
    deletions = [make_example(form, lexicon.grammar) for form in forms]
    report(f"made {len(deletions)} forms of what people left out")
    return JudgeExamples(judged, deletions, held_out)


def prepare_examples(
    run: Path,
    corpora: Sequence[Path],
    lexicon: LearnedVocabulary,
    *,
    folder: Path | None,
    config: TrainConfig,
    network: NetworkConfig,
    report: Report,
) -> dict[str, Examples]:
    """Return the examples of each training corpus by its name, made if the run does not have them yet.

    Args:
        run: directory of the run.
        corpora: training corpora and files of marks.
        lexicon: vocabulary and idf.
        folder: of the corpora in which the texts of marks are found.
        config: how examples are made.
        network: sizes.
        report: takes a line about what was done.

    Raises:
        InputError: a corpus cannot be read, or two have one name.
    """
    examples = {}
    for name, path in corpus_names(corpora).items():
        made = run / f"examples-{name}"
        if not made.exists():
            make_examples(path, made, lexicon.vocabulary, lexicon.idf, config, network.num_steps, folder)
            report(f"made examples of {name}")
        examples[name] = Examples.load(made)
    return examples
