"""Clauses that were split into several, and several that were merged into one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.lineage.heads import same_head
from ingest.lineage.likeness import Text, shared
from ingest.lineage.records import Provision
from ingest.rulebook import rules


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses that belong together, by index: one and one, one and several, several and one, or one alone."""

    earlier: tuple[int, ...]
    later: tuple[int, ...]


def grouped(
    pairs: Mapping[int, int],
    earlier: Sequence[Provision],
    later: Sequence[Provision],
    before: Sequence[Text],
    after: Sequence[Text],
) -> list[Group]:
    """Every clause in exactly one group."""
    back = {j: i for i, j in pairs.items()}
    split = _gathered(_Sides(earlier, later, before, after), pairs, back)
    for i, pieces in split.items():
        back.pop(pairs.get(i, -1), None)
        back.update(dict.fromkeys(pieces, i))
    merged = _gathered(_Sides(later, earlier, after, before), back, pairs, frozenset(split))
    groups = [Group((i,), pieces) for i, pieces in split.items()]
    groups += [Group(pieces, (j,)) for j, pieces in merged.items()]
    done = {i for g in groups for i in g.earlier}, {j for g in groups for j in g.later}
    groups += [Group((i,), (j,)) for i, j in pairs.items() if i not in done[0] and j not in done[1]]
    met = {i for g in groups for i in g.earlier}, {j for g in groups for j in g.later}
    groups += [Group((i,), ()) for i in range(len(before)) if i not in met[0]]
    groups += [Group((), (j,)) for j in range(len(after)) if j not in met[1]]
    return groups


@dataclass(frozen=True, slots=True)
class _Sides:
    """The side of the whole and the side of the pieces."""

    wholes: Sequence[Provision]
    pieces: Sequence[Provision]
    whole_texts: Sequence[Text]
    piece_texts: Sequence[Text]


def _gathered(
    sides: _Sides, pairs: Mapping[int, int], back: Mapping[int, int], kept: frozenset[int] = frozenset()
) -> dict[int, tuple[int, ...]]:
    """Wholes with the several pieces that carry them on. pairs leads from a whole to its first piece, back the reverse.

    kept are pieces that are not to be had.
    """
    free = [k for k in range(len(sides.pieces)) if k not in back and k not in kept]
    offers: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for k in free:
        best = max(
            ((_offer(sides, w, k, pairs.get(w)), -w) for w in range(len(sides.wholes)) if _open(sides, w, pairs)),
            default=(0.0, 0),
        )
        if best[0] > 0:
            offers[-best[1]].append((best[0], k))
    found = {}
    for whole, group in sorted(offers.items()):
        pieces = _chosen(sides, whole, pairs.get(whole), [k for _, k in sorted(group, key=lambda o: (-o[0], o[1]))])
        if len(pieces) > 1:
            found[whole] = tuple(sorted(pieces))
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


def _chosen(sides: _Sides, whole: int, first: int | None, offered: Sequence[int]) -> list[int]:
    """The pieces that together cover the whole, each with something of its own; one or none if they do not."""
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
    enough = text.weigh(covered) >= rule["whole"] * text.weight
    return chosen if enough else []
