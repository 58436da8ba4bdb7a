"""Folders of register files to tables of checked records; what each file holds is in `data/curated/README.md`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from ingest.errors import IngestError
from ingest.registers import lines, naming
from ingest.registers.forms import read_forms
from ingest.registers.lines import EventForm
from ingest.registers.records import (
    Body,
    BodyInstrument,
    Consultation,
    Event,
    Instrument,
    Meeting,
    Name,
    NumberForm,
    Office,
    Officer,
    Person,
    Revision,
    Scheme,
    StakeholderWording,
    State,
    Topic,
)
from ingest.registers.tables import Record, Row, read

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tables:
    """All registers as tuples, in the order of the folders and their lines."""

    bodies: tuple[Body, ...] = ()
    offices: tuple[Office, ...] = ()
    states: tuple[State, ...] = ()
    persons: tuple[Person, ...] = ()
    officers: tuple[Officer, ...] = ()
    events: tuple[Event, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    revisions: tuple[Revision, ...] = ()
    body_instruments: tuple[BodyInstrument, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    topics: tuple[Topic, ...] = ()
    stakeholders: tuple[StakeholderWording, ...] = ()
    number_forms: tuple[NumberForm, ...] = ()
    event_forms: tuple[EventForm, ...] = ()
    names: tuple[Name, ...] = ()
    rows: tuple[Row, ...] = ()


TABLES: tuple[tuple[str, str, Sequence[str], Callable[[Record], Any]], ...] = (
    ("bodies", "bodies", lines.BODY, lines.body),
    ("offices", "offices", lines.OFFICE, lines.office),
    ("states", "states", lines.STATE, lines.state),
    ("persons", "persons", lines.PERSON, lines.person),
    ("officers", "officers", lines.OFFICER, lines.officer),
    ("conferences", "events", lines.CONFERENCE, lines.conference),
    ("sessions", "events", lines.CONFERENCE, lines.session),
    ("events", "events", lines.EVENT, lines.event),
    ("event_forms", "event_forms", lines.EVENT_FORM, lines.event_form),
    ("resolutions", "instruments", lines.INSTRUMENT, lines.instrument),
    ("revisions", "revisions", lines.REVISION, lines.revision),
    ("body_instruments", "body_instruments", lines.BODY_INSTRUMENT, lines.body_instrument),
    ("meetings", "meetings", lines.MEETING, lines.meeting),
    ("consultations", "consultations", lines.CONSULTATION, lines.consultation),
    ("schemes", "schemes", lines.SCHEME, lines.scheme),
    ("topics", "topics", lines.TOPIC, lines.topic),
    ("stakeholder_groups", "stakeholders", lines.STAKEHOLDER, lines.stakeholder),
)
"""File stem, table, columns, and what makes a record of a line."""

NAME_TABLES = ("body", "office", "state", "topic", "event")
"""Kinds with a file <kind>_names.csv, whose first column has the name of the kind."""


def load_tables(folders: Sequence[Path]) -> Tables:
    """Read every register of the folders. Raises IngestError for a bad row or one that stands twice."""
    for folder in folders:
        if not folder.is_dir():
            raise IngestError(f"{folder}: no such folder of registers. Give a folder such as data/curated/common.")
    tables: dict[str, list[Any]] = {field.name: [] for field in fields(Tables)}
    for folder in folders:
        for stem, table, columns, make in TABLES:
            tables[table] += [make(record) for record in read(folder / f"{stem}.csv", columns)]
        for kind in NAME_TABLES:
            records = read(folder / f"{kind}_names.csv", (kind, *lines.NAME))
            tables["names"] += [lines.name(kind, record) for record in records]
        tables["number_forms"] += read_forms(folder / "number_forms.toml")
    for table, items in tables.items():
        if table not in ("names", "rows"):
            tables["rows"] += _unique(item.row for item in items)
    tables["rows"] += _unique(name.row for name in tables["names"])
    tables["names"] = naming.all_names(tables, tables["event_forms"])
    return Tables(**{table: tuple(items) for table, items in tables.items()})


def _unique(rows: Iterable[Row]) -> list[Row]:
    met: dict[str, Row] = {}
    for row in rows:
        if row.name in met:
            raise IngestError(f"{row.place}: {row.key} stands already in {met[row.name].place}. Delete one of them.")
        met[row.name] = row
    return list(met.values())
