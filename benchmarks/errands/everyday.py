"""What people have to summarize on a working day, in Chinese and English."""

import gzip
import shutil
import subprocess
from pathlib import Path

from benchmarks.errands.errand import Errand
from benchmarks.errands.workshop import TEXTS

_MENUS = (
    r"首页|登录|取面包|责任编辑|免责|版权|热点|评论|记者 宋以南|字号",
    r"Subscribe|cookies|Most read|newsletter|reserved|Moira|ferry The",
)
_MAIL = (r"Kind regards|Petra|Norrvik|confidential|@|^>|three weeks since", r"Content-|Message-ID|=\?utf")


def _pack(folder: Path) -> None:
    """Write two files packed in two ways."""
    (folder / "readme.md.gz").write_bytes(gzip.compress((TEXTS / "readme.md").read_bytes()))
    subprocess.run(["zstd", "-q", TEXTS / "talk-en.srt", "-o", folder / "talk-en.srt.zst"], check=True)


def _export_sheet(folder: Path) -> None:
    """Write a table as a Chinese spreadsheet program exports it."""
    (folder / "reviews.csv").write_bytes((TEXTS / "reviews-zh.csv").read_text("utf-8").encode("gb18030"))


def _write_letter(folder: Path) -> None:
    """Write a letter in Big5."""
    (folder / "letter.txt").write_bytes((TEXTS / "letter-hant.txt").read_text("utf-8").encode("big5"))


def _fill_inbox(folder: Path) -> None:
    """Write a folder into which files of several kinds come."""
    inbox = folder / "inbox"
    inbox.mkdir()
    for name in ("bakery-zh.html", "memo-en.docx", "thread-en.eml"):
        shutil.copy(TEXTS / name, inbox / name)


EVERYDAY = (
    Errand(
        name="page-saved",
        wanted="a Chinese news page, saved from the browser",
        command="summarize bakery-zh.html",
        given=("bakery-zh.html",),
        says=("面包房",),
        never=_MENUS,
        source="bakery-zh.html",
        language="zh",
    ),
    Errand(
        name="page-url",
        wanted="a news page by its address",
        command="summarize {url}/lighthouse-en.html",
        given=("lighthouse-en.html",),
        says=("ferry|boat",),
        never=_MENUS,
        source="{url}/lighthouse-en.html",
    ),
    Errand(
        name="paper-pages",
        wanted="a paper in two columns, as PDF: three sentences, and on which pages they stand",
        command="summarize -n 3 --cite paper-en.pdf",
        given=("paper-en.pdf",),
        says=("[Hh]edgehogs", r"\(p\. [12]\)"),
        never=(r"Acknowledge|References|Journal of|Annals|Figure 1|@|-\n", r"hedge- |we fit-"),
        source="paper-en.pdf",
        wants=frozenset({"citing"}),
    ),
    Errand(
        name="notice",
        wanted="a ministry's notice, as PDF",
        command="summarize notice-zh.pdf",
        given=("notice-zh.pdf",),
        says=("软管|抽查|报警器|检查",),
        never=(r"118号|联系人|林工|各区县住房|2026年11月6日|^— \d",),
        source="notice-zh.pdf",
        language="zh",
    ),
    Errand(
        name="memo-word",
        wanted="a memo from Word, with a table in it",
        command="summarize memo-en.docx",
        given=("memo-en.docx",),
        says=("archive|[Bb]oxes",),
        never=(r"From:|Shelves|38,000|\|",),
        source="memo-en.docx",
    ),
    Errand(
        name="slides-notes",
        wanted="slides whose notes say it all",
        command="summarize slides-en.pptx",
        given=("slides-en.pptx",),
        says=("Marl Cross|third|46 million",),
        never=("Questions\\?|<!--|Thank you",),
        source="slides-en.pptx",
    ),
    Errand(
        name="novel-chapters",
        wanted="a novel as EPUB, chapter by chapter",
        command="summarize --by-heading novel-zh.epub",
        given=("novel-zh.epub",),
        says=("第一章 渡口", "第二章 半张票", "第三章 账房", "盐票"),
        never=("佚名|目录|xhtml|Table of",),
        source="novel-zh.epub",
        language="zh",
        wants=frozenset({"headings"}),
    ),
    Errand(
        name="mail-thread",
        wanted="the last mail of a thread, without what it answers",
        command="summarize thread-en.eml",
        given=("thread-en.eml",),
        says=("crane",),
        never=_MAIL,
        source="thread-en.eml",
    ),
    Errand(
        name="mailbox",
        wanted="every mail of a mailbox, in two languages",
        command="summarize -n 1 club.mbox",
        given=("club.mbox",),
        says=("Boathouse closed", "年底聚餐", "Fees for next year", "12月19日", "210 dollars"),
        never=(*_MAIL, "Hello everybody|Dear members|大家好"),
        source="club.mbox",
        wants=frozenset({"several"}),
    ),
    Errand(
        name="subtitles",
        wanted="a talk, by its subtitles",
        command="summarize talk-en.srt",
        given=("talk-en.srt",),
        says=("bridges",),
        never=(r"-->|^\d+$|\[audience|♪|Subtitles by|Good evening|,\d{3} ",),
        source="talk-en.srt",
    ),
    Errand(
        name="call-times",
        wanted="what a call decided, from the captions of Zoom, and when that was said",
        command="summarize --cite zoom-en.vtt",
        given=("zoom-en.vtt",),
        says=("Canada|Canadian",),
        never=(r"-->|WEBVTT|Can you hear|Bye|Um,|Mm-hmm",),
        prints=(r"\(.*\d:\d\d.*\)", "Dana Whitfield|Carvalho"),
        source="zoom-en.vtt",
        wants=frozenset({"citing"}),
    ),
    Errand(
        name="meeting",
        wanted="a Chinese meeting, as the recorder wrote it down",
        command="summarize tencent-zh.txt",
        given=("tencent-zh.txt",),
        says=("职业学院|三月二十号|燃气",),
        never=(r"\d\d:\d\d|听得到|参会人|会议时间|辛苦大家",),
        source="tencent-zh.txt",
        language="zh",
    ),
    Errand(
        name="chat",
        wanted="a group chat, copied from the phone",
        command="summarize wechat-zh.txt",
        given=("wechat-zh.txt",),
        says=("11月11日|下周三", "秋游|植物园|自习"),
        never=(r"\d\d:\d\d|收到|撤回|\[图片\]|\[玫瑰\]|—————|谢谢老师",),
        prints=("王老师：",),
        source="wechat-zh.txt",
        language="zh",
    ),
    Errand(
        name="readme",
        wanted="the README of a program",
        command="summarize readme.md",
        given=("readme.md",),
        says=("photographs|pictures",),
        never=(r"\*\*|`|\$ |pip install|img\.example|\]\(",),
        source="readme.md",
    ),
    Errand(
        name="paper-source",
        wanted="a Chinese paper as LaTeX",
        command="summarize -n 2 paper-zh.tex",
        given=("paper-zh.tex",),
        says=("屋顶绿化|隔热层",),
        never=(r"\\|\$|TODO|通讯作者|作者甲|heat2019|栋数",),
        source="paper-zh.tex",
        language="zh",
    ),
    Errand(
        name="notebook",
        wanted="what a Jupyter notebook found out",
        command="summarize analysis.ipynb",
        given=("analysis.ipynb",),
        says=("71 percent|18 percent",),
        never=(r"import|groupby|station 12|cell_type|\\n|^#",),
        source="analysis.ipynb",
    ),
    Errand(
        name="articles-json",
        wanted="articles in JSON Lines, their summaries handed on to jq",
        command="summarize -n 1 --field body --format json --no-explain articles.jsonl | jq -r .summary",
        given=("articles.jsonl",),
        says=(r"\A.*library.*\n.*淡化.*\n.*honey.*\n\Z",),
        needs=("jq",),
        source="articles.jsonl",
        wants=frozenset({"several", "json"}),
    ),
    Errand(
        name="reviews-sheet",
        wanted="reviews in a table that Excel wrote in GB18030",
        command="summarize -n 1 --field 评论内容 reviews.csv",
        prepare=_export_sheet,
        says=("壶盖|弹不开|客服", "四分钟|不锈钢", "六十厘米|线太短"),
        never=("2026-10|,5,|编号",),
        source="reviews.csv",
        language="zh",
        wants=frozenset({"several"}),
    ),
    Errand(
        name="notes-folder",
        wanted="every note in a folder",
        command="summarize -R notes",
        given=("notes",),
        says=("release|Tuesday", "paper|deliveries|December", "鱼的种类|湿地"),
        prints=("standup", "call-with-supplier", "读书笔记"),
        source="notes",
        wants=frozenset({"several"}),
    ),
    Errand(
        name="reports-together",
        wanted="one summary of three reports of one event",
        command="summarize --together -n 3 reports/*",
        given=("reports",),
        says=("石塘水库", "2,140|封住"),
        never=("1,860",),
        source="reports",
        language="zh",
        wants=frozenset({"several"}),
    ),
    Errand(
        name="question",
        wanted="what a handbook says of a question",
        command="summarize --query 'Can I keep a dog?' -n 1 faq-en.md",
        given=("faq-en.md",),
        says=(r"\AA dog may be kept",),
        source="faq-en.md",
        wants=frozenset({"question"}),
    ),
    Errand(
        name="keywords",
        wanted="five keywords of a Chinese notice",
        command="summarize --keywords 5 notice-zh.pdf",
        given=("notice-zh.pdf",),
        says=("燃气", "软管"),
        prints=(r"^关键词：([^、]+、){4}[^、]+$",),
        never=("关键词：.*(有关|通知|加强)",),
        source="notice-zh.pdf",
        language="zh",
        wants=frozenset({"keywords"}),
    ),
    Errand(
        name="title",
        wanted="a title for a ministry's notice",
        command="summarize --title -n 1 notice-zh.pdf",
        given=("notice-zh.pdf",),
        says=(r"\A关于加强冬季居民燃气安全管理的通知\n",),
        source="notice-zh.pdf",
        language="zh",
        wants=frozenset({"title"}),
    ),
    Errand(
        name="bullets",
        wanted="a report as a list of points",
        command="summarize --format bullets -n 3 memo-en.docx",
        given=("memo-en.docx",),
        prints=(r"\A(- .+\n){3}\Z",),
        says=("archive",),
        source="memo-en.docx",
        wants=frozenset({"program"}),
    ),
    Errand(
        name="microblog",
        wanted="a post of at most 60 characters about a news page",
        command="summarize -c 60 bakery-zh.html",
        given=("bakery-zh.html",),
        says=("面包房",),
        never=_MENUS,
        most_chars=60,
        source="bakery-zh.html",
        language="zh",
        wants=frozenset({"length"}),
    ),
    Errand(
        name="letter-piped",
        wanted="a letter from Taiwan in Big5, from a pipe",
        command="cat letter.txt | summarize",
        prepare=_write_letter,
        says=("停水|11月16日",),
        source="letter.txt",
        language="zh",
    ),
    Errand(
        name="packed",
        wanted="files packed by gzip and zstd",
        command="summarize -n 1 readme.md.gz talk-en.srt.zst",
        prepare=_pack,
        says=("photographs|pictures", "bridges"),
        never=(r"-->",),
        needs=("zstd",),
        source="readme.md.gz",
        wants=frozenset({"several"}),
    ),
    Errand(
        name="cron",
        wanted="a nightly job that writes what came into a folder into another, and is silent",
        command='env -i "$(command -v summarize)" -R inbox -o digest/ --force && head -n 1 digest/*',
        prepare=_fill_inbox,
        says=("面包房", "archive", "crane"),
        prints=("digest/bakery-zh.txt", "digest/memo-en.txt", "digest/thread-en.txt"),
        source="inbox",
        wants=frozenset({"several"}),
    ),
    Errand(
        name="vim",
        wanted="the text in vim, replaced by its summary",
        command="vim -es -u NONE -c '%!summarize -n 1' -c 'w out.txt' -c 'q!' readme.md; cat out.txt",
        given=("readme.md",),
        says=(r"\A.*(photographs|pictures).*\n\Z",),
        needs=("vim",),
        source="readme.md",
        wants=frozenset({"program"}),
    ),
    Errand(
        name="library",
        wanted="three lines of Python",
        command="python -c 'from summarize import summarize_text\n"
        'text = open("letter-hant.txt", encoding="utf-8").read()\n'
        "print(summarize_text(text, sentences=2).text)'",
        given=("letter-hant.txt",),
        says=("停水|11月16日",),
        source="letter-hant.txt",
        language="zh",
    ),
    Errand(
        name="coprocess",
        wanted="a program in Node that asks again and again",
        command="node ask.js",
        given=("ask.js",),
        says=("^0: The harbour", "^1: 海水淡化厂", "^2: the text is empty"),
        needs=("node",),
        source="ask.js",
        wants=frozenset({"program"}),
    ),
    Errand(
        name="terminal",
        wanted="to read it in a terminal of 60 columns",
        command="summarize bakery-zh.html",
        given=("bakery-zh.html",),
        columns=60,
        says=("面包房",),
        never=(r"^[，。、；：”]", r"[\u4e00-\u9fff]{31}", *_MENUS),
        prints=(r"\A(.+\n){3,}\Z",),
        source="bakery-zh.html",
        language="zh",
        wants=frozenset({"terminal"}),
    ),
)
