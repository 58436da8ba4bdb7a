"""What in the registers does not add up. Each code is a term of `ontology/schemes/finding-code.ttl`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ingest.model import Entity, Finding
from ingest.registers import check_texts, check_times
from ingest.registers.doubts import doubt
from ingest.registers.folding import fold
from ingest.registers.forms import read
from ingest.registers.records import NumberForm
from ingest.registers.references import known_things, leads, references
from ingest.registers.tables import Row

if TYPE_CHECKING:
    from ingest.register import Register


def check(register: Register) -> tuple[Finding, ...]:
    """Every doubt about the registers, as findings that name the line: the graph is built in spite of warnings."""
    return (
        *_dead_references(register),
        *_circles(register),
        *_colliding_names(register),
        *_colliding_tags(register),
        *check_texts.check(register),
        *check_times.check(register),
        *_forms(register),
    )


def _dead_references(register: Register) -> Iterator[Finding]:
    known = known_things(register.tables)
    for row, entity in references(register.tables):
        if entity not in known:
            message = f"{entity} is in no register. Add it, or correct the reference."
            yield doubt(row, "dead-reference", message, "violation")


def _circles(register: Register) -> Iterator[Finding]:
    """Things that lead back to themselves: a body that is its own ancestor, a text replaced by what it replaced."""
    steps = leads(register.tables)
    for start, (row, _) in steps.items():
        passed = [start]
        while (step := steps.get(passed[-1])) is not None and step[1] not in passed:
            passed.append(step[1])
        if step is not None and step[1] == start == min(passed, key=str):
            way = " to ".join(str(entity) for entity in (*passed, start))
            yield doubt(row, "circular-reference", f"it leads in a circle: {way}. Cut it at one row.", "violation")


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
            yield doubt(list(rows.values())[-1], "colliding-names", message)


def _colliding_tags(register: Register) -> Iterator[Finding]:
    """Tags that two conferences, or two sessions, share: a text cited by its tag would be of either."""
    seen: defaultdict[tuple[str, str], list[Entity]] = defaultdict(list)
    for event in register.tables.events:
        if event.tag:
            seen[event.kind, fold(event.tag)].append(event.entity)
            if len(same := seen[event.kind, fold(event.tag)]) > 1:
                message = f"the tag {event.tag} is that of {same[0]} too. Correct one of them."
                yield doubt(event.row, "colliding-names", message)


def _forms(register: Register) -> Iterator[Finding]:
    """Examples that a form does not read as it says, and near misses that any form reads."""
    for form in register.number_forms:
        for example in form.examples:
            problem = example_problem(form, example)
            if problem:
                yield doubt(form.row, "number-form", problem, "violation")
        for text in form.near_misses:
            readers = [other.name for other in register.number_forms if read(other, text) is not None]
            if readers:
                message = f"near miss {text!r} is read by {', '.join(readers)}. Narrow the regex."
                yield doubt(form.row, "number-form", message, "violation")


def example_problem(form: NumberForm, example: Mapping[str, str]) -> str | None:
    """What is wrong with a form's own example, or None: it must be read whole, with the parts that it states."""
    found = read(form, example["text"])
    if found is None:
        return f"example {example['text']!r} is not read. Widen the regex."
    stated = {**found.parts, "key": "/".join(found.entity.key)}
    wrong = [f"{k} {stated.get(k)!r}" for k, v in example.items() if k != "text" and stated.get(k) != v]
    return f"example {example['text']!r} is read with {', '.join(wrong)}." if wrong else None
