"""Peers, a network and documents that are made up, so that every choice is known beforehand."""

import json
from collections import Counter
from typing import ClassVar

import pytest
from fakes import FakeGrammar

from benchmarks.quality.peers import Peer
from summarize.config import SelectionConfig
from summarize.document import Document, Sentence
from summarize.evaluate.corpus import CorpusDocument


class FakeReading:
    """All attention on one sentence: the first for parallel, the second for sequential, the last for tree."""

    closed: ClassVar[dict] = {}
    query = None

    def __init__(self, num_sentences):
        self._num_sentences = num_sentences

    def weigh(self, kind):
        import numpy as np

        weights = np.full(self._num_sentences, 0.01)
        weights[{"parallel": 0, "sequential": 1, "tree": -1}[kind] % self._num_sentences] = 1
        return weights / weights.sum()

    def similarity(self, index, first=0, end=None):
        import numpy as np

        return np.eye(self._num_sentences)[index, first:end]


class FakeScorer:
    default_attention = "sequential"
    grammar = FakeGrammar()

    def selection(self, kind):
        return SelectionConfig()

    def read(self, document, *_):
        return FakeReading(len(document.sentences))


@pytest.fixture
def fake_scorer():
    return FakeScorer()


@pytest.fixture
def asked():
    """How often each make-believe peer was asked."""
    return Counter()


@pytest.fixture
def make_peer(asked):
    """A peer that ranks by a rule, or raises."""

    def make(name, rank, version="1"):
        def counted(text):
            asked[name] += 1
            return rank(text)

        return Peer(name, version, ("zh", "en"), counted)

    return make


@pytest.fixture
def make_item():
    """A document with a sentence a paragraph; one that begins with `#` is a heading, its mark taken off."""

    def make(*sentences, reference="无", language="zh"):
        text, spans = "", []
        for number, sentence in enumerate(sentences):
            start = len(text) + bool(text)
            shown = sentence.removeprefix("#")
            text = f"{text}\n{shown}" if text else shown
            spans.append(Sentence(start, start + len(shown), number, "heading" if sentence.startswith("#") else "text"))
        return CorpusDocument("test", Document(text, tuple(spans), language), (reference,))

    return make


@pytest.fixture
def corpora(tmp_path):
    """A folder with a corpus of three documents of seven sentences and one of two, written for this test."""
    texts = [
        "".join(f"第{number}号渡船{verb}了码头。" for verb in ("离开", "到达", "绕过", "看见", "错过", "避开", "寻找"))
        for number in (1, 2, 3)
    ]
    texts.append("风停了下来。船慢慢靠岸。")
    rows = [{"text": text, "summary": text.partition("。")[0], "lang": "zh"} for text in texts]
    path = tmp_path / "corpora" / "zh" / "test" / "boats.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path / "corpora"
