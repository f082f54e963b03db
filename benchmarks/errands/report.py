"""What came of errands, as Markdown: tables, and transcripts of all that was typed and printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.errands.errand import Errand, Outcome, Verdict
from benchmarks.errands.peers import PEERS

_MAX_LINES = 40  # of an output in a transcript


@dataclass(frozen=True, slots=True)
class Entry:
    """What came of an errand.

    Args:
        errand: the errand.
        verdict: on `summarize`.
        outcome: what it did; None if it was not tried.
        faults: what was wrong.
        others: the verdict on each other tool, and what it did, by its name.
    """

    errand: Errand
    verdict: Verdict
    outcome: Outcome | None = None
    faults: Sequence[str] = ()
    others: Mapping[str, tuple[Verdict, Outcome | None]] = field(default_factory=dict)


def to_table(entries: Sequence[Entry]) -> str:
    """Return a table with a row for each errand."""
    peers = [peer for peer in PEERS if any(peer.name in entry.others for entry in entries)]
    headings = ["", "what somebody has or wants", "command", "summarize", "CPU s", *(peer.heading for peer in peers)]
    steps = ["", "steps", "", "1", "", *(str(peer.steps) for peer in peers)]
    rows = [headings, ["---"] * len(headings), *([steps] if peers else []), *(_row(entry) for entry in entries)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(entry: Entry) -> list[str]:
    errand = entry.errand
    seconds = f"{entry.outcome.cpu_seconds:.2f}" if entry.outcome else ""
    command = errand.command.replace("|", "\\|").replace("\n", "; ")
    return [errand.name, errand.wanted, f"`{command}`", entry.verdict, seconds, *map(_cell, entry.others.values())]


def _cell(asked: tuple[Verdict, Outcome | None]) -> str:
    verdict, outcome = asked
    return verdict if outcome is None or verdict == "cannot" else f"{verdict}, {outcome.cpu_seconds:.1f} s"


def tally(entries: Sequence[Entry]) -> str:
    """Return how many of some errands each tool does right."""
    names = ["summarize", *entries[0].others] if entries else []
    verdicts = [[entry.verdict, *(verdict for verdict, _ in entry.others.values())] for entry in entries]
    counts = [[row[column] for row in verdicts].count("right") for column in range(len(names))]
    right = ", ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True))
    return f"Right of {len(entries)}: {right}."


def to_transcript(entry: Entry) -> str:
    """Return what was typed and printed, and what was wrong with it."""
    shown = [f"### {entry.errand.name}: {entry.verdict}", *_shown(f"$ {entry.errand.command}", entry.outcome)]
    shown += [f"- {fault}" for fault in entry.faults]
    for name, (verdict, outcome) in entry.others.items():
        if outcome:
            shown += [f"#### {name}: {verdict}", *_shown(f"$ {name} {entry.errand.source}", outcome)]
    return "\n\n".join(shown) + "\n"


def _shown(command: str, outcome: Outcome | None) -> list[str]:
    if outcome is None:
        return []
    printed = outcome.output + "".join(f"! {line}\n" for line in outcome.errors.splitlines())
    lines = printed.splitlines()
    left_out = [f"... {len(lines) - _MAX_LINES} more lines"] if len(lines) > _MAX_LINES else []
    status = [f"[{outcome.status}]"] if outcome.status else []
    return ["\n".join(["~~~", command, *lines[:_MAX_LINES], *left_out, *status, "~~~"])]


def to_page(everyday: Sequence[Entry], mistakes: Sequence[Entry], command: str, versions: Mapping[str, str]) -> str:
    """Return the page that reports all.

    Args:
        everyday: what came of everyday errands.
        mistakes: what came of mistakes.
        command: what was typed for it.
        versions: of the other tools, by their names.
    """
    others = ", ".join(f"{name} {version}" for name, version in versions.items())
    about = f" Others: {others}." if others else ""
    return (
        f"# Everyday tasks\n\n{_ABOUT}\nWritten by `{command}`.{about}\n\n"
        f"## Everyday errands\n\n{tally(everyday)}\n\n{to_table(everyday)}\n"
        f"## Mistakes\n\n{_ABOUT_MISTAKES}\n\n{tally(mistakes)}\n\n{to_table(mistakes)}"
    )


_ABOUT = """\
What people have to summarize, and what they get wrong, done for real: each is a line typed into a shell, in a folder
with what somebody has. The texts are in `benchmarks/errands/texts`, all written for it; Pandoc, wkhtmltopdf, groff and
qpdf made the documents. *right*: it ends as it should, prints what must be there (the subject, the figures, the page),
and nothing of what must not (menus, signatures, times, mark-up, characters read in a wrong encoding); what exactly,
stands in `everyday.py` and `mistakes.py` there. CPU seconds are those of the whole line, other programs in it included.

Other tools are asked for as many sentences of the same file, and what they print is held against the same lists. What
only reads hands its text to sumy. *cannot*: it ends with an error, or has no way to be asked for that (a length in
characters, a page to cite, the mails of a mailbox one by one); *wrong* may also be that it prints nothing.
`@steipete/summarize` 0.11.1 from npm asks a language model: without a key it prints a text as it is, and reads no
local PDF or page.
"""
_ABOUT_MISTAKES = """\
*right*: one line on standard error that says what was wrong and what to do, the exit status for it, and no rubbish; or
the slip is set right in silence. Of other tools it is only asked that they print nothing and end with an error."""
