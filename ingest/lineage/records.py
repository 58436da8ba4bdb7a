"""What is compared and what comes out: plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provision:
    """A clause as compared. position counts from 1 in its text; number is as printed; None: none."""

    position: int
    role: str
    addressee: str | None
    number: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of clauses: earlier and later are their positions.

    kinds begin with one of same, edited, split, merged, new and dropped; renumbered and moved may follow. score is how
    alike the two sides are, from 0 to 1 (0 for new and dropped). removed and added are runs of words as printed, of
    what was edited, split or merged.
    """

    kinds: tuple[str, ...]
    earlier: tuple[int, ...]
    later: tuple[int, ...]
    score: float
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
