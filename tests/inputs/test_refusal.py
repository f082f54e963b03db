import contextlib
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs import measure, refusal
from summarize.inputs.door import read_bytes, read_file, read_stream
from summarize.inputs.kinds import describe_non_prose
from summarize.inputs.measure import Measure
from summarize.inputs.refusal import NUM_SAMPLES, SAMPLE_CHARS, refuse_non_prose
from summarize.inputs.table import Options

CHINESE = "昨天河水上涨了很多，城市停电，学校停课。今天雨停了，水位开始回落。\n"
ENGLISH = "The river rose a lot yesterday, and the town was dark. Schools don't open until Monday.\n"

PROSE = {
    "Chinese": CHINESE * 3,
    "English": ENGLISH * 3,
    "mixed": "我们用Linkerd做service mesh，由控制平面和data plane组成，见http://example.org/a_b?c=1。\n" * 3,
    "classical Chinese": "子曰：学而时习之，不亦说乎？有朋自远方来，不亦乐乎？\n" * 3,
    "French": "Le vent s'est levé; qu'il fasse beau ou non, l'école n'ouvrira qu'à dix heures, dit-il.\n" * 3,
    "Russian": "Река поднялась, и город остался без света на всю ночь.\n" * 3,
    "Thai": "น้ำท่วมเมืองเมื่อวานนี้ โรงเรียนปิด\n" * 4,
    "capitals": "THE RIVER ROSE. THE TOWN IS DARK. SCHOOLS ARE CLOSED UNTIL MONDAY.\n" * 2,
    "a poem": "O wheel that turns in winter sun,\nO mill that grinds the grain,\nBegin it again!\n" * 2,
    "a notice": "When: Monday\nWhere: Library\nBring: lunch\nContact: Anna\nParking: Behind\n" * 2,
    "a form": "Name: Anna Lee\nDate: 12 May 2024\nPlace: Town Hall\nPrice: 12.50\nRoom: 204\nTime: 9:00\nSeats: 30\n",
    "prices": "Apples 3.50\nPears 2.80\nPlums 4.10\nEggs 2.00\nMilk 1.20\nBread 2.50\nButter 3.10\nSalt 0.90\n" * 2,
    "a list of telephones": "张三 13812345678\n李四 13912345678\n王五 13712345678\n赵六 13612345678\n" * 2,
    "Chinese prices": "鸡蛋 12.5元/斤\n牛奶 65元/箱\n苹果 6.8\n大米 3.2元\n花生油 89元/桶\n白菜 1.5\n" * 2,
    "a chat": "anna: hi\nbob: yes\nanna: ok\nbob: :)\nanna: 9?\nbob: sure\nanna: bye\nbob: cu\n" * 2,
    "a chat with times": "[2024-03-02 18:20:11] 孙莉: 几点集合？\n[2024-03-02 18:21:40] 何老师: 早上七点半\n" * 3,
    "a dialogue": "Person1: Is this Naomi?\nPerson2: No, this is her sister.\nPerson1: Oh.\n" * 3,
    "a recipe": "2 cups flour\n1 tsp salt\n3 eggs\n200 ml milk\nMix. Bake at 180 C for 40 min.\n" * 2,
    "a timetable": "9:00 Opening\n9:30 Talk: Bees (Dr. Lee)\n10:15 Break\n10:30 Panel\n12:00 Lunch\n13:00 Tour\n",
    "results": "Ajax 3-1 Utrecht\nBerlin 2-2 Bonn\nTwente 0-1 Leiden\n" * 3,
    "tasks": "[ ] buy milk\n[x] call Anna\n[ ] pay rent\n[ ] fix bike\n[x] water plants\n[ ] book hotel\n" * 2,
    "names": "Anna Lee\nBob Stone\nCarl Weiss\nDora Kim\nEva Long\n" * 3,
    "formulas": "Let f(x) = x^2 + 1. Then f'(x) = 2x, so f(x) >= 1 for all x in R. If g(x) = f(x)/x, then g -> 1.\n",
    "Chinese formulas": "设 f(x)=x^2+1，则 f'(x)=2x。若 x>0，则 f(x+1)-f(x)=2x+1>0，故 f 在 (0,+∞) 上单调递增。\n" * 2,
    "chemistry": "制作了结构为ITO/NPB (20 nm)/Alq3(70 nm)/LiF(1 nm)/Al(200 nm)的器件，其亮度达到12000 cd/m2。\n" * 2,
    "words with code": "要安装它，请运行：\npip install mill\n然后：\nmill a.txt\n完成后会看到结果。\n" * 2,
    "a log": "2024-05-18 02:00:01,112 INFO  Copying 12 GB\n2024-05-18 02:00:09,007 WARN  Block 7 is slow\n" * 3,
    "ruled lines": "=" * 200 + "\nThe mill is closed.\n" + "* " * 100 + "\nIt opens on Monday.\n",
    "a signed message": "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n" + ENGLISH * 4,
    "a licence": "/*\n" + "".join(f" * {line}\n" for line in (ENGLISH * 6).splitlines()) + " */\n",
    "an address alone": "https://example.org/a/b?c=1",
    "one word": "Rain",
    "emoji": "😀😀😀 太好了!!! 😂😂\n" * 6,
}

C_CODE = "#include <stdio.h>\n/* Turns the wheel. */\nint main(void) {\n    turn(3);\n    return 0;\n}\n"
NO_PROSE = {
    "Python": ("import os\n\ndef main():\n    for name in os.listdir('.'):\n        print(name)\n" * 2, "code or data"),
    "C": (C_CODE * 2, "code or data"),
    "Chinese in code": (
        "# 读取文件\nimport os\n# 打印所有名字\nfor name in os.listdir('.'):\n    print('名字：', name)  # 输出\n" * 2,
        "code or data",
    ),
    "a script": (
        '#!/bin/sh\n# Prints the names of all files in here.\nfor f in *; do echo "$f"; done\n',
        "code or data",
    ),
    "settings": ("[server]\nhost = localhost\nport = 80\n[log]\nlevel = debug\npath = /var/log\n" * 2, "code or data"),
    "comments": ("# Set this to yes to turn the wheel.\n# It is no by default.\nturn=no\n" * 3, "code or data"),
    "a style sheet": (
        "body { color: red; }\n.a { margin: 0 auto; padding: 1em; }\nh1 { font-size: 2em; }\n" * 3,
        "a style sheet (CSS)",
    ),
    "minified code": (
        "function f(a){return a+1}var x=f(2);console.log(x);document.title='river';" * 20,
        "minified code or data",
    ),
    "a manual page": (
        '.\\" Written by hand.\n.TH WHEEL 1\n.SH NAME\nwheel \\- turn it\n.SH USE\nThe wheel turns all day long.\n',
        "the source of a manual page",
    ),
    "an image": ("<svg viewBox='0 0 9 9'><path d='M12 8.5c0 1 2 3 4 5z'/></svg>", "an SVG image"),
    "XML": ("<?xml version='1.0'?>\n<a><b>" + CHINESE.strip() + "</b></a>\n", "XML"),
    "a feed": ("<rss version='2.0'><channel><title>News of the mill town</title></channel></rss>", "a news feed (RSS)"),
    "a FictionBook": (
        "<?xml version='1.0'?><FictionBook xmlns='x'><body><p>The wheel turned.</p></body></FictionBook>",
        "a FictionBook (.fb2)",
    ),
    "DocBook": (
        "<?xml version='1.0'?><article xmlns='http://docbook.org/ns/docbook'><para>It turned.</para></article>",
        "a document in DocBook",
    ),
    "JATS": (
        "<!DOCTYPE article PUBLIC '-//NLM//DTD JATS (Z39.96) v1.2//EN' 'JATS.dtd'><article><p>It turned.</p></article>",
        "an article in JATS",
    ),
    "a sitemap": ("<?xml version='1.0'?><urlset><url><loc>https://example.org/</loc></url></urlset>", "a sitemap"),
    "a key": (
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bqT\n-----END RSA PRIVATE KEY-----\n",
        "a key or a certificate",
    ),
    "a diff": ("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-The wheel turns all day.\n+The wheel turns all night.\n", "a diff"),
    "a diff of git": ("diff --git a/x b/x\nindex 12..34 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", "a diff"),
    "SQL": ("INSERT INTO `t` VALUES (1,'" + CHINESE.strip() + "');\n" * 4, "SQL"),
    "figures": ("12.5 13.7 18.2 19.9\n" * 30, "a table of numbers"),
    "a table": ("a,b,c\n" + "1.5,2.5,3.5\n" * 30, "a table"),
    "base64": (
        "QmFzZTY0IGlzIGEgZ3JvdXAgb2YgYmluYXJ5LXRvLXRleHQgZW5jb2Rpbmcgc2NoZW1lcyB0aGF0\n" * 5,
        "base64 or another encoding of bytes",
    ),
    "a hexdump": ("00000000: 4865 6c6c 6f20 776f 726c 6421 0a00 0102  Hello world!....\n" * 6, "a hexdump"),
    "JSON": (json.dumps({"a": [1, 2, {"b_c": None, "d-e": True}], "f": {"g": [[]] * 20}}, indent=1), "JSON"),
    "paths": ("/usr/lib/a/b.so\n/usr/share/doc/x\n" * 6, "code or data"),
    "a log of a server": (
        '192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326\n' * 6,
        "code or data",
    ),
}


def read(text, argument="a"):
    refuse_non_prose(Source(text, "utf-8"), Options(name="a", argument=argument))


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_of_any_kind_is_let_through(text):
    read(text)
    read(text.replace("\n", "\r\n"))


@pytest.mark.parametrize(("text", "what"), NO_PROSE.values(), ids=NO_PROSE)
def test_code_and_data_are_refused_by_name(text, what):
    with pytest.raises(InputError) as caught:
        read(text)
    message = str(caught.value)
    assert message.startswith(f"a: looks like {what}, not prose; ")
    assert message.endswith("read it anyway with: summarize --from text a")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("argument", "command"),
    [("a b.css", "summarize --from text 'a b.css'"), ("-", "summarize --from text -"), ("-n", "--from text -n")],
)
def test_the_command_that_helps_can_be_typed(argument, command):
    with pytest.raises(InputError) as caught:
        read(NO_PROSE["C"][0], argument)
    assert str(caught.value).endswith(command)


def test_what_helps_names_a_file_as_it_was_named_and_standard_input_as_the_command_takes_it(tmp_path):
    path = tmp_path / "a table.csv.txt"
    path.write_text(NO_PROSE["C"][0], encoding="utf-8")
    with pytest.raises(InputError, match=rf"^{path}: looks like .* --from text '{path}'$"):
        read_file(path)
    with path.open("rb") as stream, pytest.raises(InputError, match=r"^standard input: looks like .* --from text -$"):
        read_stream(stream)


@pytest.mark.parametrize(
    ("kind", "hint"), [("base64", "base64 -d"), ("a hexdump", "xxd -r"), ("a table", "--from records")]
)
def test_what_helps_first_is_said_first(kind, hint):
    with pytest.raises(InputError, match=rf"not prose; .*{hint}.*, or read it anyway"):
        read(NO_PROSE[kind][0])


def test_a_text_in_another_encoding_than_it_seems_says_so():
    data = (CHINESE * 3).encode("utf-7")
    with pytest.raises(InputError, match=r"^a: looks like UTF-7; if so, read it with --encoding utf-7$"):
        read_bytes(data, Options(name="a"))
    assert read_bytes(data, Options(name="a", encoding="utf-7"))[0].text == CHINESE * 3


def test_what_is_refused_is_read_as_text_where_its_user_says_so():
    data = NO_PROSE["C"][0].encode()
    with pytest.raises(InputError):
        read_bytes(data)
    assert read_bytes(data, source_format="text")[0].text.encode() == data


def test_a_text_with_some_code_is_prose_and_code_with_some_text_is_not():
    read(ENGLISH * 6 + C_CODE)
    with pytest.raises(InputError):
        read(ENGLISH + C_CODE * 6)


def test_of_a_long_text_only_samples_are_looked_at(monkeypatch):
    seen = []

    def measured(sample):
        seen.append(len(sample))
        return Measure(1.0, 0.0, 0.0, 100, 0, 10)

    monkeypatch.setattr(measure, "measure", measured)
    read("a_b " * 500_000)
    assert seen == [NUM_SAMPLES * SAMPLE_CHARS + NUM_SAMPLES - 1]


@pytest.mark.parametrize("where", ["at the top", "in the middle", "at the end"])
def test_data_anywhere_in_a_long_text_leave_it_prose(where):
    data = "x_1 = f(y_2); " * 600
    prose = ENGLISH * 400
    read({"at the top": data + prose, "in the middle": prose + data + prose, "at the end": prose + data}[where])


def test_most_prose_is_passed_without_a_regular_expression(monkeypatch):
    def unused(sample):
        raise AssertionError("measured")

    monkeypatch.setattr(refusal, "_is_prose", unused)
    read(CHINESE * 3)
    read(ENGLISH * 3)


@given(st.text(), st.sampled_from([PROSE["English"], NO_PROSE["C"][0], ""]))
def test_any_text_is_passed_or_refused(text, before):
    with contextlib.suppress(InputError):
        read(before + text)


def test_shares_are_those_of_characters():
    found = measure.measure("The wheel turns.\nint a = f(b);\n# a comment\n12:30 2024\n")
    assert (found.num_chars, found.num_figures, found.num_lines) == (14 + 10 + 9, 5 + 4, 4)
    assert (found.prose, found.code, found.comment) == (14 / 33, 10 / 33, 9 / 33)


def test_words_are_prose_where_three_stand_together_or_nothing_else_does():
    assert measure.measure("call foo_bar now and then baz(1)").prose == len("nowandthen") / len(
        "callfoo_barnowandthenbaz(1)"
    )
    assert measure.measure("all words").prose == 1
    assert measure.measure("水 a_b c").prose == 0
    assert measure.measure("水轮 a_b c").prose == 3 / 6


@pytest.mark.parametrize(
    "text",
    [
        "(" * 8000,
        "a(" * 4000,
        "a=" * 4000,
        "- " * 4000,
        "1." * 4000,
        "a@" * 4000,
        "'a" * 4000,
        ";\n" * 4000,
        "\n" * 8000,
    ],
)
def test_no_text_takes_long_to_measure(text):
    measure.measure(text)
    describe_non_prose(text)


def test_noise_is_refused():
    numbers = random.Random(11)
    with pytest.raises(InputError):
        read("".join(chr(numbers.randrange(33, 127)) for _ in range(5000)))
