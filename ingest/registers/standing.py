"""Which revision of an instrument is in force on a day, as far as the register can tell.

The rule, and what it assumes, is in `ingest/decisions/0101-in-force.md`: a revision is in force from the day after the
last day of the conference or session that adopted it, until the last day of the one that adopted the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.model import Entity
from ingest.registers import dates
from ingest.registers.records import NUMBERED_ANEW, Event, Instrument, Revision

FAR = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register can say about the text in force on a day, or on every day of an interval.

    revision is None when the register cannot tell, or when nothing was in force; candidates then are the revisions
    that it may have been. successor is where the content went if the instrument was merged. verified is True only
    if the answer would be the same without every cell that nobody verified; doubt says what then stands against it.
    reason and doubt are for people to read behind a colon.
    """

    revision: Revision | None
    reason: str
    candidates: tuple[Revision, ...] = ()
    successor: Entity | None = None
    verified: bool = False
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """The first and the last day of a revision in force, each as (earliest, latest); ends is None while it lasts."""

    revision: Revision
    begins: dates.Interval
    ends: dates.Interval | None

    @property
    def ceases(self) -> dates.Interval | None:
        """The first day on which it is no longer in force."""
        return None if self.ends is None else (dates.day_after(self.ends[0]), dates.day_after(self.ends[1]))


def reaches(revisions: Sequence[Revision], events: Sequence[Event]) -> tuple[Reach, ...]:
    """When each revision of one instrument begins and ends to be in force; revisions are in order of year.

    events are the conferences or sessions of its issuer. ends is None for the last text as long as nothing ended it.
    """
    begins = [begin(revision, events) for revision in revisions]
    found = []
    for index, revision in enumerate(revisions):
        ends: dates.Interval | None = None
        if index + 1 < len(revisions) and revision.kind not in NUMBERED_ANEW:
            earliest, latest = begins[index + 1]
            ends = (dates.day_before(earliest), dates.day_before(latest))
        elif revision.ended is not None:
            ends = _merging(revision, events) or dates.interval(revision.ended)
        found.append(Reach(revision, begins[index], ends))
    return tuple(found)


def _merging(revision: Revision, events: Sequence[Event]) -> dates.Interval | None:
    """The days that a merged text's last one can be: the closing of the event that adopted what it went into."""
    into = revision.replaced_by
    if into is None or into.kind != "revision":
        return None
    adopted = (event for event in events if event.entity.key == (into.key[1], into.key[3]))
    return next((event.closing for event in adopted if event.closing is not None), None)


def begin(revision: Revision, events: Sequence[Event]) -> dates.Interval:
    """The first day in force: after the closing of the event that adopted it, or else some day of its year."""
    for event in events:
        if event.entity == revision.adopted_at and event.closing is not None:
            earliest, latest = event.closing
            return dates.day_after(earliest), dates.day_after(latest)
    earliest, latest = dates.interval(revision.year)
    return earliest, dates.day_after(latest)


def standing(
    instrument: Instrument | None,
    revisions: Sequence[Revision],
    events: Sequence[Event],
    on: str,
    until: str | None = None,
) -> Standing:
    """The revision in force on a day, or throughout on..until; see the module for the rule.

    "Cannot tell" is the answer when a day falls where a date is only known to the month or year, and when the issuer
    met after the last known revision and nothing says that it left the text alone.
    """
    found = _standing(instrument, revisions, events, on, until)
    if found.revision is None and found.successor is None:
        return found
    sure = _standing(*verified_part(instrument, revisions, events), on, until)
    same = _key(sure.revision) == _key(found.revision) and sure.successor == found.successor
    doubt = None if same else _doubt(found, revisions) or sure.reason
    return replace(found, verified=same, doubt=doubt)


def _doubt(found: Standing, revisions: Sequence[Revision]) -> str | None:
    """What an answer rests on that nobody verified, where it can be said in a few words."""
    if found.successor is None:
        return None
    moved = next((each for each in revisions if each.replaced_by == found.successor), None)
    if moved is None or moved.row.vouches("status", "replaced_by", "ended"):
        return None
    when = f" in {moved.ended[:4]}" if moved.ended else ""
    return f"nobody verified the row that says that its content went into another instrument{when}"


def _key(revision: Revision | None) -> Entity | None:
    return revision.entity if revision is not None else None


def verified_part(
    instrument: Instrument | None, revisions: Sequence[Revision], events: Sequence[Event]
) -> tuple[Instrument | None, list[Revision], list[Event]]:
    """The same rows without what nobody verified: of an event its year is left, for it may still have been held."""
    if instrument is not None and not instrument.row.vouches("complete_until"):
        instrument = replace(instrument, complete_until=None)
    kept = [_verified_text(revision) for revision in revisions if revision.row.vouches("year")]
    return instrument, kept, [_verified_event(event) for event in events]


def _verified_event(event: Event) -> Event:
    start, end = (
        day if event.row.vouches(name) else None for name, day in (("start", event.start), ("end", event.end))
    )
    return event if (start, end) == (event.start, event.end) else replace(event, start=start, end=end)


def _verified_text(revision: Revision) -> Revision:
    row = revision.row
    if not row.vouches("status", "replaced_by", "ended"):
        revision = replace(revision, status="adopted", replaced_by=None, ended=None)
    if not row.vouches("adopted_at"):
        revision = replace(revision, adopted_at=None)
    return revision if row.vouches("first") else replace(revision, first=None)


def _standing(
    instrument: Instrument | None,
    revisions: Sequence[Revision],
    events: Sequence[Event],
    on: str,
    until: str | None = None,
) -> Standing:
    if not revisions:
        return Standing(None, "no revision of it is in the register")
    first, last = dates.interval(on)[0], dates.interval(until or on)[1]
    spans = reaches(revisions, events)
    possible = tuple(r.revision for r in spans if r.begins[0] <= last and first <= (r.ends[1] if r.ends else FAR))
    if not possible:
        return _outside(spans, last)
    if len(possible) > 1 and possible[0].kind in NUMBERED_ANEW:
        return Standing(None, f"the number was given anew in {_years(possible)}", possible)
    if len(possible) > 1:
        return Standing(None, f"the date is not known well enough to choose between {_years(possible)}", possible)
    reach = next(r for r in spans if r.revision is possible[0])
    if reach.begins[1] > first:
        return Standing(None, f"the revision of {reach.revision.year} was adopted about then", possible)
    if reach.ends and reach.ends[0] < last:
        return Standing(None, f"the revision of {reach.revision.year} ended about then", possible)
    unseen = unseen_between(instrument, reach, spans, events, last)
    if unseen is not None:
        reason = f"{unseen.label} came after it, and the register does not say whether it revised it"
        return Standing(None, reason, possible)
    return Standing(reach.revision, "the last revision before that date", possible)


def _outside(spans: Sequence[Reach], last: str) -> Standing:
    if last < spans[0].begins[0]:
        known = spans[0].revision
        if known.first:
            return Standing(None, f"first adopted in {known.year}, after that date")
        return Standing(None, f"the first text known here is of {known.year}, after that date", (known,))
    final = spans[-1].revision
    if final.replaced_by is not None:
        return Standing(None, "its content went into another instrument", successor=final.replaced_by)
    return Standing(None, f"it ceased to be in force ({final.status})")


def unseen_between(
    instrument: Instrument | None, reach: Reach, spans: Sequence[Reach], events: Sequence[Event], last: str
) -> Event | None:
    """A conference or session after this revision that may have revised the text, unknown to the register.

    One that is only planned counts from its first day, if the register has that, and else when its year is over.
    """
    assured = instrument.complete_until if instrument else None
    if assured is not None and last <= dates.interval(assured)[1]:
        return None
    used = {span.revision.adopted_at for span in spans}
    since = assured or reach.revision.year
    for event in sorted(events, key=lambda e: e.year or ""):
        if event.entity in used or event.closing is None:
            continue
        unbegun = event.modality == "planned" and event.start is None
        if event.closing[0] >= last or (unbegun and event.closing[1] > last):
            continue
        if event.closing[1] >= reach.begins[0] and event.closing[1] > dates.interval(since)[0]:
            return event
    return None


def _years(revisions: Sequence[Revision]) -> str:
    return " and ".join(revision.year for revision in revisions)
