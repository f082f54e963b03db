"""Speaker labels in transcripts, interviews and chats (`张敏：`, `[00:01:02] A:`, `Speaker 3 (10:02):`).

A short head before a colon is the name of a speaker if it stands over several paragraphs of the text, as nothing but a
speaker does, or if it has a time of day with it. The heads of a list of facts (时间：, Price:) do not come again.
A label alone on its line belongs to the paragraph below it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from summarize.text.grammar import word_set
from summarize.text.marks import ends_with_stop
from summarize.text.patterns import lazy_pattern
from summarize.text.units import Unit

MAX_LABEL_CHARS = 60
_MIN_TURNS = 3  # of one name, if there is only one
_NEVER_NAMES = word_set(
    "时间 日期 地点 地址 电话 手机 邮箱 传真 网址 姓名 性别 年龄 职务 职位 单位 部门 主题 标题 题目 摘要 关键词 "
    "结论 总结 小结 注意 注 备注 说明 提示 警告 问题 原因 目的 背景 方法 步骤 结果 影响 建议 要求 措施 材料 价格 "
    "费用 数量 金额 型号 编号 名称 规格 品牌 类型 状态 版本 作者 来源 编辑 责任编辑 通讯员 图 表 例 例如 "
    "答案 解析 分析 附件 附 抄送 发件人 收件人 优点 缺点 特点 用途 功能 参数 内容 目标 任务 重点 难点 议题 议程 "
    "会议时间 会议地点 参会人员 主持 出席 缺席 导演 主演 编剧 片名 书名 出版社 营业时间 联系人 联系电话 联系方式 "
    "报名方式 人物 时长 课程 科目 成绩 学号 班级 学校 专业 户名 账号 开户行 原料 配料 做法 用料 更新 修复 新增 "
    "链接 网页链接 即 其中 此外 另外 首先 其次 最后 Note Notes Present Absent Attendees Apologies Agenda "
    "Warning Tip Tips Example Time Date Place Location "
    "Address Phone Tel Email Fax Website Price Cost Total Name Title Subject Summary Abstract Conclusion Result "
    "Results Background Objective Methods Method Keywords Author Source Step Steps Ingredients Directions Figure "
    "Table Problem Solution Cause Effect Pros Cons Status Version Type Size Color Colour Weight Model Update "
    "Important Caution Input Output Returns Args Raises Parameters Usage Hours Contact When Where What Who Why "
    "How Format RT PS TODO FIXME INFO WARN WARNING ERROR DEBUG TRACE FATAL CRITICAL NOTICE http https "
)
_ANSWERS = word_set("问 答 提问 回答 答复 问题 网友 主持人 Q A Question Answer")

_NUMBER_ENDS = r"(?![\d:])"  # 张三 10:01
_HAN_NAME = (
    rf"[\u3400-\u9fff·]{{1,10}}(?:[ \u3000][\u3400-\u9fff]{{2,4}}(?=[:：])|[ ]?[A-Za-z0-9]{{1,3}}{_NUMBER_ENDS})?"
)
_LATIN_NAME = rf"[A-Z][\w.'’-]{{0,20}}(?:[ ](?:[A-Z][\w.'’-]{{0,20}}|\d{{1,3}}{_NUMBER_ENDS}|de|van|von|of|the)){{0,3}}"
_NAME = rf"(?:{_HAN_NAME}|{_LATIN_NAME})"
_ASIDE = r"(?:[ ]?[（(<][^()（）<>\n]{1,30}[)）>])?"
_DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}[-/月]\d{1,2}日?)"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:[ ]?[AaPp]\.?[Mm]\.?)?"
_STAMP = rf"[\[(（【]?(?:{_DAY},?[ T]{{0,2}})?(?:[上下]午[ ]?)?{_CLOCK}[\])）】]?"
_COLON_OR_END = r"(?:(?P<colon>[:：])[*_]{0,2}|(?=[ \t]*(?:\n|\r|\Z)))"


_STAMP_FIRST = lazy_pattern(
    rf"{_STAMP}[ \t\u3000]*[-–—]?[ \t\u3000]*[*_<@]{{0,2}}(?![AP]\.?M\b)(?P<name>{_NAME}){_ASIDE}[*_>]{{0,2}}[ ]?"
    rf"{_COLON_OR_END}"
)


_STAMP_LAST = lazy_pattern(
    rf"[*_<@]{{0,2}}(?P<name>{_NAME}){_ASIDE}[*_>]{{0,2}}[ ,，\t\u3000-]{{0,3}}{_STAMP}[ ]?{_COLON_OR_END}"
)


_NAME_ONLY = lazy_pattern(
    rf"[*_@]{{0,2}}[【\[]?(?P<name>{_NAME}){_ASIDE}[】\]]?[*_]{{0,2}}[ ]?(?P<colon>[:：])[*_]{{0,2}}(?!//|\d)"
)


_BRACKETED = lazy_pattern(r"<(?P<name>[\w.@ -]{1,20}?)(?P<colon>>)(?=[ \t])")  # as on IRC
_IN_LENSES = lazy_pattern(r"【(?P<name>[^\W\d_]{1,10})(?P<colon>】)(?![:：])")
_TIME_OF_DAY = lazy_pattern(r"\d:\d\d")


def _match_label(text: str, start: int, end: int) -> tuple[re.Match[str], bool] | None:
    """Return what matches as a label and whether it has a time of day; each kind is tried where its marks stand."""
    has_colon = text.find(":", start, end) >= 0
    if has_colon and _TIME_OF_DAY.search(text, start, end):
        stamped = _STAMP_FIRST.match(text, start, end) or _STAMP_LAST.match(text, start, end)
        if stamped:
            return stamped, True
    match = None
    if (has_colon or text.find("：", start, end) >= 0) and _may_be_name(text[start:end]):
        match = _NAME_ONLY.match(text, start, end)
    if match is None and text.startswith("<", start, end):
        match = _BRACKETED.match(text, start, end)
    elif match is None and text.startswith("【", start, end):
        match = _IN_LENSES.match(text, start, end)
    return (match, False) if match else None


_NEVER_IN_NAMES = frozenset("，。、；！？“”,;!?")
_OPENS_ASIDE = frozenset("（(<")


def _may_be_name(head: str) -> bool:
    """Whether what stands before the first colon may be a name: no other mark, unless there is an aside to it."""
    name = head.replace("：", ":").partition(":")[0]
    return _NEVER_IN_NAMES.isdisjoint(name) or not _OPENS_ASIDE.isdisjoint(name)


class _Label(NamedTuple):
    """A head of a unit that may be the label of a speaker."""

    name: str
    name_span: tuple[int, int]
    end: int
    is_stamped: bool
    is_alone: bool  # nothing else stands in the unit


def _find_label(text: str, unit: Unit) -> _Label | None:
    if unit.role != "text" or unit.is_symbols:
        return None
    for start in (unit.start, unit.body) if unit.body > unit.start else (unit.start,):
        found = _match_label(text, start, min(unit.end, start + MAX_LABEL_CHARS))
        if found is None:
            continue
        match, is_stamped = found
        if is_stamped and match["name"].partition(" ")[0] in _NEVER_NAMES:
            continue  # the level of a line in a log
        end = match.end()
        while end < unit.end and text[end] in " \t\u3000":
            end += 1
        if not match["colon"] and end < unit.end and text[end] not in "\n\r":
            continue  # the stamp opens a line of a log
        while end < unit.end and text[end].isspace():
            end += 1
        return _Label(match["name"], match.span("name"), min(end, unit.end), is_stamped, end >= unit.end)
    return None


def mark_turns(text: str, units: Sequence[Unit]) -> list[Unit]:
    """Return the units with their speakers; a label alone on its line is joined to the unit below it.

    Args:
        text: the text.
        units: all of it, in order, without headings but those that have a mark.
    """
    labels = [_find_label(text, unit) for unit in units]
    found = [label for label in labels if label is not None]
    if not found:
        return list(units)
    names = _speakers(text, units, labels)
    is_stamped = _stamps_name_speakers(text, units, labels)
    accepted = [
        label is not None and ((label.is_stamped and is_stamped) or (not label.is_stamped and label.name in names))
        for label in labels
    ]
    if not any(accepted):
        return list(units)
    num_text = sum(unit.role == "text" for unit in units)
    is_dialogue = 2 * sum(accepted) >= num_text or any(
        label is not None and label.is_alone and taken for label, taken in zip(labels, accepted, strict=True)
    )
    return _joined(units, labels, accepted, is_dialogue=is_dialogue)


def _speakers(text: str, units: Sequence[Unit], labels: Sequence[_Label | None]) -> set[str]:
    """Return the names that are speakers without a time of day: those that come again, and what else is like them."""
    plain = [(unit, label) for unit, label in zip(units, labels, strict=True) if label and not label.is_stamped]
    plain = [(unit, label) for unit, label in plain if label.name not in _NEVER_NAMES or label.name in _ANSWERS]
    counts = Counter(label.name for _, label in plain)
    again = {name for name, count in counts.items() if count >= 2}
    num_text = sum(unit.role == "text" for unit in units)
    is_most = len(plain) >= _MIN_TURNS and 2 * len(plain) >= num_text
    is_exchange = len(again) >= 2 or any(counts[name] >= _MIN_TURNS for name in again) or (bool(again) and is_most)
    is_pair = any(counts[one] and counts[other] for one, other in (("问", "答"), ("Q", "A"), ("Question", "Answer")))
    if not (is_exchange or is_pair):
        return set()
    said = [(unit, label) for unit, label in plain if label.name in again]
    num_spoken = sum(_is_speech(text, unit, label) for unit, label in said)
    if 2 * num_spoken < len(said):
        return set()
    if 2 * len(plain) >= num_text:
        return set(counts)
    return again | ({name for name in counts if name in _ANSWERS} if is_pair else set())


def _is_speech(text: str, unit: Unit, label: _Label) -> bool:
    """Whether a unit says something, as no field of a record does."""
    said = text[label.end : min(unit.end, label.end + 200)]
    has_aside = text[label.name_span[1] : label.end].lstrip()[:1] in ("（", "(")
    return (
        label.is_alone
        or has_aside
        or ends_with_stop(text, unit.start, unit.end)
        or any(word in said for word in "我你您吗吧呢啊 ")
    )


def _stamps_name_speakers(text: str, units: Sequence[Unit], labels: Sequence[_Label | None]) -> bool:
    """Whether heads with a time of day are labels: not in a timetable or a song, where they follow each other."""
    stamped = {index for index, label in enumerate(labels) if label and label.is_stamped}
    num_empty = sum(
        bool(label and label.is_alone)
        and (index + 1 >= len(units) or index + 1 in stamped or _opens_with_time(text, units[index + 1]))
        for index, label in enumerate(labels)
        if label and label.is_stamped
    )
    return bool(stamped) and 2 * num_empty <= len(stamped)


_TIME_IN_BRACKETS = lazy_pattern(r"\[\d{1,2}:\d\d")


def _opens_with_time(text: str, unit: Unit) -> bool:
    return _TIME_IN_BRACKETS.match(text, unit.start, unit.end) is not None


def _joined(
    units: Sequence[Unit], labels: Sequence[_Label | None], accepted: Sequence[bool], *, is_dialogue: bool
) -> list[Unit]:
    turns: list[Unit] = []
    speaker: tuple[int, int] | None = None
    start: int | None = None  # of a label that waits for what is said
    for unit, label, is_label in zip(units, labels, accepted, strict=True):
        if label is not None and is_label:
            if start is not None:
                turns[-1].role = "apparatus"
                start = None
            speaker = label.name_span
            unit.speaker, unit.body = speaker, label.end
            if label.is_alone:
                start = unit.start
            turns.append(unit)
            continue
        if start is not None and unit.role == "text":
            turns.pop()
            unit.start, unit.speaker, start = start, speaker, None
            unit.marker = unit.marker if unit.marker_end > unit.body else ""
        elif unit.role == "text" and is_dialogue:
            unit.speaker = speaker
        elif unit.role != "text":
            if start is not None:
                turns[-1].role, start = "apparatus", None
            speaker = None if unit.role == "heading" else speaker
        turns.append(unit)
    if start is not None:
        turns[-1].role = "apparatus"
    return turns
