"""From the words that say a fact to the sentence that a reader is shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ingest.graph.iris import file_key
from ingest.model import Reading, Span
from ingest.text import Clean


@dataclass(frozen=True, slots=True)
class Printed:
    """A block of a text as read: where it stands (end excluded), and its number and page as they are printed."""

    order: int
    start: int
    end: int
    number: str | None
    page: int | None


@dataclass(slots=True)
class Passages:
    """One text as read with its sentences, ready to be quoted. file is the short form of its checksum."""

    file: str
    text: str
    language: str | None
    blocks: Mapping[int, Printed]
    """Each block by its order (from 1)."""
    bounds: tuple[tuple[int, int, int], ...]
    """(start, end, order of the block) of each sentence, in order, in code points of the text as read."""
    _starts: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._starts = [start for start, _, _ in self.bounds]

    @classmethod
    def of(cls, reading: Reading, clean: Clean, language: str | None) -> Passages:
        """The passages of a document that was read and cleaned."""
        bounds = []
        for sentence in clean.sentences:
            span = clean.span(sentence.start, sentence.end)
            bounds.append((span.start, span.end, sentence.block))
        blocks = {b.order: Printed(b.order, b.span.start, b.span.end, b.number, b.page) for b in reading.blocks}
        return cls(file_key(reading.checksum), reading.text, language, blocks, tuple(sorted(bounds)))

    def block(self, order: int) -> Printed:
        """The block of that order (from 1)."""
        return self.blocks[order]

    def sentences(self, spans: Iterable[Span]) -> list[tuple[int, int, int]]:
        """The sentences that hold the spans, each once, in order; a span over several is widened to all of them.

        A span outside every sentence (a heading's mark, a cell) stands for itself.
        """
        found: dict[tuple[int, int, int], None] = {}
        for span in spans:
            for passage in self._covering(span):
                found[passage] = None
        return sorted(found)

    def exactly(self, spans: Iterable[Span]) -> list[tuple[int, int, int]]:
        """The spans themselves, each once, in order."""
        return sorted({(span.start, span.end, self._block_of(span.start)) for span in spans})

    def _covering(self, span: Span) -> list[tuple[int, int, int]]:
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        held = []
        for start, end, block in self.bounds[first:]:
            if start >= span.end:
                break
            if end > span.start:
                held.append((start, end, block))
        return held or [(span.start, span.end, self._block_of(span.start))]

    def _block_of(self, offset: int) -> int:
        inside = (block.order for block in self.blocks.values() if block.start <= offset < block.end)
        return next(inside, min(self.blocks))
