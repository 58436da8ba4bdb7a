"""What a document cites: each target once, and each citation with its words as a record of its own.

Whether the revision cited was in force is no part of what the document says: `ingest.inference.verdicts` concludes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.claims import provisions
from ingest.claims.clauses import excerpt_entity
from ingest.context import Document
from ingest.finders.mentions import place
from ingest.graph.iris import file_key
from ingest.model import Claim, Entity, Link, Span, Value
from ingest.provisions.excerpts import cited_provisions
from ingest.resolving.citations import FROM_CONTEXT

RULE = "citation-forms"
REFERENCES = "listed-references"

_LIST_HEAD = re.compile(r"(?:references?|related documents?|documents? cited|r[ée]f[ée]rences?)\s*:?", re.IGNORECASE)


def claims(document: Document) -> Iterator[Claim]:
    """The claims about citations and document numbers, targets in order of first mention."""
    cited = [link for link in document.links if link.mention.kind == "citation" and not _is_own_title(link, document)]
    listed = _listed(document)
    yield from _targets(document, [link for link in cited if link.entity is not None], "eli:cites")
    for link in cited:
        if link.entity is not None:
            yield _occurrence(document, link)
    named = [
        link
        for link in document.links
        if link.mention.kind == "document-number" and link.entity not in (None, document.entity)
    ]
    references = [link for link in (*cited, *named) if link.entity is not None and link.mention.block in listed]
    yield from _targets(document, references, "dcterms:references", REFERENCES)
    yield from _targets(document, named, "schema:mentions", "document-numbers")
    yield from provisions.claims(document)


def _targets(document: Document, links: list[Link], predicate: str, rule: str = RULE) -> Iterator[Claim]:
    """One claim per target, with the words of every mention of it."""
    spans: dict[Entity, list[Span]] = {}
    by_context: dict[Entity, bool] = {}
    for link in links:
        if link.entity is None:
            continue
        spans.setdefault(link.entity, []).append(link.mention.span)
        found = link.reason.startswith(FROM_CONTEXT)
        by_context[link.entity] = by_context.get(link.entity, True) and found
    for target, words in spans.items():
        doubt = f"Revision or issuer {FROM_CONTEXT}." if by_context[target] else None
        yield Claim(document.entity, predicate, target, "asserted", "text", rule, tuple(words), doubt=doubt)


def _is_own_title(link: Link, document: Document) -> bool:
    """Whether the words are the heading of an instrument, which names itself and cites nothing."""
    mention = link.mention
    block = next((b for b in document.clean.blocks if b.order == mention.block), None)
    if block is None:
        return False
    start, end = place(document.clean, mention.span)
    around = document.clean.text[block.start : start] + document.clean.text[end : block.end]
    return mention.quote[: mention.quote.find(" ")].isupper() and not around.strip(" .\t0123456789")


def _listed(document: Document) -> frozenset[int]:
    """The orders of the blocks under a heading such as "References", up to the next heading or a numbered part."""
    listed: set[int] = set()
    inside = False
    for block in document.clean.blocks:
        words = document.clean.text[block.content : block.end].strip()
        if _LIST_HEAD.fullmatch(words):
            inside = True
            continue
        lead = _LIST_HEAD.match(words)
        if lead and words[lead.end() - 1] == ":":
            listed.add(block.order)
        if block.kind == "heading" or (inside and block.number and block.kind != "item"):
            inside = False
        if inside:
            listed.add(block.order)
    return frozenset(listed)


def _occurrence(document: Document, link: Link) -> Claim:
    mention, target = link.mention, link.entity
    assert target is not None  # noqa: S101  # the caller looked
    key = (file_key(document.reading.checksum), f"{mention.span.start}-{mention.span.end}", "1")
    details: list[tuple[str, Entity | Value]] = [
        ("rdf:type", Value("cito:Citation", "curie")),
        ("cito:hasCitingEntity", document.entity),
        ("cito:hasCitedEntity", target),
        ("rc:asWritten", Value(" ".join(mention.quote.split()))),
    ]
    details += [("rc:citedClause", excerpt_entity(document, each)) for each in cited_provisions(document, link)]
    doubt = f"{link.reason[0].upper()}{link.reason[1:]}." if link.reason.startswith(FROM_CONTEXT) else None
    return Claim(
        document.entity, "rc:records", Entity("citation", key), "asserted", "text", RULE, (mention.span,),
        details=tuple(details), doubt=doubt,
    )  # fmt: skip
