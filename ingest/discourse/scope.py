"""What a sentence is about by its place: the meeting it tells of, its lead, its headings, whose words it gives.

Minutes say once, in a heading or a lead sentence, what all the sentences below it are about. This module reads
those leads, so that the rules for decisions, topics and positions can ask of any sentence what governs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ingest.context import Document
from ingest.discourse.headings import Heading, descend, heads, is_sectional, number_of, read_heading
from ingest.discourse.places import Placed, placed, within
from ingest.model import Entity
from ingest.rulebook import rules
from ingest.text import CleanBlock, Sentence

__all__ = ["LONGEST", "Heading", "Placed", "Scope", "is_instrument", "placed", "scopes", "within"]

LONGEST = 4000
"""Characters; a longer stretch without an end is a table or a list, and no sentence to be read as one."""

_RESULTS = re.compile(
    r"\b(?:results|outcomes?|decisions|conclusions|actions|highlights)\s+(?:of|from)\s+(?:the\s+)?$", re.I
)
_TELL_OF_MEETINGS = frozenset({"chair-report", "meeting-report"})
_AT = re.compile(r"\b(?:at|in|during|by)\s+(?:the\s+|its\s+)?$", re.I)
_SAME = re.compile(r"(?:At|In|During)\s+(?:the|this|that)\s+same\s+(?:meeting|session)\b")
_WAS = re.compile(
    r"(?:(?!\b(?:will|would|shall|should|may|is|are|if)\b)[^.;:])*?\b(?:was|were|took|had|met|opened|sat|lasted|considered|examined"
    r"|heard|discussed|debated|agreed|decided|adopted|approved|noted)\b"
)
_ENDED = (".", "!", "?", ";", ":")


@dataclass(frozen=True, slots=True)
class Scope:
    """A sentence with what governs it; offsets are in the cleaned copy.

    meeting is the one meeting whose results the sentence tells, None where the text leaves that open or names
    several; named says that the sentence or a heading above it tells which. lead is the sentence that leaves its end to
    the items below it. headings are outermost first. role is "record" (what a meeting did), "member-paper" (what a
    member wrote), "instrument" (what a text lays down), "draft" (a text that is only put forward). section is the order
    of the heading or numbered paragraph that the sentence belongs to.
    """

    start: int
    end: int
    block: CleanBlock
    meeting: Entity | None
    lead: tuple[int, int] | None
    headings: tuple[Heading, ...]
    role: str
    section: int
    named: bool = False

    @property
    def document(self) -> Entity | None:
        """The paper that the nearest heading is about, or the one above it."""
        return next((one.document for one in reversed(self.headings) if one.document), None)

    @property
    def topic(self) -> Entity | None:
        """The topic that the nearest heading names, or the one above it."""
        return next((one.topic for one in reversed(self.headings) if one.topic), None)


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str], str | None], ...]:
    rows = rules("decisions")["section"]
    return tuple((row["role"], re.compile(row["regex"], re.IGNORECASE), row.get("within")) for row in rows)


@dataclass(slots=True)
class _State:
    """What holds at one place of the document.

    settled is the meeting that the document or its headings fix: a sentence that names another one there speaks of
    that one for itself alone. meeting is the one told of here; last the one that a sentence named last.
    """

    settled: Entity | None
    meeting: Entity | None
    last: Entity | None = None
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
    blocks = document.clean.blocks
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        head = heads(document, block)
        _enter(document, links, state, block, head, default)
        if head:
            if following is not None and _goes_on(document, block, following):
                state.lead, state.level = (block.content, block.end), block.level
            continue
        here = sentences.get(block.order, [])
        for sentence in here:
            if sentence.end - sentence.start <= LONGEST:
                leads = sentence is here[-1] and following is not None and _goes_on(document, block, following)
                yield _scope(document, links, state, block, sentence, leads=leads)


def _default_meeting(document: Document) -> Entity | None:
    meetings = document.metadata.meetings
    return meetings[0] if len(meetings) == 1 and document.metadata.kind in _TELL_OF_MEETINGS else None


def _goes_on(document: Document, block: CleanBlock, following: CleanBlock) -> bool:
    """Whether a line without a stop goes on in the items below it: "…, by which it", "The Panel, recalling …,"."""
    words = document.clean.text[block.content : block.end].rstrip()
    return block.kind in {"paragraph", "heading"} and following.kind == "item" and not words.endswith(_ENDED)


def _scope(
    document: Document, links: tuple[Placed, ...], state: _State, block: CleanBlock, sentence: Sentence, *, leads: bool
) -> Scope:
    text = document.clean.text
    leads = leads or text[sentence.start : sentence.end].rstrip().endswith(":")
    here, named = state.meeting, any(heading.meeting for heading in state.headings)
    told = _told(text, links, state, sentence)
    if told is not None:
        here, named, state.last = told, True, told
        state.meeting = told if leads or state.settled is None else state.meeting
    elif _tells_several(text, links, sentence):
        here = None
    lead = state.lead if block.kind == "item" or block.number is None else None
    if leads:
        state.lead, state.level = (sentence.start, sentence.end), block.level
    headings = tuple(state.headings)
    role = _role(document, headings)
    return Scope(sentence.start, sentence.end, block, here, lead, headings, role, state.section, named)


def _told(text: str, links: tuple[Placed, ...], state: _State, sentence: Sentence) -> Entity | None:
    """The meeting that a sentence says it tells of; "at the same meeting" is the one named last."""
    if _SAME.match(text, sentence.start, sentence.end):
        return state.last
    return _meeting_told(text, links, sentence)


def _enter(
    document: Document, links: tuple[Placed, ...], state: _State, block: CleanBlock, head: bool, default: Entity | None
) -> None:
    """A heading or a numbered paragraph ends what a lead above it governed."""
    if not head and not is_sectional(block):
        if block.kind != "item" and state.level and block.level < state.level:
            state.lead = None
        if block.kind == "item" and state.lead is None and (block.number or "")[:1].isdigit():
            state.meeting = state.settled  # a numbered paragraph, though it looks like an item
        return
    state.lead, state.section = None, block.order
    state.headings = descend(state.headings, number_of(block), heading=head)
    if head:
        state.headings.append(read_heading(document, links, block, state.headings))
    state.settled = next((one.meeting for one in reversed(state.headings) if one.meeting), default)
    told = _meeting_told(document.clean.text, links, Sentence(block.start, block.end, block.order)) if head else None
    state.meeting = told or state.settled


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
            or _is_subject(text, sentence, one)
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


def _is_subject(text: str, sentence: Sentence, one: Placed) -> bool:
    """Whether the sentence begins with the meeting and says what it was or did: "The ninth meeting was held in …"."""
    before = text[sentence.start : one.start].strip().casefold()
    opens = before in {"", "the"} and (before == "the" or text.startswith("The ", one.start))
    return opens and bool(_WAS.match(text, one.end, sentence.end))


def _tells_several(text: str, links: tuple[Placed, ...], sentence: Sentence) -> bool:
    entities = {one.entity for one in within(links, sentence.start, sentence.end, "meeting") if one.entity}
    return len(entities) > 1


def _role(document: Document, headings: tuple[Heading, ...]) -> str:
    """Whose words a sentence gives, by its headings: a section on a meeting tells what the meeting did."""
    if is_instrument(document):
        return "instrument"
    role = "member-paper" if document.metadata.kind == "contribution" else "record"
    for heading in headings:
        if heading.meeting is not None:
            role = "record"
            continue
        for name, regex, within_kind in _roles():
            if within_kind in (None, document.metadata.kind) and regex.search(heading.text):
                role = name
                break
    return role


def is_instrument(document: Document) -> bool:
    """Whether the whole document lays something down, so that no sentence of it tells what a meeting did."""
    return document.metadata.kind in {"resolution", "decision", "recommendation", "final-acts"}
