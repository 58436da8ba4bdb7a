"""Topics where they stand in a sentence, and the forms that say how a topic stood at a meeting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.context import Document
from ingest.discourse.scope import Placed, within
from ingest.discourse.topic_names import named, topic_of_round
from ingest.model import Entity
from ingest.rulebook import rules

_QUOTED = re.compile(
    r"\b(?:topics?|subjects?|themes?|consultations?)\s*(?:of|on|about|entitled)?\s*:?\s*\"(?P<title>[^\"\n]{4,250})\""
)


_NOUN_PHRASE = r"(?P<topic>(?:[A-Za-z][\w'/-]*)(?:\s(?!and\s(?:the|it|a)\b|but\b|was\b|were\b)[\w'/&-]+){0,7}?)"


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

    of_round: the topic stands as the subject of a round of consultation.
    """

    start: int
    end: int
    topic: Entity
    standing: bool = False
    of_round: bool = False


@cache
def _vague() -> frozenset[str]:
    return frozenset(rules("outcomes")["vague"]["words"])


@cache
def outcomes() -> tuple[Outcome, ...]:
    """The forms of outcome, compiled."""
    return tuple(_outcome(row) for row in rules("outcomes")["outcome"])


def _outcome(row: dict[str, Any]) -> Outcome:
    return Outcome(
        status=row["status"],
        phrases=tuple(re.compile(words.replace("<np>", _NOUN_PHRASE)) for words in row.get("phrases", ())),
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


def slug(words: str) -> str:
    """The words as a key: lower case, letters and digits joined by hyphens, at most ten words."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"'s\b", "s", plain))[:10])


def topic_of(document: Document, words: str) -> Entity:
    """The topic of that name if a register knows exactly one, else a candidate keyed by its words."""
    plain = re.sub(r"\s+", " ", words).strip(" .;,:\"'")
    for name in (plain, re.sub(r"^(?:The|A|An)\s+", "", plain), re.sub(r"\s*\([A-Z][A-Za-z]*\)", "", plain)):
        known = document.register.topic_named(name)
        if len(known) == 1:
            return known[0].entity
    return Entity("topic", ("candidate", slug(plain)))


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
    words = re.sub(r"^(?:the|its|a|an)\s+", "", found["topic"], flags=re.IGNORECASE)
    plain = {word.rstrip("s") for word in re.findall(r"[a-z]+", words.lower())}
    if " " not in words or len(words) > 80 or plain & _vague() or re.search(r"\d", words):
        return None
    start, end = found.span("topic")
    return Told(left + start, left + end, topic_of(document, words))


def phrased(document: Document, start: int, end: int) -> tuple[Told, ...]:
    """The topics that no register knows and that [start, end) names in a plain phrase of any outcome."""
    found: dict[int, Told] = {}
    for row in outcomes():
        for phrase in row.phrases:
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
            yield Told(match.start(), match.end(), topic_of(document, name), standing=True)


def _of_rounds(document: Document, links: tuple[Placed, ...], start: int, end: int) -> Iterator[Told]:
    """The subjects of rounds of consultation: known by the register's round, else by their title."""
    seen: list[tuple[int, int]] = []
    for one in within(links, start, end, "consultation"):
        title = one.link.mention.parts.get("topic")
        topic = topic_of_round(document.register, one.entity) or (topic_of(document, title) if title else None)
        if topic:
            seen.append((one.start, one.end + len(title or "") + 60))
            yield Told(one.start, _title_end(document, one, title), topic, of_round=True)
    for match in _QUOTED.finditer(document.clean.text, start, end):
        if not any(a <= match.start("title") <= b for a, b in seen):
            topic = topic_of(document, match["title"])
            yield Told(match.start("title"), match.end("title"), topic, of_round=True)


def _title_end(document: Document, one: Placed, title: str | None) -> int:
    at = document.clean.text.find(title, one.end, one.end + len(title) + 200) if title else -1
    return at + len(title) if title and at >= 0 else one.end
