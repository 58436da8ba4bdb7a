"""Lookups of instruments and their revisions, and of the text in force."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ingest.model import Entity
from ingest.registers import dates
from ingest.registers import standing as in_force_rule
from ingest.registers.by_event import EventLookup
from ingest.registers.grouping import grouped
from ingest.registers.records import NUMBERED_ANEW, BodyInstrument, Instrument, Revision
from ingest.registers.standing import Reach, Standing


class TextLookup(EventLookup):
    """The part of a register that answers about resolutions, decisions and their revisions."""

    @cached_property
    def _instruments(self) -> Mapping[Entity, Instrument]:
        return {instrument.entity: instrument for instrument in self.tables.instruments}

    @cached_property
    def _revisions(self) -> Mapping[Entity, tuple[Revision, ...]]:
        return grouped(sorted(self.tables.revisions, key=lambda r: r.year), lambda r: r.instrument)

    @cached_property
    def _issuers(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        same = grouped(self.tables.instruments, lambda i: (i.kind, i.number))
        return {key: tuple(sorted(i.issuer for i in found)) for key, found in same.items()}

    def instrument(self, kind: str, issuer: str, number: str) -> Instrument | None:
        """The instrument as such."""
        return self._instruments.get(Entity("instrument", (kind, issuer, number)))

    def instruments(
        self, kind: str | None = None, issuer: str | None = None, number: str | None = None
    ) -> tuple[Instrument, ...]:
        """All instruments of that kind, issuer and number; what is None is not asked for."""
        return tuple(
            i
            for i in self.tables.instruments
            if kind in (None, i.kind) and issuer in (None, i.issuer) and number in (None, i.number)
        )

    def revisions(self, kind: str, issuer: str, number: str) -> tuple[Revision, ...]:
        """The known revisions, in order of year; there may be others (Instrument.complete_until)."""
        return self._revisions.get(Entity("instrument", (kind, issuer, number)), ())

    def revision(self, kind: str, issuer: str, number: str, year: str) -> Revision | None:
        """The revision of that year."""
        return next((r for r in self.revisions(kind, issuer, number) if r.year == year), None)

    def issuers_of_number(self, kind: str, number: str) -> tuple[str, ...]:
        """The bodies that are known to have issued that number: for texts that write no issuer. Others may exist."""
        return self._issuers.get((kind, number), ())

    def next_revision(self, revision: Revision) -> Revision | None:
        """The next known revision of the same instrument."""
        later = (r for r in self._revisions.get(revision.instrument, ()) if r.year > revision.year)
        return None if revision.kind in NUMBERED_ANEW else next(later, None)

    def previous_revision(self, revision: Revision) -> Revision | None:
        """The last known revision before this one, of the same instrument."""
        earlier = [r for r in self._revisions.get(revision.instrument, ()) if r.year < revision.year]
        return earlier[-1] if earlier and revision.kind not in NUMBERED_ANEW else None

    def standing(self, kind: str, issuer: str, number: str, on: str, until: str | None = None) -> Standing:
        """What the register can say about the text in force on a day (or throughout on..until), and why."""
        return in_force_rule.standing(
            self.instrument(kind, issuer, number),
            self.revisions(kind, issuer, number),
            self.occasions(issuer),
            on,
            until,
        )

    def held_on(self, cited: Revision, on: str, until: str) -> Standing:
        """What was in force in place of a revision on every day of on..until, on the word of verified cells alone.

        Where the content went into another instrument, that instrument's text. revision is None where nobody can tell.
        """
        if cited.kind in NUMBERED_ANEW:
            own = [event for event in self.occasions(cited.issuer) if event.entity == cited.adopted_at]
            found = in_force_rule.standing(None, [cited], own, on, until)
        else:
            found = self.standing(cited.kind, cited.issuer, cited.number, on, until)
        met = {cited.instrument}
        while found.verified and found.successor is not None and found.successor.key[:3] not in {e.key for e in met}:
            met.add(Entity("instrument", found.successor.key[:3]))
            kind, issuer, number = found.successor.key[:3]
            found = self.standing(kind, issuer, number, on, until)
        if found.verified and found.revision is not None:
            return found
        return Standing(None, _why_open(found), found.candidates)

    def first_day(self, revision: Revision) -> dates.Interval:
        """The first day that a revision can be in force, earliest and latest, on the word of verified cells alone."""
        _, texts, events = in_force_rule.verified_part(None, [revision], self.occasions(revision.issuer))
        return in_force_rule.begin(texts[0] if texts else revision, events)

    def in_force(self, kind: str, issuer: str, number: str, on: str) -> Revision | None:
        """The revision in force on an ISO day, by the rule of `ingest.registers.standing`; None: cannot tell, or none.

        The revision's own row may be unverified: look at `standing(...).verified` before calling another one stale.
        """
        return self.standing(kind, issuer, number, on).revision

    def reaches(self, kind: str, issuer: str, number: str) -> tuple[Reach, ...]:
        """When each known revision begins and ceases to be in force, as intervals."""
        return in_force_rule.reaches(self.revisions(kind, issuer, number), self.occasions(issuer))

    @cached_property
    def _body_instruments(self) -> Mapping[str, tuple[BodyInstrument, ...]]:
        return grouped(self.tables.body_instruments, lambda b: b.body)

    def body_instruments(self, body: str) -> tuple[BodyInstrument, ...]:
        """The revisions that established a body, hold its terms of reference and so on."""
        return self._body_instruments.get(body, ())


def _why_open(found: Standing) -> str:
    """Why nobody can tell: the register's own reason, or what stands against an answer that nobody verified."""
    if found.revision is None and found.successor is None:
        return found.reason
    if found.revision is not None and not found.revision.row.vouches("year"):
        return f"nobody verified the register's row for the text of {found.revision.year}"
    told = "" if found.successor is None else f"{found.reason}, which nobody verified; "
    return f"{told}going by the verified rows of the register alone, {found.doubt}"
