"""Mail: how it is known, its parts and encodings, what it says itself, mailboxes, and mail that cannot be read."""

import base64
import quopri
import re

import pytest
from damage import damaged, outcome

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs import mail_parts
from summarize.inputs.door import read_bytes
from summarize.inputs.mail import recognise
from summarize.inputs.mail_html import lines_of_html
from summarize.inputs.own_words import lines_of_text, remove_quoted_text
from summarize.inputs.table import Options
from summarize.text.documents import as_document

HEADER = "From: Ann Reed <ann@example.org>\nTo: ben@example.org\nMessage-ID: <1@example.org>\n"


def mail(body: str = "", *, subject: str = "Wheel", kind: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    return f"{HEADER}Subject: {subject}\nMIME-Version: 1.0\nContent-Type: {kind}\n{more}\n{body}".encode()


def parts(*bodies: tuple[str, str], kind: str = "mixed") -> bytes:
    """A mail of several parts, each with its fields, without a line end, and what it holds."""
    inner = "".join(f"--b\n{fields}\n\n{body}\n" for fields, body in bodies)
    return mail(f"{inner}--b--\n", kind=f"multipart/{kind}; boundary=b")


def read(data: bytes, **options: str) -> Source:
    (source,) = read_bytes(data, Options(name="it", **options))
    assert source.format == "mail"
    return source


def said(data: bytes, **options: str) -> str:
    """What a mail with the subject `Wheel` says."""
    source = read(data, **options)
    assert source.text.startswith("Wheel\n\n")
    return source.text.removeprefix("Wheel\n\n")


def own(text: str) -> str:
    """What the plain text of a mail says itself, paragraphs parted by `|`."""
    return re.sub("\n{2,}", "|", "\n".join(line.text for line in remove_quoted_text(lines_of_text(text))).strip())


# How it is known


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        pytest.param(mail("It turns."), "", id="by its fields"),
        pytest.param(mail("It turns.").replace(b"\n", b"\r\n"), "", id="CR LF"),
        pytest.param(b"\xef\xbb\xbf" + mail("It turns."), "", id="byte order mark"),
        pytest.param(b"Received: by a;\n\tMon, 6 May 2024\nSubject: x\nFrom: a\n\nIt turns.", "", id="folded"),
        pytest.param(b"From a@b Fri Jan  5 10:22:31 2024\n" + mail("It turns."), "", id="mailbox"),
        pytest.param(b"Subject: Wheel\n\nIt turns.", ".eml", id="suffix"),
        pytest.param(b"%d\n" % len(mail("It turns.")) + mail("It turns.") + b"<plist/>", "", id="Apple Mail"),
    ],
)
def test_mail_is_known_by_its_fields(data, suffix):
    assert recognise(data, suffix)
    assert "It turns." in read(data, suffix=suffix).text
    assert "plist" not in read(data, suffix=suffix).text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "From: Ann\nTo: Ben\nSubject: Wheel\nDate: Mon, 6 May 2024 09:00:00 +0200\n\nIt turns.", id="pasted"
        ),
        pytest.param("发件人: 张三\n收件人: 李四\n主题: 水轮\n\n水轮转了。", id="pasted Chinese"),
        pytest.param("The letter:\n\nFrom: Ann\nSubject: Wheel\nMIME-Version: 1.0\n\nIt turns.", id="in the middle"),
        pytest.param("From: Ann\nSubject: Wheel\nMIME-Version: 1.0\nIt turns and\nturns.", id="no end of fields"),
        pytest.param("Metadata-Version: 2.1\nName: wheel\nSummary: It turns\n\nIt turns.", id="metadata"),
        pytest.param(
            "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org\nSubject: x\n"
            "MIME-Version: 1.0\nContent-Type: multipart/related\n\nx",
            id="saved page",
        ),
        pytest.param("", id="empty"),
    ],
)
def test_other_texts_are_no_mail(text):
    assert not recognise(text.encode(), "")


def test_the_subject_is_title_and_heading():
    source = read(mail("It turns.", subject="Re: The  old\n wheel"))
    assert source.title == "The old wheel"
    assert source.text == "Re: The old wheel\n\nIt turns."
    assert [sentence.role for sentence in as_document(source).sentences] == ["heading", "text"]
    assert (source.name, source.places) == ("", ())


def test_a_mail_needs_no_subject():
    source = read(b"From: a@b\nTo: b@c\nMIME-Version: 1.0\n\nIt turns.")
    assert (source.title, source.text) == (None, "It turns.")


# Parts


PLAIN, HTML = "Content-Type: text/plain; charset=utf-8", "Content-Type: text/html; charset=utf-8"
STUB = "Your program does not support HTML. View this message in your browser: https://example.org/1"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(
            parts((PLAIN, "It turns."), (HTML, "<p>It <b>turns</b>!"), kind="alternative"), "It turns.", id="plain"
        ),
        pytest.param(
            parts((HTML, "<p>It turns!"), (PLAIN, "It turns."), kind="alternative"), "It turns.", id="plain behind"
        ),
        pytest.param(parts((PLAIN, "\n"), (HTML, "<p>It turns!"), kind="alternative"), "It turns!", id="empty plain"),
        pytest.param(parts((PLAIN, STUB), (HTML, "<p>It turns!"), kind="alternative"), "It turns!", id="stub"),
        pytest.param(
            parts(
                (PLAIN, "See the HTML version."),
                (HTML, "<p>It turns until noon.</p><p>View in browser"),
                kind="alternative",
            ),
            "It turns until noon.\n\nView in browser",
            id="two stubs",
        ),
        pytest.param(parts((PLAIN, "Enable HTML."), kind="alternative"), "Enable HTML.", id="nothing but a stub"),
        pytest.param(parts((PLAIN, "It turns."), (PLAIN, "So."), kind="mixed"), "It turns.\n\nSo.", id="mixed"),
        pytest.param(
            parts((HTML, "<p>It turns!"), ("Content-Type: image/png", "x"), kind="related"), "It turns!", id="related"
        ),
        pytest.param(
            parts((PLAIN, "It turns."), ("Content-Type: text/calendar", "BEGIN:VCALENDAR")), "It turns.", id="calendar"
        ),
        pytest.param(
            parts((PLAIN, "It turns."), (PLAIN + "\nContent-Disposition: attachment; filename=a.txt", "Secret.")),
            "It turns.",
            id="attached text",
        ),
        pytest.param(
            parts((PLAIN, "It turns."), (PLAIN + "\nContent-Disposition: inline; filename=a.txt", "More.")),
            "It turns.",
            id="text shown as attachment",
        ),
        pytest.param(
            parts((PLAIN, ""), (PLAIN + "\nContent-Disposition: inline; filename=a.txt", "More.")),
            "More.",
            id="nothing but text shown as attachment",
        ),
        pytest.param(
            parts((PLAIN, "It turns."), ("Content-Type: message/rfc822", f"{HEADER}Subject: In\n\nInner.")),
            "It turns.",
            id="attached mail",
        ),
        pytest.param(
            parts((PLAIN, "\n"), ("Content-Type: message/rfc822", f"{HEADER}Subject: In\n\nInner.")),
            "Inner.",
            id="nothing but an attached mail",
        ),
        pytest.param(
            parts(
                (PLAIN, "Masthead."),
                (
                    'Content-Type: multipart/digest; boundary="D"',
                    f"--D\n\n{HEADER}Subject: One\n\nIt turns.\n--D\n\n{HEADER}Subject: Two\n\nIt broke.\n--D--",
                ),
            ),
            "Masthead.\n\nOne\n\nIt turns.\n\nTwo\n\nIt broke.",
            id="digest",
        ),
        pytest.param(
            parts((PLAIN, "It turns."), ("Content-Type: application/pgp-signature", "x"), kind="signed"),
            "It turns.",
            id="signed",
        ),
        pytest.param(mail("<html><body>It turns.</body></html>"), "It turns.", id="HTML that is called plain"),
        pytest.param(
            mail(
                "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nIt turns.\n"
                "-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----"
            ),
            "It turns.",
            id="signed in the text",
        ),
    ],
)
def test_the_part_that_says_something_is_read(data, expected):
    assert said(data) == expected


def test_patches_are_no_text():
    patch = (
        "---\n pump.c | 2 +-\n 1 file changed\n\ndiff --git a/pump.c b/pump.c\n"
        "--- a/pump.c\n+++ b/pump.c\n-stop\n+go\n-- \n2.40\n"
    )
    text = f"The pump ran dry.\n\nSigned-off-by: Ann <ann@example.org>\n{patch}"
    assert said(mail(text)) == "The pump ran dry."


@pytest.mark.parametrize(
    ("body", "fields", "expected"),
    [
        pytest.param(
            "It turns all \nday and night.\n \n> Why\n> so?\n",
            "text/plain; format=flowed",
            "It turns all day and night.",
            id="flowed",
        ),
        pytest.param(
            "水轮转 \n了一天。\n", "text/plain; format=flowed; delsp=yes; charset=utf-8", "水轮转了一天。", id="delsp"
        ),
        pytest.param(" > is greater\n", "text/plain; format=flowed", "> is greater", id="stuffed"),
        pytest.param("It turns all \nday.\n", "text/plain", "It turns all\nday.", id="fixed"),
    ],
)
def test_flowed_lines_are_joined(body, fields, expected):
    assert said(mail(body, kind=fields)) == expected


# Encodings


CODINGS = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}


def coded(text: bytes, charset: str, coding: str = "8bit", subject: bytes = b"Wheel") -> bytes:
    fields = (
        f"MIME-Version: 1.0\nContent-Type: text/plain{charset and '; charset='}{charset}\nContent-Transfer-Encoding: "
    )
    return HEADER.encode() + b"Subject: " + subject + b"\n" + f"{fields}{coding}\n\n".encode() + CODINGS[coding](text)


SIMPLIFIED, TRADITIONAL = "水轮转了一天，夜里又停了，因为轴承坏了。", "水輪轉了一天，夜裡又停了，因為軸承壞了。"
FRENCH = "La roue tourne déjà, côté rivière, où l’été fut très sec et chaud."


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize(
    ("text", "actual", "charset"),
    [
        *((SIMPLIFIED, actual, actual) for actual in ("utf-8", "gbk", "gb2312", "gb18030")),
        pytest.param("镕镕水轮𠮷转了。", "gb18030", "gb2312", id="wider than it says"),
        (TRADITIONAL, "big5", "big5"),
        ("水車が回っている。", "iso-2022-jp", "iso-2022-jp"),
        (FRENCH, "windows-1252", "iso-8859-1"),
        pytest.param(SIMPLIFIED, "utf-8", "gbk", id="not gbk"),
        pytest.param(SIMPLIFIED, "gbk", "utf-8", id="not utf-8"),
        pytest.param(SIMPLIFIED, "gbk", "iso-8859-1", id="not Latin"),
        pytest.param(FRENCH, "utf-8", "us-ascii", id="not ASCII"),
        pytest.param(TRADITIONAL, "big5", "", id="not said"),
        pytest.param(SIMPLIFIED, "utf-8", "no-such-thing", id="unknown"),
        pytest.param(SIMPLIFIED, "utf-8", "unicode_escape", id="no encoding of text"),
    ],
)
def test_text_is_decoded_whatever_is_said_of_it(coding, text, actual, charset):
    assert said(coded(text.encode(actual), charset, coding)) == text


def test_the_encoding_is_that_of_the_text():
    assert read(coded(SIMPLIFIED.encode("gbk"), "gb2312")).encoding == "gb18030"
    assert read(coded(b"It turns.", "iso-8859-1")).encoding == "utf-8"


def test_a_user_knows_the_encoding_better():
    assert said(coded("水轮".encode("utf-16-le"), "utf-8"), encoding="utf-16-le") == "水轮"


def test_an_encoding_that_cannot_be_told_is_an_error():
    with pytest.raises(
        InputError, match=r"^it: is not UTF-8, and its encoding cannot be detected; name it with --encoding"
    ):
        read(coded(bytes(range(0x80, 0xA0)) * 3 + b"\xff\xfe\xfd" * 9, "utf-8"))


def word(text: bytes, charset: str, coding: str = "B") -> bytes:
    data = base64.b64encode(text) if coding == "B" else quopri.encodestring(text, header=True)
    return f"=?{charset}?{coding}?".encode() + data.strip() + b"?="


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        pytest.param(word("水轮".encode(), "utf-8"), "水轮", id="base64"),
        pytest.param(word("水 轮".encode("gbk"), "GBK", "Q"), "水 轮", id="quoted-printable"),
        pytest.param(b"The " + word("水轮".encode(), "utf-8") + b" stops", "The 水轮 stops", id="among other words"),
        pytest.param(
            word("水".encode(), "utf-8") + b"\n " + word("轮".encode("gbk"), "gbk"), "水轮", id="two encodings"
        ),
        pytest.param(
            word("水轮".encode()[:4], "utf-8") + b"\r\n\t" + word("水轮".encode()[4:], "utf-8"),
            "水轮",
            id="a character in two words",
        ),
        pytest.param("水轮停了".encode("gbk"), "水轮停了", id="bytes in the encoding of the text"),
        pytest.param("水轮".encode(), "水轮", id="bytes of UTF-8"),
        pytest.param(b"=?utf-8?B?A?= =?x?Q?y?=", "y", id="damaged words"),
        pytest.param(b"=?utf-8?Z?abc?=", "=?utf-8?Z?abc?=", id="no coding"),
    ],
)
def test_subjects_are_decoded(subject, expected):
    assert read(coded(SIMPLIFIED.encode("gbk"), "gbk", subject=subject)).title == expected


# Words of its own


REPLY = "It turns again.\n\n"


@pytest.mark.parametrize(
    "quoted",
    [
        pytest.param("On Thu, Jan 4, 2024 at 6:12 PM Ben <ben@example.org> wrote:\n\n> Does it?\n> Ben\n", id="Gmail"),
        pytest.param(
            "On Thu, Jan 4, 2024 at 6:12 PM Ben Longname\n<ben@example.org>\nwrote:\n> Does it?\n", id="in three lines"
        ),
        pytest.param("On 4 Jan 2024, at 18:12, Ben <ben@example.org> wrote:\n\nDoes it?\n", id="without marks"),
        pytest.param("On 04.01.24 18:12, Ben wrote:\n> Does it?\n>> Who?\n", id="Thunderbird"),
        pytest.param("Ben <ben@example.org> writes:\n> Does it?\n", id="Emacs"),
        pytest.param(
            "-----Original Message-----\nFrom: Ben\nSent: Thursday\nTo: Ann\nSubject: Wheel\n\nDoes it?\n", id="Outlook"
        ),
        pytest.param(
            "________________________________\nFrom: Ben\nSent: Thursday\nTo: Ann\nSubject: Wheel\n\nDoes it?\n",
            id="rule",
        ),
        pytest.param("*From:* Ben\n*Sent:* Thursday\n*To:* Ann\n\nDoes it?\n", id="stars"),
        pytest.param(
            "----- Original Message -----\nFrom: Ben\nTo: Ann\nCc:\nSent: Thursday\nSubject: x\n\nDoes it?\n",
            id="Yahoo",
        ),
        pytest.param("> Subject: Wheel\n> From: ben@example.org\n>\n> Does it?\n", id="Hotmail"),
        pytest.param(
            "在 2024年1月4日，下午6:12，Ben <ben@example.org> 写道：\n\n> 转了吗？\n", id="Apple Mail in Chinese"
        ),
        pytest.param("Ben <ben@example.org> 于2024年1月4日周四 18:12写道：\n\n> 转了吗？\n", id="Gmail in Chinese"),
        pytest.param('在 2024-01-04 18:12:31，"Ben" <ben@example.org> 写道：\n\n转了吗？\n', id="163"),
        pytest.param('At 2024-01-04 18:12:31, "Ben" <ben@example.org> wrote:\n\nDoes it?\n', id="163 in English"),
        pytest.param(
            "发件人： Ben\n发送时间： 2024-01-04 18:12\n收件人： Ann\n主题： 水轮\n\n转了吗？\n", id="Foxmail"
        ),
        pytest.param(
            '------------------ 原始邮件 ------------------\n发件人: "Ben";\n发送时间: 2024年1月4日\n\n转了吗？\n',
            id="QQ",
        ),
        pytest.param(
            "寄件者: Ben\n寄件日期: 2024年1月4日 下午 06:12\n收件者: Ann\n主旨: 水輪\n\n轉了嗎？\n",
            id="Outlook in Taiwan",
        ),
        pytest.param("Ben <ben@example.org> 於 2024年1月4日 週四 下午6:12寫道：\n\n> 轉了嗎？\n", id="Gmail in Taiwan"),
        pytest.param("---- 回复的原邮件 ----\n发件人 Ben\n\n转了吗？\n", id="mail master"),
    ],
)
def test_what_is_answered_is_left_out(quoted):
    assert own(REPLY + quoted) == "It turns again."


def test_answers_between_quoted_lines_are_kept():
    text = "On Mon 5 Jan, Ben wrote:\n> Does it turn?\n\nYes.\n\n> Since when?\n\nSince May.\n"
    assert own(text) == "Yes.|Since May."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("On Monday we wrote: the wheel turns.", id="a sentence that wrote"),
        pytest.param("From: the mill\nTo: the bridge\nit is a mile.", id="two fields"),
        pytest.param("5 > 3, and 3 > 2.", id="greater"),
        pytest.param("在2024年，他写道水轮停了。", id="Chinese sentence"),
    ],
)
def test_what_looks_like_a_quotation_is_kept(text):
    assert own(text) == text.strip()


FORWARDED = "From: Ben\nDate: Thu, 4 Jan 2024\nSubject: Wheel\nTo: Ann\n\nThe wheel broke.\n\nBen\n"


@pytest.mark.parametrize(
    "head",
    [
        "---------- Forwarded message ---------\n",
        "Begin forwarded message:\n\n",
        "-------- 转发邮件信息 --------\n",
        "---------- 轉寄的郵件 ---------\n",
        "-----Original Message-----\n",
        "",
    ],
)
def test_a_bare_forward_says_what_it_passes_on(head):
    assert own(head + FORWARDED) == "The wheel broke.|Ben"


def test_a_forward_in_a_forward_says_what_the_inner_one_does():
    assert own(
        "Begin forwarded message:\n\n" + FORWARDED.replace("The wheel broke.\n\nBen\n", "") + FORWARDED
    ).startswith("The wheel broke.")


def test_a_forward_with_marks_says_what_stands_behind_them():
    quoted = "".join(f"> {line}\n" for line in FORWARDED.splitlines())
    assert own(f"Begin forwarded message:\n\n{quoted}") == "The wheel broke.|Ben"


def test_a_short_note_comes_with_what_it_passes_on_and_a_long_one_alone():
    assert own("FYI, see below.\n\nBegin forwarded message:\n\n" + FORWARDED) == "FYI, see below.|The wheel broke.|Ben"
    note = "The wheel of the upper mill broke on Thursday, and nobody in the valley can mend it. "
    assert own(note * 3 + "\n\nBegin forwarded message:\n\n" + FORWARDED) == (note * 3).strip()


@pytest.mark.parametrize("subject", ["Fwd: Wheel", "FW: Wheel", "转发：水轮", "轉寄：水輪", "Re: Fwd: Wheel"])
def test_the_subject_says_that_a_mail_is_passed_on(subject):
    data = mail("See below.\n\n-----Original Message-----\n" + FORWARDED, subject=subject)
    assert "The wheel broke." in read(data).text
    assert "The wheel broke." not in read(mail("See below.\n\n-----Original Message-----\n" + FORWARDED)).text


def test_a_short_note_comes_with_the_attached_mail_that_it_passes_on():
    attached = "Content-Type: message/rfc822", f"{HEADER}Subject: In\n\nThe wheel broke."
    note, letter = "See below.", "The wheel broke again, as you can see below. " * 5
    for said, expected in ((note, f"{note}\n\nThe wheel broke."), (letter, letter.strip())):
        data = parts((PLAIN, said), attached).replace(b"Subject: ", b"Subject: Fwd: ", 1)
        assert read(data).text == f"Fwd: Wheel\n\n{expected}"


def test_a_patch_that_git_writes_is_a_mail():
    head = "From 45658399e082d2ad5f934721e0c72d0258882672 Mon Sep 17 00:00:00 2001\n"
    fields = "From: Ann Reed <ann@example.org>\nDate: Sat, 4 Jan 2025 10:00:00 +0000\nSubject: [PATCH] Mend the wheel\n"
    data = f"{head}{fields}\nIt turns again.\n---\n wheel.c | 1 +\n\ndiff --git a/wheel.c b/wheel.c\n+x\n".encode()
    assert recognise(data, ".patch")
    assert read(data).text == "[PATCH] Mend the wheel\n\nIt turns again."
    assert not recognise(fields.encode() + b"\nIt turns again.\n", ".patch")


def test_two_hyphens_between_sentences_are_no_signature():
    part = "The wheel is to be mended.\nThe pond is to be cleaned.\n"
    assert own(f"{part}\n--\n{part}\n--\n{part}").count("The pond") == 3
    assert own(f"{part}\n-- \n{part}").count("The pond") == 1
    assert own(f"{part}\n--\nAnn Reed\nMills turn slowly, but they turn.\n").count("Ann") == 0


def test_endless_forwards_are_bounded():
    assert own("-----Original Message-----\n" * 5000) == ""


def test_endless_notes_of_those_who_forward_are_all_said():
    text = own("See below.\n---------- Forwarded message ---------\n" * 5000 + "The wheel broke.\n")
    assert text.count("See below.") == 5000
    assert text.endswith("The wheel broke.")


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param("-- \nAnn Reed\nMill Trust, Upper Lane 4.\n", id="two hyphens"),
        pytest.param("--\nAnn\n", id="two hyphens without a blank"),
        pytest.param("Sent from my iPhone\n", id="iPhone"),
        pytest.param("发自我的iPhone\n", id="iPhone in Chinese"),
        pytest.param("Get Outlook for iOS<https://aka.ms/o0ukef>\n", id="Outlook"),
        pytest.param("发自我的手机\n", id="telephone"),
        pytest.param(
            "Ann Reed\nMill Trust\nT: +44 20 5550 0199 | M: +44 7700 900123\nwww.mill.example\n", id="address"
        ),
        pytest.param("Ann Reed\n\nMill Trust\n\nTel. 020 5550 0199\n\nann@mill.example\n", id="apart"),
        pytest.param("张敏\n后勤科 科长\n电话：0571-88886666\n地址：江州市河东路12号\n", id="Chinese address"),
        pytest.param("张敏\n\n电话：0571-88886666\n", id="Chinese name apart"),
        pytest.param("張敏\n\n電話：02-8888-6666\n", id="Traditional"),
        pytest.param("從我的 iPhone 傳送\n", id="iPhone in Taiwan"),
        pytest.param("本郵件及其附件含有機密資訊，僅限指定收件人使用。\n", id="Traditional notice"),
        pytest.param("This e-mail and its attachments are confidential and may be privileged.\n", id="notice"),
        pytest.param("If you have received this message in error, please delete it.\n", id="error"),
        pytest.param("本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人。\n", id="Chinese notice"),
        pytest.param(
            "You received this message because you are subscribed to the list.\nTo unsubscribe, write.\n", id="list"
        ),
        pytest.param(
            "--\nAnn\n\nSent from my iPhone\n\nThis message is intended solely for the addressee.\n", id="all"
        ),
    ],
)
def test_signatures_and_notices_are_left_out(signature):
    assert own(f"It turns again.\n\n{signature}") == "It turns again."


def test_a_paragraph_between_others_may_speak_of_what_notices_speak_of():
    body = "The page is ready.\n\nWe moved the unsubscribe button to the top, where people look for it.\n\nTell me."
    assert "We moved the unsubscribe button" in said(mail(body))


def test_a_notice_on_top_is_left_out():
    assert own("CAUTION: This email originated from outside of the trust.\n\nIt turns again.") == "It turns again."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Call me at noon.", id="no number"),
        pytest.param("The report is at https://example.org/wheel", id="an address in a sentence"),
        pytest.param("Bring:\n- oil\n- felt\n- a rope", id="a list"),
        pytest.param("周五九点集合", id="Chinese without a stop"),
        pytest.param("--\n" + "It turns and turns.\n" * 20, id="a rule over a long text"),
        pytest.param("The wheel turns.\n\nAnn", id="a name alone"),
    ],
)
def test_what_looks_like_a_signature_is_kept(text):
    assert own(f"It turns again.\n\n{text}") == f"It turns again.\n\n{text}".strip().replace("\n\n", "|")


def test_addresses_behind_words_are_left_out():
    assert own("See the plan<https://example.org/a/plan> [image: logo].") == "See the plan ."


def test_lines_that_a_mailbox_marks_are_as_they_were():
    assert own(">From the mill we saw it.") == "From the mill we saw it."


# HTML


def texts(markup: str) -> list[str]:
    return [line.text for line in lines_of_html(markup)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("<p>It &amp; it<br>turns", ["It & it", "turns"], id="lines"),
        pytest.param("<div>It</div><div><br></div><div>turns</div>", ["It", "", "turns"], id="blank line"),
        pytest.param("It<br><br>turns", ["It", "", "turns"], id="two breaks"),
        pytest.param("<ul><li>oil<li>felt</ul>", ["- oil", "- felt", ""], id="list"),
        pytest.param("<tr><td>oil</td><td>2</td></tr>", ["oil 2"], id="cells"),
        pytest.param("<head><title>t</title><style>p{}</style><body>It", ["It"], id="head without an end"),
        pytest.param("<p style='display:none'>soon<p>It", ["It"], id="hidden without an end"),
        pytest.param("<!-- no --><!--[if mso]>no<![endif]--><![if !mso]>It<![endif]>", ["It"], id="comments"),
        pytest.param("It <!-- turns", ["It <!-- turns"], id="comment without an end"),
        pytest.param("It<div class='gmail_signature'>Ann</div>", ["It"], id="signature"),
        pytest.param("<a title='a > b'>It</a> < 3 <b>so</i>", ["It < 3 so"], id="odd marks"),
        pytest.param("", [], id="empty"),
    ],
)
def test_html_is_lines(markup, expected):
    assert texts(markup) == expected


@pytest.mark.parametrize(
    "quote",
    [
        '<blockquote type="cite">Does it?</blockquote>',
        '<div class="gmail_quote"><div class="gmail_attr">On 5 Jan Ben wrote:</div><p>Does it?</p></div>',
        "<blockquote id=isReplyContent>Does it?</blockquote>",
        '<div class="yahoo_quoted">Does it?</div>',
        "<div>------------------&nbsp;原始邮件&nbsp;------------------</div><div>Does it?</div>",
        "<p><b>From:</b> Ben<br><b>Sent:</b> Thursday<br><b>To:</b> Ann<br><b>Subject:</b> x</p><p>Does it?</p>",
    ],
)
def test_html_quotes_are_left_out(quote):
    assert said(mail(f"<div>It turns.</div>{quote}", kind="text/html")) == "It turns."


def test_html_quotations_of_the_writer_and_headings_are_kept():
    source = read(mail("<h1>Wheels</h1><blockquote>So it goes.</blockquote><p>It turns.", kind="text/html"))
    assert source.text == "Wheel\n\nWheels\n\nSo it goes.\n\nIt turns."
    assert [source.text[part.start : part.end] for part in source.parts] == ["Wheel", "Wheels"]


@pytest.mark.parametrize("run", ["<", "<a ", "<!--", "<div>", "<b></i>", '<a title="', "&", "<![", "</", "<p style='"])
def test_html_of_marks_only_ends(run):
    assert isinstance(lines_of_html(run * 20_000), list)


# Mailboxes


def mailbox(*mails: bytes) -> bytes:
    return b"".join(b"From ann@example.org Fri Jan  5 10:22:31 2024\n" + one + b"\n\n" for one in mails)


def test_each_message_of_a_mailbox_is_a_text_with_its_name_and_place():
    data = mailbox(
        mail("It turns.\n\n>From the mill."), mail("It stops.", subject=""), mail("Why?", subject="Re: Wheel")
    )
    sources = read_bytes(data)
    assert [source.name for source in sources] == ["message 1: Wheel", "message 2", "message 3: Re: Wheel"]
    assert [source.text for source in sources] == [
        "Wheel\n\nIt turns.\n\nFrom the mill.",
        "It stops.",
        "Re: Wheel\n\nWhy?",
    ]
    assert [[(place.start, place.kind, place.value) for place in source.places] for source in sources] == [
        [(0, "message", str(number))] for number in (1, 2, 3)
    ]
    assert not any(source.warnings for source in sources)


@pytest.mark.parametrize(
    ("subject", "title"),
    [("Re: Wheel", "Wheel"), ("Re: Fwd: RE[2]: Wheel", "Wheel"), ("Reading: a wheel", "Reading: a wheel")],
)
def test_title_of_an_answer_is_what_it_is_about(subject, title):
    source = read(mail("It turns.", subject=subject))
    assert source.title == title
    assert source.text.startswith(f"{subject}\n\n")


def test_a_line_that_begins_with_from_parts_no_messages():
    (source,) = read_bytes(mailbox(mail("It turns.\nFrom 9:15 on it stops.\nFrom: nobody")))
    assert "From 9:15 on it stops." in source.text


def test_messages_that_cannot_be_read_are_named():
    empty, encrypted = mail(""), mail("-----BEGIN PGP MESSAGE-----\nx")
    sources = read_bytes(mailbox(empty, mail("It turns."), encrypted, empty, *[empty] * 5), Options(name="in.mbox"))
    assert [source.name for source in sources] == ["message 2: Wheel"]
    assert sources[0].warnings == (
        "in.mbox: skipped messages 1, 4, 5, 6, 7 and 2 more: contains no text to summarize",
        "in.mbox: skipped message 3: is encrypted (PGP); decrypt it in the mail program and save its text",
    )


def test_a_warning_of_one_message_does_not_name_the_mailbox():
    damaged = mail("水轮今天又转了起来。" * 20) + b"\xff"
    for data, start in ((damaged, "in.mbox: 1 malformed"), (mailbox(damaged, mail("It stops.")), "1 malformed")):
        (warning,) = read_bytes(data, Options(name="in.mbox"))[0].warnings
        assert warning.startswith(start)


def test_a_mailbox_without_text_is_refused():
    with pytest.raises(InputError, match=r"^in\.mbox: it contains no message with readable text$"):
        read_bytes(mailbox(mail(""), mail("")), Options(name="in.mbox"))


# What cannot be read


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(mail(""), "contains no text to summarize", id="empty"),
        pytest.param(parts(("Content-Type: image/png", "x")), "contains no text to summarize", id="picture"),
        pytest.param(parts((PLAIN, "x"), kind="encrypted"), "is encrypted (PGP); decrypt it", id="PGP"),
        pytest.param(
            mail("-----BEGIN PGP MESSAGE-----\n\nhQ\n"), "is encrypted (PGP); decrypt it", id="PGP in the text"
        ),
        pytest.param(
            mail("MIAG", kind="application/pkcs7-mime; smime-type=enveloped-data"), "is encrypted (S/MIME)", id="S/MIME"
        ),
        pytest.param(
            mail("MIAG", kind="application/pkcs7-mime; smime-type=signed-data"),
            "is contained in its signature",
            id="sealed",
        ),
        pytest.param(
            mail("--c\n\nIt turns.\n--c--", kind="multipart/mixed; boundary=b"),
            "is damaged: its parts are not separated",
            id="no parts",
        ),
    ],
)
def test_a_mail_that_cannot_be_read_says_why(data, expected):
    with pytest.raises(InputError) as error:
        read_bytes(data, Options(name="it"))
    assert str(error.value).startswith(f"it: {expected}")


def nested(depth: int) -> bytes:
    levels = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return f"{HEADER}MIME-Version: 1.0\n{levels}{PLAIN}\n\nIt turns.\n".encode()


def test_parts_may_be_nested_but_not_without_end():
    assert read(nested(mail_parts.MAX_DEPTH)).text == "It turns."
    for depth in (mail_parts.MAX_DEPTH + 1, 300, 5000):
        with pytest.raises(
            InputError, match=r"^it: its parts are nested more than 30 levels deep; save only its text$"
        ):
            read(nested(depth))


@pytest.mark.parametrize(
    ("limit", "value", "expected"),
    [
        ("MAX_BYTES", 100, "a message is larger than"),
        ("MAX_LINES", 5, "a message is larger than"),
        ("MAX_PARTS", 1, "a message has more than 1 parts"),
    ],
)
def test_what_is_too_large_is_refused(limit, value, expected, monkeypatch):
    data = parts((PLAIN, "It turns."), (PLAIN, "So."))
    assert said(data) == "It turns.\n\nSo."
    monkeypatch.setattr(mail_parts, limit, value)
    with pytest.raises(InputError, match=rf"^it: {expected}"):
        read(data)


WHOLE = {
    "parts": parts((PLAIN, "水轮转了。\n\n> so?\n"), (HTML, "<p>It <b>turns</b></p>")),
    "alternative": parts((PLAIN, STUB), (HTML, "<div type=cite>It</div><p>turns"), kind="alternative"),
    "coded": coded(SIMPLIFIED.encode("gbk"), "gbk", "base64", word("水轮".encode("gbk"), "gbk")),
    "mailbox": mailbox(mail("It turns."), nested(3), coded(FRENCH.encode(), "utf-8", "quoted-printable")),
}


@pytest.mark.parametrize("kind", WHOLE)
def test_damaged_mail_is_read_or_refused(kind, capfd):
    for data in damaged(WHOLE[kind], num_copies=200):
        found = outcome(data, Options(suffix=".eml"), source_format="mail")
        assert found == "refused" or all(source.text for source in found)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kind", ["text/plain; charset=utf-\0", "text/plain; charset*=utf-\0''x"])
def test_mail_whose_charset_has_a_nul_is_read(kind: str) -> None:
    assert said(mail("The river rose.", kind=kind)) == "The river rose."


def test_part_whose_name_is_in_an_encoding_with_a_nul_is_left_out() -> None:
    named = ("Content-Type: text/plain; name*=utf\0-8''%e4", "The river rose.")
    assert said(parts(named, ("Content-Type: text/plain", "It rained."))) == "It rained."
