"""What became of all clauses together: each in exactly one group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.lineage.gathering import Sides, gathered, surely_gathered
from ingest.lineage.likeness import Text
from ingest.lineage.pairing import paired, unchanged
from ingest.lineage.records import Provision


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses that belong together, by index: one and one, one and several, several and one, or one alone."""

    earlier: tuple[int, ...]
    later: tuple[int, ...]


def grouped(
    earlier: Sequence[Provision], later: Sequence[Provision], before: Sequence[Text], after: Sequence[Text]
) -> list[Group]:
    """Every clause in exactly one group.

    First the clauses that did not change, then splits and merges that leave no doubt, then the best pairs, and of what
    is left over, splits and merges with changes.
    """
    same = unchanged(earlier, later, before, after)
    one, other = Sides(earlier, later, before, after), Sides(later, earlier, after, before)
    split = surely_gathered(one, frozenset(same), frozenset(same.values()))
    used = {j for pieces in split.values() for j in pieces}
    merged = surely_gathered(other, frozenset(same.values()) | used, frozenset(same) | split.keys())
    gone = {i for pieces in merged.values() for i in pieces}
    pairs = paired(earlier, later, before, after, same, split.keys() | gone, merged.keys() | used)
    back = {j: i for i, j in pairs.items()}
    split |= gathered(one, pairs, frozenset(split) | gone, frozenset(back) | merged.keys() | used)
    used = {j for pieces in split.values() for j in pieces}
    kept = frozenset(pairs) | split.keys() | gone
    merged |= gathered(other, {j: i for j, i in back.items() if j not in used}, frozenset(merged) | used, kept)
    groups = [Group((i,), pieces) for i, pieces in split.items()] + [Group(p, (j,)) for j, p in merged.items()]
    return [*groups, *_rest(groups, pairs, len(before), len(after))]


def _rest(groups: Sequence[Group], pairs: Mapping[int, int], olds: int, news: int) -> list[Group]:
    """The clauses that were neither split nor merged: pairs, and what stands alone."""
    gone, used = {i for g in groups for i in g.earlier}, {j for g in groups for j in g.later}
    ones = [Group((i,), (j,)) for i, j in pairs.items() if i not in gone and j not in used]
    gone |= {i for g in ones for i in g.earlier}
    used |= {j for g in ones for j in g.later}
    ones += [Group((i,), ()) for i in range(olds) if i not in gone]
    return ones + [Group((), (j,)) for j in range(news) if j not in used]
