"""Whose conference a town and year, or a tag, is, where no register knows it but the text itself tells it elsewhere.

"Resolution 61 of the Assembly (Rev. Osterby, 2031)" or "the Assembly (Osterby, 2031)" says that a later
"(Rev. Osterby, 2031)" is the Assembly's, unless the text says so of another body too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.context import Document
from ingest.finders.selfnamed import bodies_before, stands_for
from ingest.model import Entity, Link
from ingest.resolving.issuers import bodies_of_name, number_of

_TOWN = r"[A-Z][^\W\d_]+(?:(?: |-|')[^\W\d_]+){0,3}"
_HELD = re.compile(rf"(?: of \d{{4}})? \((?:held in )?(?P<city>{_TOWN}), (?P<year>(?:19|20)\d\d)\)")
_HELD_IN = re.compile(rf",? (?:which was |was )?held in (?P<city>{_TOWN})\b(?! and\b)")
_YEAR_BEFORE = re.compile(r"\b(?P<year>(?:19|20)\d\d) $")
_TAG = re.compile(r"(?P<letters>[A-Z]{1,8})-(?P<year>\d{2}(?:\d{2})?)")


@dataclass(frozen=True, slots=True)
class Places:
    """The bodies that a text gives for a town and year, and the numbers that it cites of bodies cited by town."""

    bodies: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    numbers: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, city: str, year: str, body: str) -> None:
        """Note that a body met there in that year."""
        self.bodies[city.casefold(), year].add(body)

    def whose(self, link: Link) -> tuple[str, str] | None:
        """The one body whose an open citation is, and how that is known; None where it stays open."""
        parts = link.mention.parts
        city, year = parts.get("city"), parts.get("year")
        if "issuer" in parts:
            return None
        if city and year:
            told = self.bodies.get((city.casefold(), year), set())
            if len(told) == 1:
                return next(iter(told)), f"the document says elsewhere whose {city}, {year} is"
            everywhere = set().union(*self.bodies.values()) if self.bodies else set()
            cited = self.numbers.get((parts["kind"], number_of(parts)), set())
            if not told and len(everywhere) == 1 and cited == everywhere:
                return next(iter(everywhere)), "the only body that the document cites by town, which has that number"
        tag = _TAG.fullmatch(parts.get("tag", ""))
        if tag:
            year = tag["year"][-2:]
            met = {body for (_, held), bodies in self.bodies.items() if held[-2:] == year for body in bodies}
            fitting = {body for body in met if stands_for(tag["letters"], body.replace("-", " "))}
            if len(fitting) == 1:
                return next(iter(fitting)), f"{tag.group()} has the letters and the year of its conference"
        return None


def places(links: Iterable[Link], document: Document) -> Places:
    """What a text tells of the towns of conferences: in citations, and where it names a conference with its town."""
    found = Places()
    for link in links:
        parts, entity = link.mention.parts, link.entity
        if link.mention.kind == "citation" and entity is not None and "city" in parts and "year" in parts:
            found.add(parts["city"], parts["year"], entity.key[1])
            found.numbers[parts["kind"], number_of(parts)].add(entity.key[1])
    text = document.clean.text
    for start, name in bodies_before(text, 0, len(text)):
        end = start + len(name)
        held, year = _HELD.match(text, end), None
        if held is None and (before := _YEAR_BEFORE.search(text, max(0, start - 6), start)):
            held, year = _HELD_IN.match(text, end), before["year"]
        bodies = bodies_of_name(name, document) if held else ()
        if held and len(bodies) == 1:
            found.add(held["city"], year or held["year"], bodies[0])
    return found


def placed(links: list[Link], document: Document, reason: str) -> list[Link]:
    """The links, with those settled that were open for want of a known conference; reason begins that of each."""
    told = places(links, document)
    settled = []
    for link in links:
        parts = link.mention.parts
        open_ = link.mention.kind == "citation" and link.entity is None and not link.candidates
        whose = told.whose(link) if open_ else None
        if whose is None:
            settled.append(link)
            continue
        body, why = whose
        tag = _TAG.fullmatch(parts.get("tag", ""))
        year = parts.get("year") or (f"20{tag['year'][-2:]}" if tag else "")
        key = (parts["kind"], body, number_of(parts), year)
        settled.append(Link(link.mention, Entity("revision", key), f"{reason}: {why}"))
    return settled
