"""What the cover of a document says of it: its kind by form, its own number and date, the States that hand it in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.finders import names, numbers
from ingest.finders.hits import Hit
from ingest.model import Entity, Reading, Span
from ingest.register import Register
from ingest.rulebook import rules
from ingest.text import Clean, CleanBlock, dates

_HEAD_BLOCKS = 15
_TAIL_BLOCKS = 12
_NUMBER_LINE = r"(?:(?:Document|Doc\.?|No\.?)\s+)?{number}(?:-[A-Z])?(?:\s*\((?:Rev|Add|Corr)\.? ?\d*\))?"
_REST_OF_LINE = re.compile(
    r"(?:\s|[,;:|]|\b(?:Original|Language|English|French|Spanish|Russian|Arabic|Chinese|Date|only|Revision|\d)\b)*",
    re.IGNORECASE,
)
_ISSUED = re.compile(r"(?:[A-Z][\w' -]{2,30}, |Date: ?|Issued:? (?:on )?)?")


@dataclass(frozen=True, slots=True)
class Cue:
    """A form that speaks for a kind of document where it fits, with its weight."""

    kind: str
    place: str
    weight: int
    regex: re.Pattern[str]


@cache
def cues() -> tuple[Cue, ...]:
    """The cues of `metadata.toml`, compiled."""
    return tuple(
        Cue(row["kind"], row["place"], row["weight"], re.compile(row["regex"], re.IGNORECASE | re.MULTILINE))
        for row in rules("metadata")["cue"]
    )


class Cover:
    """A document's head and tail, and what their lines say."""

    def __init__(self, reading: Reading, clean: Clean, register: Register) -> None:
        self.reading, self.clean, self.register = reading, clean, register
        self.head = self._head()
        self.names = names.hits(clean.text, register)

    def _head(self) -> list[CleanBlock]:
        """The blocks before the first numbered section, where a document says what it is."""
        found: list[CleanBlock] = []
        for block in self.clean.blocks[:_HEAD_BLOCKS]:
            if block.number and found and re.match(r"(?:1|I)\b", block.number):
                break
            found.append(block)
        return found

    def words(self, block: CleanBlock) -> str:
        """The words of a block, without its number."""
        return self.clean.text[block.content : block.end].strip()

    def _stretches(self, place: str) -> Iterator[tuple[int, int]]:
        blocks: list[CleanBlock] = []
        match place:
            case "head" | "line":
                blocks = self.head
            case "tail":
                blocks = list(self.clean.blocks[-_TAIL_BLOCKS:])
            case "heading":
                blocks = [
                    block for block in self.clean.blocks if block.kind == "heading" or len(self.words(block)) < 60
                ]
            case _:
                blocks = list(self.clean.blocks)
        for block in blocks:
            yield block.content, block.end

    def kind(self) -> tuple[str | None, tuple[Span, ...]]:
        """The kind with most weight and the words that speak for it; None where two weigh the same or none enough."""
        weights: Counter[str] = Counter()
        spans: dict[str, list[tuple[int, Span]]] = {}
        for cue in cues():
            found = self._first(cue)
            if found:
                weights[cue.kind] += cue.weight
                spans.setdefault(cue.kind, []).append((-cue.weight, found))
        ranked = weights.most_common(2)
        if (
            not ranked
            or ranked[0][1] < rules("metadata")["threshold"]
            or (len(ranked) > 1 and ranked[0][1] == ranked[1][1])
        ):
            return None, ()
        kind = ranked[0][0]
        return kind, tuple(span for _, span in sorted(spans[kind], key=lambda pair: pair[0])[:2])

    def _first(self, cue: Cue) -> Span | None:
        for start, end in self._stretches(cue.place):
            words = self.clean.text[start:end].strip()
            offset = self.clean.text.index(words, start) if words else start
            found = cue.regex.search(words)
            if found:
                return self.clean.span(offset + found.start(), offset + max(found.end(), found.start() + 1))
        return None

    def number(self) -> tuple[str, Span] | None:
        """The document's own number: alone on a line of the head, or in its running head."""
        for block in self.head:
            words = self.words(block)
            for found in numbers.read(words, self.register)[:1]:
                form = re.compile(_NUMBER_LINE.format(number=re.escape(words[found.start : found.end])))
                match = form.match(words)
                rest = words[match.end() :] if match else "x"
                dated = dates.first(rest)
                rest = rest[: dated.start] + rest[dated.end :] if dated else rest
                if match and _REST_OF_LINE.fullmatch(rest):
                    offset = self.clean.text.index(words, block.content)
                    return found.number, self.clean.span(offset + found.start, offset + found.end)
        return self._number_of_header()

    def _number_of_header(self) -> tuple[str, Span] | None:
        found: dict[str, Span] = {}
        for block in self.reading.blocks:
            if block.kind in ("header", "footer"):
                words = self.reading.text[block.span.start : block.span.end]
                for number in numbers.read(
                    words.replace("\u2011", "-").replace("\u2013", "-").replace("\u00a0", " "), self.register
                ):
                    found.setdefault(
                        number.number, Span(block.span.start + number.start, block.span.start + number.end)
                    )
        things = {str(self.thing(number)): (number, span) for number, span in found.items()}
        return next(iter(things.values())) if len(things) == 1 else None

    def date(self) -> tuple[str, Span] | None:
        """The document's own date: alone on a line of the head, or behind its own number."""
        for block in self.head:
            words = self.words(block)
            dated = dates.first(words)
            if dated is None or dated.period is None or dated.period.precision != "day" or not dated.period.single:
                continue
            before = words[: dated.start]
            for number in numbers.read(before, self.register)[:1]:
                before = before[: number.start] + before[number.end :]
            alone = _ISSUED.fullmatch(before) or _REST_OF_LINE.fullmatch(re.sub(r"Document|Doc\.", "", before))
            if alone and _REST_OF_LINE.fullmatch(words[dated.end :].rstrip(".")):
                offset = self.clean.text.index(words, block.content)
                return dated.period.start, self.clean.span(offset + dated.start, offset + dated.end)
        return None

    def states(self, block: CleanBlock) -> list[Hit]:
        """The States named in a block."""
        return [h for h in self.names if h.kind == "state" and block.start <= h.start and h.end <= block.end]

    def only_states(self, block: CleanBlock) -> bool:
        """Whether a line of the head is nothing but a list of States: who hands the document in."""
        rest, states = self.clean.text[block.content : block.end], self.states(block)
        for hit in reversed(states):
            rest = rest[: hit.start - block.content] + rest[hit.end - block.content :]
        return bool(states) and not re.sub(r"\b(?:the|and|of)\b|[\s,;/()&-]", "", rest)

    def thing(self, number: str | None) -> Entity | None:
        """The document that a number names, if a form of the registers reads it."""
        read = self.register.document_number(number) if number else None
        return read.entity if read and read.entity.kind == "document" else None
