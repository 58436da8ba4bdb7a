"""Register rows as claims: what the graph says on the registers' word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from ingest.model import Claim, Entity, Value
from ingest.registers import days, events
from ingest.registers.records import Body, Instrument, Meeting, Office, Officer, Revision, State, Topic
from ingest.registers.saying import Sayer, concept, date

if TYPE_CHECKING:
    from ingest.register import Register

_Labelled: TypeAlias = Body | Office | State | Topic

INSTRUMENT_CLASSES: Mapping[str, tuple[str, ...]] = {
    "resolution": ("eli:ComplexWork", "undo:Resolution"),
    "decision": ("eli:ComplexWork", "undo:Decision"),
    "recommendation": ("eli:ComplexWork", "undo:Recommendation"),
}


def claims_of(register: Register) -> Iterator[Claim]:
    """Every fact of the registers, register by register."""
    yield from _bodies(register)
    yield from _offices(register)
    yield from _states(register)
    yield from _people(register)
    yield from of_texts(register)
    yield from chain.from_iterable(events.event(event) for event in register.tables.events)
    yield from chain.from_iterable(of_meeting(register, meeting) for meeting in register.tables.meetings)
    yield from chain.from_iterable(events.consultation(c) for c in register.tables.consultations)
    yield from _topics(register)
    yield from _alternatives(register)


def of_texts(register: Register) -> Iterator[Claim]:
    """The facts about instruments and their revisions."""
    return chain.from_iterable(of_instrument(register, instrument) for instrument in register.tables.instruments)


def of_instrument(register: Register, instrument: Instrument) -> Iterator[Claim]:
    """The facts about one instrument and its revisions, which rest on several rows: a text holds until the next one."""
    yield from _instrument(instrument)
    yield from _revisions(register, instrument)


def of_meeting(register: Register, meeting: Meeting) -> Iterator[Claim]:
    """The facts about a numbered meeting, which is labelled with a name of its body: a row of its own."""
    return events.meeting(register, meeting)


def _bodies(register: Register) -> Iterator[Claim]:
    for body in register.tables.bodies:
        say = Sayer(body.entity, body.row)
        yield from say.described(body.label, "org:Organization")
        if body.label_fr:
            yield say("rdfs:label", Value(body.label_fr, language="fr"), "label_fr")
        yield say("rc:bodyKind", concept("body-kind", body.kind), "kind")
        if body.parent:
            yield say("org:subOrganizationOf", Entity("body", (body.parent,)), "parent")
    for link in register.tables.body_instruments:
        yield Sayer(Entity("body", (link.body,)), link.row)(link.relation, link.revision)


def _offices(register: Register) -> Iterator[Claim]:
    for office in register.tables.offices:
        say = Sayer(office.entity, office.row)
        yield from say.described(office.label, "org:Post")
        if office.body:
            yield say("org:postIn", Entity("body", (office.body,)), "body")


def _states(register: Register) -> Iterator[Claim]:
    for state in register.tables.states:
        say = Sayer(state.entity, state.row)
        yield from say.described(state.label, "schema:Country")
        yield say("rc:iso3", Value(state.iso3), "iso3")


def _people(register: Register) -> Iterator[Claim]:
    for person in register.tables.persons:
        say = Sayer(person.entity, person.row)
        yield from say.described(person.name, "foaf:Person")
        yield say("foaf:name", Value(person.name), "name")
        if person.country:
            yield say("rc:country", Entity("state", (person.country,)), "country")
    for officer in register.tables.officers:
        yield _membership(register, officer)


def _membership(register: Register, officer: Officer) -> Claim:
    """A role as a record: it begins and ends where a source says so, not where the role was merely seen."""
    person = register.persons.get(officer.person)
    who = person.name if person else officer.person
    body = register.bodies.get(officer.body)
    label = f"{who}, {officer.role.replace('-', ' ')} of {body.label if body else officer.body}"
    details: list[tuple[str, Entity | Value]] = [
        ("rdf:type", Value("org:Membership", "curie")),
        ("rdfs:label", Value(label, language="en")),
        ("org:member", Entity("person", (officer.person,))),
        ("org:organization", Entity("body", (officer.body,))),
        ("org:role", concept("role", officer.role)),
    ]
    bounds = (("schema:startDate", date(officer.since)), ("schema:endDate", date(officer.until)))
    details += [(predicate, day) for predicate, day in bounds if day is not None]
    say = Sayer(Entity("person", (officer.person,)), officer.row)
    return say("org:hasMembership", officer.entity, details=tuple(details))


def _instrument(instrument: Instrument) -> Iterator[Claim]:
    say = Sayer(instrument.entity, instrument.row)
    classes = INSTRUMENT_CLASSES.get(instrument.kind, ("eli:ComplexWork",))
    label = instrument.label or f"{instrument.kind.capitalize()} {instrument.number}"
    yield from say.described(label, *classes)
    yield say("rc:issuer", Entity("body", (instrument.issuer,)), "issuer")
    yield say("rc:number", Value(instrument.number), "number")


def _revisions(register: Register, instrument: Instrument) -> Iterator[Claim]:
    revisions = register.revisions(instrument.kind, instrument.issuer, instrument.number)
    for revision in revisions:
        yield from _revision(Sayer(revision.entity, revision.row), instrument, revision)
        if revision.replaced_by is not None:
            merged = Sayer(revision.replaced_by, revision.row)
            yield merged("dcterms:replaces", revision.entity, "replaced_by")
    yield from days.claims(instrument, revisions, register.occasions(instrument.issuer))


def _revision(say: Sayer, instrument: Instrument, revision: Revision) -> Iterator[Claim]:
    yield from say.described(revision_label(instrument, revision), "eli:LegalResource")
    yield say("eli:is_member_of", revision.instrument)
    yield say("rc:revisionYear", Value(revision.year, "xsd:gYear"), "year")
    yield say("eli:passed_by", Entity("body", (revision.issuer,)), "issuer")
    if revision.title:
        yield say("eli:title", Value(revision.title, language="en"), "title")
    if revision.adopted_at:
        yield say("rc:adoptedAt", revision.adopted_at, "adopted_at")


def revision_label(instrument: Instrument, revision: Revision) -> str:
    """How a revision is written: the first of its notations, after the name of the instrument."""
    name = instrument.label or f"{instrument.kind.capitalize()} {instrument.number}"
    return f"{name} ({revision.notations[0] if revision.notations else revision.year})"


def _topics(register: Register) -> Iterator[Claim]:
    for scheme in register.tables.schemes:
        yield from Sayer(scheme.entity, scheme.row).described(scheme.label, "skos:ConceptScheme")
    for topic in register.tables.topics:
        say = Sayer(topic.entity, topic.row)
        yield from say.described(topic.label, "skos:Concept")
        yield say("skos:prefLabel", Value(topic.label, language="en"), "label")
        yield say("skos:inScheme", Entity("scheme", (topic.scheme,)), "scheme")
        if topic.broader:
            yield say("skos:broader", Entity("topic", (topic.broader,)), "broader")
        for slug in topic.related:
            yield say("skos:related", Entity("topic", (slug,)), "related")


def _alternatives(register: Register) -> Iterator[Claim]:
    """Other names of bodies, offices, States and topics: those that name them without context."""
    labels = {thing.entity: thing.label for thing in _labelled(register)}
    for name in register.tables.names:
        label = labels.get(name.entity)
        if label is None or name.context or name.form in ("keyword", "adjective") or name.text == label:
            continue
        language = None if name.language == "und" else name.language
        yield Sayer(name.entity, name.row)("skos:altLabel", Value(name.text, language=language))


def _labelled(register: Register) -> Iterable[_Labelled]:
    tables = register.tables
    return chain[_Labelled](tables.bodies, tables.offices, tables.states, tables.topics)
