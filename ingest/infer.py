"""What follows from the claims of several documents: named rules, each conclusion with its premises.

A contribution without a recorded outcome, a duty without evidence of its being done: nothing is concluded from
silence. The rules' names, definitions and patterns are in `inference.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from ingest.finders.consultations import folded
from ingest.model import Claim, Entity, Modality, Value
from ingest.register import Register
from ingest.rulebook import rules

Keyed: TypeAlias = tuple[str, Claim]
"""A claim with the key of its assertion: an opaque string that premises are made of."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A claim with its key and the place of its document in the order of the documents."""

    key: str
    claim: Claim
    document: int


def infer(claims_by_document: Mapping[str, Sequence[Keyed]], register: Register) -> Iterator[Claim]:
    """The conclusions of all rules, in the order of the rules and of their subjects.

    The order of the documents in the mapping does not matter: they count by their stated date, then by their name.
    """
    stated = _in_order(claims_by_document)
    yield from consultation_mandates(stated, register)
    yield from consultations_held(stated)
    yield from conflicting_accounts(stated)


@cache
def _rule(name: str) -> dict[str, Any]:
    return next(row for row in rules("inference")["rule"] if row["name"] == name)


def _in_order(claims_by_document: Mapping[str, Sequence[Keyed]]) -> tuple[_Stated, ...]:
    def first(name: str) -> tuple[str, str]:
        days = [day for _, claim in claims_by_document[name] if (day := _day(claim))]
        return (min(days) if days else "9999", name)

    names = sorted(claims_by_document, key=first)
    return tuple(_Stated(key, claim, at) for at, name in enumerate(names) for key, claim in claims_by_document[name])


def _day(claim: Claim) -> str | None:
    """The date that a claim gives its document."""
    dated = claim.predicate == "dcterms:date" and claim.subject.kind == "document"
    return claim.object.text if dated and isinstance(claim.object, Value) else None


def _by_subject(stated: Sequence[_Stated], kind: str) -> dict[Entity, list[_Stated]]:
    found: defaultdict[Entity, list[_Stated]] = defaultdict(list)
    for one in stated:
        if one.claim.subject.kind == kind:
            found[one.claim.subject].append(one)
    return {entity: found[entity] for entity in sorted(found, key=str)}


# ---- the mandate of a consultation ----------------------------------------------------------------------------------


def consultation_mandates(stated: Sequence[_Stated], register: Register) -> Iterator[Claim]:
    """Each consultation under the clause of the revision in force when it began."""
    clauses = list(_clauses(stated))
    for consultation, told in _by_subject(stated, "consultation").items():
        conducted = _first(told, "rc:conductedBy")
        began = _began(consultation, told)
        if conducted is None or began is None or not isinstance(conducted.claim.object, Entity):
            continue
        body = conducted.claim.object
        for clause in clauses:
            if not _concerns(clause, body, register) or not _in_force(clause.revision, began, register):
                continue
            ties = _ties(stated, body, clause)
            if ties:
                modality: Modality = "asserted" if conducted.claim.modality == "asserted" else "planned"
                premises = (conducted.key, clause.part.key, clause.duty.key, *ties)
                yield _conclusion(
                    consultation, "rc:mandatedBy", clause.entity, "consultation-mandate", premises, modality
                )
                break


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause or excerpt about consultation: the claim that makes it a part, and the duty that it lays down."""

    entity: Entity
    revision: Entity
    part: _Stated
    duty: _Stated
    words: str
    addressees: tuple[Entity | Value, ...]


def _clauses(stated: Sequence[_Stated]) -> Iterator[_Clause]:
    """The clauses about consultation: those of the resolutions' own texts first, then excerpts, each in order."""
    about = re.compile(_rule("consultation-mandate")["subject_matter"], re.IGNORECASE)
    parts = {one.claim.object: one for one in reversed(stated) if one.claim.predicate == "eli:has_part"}
    duties = [one for one in stated if one.claim.predicate == "rc:laysDown" and one.claim.subject in parts]
    for duty in sorted(duties, key=lambda one: one.claim.subject.kind != "clause"):
        part = parts[duty.claim.subject]
        words = " ".join(v.text for p, v in duty.claim.details if p == "rc:deliverable" and isinstance(v, Value))
        if about.search(words) and part.claim.subject.kind == "revision":
            addressees = tuple(v for p, v in duty.claim.details if p == "rc:addressee")
            yield _Clause(duty.claim.subject, part.claim.subject, part, duty, words, addressees)


def _concerns(clause: _Clause, body: Entity, register: Register) -> bool:
    """Whether the clause is addressed to the body or names it."""
    if body in clause.addressees:
        return True
    names = (name.text for name in register.named("body") if name.entity == body and not name.context)
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", clause.words, re.IGNORECASE) for name in names)


def _began(consultation: Entity, told: Sequence[_Stated]) -> str | None:
    """The first day of the month in which the consultation began, as stated, else as its key has it."""
    start = _first(told, "schema:startDate")
    words = start.claim.object.text if start and isinstance(start.claim.object, Value) else consultation.key[-1]
    return f"{words[:7]}-01" if re.match(r"\d{4}-\d{2}", words) else None


def _in_force(revision: Entity, day: str, register: Register) -> bool:
    kind, issuer, number = revision.key[:3]
    found = register.in_force(kind, issuer, number, day)
    return found is not None and found.entity == revision


def _ties(stated: Sequence[_Stated], body: Entity, clause: _Clause) -> tuple[str, ...]:
    """The claims that tie the body to the clause: the text that set it up, and its accordance with this revision.

    Of several, those of the document that quotes the clause come first.
    """
    ranks = {predicate: rank for rank, predicate in enumerate(_rule("consultation-mandate")["ties"])}
    own = [one for one in stated if one.claim.subject == body and one.claim.modality == "asserted"]
    own.sort(key=lambda one: (one.document != clause.part.document, ranks.get(one.claim.predicate, len(ranks))))
    delegation = next((one.key for one in own if one.claim.predicate in ranks), None)
    accords = next(
        (o.key for o in own if o.claim.predicate == "rc:inAccordanceWith" and o.claim.object == clause.revision), None
    )
    return tuple(key for key in (delegation, accords) if key)


# ---- consultations held ---------------------------------------------------------------------------------------------


def consultations_held(stated: Sequence[_Stated]) -> Iterator[Claim]:
    """Consultations that are only announced, but of whose summary or responses a statement speaks."""
    rule = _rule("consultation-held")
    for consultation, told in _by_subject(stated, "consultation").items():
        course = [one for one in told if one.claim.predicate in rule["announced"]]
        announced = [
            one for one in course if one.claim.modality == "planned" and one.claim.predicate == "rc:launchedAt"
        ]
        traces = [
            one
            for one in told
            if one.claim.predicate in rule["traces"] and one.claim.modality in {"asserted", "planned"}
        ]
        if not announced or not traces or any(one.claim.modality == "asserted" for one in course):
            continue
        premises = tuple(dict.fromkeys(one.key for one in (*announced, *traces)))
        weak = all(one.claim.modality == "planned" for one in traces)
        yield _conclusion(
            consultation, "rc:heldInferred", Value("true", "xsd:boolean"), "consultation-held", premises,
            doubt="the summary itself is only announced" if weak else None,
        )  # fmt: skip


# ---- conflicting accounts -------------------------------------------------------------------------------------------


def conflicting_accounts(stated: Sequence[_Stated]) -> Iterator[Claim]:
    """Pairs of assertions of different documents that give different values of what has one."""
    rule = _rule("conflicting-accounts")
    accounts: defaultdict[tuple[str, str], list[_Stated]] = defaultdict(list)
    for one in stated:
        if one.claim.modality != "asserted" or one.claim.basis != "text":
            continue
        if one.claim.predicate in rule["single_valued"] and one.claim.subject.kind in rule["kinds"]:
            accounts[str(one.claim.subject), one.claim.predicate].append(one)
        elif one.claim.predicate == "rc:received" and _total(one.claim):
            accounts[str(one.claim.subject), "total"].append(one)
    for key in sorted(accounts):
        yield from _pairs(accounts[key])


def _pairs(accounts: Sequence[_Stated]) -> Iterator[Claim]:
    done: set[tuple[str, str]] = set()
    for at, one in enumerate(accounts):
        for other in accounts[at + 1 :]:
            if one.document == other.document or not _differ(one.claim, other.claim) or (one.key, other.key) in done:
                continue
            done.add((one.key, other.key))
            yield _conclusion(
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


# ---- all rules ------------------------------------------------------------------------------------------------------


def _first(told: Sequence[_Stated], predicate: str) -> _Stated | None:
    """The first claim with that predicate, an asserted one before a planned one."""
    found = [one for one in told if one.claim.predicate == predicate and one.claim.modality in {"asserted", "planned"}]
    return min(found, key=lambda one: one.claim.modality != "asserted", default=None)


def _conclusion(
    subject: Entity,
    predicate: str,
    said: Entity | Value,
    rule: str,
    premises: tuple[str, ...],
    modality: Modality = "asserted",
    doubt: str | None = None,
) -> Claim:
    return Claim(subject, predicate, said, modality, "rule", rule, premises=premises, doubt=doubt)
