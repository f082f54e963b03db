from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from office import zipped

from summarize.errors import InputError
from summarize.inputs import archives
from summarize.inputs.archives import Archive, member_names, parse_xml, resolve_member
from summarize.inputs.packages import relations

A_MEGABYTE = bytes(1 << 20)


def test_members_of_an_archive_have_their_names():
    assert member_names(zipped({"a/b.xml": "<a/>", "文.xml": ""})) == {"a/b.xml", "文.xml"}


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\3\4", b"no archive", b"%PDF-1.7"])
def test_what_is_no_archive_has_no_members(content):
    assert member_names(content) == set()


def test_an_archive_without_its_end_still_names_the_members_that_are_there():
    content = zipped({"word/document.xml": "<a/>", "word/styles.xml": "<b/>"})
    assert member_names(content[: content.index(b"word/styles.xml")]) == {"word/document.xml"}


def test_a_member_is_read():
    assert Archive(zipped({"a": b"\1\2"}), "x").read("a") == b"\1\2"


def test_a_member_that_is_not_there_is_missed_or_empty_as_asked():
    archive = Archive(zipped({"a": ""}), "x.docx")
    assert archive.read_optional("b") == b""
    with pytest.raises(InputError, match=r"^x\.docx: is damaged \(b is missing\); open it in its program and save"):
        archive.read("b")


def test_a_changed_byte_is_noticed():
    content = bytearray(zipped({"a": b"0123456789"}, stored=("a",)))
    content[content.index(b"345")] ^= 1
    with pytest.raises(InputError, match=r"^x: is damaged or truncated \(a\); download it again"):
        Archive(bytes(content), "x").read("a")


def test_an_archive_that_is_cut_off_is_refused():
    with pytest.raises(
        InputError, match=r"^x: is damaged or truncated; download it again, or open it and save it again$"
    ):
        Archive(zipped({"a": b"1"})[:-10], "x")


def test_a_member_with_a_password_is_refused():
    content = bytearray(zipped({"a": b"1"}))
    for header, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(header) + at] |= 1
    with pytest.raises(InputError, match=r"^x: is encrypted; save it without a password first$"):
        Archive(bytes(content), "x").read("a")


def test_a_way_of_packing_that_python_lacks_is_refused():
    content = bytearray(zipped({"a": b"1"}))
    for header, at in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        content[content.index(header) + at] = 98
    with pytest.raises(InputError, match=r"^x: uses an unsupported compression; save it again$"):
        Archive(bytes(content), "x").read("a")


def test_a_member_that_unpacks_to_far_more_than_it_is_is_refused():
    with pytest.raises(InputError, match="expands to more than 200 times its size, which is too much for a document"):
        Archive(zipped({"a": A_MEGABYTE * 5}), "x").read("a")


def test_a_small_member_may_have_any_ratio():
    assert len(Archive(zipped({"a": A_MEGABYTE * 2}), "x").read("a")) == 2 << 20


def test_a_member_that_is_too_large_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBER_BYTES", 100)
    assert Archive(zipped({"a": bytes(100)}), "x").read("a") == bytes(100)
    with pytest.raises(InputError, match="contains more text than can be read; split it or save it as plain text"):
        Archive(zipped({"a": bytes(101)}), "x").read("a")


def test_all_that_is_read_of_an_archive_has_a_limit(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 100)
    archive = Archive(zipped({"a": bytes(60), "b": bytes(60)}), "x")
    archive.read("a")
    with pytest.raises(InputError, match="contains more text than can be read"):
        archive.read("b")


def test_a_member_that_is_larger_than_it_says_is_refused():
    content = bytearray(zipped({"a": bytes(1000)}))
    entry = content.index(b"PK\1\2")
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    with pytest.raises(InputError, match="damaged"):
        Archive(bytes(content), "x").read("a")


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    Archive(zipped({"a": "", "b": ""}), "x")
    with pytest.raises(InputError, match=r"^x: contains more than 2 files, which is too many for a document$"):
        Archive(zipped({"a": "", "b": "", "c": ""}), "x")


def test_an_archive_within_an_archive_is_not_opened():
    inner = zipped({"word/document.xml": A_MEGABYTE})
    assert member_names(zipped({"inner.docx": inner}, stored=("inner.docx",))) == {"inner.docx"}


def test_xml_is_read_from_utf_8_and_utf_16():
    for encoding in ("utf-8", "utf-16"):
        assert parse_xml(f"<?xml version='1.0' encoding='{encoding}'?><a>水轮</a>".encode(encoding)).text == "水轮"


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        pytest.param(b"<a><b></a>", "not well-formed XML at line 1, column 9", id="not well-formed"),
        pytest.param(b"", "not well-formed XML", id="empty"),
        pytest.param(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "declares entities", id="entities"),
        pytest.param('<!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode("utf-16"), "declares entities", id="hidden entities"),
        pytest.param(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>&x;</a>', "not well-formed XML", id="external"),
        pytest.param(b"<?xml version='1.0' encoding='klingon'?><a/>", "unknown encoding", id="unknown encoding"),
        pytest.param(b"<?xml version='1.0' encoding='gb2312'?><a/>", "multi-byte", id="encoding of two bytes"),
        pytest.param(b"<a>" * 201 + b"</a>" * 201, "nested too deeply", id="deep"),
        pytest.param(b"<a>\0</a>", "not well-formed XML", id="NUL"),
    ],
)
def test_xml_that_cannot_be_read_is_refused_in_a_few_words(xml, message):
    with pytest.raises(ValueError, match=message):
        parse_xml(xml)


def test_xml_of_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_ELEMENTS", 3)
    parse_xml(b"<a><b/><b/></a>")
    with pytest.raises(ValueError, match="too many elements"):
        parse_xml(b"<a><b/><b/><b/></a>")


def test_damaged_xml_is_named_with_its_member():
    with pytest.raises(
        InputError, match=r"^x: is damaged \(a\.xml: not well-formed XML at line 1, column 4\); save it again$"
    ):
        Archive(zipped({"a.xml": "<a>"}), "x").read_xml("a.xml")


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        ("word/document.xml", "styles.xml", "word/styles.xml"),
        ("ppt/slides/slide1.xml", "../notesSlides/n.xml", "ppt/notesSlides/n.xml"),
        ("word/document.xml", "/word/styles.xml", "word/styles.xml"),
        ("", "word/document.xml", "word/document.xml"),
        ("OEBPS/content.opf", "Text/%E7%AB%A0%201.xhtml#a", "OEBPS/Text/章 1.xhtml"),
        ("a.opf", "../../../etc/passwd", "etc/passwd"),
    ],
)
def test_addresses_are_resolved_within_the_archive(base, target, expected):
    assert resolve_member(base, target) == expected


def test_relations_lead_to_members_that_are_there():
    listing = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/styles" Target="styles.xml"/>'
        '<Relationship Id="b" Type="x/image" Target="NULL"/>'
        '<Relationship Id="c" Type="x/hyperlink" Target="styles.xml" TargetMode="External"/>'
        '<Relationship Id="d" Type="x/hyperlink" Target="http://[half"/></Relationships>'
    )
    archive = Archive(zipped({"word/_rels/document.xml.rels": listing, "word/styles.xml": ""}), "x")
    assert relations(archive, "word/document.xml") == {"a": ("styles", "word/styles.xml")}
    assert relations(archive, "word/styles.xml") == {}


def test_a_directory_that_is_nonsense_is_refused():
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a", "1")
    content = bytearray(buffer.getvalue())
    content[-10:-6] = b"\xff\xff\xff\xff"
    with pytest.raises(InputError, match="damaged or truncated"):
        Archive(bytes(content), "x")
