"""The reference of the library, made of its signatures and docstrings, in either language."""

import ast
import inspect
import re
from collections.abc import Iterator
from typing import Any

from tables import table
from wording import in_language, said

import summarize
from summarize.inputs import door
from summarize.inputs.url import read_url
from summarize.summary import Keyword, Section
from summarize.together import summarize_together

THINGS = (
    summarize.summarize_text,
    summarize_together,
    summarize.Summary,
    Keyword,
    Section,
    summarize.render,
    summarize.View,
    door.read_file,
    read_url,
)
ERRORS = (summarize.SummarizeError, summarize.InputError, summarize.BudgetError, summarize.ModelError)
_PART = re.compile(r"\n(Args|Returns|Raises):\n", re.MULTILINE)
_ENTRY = re.compile(r"^    ([\w, ]+): (.*(?:\n {8}.*)*)", re.MULTILINE)


@in_language
def reference() -> str:
    """Return what the public functions and classes take, give and raise."""
    parts = [part for thing in THINGS for part in _parts(thing)]
    errors = (_raised(error.__name__, str(error.__doc__)) for error in ERRORS)
    return "\n\n".join([*parts, f"## {said('Errors')}", "\n".join(errors)])


def _parts(thing: Any) -> Iterator[str]:
    """Yield the paragraphs and tables on a function or a class."""
    lead, *rest = _PART.split(inspect.getdoc(thing) or "")
    docstring = dict(zip(rest[::2], rest[1::2], strict=True))
    entries = dict(_ENTRY.findall("\n" + docstring.get("Args", "")))
    yield f"## {thing.__name__}"
    for paragraph in lead.strip().split("\n\n"):
        yield paragraph if paragraph.startswith("    ") else _in_line(paragraph)
    if entries:
        rows = (
            (f"`{name}`", _code(kind, is_type=True), _code(default), _in_line(entries[name]))
            for name, kind, default in _arguments(thing)
            if name in entries
        )
        yield table(("argument", "type", "default", "meaning"), rows)
    if properties := [(name, member) for name, member in vars(thing).items() if isinstance(member, property)]:
        yield table(("property", "meaning"), ((f"`{name}`", _in_line(member.__doc__)) for name, member in properties))
    if "Returns" in docstring:
        yield said("Returns: {what}").format(what=_in_line(docstring["Returns"]))
    if "Raises" in docstring:
        yield said("Raises:")
        yield "\n".join(_raised(error, why) for error, why in _ENTRY.findall("\n" + docstring["Raises"]))


def _arguments(thing: Any) -> Iterator[tuple[str, ast.expr | None, ast.expr | None]]:
    """Yield name, type and default of each, as the source has them."""
    written = ast.parse(inspect.getsource(thing)).body[0]
    if isinstance(written, ast.ClassDef):
        for field in written.body:
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                yield field.target.id, field.annotation, field.value
        return
    assert isinstance(written, ast.FunctionDef)
    every = written.args
    first = [None] * (len(every.args) - len(every.defaults)) + every.defaults
    defaults = first + every.kw_defaults
    for argument, default in zip(every.args + every.kwonlyargs, defaults, strict=True):
        yield argument.arg, argument.annotation, default


def _code(node: ast.expr | None, *, is_type: bool = False) -> str:
    """Return a type or a default as code; nothing where there is none."""
    if node is None:
        return ""
    is_quoted = is_type and isinstance(node, ast.Constant) and isinstance(node.value, str)
    shown = str(node.value) if is_quoted else ast.unparse(node)
    return f"`{'None' if shown.startswith('field(') else shown}`"


def _raised(error: str, why: str) -> str:
    return said("- `{error}`: {why}").format(error=error, why=_in_line(why))


def _in_line(text: str) -> str:
    return said(" ".join(text.split()))
