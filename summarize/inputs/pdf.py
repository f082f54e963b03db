"""PDF: the text of its pages, reconstructed from the positions of the characters.

pages -> characters (`pdf_characters`) -> words (`pdf_words`) -> regions in reading order (`pdf_columns`) -> lines
(`pdf_lines`, `pdf_tables`) -> those of the text (`pdf_margins`) -> paragraphs (`pdf_paragraphs`, `pdf_roles`) -> text
(`pdf_text`)

All of this (`pdf_reading`) is done in a process of its own: a file of a few kilobytes can have PDFium, which is written
in C, take any time and memory, or end the process that it is in.
"""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from summarize import ending
from summarize.document import Location, RoleSpan, Source
from summarize.errors import InputError, check_extra
from summarize.inputs.pdf_faults import warning_of
from summarize.inputs.table import Options
from summarize.inputs.whole import MAX_BYTES
from summarize.interface import _, os_reason

_HEAD_BYTES = 1024  # in which the magic stands, perhaps after the header of a mail or of a web server
_MAGIC = re.compile(rb"%PDF-\d")
_OBJECT = re.compile(rb"\d[ \r\n]obj\b")


def recognise(content: bytes, suffix: str) -> bool:
    """Return whether it is a PDF: a text that speaks of `%PDF-1.7` has no objects."""
    magic = _MAGIC.search(content[:_HEAD_BYTES])
    if magic is None:
        return False
    return not content[: magic.start()].strip(b"\xef\xbb\xbf \t\r\n\0") or _OBJECT.search(content) is not None


def read(content: bytes, options: Options) -> list[Source]:
    """Return the text of a PDF.

    Args:
        content: all bytes of its file.
        options: only the name counts.

    Raises:
        InputError: it is damaged, encrypted, too large, or has no text but images of it, or none that can be read.
        MissingExtraError: pypdfium2 is missing.
    """
    check_extra("pdf", ("pypdfium2",))
    if len(content) > MAX_BYTES:
        raise InputError(
            _("{name}: is larger than {most} MiB; split it first, for example with qpdf").format(
                name=options.name, most=MAX_BYTES >> 20
            )
        )
    answer = _ask(content, options.name)
    if "error" in answer:
        message, values = answer["error"]
        raise InputError(_(message).format(name=options.name, **values))
    faults = answer["faults"]
    return [
        Source(
            answer["text"],
            "utf-8",
            tuple(warning_of(options.name, fault, numbers, answer["num_pages"]) for fault, numbers in faults),
            format="pdf",
            title=answer["title"],
            parts=tuple(RoleSpan(*part) for part in answer["parts"]),
            places=tuple(Location(start, "page", label) for start, label in answer["places"]),
        )
    ]


_COMMAND = ("-P", "-m", "summarize.inputs.pdf_reading")


def _ask(content: bytes, name: str) -> dict[str, Any]:
    """Return what the process says that reads the file."""
    path = os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)
    try:
        with ending.defer_signals():  # so that no signal leaves it behind
            reader = subprocess.Popen(
                [sys.executable, *_COMMAND],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                restore_signals=False,  # SIGPIPE is ignored here, and Python ignores it there only a little later
            )
            ending.register_cleanup(reader.kill)
    except OSError as error:
        raise InputError(
            _("{name}: cannot be read, because no process could be started ({reason})").format(
                name=name, reason=os_reason(error)
            )
        ) from None
    with reader:
        try:
            said, _nothing = reader.communicate(content)
        finally:
            reader.kill()  # it has ended, or nobody waits for it any more
            ending.unregister_cleanup(reader.kill)
    if reader.returncode == 0:
        answer: dict[str, Any] = json.loads(said)
        return answer
    if reader.returncode == -getattr(signal, "SIGXCPU", 0):
        raise InputError(
            _("{name}: takes too long to read; print it to a new PDF, or split it, and try again").format(name=name)
        )
    raise InputError(
        _(
            "{name}: is damaged, or needs more memory than allowed; repair it first, for example with qpdf, or print "
            "it to a new PDF"
        ).format(name=name)
    )
