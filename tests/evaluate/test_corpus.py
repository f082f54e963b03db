from pathlib import Path

import pytest

from summarize.errors import InputError
from summarize.evaluate.corpus import corpus_names


def test_corpora_have_short_names() -> None:
    paths = [Path("zh/dev/news.jsonl.gz"), Path("en/dev/mail.jsonl"), Path("notes.train.jsonl")]
    assert corpus_names(paths) == dict(zip(["news", "mail", "notes.train"], paths, strict=True))
    assert corpus_names([]) == {}


def test_corpora_of_one_name_have_that_of_their_language() -> None:
    paths = [Path("zh/dev/news.jsonl.gz"), Path("en/dev/news.jsonl"), Path("en/dev/mail.jsonl")]
    named = corpus_names(paths)
    assert list(named) == ["zh-news", "en-news", "mail"]  # in their order, and only where it is needed
    assert list(named.values()) == paths


def test_corpora_given_from_their_folder_have_names_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "zh" / "dev"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert list(corpus_names([Path("news.jsonl"), Path("/en/dev/news.jsonl")])) == ["zh-news", "en-news"]


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param(["zh/dev/news.jsonl", "zh/dev/news.jsonl"], id="the same file"),
        pytest.param(["zh/dev/news.jsonl", "zh/dev/news.jsonl.gz"], id="packed and not"),
        pytest.param(["zh/dev/news.jsonl", "zh/train/news.jsonl"], id="two parts"),
        pytest.param(["zh/dev/news.jsonl", "en/dev/news.jsonl", "other/dev/zh-news.jsonl"], id="name of another"),
    ],
)
def test_corpora_that_cannot_be_told_apart_are_refused(paths: list[str]) -> None:
    with pytest.raises(InputError, match=r"two corpora have one name, (zh-)?news"):
        corpus_names([Path(path) for path in paths])
