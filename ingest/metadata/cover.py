"""What the cover of a document says of it: its kind by form, its own number and date, the States that hand it in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ingest.finders import names, numbers
from ingest.finders.hits import Hit
from ingest.model import Entity, Reading, Span
from ingest.register import Register
from ingest.resolving.numbers import entity_of
from ingest.rulebook import rules
from ingest.text import Clean, CleanBlock, dates

_HEAD_BLOCKS = 15
_TAIL_BLOCKS = 12
_NUMBER_LINE = r"(?:(?:Document|Doc\.?|No\.?)\s+)?{number}(?:-[A-Z])?(?:\s*\((?:Rev|Add|Corr)\.? ?\d*\))?"
_REST_OF_LINE = re.compile(
    r"(?:\s|[,;:|]|\b(?:Original|Language|English|French|Spanish|Russian|Arabic|Chinese|Date|only|Revision|\d)\b)*",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"(?:\t|[ \u00a0]{3,})\s*(?:(?:Document|Doc\.?|No\.?)\s+)?$")
"""The gap before the right-hand column of a cover, in the text as read."""
_NUMBERED_SECTION = re.compile(r"(?:1|I)\b")
_SHORT_LINE = 100
"""Characters up to which a line of a paragraph may be a line of a cover on its own."""
_STANDS_ALONE = re.compile(r"[\s*_#>]*[A-Z0-9\u00c0-\u00de]")
_LANGUAGES = re.compile(r"[\s.,;]*(?:Original: )?(?:Arabic|Chinese|English|French|Russian|Spanish)\b[\w\s,;.]{0,60}$")
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
        self._numbers = numbers.read(clean.text, register)
        self.head = self._head()
        self.names = names.hits(clean.text, register)

    def _head(self) -> list[CleanBlock]:
        """The lines before the first numbered section, where a document says what it is.

        A line that is a date has no section number, though it begins with "1".
        """
        found: list[CleanBlock] = []
        for block in self.clean.blocks[:_HEAD_BLOCKS]:
            if block.number and self._is_date(block):
                block = replace(block, number=None, content=block.start)
            if block.number and found and _NUMBERED_SECTION.match(block.number):
                break
            found.extend(self._lines(block))
        return found

    def _is_date(self, block: CleanBlock) -> bool:
        line = self.clean.text[block.start : block.end].strip()
        dated = dates.first(line)
        return dated is not None and dated.start == 0 and dated.end == len(line.rstrip("."))

    def _lines(self, block: CleanBlock) -> list[CleanBlock]:
        """The lines of a paragraph of short lines, each of which begins anew: cover lines that a file format joined.

        A heading, and what has neither number nor date, is one line however it is broken.
        """
        start, end = self.clean.origin[block.content], self.clean.ends[block.end - 1] if block.end else 0
        pieces = list(re.finditer(r"[^\r\n]+", self.reading.text[start:end]))
        alone = (len(piece.group()) < _SHORT_LINE and _STANDS_ALONE.match(piece.group()) for piece in pieces)
        told = any(character.isdigit() for character in self.reading.text[start:end])
        if len(pieces) < 2 or block.kind == "heading" or not told or not all(alone):
            return [block]
        found = []
        for index, piece in enumerate(pieces):
            first = self.clean.clean_offset(start + piece.start())
            last = self.clean.clean_offset(start + pieces[index + 1].start()) if index + 1 < len(pieces) else block.end
            while last > first and self.clean.text[last - 1].isspace():
                last -= 1
            if first < last:
                found.append(replace(block, start=first, content=first, end=last))
        return found

    def _after_gap(self, offset: int) -> bool:
        """Whether what stands there in the cleaned copy begins the right-hand column of a line."""
        at = self.clean.origin[offset]
        line = self.reading.text.rfind("\n", 0, at) + 1
        return bool(_COLUMN.search(self.reading.text[line:at]))

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
        """The document's own number: on a line of the head or in its right-hand column, or in its running head."""
        for block in self.head:
            words = self.words(block)
            offset = self.clean.text.index(words, block.content) if words else block.content
            for found in self._numbers_in(offset, offset + len(words))[-1:]:
                form = re.compile(_NUMBER_LINE.format(number=re.escape(self.clean.text[found.start : found.end])))
                lead = 0 if form.match(words) else self._lead(offset, found.start)
                match = form.match(words, lead) if lead is not None else None
                rest = words[match.end() :] if match else "x"
                dated = dates.first(rest)
                if dated and rest[: dated.start].strip() in (",", ""):
                    rest = rest[dated.end :].lstrip(".;")
                if match and (_REST_OF_LINE.fullmatch(rest) or _LANGUAGES.match(rest)):
                    return found.number, self.clean.span(found.start, found.end)
        return self._number_of_header() or self._number_of_circular()

    def _number_of_circular(self) -> tuple[str, Span] | None:
        """The number in the line that names a circular: "Circular letter QL-77"."""
        for cue in cues():
            for block in self.head if cue.kind == "circular" else ():
                found = cue.regex.search(self.words(block))
                if found and "number" in cue.regex.groupindex:
                    at = self.clean.text.index(found["number"], block.content)
                    return found["number"], self.clean.span(at, at + len(found["number"]))
        return None

    def _lead(self, offset: int, at: int) -> int | None:
        """Where in its line a number begins that stands in the right-hand column, with "Document" before it."""
        said = re.search(r"(?:Document|Doc\.?|No\.?) $", self.clean.text[offset:at])
        begin = offset + said.start() if said else at
        return begin - offset if self._after_gap(begin) else None

    def _numbers_in(self, start: int, end: int) -> list[numbers.Found]:
        """The document numbers of a stretch of the cleaned copy, as the whole text shows them; offsets are in it."""
        return [found for found in self._numbers if start <= found.start and found.end <= end]

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
        """The document's own date: alone on a line of the head, behind its own number, or in its right-hand column."""
        for block in self.head:
            words = self.words(block)
            offset = self.clean.text.index(words, block.content) if words else block.content
            for dated in dates.find(words):
                if dated.period is None or dated.period.precision != "day" or not dated.period.single:
                    continue
                rest = words[dated.end :].rstrip(".")
                if not _REST_OF_LINE.fullmatch(rest) and not _LANGUAGES.match(rest):
                    continue
                if self._after_gap(offset + dated.start) or self._issued_on(offset, words[: dated.start]):
                    return dated.period.start, self.clean.span(offset + dated.start, offset + dated.end)
        return None

    def _issued_on(self, offset: int, before: str) -> bool:
        """Whether what stands before a date in its line says no more than number, place or "Date"."""
        for number in self._numbers_in(offset, offset + len(before))[:1]:
            before = before[: number.start - offset] + before[number.end - offset :]
        return bool(_ISSUED.fullmatch(before) or _REST_OF_LINE.fullmatch(re.sub(r"Document|Doc\.", "", before)))

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
        """The document that a number names, if a form of the registers reads it, or the text's own series gives it."""
        read = self.register.document_number(number) if number else None
        if read is not None:
            return read.entity if read.entity.kind == "document" else None
        told = next((found.parts for found in self._numbers if found.number == number), None)
        return entity_of(told, self.register, None)[0] if told else None
