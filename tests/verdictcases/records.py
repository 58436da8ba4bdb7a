"""What an invented institution has: meetings, resolutions with their texts, and documents that cite them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

Number = tuple[str, str]
"""A resolution by its issuer and number."""


@dataclass(frozen=True)
class Meeting:
    """A conference or session: the day it opened and closed, and how much of that the register has.

    known is "day", "month", "year", or "unverified": a day that nobody verified.
    """

    body: str
    year: int
    city: str
    opened: date
    closed: date
    known: str

    @property
    def closings(self) -> tuple[date, date]:
        """The days that can have been the last one, going by what is verified."""
        if self.known == "day":
            return self.closed, self.closed
        if self.known == "month":
            following = (self.closed.replace(day=28) + timedelta(days=4)).replace(day=1)
            return self.closed.replace(day=1), following - timedelta(days=1)
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def written(self, day: date) -> str:
        """The cell of a day."""
        return {"day": str(day), "unverified": str(day), "month": str(day)[:7]}.get(self.known, "")


@dataclass(frozen=True)
class Text:
    """A revision: the meeting that adopted it, and whether somebody verified its row."""

    number: Number
    meeting: Meeting
    first: bool
    verified: bool


@dataclass(eq=False)
class Resolution:
    """A chain of texts. into and ended_at: what the last one was merged into, and when it was that or abrogated."""

    number: Number
    texts: list[Text]
    complete: date | None
    complete_verified: bool
    ended_at: Meeting | None = None
    into: Text | None = None
    end_verified: bool = True


@dataclass(frozen=True)
class Paper:
    """A document with the first and the last day that it can be of; outcome: the meeting that it is a paper of."""

    name: str
    first: date | None
    last: date | None
    cited: tuple[Text, ...]
    outcome: Meeting | None


@dataclass
class Institution:
    """All of it, out of one seed."""

    seed: int
    meetings: dict[str, list[Meeting]] = field(default_factory=dict)
    resolutions: dict[Number, Resolution] = field(default_factory=dict)
    papers: list[Paper] = field(default_factory=list)


Verdict = tuple[str, str | None]
"""The term, and the successor of a stale one as issuer/number/year."""
