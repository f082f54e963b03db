"""Documents as they become pages of the site."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from mkdocs.config import load_config

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pages", ROOT / "docs" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("target", "source", "page"),
    [
        pytest.param("docs/speed.md", "README.md", "speed.md", id="from README into the folder"),
        pytest.param("docs/speed.zh.md", "README.zh.md", "speed.zh.md", id="from the Chinese README"),
        pytest.param("../README.zh.md", "docs/speed.zh.md", "index.zh.md", id="to the Chinese README"),
        pytest.param("RESULTS.md", "docs/quality.md", "RESULTS.md", id="within the folder"),
        pytest.param("gallery/report.html", "docs/formats.md", "gallery/report.html", id="to a page of the program"),
        pytest.param("../summarize/model/README.md", "docs/quality.md", "model-card.md", id="out of the folder"),
    ],
)
def test_links_of_the_repository_hold_on_the_site(pages: ModuleType, target: str, source: str, page: str) -> None:
    assert pages.leads_to(target, source) == page
    assert pages.for_site(f"See [it]({target}#part).", source) == f"See [it]({page}#part)."


def test_addresses_and_parts_of_the_same_page_stay(pages: ModuleType) -> None:
    text = "[a](https://example.org/docs/a.md) [b](#part)"
    assert pages.for_site(text, "README.md") == text


def test_what_makes_a_part_is_not_shown(pages: ModuleType) -> None:
    assert pages.for_site("a\n<!-- [[[cog\ncode\n]]] -->\nb\n<!-- [[[end]]] -->\nc", "README.md") == "a\nb\nc"


@pytest.mark.parametrize("link", ["[中文](speed.zh.md)", "[中文说明](README.zh.md)", "[English](speed.md)"])
def test_link_to_the_other_language_is_left_to_the_site(pages: ModuleType, link: str) -> None:
    assert pages.for_site(f"# a\n\n{link}\n\nb", "docs/speed.md") == "# a\n\nb"
    assert pages.for_site(f"b, {link}\n\nc", "docs/speed.md").startswith("b, [")


def test_bar_in_code_within_a_table_has_no_backslash(pages: ModuleType) -> None:
    assert pages.for_site(r"| `a \| <b>` | `c` |", "README.md") == "| <code>a &#124; &lt;b&gt;</code> | `c` |"


def test_documents_that_lie_elsewhere_are_there(pages: ModuleType) -> None:
    assert all((ROOT / source).is_file() for source in pages.PAGES)


def test_titles_of_the_menu_are_there_in_chinese() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    (chinese,) = (language for language in config.plugins["i18n"].config.languages if language.locale == "zh")
    assert list(titles(config.nav)) == list(chinese.nav_translations)


def titles(menu: list[dict[str, str | list]]) -> Iterator[str]:
    for entry in menu:
        for title, pages in entry.items():
            yield title
            yield from titles(pages) if isinstance(pages, list) else ()
