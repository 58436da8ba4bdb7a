"""The rounds that sentences tell of, with the verb that governs each and the meeting whose results are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.claims.located import Page
from ingest.discourse.certainty import modality
from ingest.discourse.scope import Placed, Scope, scopes
from ingest.model import Entity, Modality
from ingest.text import CleanBlock

LAUNCH = re.compile(
    r"\b(?:launch(?:ed|es|ing)?|opened|opens|(?:(?<=will )|(?<=would )|(?<=shall )|(?<=\bto ))open|start(?:ed|s|ing)?"
    r"|initiat(?:ed|es?|ing)|issu(?:ed|es|ing)) "
)
LAUNCHED = re.compile(r"\b(?:launched|opened|started|initiated|begun|began)\b")
HOLD = re.compile(
    r"\b(?:conduct(?:ed|s|ing)?|held|hold(?:s|ing)?|ran|run(?:s|ning)?|carried out|carry out|organi[sz](?:ed|es"
    r"|ing|e)|took place|take place"
    r"|consult(?:ed|s|ing)?|concluded|completed|closed)\b"
)
SUMMARY = re.compile(r"\b(?:summar(?:y|ies)|compilation)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """A round in the sentence that tells of it."""

    scope: Scope
    located: Placed
    round: Entity
    sole: bool
    """Whether the sentence names no other round."""
    meeting: Entity | None
    """The meeting whose results the sentence tells."""


def rounds_told(page: Page) -> Iterator[Told]:
    """Every round that a sentence names and that is known, in order of the text."""
    for scope in scopes(page.document):
        rounds = page.between(scope.start, scope.end, "consultation")
        known = {each.entity for each in rounds if each.entity is not None}
        for each in rounds:
            if each.entity is not None:
                yield Told(scope, each, each.entity, len(known) == 1, scope.meeting or _heads(page, scope))


def _heads(page: Page, scope: Scope) -> Entity | None:
    """The one meeting that the lead sentence, else the nearest heading, names."""
    for start, end in (*((scope.lead,) if scope.lead else ()), *((h.start, h.end) for h in reversed(scope.headings))):
        named = {each.entity for each in page.between(start, end, "meeting") if each.entity is not None}
        if named:
            return named.pop() if len(named) == 1 else None
    return None


def round_before(page: Page, offset: int) -> Placed | None:
    """The round named last before an offset in its paragraph, else the only one of the paragraph above, cells aside."""
    block = page.document.clean.block_at(offset)
    if block is None:
        return None
    named = [each for each in page.between(block.start, offset, "consultation") if each.entity is not None]
    if named:
        return named[-1]
    above = next((b for b in _above(page, block.order) if b.kind != "cell"), None)
    if above is None or above.kind == "heading":
        return None
    earlier = [each for each in page.between(above.start, above.end, "consultation") if each.entity is not None]
    return earlier[-1] if len({each.entity for each in earlier}) == 1 else None


def _above(page: Page, order: int) -> Iterator[CleanBlock]:
    at = page.order.index(order)
    return (page.blocks[each] for each in reversed(page.order[:at]))


def governing_verb(page: Page, told: Told, form: re.Pattern[str]) -> re.Match[str] | None:
    """The verb that governs the round: the nearest before it, else the first behind it, in its own clause."""
    scope, at = told.scope, told.located
    before = [m for m in form.finditer(page.text, scope.start, at.start) if not _broken(page.text[m.end() : at.start])]
    if before and not SUMMARY.search(page.text, before[-1].end(), at.start):
        return before[-1]
    if SUMMARY.search(page.text, scope.start, at.start):
        return None
    behind = form.search(page.text, at.end, scope.end)
    return (
        behind
        if behind and not re.search(r"[;:]", re.sub(r"\([^)]*\)|\"[^\"]*\"", "", page.text[at.end : behind.start()]))
        else None
    )


def _broken(between: str) -> bool:
    return bool(re.search(r";|\. |\bwhich\b|\bthat\b(?! $)", between))


def how_put(page: Page, told: Told) -> Modality | None:
    """How the sentence puts the round's opening or course; None where it only refers to it."""
    for form in (LAUNCH, HOLD, LAUNCHED):
        verb = governing_verb(page, told, form)
        if verb:
            return verb_modality(page, verb)
    return None


def verb_modality(page: Page, verb: re.Match[str]) -> Modality:
    """How the verb puts the round: "is now holding" is done, not planned."""
    said = modality(page.text, verb.start(), verb.start() + len(verb.group().rstrip()))
    ongoing = re.search(
        r"\b(?:is|are) (?:now |currently |presently )?$", page.text[max(0, verb.start() - 30) : verb.start()]
    )
    return "asserted" if ongoing and verb.group().endswith("ing") else said
