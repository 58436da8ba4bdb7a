"""Clauses that were split into several; with the sides changed, several that were merged into one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.lineage.heads import same_head
from ingest.lineage.likeness import Text, in_order, shared
from ingest.lineage.records import Provision
from ingest.rulebook import rules


@dataclass(frozen=True, slots=True)
class Sides:
    """The side of the whole and the side of the pieces. Clauses are named by their index."""

    wholes: Sequence[Provision]
    pieces: Sequence[Provision]
    whole_texts: Sequence[Text]
    piece_texts: Sequence[Text]

    def near(self, one: int, other: int) -> bool:
        """Whether two pieces stand close to each other under one head."""
        return abs(one - other) <= _rule("near") and same_head(self.pieces[one], self.pieces[other])


def _rule(name: str) -> float:
    return float(rules("lineage")["group"][name])


def surely_gathered(sides: Sides, wholes: frozenset[int], pieces: frozenset[int]) -> dict[int, tuple[int, ...]]:
    """Wholes whose pieces stand in them nearly word for word, and together nearly are them.

    wholes and pieces are those that are not to be had.
    """
    found: dict[int, tuple[int, ...]] = {}
    taken = set(pieces)
    for whole, text in enumerate(sides.whole_texts):
        if whole in wholes:
            continue
        offers = []
        for k, piece in enumerate(sides.piece_texts):
            if k not in taken and 0 < piece.weight < text.weight:
                enough = _rule("sure") * piece.weight
                if shared(text, piece) >= enough and in_order(text, piece) >= enough:
                    offers.append((-piece.weight, k))
        chosen = _covering(sides, whole, [], [k for _, k in sorted(offers)], _rule("sure"), sure=True)
        if len(chosen) > 1:
            found[whole] = chosen
            taken.update(chosen)
    return found


def gathered(
    sides: Sides, pairs: Mapping[int, int], wholes: frozenset[int], pieces: frozenset[int]
) -> dict[int, tuple[int, ...]]:
    """Wholes with the several pieces that carry them on, with changes.

    pairs leads from a whole to its first piece. wholes and pieces are those that are not to be had.
    """
    offers: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    left = [w for w in range(len(sides.wholes)) if w not in wholes and not _carried_on(sides, w, pairs)]
    for k in range(len(sides.pieces)):
        if k not in pieces:
            share, whole = max(((_offer(sides, w, k, pairs.get(w)), -w) for w in left), default=(0.0, 0))
            if share:
                offers[-whole].append((-share, k))
    found = {}
    for whole, offered in sorted(offers.items()):
        first = [pairs[whole]] if whole in pairs else []
        chosen = _covering(sides, whole, first, _together(sides, first, offered), _rule("whole"))
        if len(chosen) > 1:
            found[whole] = chosen
    return found


def _carried_on(sides: Sides, whole: int, pairs: Mapping[int, int]) -> bool:
    """Whether nothing of the whole is left over, because its first piece is the same."""
    return whole in pairs and sides.whole_texts[whole].key == sides.piece_texts[pairs[whole]].key


def _offer(sides: Sides, whole: int, piece: int, first: int | None) -> float:
    """The share of a piece that is of the whole; 0 if it is none of its pieces."""
    one, other = sides.whole_texts[whole], sides.piece_texts[piece]
    if not other.weight or not one.weight:
        return 0.0
    share = shared(one, other) / other.weight
    if share < _rule("piece") or in_order(one, other) < _rule("ordered") * other.weight:
        return 0.0
    own = _rule("own") * one.weight
    if first is None:
        return share if shared(one, other) >= own else 0.0
    beside = sides.piece_texts[first]
    fresh = one.weigh((one.bag - beside.bag) & other.bag)
    if fresh < own or one.weigh((one.bag - other.bag) & beside.bag) < own:
        return 0.0
    enough = fresh >= _rule("fresh") * other.weight or share >= _rule("repeated")
    return share if enough and (share >= _rule("repeated") or sides.near(first, piece)) else 0.0


def _together(sides: Sides, first: Sequence[int], offered: Iterable[tuple[float, int]]) -> list[int]:
    """The pieces offered, best first: those that are nearly of the whole, or that stand near another piece."""
    every = [*first, *(k for _, k in offered)]
    return [
        k
        for share, k in sorted(offered)
        if -share >= _rule("repeated") or any(sides.near(k, other) for other in every if other != k)
    ]


def _covering(
    sides: Sides, whole: int, first: Sequence[int], offered: Sequence[int], least: float, *, sure: bool = False
) -> tuple[int, ...]:
    """The pieces that together cover the whole, to least of it, each with something of its own; else the first alone.

    sure: the pieces stand in the whole nearly word for word. Then one that brings little of a long whole counts too, if
    what it brings is nearly all that it has, and it stands near another.
    """
    text = sides.whole_texts[whole]
    chosen = list(first)
    covered: Counter[str] = Counter()
    for k in chosen:
        covered |= text.bag & sides.piece_texts[k].bag
    for k in offered:
        piece = sides.piece_texts[k]
        more = (text.bag - covered) & piece.bag
        small = sure and text.weigh(more) >= _rule("sure") * piece.weight and any(sides.near(k, c) for c in chosen)
        if small or text.weigh(more) >= _rule("own") * text.weight:
            chosen.append(k)
            covered += more
    return tuple(sorted(chosen)) if text.weigh(covered) >= least * text.weight else tuple(first)
