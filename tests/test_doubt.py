"""Why sentences are left apart: each reason by its name, with what is like it and gives none."""

import pytest
from models import words_of

from summarize.decide.doubt import why_pair_stays, why_sentence_stays, why_subjects_differ
from summarize.document import Language


@pytest.mark.parametrize(
    ("spaced", "language", "reason"),
    [
        ("市政府 公布 了 方案 。", "zh", None),
        ("市政府 公布 了 方案", "zh", None),
        ("市政府 公布 了 方案 ， 居民 、 学生 都 来 了 。", "zh", None),
        ("市政府 公布 了 方案 ！", "zh", "marks"),
        ("市政府 公布 了 方案 ；", "zh", "marks"),
        ("市政府 公布 了 方案 , 居民 来 了 。", "zh", "marks"),  # a narrow comma
        ("1 、 市政府 公布 方案 。", "zh", "list"),
        ("一 、 市政府 公布 方案 。", "zh", "list"),
        ("1 市政府 公布 方案 。", "zh", None),
        ("1 。", "zh", None),
        ("专家 表示 桥 很 安全 。", "zh", None),
        ("“ 桥 很 安全 ” 他 说 。", "zh", "quotation"),
        ("他 走 过 “ 安全 ” 桥 。", "zh", None),
        ("谁 公布 了 方案 。", "zh", "question"),
        ("如果 下雨 ， 比赛 取消 。", "zh", "condition"),
        ("市政府 但是 公布 了 方案 。", "zh", "contrast"),
        ("因为 下雨 ， 比赛 取消 。", "zh", "cause"),
        ("他 读 《 如果 下雨 》 。", "zh", None),  # what a title says nobody says
        ("他 读 《 如果 下雨 。", "zh", "marks"),
        ("Ann won the race .", "en", None),
        ("Ann won the race , and left .", "en", None),
        ("Ann won the race !", "en", "marks"),
        ("Ann won the race ; Bob left .", "en", "marks"),
        ("Ann asked who won .", "en", "question"),
        ("If it rains , Ann stays .", "en", "condition"),
        ("Ann won but Bob left .", "en", "contrast"),
        ("Ann won because it rained .", "en", "cause"),
    ],
)
def test_sentence_is_doubted(spaced: str, language: Language, reason: str | None) -> None:
    assert why_sentence_stays(words_of(spaced, language), language) == reason


@pytest.mark.parametrize(
    ("spaced", "language", "reason"),
    [
        ("江州 队", "zh", None),
        ("江州 “ 队 ”", "zh", None),
        ("人们", "zh", None),
        ("张三 他", "zh", "pronoun"),
        ("这", "zh", "pronoun"),
        ("一些 居民", "zh", "indefinite"),
        ("三名 居民", "zh", "indefinite"),
        ("3 居民", "zh", "indefinite"),
        ("三星 公司", "zh", None),  # no number
        ("X 公司", "zh", None),
        ("江州 队 ，", "zh", "marks"),
        ("昨天", "zh", "no name"),
        ("江州 的", "zh", "no name"),
        ("江州 和 北湾", "zh", "several"),
        ("江州 、 北湾 队", "zh", "several"),
        ("Ann", "en", None),
        ("The mayor", "en", None),
        ("She", "en", "pronoun"),
        ("Some men", "en", "indefinite"),
        ("A man", "en", "indefinite"),
        ("3 men", "en", "indefinite"),
        ("Monday", "en", "no name"),
        ("The mayor of", "en", "no name"),
        ("Ann and Bob", "en", "several"),
    ],
)
def test_subject_is_doubted(spaced: str, language: Language, reason: str | None) -> None:
    assert why_subjects_differ(words_of(spaced, language), language) == reason


@pytest.mark.parametrize(
    ("first", "second", "language", "reason"),
    [
        ("赢得 了 冠军", "击败 了 北湾队", "zh", None),
        ("赢得 了 冠军 ；", "击败 了 北湾队", "zh", "marks"),
        ("赢得 了 冠军 ：", "击败 了 北湾队", "zh", "marks"),
        ("赢得 了 冠军", "击败 了 北湾队 ；", "zh", None),
        ("表示 桥 安全", "击败 了 北湾队", "zh", "attribution"),
        ("计划 赢得 冠军", "击败 了 北湾队", "zh", "modality"),
        ("公布 计划", "击败 了 北湾队", "zh", None),  # a plan is no will
        ("应当 修 桥", "应当 修 路", "zh", None),  # each has its own
        ("应当 修 桥", "击败 了 北湾队", "zh", "modality"),
        ("没有 赢得 冠军", "击败 了 北湾队", "zh", "negation"),
        ("青少年时期 赢得 冠军", "击败 了 北湾队", "zh", "time"),
        ("年代感 很 强", "击败 了 北湾队", "zh", None),  # no era at its end
        ("昨天 赢得 了 冠军", "今天 击败 了 北湾队", "zh", "time"),
        ("昨天 赢得 了 冠军", "在 北湾 ， 周一 击败 了 对手", "zh", None),  # behind the first three words
        ("赢得 了 冠军", "每年 训练", "zh", "time"),
        ("赢得 了 冠军", "现在 训练", "zh", "time"),
        ("赢得 了 冠军", "在 北湾 城 曾 训练", "zh", None),
        ("won the race", "beat Bob", "en", None),
        ("said the race was long", "beat Bob", "en", "attribution"),
        ("may win the race", "beat Bob", "en", "modality"),
        ("won the race", "Might leave", "en", "modality"),
        ("did not win", "beat Bob", "en", "negation"),
        ("won the race", "Is in Paris", "en", "time"),
        ("Is in Paris", "is a player", "en", None),
        ("won on Monday", "left on Tuesday", "en", "time"),
        ("won on Monday", "left for the city on Tuesday", "en", None),
        ("won", "Now trains", "en", "time"),
    ],
)
def test_pair_is_doubted(first: str, second: str, language: Language, reason: str | None) -> None:
    assert why_pair_stays(words_of(first, language), words_of(second, language), language) == reason
