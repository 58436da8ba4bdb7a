"""Which clause goes on as which: clauses that did not change first, then the best of all pairings of the rest."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

import networkx as nx

from ingest.lineage.heads import same_head, same_number
from ingest.lineage.likeness import Text, likeness, shared
from ingest.lineage.records import Provision
from ingest.rulebook import rules


def paired(
    earlier: Sequence[Provision],
    later: Sequence[Provision],
    before: Sequence[Text],
    after: Sequence[Text],
    same: Mapping[int, int],
    gone: Set[int],
    used: Set[int],
) -> dict[int, int]:
    """Index of an earlier clause to index of the later one that carries it on; those of same are among them.

    gone and used are earlier and later clauses that are not to be had.
    """
    pairs = dict(same)
    anchors = _spine(pairs)
    left = [i for i in range(len(before)) if i not in pairs and i not in gone]
    taken = set(pairs.values()) | used
    right = [j for j in range(len(after)) if j not in taken]
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for i, j, score in _candidates(left, right, before, after):
        weight = score + _bonus(earlier[i], later[j]) + _order(i, j, anchors)
        # Cubed, so that one close tie outweighs two loose ones.
        graph.add_edge(("earlier", i), ("later", j), weight=round(weight**3, 9))
    for component in sorted(map(sorted, nx.connected_components(graph))):
        for one, other in nx.max_weight_matching(graph.subgraph(component)):
            (_, i), (_, j) = sorted((one, other))
            pairs[i] = j
    return pairs


def unchanged(
    earlier: Sequence[Provision], later: Sequence[Provision], before: Sequence[Text], after: Sequence[Text]
) -> dict[int, int]:
    """Clauses with the same words: of several alike each goes on under its own head, then by order.

    Where the one side has more of them than the other, those that stand under other heads are left for the weighing.
    """
    pairs: dict[int, int] = {}
    olds, news = _by_key(before), _by_key(after)
    for key in olds.keys() & news.keys():
        left, right = olds[key], news[key]
        for i in tuple(left):
            found = next((j for j in right if same_head(earlier[i], later[j])), None)
            if found is not None:
                pairs[i] = found
                left.remove(i)
                right.remove(found)
        if len(left) == len(right):
            pairs.update(zip(left, right, strict=True))
    return pairs


def _by_key(side: Sequence[Text]) -> dict[tuple[str, ...], list[int]]:
    found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, text in enumerate(side):
        found[text.key].append(index)
    return found


def _spine(pairs: Mapping[int, int]) -> list[tuple[int, int]]:
    """The longest run of unchanged clauses that kept their order."""
    ends: list[int] = []
    chain: list[tuple[int, ...]] = []
    for i in sorted(pairs):
        at = bisect_left(ends, pairs[i])
        run = (*(chain[at - 1] if at else ()), i)
        ends[at : at + 1] = [pairs[i]]
        chain[at : at + 1] = [run]
    return [(i, pairs[i]) for i in (chain[-1] if chain else ())]


def _candidates(
    left: Sequence[int], right: Sequence[int], before: Sequence[Text], after: Sequence[Text]
) -> Iterator[tuple[int, int, float]]:
    least = rules("lineage")["pair"]["least"]
    for i in left:
        for j in right:
            smaller = min(before[i].weight, after[j].weight)
            if smaller and shared(before[i], after[j]) >= least / 2 * smaller:
                score = likeness(before[i], after[j])
                if score >= least:
                    yield i, j, score


def _bonus(one: Provision, other: Provision) -> float:
    rule = rules("lineage")["pair"]
    return float(rule["head"] * same_head(one, other) + rule["number"] * same_number(one, other))


def _order(i: int, j: int, anchors: Sequence[tuple[int, int]]) -> float:
    """The bonus for standing between the same unchanged clauses."""
    at = bisect_left(anchors, (i, -1))
    low = anchors[at - 1][1] if at else -1
    high = anchors[at][1] if at < len(anchors) else j + 1
    return float(rules("lineage")["pair"]["order"]) if low < j < high else 0.0
