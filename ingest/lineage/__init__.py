"""What became of each clause of a text in the next: the clauses of two revisions aligned by their words.

The words decide; role, addressee, number and order only choose between candidates that are about as much alike.
How it is done and where it errs is in `ingest/decisions/0102-clause-lineage.md`, its figures in `lineage.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ingest.lineage.describing import changes
from ingest.lineage.grouping import grouped
from ingest.lineage.likeness import texts
from ingest.lineage.records import Change, Provision

__all__ = ["Change", "Provision", "compare"]


def compare(earlier: Sequence[Provision], later: Sequence[Provision]) -> tuple[Change, ...]:
    """What became of every clause: each stands in exactly one change, in the order of the later text, then what went.

    Worked out once for the same arguments.
    """
    return _compare(tuple(earlier), tuple(later))


@lru_cache(maxsize=4096)
def _compare(earlier: tuple[Provision, ...], later: tuple[Provision, ...]) -> tuple[Change, ...]:
    before, after = texts([one.words for one in earlier], [one.words for one in later])
    groups = grouped(earlier, later, before, after)
    return changes(groups, earlier, later, before, after)
