"""What the site has besides the pages of this folder: documents that lie elsewhere, and links that lead to them.

MkDocs calls `on_files` with the files that it has found, and `on_page_markdown` with the text of each page.
"""

import html
import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

PAGES = {
    "README.md": "index.md",
    "README.zh.md": "zh.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "summarize/model/README.md": "model-card.md",
}
_SOURCES = {page: source for source, page in PAGES.items()}
_LINK = re.compile(r"\]\((?!\w+:|#)(?P<target>[^)\s#]+)")
_MAKER = re.compile(r"<!-- \[\[\[(?:cog.*?|end)\]\]\] -->\n?", re.DOTALL)
_CODE_WITH_BAR = re.compile(r"`([^`\n]*\\\|[^`\n]*)`")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the documents that lie elsewhere."""
    root = Path(config.config_file_path).parent
    for source, page in PAGES.items():
        files.append(File.generated(config, page, abs_src_path=str(root / source)))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Return the text of a page for the site."""
    return for_site(markdown, _SOURCES.get(page.file.src_uri, f"docs/{page.file.src_uri}"))


def for_site(markdown: str, source: str) -> str:
    """Return a document for the site: its links hold there, and what makes parts of it is gone.

    Args:
        markdown: the document.
        source: where it lies, from the root of the repository.
    """
    markdown = _MAKER.sub("", markdown)
    markdown = _CODE_WITH_BAR.sub(_code_with_bar, markdown)
    return _LINK.sub(lambda link: f"]({leads_to(link['target'], source)}", markdown)


def leads_to(target: str, source: str) -> str:
    """Return where a link leads on the site, all pages of which lie in one folder.

    Args:
        target: where it leads in the repository.
        source: the document that it stands in, from the root of the repository.
    """
    path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
    return PAGES.get(path, path.removeprefix("docs/"))


def _code_with_bar(code: re.Match[str]) -> str:
    """Return code in a table whose bar is escaped as tables demand: Python's Markdown would show the backslash."""
    return f"<code>{html.escape(code[1], quote=False).replace(chr(92) + '|', '&#124;')}</code>"
