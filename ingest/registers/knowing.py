"""Since when each row is known, and the registers as they were known on a day.

A row says so itself (known_since). Where it does not, an event, a text or a role is known since it was over, adopted
or seen: never before that, and to nobody's surprise on that day.

Who and what there is to be named (bodies, offices, States, people, topics) and how it is written are the means of
reading: every text is read with all of them, whatever its date, so that a thing has one address from the first mention
on. What their rows say beside is as old as the row, and undated where the row is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from ingest.model import Entity
from ingest.registers import dates
from ingest.registers.loading import Tables
from ingest.registers.records import Event, Instrument, Officer
from ingest.registers.references import references
from ingest.registers.tables import Row

MEANS = frozenset(
    {
        "bodies", "offices", "states", "persons", "schemes", "topics", "stakeholders", "number_forms", "event_forms",
    }
)  # fmt: skip
"""The tables of what is there to be named: means of reading, known at all times."""


WITHOUT = {"status": "adopted"}
"""What stands for a cell that is not known yet, where that is not simply nothing."""


def dated(tables: Tables) -> Tables:
    """The same registers, with a known_since on every row whose own dates give one."""
    events = {event.entity: event for event in tables.events}
    of_text = {revision.entity: _adoption(revision, events) for revision in tables.revisions}
    first_text: dict[Entity, str] = {}
    for revision in sorted(tables.revisions, key=lambda r: r.year, reverse=True):
        first_text[revision.instrument] = revision.row.known_since or of_text[revision.entity]
    rules: Mapping[str, Callable[[Any], str | None]] = {
        "events": _event,
        "revisions": lambda revision: of_text[revision.entity],
        "instruments": lambda instrument: first_text.get(instrument.entity),
        "body_instruments": lambda link: of_text.get(link.revision, link.revision.key[3]),
        "meetings": lambda m: m.end or _bounds(m.not_before, m.not_after) or m.start,
        "consultations": lambda c: c.last_month or c.first_month,
        "officers": _officer,
    }
    changed: dict[str, tuple[Any, ...]] = {}
    rows = {row.name: row for row in tables.rows}
    for table, rule in rules.items():
        things = tuple(_since(thing, rule) for thing in getattr(tables, table))
        rows.update((thing.row.name, thing.row) for thing in things)
        changed[table] = things
    return replace(tables, **changed, rows=tuple(rows.values()))


def _since(thing: Any, rule: Callable[[Any], str | None]) -> Any:
    if thing.row.known_since is not None:
        return thing
    since = rule(thing)
    return thing if since is None else replace(thing, row=replace(thing.row, known_since=_written(since)))


def _written(date: str) -> str:
    """A date of any precision as known_since has it: a day, or the two days that bound it."""
    earliest, latest = dates.interval(date)
    return earliest if earliest == latest else f"{earliest}/{latest}"


def _bounds(earliest: str | None, latest: str | None) -> str | None:
    if earliest is None or latest is None:
        return None
    return f"{dates.interval(earliest)[0]}/{dates.interval(latest)[1]}"


def _event(event: Event) -> str | None:
    """The closing of what was held; an event that is only planned says nothing of when its plan was known."""
    return event.end or event.year or event.start if event.modality == "asserted" else None


def _adoption(revision: Any, events: Mapping[Entity, Event]) -> str:
    event = events.get(revision.adopted_at) if revision.adopted_at is not None else None
    closing = event.closing if event is not None else None
    return revision.year if closing is None else "/".join(closing)


def _officer(officer: Officer) -> str:
    return officer.seen_first


def latest(row: Row) -> str | None:
    """The day from which a row is surely known; None for one that is known at all times."""
    return None if row.known_since is None else dates.interval(row.known_since)[1]


def days(tables: Tables) -> tuple[str, ...]:
    """Every day on which a row became known, in order."""
    return tuple(sorted({day for row in _with_parts(tables.rows) if (day := latest(row)) is not None}))


def _with_parts(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from row.parts


def bounds_of_days(tables: Tables) -> dict[str, str]:
    """For each day on which a row became surely known, the first day on which one of these rows may have been."""
    found: dict[str, str] = {}
    for row in _with_parts(tables.rows):
        if row.known_since is not None:
            earliest, day = dates.interval(row.known_since)
            found[day] = min(earliest, found.get(day, day))
    return found


def known_on(tables: Tables, day: str, since: Mapping[Entity, str | None]) -> Tables:
    """The registers with only what was known on a day; since is what `existence` says of them.

    A thing that a known row speaks of is there, even if its own row was learnt later: then without what that row says
    of it. Its claims are the business of `Register.claims`, which go by the row.
    """

    def there(thing: Any) -> bool:
        known = since.get(thing.entity) if hasattr(thing, "entity") else latest(thing.row)
        return known is None or known <= day

    kept: dict[str, tuple[Any, ...]] = {}
    for field in fields(Tables):
        things = getattr(tables, field.name)
        if field.name in MEANS:
            kept[field.name] = things
        elif field.name == "rows":
            kept["rows"] = tuple(row for row in things if _by(row, day))
        elif field.name == "names":
            kept["names"] = tuple(name for name in things if _by_day(since.get(name.entity), day))
        else:
            kept[field.name] = tuple(_as_known(thing, day) for thing in things if there(thing))
    return Tables(**kept)


def _by(row: Row, day: str) -> bool:
    return _by_day(latest(row), day)


def _by_day(known: str | None, day: str) -> bool:
    return known is None or known <= day


def _as_known(thing: Any, day: str) -> Any:
    """The thing without the cells that were learnt later, and without what the whole row says if it was."""
    if isinstance(thing, Instrument) and not _by(thing.row, day):
        return replace(thing, complete_until=None)
    unlearnt = {
        column: WITHOUT.get(column) for column, _ in thing.row.later if not _by(thing.row.covering(column), day)
    }
    return replace(thing, **unlearnt) if unlearnt else thing


def existence(tables: Tables) -> dict[Entity, str | None]:
    """Since when each event, text and role is known to exist: its row's day, or that of the first row that names it."""
    since: dict[Entity, str | None] = {}
    for field in fields(Tables):
        if field.name in MEANS | {"rows", "names", "body_instruments"}:
            continue
        for thing in getattr(tables, field.name):
            since[thing.entity] = latest(thing.row)
    speaking: defaultdict[Entity, list[str | None]] = defaultdict(list)
    for row, entity in references(replace(tables, names=())):
        if entity in since:
            speaking[entity].append(latest(row))
    for entity, spoken in speaking.items():
        since[entity] = _first((since[entity], *spoken))
    return since


def _first(days_known: Iterable[str | None]) -> str | None:
    known = list(days_known)
    return None if any(day is None for day in known) else min(day for day in known if day is not None)
