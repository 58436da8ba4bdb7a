"""Clauses that were split into several, and several that were merged into one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.lineage.heads import same_head
from ingest.lineage.likeness import Text, in_order, shared
from ingest.lineage.pairing import paired, unchanged
from ingest.lineage.records import Provision
from ingest.rulebook import rules


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
    one, other = _Sides(earlier, later, before, after), _Sides(later, earlier, after, before)
    split = _sure(one, frozenset(same), frozenset(same.values()))
    used = {j for pieces in split.values() for j in pieces}
    merged = _sure(other, frozenset(same.values()) | used, frozenset(same) | split.keys())
    gone = {i for pieces in merged.values() for i in pieces}
    pairs = paired(earlier, later, before, after, same, split.keys() | gone, merged.keys() | used)
    back = {j: i for i, j in pairs.items()}
    split |= _gathered(one, pairs, frozenset(split) | gone, frozenset(back) | merged.keys() | used)
    used = {j for pieces in split.values() for j in pieces}
    kept = frozenset(pairs) | split.keys() | gone
    merged |= _gathered(other, {j: i for j, i in back.items() if j not in used}, frozenset(merged) | used, kept)
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


def _sure(sides: _Sides, wholes: frozenset[int], pieces: frozenset[int]) -> dict[int, tuple[int, ...]]:
    """Wholes whose pieces stand in them nearly word for word, and together nearly are them.

    wholes and pieces are those that are not to be had.
    """
    rule = rules("lineage")["group"]
    found: dict[int, tuple[int, ...]] = {}
    taken = set(pieces)
    for w, text in enumerate(sides.whole_texts):
        if w in wholes:
            continue
        offers = []
        for k, piece in enumerate(sides.piece_texts):
            if k not in taken and 0 < piece.weight < text.weight:
                enough = rule["sure"] * piece.weight
                if shared(text, piece) >= enough and in_order(text, piece) >= enough:
                    offers.append((-piece.weight, k))
        chosen = _chosen(sides, w, None, [k for _, k in sorted(offers)], rule["sure"])
        if len(chosen) > 1:
            found[w] = tuple(sorted(chosen))
            taken.update(chosen)
    return found


@dataclass(frozen=True, slots=True)
class _Sides:
    """The side of the whole and the side of the pieces."""

    wholes: Sequence[Provision]
    pieces: Sequence[Provision]
    whole_texts: Sequence[Text]
    piece_texts: Sequence[Text]


def _gathered(
    sides: _Sides, pairs: Mapping[int, int], wholes: frozenset[int], pieces: frozenset[int]
) -> dict[int, tuple[int, ...]]:
    """Wholes with the several pieces that carry them on, with changes.

    pairs leads from a whole to its first piece. wholes and pieces are those that are not to be had.
    """
    offers: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    open_ones = [w for w in range(len(sides.wholes)) if w not in wholes and _open(sides, w, pairs)]
    for k in range(len(sides.pieces)):
        if k in pieces:
            continue
        best = max(((_offer(sides, w, k, pairs.get(w)), -w) for w in open_ones), default=(0.0, 0))
        if best[0] > 0:
            offers[-best[1]].append((best[0], k))
    least = rules("lineage")["group"]["whole"]
    found = {}
    for whole, group in sorted(offers.items()):
        ranked = [k for _, k in sorted(group, key=lambda offer: (-offer[0], offer[1]))]
        chosen = _chosen(sides, whole, pairs.get(whole), ranked, least)
        if len(chosen) > 1:
            found[whole] = tuple(sorted(chosen))
    return found


def _open(sides: _Sides, whole: int, pairs: Mapping[int, int]) -> bool:
    """Whether something of the whole is left to be carried on: nothing is, where its first piece is the same."""
    first = pairs.get(whole)
    return first is None or sides.whole_texts[whole].key != sides.piece_texts[first].key


def _offer(sides: _Sides, whole: int, piece: int, first: int | None) -> float:
    """The share of a piece that is of the whole; 0 if it is none of its pieces."""
    rule = rules("lineage")["group"]
    one, other = sides.whole_texts[whole], sides.piece_texts[piece]
    if not other.weight or not one.weight:
        return 0.0
    share = shared(one, other) / other.weight
    if share < rule["piece"]:
        return 0.0
    if first is None:
        return share if one.weigh(one.bag & other.bag) >= rule["own"] * one.weight else 0.0
    beside = sides.piece_texts[first]
    rest = one.bag - beside.bag
    own = one.weigh(rest & other.bag)
    first_own = one.weigh((one.bag - other.bag) & beside.bag)
    if own < rule["own"] * one.weight or first_own < rule["own"] * one.weight:
        return 0.0
    near = same_head(sides.pieces[first], sides.pieces[piece]) and abs(first - piece) == 1
    if own >= rule["fresh"] * other.weight or (near and share >= rule["repeated"]):
        return share
    return 0.0


def _chosen(sides: _Sides, whole: int, first: int | None, offered: Sequence[int], least: float) -> list[int]:
    """The pieces that together cover the whole, to least of it, each with something of its own."""
    rule = rules("lineage")["group"]
    text = sides.whole_texts[whole]
    chosen: list[int] = [] if first is None else [first]
    covered: Counter[str] = Counter()
    for k in chosen:
        covered |= text.bag & sides.piece_texts[k].bag
    for k in offered:
        more = (text.bag - covered) & sides.piece_texts[k].bag
        if text.weigh(more) >= rule["own"] * text.weight:
            chosen.append(k)
            covered += more
    enough = text.weigh(covered) >= least * text.weight
    return chosen if enough else []
