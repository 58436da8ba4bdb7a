"""What is said of one document, in the form of the annotation guide: by a gold, by the reading, by a baseline.

All three are the same plain records, so that measuring is a comparison of two accounts and nothing else. Keys are those
of the guide ("pp-res:61:2031", "meeting:cwg-harbour:7"). Offsets are code points of the text as read, end excluded.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

Place = tuple[int, int]
"""A stretch of the text as read."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity: its key, its type, where it is mentioned, and other names that it goes by, as slugs.

    nominal are the mentions by a noun alone ("the said resolution"), which are measured apart.
    """

    key: str
    type: str
    mentions: tuple[Place, ...] = ()
    nominal: tuple[Place, ...] = ()
    names: frozenset[str] = frozenset()

    @property
    def slug(self) -> str:
        """The key without its type: what tells one thing of a type from another."""
        return self.key.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation. object is the key of a thing, or a literal in its canonical wording where literal is true.

    also are further objects that say the same in other detail (a provision, and the resolution that it is part of).
    """

    subject: str
    predicate: str
    object: str
    certainty: str
    places: tuple[Place, ...] = ()
    literal: bool = False
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Doubt:
    """An anomaly: its code and the passages that show it."""

    code: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Trap:
    """A fact that must not be stated: not at all, or, where certainty is given, not with this certainty."""

    kind: str
    fact: Fact
    why: str
    certainty: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Account:
    """All that is said of one document."""

    text: str
    things: tuple[Thing, ...]
    facts: tuple[Fact, ...]
    doubts: tuple[Doubt, ...] = ()
    traps: tuple[Trap, ...] = ()
    by_key: dict[str, Thing] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {thing.key: thing for thing in self.things})


def slug(words: str) -> str:
    """A name as a key: lower case, plain letters, hyphens; empty for what has no letter or digit."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def length(place: Place) -> int:
    """Code points in a stretch."""
    return place[1] - place[0]


def shared(a: Place, b: Place) -> int:
    """Code points that two stretches have in common."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
