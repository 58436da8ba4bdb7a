"""On which days something became known that can change how a document is read.

A document is read again with the registers of each such day. The rule is generous: a row matters if it is about
something that the document names, or is written in a way that stands in the text. Names and codes are compared folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ingest.context import Document
from ingest.model import Claim, Entity
from ingest.register import Register
from ingest.registers import knowing
from ingest.registers.folding import fold
from ingest.registers.records import BodyInstrument, Consultation, Event, Instrument, Meeting, Officer, Revision
from ingest.registers.tables import Row

TEXTS = frozenset({"instrument", "revision", "clause"})
NEAR = 2
"""How many meetings before and after one that is named may be meant by "the next" and "the one before"."""


def days(document: Document, claims: Iterable[Claim], register: Register, since: str) -> list[str]:
    """The days after `since` on which a row became known that matters to the document; claims are all it makes."""
    if not register.days or register.days[-1] <= since:
        return []
    about = _About(document, tuple(claims))
    return sorted({day for day, thing in _later(register, since) if about.concerns(thing)})


def _later(register: Register, since: str) -> Iterator[tuple[str, Any]]:
    """Everything with a row that became known after a day."""
    for field in register.tables.__slots__:
        for thing in getattr(register.tables, field):
            if not isinstance(thing, Row):
                day = knowing.latest(thing.row)
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
            case Meeting():
                named = self.ordinals.get(thing.body, ())
                return any(abs(int(thing.ordinal) - ordinal) <= NEAR for ordinal in named)
            case Consultation() | Officer() | BodyInstrument():
                return thing.body in self.bodies
            case _ if hasattr(thing, "text"):
                return thing.entity in self.things or _plain(thing.text) in self.text
            case _ if hasattr(thing, "wording"):
                return _plain(thing.wording) in self.text
            case _ if hasattr(thing, "label"):
                return _plain(thing.label) in self.text
        return True  # forms of numbers and of events: few, and not worth a closer look

    def _met(self, event: Event) -> bool:
        names = [event.label, event.tag or ""]
        if any(name and _plain(name) in self.text for name in names):
            return True
        return (
            event.year is not None
            and event.year in self.text
            and any(_plain(city) in self.text for city in event.cities)
        )

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
            if (number := link.mention.parts.get("number")) is not None:
                known |= {(kind, number) for kind in ("resolution", "decision", "recommendation", "opinion")}
        return frozenset(known)

    @cached_property
    def ordinals(self) -> dict[str, set[int]]:
        """The ordinals of the meetings named, by body."""
        found: dict[str, set[int]] = {}
        for thing in (*self.things, *self.document.metadata.meetings):
            if thing.kind == "meeting" and thing.key[-1].isdigit():
                found.setdefault(thing.key[0], set()).add(int(thing.key[-1]))
        return found

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The bodies whose meetings, rounds or offices the document speaks of."""
        held = {t.key[0] for t in self.things if t.kind in ("meeting", "consultation", "body", "membership")}
        return frozenset(held | {self.document.metadata.body or ""})
