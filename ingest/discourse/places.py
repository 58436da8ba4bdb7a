"""The links of a document, with the places where its cleaned copy has them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.context import Document
from ingest.model import Entity, Link, Span


@dataclass(frozen=True, slots=True)
class Placed:
    """A resolved or open link, with its offsets in the cleaned copy."""

    start: int
    end: int
    link: Link

    @property
    def kind(self) -> str:
        """The kind of the mention."""
        return self.link.mention.kind

    @property
    def entity(self) -> Entity | None:
        """What it was resolved to."""
        return self.link.entity

    @property
    def parts(self) -> Mapping[str, str]:
        """What the form of the mention captured."""
        return self.link.mention.parts

    @property
    def span(self) -> Span:
        """The mention in the text as read."""
        return self.link.mention.span


def placed(document: Document) -> tuple[Placed, ...]:
    """The document's links, in order, with their offsets in the cleaned copy; worked out once a document."""
    if "placed" not in document.memo:
        document.memo["placed"] = _placed(document)
    found: tuple[Placed, ...] = document.memo["placed"]
    return found


def _placed(document: Document) -> tuple[Placed, ...]:
    clean = document.clean
    found = []
    for link in document.links:
        span = link.mention.span
        start = clean.clean_offset(span.start)
        start += len(clean.text[start : start + 9]) - len(clean.text[start : start + 9].lstrip())
        end = clean.clean_offset(span.end - 1) + 1 if span.end > span.start else start
        found.append(Placed(start, end, link))
    return tuple(sorted(found, key=lambda one: (one.start, -one.end)))


def within(links: tuple[Placed, ...], start: int, end: int, *kinds: str) -> list[Placed]:
    """The links that lie in [start, end), of these kinds (all if none is given)."""
    found: list[Placed] = []
    for index in range(bisect_left(links, start, key=lambda one: one.start), len(links)):
        one = links[index]
        if one.start > end:
            break
        if one.end <= end and (not kinds or one.kind in kinds):
            found.append(one)
    return found
