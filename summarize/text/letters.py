"""Openings and closings of correspondence: greetings, regards, thanks."""

import re

from summarize.text.patterns import lazy_pattern

_GREETING_HEADS = ("尊敬的", "亲爱的", "敬爱的", "親愛的", "各", "Dear", "Hi", "Hello", "Hey", "Good ")
_GREETING_ENDS = frozenset(":：，,")
_GREETING = lazy_pattern(
    r"""
    (?:尊敬的|亲爱的|敬爱的|親愛的|各位)[^。！？!?，]{1,16}(?:[:：，,！!]|您?你?好[！!：:，,。]?)
  | 各[^。！？!?：:]{0,120}
    (?:[厅局委办院校会部处科室司所]|单位|部门|企业|政府|学院|中心|银行|公司|街道|乡镇|社区|班级|家庭)[:：]
  | [^\s。！？!?，：:]{0,8}(?:你们?好|您好|大家好|同志们?|先生|女士)[:：，,]
  | (?:Dear|Hi|Hello|Hey|Good\ (?:morning|afternoon|evening))\b[^.!?:]{0,30}[,:!]?
    """,
    re.VERBOSE,
)
_CLOSING_HEADS = (
    *("此致", "敬", "顺", "祝", "特此", "多谢", "谢谢", "感谢", "謝謝", "以上", "--"),
    *("Best", "Kind", "Warm", "Many", "Regards", "regards", "Wishes", "wishes", "Sincerely", "sincerely", "Yours"),
    *("Thanks", "thanks", "Thank you", "Cheers", "Respectfully"),
)
_CLOSING = lazy_pattern(
    r"""
    此致(?:\s*敬[礼禮])?[!！。]? | 敬[礼禮][!！。]? | 顺[颂祝祈致].{0,6}[!！。]? | 祝(?:好|安|商祺|您?工作顺利
      |身体健康|一切顺利|生活愉快|学习进步)[!！。]?
  | 特此(?:通知|公告|函告|说明|声明|通告)[。！!]? | (?:多谢|谢谢|感谢|謝謝)(?:大家|各位|您|配合|支持|理解)?[!！。~]?
      | 以上[。，]?谢谢[!！。]?
  | (?:(?:Best|Kind|Kindest|Warm|Warmest|Many)\ )?(?:[Rr]egards|[Ww]ishes)[,.!]? | Best,?
      | (?:Yours\ )?[Ss]incerely(?:\ yours)?[,.]?
  | Yours(?:\ (?:truly|faithfully|ever))?[,.]? | (?:Many\ )?[Tt]hanks(?:\ (?:a\ lot|in\ advance|again|so\ much|all
      |everyone))?[,.!]?
  | Thank\ you(?:\ (?:all|very\ much|again|in\ advance))?[,.!]? | Cheers[,.!]? | Respectfully(?:\ yours)?[,.]? | --
    """,
    re.VERBOSE,
)


def is_greeting(run: str) -> bool:
    """Return whether a run greets who reads it."""
    may_be = run[-1] in _GREETING_ENDS or run.startswith(_GREETING_HEADS)
    return may_be and _GREETING.fullmatch(run) is not None


def is_closing(run: str) -> bool:
    """Return whether a run closes a letter."""
    return run.startswith(_CLOSING_HEADS) and _CLOSING.fullmatch(run) is not None
