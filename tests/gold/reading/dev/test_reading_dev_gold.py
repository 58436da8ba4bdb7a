"""The development gold of reading reports is sound: spans, keys, dates, and the JSON that its notes make."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.gold.reading.dev import offsets

NOTES = sorted(offsets.HERE.glob("*.notes"))
DATED = {"date", "period"}


def gold(notes: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(notes.with_suffix(".json").read_text("utf-8"))
    return found


def is_date(words: str) -> bool:
    """A year, month or day, or two of them in their order."""
    days = []
    for part in words.split("/"):
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", part):
            return False
        year, month, day = (*map(int, part.split("-")), 1, 1)[:3]
        days.append(date(year, month, day))
    return days == sorted(days) and len(days) <= 2


def places(value: Any) -> list[dict[str, Any]]:
    """All stretches of text anywhere in the gold."""
    if isinstance(value, dict):
        own = [value] if {"start", "end"} <= value.keys() else []
        return own + [place for inner in value.values() for place in places(inner)]
    return [place for inner in value for place in places(inner)] if isinstance(value, list) else []


def test_there_are_eight_documents() -> None:
    assert len(NOTES) == 8


@pytest.mark.parametrize("notes", NOTES, ids=lambda path: path.stem)
def test_the_notes_make_the_gold(notes: Path) -> None:
    assert offsets.make(notes) == gold(notes)


@pytest.mark.parametrize("notes", NOTES, ids=lambda path: path.stem)
def test_every_span_is_the_texts_own(notes: Path) -> None:
    text = offsets.text_of(offsets.document_of(notes))
    for place in places(gold(notes)):
        assert 0 <= place["start"] < place["end"] <= len(text)
        assert place.get("text", text[place["start"] : place["end"]]) == text[place["start"] : place["end"]]


@pytest.mark.parametrize("notes", NOTES, ids=lambda path: path.stem)
def test_every_key_of_a_relation_exists(notes: Path) -> None:
    found = gold(notes)
    known = {entity["key"] for entity in found["entities"]}
    named = {row[side] for row in found["relations"] for side in ("subject", "object", "in", "group") if side in row}
    assert named - known == set()
    assert {key for row in found["anomalies"] for key in row["keys"]} - known == set()


@pytest.mark.parametrize("notes", NOTES, ids=lambda path: path.stem)
def test_every_entity_but_the_document_is_mentioned(notes: Path) -> None:
    assert [row["key"] for row in gold(notes)["entities"] if not row["mentions"]] == ["document:self"]


@pytest.mark.parametrize("notes", NOTES, ids=lambda path: path.stem)
def test_every_date_is_a_date(notes: Path) -> None:
    wrong = [row for row in gold(notes)["relations"] if row["predicate"] in DATED and not is_date(row["literal"])]
    assert wrong == []


@pytest.mark.parametrize("notes", NOTES, ids=lambda path: path.stem)
def test_no_trap_is_a_fact(notes: Path) -> None:
    """A trap without a certainty must not be stated at all, one with a certainty not with that one."""

    def form(row: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(row.get(name) for name in ("subject", "predicate", "object", "literal"))

    found = gold(notes)
    stated = {(form(row), row["certainty"]) for row in found["relations"]}
    for trap in found["traps"]:
        same = {certainty for shape, certainty in stated if shape == form(trap["relation"])}
        assert trap["relation"].get("certainty", "none") not in same
        assert not same or "certainty" in trap["relation"]
