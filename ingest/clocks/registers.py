"""Since when the registers' own facts are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from ingest.clocks import Answer, history
from ingest.graph.triples import merged
from ingest.model import Claim, Entity, Held, Known, Value
from ingest.register import Register
from ingest.registers import dates, facts, knowing
from ingest.registers.grouping import grouped
from ingest.registers.records import Meeting
from ingest.registers.tables import Row

BEFORE_ALL = ""
"""A day before all days, on which only what is known at all times is there."""


def known(row: Row) -> Known:
    """Since when a row is known."""
    return Known() if row.known_since is None else Known(*dates.interval(row.known_since))


def register_of(claim: Claim) -> str:
    """The register that a claim of basis "register" was read in."""
    return (claim.row or "unknown/").split("/", 1)[0]


def register_history(register: Register) -> Iterator[Held]:
    """Every fact of the registers with the time for which it is known.

    Most rest on one row, and are as old as it is. What rests on several (a revision is in force until the next one) is
    asked again for every day on which one of these rows became known.
    """
    several: set[tuple[Entity, str, Entity | Value]] = set()
    for days, ask in _of_several_rows(register):
        for kept in history(days, ask):
            row = register.row(kept.claim.row or "")
            several.add(_statement(kept.claim))
            yield Held(kept.key, kept.claim, _since(row, kept.since, kept.until, register))
    yield from _single(register, (claim for claim in register.claims() if _statement(claim) not in several))


def _statement(claim: Claim) -> tuple[Entity, str, Entity | Value]:
    return claim.subject, claim.predicate, claim.object


def _of_several_rows(register: Register) -> Iterator[tuple[list[str], Callable[[str], Answer]]]:
    """For each instrument and each meeting, the days that matter to it and what is said of it on a day."""
    tables = register.tables
    small = Register(
        replace(tables, names=(), rows=_rows(tables.events, tables.instruments, tables.revisions)), register.digest
    )
    events = {body: _rows(group) for body, group in grouped(tables.events, lambda event: event.body).items()}
    texts = grouped(tables.revisions, lambda revision: revision.instrument)
    for instrument in tables.instruments:
        rows = (instrument.row, *_rows(texts.get(instrument.entity, ())), *events.get(instrument.issuer, ()))
        yield _days(rows), partial(_of_instrument, small, instrument.entity)
    names = grouped((n for n in tables.names if n.form == "abbreviation"), lambda name: name.entity)
    for meeting in tables.meetings:
        rows = (meeting.row, *_rows(names.get(Entity("body", (meeting.body,)), ())))
        yield _days(rows), partial(_of_meeting, register, meeting)


def _rows(*groups: Iterable[Any]) -> tuple[Row, ...]:
    """The rows of these things, each once."""
    return tuple({thing.row.name: thing.row for group in groups for thing in group}.values())


def _days(rows: Iterable[Row]) -> list[str]:
    every = chain.from_iterable((row, *row.parts) for row in rows)
    return [BEFORE_ALL, *sorted({day for row in every if (day := knowing.latest(row)) is not None})]


def _of_instrument(register: Register, entity: Entity, day: str) -> Answer:
    known = register.known_on(day)
    found = known.instrument(*entity.key)
    said = facts.of_instrument(known, found) if found is not None else iter(())
    return _keyed(claim for claim in said if claim.row and known.row(claim.row))


def _of_meeting(register: Register, meeting: Meeting, day: str) -> Answer:
    known = register.known_on(day)
    found = known.meeting(meeting.body, meeting.ordinal)
    said = facts.of_meeting(known, found) if found is not None else iter(())
    return _keyed(claim for claim in said if claim.row and known.row(claim.row))


def _keyed(claims: Iterable[Claim]) -> Answer:
    by_register: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_register[register_of(claim)].append(claim)
    return {key: claim for name, group in by_register.items() for key, claim in merged(f"register/{name}", group)}


def _single(register: Register, claims: Iterable[Claim]) -> Iterator[Held]:
    """Facts of one row each; what two rows say alike is known since the first of them."""
    since: dict[tuple[str, str], Known] = {}
    held: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        name = register_of(claim)
        row = register.row(claim.row or "")
        for key, each in merged(f"register/{name}", [claim]):
            when = known(row) if row is not None else Known()
            before = since.get((name, key))
            held.setdefault((name, key), each)
            if before is None or (when.latest is not None and (before.latest is None or when.latest < before.latest)):
                since[name, key] = when
    for (name, key), claim in held.items():
        yield Held(key, claim, since[name, key])


def _since(row: Row | None, day: str, until: str | None, register: Register) -> Known:
    if day == BEFORE_ALL:
        return Known(until=until)
    if row is not None and knowing.latest(row) == day:
        return Known(dates.interval(row.known_since or day)[0], day, until)
    return Known(register.bounds_of_days.get(day, day), day, until)
