import unicodedata

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.text import normalization
from summarize.text.normalization import normalize


@pytest.fixture(scope="module")
def convert():
    return opencc.OpenCC("t2s").convert


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("臺灣後來發現這個問題", "台湾后来发现这个问题"),
        ("后面里边干活的台子", "后面里边干活的台子"),
        ("他说：“增长３．５％，共１２项。”", "他说：“增长3．5%，共12项。”"),
        ("ＡＢＣｘｙｚ", "ABCxyz"),
        ("（全角）！？；，。：", "（全角）！？；，。："),
        ("The café, 3.5%.", "The café, 3.5%."),
        ("", ""),
    ],
    ids=["traditional", "simplified", "full-width", "letters", "punctuation", "latin", "empty"],
)
def test_normalization_of_written_text(text, expected):
    assert normalize(text) == expected


def test_normalization_agrees_with_opencc_on_every_ideograph(convert):
    blocks = [(0x2E80, 0x3000), (0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32000)]
    characters = "".join(chr(code) for start, end in blocks for code in range(start, end))
    assert normalize(characters) == "".join(map(convert, characters))


def test_normalization_table_is_opencc_line_by_line(convert):
    lines = normalization._TABLE_FILE.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 3000
    assert lines == sorted(f"{line[0]}\t{convert(line[0])}" for line in lines)


def test_normalization_maps_all_full_width_letters_and_digits():
    wide = "".join(map(chr, range(0xFF01, 0xFF5F)))
    narrow = unicodedata.normalize("NFKC", wide)
    kept = [
        ours if ours == character else ascii_
        for character, ours, ascii_ in zip(wide, normalize(wide), narrow, strict=True)
    ]
    assert "".join(kept) == normalize(wide)
    assert [ours for ours in normalize(wide) if ours.isascii()] == [
        character for character in narrow if character.isalnum() or character == "%"
    ]


@given(st.text())
def test_normalization_keeps_every_character_in_its_place(text):
    normalized = normalize(text)
    assert len(normalized) == len(text)
    assert "".join(map(normalize, text)) == normalized


def test_normalization_of_ascii_text_reads_no_table(monkeypatch):
    monkeypatch.setattr(normalization, "_table", None)
    assert normalize("plain text") == "plain text"
