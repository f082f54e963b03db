"""A whole training, from corpora to a model directory."""

import dataclasses
import hashlib
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from summarize.config import NetworkConfig, TrainConfig
from summarize.errors import InputError
from summarize.evaluate.corpus import CorpusDocument, corpus_names, parse_row, sample_corpus
from summarize.evaluate.marks import carry_marks, is_marked, marked_rows
from summarize.evaluate.overlap import rouge_units
from summarize.network.features import FEATURE_NAMES, TERM_FEATURES
from summarize.network.scorer import text_mask
from summarize.network.storage import Model, save_model
from summarize.text.terms import find_terms
from summarize.train.card import write_card
from summarize.train.dev import DevCorpus, best_attention, measure_dev
from summarize.train.forms import JudgeExamples
from summarize.train.judge_measure import JudgeRecord
from summarize.train.labels import MAX_SET_SIZE, soft_labels
from summarize.train.prepare import Report, prepare_examples, prepare_forms, prepare_lexicon
from summarize.train.workers import Worker, wait_for

_MARKED_LENGTHS = (1, 3)  # sentences of the summaries that marks are measured at
_ORACLE_DOCUMENTS = 50  # of a dev corpus, enough to see how long its summaries are


def summary_sentences(documents: Sequence[CorpusDocument]) -> int:
    """Return how many sentences the greedy oracle takes of a corpus' documents on average, 1 to `MAX_SET_SIZE`."""
    lengths = []
    for item in documents[:_ORACLE_DOCUMENTS]:
        units = [rouge_units(text, item.document.language) for text in item.document.sentence_texts()]
        reference = rouge_units(item.references[0], item.document.language)
        mask = text_mask(item.document)
        lengths.append(len(soft_labels(units, reference, mask, max_size=1, num_steps=MAX_SET_SIZE).oracle))
    return max(1, round(sum(lengths) / len(lengths)))


def _read_dev(paths: Sequence[Path], limit: int, folder: Path | None) -> list[DevCorpus]:
    corpora: list[DevCorpus] = []
    for name, path in corpus_names(paths).items():
        if is_marked(path):
            corpora += _read_marked_dev(name, path, folder)
            continue
        documents = tuple(sample_corpus(path, limit))
        if not documents:
            raise InputError(f"{path}: no document in it")
        corpora.append(
            DevCorpus(
                name,
                documents,
                tuple(find_terms(item.document) for item in documents),
                summary_sentences(documents),
            )
        )
    return corpora


def _read_marked_dev(name: str, path: Path, folder: Path | None) -> Iterator[DevCorpus]:
    """Yield a file of marks as corpora, one for each length that is looked at."""
    rows = list(marked_rows(path, folder))
    documents = tuple(parse_row(json.dumps(row), f"{path}:{number}") for number, row in enumerate(rows, start=1))
    marks = tuple(carry_marks(item.document, row["marks"]) for item, row in zip(documents, rows, strict=True))
    terms = tuple(find_terms(item.document) for item in documents)
    for length in _MARKED_LENGTHS:
        yield DevCorpus(f"{name} N={length}", documents, terms, length, marks)


def _select_unmarked(train: Sequence[Path]) -> list[Path]:
    """Return the training corpora that are no files of marks; that there are none is an `InputError`."""
    unmarked = [path for path in train if not is_marked(path)]
    if not unmarked:
        raise InputError(
            "marks alone teach no words; name a corpus with --train FILE or a folder of them with --corpora"
        )
    return unmarked


def _check_settings(run: Path, settings: dict[str, object]) -> None:
    """Refuse to continue with a run that was begun with other settings or corpora."""
    file = run / "settings.json"
    text = json.dumps(settings, indent=1)
    if file.exists() and file.read_text(encoding="utf-8") != text:
        raise InputError(f"{run}: begun with other settings or corpora; remove it or name another --run directory")
    file.write_text(text, encoding="utf-8")


def train_model(
    train: Sequence[Path],
    dev: Sequence[Path],
    plain: Sequence[Path],
    pairs: Sequence[Path],
    cuts: Sequence[Path],
    *,
    folder: Path | None = None,
    out: Path,
    run: Path,
    sizes: Mapping[str, int],
    config: TrainConfig,
    dev_documents: int,
    report: Report,
    worker: Worker | None = None,
) -> Model:
    """Train a model and write it; return it, without its judges where another process writes it.

    Args:
        train: training corpora, JSONL, and files of marks.
        dev: corpora and files of marks to choose the epoch and the default attention by.
        plain: further text for word vectors.
        pairs: sentences and shorter ones, JSONL with `sources` and `target`.
        cuts: shortened sentences with verdicts, JSONL.
        folder: of the corpora in which the texts of marks and of cuts are found.
        out: where the model directory goes.
        run: where intermediate results are kept.
        sizes: sizes of the network that differ from the defaults.
        config: how to train.
        dev_documents: most documents of a dev corpus.
        report: takes lines about the progress.
        worker: which of several processes this is, all of which are called with the same; the first one writes.

    Raises:
        InputError: a file cannot be read, there are only marks, or the run was begun with other settings.
        ValueError: a size is unknown or out of range.
    """
    start = time.monotonic()
    worker = worker or Worker()
    run.mkdir(parents=True, exist_ok=True)
    prepared = run / "prepared"
    if not worker.is_first:
        wait_for(prepared)
    digests = _digests(train)
    _check_settings(
        run,
        {
            "corpora": digests,
            "dev": {**_digests(dev), "documents": dev_documents},
            "plain": _digests(plain),
            "pairs": _digests(pairs),
            "cuts": _digests(cuts),
            "network": dict(sizes),
            "train": dataclasses.asdict(config),
            "features": list(FEATURE_NAMES),
        },
    )
    unmarked = _select_unmarked(train)
    dev_corpora = _read_dev(dev, dev_documents, folder)
    for corpus in dev_corpora:
        report(f"dev {corpus.name}: {len(corpus.documents)} documents, {corpus.num_sentences} sentences a summary")
    embedding_size = _network_config(1, sizes).embedding_size
    lexicon = prepare_lexicon(run, unmarked, plain, config=config, embedding_size=embedding_size, report=report)
    network = _network_config(len(lexicon.vocabulary), sizes)
    forms = JudgeExamples()
    if worker.is_first:
        forms = prepare_forms(run, cuts, pairs, lexicon, folder=folder, config=config, report=report)
    examples = prepare_examples(run, train, lexicon, folder=folder, config=config, network=network, report=report)
    for name, made in examples.items():
        report(f"{name}: {len(made)} examples")
    if not any(len(made) for made in examples.values()):
        raise InputError("no training document has anything in common with its summary; check `text` and `summary`")
    prepared.touch()
    # Only now: the examples are made by forked processes, and TensorFlow has threads from its import on.
    from summarize.train.fit import fit, fit_marks
    from summarize.train.judge_fit import prepare_judges
    from summarize.train.steps import DistributedSteps, LocalSteps, Steps

    steps: Steps = DistributedSteps(worker) if worker.count > 1 else LocalSteps()
    if worker.is_first:
        judges, record = prepare_judges(run, forms, lexicon, network=network, train=config, report=report)
    model, epoch = fit(run, examples, lexicon, dev_corpora, network=network, train=config, report=report, steps=steps)
    model = fit_marks(run, examples, lexicon, dev_corpora, model, train=config, report=report, steps=steps)
    if not worker.is_first:
        return model
    model = replace(model, weights={**model.weights, **judges})
    return _write(
        out,
        model,
        config,
        dev_corpora,
        corpora={name: (len(made), digests[name]) for name, made in examples.items()},
        judge=record,
        epochs=epoch,
        start=start,
        report=report,
    )


def _network_config(vocabulary_size: int, sizes: Mapping[str, int]) -> NetworkConfig:
    """Return the sizes of the network: what the words and the features give, and what is asked for."""
    found = {
        "vocabulary_size": vocabulary_size,
        "num_features": len(FEATURE_NAMES),
        "num_term_features": len(TERM_FEATURES),
    }
    return NetworkConfig(**{**found, **sizes})


def _write(
    out: Path,
    model: Model,
    config: TrainConfig,
    dev_corpora: Sequence[DevCorpus],
    *,
    corpora: Mapping[str, tuple[int, str]],
    judge: JudgeRecord,
    epochs: int,
    start: float,
    report: Report,
) -> Model:
    """Choose the default attention by dev, write the model directory with its card, and return the model."""
    scores = measure_dev(model, dev_corpora)
    if dev_corpora:
        model = replace(model, default_attention=best_attention(scores, dev_corpora))
    save_model(model, out)
    write_card(
        out / "README.md",
        model,
        config,
        corpora=dict(corpora),
        dev={corpus.name: (corpus.num_sentences, scores[corpus.name]) for corpus in dev_corpora},
        judge=judge,
        epochs=epochs,
        minutes=(time.monotonic() - start) / 60,
    )
    report(f"wrote {out}; default attention {model.default_attention}")
    return model


def _digests(paths: Sequence[Path]) -> dict[str, str]:
    """Return the first digits of the SHA-256 of each file by its corpus' name."""
    digests = {}
    for name, path in corpus_names(paths).items():
        try:
            with path.open("rb") as file:
                digests[name] = hashlib.file_digest(file, "sha256").hexdigest()[:12]
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}") from error
    return digests
