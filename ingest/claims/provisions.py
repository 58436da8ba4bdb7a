"""Provisions that a text cites of instruments without a number, and of papers: "§ 71 of the Harbour Agenda".

The instrument is a work with the name that the text gives it; nothing else is known of it here. A provision is an
excerpt, as one of a resolution is: a part of its instrument, with its number as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.context import Document
from ingest.finders.citation_forms import forms
from ingest.finders.mentions import place
from ingest.finders.provisions import own_name
from ingest.graph.iris import file_key
from ingest.model import Claim, Entity, Link, Span, Value

RULE = "provision-of-named-instrument"


def claims(document: Document) -> Iterator[Claim]:
    """The claims about provisions of named instruments and of papers named by number, in order."""
    named: set[Entity] = set()
    for link in document.links:
        mention = link.mention
        if mention.kind == "provision" and (name := own_name(mention.parts["holder"])):
            holder = Entity("document", (re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-"),))
            if holder not in named:
                named.add(holder)
                yield from _named(holder, name, mention.span)
            yield _part(document, holder, mention.parts["clause"], mention.span)
        elif mention.kind == "document-number" and link.entity not in (None, document.entity):
            yield from _of_paper(document, link)


def _named(holder: Entity, name: str, span: Span) -> Iterator[Claim]:
    yield Claim(holder, "rdf:type", Value("eli:Work", "curie"), "asserted", "text", RULE, (span,))
    yield Claim(holder, "rdfs:label", Value(name, language="en"), "asserted", "text", RULE, (span,))


def _part(document: Document, holder: Entity, clause: str, span: Span) -> Claim:
    excerpt = Entity("excerpt", (file_key(document.reading.checksum), str(span.start)))
    details: tuple[tuple[str, Entity | Value], ...] = (
        ("rdf:type", Value("rc:Clause", "curie")),
        ("rdf:type", Value("rc:Excerpt", "curie")),
        ("rc:quotedIn", document.entity),
        ("rc:numberAsPrinted", Value(" ".join(clause.split()))),
    )
    return Claim(holder, "eli:has_part", excerpt, "asserted", "text", RULE, (span,), details=details)


def _of_paper(document: Document, link: Link) -> Iterator[Claim]:
    """ "Annex 2 to Document 7/4": a part of a paper that is named by its number."""
    start, end = place(document.clean, link.mention.span)
    found = _before_paper().search(document.clean.text, max(0, start - 80), start)
    if found and link.entity is not None:
        yield _part(document, link.entity, found["clause"], document.clean.span(found.start(), end))


@cache
def _before_paper() -> re.Pattern[str]:
    kinds = "|".join(form.regex.pattern for form in forms("provision") if form.name in ("paragraph", "annex"))
    return re.compile(rf"(?<![\w§])(?P<clause>{kinds}) (?:of|to) (?:the )?(?:[Dd]ocument |[Cc]ontribution )?$")
