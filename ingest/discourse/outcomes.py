"""Topics where they stand in a sentence, and the forms that say how a topic stood at a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.context import Document
from ingest.discourse.scope import Placed, within
from ingest.discourse.subjects import subject_of, topic_called
from ingest.discourse.topic_names import named, topic_of_round
from ingest.model import Entity
from ingest.rulebook import rules

_QUOTED = re.compile(
    r"\b(?:topics?|subjects?|themes?|consultations?)\s*(?:of|on|about|entitled)?\s*:?\s*\"(?P<title>[^\"\n]{4,250})\""
)


_THEME = re.compile(
    r"\"(?P<title>[^\"\n]{4,250})\"\s+as\s+(?:the|a|its|their)\s+(?:\w+\s+)?(?:topic|theme|subject)\b"
    r"|\bitem\s+\"(?P<item>[^\"\n]{4,120})\""
)
_AS_THE = re.compile(r"\bas\s+(?:the|a|its|their)\s+$")
_SLOTS = {
    "np": r"(?P<topic>(?:[A-Za-z][\w'/-]*)(?:\s(?!and\s(?:the|it|a)\b|but\b|was\b|were\b|had\b|has\b)[\w'/&-]+){0,8}?)",
    "question": r"(?P<topic>(?:[Ww]hether|[Ww]hich|[Hh]ow|[Ww]hat)\s[^,;:.\"]{8,90}?)",
    "title": r"\"(?P<topic>[^\"\n]{4,120})\"",
    "end": r"(?=\s*[,;:.(\"]|\s*$|\s+(?:at|until|till|during|and|but|by|without|because|as|while|whereas|if|since|after"
    r"|before|was|were|is|are|has|had|will|would|provided|on\s+condition|for\s+(?:information|decision|discussion))\b|\s+in\s+(?:detail|depth|the|its|view|[A-Z\d])"
    r"|\s+to\s+(?:its|the|a)\b)",
}
"""What stands for a topic in a phrase of `outcomes.toml`, and where such words end."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row of `outcomes.toml`, compiled; the file says what each column means."""

    status: str
    forms: tuple[re.Pattern[str], ...]
    topics: tuple[str, ...]
    fallback: tuple[str, ...]
    voices: bool
    items: bool
    planned: str | None
    negated: str | None
    states_itself: bool
    phrases: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A topic where a sentence names it; offsets in the cleaned copy. standing: the choice of topics itself.

    of_round: the topic stands as the subject of a round of consultation. coined: no register and no title names it.
    """

    start: int
    end: int
    topic: Entity
    standing: bool = False
    of_round: bool = False
    coined: bool = False


@cache
def outcomes() -> tuple[Outcome, ...]:
    """The forms of outcome, compiled."""
    return tuple(_outcome(row) for row in rules("outcomes")["outcome"])


def _outcome(row: dict[str, Any]) -> Outcome:
    return Outcome(
        status=row["status"],
        phrases=tuple(_phrase(words) for words in row.get("phrases", ())),
        forms=tuple(re.compile(row[key], re.IGNORECASE) for key in ("regex", "passive") if key in row),
        topics=tuple(row["topics"]),
        fallback=tuple(row.get("fallback", ())),
        voices="voices" in row,
        items=row.get("items", False),
        planned=row.get("planned"),
        negated=row.get("negated"),
        states_itself=row.get("states_itself", False),
    )


@cache
def standing_topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Names of recurring subjects with the forms that word them."""
    return tuple((row["name"], re.compile(row["regex"], re.IGNORECASE)) for row in rules("outcomes")["standing"])


def _phrase(words: str) -> re.Pattern[str]:
    for name, pattern in _SLOTS.items():
        words = words.replace(f"<{name}>", pattern)
    return re.compile(words)


@cache
def _all_phrases() -> tuple[re.Pattern[str], ...]:
    named_only = tuple(_phrase(words) for words in rules("outcomes")["subjects"]["phrases"])
    return (*(phrase for row in outcomes() for phrase in row.phrases), *named_only)


def unregistered(document: Document, row: Outcome, scope: tuple[int, int], match: re.Match[str]) -> list[Told]:
    """A topic that no register knows, where the words of the outcome name it plainly: "no consensus on night pilotage".

    The words must be those of a subject, two at least: no paper, meeting, body, instrument, pronoun or vague noun.
    """
    left, right = scope
    for phrase in row.phrases:
        for found in phrase.finditer(document.clean.text[left:right]):
            if left + found.start() >= match.end() or left + found.end() <= match.start():
                continue
            if one := _candidate(document, left, found):
                return [one]
    return []


def _candidate(document: Document, left: int, found: re.Match[str]) -> Told | None:
    """The topic in the slot of a phrase that was found in the text from left on."""
    start, end = found.span("topic")
    titled = found.string[start - 1 : start] == '"'
    words = found["topic"] if titled else subject_of(found["topic"])
    if not words:
        return None
    return Told(left + start, left + end, topic_called(document, words), coined=True)


def phrased(document: Document, start: int, end: int) -> tuple[Told, ...]:
    """The topics that no register knows and that [start, end) names in a plain phrase of any outcome."""
    found: dict[int, Told] = {}
    for phrase in _all_phrases():
        for match in phrase.finditer(document.clean.text[start:end]):
            if one := _candidate(document, start, match):
                found.setdefault(one.start, one)
    return tuple(found[at] for at in sorted(found))


def told(document: Document, links: tuple[Placed, ...], start: int, end: int) -> tuple[Told, ...]:
    """The topics that [start, end) of the cleaned copy names, in order, each place once."""
    found = [*_standing(document, start, end), *_of_rounds(document, links, start, end)]
    taken = [(one.start, one.end) for one in found]
    found += [
        Told(one.start, one.end, one.entity)
        for one in within(links, start, end, "topic")
        if one.entity and not any(a < one.end and one.start < b for a, b in taken)
    ]
    taken = [(one.start, one.end) for one in found]
    found += [
        Told(at, until, topic)
        for at, until, topic in named(document.register, document.clean.text, start, end)
        if not any(a < until and at < b for a, b in taken)
    ]
    return tuple(sorted(found, key=lambda one: one.start))


def _standing(document: Document, start: int, end: int) -> Iterator[Told]:
    for name, regex in standing_topics():
        for match in regex.finditer(document.clean.text, start, end):
            if not _AS_THE.search(document.clean.text, start, match.start()):
                yield Told(match.start(), match.end(), topic_called(document, name), standing=True)


def _of_rounds(document: Document, links: tuple[Placed, ...], start: int, end: int) -> Iterator[Told]:
    """The subjects of rounds of consultation: known by the register's round, else by their title."""
    seen: list[tuple[int, int]] = []
    for one in within(links, start, end, "consultation"):
        title = one.link.mention.parts.get("topic")
        topic = topic_of_round(document.register, one.entity) or (topic_called(document, title) if title else None)
        if topic:
            seen.append((one.start, one.end + len(title or "") + 60))
            yield Told(one.start, _title_end(document, one, title), topic, of_round=True)
    for form in (_QUOTED, _THEME):
        for match in form.finditer(document.clean.text, start, end):
            slot = match.lastgroup or "title"
            if any(a <= match.start(slot) <= b for a, b in seen):
                continue
            seen.append(match.span(slot))
            topic = topic_called(document, match[slot])
            yield Told(match.start(slot), match.end(slot), topic, of_round=slot == "title")


def _title_end(document: Document, one: Placed, title: str | None) -> int:
    at = document.clean.text.find(title, one.end, one.end + len(title) + 200) if title else -1
    return at + len(title) if title and at >= 0 else one.end
