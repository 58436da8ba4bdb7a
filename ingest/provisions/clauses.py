"""What the reading of an instrument hands on: its clauses, and the defects that had to be repaired to read them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from ingest.model import Entity
from ingest.provisions.heads import Head


@dataclass(slots=True)
class Clause:
    """A clause: where its words stand in the cleaned copy, in the order of the instrument from 1.

    Where the verb leads the sentence ("Requests the Board to …") the words begin with it; below a head of its own they
    begin behind it. number is as printed, None for dashes. parent is the position of the clause that it is an item of,
    None for one directly under its head. block is the order of the block it begins in.
    """

    position: int
    head: Head
    number: str | None
    start: int
    end: int
    block: int
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect of the text that had to be repaired to read it: its code and where it stands in the cleaned copy."""

    code: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A head where it stands in its instrument. leads: it is the first word of its clause, and has no line of its own.

    before is the number of clauses read before it. The offsets of the head are those of the cleaned copy.
    """

    head: Head
    leads: bool
    before: int


@dataclass(slots=True)
class Instrument:
    """An instrument of the document: its revision if that is known, its title, its clauses, the blocks it covers.

    headings are in order too, those without a clause included.
    """

    entity: Entity | None
    first: int
    last: int
    title: tuple[int, int] | None = None
    clauses: list[Clause] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)

    def heading_of(self, clause: Clause) -> int:
        """Which of the headings a clause stands under, from 0."""
        return bisect_left(self.headings, clause.position, key=lambda heading: heading.before) - 1
