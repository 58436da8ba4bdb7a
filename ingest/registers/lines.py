"""What makes a record of one line of each register, and the columns that each register has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args

from ingest.model import Entity, Modality
from ingest.registers.records import (
    Body,
    BodyInstrument,
    Consultation,
    Event,
    Instrument,
    Meeting,
    Name,
    NameForm,
    Office,
    Officer,
    Person,
    Revision,
    Scheme,
    StakeholderWording,
    State,
    Topic,
)
from ingest.registers.tables import Record, Row

BODY = ("slug", "label", "label_fr", "kind", "parent")
OFFICE = ("slug", "label", "body", "role")
STATE = ("iso3", "label", "official")
PERSON = ("slug", "name", "country", "aliases")
OFFICER = ("person", "body", "role", "since", "until", "seen_first", "seen_last")
CONFERENCE = (
    "body", "year", "label", "ordinal", "city", "city_aliases", "country", "start", "end", "tag", "modality",
    "cited_by",
)  # fmt: skip
EVENT = ("slug", "label", "city", "country", "start", "end", "modality")
EVENT_FORM = ("body", "template", "language", "context")
INSTRUMENT = ("kind", "issuer", "number", "label", "complete_until")
REVISION = (
    "kind", "issuer", "number", "year", "adopted_at", "city", "title", "title_begins", "notations", "first",
    "status", "replaced_by", "ended",
)  # fmt: skip
BODY_INSTRUMENT = ("body", "relation", "kind", "issuer", "number", "year")
MEETING = ("body", "ordinal", "start", "end", "not_before", "not_after", "city", "country", "place")
CONSULTATION = (
    "body", "key", "first_month", "last_month", "title", "mode", "questions", "decided_at", "decided_on",
    "physical_meeting", "number", "topics", "window",
)  # fmt: skip
SCHEME = ("slug", "label")
TOPIC = ("slug", "label", "scheme", "broader", "related", "position")
STAKEHOLDER = ("wording", "concept", "match")
NAME = ("name", "language", "form", "context")

STATUSES = ("adopted", "merged", "abrogated")
RELATIONS = (
    "rc:establishedBy", "rc:termsOfReferenceIn", "rc:consultationModalityIn", "rc:mandatedBy", "rc:inAccordanceWith"
)  # fmt: skip
MODES = ("online", "physical", "online-and-physical")
INSTRUMENT_KINDS = ("resolution", "decision", "recommendation", "opinion")


@dataclass(frozen=True, slots=True)
class EventForm:
    """A way to name every conference or session of a body: "{tag}", "{year} Summit", "Summit ({city}, {year})"."""

    body: str
    template: str
    language: str
    context: bool
    row: Row


def body(record: Record) -> Body:
    """A line of bodies.csv."""
    slug = record.need("slug")
    return Body(
        slug,
        record.need("label"),
        record.maybe("label_fr"),
        record.need("kind"),
        record.maybe("parent"),
        record.row(slug),
    )


def office(record: Record) -> Office:
    """A line of offices.csv."""
    slug = record.need("slug")
    return Office(slug, record.need("label"), record.maybe("body"), record.maybe("role"), record.row(slug))


def state(record: Record) -> State:
    """A line of states.csv."""
    iso3 = record.need("iso3")
    return State(iso3, record.need("label"), record.maybe("official"), record.row(iso3))


def person(record: Record) -> Person:
    """A line of persons.csv."""
    slug = record.need("slug")
    return Person(slug, record.need("name"), record.maybe("country"), record.many("aliases"), record.row(slug))


def officer(record: Record) -> Officer:
    """A line of officers.csv. The role must have been seen at least once."""
    who, where, role = record.need("person"), record.need("body"), record.need("role")
    since, until = record.date("since"), record.date("until")
    record.need("seen_first")
    record.need("seen_last")
    seen_first, seen_last = record.date("seen_first") or "", record.date("seen_last") or ""
    if seen_last < seen_first:
        raise record.error(f"seen_last {seen_last} is before seen_first {seen_first}. Exchange them.")
    key = "-".join((who, where, role, since or seen_first))
    return Officer(who, where, role, since, until, seen_first, seen_last, record.row(key))


def conference(record: Record) -> Event:
    """A line of conferences.csv."""
    return _occasion(record, "conference")


def session(record: Record) -> Event:
    """A line of sessions.csv."""
    return _occasion(record, "session")


def _occasion(record: Record, kind: str) -> Event:
    where, year = record.need("body"), record.need("year")
    if not (len(year) == 4 and year.isdigit()):
        raise record.error(f"year is {year!r}. Write four digits.")
    start, end = _period(record)
    city = record.maybe("city")
    return Event(
        "conference" if kind == "conference" else "session",
        where, year, None, record.need("label"), record.maybe("ordinal"), city,
        (*((city,) if city else ()), *record.many("city_aliases")), record.maybe("country"), start, end,
        record.maybe("tag"), _modality(record, "modality"), record.choice("cited_by", ("city", "tag"), "city"),
        record.row(f"{where}-{year}"),
    )  # fmt: skip


def event(record: Record) -> Event:
    """A line of events.csv."""
    slug = record.need("slug")
    start, end = _period(record)
    city = record.maybe("city")
    return Event(
        "event", None, None, slug, record.need("label"), None, city, (city,) if city else (), record.maybe("country"),
        start, end, None, _modality(record, "modality"), "tag", record.row(slug),
    )  # fmt: skip


def event_form(record: Record) -> EventForm:
    """A line of event_forms.csv."""
    where, template = record.need("body"), record.need("template")
    return EventForm(
        where, template, record.need("language"), record.flag("context"), record.row(f"{where}: {template}")
    )


def instrument(record: Record) -> Instrument:
    """A line of resolutions.csv."""
    kind, issuer, number = _instrument_key(record)
    key = "-".join((kind, issuer, number)).replace("/", "-")
    return Instrument(kind, issuer, number, record.maybe("label"), record.date("complete_until"), record.row(key))


def revision(record: Record) -> Revision:
    """A line of revisions.csv: adopted_at says conference or session, of the issuer in that year."""
    kind, issuer, number = _instrument_key(record)
    year = record.need("year")
    record.parse("year", int)
    adopted = record.maybe("adopted_at") and record.choice("adopted_at", ("conference", "session"))
    first = record.choice("first", ("yes", "no", "unknown"))
    status = record.choice("status", STATUSES, "adopted")
    if status != "adopted" and not record.maybe("ended"):
        raise record.error(f"status is {status}, but ended is empty. Say when it ceased to be in force.")
    replaced_by = record.maybe("replaced_by")
    key = "-".join((kind, issuer, number, year)).replace("/", "-")
    return Revision(
        kind, issuer, number, year,
        Entity(adopted, (issuer, year)) if adopted else None,
        record.maybe("city"), record.maybe("title"), record.maybe("title_begins"), record.many("notations"),
        None if first == "unknown" else first == "yes", status,
        record.parse("replaced_by", instrument_path) if replaced_by else None, record.date("ended"), record.row(key),
    )  # fmt: skip


def body_instrument(record: Record) -> BodyInstrument:
    """A line of body_instruments.csv."""
    where, relation = record.need("body"), record.choice("relation", RELATIONS)
    key = (*_instrument_key(record), record.need("year"))
    name = "-".join((where, relation.partition(":")[2], *key)).replace("/", "-")
    return BodyInstrument(where, relation, Entity("revision", key), record.row(name))


def meeting(record: Record) -> Meeting:
    """A line of meetings.csv."""
    where, ordinal = record.need("body"), record.need("ordinal")
    record.parse("ordinal", int)
    start, end = _period(record)
    return Meeting(
        where, ordinal, start, end, record.date("not_before"), record.date("not_after"), record.maybe("city"),
        record.maybe("country"), record.maybe("place"), record.row(f"{where}-{ordinal}"),
    )  # fmt: skip


def consultation(record: Record) -> Consultation:
    """A line of consultations.csv: key is the first month where that is known."""
    where, key = record.need("body"), record.need("key")
    first_month = record.date("first_month")
    if first_month is not None and key != first_month:
        raise record.error(f"key is {key}, but the round began in {first_month}. The key is the first month.")
    decided = record.maybe("decided_at")
    if record.maybe("mode"):
        record.choice("mode", MODES)
    return Consultation(
        where, key, first_month, record.date("last_month"), record.need("title"), record.maybe("mode"),
        record.maybe("questions"), record.parse("decided_at", event_path) if decided else None,
        record.date("decided_on"), record.date("physical_meeting"), record.maybe("number"), record.many("topics"),
        _modality(record, "window"), record.row(f"{where}-{key}"),
    )  # fmt: skip


def scheme(record: Record) -> Scheme:
    """A line of schemes.csv."""
    slug = record.need("slug")
    return Scheme(slug, record.need("label"), record.row(slug))


def topic(record: Record) -> Topic:
    """A line of topics.csv."""
    slug = record.need("slug")
    position = record.parse("position", int) if record.maybe("position") else None
    return Topic(
        slug, record.need("label"), record.need("scheme"), record.maybe("broader"), record.many("related"), position,
        record.row(slug),
    )  # fmt: skip


def stakeholder(record: Record) -> StakeholderWording:
    """A line of stakeholder_groups.csv."""
    wording = record.need("wording")
    return StakeholderWording(
        wording,
        record.need("concept"),
        record.choice("match", ("exact", "close", "broad", "narrow")),
        record.row(wording),
    )


def name(kind: str, record: Record) -> Name:
    """A line of <kind>_names.csv."""
    thing, text = record.need(kind), record.need("name")
    form = cast("NameForm", record.choice("form", get_args(NameForm)))
    return Name(
        text,
        Entity(kind, (thing,)),
        form,
        record.need("language"),
        record.flag("context"),
        record.row(f"{thing}: {text}"),
    )


def instrument_path(path: str) -> Entity:
    """An instrument or a revision from its path, "resolution/council/1336/2019". Raises ValueError."""
    parts = tuple(path.split("/"))
    if len(parts) not in (3, 4) or parts[0] not in INSTRUMENT_KINDS or not all(parts):
        raise ValueError(f"{path!r} is no path; write kind/issuer/number or kind/issuer/number/year")
    return Entity("revision" if len(parts) == 4 else "instrument", parts)


def event_path(path: str) -> Entity:
    """A meeting, session or conference from its path, "session/council/2017". Raises ValueError."""
    parts = tuple(path.split("/"))
    if len(parts) != 3 or parts[0] not in ("meeting", "session", "conference") or not all(parts):
        raise ValueError(f"{path!r} is no path; write meeting/body/ordinal or session/body/year")
    return Entity(parts[0], parts[1:])


def _instrument_key(record: Record) -> tuple[str, str, str]:
    return record.choice("kind", INSTRUMENT_KINDS), record.need("issuer"), record.need("number")


def _period(record: Record) -> tuple[str | None, str | None]:
    start, end = record.date("start"), record.date("end")
    if start and end and end < start:
        raise record.error(f"it ends on {end}, before it starts on {start}. Exchange them.")
    return start, end


def _modality(record: Record, column: str) -> Modality:
    return cast("Modality", record.choice(column, ("asserted", "planned"), "asserted"))
