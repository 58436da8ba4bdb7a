"""The chains of eleven resolutions, day by day: what was in force, on whose word, and what must stay open.

The two tables in `tests/data/chains` were written by hand from the sources that the registers name, not from the code:
`revisions.csv` has every revision, `days.csv` the day before, the day of and the day after each boundary. A day of 2010
is not verified because the days of PP-10 are not; no list of a Council resolution reaches beyond the report of 2026.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TypeAlias

import pytest

from ingest.model import Entity
from ingest.register import Register, load
from ingest.resources import register_folders

Row: TypeAlias = dict[str, str]
TABLES = Path(__file__).parent.parent / "data" / "chains"


def table(name: str) -> list[Row]:
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


REVISIONS, DAYS = table("revisions.csv"), table("days.csv")


@pytest.fixture(scope="module")
def register() -> Register:
    return load(register_folders())


def key(row: Row) -> tuple[str, str, str]:
    return row["kind"], row["issuer"], row["number"]


CHAINS = sorted({key(row) for row in REVISIONS})


@pytest.mark.parametrize("chain", CHAINS, ids="-".join)
def test_a_chain_is_whole_and_each_revision_is_as_written(register: Register, chain: tuple[str, str, str]) -> None:
    found = [
        (r.year, {True: "yes", False: "no", None: "unknown"}[r.first], "|".join(r.notations), r.title or "")
        for r in register.revisions(*chain)
    ]
    assert found == [(r["year"], r["first"], r["notations"], r["title"]) for r in REVISIONS if key(r) == chain]


@pytest.mark.parametrize("chain", CHAINS, ids="-".join)
def test_revisions_of_a_chain_follow_one_another(register: Register, chain: tuple[str, str, str]) -> None:
    known = register.revisions(*chain)
    assert [register.next_revision(r) for r in known] == [*known[1:], None]
    assert [register.previous_revision(r) for r in known] == [None, *known[:-1]]


def name(row: Row) -> str:
    return "-".join((row["issuer"], row["number"], row["on"], *filter(None, [row["until"]])))


@pytest.mark.parametrize("row", DAYS, ids=name)
def test_the_text_in_force_on_a_day(register: Register, row: Row) -> None:
    standing = register.standing(*key(row), row["on"], row["until"] or None)
    successor = Entity("revision", tuple(row["successor"].split("/"))) if row["successor"] else None
    assert (standing.revision.year if standing.revision else "") == row["revision"]
    assert [candidate.year for candidate in standing.candidates] == [y for y in row["candidates"].split("|") if y]
    assert standing.successor == successor
    assert row["reason"] in standing.reason
    assert standing.verified is (row["verified"] == "yes")


def test_every_boundary_of_every_chain_has_its_days() -> None:
    """A revision that no row of the days answers with, and one that no row leaves, would be a chain half tested."""
    answered = {(*key(row), row["revision"]) for row in DAYS}
    assert answered >= {(*key(row), row["year"]) for row in REVISIONS}
    assert {key(row) for row in DAYS if not row["revision"]} == set(CHAINS)
