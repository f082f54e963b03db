"""`PYTHON adapters.py TOOL SOURCE LANGUAGE SENTENCES`: print the summary that another tool makes of a file or a page.

It runs in an environment that has the tools, and needs nothing else. Each is used as its documentation shows, but that
sentences are cut by a rule where it would fetch NLTK's Punkt, which is in no package. What only reads, and does not
summarize, hands its text on to sumy.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

_LANGUAGES = {"zh": "chinese", "en": "english"}


class _Sentences:
    """Cuts sentences by a rule, in place of Punkt."""

    def __init__(self, language: str = "english") -> None:
        self.language = language

    def tokenize(self, text: str) -> list[str]:
        """Return the sentences of a text."""
        return [part for part in re.split(r"(?<=[.!?])\s+|(?<=[。！？])", text) if part.strip()]


def sumy(source: str, language: str, sentences: int) -> str:
    """Read with sumy's parsers of pages and of plain text."""
    from sumy.parsers.html import HtmlParser
    from sumy.parsers.plaintext import PlaintextParser

    tokenizer = _tokenizer(language)
    if _is_address(source):
        parser = HtmlParser.from_url(source, tokenizer)
    elif source.endswith((".html", ".htm")):
        parser = HtmlParser.from_file(source, None, tokenizer)
    else:
        parser = PlaintextParser.from_file(source, tokenizer)
    return _ranked(parser, language, sentences)


def markitdown(source: str, language: str, sentences: int) -> str:
    """Make Markdown of it with markitdown, and summarize that with sumy."""
    from markitdown import MarkItDown

    return _summary(MarkItDown().convert(source).text_content, language, sentences)


def trafilatura(source: str, language: str, sentences: int) -> str:
    """Take the main text with trafilatura, and summarize it with sumy."""
    from trafilatura import extract

    if _is_address(source):
        with urlopen(source) as answer:  # what it has itself for that refuses addresses of this machine
            page = answer.read()
    else:
        page = Path(source).read_bytes()
    text = extract(page)
    if not text:
        raise ValueError("no main text")
    return _summary(text, language, sentences)


def newspaper(source: str, language: str, sentences: int) -> str:
    """Read a page and summarize it with newspaper4k."""
    from newspaper import Article, nlp

    nlp.split_sentences._tokenizer = _Sentences()
    address = source if _is_address(source) else Path(source).resolve().as_uri()
    article = Article(address, language=language, max_summary_sent=sentences)
    article.download(input_html=None if _is_address(source) else Path(source).read_bytes().decode())
    article.parse()
    article.nlp()
    return str(article.summary)


def _is_address(source: str) -> bool:
    return source.startswith("http")


def _summary(text: str, language: str, sentences: int) -> str:
    from sumy.parsers.plaintext import PlaintextParser

    return _ranked(PlaintextParser.from_string(text, _tokenizer(language)), language, sentences)


def _tokenizer(language: str) -> Any:
    from nltk import tokenize
    from sumy.nlp.tokenizers import Tokenizer

    tokenize.PunktTokenizer = _Sentences
    tokenize.sent_tokenize = lambda text, language: _Sentences(language).tokenize(text)
    return Tokenizer(_LANGUAGES[language])


def _ranked(parser: Any, language: str, sentences: int) -> str:
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.utils import get_stop_words

    summarizer = LexRankSummarizer(Stemmer(_LANGUAGES[language]))
    summarizer.stop_words = get_stop_words(_LANGUAGES[language])
    return "\n".join(str(sentence) for sentence in summarizer(parser.document, sentences))


TOOLS: dict[str, Callable[[str, str, int], str]] = {
    "sumy": sumy,
    "markitdown": markitdown,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper,
}


def main(tool: str, source: str, language: str, sentences: str) -> None:
    """Print a summary, or say in a line why there is none."""
    try:
        print(TOOLS[tool](source, language, int(sentences)))
    except Exception as error:
        sys.exit(f"{tool}: {type(error).__name__}: {' '.join(str(error).split())}")


if __name__ == "__main__":
    main(*sys.argv[1:])
