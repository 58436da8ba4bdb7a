"""Who "the sponsors", "we" and "this contribution" are: those who submitted the paper that a sentence speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.claims.located import Page
from ingest.claims.papers import Paper, papers
from ingest.context import Document
from ingest.discourse.actors import Actor
from ingest.discourse.scope import Placed, Scope, within
from ingest.model import Entity, Span

_BEHALF = re.compile(r",?\s+(?:speaking\s+|taking\s+the\s+floor\s+)?(?:on\s+behalf\s+of|in\s+the\s+name\s+of)\s+")
_SPOKEN_FOR = ("group", "body", "state")


@dataclass(frozen=True, slots=True)
class Sponsors:
    """Those who submitted a paper, and the words that say so; empty where the text does not tell."""

    entities: tuple[Entity, ...] = ()
    spans: tuple[Span, ...] = ()


def sponsors(document: Document, scope: Scope) -> Sponsors:
    """The sponsors of the paper that the section is about; in a section about none, those of the document itself."""
    if scope.document is not None and scope.document != document.entity:
        paper = _papers(document).get(scope.document)
        return _of_paper(paper, scope) if paper else Sponsors()
    if document.metadata.kind != "contribution":
        return Sponsors()
    own = [
        claim
        for claim in document.metadata.claims
        if claim.predicate == "rc:submittedBy" and claim.subject == document.entity and claim.modality == "asserted"
    ]
    entities = tuple(dict.fromkeys(claim.object for claim in own if isinstance(claim.object, Entity)))
    return Sponsors(entities, tuple(dict.fromkeys(span for claim in own for span in claim.spans)))


def on_behalf(document: Document, links: tuple[Placed, ...], speakers: tuple[Actor, ...]) -> tuple[Entity, ...]:
    """Those whose words these are: the speakers, or those on whose behalf one of them speaks.

    Where the text says for whom a delegation speaks and no name of it is known, they are nobody's.
    """
    found: list[Entity] = []
    for one in speakers:
        behalf = _BEHALF.match(document.clean.text, one.end)
        if behalf is None:
            found += [one.entity] if one.entity and one.kind != "instrument" else []
            continue
        stop = min(at for at in (document.clean.text.find(mark, behalf.end()) for mark in ",.;") if at >= 0)
        found += [link.entity for link in within(links, behalf.end(), stop, *_SPOKEN_FOR) if link.entity]
    return tuple(dict.fromkeys(found))


def _of_paper(paper: Paper, scope: Scope) -> Sponsors:
    """Those named beside its number the last time before the sentence that anybody was."""
    said = [(named.start, state) for state, named, said in paper.submitters if said == "asserted"]
    last = max((start for start, _ in said if start < scope.end), default=None)
    states = [state for start, state in said if start == last]
    entities = tuple(dict.fromkeys(state.entity for state in states if state.entity))
    return Sponsors(entities, tuple(dict.fromkeys(state.span for state in states)))


def _papers(document: Document) -> dict[Entity, Paper]:
    """The papers that the document names; worked out once a document."""
    if "papers" not in document.memo:
        document.memo["papers"] = papers(Page(document))
    found: dict[Entity, Paper] = document.memo["papers"]
    return found
