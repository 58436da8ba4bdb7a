"""From when to when each revision is in force, as the registers can say it: a day, or bounds with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.model import Claim, Value
from ingest.registers import dates
from ingest.registers.records import NUMBERED_ANEW, Event, Instrument, Revision
from ingest.registers.saying import Sayer
from ingest.registers.standing import FAR, Reach, reaches, unseen_between
from ingest.registers.tables import Row

RULE = "in-force-after-closing"
"""The rule of the claims about days in force: worked out from rows, not read in one."""

BEGINS = ("eli:first_date_entry_in_force", "rc:inForceFromEarliest", "rc:inForceFromLatest")
CEASES = ("eli:date_no_longer_in_force", "rc:noLongerInForceEarliest", "rc:noLongerInForceLatest")
"""The day where it is known, else the first and the last day that it can be."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A day on which a text begins or ceases to be in force: some day from earliest to latest, on the word of a row.

    latest is None where nothing bounds it, and rests on latest_row. reason says why the day is open. between: because
    there may have been another text in between.
    """

    earliest: str
    latest: str | None
    row: Row
    reason: str
    latest_row: Row
    between: bool = False


def claims(instrument: Instrument, revisions: Sequence[Revision], events: Sequence[Event]) -> Iterator[Claim]:
    """What the registers say about the days and the order of an instrument's revisions, which are in order of year."""
    held = [event for event in events if event.modality == "asserted"]
    spans = reaches(revisions, events)
    for at, reach in enumerate(spans):
        following = spans[at + 1] if at + 1 < len(spans) and instrument.kind not in NUMBERED_ANEW else None
        end = _end(instrument, reach, following, spans, held)
        yield from _said(reach.revision, BEGINS, _beginning(reach, events))
        yield from _said(reach.revision, CEASES, end)
        if following is not None:
            say = Sayer(following.revision.entity, following.revision.row)
            doubt = end.reason if end is not None and end.between else None
            yield replace(say("prov:wasRevisionOf", reach.revision.entity), doubt=doubt)
            yield replace(say("dcterms:replaces", reach.revision.entity), doubt=doubt)


def _said(revision: Revision, terms: tuple[str, str, str], edge: Edge | None) -> Iterator[Claim]:
    if edge is None:
        return
    exact, earliest, latest = terms
    if edge.earliest == edge.latest:
        yield Sayer(revision.entity, edge.row)(exact, Value(edge.earliest, "xsd:date"), rule=RULE)
        return
    for predicate, day, row in ((earliest, edge.earliest, edge.row), (latest, edge.latest, edge.latest_row)):
        if day is not None:
            said = Sayer(revision.entity, row)(predicate, Value(day, "xsd:date"), rule=RULE)
            yield replace(said, doubt=edge.reason)


def _beginning(reach: Reach, events: Sequence[Event]) -> Edge:
    """The day after the closing of the event that adopted it."""
    earliest, latest = reach.begins
    event = _adopting(reach.revision, events)
    row = reach.revision.row.covering("adopted_at")
    if event is None:
        return Edge(earliest, latest, row, "The registers do not know the conference or session that adopted it.", row)
    if not event.row.vouches("end"):
        row = event.row.covering("end")
    return Edge(earliest, latest, row, f"The registers do not know the day on which {event.label} closed.", row)


def _adopting(revision: Revision, events: Sequence[Event]) -> Event | None:
    return next((event for event in events if event.entity == revision.adopted_at), None)


def _end(
    instrument: Instrument, reach: Reach, following: Reach | None, spans: Sequence[Reach], events: Sequence[Event]
) -> Edge | None:
    """The first day on which the next text is in force; open from the closing of an event that may have revised it."""
    known = _known_end(reach, following, events)
    if instrument.kind in NUMBERED_ANEW:
        return known
    unseen = unseen_between(instrument, reach, spans, events, known.earliest if known else FAR)
    if unseen is None or unseen.closing is None:
        return known
    reason = f"{unseen.label} came after it, and the registers do not say whether it revised it."
    earliest = dates.day_after(unseen.closing[0])
    if known is not None and earliest >= known.earliest:
        return known
    latest, latest_row = (known.latest, known.latest_row) if known else (None, unseen.row)
    return Edge(earliest, latest, unseen.row, reason, latest_row, between=True)


def _known_end(reach: Reach, following: Reach | None, events: Sequence[Event]) -> Edge | None:
    """The end as the next text's row, or its own, gives it; None as long as none does."""
    if following is not None:
        return _beginning(following, events)
    ceases = reach.ceases
    if ceases is None:
        return None
    row = reach.revision.row.covering("ended")
    return Edge(*ceases, row, "The registers do not know the day on which it ended.", row)
