import contextlib
import gzip
import socket
import ssl
import struct
import subprocess
import sys
import threading
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from summarize import __version__
from summarize.errors import InputError
from summarize.inputs import fetching
from summarize.inputs.fetching import fetch
from summarize.inputs.url import is_url, read_url

CERTIFICATE = Path(__file__).parent / "data" / "localhost.pem"  # and its key; both are of use for nothing else
PROSE = "The council met on Monday and decided to repair the old bridge before winter."
CHINESE = "市议会星期一开会，决定在入冬以前修好那座老桥。"
PUBLIC = "93.184.216.34"


class Server:
    """A web server of this machine; `pages` maps paths to bodies, to (status, headers, body), or to what answers.

    Its URL names it by number.
    """

    def __init__(self):
        self.pages = {}
        self.asked = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.asked.append(self)
                page = server.pages.get(self.path, (404, {}, b"nothing here"))
                if callable(page):
                    page(self)
                    return
                status, headers, body = (200, {}, page) if isinstance(page, bytes) else page
                self.send_response(status)
                for header in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(*header)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                """Say nothing where the other side has gone away."""

        self.http = Quiet(("127.0.0.1", 0), Handler)
        self.port = self.http.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


@pytest.fixture
def server():
    running = Server()
    yield running
    running.close()


@pytest.fixture
def network(monkeypatch, server):
    """Let names of hosts stand for addresses, and all addresses lead to the server.

    Gives what the names stand for, to be filled, and the addresses that were connected to.
    """
    hosts, connected = {}, []
    looked_up = socket.getaddrinfo

    def look_up(host, port, *arguments, **options):
        if host not in hosts:
            return looked_up(host, port, *arguments, **options)
        found = hosts[host]() if callable(hosts[host]) else hosts[host]
        return [
            (socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in found
        ]

    class Led(socket.socket):
        def connect(self, address):
            connected.append(address[0])
            super().connect(("127.0.0.1", server.port))

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "socket", Led)
    return hosts, connected


def refusal(url):
    """Return what is said instead of what lies at a URL, without the URL."""
    with pytest.raises(InputError) as caught:
        fetch(url)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"{url}: ")
    return message.removeprefix(f"{url}: ")


# URLs among names


@pytest.mark.parametrize("name", ["http://example.org", "https://example.org/a?b#c", "HTTPS://EXAMPLE.ORG", "http://"])
def test_url_is_told_from_a_file(name):
    assert is_url(name)


@pytest.mark.parametrize(
    "name", ["", "-", "notes.txt", "http", "http:", "httpsx://x", "ftp://example.org/x", "file:///etc/hosts", "C:\\x"]
)
def test_file_is_told_from_a_url(name):
    assert not is_url(name)


def test_telling_urls_loads_nothing():
    code = (
        "import sys; from summarize.inputs import url; url.is_url('x'); "
        "print([name for name in ('ssl', 'http.client', 'socket', 'urllib.parse') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


# What is fetched


def test_bytes_of_a_url_are_fetched(server):
    server.pages["/notes.txt"] = PROSE.encode()
    data, options = fetch(f"{server.url}/notes.txt")
    assert data == PROSE.encode()
    assert (options.name, options.suffix, options.encoding) == (f"{server.url}/notes.txt", ".txt", None)


def test_text_of_a_url_is_read(server):
    server.pages["/notes.txt"] = PROSE.encode()
    (source,) = read_url(f"{server.url}/notes.txt")
    assert (source.text, source.format) == (PROSE, "text")


def test_page_of_a_url_is_read_as_a_page(server):
    body = f"<title>老桥</title><p>{CHINESE}</p>".encode("gbk")
    server.pages["/a.php?id=7"] = (200, {"Content-Type": "text/html; charset=GBK"}, body)
    (source,) = read_url(f"{server.url}/a.php?id=7#part")
    assert (source.text, source.title, source.format) == (f"老桥\n\n{CHINESE}", "老桥", "html")
    assert source.encoding == "gbk"


def test_format_and_encoding_that_the_user_names_are_believed(server):
    body = f"<p>{CHINESE}</p>".encode("gbk")
    server.pages["/"] = (200, {"Content-Type": "text/html; charset=big5"}, body)
    (source,) = read_url(server.url, encoding="gbk", source_format="text")
    assert (source.text, source.format, source.encoding) == (f"<p>{CHINESE}</p>", "text", "gbk")


def test_errors_of_what_was_fetched_name_the_url(server):
    server.pages["/"] = (200, {"Content-Type": "text/html"}, b"<html><body></body></html>")
    with pytest.raises(InputError, match=f"^{server.url}/: the page has no main text"):
        read_url(f"{server.url}/")


def test_what_the_user_says_goes_with_it(server):
    server.pages["/x"] = (200, {"Content-Type": "text/plain; charset=utf-8"}, PROSE.encode())
    _, options = fetch(f"{server.url}/x", encoding="latin-1", field="body")
    assert (options.encoding, options.field) == ("latin-1", "body")


def test_request_says_who_asks_and_nothing_of_the_user(server):
    server.pages["/"] = b"x"
    fetch(server.url)
    (asked,) = server.asked
    assert asked.path == "/"
    assert asked.headers["User-Agent"] == f"summarize/{__version__}"
    assert asked.headers["Host"] == f"127.0.0.1:{server.port}"
    assert sorted(asked.headers.keys()) == ["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"]


def test_url_is_quoted_for_the_wire(server):
    server.pages["/%E6%A1%A5/a%20b?q=%E4%BF%AE&r=%20"] = b"x"
    assert fetch(f"{server.url}/桥/a b?q=修&r=%20")[0] == b"x"


def test_proxies_of_the_environment_are_not_used(server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    server.pages["/"] = b"x"
    assert fetch(server.url)[0] == b"x"


@pytest.mark.parametrize(
    ("path", "content_type", "suffix"),
    [
        ("/a.pdf", "text/html", ".html"),
        ("/a", "application/pdf", ".pdf"),
        ("/README.md", "text/plain; charset=utf-8", ".md"),
        ("/README.md", "text/html; charset=utf-8", ".html"),
        ("/a", "text/markdown", ".md"),
        ("/book.EPUB", "application/octet-stream", ".epub"),
        ("/a", "application/json", ".json"),
        ("/a.ipynb", "application/json", ".ipynb"),
        ("/a%2Ecsv?x=.pdf", "", ".csv"),
        ("/", "text/plain", ""),
        ("/a.php", "text/plain", ".php"),
    ],
)
def test_suffix_is_of_the_type_or_of_the_name(server, path, content_type, suffix):
    server.pages[path] = (200, {"Content-Type": content_type} if content_type else {}, b"x")
    assert fetch(f"{server.url}{path}")[1].suffix == suffix


@pytest.mark.parametrize(
    ("content_type", "body", "encoding"),
    [
        ("text/plain; charset=gb2312", CHINESE.encode("gb18030"), "gb2312"),
        ('text/html; charset="Big5"', "市議會".encode("big5"), "big5"),
        ("text/plain; charset=iso-2022-jp", "橋".encode("iso-2022-jp"), "iso2022_jp"),
        ("text/plain", CHINESE.encode("gb18030"), None),
        ("text/plain; charset=gb2312", CHINESE.encode(), None),
        ("text/plain; charset=gb2312", CHINESE.encode("utf-8-sig"), None),
        ("text/plain; charset=utf-8", CHINESE.encode("utf-16"), None),
        ("text/plain; charset=utf-8", CHINESE.encode("gb18030"), None),
        ("text/plain; charset=nonsense", CHINESE.encode("gb18030"), None),
        ("application/pdf; charset=latin-1", b"%PDF-1.7 \xff", None),
    ],
)
def test_encoding_that_the_server_says_is_believed_unless_the_text_says_otherwise(server, content_type, body, encoding):
    server.pages["/"] = (200, {"Content-Type": content_type}, body)
    assert fetch(server.url)[1].encoding == encoding


# How it was sent


def chunked(*chunks, end=b"0\r\n\r\n"):
    """Return what answers with a body in chunks."""

    def answer(handler):
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for chunk in chunks:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        handler.wfile.write(end)

    return answer


def raw(answer):
    """Return what answers with these bytes and nothing else."""
    return lambda handler: handler.wfile.write(answer)


def bare_deflate(body):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(PROSE.encode())),
        ("X-GZip", gzip.compress(PROSE[:9].encode()) + gzip.compress(PROSE[9:].encode())),
        ("deflate", zlib.compress(PROSE.encode())),
        ("deflate", bare_deflate(PROSE.encode())),
        ("identity", PROSE.encode()),
    ],
    ids=["gzip", "gzip by another name", "deflate", "bare deflate", "identity"],
)
def test_what_was_packed_for_the_way_is_unpacked(server, coding, body):
    server.pages["/"] = (200, {"Content-Encoding": coding}, body)
    assert fetch(server.url)[0] == PROSE.encode()


def test_file_that_is_packed_itself_stays_so(server):
    body = gzip.compress(PROSE.encode())
    server.pages["/a.gz"] = (200, {"Content-Type": "application/gzip"}, body)
    assert fetch(f"{server.url}/a.gz")[0] == body


def test_what_was_packed_in_very_many_members_is_unpacked(server):
    """Also where most of them are empty, or padded with zeros."""
    many = gzip.compress(b"") * 200_000 + gzip.compress(PROSE[:9].encode()) + bytes(10) + gzip.compress(b"") * 5
    server.pages["/"] = (200, {"Content-Encoding": "gzip"}, many + gzip.compress(PROSE[9:].encode()) + bytes(9_000))
    assert fetch(server.url)[0] == PROSE.encode()


@pytest.mark.parametrize(
    "body",
    [b"no gzip", gzip.compress(PROSE.encode())[:-9], b"\x1f\x8b"],
    ids=["no gzip", "cut off", "two bytes"],
)
def test_what_was_packed_and_is_damaged_is_refused(server, body):
    server.pages["/"] = (200, {"Content-Encoding": "gzip"}, body)
    assert refusal(server.url) == "the response was damaged; try again"


def test_coding_that_was_not_asked_for_is_refused(server):
    server.pages["/"] = (200, {"Content-Encoding": "br"}, b"x")
    assert refusal(server.url) == "was sent with the unsupported encoding 'br'; save it from a browser"


def test_body_may_come_in_chunks_or_without_a_length(server):
    server.pages["/a"] = chunked(b"The old", b" bridge")
    server.pages["/b"] = raw(b"HTTP/1.0 200 OK\r\n\r\nThe old bridge")
    assert fetch(f"{server.url}/a")[0] == fetch(f"{server.url}/b")[0] == b"The old bridge"


@pytest.mark.parametrize(
    "answer",
    [
        raw(b""),
        raw(b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nThe old"),
        chunked(b"The old", end=b"64\r\nbrid"),
        chunked(b"The old", end=b"nonsense\r\n"),
    ],
)
def test_body_that_breaks_off_is_no_text(server, answer):
    server.pages["/"] = answer
    assert refusal(server.url) == "the connection was interrupted; try again"


@pytest.mark.parametrize(
    "answer", [b"SSH-2.0-x\r\n", b"HTTP/1.0 abc\r\n\r\n", b"\0" * 100, b"HTTP/1.0 200 OK\r\n" + b"a" * 99999]
)
def test_what_is_no_web_server_is_refused(server, answer):
    server.pages["/"] = raw(answer)
    assert refusal(server.url) == "the response is not HTTP; check the address"


@pytest.mark.parametrize(
    "answer",
    [
        chunked(end=b"-5\r\nThe old bridge"),
        raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain; charset*=a\0b''x\r\n\r\nThe old bridge"),
    ],
    ids=["a chunk of less than nothing", "an encoding with a NUL"],
)
def test_what_is_said_of_an_answer_and_cannot_be_is_refused(server, answer):
    server.pages["/"] = answer
    assert refusal(server.url) == "the response is not HTTP; check the address"


@pytest.mark.parametrize(
    ("header", "body", "end"),
    [
        (f"Content-Length: {len(PROSE)}", PROSE, ""),
        ("Transfer-Encoding: chunked", f"{len(PROSE):x}\r\n{PROSE}\r\n", "0\r\n\r\n"),
    ],
    ids=["length", "chunks"],
)
def test_answer_that_ends_anywhere_before_its_end_is_one_line(server, header, body, end):
    most = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n{header}\r\n\r\n{body}".encode()
    whole = most + end.encode()
    server.pages["/"] = raw(whole)
    assert read_url(server.url)[0].text == PROSE
    for length in range(len(most)):
        server.pages["/"] = raw(whole[:length])
        with pytest.raises(InputError) as caught:
            read_url(server.url)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "sent", [b"", b"HTTP/1.0 2", b"HTTP/1.0 200 OK\r\nX: ", b"HTTP/1.0 200 OK\r\n\r\nThe", b"HTTP/1.0 302 X\r\n"]
)
def test_connection_that_is_reset_is_said(server, sent):
    def answer(handler):
        handler.wfile.write(sent)
        linger = struct.pack("ii", 1, 0)  # at once: what waits to be sent is thrown away
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.rfile.close()
        handler.connection.close()
        threading.Event().wait(0.01)

    server.pages["/"] = answer
    assert refusal(server.url) == "the connection was interrupted; try again"


@pytest.mark.parametrize(
    "page",
    [
        PROSE.encode(),
        (404, {}, PROSE.encode()),
        (302, {"Location": "ftp://127.0.0.1/"}, PROSE.encode()),
        (200, {"Content-Length": str(1 << 40)}, PROSE.encode()),
        (200, {"Content-Encoding": "br"}, PROSE.encode()),
        raw(b"SSH-2.0-x\r\n"),
        raw(b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nThe old"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\nThe old bridge"),
    ],
    ids=["whole", "refused", "redirect", "too large", "unknown coding", "not HTTP", "broken off", "damaged chunk"],
)
def test_answer_and_connection_are_closed_in_order(server, page):
    """Python reports from 3.14 on, and before it in development mode, what fails when a file is closed too late."""
    server.pages["/"] = page
    code = (
        "import sys\nfrom summarize.errors import InputError\nfrom summarize.inputs.fetching import fetch\n"
        "try:\n    fetch(sys.argv[1])\nexcept InputError:\n    pass\n"
    )
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", code, server.url]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert len(server.asked) == 1


# What is too large or too slow


def test_body_above_the_size_is_not_fetched(server, monkeypatch):
    monkeypatch.setattr(fetching, "MAX_BYTES", 1 << 20)
    large = b"x" * ((1 << 20) + 1)
    server.pages["/said"] = (200, {"Content-Length": str(1 << 40)}, b"x")
    server.pages["/unsaid"] = chunked(large)
    server.pages["/packed"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(large))
    server.pages["/all"] = large[:-1]
    assert refusal(f"{server.url}/said").startswith("is larger than 1 MB; download it with another program")
    assert refusal(f"{server.url}/unsaid").startswith("is larger than 1 MB; download it with another program")
    assert refusal(f"{server.url}/packed").startswith("is larger than 1 MB when decompressed")
    assert len(fetch(f"{server.url}/all")[0]) == 1 << 20


def endless(sent, again):
    """Return what answers with these bytes, and then with others again and again until nobody takes them."""

    def answer(handler):
        handler.wfile.write(sent)
        with contextlib.suppress(OSError):
            while True:
                handler.wfile.write(again)

    return answer


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 4096), "is larger than 1 MB; "),
        (endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", b"x" * 4096), "is larger than 1 MB; "),
        (
            endless(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 99),
            "is larger than 1 MB; ",
        ),
        (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 99), "is larger than 1 MB; "),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 99), "the response is not HTTP; "),
        (endless(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 4096), "the response is not HTTP; "),
    ],
    ids=["body", "chunk of -1", "trailers", "100", "headers", "header"],
)
def test_answer_without_end_is_left_whatever_it_says_of_its_length(server, monkeypatch, answer, message):
    monkeypatch.setattr(fetching, "MAX_BYTES", 1 << 20)
    server.pages["/"] = answer
    assert refusal(server.url).startswith(message)


@pytest.mark.parametrize("limit", ["READ_SECONDS", "TOTAL_SECONDS"])
@pytest.mark.parametrize("sent", [b"", b"HTTP/1.0 200 OK\r\n", b"HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nThe"])
def test_server_that_falls_silent_is_left(server, monkeypatch, limit, sent):
    monkeypatch.setattr(fetching, limit, 0.1)
    is_over = threading.Event()

    def answer(handler):
        handler.wfile.write(sent)
        is_over.wait()

    server.pages["/"] = answer
    message = refusal(server.url)
    is_over.set()
    assert message == "timed out; try again, or save the page from a browser"


def test_server_that_sends_a_byte_at_a_time_for_ever_is_left(server, monkeypatch):
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.3)
    is_over = threading.Event()

    def answer(handler):
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
        while not is_over.wait(0.01):
            handler.wfile.write(b"x")

    server.pages["/"] = answer
    message = refusal(server.url)
    is_over.set()
    assert message == "timed out; try again, or save the page from a browser"


# Where it leads


def redirect(location, status=302):
    return (status, {"Location": location}, b"")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_followed(server, status):
    server.pages["/a/old"] = redirect("../new.md?x=1", status)
    server.pages["/new.md?x=1"] = b"x"
    data, options = fetch(f"{server.url}/a/old")
    assert (data, options.name, options.suffix) == (b"x", f"{server.url}/a/old", ".md")


def test_redirects_are_counted(server):
    for number in range(6):
        server.pages[f"/{number}"] = redirect(f"/{number + 1}")
    server.pages["/6"] = b"x"
    assert fetch(f"{server.url}/1")[0] == b"x"
    assert refusal(f"{server.url}/0") == "was redirected more than 5 times; give the final address"
    assert len(server.asked) == 6 + 6


def test_redirect_to_itself_ends(server):
    server.pages["/"] = redirect("/")
    assert refusal(server.url).startswith("was redirected more than 5 times")


@pytest.mark.parametrize("scheme", ["ftp", "file", "javascript", "gopher"])
def test_redirect_to_another_scheme_is_refused(server, scheme):
    server.pages["/"] = redirect(f"{scheme}://127.0.0.1/etc/passwd")
    assert refusal(server.url) == f"redirects to a URL with '{scheme}'; only http and https are fetched"


def test_redirect_to_what_is_no_address_is_refused(server):
    server.pages["/"] = redirect("http://[x")
    assert refusal(server.url) == "not a URL that can be fetched; check the address"


def test_redirect_without_an_address_is_an_error(server):
    server.pages["/"] = (302, {}, b"")
    assert refusal(server.url) == "the server answered 302 Found; check the address"


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (404, "the server answered 404 Not Found; check the address"),
        (410, "the server answered 410 Gone; the page is gone"),
        (403, "the server answered 403 Forbidden; save the page from a browser, and name the file"),
        (500, "the server answered 500 Internal Server Error; try again later"),
        (204 + 100, "the server answered 304 Not Modified; check the address"),
    ],
)
def test_what_the_server_says_is_said(server, status, message):
    server.pages["/"] = (status, {}, b"<p>Not what you asked for.</p>")
    assert refusal(server.url) == message


# Which addresses


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::1"),
    ],
)
def test_name_that_stands_for_an_address_of_the_local_network_is_refused(network, address):
    hosts, connected = network
    hosts["inside.example"] = [address]
    message = refusal("http://inside.example/")
    assert message.startswith("leads to the local network (inside.example); such a host is fetched only if")
    assert connected == []


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"])
def test_name_that_stands_for_a_public_address_is_fetched_from_it(network, server, address, monkeypatch):
    monkeypatch.setattr(socket, "AF_INET6", socket.AF_INET)  # the server has no other
    hosts, connected = network
    hosts["example.org"] = [address]
    server.pages["/"] = b"x"
    assert fetch("http://example.org/")[0] == b"x"
    assert connected == [address]
    assert server.asked[0].headers["Host"] == "example.org"


def test_only_the_public_ones_of_several_addresses_are_used(network, server):
    hosts, connected = network
    hosts["example.org"] = ["10.0.0.1", PUBLIC]
    server.pages["/"] = b"x"
    fetch("http://example.org/")
    assert connected == [PUBLIC]


def test_connection_is_made_to_the_address_that_was_looked_at(network, server):
    hosts, connected = network
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    hosts["example.org"] = lambda: next(answers)
    server.pages["/"] = b"x"
    assert fetch("http://example.org/")[0] == b"x"
    assert connected == [PUBLIC]


def test_next_address_is_tried_if_one_does_not_answer(network, server, monkeypatch):
    hosts, connected = network
    hosts["example.org"] = ["93.184.216.1", PUBLIC]
    server.pages["/"] = b"x"
    connect = socket.socket.connect

    def refuse_one(self, address):
        if address[0] == "93.184.216.1":
            raise ConnectionRefusedError
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse_one)
    assert fetch("http://example.org/")[0] == b"x"
    assert connected == [PUBLIC]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "inside.example", "0x7f.1", "2130706433"])
def test_redirect_from_a_public_host_into_the_local_network_is_refused(network, server, host):
    hosts, connected = network
    hosts.update({"example.org": [PUBLIC], "inside.example": ["192.168.0.1"]})
    server.pages["/"] = redirect(f"http://{host}:{server.port}/secret")
    server.pages["/secret"] = b"x"
    assert refusal("http://example.org/").startswith(f"leads to the local network ({host})")
    assert connected == [PUBLIC]


def test_redirect_to_a_name_that_comes_to_stand_for_another_address_is_refused(network, server):
    hosts, connected = network
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    hosts["example.org"] = lambda: next(answers)
    server.pages["/"] = redirect("/secret")
    assert refusal("http://example.org/").startswith("leads to the local network (example.org)")
    assert connected == [PUBLIC]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_local_host_that_the_user_names_may_lead_to_itself(server, host):
    server.pages["/"] = redirect("/new")
    server.pages["/new"] = b"x"
    assert fetch(f"http://{host}:{server.port}/")[0] == b"x"


def test_local_host_that_the_user_names_may_not_lead_to_another(server):
    server.pages["/"] = redirect(f"http://127.0.0.2:{server.port}/")
    assert refusal(server.url).startswith("leads to the local network (127.0.0.2)")


@pytest.mark.parametrize("host", ["0x7f.1", "2130706433", "127.1"])
def test_number_that_is_no_address_is_a_name(server, host):
    assert refusal(f"http://{host}:{server.port}/").startswith(f"leads to the local network ({host})")


# What cannot be fetched


def test_no_such_host_is_said(network):
    def no_such_host():
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    network[0]["example.org"] = no_such_host
    assert refusal("https://example.org/") == "unknown host; check the address"


def test_no_network_is_said(network):
    def no_network():
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    network[0]["example.org"] = no_network
    assert refusal("https://example.org/") == "its host name cannot be resolved now; is there a network connection?"


def test_refused_connection_is_said():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        message = refusal(f"http://127.0.0.1:{port}/")
    assert message == "connection refused; is the server running on that port?"


def test_unreachable_network_is_said(network, monkeypatch):
    def unreachable(self, address):
        raise OSError(101, "Network is unreachable")

    network[0]["example.org"] = [PUBLIC]
    monkeypatch.setattr(socket.socket, "connect", unreachable)
    assert refusal("http://example.org/") == "cannot be fetched (Network is unreachable); check the address"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://[::1",
            "http://example.org:http/",
            "http://example.org:99999/",
            "http://exa mple.org/",
            "http://a..b/",
        ),
        *("http://a\0b/", f"http://{'a' * 64}.org/", "http://%00/", "http://[fe80::1%25eth0]/"),
    ],
)
def test_what_is_no_url_is_refused(url):
    with pytest.raises(InputError, match=r": not a URL that can be fetched; check the address$"):
        fetch(url)


@pytest.mark.parametrize("url", ["http://", "http:///path", "https://:80/"])
def test_url_without_a_host_is_refused(url):
    assert refusal(url) == "does not name a host; check the address"


def test_password_is_neither_sent_nor_printed():
    with pytest.raises(InputError) as caught:
        fetch("http://me:secret@127.0.0.1/a@b")
    assert str(caught.value).startswith("http://127.0.0.1/a@b: contains a user name or a password, which is not sent;")


def test_password_with_the_mark_that_ends_it_is_not_printed():
    with pytest.raises(InputError) as caught:
        fetch("http://me:sec@ret@127.0.0.1/a")
    assert str(caught.value).startswith("http://127.0.0.1/a: contains a user name or a password")


def test_password_is_not_printed_by_the_command_either(runner):
    result = runner("http://me:secret@127.0.0.1/a")
    assert result.stderr == (
        "summarize: http://127.0.0.1/a: contains a user name or a password, which is not sent; "
        "save the page from a browser instead\n"
    )


def test_url_is_printed_on_one_line_and_without_escapes():
    with pytest.raises(InputError) as caught:
        fetch("http://[x\x1b[31m\n")
    assert not any(character in str(caught.value) for character in "\x1b\n")


# Secured connections


@pytest.fixture
def secure(server):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    server.http.socket = context.wrap_socket(server.http.socket, server_side=True)
    server.pages["/"] = PROSE.encode()
    return server


def test_secured_page_is_fetched_if_its_certificate_is_known(secure, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    assert fetch(f"https://localhost:{secure.port}/")[0] == PROSE.encode()
    assert fetch(f"https://127.0.0.1:{secure.port}/")[0] == PROSE.encode()


def test_secured_page_of_an_unknown_certificate_is_not_fetched(secure):
    message = refusal(f"https://localhost:{secure.port}/")
    assert message == "invalid certificate (self-signed certificate); nothing was fetched"
    assert secure.asked == []


def test_certificate_of_another_host_is_not_accepted(secure, network, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    network[0]["example.org"] = [PUBLIC]
    assert refusal("https://example.org/").startswith("invalid certificate (Hostname mismatch")
    assert secure.asked == []


def test_server_without_security_is_said(server):
    assert refusal(f"https://127.0.0.1:{server.port}/").startswith("a secure connection could not be established (")
