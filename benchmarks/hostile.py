"""Adversarial inputs of any length that try to slow down a step, for `benchmarks.doubling`.

Plain text: one character of a kind over and over, brackets and quotation marks that never close or nest, marks of
lists, words and sentences that never come again, and prose to measure them by. `hostile_files` and `hostile_packed`
have what readers of formats are slowed by.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

_CHARACTERS = {
    "letters": "a",
    "capitals": "A",
    "digits": "7",
    "Chinese": "水",
    "rare Chinese": "𠀀",
    "kana": "か",
    "hangul": "강",
    "Cyrillic": "ж",
    "Arabic": "ب",
    "Thai": "ก",
    "combining marks": "e\u0301",
    "emoji": "😀",
    "joined emoji": "👩‍🚀",
    "flags": "🇨🇳",
    "spaces": " ",
    "wide spaces": "\u3000",
    "tabs": "\t",
    "line ends": "\n",
    "carriage returns": "\r\n",
    "line separators": "\u2028",
    "form feeds": "\f",
    "zero width": "\u200b",
    "turned": "\u202e",
    "private": "\ue000",
    "soft hyphens": "\u00ad",
    "unknown": "\ufffd",
    "controls": "\x1b[31m",
}
_MARKS = tuple("()[]{}<>（）《》「」『』【】〈〉“”‘’\"'«»,，、;；:：.。!！?？…—-–_~^*`#+=|\\/@&%$·•")
_RUNS = {
    "words": "word ",
    "sentences": "The river rose again. ",
    "Chinese sentences": "河水又上涨了。",
    "initials": "A. ",
    "abbreviations": "Mr. ",
    "numbers": "1,234.5 ",
    "dots in words": "a.b",
    "addresses": "http://a.b/c?d ",
    "mail addresses": "a@b.c ",
    "quoted": '"Yes," he said. ',
    "Chinese quoted": "“好。”",
    "half quoted": "“好。",
    "bracketed": "(a) b ",
    "half bracketed": "(a ",
    "years": "1998年",
    "times": "10:30 ",
    "dashes": "a — b ",
    "commas": "a, ",
    "Chinese commas": "水，",
    "speakers": "李明：好。\n",
    "English speakers": "LI: Good. ",
    "stars": "**a** ",
    "half stars": "**a ",
    "links": "[a](b) ",
    "half links": "[a](",
    "tags": "<b>a</b>",
    "half tags": "<a ",
    "notes": "[^1] ",
    "entities": "&amp;",
    "apostrophes": "don't ",
    "hyphens": "well-known ",
    "short lines": "a\n",
    "Chinese lines": "河水上涨\n",
    "paragraphs": "It rose.\n\n",
    "titles": "Title\n\nIt rose.\n\n",
    "hashes": "# A\n\nIt rose.\n\n",
    "Chinese titles": "一、洪水\n河水上涨了。\n",
    "wrapped lines": "the river rose again and again and\n",
    "lists": "- one\n",
    "numbered": "1. one\n",
    "lettered": "a) one\n",
    "Chinese list": "（一）水。\n",
    "circled": "①水",
    "letters of lists": "(1) one (2) two ",
    "dialogue": "— No.\n",
    "rows": "| a | b |\n",
    "cells": "a\tb\tc\n",
    "csv": "a,b,c\n",
    "rulers": "----\n",
    "quoted lines": "> a\n",
    "nested quoted lines": ">>>> a\n",
    "code": "```\na\n",
    "indented": "    a\n",
    "times of cues": "[00:01] a\n",
    "dates": "2026年1月2日，",
    "pages": "\nPage 3 of 9\n",
    "signatures": "\n-- \nLi\n",
    "one sentence": "he said that ",
    "one Chinese sentence": "他说，在",
    "names": "Li Ming ",
    "same words": "的的",
    "figures": "1,111",
    "commas and ones": ",111",
    "decimals": ".5",
    "long number": "1234567890",
    "many marks on a letter": "\u0301",
    "Hangul parts": "\u1100\u1161",
    "regional letters": "🇨",
    "joined families": "👨‍👩‍👧‍👦",
    "half a pair": "\ud800",
    "NUL": "\0",
    "halfwidth kana": "ﾊﾟ",
    "ligatures": "ﷺ",
    "lines of Chinese letters": "水\n",
    "blank lines": "a\n\n\n\n",
    "one speaker": "Anna: The council met on Monday.\n",
    "Chinese turns": "问：河水为什么上涨？\n答：因为下了很大的雨。\n",
    "long words": "Donaudampfschifffahrtsgesellschaft",
    "capitals and dots": "U.S.A. ",
    "sections of law": "§ 1. The council shall meet. ",
    "chapters": "第一章 河\n\n河水又上涨了，市长说。老桥关闭了。\n\n",
    "log lines": "2026-01-02 10:01:22,123 INFO app.main: request 17 took 12 ms\n",
    "superseded": "The death toll rose to 12 on Monday. ",
    "Chinese superseded": "死亡人数上升到12人。",
    "sayings": "李明说：“河水上涨了，老桥要关闭。”",
    "semicolons": "水涨了；",
    "references": "Li (2020) said so [12]. ",
    "cited": "the river [1, 2, 3] rose ",
    "formulas": "a = b + c; ",
    "paths": "/usr/lib/a ",
    "code lines": "if (a) { b(); }\n",
    "keys": "name: value\n",
    "many parts": "## A\n\nThe council met. It approved the budget.\n\n",
}


def repeated(run: str) -> Callable[[int], str]:
    """Return what repeats a run until it is as long as it is asked for."""
    return lambda chars: run * (chars // len(run) + 1)


def nested(opens: str, middle: str, closes: str = "") -> Callable[[int], str]:
    """Return what nests as deep as a length has room for."""
    return lambda chars: opens * (n := chars // (len(opens) + len(closes))) + middle + closes * n


def around(before: str, run: str, after: str = "") -> Callable[[int], str]:
    """Return what repeats a run between what opens a file and what ends it."""
    return lambda chars: before + run * (chars // len(run) + 1) + after


def _numbered(run: str) -> Callable[[int], str]:
    """Return what repeats a run with another number each time, where it says `{n}`."""
    length = len(run) + 1
    return lambda chars: "".join(run.replace("{n}", f"{number}") for number in range(chars // length + 1))


def prose(language: str) -> Callable[[int], str]:
    """Return what writes the project's articles in "zh" or "en" over and over, each sentence made different."""
    files = sorted((Path(__file__).parent.parent / "data" / language).glob("*[!f].txt"))

    def make(chars: int) -> str:
        parts: list[str] = []
        articles = [file.read_text(encoding="utf-8") for file in files]
        mark, other = ("。", "，编号{n}。") if language == "zh" else (". ", " of {n}. ")
        size = number = 0
        while size < chars:
            parts.append(articles[number % len(articles)].replace(mark, other.replace("{n}", str(number))))
            size += len(parts[-1])
            number += 1
        return "".join(parts)[:chars]

    return make


PROSE = {"zh": "Chinese prose", "en": "English prose"}
TEXTS: Mapping[str, Callable[[int], str]] = {
    **{name: prose(language) for language, name in PROSE.items()},
    **{name: repeated(run) for name, run in (_CHARACTERS | _RUNS).items()},
    **{f"only {mark}": repeated(mark) for mark in _MARKS},
    **{f"{mark} and a word": repeated(f"{mark}word ") for mark in _MARKS},
    **{f"水 and {mark}": repeated(f"水{mark}") for mark in _MARKS},
    "nested brackets": nested("(a ", "b", ")"),
    "nested Chinese brackets": nested("（水", "水", "）"),
    "nested quotation marks": nested("“a ", "b", "”"),
    "one word": nested("a", "b"),
    "different words": lambda chars: " ".join(f"w{number:x}" for number in range(chars // 6)),
    "different Chinese": lambda chars: "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(chars)),
    "different sentences": lambda chars: " ".join(f"The w{n:x} rose by {n} m." for n in range(chars // 24)),
    "different Chinese sentences": _numbered("河水在第{n}天又上涨了。"),
    "different titles": _numbered("# Part {n}\n\nThe w{n} rose. It fell by {n} m.\n\n"),
    "different speakers": _numbered("P{n}: the river rose.\n"),
    "different names": _numbered("Mr. W{n} met Ms. V{n}. "),
    "different figures": _numbered("The toll rose to {n}. "),
    "different dates": _numbered("On 1 May {n} it rose. "),
    "different addresses": _numbered("http://a.b/{n} "),
    "different lines": _numbered("w{n}\n"),
    "alternating": repeated("The river rose. 河水上涨了。"),
    "one long paragraph and many short": lambda chars: "the river rose " * (chars // 30) + "\n\na" * (chars // 6),
    "quoted to the end": around("He said: “", "the river rose. "),
    "bracketed to the end": around("The river (", "the river rose. "),
}
