"""Clauses that a text tells in words of its own: "By Resolution 61 the Treasurer is to …", and lists below such leads.

`excerpts` reads "Resolution 61 instructs the Treasurer to …" and the list behind it; this module reads the other ways
of telling (`duties.toml`), the heads inside a list that is told ("and further requests the Board"), and what "it also"
asks. A sentence is read with its instruments in braces, so that no form runs over a name. English alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.context import Document
from ingest.discourse.certainty import modality
from ingest.finders.mentions import place
from ingest.model import Entity
from ingest.provisions.grammar import grammar
from ingest.provisions.instruments import language as language_of
from ingest.provisions.numerals import numeral, split_inline
from ingest.rulebook import rules
from ingest.text import CleanBlock

_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?")
_ITEM = re.compile(r"(?:[a-z][^.;:]{0,120}, )?(?:to|that) [a-z]")
_BREAK = re.compile(r";(?!(?: and)? (?:to [a-z]|(?:further |also )?[a-z]+s (?:the |[A-Z])))")
_TRAILING = re.compile(r"(?:[\s.,;\"]|(?<=[,;]) and$)+$")
_KINDS = frozenset({"revision", "instrument"})


@dataclass(frozen=True, slots=True)
class Told:
    """A clause that is told: the instrument, the verb as told, whom it speaks to, its number; offsets in the copy."""

    instrument: Entity
    verb: str
    who: str
    who_start: int
    number: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    said: bool
    regex: re.Pattern[str]

    @property
    def leads(self) -> bool:
        """Whether what is asked stands in the list below."""
        return self.regex.pattern.endswith("$")


@dataclass(frozen=True, slots=True)
class _Lead:
    instrument: Entity
    verb: str
    who: str
    who_start: int
    quoted: bool = False


@cache
def _forms() -> tuple[_Form, ...]:
    return tuple(
        _Form(row["name"], row.get("governs") == "said", re.compile(filled(row["regex"])))
        for row in rules("duties")["telling"]
    )


def filled(regex: str) -> str:
    """A form with its placeholders made groups."""
    told = rules("duties")["told"]
    verbs = "|".join(sorted(told["verbs"], key=len, reverse=True))
    return (
        regex.replace("{V}", rf"(?P<verb>{verbs})")
        .replace("{W}", told["who"])
        .replace("{R}", r"\{(?P<instrument>\d+)\}")
    )


@cache
def _part(name: str) -> re.Pattern[str]:
    return re.compile(filled(rules("duties")["told"][name]))


def told(document: Document) -> Iterator[Told]:
    """The clauses told, in order of the text; some may be those that `excerpts` reads too."""
    if language_of(document) not in (None, "en") or not any(_cites(document)):
        return
    reader = _Reader(document)
    for block in document.clean.blocks:
        yield from reader.read(block)


def _cites(document: Document) -> Iterator[bool]:
    return (link.mention.kind == "citation" and link.entity is not None for link in document.links)


class _Reader:
    """Goes through the blocks with the lead whose list is open, and the instrument that "it" would mean."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.clean.text
        self.lead: _Lead | None = None
        self.last: Entity | None = None
        self.sentences: dict[int, list[tuple[int, int]]] = {}
        for sentence in document.clean.sentences:
            self.sentences.setdefault(sentence.block, []).append((sentence.start, sentence.end))
        self.links: dict[int, list[tuple[int, int, Entity]]] = {}
        for link in document.links:
            if link.mention.kind in ("citation", "nominal") and link.entity is not None and link.entity.kind in _KINDS:
                start, end = place(document.clean, link.mention.span)
                self.links.setdefault(link.mention.block, []).append((start, end, link.entity))

    def read(self, block: CleanBlock) -> Iterator[Told]:
        """What a block tells, as an item of the open list or in its sentences."""
        words = self.text[block.content : block.end].strip()
        if self.lead is not None:
            if _part("omitted").fullmatch(words):
                return
            head = _part("head").fullmatch(words)
            if head and not block.number:
                self.lead = self._again(block, head, words)
                return
            if self._is_item(block, words):
                yield from self._items(block, self.lead)
                return
            self.lead = None
        yield from self._sentences(block)

    def _again(self, block: CleanBlock, head: re.Match[str], words: str) -> _Lead | None:
        at = self.text.index(words, block.content)
        return self.lead and _Lead(self.lead.instrument, head["verb"], head["who"], at + head.start("who"))

    def _is_item(self, block: CleanBlock, words: str) -> bool:
        if block.kind == "heading" or (block.number and _SECTION.fullmatch(block.number)):
            return False
        return bool(_ITEM.match(words)) and (bool(block.number) or block.kind == "item" or words[0].islower())

    def _items(self, block: CleanBlock, lead: _Lead) -> Iterator[Told]:
        stop = self.text.find('"', block.content, block.end) if lead.quoted else -1
        end = stop if stop >= 0 else block.end
        for index, (number, start, cut) in enumerate(
            split_inline(self.text, block.content, end, numeral(block.number))
        ):
            printed = block.number if index == 0 else number.printed if number else None
            plain = number is None or number.style == "bullet"
            yield self._clause(lead, None if plain else printed, start, cut)
        self.last = lead.instrument
        if stop >= 0:
            self.lead = None

    def _sentences(self, block: CleanBlock) -> Iterator[Told]:
        said, self.last = self.last, None
        if said is None and block.order not in self.links:
            return
        for start, end in self.sentences.get(block.order, ()):
            yield from self._sentence(start, end, said)
            said = self.last or said

    def _sentence(self, start: int, end: int, said: Entity | None) -> Iterator[Told]:
        braced, places, instruments = self._braced(start, end)
        for form in _forms():
            found = form.regex.search(braced)
            if found is None or (not instruments and not form.said):
                continue
            source = said if form.said else instruments[int(found["instrument"])]
            if source is None or not self._is_told(places[found.start("verb")], places[found.end("verb")]):
                continue
            who = places[found.start("who")]
            quoted = '"' in found.group() and form.name in ("lead", "quoted")
            lead = _Lead(source, found["verb"], found["who"], who, quoted)
            self.last = source
            if form.leads:
                self.lead = lead
            else:
                number = found.groupdict().get("number")
                yield from self._chain(lead, number, places[found.start("what")], self._until(found, places, end))
            return

    def _until(self, found: re.Match[str], places: tuple[int, ...], end: int) -> int:
        return min(places[found.end("what")], end)

    def _is_told(self, start: int, end: int) -> bool:
        return modality(self.text, start, end) not in ("negated", "planned", "conditional", "proposed")

    def _chain(self, lead: _Lead, number: str | None, start: int, end: int) -> Iterator[Told]:
        """ "to help members, to print lists, and invites the Board to pay": each task, the last with its own head.

        A semicolon ends what is told, unless another task follows it.
        """
        ends = _BREAK.search(self.text, start, end)
        end = ends.start() if ends else end
        again = _part("again").search(self.text, start, end)
        stop = again.start() if again else end
        begin = start
        for cut in _part("next").finditer(self.text, start, stop):
            yield self._clause(lead, number, begin, cut.start())
            begin = cut.end()
        yield self._clause(lead, number, begin, stop)
        if again:
            other = _Lead(lead.instrument, again["verb"], again["who"], again.start("who"), lead.quoted)
            yield from self._chain(other, None, again.end(), end)

    def _clause(self, lead: _Lead, number: str | None, start: int, end: int) -> Told:
        words = _TRAILING.sub("", self.text[start:end])
        end = start + len(words)
        return Told(lead.instrument, lead.verb, lead.who, lead.who_start, number, start, end)

    def _braced(self, start: int, end: int) -> tuple[str, tuple[int, ...], tuple[Entity, ...]]:
        """The sentence with its instruments in braces, where each sign of it stands, and the instruments."""
        block = self.document.clean.block_at(start)
        pieces, places, position = [], list[int](), start
        instruments: list[Entity] = []
        for at, stop, entity in sorted(self.links.get(block.order if block else 0, ())):
            if position <= at and stop <= end:
                token = f"{{{len(instruments)}}}"
                pieces += [self.text[position:at].translate({123: 40, 125: 41}), token]
                places += [*range(position, at), *([at] * len(token))]
                instruments.append(entity)
                position = stop
        pieces.append(self.text[position:end].translate({123: 40, 125: 41}))
        return "".join(pieces), (*places, *range(position, end), end), tuple(instruments)


def role(verb: str, language: str | None = None) -> str | None:
    """The term of the code list for a verb as told; "is to" and "charge" instruct."""
    known = grammar(language).told_roles
    return known.get(verb) or known.get(f"{verb}s") or "instructs"
