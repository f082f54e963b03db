import gzip
import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from train.builders import found_elsewhere, marks_of, pack_rows, write_rows

from summarize.config import TrainConfig
from summarize.document import Sentence
from summarize.errors import InputError
from summarize.evaluate.overlap import rouge_units
from summarize.network.features import FEATURE_NAMES, MAX_TARGET_SENTENCES, TERM_FEATURES
from summarize.text.vocabulary import SPECIAL_TERMS, Vocabulary
from summarize.train.examples import Examples, clauses, count_terms, make_examples, shuffled

VOCABULARY = Vocabulary(
    [*SPECIAL_TERMS, "river", "the", "rose", "city", "flood", "河水", "上涨", "城市", "雨", "night"]
)
IDF = np.array([0, 9, 3, 0.5, 3, 3, 3, 3, 3, 3, 3, 1.4], np.float32)
RIVER = {"text": "The river rose.\n\nThe city slept well.", "summary": "River rose at night", "lang": "en", "id": "r1"}
RAIN = {"text": "城市下大雨。河水上涨。", "summary": "城市大雨", "lang": "zh"}


def made(path: Path, *, num_steps: int = 2, corpora: Path | None = None, **settings: Any) -> Examples:
    return make_examples(
        path,
        path.with_name(f"examples-{path.name}-{uuid4().hex}"),
        VOCABULARY,
        IDF,
        TrainConfig(**{"beheaded_share": 0, "shuffled_share": 0, "clause_share": 0, **settings}),
        num_steps,
        corpora,
    )


def long_row(number: int, num_sentences: int = 10) -> dict[str, object]:
    text = "".join(f"河水第{number}回涨到{index}米。" for index in range(num_sentences))
    return {"text": text, "summary": f"河水第{number}回上涨", "lang": "zh"}


def test_examples_of_a_document_by_hand(tmp_path: Path) -> None:
    found = made(write_rows(tmp_path / "c.jsonl", RIVER))
    assert len(found) == 1
    assert found.num_sentences.tolist() == [2]
    # the river rose | the city slept well, of which slept and well are unknown
    assert found.token_ids.tolist() == [3, 2, 4, 3, 5, 1, 1]
    assert found.token_bounds.tolist() == [0, 3, 7]
    assert found.paragraphs.tolist() == [0, 1]
    assert found.candidates.tolist() == [True, True]
    assert found.salience.tolist() == [1, 0]
    assert found.steps[:, 0].sum() == pytest.approx(1, abs=1e-3)  # (S, K)
    # River and rose; night has an idf below 1.5, at is unknown.
    assert found.words.tolist() == [2, 4]
    assert found.word_bounds.tolist() == [0, 2]
    assert 2 <= found.target_sentences[0] <= MAX_TARGET_SENTENCES
    assert found.longer_salience.sum() == pytest.approx(1)


def test_examples_with_long_references_are_asked_for_as_many_sentences(tmp_path: Path) -> None:
    # Ten sentences of seven units each; the reference has 21 units, so it is three sentences long.
    long = {**long_row(0), "summary": "河水第零回上涨" * 3}
    found = made(write_rows(tmp_path / "c.jsonl", *[long] * 80), fitting_share=0.99)
    units = [len(rouge_units(text, "zh")) for text in str(long["text"]).split("。") if text]
    assert found.num_fitting.tolist() == [round(21 / np.mean(units))] * 80
    assert (found.target_sentences == found.num_fitting).sum() >= 70
    other = made(write_rows(tmp_path / "c.jsonl", *[long] * 80), fitting_share=0)
    assert set(other.target_sentences) == {2, 3, 4, 5}


def test_examples_of_a_longer_summary_by_hand(tmp_path: Path) -> None:
    # Six words of reference for two sentences of 3.5: the second sentence has only "the" of it, which is there already.
    row = {**RIVER, "summary": "The river rose. Tall trees fell"}
    found = made(write_rows(tmp_path / "c.jsonl", *[row] * 20), fitting_share=0.99)
    document = found.target_sentences.tolist().index(2)
    span = slice(*found.sentence_bounds[document : document + 2])
    assert found.longer_salience[span].tolist() == [1, 0]
    assert found.steps[span].tolist() == pytest.approx(np.array([[1, 0], [0, 0]]), abs=1e-5)  # (S, K)


def test_examples_with_short_references_fit_one_sentence(tmp_path: Path) -> None:
    found = made(write_rows(tmp_path / "c.jsonl", *[long_row(number) for number in range(60)]))
    assert set(found.num_fitting) == {1}
    assert set(found.target_sentences) == {2, 3, 4, 5}


def test_examples_know_what_their_words_are_to_the_document(tmp_path: Path) -> None:
    found = made(write_rows(tmp_path / "c.jsonl", RIVER))
    column = {name: found.token_features[:, index].tolist() for index, name in enumerate(TERM_FEATURES)}
    # the river rose | the city slept well: "the" occurs twice
    assert column["in_opening"] == [1, 1, 1, 1, 0, 0, 0]
    assert column["spread"] == [1, 0.5, 0.5, 1, 0.5, 0.5, 0.5]
    assert column["occurrences"] == pytest.approx([np.log(2) / 3, 0, 0, np.log(2) / 3, 0, 0, 0], abs=1e-3)
    assert column["information"] == pytest.approx([0.05, 0.3, 0.3, 0.05, 0.3, 0.9, 0.9], abs=1e-3)


def test_examples_have_the_features_of_their_sentences(tmp_path: Path) -> None:
    found = made(write_rows(tmp_path / "c.jsonl", RIVER, RAIN))
    column = {name: found.features[:, index].tolist() for index, name in enumerate(FEATURE_NAMES)}
    assert column["place_first"] == [1, 0, 1, 0]
    assert column["is_english"] == [1, 1, 0, 0]
    assert column["opens_paragraph"] == [1, 1, 1, 0]


def test_examples_spell_unknown_words(tmp_path: Path) -> None:
    found = made(write_rows(tmp_path / "c.jsonl", RAIN))
    # 城市 | 下 | 大雨, of which 下 is unknown and 大雨 is spelled by 雨; then 河水 | 上涨
    assert found.token_ids.tolist() == [9, 1, 10, 7, 8]
    assert found.words.tolist() == [9, 10]


def test_examples_name_only_words_that_the_reader_may_name(tmp_path: Path) -> None:
    found = made(write_rows(tmp_path / "c.jsonl", RIVER, RAIN), num_reader_words=4)
    assert found.words.tolist() == [2]
    assert found.word_bounds.tolist() == [0, 1, 1]


def test_examples_follow_the_order_of_the_corpus(tmp_path: Path) -> None:
    rows = [long_row(number, 2 + number % 5) for number in range(150)]
    found = made(write_rows(tmp_path / "c.jsonl", *rows))
    assert found.num_sentences.tolist() == [2 + number % 5 for number in range(150)]
    assert found.sentence_bounds[-1] == len(found.salience) == len(found.features)


def test_examples_leave_out_documents_without_labels(tmp_path: Path) -> None:
    stranger = {**RAIN, "summary": "Nothing of it"}
    found = made(write_rows(tmp_path / "c.jsonl", RIVER, stranger, RAIN))
    assert len(found) == 2


def test_examples_pass_over_blank_lines(tmp_path: Path) -> None:
    assert len(made(write_rows(tmp_path / "c.jsonl", "", RIVER, "  ", RAIN, ""))) == 2


def test_examples_of_a_corpus_without_documents_are_none(tmp_path: Path) -> None:
    found = made(write_rows(tmp_path / "c.jsonl", ""))
    assert len(found) == 0
    assert found.sentence_bounds.tolist() == found.token_bounds.tolist() == found.word_bounds.tolist() == [0]


def test_examples_end_after_the_most_sentences(tmp_path: Path) -> None:
    found = made(write_rows(tmp_path / "c.jsonl", long_row(1)), max_sentences=4)
    assert found.num_sentences.tolist() == [4]
    # They are told how long the part is, not the whole.
    assert found.features[-1, FEATURE_NAMES.index("place_last")] == 1


def test_examples_of_a_beheaded_copy_lie_behind_the_document(tmp_path: Path) -> None:
    rows = [long_row(number) for number in range(60)]
    found = made(write_rows(tmp_path / "c.jsonl", *rows), beheaded_share=0.3)
    num_sentences = found.num_sentences.tolist()
    assert num_sentences.count(10) == 60
    copies = [index for index, number in enumerate(num_sentences) if number < 10]
    assert 6 <= len(copies) <= 30
    for copy in copies:
        start, behind = found.sentence_bounds[copy : copy + 2]
        assert 5 < behind - start < 10  # less than half is cut off
        assert np.array_equal(found.paragraphs[start:behind], found.paragraphs[start - (behind - start) : start])
        whole = found.token_ids[: found.token_bounds[start]]
        part = found.token_ids[found.token_bounds[start] : found.token_bounds[behind]]
        assert np.array_equal(part, whole[len(whole) - len(part) :])
        assert found.features[start, FEATURE_NAMES.index("place_first")] == 1
        assert found.salience[start:behind].sum() == pytest.approx(1)


def test_examples_of_a_shuffled_copy_lie_behind_the_document(tmp_path: Path) -> None:
    rows = [long_row(number) for number in range(60)]
    found = made(write_rows(tmp_path / "c.jsonl", *rows), shuffled_share=0.3)
    assert 66 <= len(found) <= 90
    assert set(found.num_sentences) == {10}


def test_shuffled_sentences_leave_headings_and_paragraphs_in_place() -> None:
    sentences = [Sentence(10 * i, 10 * i + 5, i // 3, "heading" if i in (0, 4) else "text") for i in range(9)]
    mixed = shuffled(sentences, np.random.default_rng(1))
    assert sorted(sentence.start for sentence in mixed) == [sentence.start for sentence in sentences]
    assert [sentence.start for sentence in mixed] != [sentence.start for sentence in sentences]
    assert [sentence.paragraph for sentence in mixed] == [sentence.paragraph for sentence in sentences]
    assert [sentence.is_heading for sentence in mixed] == [sentence.is_heading for sentence in sentences]


def test_examples_do_not_behead_short_documents(tmp_path: Path) -> None:
    rows = [long_row(number, 5) for number in range(50)]
    assert len(made(write_rows(tmp_path / "c.jsonl", *rows), beheaded_share=0.9)) == 50


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("河水上涨，城市停电；人们说：“走吧，”然后走了。",
                     ["河水上涨，", "城市停电；", "人们说：", "“走吧，”", "然后走了。"], id="Chinese"),
        pytest.param("It rained, so we left; it was 3,000 km: far.",
                     ["It rained,", "so we left;", "it was 3,000 km:", "far."], id="English"),
        pytest.param("At 12:30, rain.", ["At 12:30,", "rain."], id="time"),
        pytest.param("河水上涨。", ["河水上涨。"], id="one clause"),
        pytest.param("他说：", ["他说："], id="mark at the end"),
        pytest.param("，，，", ["，", "，", "，"], id="nothing but marks"),
    ],
)  # fmt: skip
def test_clauses(text: str, expected: list[str]) -> None:
    whole = f"前。{text}后。"
    sentence = Sentence(2, 2 + len(text), 3, "heading")
    found = list(clauses(whole, sentence))
    assert [whole[clause.start : clause.end] for clause in found] == expected
    assert {(clause.paragraph, clause.is_heading) for clause in found} == {(3, True)}


def test_examples_of_a_copy_in_clauses_lie_behind_the_document(tmp_path: Path) -> None:
    rows = [{**RAIN, "text": "城市下大雨，河水上涨。人们走了。"} for _ in range(60)]
    found = made(write_rows(tmp_path / "c.jsonl", *rows), clause_share=0.3)
    num_sentences = found.num_sentences.tolist()
    assert num_sentences.count(2) == 60
    assert 6 <= num_sentences.count(3) <= 30
    assert len(num_sentences) == 60 + num_sentences.count(3)
    copy = num_sentences.index(3)
    of_copy = slice(*found.sentence_bounds[copy : copy + 2])
    assert found.salience[of_copy].tolist() == [1, 0, 0]
    assert num_sentences[copy - 1] == 2


def test_examples_of_a_large_corpus_are_evenly_spread(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "c.jsonl", "", *[long_row(number, 2 + number) for number in range(12)], " ")
    assert made(path, max_documents=12).num_sentences.tolist() == list(range(2, 14))
    assert made(path, max_documents=99).num_sentences.tolist() == list(range(2, 14))
    assert made(path, max_documents=4).num_sentences.tolist() == [4, 7, 10, 13]
    assert made(path, max_documents=5).num_sentences.tolist() == [4, 6, 9, 11, 13]
    assert made(path, max_documents=1).num_sentences.tolist() == [13]


def test_examples_of_a_row_do_not_depend_on_what_is_left_out(tmp_path: Path) -> None:
    # Chance goes by the number of the line, so a row is altered in the same way in a part of the corpus.
    path = write_rows(tmp_path / "c.jsonl", "", *[long_row(number) for number in range(12)])
    few, many = (made(path, max_documents=number, beheaded_share=0.9) for number in (1, 12))
    assert few.features.tolist() == many.features[-len(few.features) :].tolist()


# Examples of marks

MARKED = RIVER | marks_of(str(RIVER["text"]), [3, 1], 0)


def test_examples_of_marks_by_hand(tmp_path: Path) -> None:
    found = made(write_rows(tmp_path / "m.train.jsonl", MARKED))
    assert len(found) == 1
    assert found.is_marked
    assert found.marks.tolist() == [3, 1]
    # The favourite has 1 + 0.6 and the other 0.02; of several 1 + 0.2 and 0.12, whose squares are 1.44 and 0.0144.
    assert found.salience == pytest.approx([1.6 / 1.62, 0.02 / 1.62])
    assert found.longer_salience == pytest.approx([1.2 / 1.32, 0.12 / 1.32])
    assert found.steps == pytest.approx(np.array([[100 / 101, 0], [1 / 101, 1]]), abs=1e-3)  # (S, K)
    assert found.num_fitting.tolist() == [2]
    assert 2 <= found.target_sentences[0] <= MAX_TARGET_SENTENCES
    unmarked = made(write_rows(tmp_path / "c.jsonl", RIVER))
    for name in ("token_ids", "token_features", "token_bounds", "features", "paragraphs", "candidates", "words"):
        assert np.array_equal(getattr(found, name), getattr(unmarked, name)), name
    assert unmarked.marks.tolist() == [-1, -1]
    assert not unmarked.is_marked


def test_examples_of_marks_rank_what_the_reader_would_choose(tmp_path: Path) -> None:
    text = "The river rose. The city slept well. The flood fell again."
    row = {"text": text, "summary": "Flood", "lang": "en"} | marks_of(text, [3, 3, 3], 2, 0)
    found = made(write_rows(tmp_path / "m.train.jsonl", row))
    # The second best is worth three quarters of the bonus of the best.
    assert found.salience == pytest.approx(np.array([1.45, 1, 1.6]) / 4.05)
    assert found.longer_salience == pytest.approx(np.array([1.15, 1, 1.2]) / 3.35)


def test_examples_of_marks_choose_no_question(tmp_path: Path) -> None:
    text = "Did the river rise? The city slept well. The flood fell again."
    row = {"text": text, "summary": "Flood", "lang": "en"} | marks_of(text, [3, 2, 2], 0)
    found = made(write_rows(tmp_path / "m.train.jsonl", row))
    assert found.marks.tolist() == [3, 2, 2]
    assert found.candidates.tolist() == [False, True, True]
    assert found.salience.tolist() == [0, 0.5, 0.5]


def test_examples_of_marks_need_a_sentence_worth_choosing(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "m.train.jsonl", RIVER | marks_of(str(RIVER["text"]), [1, 0]), MARKED)
    assert made(path).marks.tolist() == [3, 1]


def marked_row(number: int, *marks: int) -> dict[str, object]:
    row = long_row(number, len(marks))
    return row | marks_of(str(row["text"]), marks, int(np.argmax(marks)))


def test_examples_of_parts_of_a_marked_document_lie_behind_it(tmp_path: Path) -> None:
    marks = [3, 2, 1, 0] * 5
    found = made(write_rows(tmp_path / "m.train.jsonl", marked_row(1, *marks)), num_crops=3)
    assert len(found) == 4
    assert found.num_sentences[0] == 20
    firsts = set()
    for start, behind in pairwise(found.sentence_bounds[1:]):
        assert 6 <= behind - start < 20
        first = marks.index(found.marks[start])
        assert found.marks[start:behind].tolist() == (marks * 2)[first : first + behind - start]
        firsts.add(first)
        assert found.features[start, FEATURE_NAMES.index("place_first")] == 1
        assert found.features[behind - 1, FEATURE_NAMES.index("place_last")] == 1
        assert found.salience[start:behind].sum() == pytest.approx(1)
        assert found.salience[start:behind][found.marks[start:behind] == 0].sum() == 0
    assert firsts != {0}


def test_examples_leave_out_parts_without_a_sentence_worth_choosing(tmp_path: Path) -> None:
    # Only the first of twenty sentences is worth it, so a part has to begin with it.
    path = write_rows(tmp_path / "m.train.jsonl", *[marked_row(number, 3, *[1] * 19) for number in range(20)])
    found = made(path, num_crops=4)
    assert 20 < len(found) < 60
    assert all(found.marks[start] == 3 for start in found.sentence_bounds[:-1])


def test_examples_of_marks_are_whole_where_there_is_little_to_cut(tmp_path: Path) -> None:
    assert len(made(write_rows(tmp_path / "m.train.jsonl", marked_row(1, *[2] * 11)), num_crops=5)) == 1
    assert len(made(write_rows(tmp_path / "n.train.jsonl", marked_row(1, *[2] * 12)), num_crops=5)) == 6
    assert len(made(write_rows(tmp_path / "o.train.jsonl", marked_row(1, *[2] * 12)), num_crops=0)) == 1


def test_examples_of_marks_end_after_the_most_sentences(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "m.train.jsonl", marked_row(1, *[2] * 9, 3))
    assert made(path, max_sentences=4).marks.tolist() == [2, 2, 2, 2]


def test_examples_of_marks_are_never_left_out_for_their_number(tmp_path: Path) -> None:
    assert len(made(write_rows(tmp_path / "m.train.jsonl", *[MARKED] * 5), max_documents=2)) == 5


def test_examples_of_marks_find_their_texts_in_a_corpus(tmp_path: Path) -> None:
    folder = tmp_path / "corpora"
    text = f"Not read. {RIVER['text']} Nor this."
    pack_rows(folder / "en" / "train" / "tiny.jsonl.gz", {**RAIN, "id": "r2"}, {**RIVER, "text": text})
    row = {name: value for name, value in MARKED.items() if name != "text"}
    row |= found_elsewhere(text, "en/train/tiny", "r1", (10, 10 + len(str(RIVER["text"]))))
    path = write_rows(tmp_path / "m.train.jsonl", row)
    (tmp_path / "whole").mkdir()
    whole = write_rows(tmp_path / "whole" / "m.train.jsonl", MARKED)
    assert arrays_of(made(path, corpora=folder)) == arrays_of(made(whole))
    with pytest.raises(InputError, match=r"the text of en/train/tiny r1 is needed; name the folder of corpora"):
        made(path)
    changed = write_rows(tmp_path / "o.train.jsonl", row | {"sha256": "0" * 64})
    with pytest.raises(InputError, match=r"o\.train\.jsonl:1: .* is not the text that was read"):
        made(changed, corpora=folder)


def arrays_of(examples: Examples) -> list[list[Any]]:
    return [getattr(examples, name).tolist() for name in Examples.__slots__]


def test_examples_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "c.jsonl", *[long_row(number, 6) for number in range(30)])
    one, same, other = (made(path, beheaded_share=0.5, clause_share=0.5, seed=seed) for seed in (1, 1, 2))
    assert arrays_of(one) == arrays_of(same)
    assert arrays_of(one) != arrays_of(other)


def test_examples_are_read_again_as_they_were_written(tmp_path: Path) -> None:
    one = made(write_rows(tmp_path / "c.jsonl", RIVER, RAIN))
    [folder] = [path for path in tmp_path.iterdir() if path.is_dir()]
    other = Examples.load(folder)
    assert arrays_of(one) == arrays_of(other)
    assert [getattr(one, n).dtype for n in Examples.__slots__] == [getattr(other, n).dtype for n in Examples.__slots__]


def test_examples_read_gzip(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(RIVER).encode()))
    assert len(made(path)) == 1


def test_count_terms_by_hand(tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("The flood of 1931.\nThe river.\n\n\nA river.", encoding="utf-8")
    counts = count_terms([write_rows(tmp_path / "c.jsonl", RIVER, RAIN)], [plain])
    occurrences = dict(zip(counts.terms, counts.counts().tolist(), strict=True))
    assert occurrences["the"] == 4
    assert occurrences["river"] == 3
    assert occurrences["0"] == occurrences["河水"] == 1
    # Three English documents, one of RIVER's and two plain ones, each with river; one Chinese one.
    idf = dict(zip(counts.terms, counts.idf(), strict=True))
    assert idf["river"] == pytest.approx(np.log(4 / 3))
    assert idf["河水"] == pytest.approx(np.log(2))
    assert idf["flood"] == pytest.approx(np.log(4))


@pytest.mark.parametrize("num_documents", [0, 1, 63, 64, 65, 130])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
def test_count_terms_parts_plain_documents_at_blank_lines(tmp_path: Path, num_documents: int, end: str) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("\n\n".join(["Rain fell\nall night."] * num_documents) + end, encoding="utf-8")
    counts = count_terms([], [plain])
    assert counts.counts().tolist() == [num_documents] * (4 if num_documents else 0)
    assert sum(1 for _ in counts.sequences()) == num_documents


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("{not json", id="not JSON"),
        pytest.param({"text": "Rain fell."}, id="no summary"),
        pytest.param({"text": 3, "summary": "Rain"}, id="not a text"),
        pytest.param({"text": "  ", "summary": "Rain"}, id="empty text"),
        pytest.param('["Rain fell.", "Rain"]', id="a list"),
    ],
)
def test_malformed_row_is_named(tmp_path: Path, row: dict[str, object] | str) -> None:
    path = write_rows(tmp_path / "c.jsonl", RIVER, row, RAIN)
    with pytest.raises(InputError, match=r"c\.jsonl:2: not a corpus row"):
        made(path)
    later = write_rows(tmp_path / "d.jsonl", "", RIVER, "", RAIN, row)
    with pytest.raises(InputError, match=r"d\.jsonl:5: not a corpus row"):
        made(later)
    with pytest.raises(InputError, match=rf"{path}:2: not a corpus row"):
        count_terms([path], [])


def test_missing_corpus_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    with pytest.raises(InputError, match=rf"{path}: No such file"):
        made(path)
    with pytest.raises(InputError, match=rf"{path}: No such file"):
        count_terms([path], [])
    with pytest.raises(InputError, match=rf"{path}: No such file"):
        count_terms([], [path])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("c.jsonl", json.dumps(RAIN, ensure_ascii=False).encode("gb18030"), id="not UTF-8"),
        pytest.param("c.jsonl.gz", gzip.compress(json.dumps(RAIN).encode())[:-9], id="gzip cut off"),
        pytest.param("c.jsonl.gz", json.dumps(RAIN).encode(), id="not gzip"),
    ],
)
def test_damaged_corpus_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=rf"{path}: damaged"):
        made(path)
    with pytest.raises(InputError, match=rf"{path}: damaged"):
        count_terms([], [path])
