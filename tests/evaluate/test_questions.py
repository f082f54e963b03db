import json

import pytest

from summarize.errors import InputError
from summarize.evaluate.questions import read_questions


@pytest.fixture
def write(tmp_path):
    def write(*rows):
        path = tmp_path / "questions.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def chosen(question, which):
    texts = list(question.document.sentence_texts())
    return [text for text, is_in in zip(texts, which, strict=True) if is_in]


def part(name, number, text, query="?"):
    return {
        "id": f"{name}-{number}",
        "lang": "en",
        "group": name,
        "text": text,
        "query": query,
        "summary": "An answer.",
    }


def test_the_parts_of_a_meeting_make_its_text_and_each_question_has_its_part(write):
    path = write(
        part("b", 10, "A: Later words."),
        part("b", 2, "A: The pump broke.\nB: We ordered one."),
        part("b", 3, "B: We ordered one.", "What was ordered?"),
        part("c", 1, "C: Another meeting."),
    )
    questions = read_questions(path)
    assert [question.query for question in questions] == ["?", "What was ordered?", "?", "?"]
    whole = "A: The pump broke.\nB: We ordered one.\nA: Later words."
    assert questions[0].document.text == whole  # in their order, and what two parts have in common once
    assert chosen(questions[1], questions[1].inside) == ["We ordered one."]
    assert questions[1].answers is None
    assert questions[3].document.text == f"C: Another meeting.\n{whole}"  # few parts have others beside them


def exam(text, *segments):
    return {"id": "x", "lang": "zh", "text": text, "segments": list(segments), "summary": ""}


def test_exam_questions_know_the_sentences_with_the_answer(write):
    path = write(
        exam("小店卖伞。下雨天生意最好。", "生意什么时候最好：下雨天", "店主是谁：他的叔叔"),
        exam("下雨天船停。", "船怎么了：停"),
    )
    first, second = read_questions(path)  # the answer of one question stands nowhere
    assert first.document is second.document
    assert (first.query, first.reference) == ("生意什么时候最好", "下雨天")
    assert chosen(first, first.answers) == ["下雨天生意最好。"]  # and not that of another text
    assert chosen(first, first.inside) == ["小店卖伞。", "下雨天生意最好。"]
    assert chosen(second, second.answers) == ["下雨天船停。"]


def test_marked_meetings_are_asked_for_their_titles(write):
    rows = [
        {
            "id": f"m_{number}-marks",
            "lang": "zh",
            "text": text,
            "title": title,
            "segments": marks,
            "summary": "。".join(marks),
        }
        for number, text, title, marks in (
            (0, "先说路灯。路灯都修好了。大家鼓掌。", "路灯", ["路灯都修好了"]),
            (1, "再说垃圾。周三收垃圾。", "垃圾", ["周三收"]),
        )
    ]
    lamps, rubbish = read_questions(write(*rows))
    assert lamps.query == "路灯"
    assert chosen(lamps, lamps.answers) == ["路灯都修好了。"]
    assert chosen(rubbish, rubbish.inside) == ["再说垃圾。", "周三收垃圾。"]
    assert chosen(rubbish, rubbish.answers) == ["周三收垃圾。"]


def test_documents_are_asked_for_by_their_titles_five_in_a_row(write):
    rows = [
        {"id": str(n), "lang": "en", "title": f"Pumps {n}", "text": f"Text {n} is here.", "summary": "S"}
        for n in range(7)
    ]
    questions = read_questions(write(*rows))
    assert questions[0].document.text == "\n".join(f"Text {n} is here." for n in range(5))
    assert chosen(questions[3], questions[3].inside) == ["Text 3 is here."]
    assert questions[5].document.text == "Pumps 5\n\nText 5 is here.\n\nPumps 6\n\nText 6 is here.\n"
    assert chosen(questions[5], questions[5].inside) == ["Text 5 is here."]  # the title is no answer


@pytest.mark.parametrize(
    "rows", [[], [{"text": "a"}], [["a"]], [{"title": "a", "text": 3, "lang": "zh", "summary": ""}]]
)
def test_rows_without_questions_are_an_error_that_names_the_file(write, rows):
    with pytest.raises(InputError, match=r"questions\.jsonl: no rows with questions"):
        read_questions(write(*rows))
