"""What was decided, asked, suggested, noted or put off: by whom, whom it binds, at which meeting, until when.

What "some Member States" say is a position (`positions.py`), what a resolution lays down a duty (`duties.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.context import Document
from ingest.discourse.acts import Act, acts
from ingest.discourse.certainty import condition
from ingest.discourse.outcomes import Told, told
from ingest.discourse.scope import Placed, placed, within
from ingest.graph.iris import file_key
from ingest.model import Claim, Entity, Span, Value
from ingest.text import dates

_DELIVERY = re.compile(
    r"\b(?:to|to\s+the\s+attention\s+of|for|at|by|before|until|prior\s+to|in\s+time\s+for|not?\s+later\s+than|ahead\s+of)\s+"
    r"(?:the\s+)?(?:next\s+)?(?:session\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:by|until|before|not?\s+later\s+than)\s+(?:the\s+end\s+of\s+)?$", re.IGNORECASE)
_SECTION_PAPER = re.compile(
    r"\b(?:th(?:is|e|ese)\s+(?:joint\s+)?(?:contribution|proposals?|paper|document|report|suggestions?|summary|additions?)"
    r"|of\s+these\s+(?:proposals|suggestions))\b",
    re.IGNORECASE,
)
_BOUNDS = re.compile(
    r"\b(?:where\s+(?:it|this|they)\s+concerns?|in\s+(?:accordance|line|keeping)\s+with|taking\s+into\s+account"
    r"|within\s+the\s+(?:mandate|framework|scope)|as\s+described\s+in|(?:in)?so\s*far\s+as|as\s+far\s+as"
    r"|to\s+the\s+extent\s+that)\b",
    re.IGNORECASE,
)
_BINDING = frozenset({"request", "instruction", "invitation", "encouragement", "urging", "decision", "recommendation"})


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
    details += [("rc:actor", one.entity) for one in act.actors if one.entity and one.kind != "instrument"]
    details += [("rc:assignedTo", one.entity) for one in act.assigned if one.entity]
    meeting = taken_at(act)
    if meeting:
        details.append(("rc:takenAt", meeting))
    details += [("rc:concerns", entity) for entity in _concerns(document, links, act)]
    if act.kind in _BINDING:
        details += [("rc:deadline", due) for due in deadlines(document, links, act.verb[1], act.end)]
    where = condition(document.clean.text, *act.verb)
    if where and act.start <= where[0]:
        details.append(("rc:condition", Value(document.clean.text[slice(*where)], language=_language(document))))
    rule = f"decision-{act.kind}"
    return Claim(document.entity, "rc:records", record, act.modality, "text", rule, (span,), details=tuple(details))


def _language(document: Document) -> str | None:
    return document.source.language or document.reading.language


def taken_at(act: Act) -> Entity | None:
    """The meeting at which the act was done: none for papers, for earlier acts, and for those of other bodies."""
    if act.prior or act.scope.role != "record" or act.scope.meeting is None:
        return None
    if act.actors and act.actors[-1].kind == "body":
        return None
    return act.scope.meeting


def _concerns(document: Document, links: tuple[Placed, ...], act: Act) -> list[Entity]:
    kinds = ("document-number", "consultation", "citation")
    own = [one.entity for one in within(links, act.start, act.end, *kinds) if one.entity]
    own += [one.topic for one in topics_asked_about(document, links, act)]
    if not own and act.scope.document and _SECTION_PAPER.search(document.clean.text, act.start, act.end):
        own = [act.scope.document]
    return list(dict.fromkeys(entity for entity in own if entity != document.entity))


def topics_asked_about(document: Document, links: tuple[Placed, ...], act: Act) -> list[Told]:
    """The topics of an act, without those of a clause that only bounds it ("where it concerns …", "in line with …")."""
    bound = _BOUNDS.search(document.clean.text, act.verb[1], act.end)
    end = bound.start() if bound else act.end
    return [one for one in told(document, links, act.start, act.end) if one.start < end]


def deadlines(document: Document, links: tuple[Placed, ...], start: int, end: int) -> list[Entity | Value]:
    """The events and days by which something is due in [start, end): "to Council 2031", "by 3 May 2031"."""
    text = document.clean.text
    found: list[Entity | Value] = [
        one.entity
        for one in within(links, start, end, "event")
        if one.entity and one.entity.kind in {"conference", "session"} and _DELIVERY.search(text, start, one.start)
    ]
    for dated in dates.find(text[start:end]):
        day = dated.period.end if dated.period and dated.period.precision == "day" else None
        if day and _UNTIL.search(text, start, start + dated.start):
            found.append(Value(day, "xsd:date"))
    return list(dict.fromkeys(found))
