"""Whom "he", "she", "it" and "they" mean at the head of a sentence: the one who acts in the sentence before.

A pronoun stands for somebody only where the sentence before leaves no choice; else it stays what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.discourse.actors import Actor, acts_at

_OFFICIALS = frozenset({"chair", "office", "person"})
_ORGANS = frozenset({"own-body", "body"})
_ACTS = re.compile(r"\s+[a-z]")
_IT = re.compile(r"It(?=\s+(?!(?:is|was|were|has\s+been|had\s+been|will\s+be|would\s+be|be)\b)[a-z])")


@dataclass(frozen=True, slots=True)
class Antecedents:
    """Who may be meant in the next sentence of a paragraph: one official, one organ, several authors."""

    official: Actor | None = None
    organ: Actor | None = None
    authors: Actor | None = None


def antecedents(text: str, start: int, found: tuple[Actor, ...], before: Antecedents) -> Antecedents:
    """What a sentence leaves for the next one. A sentence that goes on with "it" keeps whom that meant."""
    officials = [one for one in found if one.kind in _OFFICIALS]
    first = found[0] if found and not text[start : found[0].start].strip(' "') else None
    organ = first if first and first.kind in _ORGANS and acts_at(text, first) else None
    if organ is None and first is None and not any(one.kind in _ORGANS for one in found):
        organ = before.organ if text.startswith("It ", start) else None
    writers = [one for one in found if one.kind == "authors" and _ACTS.match(text, one.end)]
    authors = writers[0] if len(writers) == 1 and not any(one.kind == "collective" for one in found) else None
    return Antecedents(officials[0] if len(officials) == 1 else None, organ, authors)


def filled(text: str, start: int, found: tuple[Actor, ...], before: Antecedents) -> tuple[Actor, ...]:
    """Those who act in a sentence, with its first pronoun as the one whom it stands for."""
    if before.organ and (it := _IT.match(text, start)) and (not found or found[0].start >= it.end()):
        return (replace(before.organ, start=it.start(), end=it.end()), *found)
    if not found:
        return found
    words = text[found[0].start : found[0].end]
    meant = before.official if words in {"He", "She"} else before.authors if words == "They" else None
    return (replace(meant, start=found[0].start, end=found[0].end), *found[1:]) if meant else found
