"""What does not add up in the times of registers: intervals that overlap, and what was known before it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from ingest.model import Finding
from ingest.registers import dates
from ingest.registers.doubts import doubt
from ingest.registers.grouping import grouped
from ingest.registers.records import Consultation, Event, Meeting, Officer, Revision
from ingest.registers.tables import Row

if TYPE_CHECKING:
    from ingest.register import Register

T = TypeVar("T", Event, Meeting)

ONE_AT_A_TIME = frozenset({"chair", "secretary-general", "deputy-secretary-general", "director"})
"""Roles that one person at a time holds in a body."""


def check(register: Register) -> Iterator[Finding]:
    """Doubts about meetings, conferences, sessions, officers, rounds of consultation, and what was known when."""
    yield from _meetings(register)
    yield from _events(register)
    yield from _officers(register)
    yield from _consultations(register)
    for row, first in _beginnings(register):
        if row.known_since is not None and dates.interval(row.known_since)[1] < first:
            message = f"known since {row.known_since}, but it was not before {first}. Correct known_since."
            yield doubt(row, "known-before-it-was", message)


def _meetings(register: Register) -> Iterator[Finding]:
    """Meetings of one body that overlap, or that are out of the order of their ordinals."""
    for slug in sorted({meeting.body for meeting in register.tables.meetings}):
        bounds = [(m, bound) for m in register.meetings(slug) if (bound := meeting_bounds(m)) is not None]
        for (earlier, first), (later, second) in pairwise(bounds):
            if second[1] <= first[0]:
                message = f"meeting {later.ordinal} is not after meeting {earlier.ordinal}. Correct the dates."
                yield doubt(later.row, "overlapping-intervals", message)
            elif _overlap(earlier, later):
                message = f"meeting {later.ordinal} begins before meeting {earlier.ordinal} has ended."
                yield doubt(later.row, "overlapping-intervals", message)


def meeting_bounds(meeting: Meeting) -> dates.Interval | None:
    """The earliest and the latest day on which a meeting can have been held; None when nothing is known."""
    first, last = meeting.start or meeting.not_before, meeting.end or meeting.not_after or meeting.start
    if first is None or last is None:
        return None
    return dates.interval(first)[0], dates.interval(last)[1]


def _events(register: Register) -> Iterator[Finding]:
    """Conferences or sessions of one body that overlap, and those held in another year than that of their key."""
    for body, events in grouped(register.tables.events, lambda event: event.body).items():
        if body is None:
            continue
        for event in events:
            if event.start and event.year and not event.start.startswith(event.year):
                message = f"it begins on {event.start}, in another year than {event.year}. Correct one of them."
                yield doubt(event.row, "event-in-other-year", message)
        held = sorted((event for event in events if event.start), key=lambda event: event.start or "")
        for earlier, later in pairwise(held):
            if _overlap(earlier, later):
                message = f"{later.label} begins before {earlier.label} has ended. Correct the dates."
                yield doubt(later.row, "overlapping-intervals", message)


def _overlap(earlier: T, later: T) -> bool:
    """Whether two surely overlap: dates of a month or a year alone leave room."""
    if earlier.end is None or later.start is None:
        return False
    return dates.interval(later.start)[1] <= dates.interval(earlier.end)[0]


def _officers(register: Register) -> Iterator[Finding]:
    """Two persons known to hold on the same day what one at a time holds."""
    single = [officer for officer in register.tables.officers if officer.role in ONE_AT_A_TIME]
    for (_, role), held in grouped(single, lambda officer: (officer.body, officer.role)).items():
        for earlier, later in pairwise(_in_order(held)):
            if later.person != earlier.person and earlier.holds(dates.interval(later.since or later.seen_first)[0]):
                message = f"{later.person} is {role} while {earlier.person} is. Correct the dates."
                yield doubt(later.row, "overlapping-intervals", message)


def _in_order(officers: Sequence[Officer]) -> list[Officer]:
    return sorted(officers, key=lambda officer: officer.since or officer.seen_first)


def _consultations(register: Register) -> Iterator[Finding]:
    for consultation in register.tables.consultations:
        first, last = consultation.first_month, consultation.last_month
        if first and last and last < first:
            message = f"it ends in {last}, before it begins in {first}. Exchange them."
            yield doubt(consultation.row, "overlapping-intervals", message)


def _beginnings(register: Register) -> Iterator[tuple[Row, str]]:
    """Each row that speaks of what was, and the first day on which that can have been; plans may be known before."""
    tables = register.tables
    for event in tables.events:
        if event.modality == "asserted" and (first := event.start or event.year):
            yield event.row, dates.interval(first)[0]
    for revision in tables.revisions:
        yield revision.row, _adopted(register, revision)
    for meeting in tables.meetings:
        if bounds := meeting_bounds(meeting):
            yield meeting.row, bounds[0]
    for officer in tables.officers:
        yield officer.row, dates.interval(officer.since or officer.seen_first)[0]
    yield from (begun for round_ in tables.consultations for begun in _begun(round_))


def _begun(consultation: Consultation) -> Iterator[tuple[Row, str]]:
    """A window is held to have run only by a source of its last month or later."""
    if consultation.window == "asserted" and (last := consultation.last_month or consultation.first_month):
        yield consultation.row, dates.interval(last)[0]


def _adopted(register: Register, revision: Revision) -> str:
    event = register.event(revision.adopted_at) if revision.adopted_at is not None else None
    return dates.interval((event.start if event else None) or revision.year)[0]
