"""A builder for texts of speech, with speakers, roles and locations."""

from collections.abc import Mapping

from summarize.document import LocationKind, Role, Source
from summarize.inputs.assembly import Assembly
from summarize.text.forms import cues_of, is_apparatus
from summarize.text.language import HAN_RUN
from summarize.text.marks import ends_with_stop

PARAGRAPH, LINE = "\n\n", "\n"


class Composition:
    """What has been written of a text so far."""

    def __init__(self) -> None:
        self._text = Assembly()
        self._values: dict[LocationKind, str] = {}
        self._speakers: list[tuple[int, int]] = []

    def add(
        self,
        run: str,
        *,
        before: str = PARAGRAPH,
        speaker: str | None = None,
        role: Role | None = None,
        locations: Mapping[LocationKind, str] | None = None,
    ) -> None:
        """Write a run of text; an empty one is none.

        Args:
            run: the text.
            before: what parts it from what stands before it, if anything does.
            speaker: who begins to speak with it, whose name is written before it; empty if that is not known, None if
                whoever spoke before goes on.
            role: what it is for; None if that is found out later, with the sentences.
            locations: where it stands in what the user has, by kind.
        """
        if not run:
            return
        if self._text.length:
            self._text.write(before)
        start = self._text.length
        for kind, value in (locations or {}).items():
            if self._values.get(kind) != value:
                self._values[kind] = value
                self._text.place(kind, value)
        if speaker:
            self._speakers.append((start, start + len(speaker)))
            self._text.write(f"{speaker}：" if HAN_RUN.search(speaker) else f"{speaker}: ")
        elif speaker is not None and self._speakers:
            self._speakers.append((start, start))
        self._text.write(run)
        if role:
            self._text.set_role(start, role)

    def source(
        self, source_format: str, encoding: str, *, warnings: tuple[str, ...] = (), name: str = "", title: str = ""
    ) -> Source:
        """Return the text; it is empty if nothing was written."""
        return self._text.source(
            source_format, encoding, title=title, name=name, warnings=warnings, speakers=self._speakers
        )


def numbered_lines(text: str) -> list[str]:
    """Return the lines of a text as an editor numbers them: ended by LF, CR LF or CR and by nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def speech_role(run: str) -> Role | None:
    """Return "text" for a run of speech that ends without a stop and might be taken for a heading; otherwise None.

    None, too, of what has the form of apparatus: a bare address, a call to subscribe.
    """
    if ends_with_stop(run, 0, len(run)) or is_apparatus(run, 0, len(run), cues_of(run)):
        return None
    return "text"


_MAX_HEAD_CHARS = 60  # of a line that names or dates something


def head_role(line: str) -> Role | None:
    """Return "apparatus" for a short line without a stop over what is said, as a date or a list of those who speak."""
    return "apparatus" if len(line) <= _MAX_HEAD_CHARS and not ends_with_stop(line, 0, len(line)) else None
