"""Reading zip archives, which several formats are: the names of members, and their bytes and XML within limits.

The directory of an archive cannot be trusted: it may name missing members, and a small archive may expand to a huge
one. So only requested members are decompressed, each within limits, and nested archives are not opened. The XML of
office documents has no use for entities: a text that declares any is refused, whose expansion is another bomb.
"""

import posixpath
import re
import struct
import zlib
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from zipfile import BadZipFile, LargeZipFile, ZipFile

from summarize.errors import InputError
from summarize.inputs.table import ZIP_MAGIC
from summarize.interface import _
from summarize.text.printing import printable

MAX_MEMBERS = 50_000  # a slide show of a thousand slides has some ten thousand
MAX_MEMBER_BYTES = 64 << 20  # unpacked; the text of a thousand pages in Word is some 20 MB of XML
MAX_UNPACKED_BYTES = 256 << 20  # of all members that are read
MAX_RATIO = 200  # unpacked to packed, of a member; XML that says the same all over has 100
FREE_BYTES = 4 << 20  # a member as small as this may have any ratio
MAX_DEPTH = 200  # of elements in elements; tables within text boxes within tables have some 50
MAX_ELEMENTS = 3_000_000  # a document of a thousand pages has some 500,000

_CHUNK_BYTES = 1 << 16  # given to the parser at once
_IS_ENCRYPTED = 1  # the bit of a member's flags
_LOCAL_HEADER = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)  # with the length of the name that follows
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ENTITY = "<!ENTITY"
_ENTITY_MARKS = tuple(_ENTITY.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
# All that `zipfile` and what it unpacks with raise for damage; a ValueError, for text that cannot be decoded as well.
_DAMAGE = (BadZipFile, LargeZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, IndexError, OverflowError)


def member_names(content: bytes) -> frozenset[str]:
    """Return the names of the members of a zip archive; nothing of anything else.

    Of an archive without its directory, which is at the end, as when it is cut off, those that stand before members.
    """
    if not content.startswith(ZIP_MAGIC):
        return frozenset()
    try:
        with ZipFile(BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except (*_DAMAGE, NotImplementedError):
        found = ((match.end(), int.from_bytes(match[1], "little")) for match in _LOCAL_HEADER.finditer(content))
        names = (content[start : start + length].decode("utf-8", "replace") for start, length in found)
        return frozenset(name for name in names if name)


class Archive:
    """A zip archive whose members are read within limits.

    Args:
        content: its bytes.
        name: how messages call it.

    Raises:
        InputError: it is damaged or has too many members.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self._bytes_left = MAX_UNPACKED_BYTES
        try:
            self._file = ZipFile(BytesIO(content))
        except (*_DAMAGE, NotImplementedError):
            raise self._damaged() from None
        self.names: frozenset[str] = frozenset(self._file.namelist())
        if len(self.names) > MAX_MEMBERS:
            raise InputError(
                _("{name}: contains more than {most:,} files, which is too many for a document").format(
                    name=name, most=MAX_MEMBERS
                )
            )

    def read(self, member: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            InputError: it is missing, damaged, encrypted, or too large.
        """
        try:
            info = self._file.getinfo(member)
        except KeyError:
            if not member:  # whatever should name it does not
                raise self._damaged() from None
            raise self._refusal(
                _("{name}: is damaged ({member} is missing); open it in its program and save it again"),
                member=printable(member),
            ) from None
        if info.flag_bits & _IS_ENCRYPTED:
            raise self._refusal(_("{name}: is encrypted; save it without a password first"))
        size = info.file_size
        if size > MAX_MEMBER_BYTES or size > self._bytes_left:
            raise self._refusal(_("{name}: contains more text than can be read; split it or save it as plain text"))
        if size > FREE_BYTES and size > MAX_RATIO * info.compress_size:
            raise self._refusal(
                _("{name}: expands to more than {ratio} times its size, which is too much for a document"),
                ratio=MAX_RATIO,
            )
        self._bytes_left -= size
        try:
            with self._file.open(info) as stream:
                return stream.read(size)  # never more, and it checks that it was all
        except NotImplementedError:
            raise self._refusal(_("{name}: uses an unsupported compression; save it again")) from None
        except (*_DAMAGE, RuntimeError, MemoryError):
            raise self._damaged(member) from None

    def read_optional(self, member: str) -> bytes:
        """Return the bytes of a member, none if it is missing; errors as of `read`."""
        return self.read(member) if member in self.names else b""

    def read_xml(self, member: str) -> Element:
        """Return the root of a member that is XML; errors as of `read` and `parse_xml`."""
        try:
            return parse_xml(self.read(member))
        except ValueError as error:
            raise self._refusal(
                _("{name}: is damaged ({member}: {reason}); save it again"), member=printable(member), reason=error
            ) from None

    def _damaged(self, member: str = "") -> InputError:
        if member:
            return self._refusal(
                _("{name}: is damaged or truncated ({member}); download it again, or open it and save it again"),
                member=printable(member),
            )
        return self._refusal(_("{name}: is damaged or truncated; download it again, or open it and save it again"))

    def _refusal(self, message: str, **values: object) -> InputError:
        """Return the error that says a message with some values in it, and with the name of the archive."""
        return InputError(message.format(name=self.name, **values))


class _Builder(TreeBuilder):
    """Builds a tree that is neither too deep nor too large."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._num_elements = 0

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self._depth += 1
        self._num_elements += 1
        if self._depth > MAX_DEPTH or self._num_elements > MAX_ELEMENTS:
            raise ValueError(_("nested too deeply") if self._depth > MAX_DEPTH else _("too many elements"))
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse_xml(data: bytes) -> Element:
    """Return the root of XML without entities of its own; nothing that it names is loaded.

    Raises:
        ValueError: it is not well-formed, declares entities, or is too deep or too large; the message is a few words.
    """
    if declares_entities(data):
        raise ValueError(_("declares entities"))
    parser = XMLParser(target=_Builder())
    try:
        for start in range(0, len(data), _CHUNK_BYTES):
            parser.feed(data[start : start + _CHUNK_BYTES])
        root: Element = parser.close()
    except ParseError as error:
        line, column = error.position
        raise ValueError(
            _("not well-formed XML at line {line}, column {column}").format(line=line, column=column + 1)
        ) from None
    except LookupError:
        raise ValueError(_("in an unknown encoding")) from None
    return root


def declares_entities(data: bytes) -> bool:
    """Return whether XML declares entities of its own, in whatever encoding."""
    return any(mark in data for mark in _ENTITY_MARKS)


def resolve_member(base: str, address: str) -> str:
    """Return which member an address in a member means, whatever place in it; empty if it leads out of the archive.

    Args:
        base: the member.
        address: relative to it, or from the top of the archive (`/word/styles.xml`).
    """
    if _SCHEME.match(address):
        return ""
    path = unquote(address.partition("#")[0])
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path)).lstrip("/")
