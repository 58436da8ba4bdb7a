"""What a decision or request is about: papers, rounds, texts, topics, those appointed, bodies set up or closed.

Where the clause names none of them, "the paper", "this report" or "it" can stand for the paper of its section, or for
the document itself.
"""

from __future__ import annotations

import re

from ingest.context import Document
from ingest.discourse.acts import Act
from ingest.discourse.certainty import condition
from ingest.discourse.outcomes import Told, phrased, told
from ingest.discourse.scope import Placed, within
from ingest.model import Entity

_PAPER = (
    r"(?:contribution|proposals?|paper|document|report|suggestions?|summary|additions?|draft|text|agenda|record|note)"
)
_THIS = re.compile(rf"\b(?:this|the\s+present)\s+{_PAPER}\b", re.IGNORECASE)
_OF_SECTION = re.compile(
    r"\b(?:th(?:is|e|ese)\s+(?:joint\s+)?(?:contribution|proposals?|paper|document|report|suggestions?|summary|additions?)"
    r"|of\s+these\s+(?:proposals|suggestions))\b",
    re.IGNORECASE,
)
_THE_OBJECT = re.compile(
    rf"\b(?:note|noted|consider|approve|endorse|adopt|review|examine|discuss|circulate|note\s+of)\s+(?:the|its)\s+{_PAPER}"
    r"(?=\s*(?:[.,;]|$)|\s+(?:and|as|at|in\s+advance|for|well|ahead|before)\b)",
    re.IGNORECASE,
)
"""What is noted, considered or adopted, when it is no more than "the paper"."""
_IT = re.compile(r"\s+(?:of\s+)?(?:it|them)\b(?!\s+to\b)")
_PATIENT = re.compile(
    rf"(?:The|This|the|this|Its|its)\s+(?:(?:draft|revised|joint|summary)\s+)?{_PAPER}\b(?!\s+(?:of|on|from|by)\b)"
)
_BOUNDS = re.compile(
    r"\b(?:where\s+(?:it|this|they)\s+concerns?|in\s+(?:accordance|line|keeping)\s+with|taking\s+into\s+account"
    r"|within\s+the\s+(?:mandate|framework|scope)|as\s+described\s+in|(?:in)?so\s*far\s+as|as\s+far\s+as"
    r"|to\s+the\s+extent\s+that|under\s+its\s+(?:terms|mandate)|pursuant\s+to|in\s+place\s+of|to\s+(?:replace|succeed)"
    r"|instead\s+of|provided\s+that|on\s+(?:the\s+)?condition\s+that|on\s+the\s+understanding|unless)\b",
    re.IGNORECASE,
)
"""What follows bounds a decision or names somebody who is not its object: "in line with …", "in place of Ms Brandt"."""
_SETS_UP = re.compile(
    r"\b(?:set(?:s|ting)?\s+up|creat\w+|establish\w*|clos(?:e|es|ed)|dissolv\w+|disband\w*|merg\w+|reviv\w+|extend\w*\s+the\s+mandate\s+of)"
    r"\s+(?:(?:the|an?|its)\s+)?$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:\([^()]*\))?\s*(?:,|,?\s+and)\s*(?:(?:Mr|Mrs|Ms|Dr|Prof|Eng|Amb)\.?\s+)?")
_AS_THEME = re.compile(r"\bas\s+(?:the|a|its|their)\s+(?:\w+\s+)?(?:topic|theme|subject)\b", re.IGNORECASE)
_OF_PAPERS = frozenset({"noting", "approval"})
"""Kinds whose object is the paper named, not what the paper is about."""
_NAMED = ("document-number", "consultation", "citation")


def concerns(document: Document, links: tuple[Placed, ...], act: Act) -> list[Entity]:
    """What the clause names as its object, in order; else the paper that its words stand for."""
    end = _bound(document, act)
    named = [one for one in within(links, act.start, end, *_NAMED) if one.entity and not _source(document, act, one)]
    papers = [one.entity for one in named if one.kind == "document-number"]
    topics = topics_asked_about(document, links, act)
    if papers and act.kind in _OF_PAPERS:
        own = papers
    elif _AS_THEME.search(document.clean.text, act.content, act.end) and topics:
        own = [one.topic for one in topics]
    else:
        rounds = any(one.kind == "consultation" for one in named)
        own = [one.entity for one in named] + [one.topic for one in topics if not (rounds and _only_of_round(one))]
    own += _persons(document, links, act, end) + _bodies(document, links, act, end)
    if any(entity != document.entity for entity in own):
        return list(dict.fromkeys(entity for entity in own if entity and entity != document.entity))
    meant = _meant(document, act)
    return [meant] if meant else []


def topics_asked_about(document: Document, links: tuple[Placed, ...], act: Act) -> list[Told]:
    """The topics of an act, without those of a clause that only bounds it ("where it concerns …", "in line with …")."""
    end = _bound(document, act)
    known = [one for one in told(document, links, act.start, act.end) if one.start < end]
    return known or [one for one in phrased(document, act.start, act.end) if one.start < end]


def _only_of_round(one: Told) -> bool:
    """Whether a topic is no more than the title of a round that is named itself."""
    return one.of_round and one.topic.key[0] == "candidate"


def _bound(document: Document, act: Act) -> int:
    """Where a clause begins that bounds the act or puts a condition on it; else where the act ends."""
    found = _BOUNDS.search(document.clean.text, act.content, act.end)
    where = condition(document.clean.text, *act.verb)
    ends = [act.end, *([found.start()] if found else []), *([where[0]] if where and where[0] > act.content else [])]
    return min(ends)


def _source(document: Document, act: Act, one: Placed) -> bool:
    """Whether a link only says where the act stands: in the name of an actor, in an aside before the verb, behind it in
    brackets ("Norland, in its paper 9/3, asked", "had decided (CWG-Tides 8/1) that").
    """
    aside = bool(act.actors) and act.actors[0].start < one.start < act.verb[0]
    bracketed = document.clean.text[act.verb[1] : one.start].strip() == "("
    return aside or bracketed or _of_actor(act, one)


def _of_actor(act: Act, one: Placed) -> bool:
    """Whether a link stands within the name of somebody who acts or is asked."""
    return any(who.start <= one.start and one.end <= who.end for who in (*act.actors, *act.assigned))


def _persons(document: Document, links: tuple[Placed, ...], act: Act, end: int) -> list[Entity]:
    """Who is appointed: the persons after the verb, else, in the passive, those that are its subject."""
    if act.kind != "appointment":
        return []
    after = within(links, act.verb[1], end, "person")
    named = after or _row_before(document, within(links, act.scope.start, act.verb[0], "person"))
    return [one.entity for one in named if one.entity and not _of_actor(act, one)]


def _row_before(document: Document, persons: list[Placed]) -> list[Placed]:
    """The last of some persons with all before that are joined to them: "Mr Ode, Ms Brandt and Mr Lima were named"."""
    row = persons[-1:]
    for one in reversed(persons[:-1]):
        if not _JOINED.fullmatch(document.clean.text, one.end, row[0].start):
            break
        row.insert(0, one)
    return row


def _bodies(document: Document, links: tuple[Placed, ...], act: Act, end: int) -> list[Entity]:
    """Bodies that the act sets up, closes or prolongs."""
    text = document.clean.text
    return [
        one.entity
        for one in within(links, act.verb[0], end, "body")
        if one.entity and _SETS_UP.search(text, act.verb[0], one.start)
    ]


def _meant(document: Document, act: Act) -> Entity | None:
    """The paper that "this report", "the paper" or "it" stands for."""
    text, section = document.clean.text, act.scope.document
    if section and _OF_SECTION.search(text, act.start, act.end):
        return section
    if section is None and _THIS.search(text, act.start, act.end):
        return document.entity
    if section is None and _THE_OBJECT.search(text, act.verb[0], act.end):
        return document.entity if act.assigned or _on_cover(act) else None
    if section and (_IT.match(text, act.content) or _PATIENT.match(text, act.start, act.verb[0])):
        return section
    own_report = document.metadata.kind == "meeting-report" and re.match(
        r"(?:The|This)\s+report\b(?!\s+of)", text[act.start : act.end]
    )
    headed = any("report" in heading.text.lower() for heading in act.scope.headings[-1:])
    return document.entity if own_report and headed and act.kind == "approval" else None


def _on_cover(act: Act) -> bool:
    """Whether a request stands above all numbered parts, where a paper says what it asks for."""
    return (
        act.kind in {"request", "invitation"} and not act.actors and not any(one.number for one in act.scope.headings)
    )
