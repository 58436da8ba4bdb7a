"""Topics by the names that the registers give them, where they stand in a cleaned text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.model import Entity
from ingest.register import Register
from ingest.registers.folding import fold


@lru_cache(maxsize=8)
def _names(register: Register, keywords: bool) -> tuple[re.Pattern[str] | None, dict[str, tuple[Entity, ...]]]:
    """One pattern for all names, the longest first, and what each of them names."""
    pairs = register.topic_keywords if keywords else register.names("topic")
    found: dict[str, tuple[Entity, ...]] = {}
    for text, entity in pairs:
        found[fold(text)] = tuple(dict.fromkeys((*found.get(fold(text), ()), entity)))
    if not pairs:
        return None, found
    words = sorted({text for text, _ in pairs}, key=lambda text: (-len(text), text))
    forms = [_form(text) for text in words]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])"), found


def _form(text: str) -> str:
    """The name as a pattern: codes as they are, other words in either case and with any white space."""
    escaped = r"\s+".join(re.escape(word) for word in text.split())
    return escaped if text.isupper() and len(text) < 7 else f"(?i:{escaped})"


def named(
    register: Register, text: str, start: int, end: int, *, keywords: bool = False
) -> Iterator[tuple[int, int, Entity]]:
    """(start, end, topic) of every name in text[start:end] that stands for exactly one topic.

    keywords: look for words that only speak for a topic instead of for its names.
    """
    pattern, found = _names(register, keywords)
    if pattern is None:
        return
    for match in pattern.finditer(text, start, end):
        topics = found.get(fold(match.group()), ())
        if len(topics) == 1:
            yield match.start(), match.end(), topics[0]


def topic_of(register: Register, text: str, start: int, end: int) -> Entity | None:
    """The one topic that a heading is about: by name, else by keywords; None where it speaks for none or several."""
    for keywords in (False, True):
        topics = {entity for _, _, entity in named(register, text, start, end, keywords=keywords)}
        if topics:
            return topics.pop() if len(topics) == 1 else None
    return None


def topic_of_round(register: Register, entity: Entity | None) -> Entity | None:
    """The topic of a known round of consultation, if the register gives it exactly one."""
    if entity is None or entity.kind != "consultation" or len(entity.key) != 2:
        return None
    known = register.consultation(*entity.key)
    return Entity("topic", (known.topics[0],)) if known and len(known.topics) == 1 else None
