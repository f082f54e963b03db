"""Multi-document summarization: texts are read singly and together, and shared content gets more weight.

The texts become one document, whose places of the kind "text" say where each begins: offsets stay exact, and whatever
can be done with a summary of one text can be done with this one.
"""

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from summarize.document import Document, Language, Source
from summarize.errors import InputError
from summarize.interface import _
from summarize.lexicon import NOTHING_SAID
from summarize.pipeline import default_scorer, summarize_text
from summarize.summary import Summary
from summarize.text.dates import is_date_line
from summarize.text.days import Day, find_day
from summarize.text.documents import as_document
from summarize.text.joining import join_documents
from summarize.text.patterns import lazy_pattern
from summarize.value import replace

if TYPE_CHECKING:
    from summarize.network.scorer import NetworkScorer

_OPENING_SENTENCES = 10  # of a text, among which a line with its date may stand
_DAY_CHARS = 30  # after 截至, in which a day may stand
_AS_OF = lazy_pattern(r"截[至止]|\b[Aa]s of\b")


def summarize_together(
    sources: Sequence[str | Source],
    names: Sequence[str] | None = None,
    *,
    language: Language | None = None,
    scorer: "NetworkScorer | None" = None,
    **options: Any,
) -> Summary:
    """Summarize several texts as one.

    Sentences are in the order of the texts. Content shared by two texts is stated once. If a newer text gives another
    value for a figure, the newer one is used: by the dates of the texts, if each has one (`summarize.text.days`),
    otherwise by their order, the newest last. `Document.texts` of the summary's document lists the texts.

    Args:
        sources: the texts; one that is only white space is ignored.
        names: the name of each text; by default its own name or title, or its number from 1.
        language: "zh" or "en"; by default detected for each text, and for the whole the one that prevails.
        scorer: the scorer of sentences; by default the network with the supplied model.
        options: further arguments of `summarize_text`.

    Raises:
        ValueError: there are no texts, not as many names as texts, or an option is out of range.
        InputError: all of the texts are empty, or white space and control characters.
        BudgetError: as for `summarize_text`.
        ModelError: as for `summarize_text`.
    """
    from summarize.network.together import MultiDocumentScorer

    if not sources:
        raise ValueError("there is no text to summarize; give at least one")
    if names is not None and len(names) != len(sources):
        raise ValueError(f"{len(names)} names for {len(sources)} texts: give one name for each text")
    read = [Source(source, "utf-8") if isinstance(source, str) else source for source in sources]
    called = names or [source.name or source.title or str(number) for number, source in enumerate(read, start=1)]
    lexicon = options.get("lexicon", NOTHING_SAID)
    documents = [replace(as_document(source, language), lexicon=lexicon) for source in read]
    if not any(document.sentences for document in documents):
        raise InputError(_("the texts are empty") if len(read) > 1 else _("the text is empty"))
    joined = join_documents(documents, called, language)
    network = scorer or cast("NetworkScorer", default_scorer())
    days = [text_day(document, name) for document, name in zip(documents, called, strict=True)]
    together = MultiDocumentScorer(network.model, joined, documents, days)
    return summarize_text(joined, scorer=together, **options)


def text_day(document: Document, name: str) -> Day | None:
    """Return the date of a text; None if it has none.

    It is found in the name or title, in a date line, in the first sentence, or as the first "as of" date.

    Args:
        document: the text.
        name: what it is called.
    """
    lines = [document.text[one.start : one.end] for one in document.sentences[:_OPENING_SENTENCES]]
    dated = [line for line in lines if is_date_line(line)]
    told = zip(document.sentence_texts(), document.sentences, strict=True)
    first = [text for text, sentence in told if sentence.is_text][:1]
    as_of = (document.text[match.end() : match.end() + _DAY_CHARS] for match in _AS_OF.finditer(document.text))
    texts = chain((name, document.title or ""), dated, first, as_of)
    return next((day for text in texts if (day := find_day(text))), None)
