"""What in the registers does not add up, and what documents cite that no register knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.model import Entity, Finding, Link, Severity
from ingest.registers import dates
from ingest.registers.folding import fold
from ingest.registers.forms import read
from ingest.registers.records import NUMBERED_ANEW, Meeting, NumberForm, Officer
from ingest.registers.references import known_things, references
from ingest.registers.tables import Row

if TYPE_CHECKING:
    from ingest.register import Register


def check(register: Register) -> tuple[Finding, ...]:
    """Every doubt about the registers, as findings that name the line: the graph is built in spite of warnings."""
    return (
        *_dead_references(register),
        *_colliding_names(register),
        *_revisions(register),
        *_meetings(register),
        *_officers(register),
        *_consultations(register),
        *_forms(register),
    )


def coverage(links: Iterable[Link]) -> tuple[tuple[str, str, int, str], ...]:
    """What documents cite that no register knows: (kind of mention, words, times, reason), most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    reasons: dict[tuple[str, str], str] = {}
    for link in links:
        if link.entity is None:
            key = (link.mention.kind, " ".join(link.mention.quote.split()))
            counts[key] += 1
            reasons.setdefault(key, link.reason)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((kind, words, times, reasons[kind, words]) for (kind, words), times in ranked)


def _finding(row: Row, code: str, message: str, severity: Severity = "warning") -> Finding:
    return Finding(code, severity, f"{row.place}: {message}", document=None)


def _dead_references(register: Register) -> Iterator[Finding]:
    known = known_things(register.tables)
    for row, entity in references(register.tables):
        if entity not in known:
            message = f"{entity} is in no register. Add it, or correct the reference."
            yield _finding(row, "dead-reference", message, "violation")


def _colliding_names(register: Register) -> Iterator[Finding]:
    """Names that need no context, and yet name two things of a kind."""
    seen: defaultdict[tuple[str, str], dict[Entity, Row]] = defaultdict(dict)
    for name in register.tables.names:
        if not name.context and name.form != "keyword":
            kind = "event" if name.entity.kind in ("conference", "session") else name.entity.kind
            seen[kind, fold(name.text)].setdefault(name.entity, name.row)
    for (_, text), rows in seen.items():
        if len(rows) > 1:
            things = ", ".join(sorted(map(str, rows)))
            message = f"{text!r} names {things}. Set context to yes on each, or remove one."
            yield _finding(list(rows.values())[-1], "colliding-names", message)


def _revisions(register: Register) -> Iterator[Finding]:
    for instrument in register.tables.instruments:
        revisions = register.revisions(instrument.kind, instrument.issuer, instrument.number)
        for earlier, later in pairwise(revisions):
            if later.first and instrument.kind not in NUMBERED_ANEW:
                message = f"it is called the first text, but {earlier.year} is earlier. Correct first."
                yield _finding(later.row, "revisions-out-of-order", message)
            if earlier.status != "adopted":
                message = f"it is {earlier.status}, but {later.year} revised it. Correct status."
                yield _finding(earlier.row, "revisions-out-of-order", message)
        for revision in revisions:
            event = register.event(revision.adopted_at) if revision.adopted_at else None
            if event is not None and revision.city and revision.city not in event.cities:
                message = f"adopted in {revision.city}, but {event.label} was held in {event.city}."
                yield _finding(revision.row, "city-of-other-conference", message)


def _meetings(register: Register) -> Iterator[Finding]:
    """Meetings of one body whose days overlap, or that are out of the order of their ordinals."""
    for slug in sorted({meeting.body for meeting in register.tables.meetings}):
        bounds = [(m, bound) for m in register.meetings(slug) if (bound := meeting_bounds(m)) is not None]
        for (earlier, first), (later, second) in pairwise(bounds):
            if second[1] <= first[0]:
                message = f"meeting {later.ordinal} is not after meeting {earlier.ordinal}. Correct the dates."
                yield _finding(later.row, "overlapping-intervals", message)
            elif earlier.end and later.start and later.start <= earlier.end:
                message = f"meeting {later.ordinal} begins before meeting {earlier.ordinal} has ended."
                yield _finding(later.row, "overlapping-intervals", message)


def meeting_bounds(meeting: Meeting) -> dates.Interval | None:
    """The earliest and the latest day on which a meeting can have been held; None when nothing is known."""
    first, last = meeting.start or meeting.not_before, meeting.end or meeting.not_after or meeting.start
    if first is None or last is None:
        return None
    return dates.interval(first)[0], dates.interval(last)[1]


def _officers(register: Register) -> Iterator[Finding]:
    """Two persons known to chair one body on the same day."""
    chairs: Mapping[str, list[Officer]] = defaultdict(list)
    for officer in register.tables.officers:
        if officer.role == "chair":
            chairs[officer.body].append(officer)
    for held in chairs.values():
        ordered = sorted(held, key=lambda o: o.since or o.seen_first)
        for earlier, later in pairwise(ordered):
            if later.person != earlier.person and earlier.holds(dates.interval(later.since or later.seen_first)[0]):
                message = f"{later.person} chairs while {earlier.person} does. Correct the dates."
                yield _finding(later.row, "overlapping-intervals", message)


def _consultations(register: Register) -> Iterator[Finding]:
    for consultation in register.tables.consultations:
        first, last = consultation.first_month, consultation.last_month
        if first and last and last < first:
            message = f"it ends in {last}, before it begins in {first}. Exchange them."
            yield _finding(consultation.row, "overlapping-intervals", message)


def _forms(register: Register) -> Iterator[Finding]:
    """Examples that a form does not read as it says, and near misses that any form reads."""
    for form in register.number_forms:
        for example in form.examples:
            problem = example_problem(form, example)
            if problem:
                yield _finding(form.row, "number-form", problem, "violation")
        for text in form.near_misses:
            readers = [other.name for other in register.number_forms if read(other, text) is not None]
            if readers:
                message = f"near miss {text!r} is read by {', '.join(readers)}. Narrow the regex."
                yield _finding(form.row, "number-form", message, "violation")


def example_problem(form: NumberForm, example: Mapping[str, str]) -> str | None:
    """What is wrong with a form's own example, or None: it must be read whole, with the parts that it states."""
    found = read(form, example["text"])
    if found is None:
        return f"example {example['text']!r} is not read. Widen the regex."
    stated = {**found.parts, "key": "/".join(found.entity.key)}
    wrong = [f"{k} {stated.get(k)!r}" for k, v in example.items() if k != "text" and stated.get(k) != v]
    return f"example {example['text']!r} is read with {', '.join(wrong)}." if wrong else None
