"""A task: what a user has and wants, the command for it, and the conditions on its output."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Want = Literal[
    "citing", "headings", "json", "keywords", "length", "program", "question", "several", "terminal", "title"
]

Verdict = Literal["right", "wrong", "cannot", "not tried"]

# No summary has these, whoever makes it: characters read in a wrong encoding, tags, a traceback.
_RUBBISH = re.compile(r"\ufffd|锟斤拷|Ã[\x80-\xbf©¨]|â€|</?(?:p|div|span|a|li|script)\b[^>]*>?|Traceback \(most recent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Something that a person wants done, or gets wrong.

    Args:
        name: short, and no other's.
        wanted: what the person wants, in a few words.
        command: a line for bash, run in a folder of its own. `summarize` and `python` are those that are measured;
            {url} is the address of the folder, and {url}/forbidden one that is refused.
        given: files and folders of `texts` that lie in the folder, each by its name there or as `name=copy`.
        prepare: writes what else lies there; None for nothing.
        says: regular expressions that standard output must match, whoever made it.
        never: those that it must not match.
        complains: regular expressions, each of which must match a line of standard error; it has no other lines.
        prints: those that standard output must match besides, if `summarize` made it.
        status: of the command.
        most_chars: that may be printed, the last line break aside; 0 for any number.
        columns: of the terminal that it runs in; 0 for none.
        needs: programs besides the usual ones.
        source: what another tool would be given, a file of the folder or an address; empty if it is asked nothing.
        sentences: that it would be asked for.
        language: of the text.
        wants: what is asked for besides some sentences of one text.
    """

    name: str
    wanted: str
    command: str
    given: tuple[str, ...] = ()
    prepare: Callable[[Path], None] | None = None
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    complains: tuple[str, ...] = ()
    prints: tuple[str, ...] = ()
    status: int = 0
    most_chars: int = 0
    columns: int = 0
    needs: tuple[str, ...] = ()
    source: str = ""
    sentences: int = 2
    language: Literal["zh", "en"] = "en"
    wants: frozenset[Want] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command.

    Args:
        status: its exit status.
        output: what it wrote to standard output.
        errors: to standard error.
        cpu_seconds: user and system time of it and all that it started.
    """

    status: int
    output: str
    errors: str
    cpu_seconds: float


def faults_of(errand: Errand, outcome: Outcome) -> list[str]:
    """Return what is wrong with what came of an errand, a line each; none if it was done."""
    faults = faults_of_text(errand, outcome.output)
    faults += [f"does not print /{wanted}/" for wanted in errand.prints if not _found(wanted, outcome.output)]
    num_chars = len(outcome.output.rstrip("\n"))
    if errand.most_chars and num_chars > errand.most_chars:
        faults.append(f"prints {num_chars} characters, more than {errand.most_chars}")
    if outcome.status != errand.status:
        faults.append(f"ends with {outcome.status}, not with {errand.status}")
    lines = outcome.errors.splitlines()
    faults += [f"does not complain /{wanted}/" for wanted in errand.complains if not _found(wanted, outcome.errors)]
    faults += [f"complains: {line}" for line in lines if not any(_found(known, line) for known in errand.complains)]
    if len(lines) > len(errand.complains):
        faults.append(f"complains in {len(lines)} lines, not in {len(errand.complains)}")
    return faults


def faults_of_text(errand: Errand, text: str) -> list[str]:
    """Return what is wrong with a summary, whoever made it."""
    faults = [f"says nothing of /{wanted}/" for wanted in errand.says if not _found(wanted, text)]
    faults += [f"says {found[0]!r}" for unwanted in errand.never if (found := _found(unwanted, text))]
    return faults + [f"prints {found[0]!r}" for found in [_RUBBISH.search(text)] if found]


def _found(pattern: str, text: str) -> re.Match[str] | None:
    return re.search(pattern, text, re.MULTILINE)
