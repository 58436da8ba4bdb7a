"""What is known before a document is read: bodies, texts, events, people, topics, number forms.

    register = load([Path("data/curated/common"), Path("data/curated/itu")])

An institution is a folder of registers; nothing here names one. `data/curated/README.md` explains the files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ingest.model import Claim, Entity
from ingest.registers import knowing
from ingest.registers.by_name import NameLookup
from ingest.registers.by_text import TextLookup
from ingest.registers.checking import check
from ingest.registers.facts import claims_of
from ingest.registers.folding import fold
from ingest.registers.forms import read_number
from ingest.registers.loading import Tables, load_tables
from ingest.registers.records import (
    Body,
    BodyInstrument,
    Consultation,
    Event,
    Instrument,
    Meeting,
    Name,
    NumberForm,
    NumberReading,
    Office,
    Officer,
    Person,
    Revision,
    StakeholderWording,
    State,
    Topic,
)
from ingest.registers.standing import Reach, Standing
from ingest.registers.tables import Row

__all__ = [
    "Body", "BodyInstrument", "Consultation", "Event", "Instrument", "Meeting", "Name", "NumberForm", "NumberReading",
    "Office", "Officer", "Person", "Reach", "Register", "Revision", "Row", "StakeholderWording", "Standing", "State",
    "Topic", "check", "load",
]  # fmt: skip


def load(folders: Sequence[Path]) -> Register:
    """The registers of all folders as one; a later folder may refer to things of an earlier one and the reverse.

    Raises IngestError, naming file and line, for a row that cannot be used or that two folders both hold.
    """
    return Register(knowing.dated(load_tables(folders)), digest_of(folders))


def digest_of(folders: Sequence[Path]) -> str:
    """SHA-256 over the names and bytes of all register files, in hexadecimal; the same wherever the folders lie."""
    total = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.iterdir() if p.suffix in (".csv", ".toml")):
            content = path.read_bytes()
            total.update(f"{folder.name}/{path.name}\0{len(content)}\0".encode())
            total.update(content)
    return total.hexdigest()


@dataclass(frozen=True, eq=False, repr=False)
class Register(NameLookup, TextLookup):
    """All registers, with lookups. Every answer is one thing, or none, or all candidates; never a guess."""

    tables: Tables
    digest: str

    def __repr__(self) -> str:
        return f"Register({len(self.tables.rows)} rows, {self.digest[:12]})"

    def __reduce__(self) -> tuple[type[Register], tuple[Tables, str]]:
        return Register, (self.tables, self.digest)

    # ---- people, groups, numbers --------------------------------------------------------------------------------

    def officers(self, body: str, on: str | None = None) -> tuple[Officer, ...]:
        """Who is known to hold a role in a body, at any time or on an ISO day."""
        return tuple(o for o in self.tables.officers if o.body == body and (on is None or o.holds(on)))

    def stakeholder_concept(self, wording: str) -> StakeholderWording | None:
        """The group of the code list that a source's wording comes close to. Two wordings may be two groups."""
        return next((w for w in self.tables.stakeholders if fold(w.wording) == fold(wording)), None)

    def document_number(self, text: str) -> NumberReading | None:
        """What a whole document number names ("WG-Internet 11/2-E"); None when no form or two forms read it."""
        return read_number(self.number_forms, text)

    # ---- what was known when -------------------------------------------------------------------------------------

    @cached_property
    def days(self) -> tuple[str, ...]:
        """Every day on which a row became known, in order."""
        return knowing.days(self.tables)

    @cached_property
    def bounds_of_days(self) -> Mapping[str, str]:
        """For each of these days the earliest on which what became known then may have been known."""
        return knowing.bounds_of_days(self.tables)

    def known_on(self, day: str) -> Register:
        """The registers with only what was known on an ISO day; see `ingest.registers.knowing`."""
        since = max((known for known in self.days if known <= day), default="0001-01-01")
        if since not in self._earlier:
            self._earlier[since] = Register(
                knowing.known_on(self.tables, since, self._existence), f"{self.digest}@{since}"
            )
        return self._earlier[since]

    @cached_property
    def _existence(self) -> Mapping[Entity, str | None]:
        return knowing.existence(self.tables)

    @cached_property
    def _earlier(self) -> dict[str, Register]:
        return {}

    # ---- the registers as facts ---------------------------------------------------------------------------------

    def claims(self) -> Iterator[Claim]:
        """Every fact of the registers, with basis "register" and its row."""
        return (claim for claim in claims_of(self) if claim.row in self._rows)

    def rows(self) -> Iterator[Row]:
        """Every row, in the order of the files, each followed by its parts that are unverified or were learnt later."""
        for row in self.tables.rows:
            yield row
            yield from row.parts

    @cached_property
    def _rows(self) -> Mapping[str, Row]:
        return {row.name: row for row in self.rows()}

    def row(self, name: str) -> Row | None:
        """The row of that name ("meetings/cwg-internet-18"), as claims give it."""
        return self._rows.get(name)
