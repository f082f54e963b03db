"""Signatures of mail: names above addresses, "sent from my phone", corporate notices."""

from collections.abc import Sequence
from dataclasses import replace

from summarize.inputs.mail_html import Line
from summarize.text.letters import is_closing
from summarize.text.marks import ends_with_stop
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import count_words

_SENT_FROM = "|".join(
    (
        "Sent (?:from|via|with) (?:my |the |Mail for |Outlook|Yahoo|Gmail|Proton|Samsung).{0,60}",
        *(
            "Get Outlook for .{0,40}",
            "发自我的.{0,30}",
            "来自我的.{0,30}",
            "从我的.{1,30}(?:发送|传送)",
        ),
        *("发自.{0,6}(?:邮箱|iPhone|手机).{0,20}", "发送自.{0,30}", "获取适用于.{0,30}Outlook.{0,10}"),
        *("由.{0,8}(?:邮箱大师|QQ邮箱).{0,6}发送", "来自(?:华为|小米|.{0,6}手机).{0,12}"),
    )
)
_SENT_FROM_LINE = lazy_pattern(rf"\s*(?:{_SENT_FROM})\s*")
_MAIL = r"(?:e-?mail|message|communication|newsletter)"
_POST = "(?:[本此](?:封)?(?:电子)?(?:邮件|信件))"
_NOTICES = "|".join(
    (
        rf"received (?:this|the) {_MAIL}.{{0,20}}(?:in error|by mistake|because)",
        rf"(?:are receiving|receive) (?:this|the) {_MAIL} because",
        *("not the intended (?:recipient|addressee)", "intended (?:solely|only|exclusively) for", "virus[- ]free"),
        *("contains? (?:confidential|privileged|legally)", "confidential and (?:may|intended)"),
        *("consider the environment before", "originated (?:from )?outside", r"\bunsubscribe\b"),
        *(r"view (?:this|it)\b.{0,20}\bin (?:your|a) (?:web ?)?browser", r"manage (?:your )?(?:e-?mail )?preferences"),
        rf"{_POST}.{{0,40}}(?:保密|机密|特定收件人|自动发[送出]|系统发[送出]|请勿(?:直接)?回复)",
        *(f"[误错](?:误)?地?收[到了]?{_POST}", "仅限于?.{0,12}(?:发送给|收件人)", "退订", "取消订阅"),
        *("打印.{0,12}(?:考虑|保护)环境", "在浏览器中(?:查看|打开)"),
    )
)
_NOTICE = lazy_pattern(rf"(?i){_NOTICES}")
_MAX_NOTICE_CHARS = 2500
_ADDRESS = lazy_pattern(  # after the words that link to it, or in the place of a picture
    r" ?<(?:https?|mailto):[^<>\s]*>| ?[(\[] ?https?://[^\s()]{30,} ?[)\]]|\[(?:cid|image|图片) ?:[^\[\]]*\]"
)


def remove_signature(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a mail without what it is signed with, and without addresses after words."""
    kept = [replace(line, text=_ADDRESS.sub("", line.text)) for line in lines]
    kept = _without_notices([line for line in kept if not _SENT_FROM_LINE.fullmatch(normalize(line.text))])
    index = _signature_start(kept)
    while index < len(kept):
        del kept[index:]  # a copy of what is kept would take quadratic time where very many sign
        index = _signature_start(kept)
    while kept and not kept[-1].text.strip():
        kept.pop()
    return kept


def _without_notices(lines: Sequence[Line]) -> list[Line]:
    """The lines without the paragraphs that only tell who may read the mail, and how to be rid of it.

    Those stand at its ends. A paragraph between others may speak of such things, and is kept.
    """
    paragraphs: list[list[Line]] = [[]]
    for line in lines:
        paragraphs[-1].append(line)
        if not line.text.strip():
            paragraphs.append([])
    says = [index for index, paragraph in enumerate(paragraphs) if not _is_notice(paragraph)]
    kept = paragraphs[says[0] : says[-1] + 1] if says else paragraphs
    return [line for paragraph in kept for line in paragraph]


def _is_notice(paragraph: Sequence[Line]) -> bool:
    """Whether a paragraph is such a notice, or empty."""
    run = normalize(" ".join(line.text for line in paragraph).strip())
    return not run or (len(run) <= _MAX_NOTICE_CHARS and _NOTICE.search(run) is not None)


_MAX_SIGNATURE_LINES, _MAX_NAME_LINES = 12, 3
_MAX_MOTTO_LINES, _MIN_SENTENCE_WORDS = 1, 5  # lines that end a sentence; a Chinese character is a word
_MAX_CONTACT_CHARS, _MAX_OFFICE_CHARS = 120, 60
_KEYS = "tel|telephone|phone|mobile|mob|cell|fax|direct|office|t|m|p|f|w|e|web|e-?mail"
_HAN_KEYS = "电话|手机|电邮|邮箱|传真|地址|邮编|微信|QQ|网址|信箱"
_LABELLED = lazy_pattern(
    rf"(?i)\s*(?:(?:{_KEYS}) ?[.:|：]\s*\S.*|(?:{_HAN_KEYS})\s*[:：].*|(?:https?://|www\.)\S+\s*|[\w.+-]+@[\w.-]+\s*)"
)
_NUMBER = lazy_pattern(
    r"\+\d[\d ().-]{6,20}\d|\b1[3-9]\d[ -]?\d{4}[ -]?\d{4}\b|\b0\d{2,3}-?\d{7,8}\b|\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b"
    r"|\w@[\w-]+\.\w"
)
_NAME = lazy_pattern(
    r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{2,8}[ ·|/][\u3400-\u9fff]{2,6}|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}"
)
_NOT_OF_OFFICES = lazy_pattern(r"[，；：？！:;?!]|^\s*(?:[-*•·]|\d+[.)、])\s*")


def _signature_start(lines: Sequence[Line]) -> int:
    """The index at which a signature begins; the number of lines if there is none.

    It stands after `-- `, or it is the end of the last paragraph: a few short lines without a stop, with an address or
    a number in them and at most `_MAX_NAME_LINES` without one over these. A name in a paragraph over it is of it.
    """
    end = len(lines)
    while end and not lines[end - 1].text.strip():
        end -= 1
    rule = _find_rule(lines, end)
    if rule is not None:
        return rule
    place = first_contact = end
    is_apart = False  # whether a blank line stands between
    for index in range(end - 1, max(-1, end - 1 - 2 * _MAX_SIGNATURE_LINES), -1):
        text = lines[index].text.strip()
        if not text:
            is_apart = first_contact < end
        elif _is_contact(text):
            first_contact = place = index
        elif first_contact == end or first_contact - index > 2 * _MAX_NAME_LINES:
            break
        elif _NAME.fullmatch(text) if is_apart else _is_office(text):
            place = index
        else:
            break
    is_alone = end - place == 1 and not _LABELLED.fullmatch(normalize(lines[place].text))
    return len(lines) if place == end or is_alone else place


def _find_rule(lines: Sequence[Line], end: int) -> int | None:
    """The index of a line `-- ` with a few lines below it; None if there is none.

    Without its blank, as many programs leave it, it parts text as well: then no sentences stand below it.
    """
    num_filled = num_sentences = 0
    for index in range(end - 1, -1, -1):
        text = lines[index].text.strip()
        num_filled += bool(text)
        if num_filled > _MAX_SIGNATURE_LINES + 1:
            return None
        if text == "--":
            return index if lines[index].text == "-- " or num_sentences <= _MAX_MOTTO_LINES else None
        num_sentences += count_words(text) >= _MIN_SENTENCE_WORDS and ends_with_stop(text, 0, len(text))
    return None


def _is_contact(text: str) -> bool:
    is_number = len(text) <= _MAX_CONTACT_CHARS and not ends_with_stop(text, 0, len(text)) and _NUMBER.search(text)
    return bool(is_number or _LABELLED.fullmatch(normalize(text)))


def _is_office(text: str) -> bool:
    """Whether a line may be the name, the office or the house over an address."""
    return (
        len(text) <= _MAX_OFFICE_CHARS
        and not ends_with_stop(text, 0, len(text))
        and not is_closing(text)
        and _NOT_OF_OFFICES.search(text) is None
    )
