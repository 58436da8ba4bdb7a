"""What rows refer to: every reference must end in a row of another register."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.model import Entity
from ingest.registers.loading import Tables
from ingest.registers.tables import Row

KEYS = (
    ("bodies", "body", "parent"),
    ("offices", "body", "body"),
    ("persons", "state", "country"),
    ("officers", "person", "person"),
    ("officers", "body", "body"),
    ("events", "body", "body"),
    ("events", "state", "country"),
    ("event_forms", "body", "body"),
    ("instruments", "body", "issuer"),
    ("revisions", "body", "issuer"),
    ("body_instruments", "body", "body"),
    ("meetings", "body", "body"),
    ("meetings", "state", "country"),
    ("consultations", "body", "body"),
    ("topics", "topic", "broader"),
    ("topics", "scheme", "scheme"),
)
"""Table, kind of the thing referred to, column that holds its key."""

MANY = (("topics", "topic", "related"), ("consultations", "topic", "topics"))
"""The same for columns that hold several keys."""

ENTITIES = (
    ("revisions", "instrument"),
    ("revisions", "adopted_at"),
    ("revisions", "replaced_by"),
    ("body_instruments", "revision"),
    ("consultations", "decided_at"),
    ("names", "entity"),
)
"""Table and column that holds an entity."""


LEADS = (("bodies", "body", "parent"), ("topics", "topic", "broader"))
"""Table, kind and column of what leads on to another thing of the same kind, and must never lead back."""


def leads(tables: Tables) -> dict[Entity, tuple[Row, Entity]]:
    """The one thing that each body, topic and merged text leads on to, with the row that says so."""
    steps: dict[Entity, tuple[Row, Entity]] = {}
    for table, kind, column in LEADS:
        for thing in getattr(tables, table):
            if (slug := getattr(thing, column)) is not None:
                steps[thing.entity] = (thing.row, Entity(kind, (slug,)))
    latest = {revision.instrument: revision.entity for revision in sorted(tables.revisions, key=lambda r: r.year)}
    for revision in tables.revisions:
        if (into := revision.replaced_by) is not None:
            steps[revision.entity] = (revision.row, latest.get(into, into))
    return steps


def known_things(tables: Tables) -> frozenset[Entity]:
    """Everything that has a row."""
    groups = (
        tables.bodies, tables.offices, tables.states, tables.persons, tables.events, tables.instruments,
        tables.revisions, tables.meetings, tables.consultations, tables.topics, tables.schemes,
    )  # fmt: skip
    return frozenset(thing.entity for group in groups for thing in group)


def references(tables: Tables) -> Iterator[tuple[Row, Entity]]:
    """Every reference from a row to another thing."""
    for table, kind, column in KEYS:
        for thing in getattr(tables, table):
            if (slug := getattr(thing, column)) is not None:
                yield thing.row, Entity(kind, (slug,))
    for table, kind, column in MANY:
        for thing in getattr(tables, table):
            yield from ((thing.row, Entity(kind, (slug,))) for slug in getattr(thing, column))
    for table, column in ENTITIES:
        for thing in getattr(tables, table):
            if (entity := getattr(thing, column)) is not None:
                yield thing.row.covering(column), entity
    for form in tables.number_forms:
        slugs = [form.body] if form.body else list(form.bodies.values())
        yield from ((form.row, Entity("body", (slug,))) for slug in slugs)
