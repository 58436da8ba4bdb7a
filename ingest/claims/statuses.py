"""How a sentence says that a topic stood at a meeting: which outcome, which topic, and whether the body itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.context import Document
from ingest.discourse.actors import Actor, actors, agent, passive, subject
from ingest.discourse.certainty import clause_start, group_at, modality, sentence
from ingest.discourse.leads import lead_subject
from ingest.discourse.outcomes import Outcome, Told, outcomes, phrased, unregistered
from ingest.discourse.scope import Placed, Scope
from ingest.model import Entity, Modality

_SELF = frozenset({"own-body", "chair", "collective", "state", "office", "secretariat", "person"})
_SUBORDINATE = re.compile(r"\b(?:that|which|whether|if|how|as|after|before|having)\s+[^,;]*$", re.IGNORECASE)
_CLAUSE_LENGTH = 60
_OTHER_CLAUSE = re.compile(r"[,;:]|\b(?:after|before|while|whereas|that|which|who|when|as|because|had|has|but)\b")
_VAGUE = re.compile(
    r"\s*(?:on|about|regarding)?\s*(?:the|this|that|these|those|it|them|any)?\s*(?:topics?|matters?|subjects?|issues?|point)?\s*"
    r"(?:[.;]?\s*$|,\s.*)"
)


@dataclass(frozen=True, slots=True)
class Status:
    """A topic with its outcome at a meeting; [start, end) are the words that say so, in the cleaned copy."""

    topic: Entity
    status: str
    meeting: Entity
    modality: Modality
    start: int
    end: int
    verb: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Before:
    """The topics of the sentence that named any last, and where the text of its paragraph ends."""

    topics: tuple[Told, ...] = ()
    block: int = 0
    end: int = 0

    def of(self, document: Document, scope: Scope) -> list[Told]:
        """What a sentence can be about: the topics before it in its paragraph, or in one that it goes on with."""
        text = document.clean.text
        goes_on = (
            scope.start == scope.block.content
            and text[scope.start].islower()
            and not text[self.end : scope.start].strip()
        )
        return list(self.topics) if scope.block.order == self.block or goes_on else []


def with_phrases(document: Document, scope: Scope, here: tuple[Told, ...]) -> tuple[Told, ...]:
    """The topics that a sentence names, and those that only its phrases name, in order."""
    more = (
        one
        for one in phrased(document, scope.start, scope.end)
        if not any(known.start < one.end and one.start < known.end for known in here)
    )
    return tuple(sorted((*here, *more), key=lambda one: one.start))


def kept(document: Document, scope: Scope, here: tuple[Told, ...], before: Before) -> Before:
    """What the sentences after this one can be about; here are its own topics."""
    if here:
        return Before(here, scope.block.order, scope.block.end)
    same = bool(before.of(document, scope))
    return Before(before.topics, scope.block.order, scope.block.end) if same else Before()


def in_sentence(
    document: Document, links: tuple[Placed, ...], scope: Scope, here: tuple[Told, ...], before: list[Told]
) -> Iterator[Status]:
    """The outcomes that a sentence tells; before are the topics that it can be about if it names none."""
    text = document.clean.text
    people = actors(document, links, scope.start, scope.end)
    lead = lead_subject(document, links, scope)
    for row in outcomes():
        for form in row.forms:
            for match in form.finditer(text, scope.start, scope.end):
                verb = verb_of(match)
                said = "asserted" if row.states_itself else modality(text, *verb)
                if said in {"unknown", "conditional", "proposed"} or not _own(text, row, people, scope, verb, lead):
                    continue
                topics = _named(row, match, here)
                if not topics and not here:
                    topics = tuple(one.topic for one in unregistered(document, row, (scope.start, scope.end), match))
                if not topics and not here:  # of several phrases the first is what the sentence is about
                    coined = phrased(document, scope.start, scope.end)
                    near = tuple(one for one in coined if row.states_itself or _near(text, match, one))
                    topics = _named(row, match, near)[:1]
                for one in topics or _meant(text, row, scope, match, before):
                    yield _status(one, row, scope, said, verb)


def _near(text: str, match: re.Match[str], one: Told) -> bool:
    """Whether a subject stands in the same clause as the words of the outcome, so that these are said of it."""
    between = text[match.end() : one.start] if one.start >= match.end() else text[one.end : match.start()]
    return len(between) <= _CLAUSE_LENGTH and not _OTHER_CLAUSE.search(between)


def verb_of(match: re.Match[str]) -> tuple[int, int]:
    """Where the verb stands whose modality counts: the group of that name, else all words of the outcome."""
    names = [name for name, value in match.groupdict().items() if value]
    return match.span(names[0]) if names else match.span()


def _status(topic: Entity, row: Outcome, scope: Scope, said: Modality, verb: tuple[int, int]) -> Status:
    status = row.status
    if said == "planned" and row.planned:
        status = row.planned
    if said == "negated" and row.negated:
        status, said = row.negated, "asserted"
    assert scope.meeting is not None  # noqa: S101  # the caller looked
    return Status(topic, status, scope.meeting, said, scope.start, scope.end, verb)


def _own(
    text: str,
    row: Outcome,
    people: tuple[Actor, ...],
    scope: Scope,
    verb: tuple[int, int],
    lead: tuple[Actor, ...],
) -> bool:
    """Whether the clause tells what the meeting itself did: not another body, not a hearing, not a view."""
    left = max(sentence(text, *verb)[0], scope.start)
    start = group_at(text, left, verb[0])
    if not row.voices:
        doer = subject(text, people, left, start)
        return not (doer and doer[-1].kind in {"hearing", "body"})
    if passive(text, left, verb[0]):
        doers = agent(text, people, verb[1])
        clause = text[left:start]
        return (not doers or doers[0].kind in _SELF) and not _SUBORDINATE.search(clause)
    doers = subject(text, people, left, start)
    if not doers and lead and not text[scope.block.content : start].strip():
        return lead[-1].kind in _SELF - {"collective"}
    if not doers or doers[-1].kind not in _SELF:
        return False
    return doers[-1].kind != "collective" and clause_start(text, left, start) <= doers[0].start + 5


def _named(row: Outcome, match: re.Match[str], here: tuple[Told, ...]) -> tuple[Entity, ...]:
    """The topics that the sentence names where this outcome has its topic."""
    after = [one for one in here if one.start >= match.start() and one.end > match.end()]
    ahead = [one for one in here if one.end <= match.end() and one not in after]
    for place in row.topics:
        near = {"after": after, "before": ahead, "clause": [*ahead, *after]}[place]
        if near:
            return _chosen(near)
    return ()


def _meant(text: str, row: Outcome, scope: Scope, match: re.Match[str], before: list[Told]) -> tuple[Entity, ...]:
    """The topics that a sentence without any is about: those of the sentence before, else that of its heading."""
    for place in row.fallback:
        if place == "before" and before and _VAGUE.fullmatch(_rest(text, match, scope)):
            return (before[-1].topic,) if before[-1].coined else _chosen(before)
        if place == "section" and scope.topic and (scope.topic.key[0] != "candidate" or _governs(scope)):
            return (scope.topic,)
    return ()


def _governs(scope: Scope) -> bool:
    """Whether the sentence stands right below the heading that names its topic, and not under an item of an agenda."""
    return scope.headings[-1].topic == scope.topic and not scope.headings[-1].stays


def _rest(text: str, match: re.Match[str], scope: Scope) -> str:
    """What follows the words, without the verb that belongs to them ("was reached")."""
    return re.sub(
        r"^\s*(?:was|were|could\s+be|had\s+been)?\s*(?:reached|found|achieved)?", "", text[match.end() : scope.end]
    )


def _chosen(near: list[Told]) -> tuple[Entity, ...]:
    """The topics told of; where the choice of topics is named, it is what the sentence is about."""
    standing = [one.topic for one in near if one.standing]
    return tuple(dict.fromkeys(standing or [one.topic for one in near]))
