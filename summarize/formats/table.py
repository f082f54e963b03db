"""The formats that a summary can be printed in, one a row, and the public call that prints one.

A format is a file of this folder with a function `(summary, view) -> str`, and, where several summaries are separated
by lines, one `heading(name) -> str`. A file is only imported when it prints something.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, get_args

from summarize.formats.view import PLAIN_VIEW, View
from summarize.value import value

if TYPE_CHECKING:
    from summarize.summary import Summary

Option = Literal["explain", "highlight", "cite", "width", "color"]
OPTIONS: tuple[Option, ...] = get_args(Option)
FormatName = Literal["text", "bullets", "markdown", "json", "html"]


@value
class Format:
    """A format.

    Args:
        name: how its user calls it.
        about: what it is, in a phrase.
        suffix: of a file in `-o DIR/`, with its dot.
        file: the file that prints it.
        function: its function.
        several: what several summaries are separated by: lines of their names, or nothing, as each is a record of its
            own; or it is refused to print several.
        explanation: whether it has the reasons of a summary: where they are asked for; included unless they are
            forbidden; needed, whatever is asked for; or none at all.
        takes: what of a view it obeys, or does anyway.
    """

    name: FormatName
    about: str
    suffix: str
    file: str
    function: str
    several: Literal["headings", "records", "refused"]
    explanation: Literal["asked", "included", "needed", "none"]
    takes: frozenset[Option] = frozenset()

    def render(self, summary: "Summary", view: View) -> str:
        """Return what is printed, with a final line break except for a page.

        Raises:
            ValueError: the format needs an explanation, and the summary has none.
            InputError: the text is too long for the format.
        """
        return str(getattr(self._file(), self.function)(summary, view))

    def heading(self, name: str) -> str:
        """Return what stands above what is printed of one of several documents; nothing in many formats.

        Args:
            name: of the document, in one line.
        """
        return str(self._file().heading(name)) if self.several == "headings" else ""

    def needs_explanation(self, *, explain: bool | None = None, highlight: bool = False) -> bool:
        """Return whether a summary has to be explained to be printed.

        Args:
            explain: whether the user asks for the reasons, or forbids them; None is neither.
            highlight: whether the user asks for the whole text with its weights.
        """
        if self.explanation == "asked":
            return bool(explain) or highlight
        return self.explanation == "needed" or (self.explanation == "included" and explain is not False)

    def _file(self) -> Any:
        return import_module(f"summarize.formats.{self.file}")


FORMATS = (
    Format("text", "text", ".txt", "plain", "to_text", "headings", "asked",
           frozenset({"explain", "highlight", "cite", "width", "color"})),
    Format("bullets", "a list of its sentences", ".txt", "bullets", "to_bullets", "headings", "none",
           frozenset({"cite", "width"})),
    Format("markdown", "Markdown with footnotes", ".md", "markdown", "to_markdown", "headings", "none",
           frozenset({"cite"})),
    Format("json", "one JSON object a document", ".json", "json_lines", "to_json_line", "records", "included",
           frozenset({"explain", "cite"})),
    Format("html", "a page for the browser", ".html", "page", "to_html", "refused", "needed"),
)  # fmt: skip
NAMES: tuple[FormatName, ...] = tuple(known.name for known in FORMATS)


def format_named(name: str) -> Format:
    """Return a format.

    Raises:
        ValueError: there is none of that name.
    """
    for known in FORMATS:
        if known.name == name:
            return known
    raise ValueError(f"format must be one of {', '.join(NAMES)}, got {name!r}")


def render(summary: "Summary", format: FormatName = "text", view: View = PLAIN_VIEW) -> str:
    """Render a summary in one of the formats.

        render(summarize_text(text), "markdown")
        render(summarize_text(text, explain=True), "html", View(path="notes.txt"))

    Args:
        summary: what to print.
        format: the name of the format.
        view: how.

    Raises:
        ValueError: the format is unknown, does not support an option of the view, or needs an explanation that the
            summary lacks.
        InputError: the text is too long for the format.
    """
    known = format_named(format)
    for option in OPTIONS:
        if getattr(view, option) and option not in known.takes:
            raise ValueError(f"{option} is not for the format {format}")
    return known.render(summary, view)
