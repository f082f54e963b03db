"""A summary as one line of JSON for programs: the whole decision, with offsets into the source.

    {"path": "notes.txt", "language": "en", "attention": "parallel", "summary": "Rain is coming.",
     "sentences": [{"index": 0, "start": 0, "end": 15, "text": "Rain is coming.",
                    "weight": 1.0, "rank": 1, "selected": true}],
     "pieces": [{"text": "Rain is coming.", "start": 0, "end": 15}]}

Offsets are code points into the decoded text.
"""

import json
import re

from summarize.document import Summary

# Legal inside a JSON string, but: `str.splitlines` and some terminals break lines at U+0085, U+2028 and U+2029, the
# other controls talk to terminals, and a lone surrogate (a byte of a file name that is not UTF-8) has no UTF-8.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def to_json_line(summary: Summary, *, path: str | None) -> str:
    """Return a JSON object in one line, with its line break.

    Args:
        summary: what to print.
        path: the file as the user named it; None for standard input.
    """
    document = summary.document
    selected = set(summary.selected)
    values = zip(document.sentences, document.sentence_texts(), summary.weights, summary.ranks, strict=True)
    record = {
        "path": path,
        "language": document.language,
        "attention": summary.attention,
        "summary": summary.text,
        "sentences": [
            {
                "index": index,
                "start": sentence.start,
                "end": sentence.end,
                "text": text,
                "weight": weight,
                "rank": rank,
                "selected": index in selected,
            }
            for index, (sentence, text, weight, rank) in enumerate(values)
        ],
        "pieces": [{"text": piece.text, "start": piece.start, "end": piece.end} for piece in summary.pieces],
    }
    line = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", line) + "\n"
