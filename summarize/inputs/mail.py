"""Mail to what it says: a single one (.eml, .emlx) or a mailbox (.mbox), with its subject as title.

bytes -> mails -> parts (`mail_parts`) -> lines with how deep each is quoted -> words of its own (`remove_quoted_text`)
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs.composition import LINE, PARAGRAPH, Composition
from summarize.inputs.mail_parts import Unreadable, read_mail
from summarize.inputs.own_words import is_forward, remove_quoted_text
from summarize.inputs.table import Options
from summarize.interface import _, join_first, join_with_and, ngettext
from summarize.text.patterns import lazy_pattern

_HEAD_BYTES = 65_536  # in which the header of a mail is looked for
_FIELD = lazy_pattern(r"(?P<name>[!-9;-~]{1,76}):[^\n]*\n(?:[ \t]+\S[^\n]*\n)*")
_KNOWN = frozenset(("from", "to", "subject", "date", "message-id", "received", "mime-version"))
_BY_PROGRAMS = frozenset(("message-id", "received", "mime-version", "return-path", "delivered-to", "content-type"))
_OF_SAVED_PAGES = "snapshot-content-location"
_MIN_KNOWN = 2
_SUFFIXES = (".eml", ".emlx", ".mbox", ".mbx")


def recognise(content: bytes, suffix: str) -> bool:
    """Return whether bytes are a mail or a mailbox: they begin with the fields of one.

    Some of these are written by programs only, as is the line over a mail in a mailbox. A mail without any, as people
    paste it, is plain text.
    """
    names = _field_names(content)
    if suffix in _SUFFIXES:
        return bool(names & _KNOWN)
    is_written = bool(names & _BY_PROGRAMS) or _SEPARATOR.match(content) is not None  # as git writes a patch
    is_mail = len(names & _KNOWN) >= _MIN_KNOWN and is_written
    return is_mail and _OF_SAVED_PAGES not in names


def _field_names(content: bytes) -> set[str]:
    """The names of the fields that bytes begin with, in lower case; none if other lines are among them."""
    head = _bare(content[:_HEAD_BYTES]).decode("latin-1").replace("\r\n", "\n").replace("\r", "\n").lstrip("\n ")
    if head.startswith("From "):
        head = head[head.find("\n") + 1 :]
    names: set[str] = set()
    position = 0
    while field := _FIELD.match(head, position):
        names.add(field["name"].lower())
        position = field.end()
    is_complete = head[position : position + 1] in ("", "\n") or len(content) > _HEAD_BYTES
    return names if is_complete else set()


_LENGTH = re.compile(rb"(\d{1,10})[ \t]*\r?\n")
_MARK = b"\xef\xbb\xbf"


def _bare(content: bytes) -> bytes:
    """Return a mail without what Apple Mail writes around it: its length before, its marks after."""
    length = _LENGTH.match(content)
    return content[length.end() : length.end() + int(length[1])] if length else content.removeprefix(_MARK)


# What parts the mails of a mailbox: the line that programs write, with a time, over the fields of each.
_SEPARATOR = re.compile(rb"^From [^\n]{1,300}\d:\d\d[^\n]{0,100}\n(?=[!-9;-~]{1,76}:)", re.MULTILINE)


def read(content: bytes, options: Options) -> list[Source]:
    """Return what each mail says.

    Raises:
        InputError: there is nothing to read: no text, or it is encrypted; or too much, or too deeply nested.
    """
    separators = list(_SEPARATOR.finditer(content))
    if not separators or separators[0].start() > 0:
        try:
            return [_as_source(_bare(content), options)]
        except Unreadable as error:
            raise InputError(f"{options.name}: {error}") from None
    ends = [separator.start() for separator in separators[1:]] + [len(content)]
    sources: list[Source] = []
    reasons: dict[str, list[int]] = {}
    for number, (separator, end) in enumerate(zip(separators, ends, strict=True), 1):
        try:
            sources.append(_as_source(content[separator.end() : end], options, number if len(ends) > 1 else 0))
        except Unreadable as error:
            reasons.setdefault(str(error), []).append(number)
    if not sources:
        reason = next(iter(reasons)) if len(ends) == 1 else _("it contains no message with readable text")
        raise InputError(f"{options.name}: {reason}")
    left_out = (_left_out(options.name, numbers, reason) for reason, numbers in reasons.items())
    sources[0] = replace(sources[0], warnings=(*left_out, *sources[0].warnings))
    return sources


_MAX_NAMED = 5


def _left_out(name: str, numbers: Sequence[int], reason: str) -> str:
    """Return the warning that says which messages of a mailbox are not read, and why."""
    named = list(map(str, numbers))
    return ngettext(
        "{name}: skipped message {numbers}: {reason}", "{name}: skipped messages {numbers}: {reason}", len(numbers)
    ).format(
        name=name,
        numbers=join_first(named, _MAX_NAMED) if len(named) > _MAX_NAMED else join_with_and(named),
        reason=reason,
    )


_ANSWER = lazy_pattern(
    r"\A(?:\s*(?:Re|Fwd?|Aw|Wg|Sv|回复|回覆|答复|答覆|转发|轉發|转寄|轉寄)\s*(?:\[\d+\])?\s*[:：])+\s*", re.I
)


def _as_source(data: bytes, options: Options, number: int = 0) -> Source:
    """Return what a mail says; `number` is its place in its mailbox, 0 if it is alone.

    Raises:
        Unreadable: it says nothing that can be read.
    """
    mail = read_mail(data, encoding=options.encoding, name=options.name)
    lines = remove_quoted_text(mail.lines, is_forward=is_forward(mail.subject))
    if not any(char.isalnum() for line in lines for char in line.text):
        raise Unreadable(_("contains no text to summarize"))
    text = Composition()
    text.add(mail.subject, role="heading", locations={"message": str(number)} if number else None)
    before = PARAGRAPH
    for line in lines:
        if line.text.strip():
            text.add(
                line.text.rstrip(),
                before=before,
                role="heading" if line.is_heading else None,
                locations={"message": str(number)} if number else None,
            )
            before = LINE
        else:
            before = PARAGRAPH
    name, warnings = "", mail.warnings
    if number:
        name = f"message {number}: {mail.subject}".removesuffix(": ")
        warnings = tuple(warning.removeprefix(f"{options.name}: ") for warning in warnings)  # of this mail alone
    return text.source("mail", mail.encoding, warnings=warnings, name=name, title=_ANSWER.sub("", mail.subject))
