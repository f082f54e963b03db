"""`python -m benchmarks.gallery [FOLDER]`: write pages of a few texts to `docs/gallery`, and pictures of them.

Pictures need a browser; where there is none, or with a folder, only the pages are written.
"""

import argparse
import io
import os
import shutil
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console

from summarize.formats.page import to_html
from summarize.formats.view import View
from summarize.pipeline import summarize_text

Scheme = Literal["light", "dark"]

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "docs" / "gallery"
TEXTS = ("zh/news-city", "en/report", "mixed/release-notes")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DESKTOP, PHONE = (1200, 900), (390, 844)  # CSS pixels
NUM_COLOURS = 128  # enough for the page, and less than half of the bytes


def write_page(name: str, folder: Path) -> Path:
    """Summarize a text of `data` by three sentences and return where its page is, in a folder that is there."""
    file = ROOT / "data" / f"{name}.txt"
    summary = summarize_text(file.read_text("utf-8"), sentences=3, explain=True)
    page = folder / f"{file.stem}.html"
    page.write_text(to_html(summary, View(path=file.name)), "utf-8")
    return page


def write_picture(browser: Browser, page: Path, picture: Path, size: tuple[int, int], scheme: Scheme) -> None:
    """Write a picture of a page as it opens, with the numbers of a sentence where there is room.

    Args:
        browser: what draws it.
        page: the page.
        picture: file to write, a PNG.
        size: width and height in CSS pixels.
        scheme: of colours.
    """
    opened = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    opened.goto(page.as_uri())
    if size == DESKTOP:
        opened.locator("#own a").first.dispatch_event("pointerover")
    drawn = Image.open(io.BytesIO(opened.screenshot())).convert("RGB")
    drawn.quantize(NUM_COLOURS).save(picture, optimize=True)
    opened.close()


def main() -> None:
    """Write the gallery and print what was written."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gallery", description="Write pages of a few texts.")
    parser.add_argument(
        "folder", nargs="?", type=Path, help="for the pages alone; docs/gallery, with pictures, if none"
    )
    folder: Path | None = parser.parse_args().folder
    written = folder or GALLERY
    written.mkdir(parents=True, exist_ok=True)
    pages = [write_page(name, written) for name in TEXTS]
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found and folder is None:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=arguments)
            for page in pages:
                write_picture(browser, page, page.with_suffix(".png"), DESKTOP, "light")
            write_picture(browser, pages[0], GALLERY / f"{pages[0].stem}-phone-dark.png", PHONE, "dark")
            browser.close()
    console = Console()
    for file in sorted(written.iterdir()):
        console.print(f"{file.relative_to(ROOT) if folder is None else file}  {file.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
