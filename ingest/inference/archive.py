"""What inference looks at: the accounts of all documents and of the registers, as known on one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, TypeAlias

from ingest.model import Claim, Entity, Modality, Value
from ingest.register import Register
from ingest.rulebook import rules

Keyed: TypeAlias = tuple[str, Claim]
"""A claim with the key of its assertion: an opaque string that premises are made of."""


@dataclass(frozen=True)
class Account:
    """What one document states, or what the registers do.

    name is the short checksum of the file. text is the text as read, which the spans of the claims count in; empty for
    the registers. earliest and latest bound the document's date (the same day where it is known); None: undated.
    sentences are (start, end, order of the block) of each sentence of the text, in order.
    """

    name: str
    claims: tuple[Keyed, ...]
    text: str = ""
    earliest: str | None = None
    latest: str | None = None
    sentences: tuple[tuple[int, int, int], ...] = ()

    def with_claims(self, claims: tuple[Keyed, ...]) -> Account:
        """The same document, with these claims for its own."""
        return replace(self, claims=claims)

    @cached_property
    def document(self) -> Entity | None:
        """The document whose file was read; None for the registers."""
        files = (claim.subject for _, claim in self.claims if claim.predicate == "rc:embodiedBy")
        return next(files, None)


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim with its key and the place of its account in the order of accounts, from 0."""

    key: str
    claim: Claim
    document: int


@dataclass(frozen=True)
class Archive:
    """All accounts as known on one day, oldest document first, and the registers as known on that day.

    Undated documents come last. registers is the account of the registers' rows; register looks things up in them.
    """

    accounts: tuple[Account, ...]
    registers: Account
    register: Register

    @classmethod
    def of(cls, accounts: Sequence[Account], registers: Account, register: Register) -> Archive:
        """The accounts in their order, which does not depend on the order in which they are given."""
        return cls(tuple(sorted(accounts, key=lambda a: (_day(a), a.name))), registers, register)

    @cached_property
    def stated(self) -> tuple[Stated, ...]:
        """Every claim: those of documents, then those of the registers."""
        every = (*self.accounts, self.registers)
        return tuple(Stated(key, claim, at) for at, account in enumerate(every) for key, claim in account.claims)

    @cached_property
    def _by_statement(self) -> Mapping[tuple[Entity, str], tuple[Stated, ...]]:
        found: defaultdict[tuple[Entity, str], list[Stated]] = defaultdict(list)
        for one in self.stated:
            found[one.claim.subject, one.claim.predicate].append(one)
        return {key: tuple(group) for key, group in found.items()}

    def said(self, subject: Entity, predicate: str) -> tuple[Stated, ...]:
        """What the accounts say of a thing with that predicate, in their order."""
        return self._by_statement.get((subject, predicate), ())


def _day(account: Account) -> str:
    """The last day that the document can be of; that it gives itself, where the build was told none."""
    if account.latest or account.earliest:
        return account.latest or account.earliest or ""
    days = [
        claim.object.text
        for _, claim in account.claims
        if claim.predicate == "dcterms:date" and claim.subject.kind == "document" and isinstance(claim.object, Value)
    ]
    return min(days, default="9999")


@cache
def rule(name: str) -> dict[str, Any]:
    """The rule of that name in `inference.toml`."""
    return next(row for row in rules("inference")["rule"] if row["name"] == name)


def by_subject(stated: Sequence[Stated], kind: str) -> dict[Entity, list[Stated]]:
    """What is stated of each thing of a kind, things in the order of their keys."""
    found: defaultdict[Entity, list[Stated]] = defaultdict(list)
    for one in stated:
        if one.claim.subject.kind == kind:
            found[one.claim.subject].append(one)
    return {entity: found[entity] for entity in sorted(found, key=str)}


def first_of(told: Sequence[Stated], predicate: str) -> Stated | None:
    """The first claim with that predicate, an asserted one before a planned one."""
    found = [one for one in told if one.claim.predicate == predicate and one.claim.modality in {"asserted", "planned"}]
    return min(found, key=lambda one: one.claim.modality != "asserted", default=None)


def conclusion(
    subject: Entity,
    predicate: str,
    said: Entity | Value,
    by: str,
    premises: tuple[str, ...],
    modality: Modality = "asserted",
    doubt: str | None = None,
    *,
    details: tuple[tuple[str, Entity | Value], ...] = (),
    score: float | None = None,
) -> Claim:
    """A claim that rests on premises (keys of assertions) by a named rule."""
    return Claim(
        subject, predicate, said, modality, "rule", by, premises=premises, details=details, doubt=doubt, score=score
    )
