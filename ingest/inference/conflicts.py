"""Accounts of two documents that cannot both be right; both are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ingest.finders.consultations import folded
from ingest.inference.archive import Archive, Stated, conclusion, rule
from ingest.model import Claim, Entity, Value


def conflicting_accounts(archive: Archive) -> Iterator[Claim]:
    """Pairs of assertions of different documents that give different values of what has one."""
    conflict = rule("conflicting-accounts")
    accounts: defaultdict[tuple[str, str], list[Stated]] = defaultdict(list)
    for one in archive.stated:
        if one.claim.modality != "asserted" or one.claim.basis != "text":
            continue
        if one.claim.predicate in conflict["single_valued"] and one.claim.subject.kind in conflict["kinds"]:
            accounts[str(one.claim.subject), one.claim.predicate].append(one)
        elif one.claim.predicate == "rc:received" and _total(one.claim):
            accounts[str(one.claim.subject), "total"].append(one)
    for key in sorted(accounts):
        yield from _pairs(accounts[key])


def _pairs(accounts: Sequence[Stated]) -> Iterator[Claim]:
    done: set[tuple[str, str]] = set()
    for at, one in enumerate(accounts):
        for other in accounts[at + 1 :]:
            if one.document == other.document or not _differ(one.claim, other.claim) or (one.key, other.key) in done:
                continue
            done.add((one.key, other.key))
            yield conclusion(
                Entity("assertion", (one.key,)), "rc:conflictsWith", Entity("assertion", (other.key,)),
                "conflicting-accounts", (one.key, other.key),
            )  # fmt: skip


def _total(claim: Claim) -> str | None:
    """The number of a count that a document states as the total."""
    details = {predicate: value.text for predicate, value in claim.details if isinstance(value, Value)}
    return details.get("rc:responses") if details.get("rc:isStatedTotal") == "true" else None


def _differ(one: Claim, other: Claim) -> bool:
    if one.predicate == "rc:received":
        return _total(one) != _total(other)
    if not isinstance(one.object, Value) or not isinstance(other.object, Value):
        return one.object != other.object
    a, b = one.object.text, other.object.text
    if one.predicate == "dcterms:title":
        return folded(a) != folded(b)
    return not (a.startswith(b) or b.startswith(a))  # a month does not contradict a day in it
