"""Lookups of conferences, sessions, meetings and consultations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ingest.model import Entity
from ingest.registers.folding import fold
from ingest.registers.grouping import grouped
from ingest.registers.loading import Tables
from ingest.registers.records import Consultation, Event, Meeting


class EventLookup:
    """The part of a register that answers about events."""

    tables: Tables

    @cached_property
    def _occasions(self) -> Mapping[str | None, tuple[Event, ...]]:
        dated = sorted(self.tables.events, key=lambda e: (e.year or "", e.start or ""))
        return grouped(dated, lambda e: e.body)

    def occasions(self, body: str) -> tuple[Event, ...]:
        """The conferences or sessions of a body, in order of year."""
        return self._occasions.get(body, ())

    def conferences(
        self, city: str | None = None, year: str | None = None, body: str | None = None
    ) -> tuple[Event, ...]:
        """The conferences held in that city and year: these two name the body, the city alone never does.

        Where a city is given, conferences whose texts are cited by their tag instead count only if no other was
        there that year.
        """
        place = None if city is None else fold(city)
        found = tuple(
            e
            for e in self.tables.events
            if e.kind == "conference"
            and year in (None, e.year)
            and body in (None, e.body)
            and (place is None or place in {fold(known) for known in e.cities})
        )
        by_city = tuple(e for e in found if e.cited_by == "city")
        return by_city if place is not None and body is None and by_city else found

    def conference(self, body: str, year: str) -> Event | None:
        """The conference of a body in a year."""
        return self.event(Entity("conference", (body, year)))

    def conference_tagged(self, tag: str) -> Event | None:
        """The conference with that tag, however it is hyphenated."""
        return self._tagged.get(("conference", fold(tag)))

    def session(self, body: str, year: str) -> Event | None:
        """The session of a body in a year."""
        return self.event(Entity("session", (body, year)))

    def session_tagged(self, tag: str) -> Event | None:
        """The session with that tag ("C19")."""
        return self._tagged.get(("session", fold(tag)))

    def event(self, entity: Entity) -> Event | None:
        """The conference, session or other event with that key."""
        return self._events.get(entity)

    @cached_property
    def _events(self) -> Mapping[Entity, Event]:
        return {event.entity: event for event in self.tables.events}

    @cached_property
    def _tagged(self) -> Mapping[tuple[str, str], Event]:
        return {(event.kind, fold(event.tag)): event for event in self.tables.events if event.tag}

    @cached_property
    def _meetings(self) -> Mapping[str, tuple[Meeting, ...]]:
        return grouped(sorted(self.tables.meetings, key=lambda m: int(m.ordinal)), lambda m: m.body)

    def meetings(self, body: str) -> tuple[Meeting, ...]:
        """The known meetings of a body, by ordinal; a gap in the ordinals is a meeting that nobody has entered."""
        return self._meetings.get(body, ())

    def meeting(self, body: str, ordinal: str | int) -> Meeting | None:
        """The meeting with that ordinal."""
        return next((m for m in self.meetings(body) if m.ordinal == str(ordinal)), None)

    def meeting_on(self, body: str, date: str) -> Meeting | None:
        """The meeting that is known to have been held on that ISO day."""
        return next((m for m in self.meetings(body) if m.start and m.start <= date <= (m.end or m.start)), None)

    @cached_property
    def _consultations(self) -> Mapping[str, tuple[Consultation, ...]]:
        return grouped(self.tables.consultations, lambda c: c.body)

    def consultations(self, body: str) -> tuple[Consultation, ...]:
        """The known rounds of consultation of a body, in the register's order, which is that of time."""
        return self._consultations.get(body, ())

    def consultation(self, body: str, first_month: str) -> Consultation | None:
        """The round that began in that month (YYYY-MM), or that has that key."""
        return next((c for c in self.consultations(body) if c.key == first_month), None)
