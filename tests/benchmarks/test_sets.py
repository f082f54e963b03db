import click
import pytest

from benchmarks.quality.sets import TestSet, documents_of, drop_lead, parse_set, shuffled


def test_parse_set():
    assert parse_set("zh/dev/vcsum:3") == TestSet("zh/dev/vcsum", 3)


@pytest.mark.parametrize("value", ["zh/dev/vcsum", "vcsum:3", "zh/dev/vcsum:0", "zh/dev/vcsum:x"])
def test_parse_set_refuses(value):
    with pytest.raises(click.BadParameter):
        parse_set(value)


def test_name_tells_dev_from_test():
    assert [TestSet("en/test/bbc", 5).name, TestSet("zh/dev/vcsum", 3).name] == ["bbc", "vcsum (dev)"]


def test_shuffled_moves_sentences_and_neither_headings_nor_words(make_item):
    item = make_item("#题目", *(f"第{number}句话。" for number in range(9)))
    document = shuffled(item, seed=1).document
    texts, before = list(document.sentence_texts()), list(item.document.sentence_texts())
    assert texts != before
    assert sorted(texts) == sorted(before)
    assert texts[0] == "题目"
    assert [sentence.is_heading for sentence in document.sentences] == [True] + [False] * 9
    assert [sentence.paragraph for sentence in document.sentences] == list(range(10))
    assert document.text == "\n".join(texts)
    assert shuffled(item, seed=1) == shuffled(item, seed=1) != shuffled(item, seed=2)


def test_beheaded_lacks_the_first_three_sentences(make_item):
    item = make_item("#题目", "一。", "二。", "三。", "四。", "五。", "六。")
    document = drop_lead(item, seed=1).document
    assert document.text == "题目\n四。\n五。\n六。"
    assert [sentence.paragraph for sentence in document.sentences] == [0, 1, 2, 3]


def test_beheaded_skips_short_documents(make_item):
    assert drop_lead(make_item("一。", "二。", "三。", "四。", "五。"), seed=1) is None


def test_sentences_of_one_paragraph_are_joined_as_their_language_joins_them(corpora, make_item):
    (first, *_) = documents_of(corpora / "zh/test/boats.jsonl", limit=None, condition="beheaded", seed=1)
    assert first.document.text == "第1号渡船看见了码头。第1号渡船错过了码头。第1号渡船避开了码头。第1号渡船寻找了码头。"


def test_documents_of_a_condition(corpora):
    path = corpora / "zh/test/boats.jsonl"
    assert [
        len(list(documents_of(path, limit=limit, condition=condition, seed=1)))
        for limit, condition in [(None, "as is"), (2, "as is"), (None, "shuffled"), (None, "beheaded")]
    ] == [4, 2, 4, 3]
