import bz2
import gzip
import io
import lzma
import random
import sys

import pytest
from damage import damaged, outcome
from packers import pack_zstandard

from summarize.errors import InputError, MissingExtraError
from summarize.inputs import door, packed
from summarize.inputs.table import Options, is_packed

TEXT = "老张在县城开了二十年书店，店面不大，却总有人坐在角落里读书。\nThe river rose, and the school was closed.\n"
PACKERS = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".bz2": bz2.compress,
    ".zst": pack_zstandard,
}
by_kind = pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS)


def read(data, name="a"):
    (source,) = door.read_bytes(data, Options(name=name))
    return source


@by_kind
def test_packed_text_is_unpacked_whatever_its_name(pack):
    assert is_packed(pack(TEXT.encode()))
    assert is_packed(pack(b""))
    assert read(pack(TEXT.encode())).text == TEXT
    assert read(pack(TEXT.encode("gbk"))).encoding == "gb18030"


@by_kind
def test_packed_files_behind_each_other_are_one(pack):
    assert read(pack(TEXT.encode()) + pack(TEXT.encode())).text == TEXT * 2


@by_kind
def test_long_text_is_unpacked_whole(pack):
    numbers = random.Random(3)
    text = "".join(chr(numbers.randrange(0x4E00, 0x9FA5)) for _ in range(900_000)).encode()
    assert packed.unpack(pack(text), Options())[0] == text


@pytest.mark.parametrize(("name", "suffix"), [("a.md.gz", ".md"), ("A.MD.GZ", ".md"), ("a.gz", ""), ("v1.2/a", "")])
def test_the_name_inside_has_its_own_suffix(name, suffix):
    outer = ".gz" if name.lower().endswith(".gz") else ""
    data, options = packed.unpack(gzip.compress(b"text"), Options(name=name, suffix=outer))
    assert (data, options.suffix, options.name) == (b"text", suffix, name)


def test_a_file_is_recognised_inside(tmp_path):
    path = tmp_path / "a.md.xz"
    path.write_bytes(lzma.compress(b"Only *one* mark."))
    (source,) = door.read_file(path)
    assert (source.format, source.text) == ("markdown", "Only one mark.")


def test_three_layers_are_unpacked_and_four_are_not():
    data = TEXT.encode()
    for pack in (gzip.compress, lzma.compress, bz2.compress):
        data = pack(data)
    assert read(data).text == TEXT
    with pytest.raises(InputError, match=r"^a\.gz: is compressed in more than 3 layers; decompress it first$"):
        read(gzip.compress(data), "a.gz")


def test_suffixes_of_layers_are_taken_off_one_by_one():
    data = gzip.compress(lzma.compress(b"text"))
    assert packed.unpack(data, Options(name="a.md.xz.gz", suffix=".gz"))[1].suffix == ".md"


@by_kind
def test_a_bomb_is_refused(pack):
    with pytest.raises(InputError, match=r"^a: expands to more than 400 times its size, which is too much for text$"):
        read(pack(bytes(64 << 20)))


@by_kind
def test_a_bomb_is_refused_before_it_is_unpacked(pack, monkeypatch):
    monkeypatch.setattr(packed, "FREE_BYTES", 1 << 20)
    taken = 0
    chunks = packed._chunks

    def counted(data, name):
        nonlocal taken
        for chunk in chunks(data, name):
            taken += len(chunk)
            yield chunk

    monkeypatch.setattr(packed, "_chunks", counted)
    with pytest.raises(InputError, match="times its size"):
        packed.unpack(pack(bytes(200 << 20)), Options())
    assert taken <= (100 << 20)


def test_what_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(packed, "MAX_BYTES", 3 << 20)
    text = random.Random(5).randbytes(2 << 20)
    assert packed.unpack(gzip.compress(text), Options())[0] == text
    with pytest.raises(InputError, match=r"^a: expands to more than 3 MB; decompress it first and use a part of it$"):
        packed.unpack(gzip.compress(text * 2), Options(name="a"))


@by_kind
def test_what_is_cut_off_is_refused(pack):
    data = pack(TEXT.encode() * 50)
    for length in (10, len(data) // 2, len(data) - 1):
        with pytest.raises(
            InputError, match=r"^a: is damaged or truncated and cannot be decompressed; download it again$"
        ):
            read(data[:length])


@by_kind
def test_damaged_copies_give_the_text_or_one_clear_line(pack):
    for data in damaged(pack(TEXT.encode() * 20), num_copies=200):
        found = outcome(data, Options(name="a"), "text")
        assert found == "refused" or found[0].text


@pytest.mark.parametrize("name", ["a.tgz", "a.tar.gz"])
def test_a_packed_tar_archive_is_refused(name):
    archive = b"notes.txt".ljust(257, b"\0") + b"ustar\x0000"
    with pytest.raises(InputError, match=rf"^{name}: looks like a tar archive; unpack it first"):
        read(gzip.compress(archive), name)


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="Python unpacks Zstandard itself")
def test_zstandard_needs_its_extra(monkeypatch):
    monkeypatch.setattr("summarize.errors.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"^zstandard is missing; run: .*summarize\[archives\]"):
        read(PACKERS[".zst"](b"text"))


def test_a_packed_stream_is_unpacked():
    (source,) = door.read_stream(io.BytesIO(gzip.compress(TEXT.encode())))
    assert source.text == TEXT
