"""Citations: the known locations of a sentence in the user's file, such as line, page or chapter."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from summarize.document import Document, Draft, LocationKind
from summarize.formats.wording import wording
from summarize.text.pieces import join_drafts, separator_between
from summarize.text.printing import printable

# All kinds: which of several texts, and then first what leads there best.
_KINDS: tuple[LocationKind, ...] = (
    *("text", "time", "page", "slide", "cell", "row", "message", "line", "chapter", "paragraph"),
)
_LINE_END = re.compile(r"\r\n|\n|\r")


class SentenceLocations:
    """Where the sentences of a document stand.

    A file of plain text is known by its lines. A sentence before the first place of a kind has none of that kind.

    Args:
        document: whose.
    """

    def __init__(self, document: Document) -> None:
        self._document, self._say = document, wording(document.language, "plain")
        self._known: dict[LocationKind, tuple[list[int], list[str]]] = {}
        for location in document.places:
            starts, values = self._known.setdefault(location.kind, ([], []))
            starts.append(location.start)
            values.append(printable(location.value))
        if document.format == "text" and "line" not in self._known:
            starts = [0, *(match.end() for match in _LINE_END.finditer(document.text))]
            self._known["line"] = starts, [str(number) for number in range(1, len(starts) + 1)]

    def of(self, index: int) -> dict[LocationKind, str]:
        """Return all that is known of where a sentence begins to speak: which text it is, then the best first."""
        offset, found = self._document.sentences[index].body, {}
        for kind in _KINDS:
            starts, values = self._known.get(kind, ((), ()))
            number = bisect_right(starts, offset)
            if number and values[number - 1]:
                found[kind] = values[number - 1]
        return found

    def best(self, index: int) -> list[tuple[LocationKind, str]]:
        """Return by what a sentence is cited: its text, if there are several, and the best of its other places."""
        known = self.of(index)
        return [(kind, value) for kind, value in list(known.items())[: 1 + ("text" in known)]]

    def named(self, kind: LocationKind, values: Iterable[str]) -> str:
        """Return places of one kind, each once, as they are called: 第 3、5 页, pp. 3, 5."""
        found = list(values)
        known = self._say["place" if len(found) == 1 else "places"]
        return str(known[kind].format(values=self._say["list"].join(found)))

    def citation(self, draft: Draft, known: str = "") -> str:
        """Return the places of the sentences that a draft is made of, and who speaks, unless that is printed.

        It is empty where nothing is known. What several sentences have in common is said once.

        Args:
            draft: a sentence of a summary.
            known: what stands above it already and is not said again.
        """
        values: dict[LocationKind, list[str]] = {}
        for index in draft.indices:
            for kind, value in self.best(index):
                if value != known:
                    values.setdefault(kind, []).append(value)
        parts = [self.named(kind, dict.fromkeys(found)) for kind, found in values.items()]
        speaker = self._document.sentences[draft.indices[0]].speaker if draft.indices else None
        if speaker and not draft.num_label:
            parts.append(printable(self._document.text[slice(*speaker)]))
        return str(self._say["comma"]).join(parts)

    def add_citation(self, draft: Draft, known: str = "") -> str:
        """Return a draft followed by its citation; arguments as of `citation`."""
        location = self.citation(draft, known)
        return draft.text + (self._say["cited"].format(place=location) if location else "")


def join_with_citations(document: Document, drafts: Sequence[Draft], known: str = "") -> str:
    """Return drafts as one text, each followed by its location if that is known.

    Args:
        document: what they are of.
        drafts: in order.
        known: what stands above them already and is not said again.
    """
    locations, text = SentenceLocations(document), ""
    for before, draft in zip([None, *drafts], drafts, strict=False):
        if before is not None:
            text += "".join(piece.text for piece in separator_between(document, before, draft))
        text += locations.add_citation(draft, known)
    return text


def as_text(document: Document, drafts: Sequence[Draft]) -> str:
    """Return drafts as one text."""
    return "".join(piece.text for piece in join_drafts(document, drafts))
