"""From when to when a revision is in force, as claims: days, bounds with their reason, and on whose word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.model import Entity, Modality, Value
from ingest.register import Event, Instrument, Revision, Row
from ingest.registers.days import claims

ROW = Row("revisions", "text", "invented", True, None, None, "revisions.csv, line 2")
HELD = Row("conferences", "held", "invented", True, None, None, "conferences.csv, line 2")
DAY = replace(HELD, unverified=frozenset({"end"}))


def event(year: str, end: str | None, *, row: Row = HELD, modality: Modality = "asserted") -> Event:
    return Event(
        "conference", "guild", year, None, f"Guild {year}", None, None, (), None, None, end, None, modality, "city", row
    )


def text(year: str, *, adopted: bool = True, first: bool = False, row: Row = ROW, ended: str | None = None) -> Revision:
    at = Entity("conference", ("guild", year)) if adopted else None
    status = "abrogated" if ended else "adopted"
    return Revision("resolution", "guild", "8", year, at, None, None, None, (), first, status, None, ended, row)


FOUR = (event("2030", "2030-05-10"), event("2034", "2034-05-10"), event("2038", "2038-05-10"))
UNSAID = "Guild {} came after it, and the registers do not say whether it revised it."

FIRST, ENDED = "first_date_entry_in_force", "date_no_longer_in_force"
DAYS = [
    # revisions, conferences, complete until; what is said of each: revision, term, day, whether the row is verified
    ([text("2030"), text("2034")], FOUR[:2], "2036-01-01", [
        ("2030", FIRST, "2030-05-11", True), ("2030", ENDED, "2034-05-11", True),
        ("2034", FIRST, "2034-05-11", True)]),
    # a conference in between, of which the list says nothing: the end is open between two days
    ([text("2030"), text("2038")], FOUR, None, [
        ("2030", FIRST, "2030-05-11", True), ("2030", "noLongerInForceEarliest", "2034-05-11", True),
        ("2030", "noLongerInForceLatest", "2038-05-11", True), ("2038", FIRST, "2038-05-11", True)]),
    # the same, but the list is known to be complete
    ([text("2030"), text("2038")], FOUR, "2038-06-01", [
        ("2030", FIRST, "2030-05-11", True), ("2030", ENDED, "2038-05-11", True),
        ("2038", FIRST, "2038-05-11", True)]),
    # the last text known, and a conference since
    ([text("2034")], FOUR, None, [
        ("2034", FIRST, "2034-05-11", True), ("2034", "noLongerInForceEarliest", "2038-05-11", True)]),
    # a conference that is only planned leaves every text alone
    ([text("2034")], (*FOUR[:2], event("2038", "2038-05-10", modality="planned")), None, [
        ("2034", FIRST, "2034-05-11", True)]),
    # a closing known to the month, one that nobody verified, and a text of which only the year is known
    ([text("2030")], (event("2030", "2030-05"),), None, [
        ("2030", "inForceFromEarliest", "2030-05-02", True), ("2030", "inForceFromLatest", "2030-06-01", True)]),
    ([text("2030")], (event("2030", "2030-05-10", row=DAY),), None, [
        ("2030", FIRST, "2030-05-11", False)]),
    ([text("2030", adopted=False)], (), None, [
        ("2030", "inForceFromEarliest", "2030-01-01", True), ("2030", "inForceFromLatest", "2031-01-01", True)]),
    # abrogated: the last day in force is known, and is not verified
    ([text("2030", ended="2034-05-10", row=replace(ROW, unverified=frozenset({"ended"})))], FOUR[:2], "2036-01-01", [
        ("2030", FIRST, "2030-05-11", True), ("2030", ENDED, "2034-05-11", False)]),
]  # fmt: skip


@pytest.mark.parametrize(("revisions", "events", "complete", "said"), DAYS)
def test_days(
    revisions: list[Revision], events: tuple[Event, ...], complete: str | None, said: list[tuple[str, str, str, bool]]
) -> None:
    instrument = Instrument("resolution", "guild", "8", None, complete, ROW)
    found = [
        (c.subject.key[3], c.predicate.partition(":")[2], c.object.text, not (c.row or "").endswith("-unverified"))
        for c in claims(instrument, revisions, events)
        if isinstance(c.object, Value)
    ]
    assert found == said


def test_an_open_day_says_why() -> None:
    instrument = Instrument("resolution", "guild", "8", None, None, ROW)
    found = list(claims(instrument, [text("2030"), text("2038")], FOUR))
    assert {c.doubt for c in found if c.predicate.startswith("rc:")} == {UNSAID.format("2034")}
    lineage = {c.predicate: c.doubt for c in found if isinstance(c.object, Entity)}
    assert lineage == dict.fromkeys(("prov:wasRevisionOf", "dcterms:replaces"), UNSAID.format("2034"))
    rows = {c.predicate: c.row for c in found if c.subject.key[3] == "2030"}
    assert rows["rc:noLongerInForceEarliest"] == "conferences/held"
    assert rows["rc:noLongerInForceLatest"] == "revisions/text"


def test_a_settled_day_raises_no_doubt() -> None:
    instrument = Instrument("resolution", "guild", "8", None, "2036-01-01", ROW)
    assert {c.doubt for c in claims(instrument, [text("2030"), text("2034")], FOUR[:2])} == {None}
