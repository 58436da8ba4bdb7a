"""What the reading of an instrument hands on: its clauses, and the defects that had to be repaired to read them."""

from __future__ import annotations

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


@dataclass(slots=True)
class Instrument:
    """An instrument of the document: its revision if that is known, its title, its clauses, the blocks it covers.

    heads are the heads in order, each with the number of clauses read before it.
    """

    entity: Entity | None
    first: int
    last: int
    title: tuple[int, int] | None = None
    clauses: list[Clause] = field(default_factory=list)
    heads: list[tuple[Head, int]] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
