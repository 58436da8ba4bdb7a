"""Measure the comparison of revisions against pairs whose clauses were followed by hand: precision, recall and F1.

`python -m tests.lineagemeasure [dev|heldout|generated|real] [--misses]`. Four figures are kept:

edge    an edge is right when it joins the right clauses and its main kind is right
strict  renumbered and moved are right too
link    which earlier clause goes on in which later one, whatever the kind
words   the words that went and came, of the edited edges for which the gold states them and that were found

Figures are over all edges of a set together, so that long resolutions count for more. What the kinds mean stands in
`gold/lineage/README.md`.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.lineage import Change, Provision, compare
from tests.gold.lineage import real
from tests.gold.lineage.generator import generated
from tests.gold.lineage.pairs import FLAGS, MAIN_KINDS, Edge, Pair, paths, read, words

Comparison = Callable[[Sequence[Provision], Sequence[Provision]], Sequence[Change]]


@dataclass(slots=True)
class Score:
    """Right, false and missed, added up over pairs."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def add(self, gold: Counter[Hashable], found: Counter[Hashable]) -> None:
        self.right += (gold & found).total()
        self.false += (found - gold).total()
        self.missed += (gold - found).total()

    @property
    def precision(self) -> float:
        """1 where nothing was found: nothing found is nothing wrong."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        whole = 2 * self.right + self.false + self.missed
        return 2 * self.right / whole if whole else 1.0


@dataclass(slots=True)
class Measured:
    """The scores of a set of pairs by figure and by kind, the misses in words, and seconds by pair."""

    figures: dict[str, Score] = field(default_factory=dict)
    kinds: dict[str, Score] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


# --- the comparison -------------------------------------------------------------------------------------------------


def _edge(edge: Edge) -> Iterator[Hashable]:
    yield edge.main, edge.ends


def _strict(edge: Edge) -> Iterator[Hashable]:
    yield frozenset(edge.kinds), edge.ends


def _link(edge: Edge) -> Iterator[Hashable]:
    yield from ((before, after) for before in edge.earlier for after in edge.later)


FIGURES: dict[str, Callable[[Edge], Iterator[Hashable]]] = {"edge": _edge, "strict": _strict, "link": _link}


def measure(pairs: Iterable[Pair], comparison: Comparison = compare) -> Measured:
    """Compare every pair and count what is right, false and missed."""
    told = Measured({name: Score() for name in (*FIGURES, "words")}, {kind: Score() for kind in (*MAIN_KINDS, *FLAGS)})
    for pair in pairs:
        start = time.perf_counter()
        changes = comparison(pair.earlier, pair.later)
        told.seconds.append(time.perf_counter() - start)
        found = [Edge(row.kinds, row.earlier, row.later, row.removed, row.added) for row in changes]
        _count(told, pair, found)
    return told


def _count(told: Measured, pair: Pair, found: Sequence[Edge]) -> None:
    for name, keys in FIGURES.items():
        told.figures[name].add(_keys(pair.edges, keys), _keys(found, keys))
    for kind, score in told.kinds.items():
        score.add(*(_keys((edge for edge in edges if kind in edge.kinds), _ends) for edges in (pair.edges, found)))
    by_ends = {edge.ends: edge for edge in found if edge.main == "edited"}
    for edge in pair.edges:
        if edge.removed is not None and edge.ends in by_ends:
            told.figures["words"].add(_changed(edge), _changed(by_ends[edge.ends]))
    told.misses.extend(_misses(pair, found))


def _ends(edge: Edge) -> Iterator[Hashable]:
    yield edge.ends


def _keys(edges: Iterable[Edge], keys: Callable[[Edge], Iterator[Hashable]]) -> Counter[Hashable]:
    return Counter(key for edge in edges for key in keys(edge))


def _changed(edge: Edge) -> Counter[Hashable]:
    """Words that went and came, each as often as it did: a word of both sides only stands in a run that changed."""
    gone, come = (Counter(word for run in runs or () for word in words(run)) for runs in (edge.removed, edge.added))
    return Counter({("-", word): n for word, n in (gone - come).items()}) + Counter(
        {("+", word): n for word, n in (come - gone).items()}
    )


def _misses(pair: Pair, found: Sequence[Edge]) -> Iterator[str]:
    """A line for each edge that one side has and the other has not, kinds in full."""
    gold = {(frozenset(edge.kinds), edge.ends): edge for edge in pair.edges}
    told = {(frozenset(edge.kinds), edge.ends): edge for edge in found}
    for sign, these, others in (("missed", gold, told), ("false", told, gold)):
        for key in these:
            if key not in others:
                yield f"{pair.name}: {sign} {_worded(pair, these[key])}"


def _worded(pair: Pair, edge: Edge) -> str:
    sides = ((pair.earlier, edge.earlier), (pair.later, edge.later))
    texts = [" | ".join(f"{n} {clauses[n - 1].words[:70]}" for n in at) or "nothing" for clauses, at in sides]
    return f"{'+'.join(edge.kinds)}: {texts[0]} -> {texts[1]}"


# --- the command ----------------------------------------------------------------------------------------------------


def pairs_of(name: str) -> Sequence[Pair]:
    """The pairs of a set: "dev" and "heldout" from their files, "generated" made anew, "real" from real documents."""
    match name:
        case "generated":
            return generated()
        case "real":
            return list(real.pairs()) if real.CORPUS.exists() else []
        case _:
            return [read(path) for path in paths(name)]


def report(name: str, told: Measured) -> Iterator[str]:
    """The figures as lines: figures first, then kinds, then the time that a pair takes."""
    yield f"{name}: {len(told.seconds)} pairs"
    if not told.seconds:
        return
    for label, score in (*told.figures.items(), *told.kinds.items()):
        counts = f"right {score.right:5}  false {score.false:4}  missed {score.missed:4}"
        if not score.right + score.false + score.missed:
            continue
        yield f"  {label:10} precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}  {counts}"
    times = [1000 * seconds for seconds in told.seconds]
    yield f"  time       median {statistics.median(times):.1f} ms a pair, longest {max(times):.1f} ms"


def main(arguments: Sequence[str]) -> int:
    """Print the figures of the sets named, of all where none is; the misses of held-out pairs are never printed."""
    known = ("dev", "heldout", "generated", "real")
    names = [name for name in arguments if name != "--misses"] or list(known)
    if unknown := [name for name in names if name not in known]:
        sys.stderr.write(f"Error: unknown set {unknown[0]!r}. Name one of {', '.join(known)}.\n")
        return 2
    for name in names:
        told = measure(pairs_of(name))
        misses = told.misses if "--misses" in arguments and name != "heldout" else []
        sys.stdout.write("\n".join((*report(name, told), *misses)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
