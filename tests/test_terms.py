import numpy as np
from hypothesis import given
from models import document_of
from strategies import articles, few_examples

from summarize.document import Document, Sentence
from summarize.text.language import detect_language
from summarize.text.normalization import normalize
from summarize.text.segmentation import find_sentences
from summarize.text.terms import find_terms, word_spans
from summarize.text.tokenization import is_word, tokenize


def test_terms_are_numbered_by_first_occurrence() -> None:
    terms = find_terms(document_of("The cat saw the dog.", "The dog slept."))
    assert terms.terms == ("the", "cat", "saw", "dog", "slept")
    assert terms.term_ids.tolist() == [0, 1, 2, 0, 3, 0, 3, 4]
    assert terms.bounds.tolist() == [0, 5, 8]


def test_terms_know_each_sentence() -> None:
    terms = find_terms(document_of("The cat saw the dog.", "The dog slept."))
    assert terms.num_sentences == 2
    assert terms.lengths.tolist() == [5, 3]
    assert terms.sentence(0).tolist() == [0, 1, 2, 0, 3]
    assert terms.sentence(1).tolist() == [0, 3, 4]


def test_terms_have_stated_types() -> None:
    terms = find_terms(document_of("The cat sat."))
    assert terms.term_ids.dtype == np.int32
    assert terms.bounds.dtype == np.int64


def test_terms_are_lower_case() -> None:
    assert find_terms(document_of("Rain RAIN rain")).terms == ("rain",)


def test_terms_are_simplified() -> None:
    terms = find_terms(document_of("河水漲了。", "河水涨了。", language="zh"))
    assert terms.sentence(0).tolist() == terms.sentence(1).tolist()
    assert "涨" in "".join(terms.terms)
    assert "漲" not in "".join(terms.terms)


def test_terms_in_full_width_letters_are_ascii() -> None:
    assert find_terms(document_of("Ａｐｐｌｅ apple")).terms == ("apple",)


def test_terms_leave_out_punctuation_and_space() -> None:
    assert find_terms(document_of("rain,  (wind) -- 3.5%!")).terms == ("rain", "wind", "3.5%")


def test_terms_of_punctuation_alone_are_none() -> None:
    terms = find_terms(document_of("Rain.", "……", "Wind."))
    assert terms.lengths.tolist() == [1, 0, 1]
    assert terms.sentence(1).tolist() == []


def test_terms_outside_sentences_do_not_count() -> None:
    document = Document("rain wind snow", (Sentence(5, 9, 0),), "en")
    assert find_terms(document).terms == ("wind",)


def test_terms_of_document_without_sentences_are_none() -> None:
    terms = find_terms(Document("", (), "zh"))
    assert terms.terms == ()
    assert terms.num_sentences == 0
    assert terms.term_ids.shape == (0,)
    assert terms.lengths.shape == (0,)


@few_examples
@given(articles())
def test_terms_of_each_sentence_are_its_words_in_order(text: str) -> None:
    document = Document(text, find_sentences(text), detect_language(text))
    found = find_terms(document)
    assert len(set(found.terms)) == len(found.terms)
    for index, sentence in enumerate(document.sentence_texts()):
        expected = [token.lower() for token in tokenize(normalize(sentence)) if is_word(token)]
        assert [found.terms[term_id] for term_id in found.sentence(index)] == expected


@few_examples
@given(articles())
def test_word_spans_are_those_of_the_terms(text: str) -> None:
    document = Document(text, find_sentences(text), detect_language(text))
    terms = find_terms(document)
    normalized = normalize(text)
    spans = list(word_spans(document))
    assert [len(of_sentence) for of_sentence in spans] == terms.lengths.tolist()
    words = [normalized[start:end].lower() for of_sentence in spans for start, end in of_sentence]
    assert words == [terms.terms[term] for term in terms.term_ids]
