"""Where a sentence stands: which meeting's results it tells, under which heading, about which paper.

Minutes say once, in a heading or a lead sentence, what all the sentences below it are about. This module reads
those leads, so that the rules for decisions, topics and positions can ask of any sentence what governs it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from ingest.context import Document
from ingest.discourse.topic_names import topic_of, topic_of_round
from ingest.model import Entity, Link, Span
from ingest.rulebook import rules
from ingest.text import CleanBlock, Sentence
from ingest.text.numbering import roman_value

LONGEST = 4000
"""Characters; a longer stretch without an end is a table or a list, and no sentence to be read as one."""

_SECTION = re.compile(r"(?:\d+\.?\s?)+|[IVX]+\.?")
_RESULTS = re.compile(
    r"\b(?:results|outcomes?|decisions|conclusions|actions|highlights)\s+(?:of|from)\s+(?:the\s+)?$", re.I
)
_TELL_OF_MEETINGS = frozenset({"chair-report", "meeting-report"})
_AT = re.compile(r"\b(?:at|in|during|by)\s+(?:the\s+|its\s+)?$", re.I)


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


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, or a numbered line that serves as one. number holds its parts: "6.1" is ("6", "1")."""

    number: tuple[str, ...]
    text: str
    start: int
    end: int
    document: Entity | None
    topic: Entity | None


@dataclass(frozen=True, slots=True)
class Scope:
    """A sentence with what governs it; offsets are in the cleaned copy.

    meeting is the one meeting whose results the sentence tells, None where the text leaves that open or names
    several. lead is the sentence ending in a colon under which it stands. headings are outermost first. role is
    "record" (what a meeting did), "member-paper" (what a member wrote), "instrument" (what a text lays down). section
    is the order of the heading or numbered paragraph that the sentence belongs to.
    """

    start: int
    end: int
    block: CleanBlock
    meeting: Entity | None
    lead: tuple[int, int] | None
    headings: tuple[Heading, ...]
    role: str
    section: int

    @property
    def document(self) -> Entity | None:
        """The paper that the nearest heading is about, or the one above it."""
        return next((one.document for one in reversed(self.headings) if one.document), None)

    @property
    def topic(self) -> Entity | None:
        """The topic that the nearest heading names, or the one above it."""
        return next((one.topic for one in reversed(self.headings) if one.topic), None)


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


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["role"], re.compile(row["regex"], re.IGNORECASE)) for row in rules("decisions")["section"])


@dataclass(slots=True)
class _State:
    """What holds at one place of the document."""

    default: Entity | None
    meeting: Entity | None
    lead: tuple[int, int] | None = None
    headings: list[Heading] = field(default_factory=list)
    level: int = 0
    section: int = 0


def scopes(document: Document) -> Iterator[Scope]:
    """Every sentence of the document with its scope, in order; no headings, and nothing longer than LONGEST.

    Worked out once a document.
    """
    if "scopes" not in document.memo:
        document.memo["scopes"] = tuple(_scopes(document))
    yield from document.memo["scopes"]


def _scopes(document: Document) -> Iterator[Scope]:
    links = placed(document)
    default = _default_meeting(document)
    state = _State(default, default)
    sentences: dict[int, list[Sentence]] = {}
    for sentence in document.clean.sentences:
        sentences.setdefault(sentence.block, []).append(sentence)
    for block in document.clean.blocks:
        _enter(document, links, state, block)
        if block.kind == "heading" or _heads(document, block):
            continue
        for sentence in sentences.get(block.order, ()):
            if sentence.end - sentence.start <= LONGEST:
                yield _scope(document, links, state, block, sentence)


def _default_meeting(document: Document) -> Entity | None:
    meetings = document.metadata.meetings
    return meetings[0] if len(meetings) == 1 and document.metadata.kind in _TELL_OF_MEETINGS else None


def _scope(
    document: Document, links: tuple[Placed, ...], state: _State, block: CleanBlock, sentence: Sentence
) -> Scope:
    text = document.clean.text
    here = state.meeting
    named = _meeting_told(text, links, sentence)
    if named is not None:
        state.meeting = here = named
    elif _tells_several(text, links, sentence):
        here = None
    lead = state.lead if block.kind == "item" or block.number is None else None
    if text[sentence.start : sentence.end].rstrip().endswith(":"):
        state.lead, state.level = (sentence.start, sentence.end), block.level
    headings = tuple(state.headings)
    return Scope(sentence.start, sentence.end, block, here, lead, headings, _role(document, headings), state.section)


def _enter(document: Document, links: tuple[Placed, ...], state: _State, block: CleanBlock) -> None:
    """A heading or a numbered paragraph ends what a lead above it governed."""
    heads = block.kind == "heading" or _heads(document, block)
    sectional = block.kind != "item" and bool(block.number and _SECTION.fullmatch(block.number.strip()))
    if heads or sectional:
        state.meeting, state.lead, state.section = state.default, None, block.order
    elif block.kind != "item" and state.level and block.level < state.level:
        state.lead = None
    if sectional or heads:
        _descend(state, _number(block))
    if heads:
        heading = _heading(document, links, block)
        state.headings.append(heading)
        told = _meeting_told(document.clean.text, links, Sentence(block.start, block.end, block.order))
        state.meeting = told or state.default


def _number(block: CleanBlock) -> tuple[str, ...]:
    parts = re.findall(r"\d+|[IVX]+", block.number or "")
    return tuple(part if part.isdigit() else str(roman_value(part)) for part in parts)


def _descend(state: _State, number: tuple[str, ...]) -> None:
    """Leave the headings that a block of this number does not stand under."""
    if not number:
        state.headings = [one for one in state.headings if one.number]
        return
    state.headings = [one for one in state.headings if one.number and one.number == number[: len(one.number)]]
    state.headings = [one for one in state.headings if one.number != number]


def _heads(document: Document, block: CleanBlock) -> bool:
    """A numbered line without a full stop that names a paper: "6.1 Contribution PANEL 7/3 from Norland: …"."""
    if block.kind in {"heading", "item"} or not block.number or not _SECTION.fullmatch(block.number.strip()):
        return False
    words = document.clean.text[block.content : block.end].rstrip()
    return (
        len(words) < 320
        and not words.endswith((".", ":", ";"))
        and bool(re.match(r"(?:Contribution|Document)\b", words))
    )


def _heading(document: Document, links: tuple[Placed, ...], block: CleanBlock) -> Heading:
    papers = [one.entity for one in within(links, block.start, block.end, "document-number") if one.entity]
    text = document.clean.text[block.content : block.end]
    topics = {one.entity for one in within(links, block.start, block.end, "topic") if one.entity}
    rounds = [one.entity for one in within(links, block.start, block.end, "consultation")]
    topics = topics or {topic for one in rounds if (topic := topic_of_round(document.register, one))}
    topic = (
        topics.pop() if len(topics) == 1 else topic_of(document.register, document.clean.text, block.content, block.end)
    )
    return Heading(_number(block), text, block.start, block.end, papers[0] if papers else None, topic)


def _meeting_told(text: str, links: tuple[Placed, ...], sentence: Sentence) -> Entity | None:
    """The one meeting that a sentence says it tells of: "At the ninth meeting, …", "results of the ninth meeting"."""
    told = []
    for one in within(links, sentence.start, sentence.end, "meeting"):
        before = text[max(sentence.start, one.start - 40) : one.start]
        opens = one.start - sentence.start < 40
        if one.entity and (
            _RESULTS.search(before)
            or (_AT.search(f"{before} ") and opens)
            or _opens(text, sentence, one)
            or _leads(text, sentence, one)
        ):
            told.append(one.entity)
    return told[0] if len(set(told)) == 1 else None


def _opens(text: str, sentence: Sentence, one: Placed) -> bool:
    """Whether the mention itself begins with "At the …" or "In the …" at the head of the sentence."""
    words = text[one.start : one.end]
    return one.start == sentence.start and bool(re.match(r"(?:At|In|During)\s", words))


def _leads(text: str, sentence: Sentence, one: Placed) -> bool:
    """Whether the sentence leads a list and its subject is the meeting: "The ninth meeting, held on …, decided:"."""
    words = text[sentence.start : sentence.end].rstrip()
    return words.endswith(":") and text[sentence.start : one.start].strip().casefold() in {"", "the", "its", "this"}


def _tells_several(text: str, links: tuple[Placed, ...], sentence: Sentence) -> bool:
    entities = {one.entity for one in within(links, sentence.start, sentence.end, "meeting") if one.entity}
    return len(entities) > 1


def _role(document: Document, headings: tuple[Heading, ...]) -> str:
    if is_instrument(document):
        return "instrument"
    role = "member-paper" if document.metadata.kind == "contribution" else "record"
    for heading in headings:
        for name, regex in _roles():
            if regex.search(heading.text):
                role = name
                break
    return role


def is_instrument(document: Document) -> bool:
    """Whether the whole document lays something down, so that no sentence of it tells what a meeting did."""
    return document.metadata.kind in {"resolution", "decision", "recommendation", "final-acts"}
