"""What became of clauses from revision to revision, as the record of changes has it (rc:ClauseChange)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from queryapp.evidence import Known
from queryapp.panels import Reader, account, code
from queryapp.provisions import told
from queryapp.rows import Row

KINDS = {
    "same": "the same",
    "edited": "edited",
    "renumbered": "renumbered",
    "moved": "moved",
    "split": "split",
    "merged": "merged",
    "new": "new",
    "dropped": "dropped",
}
"""Kinds of change with their words, in the order in which a page names them; codes of rcs:clause-change."""


@dataclass(frozen=True, slots=True)
class Change:
    """A record of what became of clauses. revision is the later one.

    kinds are codes of KINDS. removed and added are runs of words, in no order. is_partial: one side is known from
    excerpts alone. score is the likeness of the two texts, from 0 to 1, where the rule gives one. doubts
    say in words which other reading there is.
    """

    iri: str
    revision: str
    kinds: tuple[str, ...]
    earlier: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    is_partial: bool = False
    score: Decimal | None = None
    rule: str = ""
    doubts: tuple[str, ...] = ()
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes between the revisions of a resolution; later and undated count what ?known= leaves out."""

    all: tuple[Change, ...]
    later: int = 0
    undated: int = 0

    def into(self, clause: str) -> tuple[Change, ...]:
        """The changes that lead to a clause."""
        return tuple(change for change in self.all if clause in change.later)

    def out_of(self, clause: str) -> tuple[Change, ...]:
        """The changes that start from a clause."""
        return tuple(change for change in self.all if clause in change.earlier)

    def before(self, clause: str) -> tuple[Change, ...]:
        """All changes on the way to a clause, the nearest first."""
        return _walk(clause, self.into, lambda change: change.earlier)

    def after(self, clause: str) -> tuple[Change, ...]:
        """All changes that follow from a clause, the nearest first."""
        return _walk(clause, self.out_of, lambda change: change.later)


def _walk(
    start: str, steps: Callable[[str], Iterable[Change]], ends: Callable[[Change], Iterable[str]]
) -> tuple[Change, ...]:
    found: dict[str, Change] = {}
    waiting, met = [start], {start}
    while waiting:
        for change in steps(waiting.pop(0)):
            found.setdefault(change.iri, change)
            fresh = [clause for clause in ends(change) if clause not in met]
            met.update(fresh)
            waiting.extend(fresh)
    return tuple(found.values())


def changes(reader: Reader, whole: str, *, known: str = "") -> Changes:
    """The changes between all revisions of a resolution as such, as far as they were known on a day."""
    found = told(reader, "resolution_changes", whole, known)
    by_change: dict[str, list[Row]] = {}
    for row in found.rows:
        by_change.setdefault(row.words("change"), []).append(row)
    return Changes(tuple(_change(rows) for rows in by_change.values()), found.later, found.undated)


def _change(rows: Sequence[Row]) -> Change:
    def every(column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row[column].value for row in rows if column in row))

    score = next(iter(every("score")), "")
    kinds = {code(kind) for kind in every("kind")}
    return Change(
        iri=rows[0].words("change"),
        revision=rows[0].words("revision"),
        kinds=in_order(kinds),
        earlier=every("earlier"),
        later=every("later"),
        removed=every("removed"),
        added=every("added"),
        is_partial=bool({"true", "1"} & set(every("partial"))),
        score=Decimal(score) if score else None,
        rule=next(iter(every("rule")), ""),
        doubts=every("doubt"),
        known=account(rows),
    )


def in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    """Kinds of change in the order of KINDS; those that it does not know come last, by name."""
    order = list(KINDS)
    return tuple(sorted(kinds, key=lambda kind: (order.index(kind) if kind in order else len(order), kind)))
