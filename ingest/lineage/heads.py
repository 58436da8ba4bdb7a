"""Where a clause stands: its head and its number, folded for comparing."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.lineage.records import Provision
from ingest.lineage.words import parts_of, words_of


def head(one: Provision) -> tuple[str, tuple[str, ...]]:
    """Role and addressee, which a head prints together; capitals and marks folded."""
    return one.role, parts_of(words_of(one.addressee or ""))


def number(one: Provision) -> str:
    """The number without the marks around it; empty for none and for a bullet, which numbers nothing."""
    return "".join(parts_of(words_of(one.number or "")))


def same_head(one: Provision, other: Provision) -> bool:
    """Whether the two stand under the same head."""
    return head(one) == head(other)


def same_number(one: Provision, other: Provision) -> bool:
    """Whether the two have the same number, or neither has one."""
    return number(one) == number(other)


def renumbered(earlier: Iterable[Provision], later: Iterable[Provision]) -> bool:
    """Whether no clause of the one side has the number of one of the other."""
    return {number(one) for one in earlier}.isdisjoint({number(one) for one in later})


def moved(earlier: Iterable[Provision], later: Iterable[Provision]) -> bool:
    """Whether not all of the clauses stand under one head."""
    return len({head(one) for one in (*earlier, *later)}) > 1
