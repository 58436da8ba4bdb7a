"""Dates of a document as mentions; what is said to have happened on them is for the rules in `ingest.claims`."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.finders.hits import Hit, mentions
from ingest.model import Mention
from ingest.register import Register
from ingest.text import Clean, dates


def find(clean: Clean, register: Register) -> Iterator[Mention]:
    """Mentions of kind date; parts: start and end (ISO), precision, and problem where the calendar objects."""
    return mentions(clean, (_hit(dated) for dated in dates.find(clean.text)))


def _hit(dated: dates.Dated) -> Hit:
    parts = {"problem": dated.problem} if dated.problem else {}
    if dated.period:
        parts |= {"start": dated.period.start, "end": dated.period.end, "precision": dated.period.precision}
    return Hit(dated.start, dated.end, "date", parts)
