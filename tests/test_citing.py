import pytest
from fakes import FakeScorer
from models import document_of

from summarize.document import Document, Draft, Location, Piece, RoleSpan, Sentence, Source
from summarize.formats.citing import SentenceLocations, join_with_citations
from summarize.pipeline import summarize_text
from summarize.text.documents import as_document
from summarize.text.pieces import make_whole_draft

TALK = "张三：河水上涨了。\n李四：我看见了。\n张三：学校停课了吗？\n李四：停了。\n"


def placed(*places: tuple[int, str, str], text: str = "雨停了。天晴了。", form: str = "pdf") -> Document:
    return as_document(Source(text, "utf-8", format=form, places=tuple(Location(*place) for place in places)))


def test_plain_text_is_cited_by_its_lines_whatever_ends_them():
    document = as_document(Source("雨停了。\r\n天晴了。\n\n风起了。\r云散了。", "utf-8"))
    places = SentenceLocations(document)
    assert [places.of(index) for index in range(4)] == [{"line": "1"}, {"line": "2"}, {"line": "4"}, {"line": "5"}]


def test_line_of_a_sentence_is_that_where_it_begins_to_speak():
    document = Document("Ann:\nIt rained.", (Sentence(0, 15, 0, body=5),), "en")
    assert SentenceLocations(document).of(0) == {"line": "2"}


def test_other_formats_are_known_by_what_they_say():
    places = SentenceLocations(placed((0, "page", "iv"), (4, "page", "v"), (4, "chapter", "天气")))
    assert places.of(0) == {"page": "iv"}
    assert places.of(1) == {"page": "v", "chapter": "天气"}


def test_paragraph_says_where_no_other_place_does():
    text = "雨停了。天晴了。\n\n风起了。\n\n后来的事\n\n云散了。"
    document = as_document(Source(text, "utf-8", format="html", parts=(RoleSpan(16, 20, "heading"),)))
    assert [SentenceLocations(document).of(index) for index in range(5)] == [
        *({"paragraph": "1"}, {"paragraph": "1"}, {"paragraph": "2"}, {"paragraph": "2"}, {"paragraph": "3"})
    ]
    assert SentenceLocations(document).add_citation(make_whole_draft(document, 2)) == "风起了。（第 2 段）"
    chapters = placed((10, "chapter", "后来"), text=text, form="docx")
    assert [SentenceLocations(chapters).best(index) for index in (1, 2)] == [
        [("paragraph", "1")],
        [("chapter", "后来")],
    ]
    assert "paragraph" not in SentenceLocations(placed((0, "page", "1"), text=text)).of(0)


def test_sentence_before_the_first_place_has_none_and_an_empty_value_ends_one():
    places = SentenceLocations(placed((4, "page", "2"), text="雨停了。天晴了。风起了。"))
    assert [places.of(index) for index in range(3)] == [{}, {"page": "2"}, {"page": "2"}]
    places = SentenceLocations(placed((0, "line", "7"), (4, "line", ""), (4, "page", "1")))
    assert [places.of(index) for index in range(2)] == [{"line": "7"}, {"page": "1"}]


def citation_of(kind: str, value: str, language: str) -> str:
    document = document_of("It rained.", language=language)
    document = Document(document.text, document.sentences, language, places=(Location(0, kind, value),), format="any")
    return SentenceLocations(document).add_citation(make_whole_draft(document, 0))


@pytest.mark.parametrize(
    ("kind", "value", "chinese", "english"),
    [
        ("page", "3", "（第 3 页）", " (p. 3)"),
        ("line", "12", "（第 12 行）", " (line 12)"),
        ("time", "00:01:05", "（00:01:05）", " (00:01:05)"),
        ("chapter", "Chapter II", "（Chapter II）", " (Chapter II)"),
        ("slide", "4", "（第 4 张幻灯片）", " (slide 4)"),
        ("row", "7", "（表中第 7 行）", " (row 7)"),
        ("cell", "2", "（第 2 个单元格）", " (cell 2)"),
        ("message", "5", "（消息 5）", " (message 5)"),
        ("paragraph", "5", "（第 5 段）", " (paragraph 5)"),
        ("text", "a.txt", "（a.txt）", " (a.txt)"),
    ],
)
def test_place_is_called_in_the_language_of_the_text(kind, value, chinese, english):
    assert citation_of(kind, value, "zh") == f"It rained.{chinese}"
    assert citation_of(kind, value, "en") == f"It rained.{english}"


def test_best_place_is_cited_and_which_of_several_texts_it_is_in():
    document = placed((0, "text", "a.md"), (0, "chapter", "天气"), (0, "line", "3"), (4, "time", "0:05"))
    assert [SentenceLocations(document).citation(make_whole_draft(document, index)) for index in (0, 1)] == [
        "a.md，第 3 行",
        "a.md，0:05",
    ]


def test_what_stands_above_is_not_said_again():
    document = placed((0, "chapter", "天气"), (4, "chapter", "风"))
    assert (
        join_with_citations(document, [make_whole_draft(document, 0), make_whole_draft(document, 1)], "天气")
        == "雨停了。天晴了。（风）"
    )


def test_fused_sentence_cites_both():
    text = "在2018年的世界杯中，法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。"
    source = Source(text, "utf-8", format="pdf", places=(Location(0, "page", "3"), Location(21, "page", "5")))
    summary = summarize_text(source, sentences=2, scorer=FakeScorer())
    assert join_with_citations(summary.document, summary.drafts) == (
        "法国队赢得了2018年世界杯冠军，在决赛中击败了克罗地亚队。（第 3、5 页）"
    )
    same = Source(text, "utf-8", format="pdf", places=(Location(0, "page", "3"),))
    summary = summarize_text(same, sentences=2, scorer=FakeScorer())
    assert join_with_citations(summary.document, summary.drafts).endswith("。（第 3 页）")


def test_several_places_have_their_plural():
    document = document_of("It rained.", "It stopped.")
    draft = Draft((0, 1), (Piece("It rained, it stopped."),), is_whole=False)
    assert SentenceLocations(document).citation(draft) == "lines 1, 2"


def test_speaker_is_cited_unless_the_sentence_is_printed_with_the_name():
    document = as_document(Source(TALK, "utf-8"))
    drafts = [make_whole_draft(document, index) for index in (0, 1)]
    assert [SentenceLocations(document).citation(draft) for draft in drafts] == ["第 1 行", "第 2 行"]
    silent = [Draft(draft.indices, draft.pieces[draft.num_label :]) for draft in drafts]
    assert [SentenceLocations(document).citation(draft) for draft in silent] == ["第 1 行，张三", "第 2 行，李四"]


def test_citations_stand_before_what_parts_the_sentences():
    document = as_document(Source("The river rose. It slept.\n\nA title\n\nIt woke.", "utf-8"))
    chosen = [make_whole_draft(document, index) for index in (0, 1, 3)]
    assert join_with_citations(document, chosen) == "The river rose. (line 1) It slept. (line 1) It woke. (line 5)"


def test_place_does_not_steer_the_terminal():
    document = placed((0, "page", "a\x1b[31m\nb"))
    assert SentenceLocations(document).of(0) == {"page": "a\\x1b[31m\\nb"}


def test_draft_of_no_sentence_has_no_place():
    document = Document("雨。", (Sentence(0, 2, 0),), "zh")
    assert SentenceLocations(document).add_citation(Draft((), (Piece("雨"),))) == "雨"
