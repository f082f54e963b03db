"""The site of the documents in a browser: both languages, the way between them, and what its search finds."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.name.replace(".zh.md", ".html") for path in (ROOT / "docs").glob("*.zh.md"))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the site and return its address; a search needs one."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page; at the end the test fails if anything on the site went wrong."""
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1200, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("response", lambda response: errors.append(response.url) if response.status >= 400 else None)
    yield page
    context.close()
    assert errors == []


def search(page: Page, query: str) -> list[str]:
    """Type something to be searched, and return where it was found, as the page links there."""
    page.locator("[data-bs-target='#mkdocs_search_modal']").click()
    field = page.locator("#mkdocs-search-query")
    results = page.locator("#mkdocs-search-results")
    for _ in range(50):  # it takes keys only when its index is there
        field.fill(query)
        field.press("Shift")
        if results.locator("article").count():
            break
        page.wait_for_timeout(100)
    return [str(link.get_attribute("href")) for link in results.locator("a").all()]


@pytest.mark.parametrize("name", ["index.html", *PAGES, "RESULTS.html"])
def test_page_is_in_chinese_and_leads_to_the_english_one_and_back(site: str, page: Page, name: str) -> None:
    page.goto(f"{site}/zh/{name}")
    for width in (390, 1200):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    expect(page.locator(".navbar")).to_contain_text("首页")
    expect(page.locator(".navbar")).not_to_contain_text("Options")
    page.get_by_role("link", name="English", exact=True).click()
    assert (page.url, page.locator("html").get_attribute("lang")) == (f"{site}/{name}", "en")
    page.get_by_role("link", name="中文", exact=True).click()
    assert page.url == f"{site}/zh/{name}"


@pytest.mark.parametrize(
    ("start", "query", "first"),
    [
        pytest.param("zh/index.html", "怎样删短", "../zh/how-it-works.html#怎样删短", id="words of a heading"),
        pytest.param("zh/index.html", "熵阈字段", "../zh/", id="only a part is there"),
        pytest.param("zh/index.html", "GB18030 编码", "../zh/", id="two languages"),
        pytest.param("zh/index.html", "jsonl", "../zh/", id="English on a Chinese page"),
        pytest.param("options.html", "jsonl", "./", id="English on an English page"),
        pytest.param("options.html", "watermarks", "./formats.html", id="word of one page"),
    ],
)
def test_search_finds(site: str, page: Page, start: str, query: str, first: str) -> None:
    page.goto(f"{site}/{start}")
    found = search(page, query)
    assert found != []
    assert found[0].startswith(first)
    page.locator("#mkdocs-search-query").press("Enter")  # as one does behind Chinese
    expect(page.locator("#mkdocs-search-results article").first).to_be_visible()


def test_colours_can_be_chosen(site: str, page: Page) -> None:
    page.goto(f"{site}/zh/index.html")
    page.get_by_role("button", name="配色").click()
    page.get_by_text("深色", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
