"""Changes of a whole file: of its bytes, its numbers and words, and of its elements and values."""

import json
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from fuzz.__main__ import changed
from fuzz.wholes import CONTAINERS, FILES, PACKED, PACKERS
from office import zipped

NAMES = (*FILES, *CONTAINERS, *PACKED)

_NUMBERS = ("0", "-1", "1", "2147483647", "-2147483648", "4294967296", "99999999999999999999", "1e308", "NaN", "-0", "")
_VALUES = (
    "",
    "0",
    "-1",
    "99999999999",
    "../../etc/passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "#",
    "\ufffd",
    "\u202e",
)
_SIZES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_NUMBER = re.compile(rb"\d+(?:\.\d+)?")
_WORD = re.compile(rb"[A-Za-z]{2,}|\d+ \d+ R|[\x80-\xff]+")
_TAG = re.compile(rb"<(/?)([A-Za-z][\w:.-]*)([^<>]*?)(/?)>")
_ATTRIBUTE = re.compile(rb'(="|=\')([^"\'<>]*)')


def mutant(name: str, number: int, seed: int = 1) -> bytes:
    """Return a changed copy of the whole file of a name in `NAMES`; the same one each time."""
    dice = Random(f"{seed} {name} {number}")
    if name in FILES:
        return _changed_once_or_more(FILES[name], dice)
    if name in CONTAINERS:
        return _changed_archive(CONTAINERS[name], dice)
    if dice.random() < 0.5:
        return _of_bytes(_packed(name, PACKED[name]), dice)
    return _packed(name, _changed_once_or_more(PACKED[name], dice))


def whole(name: str) -> bytes:
    """Return the file of a name in `NAMES` as it is before it is changed."""
    if name in FILES:
        return FILES[name]
    return zipped(CONTAINERS[name], stored=("mimetype",)) if name in CONTAINERS else _packed(name, PACKED[name])


def suffix_of(name: str) -> str:
    """Return the suffix of the file of a name: `.txt` of `gb18030.txt`."""
    return f".{name.rpartition('.')[2]}"


def _packed(name: str, content: bytes) -> bytes:
    return PACKERS[name.rpartition(".")[2]](content)


def _changed_once_or_more(content: bytes, dice: Random) -> bytes:
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        content = dice.choice(_ways(content))(content, dice)
    return content


def _ways(content: bytes) -> list[Callable[[bytes, Random], bytes]]:
    """Return the ways to change a content: those of its kind, and those of all."""
    found = [_of_bytes, _of_lengths, _of_numbers, _of_words]
    if content.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"<" or b"</" in content:
        found += [_of_elements, _of_elements, _of_attributes, _of_attributes]
    elif content[:1] in (b"{", b"["):
        found += [_of_values, _of_values, _of_values, _of_values]
    return found


def _stretch(content: bytes, dice: Random, most: int = 200) -> tuple[int, int]:
    start = dice.randrange(len(content) + 1)
    return start, min(len(content), start + dice.randint(1, most))


def _of_bytes(content: bytes, dice: Random) -> bytes:
    """Flip bits, cut, zero, double, move or swap a part, or do as the fuzzer does."""
    way = dice.randrange(7)
    copy = bytearray(content)
    start, end = _stretch(content, dice)
    if way == 0:
        for _ in range(dice.randint(1, 20) if copy else 0):
            copy[dice.randrange(len(copy))] ^= 1 << dice.randrange(8)
    elif way == 1:
        del copy[start:]
    elif way == 2:
        del copy[start:end]
    elif way == 3:
        copy[start:end] = bytes(end - start)
    elif way == 4:
        copy[start:start] = copy[start:end] * dice.choice((1, 2, 100))
    elif way == 5:
        part = copy[start:end]
        del copy[start:end]
        place = dice.randrange(len(copy) + 1)
        copy[place:place] = part
    else:
        return changed(content, content, dice)
    return bytes(copy)


def _of_lengths(content: bytes, dice: Random) -> bytes:
    """Write another number over two or four bytes, in either order."""
    width, order = dice.choice((2, 4)), dice.choice(("little", "big"))
    start = dice.randrange(max(1, len(content) - width))
    size = dice.choice(_SIZES) & (1 << 8 * width) - 1
    return content[:start] + size.to_bytes(width, order) + content[start + width :]


def _of_numbers(content: bytes, dice: Random) -> bytes:
    return _replaced(content, _NUMBER, dice, [number.encode() for number in _NUMBERS])


def _of_words(content: bytes, dice: Random) -> bytes:
    """Put a word, a reference or a run of characters in the place of another one."""
    return _replaced(content, _WORD, dice, [])


def _replaced(content: bytes, pattern: re.Pattern[bytes], dice: Random, others: list[bytes]) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return content
    match = dice.choice(found)
    other = dice.choice(others) if others and dice.random() < 0.8 else dice.choice(found)[0]
    return content[: match.start()] + other + content[match.end() :]


def _of_attributes(content: bytes, dice: Random) -> bytes:
    """Give an attribute the value of another one, so that things lead to each other in a circle, or a bad one."""
    found = list(_ATTRIBUTE.finditer(content))
    if not found:
        return content
    match = dice.choice(found)
    value = dice.choice(found)[2] if dice.random() < 0.6 else dice.choice(_VALUES + _NUMBERS).encode()
    return content[: match.start(2)] + value + content[match.end(2) :]


def _of_elements(content: bytes, dice: Random) -> bytes:
    """Leave an element out, double it, put it into another one or into itself, swap two, or open it without end."""
    spans = _elements(content)
    if not spans:
        return content
    start, end = dice.choice(spans)
    other, behind = dice.choice(spans)
    element = content[start:end]
    way = dice.randrange(6)
    if way == 0:
        return content[:start] + content[end:]
    if way == 1:
        return content[:end] + element * dice.choice((1, 3, 50)) + content[end:]
    if way == 2:
        return content[:other] + element + content[other:]
    if way == 3:  # into itself
        opening = content.find(b">", start) + 1
        return content[:opening] + element * dice.choice((1, 2)) + content[opening:]
    if way == 4 and (end <= other or behind <= start):
        (first, first_end), (second, second_end) = sorted([(start, end), (other, behind)])
        between = content[first_end:second]
        return content[:first] + content[second:second_end] + between + content[first:first_end] + content[second_end:]
    opening = content[start : content.find(b">", start) + 1]
    closing = content[content.rfind(b"<", start, end) : end]
    depth = dice.choice((1, 40, 190, 2000))
    return content[:start] + opening * depth + element + closing * dice.choice((0, depth)) + content[end:]


def _elements(content: bytes) -> list[tuple[int, int]]:
    """Return where the elements of markup begin and end."""
    spans: list[tuple[int, int]] = []
    open_ones: list[tuple[bytes, int]] = []
    for match in _TAG.finditer(content):
        if match[4]:
            spans.append(match.span())
        elif not match[1]:
            open_ones.append((match[2], match.start()))
        else:
            while open_ones:
                name, start = open_ones.pop()
                if name == match[2]:
                    spans.append((start, match.end()))
                    break
    return spans


def _of_values(content: bytes, dice: Random) -> bytes:
    """Put another value in the place of one of JSON, also one of the same text; leave it out; or double it."""
    try:
        rows = [json.loads(content)]
        is_lines = False
    except ValueError:
        try:
            rows = [json.loads(line) for line in content.splitlines() if line.strip()]
        except ValueError:
            return content
        is_lines = True
    places: list[tuple[Any, Any]] = []
    _collect(rows, places)
    if places:
        holder, key = dice.choice(places)
        other, other_key = dice.choice(places)
        way = dice.randrange(4)
        if way == 0:
            del holder[key]
        elif way == 1:
            holder[key] = json.loads(json.dumps(other[other_key]))
        else:
            holder[key] = dice.choice(_JSON_VALUES)
    said = [json.dumps(row, ensure_ascii=dice.random() < 0.3) for row in rows]
    return ("\n".join(said) + "\n" if is_lines else "".join(said[:1])).encode("utf-8", "surrogatepass")


_JSON_VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, float("nan"), float("inf"), 10**30, "", " ", "\0", "\ud800", "\u202e", "a" * 5000),
    *([], {}, [[]], [None], [{}], {"": None}, {"text": {}}, [["a"], 1], "1700000000.1", "99999999999999999999"),
)


def _collect(value: Any, places: list[tuple[Any, Any]]) -> None:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        places.append((value, key))
        _collect(value[key], places)


def _changed_archive(members: Mapping[str, str], dice: Random) -> bytes:
    """Change a member, with right checksums, or which members there are, or the bytes of the archive."""
    way = dice.random()
    if way < 0.2:
        return _of_bytes(zipped(members, stored=tuple(members) if dice.random() < 0.5 else ()), dice)
    if way < 0.3:
        return _of_lengths(zipped(members), dice)
    changed_members: list[tuple[str, bytes]] = [(name, content.encode()) for name, content in members.items()]
    for _ in range(dice.choice((1, 1, 2, 3)) if way < 0.9 else 0):
        place = dice.randrange(len(changed_members))
        name, content = changed_members[place]
        changed_members[place] = (name, _changed_once_or_more(content, dice))
    if way >= 0.9:
        place, other = (dice.randrange(len(changed_members)) for _ in range(2))
        name, content = changed_members[place]
        kind = dice.randrange(4)
        if kind == 0:
            del changed_members[place]
        elif kind == 1:
            changed_members[place] = (name, changed_members[other][1])
        elif kind == 2:
            changed_members.append((name, changed_members[other][1]))
        else:
            changed_members[place] = (dice.choice((f"../{name}", f"/{name}", name.upper(), "", "\u202e")), content)
    return _archive(changed_members, dice)


def _archive(members: list[tuple[str, bytes]], dice: Random) -> bytes:
    import warnings

    buffer = BytesIO()
    with warnings.catch_warnings(), ZipFile(buffer, "w") as archive:
        warnings.simplefilter("ignore")  # of two members with one name
        for name, content in members:
            archive.writestr(ZipInfo(name or "x"), content, dice.choice((ZIP_DEFLATED, ZIP_STORED)))
    return buffer.getvalue()
