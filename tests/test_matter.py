import numpy as np

from summarize.document import Document, Source
from summarize.text.documents import as_document
from summarize.text.matter import find_boilerplate

BODY = " ".join(f"The river rose to {metres} metres and the town was flooded." for metres in range(40))


def found_in(document: Document) -> list[str]:
    is_matter = find_boilerplate(document, np.ones(len(document.sentences), np.bool_))
    return [text for text, found in zip(document.sentence_texts(), is_matter, strict=True) if found]


def document_of(text: str) -> Document:
    return as_document(Source(text, "utf-8"))


def test_a_licence_stands_around_a_text() -> None:
    notice = "Permission is granted to copy this book."
    assert found_in(document_of(f"{notice} The water came at night.\n\n{BODY}")) == [notice]


def test_what_a_heading_names_as_such_does_until_the_next_heading() -> None:
    text = f"# Acknowledgements\n\nMy wife read it all.\n\n# The flood\n\n{BODY}"
    assert found_in(document_of(text)) == ["Acknowledgements", "My wife read it all."]


def test_so_does_a_line_without_a_stop_where_most_sentences_have_one() -> None:
    text = f"3.2. Where the water came from\n\n{BODY}"
    assert found_in(document_of(text)) == ["3.2. Where the water came from"]
    lines = "\n".join(f"the river rises to {metres}" for metres in range(9))
    assert found_in(document_of(f"{lines}\nIt is high.")) == []


def test_a_chinese_notice_does() -> None:
    body = "".join(f"河水涨到{metres}米，城里被淹。" for metres in range(40))
    assert found_in(document_of(f"本书版权归作者所有。夜里水来了。\n\n{body}")) == ["本书版权归作者所有。"]


def test_in_a_text_about_licences_nothing_does() -> None:
    about = "The licence is granted. It may be redistributed. The copyright stays. It is free."
    assert found_in(document_of(about)) == []
