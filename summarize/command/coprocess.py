"""The command as a server for another program: one JSON object per line in, one per line out, immediately and in order.

    {"id": 7, "text": "...", "sentences": 2}  ->  {"id": 7, "path": null, ..., "summary": "...", ...}
    {"id": 8, "text": "", "chars": 100}       ->  {"id": 8, "path": null, "name": null, "error": "the text is empty"}

Every line gets an answer, even one that is not such an object, so that answers can be counted. The program ends when
its input ends. `id` may be any value and is returned if it was given. All other keys are arguments of `summarize_text`
and override the options of the command; null means the default.
"""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

from summarize.command.work import LENGTH_OPTIONS, JobRunner, reason_of, traceback_of
from summarize.document import ATTENTION_KINDS, LANGUAGES, LENGTHS, ORDERS, Source
from summarize.errors import ModelError, OutputError
from summarize.interface import N_, _, join_with_and, join_with_or, json_reason

MAX_LINE_BYTES = 256 << 20
_MAX_DIGITS = 4_000  # of a whole number; Python has a bound of its own a little above

_Check = Callable[[object], bool]


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


class OptionSpec(NamedTuple):
    """A key that may accompany the text.

    Args:
        fits: whether a value may.
        what: which ones may, in words; empty for one of some names.
        names: those.
    """

    fits: _Check
    what: str
    names: Sequence[str] = ()

    def __str__(self) -> str:
        return _(self.what) or join_with_or(self.names)


def _one_of(names: Sequence[str]) -> OptionSpec:
    return OptionSpec(lambda value: value in names, "", names)


_WHOLE = OptionSpec(_is_whole, N_("a whole number of at least 1"))
_FLAG = OptionSpec(_is_flag, N_("true or false"))

OPTION_SPECS: dict[str, OptionSpec] = {
    "sentences": _WHOLE,
    "chars": _WHOLE,
    "words": _WHOLE,
    "length": _one_of(LENGTHS),
    "title": _FLAG,
    "by_heading": _FLAG,
    "keywords": _WHOLE,
    "query": OptionSpec(lambda value: isinstance(value, str) and bool(value.strip()), N_("a non-empty string")),
    "ratio": OptionSpec(_is_share, N_("a number above 0 and at most 1")),
    "language": _one_of(LANGUAGES),
    "order": _one_of(ORDERS),
    "attention": _one_of(ATTENTION_KINDS),
    "fuse": _FLAG,
    "compress": _FLAG,
    "explain": _FLAG,
}


class _NoObjectError(Exception):
    """A line that is not a valid request; its message says why."""


def serve(work: JobRunner, stream: BinaryIO, write: Callable[[str], None], complain: Callable[[str], None]) -> None:
    """Answer each line of a stream until its end.

    Args:
        work: what is done with a text.
        stream: where lines come from.
        write: takes an answer.
        complain: takes a traceback, under --debug.

    Raises:
        ModelError: the model turned out to be unusable for any text.
    """
    for line in _lines(stream):
        write(_answer(work, line, complain))


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a stream, and None instead of one that is too long to be held."""
    while line := stream.readline(MAX_LINE_BYTES):
        if len(line) < MAX_LINE_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES)
        yield None


def _answer(work: JobRunner, line: bytes | None, complain: Callable[[str], None]) -> str:
    """Return the answer to a line."""
    from summarize.formats.json_lines import add_id, to_error_line

    asked: dict[str, Any] = {}
    try:
        asked = _parsed(line)
        text, summary_options = _parse_request(asked, work.job.summary_options)
        answer = work.printed(Source(text, "utf-8"), work.job._replace(summary_options=summary_options))
    except (ModelError, OutputError):
        raise
    except Exception as error:  # also a bug of ours: other lines may do without it
        is_theirs = isinstance(error, _NoObjectError)
        if work.job.debug and not is_theirs:
            complain(traceback_of(error))
        answer = to_error_line(str(error) if is_theirs else reason_of(error))
    return add_id(answer, asked["id"]) if "id" in asked else answer


def _parsed(line: bytes | None) -> dict[str, Any]:
    """Return the object on a line.

    Raises:
        _NoObjectError: there is none.
    """
    if line is None:
        raise _NoObjectError(_("the line is longer than {size} MB").format(size=MAX_LINE_BYTES >> 20))
    try:
        text = line.decode("utf-8-sig").rstrip("\r\n")
        asked = json.loads(text, parse_constant=_refused, parse_float=_finite, parse_int=_short)
    except UnicodeDecodeError:
        raise _NoObjectError(_("the line is not in UTF-8")) from None
    except json.JSONDecodeError as error:
        problem = _("the line is not JSON: {reason} (column {column})")
        raise _NoObjectError(problem.format(reason=json_reason(error), column=error.colno)) from None
    except ValueError as error:
        raise _NoObjectError(_("the line is not JSON: {reason}").format(reason=error)) from None
    except RecursionError:
        raise _NoObjectError(_("the line is nested too deeply")) from None
    if not isinstance(asked, dict):
        raise _NoObjectError(_("the line is not an object; write {example}").format(example='{"text": "..."}'))
    return asked


def _refused(name: str) -> float:
    raise ValueError(_("{name} is not a valid JSON number").format(name=name))


def _short(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError(_("a number has more than {most} digits").format(most=_MAX_DIGITS))
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _refused(digits)


def _parse_request(asked: dict[str, Any], usual: Any) -> tuple[str, dict[str, Any]]:
    """Return the text of an object, and the arguments of `summarize_text`.

    Args:
        asked: the object.
        usual: the arguments where it says nothing.

    Raises:
        _NoObjectError: something in it is missing, unknown or out of range.
    """
    text = asked.get("text")
    if not isinstance(text, str):
        raise _NoObjectError(_("text is missing") if text is None else _("text must be a string"))
    if "\0" in text or (not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)):
        raise _NoObjectError(_("text contains a NUL or an unpaired surrogate"))
    summary_options = dict(usual)
    given = {name: value for name, value in asked.items() if name not in ("text", "id") and value is not None}
    lengths = given.keys() & LENGTH_OPTIONS
    if "length" in lengths and len(lengths) > 1:
        problem = _("length cannot be combined with another length; leave out {names}")
        raise _NoObjectError(problem.format(names=join_with_and(sorted(lengths - {"length"}))))
    if lengths:
        summary_options |= dict.fromkeys(LENGTH_OPTIONS)
    for name, value in given.items():
        if name not in OPTION_SPECS:
            problem = _("unknown key {name}; the known keys are {names}")
            raise _NoObjectError(problem.format(name=json.dumps(name), names=", ".join(("text", "id", *OPTION_SPECS))))
        if not OPTION_SPECS[name].fits(value):
            raise _NoObjectError(_("{name} must be {what}").format(name=name, what=OPTION_SPECS[name]))
        summary_options[name] = value
    return text, summary_options
