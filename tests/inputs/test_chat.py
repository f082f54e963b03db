"""Chats and transcripts: each layout, who speaks and when, and what nobody says."""

import json

import pytest
from damage import damaged, outcome

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs.chat import recognise
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options
from summarize.text.documents import as_document


def read(text: str, suffix: str = ".txt") -> Source:
    (source,) = read_bytes(text.encode(), Options(name="it", suffix=suffix))
    assert source.format == "chat"
    return source


def times(source: Source) -> list[str]:
    return [place.value for place in source.places if place.kind == "time"]


# Layouts


ENGLISH = {
    "WhatsApp": (
        "[05/01/2024, 10:20:00] Mill: \u200eMessages and calls are end-to-end encrypted.\n"
        "[05/01/2024, 10:22:31] Ann Reed: The wheel broke.\n"
        "\u200e[05/01/2024, 10:23:02] Ann Reed: \u200eimage omitted\n"
        "[05/01/2024, 10:24:10] ~\u202fBen: How old was it?\n"
        "And the shaft?\n[05/01/2024, 10:25:00] Ann Reed: Ninety years.\n",
        ["05/01/2024, 10:22:31", "05/01/2024, 10:24:10", "05/01/2024, 10:25:00"],
    ),
    "WhatsApp on Android": (
        '05/01/24, 10:20 - Ann created group "Mill"\n05/01/24, 10:22 - Ann Reed: The wheel broke.\n'
        "05/01/24, 10:23 - Ben: <Media omitted>\n05/01/24, 10:24 - Ben: How old was it?\nAnd the shaft?\n"
        "05/01/24, 10:25 - Ann Reed: Ninety years.\n05/01/24, 10:26 - +44 20 5550 0199 left\n",
        ["05/01/24, 10:22", "05/01/24, 10:24", "05/01/24, 10:25"],
    ),
    "WhatsApp in America": (
        "1/5/24, 10:22\u202fAM - Ann Reed: The wheel broke.\n"
        "1/5/24, 10:24\u202fAM - Ben: How old was it?\nAnd the shaft?\n"
        "1/5/24, 10:25\u202fAM - Ann Reed: Ninety years.\n",
        ["1/5/24, 10:22 AM", "1/5/24, 10:24 AM", "1/5/24, 10:25 AM"],
    ),
    "Telegram": (
        "Ann Reed, [05.01.2024 10:22]\nThe wheel broke.\n\nBen, [05.01.2024 10:24]\nHow old was it?\nAnd the shaft?\n\n"
        "Ann Reed, [05.01.2024 10:25]\nNinety years.\n",
        ["05.01.2024 10:22", "05.01.2024 10:24", "05.01.2024 10:25"],
    ),
    "Slack": (
        "Friday, January 5th\n\nAnn Reed\n  10:22 AM\nThe wheel broke.\n\nBen\n  10:24 AM\nHow old was it?\n:eyes:\n2\n"
        "And the shaft?\n3 replies\nLast reply today at 11:00 AM\n"
        "View thread\n\nAnn Reed\n  10:25 AM\nNinety years. (edited)\n",
        ["10:22 AM", "10:24 AM", "10:25 AM"],
    ),
    "Discord": (
        "Ann Reed — 05/01/2024 10:22\nThe wheel broke.\nBen — Yesterday at 10:24\nHow old was it?\nAnd the shaft?\n"
        "Ann Reed — Today at 10:25\nNinety years.\n",
        ["05/01/2024 10:22", "Yesterday at 10:24", "Today at 10:25"],
    ),
    "DiscordChatExporter": (
        "==============================================================\nGuild: Mill\nChannel: wheel\n"
        "==============================================================\n\n[05/01/2024 10:22] Ann Reed#1234\n"
        "The wheel broke.\n\n[05/01/2024 10:24] Ben\nHow old was it?\n"
        "And the shaft?\n\n[05/01/2024 10:25] Ann Reed#1234\nNinety years.\n",
        ["05/01/2024 10:22", "05/01/2024 10:24", "05/01/2024 10:25"],
    ),
    "Zoom": (
        "10:22:31 From Ann Reed to Everyone:\n\tThe wheel broke.\n"
        "10:24:02 From Ben (he/him) to Ann Reed (Direct Message):\n"
        "\tHow old was it?\n\tAnd the shaft?\n10:25:10 From Ann Reed to Everyone:\n\tNinety years.\n",
        ["10:22:31", "10:24:02", "10:25:10"],
    ),
    "older Zoom": (
        "10:22:31\t From  Ann Reed : The wheel broke.\n10:24:02\t From  Ben : How old was it?\nAnd the shaft?\n"
        "10:25:10\t From  Ann Reed : Ninety years.\n",
        ["10:22:31", "10:24:02", "10:25:10"],
    ),
    "Zoom's transcript": (
        "[Ann Reed] 10:22:31\nThe wheel broke.\n\n[Ben] 10:24:02\n"
        "How old was it?\nAnd the shaft?\n\n[Ann Reed] 10:25:10\nNinety years.\n",
        ["10:22:31", "10:24:02", "10:25:10"],
    ),
    "Teams": (
        "[10:22] Ann Reed\nThe wheel broke.\n\n[10:24] Ben\n"
        "How old was it?\nAnd the shaft?\n\n[10:25] Ann Reed\nNinety years.\n",
        ["10:22", "10:24", "10:25"],
    ),
    "Otter": (
        "Ann Reed  0:05  \nThe wheel broke.\n\nBen  0:41  \n"
        "How old was it?\nAnd the shaft?\n\nAnn Reed  1:02  \nNinety years.\n",
        ["0:05", "0:41", "1:02"],
    ),
    "Rev": (
        "Ann Reed (00:05):\nThe wheel broke.\n\nBen (00:41):\n"
        "How old was it?\nAnd the shaft?\n\nAnn Reed (01:02):\nNinety years.\n",
        ["00:05", "00:41", "01:02"],
    ),
    "times before": (
        "[00:00:05] Ann Reed: The wheel broke.\n[00:00:41] Ben: How old was it?\n"
        "And the shaft?\n[00:01:02] Ann Reed: Ninety years.\n",
        ["00:00:05", "00:00:41", "00:01:02"],
    ),
    "IRC": (
        "--- Log opened Fri Jan 05 10:00:00 2024\n10:20 -!- Ben [~b@example.org] has joined #mill\n"
        "10:22 <@Ann Reed> The wheel broke.\n10:24 < Ben> How old was it?\nAnd the shaft?\n10:24 * Ben waits\n"
        "10:25 <@Ann Reed> Ninety years.\n10:26 -!- Ben has quit [bye]\n",
        ["10:22", "10:24", "10:25"],
    ),
    "WeeChat": (
        "2024-01-05 10:22:31\tAnn Reed\tThe wheel broke.\n"
        "2024-01-05 10:23:50\t-->\tBen (~b@example.org) has joined #mill\n"
        "2024-01-05 10:24:02\tBen\tHow old was it?\nAnd the shaft?\n2024-01-05 10:25:10\tAnn Reed\tNinety years.\n",
        ["2024-01-05 10:22:31", "2024-01-05 10:24:02", "2024-01-05 10:25:10"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", ENGLISH)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CR LF"])
def test_english_layouts_are_known_by_their_content_and_read(layout, line_end):
    text, expected = ENGLISH[layout]
    source = read(text.replace("\n", line_end))
    said = source.text[source.speakers[0][0] :]
    assert said == "Ann Reed: The wheel broke.\n\nBen: How old was it?\nAnd the shaft?\n\nAnn Reed: Ninety years."
    assert times(source) == expected


CHINESE = {
    "QQ": (
        "\ufeff消息记录（此消息记录为文本格式，不支持重新导入）\n\n"
        "================================\n消息分组:我的群聊\n"
        "================================\n消息对象:磨坊小组\n================================\n\n"
        "2024-01-05 10:22:31 老周(10001)\n水轮断了\n\n2024-01-05 10:23:02 系统消息(10000)\n小李撤回了一条消息\n\n"
        "2024-01-05 10:24:00 阿宁<aning@example.com>\n[图片]\n\n"
        "2024-01-05 10:24:30 阿宁<aning@example.com>\n要换新的吗\n\n"
        "2024-01-05 10:25:00 老周(10001)\n要[叹气]\n",
        "磨坊小组",
    ),
    "WeChat": (
        "老周 2024/1/5 10:22\n水轮断了\n\n阿宁 2024/1/5 10:23\n[图片]\n\n阿宁 2024/1/5 10:24\n「老周：水轮断了」\n"
        "- - - - - - - - - - - - - - -\n要换新的吗\n\n老周 2024/1/5 10:25\n要\n",
        None,
    ),
    "WeChat, as sent by mail": (
        "—————  2024-01-05  —————\n\n\n老周  10:22\n\n水轮断了\n\n阿宁  10:24\n\n要换新的吗\n\n\n"
        "—————  2024-01-06  —————\n\n\n老周  09:01\n\n要\n",
        None,
    ),
    "WhatsApp": (
        "2024/1/5 上午10:22 - 老周: 水轮断了\n2024/1/5 上午10:23 - 阿宁: <媒体文件已省略>\n"
        "2024/1/5 上午10:24 - 阿宁: 要换新的吗\n"
        "2024/1/5 下午1:05 - 老周: 要\n",
        None,
    ),
    "LINE": (
        "[LINE] 與磨坊的聊天記錄\n儲存日期：2024/01/05 10:22\n\n"
        "2024/01/05（五）\n10:22\t老周\t水轮断了\n10:23\t阿宁\t[貼圖]\n"
        "10:24\t阿宁\t要换新的吗\n10:25\t老周\t要\n",
        "[LINE] 與磨坊的聊天記錄",
    ),
    "Feishu": (
        "磨坊周会\n2024年1月5日 下午 2:00|45分钟 30秒\n\n关键词:\n水轮、预算\n\n文字记录:\n老周 00:00:05 \n水轮断了\n\n"
        "阿宁 00:00:41 \n要换新的吗\n\n老周 00:01:23 \n要\n",
        "磨坊周会",
    ),
    "Tencent Meeting": (
        "会议主题：磨坊修缮\n老周(00:00:12): 水轮断了\n阿宁(00:00:30): 要换新的吗\n老周(00:00:48): 要\n",
        "磨坊修缮",
    ),
    "iFLYTEK": ("老周 00:00:01\n水轮断了\n阿宁 00:00:20\n要换新的吗\n老周 00:00:45\n要\n", None),
    "DingTalk": ("老周 1月5日 10:22\n水轮断了\n\n阿宁 1月5日 10:24\n要换新的吗\n\n老周 1月5日 10:25\n要\n", None),
    "Zoom": (
        "10:22:31 来自 老周 发送给 所有人：水轮断了\n"
        "10:24:02 来自 阿宁 发送给 所有人：要换新的吗\n10:25:10 来自 老周 发送给 所有人：要\n",
        None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", CHINESE)
def test_chinese_layouts_are_known_by_their_content_and_read(layout):
    text, title = CHINESE[layout]
    source = read(text)
    assert source.text[source.speakers[0][0] :] == "老周：水轮断了\n\n阿宁：要换新的吗\n\n老周：要"
    assert source.title == title
    assert title is None or source.text.startswith(f"{title}\n\n")
    assert len(times(source)) == 3


def test_places_name_the_lines_of_the_file():
    source = read("老周 10:22\n水涨了。\n\n老周 10:23\n快走。\n\n阿宁 10:24\n好。\n")
    assert source.text == "老周：水涨了。快走。\n\n阿宁：好。"
    assert [(place.start, place.value) for place in source.places if place.kind == "line"] == [
        (0, "1"),
        (7, "4"),
        (12, "7"),
    ]


def test_encoding_is_that_of_the_text():
    (source,) = read_bytes("老周 10:22\n水涨得很快\n阿宁 10:23\n好的\n老周 10:24\n走".encode("gb18030"))
    assert (source.format, source.encoding) == ("chat", "gb18030")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "2024-01-05 10:22:31 INFO starting\n"
            "2024-01-05 10:22:32 INFO up\n2024-01-05 10:22:33 WARN slow",
            id="log",
        ),
        pytest.param(
            "[10:22:31] [Server/INFO]: Up\n"
            "[10:22:32] [Server/INFO]: Done\n[10:22:33] [Server/INFO]: Go",
            id="game",
        ),
        pytest.param("[10:22:31] Main/ERROR: Up\n[10:22:32] Main/INFO: Done\n[10:22:33] Main/INFO: Go", id="levels"),
        pytest.param(
            "2024-01-05T10:22:31 mill kernel: usb\n"
            "2024-01-05T10:22:32 mill cron[1]: run\n2024-01-05T10:22:33 mill kernel: up",
            id="journal",
        ),
        pytest.param(
            "2024-01-05 10:22:31,123 Main up\na\n"
            "2024-01-05 10:22:32,456 Main on\nb\n2024-01-05 10:22:33,9 Main\nc",
            id="fractions",
        ),
        pytest.param("09:00 签到\n09:30 开幕式\n校长致辞\n10:00 报告\n张教授主讲\n11:00 茶歇", id="timetable"),
        pytest.param("开幕式 9:00\n地点在礼堂\n报告会 10:00\n张教授主讲\n茶歇 11:00\n二楼走廊", id="times behind"),
        pytest.param(
            "She came at 10:22.\n\n“Is it broken?”\n\n"
            "“Since 9:15,” he said. “The train of 11:40 brings it.”",
            id="prose",
        ),
        pytest.param("张三：水涨了。\n李四：快走。\n张三：好。", id="no times"),
        pytest.param("张三 10:22\n水涨了", id="one message"),
        pytest.param(
            "[00:01.20]作词：某某\n[00:02.00]作曲：某某\n[00:03.00]编曲：某某\n"
            "[00:09.00]风\n[00:12.00]水\n[00:15.00]桥\n[00:18.00]天",
            id="song",
        ),
        pytest.param(
            "发布时间 2024-01-05 10:22\n水涨了。\n"
            "更新时间 2024-01-05 11:22\n桥断了。\n来源 2024-01-05 12:00\n某报",
            id="dates of news",
        ),
        pytest.param("4月29日 14:33\n桥断了\n4月29日 15:07\n人都走了\n4月30日 07:30\n水退了", id="timeline"),
        pytest.param(
            "水轮停了\n某报 2024-01-05 10:22:31\n桥断了\n某网 2024-01-05 11:00:00\n水退了\n"
            "某台 2024-01-05 12:00:00\n路通了",
            id="list of news",
        ),
        pytest.param("", id="empty"),
    ],
)  # fmt: skip
def test_other_texts_are_no_chats(text):
    assert not recognise(Source(text, "utf-8"), ".txt")


def test_rows_of_a_table_are_no_chat():
    rows = Source("10:22\tPump\tit runs\n10:23\tPump\tit stands\n10:24\tWheel\tit turns", "utf-8")
    assert recognise(rows, ".txt")
    assert not recognise(rows, ".tsv")


def test_a_long_article_below_three_heads_is_no_chat():
    heads = "\n".join(f"Ann 2024-01-05 10:2{n}\n" + "It turns.\n" * 40 for n in range(3))
    assert not recognise(Source(heads, "utf-8"), ".txt")


# Speakers


@pytest.mark.parametrize(
    "name",
    [
        "dave_",
        "阿宁🌸",
        "A小王-装修",
        "+44 20 5550 0199",
        "Dr. Lee",
        "ＳＵＮ",
        "user.42",
        "Mary-Jane O'Neil",
        "说话人1",
    ],
)
def test_names_may_be_anything(name):
    text = (
        f"[05/01/2024, 10:22:31] {name}: 水涨了\n[05/01/2024, 10:22:40] Ann: why\n[05/01/2024, 10:23:31] {name}: 快走\n"
    )
    source = read(text)
    assert [source.text[slice(*span)] for span in source.speakers] == [name, "Ann", name]
    sentences = as_document(source).sentences
    assert [source.text[slice(*one.speaker)] for one in sentences if one.speaker] == [name, "Ann", name]


def test_the_office_in_brackets_tells_people_of_one_name_apart_and_a_number_does_not():
    names = ["张伟(研发)", "张伟(产品)", "张伟(10001)", "张伟(研发)", "张伟(产品)"]
    source = read("".join(f"{name} 10:2{number}\n水涨了\n" for number, name in enumerate(names)))
    assert [source.text[slice(*span)] for span in source.speakers] == [*names[:2], "张伟", *names[3:]]


def test_a_time_alone_goes_on_with_the_speaker_before():
    source = read(
        "Ann Reed\n  10:22 AM\nThe wheel broke.\n10:23\nIt was old.\nBen\n  10:24 AM\nOh.\nAnn Reed\n  10:25 AM\nYes.\n"
    )
    assert source.text == "Ann Reed: The wheel broke. It was old.\n\nBen: Oh.\n\nAnn Reed: Yes."
    assert times(source) == ["10:22 AM", "10:23", "10:24 AM", "10:25 AM"]


def test_messages_of_one_speaker_are_one_turn_behind_a_stop_only():
    source = read("[10:22] Ann\nIt broke.\n[10:23] Ann\nWhy\n[10:24] Ann\nno idea\n[10:25] Ben\nSo.\n")
    assert source.text == "Ann: It broke. Why\n\nAnn: no idea\n\nBen: So."


def test_messages_without_stops_are_no_headings():
    source = read("老周 10:22\n桥断了\n阿宁 10:23\n是磨坊旁边的那一座吗？我刚才还从那里走过。\n老周 10:24\n是\n")
    assert {sentence.role for sentence in as_document(source).sentences} == {"text"}


# What nobody says


@pytest.mark.parametrize(
    "line",
    [
        *(
            "小李撤回了一条消息",
            "老周邀请小李加入了群聊",
            "小李拍了拍我",
            "小李修改群名为“磨坊”",
            "[动画表情]",
            "【图片】",
            "[文件] 图纸.pdf",
            "图像已忽略",
        ),
        *(
            "通话时长 01:23",
            "老周领取了小李的红包",
            "以上是打招呼的内容",
            "👍👍",
        ),
        *("<Media omitted>", "image omitted", "IMG-2024.jpg (file attached)", "<attached: 1-PHOTO.jpg>", "photo.jpg"),
        *(
            "This message was deleted",
            "Ben has left the channel",
            "Ben joined using this group's invite link",
            "> It broke.",
        ),
        *("Missed voice call", "* Ben waits", "joined", "3 replies", "…", "[微笑]"),
    ],
)
def test_what_the_program_tells_is_left_out(line):
    source = read(f"Ann 10:22\n{line}\nIt broke.\nBen 10:23\n{line}\nAnn 10:24\nIt was old.\nBen 10:25\nOh.\n")
    assert source.text == "Ann: It broke. It was old.\n\nBen: Oh."


@pytest.mark.parametrize(
    "line",
    [
        *("I added the file to the folder", "We removed the old wheel", "小李昨天加入了会议但没有说话", "I left early"),
        *(
            "The link is https://example.org/mill",
            "图片里的水轮是新的",
            "She joined the meeting late",
            "new",
            "10 wheels",
        ),
    ],
)
def test_what_people_say_of_such_things_is_read(line):
    assert f"Ann: {line}" in read(f"Ann 10:22\n{line}\nBen 10:23\nOh.\nAnn 10:24\nSo.\n").text


def test_dates_between_messages_are_left_out_and_those_that_answer_are_read():
    text = (
        "12月16日\nAnn 10:22\nWhen did it break?\nBen 10:23\n2024-01-05\n\n12月17日\n"
        "Ann 10:24\nOh.\n—————  2024-01-06  —————\nFriday, January 5th\n"
    )
    assert read(text).text == "Ann: When did it break?\n\nBen: 2024-01-05\n\nAnn: Oh."


def test_marks_of_moods_and_edits_inside_are_left_out():
    source = read("Ann 10:22\n好的[微笑]明天见\nBen 10:23\nfine :+1: by me (edited)\nAnn 10:24\nat 10:30:15\n")
    assert source.text == "Ann: 好的明天见\n\nBen: fine by me\n\nAnn: at 10:30:15"


def test_lines_over_the_messages_are_title_and_apparatus_or_text():
    over = "Wheel meeting\nAnn, Ben and a guest\nThey met because the wheel broke.\n\n"
    source = read(over + "Ann 0:05\nIt broke.\nBen 0:09\nOh.\nAnn 0:12\nYes.\n")
    assert source.title == "Wheel meeting"
    roles = {source.text[part.start : part.end]: part.role for part in source.parts}
    assert roles["Wheel meeting"] == "heading"
    assert roles["Ann, Ben and a guest"] == "apparatus"
    assert "They met because the wheel broke." in source.text
    assert "They met because the wheel broke." not in roles


# Exports


def test_telegram_writes_records():
    messages = [
        {"type": "service", "date": "2024-01-05T10:20:00", "actor": "Ann", "text": ""},
        {"type": "message", "date": "2024-01-05T10:22:31", "from": "Ann", "text": "It broke."},
        {"type": "message", "date": "2024-01-05T10:23:31", "from": "Ben", "text": ["See ", {"text": "it"}, "."]},
        {"type": "message", "date": "2024-01-05T10:24:31", "from": None, "text": "Lost."},
    ]  # fmt: skip
    source = read(json.dumps({"name": "Mill", "type": "private_group", "messages": messages}), ".json")
    assert (source.title, source.text) == ("Mill", "Mill\n\nAnn: It broke.\n\nBen: See it.")
    assert times(source) == ["2024-01-05 10:22:31", "2024-01-05 10:23:31"]
    assert {place.kind for place in source.places} == {"time"}


def test_slack_writes_records():
    profile = {"real_name": "Ann Reed", "display_name": ""}
    rows = [
        {"type": "message", "subtype": "channel_join", "user": "U1", "text": "<@U1> has joined", "ts": "1704450150.0"},
        {
            "type": "message",
            "user": "U1",
            "user_profile": profile,
            "text": "It broke &amp; fell.",
            "ts": "1704450151.0001",
        },
        {"type": "message", "user": "U2", "text": "See <https://example.org|it>.", "ts": "1704450211.0001"},
        {"type": "message", "user": "U2", "text": "Lost.", "ts": "never"},
    ]
    source = read(json.dumps(rows), ".json")
    assert source.text == "Ann Reed: It broke & fell.\n\nU2: See it."
    assert times(source) == ["2024-01-05 10:22:31", "2024-01-05 10:23:31"]


def test_discord_writes_records():
    def row(kind: str, second: int, content: str, author: object) -> dict[str, object]:
        time = f"2024-01-05T10:22:{second}.12+00:00"
        return {"type": kind, "timestamp": time, "content": content, "author": author}

    rows = [
        row("Default", 31, "It broke.", {"name": "ann"}),
        row("ChannelPinnedMessage", 32, "Pinned.", {"name": "ann"}),
        row("Reply", 33, "Oh.", {"name": "b", "nickname": "Ben"}),
        row("Reply", 34, "Lost.", None),
    ]
    source = read(json.dumps({"guild": {"name": "Mill"}, "channel": {"name": "wheel"}, "messages": rows}), ".json")
    assert source.text == "wheel\n\nann: It broke.\n\nBen: Oh."
    assert times(source) == ["2024-01-05 10:22:31", "2024-01-05 10:22:33"]


@pytest.mark.parametrize(
    "text",
    [
        '{"messages": [], "from": 1, "date": 2}',
        '{"messages": {"from": 1, "date": 2}}',
        '[{"type": 1, "ts": 2, "text": 3}]',
        '[1, {"type": "message", "ts": "1", "text": null}]',
        '{"messages": [{"from": "a", "date": "b", "text": ' + "[" * 100_000,
        '{"messages" "from" "date"',
    ],
)
def test_other_records_are_no_chats(text):
    assert not recognise(Source(text, "utf-8"), ".json")


def node(
    name: str, parent: str | None, role: str, said: object, time: float | None = 1704450151.0
) -> dict[str, object]:
    message = {"author": {"role": role}, "create_time": time, "content": {"content_type": "text", "parts": [said]}}
    return {"id": name, "parent": parent, "children": [], "message": message if role else None}


def test_chatgpt_writes_talks_of_which_what_was_asked_anew_is_left_out():
    nodes = [
        *(node("0", None, "", ""), node("1", "0", "system", ""), node("2", "1", "user", "Why does it stop?")),
        node("3", "2", "assistant", "An old answer."),
        node("4", "2", "assistant", "The **belt** slips.\n\n```sh\nturn --wheel\n```\nMake it shorter."),
        *(node("5", "4", "user", {"asset": "picture"}), node("6", "5", "assistant", "Good.", None)),
    ]
    mapping = {str(one["id"]): one for one in nodes}
    talks = [
        {"title": "The wheel", "mapping": mapping, "current_node": "6"},
        {"title": "Nothing", "mapping": {}, "current_node": None},
        {"title": "The mill", "mapping": {"2": node("2", None, "user", "It burned.")}},
    ]
    wheel, mill = read_bytes(json.dumps(talks).encode(), Options(name="conversations.json", suffix=".json"))
    assert (wheel.format, wheel.name, wheel.title) == ("chat", "The wheel", "The wheel")
    said = "User: Why does it stop?\n\nChatGPT: The **belt** slips.\nMake it shorter. Good."
    assert wheel.text == f"The wheel\n\n{said}"
    assert times(wheel) == ["2024-01-05 10:22:31", ""]
    assert (mill.name, mill.text) == ("The mill", "The mill\n\nUser: It burned.")


def test_claude_writes_talks():
    messages = [
        {"sender": "human", "text": "Why does it stop?", "created_at": "2024-01-05T10:22:31.5Z"},
        {"sender": "assistant", "text": "The belt slips.", "created_at": "2024-01-05T10:22:40.5Z"},
    ]
    source = read(json.dumps([{"name": "The wheel", "chat_messages": messages}]), ".json")
    assert (source.name, source.title) == ("", "The wheel")
    assert source.text == "The wheel\n\nUser: Why does it stop?\n\nClaude: The belt slips."


# Bad input


def test_a_chat_in_which_nothing_is_said_is_refused():
    text = "Ann 10:22\n[图片]\nBen 10:23\n[图片]\nAnn 10:24\n[图片]\n"
    with pytest.raises(InputError, match=r"^it: the chat has no messages with text; there is nothing to summarize$"):
        read_bytes(text.encode(), Options(name="it"), source_format="chat")


def test_a_text_that_is_called_a_chat_and_is_none_is_refused():
    with pytest.raises(InputError, match=r"^it: has no names and times as in a chat; read it with --from text$"):
        read_bytes(b"It turns.", Options(name="it"), source_format="chat")


@pytest.mark.parametrize(
    "whole",
    [ENGLISH["WhatsApp"][0], CHINESE["QQ"][0], ENGLISH["Slack"][0], ENGLISH["IRC"][0]],
    ids=["WA", "QQ", "Slack", "IRC"],
)
def test_damaged_chats_are_read_or_refused(whole, capfd):
    for data in damaged(whole.encode(), num_copies=200):
        found = outcome(data, Options(), source_format="chat")
        assert found == "refused" or all(source.text for source in found)
    assert capfd.readouterr() == ("", "")
