"""From corpora to what the network is fitted on; each result is a file, so that a killed run goes on from there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarize.config import NetworkConfig, TrainConfig
from summarize.evaluate.corpus import corpus_names
from summarize.network.encoder import WordVectors
from summarize.text.grammar import Grammar
from summarize.text.vocabulary import SPECIAL_TERMS, UNKNOWN_ID, Vocabulary
from summarize.train.edits import EditMaker, Edits, make_edits
from summarize.train.examples import Examples, count_terms, make_examples
from summarize.train.grammar import count_grammar, make_grammar
from summarize.train.vectors import choose_terms, learn_vectors

Report = Callable[[str], None]
EDITOR_FILE = "editor.npz"  # in the directory of a run


@dataclass(frozen=True, slots=True)
class Lexicon:
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
    corpora: Sequence[Path], plain: Sequence[Path], config: TrainConfig, embedding_size: int, report: Report
) -> Lexicon:
    counts = count_terms(corpora, plain)
    report(f"counted {int(counts.counts().sum()):,} words, {len(counts.terms):,} distinct")
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
    return Lexicon(vocabulary, vectors, idf, grammar)


def prepare_lexicon(
    run: Path,
    corpora: Sequence[Path],
    plain: Sequence[Path],
    *,
    config: TrainConfig,
    embedding_size: int,
    report: Report,
) -> Lexicon:
    """Return the lexicon of a run, learned if the run does not have it yet.

    Args:
        run: directory of the run.
        corpora: training corpora, JSONL.
        plain: further text, documents parted by blank lines.
        config: sizes and seed.
        embedding_size: E.
        report: takes a line about what was done.

    Raises:
        InputError: a file cannot be read.
    """
    vocabulary_file, arrays_file = run / "vocabulary.txt", run / "lexicon.npz"
    if not arrays_file.exists():
        lexicon = _learn_lexicon(corpora, plain, config, embedding_size, report)
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
        return Lexicon(vocabulary, vectors, arrays["idf"], grammar)


def prepare_edits(
    run: Path, corpora: Sequence[Path], pairs: Sequence[Path], lexicon: Lexicon, report: Report
) -> dict[str, Edits]:
    """Return what the editor learns from documents and from pairs, by name, made if the run does not have it yet.

    Nothing if the run has its editor already.

    Raises:
        InputError: a file cannot be read.
    """
    if (run / EDITOR_FILE).exists():
        return {}
    maker = EditMaker(lexicon.grammar, lexicon.idf)
    edits = {}
    named = [(name, path, False) for name, path in corpus_names(corpora).items()]
    named += [(f"pairs-{name}", path, True) for name, path in corpus_names(pairs).items()]
    for name, path, are_pairs in named:
        file = run / f"edits-{name}.npz"
        if not file.exists():
            make_edits(path, maker, are_pairs=are_pairs).save(file)
            report(f"made edits of {name}")
        edits[name] = Edits.load(file)
    return edits


def prepare_examples(
    run: Path,
    corpora: Sequence[Path],
    lexicon: Lexicon,
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
        file = run / f"examples-{name}.npz"
        if not file.exists():
            make_examples(path, lexicon.vocabulary, lexicon.idf, config, network.num_steps, folder).save(file)
            report(f"made examples of {name}")
        examples[name] = Examples.load(file)
    return examples
