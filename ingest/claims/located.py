"""The links of a document where its cleaned copy has them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ingest.context import Document
from ingest.discourse.scope import Placed
from ingest.finders.mentions import place
from ingest.model import Span
from ingest.text import CleanBlock, Sentence


class Page:
    """The links of a document in order of the cleaned copy, to be asked for by stretch and kind."""

    def __init__(self, document: Document) -> None:
        clean = document.clean
        self.document = document
        self.text = clean.text
        self.blocks: dict[int, CleanBlock] = {block.order: block for block in clean.blocks}
        self.order: list[int] = [block.order for block in clean.blocks]
        self.links = sorted(
            (Placed(*place(clean, link.mention.span), link) for link in document.links),
            key=lambda each: (each.start, -each.end),
        )
        self._starts = [each.start for each in self.links]

    def names_rounds(self) -> bool:
        """Whether any round of consultation is named and known."""
        return any(each.kind == "consultation" and each.entity is not None for each in self.links)

    def between(self, start: int, end: int, *kinds: str) -> list[Placed]:
        """The links whose mention lies in text[start:end], of these kinds (all by default)."""
        found = []
        for each in self.links[bisect_left(self._starts, start) :]:
            if each.start >= end:
                break
            if each.end <= end and (not kinds or each.kind in kinds):
                found.append(each)
        return found

    def sentences(self) -> Iterator[tuple[Sentence, str]]:
        """The sentences with their words."""
        for sentence in self.document.clean.sentences:
            yield sentence, self.text[sentence.start : sentence.end]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the text as read behind text[start:end]."""
        return self.document.clean.span(start, end)

    def after(self, order: int) -> Sequence[CleanBlock]:
        """The blocks behind that one."""
        at = self.order.index(order)
        return [self.blocks[each] for each in self.order[at + 1 :]]
