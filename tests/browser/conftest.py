"""A browser, and pages of ours opened in it from disk."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if os.environ.get("SUMMARIZE_NO_BROWSER"):
        pytest.skip("SUMMARIZE_NO_BROWSER asks for no browser: pages are not tested")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail(f"NO BROWSER: install one of {', '.join(BROWSERS)}, or set SUMMARIZE_NO_BROWSER=1 to do without")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open a page: `open_page(html, scheme="dark", width=390)`.

    At the end every test fails whose pages asked for anything but files, complained, or opened a dialog.
    """
    error_lines: list[str] = []
    contexts = []

    def open_page(page: str | Path, *, scheme: str = "light", width: int = 1200) -> Page:
        if isinstance(page, str):
            file = tmp_path / "page.html"
            file.write_text(page, "utf-8")
        else:
            file = page
        size = {"width": width, "height": 900}
        context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        contexts.append(context)
        opened = context.new_page()
        opened.set_default_timeout(10_000)
        opened.on("console", lambda message: error_lines.append(f"console: {message.text}"))
        opened.on("pageerror", lambda error: error_lines.append(f"error: {error}"))
        opened.on("dialog", lambda dialog: error_lines.append(f"dialog: {dialog.message}"))
        opened.on("request", lambda request: asks(request.url))
        opened.goto(file.as_uri())
        return opened

    def asks(url: str) -> None:
        if not url.startswith(("file:", "data:")):
            error_lines.append(f"request: {url}")

    yield open_page
    for context in contexts:
        context.close()
    assert error_lines == []
