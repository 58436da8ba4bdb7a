"""Rounds of consultation: topic, window, mode, questions, launch, summary; as planned or as done.

What a sentence says of a round is claimed of the round that the sentence names, or that the one before named.
A launch that is only announced is planned; counting the answers is the business of `ingest.claims.responses`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.claims import questions, responses
from ingest.claims.located import Page
from ingest.claims.responses import findings as findings
from ingest.claims.rounds import (
    HOLD,
    LAUNCH,
    LAUNCHED,
    SUMMARY,
    Told,
    governing_verb,
    how_put,
    rounds_told,
    verb_modality,
)
from ingest.context import Document
from ingest.discourse.certainty import modality
from ingest.discourse.scope import Placed, scopes
from ingest.model import Claim, Entity, Modality, Span, Value

_DECIDED = re.compile(r"\b(?:agreed|decided|selected|approved|adopted|chosen|chose|endorsed)\b")
_ROUNDS = re.compile(r"\b(?:topics?|rounds?|consultations?|questions?)\b")
_SUBMIT = re.compile(
    r"\b(?:submitted|presented|transmitted|forwarded|annexed|attached|included|reported|sent|appended|conveyed"
    r"|handed in)\b"
)
_HOLDER = re.compile(
    r"\b(?:contained|set out|reproduced|found|available|published|given|presented|summari[sz]ed|compiled) (?:in"
    r"|as|under) (?:the )?(?:document )?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r",? ?\(?(?:held |conducted |both )?(?:(?:on-?line|physical(?:ly)?|virtual(?:ly)?|in person|in-person"
    r"|hybrid)(?:,? and |/|\b))+"
    r"|,? and (?:(?:on|of|for|in) )?(?:the )?(?:(?:\d+(?:st|nd|rd|th)|[a-z]+(?:th|first|second|third)) )?"
    r"(?:physical|in-person|face-to-face)(?: open)?(?: consultations?)? (?:meeting|hearing|session)\b"
)
_MODES = (
    ("online-and-physical", re.compile(r"\bon-?line\b.*\b(?:physical|in-person|face-to-face)\b|\b(?:physical"
                                       r"|in-person|face-to-face)\b.*\bon-?line\b", re.I)),
    ("hybrid", re.compile(r"\bhybrid\b", re.I)),
    ("virtual", re.compile(r"\bvirtual\b", re.I)),
    ("physical", re.compile(r"\b(?:physical|in-person|face-to-face)\b", re.I)),
    ("online", re.compile(r"\bon-?line\b", re.I)),
)  # fmt: skip


def claims(document: Document) -> Iterator[Claim]:
    """The facts that a document states about rounds of consultation."""
    page = Page(document)
    if not page.names_rounds():
        return
    told = list(rounds_told(page))
    for each in told:
        yield from _named(page, each)
        yield from _course(page, each)
        yield from _summary(page, each)
    yield from _titled(page, told)
    yield from _unnamed_summaries(page)
    yield from questions.stated(page)
    yield from questions.counted(page, told)
    yield from responses.claims(page)


# ---- what the round is ------------------------------------------------------------------------------------------


def _titled(page: Page, told: Sequence[Told]) -> Iterator[Claim]:
    """Rounds named in headings, which no scope covers: window and topic alone."""
    covered = {each.located.start for each in told}
    for each in page.links:
        if each.kind == "consultation" and each.entity is not None and each.start not in covered:
            said: Modality = "asserted"
            yield from _properties(page, each, each.entity, said)
            block = page.document.clean.block_at(each.start)
            if block and SUMMARY.search(page.text, block.start, each.start):
                for number in page.between(block.start, each.start, "document-number"):
                    if number.entity is not None:
                        spans = (number.span, each.span)
                        yield Claim(
                            each.entity, "rc:summarisedIn", number.entity, "asserted", "text", "round-summary", spans
                        )


def _named(page: Page, told: Told) -> Iterator[Claim]:
    yield from _properties(page, told.located, told.round, how_put(page, told) or "asserted")


def _properties(page: Page, each: Placed, thing: Entity, said: Modality) -> Iterator[Claim]:
    parts = each.parts
    yield Claim(
        thing, "rdf:type", Value("rc:OpenConsultation", "curie"), "asserted", "text", "round-named", (each.span,)
    )
    if "topic" in parts:
        spans = (each.span, _stretch(page, each, "topic"))
        yield Claim(thing, "dcterms:title", Value(parts["topic"]), said, "text", "round-topic", spans)
        for topic in _subjects(page, parts["topic"]):
            yield Claim(thing, "dcterms:subject", topic, said, "text", "round-topic", spans)
    if "first" in parts:
        spans = (each.span, _stretch(page, each, "window"))
        yield Claim(
            thing, "schema:startDate", Value(parts["first"], "xsd:gYearMonth"), said, "text", "round-window", spans
        )
        yield Claim(
            thing, "schema:endDate", Value(parts["last"], "xsd:gYearMonth"), said, "text", "round-window", spans
        )
    beside = _BESIDE.match(page.text, each.end)
    words = page.text[each.start : beside.end() if beside else each.end]
    mode = next((name for name, form in _MODES if form.search(words)), None)
    if mode and ("first" in parts or "topic" in parts):
        concept = Entity("concept", ("mode", mode))
        yield Claim(thing, "rc:mode", concept, said, "text", "round-mode", (each.span,))


def _subjects(page: Page, title: str) -> Sequence[Entity]:
    """The topic whose name the title is, or the one topic whose name stands in it."""
    register = page.document.register
    named = tuple(topic.entity for topic in register.topic_named(title))
    if named:
        return named[:1] if len(named) == 1 else ()
    lower = title.casefold()
    found = {
        entity for name, entity in register.names("topic") if re.search(rf"\b{re.escape(name.casefold())}\b", lower)
    }
    return tuple(found) if len(found) == 1 else ()


def _stretch(page: Page, each: Placed, name: str) -> Span:
    return page.span(int(each.parts[f"{name}_from"]), int(each.parts[f"{name}_to"]))


# ---- what was done with it --------------------------------------------------------------------------------------


def _course(page: Page, told: Told) -> Iterator[Claim]:
    launch = governing_verb(page, told, LAUNCH) or governing_verb(page, told, LAUNCHED)
    hold = governing_verb(page, told, HOLD)
    verb = launch or hold
    body = told.round.key[0] if told.round.kind == "consultation" else None
    if verb is None or body is None or ("nominal" in told.located.parts and not told.sole):
        return
    said = verb_modality(page, verb)
    words = page.span(verb.start(), verb.end())
    spans = (words, told.located.span)
    if body in page.document.register.bodies or body == page.document.metadata.body:
        yield Claim(told.round, "rc:conductedBy", Entity("body", (body,)), said, "text", "round-conducted", spans)
    if launch and told.meeting is not None and said in ("asserted", "planned"):
        yield Claim(
            told.round,
            "rc:launchedAt",
            told.meeting,
            said,
            "text",
            "round-launched",
            _with_meeting(page, told, spans),
        )
    if told.meeting is not None and said == "planned" and (decided := _decision(page, told)):
        spans = (decided, told.located.span)
        yield Claim(
            told.round,
            "rc:decidedAt",
            told.meeting,
            "asserted",
            "text",
            "round-decided",
            _with_meeting(page, told, spans),
        )


def _with_meeting(page: Page, told: Told, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans with the words that name the meeting whose results the sentence tells."""
    named = [each for each in page.links if each.entity == told.meeting and each.start <= told.located.start]
    return (*spans, named[-1].span) if named else spans


def _decision(page: Page, told: Told) -> Span | None:
    """The words by which the meeting decided on the round: in its sentence, or in a lead that it stands under."""
    found = _DECIDED.search(page.text, told.scope.start, told.located.start)
    if found and modality(page.text, found.start(), found.end()) == "asserted":
        return page.span(found.start(), found.end())
    at = page.order.index(told.scope.block.order)
    for order in reversed(page.order[:at]):
        block = page.blocks[order]
        words = page.text[block.content : block.end].rstrip()
        found = (
            next(reversed([*_DECIDED.finditer(page.text, block.content, block.end)]), None)
            if words.endswith(":")
            else None
        )
        if found and _ROUNDS.search(words) and modality(page.text, found.start(), found.end()) == "asserted":
            sentence = page.document.clean.sentence_at(found.start())
            return page.span(sentence.start, sentence.end) if sentence else page.span(block.content, block.end)
        if block.kind == "heading" or re.match(r"\d+\.\d", block.number or ""):
            return None
    return None


# ---- summaries --------------------------------------------------------------------------------------------------


def _summary(page: Page, told: Told) -> Iterator[Claim]:
    """Where the summary of the round is, and to which session it was or will be handed in."""
    scope = told.scope
    word = SUMMARY.search(page.text, scope.start, scope.end)
    if word is None:
        return
    for number in page.between(scope.start, scope.end, "document-number"):
        if number.entity is not None and _HOLDER.search(page.text[scope.start : number.start]):
            spans = (told.located.span, number.span)
            yield Claim(told.round, "rc:summarisedIn", number.entity, "asserted", "text", "round-summary", spans)
    if word.start() > told.located.start:
        return
    yield from _handed_in(page, told.round, word.start(), scope.end, told.located.span)


def _unnamed_summaries(page: Page) -> Iterator[Claim]:
    """ "The summary will be annexed to the report to Council 2033": of the one round that the heading names."""
    for scope in scopes(page.document):
        word = SUMMARY.search(page.text, scope.start, scope.end)
        if word is None or page.between(scope.start, scope.end, "consultation") or not scope.headings:
            continue
        heading = scope.headings[-1]
        named = [each for each in page.between(heading.start, heading.end, "consultation") if each.entity is not None]
        if len({each.entity for each in named}) == 1 and named[0].entity is not None:
            yield from _handed_in(page, named[0].entity, word.start(), scope.end, named[0].span)


def _handed_in(page: Page, thing: Entity, start: int, end: int, words: Span) -> Iterator[Claim]:
    for event in page.between(start, end, "event"):
        verbs = list(_SUBMIT.finditer(page.text, start, event.start))
        if not verbs or event.entity is None or event.entity.kind not in ("session", "conference"):
            continue
        if re.search(r"[;.] ", page.text[verbs[-1].end() : event.start]):
            continue
        said = modality(page.text, verbs[-1].start(), verbs[-1].end())
        spans = (words, page.span(verbs[-1].start(), event.end))
        yield Claim(thing, "rc:summarySubmittedTo", event.entity, said, "text", "round-summary", spans)
