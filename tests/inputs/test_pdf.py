import json
import random
import subprocess
import sys
import zlib

import pytest
from inputs.pdf_files import Page, Text, file_of, lines, pdf_of

from summarize.document import Location, RoleSpan
from summarize.errors import InputError, MissingExtraError
from summarize.inputs import pdf, pdf_characters, pdf_reading
from summarize.inputs.door import read_bytes
from summarize.inputs.pdf import read, recognise
from summarize.inputs.pdf_reading import answer
from summarize.inputs.table import Options

WEIRS = ["The city took three weirs out of the river, and nine kinds of fish", "came back within two years."]
TREES = ["Then it planted alders and willows along both of the banks, which", "keep the water cool in summer."]
PROSE = [
    "The city took three weirs out of the river, and nine kinds of fish",
    "came back within two years. Alders and willows were planted, which",
    "keep the water cool in summer, and their roots hold the banks when",
    "the river rises, as it does in spring.",
]
SEASONS = ("spring", "summer", "autumn", "winter")
OPTIONS = Options(name="a.pdf")


def text_of(pages, **metadata):
    return answer(pdf_of(pages, **metadata))["text"]


def page_of(season):
    """Four full lines and a short one, which no other season has."""
    return [
        f"In {season} the city looked after the river, as its {season} plan has it",
        f"that was made for {season} only. All of the weirs were open in {season},",
        f"so that fish could pass, and those of {season} did. Many of them were of",
        f"kinds that {season} brings here, and one that no {season} had seen before",
        f"came in {season}.",
    ]


def joined(seasons):
    return "\n\n".join(" ".join(page_of(season)) for season in seasons)


def error_of(content):
    """What is said of a file, behind its name."""
    message, values = answer(content)["error"]
    return message.format(name="a.pdf", **values).removeprefix("a.pdf: ")


def encrypted(user: bytes) -> bytes:
    """A file whose key is made of its owner's and its user's password; its only string is not in need of it."""
    content = pdf_of([lines(WEIRS)])
    entries = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"00" * 32, user)
    return content.replace(b"trailer <<", b"trailer <<" + entries)


def test_pdf_is_recognised_by_its_first_bytes_and_not_by_its_name():
    assert recognise(pdf_of([lines(WEIRS)]), "")
    assert not recognise(b"Weirs were taken out.", ".pdf")


def test_pdf_is_recognised_behind_what_a_server_put_before_it():
    assert recognise(b"HTTP/1.1 200 OK\r\n\r\n" + pdf_of([lines(WEIRS)]), "")
    assert not recognise(b" " * 2000 + pdf_of([lines(WEIRS)]), "")


def test_text_that_speaks_of_pdf_is_none():
    assert not recognise(b"Every file begins with %PDF-1.7 and ends with %%EOF.", "")


def test_read_gives_the_text_its_title_its_parts_and_the_pages():
    pages = [[Text(60, 60, "Weirs", 16, "bold"), *lines(WEIRS)], lines(TREES)]
    (source,) = read(pdf_of(pages, title="A Report on Weirs"), OPTIONS)
    assert source.text == f"Weirs\n\n{' '.join(WEIRS)}\n\n{' '.join(TREES)}"
    assert source.title == "A Report on Weirs"
    assert source.parts == (RoleSpan(0, 5, "heading"),)
    assert source.places == (Location(0, "page", "1"), Location(source.text.index("Then"), "page", "2"))
    assert (source.format, source.encoding, source.warnings) == ("pdf", "utf-8", ())


def test_door_reads_a_pdf_whatever_it_is_called():
    content = b"Content-Type: application/pdf\r\n\r\n" + pdf_of([lines(WEIRS)])
    assert read_bytes(content, Options(suffix=".bin"))[0].text == " ".join(WEIRS)


def test_read_writes_nothing_to_the_streams(capfd):
    read(pdf_of([lines(WEIRS), Page(has_image=True)]), OPTIONS)
    assert capfd.readouterr() == ("", "")


def test_read_says_what_is_missing(monkeypatch):
    monkeypatch.setattr("summarize.errors.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'summarize\[pdf\]'"):
        read(pdf_of([lines(WEIRS)]), OPTIONS)


def test_module_is_imported_without_the_library():
    code = "import sys, summarize.inputs.pdf, summarize.inputs.pdf_reading; sys.exit('pypdfium2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_pages_are_named_by_their_labels():
    content = pdf_of([lines(WEIRS), lines(TREES)], labels=b"/Nums[0<</S/r>>1<</S/D/St 7>>]")
    assert [label for _, label in answer(content)["places"]] == ["i", "7"]


def test_place_of_a_page_lies_inside_of_a_paragraph_that_goes_on_there():
    found = answer(
        pdf_of([lines(["The city took three weirs out of the river and planted"]), lines(["alders there."])])
    )
    assert found["text"] == "The city took three weirs out of the river and planted alders there."
    assert found["places"] == [(0, "1"), (found["text"].index("alders"), "2")]


def test_chinese_lines_are_joined_without_blanks():
    pages = [lines(["三座水坝被拆除以后，河里的鱼类由十一种增加到", "十九种，夏天的水温下降了两度。"], font="han")]
    assert text_of(pages) == "三座水坝被拆除以后，河里的鱼类由十一种增加到十九种，夏天的水温下降了两度。"


def test_page_that_is_turned_reads_like_any_other():
    turned = [Text(100 + 12 * place, 700, text, turn=(0, 1, -1, 0)) for place, text in enumerate(WEIRS)]
    assert text_of([Page(turned, rotation=90)]) == " ".join(WEIRS)


def test_stamp_across_a_page_is_left_out():
    assert text_of([[*lines(WEIRS), Text(200, 500, "DRAFT", 60, turn=(1, 1, -1, 1))]]) == " ".join(WEIRS)


def test_words_along_an_axis_of_a_figure_are_left_out():
    assert text_of([[*lines(PROSE), Text(40, 500, "Kinds of fish", 8, turn=(0, 1, -1, 0))]]) == " ".join(PROSE)


def test_invisible_text_over_a_scan_is_read():
    scan = Page([Text(text.x, text.y, text.text, mode=3) for text in lines(WEIRS)], has_image=True)
    assert answer(pdf_of([scan])) == answer(pdf_of([lines(WEIRS)]))


def test_text_beyond_the_edges_of_the_page_is_left_out():
    assert text_of([[*lines(WEIRS), Text(60, 900, "Printer's mark")]]) == " ".join(WEIRS)


def test_what_is_filled_into_a_form_is_text():
    assert "We would like to grow beans." in text_of(
        [Page(lines(["Why do you want a plot?"]), filled="We would like to grow beans.")]
    )


def test_two_columns_are_read_one_after_the_other():
    left = lines([f"The left column has line {number} here" for number in "abcdefgh"], x=40)
    right = lines([f"the right column has line {number} now" for number in "abcdefgh"], x=320)
    row_by_row = [text for pair in zip(left, right, strict=True) for text in pair]
    text = text_of([row_by_row])
    assert text.index("left column has line h") < text.index("right column has line a")


def test_running_heads_and_numbers_of_pages_are_left_out():
    pages = [
        [Text(60, 40, "Rivers of the City"), *lines(page_of(season)), Text(290, 800, str(number))]
        for number, season in enumerate(SEASONS, 5)
    ]
    assert text_of(pages) == joined(SEASONS)


@pytest.mark.parametrize(
    ("foot", "font"),
    [("第 {} 页 共 4 页", "han"), ("Page {} of 4", "regular"), ("- {} -", "regular"), ("{} / 4", "regular")],
)
def test_numbers_of_pages_are_left_out_however_they_are_written(foot, font):
    pages = [
        [*lines(page_of(season)), Text(250, 800, foot.format(number), font=font)]
        for number, season in enumerate(SEASONS, 1)
    ]
    assert text_of(pages) == joined(SEASONS)


def test_pages_that_are_all_alike_keep_their_text():
    assert text_of([lines(WEIRS)] * 3) == "\n\n".join([" ".join(WEIRS)] * 3)


@pytest.mark.parametrize(
    "title",
    [
        *("", "12", "Microsoft Word - report.doc", "untitled", "Untitled Document", "Document1", "report-final.docx"),
        *("PowerPoint Presentation", "C:\\texts\\report", "https://example.org/report", "幻灯片 1", "无标题文档"),
    ],
)
def test_title_that_a_program_made_up_gives_way_to_the_first_heading(title):
    pages = [[Text(60, 60, "Weirs", 16, "bold"), *lines(WEIRS)]]
    assert answer(pdf_of(pages, title=title))["title"] == "Weirs"


def test_title_is_none_where_neither_the_file_nor_the_first_page_has_one():
    assert answer(pdf_of([lines(WEIRS)]))["title"] is None


def test_scan_is_refused_with_advice():
    assert error_of(pdf_of([Page(has_image=True)] * 3)) == (
        "contains only images of pages; run OCR first, for example with ocrmypdf"
    )


def test_scan_with_a_stamp_of_a_program_is_still_one():
    assert "only images" in error_of(pdf_of([Page([Text(60, 800, "Scanned by X")], has_image=True)] * 3))


def test_image_between_pages_of_text_is_said():
    (source,) = read(pdf_of([lines(WEIRS), Page(has_image=True), Page(has_image=True), lines(TREES)]), OPTIONS)
    assert source.text == f"{' '.join(WEIRS)}\n\n{' '.join(TREES)}"
    assert source.warnings == (
        "a.pdf: pages 2-3 of 4 are images without text and were skipped; run OCR first, for example with ocrmypdf",
    )


def test_cover_of_a_book_is_no_loss():
    assert answer(pdf_of([Page(has_image=True), *[lines(WEIRS)] * 4]))["faults"] == []


def test_fonts_without_characters_are_refused():
    assert error_of(pdf_of([lines(WEIRS, font="unknown")])) == (
        "its fonts do not say which characters they contain; run OCR first, for example with ocrmypdf --force-ocr"
    )


def test_font_whose_codes_are_its_characters_is_read():
    hidden = [Text(60, 100, "".join(chr(ord(letter) + 29) for letter in WEIRS[0]), font="unknown", mode=3)]
    assert text_of([Page(hidden, has_image=True)]) == WEIRS[0]


def test_page_in_a_font_without_characters_is_said():
    (source,) = read(pdf_of([lines(WEIRS), lines(TREES, font="unknown")]), OPTIONS)
    assert source.text == " ".join(WEIRS)
    assert source.warnings == (
        "a.pdf: page 2 of 2 is in a font that does not say which characters it contains, and was skipped; run OCR "
        "first, for example with ocrmypdf --force-ocr",
    )


def test_empty_page_has_no_text():
    assert error_of(pdf_of([[]])) == "has no text; if its pages show text, run OCR first, for example with ocrmypdf"


def test_page_of_figures_has_no_text():
    assert error_of(pdf_of([lines(["12 14 16 18 20", "13 15 17 19 21", "14 16 18 20 22"])])) == (
        "has no text that can be summarized, only numbers, code or symbols"
    )


def test_encrypted_file_is_refused_with_advice():
    assert error_of(encrypted(b"11" * 32)).startswith("is encrypted; remove its password first, for example with qpdf")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", b"no PDF at all"])
def test_what_is_no_whole_file_is_refused(content):
    assert error_of(content).startswith("is a damaged PDF")


def test_file_whose_table_is_not_where_it_says_is_mended():
    content = pdf_of([lines(WEIRS)]).replace(b"startxref\n", b"startxref\n9")
    assert answer(content)["text"] == " ".join(WEIRS)


def test_two_hundred_damaged_copies_give_a_text_or_an_error(capfd, caplog):
    whole = pdf_of(
        [[Text(60, 60, "青溪市报告", 16, "han"), *lines(PROSE)], Page(lines(TREES), filled="beans")], title="Weirs"
    )
    chance = random.Random(7)
    for number in range(200):
        copy = bytearray(whole)
        place = chance.randrange(len(copy))
        if number % 4 == 0:
            del copy[place:]
        elif number % 4 == 1:
            copy[place : place + 200] = bytes(len(copy[place : place + 200]))
        else:
            for _ in range(chance.choice((1, 10, 100))):
                copy[chance.randrange(len(copy))] = chance.randrange(256)
        found = answer(bytes(copy))
        assert ("error" in found) != ("text" in found)
        json.dumps(found).encode("ascii")
    assert capfd.readouterr() == ("", "")
    assert not caplog.records


def bomb(contents: bytes, form: bytes = b"") -> bytes:
    """A page with these contents, which may draw `/Form` with its own contents."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</XObject<</Form 6 0 R>>>>>>"
    packed = zlib.compress(contents, 9)
    return file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
            b"<<>>",
            page,
            b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</Form 6 0 R>>>>/Length %d>>stream\n"
            b"%s\nendstream" % (len(form), form),
        ]
    )


def test_form_that_draws_itself_twice_is_stopped_and_named(monkeypatch):
    code = "from summarize.inputs import pdf_reading as r; r.MAX_MEMORY_BYTES = 1 << 29; r.main()"
    monkeypatch.setattr(pdf, "_COMMAND", ("-c", code))
    with pytest.raises(InputError, match=r"^a\.pdf: is damaged, or needs more memory than allowed; repair it first"):
        read(bomb(b"/Form Do", b"/Form Do /Form Do"), OPTIONS)


def test_page_that_takes_too_long_is_stopped_and_named(monkeypatch):
    monkeypatch.setattr(pdf, "_COMMAND", ("-c", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"))
    with pytest.raises(InputError, match=r"^a\.pdf: takes too long to read; print it to a new PDF"):
        read(pdf_of([lines(WEIRS)]), OPTIONS)


def test_want_of_a_process_is_said(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(InputError, match=r"^a\.pdf: cannot be read, because no process could be started"):
        read(pdf_of([lines(WEIRS)]), OPTIONS)


def test_limits_grow_with_the_pages():
    seconds: list[float] = []
    answer(pdf_of([lines(WEIRS)] * 7), limit=seconds.append)
    assert seconds == [pdf_reading.MAX_SECONDS + 7 * pdf_reading.MAX_SECONDS_OF_PAGE]


def test_too_many_pages_are_refused(monkeypatch):
    monkeypatch.setattr(pdf_reading, "MAX_PAGES", 2)
    assert error_of(pdf_of([lines(WEIRS)] * 3)) == "has 3 pages, more than 2; split it first, for example with qpdf"


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_BYTES", 1 << 10)
    with pytest.raises(InputError, match=r"^a\.pdf: is larger than 0 MiB; split it first"):
        read(pdf_of([lines(WEIRS)] * 3), OPTIONS)


def test_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_reading, "MAX_TEXT_CHARS", 100)
    assert error_of(pdf_of([lines(WEIRS)] * 9)) == "has too much text, at page 2; split it first, for example with qpdf"


def test_page_with_too_many_characters_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_characters, "MAX_CHARS", 50)
    assert error_of(pdf_of([lines(WEIRS)])) == ("has a page of 95 characters; remove it, for example with qpdf --pages")


def test_form_of_another_program_is_refused():
    content = pdf_of(
        [lines(["Please wait until the form is shown."])],
        catalog=b"/AcroForm<</XFA(<x/>)/Fields[]>>/NeedsRendering true",
    )
    assert error_of(content) == "is a form that only Adobe Reader can show; print it to a new PDF there"
