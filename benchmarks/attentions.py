"""`python -m benchmarks.attentions CORPUS:N ...`: the three attentions side by side, and what each of them does.

On the same documents, for each kind: ROUGE-1 of the sentences it chooses, the time it takes, how many sentences it
spreads over (exp of the entropy), where in the text its weight lies, how much what it chooses repeats itself; the
mean of the three beside them; how often two kinds have the same favourite. For the tree: what trees it believes in,
drawn exactly from their distribution (Wilson 1996: loop-erased random walks), beside the same network with no opinion
on edges and with a chain; for the sequential one, what its steps look at.
"""

import json
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from summarize.decide.budget import Budget
from summarize.decide.selection import select
from summarize.document import ATTENTION_KINDS
from summarize.evaluate.corpus import CorpusDocument, corpus_name, sample_corpus
from summarize.evaluate.rouge import rouge
from summarize.evaluate.systems import print_sentences
from summarize.network.attention import masked_softmax
from summarize.network.scorer import NetworkScorer, Reading
from summarize.network.sequential import sequential_attention
from summarize.network.storage import DEFAULT_MODEL, load_model
from summarize.network.tree import MAX_LEAVES, root_shares, tree_scores
from summarize.pipeline import read_for

Floats = NDArray[np.float64]
NUM_PARTS = 5  # of a text, to say where the weight lies
NUM_TREES = 5  # drawn for each document
ROOT = -1
Figures = dict[str, list[float]]


def draw_tree(parents: Floats, random: np.random.Generator) -> NDArray[np.int64]:
    """Draw a tree by loop-erased random walks (Wilson 1996).

    Args:
        parents: (S, S + 1), how likely each parent of a sentence is, the root last; a row of zeros is no sentence.
        random: chance.

    Returns:
        The parent of each sentence, (S,), ROOT for a root; a sentence without parents is a root.
    """
    size = len(parents)
    cumulated = np.cumsum(parents, axis=1)
    parent = np.full(size, ROOT)
    is_done = cumulated[:, -1] == 0
    for start in range(size):
        at = start
        while at != ROOT and not is_done[at]:
            step = int(np.searchsorted(cumulated[at], random.random() * cumulated[at, -1], side="right"))
            parent[at] = ROOT if step >= size else step
            at = int(parent[at])
        at = start
        while at != ROOT and not is_done[at]:
            is_done[at] = True
            at = int(parent[at])
    return parent


def describe_tree(parent: NDArray[np.int64]) -> tuple[float, float, float, float]:
    """Return mean depth (a root has 1), and of children: mean distance to, share after, share next to the parent."""
    depths = []
    for node in range(len(parent)):
        depth, at = 1, int(parent[node])
        while at != ROOT:
            depth, at = depth + 1, int(parent[at])
        depths.append(depth)
    child = np.flatnonzero(parent != ROOT)
    if not len(child):
        return float(np.mean(depths)), np.nan, np.nan, np.nan
    offset = child - parent[child]
    return (
        float(np.mean(depths)),
        float(np.abs(offset).mean()),
        float((offset > 0).mean()),
        float((np.abs(offset) == 1).mean()),
    )


def parent_shares(edge_scores: Floats, root_scores: Floats, mask: NDArray[np.bool_]) -> Floats:
    """Return how likely each parent of a real sentence is, (S, S + 1), the root last."""
    size = len(mask)
    may_be = mask[:, None] & mask[None, :] & ~np.eye(size, dtype=bool)
    scores = np.vstack([edge_scores, root_scores]).T
    return masked_softmax(scores, np.vstack([may_be, mask]).T)


def _describe_trees(reading: Reading, weights: dict[str, Floats], rng: np.random.Generator) -> dict[str, Floats]:
    """What the tree believes in, and the salience of two trees that it could have been instead."""
    edges, roots = tree_scores(reading.states, reading.features, reading.paragraphs, weights)
    no_view = np.zeros_like(edges)
    index = np.arange(len(roots))
    chain = np.where(index[:, None] + 1 == index[None, :], float(edges.max()), -50.0)
    found = {}
    for name, scores in (("tree", edges), ("random", no_view)):
        shares = parent_shares(scores, roots if name == "tree" else np.zeros_like(roots), reading.mask)
        drawn = [describe_tree(draw_tree(shares, rng)[reading.mask]) for _ in range(NUM_TREES) if reading.mask.all()]
        if drawn:
            found[name] = np.nanmean(np.array(drawn), axis=0) if not np.isnan(drawn).all() else np.array(drawn[0])
    found["edges without a view"] = root_shares(no_view, roots, reading.mask)
    found["chain"] = root_shares(chain, roots, reading.mask)
    return found


def measure(
    path: Path, num_sentences: int, scorer: NetworkScorer, limit: int
) -> tuple[dict[str, Figures], dict[str, list[Floats]]]:
    """Return figures of each system and of pairs of kinds, and what was seen of trees and steps, by document."""
    figures: dict[str, Figures] = defaultdict(lambda: defaultdict(list))
    seen: dict[str, list[Floats]] = defaultdict(list)
    budget = Budget(sentences=num_sentences)
    rng = np.random.default_rng(0)
    for item in sample_corpus(path, limit):
        reading = read_for(item.document, budget, scorer)
        assert isinstance(reading, Reading)
        found: dict[str, Floats] = {}
        for kind in ATTENTION_KINDS:
            start = time.process_time()
            found[kind] = reading.weigh(kind)
            figures[kind]["ms"].append(1000 * (time.process_time() - start))
        found["mean of three"] = np.mean([found[kind] for kind in ATTENTION_KINDS], axis=0)
        if len(reading.mask) <= MAX_LEAVES:
            trees = _describe_trees(reading, scorer.model.weights, rng)
            for name in ("tree", "random"):
                if name in trees:
                    seen[name].append(trees[name])
            for name in ("edges without a view", "chain"):
                found[name] = trees[name]
        _, steps = sequential_attention(reading.states, reading.features, reading.mask, scorer.model.weights)
        favourites = steps.argmax(axis=1)
        overlap = np.triu(np.minimum(steps[:, None], steps[None]).sum(axis=-1), 1).sum()
        pairs = len(steps) * (len(steps) - 1) / 2
        seen["steps"].append(np.array([overlap / pairs, len(set(favourites.tolist()))]))
        for name, weights in found.items():
            _score(figures[name], item, weights, reading, num_sentences, scorer)
        for one, other in combinations(ATTENTION_KINDS, 2):
            figures[f"{one} and {other}"]["same favourite"].append(float(found[one].argmax() == found[other].argmax()))
            figures[f"{one} and {other}"]["shared weight"].append(float(np.minimum(found[one], found[other]).sum()))
    return figures, seen


def _score(
    figures: Figures, item: CorpusDocument, weights: Floats, reading: Reading, num_sentences: int, scorer: NetworkScorer
) -> None:
    """Note what weights are worth on a document, and what they look like."""
    config = scorer.selection(scorer.default_attention)
    costs = np.ones((len(weights), 1), np.int64)
    choices = select(weights, costs, reading.similarity, budget=[num_sentences], config=config)
    indices = [choice.index for choice in choices]
    text = print_sentences(item.document, indices)
    figures["ROUGE-1"].append(float(rouge(text, item.references, item.document.language)[0]))
    real = weights[weights > 0]
    figures["spread"].append(float(np.exp(-(real * np.log(real)).sum())))
    part = np.minimum(NUM_PARTS - 1, np.arange(len(weights)) * NUM_PARTS // len(weights))
    for number, mass in enumerate(np.bincount(part, weights, NUM_PARTS)):
        figures[f"part {number + 1}"].append(float(mass))
    if len(indices) > 1:
        alike = [reading.similarity(one)[other] for one, other in combinations(indices, 2)]
        figures["repeats"].append(float(np.mean(alike)))


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.argument("corpora", nargs=-1, required=True)
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DEFAULT_MODEL)
@click.option("--limit", default=200, type=click.IntRange(1), help="Most documents of a corpus, evenly spread.")
@click.option("--json", "as_json", is_flag=True, help="Means as JSON.")
def main(corpora: tuple[str, ...], model: Path, limit: int, as_json: bool) -> None:
    """Compare the three attentions on CORPORA, each FILE:N with N sentences a summary."""
    scorer = NetworkScorer(load_model(model))
    console = Console(width=None if Console().is_terminal else 160)
    for corpus in corpora:
        file, _, number = corpus.rpartition(":")
        figures, seen = measure(Path(file), int(number), scorer, limit)
        means = {name: {key: float(np.mean(values)) for key, values in of.items()} for name, of in figures.items()}
        notes = {name: np.nanmean(np.array(values), axis=0).round(3).tolist() for name, values in seen.items()}
        if as_json:
            click.echo(json.dumps({"corpus": corpus_name(Path(file)), "n": int(number), "means": means, "seen": notes}))
            continue
        columns = list(dict.fromkeys(key for of in means.values() for key in of))
        table = Table("", *columns, title=f"{corpus_name(Path(file))}, {number} sentences")
        for name, of in means.items():
            table.add_row(name, *(f"{of[key]:.2f}" if key in of else "" for key in columns))
        console.print(table)
        for name in ("tree", "random"):
            if name in notes:
                depth, distance, after, near = notes[name]
                console.print(
                    f"{name} trees: mean depth {depth:.2f}, parent {distance:.1f} sentences away, "
                    f"{after:.0%} behind their parent, {near:.0%} next to it"
                )
        overlap, distinct = notes["steps"]
        console.print(f"sequential steps: two share {overlap:.0%} of their weight; {distinct:.1f} different favourites")


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.attentions")
