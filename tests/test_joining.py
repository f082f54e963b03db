import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import any_texts

from summarize.document import Document, Location, RoleSpan, Source
from summarize.text.documents import as_document
from summarize.text.joining import join_documents


def documents_of(*texts):
    return [as_document(Source(text, "utf-8")) for text in texts]


def test_texts_stand_one_behind_the_other_with_a_blank_line_between():
    joined = join_documents(documents_of("下雨了。\n河水涨了。", "Rain fell. The river rose."), ["a.txt", "b.txt"])
    assert joined.text == "下雨了。\n河水涨了。\n\nRain fell. The river rose."
    assert list(joined.sentence_texts()) == ["下雨了。", "河水涨了。", "Rain fell.", "The river rose."]
    assert [sentence.paragraph for sentence in joined.sentences] == [0, 1, 2, 2]
    assert joined.texts == (Location(0, "text", "a.txt"), Location(12, "text", "b.txt"))
    assert joined.language == "zh"


def test_the_lines_of_plain_text_are_counted_in_each_text():
    joined = join_documents(documents_of("一。\n二。", "三。\r\n四。"), ["a", "b"])
    lines = [(place.start, place.value) for place in joined.places if place.kind == "line"]
    assert lines == [(0, "1"), (3, "2"), (7, "1"), (11, "2")]


def test_a_text_without_a_kind_of_place_says_so():
    pages = as_document(Source("甲。乙。", "utf-8", places=(Location(0, "page", "1"), Location(2, "page", "2"))))
    joined = join_documents([pages, *documents_of("丙。"), pages], ["a.pdf", "b.txt", "c.pdf"])
    assert [(place.start, place.kind, place.value) for place in joined.places if place.kind != "text"] == [
        (0, "line", ""),
        (0, "page", "1"),
        (2, "page", "2"),
        (6, "page", ""),
        (6, "line", "1"),
        (10, "line", ""),
        (10, "page", "1"),
        (12, "page", "2"),
    ]


def test_speakers_bodies_and_roles_move_with_their_text():
    talk = as_document(Source("张三：下雨了。\n李四：知道了。\n张三：带伞吧。\n李四：带了。", "utf-8"))
    quoted = as_document(Source("原来的话。", "utf-8", parts=(RoleSpan(0, 5, "apparatus"),)))
    joined = join_documents([*documents_of("前文。"), talk, quoted], ["", "", ""])
    said = [joined.text[slice(*one.speaker)] if one.speaker else None for one in joined.sentences]
    assert said == [None, "张三", "李四", "张三", "李四", None]
    assert list(joined.sentence_texts()) == ["前文。", "下雨了。", "知道了。", "带伞吧。", "带了。", "原来的话。"]
    assert [sentence.role for sentence in joined.sentences] == [*["text"] * 5, "apparatus"]


def test_an_empty_text_keeps_its_place_and_has_no_sentence():
    joined = join_documents(documents_of("", "下雨了。", " \n"), ["a", "b", "c"])
    assert [place.value for place in joined.texts] == ["a", "b", "c"]
    assert list(joined.sentence_texts()) == ["下雨了。"]


@given(st.lists(any_texts, min_size=1, max_size=3))
def test_offsets_are_exact(texts):
    documents = documents_of(*texts)
    joined = join_documents(documents, [""] * len(texts))
    assert list(joined.sentence_texts()) == [text for document in documents for text in document.sentence_texts()]
    ends = [0, *(sentence.end for sentence in joined.sentences)]
    for end, sentence in zip(ends, joined.sentences, strict=False):
        assert not joined.text[end : sentence.start].strip()
    numbers = [sentence.paragraph for sentence in joined.sentences]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(set(numbers))))
    starts = [place.start for place in joined.places]
    assert starts == sorted(starts)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_language_of_the_whole_may_be_given(language):
    assert join_documents([Document("a", (), "en")], [""], language).language == language
