"""The clause that a consultation falls under: the one in force when it began, if documents tie the body to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.inference.archive import Archive, Stated, by_subject, conclusion, first_of, rule
from ingest.model import Claim, Entity, Modality, Value
from ingest.register import Register


def consultation_mandates(archive: Archive) -> Iterator[Claim]:
    """Each consultation under the clause of the revision in force when it began."""
    stated, register = archive.stated, archive.register
    clauses = list(_clauses(stated))
    for consultation, told in by_subject(stated, "consultation").items():
        conducted = first_of(told, "rc:conductedBy")
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
                yield conclusion(
                    consultation, "rc:mandatedBy", clause.entity, "consultation-mandate", premises, modality
                )
                break


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause or excerpt about consultation: the claim that makes it a part, and the duty that it lays down."""

    entity: Entity
    revision: Entity
    part: Stated
    duty: Stated
    words: str
    addressees: tuple[Entity | Value, ...]


def _clauses(stated: Sequence[Stated]) -> Iterator[_Clause]:
    """The clauses about consultation: those of the resolutions' own texts first, then excerpts, each in order."""
    about = re.compile(rule("consultation-mandate")["subject_matter"], re.IGNORECASE)
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


def _began(consultation: Entity, told: Sequence[Stated]) -> str | None:
    """The first day of the month in which the consultation began, as stated, else as its key has it."""
    start = first_of(told, "schema:startDate")
    words = start.claim.object.text if start and isinstance(start.claim.object, Value) else consultation.key[-1]
    return f"{words[:7]}-01" if re.match(r"\d{4}-\d{2}", words) else None


def _in_force(revision: Entity, day: str, register: Register) -> bool:
    kind, issuer, number = revision.key[:3]
    found = register.in_force(kind, issuer, number, day)
    return found is not None and found.entity == revision


def _ties(stated: Sequence[Stated], body: Entity, clause: _Clause) -> tuple[str, ...]:
    """The claims that tie the body to the clause: the text that set it up, and its accordance with this revision.

    Of several, those of the document that quotes the clause come first.
    """
    ranks = {predicate: rank for rank, predicate in enumerate(rule("consultation-mandate")["ties"])}
    own = [one for one in stated if one.claim.subject == body and one.claim.modality == "asserted"]
    own.sort(key=lambda one: (one.document != clause.part.document, ranks.get(one.claim.predicate, len(ranks))))
    delegation = next((one.key for one in own if one.claim.predicate in ranks), None)
    accords = next(
        (o.key for o in own if o.claim.predicate == "rc:inAccordanceWith" and o.claim.object == clause.revision), None
    )
    return tuple(key for key in (delegation, accords) if key)
