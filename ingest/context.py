"""What a rule may look at: one document, read, cleaned, identified, its mentions resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.model import Claim, Entity, Link, Reading, Source
from ingest.register import Register
from ingest.text import Clean


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document before its sentences are read.

    entity is the document itself: ("document", (body, meeting, number)) or by register id, provisional by
    checksum otherwise. body is the slug of the body whose document it is. meetings are the meetings that it
    reports on or was written for. date is its own date (ISO day); not_before and not_after bound it.
    claims carry the evidence or the register row of each of these.
    """

    entity: Entity
    kind: str | None = None
    body: str | None = None
    number: str | None = None
    date: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    meetings: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the rules in `ingest.claims` see it; links are in order of their mentions.

    memo keeps what several rules work out of the same document, so that it is worked out once.
    """

    source: Source
    reading: Reading
    clean: Clean
    metadata: Metadata
    register: Register
    links: tuple[Link, ...] = field(default=())
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def entity(self) -> Entity:
        """The document itself, as subject of claims."""
        return self.metadata.entity
