"""How topics stood at meetings: discussed, agreed, put off, without consensus, and what was opened or summarised.

A status counts at the meeting whose results the sentence tells. An agreement about a side issue is none about the
topic, and what a hearing before the meeting agreed is not what the meeting agreed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.claims.concerns import topics_asked_about
from ingest.claims.positions import divided, stands
from ingest.context import Document
from ingest.discourse.actors import Actor, actors, agent, passive, subject
from ingest.discourse.acts import Act, acts
from ingest.discourse.certainty import clause_start, condition, group_at, modality, sentence
from ingest.discourse.leads import lead_subject
from ingest.discourse.outcomes import Outcome, Told, outcomes, phrased, standing_topics, told, unregistered
from ingest.discourse.scope import Placed, Scope, is_instrument, placed, scopes, within
from ingest.discourse.subjects import topic_called
from ingest.graph.iris import file_key
from ingest.model import Claim, Entity, Modality, Value

_SELF = frozenset({"own-body", "chair", "collective", "state", "office", "secretariat", "person"})
_SUBORDINATE = re.compile(r"\b(?:that|which|whether|if|how|as|after|before|having)\s+[^,;]*$", re.IGNORECASE)
_VAGUE = re.compile(
    r"\s*(?:on|about|regarding)?\s*(?:the|this|that|these|those|it|them|any)?\s*(?:topics?|matters?|subjects?|issues?|point)?\s*"
    r"(?:[.;]?\s*$|,\s.*)"
)
_DISCUSSION = re.compile(r"(?:Discussions?|Debate|Exchange\s+of\s+views|Consideration|Examination)\s+(?:on|of|about)\b")
_FOLLOWING = re.compile(r"\bfollowing\b[^.;]*\b(?:topics?|subjects?|themes?)\b", re.IGNORECASE)
_AGENDA = re.compile(r"\bagenda\s+(?:of|for)\s+(?:the\s+)?$|\b(?:at|to|like)\s+(?:the\s+)?$", re.IGNORECASE)
_TAKES_UP = re.compile(r"(?:\s+of\s+[\w& -]{1,40}?)?\s+to\s+(?:take|consider|discuss|examine|address|put)\b")
_CONCLUDED = frozenset({"no-consensus", "agreed", "not-agreed", "deferred", "divided", "noted", "for-information"})
_ASKING = frozenset({"request", "instruction", "invitation"})


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
class _Lead:
    """A sentence that says for the items below it how they stood; marks are those of the items met so far."""

    scope: Scope
    status: str
    modality: Modality
    verb: tuple[int, int]
    marks: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _Before:
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


def _with_phrases(document: Document, scope: Scope, here: tuple[Told, ...]) -> tuple[Told, ...]:
    """The topics that a sentence names, and those that only its phrases name, in order."""
    more = (
        one
        for one in phrased(document, scope.start, scope.end)
        if not any(known.start < one.end and one.start < known.end for known in here)
    )
    return tuple(sorted((*here, *more), key=lambda one: one.start))


def _kept(document: Document, scope: Scope, here: tuple[Told, ...], before: _Before) -> _Before:
    if here:
        return _Before(here, scope.block.order, scope.block.end)
    same = bool(before.of(document, scope))
    return _Before(before.topics, scope.block.order, scope.block.end) if same else _Before()


def claims(document: Document) -> Iterator[Claim]:
    """A claim per topic, outcome, meeting and sentence, in the order of the text."""
    counts: dict[int, int] = {}
    for one in statuses(document):
        span = document.clean.span(one.start, one.end)
        counts[span.start] = number = counts.get(span.start, 0) + 1
        record = Entity("status", (file_key(document.reading.checksum), str(span.start), str(number)))
        details: list[tuple[str, Entity | Value]] = [
            ("rdf:type", Value("pso:StatusInTime", "curie")),
            ("pso:withStatus", Entity("concept", ("outcome", one.status))),
            ("tvc:withinContext", one.meeting),
        ]
        where = condition(document.clean.text, *one.verb)
        if where and one.status in {"deferred", "launched", "planned", "agreed"}:
            language = document.source.language or document.reading.language
            details.append(("rc:condition", Value(document.clean.text[slice(*where)], language=language)))
        yield Claim(
            one.topic, "pso:holdsStatusInTime", record, one.modality, "text", f"outcome-{one.status}", (span,),
            details=tuple(details),
        )  # fmt: skip


def statuses(document: Document) -> tuple[Status, ...]:
    """The outcomes of topics at meetings, each once per sentence, in order."""
    if is_instrument(document):
        return ()
    links = placed(document)
    found: list[Status] = []
    before: _Before = _Before()
    lead: _Lead | None = None
    for scope in scopes(document):
        here = told(document, links, scope.start, scope.end)
        coined = _with_phrases(document, scope, here)
        if scope.role == "record" and scope.meeting:
            made = _in_sentence(document, links, scope, here, before.of(document, scope))
            found.extend(made)
            found.extend(_listed(lead, scope, here))
        lead = _lead(document, scope) or (lead if lead and lead.scope.section == scope.section else None)
        before = _kept(document, scope, coined, before)
    found.extend(_headed(document))
    found.extend(_from_acts(document, links))
    found.extend(_divided(document, links))
    found.extend(_under_headings(document, found))
    return tuple(
        dict.fromkeys(sorted(_settled(document, found), key=lambda one: (one.start, one.status, str(one.topic))))
    )


def _settled(document: Document, found: list[Status]) -> Iterator[Status]:
    """All but "discussed" of a candidate on which the same meeting also concluded: one outcome of it is enough.

    The choice of topics is named in so many ways that its debate and its outcome are both kept.
    """
    standing = {topic_called(document, name) for name, _ in standing_topics()}
    concluded = {(one.topic, one.meeting) for one in found if one.status in _CONCLUDED}
    for one in found:
        coined = one.topic.key[0] == "candidate" and one.topic not in standing
        if one.status != "discussed" or not coined or (one.topic, one.meeting) not in concluded:
            yield one


def _under_headings(document: Document, found: list[Status]) -> Iterator[Status]:
    """Candidates that head a part of a report in which somebody speaks, and of which nothing else is told."""
    told_of = {(one.topic, one.meeting) for one in found}
    spoken = {stand.scope.section for stand in stands(document)} | {act.scope.section for act in acts(document)}
    seen: set[int] = set()
    for scope in scopes(document):
        heading = scope.headings[-1] if scope.headings else None
        if heading is None or heading.start in seen or scope.section not in spoken or scope.role != "record":
            continue
        topic = heading.topic
        if scope.named and heading.meeting is None and all(one.meeting is None for one in scope.headings):
            continue
        if topic is None or topic.key[0] != "candidate" or scope.meeting is None or (topic, scope.meeting) in told_of:
            continue
        seen.add(heading.start)
        start = heading.end - len(heading.text)
        yield Status(topic, "discussed", scope.meeting, "asserted", start, heading.end, (start, heading.end))


def _in_sentence(
    document: Document, links: tuple[Placed, ...], scope: Scope, here: tuple[Told, ...], before: list[Told]
) -> Iterator[Status]:
    text = document.clean.text
    people = actors(document, links, scope.start, scope.end)
    lead = lead_subject(document, links, scope)
    for row in outcomes():
        for form in row.forms:
            for match in form.finditer(text, scope.start, scope.end):
                verb = _verb(match)
                said = "asserted" if row.states_itself else modality(text, *verb)
                if said in {"unknown", "conditional", "proposed"} or not _own(text, row, people, scope, verb, lead):
                    continue
                topics = _named(row, match, here)
                if not topics and not here:
                    topics = tuple(one.topic for one in unregistered(document, row, (scope.start, scope.end), match))
                for one in topics or _meant(text, row, scope, match, before):
                    yield _status(one, row, scope, said, verb)


def _verb(match: re.Match[str]) -> tuple[int, int]:
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


def _lead(document: Document, scope: Scope) -> _Lead | None:
    """A sentence such as "The following topics were agreed:", whose topics are the items below it."""
    text = document.clean.text
    if scope.role != "record" or scope.meeting is None or not text[scope.start : scope.end].endswith(":"):
        return None
    if not _FOLLOWING.search(text, scope.start, scope.end):
        return None
    for row in outcomes():
        match = row.forms[0].search(text, scope.start, scope.end) if row.items else None
        if match:
            verb = _verb(match)
            return _Lead(scope, row.status, modality(text, *verb), verb, [])
    return None


def _listed(lead: _Lead | None, scope: Scope, here: tuple[Told, ...]) -> Iterator[Status]:
    """The topics of the items below a lead: those marked as its first item is, not what stands below them."""
    if lead is None or lead.scope.section != scope.section or scope.block.kind != "item" or scope.meeting is None:
        return
    mark = (re.sub(r"\w", "x", scope.block.number or ""), scope.block.level)
    lead.marks.append(mark)
    if mark == lead.marks[0]:
        for topic in dict.fromkeys(one.topic for one in here if not one.standing):
            yield Status(topic, lead.status, scope.meeting, lead.modality, scope.start, scope.end, lead.verb)


def _headed(document: Document) -> Iterator[Status]:
    """ "Discussion on the paper about night pilotage": a heading that says what was talked about."""
    seen: set[int] = set()
    for scope in scopes(document):
        for heading in scope.headings:
            talks = _DISCUSSION.match(heading.text)
            if talks and heading.topic and scope.meeting and scope.role == "record" and heading.start not in seen:
                seen.add(heading.start)
                start = heading.end - len(heading.text)
                verb = (start, start + talks.end())
                yield Status(heading.topic, "discussed", scope.meeting, "asserted", start, heading.end, verb)


def _from_acts(document: Document, links: tuple[Placed, ...]) -> Iterator[Status]:
    """Topics that somebody proposes to take up, and those for which the body asks somebody to act."""
    for act in acts(document):
        meeting = _meeting(document.clean.text, links, act)
        if meeting is None or act.prior:
            continue
        status = _status_of(act)
        if status:
            for one in topics_asked_about(document, links, act):
                yield Status(one.topic, status, meeting, act.modality, act.start, act.end, act.verb)


def _status_of(act: Act) -> str | None:
    if act.kind == "proposal":
        return "proposed"
    own = bool(act.actors) and act.actors[-1].kind == "own-body"
    return "requested" if act.kind in _ASKING and own and act.scope.role == "record" else None


def _meeting(text: str, links: tuple[Placed, ...], act: Act) -> Entity | None:
    """For proposals the meeting that is to take it up, if the clause names one; else the meeting told of."""
    if act.kind == "proposal":
        named = {
            one.entity
            for one in within(links, act.start, act.end, "meeting")
            if one.entity and (_AGENDA.search(text, act.start, one.start) or _TAKES_UP.match(text, one.end))
        }
        if len(named) == 1:
            return named.pop()
    return act.scope.meeting if act.scope.role == "record" else None


def _divided(document: Document, links: tuple[Placed, ...]) -> Iterator[Status]:
    """Voices for and against in one sentence, with nothing concluded."""
    for scope in divided(document):
        if scope.meeting is None:
            continue
        here = told(document, links, scope.start, scope.end)
        topics = tuple(one.topic for one in here if not one.standing) or ((scope.topic,) if scope.topic else ())
        for topic in dict.fromkeys(topics):
            yield Status(topic, "divided", scope.meeting, "asserted", scope.start, scope.end, (scope.start, scope.end))
