"""The things that registers know, each with the row it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ingest.model import Entity, Modality
from ingest.registers import dates
from ingest.registers.tables import Row

NUMBERED_ANEW = frozenset({"opinion"})
"""Kinds of instrument whose numbers begin again at every conference: a later text is not a revision of an earlier."""

NameForm: TypeAlias = Literal["usual", "official", "abbreviation", "adjective", "keyword"]


@dataclass(frozen=True, slots=True)
class Name:
    """A way to write something.

    context is True where the words alone do not say which thing is meant ("the Council", "DG", "the Group"):
    a finder may propose it, never link it without a reason. language is a tag, or "und" for what is the same in all.
    """

    text: str
    entity: Entity
    form: NameForm
    language: str
    context: bool
    row: Row


@dataclass(frozen=True, slots=True)
class Body:
    """An organization, organ, group or series of conferences."""

    slug: str
    label: str
    label_fr: str | None
    kind: str
    parent: str | None
    row: Row

    @property
    def entity(self) -> Entity:
        """The body as a subject of claims."""
        return Entity("body", (self.slug,))


@dataclass(frozen=True, slots=True)
class Office:
    """A post that people hold in turn. body is where it is held; None for roles that many bodies have."""

    slug: str
    label: str
    body: str | None
    role: str | None
    row: Row

    @property
    def entity(self) -> Entity:
        """The office as a subject of claims."""
        return Entity("office", (self.slug,))


@dataclass(frozen=True, slots=True)
class State:
    """A State: label is the usual English name, official the full one."""

    iso3: str
    label: str
    official: str | None
    row: Row

    @property
    def entity(self) -> Entity:
        """The State as a subject of claims."""
        return Entity("state", (self.iso3,))


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in the record; country is an ISO 3166-1 alpha-3 code, aliases are other spellings."""

    slug: str
    name: str
    country: str | None
    aliases: tuple[str, ...]
    row: Row

    @property
    def entity(self) -> Entity:
        """The person as a subject of claims."""
        return Entity("person", (self.slug,))


@dataclass(frozen=True, slots=True)
class Event:
    """A conference, a session, or another named event or process.

    kind is "conference" (of the body named), "session" (of the body named) or "event". start and end are dates of
    any precision. modality is "planned" where the sources only announce it. cited_by says whether its texts are cited
    by its city and year ("Rev. Alba, 2018") or by its tag ("Rev. ABC-18").
    """

    kind: Literal["conference", "session", "event"]
    body: str | None
    year: str | None
    slug: str | None
    label: str
    ordinal: str | None
    city: str | None
    cities: tuple[str, ...]
    country: str | None
    start: str | None
    end: str | None
    tag: str | None
    modality: Modality
    cited_by: str
    row: Row

    @property
    def entity(self) -> Entity:
        """Entity("conference" or "session", (body, year)), or Entity("event", (slug,))."""
        if self.kind == "event":
            return Entity("event", (self.slug or "",))
        return Entity(self.kind, (self.body or "", self.year or ""))

    @property
    def closing(self) -> dates.Interval | None:
        """The days that its last day can be: none before its first day; None when not even the year is known."""
        known = self.end or self.year or self.start
        if known is None:
            return None
        earliest, latest = dates.interval(known)
        if self.end is None and self.start is not None:
            earliest = max(earliest, dates.interval(self.start)[0])
        return earliest, latest


@dataclass(frozen=True, slots=True)
class Instrument:
    """A resolution, decision, recommendation or opinion as such, whatever its revisions.

    complete_until is a date up to which the register's list of its revisions is held to be complete (a later
    document says "last amended …"); None: other revisions than those listed may exist.
    """

    kind: str
    issuer: str
    number: str
    label: str | None
    complete_until: str | None
    row: Row

    @property
    def entity(self) -> Entity:
        """The instrument as a subject of claims."""
        return Entity("instrument", (self.kind, self.issuer, self.number))


@dataclass(frozen=True, slots=True)
class Revision:
    """One dated text of an instrument; titles belong to it, not to the instrument.

    adopted_at is the conference or session, None where unknown. first is True for the first text, False for a later
    one, None where unknown. title is None where it was not read whole; title_begins then holds what was read.
    status is "adopted", "merged" (its content went into the revision replaced_by) or "abrogated" (at ended).
    """

    kind: str
    issuer: str
    number: str
    year: str
    adopted_at: Entity | None
    city: str | None
    title: str | None
    title_begins: str | None
    notations: tuple[str, ...]
    first: bool | None
    status: str
    replaced_by: Entity | None
    ended: str | None
    row: Row

    @property
    def entity(self) -> Entity:
        """The revision as a subject of claims."""
        return Entity("revision", (self.kind, self.issuer, self.number, self.year))

    @property
    def instrument(self) -> Entity:
        """What it is a revision of."""
        return Entity("instrument", (self.kind, self.issuer, self.number))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A numbered meeting of a body. start and end are days or None; not_before and not_after bound them."""

    body: str
    ordinal: str
    start: str | None
    end: str | None
    not_before: str | None
    not_after: str | None
    city: str | None
    country: str | None
    place: str | None
    row: Row

    @property
    def entity(self) -> Entity:
        """The meeting as a subject of claims."""
        return Entity("meeting", (self.body, self.ordinal))


@dataclass(frozen=True, slots=True)
class Consultation:
    """A round of consultation.

    key is its first month, or another lasting key where that is not known (first_month is then None). window says
    how the sources put the months: "planned" where no source says that it ran. questions is a count. number is the
    official one, never counted on. decided_at is an Entity (meeting or session) or None.
    """

    body: str
    key: str
    first_month: str | None
    last_month: str | None
    title: str
    mode: str | None
    questions: str | None
    decided_at: Entity | None
    decided_on: str | None
    physical_meeting: str | None
    number: str | None
    topics: tuple[str, ...]
    window: Modality
    row: Row

    @property
    def entity(self) -> Entity:
        """The consultation as a subject of claims."""
        return Entity("consultation", (self.body, self.key))


@dataclass(frozen=True, slots=True)
class Officer:
    """A person in a role in a body.

    since and until are when the role began and ended, None where unknown; seen_first and seen_last are the first and
    last days on which a source shows the person in it.
    """

    person: str
    body: str
    role: str
    since: str | None
    until: str | None
    seen_first: str
    seen_last: str
    row: Row

    @property
    def entity(self) -> Entity:
        """The membership as a subject of claims."""
        return Entity("membership", (self.person, self.body, self.role, self.since or self.seen_first))

    def holds(self, on: str) -> bool:
        """Whether the register knows that the role was held on an ISO day."""
        first = dates.interval(self.since or self.seen_first)[0]
        last = dates.interval(self.until or self.seen_last)[1]
        return first <= on <= last


@dataclass(frozen=True, slots=True)
class Scheme:
    """A list of topics that belong together."""

    slug: str
    label: str
    row: Row

    @property
    def entity(self) -> Entity:
        """The scheme as a subject of claims."""
        return Entity("scheme", (self.slug,))


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject in the scheme; position is its place in the list it comes from, None outside that list."""

    slug: str
    label: str
    scheme: str
    broader: str | None
    related: tuple[str, ...]
    position: int | None
    row: Row

    @property
    def entity(self) -> Entity:
        """The topic as a subject of claims."""
        return Entity("topic", (self.slug,))


@dataclass(frozen=True, slots=True)
class BodyInstrument:
    """What a text does for a body: relation is a prefixed name such as "rc:establishedBy"."""

    body: str
    relation: str
    revision: Entity
    row: Row


@dataclass(frozen=True, slots=True)
class StakeholderWording:
    """How a source words a group of respondents, and the concept it comes close to (close, broad or narrow)."""

    wording: str
    concept: str
    match: str
    row: Row


@dataclass(frozen=True, slots=True)
class NumberForm:
    """A way to write document numbers, compiled; key says what makes the thing named one thing.

    entity is the kind of thing ("document", "instrument", "revision"); key are templates over the pattern's groups
    and "body" ("{meeting}"). body is the body whose series it is, or None where `bodies` maps the group "series".
    """

    name: str
    pattern: re.Pattern[str]
    entity: str
    key: tuple[str, ...]
    body: str | None
    bodies: Mapping[str, str]
    meaning: Mapping[str, str]
    examples: tuple[Mapping[str, str], ...]
    near_misses: tuple[str, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A document number as one form reads it. parts are the groups as written, body and folded year included."""

    form: NumberForm
    entity: Entity
    body: str
    parts: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.form.name, self.entity))
