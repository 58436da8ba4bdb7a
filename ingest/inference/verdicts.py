"""How a revision that a document cites stands to the text in force on the document's date: one of four verdicts.

A verdict needs the document's date, or bounds on both sides between which the answer is the same, and rows of the
registers that somebody verified, the days of the events included. Else nobody can tell, and the reason says why. It
is a conclusion about a citation, so that what is learned later can overturn it and the citation stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from ingest.inference.archive import Account, Archive, conclusion
from ingest.model import Claim, Entity
from ingest.register import Event, Register, Revision
from ingest.registers.facts import revision_label

RULE = "citation-verdict"
BEGINS, CEASES = "eli:first_date_entry_in_force", "eli:date_no_longer_in_force"

Term: TypeAlias = Literal["current", "stale", "ahead", "cannot-tell"]
Period: TypeAlias = tuple[str | None, str | None]
"""The first and the last day that a document can be of; None where there is no such bound."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict with its reason, a sentence for people.

    successor is the revision in force instead, for stale alone. rests_on are statements of the registers that the
    verdict follows from, as (subject, predicate).
    """

    term: Term
    reason: str
    successor: Entity | None = None
    rests_on: tuple[tuple[Entity, str], ...] = ()


def citation_verdicts(archive: Archive) -> Iterator[Claim]:
    """A verdict for each citation of each document, and the successor beside each stale one."""
    judge = _Judge(archive.register)
    for account in archive.accounts:
        occasions = _Occasions(account, archive.register)
        age = _age(account, archive.register)
        for key, claim in account.claims:
            cited = _cited(claim)
            if cited is None or not isinstance(claim.object, Entity):
                continue
            found = judge.verdict(cited, (age.earliest, account.latest), occasions.of(cited))
            if age.latest_cited is not None:
                found = _on_that_assumption(found)
            premises = tuple(dict.fromkeys((key, *_premises(archive, account, found, age))))
            term = Entity("concept", ("verdict", found.term))
            yield conclusion(claim.object, "rc:verdict", term, RULE, premises, doubt=found.reason)
            if found.successor is not None:
                yield conclusion(claim.object, "rc:successor", found.successor, RULE, premises, doubt=found.reason)


@dataclass(frozen=True, slots=True)
class _Age:
    """The first day that a document can be of. latest_cited is the key of the citation that says so, if one does."""

    earliest: str | None
    latest_cited: str | None = None


def _age(account: Account, register: Register) -> _Age:
    """A document of which only the last possible day is known is taken to be no older than the latest text it cites."""
    found = _Age(account.earliest)
    if account.latest is None or account.earliest is not None:
        return found
    for key, claim in account.claims:
        cited = _cited(claim)
        revision = _revision(register, cited) if cited is not None else None
        if revision is None or not revision.row.vouches("year"):
            continue
        in_force = register.first_day(revision)[0]
        if (found.earliest or "") < in_force <= account.latest:
            found = _Age(in_force, key)
    return found


def _cited(claim: Claim) -> Entity | None:
    """What a record of a citation cites; None for every other claim."""
    if claim.predicate != "rc:records" or not isinstance(claim.object, Entity) or claim.object.kind != "citation":
        return None
    return next((v for p, v in claim.details if p == "cito:hasCitedEntity" and isinstance(v, Entity)), None)


def _on_that_assumption(found: Verdict) -> Verdict:
    """A verdict on a document dated by the latest text it cites: it may be current, and nothing more is said of it."""
    if found.term == "current":
        words = "The document is taken to be no older than the latest text it cites."
        return replace(found, reason=f"{found.reason} {words}")
    return _open("the first day that the document can be of is not known")


def _premises(archive: Archive, account: Account, found: Verdict, age: _Age) -> Iterator[str]:
    """The keys of what the verdict rests on beside the citation: the document's date, the days in force."""
    if found.rests_on and age.latest_cited is not None:
        yield age.latest_cited
    if found.rests_on and account.document is not None:
        own = {key for key, _ in account.claims}
        yield from (one.key for one in archive.said(account.document, "dcterms:date") if one.key in own)
    for subject, predicate in found.rests_on:
        yield from (one.key for one in archive.said(subject, predicate) if one.claim.basis == "register")


# ---- the occasion on which a document was adopted -------------------------------------------------------------------


@dataclass(slots=True)
class _Occasions:
    """The conferences and sessions whose outcome a document is: whose texts it holds clause by clause, or whose
    document it is by its number. A quotation of a clause makes nobody's outcome."""

    account: Account
    register: Register
    _found: frozenset[Entity] | None = None

    def of(self, cited: Entity) -> Event | None:
        """The event that adopted both the document and the revision cited."""
        revision = _revision(self.register, cited)
        event = self.register.event(revision.adopted_at) if revision and revision.adopted_at else None
        if event is None or event.body is None:
            return None
        return event if event.body in self._bodies or event.entity in self._events else None

    @property
    def _bodies(self) -> tuple[str, ...]:
        own = self.account.document
        return own.key[:1] if own is not None and len(own.key) > 1 else ()

    @property
    def _events(self) -> frozenset[Entity]:
        if self._found is None:
            self._found = frozenset(self._told())
        return self._found

    def _told(self) -> Iterator[Entity]:
        own = self.account.document
        for _, claim in self.account.claims:
            said = claim.object
            if not isinstance(said, Entity):
                continue
            if claim.predicate in {"rc:filedFor", "rc:reportsOn"} and claim.subject == own:
                yield said
            elif claim.predicate == "eli:has_part" and said.kind == "clause" and claim.subject.kind == "revision":
                revision = _revision(self.register, claim.subject)
                if revision is not None and revision.adopted_at is not None:
                    yield revision.adopted_at


def _revision(register: Register, entity: Entity) -> Revision | None:
    return register.revision(*entity.key) if entity.kind == "revision" and len(entity.key) == 4 else None


# ---- the verdict ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Judge:
    """Works out each verdict once for a revision, a period and an occasion."""

    register: Register
    _kept: dict[tuple[Entity, Period, Entity | None], Verdict] = field(default_factory=dict)

    def verdict(self, cited: Entity, period: Period, occasion: Event | None) -> Verdict:
        """How the revision cited stands to the text in force; occasion is the event that adopted both, if one did."""
        at = (cited, period, occasion.entity if occasion else None)
        if at not in self._kept:
            self._kept[at] = verdict(self.register, cited, period, occasion)
        return self._kept[at]


def verdict(register: Register, cited: Entity, period: Period, occasion: Event | None = None) -> Verdict:
    """How a revision stands to the text that was in force when a document of that period was written."""
    if cited.kind != "revision":
        return _open("the citation names no revision")
    first, last = period
    if first is None or last is None:
        known = "nothing" if first == last else "one bound alone"
        return _open(f"{known} is known of the document's date")
    revision = _revision(register, cited)
    if revision is None:
        return _open("the register does not know the revision cited")
    if not revision.row.vouches("year"):
        return _open("nobody verified the register's row for the revision cited")
    if occasion is not None and _during(occasion, first, last):
        reason = f"{occasion.label} adopted both the document and the revision cited."
        return Verdict("current", reason, rests_on=((cited, "rc:adoptedAt"),))
    if last < register.first_day(revision)[0]:
        return Verdict("ahead", _sentence("the revision cited was not in force yet"), rests_on=((cited, BEGINS),))
    return _against(register, revision, first, last)


def _during(event: Event, first: str, last: str) -> bool:
    """Whether the whole period lies within days of the event that somebody verified."""
    if not event.start or not event.end or not event.row.vouches("start", "end"):
        return False
    return event.start <= first and last <= event.end


def _against(register: Register, cited: Revision, first: str, last: str) -> Verdict:
    """The verdict on a text that may have been in force, by what was."""
    held = register.held_on(cited, first, last)
    if held.revision is None:
        return _open(held.reason)
    now = held.revision
    rests_on = tuple((now.entity, predicate) for predicate in (BEGINS, CEASES))
    if now.entity == cited.entity:
        return Verdict("current", _sentence("the revision cited was in force"), rests_on=rests_on)
    was = f"{_written(register, now)} was in force"
    if now.instrument == cited.instrument and now.year < cited.year:
        return Verdict("ahead", _sentence(was), rests_on=(*rests_on, (cited.entity, BEGINS)))
    if now.instrument != cited.instrument:
        rests_on += ((now.entity, "dcterms:replaces"),)
        was = f"its content had gone into another instrument, of which {was}"
    return Verdict("stale", _sentence(was), now.entity, rests_on)


def _written(register: Register, revision: Revision) -> str:
    instrument = register.instrument(revision.kind, revision.issuer, revision.number)
    return revision_label(instrument, revision) if instrument else f"the text of {revision.year}"


def _open(reason: str) -> Verdict:
    return Verdict("cannot-tell", f"Cannot tell: {reason}.")


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]} on the document's date."
