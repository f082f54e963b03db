"""What is measured: sets of documents with a length each, as they are and changed so that the place tells less."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from benchmarks.quality.peers import candidates_of
from summarize.document import Document, Language, Sentence
from summarize.evaluate.corpus import CorpusDocument, read_corpus, sample_corpus
from summarize.text.pieces import needs_space

BEHEADED = 3  # sentences taken from the beginning
MIN_TO_BEHEAD = 6  # sentences of a document that is beheaded; shorter ones are skipped


@dataclass(frozen=True, slots=True)
class TestSet:
    """A corpus and how many sentences its summaries have.

    Args:
        corpus: `LANGUAGE/PART/NAME`, as in `zh/test/dtels`.
        num_sentences: N.
    """

    __test__ = False  # for pytest: not a class of tests

    corpus: str
    num_sentences: int

    @property
    def language(self) -> Language:
        """The language of its folder."""
        return "en" if self.corpus.startswith("en/") else "zh"

    @property
    def name(self) -> str:
        """Its short name: `dtels`, or `vcsum (dev)` where it is not of the test sets."""
        _, part, name = self.corpus.split("/")
        return name if part == "test" else f"{name} ({part})"

    def path(self, corpora: Path) -> Path:
        """Return its file."""
        packed = corpora / f"{self.corpus}.jsonl.gz"
        return packed if packed.exists() else corpora / f"{self.corpus}.jsonl"


DEFAULT_SETS = (
    "zh/test/dtels:1",
    "zh/test/xwlb:1",
    "zh/test/lctt:1",
    "zh/test/csl:1",
    "zh/dev/bedtimenews:3",
    "zh/dev/ms_docs:1",
    "zh/dev/vcsum:3",
    "en/test/cnndm:3",
    "en/test/scitldr:1",
    "en/test/bbc:5",
)
CURVES = ("zh/test/dtels", "zh/test/lctt", "en/test/cnndm", "en/test/bbc")
CURVE_LENGTHS = (1, 2, 3, 4, 5)


def parse_set(value: str) -> TestSet:
    """Read `zh/test/dtels:1`.

    Raises:
        BadParameter: it is not of that form.
    """
    corpus, _, length = value.rpartition(":")
    if not length.isdigit() or int(length) < 1 or corpus.count("/") != 2:
        raise click.BadParameter(f"{value!r} is not LANGUAGE/PART/NAME:N")
    return TestSet(corpus, int(length))


def rebuilt(document: Document, order: Sequence[int], slots: Sequence[Sentence]) -> Document:
    """Return a document of the sentences `order` of another, each in the paragraph and the role of a slot."""
    texts = list(document.sentence_texts())
    text, spans, before = "", [], ""
    for index, slot in zip(order, slots, strict=True):
        if spans:
            is_new = slot.paragraph != spans[-1].paragraph
            text += "\n" if is_new else " " * needs_space(before, texts[index])
        before = texts[index]
        spans.append(replace(slot, start=len(text), end=len(text) + len(texts[index])))
        text += texts[index]
    return Document(text, tuple(spans), document.language)


def shuffled(item: CorpusDocument, seed: int) -> CorpusDocument:
    """Return the document with its sentences in random order, the same for a document each time.

    Headings stay where they are, and paragraphs keep their number of sentences.
    """
    document = item.document
    if not document.sentences:
        return item
    movable = candidates_of(document)
    order = list(range(len(document.sentences)))
    mixed = random.Random(f"{seed} {document.text}").sample(movable, len(movable))
    for slot, index in zip(movable, mixed, strict=True):
        order[slot] = index
    return replace(item, document=rebuilt(document, order, document.sentences))


def drop_lead(item: CorpusDocument, seed: int) -> CorpusDocument | None:
    """Return the document without its first three sentences, headings kept; None if it has fewer than six."""
    document = item.document
    if not document.sentences:
        return None
    candidates = candidates_of(document)
    if len(candidates) < MIN_TO_BEHEAD:
        return None
    gone = set(candidates[:BEHEADED])
    kept = [index for index in range(len(document.sentences)) if index not in gone]
    numbers = sorted({document.sentences[index].paragraph for index in kept})  # consecutive again
    slots = [
        replace(document.sentences[index], paragraph=numbers.index(document.sentences[index].paragraph))
        for index in kept
    ]
    return replace(item, document=rebuilt(document, kept, slots))


Change = Callable[[CorpusDocument, int], CorpusDocument | None]
AS_IS = "as is"
CONDITIONS: dict[str, Change] = {AS_IS: lambda item, seed: item, "shuffled": shuffled, "beheaded": drop_lead}


def documents_of(path: Path, *, limit: int | None, condition: str, seed: int) -> Iterator[CorpusDocument]:
    """Yield the documents of a set that have a sentence, at most `limit` evenly spread ones, under a condition.

    Raises:
        InputError: the corpus cannot be read.
    """
    for item in read_corpus(path) if limit is None else sample_corpus(path, limit):
        changed = CONDITIONS[condition](item, seed)
        if changed is not None and changed.document.sentences:
            yield changed
