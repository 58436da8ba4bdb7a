"""On which days something became known that can change how a document is read.

A document is read again with the registers of each such day. A row matters if it is about something that the document
names, or may name: a number of a text, a city and a year. Meetings, rounds and roles matter where the document was
resolved to one of them, or might have been. Words are compared folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ingest.context import Document
from ingest.model import Claim, Entity
from ingest.register import Register
from ingest.registers import knowing
from ingest.registers.folding import fold
from ingest.registers.records import Event, Instrument, Revision

TEXTS = frozenset({"instrument", "revision", "clause"})
NEAR = 25
"""Characters between a city and a year that may belong together: "(Rev. Alba, 2018)", "Alba, 9-20 October 2018"."""


def days(document: Document, claims: Iterable[Claim], register: Register, since: str) -> list[str]:
    """The days after `since` on which a row became known that matters to the document; claims are all it makes."""
    if not register.days or register.days[-1] <= since:
        return []
    about = _About(document, tuple(claims))
    return sorted({day for day, thing in _later(register, since) if about.concerns(thing)})


def _later(register: Register, since: str) -> Iterator[tuple[str, Any]]:
    """Everything with a row that became known after a day, but for the means of reading, which are there on any day."""
    for field in {*register.tables.__slots__} - knowing.MEANS - {"rows", "names"}:
        for thing in getattr(register.tables, field):
            for row in (thing.row, *thing.row.parts):
                day = knowing.latest(row)
                if day is not None and day > since:
                    yield day, thing


def _plain(text: str) -> str:
    return fold(text).casefold()


@dataclass(frozen=True)
class _About:
    """What a document is about, as far as a register's rows can bear on it."""

    document: Document
    claims: tuple[Claim, ...]

    def concerns(self, thing: Any) -> bool:
        """Whether the thing is named in the document, or may be meant by what is."""
        if getattr(thing, "entity", None) in self.things:
            return True
        match thing:
            case Revision() | Instrument():
                return (thing.kind, thing.number) in self.numbers
            case Event():
                return self._met(thing)
        return False

    def _met(self, event: Event) -> bool:
        """Whether the words that name the event stand in the text, or its place and year close together."""
        if any(name and re.search(rf"\b{re.escape(_plain(name))}\b", self.text) for name in (event.label, event.tag)):
            return True
        places = "|".join(re.escape(_plain(city)) for city in event.cities)
        near = rf"\b(?:{places})\b.{{0,{NEAR}}}\b{event.year}\b"
        return bool(places and event.year) and re.search(near, self.text, re.DOTALL) is not None

    @cached_property
    def text(self) -> str:
        return _plain(self.document.clean.text)

    @cached_property
    def things(self) -> frozenset[Entity]:
        found: set[Entity] = {self.document.entity}
        for link in self.document.links:
            found.update(link.candidates)
            if link.entity is not None:
                found.add(link.entity)
        for claim in self.claims:
            said = (claim.subject, claim.object, *(value for _, value in claim.details))
            found.update(value for value in said if isinstance(value, Entity))
        return frozenset(found)

    @cached_property
    def numbers(self) -> frozenset[tuple[str, str]]:
        """(kind, number) of every instrument named, whoever issued it."""
        known = {(thing.key[0], thing.key[2]) for thing in self.things if thing.kind in TEXTS}
        for link in self.document.links:
            number = link.mention.parts.get("number") if link.mention.kind == "citation" else None
            if number is not None:
                known |= {(kind, number) for kind in ("resolution", "decision", "recommendation", "opinion")}
        return frozenset(known)
