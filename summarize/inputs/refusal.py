"""Rejection of files that decode as plain text but contain code, markup or data.

Most texts are passed at the first look, which takes no regular expression; the others are measured (`measure`). Of a
long text three samples are looked at.
"""

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs.table import Options
from summarize.interface import _
from summarize.text.decoding import suspicion_of

SAMPLE_CHARS = 8000
NUM_SAMPLES = 3
# What begins so is none of it, however many words there are in it.
_NEVER_PROSE = (
    *("<?xml", "<svg", "<rss", "<feed", "<!doctype", "<?php", "<%", "#!", "#include", "#ifndef", "#pragma", "@echo"),
    *('.\\"', "'\\\"", ".th ", ".dd "),  # the source of a manual page: some of its words stand in lines of requests
    *("diff --git ", "-- mysql dump", "-- postgresql database", '" vim', '" language:', "# -*- "),
)
_MAX_CODE_BELOW_COMMENT = 0.05  # of a text that begins as a comment of C does: a licence may
_SIGNED = "-----begin pgp signed message"

# At the first look.
_SURE_WIDE = 0.5  # of the characters: Chinese
_SURE_WORDS = 0.85
_MARKS_AROUND = "\"'“”‘’()[],.;:!?—–-…*_"


def refuse_non_prose(source: Source, options: Options) -> None:
    """Make sure that a plain text is prose.

    Raises:
        InputError: it is mostly code, markup or data; the message says what it looks like, and how to have it read.
    """
    sample = _sample(source.text)
    if not _opens_no_prose(sample) and (_is_surely_prose(sample) or _is_prose(sample)):
        return
    if suspicion := suspicion_of(source.text, options.name):  # it is in another encoding than it seems
        raise InputError(suspicion)
    from shlex import quote

    from summarize.inputs.kinds import describe_non_prose

    what, hint = describe_non_prose(sample)
    message = (
        _("{name}: looks like {what}, not prose; {hint}, or read it anyway with: {command}")
        if hint
        else _("{name}: looks like {what}, not prose; read it anyway with: {command}")
    )
    command = f"summarize --from text {quote(options.argument)}"
    raise InputError(message.format(name=options.name, what=what, hint=hint, command=command))


def _is_prose(sample: str) -> bool:
    from summarize.inputs.measure import measure

    measured = measure(sample)
    return measured.is_prose and not (measured.code > _MAX_CODE_BELOW_COMMENT and sample.lstrip().startswith("/*"))


def _sample(text: str) -> str:
    """Return a text, or its beginning, middle and end."""
    if len(text) <= NUM_SAMPLES * SAMPLE_CHARS:
        return text
    middle = len(text) // 2
    return "\n".join((text[:SAMPLE_CHARS], text[middle : middle + SAMPLE_CHARS], text[-SAMPLE_CHARS:]))


def _opens_no_prose(sample: str) -> bool:
    """Return whether a text begins as data do that may hold many words: XML, a diff, a key."""
    opening = sample[:500].lstrip().lower()
    is_diff = opening.startswith("--- ") and "\n+++ " in opening
    return (
        is_diff
        or opening.startswith(_NEVER_PROSE)
        or (opening.startswith("-----begin ") and not opening.startswith(_SIGNED))
    )


def _is_surely_prose(sample: str) -> bool:
    """Return whether a text is mostly Chinese, which takes three bytes a character in UTF-8, or mostly words."""
    if "INSERT INTO " in sample or "</" in sample:
        return False
    words = sample.split()
    num_chars = sum(map(len, words))
    if len(sample.encode()) - len(sample) > 2 * _SURE_WIDE * num_chars:
        return True
    plain = (word.strip(_MARKS_AROUND) for word in words)
    num_plain = sum(len(word) for word in plain if word.isalpha() and (word.islower() or word[1:].islower()))
    return num_plain + _count_marks(sample) > _SURE_WORDS * num_chars


def _count_marks(sample: str) -> int:
    """Return how many marks of prose stand before white space."""
    return sum(sample.count(mark) for mark in (", ", ". ", ".\n", "? ", "! "))
