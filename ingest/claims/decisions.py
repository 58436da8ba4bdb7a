"""What was decided, asked, suggested, noted or put off: by whom, whom it binds, at which meeting, until when.

What "some Member States" say is a position (`positions.py`), what a resolution lays down a duty (`duties.py`).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from ingest.claims.concerns import concerns
from ingest.claims.sponsors import Sponsors, on_behalf, sponsors
from ingest.context import Document
from ingest.discourse.acts import Act, acts
from ingest.discourse.certainty import condition
from ingest.discourse.scope import Placed, placed, within
from ingest.graph.iris import file_key
from ingest.model import Claim, Entity, Span, Value
from ingest.text import dates

_DELIVERY = re.compile(
    r"\b(?:to|to\s+the\s+attention\s+of|for|at|by|before|until|prior\s+to|in\s+time\s+for|not?\s+later\s+than|ahead\s+of)\s+"
    r"(?:(?:the|its|their)\s+)?(?:next\s+)?(?:session\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:by|until|before|not?\s+later\s+than)\s+(?:the\s+end\s+of\s+)?$", re.IGNORECASE)
_WHICH = re.compile(r",\s+(?:which|who|whose)\s")
_MONTHS = tuple(calendar.month_name)
_END_OF = re.compile(
    rf"\b(?:by|until|before)\s+the\s+end\s+of\s+(?:(?P<month>{'|'.join(_MONTHS[1:])})\s+)?(?P<year>\d{{4}})\b(?!\s+session)"
)
_AT_ITS = re.compile(r"\b(?:at|during|in)\s+(?:(?:the|its|their)\s+)?$", re.IGNORECASE)
_FOR_OTHERS = re.compile(r"\b(?:to|that|for)\s")
_PRESENT = re.compile(r"\b(?:is|are)\s+(?:also\s+|further\s+)?$")
_BINDING = frozenset({"request", "instruction", "invitation", "encouragement", "urging", "decision", "recommendation"})
_PUT_FORWARD = frozenset({"proposal", "suggestion"})


def claims(document: Document) -> Iterator[Claim]:
    """A claim per decision, request, proposal and so on, in the order of the text."""
    links = placed(document)
    taken: set[int] = set()
    for act in acts(document):
        span = document.clean.span(act.start, act.end)
        key = span.start if span.start not in taken else document.clean.span(*act.verb).start
        if key in taken:
            continue
        taken.add(key)
        yield _claim(document, links, act, span, key)


def _claim(document: Document, links: tuple[Placed, ...], act: Act, span: Span, key: int) -> Claim:
    record = Entity("decision", (file_key(document.reading.checksum), str(key)))
    details: list[tuple[str, Entity | Value]] = [
        ("rdf:type", Value("eli-dl:Decision", "curie")),
        ("rc:decisionKind", Entity("concept", ("decision-kind", act.kind))),
    ]
    by = _sponsors(document, act)
    spoken_for = on_behalf(document, links, act.actors)
    details += [("rc:actor", entity) for entity in (*by.entities, *spoken_for)]
    details += [("rc:assignedTo", one.entity) for one in act.assigned if one.entity]
    meeting = taken_at(document, links, act)
    if meeting:
        details.append(("rc:takenAt", meeting))
    details += [("rc:concerns", entity) for entity in concerns(document, links, act)]
    details += [("rc:deadline", due) for due in _due(document, links, act)]
    where = condition(document.clean.text, *act.verb)
    if where and act.start <= where[0] < act.end:
        words = document.clean.text[where[0] : min(where[1], act.end)]
        details.append(("rc:condition", Value(words, language=_language(document))))
    rule, spans = f"decision-{act.kind}", (*by.spans, *_lead(document, act), span)
    return Claim(document.entity, "rc:records", record, act.modality, "text", rule, spans, details=tuple(details))


def _sponsors(document: Document, act: Act) -> Sponsors:
    """Those who submitted the paper whose words these are, if a paper or its authors are the subject."""
    if not act.actors or act.actors[-1].kind not in {"authors", "paper"}:
        return Sponsors()
    return sponsors(document, act.scope)


def _lead(document: Document, act: Act) -> tuple[Span, ...]:
    """The actor's name in a lead that no colon marks as one, so that a reader of the item sees who acts."""
    if not act.actors or act.scope.lead is None or act.actors[-1].end > act.scope.start:
        return ()
    closed = document.clean.text[slice(*act.scope.lead)].rstrip().endswith(":")
    inside = act.scope.lead[0] <= act.actors[-1].start < act.scope.lead[1]
    return (document.clean.span(act.actors[0].start, act.actors[-1].end),) if inside and not closed else ()


def _language(document: Document) -> str | None:
    return document.source.language or document.reading.language


def taken_at(document: Document, links: tuple[Placed, ...], act: Act) -> Entity | None:
    """The meeting at which the act was done: the one that the clause names, else the one that its place tells of.

    None for what papers say, for earlier acts, for those to come and those of other bodies, unless the clause itself
    says where. "The Board is invited" is what the document asks, not what a meeting did.
    """
    named = _meeting_of_clause(document, links, act)
    if named:
        return named
    if act.prior or act.scope.role not in {"record", "member-paper"} or act.scope.meeting is None:
        return None
    doer = act.actors[-1].kind if act.actors else None
    if act.modality == "planned" or (doer is None and _PRESENT.search(document.clean.text, act.start, act.verb[0])):
        return None
    if act.scope.role == "record":
        return act.scope.meeting if doer not in {"body", "paper", "authors"} else None
    told_by_member = document.metadata.kind == "contribution" and doer in {None, "own-body"}
    return act.scope.meeting if told_by_member else None


def _meeting_of_clause(document: Document, links: tuple[Placed, ...], act: Act) -> Entity | None:
    """ "CWG-Tides, at its twelfth meeting, decided"; "was noted by it at its fifth meeting"; "The fifth one asked"."""
    text = document.clean.text
    bodies = {one.entity for one in act.actors if one.kind in {"body", "own-body"}}
    for one in within(links, act.start, act.end, "meeting", "event"):
        if one.entity is None or one.entity.kind not in {"meeting", "session", "conference"}:
            continue
        if any(who.start <= one.start < who.end for who in act.actors):
            return one.entity if one.kind == "meeting" else None
        if _body_of(one.entity) not in bodies or not _AT_ITS.search(text, act.start, one.start):
            continue
        if one.end <= act.verb[0] or not _FOR_OTHERS.search(text, act.verb[1], one.start):
            return one.entity
    return None


def _body_of(held: Entity) -> Entity:
    return Entity("body", (held.key[0],))


def _due(document: Document, links: tuple[Placed, ...], act: Act) -> list[Entity | Value]:
    """The deadlines of an act, without the meeting at which it was done itself; of what is only put forward, days."""
    if act.kind not in _BINDING | _PUT_FORWARD | {"deferral"}:
        return []
    done_at = taken_at(document, links, act)
    found = [due for due in deadlines(document, links, act.content, _own_end(document, act)) if due != done_at]
    if act.kind in _PUT_FORWARD:
        return [due for due in found if isinstance(due, Value)]
    return [due for due in found if act.kind != "decision" or not _is_meeting(due)]


def _own_end(document: Document, act: Act) -> int:
    """Where a relative clause begins, whose days are those of what it describes; else where the act ends."""
    found = _WHICH.search(document.clean.text, act.content, act.end)
    return found.start() if found else act.end


def _is_meeting(due: Entity | Value) -> bool:
    return isinstance(due, Entity) and due.kind == "meeting"


def deadlines(document: Document, links: tuple[Placed, ...], start: int, end: int) -> list[Entity | Value]:
    """The events and days by which something is due in [start, end): "to Council 2031", "by the end of May 2031"."""
    text = document.clean.text
    found: list[Entity | Value] = [
        one.entity
        for one in within(links, start, end, "event", "meeting")
        if one.entity
        and one.entity.kind in {"conference", "session", "meeting"}
        and _DELIVERY.search(text, start, one.start)
    ]
    for dated in dates.find(text[start:end]):
        day = dated.period.end if dated.period and dated.period.precision == "day" else None
        if day and _UNTIL.search(text, start, start + dated.start):
            found.append(Value(day, "xsd:date"))
    found += [Value(_last_day(ends), "xsd:date") for ends in _END_OF.finditer(text, start, end)]
    return list(dict.fromkeys(found))


def _last_day(ends: re.Match[str]) -> str:
    """The last day of the month or year that something must be done "by the end of"."""
    year, month = int(ends["year"]), _MONTHS.index(ends["month"]) if ends["month"] else 12
    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]}"
