"""All names of all things: those written in the name registers, and those that other registers imply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ingest.model import Entity
from ingest.registers.folding import fold
from ingest.registers.lines import EventForm
from ingest.registers.records import Event, Name, NameForm
from ingest.registers.tables import Row

_HOLE = re.compile(r"\{(\w+)\}")


def all_names(tables: Mapping[str, Sequence[Any]], forms: Iterable[EventForm]) -> list[Name]:
    """The names in the registers of names and, after them, labels, official names, aliases, tags and event forms.

    A name that a register of names holds keeps its flags: a label that is repeated there is not added again.
    """
    written: list[Name] = list(tables["names"])
    known = {(name.entity, name.text) for name in written}
    added: list[Name] = []
    for name in _implied(tables, list(forms)):
        if (name.entity, name.text) not in known:
            known.add((name.entity, name.text))
            added.append(name)
    return written + added


def _implied(tables: Mapping[str, Sequence[Any]], forms: Sequence[EventForm]) -> Iterator[Name]:
    for body in tables["bodies"]:
        yield _name(body.label, body.entity, body.row)
        if body.label_fr:
            yield _name(body.label_fr, body.entity, body.row, language="fr")
    for thing in (*tables["offices"], *tables["topics"]):
        yield _name(thing.label, thing.entity, thing.row)
    for state in tables["states"]:
        yield _name(state.label, state.entity, state.row)
        if state.official:
            yield _name(state.official, state.entity, state.row, form="official")
    for person in tables["persons"]:
        for text in (person.name, *person.aliases):
            yield _name(text, person.entity, person.row, language="und")
    for event in tables["events"]:
        yield from event_names(event, forms)


def event_names(event: Event, forms: Sequence[EventForm]) -> Iterator[Name]:
    """The label and the tag of an event, and the forms of its body that have something for every hole."""
    yield _name(event.label, event.entity, event.row)
    for form in forms:
        if form.body != event.body:
            continue
        for city in event.cities or (None,):
            values = {"tag": event.tag, "year": event.year, "yy": (event.year or "")[2:], "city": city}
            values["ordinal"] = event.ordinal
            if all(values.get(hole) for hole in _HOLE.findall(form.template)):
                text = form.template.format_map(values)
                yield _name(text, event.entity, form.row, language=form.language, context=form.context)
    if event.tag:
        yield _name(event.tag, event.entity, event.row, form="abbreviation", language="und")


def later_event(text: str, forms: Iterable[EventForm], events: Iterable[Event]) -> Entity | None:
    """The conference or session that a form names, in a year after all that the register knows of its body.

    Before that a year without an event is a year in which none was held, or a slip: no entity is made of it.
    """
    known = list(events)
    found = {entity for form in forms if (entity := _later(text, form, known)) is not None}
    return found.pop() if len(found) == 1 else None


def _later(text: str, form: EventForm, events: Iterable[Event]) -> Entity | None:
    holes = set(_HOLE.findall(form.template))
    if form.context or holes not in ({"year"}, {"yy"}):
        return None
    pattern = (
        re.escape(fold(form.template.format(year="0000", yy="00")))
        .replace("0000", r"(20\d\d)")
        .replace("00", r"(\d\d)")
    )
    match = re.fullmatch(pattern, fold(text))
    occasions = [event for event in events if event.body == form.body and event.year]
    if match is None or not occasions:
        return None
    year = match.group(1) if "year" in holes else f"20{match.group(1)}"
    if year <= max(event.year or "" for event in occasions):
        return None
    return Entity(occasions[0].kind, (form.body, year))


def _name(
    text: str,
    entity: Entity,
    row: Row,
    *,
    form: NameForm = "usual",
    language: str = "en",
    context: bool = False,
) -> Name:
    return Name(text, entity, form, language, context, row)
