"""Meetings: whose, which in the series, when, where; each as the sentence puts it."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.claims.located import Page
from ingest.context import Document
from ingest.discourse.scope import Placed
from ingest.model import Claim, Entity, Finding, Modality, Span, Value
from ingest.text.dates import BACKWARDS, NO_SUCH_DAY

RULE = "meeting-held"
_COVER = 8
"""Blocks at the beginning in which a paper names the meeting that it is for."""


def claims(document: Document) -> Iterator[Claim]:
    """The facts that a document states about meetings."""
    page = Page(document)
    described: set[Entity] = set()
    for each in page.links:
        if each.kind != "meeting" or each.entity is None:
            continue
        if each.entity not in described:
            described.add(each.entity)
            yield from _identity(each, each.entity)
        yield from _holding(page, each, each.entity)


def _identity(each: Placed, entity: Entity) -> Iterator[Claim]:
    if entity.kind != "meeting":
        return
    spans = (each.span,)
    yield Claim(entity, "rdf:type", Value("rc:Meeting", "curie"), "asserted", "text", "meeting-named", spans)
    yield Claim(
        entity, "schema:organizer", Entity("body", (entity.key[0],)), "asserted", "text", "meeting-named", spans
    )
    if number := each.parts.get("ordinal"):
        yield Claim(entity, "rc:ordinal", Value(number, "xsd:integer"), "asserted", "text", "meeting-named", spans)


def _holding(page: Page, each: Placed, entity: Entity) -> Iterator[Claim]:
    parts = each.parts
    said = _as_of_document(page, each, parts.get("held", "asserted"))  # type: ignore[arg-type]
    if "start" in parts:
        spans = (each.span, _stretch(page, each, "day"))
        doubt = f"the calendar has it as {parts['problem']}" if "problem" in parts else None
        for predicate, value in (("schema:startDate", parts["start"]), ("schema:endDate", parts["end"])):
            yield Claim(entity, predicate, Value(value, "xsd:date"), said, "text", RULE, spans, doubt=doubt)
    if "place" in parts:
        spans = (each.span, _stretch(page, each, "place"))
        yield Claim(entity, "schema:location", Value(parts["place"]), said, "text", RULE, spans)


def _as_of_document(page: Page, each: Placed, said: Modality) -> Modality:
    """A date in a heading says nothing of its tense: what lies after the document, or what it is for, is planned.

    A contribution is written before the meeting that its cover names.
    """
    known = page.document.metadata
    day = known.date or known.not_after
    ahead = day is not None and each.parts.get("start", "") > day
    for_it = known.kind == "contribution" and _is_on_cover(page, each)
    return "planned" if said == "asserted" and (ahead or for_it) else said


def _is_on_cover(page: Page, each: Placed) -> bool:
    """Whether the meeting opens one of the first lines: "Ninth meeting - Osterby, 3 May 2031"."""
    block = page.document.clean.block_at(each.start)
    first = {known.order for known in page.document.clean.blocks[:_COVER]}
    return block is not None and block.order in first and not page.text[block.content : each.start].strip(" *_#")


def _stretch(page: Page, each: Placed, name: str) -> Span:
    return page.span(int(each.parts[f"{name}_from"]), int(each.parts[f"{name}_to"]))


def findings(document: Document) -> Iterator[Finding]:
    """Dates that the calendar does not know, and weekdays that do not fit their date."""
    for link in document.links:
        problem = link.mention.parts.get("problem", "")
        if link.mention.kind != "date" or not (problem in (NO_SUCH_DAY, BACKWARDS) or problem.startswith("not a ")):
            continue
        yield Finding(
            code="chronology",
            severity="warning",
            message=f"“{link.mention.quote}”: {problem}. Look at the original.",
            question="Which date was meant?",
            passages=((document.reading.checksum, link.mention.span),),
        )
