"""Files of words: a dictionary of one's own, a list of stop words."""

from pathlib import Path

import pytest

from summarize.errors import InputError
from summarize.text import word_lists
from summarize.text.word_lists import read_lexicon

TEXT = "江州市气象台发布暴雨预警。江州市气象台提醒市民远离河道。"


@pytest.fixture
def write(tmp_path):
    def write_list(content):
        path = tmp_path / "words.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_list


def own(path, text):
    return [piece for piece, is_own in read_lexicon(path).own.pieces(text) if is_own]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("云计算", "云计算"),
        ("云计算 5", "云计算"),
        ("云计算 5 n", "云计算"),
        ("云计算 nz\n", "云计算"),
        ("云计算\t5\tn\r\n", "云计算"),
        ("\ufeff云计算\n\n", "云计算"),
        ("雲計算 3", "云计算"),
        ("machine learning 3 n", "machine learning"),
        ("machine learning", "machine learning"),
        ("Ｃ＋＋ 3", "C＋＋"),
        ("云计算".encode("gb18030") + b"\n", "云计算"),
    ],
)
def test_dictionary_is_one_of_jiebas(write, content, word):
    assert own(write(content), f"用{word}。") == [word]


def test_stop_words_are_a_word_a_line(write):
    assert read_lexicon(None, write("的\n了\r\n\n  The \n甚麼\n")).stop_words == {"的", "了", "the", "甚么"}


def test_no_files_say_nothing():
    lexicon = read_lexicon()
    assert (lexicon.own, lexicon.stop_words) == (None, frozenset())


def test_empty_lists_say_nothing(write):
    path = write(" \n\n")
    lexicon = read_lexicon(path, path)
    assert (lexicon.own, lexicon.stop_words) == (None, frozenset())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("云\n" + "长" * 65, "line 2 is longer than 64 characters; write one word per line"),
        ("一\n" * 11, "has more than 10 words; remove some"),
        (b"a" * 101, "is larger than 0 MB; is it a list of words?"),
        (bytes(range(256)), "is not in UTF-8; save it as UTF-8"),
    ],
    ids=["line", "words", "bytes", "binary"],
)
def test_what_is_no_list_of_words_is_refused(write, monkeypatch, content, reason):
    if content == b"a" * 101:
        monkeypatch.setattr(word_lists, "MAX_BYTES", 100)
    monkeypatch.setattr(word_lists, "MAX_WORDS", 10)
    path = write(content)
    with pytest.raises(InputError) as error:
        read_lexicon(path)
    assert str(error.value).startswith(f"{path}: ")
    assert reason in str(error.value)


def test_file_that_cannot_be_read_is_refused(tmp_path):
    for path, reason in ((tmp_path / "none", "no such file; check its name"), (tmp_path, "cannot be read (")):
        with pytest.raises(InputError) as error:
            read_lexicon(None, path)
        assert str(error.value).startswith(f"{path}: {reason}")


# By the command


def test_command_takes_both(runner, write, tmp_path):
    write("江州市气象台 3 n")
    Path("stop.txt").write_text("市民\n河道\n", encoding="utf-8")
    result = runner("--keywords", 5, "--dictionary", "words.txt", "--stop-words", "stop.txt", stdin=TEXT)
    assert (result.exit_code, result.stderr) == (0, "")
    keywords = result.stdout.splitlines()[-1]
    assert "江州市气象台" in keywords
    assert "市民" not in keywords
    assert "河道" not in keywords


@pytest.mark.parametrize("option", ["--dictionary", "--stop-words"])
def test_list_that_cannot_be_read_is_wrong_usage(runner, option):
    result = runner(option, "none.txt", "a.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "summarize: none.txt: no such file; check its name (see `summarize --help`)\n"


def test_lists_of_the_settings_lie_beside_them(runner, write, tmp_path, monkeypatch):
    write("江州市气象台")
    (tmp_path / "config.toml").write_text('dictionary = "words.txt"\nkeywords = 1', encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    result = runner("--config", "../config.toml", stdin=TEXT)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("关键词：江州市气象台\n")
