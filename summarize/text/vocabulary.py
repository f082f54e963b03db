"""The vocabulary of the network, and the spelling of unknown terms with known ones."""

import zlib
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarize.errors import ModelError
from summarize.interface import _
from summarize.text.language import HAN_RUN
from summarize.text.patterns import lazy_pattern

PADDING_ID = 0
UNKNOWN_ID = 1
SPECIAL_TERMS = ("<pad>", "<unknown>")

_DIGITS = lazy_pattern(r"\d+")
_NOWHERE = -1  # the id of what has none
_MAX_LOOKUPS = 5_000  # in a file, before all of it is read


def lookup_form(term: str) -> str:
    """Return the form under which a term is counted and looked up: every run of digits becomes `0`.

    So `2018年` and `1997年` are one entry, `0年`, and `3.5%` is `0.0%`: the kind of number matters to the
    network, its value does not.
    """
    return term if term.isalpha() else _DIGITS.sub("0", term)


class _Ids(dict[str, int]):
    """The ids of terms; of any other `_NOWHERE`, which is not kept."""

    def __missing__(self, form: str) -> int:
        return _NOWHERE


class Vocabulary:
    """The terms of a trained model and their ids.

    Args:
        terms: distinct lookup forms in the order of their ids, `SPECIAL_TERMS` first.

    Raises:
        ValueError: the special terms are not first, or a term occurs twice.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        if tuple(terms[: len(SPECIAL_TERMS)]) != SPECIAL_TERMS:
            raise ValueError(
                _("a vocabulary must begin with {expected}, got {found}").format(
                    expected=SPECIAL_TERMS, found=tuple(terms[:2])
                )
            )
        self._terms = tuple(terms)
        self._id_of = _Ids(zip(terms, count()))
        if len(self._id_of) != len(terms):
            raise ValueError(_("a vocabulary must not contain a term twice"))

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms in the order of their ids."""
        return self._terms

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, term: str) -> bool:
        return self._id_of[lookup_form(term)] != _NOWHERE

    def id_of(self, term: str) -> int:
        """Return the id of a term, `UNKNOWN_ID` if it is not known."""
        token_id = self._id_of[lookup_form(term)]
        return UNKNOWN_ID if token_id == _NOWHERE else token_id

    def ids_of(self, terms: Sequence[str]) -> NDArray[np.int32]:
        """Return the id of each term, (N,); `UNKNOWN_ID` for one that is not known."""
        id_of = self._id_of.__getitem__
        found = np.array([id_of(term if term.isalpha() else lookup_form(term)) for term in terms], np.int32)
        found[found == _NOWHERE] = UNKNOWN_ID
        return found

    def encode(self, term: str) -> tuple[int, ...]:
        """Return the ids that stand for a term: one if it is known, else those of its known characters.

        A term without a known Chinese character is `(UNKNOWN_ID,)`. Latin words are not spelled: single letters
        say nothing about a word.
        """
        form = lookup_form(term)
        token_id = self._id_of[form]
        if token_id != _NOWHERE:
            return (token_id,)
        if form.isascii():
            return (UNKNOWN_ID,)
        spelled = [self._id_of[character] for run in HAN_RUN.findall(form) for character in run]
        return tuple(token_id for token_id in spelled if token_id != _NOWHERE) or (UNKNOWN_ID,)

    def save(self, path: Path) -> None:
        """Write one term a line, in the order of ids."""
        path.write_text("\n".join(self.terms) + "\n", encoding="utf-8")

    def table(self) -> NDArray[np.uint32]:
        """Return where the terms are, (2V,), for `VocabularyInFile`: a hash table with open addresses.

        The id of a term stands at the remainder of its CRC-32, or at the first place after it that was free when it
        came. Where none stands there is 0. The special terms are not in it.
        """
        table = np.zeros(2 * len(self), np.uint32)
        for token_id, term in enumerate(self.terms[len(SPECIAL_TERMS) :], start=len(SPECIAL_TERMS)):
            slot = zlib.crc32(term.encode()) % len(table)
            while table[slot]:
                slot = (slot + 1) % len(table)
            table[slot] = token_id
        return table

    @classmethod
    def load(cls, path: Path) -> "Vocabulary":
        """Read what `save` wrote.

        Raises:
            ModelError: the file cannot be read or is not a vocabulary.
        """
        try:
            return cls(_split(path.read_bytes()))
        except (OSError, ValueError) as error:
            raise ModelError(
                _("{name}: the vocabulary cannot be used: {reason}").format(name=path, reason=error)
            ) from error


def _split(lines: bytes) -> list[str]:
    return lines.decode().split("\n")[:-1]


class VocabularyInFile(Vocabulary):
    """A vocabulary whose terms are looked up in what `save` wrote, each when it is first asked for.

    To read 48,000 takes 7 ms and 8 MB, and a short text asks for a hundred.

    Args:
        lines: what `save` wrote.
        table: of the same vocabulary.

    Raises:
        ValueError: the table is of another vocabulary, or that is not in UTF-8.
    """

    def __init__(self, lines: bytes, table: NDArray[np.uint32]) -> None:
        lines.decode()  # none of them has to be doubted any more; to make terms of it takes ten times as long
        self._lines = lines
        self._ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == ord("\n"))  # (V,)
        if not lines.startswith("\n".join((*SPECIAL_TERMS, "")).encode()):
            raise ValueError(_("its vocabulary does not begin with {expected}").format(expected=SPECIAL_TERMS))
        num_others = len(self) - len(SPECIAL_TERMS)
        of_its_kind = table.shape == (2 * len(self),) and table.dtype == np.uint32
        if not of_its_kind or np.count_nonzero(table) != num_others or table.max() >= len(self):
            raise ValueError(_("the lookup table belongs to another vocabulary"))
        self._id_of = _IdsInFile(lines, self._ends, table)

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms in the order of their ids; all are read."""
        return tuple(_split(self._lines))

    def __len__(self) -> int:
        return len(self._ends)


class _IdsInFile(_Ids):
    """The ids of terms that are looked up; the arguments are those of `VocabularyInFile`, and where its lines end."""

    def __init__(self, lines: bytes, ends: NDArray[np.int64], table: NDArray[np.uint32]) -> None:
        super().__init__(zip(SPECIAL_TERMS, count()))
        self._lines = lines
        self._ends = ends
        self._table = table
        self._num_lookups = 0
        self._is_complete = False

    def __missing__(self, form: str) -> int:
        if self._is_complete:
            return _NOWHERE
        self._num_lookups += 1
        if self._num_lookups > _MAX_LOOKUPS:
            self.update(zip(_split(self._lines), count()))
            self._is_complete = True
            return self.get(form, _NOWHERE)
        line = form.encode(errors="surrogatepass")
        slot = zlib.crc32(line) % len(self._table)
        while token_id := self._table.item(slot):
            if self._lines[self._ends.item(token_id - 1) + 1 : self._ends.item(token_id)] == line:
                self[form] = token_id
                return token_id
            slot = (slot + 1) % len(self._table)
        return _NOWHERE
