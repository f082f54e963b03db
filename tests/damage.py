"""Damaged copies of files, and what becomes of them."""

import random
from collections.abc import Iterator

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options


def damaged(whole: bytes, *, num_copies: int) -> Iterator[bytes]:
    """Yield copies of a file: cut off, with a run of zeros, with other bytes in places, or with a part of it twice."""
    chance = random.Random(5)
    for number in range(num_copies):
        data = bytearray(whole)
        start, length = chance.randrange(len(data)), chance.randrange(1, 60)
        if number % 4 == 0:
            del data[start:]
        elif number % 4 == 1:
            data[start : start + length] = bytes(len(data[start : start + length]))
        elif number % 4 == 2:
            for _ in range(length):
                data[chance.randrange(len(data))] = chance.randrange(256)
        else:
            data[start:start] = data[chance.randrange(len(data)) :][:length]
        yield bytes(data)


def outcome(data: bytes, options: Options, source_format: str) -> list[Source] | str:
    """Return the texts in bytes, or "refused" where an error of one line says that there is none."""
    try:
        return read_bytes(data, options, source_format=source_format)
    except InputError as error:
        return "refused" if "\n" not in str(error) else f"an error of several lines: {error}"
