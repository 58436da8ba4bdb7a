"""Mentions to entities: one or none, with the reason and the candidates. A resolver per kind of mention."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from ingest.context import Document
from ingest.model import Link, Mention
from ingest.resolving import citations, events, names, nominals, numbers

Resolver: TypeAlias = Callable[[Mention, Document, Sequence[Link]], Link]
"""Takes a mention, its document and the links of the mentions before it."""

RESOLVERS: Mapping[str, Resolver] = {
    "citation": citations.resolve,
    "document-number": numbers.resolve,
    "nominal": nominals.resolve,
    **events.RESOLVERS,
    **names.RESOLVERS,
}
"""The resolver of each kind of mention. A kind without one stays open."""


def resolve(mentions: Iterable[Mention], document: Document) -> tuple[Link, ...]:
    """A link for each mention, in order of the text; quotes become the exact slices of the text as read.

    Nominal mentions are resolved last, because "this resolution" needs what the whole document fixes.
    """
    quoted = [_quoted(mention, document) for mention in mentions]
    links: list[Link] = []
    for mention in quoted:
        resolver = RESOLVERS.get(mention.kind)
        if resolver is None or mention.kind == "nominal":
            links.append(Link(mention, None, "not resolved"))
        else:
            links.append(resolver(mention, document, links))
    links = citations.settle(links, document)
    for index, link in enumerate(links):
        if link.mention.kind == "nominal":
            links[index] = nominals.resolve(link.mention, document, links[:index])
    return tuple(links)


def _quoted(mention: Mention, document: Document) -> Mention:
    quote = document.reading.text[mention.span.start : mention.span.end]
    return mention if mention.quote == quote else replace(mention, quote=quote)
