"""Files of words, in UTF-8 or GB18030: dictionaries of one's own, as jieba has them, and lists of stop words.

dictionary     on each line a word; after it its frequency and its class may stand, which do not matter here,
               since the word is never cut:   云计算 5 n
stop words     on each line a word
"""

from collections.abc import Iterator
from pathlib import Path

from summarize.errors import InputError
from summarize.interface import _, os_reason
from summarize.lexicon import Lexicon, UserDictionary
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern
from summarize.text.printing import printable

MAX_BYTES = 16 << 20  # of a file
MAX_WORDS = 500_000
MAX_CHARACTERS = 64  # of a word

_ENTRY = lazy_pattern(r"(.+?)(?:[ \t]+\d+)?(?:[ \t]+[a-z]{1,4})?")


def read_lexicon(dictionary: Path | None = None, stop_words: Path | None = None) -> Lexicon:
    """Read what a user says about words.

    Args:
        dictionary: file of words that are never cut; None for none.
        stop_words: file of words that say nothing about a text; None for none.

    Raises:
        InputError: a file cannot be read, is no such list, or has too many or too long words.
    """
    entries = () if dictionary is None else _lines(dictionary)
    words = [match[1] for line in entries if (match := _ENTRY.fullmatch(line))]
    silent = () if stop_words is None else _lines(stop_words)
    return Lexicon(UserDictionary(words) if words else None, frozenset(word.lower() for word in silent))


def _lines(path: Path) -> Iterator[str]:
    """Yield what stands on the lines of a file, in Simplified characters, without empty ones."""
    name = printable(str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(_("{name}: no such file; check its name").format(name=name)) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(_("{name}: cannot be read ({reason})").format(name=name, reason=os_reason(error))) from None
    if len(data) > MAX_BYTES:
        raise InputError(
            _("{name}: is larger than {most} MB; is it a list of words?").format(name=name, most=MAX_BYTES >> 20)
        )
    count = 0
    for number, line in enumerate(normalize(_text_of(data, name)).splitlines(), start=1):
        entry = line.strip()
        if len(entry) > MAX_CHARACTERS:
            raise InputError(
                _("{name}: line {line} is longer than {most} characters; write one word per line").format(
                    name=name, line=number, most=MAX_CHARACTERS
                )
            )
        if entry:
            count += 1
            if count > MAX_WORDS:
                raise InputError(
                    _("{name}: has more than {most:,} words; remove some").format(name=name, most=MAX_WORDS)
                )
            yield entry


def _text_of(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    raise InputError(_("{name}: is not in UTF-8; save it as UTF-8").format(name=name))
