"""Both languages of a document: the same headings, examples, options, figures and links, in the same places."""

import ast
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown.extensions.toc import slugify_unicode

ROOT = Path(__file__).parent.parent
# Records of the development, and what is for those who take part in it.
IN_ENGLISH_ONLY = {
    *("docs/ERRANDS.md", "docs/EXPERIMENTS.md", "docs/EXPLANATIONS.md", "docs/MUTANTS.md", "docs/PEERS.md"),
    *("docs/RESULTS.md", "CONTRIBUTING.md", "CHANGELOG.md"),
}
PATHS = [path.relative_to(ROOT).as_posix() for folder in (ROOT, ROOT / "docs") for path in sorted(folder.glob("*.md"))]
ENGLISH = [path for path in PATHS if not path.endswith(".zh.md") and path not in IN_ENGLISH_ONLY]

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MADE = re.compile(r"<!-- \[\[\[cog.*?\[\[\[end\]\]\] -->", re.DOTALL)
HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
LINK = re.compile(r"\]\((?!\w+:)(?P<target>[^)\s]+)\)")
OPTION = re.compile(r"(?<![\w-])--?[A-Za-z](?:[a-z-]*[a-z])?(?![\w-])")
NUMBER = re.compile(r"(?<![\w.])[.\d][\d,.]*(?<![.,])")


class Section(NamedTuple):
    level: int
    title: str
    text: str


def in_chinese(path: str) -> str:
    return f"{path.removesuffix('.md')}.zh.md"


def read(path: str) -> str:
    """A document without what makes parts of it."""
    return re.sub(r"<!-- .*? -->\n?", "", (ROOT / path).read_text("utf-8"), flags=re.DOTALL)


def by_hand(path: str) -> str:
    """A document without what is made of the program."""
    return MADE.sub("", (ROOT / path).read_text("utf-8"))


def sections(path: str) -> list[Section]:
    """The parts of a document, each below its heading; what stands in code is no heading."""
    text = FENCE.sub(lambda block: re.sub("^#", " #", block[0], flags=re.MULTILINE), read(path))
    headings = [*HEADING.finditer(text)]
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    return [
        Section(len(heading[1]), heading[2], text[heading.end() : end])
        for heading, end in zip(headings, ends, strict=True)
    ]


def anchors(path: str) -> list[str]:
    """What the headings of a document are called in links: a site and the repository agree on plain ones."""
    return [slugify_unicode(section.title, "-") for section in sections(path)]


def links(path: str, text: str) -> Iterator[tuple[str, int | None]]:
    """Where the links of a part of a document lead: to which file, named as in English, and to which heading of it."""
    for link in LINK.finditer(text):
        target, _, anchor = link["target"].partition("#")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
        assert (ROOT / file).exists(), f"{path}: {link['target']}"
        yield file.replace(".zh.md", ".md"), anchors(file).index(anchor) if anchor else None


def is_alike(path: str, language: str) -> bool:
    """Whether examples are the same in both; sessions of the README are of what its readers have."""
    return path != "README.md" or language != "console"


def shape(language: str, code: str) -> object:
    """What an example does: its commands, but for comments and texts; of a session, help or a program not with what."""
    if language == "console":
        return [OPTION.findall(command) for command in re.findall(r"^\$ (.*)$", code, re.MULTILINE)]
    if language == "text":
        return OPTION.findall(code)
    if language == "python":
        return re.sub(r"Constant\(value='[^']*'\)", "Constant()", ast.dump(ast.parse(code)))
    return re.sub(r" +# .*$", "", re.sub(r'"text": "[^"]*"', '"text": ""', code), flags=re.MULTILINE)


@pytest.mark.parametrize("path", ENGLISH)
def test_document_for_users_is_there_in_chinese(path: str) -> None:
    assert (ROOT / in_chinese(path)).is_file(), (
        f"write {in_chinese(path)}, and say it in `nav_translations` of mkdocs.yml"
    )


@pytest.mark.parametrize("path", ENGLISH)
def test_headings_are_the_same(path: str) -> None:
    english, chinese = ([section.level for section in sections(name)] for name in (path, in_chinese(path)))
    assert english == chinese != []


@pytest.mark.parametrize("path", ENGLISH)
def test_examples_do_the_same(path: str) -> None:
    english, chinese = (
        [
            [
                (language, shape(language, code))
                for language, code in FENCE.findall(section.text)
                if is_alike(path, language)
            ]
            for section in sections(name)
        ]
        for name in (path, in_chinese(path))
    )
    assert english == chinese


@pytest.mark.parametrize("path", ENGLISH)
def test_options_are_the_same(path: str) -> None:
    english, chinese = (set(OPTION.findall(read(name))) for name in (path, in_chinese(path)))
    assert english == chinese


@pytest.mark.parametrize("path", ENGLISH)
def test_figures_in_tables_are_the_same(path: str) -> None:
    english, chinese = (
        [
            sorted(figures)
            for line in by_hand(name).splitlines()
            if line[:1] == "|" and (figures := NUMBER.findall(line))
        ]
        for name in (path, in_chinese(path))
    )
    assert english == chinese


@pytest.mark.parametrize("path", ENGLISH)
def test_links_lead_to_the_same(path: str) -> None:
    english, chinese = (
        [Counter(links(name, section.text)) for section in sections(name)] for name in (path, in_chinese(path))
    )
    assert english == chinese


@pytest.mark.parametrize("path", ENGLISH)
def test_chinese_links_to_chinese(path: str) -> None:
    chinese = in_chinese(path)
    to_english = [
        link["target"]
        for link in LINK.finditer(read(chinese))
        if link["target"].endswith(".md") and (ROOT / posixpath.dirname(chinese) / in_chinese(link["target"])).is_file()
    ]
    assert to_english == [posixpath.basename(path)]  # below the title, for who wants to read that
