"""A reader that answers as things were known on a day, and counts what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from queryapp.panels import Reader
from queryapp.queries import load
from queryapp.rows import Row

UNJUDGED = frozenset(
    {"thing_types", "labels", "facts_overturned", "evidence_quote", "assertion_provenance", "assertions_of"}
)
"""Questions about what a thing is and is called, and about single assertions and sentences: asked as they are."""


@dataclass(slots=True)
class Past(Reader):
    """Shares another reader's memory of labels; day "" is today's view, without what was overturned.

    left holds, for each question and thing asked about, how many facts came later and how many are undated.
    """

    day: str = ""
    left: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, reader: Reader, day: str = "") -> Past:
        """The same graph, as known on a day."""
        overturned = reader.clocks().overturned
        return cls(reader.store, reader.base, reader.remembered, overturned, day)

    def rows(self, name: str, **iris: str | Sequence[str]) -> list[Row]:
        """The solutions of a stored question that were known."""
        found = Reader.rows(self, name, **iris)
        if name in UNJUDGED:
            return found
        asked = next(iter(iris.values()), "")
        kept = self.clocks(known=self.day).kept(load(name), found, asked if isinstance(asked, str) else "")
        self.left[name, asked if isinstance(asked, str) else " ".join(asked)] = (kept.later, kept.undated)
        return list(kept.rows)

    @property
    def later(self) -> int:
        """Facts that came to be known only after the day."""
        return sum(later for later, _ in self.left.values()) if self.day else 0

    @property
    def undated(self) -> int:
        """Facts of which nobody can say since when they were known."""
        return sum(undated for _, undated in self.left.values()) if self.day else 0
