import pickle
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.errors import ModelError
from summarize.text import vocabulary as module
from summarize.text.vocabulary import (
    PADDING_ID,
    SPECIAL_TERMS,
    UNKNOWN_ID,
    Vocabulary,
    VocabularyInFile,
    lookup_form,
)

VOCABULARY = Vocabulary([*SPECIAL_TERMS, "city", "城市", "城", "市", "0年", "0.0%", "é"])


@pytest.mark.parametrize(
    ("term", "form"),
    [
        ("2018年", "0年"),
        ("1997年", "0年"),
        ("7", "0"),
        ("3.5%", "0.0%"),
        ("v2.10", "v0.0"),
        ("1,250", "0,0"),
        ("rain", "rain"),
        ("", ""),
    ],
)
def test_lookup_form_hides_the_value_of_numbers(term: str, form: str) -> None:
    assert lookup_form(term) == form


@given(st.text())
def test_lookup_form_of_lookup_form_is_itself(term: str) -> None:
    assert lookup_form(lookup_form(term)) == lookup_form(term)


def test_vocabulary_ids_are_places() -> None:
    assert VOCABULARY.terms[PADDING_ID] == "<pad>"
    assert VOCABULARY.terms[UNKNOWN_ID] == "<unknown>"
    assert VOCABULARY.encode("city") == (2,)
    assert VOCABULARY.encode("城市") == (3,)
    assert len(VOCABULARY) == 9


def test_vocabulary_encodes_numbers_by_kind() -> None:
    assert VOCABULARY.encode("2018年") == VOCABULARY.encode("3年") == (6,)
    assert VOCABULARY.encode("12.75%") == (7,)


def test_vocabulary_spells_unknown_chinese() -> None:
    assert VOCABULARY.encode("市城") == (5, 4)


def test_vocabulary_spelling_skips_unknown_characters() -> None:
    assert VOCABULARY.encode("大城小市") == (4, 5)


def test_vocabulary_without_known_character_is_unknown() -> None:
    assert VOCABULARY.encode("河") == (UNKNOWN_ID,)


def test_vocabulary_does_not_spell_ascii_words() -> None:
    vocabulary = Vocabulary([*SPECIAL_TERMS, "a", "b"])
    assert vocabulary.encode("ab") == (UNKNOWN_ID,)


@pytest.mark.parametrize("word", ["café", "élan"])
def test_vocabulary_does_not_spell_accented_latin_words(word: str) -> None:
    assert VOCABULARY.encode(word) == (UNKNOWN_ID,)  # although the word é is known


def test_vocabulary_of_empty_term_is_unknown() -> None:
    assert VOCABULARY.encode("") == (UNKNOWN_ID,)


@pytest.mark.parametrize(("term", "is_known"), [("city", True), ("2018年", True), ("市城", False), ("rain", False)])
def test_vocabulary_contains_known_forms_only(term: str, is_known: bool) -> None:
    assert (term in VOCABULARY) is is_known


@pytest.mark.parametrize("terms", [[], ["city"], ["<pad>"], ["<unknown>", "<pad>", "city"]])
def test_vocabulary_needs_special_terms_first(terms: list[str]) -> None:
    with pytest.raises(ValueError, match="must begin with"):
        Vocabulary(terms)


@pytest.mark.parametrize("again", ["city", "<pad>"])
def test_vocabulary_refuses_a_term_twice(again: str) -> None:
    with pytest.raises(ValueError, match="must not contain a term twice"):
        Vocabulary([*SPECIAL_TERMS, "city", again])


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")), unique=True))
def test_vocabulary_survives_a_round_trip(terms: list[str]) -> None:
    vocabulary = Vocabulary([*SPECIAL_TERMS, *(term for term in terms if term not in SPECIAL_TERMS)])
    with TemporaryDirectory() as folder:
        vocabulary.save(Path(folder) / "terms.txt")
        assert Vocabulary.load(Path(folder) / "terms.txt").terms == vocabulary.terms


def test_vocabulary_file_has_one_term_a_line(tmp_path: Path) -> None:
    Vocabulary([*SPECIAL_TERMS, "城市"]).save(tmp_path / "terms.txt")
    assert (tmp_path / "terms.txt").read_bytes() == "<pad>\n<unknown>\n城市\n".encode()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="missing"),
        pytest.param(b"", id="empty"),
        pytest.param(b"city\nriver\n", id="no special terms"),
        pytest.param(b"<pad>\n<unknown>\ncity\ncity\n", id="a term twice"),
        pytest.param(b"<pad>\n<unknown>\n\xff\xfe\n", id="not UTF-8"),
    ],
)
def test_vocabulary_load_names_a_file_it_cannot_use(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "terms.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"terms\.txt: the vocabulary cannot be used") as caught:
        Vocabulary.load(path)
    assert "\n" not in str(caught.value)


def lines_of(vocabulary: Vocabulary) -> bytes:
    return ("\n".join(vocabulary.terms) + "\n").encode()


@pytest.mark.parametrize("most_lookups", [0, 3, 5_000])
@given(terms=st.sets(st.text("ab城市0", min_size=1)), asked=st.lists(st.text("ab城市07<\ud800\n")))
def test_vocabulary_in_its_file_is_the_same(most_lookups: int, terms: set[str], asked: list[str]) -> None:
    whole = Vocabulary([*SPECIAL_TERMS, *terms])
    in_file = VocabularyInFile(lines_of(whole), whole.table())
    assert (in_file.terms, len(in_file)) == (whole.terms, len(whole))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MAX_LOOKUPS", most_lookups)
        for term in (*asked, *terms, *SPECIAL_TERMS, *asked):
            assert in_file.encode(term) == whole.encode(term)
            assert (term in in_file) == (term in whole)


def test_vocabulary_in_its_file_can_be_sent_to_another_process() -> None:
    in_file = VocabularyInFile(lines_of(VOCABULARY), VOCABULARY.table())
    assert in_file.encode("city") == (2,)
    sent = pickle.loads(pickle.dumps(in_file))
    assert [sent.encode(term) for term in ("city", "市城", "河")] == [(2,), (5, 4), (UNKNOWN_ID,)]


@pytest.mark.parametrize(
    ("lines", "table", "message"),
    [
        pytest.param(b"", VOCABULARY.table(), "begin with", id="empty"),
        pytest.param(b"city\nriver\n", VOCABULARY.table(), "begin with", id="no special terms"),
        pytest.param(lines_of(VOCABULARY) + b"a\n", VOCABULARY.table(), "another", id="a term more"),
        pytest.param(lines_of(VOCABULARY), np.ones(18, np.uint32), "another", id="a full table"),
        pytest.param(lines_of(VOCABULARY), VOCABULARY.table() * 2, "another", id="ids that are none"),
    ],
)
def test_vocabulary_in_its_file_refuses_the_table_of_another(lines: bytes, table: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        VocabularyInFile(lines, table)
