"""What the site has besides the pages of this folder: documents that lie elsewhere, and links that lead to them.

MkDocs builds the site once for each language, and calls `on_config` first, `on_files` with the files that it has found,
`on_page_markdown` with the text of each page, and `on_post_page` with what became of it. `formats.zh.md` is the Chinese
`formats.md`; a document that has none is in English on both sites.
"""

import html
import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

CHINESE = "zh"
PAGES = {
    "README.md": "index.md",
    "README.zh.md": "index.zh.md",
    "SECURITY.md": "security.md",
    "SECURITY.zh.md": "security.zh.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "summarize/model/README.md": "model-card.md",
}
# What the theme says in English whatever the language is.
THEME_IN_CHINESE = {
    '<html lang="zh_Hans_CN"': '<html lang="zh-CN"',  # as browsers call it
    ">Toggle theme<": ">配色<",
    'aria-label="Toggle theme"': 'aria-label="配色"',
    'aria-label="Toggle navigation"': 'aria-label="菜单"',
    'title="Permanent link"': 'title="本节的链接"',
    '<span class="ms-2">Light<': '<span class="ms-2">浅色<',
    '<span class="ms-2">Dark<': '<span class="ms-2">深色<',
    '<span class="ms-2">Auto<': '<span class="ms-2">跟随系统<',
}
_SOURCES = {page: source for source, page in PAGES.items()}
_LINK = re.compile(r"\]\((?!\w+:|#)(?P<target>[^)\s#]+)")
_MAKER = re.compile(r"<!-- \[\[\[(?:cog.*?|end)\]\]\] -->\n?", re.DOTALL)
_CODE_WITH_BAR = re.compile(r"`([^`\n]*\\\|[^`\n]*)`")
_OTHER_LANGUAGE = re.compile(r"^\[(?:English|中文(?:说明)?)\]\([^)]*\)\n\n", re.MULTILINE)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave out what is made once for all languages, and would be made in the last one."""
    templates = config.theme.static_templates
    templates.discard("sitemap.xml")  # which needs the address of the site
    if config.plugins["i18n"].current_language == CHINESE:
        templates.discard("404.html")
    return config


@event_priority(-200)  # after the plugin for languages, which has room for no file of another folder
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the documents that lie elsewhere, in the language that is being built, and leave out what is of no use."""
    if sitemap := files.get_file_from_path("sitemap.xml"):
        files.remove(sitemap)
    plugin = config.plugins["i18n"]
    for page in (page for page in PAGES.values() if not page.endswith(f".{CHINESE}.md")):
        alternates = {language: _file(page, language, config) for language in plugin.build_languages}
        file = alternates[plugin.current_language]
        file.locale, file.alternates = plugin.current_language, alternates  # as that plugin knows files
        files.append(file)
    return files


def _file(page: str, language: str, config: MkDocsConfig) -> File:
    """Return a document that lies elsewhere as a page of the site, in Chinese if it has that.

    Args:
        page: its name in English.
        language: that is built.
        config: of the site.
    """
    in_language = page.replace(".", f".{language}.")
    source = _SOURCES.get(in_language, _SOURCES[page])
    path = Path(config.config_file_path).parent / source
    file = File.generated(config, in_language if in_language in _SOURCES else page, abs_src_path=str(path))
    file.dest_uri = posixpath.join(CHINESE if language == CHINESE else "", f"{page.removesuffix('.md')}.html")
    return file


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Return the text of a page for the site."""
    return for_site(markdown, _SOURCES.get(page.file.src_uri, f"docs/{page.file.src_uri}"))


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Return a page with Chinese also where the theme has none."""
    if page.file.dest_uri.startswith(f"{CHINESE}/"):
        for english, chinese in THEME_IN_CHINESE.items():
            output = output.replace(english, chinese)
    return output


def for_site(markdown: str, source: str) -> str:
    """Return a document for the site: its links hold there, and what makes parts of it is gone.

    Args:
        markdown: the document.
        source: where it lies, from the root of the repository.
    """
    markdown = _MAKER.sub("", markdown)
    markdown = _OTHER_LANGUAGE.sub("", markdown, count=1)
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
