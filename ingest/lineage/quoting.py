"""Which clause an excerpt quotes or tells: how much of the excerpt stands in it, and how clearly it is that one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.lineage.heads import head, number, same_number
from ingest.lineage.likeness import Text, in_order, likeness, shared, telling, texts
from ingest.lineage.records import Provision
from ingest.rulebook import rules


@dataclass(frozen=True, slots=True)
class Found:
    """The clause that an excerpt is nearest to. index counts from 0 in what was looked through.

    score is the share of the words of the shorter that the other has, from 0 to 1. margin is how far the next clause is
    behind, head and number considered; 1 where there is none.
    """

    index: int
    score: float
    margin: float


def nearest(excerpt: Provision, among: Sequence[Provision], *, excerpts: bool = False) -> Found | None:
    """The clause nearest to an excerpt; None if nothing is, or if the excerpt has too few words that tell something.

    excerpts: what is looked through is known from excerpts too, so that several may quote one clause; they do not
    compete with each other.
    """
    return _nearest(excerpt, tuple(among), excerpts)


def clear(found: Found | None, least: float) -> bool:
    """Whether an excerpt is near enough to a clause, and no other one nearly as near."""
    return found is not None and found.score >= least and found.margin >= float(rules("lineage")["quote"]["margin"])


@lru_cache(maxsize=65536)
def _nearest(excerpt: Provision, among: tuple[Provision, ...], excerpts: bool) -> Found | None:
    rule = rules("lineage")["quote"]
    (quote,), clauses = texts([excerpt.words], [one.words for one in among])
    if len(quote.stems) < rule["words"] or not telling(quote):
        return None
    ranked = []
    for index, clause in enumerate(clauses):
        score = _share(quote, clause, excerpts)
        rank = score + _bonus(excerpt, among[index]) + rule["whole"] * likeness(quote, clause)
        ranked.append((-rank, index, score))
    if not ranked:
        return None
    best, *others = sorted(ranked)
    if excerpts:
        others = [o for o in others if likeness(clauses[o[1]], clauses[best[1]]) < rule["alike"]]
    margin = others[0][0] - best[0] if others else 1.0
    return Found(best[1], round(min(best[2], 1.0), 3), round(margin, 3))


def _share(quote: Text, clause: Text, excerpts: bool) -> float:
    size = min(quote.weight, clause.weight) if excerpts else quote.weight
    return (shared(quote, clause) + in_order(quote, clause)) / (2 * size) if size else 0.0


def _bonus(excerpt: Provision, clause: Provision) -> float:
    """What an excerpt says of its place and the clause has too; silence is no difference."""
    rule = rules("lineage")["quote"]
    bonus = 0.0
    if excerpt.role:
        bonus += rule["head"] * (excerpt.role == clause.role)
    if excerpt.addressee:
        bonus += rule["head"] * (head(excerpt)[1] == head(clause)[1])
    if number(excerpt):
        bonus += rule["number"] * same_number(excerpt, clause)
    return float(bonus)
