"""Fetching of a URL over HTTP or HTTPS; nothing that the page refers to is fetched.

    the URL -> its host's addresses, of which only public ones are used -> a connection to one of these
            -> an answer, or the next URL (at most `MAX_REDIRECTS`) -> its bytes, unpacked -> what is known of them

No page can lead the program into the local network: a non-public address is used only if the user's own URL names it,
as `http://127.0.0.1:8000/`, or says `localhost`; not if it is what the name of a host turns out to stand for, nor if
another host sends us there. The connection is made to the address that was looked at, so a name that stands for another
address a moment later gains nothing.

No cookies are kept, no names and passwords are sent, and no proxy is used, whatever the environment says: a proxy would
look up the address for us.
"""

import io
import re
import socket
import zlib
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead
from pathlib import PurePosixPath
from ssl import SSLContext, create_default_context
from time import monotonic
from typing import Any, cast
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from summarize import __version__
from summarize.errors import InputError
from summarize.inputs.addresses import find_addresses
from summarize.inputs.fetch_faults import no_answer_error, status_error
from summarize.inputs.table import FORMATS, Options
from summarize.inputs.url import without_password
from summarize.interface import _
from summarize.text.decoding import BYTE_ORDER_MARKS, decode
from summarize.text.patterns import lazy_pattern
from summarize.text.printing import printable

MAX_BYTES = 32 << 20  # that are fetched, and that they are unpacked to
MAX_REDIRECTS = 5
CONNECT_SECONDS = 10.0  # to each address
READ_SECONDS = 20.0  # without a byte
TOTAL_SECONDS = 60.0  # for all of it, except for looking up the names of hosts, which is the system's

_RECEIVED_TO_BODY = 2  # of all bytes of an answer to those of its body; in chunks of six bytes it is 2
_CHUNK_BYTES = 1 << 16
_FEED_BYTES = 1 << 12  # unpacked at once: what stands after a member is copied, of which there may be a million
_PADDING = re.compile(rb"\0*")  # after a member
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SAFE = "/%:=&?~#+!$,;'@()*[]|"  # in a URL that is quoted already
_NO_HOST = lazy_pattern(r"[\x00-\x20\x7f%<>\\^`{|}]")

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "multipart/related": ".mhtml",
    "application/pdf": ".pdf",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/x-ndjson": ".ndjson",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "message/rfc822": ".eml",
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
}  # of what a type of content can be nothing else than
_TYPES_OF_TEXT = ("text/", "application/xhtml+xml", "application/json", "application/xml", "application/x-ndjson")


def fetch(url: str, *, encoding: str | None = None, field: str | None = None) -> tuple[bytes, Options]:
    """Fetch a URL.

    Args:
        url: of `http` or `https`.
        encoding: of its text by a name that Python knows; None to believe what the server says of a text, unless a
            byte order mark or its being UTF-8 says otherwise.
        field: which field of records has the text; None to detect it.

    Returns:
        Its bytes, and what is known of them. They are named as the user named them; their suffix is of the type that
        the server says they are of, or of the name at the end of the URL.

    Raises:
        InputError: it cannot be fetched.
    """
    name = without_password(url)
    deadline = monotonic() + TOTAL_SECONDS
    target = _split(url, "", name)
    named_host = target.hostname
    for _redirect in range(MAX_REDIRECTS + 1):
        answer = _ask(target, name, deadline, is_named=target.hostname == named_host)
        if answer.location is None:
            suffix = _suffix(answer.content_type, target)
            return answer.body, Options(name, suffix, encoding or _charset(answer), field, argument=name)
        target = _split(answer.location, target.geturl(), name)
    raise InputError(
        _("{name}: was redirected more than {most} times; give the final address").format(name=name, most=MAX_REDIRECTS)
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server says.

    Args:
        body: what was asked for, unpacked.
        content_type: its type, in lower case; empty if it is not said.
        charset: the encoding that is said, if one is.
        location: the URL to ask instead; None if this is the answer.
    """

    body: bytes = b""
    content_type: str = ""
    charset: str | None = None
    location: str | None = None


# The URL


def _split(url: str, base: str, name: str) -> SplitResult:
    """Return the parts of a URL, quoted for the wire.

    Args:
        url: as a user or a server gives it.
        base: the URL that it may be relative to; empty if there is none.
        name: how messages call what the user asked for.

    Raises:
        InputError: it is not one, or of another scheme.
    """
    try:
        target = urlsplit(urljoin(base, url.strip()))
        host = target.hostname or ""
        host = host if ":" in host else host.encode("idna").decode("ascii")
        port = target.port
        is_wrong = _NO_HOST.search(host) is not None
    except ValueError:  # also of a label that is too long, or empty
        is_wrong = True
    if is_wrong:
        raise InputError(_("{name}: not a URL that can be fetched; check the address").format(name=name))
    if target.scheme not in _PORTS:
        raise InputError(
            _("{name}: redirects to a URL with '{scheme}'; only http and https are fetched").format(
                name=name, scheme=printable(target.scheme)
            )
        )
    if not host:
        raise InputError(_("{name}: does not name a host; check the address").format(name=name))
    if target.username is not None:
        raise InputError(
            _(
                "{name}: contains a user name or a password, which is not sent; save the page from a browser instead"
            ).format(name=name)
        )
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[target.scheme]:
        netloc += f":{port}"
    return SplitResult(target.scheme, netloc, quote(target.path or "/", _SAFE), quote(target.query, _SAFE), "")


# The connection


class _BoundedSocket(io.RawIOBase):
    """A socket of which each read and write ends in time, as a file and as what `HTTPResponse` takes a file of.

    What it reads in all is bounded as well, whatever lengths the server says of its headers, its body and its chunks.

    Args:
        connected: the socket.
        deadline: when all is over, by `monotonic`.
        name: how messages call the URL.
    """

    def __init__(self, connected: socket.socket, deadline: float, name: str) -> None:
        self._socket = connected
        self._deadline = deadline
        self._name = name
        self._bytes_left = _RECEIVED_TO_BODY * MAX_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, and return with how many bytes.

        Raises:
            InputError: more has come than an answer may have.
            OSError: nothing comes, or not in time.
        """
        self._socket.settimeout(_left(self._deadline, READ_SECONDS))
        num_bytes = self._socket.recv_into(buffer)
        self._bytes_left -= num_bytes
        if self._bytes_left < 0:
            raise _too_large(self._name)
        return num_bytes

    def sendall(self, data: Any) -> None:
        self._socket.settimeout(_left(self._deadline, READ_SECONDS))
        self._socket.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def close(self) -> None:
        self._socket.close()
        super().close()


def _left(deadline: float, most: float) -> float:
    """Return the seconds that may pass.

    Raises:
        TimeoutError: none.
    """
    left = min(most, deadline - monotonic())
    if left <= 0:
        raise TimeoutError
    return left


def _connected(target: SplitResult, name: str, deadline: float, *, is_named: bool) -> _BoundedSocket:
    """Return a connection to the host of a URL, secured if the scheme says so."""
    host = str(target.hostname)
    problem: OSError = TimeoutError()
    for family, address in find_addresses(host, target.port or _PORTS[target.scheme], name, is_named=is_named):
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(_left(deadline, CONNECT_SECONDS))
            connection.connect(address)
            if target.scheme == "https":
                connection = _tls().wrap_socket(connection, server_hostname=host)
            return _BoundedSocket(connection, deadline, name)
        except OSError as error:
            connection.close()
            problem = error
    raise problem


def _tls() -> SSLContext:
    return create_default_context()


# The answer


def _ask(target: SplitResult, name: str, deadline: float, *, is_named: bool) -> _Answer:
    """Ask for a URL once.

    Raises:
        InputError: there is no answer, or none that is of use.
    """
    try:
        with closing(_connected(target, name, deadline, is_named=is_named)) as connection:
            return _answer(connection, target, name)
    except (OSError, HTTPException, ValueError) as error:  # ValueError: a length below 0, a NUL in an encoding's name
        raise no_answer_error(error, str(target.hostname), name) from None


def _answer(connection: _BoundedSocket, target: SplitResult, name: str) -> _Answer:
    """Ask for a URL on a connection, and return the answer."""
    path = target.path + (f"?{target.query}" if target.query else "")
    headers = {
        "Host": target.netloc,
        "User-Agent": f"summarize/{__version__}",
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.8",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    lines = [f"GET {path} HTTP/1.1", *(f"{field}: {value}" for field, value in headers.items())]
    connection.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
    # The response takes nothing but a file of the connection. It is closed before it: its closing flushes that file.
    with closing(HTTPResponse(cast("socket.socket", connection), method="GET")) as response:
        response.begin()
        location = response.getheader("Location")
        if response.status in _REDIRECTS and location:
            return _Answer(location=location.encode("latin-1").decode("utf-8", "replace"))
        if not 200 <= response.status < 300:
            raise status_error(response.status, response.reason, name)
        body = _unpacked(_body(response, name), response.getheader("Content-Encoding", ""), name)
        content_type = response.headers.get_content_type() if "Content-Type" in response.headers else ""
        return _Answer(body, content_type, response.headers.get_content_charset())


def _body(response: HTTPResponse, name: str) -> bytes:
    """Return the body of an answer.

    Raises:
        InputError: it is too large.
        IncompleteRead: it is not all there.
    """
    body = bytearray()
    while len(body) <= MAX_BYTES and (response.length or 0) <= MAX_BYTES:
        chunk = response.read(_CHUNK_BYTES)
        if not chunk:
            if response.length:  # that many are missing
                raise IncompleteRead(bytes(body), response.length)
            return bytes(body)
        body += chunk
    raise _too_large(name)


def _too_large(name: str) -> InputError:
    return InputError(
        _("{name}: is larger than {most} MB; download it with another program, and name the file").format(
            name=name, most=MAX_BYTES >> 20
        )
    )


def _unpacked(body: bytes, coding: str, name: str) -> bytes:
    """Return a body as it was before the server packed it for the way."""
    coding = coding.strip().lower()
    if coding in ("", "identity") or not body:
        return body
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise InputError(
            _("{name}: was sent with the unsupported encoding '{coding}'; save it from a browser").format(
                name=name, coding=printable(coding)
            )
        )
    unpacked = bytearray()
    position = 0
    try:
        while position < len(body):  # gzip may have several members
            # 32: with the head of gzip or of zlib; deflate may have neither
            is_bare = coding == "deflate" and body[position] & 0x0F != 8
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS if is_bare else zlib.MAX_WBITS + 32)
            while not unpacker.eof:
                fed = body[position : position + _FEED_BYTES]
                if not fed:
                    raise zlib.error
                position += len(fed)
                unpacked += unpacker.decompress(fed, MAX_BYTES + 1 - len(unpacked))
                if len(unpacked) > MAX_BYTES:
                    raise InputError(
                        _("{name}: is larger than {most} MB when decompressed; a part of it may be enough").format(
                            name=name, most=MAX_BYTES >> 20
                        )
                    )
            padding = _PADDING.match(body, position - len(unpacker.unused_data))
            position = padding.end() if padding else len(body)
    except zlib.error:
        raise InputError(_("{name}: the response was damaged; try again").format(name=name)) from None
    return bytes(unpacked)


# What is known of it


def _suffix(content_type: str, target: SplitResult) -> str:
    """Return the suffix that says what the bytes are: of their type, or of the name at the end of the URL."""
    if content_type in _SUFFIXES:
        return _SUFFIXES[content_type]
    suffix = PurePosixPath(unquote(target.path)).suffix.lower()
    if not any(suffix in known.suffixes for known in FORMATS) and content_type == "application/json":
        return ".json"
    return suffix


def _charset(answer: _Answer) -> str | None:
    """Return the encoding that the server says a text is in; None if the text says otherwise."""
    body, charset = answer.body, answer.charset
    if not charset or not answer.content_type.startswith(_TYPES_OF_TEXT):
        return None
    if any(body.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        return None
    try:
        if not body.isascii():
            body.decode("utf-8")
            return None
    except UnicodeDecodeError:
        pass
    try:
        return decode(body, encoding=charset).encoding
    except InputError:
        return None
