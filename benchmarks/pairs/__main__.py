"""`python -m benchmarks.pairs`: blind pairwise comparison of summaries by readers.

    make    summarize marked texts with two systems, and write a file of numbered pairs for a reader and a file that
            says whose each summary is; nothing in the reader's file tells the systems apart
    count   read the reader's verdicts and that file, and count

A system is a folder, the checkout of a version of `summarize` whose command line is called, or the name of a peer of
`benchmarks.quality.peers`, which is handed the sentences that this version cuts. A verdict is a JSON line

    {"i": number, "v": "A" | "B" | "same", "why": few words, "a": [faults of A], "b": [faults of B]}
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from benchmarks.pairs.counts import count_verdicts, to_text
from benchmarks.pairs.sheets import pair_texts, read_keys, read_verdicts, to_key, to_reader
from benchmarks.pairs.systems import system
from summarize.errors import InputError, SummarizeError
from summarize.evaluate.marks import read_marked


@click.group(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
def main() -> None:
    """Make pairs of summaries for a reader who does not know whose they are, and count the verdicts."""


@main.command("make")
@click.argument("one")
@click.argument("two")
@click.option("--marks", "marks", multiple=True, required=True,
              type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A file of marks, for its texts; give it again for another one.")  # fmt: skip
@click.option("--corpora", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="The folder of corpora, for texts that a file of marks only names.")  # fmt: skip
@click.option("--kind", "kinds", multiple=True, help="A kind of text (`source`); again for another.  [default: all]")
@click.option("-n", "--sentences", default=3, type=click.IntRange(0), help="Sentences of a summary; 0 for no length.")
@click.option("--bounds", type=(click.IntRange(1), click.IntRange(1)), show_default="none",
              help="Most characters of Chinese and words of English, not sentences; for checkouts.")  # fmt: skip
@click.option("--limit", default=60, type=click.IntRange(1), help="Most pairs.")
@click.option("--seed", default=1, type=click.IntRange(0), help="Seed of the order and of the sides.")
@click.option("--python", default=sys.executable, show_default="this one", help="Interpreter for checkouts.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file for the reader.")
@click.option("--key", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="The file that says whose each summary is; keep it from the reader.")  # fmt: skip
def make(
    one: str,
    two: str,
    marks: tuple[Path, ...],
    corpora: Path | None,
    kinds: tuple[str, ...],
    sentences: int,
    bounds: tuple[int, int] | None,
    limit: int,
    seed: int,
    python: str,
    out: Path,
    key: Path,
) -> None:
    """Write pairs of summaries by the systems ONE and TWO: folders of checkouts, or names of peers."""
    if one == two:
        raise click.UsageError("ONE and TWO are the same system")
    systems = system(one, sentences, python, bounds), system(two, sentences, python, bounds)
    try:
        texts = [text for path in marks for text in read_marked(path, corpora) if not kinds or text.source in kinds]
        pairs, left_out = pair_texts(texts, systems, limit=limit, seed=seed)
        if not pairs:
            raise InputError(f"no pair; left out: {dict(left_out)}")
    except SummarizeError as error:
        raise click.ClickException(str(error)) from error
    out.write_text(to_reader(pairs), encoding="utf-8")
    rows = (json.dumps(asdict(each), ensure_ascii=False) for each in to_key(pairs, (one, two)))
    key.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    reasons = ", ".join(f"{count} {reason}" for reason, count in left_out.most_common())
    click.echo(f"{len(pairs)} pairs{f'; left out: {reasons}' if reasons else ''}", err=True)


@main.command("count")
@click.argument("verdicts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--system", "first", help="The system that is counted first.  [default: the first pair's A]")
@click.option("--by-kind", "split", is_flag=True, help="Count every kind of text too.")
def count(verdicts: Path, key: Path, first: str | None, split: bool) -> None:
    """Count the reader's VERDICTS by the file KEY that `make` wrote."""
    try:
        judged, keys = read_verdicts(verdicts), read_keys(key)
        if not keys:
            raise InputError(f"{key}: nothing in it")
        names = {name for each in keys.values() for name in (each.A, each.B)}
        first = first or next(iter(keys.values())).A
        if first not in names:
            raise InputError(f"{key}: no summary by {first!r}, but by {' and '.join(sorted(names))}")
        click.echo(to_text(count_verdicts(judged, keys, first)))
        for kind in sorted({f"{each.language} {each.source}" for each in keys.values()}) if split else ():
            own = {
                number: verdict
                for number, verdict in judged.items()
                if number in keys and f"{keys[number].language} {keys[number].source}" == kind
            }
            click.echo(f"\n{kind}\n{to_text(count_verdicts(own, keys, first))}")
    except SummarizeError as error:
        raise click.ClickException(str(error)) from error
    missing = sorted(keys.keys() - judged.keys())
    if missing:
        click.echo(f"without a verdict: {', '.join(map(str, missing))}", err=True)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.pairs")
