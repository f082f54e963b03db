"""Speech tags: the clause behind a quotation that says whose words it holds (`“走吧！”他说。`).

A tag is told by its verb of saying and by its place, not by its speaker, who may be anybody: a short clause from the
closing mark to the next mark, at whose end (Chinese) or between whose speaker and adverbials (English) the verb stands.
"""

import re

from summarize.text.grammar import word_set
from summarize.text.marks import (
    COLON_MARKS,
    COMMA_MARKS,
    FINAL_MARKS,
    QUOTE_PAIRS,
    SEMICOLON_MARKS,
    STRAIGHT_QUOTE,
    one_of,
)
from summarize.text.normalization import normalize

_MAX_TAG_CHARS = 48  # of a Chinese tag; names in Latin letters take many
_MAX_ENGLISH_TAG_CHARS = 160

# Verbs of saying, in Simplified characters. Those of one character stand at the end of many nouns, too.
_SAYING = word_set(
    "表示 指出 强调 透露 认为 回忆 感慨 感叹 补充 直言 坦言 断言 扬言 介绍 解释 告诉 告知 转告 呼吁 建议 承诺 "
    "反驳 质疑 抱怨 惊呼 高呼 欢呼 回应 总结 评价 评论 点评 形容 描述 讲述 叙述 转述 复述 陈述 提醒 叮嘱 嘱咐 "
    "叮咛 宣布 推测 猜测 分析 叹息 调侃 打趣 自嘲 嘀咕 嘟囔 嘟哝 低语 喃喃 自语 自言自语 咆哮 怒吼 大吼 吼叫 "
    "尖叫 答复 回复 说明 声明 澄清 否认 承认 重申 警告 预测 预计 赞叹 称赞 夸奖 赞扬 许诺 发誓 央求 哀求 恳求 "
    "请求 催促 招呼 命令 吩咐 劝说 劝告 安慰 鼓励 致辞 发言 留言 表态 插话 插嘴 接话 搭话 开口 反问 追问 询问 "
    "发问 提问 质问 盘问 自问 回答 解答 抢答 应答 作答 强辩 辩解 辩称 争辩 抗议 批评 责备 责怪 埋怨 训斥 呵斥 "
    "斥责 提议 倡议 嘲笑 讥讽 诉说 倾诉 哭诉 坦承 坦白 披露 确认 证实 转达 相告 写道"
)
_SAYING_CHARACTERS = "说道问喊答称叫嚷骂讲曰吼叹"
_SAYING_NOTHING = word_set(  # words that end in such a character
    "小说 传说 学说 据说 演说 假说 听说 游说 邪说 话说 别说 不用说 解说 知道 街道 隧道 轨道 频道 渠道 管道 跑道 "
    "铁道 赛道 地道 大道 通道 味道 力道 公道 航道 河道 水道 弯道 车道 人行道 难道 厚道 霸道 人道 便道 报道 小道 "
    "栈道 步道 门道 索道 一道 两道 黑道 柔道 茶道 赤道 过道 走道 要道 干道 匝道 坡道 绿道 疑问 学问 访问 慰问 "
    "顾问 过问 不闻不问 名称 简称 职称 对称 统称 人称 昵称 俗称 总称 匀称 相称 报答 演讲 呼叫 鸣叫"
)
_ASPECTS = "道说着了过完起来出"
_LISTENERS = word_set(
    "他 她 它 我 你 您 我们 他们 她们 咱们 大家 记者 对方 孩子 母亲 父亲 妈妈 爸爸 妻子 丈夫 老师 学生 众人 "
    "别人 自己 人们 观众 听众 网友 同事 朋友 邻居 民警 警察 医生 司机 读者 用户 居民 市民 村民"
)
_TELLING = word_set(
    "告诉 告知 转告 提醒 叮嘱 嘱咐 问 劝 安慰 鼓励 警告 回答 答复 回复 催促 命令 吩咐 叫 骂 反问 追问 询问 质问"
)
_MAX_LISTENER_CHARS = 14  # 《江州日报》记者

_ENDS = one_of(FINAL_MARKS + COMMA_MARKS + SEMICOLON_MARKS + COLON_MARKS)
_QUOTES = one_of("".join(QUOTE_PAIRS) + "".join(QUOTE_PAIRS.values()) + STRAIGHT_QUOTE)
# A blank only beside a Latin letter or digit: one between Chinese parts clauses.
_CLAUSE = re.compile(
    rf"(?:(?!{_ENDS}|{_QUOTES})(?:\S|(?<=[A-Za-z\d.]) | (?=[A-Za-z\d])|(?<=\S)\n)|(?<=[A-Z])\.){{1,{_MAX_TAG_CHARS}}}"
)


def _alternatives(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_TAIL = re.compile(
    rf"(?<![的之个种条份句项番])(?:{_alternatives(_SAYING)}|[{_SAYING_CHARACTERS}])[{_ASPECTS}]{{0,3}}\Z"
    rf"|(?:{_alternatives(_TELLING)})了?(?:{_alternatives(_LISTENERS)}|[^，]{{0,{_MAX_LISTENER_CHARS}}}(?:记者|本报|本台))\Z"
    rf"|说(?:了|过)[^的]{{1,6}}\Z"
)
_NOT_TAIL = re.compile(rf"(?:{_alternatives(_SAYING_NOTHING)})\Z")
_INTRODUCED = re.compile(rf"{one_of(COLON_MARKS)}\s*\Z|(?:said|says|asked|added|told \w+),? \Z")


def is_introduced(text: str, start: int, opening: int) -> bool:
    """Whether what stands right before a quotation names its speaker: `他说：“`, `She said, "`.

    Args:
        text: the whole text.
        start: where the paragraph or sentence starts.
        opening: offset of the quotation's opening mark; up to 24 code points before it are looked at.
    """
    return _INTRODUCED.search(text, max(start, opening - 24), opening) is not None


def is_chinese_tag(text: str, start: int, end: int) -> bool:
    """Whether a Chinese speech tag stands at `start`, right behind a quotation that ends in a stop.

    It is a clause of at most 48 code points up to a stop, comma or colon, or two of them parted by a comma of which
    the second ends in the verb and in a full stop.

    Args:
        text: the whole text.
        start: offset of the first visible character behind the quotation.
        end: offset behind the paragraph.
    """
    clause = _CLAUSE.match(text, start, end)
    if clause is None or clause.end() == end or not re.match(_ENDS, text[clause.end()]):
        return clause is not None and clause.end() == end and _says(clause.group())
    if _says(clause.group()):
        return True
    if text[clause.end()] not in COMMA_MARKS or clause.end() - start > _MAX_TAG_CHARS // 3:
        return False
    second = _CLAUSE.match(text, clause.end() + 1, min(end, start + _MAX_TAG_CHARS))
    if second is None or second.end() >= end or text[second.end()] not in FINAL_MARKS:
        return False
    return _says(second.group())


def _says(clause: str) -> bool:
    plain = normalize(clause)
    return _TAIL.search(plain) is not None and _NOT_TAIL.search(plain) is None


_ENGLISH_SAYING = word_set(
    "said says asked asks told tells added adds replied replies answered explained explains shouted cried called "
    "whispered wrote writes recalled recalls insisted warned warns announced declared admitted exclaimed muttered "
    "murmured yelled screamed joked laughed sighed continued concluded noted notes argued argues wondered tweeted "
    "demanded responded observed remarked complained urged pleaded stated"
)
_ADVERBIAL = word_set(
    "at in on to with during after before from as by of outside inside through via about when while last late early "
    "earlier later yesterday today tonight again then too quietly softly angrily loudly recently shortly once "
    "monday tuesday wednesday thursday friday saturday sunday reporters journalists me him her them us cnn"
)
_TITLES = "Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Col|Prof|Rev|Sgt|Lt|Capt|St"
_SPEAKER = rf"(?:(?:(?:[A-Z]|{_TITLES})\.|[\w'’&/-]+) ){{1,8}}?"
_ENGLISH_TAG = re.compile(rf"{_SPEAKER}(?:{_alternatives(_ENGLISH_SAYING)})\b(?: ([\w'’]+))?")
_UP_TO_MARK = re.compile(rf"[^.!?,;:\n]*(?:([.,!?;:])\s*({_QUOTES})?|\Z)")
_APPOSITION = re.compile(r"\A([A-Z][^.!?;:,\"“”]{0,60}), [^.!?;:,\"“”]{1,70}, (?=[a-z])")  # Ann Lee, the mayor, said


def is_english_tag(text: str, start: int, end: int) -> bool:
    """Whether an English speech tag that begins with a capital stands at `start`, behind a quotation.

    It is a clause of at most 160 code points: up to eight words of a speaker, a verb of saying, and adverbials;
    not a statement with an object (`She said nothing.`), and not what introduces the next quotation.

    Args:
        text: the whole text.
        start: offset of the first visible character behind the quotation.
        end: offset behind the paragraph.
    """
    clause = text[start : min(end, start + _MAX_ENGLISH_TAG_CHARS)]
    if not clause[:1].isupper():
        return False
    clause = _APPOSITION.sub(r"\1 ", clause)
    match = _ENGLISH_TAG.match(clause)
    if match is None or (match[1] is not None and match[1].lower() not in _ADVERBIAL):
        return False
    rest = _UP_TO_MARK.match(clause, match.end())
    return rest is not None and not (rest[1] in (",", ":") and rest[2])
