"""Shorter forms of a sentence with a made-up judge: what it is asked, what is sure, and how that is printed."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from fakes import FakeJudge
from hypothesis import given
from hypothesis import strategies as st
from models import document_of, words_of
from strategies import articles, few_examples, marked_texts

from summarize.config import SelectionConfig
from summarize.decide.cuts import dateline_end, make_form
from summarize.decide.rules import broken_rule
from summarize.decide.shortening import (
    MAX_JUDGED,
    MAX_WORDS,
    MIN_WORDS,
    ShorterForm,
    find_shorter_forms,
    form_pieces,
    most_confident_forms,
    words_before,
)
from summarize.decide.words import words_between
from summarize.document import Document, Language, Piece, Sentence, Shortening
from summarize.text.language import detect_language
from summarize.text.pieces import SPACE, count_words
from summarize.text.segmentation import find_sentences
from summarize.text.tokenization import is_word

CONFIG = SelectionConfig(least_good=0.85, least_good_end=0.85, most_false=0.03)
# Words: 市政府 公布 了 方案 ， 居民 可以 写信 ， 也 可以 打电话 。
PLAN = "市政府公布了方案，居民可以写信，也可以打电话。"
FIRST, FIRST_TWO, SECOND = "市政府公布了方案。", "市政府公布了方案，居民可以写信。", "居民可以写信。"
LAST_TWO = "居民可以写信，也可以打电话。"
TALK = f"张三：{PLAN}\n李四：几点开会？\n张三：八点。\n李四：好。"


def read(text: str, language: Language | None = None) -> Document:
    return Document(text, find_sentences(text), language or detect_language(text))


def forms(
    text: str, judge: FakeJudge | None = None, *, index: int = 0, config: SelectionConfig = CONFIG, **most: int
) -> list[ShorterForm]:
    return find_shorter_forms(read(text), index, judge or FakeJudge(), config, **most)


def texts(found: Sequence[ShorterForm]) -> list[str]:
    return [form.text for form in found]


def surest(
    text: str, judge: FakeJudge | None = None, *, most_chars: int = 1000, most_words: int = 1000, index: int = 0
) -> str | None:
    limits = {"most_chars": most_chars, "most_words": most_words}
    found = most_confident_forms(read(text), {index: 0.0}, judge or FakeJudge(), CONFIG, **limits).get(index)
    return found.text if found else None


# Which forms there are


def test_forms_by_hand_the_fewest_cuts_and_the_longest_first() -> None:
    # Not 也可以打电话。, whose subject is cut; SECOND lacks both its neighbours.
    assert texts(forms(PLAN)) == [FIRST_TWO, LAST_TWO, FIRST, SECOND]


def test_forms_are_those_of_one_sentence() -> None:
    assert texts(forms(f"昨天下雨了。{PLAN}", index=1)) == [FIRST_TWO, LAST_TWO, FIRST, SECOND]
    assert forms(f"昨天下雨了。{PLAN}") == []


def test_form_is_a_draft_with_the_kinds_of_its_cuts_and_its_figures() -> None:
    found = {form.text: form for form in forms(PLAN, FakeJudge(others=(0.9, 0.02)))}
    draft = found[SECOND].draft
    assert draft.indices == (0,)
    assert not draft.is_whole
    assert draft.num_label == 0
    assert draft.shortening == Shortening(("opening", "ending"), 0.9, 0.02)
    assert found[FIRST].draft.shortening == Shortening(("ending",), 0.9, 0.02)


def test_form_has_a_share_of_the_characters_of_the_words() -> None:
    found = {form.text: form.share for form in forms(PLAN)}
    # 22 characters without the stop: 8 to the first comma, 1, 6, 1 and 6.
    assert found == pytest.approx({FIRST: 8 / 22, FIRST_TWO: 15 / 22, SECOND: 6 / 22, LAST_TWO: 13 / 22})


def test_share_leaves_out_what_is_between_words() -> None:
    (form,) = forms("It rained, so they stayed home.", FakeJudge(others=(1, 0)))
    assert form.text == "So they stayed home."
    assert form.share == pytest.approx(16 / 25)


DATED = f"新华社江州1月13日电（记者李四）{PLAN}"


def test_dateline_is_left_out_of_every_form() -> None:
    found = forms(DATED)
    assert texts(found) == [PLAN, FIRST_TWO, LAST_TWO, FIRST, SECOND]
    shortenings = [form.draft.shortening for form in found]
    assert [one.cuts for one in shortenings if one] == [
        ("opening",),
        ("opening", "ending"),
        ("opening", "opening"),
        ("opening", "ending"),
        ("opening", "opening", "ending"),
    ]
    assert [form.share for form in found] == pytest.approx([1, 15 / 22, 13 / 22, 8 / 22, 6 / 22])


def test_judge_is_not_asked_about_a_dateline() -> None:
    judge = FakeJudge(others=(0, 1))
    (form,) = forms(DATED, judge)
    assert form.text == PLAN
    assert form.draft.shortening == Shortening(("opening",), 1.0, 0.0)
    assert judge.asked[0][0][0] == "市政府"
    assert forms(DATED, judge, most_chars=22) == []
    assert texts(forms(DATED, judge, most_chars=23)) == [PLAN]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("300–400 people came to the fair.", id="a range"),
        pytest.param("Paris—the old capital—hosted it.", id="between two dashes"),
        pytest.param("南方电网昨夜停电，居民很不满。", id="a power cut"),
        pytest.param("出版社没电了，大家都回家。", id="no power"),
    ],
)
def test_what_looks_like_a_dateline_is_not_left_out_unasked(text: str) -> None:
    assert forms(text, FakeJudge(others=(0, 1))) == []


# What fits


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        pytest.param({"most_chars": 16}, [FIRST_TWO, LAST_TWO, FIRST, SECOND], id="the longest has 16 characters"),
        pytest.param({"most_chars": 15}, [LAST_TWO, FIRST, SECOND], id="the stop is one of them"),
        pytest.param({"most_chars": 9}, [FIRST, SECOND], id="9 characters"),
        pytest.param({"most_chars": 8}, [SECOND], id="8 characters"),
        pytest.param({"most_chars": 6}, [], id="6 characters"),
        pytest.param({"most_chars": 0}, [], id="none"),
        pytest.param({"most_words": 8}, [FIRST, SECOND], id="words"),
        pytest.param({"most_words": 7}, [SECOND], id="fewer words"),
        pytest.param({"most_chars": 16, "most_words": 6}, [SECOND], id="both at once"),
    ],
)
def test_forms_keep_to_a_length(most: dict[str, int], expected: list[str]) -> None:
    assert texts(forms(PLAN, **most)) == expected


def test_forms_keep_to_a_length_with_the_label_of_their_speaker() -> None:
    text = TALK
    assert texts(forms(text, most_chars=10)) == ["张三：居民可以写信。"]
    assert forms(text, most_chars=9) == []
    assert texts(forms(text, most_words=8)) == ["张三：居民可以写信。"]
    assert forms(text, most_words=7) == []


def test_forms_keep_to_a_length_with_the_spaces_between_their_words() -> None:
    text = "The old river slowly rose again, which nobody in the city had expected."
    # 26 characters, without one of the spaces around what was cut.
    assert "The old river rose again." in texts(forms(text, most_chars=25))
    assert "The old river rose again." not in texts(forms(text, most_chars=24))


# Who is asked


def test_judge_sees_the_sentence_and_what_stands_before_it() -> None:
    judge = FakeJudge()
    forms(f"河水上漲了。{PLAN}", judge, index=1)
    ((words, before, asked, has_stop),) = judge.asked
    assert words == ["市政府", "公布", "了", "方案", "，", "居民", "可以", "写信", "，", "也", "可以", "打电话"]
    assert before == ["河水", "上涨", "了", "。"]
    assert asked == [form.rstrip("。") for form in (FIRST_TWO, LAST_TWO, FIRST, SECOND)]
    assert has_stop


def test_judge_sees_simplified_characters_and_the_form_is_printed_as_it_stands() -> None:
    judge = FakeJudge()
    found = forms("市政府公佈了方案，居民可以寫信。", judge)
    assert judge.asked[0][0] == ["市政府", "公布", "了", "方案", "，", "居民", "可以", "写信"]
    assert texts(found) == ["市政府公佈了方案。", "居民可以寫信。"]


def test_judge_is_told_that_nothing_stands_before_and_that_there_is_no_stop() -> None:
    judge = FakeJudge()
    assert texts(forms("市政府公布了方案，居民可以写信", judge)) == ["市政府公布了方案", "居民可以写信"]
    assert judge.asked[0][1] == []
    assert not judge.asked[0][3]


def test_judge_is_not_asked_what_a_rule_forbids() -> None:
    judge = FakeJudge()
    assert forms("如遇大雨，比赛将取消。", judge) == []
    assert judge.asked == []


def test_judge_is_asked_about_the_forms_with_the_fewest_cuts_alone() -> None:
    judge = FakeJudge()
    clauses = [f"第{number}座桥通车了" for number in "一二三四五六七八九十"]
    found = forms("，".join(clauses) + "。", judge)
    # Of ten clauses there are 9 first and 9 last runs, and 36 in the middle.
    assert len(judge.asked[0][2]) == len(found) == MAX_JUDGED == 32
    assert [len(form.draft.shortening.cuts) for form in found if form.draft.shortening] == [1] * 18 + [2] * 14


def test_words_before_are_those_of_the_sentence_before() -> None:
    document = read("下雨了。河水上漲。城市停电。")
    assert words_before(document, 0) == []
    assert words_before(document, 1) == ["下雨", "了", "。"]
    assert words_before(document, 2) == ["河水", "上涨", "。"]


# Who is sure


@pytest.mark.parametrize(
    ("good", "false", "is_sure"),
    [
        (0.85, 0.03, True),
        (0.849, 0.03, False),
        (0.85, 0.031, False),
        (1.0, 0.0, True),
        (0.9, 0.1, False),
        (0.0, 0.0, False),
    ],
)
def test_form_is_sure_if_it_is_good_enough_and_hardly_ever_false(good: float, false: float, is_sure: bool) -> None:
    found = forms(PLAN, FakeJudge({FIRST.rstrip("。"): (good, false)}, others=(0, 1)))
    assert texts(found) == ([FIRST] if is_sure else [])


def test_form_is_as_sure_as_it_has_to_be() -> None:
    config = SelectionConfig(least_good=0.5, least_good_end=0.5, most_false=0.2)
    assert texts(forms(PLAN, FakeJudge({"居民可以写信": (0.5, 0.2)}, others=(0.4, 0)), config=config)) == [SECOND]


def test_form_without_the_end_has_to_be_surer() -> None:
    config = SelectionConfig(least_good=0.5, least_good_end=0.8, most_false=0.2)
    last = "居民可以写信，也可以打电话。"
    assert last in texts(forms(PLAN, FakeJudge(others=(0.7, 0)), config=config))
    assert not {FIRST, FIRST_TWO, SECOND} & set(texts(forms(PLAN, FakeJudge(others=(0.7, 0)), config=config)))
    assert {FIRST, FIRST_TWO, SECOND} <= set(texts(forms(PLAN, FakeJudge(others=(0.8, 0)), config=config)))


def test_surest_form_is_likeliest_to_be_good() -> None:
    judge = FakeJudge({"市政府公布了方案": (0.95, 0.03), "居民可以写信": (0.96, 0.03)}, others=(0.94, 0))
    assert surest(PLAN, judge) == SECOND
    assert surest(PLAN, FakeJudge(others=(0.9, 0))) == FIRST_TWO  # of equals that with the fewest cuts, the longest


def test_surest_form_is_one_that_fits_and_is_sure() -> None:
    judge = FakeJudge({"市政府公布了方案": (0.95, 0.03), "居民可以写信": (0.96, 0.04)}, others=(0.9, 0))
    assert surest(PLAN, judge) == FIRST
    assert surest(PLAN, judge, most_chars=8) is None
    assert surest(PLAN, judge, most_words=8) == FIRST
    assert surest(PLAN, judge, most_words=7) is None


# Sentences that have no shorter form


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("河水上涨了。", id="no boundary"),
        pytest.param("好，走。", id="two words"),
        pytest.param("他来，她走。", id="no form of three words"),
        pytest.param("……", id="marks alone"),
        pytest.param("“桥很安全，大家放心。”", id="all in a quotation"),
        pytest.param("天气晴朗 我们去公园散步 看到很多花", id="a transcript without marks"),
    ],
)
def test_sentence_that_has_no_shorter_form(text: str) -> None:
    judge = FakeJudge()
    assert forms(text, judge) == []
    assert judge.asked == []


def test_sentence_with_too_many_words_is_not_shortened() -> None:
    def sentence(num_words: int) -> str:
        # Two clauses; the comma is one of the words.
        return "江州下雨了，" + "雨" + "，" + " ".join(["a"] * (num_words - 6)) + "。"

    longest = sentence(MAX_WORDS)
    assert len(words_between(read(longest), 0, len(longest) - 1)) == MAX_WORDS
    assert "江州下雨了。" in texts(forms(longest))
    assert forms(sentence(MAX_WORDS + 1)) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(Sentence(0, 23, 0), 4, id="text"),
        pytest.param(Sentence(0, 23, 0, "heading"), 0, id="heading"),
        pytest.param(Sentence(0, 23, 0, "apparatus"), 0, id="apparatus"),
        pytest.param(Sentence(0, 23, 0, marks=("“", "")), 0, id="a quotation that began before"),
        pytest.param(Sentence(0, 23, 0, marks=("", "”")), 0, id="a quotation that goes on behind"),
    ],
)
def test_only_text_with_all_its_marks_is_shortened(sentence: Sentence, expected: int) -> None:
    document = Document(PLAN, (sentence,), "zh")
    assert len(find_shorter_forms(document, 0, FakeJudge(), CONFIG)) == expected


# How they are printed


def test_form_has_the_label_of_its_speaker() -> None:
    text = TALK
    found = {form.text: form.draft for form in forms(text)}
    assert found.keys() == {f"张三：{form}" for form in (FIRST, FIRST_TWO, SECOND, LAST_TWO)}
    draft = found[f"张三：{SECOND}"]
    assert draft.num_label == 1
    assert draft.pieces == (Piece("张三：", 0, 3), Piece("居民可以写信", 12, 18), Piece("。", 25, 26))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("市政府公布了方案，居民可以写信！", {"市政府公布了方案！", "居民可以写信！"}, id="its own stop"),
        pytest.param("市政府公布了方案，居民可以写信；", {"市政府公布了方案；", "居民可以写信；"}, id="semicolon"),
        pytest.param("市政府公布了方案，居民可以写信", {"市政府公布了方案", "居民可以写信"}, id="no stop"),
        pytest.param("It rained here, they stayed home.", {"It rained here.", "They stayed home."}, id="English"),
        pytest.param("It opens at 9 a.m., they all left.", {"It opens at 9 a.m.", "They all left."}, id="behind a.m."),
        pytest.param("They all left, it opens at 9 a.m.", {"They all left.", "It opens at 9 a.m."}, id="that of a.m."),
    ],
)  # fmt: skip
def test_form_keeps_the_stop(text: str, expected: set[str]) -> None:
    found = forms(text, FakeJudge(others=(1, 0)))
    assert expected <= set(texts(found))
    own = [piece for form in found for piece in form.draft.pieces if piece.start is not None]
    assert all(text[piece.start : piece.end].lower() == piece.text.lower() for piece in own)


def printed(text: str, kept: Sequence[int], language: Language | None = None) -> list[Piece]:
    """The pieces of the form of a text, without a stop, that keeps words of it."""
    document = document_of(text, language=language or detect_language(text))
    words = words_between(document, 0, len(text))
    return list(form_pieces(document, words, make_form(words, kept, document.language), None))


@pytest.mark.parametrize(
    ("text", "kept", "expected"),
    [
        pytest.param("The river rose", [0, 1, 2], [Piece("The river rose", 0, 14)], id="all"),
        pytest.param("The old river", [0, 2], [Piece("The", 0, 3), SPACE, Piece("river", 8, 13)], id="gap"),
        pytest.param("The river rose, too", [0, 3, 4], [Piece("The", 0, 3), Piece(", too", 14, 19)], id="comma"),
        pytest.param("He left (in haste) it", [0, 2, 3, 4, 5, 6],
                     [Piece("He", 0, 2), SPACE, Piece("(in haste) it", 8, 21)], id="opening bracket"),
        pytest.param("We (the old) left", [0, 1, 3, 4, 5],
                     [Piece("We (", 0, 4), Piece("old) left", 8, 17)], id="behind an opening bracket"),
        pytest.param("It cost $ 5", [0, 2, 3], [Piece("It", 0, 2), SPACE, Piece("$ 5", 8, 11)], id="before a dollar"),
        pytest.param("The\nriver rose", [0, 1], [Piece("The", 0, 3), SPACE, Piece("river", 4, 9)], id="line break"),
        pytest.param("昨天河水上涨", [0, 2], [Piece("昨天", 0, 2), Piece("上涨", 4, 6)], id="Chinese"),
        pytest.param("河水 上涨", [0, 1], [Piece("河水 上涨", 0, 5)], id="a space in Chinese stays"),
        pytest.param("河水 昨天 上涨", [0, 2], [Piece("河水", 0, 2), Piece("上涨", 6, 8)], id="and falls away"),
    ],
)  # fmt: skip
def test_form_is_printed_in_runs_of_the_source(text: str, kept: list[int], expected: list[Piece]) -> None:
    assert printed(text, kept) == expected


@pytest.mark.parametrize(
    ("text", "kept", "expected"),
    [
        pytest.param("我们 用 Mac 慢慢 写", [0, 1, 2, 4], "我们 用 Mac 写", id="spaces around what is cut"),
        pytest.param("我们用 Mac慢慢写", [0, 1, 2, 4], "我们用 Mac写", id="none around what is cut"),
        pytest.param("我们用Mac 慢慢写", [0, 1, 2, 4], "我们用Mac 写", id="one before what is cut"),
        pytest.param("我们用慢慢 Mac 写", [0, 1, 3, 4], "我们用 Mac 写", id="one behind what is cut"),
        pytest.param("我们用Mac慢慢写", [0, 1, 2, 4], "我们用Mac写", id="none at all"),
        pytest.param("Mac 慢慢 Pro 写", [0, 2, 3], "Mac Pro 写", id="two Latin words"),
        pytest.param("Mac慢慢Pro 写", [0, 2, 3], "Mac Pro 写", id="two Latin words that would touch"),
        pytest.param("我们 慢慢 ，用 Mac", [0, 2, 3, 4], "我们，用 Mac", id="none before a mark"),
    ],
)
def test_spaces_between_chinese_and_latin_stay_as_they_are_in_the_source(
    text: str, kept: list[int], expected: str
) -> None:
    assert "".join(piece.text for piece in printed(text, kept, "zh")) == expected


@pytest.mark.parametrize(
    ("text", "kept", "expected"),
    [
        pytest.param("Today the river rose", [1, 2, 3], "The river rose", id="another word than in the source"),
        pytest.param("the river rose today", [0, 1, 2], "the river rose", id="the same word"),
        pytest.param("Today iPhones rose", [1, 2], "iPhones rose", id="a capital inside"),
        pytest.param("Today COVID rose", [1, 2], "COVID rose", id="capitals"),
        pytest.param("Today 3 rivers rose", [1, 2, 3], "3 rivers rose", id="a number"),
        pytest.param("Today “the river” rose", [1, 2, 3, 4, 5], "“the river” rose", id="a mark"),
        pytest.param("Today élan rose", [1, 2], "élan rose", id="a letter beyond ASCII"),
    ],
)
def test_english_form_begins_with_a_capital(text: str, kept: list[int], expected: str) -> None:
    pieces = printed(text, kept, "en")
    assert "".join(piece.text for piece in pieces) == expected
    assert pieces[0].start == text.lower().index(expected.lower())


def test_latin_word_at_the_beginning_of_a_chinese_form_stays_as_it_is() -> None:
    assert "".join(piece.text for piece in printed("昨天，pip 更新了", [2, 3, 4], "zh")) == "pip 更新了"


def test_form_of_wrapped_lines_has_spaces_for_breaks() -> None:
    assert "The old river rose at night." in texts(
        forms("The old\nriver rose\nat night, which\nnobody in the city knew.", FakeJudge(others=(1, 0)))
    )


@few_examples
@given(articles(max_sentences=4) | marked_texts, st.integers(0, 60), st.integers(0, 30), st.data())
def test_forms_keep_their_promises(text: str, most_chars: int, most_words: int, data: st.DataObject) -> None:
    document = read(text)
    good, false = data.draw(st.sampled_from([(0.85, 0.03), (0.9, 0.1), (0.8, 0), (1, 0)]))
    judge = FakeJudge(others=(good, false))
    for index, sentence in enumerate(document.sentences):
        words = words_between(document, sentence.body, sentence.end)
        found = find_shorter_forms(document, index, judge, CONFIG, most_chars=most_chars, most_words=most_words)
        head = dateline_end(words, document.language)
        assert not found or head or (good >= 0.85 and false <= 0.03)
        assert len({form.draft.pieces for form in found}) == len(found)
        for form in found:
            assert len(form.text) <= most_chars
            assert count_words(form.text) <= most_words
            assert 0 < form.share < 1 or (head and form.share == 1)
            assert "\n" not in form.text
            own = [piece for piece in form.draft.pieces[form.draft.num_label :] if piece != SPACE]
            assert all(text[piece.start : piece.end].lower() == piece.text.lower() != "" for piece in own)
            assert all(text[piece.start : piece.end] == piece.text for piece in own[1:])
            assert all(one.end <= other.start for one, other in pairwise(own))
            assert sentence.body <= own[0].start
            assert own[-1].end <= sentence.end
            kept = [
                place
                for place, word in enumerate(words)
                if any(p.start <= word.start and word.end <= p.end for p in own)
            ]
            assert sum(is_word(words[place].text) for place in kept) >= MIN_WORDS
            assert len(kept) < len(words)
    for words_asked, _, asked, _ in judge.asked:
        spaced = words_of(" ".join(words_asked), document.language)
        assert 0 < len(asked) <= MAX_JUDGED
        assert len(spaced) <= MAX_WORDS


@few_examples
@given(articles(max_sentences=4))
def test_forms_break_no_rule(text: str) -> None:
    document = read(text)

    class Strict(FakeJudge):
        def judge(self, words, before, forms, *, has_stop, least_good):
            sentence = next(
                found
                for found in (words_between(document, one.body, one.end) for one in document.sentences)
                if [word.text for word in found][: len(words)] == list(words)
            )[: len(words)]
            assert all(broken_rule(sentence, form, document.language) is None for form in forms)
            return super().judge(words, before, forms, has_stop=has_stop, least_good=least_good)

    for index in range(len(document.sentences)):
        find_shorter_forms(document, index, Strict(), CONFIG)
