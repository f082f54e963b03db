"""Which terms the network knows, and how a term it does not know is spelled with those it does."""

from collections.abc import Sequence
from pathlib import Path

from summarize.errors import ModelError
from summarize.interface import _
from summarize.text.language import HAN_RUN
from summarize.text.patterns import lazy

PADDING_ID = 0
UNKNOWN_ID = 1
SPECIAL_TERMS = ("<pad>", "<unknown>")

_DIGITS = lazy(r"\d+")


def lookup_form(term: str) -> str:
    """Return the form under which a term is counted and looked up: every run of digits becomes `0`.

    So `2018年` and `1997年` are one entry, `0年`, and `3.5%` is `0.0%`: the kind of number matters to the
    network, its value does not.
    """
    return _DIGITS.sub("0", term)


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
                _("a vocabulary begins with {expected}, got {found}").format(
                    expected=SPECIAL_TERMS, found=tuple(terms[:2])
                )
            )
        self.terms = tuple(terms)
        self._id_of = {term: token_id for token_id, term in enumerate(self.terms)}
        if len(self._id_of) != len(self.terms):
            raise ValueError(_("a vocabulary names each term once"))

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, term: str) -> bool:
        return lookup_form(term) in self._id_of

    def encode(self, term: str) -> tuple[int, ...]:
        """Return the ids that stand for a term: one if it is known, else those of its known characters.

        A term without a known Chinese character is `(UNKNOWN_ID,)`. Latin words are not spelled: single letters
        say nothing about a word.
        """
        form = lookup_form(term)
        token_id = self._id_of.get(form)
        if token_id is not None:
            return (token_id,)
        characters = "".join(HAN_RUN.findall(form))
        spelled = tuple(self._id_of[character] for character in characters if character in self._id_of)
        return spelled or (UNKNOWN_ID,)

    def save(self, path: Path) -> None:
        """Write one term a line, in the order of ids."""
        path.write_text("\n".join(self.terms) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Vocabulary":
        """Read what `save` wrote.

        Raises:
            ModelError: the file cannot be read or is not a vocabulary.
        """
        try:
            return cls(path.read_text(encoding="utf-8").split("\n")[:-1])
        except (OSError, ValueError) as error:
            raise ModelError(_("{name}: no usable vocabulary: {reason}").format(name=path, reason=error)) from error
