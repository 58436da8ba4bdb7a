"""Documents of a series: who submitted them, their titles, the meeting they were filed for and what came of them.

The number names the meeting that a document was filed for; the report in which it is discussed names the meeting
that discussed it. A document named again under a later heading is the same document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from ingest.claims.dispositions import discussed, for_information
from ingest.claims.located import Page
from ingest.claims.papers import Paper, papers
from ingest.context import Document
from ingest.discourse.scope import Placed
from ingest.discourse.topic_names import named as named_topics
from ingest.model import Claim, Entity, Finding, Value
from ingest.resolving.events import filed_for
from ingest.rulebook import rules


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["kind"], re.compile(row["regex"], re.IGNORECASE)) for row in rules("contributions")["kind"])


def claims(document: Document) -> Iterator[Claim]:
    """The facts that a document states about documents of a series."""
    page = Page(document)
    found = papers(page)
    for paper in found.values():
        if paper.entity != document.entity:
            yield from _about(page, paper)
    yield from discussed(page, found)
    yield from for_information(page, found)


def _about(page: Page, paper: Paper) -> Iterator[Claim]:
    thing, first = paper.entity, paper.named[0]
    meeting = filed_for(thing, page.document.register)
    if meeting is not None:
        yield Claim(thing, "rc:filedFor", meeting, "asserted", "text", "document-number", (first.span,))
    for state, named, said in paper.submitters:
        assert state.entity is not None  # noqa: S101  # only resolved States are kept
        yield Claim(thing, "rc:submittedBy", state.entity, said, "text", "document-submitter", (state.span, named.span))
        if len(thing.key) == 3:
            yield Claim(
                thing,
                "rc:submittedTo",
                Entity("body", (thing.key[0],)),
                said,
                "text",
                "document-submitter",
                (named.span,),
            )
    for start, end, named in paper.titles:
        spans = (named.span, page.span(start, end))
        yield Claim(
            thing, "dcterms:title", Value(page.text[start:end].strip()), "asserted", "text", "document-title", spans
        )
        for cited in page.between(start, end, "citation"):
            if cited.entity is not None:
                yield Claim(
                    thing,
                    "rc:concerns",
                    cited.entity,
                    "asserted",
                    "text",
                    "document-concerns",
                    (named.span, cited.span),
                )
        for at, until, topic in named_topics(page.document.register, page.text, start, end):
            spans = (named.span, page.span(at, until))
            yield Claim(thing, "rc:concerns", topic, "asserted", "text", "document-concerns", spans)
    yield from _kind(page, paper)


def _kind(page: Page, paper: Paper) -> Iterator[Claim]:
    """What it is: a contribution if a member submitted it, else what its title calls it."""
    said: tuple[str, Placed] | None = None
    if paper.draft:
        return
    if paper.submitters:
        said = "contribution", paper.submitters[0][1]
    elif paper.headed_as_contribution:
        said = "contribution", paper.headings[0][1]
    elif paper.called:
        said = "contribution", paper.called[0]
    else:
        for start, end, named in paper.titles:
            kind = next((name for name, form in _kinds() if form.search(page.text[start:end])), None)
            said = said or ((kind, named) if kind else None)
    if said is None:
        return
    concept = Entity("concept", ("document-kind", said[0]))
    spans = (said[1].span,)
    yield Claim(paper.entity, "rc:documentKind", concept, "asserted", "text", "document-kind", spans)
    curie = {
        "contribution": "undo:PositionPaper",
        "agenda": "undo:MeetingAgenda",
        "meeting-report": "undo:MeetingReport",
    }
    if said[0] in curie:
        yield Claim(
            paper.entity, "rdf:type", Value(curie[said[0]], "curie"), "asserted", "text", "document-kind", spans
        )


def findings(document: Document) -> Iterator[Finding]:
    """Contributions without a submitter, numbers of another meeting, one document under several spellings."""
    page = Page(document)
    found = papers(page)
    yield from _missing(document, found)
    yield from _other_meeting(document, found)
    yield from _variants(document, found)


def _missing(document: Document, found: dict[Entity, Paper]) -> Iterator[Finding]:
    for paper in found.values():
        if paper.headed_as_contribution and not paper.submitters:
            yield Finding(
                "missing-submitter", "warning",
                f"“{paper.headings[0][1].link.mention.quote}” is called a contribution, and nobody is named who "
                f"submitted it.",
                "Who submitted it?", passages=((document.reading.checksum, paper.headings[0][1].span),),
            )  # fmt: skip


def _other_meeting(document: Document, found: dict[Entity, Paper]) -> Iterator[Finding]:
    own = document.metadata.meetings
    if len(own) != 1 or document.metadata.kind != "meeting-report":
        return
    headed = [p for p in found.values() if p.headings and len(p.entity.key) == 3 and p.entity.key[0] == own[0].key[0]]
    here = Counter(paper.entity.key[1] for paper in headed)
    for paper in headed:
        if paper.entity.key[1] != own[0].key[1] and here[own[0].key[1]] > here[paper.entity.key[1]]:
            yield Finding(
                "number-of-other-meeting", "info",
                f"“{paper.headings[0][1].link.mention.quote}” has the number of meeting {paper.entity.key[1]}; "
                f"the report is on meeting {own[0].key[1]}. The number is kept as written.",
                "Is it a paper held over from that meeting, or is the number wrong?",
                passages=tuple((document.reading.checksum, named.span) for _, named in paper.headings),
            )  # fmt: skip


def _variants(document: Document, found: dict[Entity, Paper]) -> Iterator[Finding]:
    for paper in found.values():
        spellings: dict[str, Placed] = {}
        for named in paper.named:
            spellings.setdefault(re.sub(r"-[A-Z]$", "", " ".join(named.parts["number"].split())), named)
        if len(spellings) > 1:
            yield Finding(
                "variant-document-number", "info",
                f"One document is written {' and '.join(f'“{s}”' for s in spellings)}.",
                passages=tuple((document.reading.checksum, named.span) for named in spellings.values()),
            )  # fmt: skip
