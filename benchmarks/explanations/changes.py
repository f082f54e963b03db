"""Meaning-preserving changes of a text: spaces, date formats, paragraph breaks, script."""

import re
from collections.abc import Callable
from functools import cache

import opencc

from summarize.document import Document
from summarize.text.marks import FINISHED

_HAN, _LATIN = r"[一-鿿]", r"[A-Za-z0-9]"
_SCRIPTS_MEET = re.compile(rf"(?<={_HAN})(?={_LATIN})|(?<={_LATIN})(?={_HAN})")
_BETWEEN_WORDS = re.compile(r"(?<=\S) (?=\S)")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    r"(?P<han_year>\d{4})年(?P<han_month>\d{1,2})月(?P<han_day>\d{1,2})日"
    r"|(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])"
    rf"|\b(?P<us_month>{_MONTHS}) (?P<us_day>\d{{1,2}}), (?P<us_year>\d{{4}})\b"
    rf"|\b(?P<uk_day>\d{{1,2}}) (?P<uk_month>{_MONTHS}) (?P<uk_year>\d{{4}})\b"
)


def extra_spaces(document: Document) -> str:
    """Set a space where Chinese meets Latin letters or digits; double the spaces of English."""
    if document.language == "zh":
        return _SCRIPTS_MEET.sub(" ", document.text)
    return _BETWEEN_WORDS.sub("  ", document.text)


def _other_form(match: re.Match[str]) -> str:
    part = match.groupdict()
    if part["han_year"]:
        return f"{part['han_year']}-{int(part['han_month']):02}-{int(part['han_day']):02}"
    if part["year"]:
        return f"{part['year']}年{int(part['month'])}月{int(part['day'])}日"
    if part["us_month"]:
        return f"{part['us_day']} {part['us_month']} {part['us_year']}"
    return f"{part['uk_month']} {part['uk_day']}, {part['uk_year']}"


def dates(document: Document) -> str:
    """Write whole dates in their other form: 2018年6月5日 and 2018-06-05, June 5, 2018 and 5 June 2018."""
    return _DATE.sub(_other_form, document.text)


def one_paragraph(document: Document) -> str:
    """Take out the breaks between paragraphs, where the one before ends with a final mark and neither is a heading."""
    text, end, parts = document.text, 0, []
    for index, sentence in enumerate(document.sentences):
        before = document.sentences[index - 1] if index else None
        is_break = before is not None and before.paragraph != sentence.paragraph
        if (
            is_break
            and before is not None
            and before.is_text
            and sentence.is_text
            and FINISHED.search(text[before.start : before.end])
        ):
            parts.append("" if document.language == "zh" else " ")
        else:
            parts.append(text[end : sentence.start])
        parts.append(text[sentence.start : sentence.end])
        end = sentence.end
    return "".join(parts) + text[end:]


def final_space(document: Document) -> str:
    """End the text with a space and a line break."""
    return document.text.rstrip() + " \n"


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def traditional(document: Document) -> str:
    """Write Chinese in Traditional characters, as OpenCC does."""
    return _converter().convert(document.text) if document.language == "zh" else document.text


CHANGES: dict[str, Callable[[Document], str]] = {
    "spaces": extra_spaces,
    "dates": dates,
    "paragraphs": one_paragraph,
    "traditional": traditional,
    "final space": final_space,
}
