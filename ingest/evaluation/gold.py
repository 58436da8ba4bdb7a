"""Reads a gold: a folder of JSON files in the guide's form (section 2), each beside the document that it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import IngestError
from ingest.evaluation import wording
from ingest.evaluation.account import Account, Doubt, Fact, Place, Thing, Trap, slug

SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf", ".xml")
"""What a document of a gold may be, in the order in which it is looked for."""

SEALED = "heldout"
"""A folder of this name, or below one, is kept aside: only sums are told of it, never what was missed."""

SELF = "document:self"


@dataclass(frozen=True, slots=True)
class GoldFile:
    """One document of a gold: its name, the document, and what the gold says, not yet tied to the text."""

    name: str
    document: Path
    raw: Mapping[str, Any]


def is_sealed(folder: Path) -> bool:
    """Whether what is in the folder must not be shown, so that nobody tunes a rule on it."""
    return SEALED in folder.resolve().parts


def files(folder: Path) -> tuple[GoldFile, ...]:
    """The documents of a gold folder, in order of their names. Raises IngestError for one without its document."""
    found = []
    for path in sorted(folder.glob("*.json")):
        raw = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(raw, dict) or not {"entities", "relations"} <= raw.keys():
            continue
        document = next((each for end in SUFFIXES if (each := path.with_suffix(end)).is_file()), None)
        if document is None:
            raise IngestError(f"{path}: no document beside it. Expected {path.stem} with one of {', '.join(SUFFIXES)}.")
        found.append(GoldFile(path.stem, document, raw))
    if not found:
        raise IngestError(f"{folder}: no gold here. Expected JSON files with entities and relations beside documents.")
    return tuple(found)


def account(raw: Mapping[str, Any], text: str) -> Account:
    """What a gold says, in the guide's words; what a key says by itself (an ordinal, a number) is stated too.

    Raises IngestError for a gold that lacks what the form asks for; only the name of the missing field is told.
    """
    try:
        return _account(raw, text)
    except KeyError as missing:
        raise IngestError(f"The gold of {raw.get('doc_id', 'a document')} lacks the field {missing}.") from missing


def _account(raw: Mapping[str, Any], text: str) -> Account:
    things = {thing.key: thing for thing in _things(raw["entities"], text)}
    facts: list[Fact] = []
    for row in raw["relations"]:
        facts.extend(_facts(row, row["certainty"]))
    for fact in facts:
        if fact.predicate == "topic" and fact.object not in things:
            things[fact.object] = Thing(fact.object, "topic", fact.places)
    facts += _said_by_keys(things.values(), facts)
    doubts = tuple(Doubt(row["code"], (_place(row["evidence"]),)) for row in raw.get("anomalies", ()))
    return Account(text, tuple(things.values()), tuple(dict.fromkeys(facts)), doubts, tuple(_traps(raw)))


def _place(row: Mapping[str, int]) -> Place:
    return row["start"], row["end"]


def _things(rows: Iterable[Mapping[str, Any]], text: str) -> Iterator[Thing]:
    for row in rows:
        key = wording.key(row["key"])
        plain = tuple(_place(each) for each in row["mentions"] if not each.get("nominal"))
        nominal = tuple(_place(each) for each in row["mentions"] if each.get("nominal"))
        names = frozenset(filter(None, (slug(text[start:end]) for start, end in plain)))
        yield Thing(key, wording.type_of(key, row["type"]), plain, nominal, names)


def _facts(row: Mapping[str, Any], certainty: str) -> Iterator[Fact]:
    """The facts of a relation: a role in a body is two, a count of a group names the group."""
    subject, name = wording.key(row["subject"]), wording.predicate(row["predicate"])
    places = (_place(row["evidence"]),) if "evidence" in row else ()

    def fact(predicate: str, target: str, *, literal: bool) -> Fact:
        return Fact(subject, predicate, target, certainty, places, literal)

    if "object" in row:
        yield fact(name, wording.key(row["object"]), literal=False)
    elif name == "responses_by_group":
        group, _, count = row["literal"].rpartition(": ")
        yield fact("responses", f"{count} {slug(group)}", literal=True)
    elif name == "responses" and "group" in row:
        yield fact("responses", f"{row['literal']} {wording.key(row['group']).partition(':')[2]}", literal=True)
    elif name == "responses" and subject.startswith("consultation:"):
        yield fact("total", wording.value("total", row["literal"]), literal=True)
    elif name == "topic":
        yield fact("topic", wording.named("topic", row["literal"]), literal=False)
    else:
        yield fact(name, wording.value(name, row["literal"]), literal=True)
    if "in" in row:
        yield fact("role_in", wording.key(row["in"]), literal=False)
    if "condition" in row:
        words = row["condition"]["text"] if isinstance(row["condition"], dict) else row["condition"]
        yield fact("condition", wording.value("condition", words), literal=True)


def _said_by_keys(things: Iterable[Thing], stated: Iterable[Fact]) -> list[Fact]:
    known = {(fact.subject, fact.predicate) for fact in stated}
    found = []
    for thing in things:
        head, *parts = thing.key.split(":")
        told: dict[str, tuple[str, bool]] = {}
        if head == "meeting" and len(parts) == 2:
            told["body"] = (wording.key(f"body:{parts[0]}"), False)
            if parts[1].isdigit():
                told["ordinal"] = (parts[1], True)
        elif head in ("contribution", "document") and len(parts) == 2 and "#" not in thing.key:
            told["number"] = (wording.number(parts[1]), True)
        for predicate, (target, literal) in told.items():
            if (thing.key, predicate) not in known and thing.mentions:
                found.append(Fact(thing.key, predicate, target, "asserted", thing.mentions, literal))
    return found


def _traps(raw: Mapping[str, Any]) -> Iterator[Trap]:
    """What must not be stated. A trap without a fact (only a reason and a passage) cannot be judged by a program."""
    for row in raw.get("traps", ()):
        stated = row.get("relation", row)
        if not {"subject", "predicate"} <= stated.keys() or not {"object", "literal"} & stated.keys():
            continue
        certainty = stated.get("certainty")
        fact = next(_facts({**stated, "evidence": row["evidence"]}, certainty or "any"))
        yield Trap(row.get("kind", "trap"), fact, row.get("why", ""), certainty, _place(row["evidence"]))
