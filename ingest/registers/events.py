"""Conferences, sessions, meetings and consultations as claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ingest.graph.labels import ordinal
from ingest.model import Claim, Entity, Value
from ingest.registers.records import Consultation, Event, Meeting
from ingest.registers.saying import Sayer, concept, date, number, text

if TYPE_CHECKING:
    from ingest.register import Register

CLASSES: Mapping[str, tuple[str, ...]] = {
    "conference": ("eli-dl:Activity", "schema:Event", "rc:Conference"),
    "session": ("eli-dl:Activity", "schema:Event", "rc:Session"),
    "event": ("schema:Event",),
}


def event(event: Event) -> Iterator[Claim]:
    """A conference or session: planned dates and places are claims of plans."""
    say = Sayer(event.entity, event.row)
    yield from say.described(event.label, *CLASSES[event.kind])
    if event.body:
        yield say("schema:organizer", Entity("body", (event.body,)), "body")
    yield from say.stated(
        ("schema:startDate", date(event.start), "start"),
        ("schema:endDate", date(event.end), "end"),
        ("schema:location", text(event.city), "city"),
        modality=event.modality,
    )


def meeting(register: Register, meeting: Meeting) -> Iterator[Claim]:
    """A numbered meeting; dates that are only bounded are not claimed."""
    label = f"{register.short_name(meeting.body)}, {ordinal(int(meeting.ordinal))} meeting"
    place = ", ".join(part for part in (meeting.place, meeting.city) if part)
    say = Sayer(meeting.entity, meeting.row)
    yield from say.described(label, "eli-dl:Activity", "schema:Event", "rc:Meeting")
    yield say("schema:organizer", Entity("body", (meeting.body,)), "body")
    yield say("rc:ordinal", Value(meeting.ordinal, "xsd:integer"), "ordinal")
    yield from say.stated(
        ("schema:startDate", date(meeting.start), "start"),
        ("schema:endDate", date(meeting.end), "end"),
        ("schema:location", text(place), "place"),
    )


def consultation(round_: Consultation) -> Iterator[Claim]:
    """A round of consultation: conductor, window and mode are claimed as the sources put them, held or planned."""
    say = Sayer(round_.entity, round_.row)
    yield from say.described(f"Open consultation: {round_.title}", "rc:OpenConsultation", "eli-dl:Process")
    yield say("dcterms:title", Value(round_.title, language="en"), "title")
    for slug in round_.topics:
        yield say("dcterms:subject", Entity("topic", (slug,)), "topics")
    yield from say.stated(
        ("rc:questionCount", number(round_.questions), "questions"), ("rc:decidedAt", round_.decided_at, "decided_at")
    )
    yield from say.stated(
        ("rc:conductedBy", Entity("body", (round_.body,)), "body"),
        ("rc:mode", concept("mode", round_.mode) if round_.mode else None, "mode"),
        ("schema:startDate", date(round_.first_month), "first_month"),
        ("schema:endDate", date(round_.last_month), "last_month"),
        modality=round_.window,
    )
