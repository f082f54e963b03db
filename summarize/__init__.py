"""Offline extractive summaries of Chinese and English text, chosen by attention.

    from summarize import summarize_text

    print(summarize_text(text, sentences=2).text)

`summarize_together` makes one summary of several texts; `render` prints a summary in any of the formats.

Importing the package is cheap: each public name is imported from its module on first use.
"""

TYPE_CHECKING = False  # `typing` is not imported: Ctrl-C during that import would print a traceback

if TYPE_CHECKING:
    from summarize.errors import BudgetError, InputError, ModelError, SummarizeError
    from summarize.formats.table import render
    from summarize.formats.view import View
    from summarize.pipeline import summarize_text
    from summarize.summary import Summary
    from summarize.together import summarize_together

__version__ = "0.2.0"
__all__ = [
    "BudgetError",
    "InputError",
    "ModelError",
    "SummarizeError",
    "Summary",
    "View",
    "__version__",
    "render",
    "summarize_text",
    "summarize_together",
]

_HOMES = {
    "BudgetError": "summarize.errors",
    "InputError": "summarize.errors",
    "ModelError": "summarize.errors",
    "Summary": "summarize.summary",
    "SummarizeError": "summarize.errors",
    "View": "summarize.formats.view",
    "render": "summarize.formats.table",
    "summarize_text": "summarize.pipeline",
    "summarize_together": "summarize.together",
}

if not TYPE_CHECKING:  # a type checker that saw it would take any name for a public one

    def __getattr__(name: str) -> object:
        """Import a public name from its module (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
