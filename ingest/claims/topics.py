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
from ingest.claims.statuses import Before, Status, in_sentence, kept, verb_of, with_phrases
from ingest.context import Document
from ingest.discourse.acts import Act, acts
from ingest.discourse.certainty import condition, modality
from ingest.discourse.outcomes import Told, outcomes, standing_topics, told
from ingest.discourse.scope import Placed, Scope, is_instrument, placed, scopes, within
from ingest.discourse.subjects import topic_called
from ingest.graph.iris import file_key
from ingest.model import Claim, Entity, Modality, Value

_DISCUSSION = re.compile(r"(?:Discussions?|Debate|Exchange\s+of\s+views|Consideration|Examination)\s+(?:on|of|about)\b")
_FOLLOWING = re.compile(r"\bfollowing\b[^.;]*\b(?:topics?|subjects?|themes?)\b", re.IGNORECASE)
_AGENDA = re.compile(r"\bagenda\s+(?:of|for)\s+(?:the\s+)?$|\b(?:at|to|like)\s+(?:the\s+)?$", re.IGNORECASE)
_TAKES_UP = re.compile(r"(?:\s+of\s+[\w& -]{1,40}?)?\s+to\s+(?:take|consider|discuss|examine|address|put)\b")
_CONCLUDED = frozenset({"no-consensus", "agreed", "not-agreed", "deferred", "divided", "noted", "for-information"})
_ASKING = frozenset({"request", "instruction", "invitation"})


@dataclass(frozen=True, slots=True)
class _Lead:
    """A sentence that says for the items below it how they stood; marks are those of the items met so far."""

    scope: Scope
    status: str
    modality: Modality
    verb: tuple[int, int]
    marks: list[tuple[str, int]]


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
    before: Before = Before()
    lead: _Lead | None = None
    for scope in scopes(document):
        here = told(document, links, scope.start, scope.end)
        coined = with_phrases(document, scope, here)
        if scope.role == "record" and scope.meeting:
            made = in_sentence(document, links, scope, here, before.of(document, scope))
            found.extend(made)
            found.extend(_listed(lead, scope, here))
        lead = _lead(document, scope) or (lead if lead and lead.scope.section == scope.section else None)
        before = kept(document, scope, coined, before)
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
            verb = verb_of(match)
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
    for scope, named in divided(document):
        if scope.meeting is None or scope.role != "record":
            continue
        here = told(document, links, scope.start, scope.end)
        topics = tuple(one.topic for one in here if not one.standing) or named
        for topic in dict.fromkeys(topics or ((scope.topic,) if scope.topic else ())):
            yield Status(topic, "divided", scope.meeting, "asserted", scope.start, scope.end, (scope.start, scope.end))
