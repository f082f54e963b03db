import numpy as np
import pytest

from summarize.decide.superseded import Quantity, find_quantities, find_superseded, rank_by_date
from summarize.document import Source
from summarize.text.days import Day
from summarize.text.documents import as_document
from summarize.text.joining import join_documents


class Saying:
    """Knows the share of each sentence that is said, and what a word says in nats, the same for all."""

    def __init__(self, share=1.0, nats=3.0):
        self.share, self.nats = share, nats

    def shared_with(self, index):
        return np.full(100, self.share)

    def information(self, words):
        return self.nats * len(list(words))


def superseded(*texts, days=None, share=1.0, near=1.0, nats=3.0):
    """The sentences that are superseded, by what they say, and what supersedes them."""
    documents = [as_document(Source(text, "utf-8")) for text in texts]
    joined = join_documents(documents, [""] * len(texts))
    text_of = np.repeat(np.arange(len(texts)), [len(document.sentences) for document in documents])
    nearness = np.full((len(texts), len(texts)), near)
    saying = Saying(share, nats)
    found = find_superseded(joined, range(len(text_of)), text_of, days or [None] * len(texts), saying, nearness)
    said = list(joined.sentence_texts())
    return {said[old]: said[new] for old, new in found.items()}


def figures(text):
    return [(figure.value, figure.unit) for figure in find_quantities(as_document(Source(text, "utf-8")), 0)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("灾害造成12人死亡。", [(12, "人")]),
        ("超过1.86万人离开。", [(18600, "人")]),
        ("销量达到3亿台。", [(3e8, "台")]),
        ("上涨了3.5%。", [(3.5, "%")]),
        ("At least 1,200 people left.", [(1200, "people")]),
        ("It cost $48.6 million.", [(48.6e6, "$")]),
        ("The storm killed 1.2 million birds.", [(1.2e6, "birds")]),
        ("8月12日17时开始。", []),
        ("他今年没来。", []),
    ],
)
def test_figures_have_a_value_and_a_unit(text, found):
    assert figures(text) == found


def test_a_figure_knows_what_stands_beside_it_and_whether_it_is_a_count_so_far():
    document = as_document(Source("暴雨来了，滑坡已造成12人死亡、7人失踪。", "utf-8"))
    first, _ = find_quantities(document, 0)
    assert first == Quantity(12, "人", frozenset({"滑坡", "造成"}), frozenset({"死亡"}), is_so_far=True)


def test_a_figure_is_a_count_so_far_by_its_own_clause():
    document = as_document(Source("暴雨来了，已下三天，滑坡造成12人死亡。", "utf-8"))
    assert not find_quantities(document, 0)[-1].is_so_far


OLD, NEW = "截至8月10日，滑坡已造成12人死亡。", "截至8月12日，滑坡已造成19人死亡。"


@pytest.mark.parametrize("texts", [(OLD, NEW), (NEW, OLD)])
def test_a_later_count_takes_the_place_of_an_earlier_one_in_whatever_order(texts):
    assert superseded(*texts) == {OLD: NEW}


@pytest.mark.parametrize(
    ("one", "other", "days", "old"),
    [
        ("已造成12人死亡。", "已造成19人死亡。", [Day(None, 8, 12), Day(None, 8, 10)], 1),  # the days of the texts
        ("已造成19人死亡。", "已造成12人死亡。", None, 1),  # such counts grow
        ("At least 12 people died.", "At least 19 people were killed.", None, 0),
        ("At least 19 people died.", "At least 12 people died.", [Day(2024, 1, 2), Day(2024, 1, 3)], 0),  # corrected
    ],
)
def test_days_tell_which_count_is_newer_and_else_the_larger_is(one, other, days, old):
    texts = [f"昨夜山体滑坡{text}" if text[0] == "已" else text for text in (one, other)]
    assert superseded(*texts, days=days) == {texts[old]: texts[1 - old]}


def test_other_figures_go_by_the_order_of_the_texts():
    assert superseded("票价为每人20元。", "票价为每人25元。") == {"票价为每人20元。": "票价为每人25元。"}
    dated = [Day(2024, 5, 2), Day(2024, 5, 1)]
    assert superseded("票价为每人20元。", "票价为每人25元。", days=dated) == {"票价为每人25元。": "票价为每人20元。"}


def test_of_three_texts_the_newest_takes_the_place_of_both():
    days = [Day(None, 8, day) for day in (9, 10, 12)]
    texts = [f"滑坡已造成{number}人死亡。" for number in (3, 12, 19)]
    assert superseded(*texts, days=days) == {texts[0]: texts[2], texts[1]: texts[2]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("滑坡已造成12人死亡。", "滑坡已造成12人死亡。"),  # the same
        ("滑坡已造成12人死亡。", "滑坡已造成19人受伤。"),  # of another thing: 受伤
        ("滑坡已造成12人死亡。", "有19辆车被埋。"),  # of another unit
        ("到期债务累计约27亿元。", "标的金额累计约43亿元。"),  # of another thing, though both are counted
        ("4月销量为12万台。", "5月销量为15万台。"),  # of another time: both are facts
        ("滑坡已造成12人死亡。", "死亡人数由12人升至19人。"),  # it has both
        ("票价为每人20元。", "票价为每人25元，学生票价为每人20元。"),  # it still says so
        ("每人票价20元，后改为每人票价25元。", "每人票价25元。"),  # it says so already
        ("共12人。", "共19人。"),  # of whom nobody knows
    ],
)
def test_what_is_no_other_figure_for_one_thing_stays(one, other):
    assert superseded(one, other) == {}


def test_counts_in_texts_on_two_happenings_both_stay():
    assert superseded("甲县滑坡已造成12人死亡。", "乙县滑坡已造成19人死亡。", near=0.1) == {}


@pytest.mark.parametrize("more", ["东镇已有3人死亡。", "已有30人死亡。", "东镇至少3人死亡。"])
def test_of_several_counts_of_one_kind_nobody_can_tell_which_is_which(more):
    assert superseded(f"西镇已有12人死亡。{more}", "全县已有19人死亡。") == {}
    assert superseded("西镇已有12人死亡。", f"全县已有19人死亡。{more}") == {}


def test_figures_that_have_little_in_common_but_their_unit_both_stay():
    assert superseded("滑坡已造成12人死亡。", "滑坡已造成19人死亡。", nats=0.9) == {}  # three words say 2.7 nats
    assert superseded("滑坡已造成12人死亡。", "滑坡已造成19人死亡。", nats=1.0) != {}


def test_a_figure_of_which_the_newer_text_says_but_a_part_stays():
    assert superseded("票价为每人20元。", "票价为每人25元。", share=0.5) == {}


def test_sentences_of_one_text_do_not_supersede_each_other():
    assert superseded("滑坡已造成12人死亡。滑坡已造成19人死亡。", "会议开始了。") == {}


def test_texts_are_as_new_as_their_days_and_else_as_their_places():
    assert rank_by_date([Day(None, 5, 2), Day(None, 5, 1)]) == [1, 0]
    assert rank_by_date([Day(None, 5, 2), None]) == [0, 1]
    assert rank_by_date([]) == []


def test_what_words_beside_figures_say_is_found_out_once(monkeypatch):
    asked = []
    monkeypatch.setattr(Saying, "information", lambda self, words: asked.append(words) or 3.0 * len(list(words)))
    one, other = ("".join(f"滑坡造成{n}人死亡。" for n in numbers) for numbers in (range(1, 30), range(30, 59)))
    superseded(one, other)
    assert 0 < len(asked) <= 3  # and not for each of 29 times 29 pairs
