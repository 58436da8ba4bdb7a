"""What does not add up in the registers of resolutions, decisions and their revisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.model import Finding
from ingest.registers import dates
from ingest.registers.doubts import doubt
from ingest.registers.folding import fold
from ingest.registers.records import NUMBERED_ANEW, Revision

if TYPE_CHECKING:
    from ingest.register import Register

_REVISED = re.compile(r"\b(?:Rev|Mod|Modified|Revised|Amended|last (?:amended|modified|revised))\b", re.IGNORECASE)
_PLACE = re.compile(r"(?:Rev\. ?)?(?P<city>[^\W\d][^\d,|]*), (?P<year>\d{4})")
_YEARS = re.compile(r"(?<!\d)(?:\d{4}|(?<=[A-Z])\d{2}|(?<=[A-Z]-)\d{2})(?!\d)")
_DANGLING = re.compile(r"(?:\b(?:and|or|of|the|for|in|to|with|on|by|from)|[,:;(/]|\.\.\.|…)\s*$", re.IGNORECASE)


def check(register: Register) -> Iterator[Finding]:
    """Doubts about each instrument: the order of its revisions, then each revision by itself."""
    for instrument in register.tables.instruments:
        revisions = register.revisions(instrument.kind, instrument.issuer, instrument.number)
        if instrument.kind not in NUMBERED_ANEW:
            yield from _order(revisions)
        for revision in revisions:
            yield from _end(revision)
            yield from _place(register, revision)
            yield from _notations(revision)
            yield from _title(revision)


def _order(revisions: Sequence[Revision]) -> Iterator[Finding]:
    """A first text after another, and a text that a later one revised although it had ended."""
    for earlier, later in pairwise(revisions):
        if later.first:
            message = f"it is called the first text, but {earlier.year} is earlier. Correct first."
            yield doubt(later.row, "revisions-out-of-order", message)
        if earlier.status != "adopted":
            message = f"it is {earlier.status}, but {later.year} revised it. Correct status."
            yield doubt(earlier.row, "revisions-out-of-order", message)


def _end(revision: Revision) -> Iterator[Finding]:
    """An end before the beginning, and a successor older than the text that went into it."""
    if revision.ended is not None and dates.interval(revision.ended)[1] < dates.interval(revision.year)[0]:
        message = f"it ended in {revision.ended}, before it was adopted in {revision.year}. Correct ended."
        yield doubt(revision.row, "revisions-out-of-order", message)
    into = revision.replaced_by
    if into is not None and into.kind == "revision" and into.key[3] < revision.year:
        message = f"it was replaced by a text of {into.key[3]}, older than {revision.year}. Correct replaced_by."
        yield doubt(revision.row, "revisions-out-of-order", message)


def _place(register: Register, revision: Revision) -> Iterator[Finding]:
    """A city in which the adopting body did not meet that year: another body did, or none."""
    event = register.event(revision.adopted_at) if revision.adopted_at else None
    if event is None:
        return
    known = {fold(city) for city in event.cities}
    written = [(found["city"], found["year"]) for n in revision.notations if (found := _PLACE.fullmatch(n))]
    for city, year in dict.fromkeys(([(revision.city, revision.year)] if revision.city else []) + written):
        if known and fold(city) not in known:
            others = ", ".join(other.label for other in register.conferences(city=city, year=year))
            message = f"adopted in {city}, but {event.label} was held in {event.city}"
            message += f"; in {city} met {others}. Correct the issuer or the city." if others else ". Correct the city."
            yield doubt(revision.row, "event-of-other-body", message)


def _notations(revision: Revision) -> Iterator[Finding]:
    """Notations of another year, and those that say revised of a first text or the reverse."""
    for notation in revision.notations:
        years = _YEARS.findall(notation)
        if years and years[-1] != revision.year[-len(years[-1]) :]:
            message = f"{notation!r} is a notation of {years[-1]}, not of {revision.year}. Correct one of them."
            yield doubt(revision.row, "notation-of-other-revision", message)
    marked = [notation for notation in revision.notations if _REVISED.search(notation)]
    if revision.first and marked:
        message = f"it is called the first text, but {marked[0]!r} says that it was revised. Correct first."
        yield doubt(revision.row, "first-or-revised", message)
    if revision.first is False and revision.notations and not marked:
        message = f"it is called a revision, but {revision.notations[0]!r} does not say so. Correct first."
        yield doubt(revision.row, "first-or-revised", message)


def _title(revision: Revision) -> Iterator[Finding]:
    """A title that is only a beginning, one that does not go on as it began, and what is still to be completed."""
    title, begins = revision.title, revision.title_begins
    if title is None:
        if begins is not None:
            message = f"only the beginning of its title is known ({begins!r}). Complete it from the text itself."
            yield doubt(revision.row, "title-cut", message, "info")
    elif _DANGLING.search(title) or title.count("(") > title.count(")") or title == begins:
        message = f"the title {title!r} is only a beginning. Move it to title_begins, or complete it."
        yield doubt(revision.row, "title-cut", message)
    elif begins is not None and not title.startswith(begins):
        message = f"the title does not go on as it begins ({begins!r}). Correct one of them."
        yield doubt(revision.row, "title-cut", message)
