"""Headings, and the lines that serve as such: what everything below them is about.

A numbered line that names a paper, and a line that names an item of the agenda, head what follows as well as what a
reader marks as a heading.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ingest.context import Document
from ingest.discourse.places import Placed, within
from ingest.discourse.subjects import subject_of, topic_called
from ingest.discourse.topic_names import topic_of, topic_of_round
from ingest.model import Entity
from ingest.text import CleanBlock
from ingest.text.numbering import roman_value

_SECTION = re.compile(r"(?:\d+\.?\s?)+|[IVX]+\.?")
_ITEM_OF_AGENDA = re.compile(r"(?:Agenda\s+)?[Ii]tem\s+\d+(?:\s*\([a-z]\))?\s*[:.-]\s*(?=\S)")
"""How a line begins that names the item of the agenda under which what follows was said."""
_DISCUSSES = re.compile(
    r"(?:discussions?|debate|items?\s+discussed|matters?\s+discussed|topics?\s+discussed)\b", re.IGNORECASE
)
_LONGEST = 320
"""Characters; a longer line is a paragraph."""
_LONGEST_SUBJECT = 60
"""Characters; a longer heading is a sentence."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, or a line that serves as one. number holds its parts: "6.1" is ("6", "1").

    topic is the one that a register knows; of an item of the agenda, and of what stands under a heading of discussion,
    also the subject that its words name. meeting is the one meeting of which everything below it tells ("3 The tenth
    meeting"). stays: a heading without number that governs the numbered paragraphs below it until the next heading.
    """

    number: tuple[str, ...]
    text: str
    start: int
    end: int
    document: Entity | None
    topic: Entity | None
    meeting: Entity | None = None
    stays: bool = False


def is_sectional(block: CleanBlock) -> bool:
    """Whether a block has the number of a section or a numbered paragraph ("2", "6.1", "IV")."""
    return block.kind != "item" and bool(block.number and _SECTION.fullmatch(block.number.strip()))


def heads(document: Document, block: CleanBlock) -> bool:
    """Whether a block heads what follows: a heading, a numbered line that names a paper, an item of the agenda."""
    if block.kind == "heading":
        return True
    words = document.clean.text[block.content : block.end].rstrip()
    if block.kind == "item" or len(words) >= _LONGEST or words.endswith((".", ":", ";")):
        return False
    if block.number is None:
        return bool(_ITEM_OF_AGENDA.match(words))
    return (
        is_sectional(block) and bool(re.match(r"(?:Contribution|Document)\b", words)) and _one_sentence(document, block)
    )


def _one_sentence(document: Document, block: CleanBlock) -> bool:
    """Whether a block holds one sentence at most: a paragraph that begins with a paper goes on after it."""
    if "long blocks" not in document.memo:
        counts = Counter(sentence.block for sentence in document.clean.sentences)
        document.memo["long blocks"] = frozenset(order for order, count in counts.items() if count > 1)
    return block.order not in document.memo["long blocks"]


def number_of(block: CleanBlock) -> tuple[str, ...]:
    """The parts of the number as printed, Roman ones as digits."""
    parts = re.findall(r"\d+|[IVX]+", block.number or "")
    return tuple(part if part.isdigit() else str(roman_value(part)) for part in parts)


def descend(above: list[Heading], number: tuple[str, ...], *, heading: bool) -> list[Heading]:
    """The headings that a block of this number still stands under."""
    if not number:
        return [one for one in above if one.number]
    return [
        one
        for one in above
        if (one.stays and not heading)
        or (one.number and one.number == number[: len(one.number)] and one.number != number)
    ]


def read_heading(document: Document, links: tuple[Placed, ...], block: CleanBlock, above: list[Heading]) -> Heading:
    """What a heading says, under the headings above it: the paper, the topic and the meeting that it names."""
    text = document.clean.text
    papers = [one.entity for one in within(links, block.start, block.end, "document-number") if one.entity]
    topics = {one.entity for one in within(links, block.start, block.end, "topic") if one.entity}
    rounds = [one.entity for one in within(links, block.start, block.end, "consultation")]
    topics = topics or {topic for one in rounds if (topic := topic_of_round(document.register, one))}
    topic = topics.pop() if len(topics) == 1 else topic_of(document.register, text, block.content, block.end)
    meeting = _meeting(text, links, block)
    words = text[block.content : block.end]
    item = _ITEM_OF_AGENDA.match(words)
    stays = not block.number and bool(meeting or item)
    if topic is None and not papers and meeting is None and (item or any(_DISCUSSES.match(one.text) for one in above)):
        topic = _subject(document, words[item.end() if item else 0 :])
    number = number_of(block)
    return Heading(number, words, block.start, block.end, papers[0] if papers else None, topic, meeting, stays)


def _subject(document: Document, words: str) -> Entity | None:
    """The topic that the words of a heading name, without what is bracketed behind them ("(continued)")."""
    words = re.sub(r"\s*\([^()]*\)", "", words)
    subject = subject_of(words)
    return topic_called(document, subject) if subject and len(subject) <= _LONGEST_SUBJECT else None


def _meeting(text: str, links: tuple[Placed, ...], block: CleanBlock) -> Entity | None:
    """The meeting that the whole heading names: "3 The tenth meeting", "Tenth meeting (Osterby, 3 May 2031)".

    A line without number and article may be that of a cover, which says for which meeting a paper was written.
    """
    for one in within(links, block.content, block.end, "meeting"):
        before = text[block.content : one.start].strip().casefold()
        opens = before == "the" or text[one.start : one.start + 4] == "The "
        rest = text[one.end : block.end].strip()
        if one.entity and (opens or (not before and block.number)) and (not rest or rest[0] in "(,:-"):
            return one.entity
    return None
