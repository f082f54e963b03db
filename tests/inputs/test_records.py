import codecs
import contextlib
import csv
import json

import pytest
from damage import damaged, outcome
from hypothesis import given
from hypothesis import strategies as st

from summarize.document import Location, Source
from summarize.errors import InputError
from summarize.inputs import records
from summarize.inputs.door import read_bytes
from summarize.inputs.records import recognise
from summarize.inputs.rows import json_rows
from summarize.inputs.table import Options

FLOOD = "昨天河水上涨了很多，城市停电，学校停课。"
SHOP = "老张在县城开了二十年书店，店面不大，却总有人来。"
RIVER = "The river rose a lot yesterday, and the town was dark."
SCHOOL = "The school was closed until Monday morning at nine."
ROWS = [
    {"id": 1, "title": "河水", "text": FLOOD},
    {"id": 2, "title": "书店", "text": SHOP},
    {"id": 3, "title": "", "text": ""},
]


def lines_of(values):
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def read(text, suffix=".json", *, field=None, name="a"):
    return records.read(Source(text, "utf-8"), Options(name=name, suffix=suffix, field=field))


def texts(*arguments, **options):
    return [source.text for source in read(*arguments, **options)]


def refusal(*arguments, **options):
    with pytest.raises(InputError) as caught:
        read(*arguments, **options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# JSON

SHAPES = {
    "JSON Lines": (lines_of(ROWS), [1, 2]),
    "a list": (json.dumps(ROWS), [1, 1]),
    "a list over lines": (json.dumps(ROWS, indent=1), [2, 7]),
    "objects over lines": ("\n\n".join(json.dumps(row, indent=1) for row in ROWS), [1, 7]),
    "a sequence": ("".join(f"\x1e{json.dumps(row)}\n" for row in ROWS), [1, 2]),
    "with a mark of its order": ("\ufeff" + json.dumps(ROWS), [1, 1]),
    "line ends of Windows": (lines_of(ROWS).replace("\n", "\r\n"), [1, 2]),
}


@pytest.mark.parametrize(("text", "lines"), SHAPES.values(), ids=SHAPES)
def test_each_record_is_a_text(text, lines):
    sources = read(text)
    assert [source.text for source in sources] == [FLOOD, SHOP]
    assert [source.name for source in sources] == ["row 1: 河水", "row 2: 书店"]
    assert [source.title for source in sources] == ["河水", "书店"]
    assert [source.places for source in sources] == [
        (Location(0, "row", "1"), Location(0, "line", str(lines[0]))),
        (Location(0, "row", "2"), Location(0, "line", str(lines[1]))),
    ]
    assert {source.format for source in sources} == {"records"}
    assert sources[0].warnings == (
        "a: the texts are taken from 'text'; to read another one, use --field",
        "a: skipped 1 row without text in 'text'",
    )
    assert sources[1].warnings == ()


def test_one_object_is_one_text_without_a_name():
    (source,) = read(json.dumps({"headline": "T", "articleBody": f"{RIVER} {SCHOOL}", "author": {"name": "Lee"}}))
    assert (source.text, source.name, source.title) == (f"{RIVER} {SCHOOL}", "", "T")


def test_the_records_of_an_answer_are_those_in_its_longest_list():
    sources = read(json.dumps({"status": "ok", "data": {"total": 2, "items": ROWS, "tags": [{"a": "b"}]}}))
    assert [source.text for source in sources] == [FLOOD, SHOP]
    assert sources[0].places == (Location(0, "row", "1"),)  # its line is not known


def test_an_object_with_a_text_of_its_own_is_no_list_of_records():
    post = {"body": RIVER, "comments": [{"text": SCHOOL}, {"text": SCHOOL}]}
    assert texts(json.dumps(post)) == [RIVER]
    assert texts(json.dumps(post), field="comments.text") == [f"{SCHOOL}\n\n{SCHOOL}"]
    assert texts(json.dumps(post), field="text") == [SCHOOL, SCHOOL]


def test_strings_are_records_without_fields():
    sources = read(json.dumps([RIVER, SCHOOL]))
    assert [source.text for source in sources] == [RIVER, SCHOOL]
    assert sources[0].warnings == ()
    assert (
        refusal(json.dumps([RIVER]), field="a") == "a: its records are plain strings without fields; leave out --field"
    )


def test_parts_of_a_text_are_paragraphs():
    assert texts(json.dumps({"paragraphs": [RIVER, SCHOOL]})) == [f"{RIVER}\n\n{SCHOOL}"]


def test_a_text_with_tags_is_read_without_them():
    html = f"<p>The <b>river</b> rose &amp; fell.</p><ul><li>{SCHOOL}</li></ul>"
    assert texts(json.dumps({"content": html})) == [f"The river rose & fell.\n\n{SCHOOL}"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (lines_of(ROWS) + '{"text": "cut', "a: line 4 is not JSON (unterminated string starting at); fix that line"),
        ('[{"a": 1},\n{"a": }]', "a: line 2 is not JSON (expecting value); fix that line"),
        ('[{"a": 1}\n{"a": 2}]', "a: line 2 is not JSON (expecting ',' delimiter); fix that line"),
        ('[{"a": 1},\n', "a: ends in the middle of a list; it is truncated"),
        ("[" * 100_000, "a: is nested too deeply"),
        ('{"a":' * 100_000, "a: is nested too deeply"),
        ("[]", "a: has no records"),
        ('{"a": 1, "b": NaN}', "a: no field contains texts (a, b); choose one with --field NAME"),
        ("{}", "a: no field contains texts (none); choose one with --field NAME"),
        ("// no JSON", "a: line 1 is not JSON (expecting value); fix that line"),
    ],
    ids=range(10),
)
def test_json_that_cannot_be_read_says_where_and_why(text, message):
    assert refusal(text).replace(" starting)", " starting at)") == message


def test_keys_that_stand_twice_are_told():
    sources = read(f'{{"text": "{SCHOOL}",\n"text": "{RIVER}"}}')
    assert sources[0].text == RIVER
    assert sources[0].warnings[0] == "a: 'text' occurs twice in the record on line 1; the last one is used"


def test_numbers_of_any_size_are_read():
    assert texts(f'{{"n": {"9" * 10_000}, "x": -Infinity, "text": "{RIVER}"}}') == [RIVER]


def test_what_no_text_may_hold_is_shown():
    (source,) = read_bytes(b'{"text": "The river \\ud800 rose \\u0000 a lot, and the town was dark."}')
    assert source.text == "The river \ufffd rose \ufffd a lot, and the town was dark."


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
    )
)
def test_any_json_gives_rows_that_are_its_values(value):
    rows, warnings = json_rows(json.dumps(value), "a")
    assert len(rows) == (len(value) if isinstance(value, list) else 1)
    assert warnings == []


# Tables

TABLE = f"""\
id,date,text
1,2024-05-01,"The river rose, and the town
was dark. ""Stay,"" said the mayor."
2,2024-05-02,{SCHOOL}
3,,
"""


def test_each_row_of_a_table_is_a_text_and_its_lines_are_known():
    first, second = read(TABLE, ".csv")
    assert first.text == 'The river rose, and the town\nwas dark. "Stay," said the mayor.'
    assert first.places == (Location(0, "row", "1"), Location(0, "line", "2"), Location(29, "line", "3"))
    assert (second.text, second.name) == (SCHOOL, "row 2")
    assert second.places == (Location(0, "row", "2"), Location(0, "line", "4"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_cells_are_parted_by_what_parts_them_alike(delimiter, line_end):
    text = line_end.join(delimiter.join(row) for row in [["编号", "内容"], ["1", FLOOD], ["2", SHOP]])
    assert texts(text, ".csv") == [FLOOD, SHOP]
    assert texts(text, ".tsv") == [FLOOD, SHOP]


def test_excel_may_say_what_parts_the_cells():
    assert texts(f"sep=;\nid;text\n1;{RIVER}\n2;{SCHOOL}\n", ".csv") == [RIVER, SCHOOL]


@pytest.mark.parametrize("codec", ["gbk", "utf-8-sig", "utf-16"])
def test_tables_of_excel_come_through_the_door(codec, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(f"编号\t内容\r\n1\t{FLOOD}\r\n2\t{SHOP}\r\n".encode(codec))
    assert [source.text for source in read_bytes(path.read_bytes(), Options(suffix=".csv"))] == [FLOOD, SHOP]


def test_a_table_without_a_head_counts_its_columns():
    sources = read(f"1,{FLOOD}\n2,{SHOP}\n", ".csv")
    assert [source.text for source in sources] == [FLOOD, SHOP]
    assert sources[0].warnings == ("a: the texts are taken from '2'; to read another one, use --field",)


def test_a_table_of_one_column_is_one():
    assert texts(f"text\n{FLOOD}\n{SHOP}\n", ".csv") == [FLOOD, SHOP]


def test_columns_of_one_name_are_told_apart():
    assert texts(f"id,a,a\n1,x,{FLOOD}\n2,y,{SHOP}\n", ".csv") == [FLOOD, SHOP]
    assert texts(f"id,a,a\n1,x,{FLOOD}\n2,y,{SHOP}\n", ".csv", field="a") == ["x", "y"]


def test_columns_of_one_name_take_no_name_that_another_has():
    text = f"a 2,a,a\nx,{FLOOD},{RIVER}\ny,{SHOP},{SCHOOL}\n"
    assert texts(text, ".csv", field="a 2") == ["x", "y"]
    assert texts(text, ".csv", field="a 2 2") == [RIVER, SCHOOL]


def test_cells_that_are_too_many_are_read_with_the_last():
    sources = read(f"id,text\n1,{RIVER}\n2,Short, and more of it, too.\n", ".csv", field="text")
    assert [source.text for source in sources] == [RIVER, "Short, and more of it, too."]
    assert sources[0].warnings == (
        "a: 2 of 2 rows have more cells than the header; the extra cells are added to the last column",
    )


def test_a_quotation_that_is_never_closed_is_named():
    text = f'id,text\n1,"{RIVER}\n"\n2,"{SCHOOL}\n3,more\n'
    assert refusal(text, ".csv") == "a: a quotation mark opened on line 4 is never closed; fix that line"


def test_a_quotation_mark_within_a_cell_is_no_fault():
    assert texts(f'id,text\n1,"The 5" wheel" turned all day long in the old mill\n2,{SCHOOL}\n', ".csv", field="text")[
        1:
    ]


def test_a_long_cell_is_read_whole_and_the_limit_of_the_library_stays():
    before = csv.field_size_limit()
    long = RIVER * 5000
    assert texts(f'id,text\n1,"{long}"\n', ".csv") == [long]
    assert csv.field_size_limit() == before


def test_a_table_of_figures_has_no_texts():
    table = "a,b,c\n" + "".join(f"{n},{n / 7:.3f},{n**3}\n" for n in range(40))
    assert refusal(table, ".csv") == "a: no field contains texts (a, b, c); choose one with --field NAME"


@given(st.text(), st.sampled_from([".csv", ".tsv"]))
def test_any_table_gives_texts_or_one_clear_line(text, suffix):
    with contextlib.suppress(InputError):
        assert all(source.text for source in read(text, suffix))


# Which field


def test_a_field_is_named():
    assert texts(lines_of(ROWS), field="title") == ["河水", "书店"]
    assert texts(lines_of(ROWS), field=" TEXT ") == [FLOOD, SHOP]
    assert read(lines_of(ROWS), field="text")[0].warnings == ("a: skipped 1 row without text in 'text'",)


def test_a_field_in_a_field_is_named_by_both():
    rows = lines_of([{"doc": {"zh": FLOOD, "en": RIVER, "a.b": SHOP}}] * 2)
    assert texts(rows, field="doc.zh") == [FLOOD, FLOOD]
    assert texts(rows, field="doc.a.b") == [SHOP, SHOP]
    assert refusal(rows, field="doc") == "a: 'doc' is an object; name one of doc.zh, doc.en, doc.a.b"
    assert texts(lines_of([{"doc": {"zh": FLOOD, "n": None}}]), field="doc") == [FLOOD]


def test_whoever_names_a_field_reads_no_chat():
    export = json.dumps(
        [{"type": "message", "user": "U1", "ts": f"170436{n}.0001", "text": "河水上涨了。"} for n in range(4)]
    )
    formats = [read_bytes(export.encode(), Options(field=field))[0].format for field in (None, "text")]
    assert formats == ["chat", "records"]


def test_a_field_that_no_row_has_is_refused_with_those_there_are():
    assert refusal(lines_of(ROWS), field="body") == "a: no row has a field 'body'; name one of id, title, text"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"a": RIVER}, "a"),
        ({"a": RIVER, "text": SCHOOL}, "text"),
        ({"summary": RIVER, "正文": FLOOD}, "正文"),
        ({"a": RIVER, "b": {"Content": SCHOOL}}, "b.Content"),
        ({"a": RIVER, "b": f"{SCHOOL} " * 9}, "b"),
        ({"a": "short", "text": "Rain."}, "text"),
        ({"a": "short", "code": "for (i = 0; i < n; i++) { a[i] = b[i] + c[i]; }", "d": SCHOOL}, "d"),
    ],
)
def test_the_field_is_found_that_holds_prose_or_is_named_as_usual(row, field):
    (source, *_) = read(lines_of([row, row]))
    assert f"are taken from {field!r}" in source.warnings[0]


def test_other_fields_with_texts_are_told():
    (source, _) = read(lines_of([{"text": SCHOOL, "note": RIVER}] * 2))
    assert source.warnings == ("a: the texts are taken from 'text'; to read another one, use --field (note)",)


def test_several_fields_are_listed():
    rows = lines_of([{"question": RIVER, "answer": SCHOOL}] * 3)
    assert refusal(rows) == "a: several fields contain texts (question, answer); choose one with --field NAME"
    many = json.dumps({f"k{n}": SCHOOL for n in range(30)})
    assert "(k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, k10, k11 and 18 more)" in refusal(many)


def test_rows_without_the_field_are_counted():
    rows = lines_of([{"text": RIVER}, {"text": None}, {"b": 1}, {"text": SCHOOL}])
    sources = read(rows)
    assert [source.name for source in sources] == ["row 1", "row 4"]
    assert sources[0].warnings[-1] == "a: skipped 2 of 4 rows without text in 'text'"


def test_warnings_of_the_decoder_are_kept():
    content = Source(lines_of(ROWS), "utf-8", warnings=("a: 1 malformed",))
    assert records.read(content, Options(name="a", field="text"))[0].warnings[0] == "a: 1 malformed"


# Recognition


@pytest.mark.parametrize(
    ("text", "suffix", "is_records"),
    [
        (lines_of(ROWS), "", True),
        (json.dumps(ROWS, indent=2), ".txt", True),
        (json.dumps([RIVER]), "", True),
        (f"id,text\n1,{FLOOD}\n2,{SHOP}\n3,{SHOP}\n", "", True),
        ("姓名\t备注\n张伟\t负责人\n李娜\t会计\n", "", True),
        ("anything", ".csv", True),
        ("anything", ".jsonl", True),
        ("[1] Lee, A. The mill.\n[2] Wang, B. The wheel.\n", "", False),
        ('["Hello," she said]', "", False),
        ("{{ a template }}", "", False),
        ("[00:12.00]Rain\n", "", False),
        ("Dear Ann,\nthe river rose,\nand the town is dark.\n", "", False),
        ("12,5,7\n13,6,8\n14,7,9\n", "", False),
        ("水轮停了，\n又转了，\n很好。", "", False),
    ],
)
def test_records_are_told_by_how_they_begin(text, suffix, is_records):
    assert recognise(Source(text, "utf-8"), suffix) is is_records


@pytest.mark.parametrize(("text", "suffix"), [(lines_of(ROWS), ".json"), (TABLE, ".csv")], ids=["JSON", "CSV"])
def test_damaged_copies_give_texts_or_one_clear_line(text, suffix):
    for data in damaged(text.encode(), num_copies=200):
        found = outcome(data, Options(name="a", suffix=suffix), "records")
        assert found == "refused" or all(source.text for source in found)


def test_a_mark_of_the_order_before_a_table_is_no_name_of_a_column():
    data = codecs.BOM_UTF8 + f"text,b\n{FLOOD},1\n{SHOP},2\n".encode()
    assert [source.text for source in read_bytes(data, Options(suffix=".csv", field="text"))] == [FLOOD, SHOP]


def test_verses_with_a_comma_each_are_no_table():
    verses = "The wheel, the water\nThe miller, his daughter\nThe sack, the grain\nThe cloud, the rain\n"
    (source,) = read_bytes(verses.encode(), Options(name="it", suffix=".txt"))
    assert (source.format, source.text) == ("text", verses)
